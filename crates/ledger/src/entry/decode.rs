//! An entry read back from its bytes; nothing but what encoding gives is taken.

use std::collections::BTreeMap;

use crate::commitment::Commitment;
use crate::hash::Hash;

use super::encode::{ABSENT, CONTENT, DIGEST, PRESENT, VERSION};
use super::{ENTRY_BYTES_MAX, Entry, Identifier, Payload, Reason, Subject, TextProblem, Word};

/// Why bytes are not an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryProblem {
    /// There are too many.
    #[error("{bytes} bytes are too many for an entry")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// They are in a layout that this program does not know.
    #[error("layout {found} of entries is not known")]
    Version {
        /// The layout they say they have.
        found: u8,
    },
    /// They end too early.
    #[error("the bytes end at {at} with something still to come")]
    Ends {
        /// Where something should have begun.
        at: usize,
    },
    /// They go on behind the end.
    #[error("the entry ends at {at} and more follows")]
    Remains {
        /// Where the entry ends.
        at: usize,
    },
    /// A byte that says what follows has no such meaning.
    #[error("byte {at} says {found}, which means nothing there")]
    Choice {
        /// Where it stands.
        at: usize,
        /// What it says.
        found: u8,
    },
    /// A text is not UTF-8.
    #[error("the text at {at} is not UTF-8")]
    Utf8 {
        /// Where it begins.
        at: usize,
    },
    /// A text may not be as it is.
    #[error("the text at {at} is wrong: {problem}")]
    Text {
        /// Where it begins.
        at: usize,
        /// What is wrong with it.
        problem: TextProblem,
    },
    /// The fields of the commitments are not in ascending order, each once.
    #[error("the field at {at} is out of order")]
    Order {
        /// Where it begins.
        at: usize,
    },
}

/// Reads an entry from its bytes.
///
/// # Errors
/// When they are anything but what [`super::encode`] makes of an entry.
pub fn decode(bytes: &[u8]) -> Result<Entry, EntryProblem> {
    if bytes.len() > ENTRY_BYTES_MAX {
        return Err(EntryProblem::TooLarge { bytes: bytes.len() });
    }
    let mut cursor = Cursor { bytes, at: 0 };
    let [version] = cursor.array()?;
    if version != VERSION {
        return Err(EntryProblem::Version { found: version });
    }
    let entry = Entry {
        position: u64::from_be_bytes(cursor.array()?),
        recorded_ms: i64::from_be_bytes(cursor.array()?),
        actor: cursor.text(Identifier::parse)?,
        device: cursor.optional_text(Identifier::parse)?,
        action: cursor.text(Word::parse)?,
        subject: Subject { noun: cursor.text(Word::parse)?, id: cursor.text(Identifier::parse)? },
        payload: cursor.payload()?,
        reason: cursor.optional_text(Reason::parse)?,
        commitments: cursor.commitments()?,
    };
    if cursor.at < bytes.len() {
        return Err(EntryProblem::Remains { at: cursor.at });
    }
    Ok(entry)
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], EntryProblem> {
        let taken = self.bytes.get(self.at..self.at + count);
        let taken = taken.ok_or(EntryProblem::Ends { at: self.at })?;
        self.at += count;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], EntryProblem> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn length(&mut self) -> Result<usize, EntryProblem> {
        Ok(usize::from(u16::from_be_bytes(self.array()?)))
    }

    /// Which of two things follows.
    fn follows(&mut self, one: u8, other: u8) -> Result<u8, EntryProblem> {
        let at = self.at;
        let [found] = self.array()?;
        if found == one || found == other {
            Ok(found)
        } else {
            Err(EntryProblem::Choice { at, found })
        }
    }

    fn text<T>(
        &mut self,
        parse: impl Fn(&str) -> Result<T, TextProblem>,
    ) -> Result<T, EntryProblem> {
        let length = self.length()?;
        let at = self.at;
        let text = str::from_utf8(self.take(length)?).map_err(|_| EntryProblem::Utf8 { at })?;
        parse(text).map_err(|problem| EntryProblem::Text { at, problem })
    }

    fn optional_text<T>(
        &mut self,
        parse: impl Fn(&str) -> Result<T, TextProblem>,
    ) -> Result<Option<T>, EntryProblem> {
        if self.follows(ABSENT, PRESENT)? == ABSENT {
            return Ok(None);
        }
        self.text(parse).map(Some)
    }

    fn payload(&mut self) -> Result<Payload, EntryProblem> {
        if self.follows(CONTENT, DIGEST)? == DIGEST {
            return Ok(Payload::Digest(Hash(self.array()?)));
        }
        let length = self.length()?;
        Ok(Payload::Content(self.take(length)?.to_vec()))
    }

    fn commitments(&mut self) -> Result<BTreeMap<Identifier, Commitment>, EntryProblem> {
        let count = self.length()?;
        let mut commitments = BTreeMap::new();
        for _ in 0..count {
            let at = self.at;
            let field = self.text(Identifier::parse)?;
            if commitments.last_key_value().is_some_and(|(last, _)| *last >= field) {
                return Err(EntryProblem::Order { at });
            }
            commitments.insert(field, Commitment(Hash(self.array()?)));
        }
        Ok(commitments)
    }
}
