//! Places: where something stood, and how a unit is called.

use actions::answer::UnitName;
use domain::refusal::Location;

use super::{Gap, Lang};

/// Where in a file: `tệp so-lieu.xlsx, trang tính T01-2022, hàng 12, cột D`; empty when unknown.
#[must_use]
pub fn place(at: &Location, lang: Lang) -> String {
    let mut parts = Vec::new();
    if !at.file.is_empty() {
        parts.push(lang.tell("place-file", [("file", Gap::from(at.file.as_str()))]));
    }
    if !at.sheet.is_empty() {
        parts.push(lang.tell("place-sheet", [("sheet", Gap::from(at.sheet.as_str()))]));
    }
    if at.row > 0 {
        parts.push(lang.tell("place-row", [("row", Gap::from(at.row.to_string()))]));
    }
    if at.column > 0 {
        parts.push(lang.tell("place-column", [("column", Gap::from(column_letters(at.column)))]));
    }
    parts.join(", ")
}

/// The letters that a spreadsheet shows above a column: 1 is `A`, 27 is `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from_u32(u32::from('A') + rest % 26).unwrap_or('?'));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A unit in a sentence: `xã Tân Mỹ`.
#[must_use]
pub fn unit(unit: &UnitName) -> String {
    if unit.kind.is_empty() { unit.name.clone() } else { format!("{} {}", unit.kind, unit.name) }
}

/// A unit at the head of a line: `Xã Tân Mỹ`.
#[must_use]
pub fn unit_headline(name: &UnitName) -> String {
    capitalised(&unit(name))
}

/// A unit at the head of a line in a language: `Xã Tân Mỹ`, `Tân Mỹ commune`.
#[must_use]
pub fn full_name(name: &UnitName, lang: Lang) -> String {
    match (lang, english_kind(&name.kind)) {
        (Lang::En, Some(kind)) => format!("{} {kind}", name.name),
        (Lang::Vi, _) | (Lang::En, None) => unit_headline(name),
    }
}

/// A unit in the middle of a sentence, in a language: `xã Tân Mỹ`, `Tân Mỹ commune`.
#[must_use]
pub fn in_sentence(name: &UnitName, lang: Lang) -> String {
    match lang {
        Lang::Vi => unit(name),
        Lang::En => full_name(name, lang),
    }
}

/// The kind of a unit in a language: `xã`, `commune`.
#[must_use]
pub fn kind(unit: &UnitName, lang: Lang) -> String {
    match (lang, english_kind(&unit.kind)) {
        (Lang::En, Some(kind)) => kind.to_owned(),
        (Lang::Vi, _) | (Lang::En, None) => unit.kind.clone(),
    }
}

/// The kinds of units as the English translations of Vietnamese laws call them.
fn english_kind(kind: &str) -> Option<&'static str> {
    Some(match kind.to_lowercase().as_str() {
        "tỉnh" => "province",
        "thành phố" => "city",
        "quận" => "urban district",
        "huyện" => "district",
        "thị xã" | "thị trấn" => "town",
        "phường" => "ward",
        "xã" => "commune",
        "đặc khu" => "special zone",
        "thôn" | "bản" => "village",
        "khu phố" | "tổ dân phố" => "quarter",
        _ => return None,
    })
}

/// A level of the tree: `xã, phường, thị trấn`; levels we have no word for stay as they are.
#[must_use]
pub fn level(level: &str, lang: Lang) -> String {
    let key = format!("level-{level}");
    if lang.words().knows(&key) { lang.say(&key) } else { level.to_owned() }
}

/// The text with its first letter in upper case.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
