//! What stands in the way of proposing, scoring and choosing priorities.

use jiff::civil::Date;

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
    /// A decision, or an end, without a reason.
    WithoutBecause,
    /// A decision without its document.
    WithoutDocument,
    /// A decision of a day still to come.
    DecidedLater {
        /// The day.
        day: Date,
    },
    /// Nobody is named who answers for it.
    WithoutHead,
    /// Whoever is to answer for it stands elsewhere.
    OwnerElsewhere {
        /// The unit whose priority it is, by kind and name.
        unit: String,
    },
    /// It would be one more than a handful, and nothing says why.
    TooMany {
        /// How many the unit has.
        current: usize,
    },
    /// The priority of the plan was chosen before.
    ChosenBefore {
        /// Its code.
        code: String,
    },
    /// A priority that no unit chose, which only its pack changes.
    OfThePlan,
    /// It has ended already.
    EndedBefore {
        /// Its last day.
        on: Date,
    },
    /// An end without a day.
    WithoutDay,
    /// It would end before it was chosen.
    EndsBeforeChosen {
        /// The day on which it was chosen.
        chosen_on: Date,
    },
    /// It is decided: nothing is scored or said any more.
    Decided,
}

impl From<ChoosingProblem> for Refusal {
    fn from(problem: ChoosingProblem) -> Self {
        Self::Choosing(problem)
    }
}
