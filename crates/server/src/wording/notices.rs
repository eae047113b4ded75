//! Notices in words: what is worth knowing after an import that stopped nothing.

use actions::imports::Notice;
use domain::refusal::Location;

use super::number::plain;
use super::periods::{day, label};
use super::places::place;
use super::refusals::gaps_of_breach;
use super::{Gap, Lang};

/// The notice as one sentence, with its place when it has one.
#[must_use]
pub fn sentence(notice: &Notice, lang: Lang) -> String {
    let text = |text: &str| Gap::from(text.to_owned());
    match notice {
        Notice::AlreadyImported { file, corrected, .. } => lang.tell(
            if *corrected == 0 { "notice-already-imported" } else { "notice-already-corrected" },
            [
                ("file", text(file)),
                ("count", Gap::from(i64::try_from(*corrected).unwrap_or(i64::MAX))),
            ],
        ),
        Notice::TakenToExistEarlier { code, name, listed_from, needed_from } => lang.tell(
            "notice-taken-to-exist-earlier",
            [
                ("unit", text(&format!("{code} {name}"))),
                ("listed", day(*listed_from, lang).into()),
                ("needed", day(*needed_from, lang).into()),
            ],
        ),
        Notice::MovedWithParent { code, parent, heir, units } => lang.tell(
            "notice-moved-with-parent",
            [
                ("parent", text(&format!("{code} {parent}"))),
                ("heir", text(heir)),
                ("count", count(*units)),
            ],
        ),
        Notice::LeftWithoutParent { parent, units } => lang.tell(
            "notice-left-without-parent",
            [("parent", text(parent)), ("count", count(*units))],
        ),
        Notice::ColumnPassedOver { at, header } => {
            let said = lang.tell("notice-column-passed-over", [("header", text(header))]);
            placed(at, said, lang)
        }
        Notice::TotalRowDiffers { at, item, sum, total } => {
            let said = lang.tell(
                "notice-total-row-differs",
                [("item", text(item)), ("sum", text(sum)), ("total", text(total))],
            );
            placed(at, said, lang)
        }
        Notice::HiddenSheetPassedOver { at } => {
            placed(at, lang.say("notice-hidden-sheet-passed-over"), lang)
        }
        Notice::PeriodNotEnded { .. }
        | Notice::EmptyCellsKept { .. }
        | Notice::PhotographsKept { .. }
        | Notice::NothingToWithdraw { .. }
        | Notice::RuleDoubted { .. }
        | Notice::ManyTimesBefore { .. }
        | Notice::More { .. } => sentence_of_figures(notice, lang),
    }
}

/// What is worth knowing about figures. [`sentence`] names every case, so a new one cannot be
/// forgotten here.
fn sentence_of_figures(notice: &Notice, lang: Lang) -> String {
    let text = |text: &str| Gap::from(text.to_owned());
    match notice {
        Notice::PeriodNotEnded { file, period, last } => lang.tell(
            "notice-period-not-ended",
            [
                ("file", text(file)),
                ("period", label(*period, lang).into()),
                ("last", day(*last, lang).into()),
            ],
        ),
        Notice::EmptyCellsKept { file, cells, places } => {
            let listed: Vec<String> = places.iter().map(|at| place(at, lang)).collect();
            let more = if *cells > places.len() { "; …" } else { "" };
            lang.tell(
                "notice-empty-cells-kept",
                [
                    ("file", text(file)),
                    ("cells", count(*cells)),
                    ("places", format!("{}{more}", listed.join("; ")).into()),
                ],
            )
        }
        Notice::PhotographsKept { file, photographs } => lang.tell(
            "notice-photographs-kept",
            [("file", text(file)), ("count", count(*photographs))],
        ),
        Notice::NothingToWithdraw { at, item } => {
            placed(at, lang.tell("notice-nothing-to-withdraw", [("item", text(item))]), lang)
        }
        Notice::RuleDoubted { at, breach } => {
            placed(at, lang.tell("notice-rule-doubted", gaps_of_breach(breach, lang)), lang)
        }
        Notice::ManyTimesBefore { at, item, unit, times, value, before } => {
            let said = lang.tell(
                "notice-many-times-before",
                [
                    ("item", text(item)),
                    ("unit", text(unit)),
                    ("times", (*times).into()),
                    ("value", plain(*value, lang).into()),
                    ("before", plain(*before, lang).into()),
                ],
            );
            placed(at, said, lang)
        }
        Notice::More { count } => lang.tell(
            "cli-more-notices",
            [("count", i64::try_from(*count).unwrap_or(i64::MAX).into())],
        ),
        _ => String::new(),
    }
}

fn count(count: usize) -> Gap<'static> {
    Gap::from(i64::try_from(count).unwrap_or(i64::MAX))
}

fn placed(at: &Location, said: String, lang: Lang) -> String {
    lang.tell("refused-at", [("place", place(at, lang).into()), ("why", said.into())])
}
