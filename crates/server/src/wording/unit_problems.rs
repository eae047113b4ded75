//! Units and reorganisations that contradict themselves, in words.

use domain::number::{Fraction, Quantity};
use domain::unit::{UnitError, WHOLE_MILLIONTHS};

use super::periods::day;
use super::{Gap, Lang, number};

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(error: &UnitError, lang: Lang) -> String {
    let text = |text: &str| Gap::from(text.to_owned());
    let on = |date| Gap::from(day(date, lang));
    let percent = |millionths: u64| {
        let share = Fraction::new(millionths.into(), WHOLE_MILLIONTHS.into());
        let share = share.map(|share| number::percent(Quantity::exact(share), 4, lang));
        Gap::from(share.unwrap_or_default())
    };
    match error {
        UnitError::VersionBackwards { code, from, to } => lang.tell(
            "unit-version-backwards",
            [("code", text(code)), ("from", on(*from)), ("to", on(*to))],
        ),
        UnitError::OverlappingVersions { code, day } | UnitError::CodeTaken { code, day } => {
            lang.tell("unit-code-taken", [("code", text(code)), ("day", on(*day))])
        }
        UnitError::NoSuchParent { code, .. } => {
            lang.tell("unit-no-such-parent", [("code", text(code))])
        }
        UnitError::ParentCycle { codes, day } => {
            lang.tell("unit-parent-cycle", [("codes", text(&codes.join(" → "))), ("day", on(*day))])
        }
        UnitError::TooDeep { code, levels_max, .. } => {
            let levels = i64::try_from(*levels_max).unwrap_or(i64::MAX);
            lang.tell("unit-too-deep", [("code", text(code)), ("levels", levels.into())])
        }
        UnitError::EmptyLine { date } | UnitError::NoSuchUnit { date, .. } => {
            lang.tell("unit-empty-line", [("day", on(*date))])
        }
        UnitError::NotInForce { code, day } => {
            lang.tell("unit-not-in-force", [("code", text(code)), ("day", on(*day))])
        }
        UnitError::DoubledLine { from, to, date } => lang.tell(
            "unit-doubled-line",
            [("from", text(from)), ("to", text(to)), ("day", on(*date))],
        ),
        UnitError::WholeAndParts { code, date } => {
            lang.tell("unit-whole-and-parts", [("code", text(code)), ("day", on(*date))])
        }
        UnitError::SharesNotWhole { code, date, millionths } => lang.tell(
            "unit-shares-not-whole",
            [("code", text(code)), ("day", on(*date)), ("percent", percent(*millionths))],
        ),
        UnitError::SuccessionCycle { codes, date } => lang.tell(
            "unit-succession-cycle",
            [("codes", text(&codes.join(" → "))), ("day", on(*date))],
        ),
        UnitError::ChoiceWithoutSplit { code, date } => {
            lang.tell("unit-choice-without-split", [("code", text(code)), ("day", on(*date))])
        }
        UnitError::ChoiceNamesStranger { code, heir, date } => lang.tell(
            "unit-choice-names-stranger",
            [("code", text(code)), ("heir", text(heir)), ("day", on(*date))],
        ),
        UnitError::ChoiceNotWhole { code, date, millionths } => lang.tell(
            "unit-choice-not-whole",
            [("code", text(code)), ("day", on(*date)), ("percent", percent(*millionths))],
        ),
    }
}
