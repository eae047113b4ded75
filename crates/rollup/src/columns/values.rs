//! Exact integers in the narrowest storage that holds them all.

use std::ops::{AddAssign, Range, SubAssign};

/// A list of values, 4 bytes each while every one fits.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    /// All fit 32 bits.
    Narrow(Vec<i32>),
    /// Some do not.
    Wide(Vec<i64>),
}

/// What sums are made in: as few bits as cannot overflow. Who asks knows how many that are.
pub(crate) trait Accumulator: Copy + Default + Into<i128> + AddAssign + SubAssign {
    fn from_narrow(value: i32) -> Self;
    fn from_wide(value: i64) -> Self;
}

impl Accumulator for i32 {
    #[inline]
    fn from_narrow(value: i32) -> Self {
        value
    }

    fn from_wide(value: i64) -> Self {
        Self::try_from(value).expect("sums of 32 bits are made of small values only")
    }
}

impl Accumulator for i64 {
    #[inline]
    fn from_narrow(value: i32) -> Self {
        value.into()
    }

    #[inline]
    fn from_wide(value: i64) -> Self {
        value
    }
}

impl Accumulator for i128 {
    #[inline]
    fn from_narrow(value: i32) -> Self {
        value.into()
    }

    #[inline]
    fn from_wide(value: i64) -> Self {
        value.into()
    }
}

impl Values {
    /// Zeros in place of values to come, in storage for values up to `largest` in magnitude.
    pub(crate) fn zeros(len: usize, largest: u64) -> Self {
        if largest <= i32::MAX.unsigned_abs().into() {
            Self::Narrow(vec![0; len])
        } else {
            Self::Wide(vec![0; len])
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Narrow(values) => values.len(),
            Self::Wide(values) => values.len(),
        }
    }

    /// Bytes per value.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Narrow(_) => size_of::<i32>(),
            Self::Wide(_) => size_of::<i64>(),
        }
    }

    #[inline]
    pub(crate) fn get(&self, at: usize) -> i64 {
        match self {
            Self::Narrow(values) => i64::from(values[at]),
            Self::Wide(values) => values[at],
        }
    }

    pub(crate) fn set(&mut self, at: usize, value: i64) {
        match (&mut *self, i32::try_from(value)) {
            (Self::Narrow(values), Ok(value)) => values[at] = value,
            (Self::Wide(values), _) => values[at] = value,
            (Self::Narrow(_), Err(_)) => {
                self.widen();
                self.set(at, value);
            }
        }
    }

    pub(crate) fn insert(&mut self, at: usize, value: i64) {
        match (&mut *self, i32::try_from(value)) {
            (Self::Narrow(values), Ok(value)) => values.insert(at, value),
            (Self::Wide(values), _) => values.insert(at, value),
            (Self::Narrow(_), Err(_)) => {
                self.widen();
                self.insert(at, value);
            }
        }
    }

    pub(crate) fn remove(&mut self, at: usize) {
        match self {
            Self::Narrow(values) => {
                values.remove(at);
            }
            Self::Wide(values) => {
                values.remove(at);
            }
        }
    }

    /// Puts zeros in front and behind.
    pub(crate) fn pad(&mut self, front: usize, len: usize) {
        match self {
            Self::Narrow(values) => {
                values.splice(0..0, std::iter::repeat_n(0, front));
                values.resize(len, 0);
            }
            Self::Wide(values) => {
                values.splice(0..0, std::iter::repeat_n(0, front));
                values.resize(len, 0);
            }
        }
    }

    /// The sum of a slice; the caller knows that it fits.
    pub(crate) fn sum<T: Accumulator>(&self, range: Range<usize>) -> T {
        let mut sum = T::default();
        match self {
            Self::Narrow(values) => {
                for value in &values[range] {
                    sum += T::from_narrow(*value);
                }
            }
            Self::Wide(values) => {
                for value in &values[range] {
                    sum += T::from_wide(*value);
                }
            }
        }
        sum
    }

    /// Adds a slice to the totals, place by place.
    pub(crate) fn add_to<T: Accumulator>(&self, range: Range<usize>, totals: &mut [T]) {
        match self {
            Self::Narrow(values) => {
                for (total, value) in totals.iter_mut().zip(&values[range]) {
                    *total += T::from_narrow(*value);
                }
            }
            Self::Wide(values) => {
                for (total, value) in totals.iter_mut().zip(&values[range]) {
                    *total += T::from_wide(*value);
                }
            }
        }
    }

    fn widen(&mut self) {
        if let Self::Narrow(values) = self {
            *self = Self::Wide(values.iter().map(|value| i64::from(*value)).collect());
        }
    }

    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Narrow(values) => values.capacity() * size_of::<i32>(),
            Self::Wide(values) => values.capacity() * size_of::<i64>(),
        }
    }
}

/// Adds four lists at once, place by place: the totals are read and written once, not four times.
pub(crate) fn add_four<T: Accumulator>(lists: [&[i32]; 4], totals: &mut [T]) {
    let [one, two, three, four] = lists;
    let lists = one.iter().zip(two).zip(three.iter().zip(four));
    for (total, ((one, two), (three, four))) in totals.iter_mut().zip(lists) {
        let mut sum = T::from_narrow(*one);
        sum += T::from_narrow(*two);
        sum += T::from_narrow(*three);
        sum += T::from_narrow(*four);
        *total += sum;
    }
}
