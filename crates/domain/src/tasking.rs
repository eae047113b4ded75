//! What stands in the way of giving a task or of taking it a step further.

use jiff::civil::Date;

use crate::access::Right;
use crate::period::Period;
use crate::refusal::Refusal;
use crate::task::{ListColumn, State, Step};

/// Why a task is not given, or a step is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskingProblem {
    /// Something of the six clarities is missing.
    Unclear {
        /// What.
        what: Clarity,
    },
    /// Words that are too long.
    TooLong {
        /// The most characters.
        characters_max: usize,
    },
    /// A series without its last day.
    RepeatsWithoutUntil,
    /// The last day of a series that does not say how often it comes again.
    UntilWithoutRepeats,
    /// A series that ends before its first deadline.
    UntilBeforeDeadline {
        /// The first deadline.
        deadline: Date,
        /// The last day.
        until: Date,
    },
    /// A series of more deadlines than are given at once.
    SeriesTooLong {
        /// The most deadlines.
        deadlines_max: usize,
        /// The last of so many.
        last: Date,
    },
    /// A team of too many people.
    TeamTooLarge {
        /// The most people.
        people_max: usize,
    },
    /// Somebody who is named may not do in the unit what they are named for.
    NotEntitled {
        /// The person's name.
        name: String,
        /// What they would have to be allowed.
        right: Right,
        /// The unit, by kind and name.
        unit: String,
    },
    /// Somebody who is named cannot sign in.
    AccountClosed {
        /// The person's name.
        name: String,
    },
    /// A unit that is to help with what it leads or gives.
    HelperTwice {
        /// The unit, by kind and name.
        unit: String,
    },
    /// Nobody was chosen to lead.
    NobodyLeads,
    /// More tasks at once than one decision gives.
    TooMany {
        /// The most tasks.
        tasks_max: usize,
    },
    /// The lead stands neither in the issuer's unit nor below it.
    OutOfReach {
        /// The lead's unit, by kind and name.
        unit: String,
        /// The issuer's unit, by kind and name.
        issuer: String,
    },
    /// Whoever leads would say that it is done.
    ConfirmerLeads,
    /// A deadline before the day on which the task is given.
    DeadlinePast {
        /// The day.
        deadline: Date,
    },
    /// The lead's unit ends before the deadline.
    LeadEnds {
        /// The unit, by kind and name.
        unit: String,
        /// Its last day.
        last: Date,
        /// The units that take its place, by code, kind and name; none when nobody knows.
        heirs: Vec<String>,
    },
    /// A step that cannot be taken in this state.
    WrongState {
        /// The state.
        state: State,
        /// The step.
        step: Step,
    },
    /// Somebody else has done something with it since the page was opened.
    ChangedMeanwhile,
    /// A step that says nothing without words.
    WithoutWords {
        /// The step.
        step: Step,
    },
    /// A step that needs a day: until when.
    WithoutDay,
    /// A new deadline that is no later than the one that holds.
    NotLater {
        /// The deadline that holds.
        deadline: Date,
    },
    /// Only the person who was named does this.
    OthersTask {
        /// The person's name.
        name: String,
    },
    /// A part of a task that neither its lead's unit nor its issuer's gives.
    PartOfOthers {
        /// The lead's unit, by kind and name.
        lead: String,
        /// The issuer's unit, by kind and name.
        issuer: String,
    },
    /// A part of a task at which nobody works any more, or not yet.
    WholeClosed {
        /// How far the whole has come.
        state: State,
    },
    /// Nobody confirms what they handed in.
    OwnWork,
    /// A deadline before the figures that the task asks about are closed.
    BeforeCutOff {
        /// The deadline.
        deadline: Date,
        /// The period that it asks about.
        period: Period,
        /// The last day of that period, as the forms have it that collect the figures.
        cut_off: Date,
        /// The first working day that is possible.
        first: Date,
    },
    /// A list of tasks without columns that it must have.
    ColumnsMissing {
        /// Which.
        columns: Vec<ListColumn>,
    },
    /// A list of tasks with the same column twice.
    ColumnTwice {
        /// Which.
        column: ListColumn,
    },
    /// A list without a single task.
    NoTaskInList,
    /// A step of several tasks, and none was chosen.
    NothingChosen,
    /// More tasks than take a step together.
    TooManyChosen {
        /// The most tasks.
        tasks_max: usize,
    },
}

/// The six clarities that a task is given with (*6 rõ*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clarity {
    /// Who (*rõ người*).
    Person,
    /// What (*rõ việc*).
    Work,
    /// By when (*rõ thời gian*).
    Time,
    /// What the lead answers for (*rõ trách nhiệm*).
    Responsibility,
    /// What proves it (*rõ sản phẩm*).
    Product,
    /// What the lead may decide (*rõ thẩm quyền*).
    Authority,
}

impl From<TaskingProblem> for Refusal {
    fn from(problem: TaskingProblem) -> Self {
        Self::Tasking(problem)
    }
}
