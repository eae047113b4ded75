//! What stands in the way of a stocktake.

use jiff::civil::Date;

use crate::refusal::Refusal;

/// Why something is not done with a stocktake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StocktakingProblem {
    /// Something that has to be said is missing.
    Unsaid {
        /// What.
        what: Said,
    },
    /// Words that are too long.
    TooLong {
        /// The most characters.
        characters_max: usize,
    },
    /// More items than an agenda takes.
    TooMany {
        /// The most.
        items_max: usize,
    },
    /// A confidence outside 1 to 10.
    Confidence,
    /// Somebody else wrote about the same items since the page was made.
    ChangedMeanwhile {
        /// Their numbers.
        items: Vec<u32>,
    },
    /// Figures have come in since the page was made.
    FiguresMoved,
    /// The pack is frozen already.
    AlreadyFrozen,
    /// The pack is not frozen yet.
    NotFrozen,
    /// It is closed.
    Closed,
    /// It was called off.
    CalledOff,
    /// It is not closed yet, so its conclusions are not settled.
    NotClosed,
    /// Nothing was concluded there.
    NothingConcluded,
    /// It is held on a day to come.
    NotHeldYet {
        /// Which.
        day: Date,
    },
    /// A day longer ago than meetings are written up.
    TooLongAgo {
        /// Which.
        day: Date,
        /// The first day that is possible.
        first: Date,
    },
    /// The span of its figures, which are frozen.
    PeriodFrozen,
    /// Somebody else corrected what it is called by since the page was made.
    CorrectedMeanwhile,
}

/// What has to be said about a stocktake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Where it is held.
    Place,
    /// Who chairs it.
    Chair,
    /// What an added item is about.
    Title,
    /// Why a forecast is what it is.
    Reason,
    /// Why the meeting is called off.
    WhyCalledOff,
}

impl From<StocktakingProblem> for Refusal {
    fn from(problem: StocktakingProblem) -> Self {
        Self::Stocktaking(problem)
    }
}
