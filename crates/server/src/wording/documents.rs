//! Heads of documents: place and day, number and symbol, and how a document is cited.

use domain::directive::Directive;
use formats::profile::Layout;
use jiff::civil::Date;

use super::periods::{day, long_day};
use super::places::capitalised;
use super::{Gap, Lang};

/// Whether a place is named with its kind.
///
/// Decree 30/2020/NĐ-CP asks for it where the name is a person's or a number; that cannot be seen
/// from the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceName {
    /// `Na Sầm`.
    Bare,
    /// `Phường 4`.
    WithKind,
}

/// The line with place and day: `Na Sầm, ngày 05 tháng 02 năm 2026`.
#[must_use]
pub fn place_line(kind: &str, name: &str, style: PlaceName, date: Date, lang: Lang) -> String {
    match style {
        PlaceName::Bare => format!("{name}, {}", long_day(date, lang)),
        PlaceName::WithKind => {
            format!("{}, {}", capitalised(&format!("{kind} {name}")), long_day(date, lang))
        }
    }
}

/// What a document's number is made of.
#[derive(Debug, Clone, Copy)]
pub struct NumberParts<'a> {
    /// The number within the year, or the term of a Party committee; 0 leaves a gap to be filled by hand.
    pub number: u32,
    /// The code of the document's type: `BC`; empty for official letters of the state.
    pub kind: &'a str,
    /// The agency's code: `UBND`; empty where there is none.
    pub agency: &'a str,
    /// The code of the unit that drafts an official letter, or empty.
    pub unit: &'a str,
}

/// The number line: `Số: 05/BC-UBND` (state), `Số 05-BC/ĐU` (Party). It is never translated.
#[must_use]
pub fn document_number(layout: Layout, parts: NumberParts<'_>) -> String {
    let NumberParts { number, kind, agency, unit } = parts;
    let number = if number == 0 { "\u{a0}".repeat(6) } else { format!("{number:02}") };
    match layout {
        // Whoever has no agency writes without one.
        Layout::State if kind.is_empty() && agency.is_empty() => format!("Số: {number}"),
        Layout::State if kind.is_empty() => format!("Số: {number}/{agency}-{unit}"),
        // A village has no code of its own.
        Layout::State if agency.is_empty() => format!("Số: {number}/{kind}"),
        Layout::State => format!("Số: {number}/{kind}-{agency}"),
        Layout::Party => format!("Số {number}-{kind}/{agency}"),
    }
}

/// A directive as it is cited: `Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị`.
#[must_use]
pub fn citation(directive: &Directive, layout: Layout, lang: Lang) -> String {
    let gaps = [
        ("kind", Gap::from(directive.kind.as_str())),
        ("number", directive.number.as_str().into()),
        ("issuer", lang.of(&directive.issuer).into()),
        ("day", directive.date.map(|date| day(date, lang)).unwrap_or_default().into()),
    ];
    lang.tell(
        match (layout, directive.date) {
            (_, None) => "citation-undated",
            (Layout::State, Some(_)) => "citation-state",
            (Layout::Party, Some(_)) => "citation-party",
        },
        gaps,
    )
}

/// The name of a layout: `hành chính`, `của Đảng`.
#[must_use]
pub fn layout(layout: Layout, lang: Lang) -> String {
    lang.say(match layout {
        Layout::State => "layout-state",
        Layout::Party => "layout-party",
    })
}
