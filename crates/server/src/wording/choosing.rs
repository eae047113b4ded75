//! Proposals of priorities in words: criteria, points, terms, and what stands in the way.

use actions::door::Choosing;
use domain::choosing::ChoosingProblem;
use domain::number::Fraction;
use domain::proposal::{Criterion, Spread, State, Term};

use super::refusals::Gaps;
use super::{Gap, Lang, periods};

/// What makes something a priority: `Then chốt`.
#[must_use]
pub fn criterion(criterion: Criterion, lang: Lang) -> String {
    lang.say(match criterion {
        Criterion::Key => "criterion-key",
        Criterion::Urgent => "criterion-urgent",
        Criterion::Complained => "criterion-complained",
    })
}

/// What a criterion asks: `Làm được thì các việc khác mới chuyển biến`.
#[must_use]
pub fn question(criterion: Criterion, lang: Lang) -> String {
    lang.say(match criterion {
        Criterion::Key => "criterion-key-asks",
        Criterion::Urgent => "criterion-urgent-asks",
        Criterion::Complained => "criterion-complained-asks",
    })
}

/// How far a proposal has come: `đang chấm điểm`.
#[must_use]
pub fn state(state: State, lang: Lang) -> String {
    lang.say(match state {
        State::Open => "proposal-open",
        State::Chosen => "proposal-chosen",
        State::Declined => "proposal-declined",
    })
}

/// What was done: `Chấm điểm đề xuất`.
#[must_use]
pub fn did(deed: Choosing, lang: Lang) -> String {
    lang.say(match deed {
        Choosing::Open => "deed-proposal-opened",
        Choosing::Score => "deed-proposal-scored",
        Choosing::Discuss => "deed-proposal-discussed",
        Choosing::Choose => "deed-proposal-chosen",
        Choosing::Decline => "deed-proposal-declined",
        Choosing::Begin => "deed-priority-begun",
        Choosing::Retire => "deed-priority-retired",
        Choosing::AddPicture => "deed-picture-added",
        Choosing::TakePictureBack => "deed-picture-taken-back",
    })
}

/// The years of a term: `2025–2030`.
#[must_use]
pub fn term(term: Term) -> String {
    let Term { from, to } = term;
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

/// A mean with one decimal: `3,7`.
#[must_use]
pub fn mean(mean: Fraction, lang: Lang) -> String {
    let text = mean.half_up(1).map_or_else(|_| "–".to_owned(), |rounded| rounded.to_string());
    match lang {
        Lang::Vi => text.replace('.', ","),
        Lang::En => text,
    }
}

/// What scores come to, with the fewest and the most points: `3,7 (2–5)`.
#[must_use]
pub fn spread(spread: &Spread, lang: Lang) -> String {
    let Spread { mean: middle, least, most } = spread;
    format!("{} ({least}–{most})", mean(*middle, lang))
}

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &ChoosingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &ChoosingProblem) -> &'static str {
    match problem {
        ChoosingProblem::WithoutName => "choosing-without-name",
        ChoosingProblem::WithoutTerm => "choosing-without-term",
        ChoosingProblem::EndsBeforeBeginning => "choosing-ends-before-beginning",
        ChoosingProblem::WithoutWhy => "choosing-without-why",
        ChoosingProblem::TooLong { .. } => "choosing-too-long",
        ChoosingProblem::WithoutPoints { .. } => "choosing-without-points",
        ChoosingProblem::WithoutReason { .. } => "choosing-without-reason",
        ChoosingProblem::WithoutRemark => "choosing-without-remark",
        ChoosingProblem::WithoutBecause => "choosing-without-because",
        ChoosingProblem::WithoutDocument => "choosing-without-document",
        ChoosingProblem::DecidedLater { .. } => "choosing-decided-later",
        ChoosingProblem::WithoutHead => "choosing-without-head",
        ChoosingProblem::OwnerElsewhere { .. } => "choosing-owner-elsewhere",
        ChoosingProblem::TooMany { .. } => "choosing-too-many",
        ChoosingProblem::ChosenBefore { .. } => "choosing-chosen-before",
        ChoosingProblem::OfThePlan => "choosing-of-the-plan",
        ChoosingProblem::EndedBefore { .. } => "choosing-ended-before",
        ChoosingProblem::WithoutDay => "choosing-without-day",
        ChoosingProblem::EndsBeforeChosen { .. } => "choosing-ends-before-chosen",
        ChoosingProblem::Decided => "choosing-decided",
    }
}

fn gaps(problem: &ChoosingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        ChoosingProblem::DecidedLater { day } => vec![("day", periods::day(*day, lang).into())],
        ChoosingProblem::WithoutName
        | ChoosingProblem::WithoutTerm
        | ChoosingProblem::EndsBeforeBeginning
        | ChoosingProblem::WithoutWhy
        | ChoosingProblem::WithoutRemark
        | ChoosingProblem::WithoutBecause
        | ChoosingProblem::WithoutDocument
        | ChoosingProblem::WithoutHead
        | ChoosingProblem::OfThePlan
        | ChoosingProblem::WithoutDay
        | ChoosingProblem::Decided => Vec::new(),
        ChoosingProblem::OwnerElsewhere { unit } => vec![("unit", Gap::from(unit.as_str()))],
        ChoosingProblem::TooMany { current } => vec![("current", Gap::from(*current))],
        ChoosingProblem::ChosenBefore { code } => vec![("code", Gap::from(code.as_str()))],
        ChoosingProblem::EndedBefore { on: day }
        | ChoosingProblem::EndsBeforeChosen { chosen_on: day } => {
            vec![("day", periods::day(*day, lang).into())]
        }
        ChoosingProblem::TooLong { characters_max } => vec![("most", Gap::from(*characters_max))],
        ChoosingProblem::WithoutPoints { criterion: of }
        | ChoosingProblem::WithoutReason { criterion: of } => {
            vec![("criterion", criterion(*of, lang).into())]
        }
    }
}
