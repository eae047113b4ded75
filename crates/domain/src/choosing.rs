//! What stands in the way of proposing, scoring and choosing priorities.

use crate::proposal::Criterion;
use crate::refusal::Refusal;

/// Why a proposal is not opened, scored, discussed or decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoosingProblem {
    /// It has no name.
    WithoutName,
    /// Its years are not both there, or none of our time.
    WithoutTerm,
    /// It would end before it begins.
    EndsBeforeBeginning,
    /// Nothing is said for any criterion.
    WithoutWhy,
    /// Words that are too long.
    TooLong {
        /// The most characters.
        characters_max: usize,
    },
    /// A criterion without points, or with too many.
    WithoutPoints {
        /// Which.
        criterion: Criterion,
    },
    /// Points without a reason.
    WithoutReason {
        /// For which criterion.
        criterion: Criterion,
    },
    /// A remark that says nothing.
    WithoutRemark,
    /// It is decided: nothing is scored or said any more.
    Decided,
}

impl From<ChoosingProblem> for Refusal {
    fn from(problem: ChoosingProblem) -> Self {
        Self::Choosing(problem)
    }
}
