//! A set of positions, one bit each: who has reported, who owes a figure.

use std::ops::Range;

/// Positions in one word.
pub(crate) const WORD: u32 = u64::BITS;

/// The bits of a word below `bit`; all of them from 64 on.
#[inline]
pub(crate) fn below(bit: u32) -> u64 {
    if bit >= WORD { u64::MAX } else { (1 << bit) - 1 }
}

/// Calls `visit` with every set bit of `word`, lowest first.
#[inline]
pub(crate) fn each_bit(mut word: u64, mut visit: impl FnMut(u32)) {
    while word != 0 {
        visit(word.trailing_zeros());
        word &= word - 1;
    }
}

/// A set of positions of a [`crate::TreeOrder`]. Grows as positions are added.
#[derive(Debug, Clone, Default)]
pub struct Bitmap {
    words: Vec<u64>,
}

impl PartialEq for Bitmap {
    fn eq(&self, other: &Self) -> bool {
        // Equal sets may have grown to different lengths.
        let words = self.words.len().max(other.words.len());
        (0..words).all(|at| self.word(at) == other.word(at))
    }
}

impl Eq for Bitmap {}

impl FromIterator<u32> for Bitmap {
    fn from_iter<I: IntoIterator<Item = u32>>(positions: I) -> Self {
        let mut set = Self::default();
        for position in positions {
            set.insert(position);
        }
        set
    }
}

impl Bitmap {
    /// The set of the positions `0..len`: everybody.
    #[must_use]
    pub fn full(len: u32) -> Self {
        let mut words = vec![u64::MAX; (len / WORD) as usize];
        if !len.is_multiple_of(WORD) {
            words.push(below(len % WORD));
        }
        Self { words }
    }

    /// Adds a position.
    pub fn insert(&mut self, position: u32) {
        let at = (position / WORD) as usize;
        if at >= self.words.len() {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (position % WORD);
    }

    /// Takes a position out.
    pub fn remove(&mut self, position: u32) {
        if let Some(word) = self.words.get_mut((position / WORD) as usize) {
            *word &= !(1 << (position % WORD));
        }
    }

    /// Whether a position is in the set.
    #[must_use]
    pub fn contains(&self, position: u32) -> bool {
        self.word((position / WORD) as usize) >> (position % WORD) & 1 == 1
    }

    /// How many positions are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether no position is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many positions of `range` are in the set.
    #[must_use]
    pub fn count(&self, range: Range<u32>) -> u32 {
        count_words(&self.words, range)
    }

    /// The 64 positions from 64 × `at` on; empty beyond the end.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> u64 {
        self.words.get(at).copied().unwrap_or(0)
    }
}

/// How many bits of `range` are set in `words`.
pub(crate) fn count_words(words: &[u64], range: Range<u32>) -> u32 {
    if range.is_empty() {
        return 0;
    }
    let (first, last) = ((range.start / WORD) as usize, ((range.end - 1) / WORD) as usize);
    let Some(covered) = words.get(first..words.len().min(last + 1)) else { return 0 };
    let mut count = 0;
    for (at, word) in (first..).zip(covered) {
        let mut word = *word;
        if at == first {
            word &= !below(range.start % WORD);
        }
        if at == last {
            word &= below((range.end - 1) % WORD + 1);
        }
        count += word.count_ones();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_counts_its_own_bits_only() {
        let set: Bitmap = [0, 5, 63, 64, 127, 128, 200].into_iter().collect();
        for (range, expected) in
            [(0..0, 0), (0..1, 1), (1..5, 0), (5..64, 2), (63..65, 2), (64..129, 3), (0..900, 7)]
        {
            assert_eq!(set.count(range.clone()), expected, "{range:?}");
        }
        assert_eq!(set.count(500..900), 0);
    }

    #[test]
    fn everybody_is_everybody() {
        for len in [0, 1, 63, 64, 65, 130] {
            let set = Bitmap::full(len);
            assert_eq!(set.count(0..1_000), len);
            assert!(!set.contains(len));
            assert_eq!(set, (0..len).collect());
        }
    }

    #[test]
    fn what_is_taken_out_is_gone() {
        let mut set: Bitmap = [3, 70].into_iter().collect();
        set.remove(70);
        set.remove(9_999);
        assert!(set.contains(3) && !set.contains(70));
        assert_eq!(set, [3].into_iter().collect());
    }
}
