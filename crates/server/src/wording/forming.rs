//! Changing forms, in words.

use domain::forming::FormingProblem;

use super::refusals::Gaps;
use super::{Gap, Lang, periods};

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &FormingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &FormingProblem) -> &'static str {
    match problem {
        FormingProblem::PeriodsDiffer { .. } => "forming-periods-differ",
        FormingProblem::FormTaken { .. } => "forming-form-taken",
        FormingProblem::NumberOutside { .. } => "forming-number-outside",
        FormingProblem::RestSpan { .. } => "forming-rest-span",
        FormingProblem::RestIsOver { .. } => "forming-rest-is-over",
        FormingProblem::NobodyFills => "forming-nobody-fills",
        FormingProblem::ItemTaken { .. } => "forming-item-taken",
        FormingProblem::AsksNothing => "forming-asks-nothing",
        FormingProblem::EmptySection { .. } => "forming-empty-section",
        FormingProblem::SectionWithoutTitle => "forming-section-without-title",
        FormingProblem::AskedElsewhere { .. } => "forming-asked-elsewhere",
        FormingProblem::BadRule { .. } => "forming-bad-rule",
        FormingProblem::BeforeNewest { .. } => "forming-before-newest",
        FormingProblem::AlreadyReported { .. } => "forming-already-reported",
    }
}

fn gaps(problem: &FormingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        FormingProblem::AsksNothing
        | FormingProblem::NobodyFills
        | FormingProblem::SectionWithoutTitle => Vec::new(),
        FormingProblem::PeriodsDiffer { form } | FormingProblem::FormTaken { form } => {
            vec![("form", Gap::from(form.as_str()))]
        }
        FormingProblem::ItemTaken { item, text } => {
            vec![("item", Gap::from(item.as_str())), ("text", text.as_str().into())]
        }
        FormingProblem::NumberOutside { text, least, most } => vec![
            ("text", Gap::from(text.as_str())),
            ("least", u64::from(*least).into()),
            ("most", u64::from(*most).into()),
        ],
        FormingProblem::EmptySection { title } => vec![("title", Gap::from(title.as_str()))],
        FormingProblem::AskedElsewhere { item, form } => {
            vec![("item", Gap::from(item.as_str())), ("form", form.as_str().into())]
        }
        FormingProblem::BadRule { text } => vec![("text", Gap::from(text.as_str()))],
        FormingProblem::RestSpan { most } => vec![("most", Gap::from(*most))],
        FormingProblem::RestIsOver { day } => vec![("day", periods::day(*day, lang).into())],
        FormingProblem::BeforeNewest { newest } => {
            vec![("day", periods::day(*newest, lang).into())]
        }
        FormingProblem::AlreadyReported { period, free } => vec![
            ("period", Gap::from(periods::label(*period, lang))),
            ("day", periods::day(*free, lang).into()),
        ],
    }
}
