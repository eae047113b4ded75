//! Changing forms, in words.

use domain::forming::FormingProblem;

use super::refusals::Gaps;
use super::{Gap, Lang};

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &FormingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem))
}

pub(super) fn key(problem: &FormingProblem) -> &'static str {
    match problem {
        FormingProblem::PeriodsDiffer { .. } => "forming-periods-differ",
    }
}

fn gaps(problem: &FormingProblem) -> Gaps<'_> {
    match problem {
        FormingProblem::PeriodsDiffer { form } => vec![("form", Gap::from(form.as_str()))],
    }
}
