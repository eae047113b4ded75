//! What a sheet is about: the period and the unit, from its tab, its titles and the file's name.

use std::collections::BTreeSet;

use domain::period::Period;
use domain::text;
use domain::unit::{UnitId, Units, Version};
use jiff::civil::Date;

/// The period named in a text, `T01-2022`, `Tháng 1/2022`, `Quý II năm 2022`, `6 tháng đầu năm
/// 2022`, `2022-01`; none when there is none. A day, such as that of a signature, names no period.
pub(in crate::figures) fn period(text: &str) -> Option<Period> {
    let key = text::search_key(text);
    let words: Vec<&str> = key
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_day = |pair: &[&str]| pair[0] == "ngay" && pair[1].parse::<i8>().is_ok();
    if words.windows(2).any(is_day) {
        return None;
    }
    // The longer span first: `Quý 4 năm 2022` is not April.
    let longer = months_of_year(&words).or_else(|| quarter(&words));
    longer.or_else(|| match months(&words).as_slice() {
        [] => year(&words),
        // `Tháng 7 và tháng 8 năm 2023` is about neither month, though one has no year.
        [month] => (months_numbered(&words) < 2).then_some(*month),
        // `Từ tháng 01/2022 đến tháng 6/2023` is about neither of the two.
        [_, ..] => None,
    })
}

/// `6 tháng đầu năm 2022`, `9 tháng năm 2022`.
fn months_of_year(words: &[&str]) -> Option<Period> {
    words.windows(2).enumerate().find_map(|(start, pair)| {
        let (&[count, "thang"], rest) = (pair, words.get(start + 2..)?) else { return None };
        let (is_last, year) = match *rest {
            ["cuoi", "nam", year, ..] => (true, year),
            ["dau", "nam", year, ..] | ["nam", year, ..] => (false, year),
            _ => return None,
        };
        let year = as_year(year)?;
        match (count.parse::<i8>().ok()?, is_last) {
            (3, false) => Some(Period::Quarter(year, 1)),
            (6, false) => Some(Period::HalfYear(year, 1)),
            (6, true) => Some(Period::HalfYear(year, 2)),
            (9, false) => Some(Period::NineMonths(year)),
            (12, false) => Some(Period::Year(year)),
            _ => None,
        }
    })
}

/// How many different months stand behind the word, with a year or without.
fn months_numbered(words: &[&str]) -> usize {
    let numbered = |pair: &[&str]| match *pair {
        ["thang", month] => month.parse::<i8>().ok(),
        _ => None,
    };
    words.windows(2).filter_map(numbered).collect::<BTreeSet<i8>>().len()
}

/// The months that are named, each once.
fn months(words: &[&str]) -> Vec<Period> {
    let mut months = Vec::new();
    let mut rest = words;
    let mut before = "";
    while let Some((first, next)) = rest.split_first() {
        // `Mẫu số 02/2022` and `Biểu 02-2022` number a document.
        let is_numbered = ["so", "mau", "bieu"].contains(&before);
        (before, rest) = (first, next);
        if let Some((month, after)) = month(first, next).filter(|_| !is_numbered) {
            rest = after;
            if !months.contains(&month) {
                months.push(month);
            }
        }
    }
    months
}

/// The month that words begin with, and the words after it.
fn month<'a, 'b>(first: &str, rest: &'a [&'b str]) -> Option<(Period, &'a [&'b str])> {
    let (month, rest) = if first == "thang" {
        let (month, rest) = rest.split_first()?;
        (month.parse().ok()?, rest)
    } else if let Some(month) = first.strip_prefix('t') {
        (month.parse().ok()?, rest)
    } else if let Some(year) = as_year(first) {
        // `2022-01`.
        let (month, rest) = rest.split_first()?;
        return Some((month_of(year, month.parse().ok()?)?, rest));
    } else {
        // `01-2022`.
        (first.parse().ok()?, rest)
    };
    match rest {
        ["nam", year, rest @ ..] | [year, rest @ ..] => {
            Some((month_of(as_year(year)?, month)?, rest))
        }
        [] => None,
    }
}

fn month_of(year: i16, month: i8) -> Option<Period> {
    (1..=12).contains(&month).then_some(Period::Month(year, month))
}

fn quarter(words: &[&str]) -> Option<Period> {
    let start = words.iter().position(|word| *word == "quy")?;
    let number = match *words.get(start + 1)? {
        "i" | "1" => 1,
        "ii" | "2" => 2,
        "iii" | "3" => 3,
        "iv" | "4" => 4,
        _ => return None,
    };
    let year = match *words.get(start + 2)? {
        "nam" => as_year(words.get(start + 3)?)?,
        word => as_year(word)?,
    };
    Some(Period::Quarter(year, number))
}

fn year(words: &[&str]) -> Option<Period> {
    let named = words.windows(2).find_map(|pair| match pair {
        ["nam", year] => as_year(year),
        _ => None,
    });
    let alone = match words {
        [year] => as_year(year),
        _ => None,
    };
    named.or(alone).map(Period::Year)
}

fn as_year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    (word.len() == 4 && (1900..=2200).contains(&year)).then_some(year)
}

/// Digits of a code that is looked for in titles, at least: those of a commune.
const TITLE_CODE_MIN: usize = 5;

/// The unit a workbook is about: by a commune's code in its titles, else by the code its file name
/// begins with, else by a full name in its titles (`XÃ TÂN MỸ`).
pub(super) fn unit(titles: &[String], file: &str, units: &Units, day: Date) -> Option<UnitId> {
    // Shorter codes, of provinces and districts, read like days and numbers of documents.
    let is_code = |word: &&str| {
        word.len() >= TITLE_CODE_MIN && word.chars().all(|digit| digit.is_ascii_digit())
    };
    let code_in = |text: &str| {
        let words = text.split(|character: char| !character.is_alphanumeric());
        words.filter(is_code).find_map(|word| units.find(word, day))
    };
    titles
        .iter()
        .filter(|title| period(title).is_none())
        .find_map(|title| code_in(title))
        .or_else(|| file.split(['-', '_', ' ', '.']).next().and_then(|code| units.find(code, day)))
        .or_else(|| named(titles, units, day))
}

/// The unit whose kind and name stand in a title, when there is only one such.
fn named(titles: &[String], units: &Units, day: Date) -> Option<UnitId> {
    let titles: Vec<String> =
        titles.iter().map(|title| format!(" {} ", text::search_key(title))).collect();
    let mut found = units.versions_on(day).filter(|version| {
        let name = text::search_key(&format!("{} {}", version.kind, version.name));
        titles.iter().any(|title| title.contains(&format!(" {name} ")))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first.unit)
}

/// Who may stand before a unit's name at the head of its own documents.
const OFFICES: [&str; 5] = ["ubnd ", "uy ban nhan dan ", "dang uy ", "hdnd ", "van phong "];

/// The title that is the name of a unit which is neither the one the sheet is taken to be about nor
/// above or below it: `UBND XÃ BẮC VIỆT` in a file of xã Tân Mỹ. Titles that only mention a unit,
/// such as `Kính gửi: xã Bắc Việt`, name none.
pub(super) fn other_unit<'a>(
    titles: &'a [String],
    unit: UnitId,
    units: &Units,
    day: Date,
) -> Option<&'a str> {
    let chain = |unit: UnitId| {
        let parent = |unit: &UnitId| units.version_on(*unit, day)?.parent;
        std::iter::successors(Some(unit), parent).collect::<Vec<UnitId>>()
    };
    let above = chain(unit);
    let kinds: BTreeSet<&str> = units.versions_on(day).map(|it| it.kind.as_str()).collect();
    let kinds: Vec<String> = kinds.into_iter().map(text::search_key).collect();
    titles.iter().map(|title| title.trim()).find(|title| {
        let key = text::search_key(title);
        let name = OFFICES.iter().find_map(|office| key.strip_prefix(office)).unwrap_or(&key);
        if !kinds.iter().any(|kind| begins(name, kind)) {
            return false;
        }
        let full = |it: &Version| text::search_key(&format!("{} {}", it.kind, it.name));
        let mut named = units.versions_on(day).filter(|it| begins(name, &full(it))).peekable();
        let is_related = |it: &Version| above.contains(&it.unit) || chain(it.unit).contains(&unit);
        named.peek().is_some() && !named.any(is_related)
    })
}

/// Whether a text begins with these words; what follows, such as the period, does not matter.
fn begins(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_found_in_tabs_and_titles() {
        let cases = [
            ("T01-2022", Some(Period::Month(2022, 1))),
            ("T12.2022", Some(Period::Month(2022, 12))),
            ("Tháng 3/2022", Some(Period::Month(2022, 3))),
            ("SỐ LIỆU THÁNG 01 NĂM 2023", Some(Period::Month(2023, 1))),
            ("XÃ TÂN MỸ – SỐ LIỆU THÁNG 6/2023", Some(Period::Month(2023, 6))),
            ("2022-07", Some(Period::Month(2022, 7))),
            ("07-2022", Some(Period::Month(2022, 7))),
            ("Quý II/2022", Some(Period::Quarter(2022, 2))),
            ("Quý 4 năm 2022", Some(Period::Quarter(2022, 4))),
            ("6 tháng đầu năm 2023", Some(Period::HalfYear(2023, 1))),
            ("6 tháng cuối năm 2023", Some(Period::HalfYear(2023, 2))),
            ("9 tháng đầu năm 2022", Some(Period::NineMonths(2022))),
            ("Số liệu 3 tháng đầu năm 2022", Some(Period::Quarter(2022, 1))),
            ("Năm 2022", Some(Period::Year(2022))),
            ("Na Sầm, ngày 05 tháng 4 năm 2022", None),
            ("Ngày 5/4/2022", None),
            ("T13-2022", None),
            ("Mẫu số 02/2022", None),
            ("Biểu số 01 – 2022", None),
            ("Mẫu 02-2022, tháng 7/2023", Some(Period::Month(2023, 7))),
            ("Từ tháng 01/2022 đến tháng 6/2023", None),
            ("Tháng 7 và tháng 8 năm 2023", None),
            ("Tháng 7/2023 (T07-2023), biểu tháng", Some(Period::Month(2023, 7))),
            ("T07-2023 (2)", Some(Period::Month(2023, 7))),
            ("Tháng 7/2023 (T07-2023)", Some(Period::Month(2023, 7))),
            ("Sheet1", None),
            ("Tổng hợp", None),
        ];
        for (text, expected) in cases {
            assert_eq!(period(text), expected, "{text}");
        }
    }
}
