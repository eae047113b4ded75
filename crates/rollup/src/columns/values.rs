//! Exact integers in the narrowest storage that holds them all.

use std::ops::{AddAssign, Range, SubAssign};

use crate::lanes::{LANES, sum_16, sum_32};

/// A list of values: 2, 4 or 8 bytes each, as the largest needs.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    /// All fit 16 bits: most counts of a village.
    Short(Vec<i16>),
    /// All fit 32 bits.
    Narrow(Vec<i32>),
    /// Some do not.
    Wide(Vec<i64>),
}

/// The same code for every width.
macro_rules! in_any_width {
    ($values:expr, $list:ident => $body:expr) => {
        match $values {
            Values::Short($list) => $body,
            Values::Narrow($list) => $body,
            Values::Wide($list) => $body,
        }
    };
}

/// What sums of a place are made in: as few bits as cannot overflow. Who asks knows how many.
pub(crate) trait Accumulator: Copy + Default + AddAssign + SubAssign {
    /// What sums over many places are made in.
    type Total: Copy + Default + Into<i128> + AddAssign + SubAssign;

    fn of(value: i64) -> Self;

    /// The sum of `places[at..until]`.
    fn sum_places(places: &[Self], at: usize, until: usize) -> Self::Total;
}

impl Accumulator for i16 {
    type Total = i64;

    #[inline(always)]
    fn of(value: i64) -> Self {
        Self::try_from(value).expect("sums of 16 bits are made of small values only")
    }

    #[inline(always)]
    fn sum_places(places: &[Self], at: usize, until: usize) -> i64 {
        if until - at <= LANES {
            return sum_16(places, at, until).into();
        }
        // A window is far shorter than what 32 bits hold of 16-bit sums.
        places[at..until].iter().map(|value| i32::from(*value)).sum::<i32>().into()
    }
}

impl Accumulator for i32 {
    type Total = i64;

    #[inline(always)]
    fn of(value: i64) -> Self {
        Self::try_from(value).expect("sums of 32 bits are made of small values only")
    }

    #[inline(always)]
    fn sum_places(places: &[Self], at: usize, until: usize) -> i64 {
        if until - at <= LANES {
            return sum_32(places, at, until).into();
        }
        places[at..until].iter().map(|value| Self::Total::from(*value)).sum()
    }
}

impl Accumulator for i64 {
    type Total = Self;

    #[inline(always)]
    fn of(value: i64) -> Self {
        value
    }

    #[inline(always)]
    fn sum_places(places: &[Self], at: usize, until: usize) -> Self {
        places[at..until].iter().sum()
    }
}

impl Accumulator for i128 {
    type Total = Self;

    #[inline(always)]
    fn of(value: i64) -> Self {
        value.into()
    }

    fn sum_places(places: &[Self], at: usize, until: usize) -> Self {
        places[at..until].iter().sum()
    }
}

impl Values {
    /// Room for `capacity` values up to `largest` in magnitude.
    pub(crate) fn with_capacity(capacity: usize, largest: u64) -> Self {
        match i64::try_from(largest) {
            Ok(largest) if i16::try_from(largest).is_ok() => {
                Self::Short(Vec::with_capacity(capacity))
            }
            Ok(largest) if i32::try_from(largest).is_ok() => {
                Self::Narrow(Vec::with_capacity(capacity))
            }
            _ => Self::Wide(Vec::with_capacity(capacity)),
        }
    }

    /// Zeros in place of values to come, up to `largest` in magnitude.
    pub(crate) fn zeros(len: usize, largest: u64) -> Self {
        let mut values = Self::with_capacity(len, largest);
        in_any_width!(&mut values, list => list.resize(len, 0));
        values
    }

    pub(crate) fn len(&self) -> usize {
        in_any_width!(self, list => list.len())
    }

    /// Bytes per value.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Short(_) => size_of::<i16>(),
            Self::Narrow(_) => size_of::<i32>(),
            Self::Wide(_) => size_of::<i64>(),
        }
    }

    #[inline]
    #[expect(clippy::useless_conversion, reason = "one of the three widths needs none")]
    pub(crate) fn get(&self, at: usize) -> i64 {
        in_any_width!(self, list => list[at].into())
    }

    pub(crate) fn set(&mut self, at: usize, value: i64) {
        self.widen_for(value);
        match self {
            Self::Short(list) => list[at] = short(value),
            Self::Narrow(list) => list[at] = narrow(value),
            Self::Wide(list) => list[at] = value,
        }
    }

    pub(crate) fn insert(&mut self, at: usize, value: i64) {
        self.widen_for(value);
        match self {
            Self::Short(list) => list.insert(at, short(value)),
            Self::Narrow(list) => list.insert(at, narrow(value)),
            Self::Wide(list) => list.insert(at, value),
        }
    }

    pub(crate) fn remove(&mut self, at: usize) {
        in_any_width!(self, list => {
            list.remove(at);
        });
    }

    /// Puts zeros in front and behind.
    pub(crate) fn pad(&mut self, front: usize, len: usize) {
        in_any_width!(self, list => {
            list.splice(0..0, std::iter::repeat_n(0, front));
            list.resize(len, 0);
        });
    }

    /// The sum of a slice; the caller knows that it fits.
    #[expect(clippy::useless_conversion, reason = "one of the three widths needs none")]
    pub(crate) fn sum<T: Accumulator>(&self, range: Range<usize>) -> T {
        let mut sum = T::default();
        in_any_width!(self, list => {
            for value in &list[range] {
                sum += T::of(i64::from(*value));
            }
        });
        sum
    }

    /// Adds a slice to the totals, place by place.
    #[inline(always)]
    #[expect(clippy::useless_conversion, reason = "one of the three widths needs none")]
    pub(crate) fn add_to<T: Accumulator>(&self, range: Range<usize>, totals: &mut [T]) {
        in_any_width!(self, list => {
            for (total, value) in totals.iter_mut().zip(&list[range]) {
                *total += T::of(i64::from(*value));
            }
        });
    }

    /// Makes sure that a value fits.
    fn widen_for(&mut self, value: i64) {
        let fits = match self {
            Self::Short(_) => i16::try_from(value).is_ok(),
            Self::Narrow(_) => i32::try_from(value).is_ok(),
            Self::Wide(_) => true,
        };
        if fits {
            return;
        }
        let mut wider = Self::with_capacity(self.len(), value.unsigned_abs());
        for at in 0..self.len() {
            let value = self.get(at);
            match &mut wider {
                Self::Short(list) => list.push(short(value)),
                Self::Narrow(list) => list.push(narrow(value)),
                Self::Wide(list) => list.push(value),
            }
        }
        *self = wider;
    }

    pub(crate) fn bytes(&self) -> usize {
        self.width() * in_any_width!(self, list => list.capacity())
    }
}

fn short(value: i64) -> i16 {
    i16::try_from(value).expect("the list was widened for the value")
}

fn narrow(value: i64) -> i32 {
    i32::try_from(value).expect("the list was widened for the value")
}

/// Adds several lists at once, place by place: the totals are read and written once for all.
/// `largest` bounds what the lists have together at a place.
#[inline(always)]
pub(crate) fn add_lists<T: Accumulator, const LISTS: usize>(
    lists: [&[i16]; LISTS],
    largest: u64,
    totals: &mut [T],
) {
    let lists = lists.map(|list| &list[..totals.len()]);
    if largest <= i16::MAX.unsigned_abs().into() {
        // Together they fit 16 bits, and twice as many places fit an instruction.
        for (at, total) in totals.iter_mut().enumerate() {
            let sum = lists.iter().fold(0_i16, |sum, list| sum.wrapping_add(list[at]));
            *total += T::of(i64::from(sum));
        }
    } else {
        for (at, total) in totals.iter_mut().enumerate() {
            let sum: i32 = lists.iter().map(|list| i32::from(list[at])).sum();
            *total += T::of(i64::from(sum));
        }
    }
}
