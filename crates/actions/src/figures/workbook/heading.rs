//! What a sheet is about: the period and the unit, from its tab, its titles and the file's name.

use domain::period::Period;
use domain::text;
use domain::unit::{UnitId, Units};
use jiff::civil::Date;

/// The period named in a text, `T01-2022`, `Tháng 1/2022`, `Quý II năm 2022`, `6 tháng đầu năm
/// 2022`, `2022-01`; none when there is none. A day, such as that of a signature, names no period.
pub(super) fn period(text: &str) -> Option<Period> {
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
    months_of_year(&words)
        .or_else(|| quarter(&words))
        .or_else(|| month(&words))
        .or_else(|| year(&words))
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

fn month(words: &[&str]) -> Option<Period> {
    words.iter().enumerate().find_map(|(index, word)| {
        let next = |by: usize| words.get(index + by).copied();
        let (month, rest) = match *word {
            "thang" => (next(1)?.parse::<i8>().ok()?, 2),
            _ if word.starts_with('t') => (word.get(1..)?.parse::<i8>().ok()?, 1),
            _ => match (as_year(word), word.parse::<i8>().ok()) {
                // `2022-01` and `01-2022`.
                (Some(year), _) => return month_of(year, next(1)?.parse().ok()?),
                (None, Some(month)) => (month, 1),
                (None, None) => return None,
            },
        };
        let year = match next(rest)? {
            "nam" => as_year(next(rest + 1)?)?,
            word => as_year(word)?,
        };
        month_of(year, month)
    })
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

/// The unit a workbook is about: by a code in its titles, else by the code its file name begins
/// with, else by a full name in its titles (`XÃ TÂN MỸ`).
pub(super) fn unit(titles: &[String], file: &str, units: &Units, day: Date) -> Option<UnitId> {
    let code_in = |text: &str| {
        text.split(|character: char| !character.is_alphanumeric())
            .filter(|word| word.len() >= 2 && word.chars().all(|digit| digit.is_ascii_digit()))
            .find_map(|word| units.find(word, day))
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
            ("Sheet1", None),
            ("Tổng hợp", None),
        ];
        for (text, expected) in cases {
            assert_eq!(period(text), expected, "{text}");
        }
    }
}
