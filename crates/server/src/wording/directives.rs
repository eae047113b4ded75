//! Directives in words: whether they hold, and what stands in the way of entering one.

use domain::directing::DirectingProblem;
use domain::directive::{Directive, Reference, Validity};
use domain::secrecy::Secrecy;
use jiff::civil::Date;

use super::refusals::Gaps;
use super::{Gap, Lang, periods};

/// How a directive is called: `Kết luận 01-KL/TW`.
#[must_use]
pub fn name(directive: &Directive) -> String {
    format!("{} {}", directive.kind, directive.number).trim().to_owned()
}

/// Whether a directive holds: `đang có hiệu lực`.
#[must_use]
pub fn validity(validity: &Validity, lang: Lang) -> String {
    let day = |day: Date| [("day", Gap::from(periods::day(day, lang)))];
    match validity {
        Validity::Coming { from } => lang.tell("directive-coming", day(*from)),
        Validity::InForce => lang.say("directive-in-force"),
        Validity::Ended { to } => lang.tell("directive-ended", day(*to)),
        Validity::Replaced { by } => {
            lang.tell("directive-replaced", [("number", Gap::from(by.as_str()))])
        }
    }
}

/// From when to when something holds; empty when nothing is said.
#[must_use]
pub fn term((from, to): (Option<Date>, Option<Date>), lang: Lang) -> String {
    let day = |day: Date| Gap::from(periods::day(day, lang));
    match (from, to) {
        (Some(from), Some(to)) => {
            lang.tell("directive-term-within", [("from", day(from)), ("to", day(to))])
        }
        (Some(from), None) => lang.tell("directive-term-from", [("from", day(from))]),
        (None, Some(to)) => lang.tell("directive-term-to", [("to", day(to))]),
        (None, None) => String::new(),
    }
}

/// What a directive does to the one that it refers to.
#[must_use]
pub fn reference(reference: Reference, lang: Lang) -> String {
    lang.say(match reference {
        Reference::Implements => "directive-implements",
        Reference::Replaces => "directive-replaces",
        Reference::Amends => "directive-amends",
    })
}

/// What a directive does to others, on its line: `thay 12-KH/HU, 15-KH/HU`; empty for nothing.
#[must_use]
pub fn done_to_others(directive: &Directive, all: &[Directive], lang: Lang) -> String {
    let said = |(by, key): (Reference, &str)| {
        let codes = by.of(directive).iter();
        let others = codes.filter_map(|code| all.iter().find(|other| other.code == *code));
        let numbers: Vec<&str> = others.map(|other| other.number.as_str()).collect();
        let gaps = [("numbers", Gap::from(numbers.join(", ")))];
        (!numbers.is_empty()).then(|| lang.tell(key, gaps))
    };
    let kinds = [
        (Reference::Replaces, "directive-line-replaces"),
        (Reference::Amends, "directive-line-amends"),
    ];
    kinds.into_iter().filter_map(said).collect::<Vec<_>>().join(", ")
}

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &DirectingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &DirectingProblem) -> &'static str {
    match problem {
        DirectingProblem::Secret { .. } => "directing-secret",
        DirectingProblem::Circle { .. } => "directing-circle",
        DirectingProblem::EndsBeforeBeginning { .. } => "directing-ends-before-beginning",
        DirectingProblem::NumberTaken { .. } => "directing-number-taken",
        DirectingProblem::SeveralOfNumber { .. } => "directing-several-of-number",
        DirectingProblem::ChangedMeanwhile => "directing-changed-meanwhile",
        DirectingProblem::SavedMeanwhile { text } if text.is_empty() => {
            "directing-emptied-meanwhile"
        }
        DirectingProblem::SavedMeanwhile { .. } => "directing-saved-meanwhile",
        DirectingProblem::DayToCome { .. } => "directing-day-to-come",
        DirectingProblem::BeforeWhatItCarriesOut { .. } => "directing-before",
        DirectingProblem::OfAnotherUnit { .. } => "directing-of-another-unit",
        DirectingProblem::TooLong { .. } => "directing-too-long",
    }
}

fn gaps(problem: &DirectingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        DirectingProblem::Secret { mark } => vec![("mark", secrecy(*mark, lang).into())],
        DirectingProblem::Circle { numbers } => {
            let first = numbers.first().into_iter();
            let round: Vec<&str> = numbers.iter().chain(first).map(String::as_str).collect();
            vec![("numbers", round.join(" → ").into())]
        }
        DirectingProblem::EndsBeforeBeginning { from } => {
            vec![("day", periods::day(*from, lang).into())]
        }
        DirectingProblem::NumberTaken { number } | DirectingProblem::OfAnotherUnit { number } => {
            vec![("number", Gap::from(number.as_str()))]
        }
        DirectingProblem::SeveralOfNumber { number, codes } => {
            vec![("number", Gap::from(number.as_str())), ("codes", codes.join(", ").into())]
        }
        DirectingProblem::DayToCome { day } => vec![("day", periods::day(*day, lang).into())],
        DirectingProblem::BeforeWhatItCarriesOut { number, day } => {
            vec![("number", Gap::from(number.as_str())), ("day", periods::day(*day, lang).into())]
        }
        DirectingProblem::ChangedMeanwhile => Vec::new(),
        DirectingProblem::SavedMeanwhile { text } => vec![("text", Gap::from(text.as_str()))],
        DirectingProblem::TooLong { characters_max } => vec![("most", (*characters_max).into())],
    }
}

pub(super) fn secrecy(mark: Secrecy, lang: Lang) -> String {
    lang.say(match mark {
        Secrecy::Secret => "secrecy-secret",
        Secrecy::TopSecret => "secrecy-top-secret",
        Secrecy::UltraSecret => "secrecy-ultra-secret",
    })
}
