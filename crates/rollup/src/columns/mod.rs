//! Columns: one item for one base period, as exact integers in tree order.

pub(crate) mod dense;
pub(crate) mod scattered;
pub(crate) mod values;

use std::ops::Range;

use domain::number::Qualifier;

use crate::bitmap::{WORD, count_words};
use dense::{Dense, overlap, position_of};
use scattered::Scattered;
use values::{Accumulator, Values, add_lists};

/// What one unit reported: digits in the item's scale, and how exact they claim to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The digits as one integer; the scale is the item's.
    pub value: i64,
    /// How exact it is.
    pub qualifier: Qualifier,
}

impl Figure {
    /// An exact figure.
    #[must_use]
    pub fn exact(value: i64) -> Self {
        Self { value, qualifier: Qualifier::Exact }
    }
}

/// One item (or one class of it) × one base period over the positions of one
/// [`crate::TreeOrder`]. A position without a figure is missing, which is not zero.
///
/// Where most units of a stretch report, values lie side by side, zero where missing, beside a
/// bit for presence; where few do, sorted positions lie beside their values. Either way a figure
/// costs at most about 10 bytes.
#[derive(Debug, Clone)]
pub struct Column {
    pub(crate) storage: Storage,
    /// The figures that are not exact, by position.
    qualifiers: Vec<(u32, Qualifier)>,
    /// No value is larger in magnitude.
    largest: u64,
    reported: u32,
}

#[derive(Debug, Clone)]
pub(crate) enum Storage {
    Dense(Dense),
    Scattered(Scattered),
}

impl Default for Column {
    fn default() -> Self {
        Self {
            storage: Storage::Scattered(Scattered::default()),
            qualifiers: Vec::new(),
            largest: 0,
            reported: 0,
        }
    }
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        // The same figures may have come to lie in different storage.
        self.reported == other.reported && self.figures() == other.figures()
    }
}

impl Eq for Column {}

/// Bytes of `count` figures in the dense storage of `words` words, and scattered.
fn costs(words: usize, count: usize, width: usize) -> (usize, usize) {
    let per_word = WORD as usize * width + size_of::<u64>();
    (words.saturating_mul(per_word), count * (width + size_of::<u16>()))
}

fn word_of(position: u32) -> usize {
    (position / WORD) as usize
}

impl Column {
    /// Makes a column from its figures, in any order. Of two at one position the later counts.
    pub fn from_entries(entries: impl IntoIterator<Item = (u32, Figure)>) -> Self {
        let mut entries: Vec<(u32, Figure)> = entries.into_iter().collect();
        if !entries.is_sorted_by_key(|(position, _)| *position) {
            entries.sort_by_key(|(position, _)| *position);
        }
        // `dedup` keeps the first of its equals, so the later figure is moved there.
        entries.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 = later.1;
            }
            same
        });
        let (Some((first, _)), Some((last, _))) = (entries.first(), entries.last()) else {
            return Self::default();
        };
        let largest =
            entries.iter().map(|(_, figure)| figure.value.unsigned_abs()).max().unwrap_or(0);
        let (first_word, words) = (word_of(*first), word_of(*last) - word_of(*first) + 1);
        let width = Values::zeros(0, largest).width();
        let (dense_bytes, scattered_bytes) = costs(words, entries.len(), width);
        let storage = if dense_bytes <= scattered_bytes {
            let mut dense = Dense::empty(first_word, words, largest);
            for (position, figure) in &entries {
                dense.set(*position, figure.value);
            }
            Storage::Dense(dense)
        } else {
            let mut scattered = Scattered::with_capacity(entries.len(), largest);
            for (position, figure) in &entries {
                scattered.set(*position, figure.value);
            }
            Storage::Scattered(scattered)
        };
        let mut qualifiers: Vec<_> = entries
            .iter()
            .filter(|(_, figure)| figure.qualifier != Qualifier::Exact)
            .map(|(position, figure)| (*position, figure.qualifier))
            .collect();
        qualifiers.shrink_to_fit();
        let reported = u32::try_from(entries.len()).expect("positions are 32 bits");
        Self { storage, qualifiers, largest, reported }
    }

    /// Sets the figure at a position: one submission costs no more than this.
    pub fn set(&mut self, position: u32, figure: Figure) {
        self.largest = self.largest.max(figure.value.unsigned_abs());
        self.make_room(position);
        let new = match &mut self.storage {
            Storage::Dense(dense) => dense.set(position, figure.value),
            Storage::Scattered(scattered) => scattered.set(position, figure.value),
        };
        self.reported += u32::from(new);
        self.set_qualifier(position, figure.qualifier);
    }

    /// Makes the figure at a position missing.
    pub fn clear(&mut self, position: u32) {
        let cleared = match &mut self.storage {
            Storage::Dense(dense) => dense.clear(position),
            Storage::Scattered(scattered) => scattered.clear(position),
        };
        self.reported -= u32::from(cleared);
        self.set_qualifier(position, Qualifier::Exact);
    }

    /// The figure at a position, unless it is missing.
    #[must_use]
    pub fn get(&self, position: u32) -> Option<Figure> {
        let value = self.value(position)?;
        Some(Figure { value, qualifier: self.qualifier(position) })
    }

    /// How many figures there are.
    #[must_use]
    pub fn reported(&self) -> u32 {
        self.reported
    }

    /// All figures by position.
    #[must_use]
    pub fn figures(&self) -> Vec<(u32, Figure)> {
        let mut figures = Vec::with_capacity(self.reported as usize);
        self.each(0..u32::MAX, |position, value| {
            figures.push((position, Figure { value, qualifier: self.qualifier(position) }));
        });
        figures
    }

    /// Memory taken, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let storage = match &self.storage {
            Storage::Dense(dense) => {
                dense.presence.capacity() * size_of::<u64>() + dense.values.bytes()
            }
            Storage::Scattered(scattered) => scattered.bytes(),
        };
        size_of::<Self>() + storage + self.qualifiers.capacity() * size_of::<(u32, Qualifier)>()
    }

    /// How many figures `range` has.
    #[must_use]
    pub fn count(&self, range: Range<u32>) -> u32 {
        match &self.storage {
            Storage::Dense(dense) => {
                let offset = u32::try_from(dense.first_word).expect("words are fewer") * WORD;
                let range = range.start.saturating_sub(offset)..range.end.saturating_sub(offset);
                count_words(&dense.presence, range)
            }
            Storage::Scattered(scattered) => {
                u32::try_from(scattered.places(range).len()).expect("positions are 32 bits")
            }
        }
    }

    /// The value at a position.
    pub(crate) fn value(&self, position: u32) -> Option<i64> {
        match &self.storage {
            Storage::Dense(dense) => dense.get(position),
            Storage::Scattered(scattered) => scattered.get(position),
        }
    }

    /// The qualifier of a figure that is known to be there.
    pub(crate) fn qualifier(&self, position: u32) -> Qualifier {
        match self.qualifiers.binary_search_by_key(&position, |(at, _)| *at) {
            Ok(at) => self.qualifiers[at].1,
            Err(_) => Qualifier::Exact,
        }
    }

    /// Whether no figure is a bound or about.
    #[inline]
    pub(crate) fn is_exact(&self) -> bool {
        self.qualifiers.is_empty()
    }

    /// The figures in `range` that are not exact.
    pub(crate) fn inexact(&self, range: Range<u32>) -> &[(u32, Qualifier)] {
        let from = self.qualifiers.partition_point(|(at, _)| *at < range.start);
        let until = self.qualifiers.partition_point(|(at, _)| *at < range.end);
        &self.qualifiers[from..until.max(from)]
    }

    /// Calls `visit` with position and value of every figure in `range`, in order.
    pub(crate) fn each(&self, range: Range<u32>, mut visit: impl FnMut(u32, i64)) {
        match &self.storage {
            Storage::Dense(dense) => dense.each(range, visit),
            Storage::Scattered(scattered) => scattered.each(range, &mut visit),
        }
    }

    /// No figure is larger in magnitude.
    pub(crate) fn largest(&self) -> u64 {
        self.largest
    }

    /// No sum of `count` figures is larger in magnitude.
    pub(crate) fn bound(&self, count: u32) -> u128 {
        u128::from(self.largest) * u128::from(count)
    }

    /// The values of whole words side by side, when they lie so and fit 16 bits.
    fn short_slice(&self, first_word: usize, places: usize) -> Option<&[i16]> {
        let Storage::Dense(Dense { first_word: own, values: Values::Short(values), .. }) =
            &self.storage
        else {
            return None;
        };
        let start = first_word.checked_sub(*own)? * WORD as usize;
        values.get(start..start + places)
    }

    /// The sum of the figures in `range`; the caller knows that it fits.
    pub(crate) fn sum<T: Accumulator>(&self, range: Range<u32>) -> T {
        match &self.storage {
            Storage::Dense(dense) => dense.values.sum(dense.places(range)),
            Storage::Scattered(scattered) => scattered.values.sum(scattered.places(range)),
        }
    }

    /// Copies presence of the 64 × `words.len()` positions from 64 × `first_word` on.
    pub(crate) fn presence_into(&self, first_word: usize, words: &mut [u64]) {
        words.fill(0);
        match &self.storage {
            Storage::Dense(dense) => {
                let (from, to, len) = overlap(dense, first_word, words.len());
                words[to..to + len].copy_from_slice(&dense.presence[from..from + len]);
            }
            Storage::Scattered(scattered) => {
                let base = position_of(first_word);
                scattered.each(base..position_of(first_word + words.len()), |position, _| {
                    words[word_of(position - base)] |= 1 << (position % WORD);
                });
            }
        }
    }

    /// Adds the values from position 64 × `first_word` on to `totals`, place by place.
    pub(crate) fn add_to<T: Accumulator>(&self, first_word: usize, totals: &mut [T]) {
        match &self.storage {
            Storage::Dense(dense) => {
                let word = WORD as usize;
                let (from, to, len) = overlap(dense, first_word, totals.len().div_ceil(word));
                let until = ((to + len) * word).min(totals.len());
                let totals = &mut totals[(to * word).min(until)..until];
                let from = from * word;
                dense.values.add_to(from..from + totals.len(), totals);
            }
            Storage::Scattered(scattered) => {
                let base = position_of(first_word);
                let words = totals.len().div_ceil(WORD as usize);
                scattered.each(base..position_of(first_word + words), |position, value| {
                    if let Some(total) = totals.get_mut((position - base) as usize) {
                        *total += T::of(value);
                    }
                });
            }
        }
    }

    fn set_qualifier(&mut self, position: u32, qualifier: Qualifier) {
        let place = self.qualifiers.binary_search_by_key(&position, |(at, _)| *at);
        match (place, qualifier) {
            (Ok(at), Qualifier::Exact) => {
                self.qualifiers.remove(at);
            }
            (Err(_), Qualifier::Exact) => {}
            (Ok(at), qualifier) => self.qualifiers[at].1 = qualifier,
            (Err(at), qualifier) => self.qualifiers.insert(at, (position, qualifier)),
        }
    }

    /// Brings the storage into the form that suits a figure at `position` too.
    fn make_room(&mut self, position: u32) {
        let count = self.reported as usize + 1;
        match &mut self.storage {
            Storage::Dense(dense) => {
                let (first, words) = dense.with_word(word_of(position));
                if words == dense.presence.len() {
                    return;
                }
                let (dense_bytes, scattered_bytes) = costs(words, count, dense.values.width());
                // Twice, so that a column at the border does not turn over again and again.
                if dense_bytes > 2 * scattered_bytes {
                    self.storage = Storage::Scattered(dense.to_scattered(self.largest));
                } else {
                    dense.grow(first, words);
                }
            }
            Storage::Scattered(scattered) => {
                let places = scattered.len();
                // Looking for a better form at every doubling keeps the cost per figure small.
                if !places.is_power_of_two() || places < WORD as usize {
                    return;
                }
                let mut figures = Vec::with_capacity(places);
                scattered.each(0..u32::MAX, |at, value| figures.push((at, value)));
                let (Some((first, _)), Some((last, _))) = (figures.first(), figures.last()) else {
                    return;
                };
                let (first, last) = (word_of(*first), word_of(*last));
                let (dense_bytes, scattered_bytes) =
                    costs(last - first + 1, count, scattered.values.width());
                if dense_bytes <= scattered_bytes {
                    let mut dense = Dense::empty(first, last - first + 1, self.largest);
                    for (at, value) in figures {
                        dense.set(at, value);
                    }
                    self.storage = Storage::Dense(dense);
                    self.make_room(position);
                }
            }
        }
    }
}

/// Adds the values of several columns from position 64 × `first_word` on to `totals`.
#[inline(always)]
pub(crate) fn add_all_to<'a, T: Accumulator>(
    columns: impl Iterator<Item = &'a Column>,
    first_word: usize,
    totals: &mut [T],
) {
    let mut waiting: [&[i16]; 8] = [&[]; 8];
    let (mut count, mut largest) = (0, 0);
    for column in columns {
        let Some(values) = column.short_slice(first_word, totals.len()) else {
            column.add_to(first_word, totals);
            continue;
        };
        waiting[count] = values;
        largest += column.largest;
        count += 1;
        if count == waiting.len() {
            add_lists(waiting, largest, totals);
            (count, largest) = (0, 0);
        }
    }
    let mut rest = &waiting[..count];
    if let Some((four, others)) = rest.split_first_chunk::<4>() {
        add_lists(*four, largest, totals);
        rest = others;
    }
    if let Some((two, others)) = rest.split_first_chunk::<2>() {
        add_lists(*two, largest, totals);
        rest = others;
    }
    if let Some((one, _)) = rest.split_first_chunk::<1>() {
        add_lists(*one, largest, totals);
    }
}

#[cfg(test)]
mod tests;
