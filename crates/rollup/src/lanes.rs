//! Sums of short slices. Groups are short (a commune has ten villages) and their lengths vary, so
//! a plain loop costs more in mispredicted exits than in additions. Here sixteen places are read
//! at once and those beyond the end are masked away; the compiler makes a few vector
//! instructions of it.

use std::hint::black_box;

/// Places read at once.
pub(crate) const LANES: usize = 16;

/// Bytes that come from memory together.
const CACHE_LINE: usize = 64;

/// For every length up to [`LANES`]: 1 for the places inside, 0 beyond.
static INSIDE: [[i16; LANES]; LANES + 1] = {
    let mut masks = [[0; LANES]; LANES + 1];
    let mut len = 0;
    while len <= LANES {
        let mut at = 0;
        while at < len {
            masks[len][at] = 1;
            at += 1;
        }
        len += 1;
    }
    masks
};

/// The same with all bits set for the places inside.
static INSIDE_32: [[i32; LANES]; LANES + 1] = {
    let mut masks = [[0; LANES]; LANES + 1];
    let mut len = 0;
    while len <= LANES {
        let mut at = 0;
        while at < len {
            masks[len][at] = -1;
            at += 1;
        }
        len += 1;
    }
    masks
};

/// The same in bytes.
static INSIDE_8: [[u8; LANES]; LANES + 1] = {
    let mut masks = [[0; LANES]; LANES + 1];
    let mut len = 0;
    while len <= LANES {
        let mut at = 0;
        while at < len {
            masks[len][at] = u8::MAX;
            at += 1;
        }
        len += 1;
    }
    masks
};

/// The sixteen places from `at` on, unless the list ends before.
#[inline(always)]
fn lanes<V>(values: &[V], at: usize) -> Option<&[V; LANES]> {
    values.get(at..)?.first_chunk()
}

/// Reads a value of every cache line. Sums of short slices have so much to do between two lines
/// that they would wait for each; here many are fetched at once.
#[inline(always)]
pub(crate) fn touch<V: Copy>(values: &[V]) {
    for value in values.iter().step_by(CACHE_LINE / size_of::<V>()) {
        black_box(*value);
    }
}

/// The sum of the at most sixteen `values[at..until]`.
#[inline(always)]
pub(crate) fn sum_16(values: &[i16], at: usize, until: usize) -> i32 {
    let Some(lanes) = lanes(values, at) else { return sum_at_end(&values[at..until]) };
    let mut sum = 0;
    for (value, inside) in lanes.iter().zip(&INSIDE[until - at]) {
        sum += i32::from(*value) * i32::from(*inside);
    }
    sum
}

/// The sum of the at most sixteen `values[at..until]`; the caller knows that it fits 32 bits.
#[inline(always)]
pub(crate) fn sum_32(values: &[i32], at: usize, until: usize) -> i32 {
    let Some(lanes) = lanes(values, at) else { return sum_at_end(&values[at..until]) };
    let mut sum = 0_i32;
    for (value, inside) in lanes.iter().zip(&INSIDE_32[until - at]) {
        sum = sum.wrapping_add(value & inside);
    }
    sum
}

/// Out of the way, so that the usual case keeps its registers.
#[cold]
#[inline(never)]
fn sum_at_end<V: Copy + Into<i32>>(values: &[V]) -> i32 {
    values.iter().map(|value| (*value).into()).sum()
}

/// The sum of `values[at..until]`, and how many of them are not zero.
#[inline(always)]
pub(crate) fn sum_and_count(values: &[u8], at: usize, until: usize) -> (u32, u32) {
    let (Some(lanes), Some(inside)) = (lanes(values, at), INSIDE_8.get(until - at)) else {
        let values = &values[at..until];
        let sum = values.iter().map(|value| u32::from(*value)).sum();
        return (sum, values.iter().map(|value| u32::from((*value).min(1))).sum());
    };
    let (mut sum, mut count) = (0, 0);
    for (value, inside) in lanes.iter().zip(inside) {
        sum += u32::from(value & inside);
        count += u32::from((value & inside).min(1));
    }
    (sum, count)
}

/// For every byte its bits as eight bytes, the lowest bit first.
static SPREAD: [u64; 256] = {
    let mut spread = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bit = 0;
        while bit < 8 {
            if byte >> bit & 1 == 1 {
                spread[byte] |= 1 << (8 * bit);
            }
            bit += 1;
        }
        byte += 1;
    }
    spread
};

/// Adds `times` to the place of every bit of `words`. The caller knows that no place overflows.
#[inline(always)]
pub(crate) fn add_bits(words: &[u64], times: u8, places: &mut [u8]) {
    for (word, places) in words.iter().zip(places.as_chunks_mut::<64>().0) {
        for (byte, places) in word.to_le_bytes().iter().zip(places.as_chunks_mut::<8>().0) {
            let sum = u64::from_le_bytes(*places) + SPREAD[usize::from(*byte)] * u64::from(times);
            *places = sum.to_le_bytes();
        }
    }
}

/// Notes for every word how many bits are set before it, and after the last how many in all.
#[inline(always)]
pub(crate) fn note_ranks(words: &[u64], ranks: &mut Vec<u32>) {
    ranks.resize(words.len() + 1, 0);
    let mut before = 0;
    for (rank, word) in ranks.iter_mut().zip(words) {
        *rank = before;
        before += word.count_ones();
    }
    ranks[words.len()] = before;
}

/// How many bits of `words` are set before the bit `at`.
#[inline(always)]
pub(crate) fn count_before(words: &[u64], ranks: &[u32], at: usize) -> u32 {
    let (word, bit) = (at / 64, at % 64);
    let bits = words.get(word).map_or(0, |word| word & ((1 << bit) - 1));
    ranks[word] + bits.count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_sums_equal_plain_sums() {
        let values: Vec<i32> = (0..40).map(|at| at * at * 37 % 1_001 - 500).collect();
        let shorts: Vec<i16> = values.iter().map(|it| i16::try_from(*it).unwrap()).collect();
        let bytes: Vec<u8> = (0..40).map(|at| at % 5 % 3 * 50).collect();
        for at in 0..40 {
            for until in at..40 {
                if until - at <= LANES {
                    let sum: i32 = values[at..until].iter().sum();
                    assert_eq!(sum_16(&shorts, at, until), sum, "{at}..{until}");
                    assert_eq!(sum_32(&values, at, until), sum, "{at}..{until}");
                }
                let sum: u32 = bytes[at..until].iter().map(|it| u32::from(*it)).sum();
                let count = bytes[at..until].iter().map(|it| u32::from(*it > 0)).sum();
                assert_eq!(sum_and_count(&bytes, at, until), (sum, count), "{at}..{until}");
            }
        }
    }

    #[test]
    fn ranks_count_the_bits_before_a_place() {
        let words = [0x9e37_79b9_7f4a_7c15, 0xf0f0_1234_5678_9abc, u64::MAX];
        let mut ranks = vec![7; 9];
        note_ranks(&words, &mut ranks);
        for at in 0..=192_usize {
            let is_set = |bit: &usize| words[bit / 64] >> (bit % 64) & 1 == 1;
            let count = (0..at).filter(is_set).count();
            assert_eq!(count_before(&words, &ranks, at) as usize, count, "before {at}");
        }
    }

    #[test]
    fn bits_become_counts_of_their_places() {
        let mut places = vec![0; 128];
        add_bits(&[0b1001, 1 << 63], 1, &mut places);
        add_bits(&[0b0001, 1], 200, &mut places);
        let counted: Vec<(usize, u8)> =
            places.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        assert_eq!(counted, [(0, 201), (3, 1), (64, 200), (127, 1)]);
    }
}
