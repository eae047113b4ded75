//! What stands in the way of changing a form.

use crate::refusal::Refusal;

/// Why a form is not taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormingProblem {
    /// Versions of one form with different frequencies or calendars.
    PeriodsDiffer {
        /// The form's code.
        form: String,
    },
}

impl From<FormingProblem> for Refusal {
    fn from(problem: FormingProblem) -> Self {
        Self::Forming(problem)
    }
}
