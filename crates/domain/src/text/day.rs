//! Days as people write them, day first.

use jiff::civil::Date;

use super::nfc;
use crate::period::Period;

/// What a typed date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TypedDate {
    /// Nothing was written, or only a dash.
    Missing,
    /// A day.
    Day(Date),
    /// A month alone: `5/2021`.
    Month(Period),
    /// A year of two digits: the person must say whether this is the day meant.
    Ask(Date),
    /// No day, or one that does not exist.
    Refused,
}

/// Reads a date: `18/5/2021`, `18-5-2021`, `18.5.2021`, `ngày 18 tháng 5 năm 2021`, `2021-05-18`,
/// `5/2021`.
#[must_use]
pub fn typed_date(text: &str) -> TypedDate {
    let text = nfc(text.trim());
    if matches!(text.as_str(), "" | "-" | "–" | "—") {
        return TypedDate::Missing;
    }
    if let Ok(Period::Day(date)) = Period::parse(&text) {
        return TypedDate::Day(date);
    }
    if let Some(date) = in_words(&text) {
        return date;
    }
    for separator in ['/', '-', '.'] {
        if text.contains(separator) {
            let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
            return from_parts(&parts);
        }
    }
    TypedDate::Refused
}

/// The day alone; none for anything that is no full, certain day.
#[must_use]
pub fn typed_day(text: &str) -> Option<Date> {
    match typed_date(text) {
        TypedDate::Day(date) => Some(date),
        TypedDate::Missing | TypedDate::Month(_) | TypedDate::Ask(_) | TypedDate::Refused => None,
    }
}

/// `ngày 18 tháng 5 năm 2021`, or `tháng 5 năm 2021`.
fn in_words(text: &str) -> Option<TypedDate> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    match *words.as_slice() {
        ["ngày", day, "tháng", month, "năm", year] => Some(from_parts(&[day, month, year])),
        ["tháng", month, "năm", year] => Some(from_parts(&[month, year])),
        _ => None,
    }
}

fn from_parts(parts: &[&str]) -> TypedDate {
    let found = match *parts {
        [day, month, year] if year.len() == 2 => {
            number(year, 2).and_then(|year| date(day, month, 2000 + year)).map(TypedDate::Ask)
        }
        [day, month, year] if year.len() == 4 => {
            number(year, 4).and_then(|year| date(day, month, year)).map(TypedDate::Day)
        }
        [month, year] if year.len() == 4 => month_of_year(month, year).map(TypedDate::Month),
        _ => None,
    };
    found.unwrap_or(TypedDate::Refused)
}

fn date(day: &str, month: &str, year: i16) -> Option<Date> {
    let (day, month) = (small_number(day)?, small_number(month)?);
    if year == 0 { None } else { Date::new(year, month, day).ok() }
}

fn month_of_year(month: &str, year: &str) -> Option<Period> {
    let month = small_number(month).filter(|month| (1..=12).contains(month))?;
    let year = number(year, 4).filter(|year| *year > 0)?;
    Some(Period::Month(year, month))
}

fn small_number(text: &str) -> Option<i8> {
    number(text, 2).and_then(|number| i8::try_from(number).ok())
}

fn number(text: &str, digits_max: usize) -> Option<i16> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain && text.len() <= digits_max { text.parse().ok() } else { None }
}
