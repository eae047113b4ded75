//! Tasks: who does what by when with which product, and the way from giving a task to its being done.

mod column;
mod record;
mod repeat;
mod standing;
mod step;
mod template;

use jiff::civil::Date;

use crate::access::AccountId;
use crate::period::Period;
use crate::stocktake::Decided;
use crate::unit::UnitId;

pub use column::ListColumn;
pub use record::Record;
pub use repeat::series;
pub use standing::{DUE_SOON_DAYS, Standing, against, standing};
pub use step::{Asked, Side, Step, after};
pub use template::{TaskTemplate, TemplateDue};

/// The number of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub i64);

/// The number of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BriefId(pub i64);

/// What is asked in tasks that are given together: five of the six clarities (*6 rõ*). Who leads and
/// by when stands on each task.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// What is to be done, in one line (*rõ việc*).
    pub work: String,
    /// More about it; may be empty.
    pub detail: String,
    /// What the lead answers for (*rõ trách nhiệm*).
    pub responsibility: String,
    /// What proves that it is done (*rõ sản phẩm*).
    pub product: String,
    /// What the lead may decide (*rõ thẩm quyền*).
    pub authority: String,
}

/// What a task comes from and what it serves; each may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The directive that asks for it, by code.
    pub directive: Option<String>,
    /// The priority that it serves, by code.
    pub priority: Option<String>,
    /// The indicator that it moves, by code.
    pub indicator: Option<String>,
    /// The period whose figures it asks about.
    pub period: Option<Period>,
    /// The template it was made from, by code.
    pub template: Option<String>,
    /// The task that it is a part of.
    pub part_of: Option<TaskId>,
    /// The list with which it was given, by the SHA-256 of what was read from it.
    pub list: Option<String>,
    /// The stocktake at which it was decided.
    pub decided: Option<Decided>,
}

/// What is asked, by whom and why. Tasks that are given together share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Its number.
    pub id: BriefId,
    /// The unit that gives the tasks.
    pub issuer: UnitId,
    /// What they come from and serve.
    pub origin: Origin,
    /// What they ask for.
    pub words: Words,
    /// The units that help (*phối hợp*).
    pub helpers: Vec<UnitId>,
    /// The people who do it, when they are a team of their own.
    pub team: Vec<Member>,
}

/// Somebody in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: String,
    /// What they are in the team: `tổ trưởng`.
    pub duty: String,
}

/// A unit, and somebody there when one person is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// The unit.
    pub unit: UnitId,
    /// The person; none when whoever has the right there is meant.
    pub account: Option<AccountId>,
}

/// One task: a lead, a day, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its number.
    pub id: TaskId,
    /// What it asks for.
    pub brief: BriefId,
    /// Who does it and answers for it (*chủ trì*): exactly one.
    pub lead: Party,
    /// Who says that it is done (*xác nhận*); never the lead.
    pub confirmer: Party,
    /// How far it has come.
    pub state: State,
    /// The day that was set first; an extension keeps it.
    pub first_deadline: Option<Date>,
    /// The day that holds.
    pub deadline: Option<Date>,
    /// The day on which it was given.
    pub given_on: Option<Date>,
    /// When the lead acknowledged it, in epoch milliseconds.
    pub acknowledged_ms: Option<i64>,
    /// The day on which the lead handed it in; taken back when it has to be done again.
    pub handed_in_on: Option<Date>,
    /// Until when the lead asks to have time, while nobody has answered.
    pub asked_until: Option<Date>,
}

/// How far a task has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Written, and not given yet.
    Draft,
    /// Given; the lead has not acknowledged it.
    Given,
    /// The lead has acknowledged it.
    Accepted,
    /// The lead has declined it with a reason.
    Declined,
    /// The lead is at it.
    Underway,
    /// Handed in; the confirmer has not answered.
    AwaitingConfirmation,
    /// Confirmed.
    Done,
    /// To be done again.
    Redo,
    /// Rests by a decision.
    Paused,
    /// Called off by a decision.
    Cancelled,
}

impl State {
    /// All of them, in the order in which they are gone through.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Given,
        Self::Accepted,
        Self::Declined,
        Self::Underway,
        Self::AwaitingConfirmation,
        Self::Redo,
        Self::Paused,
        Self::Done,
        Self::Cancelled,
    ];

    /// Its place among [`Self::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Draft => 0,
            Self::Given => 1,
            Self::Accepted => 2,
            Self::Declined => 3,
            Self::Underway => 4,
            Self::AwaitingConfirmation => 5,
            Self::Redo => 6,
            Self::Paused => 7,
            Self::Done => 8,
            Self::Cancelled => 9,
        }
    }

    /// The code in the database, in addresses and in style sheets.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Given => "given",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Underway => "underway",
            Self::AwaitingConfirmation => "awaiting",
            Self::Done => "done",
            Self::Redo => "redo",
            Self::Paused => "paused",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether something still has to be done.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Done | Self::Cancelled => false,
            Self::Given
            | Self::Accepted
            | Self::Declined
            | Self::Underway
            | Self::AwaitingConfirmation
            | Self::Redo
            | Self::Paused => true,
        }
    }
}

impl Task {
    /// How it stands with its deadline on a day.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        standing(self.state, self.deadline, self.handed_in_on, today)
    }
}
