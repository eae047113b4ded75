//! What stands in the way of changing a form.

use jiff::civil::Date;

use crate::period::Period;
use crate::refusal::Refusal;

/// Why a form is not taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormingProblem {
    /// Versions of one form with different frequencies or calendars.
    PeriodsDiffer {
        /// The form's code.
        form: String,
    },
    /// Another form has the code.
    FormTaken {
        /// The code.
        form: String,
    },
    /// A number beyond its bounds, or none.
    NumberOutside {
        /// What was written.
        text: String,
        /// The smallest.
        least: u16,
        /// The largest.
        most: u16,
    },
    /// Days of rest that end before they begin, or too many at once.
    RestSpan {
        /// How many may be entered at once.
        most: usize,
    },
    /// A day of rest that is over: whoever was in time because of it stays in time.
    RestIsOver {
        /// The day.
        day: Date,
    },
    /// Neither a level nor units are named to fill it.
    NobodyFills,
    /// Another item has the code or the name.
    ItemTaken {
        /// That item's code.
        item: String,
        /// The code or the name.
        text: String,
    },
    /// It asks for nothing.
    AsksNothing,
    /// A section without lines.
    EmptySection {
        /// What stands above it.
        title: String,
    },
    /// A section after the first one without a title.
    SectionWithoutTitle,
    /// Another form asks for the item at the same time.
    AskedElsewhere {
        /// The item's code.
        item: String,
        /// The other form's code.
        form: String,
    },
    /// A rule that cannot be read: it has five parts.
    BadRule {
        /// What was written.
        text: String,
    },
    /// A version that would begin before the newest one.
    BeforeNewest {
        /// When the newest one begins.
        newest: Date,
    },
    /// Figures were reported already for a period that would change.
    AlreadyReported {
        /// The last such period.
        period: Period,
        /// The first day from which nothing was reported.
        free: Date,
    },
}

impl From<FormingProblem> for Refusal {
    fn from(problem: FormingProblem) -> Self {
        Self::Forming(problem)
    }
}
