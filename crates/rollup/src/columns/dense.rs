//! Figures of most units of a stretch: values side by side, with a bit each for presence.

use std::ops::Range;

use super::scattered::Scattered;
use super::values::Values;
use crate::bitmap::{WORD, each_bit};

/// Values side by side for the positions from 64 × `first_word` on.
#[derive(Debug, Clone)]
pub(crate) struct Dense {
    pub(crate) first_word: usize,
    pub(crate) presence: Vec<u64>,
    /// 64 for every word of presence; zero where missing.
    pub(crate) values: Values,
}

/// The first position of a word; the last position at the end of all.
pub(super) fn position_of(word: usize) -> u32 {
    u32::try_from(word).unwrap_or(u32::MAX).saturating_mul(WORD)
}

/// The words that `dense` shares with `words` words from `first_word` on: where they start in
/// `dense`, where in the others, and how many.
pub(super) fn overlap(dense: &Dense, first_word: usize, words: usize) -> (usize, usize, usize) {
    let start = dense.first_word.max(first_word);
    let end = (dense.first_word + dense.presence.len()).min(first_word + words);
    if start >= end {
        return (0, 0, 0);
    }
    (start - dense.first_word, start - first_word, end - start)
}

impl Dense {
    pub(super) fn empty(first_word: usize, words: usize, largest: u64) -> Self {
        Self {
            first_word,
            presence: vec![0; words],
            values: Values::zeros(words * WORD as usize, largest),
        }
    }

    /// The place of a position, unless it lies outside.
    #[inline]
    fn place(&self, position: u32) -> Option<usize> {
        let place = (position as usize).checked_sub(self.first_word * WORD as usize)?;
        (place < self.values.len()).then_some(place)
    }

    /// The places of `range`, without those outside.
    pub(crate) fn places(&self, range: Range<u32>) -> Range<usize> {
        let offset = self.first_word * WORD as usize;
        let clamp = |at: u32| (at as usize).saturating_sub(offset).min(self.values.len());
        let start = clamp(range.start);
        start..clamp(range.end).max(start)
    }

    pub(super) fn get(&self, position: u32) -> Option<i64> {
        let place = self.place(position)?;
        let word = self.presence[place / WORD as usize];
        (word >> (position % WORD) & 1 == 1).then(|| self.values.get(place))
    }

    pub(super) fn set(&mut self, position: u32, value: i64) -> bool {
        let place = self.place(position).expect("room was made for the position");
        let word = &mut self.presence[place / WORD as usize];
        let new = *word >> (position % WORD) & 1 == 0;
        *word |= 1 << (position % WORD);
        self.values.set(place, value);
        new
    }

    pub(super) fn clear(&mut self, position: u32) -> bool {
        let Some(place) = self.place(position) else { return false };
        let word = &mut self.presence[place / WORD as usize];
        let was = *word >> (position % WORD) & 1 == 1;
        *word &= !(1 << (position % WORD));
        self.values.set(place, 0);
        was
    }

    pub(super) fn each(&self, range: Range<u32>, mut visit: impl FnMut(u32, i64)) {
        let places = self.places(range.clone());
        if places.is_empty() {
            return;
        }
        let word_bits = WORD as usize;
        for at in places.start / word_bits..=(places.end - 1) / word_bits {
            let base = position_of(self.first_word + at);
            each_bit(self.presence[at], |bit| {
                if range.contains(&(base + bit)) {
                    visit(base + bit, self.values.get(at * word_bits + bit as usize));
                }
            });
        }
    }

    /// First word and number of words once `word` is inside too.
    pub(super) fn with_word(&self, word: usize) -> (usize, usize) {
        let first = self.first_word.min(word);
        let last = (self.first_word + self.presence.len() - 1).max(word);
        (first, last - first + 1)
    }

    pub(super) fn grow(&mut self, first: usize, words: usize) {
        let front = self.first_word - first;
        self.presence.splice(0..0, std::iter::repeat_n(0, front));
        self.presence.resize(words, 0);
        self.values.pad(front * WORD as usize, words * WORD as usize);
        self.first_word = first;
    }

    pub(super) fn to_scattered(&self, largest: u64) -> Scattered {
        let mut scattered = Scattered::with_capacity(0, largest);
        self.each(0..u32::MAX, |position, value| {
            scattered.set(position, value);
        });
        scattered
    }
}
