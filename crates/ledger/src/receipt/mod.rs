//! Receipts: what the sender of an entry keeps. In full for a QR code, and as a short number to
//! write down or read out.

mod base32;
mod number;

use std::fmt;
use std::str::FromStr;

pub use number::{ReceiptNumber, number_of};

use crate::checkpoint::decimal;
use crate::hash::{Hash, digest};
use crate::layout::SIZE_MAX;
use crate::tree::Head;

const FORMAT: &str = "DOTPHA1";
/// Far longer than any receipt, and shorter than what could trouble anyone.
const TEXT_BYTES_MAX: usize = 256;
const HASH_DIGITS: usize = 52;
const CHECK_DIGITS: usize = 4;

/// Where an entry went, and what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The entry's position.
    pub position: u64,
    /// The hash of its leaf.
    pub leaf: Hash,
    /// The head of the log with the entry in it, where the sender keeps that too: whoever has it
    /// is a witness of the whole log up to then.
    pub head: Option<Head>,
}

/// Why a text is not a receipt or the number of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptProblem {
    /// It does not begin like a receipt.
    #[error("this is not a receipt")]
    Format,
    /// It is too short or has parts missing.
    #[error("something is missing")]
    TooShort,
    /// It is longer than a receipt can be.
    #[error("something is too much")]
    TooLong,
    /// A character is none of those that receipts are written with.
    #[error("{found:?} at place {at} is not a character of receipts")]
    Character {
        /// Which one, counted from one without spaces and hyphens.
        at: usize,
        /// What stands there.
        found: char,
    },
    /// A number in it is not one.
    #[error("a number in it is wrong")]
    Number,
    /// The check digits do not fit: something was mistyped.
    #[error("the check digits do not fit")]
    Mistyped,
}

/// Only capital letters, digits and full stops, so that a QR code holds it in its compact mode:
/// `DOTPHA1.position.leaf[.size.root].check`.
impl fmt::Display for Receipt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{FORMAT}.{}.{}", self.position, base32::of_hash(&self.leaf));
        if let Some(head) = &self.head {
            text.push_str(&format!(".{}.{}", head.size, base32::of_hash(&head.root)));
        }
        write!(formatter, "{text}.{}", check_digits(&text))
    }
}

impl FromStr for Receipt {
    type Err = ReceiptProblem;

    fn from_str(text: &str) -> Result<Self, ReceiptProblem> {
        if text.len() > TEXT_BYTES_MAX {
            return Err(ReceiptProblem::TooLong);
        }
        let parts: Vec<&str> = text.split('.').collect();
        if parts.first() != Some(&FORMAT) {
            return Err(ReceiptProblem::Format);
        }
        let (position, leaf, head, check) = match parts.as_slice() {
            [_, position, leaf, check] => (position, leaf, None, check),
            [_, position, leaf, size, root, check] => (position, leaf, Some((size, root)), check),
            few if few.len() < 6 => return Err(ReceiptProblem::TooShort),
            _ => return Err(ReceiptProblem::TooLong),
        };
        let body = &text[..text.len() - check.len() - 1];
        if *check != check_digits(body) {
            return Err(ReceiptProblem::Mistyped);
        }
        let number = |digits: &str| decimal(digits).ok_or(ReceiptProblem::Number);
        let receipt = Self {
            position: number(position)?,
            leaf: base32::to_hash(leaf)?,
            head: match head {
                Some((size, root)) => {
                    Some(Head { size: number(size)?, root: base32::to_hash(root)? })
                }
                None => None,
            },
        };
        // A receipt is of an entry that the head has.
        let size = receipt.head.map_or(SIZE_MAX, |head| head.size);
        if size > SIZE_MAX || receipt.position >= size {
            return Err(ReceiptProblem::Number);
        }
        Ok(receipt)
    }
}

/// The first twenty bits of the hash of what stands before them.
fn check_digits(text: &str) -> String {
    base32::of_hash(&digest(text.as_bytes()))[..CHECK_DIGITS].to_owned()
}
