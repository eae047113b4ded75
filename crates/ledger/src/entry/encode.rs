//! An entry as bytes, always the same for the same entry. `docs/ledger.md` shows the layout.

use super::{ENTRY_BYTES_MAX, Entry, Payload};

/// The first byte of every entry: which layout follows.
pub(super) const VERSION: u8 = 1;

/// Bytes that say which of two things follows.
pub(super) const ABSENT: u8 = 0;
pub(super) const PRESENT: u8 = 1;
pub(super) const CONTENT: u8 = 0;
pub(super) const DIGEST: u8 = 1;

/// An entry that has too many bytes; its content has to be kept elsewhere, and its digest here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an entry of {bytes} bytes is too large, {ENTRY_BYTES_MAX} are allowed")]
pub struct TooLarge {
    /// How many it would have.
    pub bytes: usize,
}

/// The bytes of an entry: the leaf.
///
/// # Errors
/// When they are more than [`ENTRY_BYTES_MAX`].
pub fn encode(entry: &Entry) -> Result<Vec<u8>, TooLarge> {
    let mut bytes = Vec::with_capacity(256);
    bytes.push(VERSION);
    bytes.extend(entry.position.to_be_bytes());
    bytes.extend(entry.recorded_ms.to_be_bytes());
    text(&mut bytes, entry.actor.as_str());
    optional_text(&mut bytes, entry.device.as_ref().map(super::Identifier::as_str));
    text(&mut bytes, entry.action.as_str());
    text(&mut bytes, entry.subject.noun.as_str());
    text(&mut bytes, entry.subject.id.as_str());
    match &entry.payload {
        Payload::Content(content) => {
            bytes.push(CONTENT);
            length(&mut bytes, content.len());
            bytes.extend(content);
        }
        Payload::Digest(hash) => {
            bytes.push(DIGEST);
            bytes.extend(hash.0);
        }
    }
    optional_text(&mut bytes, entry.reason.as_ref().map(super::Reason::as_str));
    length(&mut bytes, entry.commitments.len());
    for (field, commitment) in &entry.commitments {
        text(&mut bytes, field.as_str());
        bytes.extend(commitment.0.0);
    }
    if bytes.len() > ENTRY_BYTES_MAX {
        return Err(TooLarge { bytes: bytes.len() });
    }
    Ok(bytes)
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    length(bytes, text.len());
    bytes.extend(text.as_bytes());
}

fn optional_text(bytes: &mut Vec<u8>, optional: Option<&str>) {
    match optional {
        None => bytes.push(ABSENT),
        Some(some) => {
            bytes.push(PRESENT);
            text(bytes, some);
        }
    }
}

/// Lengths and counts have two bytes. One that does not fit belongs to an entry that is too large
/// anyway and never leaves [`encode`].
fn length(bytes: &mut Vec<u8>, length: usize) {
    bytes.extend(u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes());
}
