//! One entry of the ledger: who did what to what, when, and why.

mod decode;
mod encode;
mod text;

use std::collections::BTreeMap;

pub use decode::{EntryProblem, decode};
pub use encode::{TooLarge, encode};
pub use text::{Identifier, Reason, TextProblem, Word};

use crate::commitment::Commitment;
use crate::hash::Hash;

/// The most bytes of an entry: what one entry may have in the tiles of C2SP `tlog-tiles`, so that
/// every ledger can be served as tiles.
pub const ENTRY_BYTES_MAX: usize = 65_535;

/// An entry. It may be read by anyone for ever, so nothing in it is personal: people stand in it
/// by their account's id, and personal values by their [commitments](crate::commitment).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the ledger, counted from zero.
    pub position: u64,
    /// When the server recorded it, in milliseconds since 1970-01-01T00:00:00Z.
    pub recorded_ms: i64,
    /// Who did it: an id that says nothing about the person.
    pub actor: Identifier,
    /// The device or the session they did it from, where there is one.
    pub device: Option<Identifier>,
    /// What was done, such as `submission.submit`.
    pub action: Word,
    /// What it was done to.
    pub subject: Subject,
    /// What the action carried.
    pub payload: Payload,
    /// Why, in words that may be public. Words typed freely are a commitment of the field
    /// `reason` instead.
    pub reason: Option<Reason>,
    /// What stands for personal values, by field.
    pub commitments: BTreeMap<Identifier, Commitment>,
}

/// What an action was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The noun, such as `submission`.
    pub noun: Word,
    /// Which one.
    pub id: Identifier,
}

/// What an action carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// The content itself, in whatever canonical form its action gives it; empty when there is
    /// nothing to say.
    Content(Vec<u8>),
    /// Only the plain SHA-256 of the content, which is kept elsewhere.
    Digest(Hash),
}
