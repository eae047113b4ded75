//! Attachments: what is sent beside figures. Photographs are the first kind.

use crate::refusal::Refusal;

/// The largest photograph. Phones make theirs much smaller before they send them.
pub const BYTES_MAX: usize = 2 * 1024 * 1024;

/// Photographs of one submission.
pub const PER_SUBMISSION_MAX: usize = 5;

/// Photographs that somebody has brought and no submission names yet.
pub const WAITING_MAX: u64 = 100;

/// How long a photograph waits for a form that names it, in days.
pub const WAITING_DAYS: i64 = 30;

/// Bytes of a SHA-256.
const HASH_BYTES: usize = 32;

/// The name of an attachment: the SHA-256 of its bytes in 64 small hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttachmentId(String);

impl AttachmentId {
    /// Reads a name; only its one spelling is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let fits = text.len() == 2 * HASH_BYTES && text.bytes().all(is_digit);
        fits.then(|| Self(text.to_owned()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How a photograph is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// What cameras write.
    Jpeg,
    /// What screenshots are.
    Png,
    /// What some phones write instead.
    Webp,
}

impl Picture {
    const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Webp];

    /// Its short name, which is also how its files end.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }

    /// The one with a short name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.code() == code)
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// What is known of a photograph without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub id: AttachmentId,
    /// How it is written.
    pub picture: Picture,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Why a photograph is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttachmentProblem {
    /// It has more bytes than are kept.
    TooLarge,
    /// Its first bytes are those of no kind of picture that is taken.
    NotAPicture,
    /// It is cut off, or is not what its first bytes say.
    Damaged,
    /// It has more pixels than a phone can show.
    TooManyPixels {
        /// How wide it is.
        width: u32,
        /// How high it is.
        height: u32,
    },
    /// The bytes do not have the SHA-256 that they were sent under.
    NotWhatItSays,
    /// A submission names more than it may.
    TooMany,
    /// A submission names one that its sender has not brought.
    NotArrived {
        /// Its name.
        id: String,
    },
    /// Somebody has brought very many that no submission names.
    TooManyWaiting,
}

impl From<AttachmentProblem> for Refusal {
    fn from(problem: AttachmentProblem) -> Self {
        Self::Attachment(problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_spelling() {
        let name = "0123456789abcdef".repeat(4);
        assert_eq!(AttachmentId::parse(&name).unwrap().as_str(), name);
        let upper = name.to_uppercase();
        for wrong in ["", "abc", &name[1..], &upper, &name.replace('0', "g"), &format!("{name}0")] {
            assert_eq!(AttachmentId::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_picture_is_found_by_its_code() {
        for picture in Picture::ALL {
            assert_eq!(Picture::from_code(picture.code()), Some(picture));
            assert!(picture.media_type().ends_with(picture.code()));
        }
        assert_eq!(Picture::from_code("svg"), None);
    }
}
