//! Pictures of what a priority changes, in words: sides, and why one is not shown or taken back.

use domain::attachment::BYTES_MAX;
use domain::picture::Side;
use domain::picturing::PicturingProblem;
use jiff::civil::Date;

use super::refusals::Gaps;
use super::{Gap, Lang, directives, periods};

/// Bytes of a megabyte, as people count them.
const MEGABYTE: usize = 1024 * 1024;

/// On which side of the change: `Trước`.
#[must_use]
pub fn side(side: Side, lang: Lang) -> String {
    lang.say(match side {
        Side::Before => "picture-before",
        Side::After => "picture-after",
    })
}

/// When it was taken, and whose it is: `Chụp ngày 3/11/2026, xã Na Sầm`.
#[must_use]
pub fn about(taken_on: Date, unit: &str, lang: Lang) -> String {
    let gaps = [("day", Gap::from(periods::day(taken_on, lang))), ("unit", unit.into())];
    lang.tell("picture-about", gaps)
}

/// Which files are taken, and what must not be on them.
#[must_use]
pub fn hint(lang: Lang) -> String {
    lang.tell("picture-hint", [("megabytes", Gap::from(BYTES_MAX / MEGABYTE))])
}

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &PicturingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &PicturingProblem) -> &'static str {
    match problem {
        PicturingProblem::WithoutPicture => "picturing-without-picture",
        PicturingProblem::WithoutSide => "picturing-without-side",
        PicturingProblem::WithoutDay => "picturing-without-day",
        PicturingProblem::DayToCome { .. } => "picturing-day-to-come",
        PicturingProblem::WithoutCaption => "picturing-without-caption",
        PicturingProblem::CaptionTooLong { .. } => "picturing-caption-too-long",
        PicturingProblem::Secret { .. } => "picturing-secret",
        PicturingProblem::OfAnotherUnit { .. } => "picturing-of-another-unit",
        PicturingProblem::Known { .. } => "picturing-known",
        PicturingProblem::TooMany { .. } => "picturing-too-many",
        PicturingProblem::Gone => "picturing-gone",
        PicturingProblem::WithoutReason => "picturing-without-reason",
        PicturingProblem::ReasonTooLong { .. } => "picturing-reason-too-long",
    }
}

fn gaps(problem: &PicturingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        PicturingProblem::WithoutPicture
        | PicturingProblem::WithoutSide
        | PicturingProblem::WithoutDay
        | PicturingProblem::WithoutCaption
        | PicturingProblem::Gone
        | PicturingProblem::WithoutReason => Vec::new(),
        PicturingProblem::DayToCome { today } => {
            vec![("day", periods::day(*today, lang).into())]
        }
        PicturingProblem::CaptionTooLong { characters_max: most }
        | PicturingProblem::ReasonTooLong { characters_max: most }
        | PicturingProblem::TooMany { most } => vec![("most", Gap::from(*most))],
        PicturingProblem::Secret { mark, place } => {
            let mark = directives::secrecy(*mark, lang);
            vec![("mark", mark.into()), ("place", place.as_str().into())]
        }
        PicturingProblem::OfAnotherUnit { unit } => vec![("unit", unit.as_str().into())],
        PicturingProblem::Known { caption } => vec![("caption", caption.as_str().into())],
    }
}
