//! The texts of an entry, each with the characters and the length it may have.

use std::fmt;

/// A noun or the name of an action: lower-case ASCII letters and digits in groups joined by single
/// `-` or `.`, a letter first, at most 64 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(String);

/// An id or the name of a field: visible ASCII characters, at most 128 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier(String);

/// A reason in words: one line of at most 1,000 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// Why a text cannot stand in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// It has no characters.
    #[error("the text is empty")]
    Empty,
    /// It has too many bytes.
    #[error("the text has {bytes} bytes, {bytes_max} are allowed")]
    TooLong {
        /// How many it has.
        bytes: usize,
        /// How many it may have.
        bytes_max: usize,
    },
    /// It has a character that may not stand there.
    #[error("{found:?} may not stand at byte {at}")]
    Character {
        /// At which byte.
        at: usize,
        /// Which one.
        found: char,
    },
}

impl Word {
    /// The most bytes.
    pub const BYTES_MAX: usize = 64;

    /// Takes a text that is a word.
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        let bytes = text.as_bytes();
        let joins = |byte: &u8| matches!(byte, b'-' | b'.');
        checked(text, Self::BYTES_MAX, |at, found| match found {
            'a'..='z' => true,
            '0'..='9' => at > 0,
            '-' | '.' => at > 0 && !joins(&bytes[at - 1]) && at + 1 < bytes.len(),
            _ => false,
        })?;
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Identifier {
    /// The most bytes.
    pub const BYTES_MAX: usize = 128;

    /// Takes a text that can be an id.
    ///
    /// # Errors
    /// When it cannot.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        checked(text, Self::BYTES_MAX, |_, found| found.is_ascii_graphic())?;
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Reason {
    /// The most bytes.
    pub const BYTES_MAX: usize = 1_000;

    /// Takes a text that can be a reason. It is expected in NFC, as all text that came in is.
    ///
    /// # Errors
    /// When it is empty or too long, or has line breaks or other control characters.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        checked(text, Self::BYTES_MAX, |_, found| !found.is_control())?;
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn checked(
    text: &str,
    bytes_max: usize,
    mut may_stand: impl FnMut(usize, char) -> bool,
) -> Result<(), TextProblem> {
    if text.is_empty() {
        return Err(TextProblem::Empty);
    }
    if text.len() > bytes_max {
        return Err(TextProblem::TooLong { bytes: text.len(), bytes_max });
    }
    match text.char_indices().find(|(at, found)| !may_stand(*at, *found)) {
        Some((at, found)) => Err(TextProblem::Character { at, found }),
        None => Ok(()),
    }
}

impl fmt::Display for Word {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
