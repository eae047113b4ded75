//! Sums of short slices. Groups are short (a commune has ten villages) and their lengths vary, so
//! a plain loop costs more in mispredicted exits than in additions. Here sixteen places are read
//! at once and those beyond the end are masked away; the compiler makes a few vector
//! instructions of it.

/// Places read at once.
pub(crate) const LANES: usize = 16;

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

/// The sixteen places from `at` on and the length of `at..until`, when that is short.
#[inline(always)]
fn short<V>(values: &[V], at: usize, until: usize) -> Option<(&[V; LANES], usize)> {
    let len = until - at;
    let lanes = values.get(at..)?.first_chunk()?;
    (len <= LANES).then_some((lanes, len))
}

/// The sum of `values[at..until]`.
#[inline(always)]
pub(crate) fn sum_16(values: &[i16], at: usize, until: usize) -> i64 {
    let Some((lanes, len)) = short(values, at, until) else {
        return sum_long(&values[at..until]);
    };
    let mut sum = 0;
    for (value, inside) in lanes.iter().zip(&INSIDE[len]) {
        sum += i32::from(*value) * i32::from(*inside);
    }
    i64::from(sum)
}

/// The sum of a long slice, in pieces that 32 bits hold.
fn sum_long(values: &[i16]) -> i64 {
    let pieces = values.chunks(1 << 15);
    pieces.map(|piece| i64::from(piece.iter().map(|value| i32::from(*value)).sum::<i32>())).sum()
}

/// The sum of `values[at..until]`; the caller knows that sixteen of them fit 32 bits.
#[inline(always)]
pub(crate) fn sum_32(values: &[i32], at: usize, until: usize) -> i64 {
    let Some((lanes, len)) = short(values, at, until) else {
        return values[at..until].iter().map(|value| i64::from(*value)).sum();
    };
    let mut sum = 0_i32;
    for (value, inside) in lanes.iter().zip(&INSIDE_32[len]) {
        sum = sum.wrapping_add(value & inside);
    }
    i64::from(sum)
}

/// The sum of `values[at..until]`, and how many of them are not zero.
#[inline(always)]
pub(crate) fn sum_and_count(values: &[u8], at: usize, until: usize) -> (u32, u32) {
    let Some((lanes, len)) = short(values, at, until) else {
        let values = &values[at..until];
        let sum = values.iter().map(|value| u32::from(*value)).sum();
        return (sum, values.iter().map(|value| u32::from((*value).min(1))).sum());
    };
    let (mut sum, mut count) = (0, 0);
    for (value, inside) in lanes.iter().zip(&INSIDE_8[len]) {
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

/// How many bits of `words` are set in `at..until`.
#[inline(always)]
pub(crate) fn count_bits(words: &[u64], at: usize, until: usize) -> u32 {
    let (word, bit) = (at / 64, at % 64);
    if let (Some([low, high]), true) =
        (words.get(word..).and_then(<[u64]>::first_chunk), until - at < 64)
    {
        let bits = low >> bit | high << 1 << (63 - bit);
        return (bits & ((1 << (until - at)) - 1)).count_ones();
    }
    count_many_bits(words, at, until)
}

fn count_many_bits(words: &[u64], at: usize, until: usize) -> u32 {
    let (first, last) = (at / 64, until / 64);
    let before = |word: usize, bits: usize| {
        let word = words.get(word).copied().unwrap_or(0);
        (word & ((1 << bits) - 1)).count_ones()
    };
    let whole: u32 = words[first..last].iter().map(|word| word.count_ones()).sum();
    whole + before(last, until % 64) - before(first, at % 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_sums_equal_plain_sums() {
        let values: Vec<i32> = (0..40).map(|at| at * at * 37 % 1_001 - 500).collect();
        let shorts: Vec<i16> = values.iter().map(|it| i16::try_from(*it).unwrap()).collect();
        let bytes: Vec<u8> = (0..40).map(|at| at % 5 % 3 * 50).collect();
        let words = [0x9e37_79b9_7f4a_7c15, 0xf0f0_1234_5678_9abc, u64::MAX];
        for at in 0..40 {
            for until in at..40 {
                let sum: i64 = values[at..until].iter().map(|it| i64::from(*it)).sum();
                assert_eq!(sum_16(&shorts, at, until), sum, "{at}..{until}");
                assert_eq!(sum_32(&values, at, until), sum, "{at}..{until}");
                let sum: u32 = bytes[at..until].iter().map(|it| u32::from(*it)).sum();
                let count = bytes[at..until].iter().map(|it| u32::from(*it > 0)).sum();
                assert_eq!(sum_and_count(&bytes, at, until), (sum, count), "{at}..{until}");
            }
        }
        for at in 0..192_usize {
            for until in at..=192 {
                let is_set = |bit: &usize| words[bit / 64] >> (bit % 64) & 1 == 1;
                let count = (at..until).filter(is_set).count();
                assert_eq!(count_bits(&words, at, until) as usize, count, "{at}..{until}");
            }
        }
    }

    #[test]
    fn a_long_sum_of_shorts_does_not_overflow() {
        let values = vec![i16::MIN; 200_000];
        assert_eq!(sum_16(&values, 1, 199_999), 199_998 * i64::from(i16::MIN));
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
