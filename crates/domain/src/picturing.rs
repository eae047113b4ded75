//! What stands in the way of showing pictures with a priority, and of taking them back.

use jiff::civil::Date;

use crate::refusal::Refusal;
use crate::secrecy::Secrecy;

/// Why a picture is not added, or not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PicturingProblem {
    /// No file came.
    WithoutPicture,
    /// Nothing says whether it was taken before or after.
    WithoutSide,
    /// Nothing says when it was taken.
    WithoutDay,
    /// It would have been taken on a day to come.
    DayToCome {
        /// Today.
        today: Date,
    },
    /// Nothing says what is seen.
    WithoutCaption,
    /// The caption is too long.
    CaptionTooLong {
        /// The most characters.
        characters_max: usize,
    },
    /// The name of the file or the caption carries a mark of secrecy.
    Secret {
        /// Which.
        mark: Secrecy,
        /// Where.
        place: String,
    },
    /// The priority is neither that of the unit nor of one above it.
    OfAnotherUnit {
        /// The unit that chose it, by kind and name.
        unit: String,
    },
    /// The unit shows the same picture already.
    Known {
        /// Under which caption.
        caption: String,
    },
    /// The unit shows as many as are shown.
    TooMany {
        /// How many.
        most: usize,
    },
    /// It was taken back before.
    Gone,
    /// Nothing says why it is taken back.
    WithoutReason,
    /// The reason is too long.
    ReasonTooLong {
        /// The most characters.
        characters_max: usize,
    },
}

impl From<PicturingProblem> for Refusal {
    fn from(problem: PicturingProblem) -> Self {
        Self::Picturing(problem)
    }
}
