//! What stands in the way of entering a directive.

use jiff::civil::Date;

use crate::refusal::Refusal;
use crate::secrecy::Secrecy;

/// Why a directive is not entered as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirectingProblem {
    /// It carries a mark of secrecy.
    Secret {
        /// Which.
        mark: Secrecy,
    },
    /// It would refer to itself through others.
    Circle {
        /// The numbers of the circle, its own first.
        numbers: Vec<String>,
    },
    /// Its term would end before it begins.
    EndsBeforeBeginning {
        /// The first day.
        from: Date,
    },
    /// There is one of this number, issuer and year.
    NumberTaken {
        /// The number.
        number: String,
    },
    /// A number by which it refers to others, and several have it.
    SeveralOfNumber {
        /// The number as it was typed.
        number: String,
        /// Their codes.
        codes: Vec<String>,
    },
    /// Somebody else has changed it since the page was opened.
    ChangedMeanwhile,
    /// What stands in a field since then; may be empty.
    SavedMeanwhile {
        /// The text.
        text: String,
    },
    /// A day still to come.
    DayToCome {
        /// The day.
        day: Date,
    },
    /// A day before that of the directive which it carries out.
    BeforeWhatItCarriesOut {
        /// Its number.
        number: String,
        /// Its day.
        day: Date,
    },
    /// It would replace or amend one that somebody else answers for.
    OfAnotherUnit {
        /// Its number.
        number: String,
    },
    /// A text that is too long.
    TooLong {
        /// The most characters.
        characters_max: usize,
    },
}

impl From<DirectingProblem> for Refusal {
    fn from(problem: DirectingProblem) -> Self {
        Self::Directing(problem)
    }
}
