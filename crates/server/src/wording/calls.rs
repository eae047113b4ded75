//! Calls for plans in words: how many have issued theirs, and what stands in the way.

use actions::calls::list::{Counts, Issued, Known};
use domain::calling::CallingProblem;
use jiff::civil::Date;

use super::refusals::Gaps;
use super::{Gap, Lang, periods};

/// How many have issued their plans: `3/5 đơn vị đã ban hành kế hoạch, 1 đơn vị quá hạn`.
#[must_use]
pub fn found(counts: Counts, lang: Lang) -> String {
    lang.tell("plans-found", gaps_of(counts))
}

/// The same among those that a reader may see.
#[must_use]
pub fn own(counts: Counts, lang: Lang) -> String {
    lang.tell("plans-own", gaps_of(counts))
}

fn gaps_of(counts: Counts) -> [(&'static str, Gap<'static>); 3] {
    [
        ("issued", counts.issued.into()),
        ("all", counts.all.into()),
        ("overdue", counts.overdue.into()),
    ]
}

/// When a plan was issued, and how that is known.
#[must_use]
pub fn issued(issued: &Issued, lang: Lang) -> String {
    let day = ("day", Gap::from(periods::day(issued.on, lang)));
    match &issued.known {
        Known::Directive(_) => lang.tell("plans-issued-on", [day]),
        Known::Noted(number) if number.is_empty() => lang.tell("plans-noted-plain", [day]),
        Known::Noted(number) => {
            lang.tell("plans-noted", [day, ("number", Gap::from(number.as_str()))])
        }
    }
}

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &CallingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &CallingProblem) -> &'static str {
    match problem {
        CallingProblem::NobodyAsked => "calling-nobody-asked",
        CallingProblem::TooMany { .. } => "calling-too-many",
        CallingProblem::OutOfReach { .. } => "calling-out-of-reach",
        CallingProblem::WithoutDay => "calling-without-day",
        CallingProblem::DuePast { .. } => "calling-due-past",
        CallingProblem::NotAskedFor => "calling-not-asked-for",
        CallingProblem::NotAsked { .. } => "calling-not-asked",
        CallingProblem::IssuedLater { .. } => "calling-issued-later",
        CallingProblem::IssuedBefore { .. } => "calling-issued-before",
        CallingProblem::TooLong { .. } => "calling-too-long",
    }
}

fn gaps(problem: &CallingProblem, lang: Lang) -> Gaps<'_> {
    let day = |day: Date| vec![("day", Gap::from(periods::day(day, lang)))];
    match problem {
        CallingProblem::NobodyAsked | CallingProblem::WithoutDay | CallingProblem::NotAskedFor => {
            Vec::new()
        }
        CallingProblem::TooMany { units_max } => vec![("most", Gap::from(*units_max))],
        CallingProblem::OutOfReach { unit, issuer } => {
            vec![("unit", unit.as_str().into()), ("issuer", issuer.as_str().into())]
        }
        CallingProblem::DuePast { due } => day(*due),
        CallingProblem::NotAsked { unit } => vec![("unit", unit.as_str().into())],
        CallingProblem::IssuedLater { day: later } => day(*later),
        CallingProblem::IssuedBefore { day, asked } => vec![
            ("day", periods::day(*day, lang).into()),
            ("asked", periods::day(*asked, lang).into()),
        ],
        CallingProblem::TooLong { characters_max } => vec![("most", Gap::from(*characters_max))],
    }
}
