//! Salted commitments: what the ledger holds in place of a personal value, so that the value can
//! be erased while every proof stays valid.
//!
//! With its salt a value can be shown to belong to an entry; once the salt is destroyed nothing
//! can be tried out against the commitment, not even the twelve digits of an identity number.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::entry::{Entry, Identifier};

/// Keeps these hashes apart from all others, and a later form apart from this one.
const DOMAIN: &[u8] = b"dotpha-commit-v1";

/// The hash that stands in an entry for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(pub crate::hash::Hash);

/// 32 bytes of chance that the caller brings, never used twice. They are a secret as long as the
/// value is, so they are not shown in messages for programmers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 32]);

/// What opens a commitment: everything that went into it.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    /// Which field of the entry the value is of, such as `reason` or `photo.1`.
    pub field: Identifier,
    /// The salt.
    pub salt: Salt,
    /// The value's bytes.
    pub value: Vec<u8>,
}

/// Why an opening does not show what an entry held.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpeningProblem {
    /// The entry has no commitment for that field.
    #[error("the entry holds no commitment for {field}")]
    NoSuchField {
        /// The field that was opened.
        field: Identifier,
    },
    /// Another value or another salt was committed to.
    #[error("this is not the value that {field} stands for")]
    Differs {
        /// The field that was opened.
        field: Identifier,
    },
}

/// Commits to a value.
#[must_use]
pub fn commit(opening: &Opening) -> Commitment {
    let field = opening.field.as_str().as_bytes();
    let hash = Sha256::new()
        .chain_update(DOMAIN)
        .chain_update((field.len() as u64).to_be_bytes())
        .chain_update(field)
        .chain_update(opening.salt.0)
        .chain_update((opening.value.len() as u64).to_be_bytes())
        .chain_update(&opening.value)
        .finalize();
    Commitment(crate::hash::Hash(hash.into()))
}

/// Checks that an entry committed to just this value.
///
/// # Errors
/// When the entry has no such field, or it stands for something else.
pub fn verify(entry: &Entry, opening: &Opening) -> Result<(), OpeningProblem> {
    let field = opening.field.clone();
    match entry.commitments.get(&field) {
        None => Err(OpeningProblem::NoSuchField { field }),
        Some(commitment) if *commitment == commit(opening) => Ok(()),
        Some(_) => Err(OpeningProblem::Differs { field }),
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Salt(..)")
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Opening").field("field", &self.field).finish_non_exhaustive()
    }
}
