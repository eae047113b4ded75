//! Pictures of what a priority changes: how a place looked before, and how it looks after.

use jiff::civil::Date;

use crate::access::AccountId;
use crate::attachment::AttachmentId;
use crate::unit::UnitId;

/// Pictures of one unit that stand with a priority.
pub const PICTURES_MAX: usize = 20;

/// The longest caption, in characters.
pub const CAPTION_CHARACTERS_MAX: usize = 300;

/// The longest reason for taking a picture back, in characters.
pub const REASON_CHARACTERS_MAX: usize = 1_000;

/// The number of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PictureId(pub i64);

/// On which side of the change a picture was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Before it.
    Before,
    /// After it, or while it comes.
    After,
}

impl Side {
    /// Both, in the order of screens.
    pub const ALL: [Self; 2] = [Self::Before, Self::After];

    /// The code in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }

    /// The side with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }
}

/// A picture that a unit shows with a priority, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPicture {
    /// Its number.
    pub id: PictureId,
    /// The code of the priority.
    pub priority: String,
    /// The unit that shows it.
    pub unit: UnitId,
    /// Before or after.
    pub side: Side,
    /// When it was taken.
    pub taken_on: Date,
    /// What is seen on it.
    pub caption: String,
    /// The name of its bytes.
    pub attachment: AttachmentId,
    /// Who added it; none for the console.
    pub account: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub added_ms: i64,
    /// That it was taken back; none while it stands.
    pub taken_back: Option<TakenBack>,
}

/// That a picture was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// By whom; none for the console.
    pub account: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_read_as_it_is_written() {
        for side in Side::ALL {
            assert_eq!(Side::from_code(side.code()), Some(side));
        }
        assert_eq!(Side::from_code("during"), None);
    }
}
