//! Digits of 32 kinds, as Crockford chose them: none that looks like another, none that sounds
//! like another in a word nobody wants.

use crate::hash::Hash;

use super::{HASH_DIGITS, ReceiptProblem};

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The digit of the lowest five bits of a number.
pub(super) fn digit(number: u64) -> char {
    char::from(DIGITS[usize::from(number.to_le_bytes()[0] & 31)])
}

/// The value of a digit; as people write it, so `o` is 0, and `i` and `l` are 1.
pub(super) fn value_as_written(found: char) -> Option<u64> {
    let found = match found.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    value(found)
}

/// A hash in 52 digits, the last four bits of which are zero.
pub(super) fn of_hash(hash: &Hash) -> String {
    let mut digits = String::with_capacity(HASH_DIGITS);
    let (mut bits, mut count) = (0_u64, 0);
    for byte in hash.0 {
        bits = bits << 8 | u64::from(byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            digits.push(digit(bits >> count));
        }
        bits &= (1 << count) - 1;
    }
    digits.push(digit(bits << (5 - count)));
    digits
}

/// The hash of 52 digits in their one canonical spelling.
pub(super) fn to_hash(digits: &str) -> Result<Hash, ReceiptProblem> {
    let mut hash = [0; 32];
    let mut bytes = hash.iter_mut();
    let (mut bits, mut count) = (0_u64, 0);
    for (at, found) in (1..).zip(digits.chars()) {
        if at > HASH_DIGITS {
            return Err(ReceiptProblem::TooLong);
        }
        bits = bits << 5 | value(found).ok_or(ReceiptProblem::Character { at, found })?;
        count += 5;
        if count >= 8 {
            count -= 8;
            if let Some(byte) = bytes.next() {
                *byte = (bits >> count).to_le_bytes()[0];
            }
            bits &= (1 << count) - 1;
        }
    }
    if digits.len() < HASH_DIGITS {
        return Err(ReceiptProblem::TooShort);
    }
    if bits != 0 {
        return Err(ReceiptProblem::Mistyped);
    }
    Ok(Hash(hash))
}

fn value(found: char) -> Option<u64> {
    DIGITS.iter().zip(0..).find(|(digit, _)| char::from(**digit) == found).map(|(_, value)| value)
}
