//! Notices in words: what is worth knowing after an import that stopped nothing.

use actions::imports::Notice;
use domain::refusal::Location;

use super::periods::day;
use super::places::place;
use super::{Gap, Lang};

/// The notice as one sentence, with its place when it has one.
#[must_use]
pub fn sentence(notice: &Notice, lang: Lang) -> String {
    let text = |text: &str| Gap::from(text.to_owned());
    let count = |count: usize| Gap::from(i64::try_from(count).unwrap_or(i64::MAX));
    match notice {
        Notice::AlreadyImported { file, .. } => {
            lang.tell("notice-already-imported", [("file", text(file))])
        }
        Notice::TakenToExistEarlier { code, name, listed_from, needed_from } => lang.tell(
            "notice-taken-to-exist-earlier",
            [
                ("unit", text(&format!("{code} {name}"))),
                ("listed", day(*listed_from, lang).into()),
                ("needed", day(*needed_from, lang).into()),
            ],
        ),
        Notice::MovedWithParent { heir, units } => {
            lang.tell("notice-moved-with-parent", [("heir", text(heir)), ("count", count(*units))])
        }
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
    }
}

fn placed(at: &Location, said: String, lang: Lang) -> String {
    lang.tell("refused-at", [("place", place(at, lang).into()), ("why", said.into())])
}
