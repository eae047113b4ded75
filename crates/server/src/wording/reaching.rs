//! What stands in the way of urging reaching people, in words.

use domain::hook::Unfit;
use domain::reaching::ReachingProblem;

use super::refusals::Gaps;
use super::{Lang, periods};

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &ReachingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &ReachingProblem) -> &'static str {
    match problem {
        ReachingProblem::NobodyLate => "reaching-nobody-late",
        ReachingProblem::DayNotToCome { .. } => "reaching-day-not-to-come",
        ReachingProblem::UnfitAddress { why: Unfit::NoAddress, .. } => "reaching-no-web-address",
        ReachingProblem::UnfitAddress { why: Unfit::Open, .. } => "reaching-open-address",
        ReachingProblem::UnfitAddress { why: Unfit::Private, .. } => "reaching-private-address",
        ReachingProblem::TooManyHooks { .. } => "reaching-too-many-hooks",
        ReachingProblem::NotAnAddress { .. } => "reaching-not-an-address",
        ReachingProblem::WithoutDays => "reaching-without-days",
        ReachingProblem::WithoutEnd => "reaching-without-end",
        ReachingProblem::NoHour { .. } => "reaching-no-hour",
    }
}

fn gaps(problem: &ReachingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        ReachingProblem::NobodyLate
        | ReachingProblem::WithoutDays
        | ReachingProblem::WithoutEnd => Vec::new(),
        ReachingProblem::DayNotToCome { first } => {
            vec![("day", periods::day(*first, lang).into())]
        }
        ReachingProblem::TooManyHooks { most } => vec![("most", (*most).into())],
        ReachingProblem::UnfitAddress { text, .. }
        | ReachingProblem::NotAnAddress { text }
        | ReachingProblem::NoHour { text } => {
            vec![("text", text.as_str().into())]
        }
    }
}
