//! What stands in the way of sending figures or of judging them.

use jiff::civil::Date;

use crate::period::Period;
use crate::refusal::Refusal;
use crate::submission::State;

/// Why figures are not taken, or a submission is not approved, returned or opened again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollectingProblem {
    /// The form does not ask this unit for this period.
    NotOwed {
        /// The form's code.
        form: String,
        /// The unit's code.
        unit: String,
    },
    /// What somebody brought from a phone is no copy of what was not sent.
    CopyUnreadable,
    /// Codes of a copy are missing.
    CopyIncomplete {
        /// How many.
        missing: usize,
    },
    /// A copy with more forms than one person has.
    CopyTooLarge {
        /// The most forms.
        forms_max: usize,
    },
    /// Somebody else has saved or sent since the page was opened.
    ChangedMeanwhile,
    /// The same submission id came with other content.
    SameIdOtherContent {
        /// The id.
        id: String,
    },
    /// Nothing was entered.
    NothingEntered,
    /// A figure is doubtful and nothing says why it is right.
    DoubtWithoutReason,
    /// "Nothing to report" for a form that asks for what stands at the end of a period.
    NothingForStocks {
        /// The codes of the items that need a figure.
        items: Vec<String>,
    },
    /// A correction of what was approved, without a reason.
    CorrectionWithoutReason,
    /// Something that needs a reason came without one.
    WithoutReason,
    /// Nobody approves what they sent.
    OwnSubmission,
    /// Nobody accepts the same submission at two levels.
    ApprovedBefore,
    /// Another level judges it now.
    OtherLevel {
        /// That level's code.
        level: String,
    },
    /// It cannot be done in this state.
    WrongState {
        /// The state.
        state: State,
    },
    /// A newer revision has arrived.
    NewerRevision,
    /// The period is locked.
    Locked {
        /// The period.
        period: Period,
        /// Whose people can open it, by kind and name.
        opener: String,
    },
    /// It is locked already.
    LockedAlready,
    /// It is not locked.
    NotLocked,
    /// Others have locked it, and only they open it.
    OthersOpen {
        /// Whose people can, by kind and name.
        opener: String,
    },
    /// An opening that would be over before it began.
    OpenUntilPast {
        /// The day.
        until: Date,
    },
    /// An opening without a reason.
    OpenWithoutReason,
    /// Nothing was chosen to be approved together.
    NothingChosen,
    /// Approved together are only submissions without doubts.
    NotWithoutDoubts,
    /// A workbook that was not made by the page it is brought to.
    NotTheWorkbook,
    /// A workbook that was made for another form, period or unit.
    WorkbookOfAnother {
        /// The form's code.
        form: String,
        /// The period's code.
        period: String,
        /// The unit's code.
        unit: String,
    },
    /// Cells of figures that were merged.
    MergedCells,
    /// A row of a unit that the page has no row for.
    UnitNotInGrid {
        /// The unit's code.
        unit: String,
    },
}

impl From<CollectingProblem> for Refusal {
    fn from(problem: CollectingProblem) -> Self {
        Self::Collecting(problem)
    }
}
