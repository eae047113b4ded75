//! What stands in the way of asking units for plans, and of noting that one was issued.

use jiff::civil::Date;

use crate::refusal::Refusal;

/// Why plans are not asked for, or one is not noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallingProblem {
    /// No unit was chosen.
    NobodyAsked,
    /// More units than one directive asks.
    TooMany {
        /// The most units.
        units_max: usize,
    },
    /// A unit that does not stand below the one that asks.
    OutOfReach {
        /// The unit, by kind and name.
        unit: String,
        /// The unit that asks, by kind and name.
        issuer: String,
    },
    /// No last day.
    WithoutDay,
    /// A last day before the day of asking.
    DuePast {
        /// The day.
        due: Date,
    },
    /// The directive asks for no plans, or does so no more.
    NotAskedFor,
    /// The unit is not among those that are asked.
    NotAsked {
        /// The unit, by kind and name.
        unit: String,
    },
    /// A plan that was issued on a day still to come.
    IssuedLater {
        /// The day.
        day: Date,
    },
    /// A plan that was issued before the directive that asks for it.
    IssuedBefore {
        /// The day.
        day: Date,
        /// The day of the directive.
        asked: Date,
    },
    /// A number that is too long.
    TooLong {
        /// The most characters.
        characters_max: usize,
    },
}

impl From<CallingProblem> for Refusal {
    fn from(problem: CallingProblem) -> Self {
        Self::Calling(problem)
    }
}
