//! Submissions: one unit's figures for one form and period, with revisions, and the way they take
//! from the sender's desk to the reviewer's.

use crate::collecting::CollectingProblem;
use crate::item::ItemId;
use crate::number::{Decimal, Qualifier};
use crate::period::Period;
use crate::unit::UnitId;

/// Where a figure stood in the file it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The sheet, for workbooks.
    pub sheet: String,
    /// The row, counted from 1.
    pub row: u32,
    /// The column, counted from 1; 0 when the whole row is meant.
    pub column: u32,
}

/// One reported figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Of which item.
    pub item: ItemId,
    /// Of which class of the item; empty = the whole.
    pub class: String,
    /// The value at the item's scale.
    pub value: Decimal,
    /// How exact it claims to be.
    pub qualifier: Qualifier,
    /// What the reporter wrote beside it.
    pub note: String,
    /// Where it stood.
    pub place: Place,
}

/// One unit's figures for one form and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// A `UUIDv7`, made by the sender.
    pub id: String,
    /// The form's code.
    pub form: String,
    /// Who reports.
    pub unit: UnitId,
    /// About which span.
    pub period: Period,
    /// 1 for the first, one more for each correction.
    pub revision: u32,
    /// The import that brought it.
    pub import: i64,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// The figures, by item and class.
    pub figures: Vec<Figure>,
    /// How far it has come.
    pub state: State,
    /// How many levels of review have accepted it since it was sent or opened again.
    pub approvals: u32,
    /// What it says as a whole.
    pub content: Content,
}

impl Submission {
    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress { state: self.state, approvals: self.approvals }
    }
}

/// What a submission says as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// The figures it carries; what it leaves out is missing.
    Figures,
    /// That nothing happened: neither missing nor a zero that somebody counted.
    NothingToReport,
}

/// How far a submission has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not sent yet.
    Draft,
    /// Sent; waits for the first level of review, or for the next one.
    Submitted,
    /// Accepted by every level. A file that was taken in arrives so: whoever takes it in answers
    /// for it.
    Approved,
    /// Sent back with reasons; its figures do not count.
    Returned,
}

impl State {
    /// All of them, in the order in which they are gone through.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Approved, Self::Returned];

    /// The code in the database and in style sheets.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Returned => "returned",
        }
    }

    /// The state with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A state, and how many levels of review have accepted what waits in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Progress {
    /// The state.
    pub state: State,
    /// Levels that have accepted it; of what came in a file none needs to.
    pub approvals: u32,
}

impl Progress {
    /// Before the first sending.
    pub const BEGUN: Self = Self { state: State::Draft, approvals: 0 };

    /// Whether any level has accepted it, so that it does not change without a reason.
    #[must_use]
    pub fn is_accepted(self) -> bool {
        self.state == State::Approved || self.approvals > 0
    }
}

/// What can be done with a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Sends it, or a new revision of it.
    Send,
    /// Sends a new revision and says why.
    Correct,
    /// Accepts it at one level of review.
    Approve,
    /// Sends it back with reasons.
    Return,
    /// Takes an approval back and says why.
    Reopen,
}

impl Deed {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Send, Self::Correct, Self::Approve, Self::Return, Self::Reopen];

    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Correct => "correct",
            Self::Approve => "approve",
            Self::Return => "return",
            Self::Reopen => "reopen",
        }
    }

    /// The deed with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.code() == code)
    }
}

/// Who does something with a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer {
    /// Whoever sent it.
    Sender,
    /// Whoever accepted it at a lower level.
    Approver,
    /// Somebody else.
    Another,
}

/// A reason, said of one field or of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Which field: the item's code, for a class followed by a dot and its code; empty for the
    /// whole.
    pub field: String,
    /// The reason.
    pub text: String,
}

/// Where a deed leads to, when so many levels judge one after the other.
///
/// # Errors
/// It cannot be done in this state, or not by this doer.
pub fn after(
    at: Progress,
    deed: Deed,
    doer: Doer,
    levels: u32,
) -> Result<Progress, CollectingProblem> {
    let from_the_start = |state| Ok(Progress { state, approvals: 0 });
    match (deed, at.state) {
        (Deed::Send, _) if at.is_accepted() => Err(CollectingProblem::CorrectionWithoutReason),
        (Deed::Send | Deed::Correct, _) => from_the_start(State::Submitted),
        (Deed::Approve, State::Submitted) => match doer {
            Doer::Sender => Err(CollectingProblem::OwnSubmission),
            Doer::Approver => Err(CollectingProblem::ApprovedBefore),
            Doer::Another => {
                let approvals = at.approvals + 1;
                let is_last = approvals >= levels;
                let state = if is_last { State::Approved } else { State::Submitted };
                Ok(Progress { state, approvals })
            }
        },
        (Deed::Return, State::Submitted) => from_the_start(State::Returned),
        (Deed::Reopen, State::Submitted | State::Approved) if at.is_accepted() => {
            from_the_start(State::Submitted)
        }
        (Deed::Approve | Deed::Return, State::Draft | State::Approved | State::Returned)
        | (Deed::Reopen, State::Draft | State::Submitted | State::Approved | State::Returned) => {
            Err(CollectingProblem::WrongState { state: at.state })
        }
    }
}
