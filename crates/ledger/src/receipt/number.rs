//! The short number of a receipt: `0000-A58N-7Q2K`.
//!
//! It is the position, twenty bits of the leaf's hash, and two check digits, in groups of four.
//! The check digits make the whole a multiple of a prime above 32², so every mistyped digit and
//! every two neighbours swapped are noticed, and all but one in a thousand of other slips.

use std::fmt;
use std::str::FromStr;

use crate::hash::Hash;
use crate::layout::SIZE_MAX;

use super::{Receipt, ReceiptProblem, base32};

/// The prime below 1024 that leaves room in two digits for every remainder.
const PRIME: u64 = 1021;
/// Digits of the position, at least; a longer one has no zeros in front.
const POSITION_DIGITS_MIN: usize = 6;
const TAG_DIGITS: usize = 4;
const CHECK_DIGITS: usize = 2;
const DIGITS_MIN: usize = POSITION_DIGITS_MIN + TAG_DIGITS + CHECK_DIGITS;
/// 2^62 needs thirteen digits.
const DIGITS_MAX: usize = 13 + TAG_DIGITS + CHECK_DIGITS;
const GROUP: usize = 4;

/// What the number of a receipt says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptNumber {
    /// The entry's position.
    pub position: u64,
    /// The first twenty bits of its leaf's hash, so that a number that was made up leads nowhere.
    tag: u64,
}

/// The number of a receipt.
#[must_use]
pub fn number_of(receipt: &Receipt) -> ReceiptNumber {
    ReceiptNumber { position: receipt.position, tag: tag(&receipt.leaf) }
}

impl ReceiptNumber {
    /// Whether the leaf at that position is the one that the number was given for.
    #[must_use]
    pub fn is_of(&self, leaf: &Hash) -> bool {
        self.tag == tag(leaf)
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = vec![];
        let mut rest = self.position;
        while rest > 0 || digits.len() < POSITION_DIGITS_MIN {
            digits.push(rest & 31);
            rest >>= 5;
        }
        digits.reverse();
        digits.extend((0..TAG_DIGITS).rev().map(|place| self.tag >> (5 * place) & 31));
        let short = remainder(digits.iter().copied().chain([0, 0]));
        let check = (PRIME - short) % PRIME;
        digits.extend([check >> 5, check & 31]);
        for (at, value) in digits.iter().enumerate() {
            if at > 0 && at % GROUP == 0 {
                formatter.write_str("-")?;
            }
            write!(formatter, "{}", base32::digit(*value))?;
        }
        Ok(())
    }
}

/// Reads a number as people write it: any case, `o` for zero, `i` and `l` for one, with hyphens and
/// spaces wherever they like.
impl FromStr for ReceiptNumber {
    type Err = ReceiptProblem;

    fn from_str(text: &str) -> Result<Self, ReceiptProblem> {
        let written = text.chars().filter(|found| !found.is_whitespace() && *found != '-');
        let mut digits = Vec::with_capacity(DIGITS_MAX);
        for (at, found) in (1..).zip(written) {
            if at > DIGITS_MAX {
                return Err(ReceiptProblem::TooLong);
            }
            let value = base32::value_as_written(found);
            digits.push(value.ok_or(ReceiptProblem::Character { at, found })?);
        }
        if digits.len() < DIGITS_MIN {
            return Err(ReceiptProblem::TooShort);
        }
        if remainder(digits.iter().copied()) != 0 {
            return Err(ReceiptProblem::Mistyped);
        }
        let (position, rest) = digits.split_at(digits.len() - TAG_DIGITS - CHECK_DIGITS);
        if position.len() > POSITION_DIGITS_MIN && position[0] == 0 {
            return Err(ReceiptProblem::Mistyped);
        }
        let check = rest[TAG_DIGITS] << 5 | rest[TAG_DIGITS + 1];
        let position = position
            .iter()
            .try_fold(0, |number: u64, digit| number.checked_mul(32).map(|number| number | digit));
        let position = position.filter(|position| *position < SIZE_MAX && check < PRIME);
        let position = position.ok_or(ReceiptProblem::Mistyped)?;
        let tag = rest[..TAG_DIGITS].iter().fold(0, |tag, digit| tag << 5 | digit);
        Ok(Self { position, tag })
    }
}

/// What is left of the number of all digits when it is divided by the prime.
fn remainder(digits: impl Iterator<Item = u64>) -> u64 {
    digits.fold(0, |rest, digit| (rest * 32 + digit) % PRIME)
}

fn tag(leaf: &Hash) -> u64 {
    let [a, b, c, ..] = leaf.0;
    u64::from(u32::from_be_bytes([0, a, b, c]) >> 4)
}
