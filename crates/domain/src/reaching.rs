//! What stands in the way of urging reaching people.

use jiff::civil::Date;

use crate::hook::Unfit;
use crate::refusal::Refusal;

/// Why an urging letter is not written, or an address not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReachingProblem {
    /// Nothing below the unit is late.
    NobodyLate,
    /// The letter would ask for a day that is not to come.
    DayNotToCome {
        /// The first day that it may ask for.
        first: Date,
    },
    /// What was typed is no address that is sent to.
    UnfitAddress {
        /// What was typed.
        text: String,
        /// Why not.
        why: Unfit,
    },
    /// The unit has as many webhooks as there may be.
    TooManyHooks {
        /// How many.
        most: usize,
    },
    /// No day of reminding was said, and not that nobody is reminded either.
    WithoutDays,
    /// It was not said for how long people are reminded.
    WithoutEnd,
    /// What was typed is no hour of the day.
    NoHour {
        /// What was typed.
        text: String,
    },
    /// What was typed is no mail address.
    NotAnAddress {
        /// What was typed.
        text: String,
    },
}

impl From<ReachingProblem> for Refusal {
    fn from(problem: ReachingProblem) -> Self {
        Self::Reaching(problem)
    }
}
