//! The codes of periods, both ways.

use std::fmt;

use jiff::civil::Date;

use super::months::{civil_days, period_of_end, weeks};
use super::{Period, PeriodError, SpanEnd};

impl Period {
    /// Reads a code: `2026-11-23`, `2026-W47`, `2026-11`, `2026-Q4`, `2026-H1`, `2026-9M`, `2026`,
    /// and spans of days, months, quarters and years: `2022-01..2023-06`.
    ///
    /// # Errors
    /// An unknown form, a month, week or day that does not exist, a span that runs backwards.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let Some((first, last)) = text.split_once("..") else { return single(text) };
        let span = Self::Span(span_end(first)?, span_end(last)?);
        let (first, last) = civil_days(span);
        if last < first {
            return Err(PeriodError::SpanBackwards { first, last });
        }
        Ok(span)
    }
}

fn span_end(text: &str) -> Result<SpanEnd, PeriodError> {
    match single(text)? {
        Period::Day(day) => Ok(SpanEnd::Day(day)),
        Period::Month(year, month) => Ok(SpanEnd::Month(year, month)),
        Period::Quarter(year, quarter) => Ok(SpanEnd::Quarter(year, quarter)),
        Period::Year(year) => Ok(SpanEnd::Year(year)),
        Period::Week(..) | Period::HalfYear(..) | Period::NineMonths(_) | Period::Span(..) => {
            Err(PeriodError::UnknownSpanEnd { text: text.to_owned() })
        }
    }
}

fn single(text: &str) -> Result<Period, PeriodError> {
    let unknown = || PeriodError::UnknownForm { text: text.to_owned() };
    let (year, rest) = match text.split_once('-') {
        Some((year, rest)) => (year, Some(rest)),
        None => (text, None),
    };
    if year.len() != 4 {
        return Err(unknown());
    }
    let year: i16 = number(year).ok_or_else(unknown)?;
    if year == 0 {
        return Err(PeriodError::NoSuchYear);
    }
    let Some(rest) = rest else { return Ok(Period::Year(year)) };
    if rest == "9M" {
        return Ok(Period::NineMonths(year));
    }
    match *rest.as_bytes() {
        [b'W', _, _] => week(year, number(&rest[1..]).ok_or_else(unknown)?),
        [b'Q', _] => match number(&rest[1..]).ok_or_else(unknown)? {
            quarter @ 1..=4 => Ok(Period::Quarter(year, quarter)),
            quarter => Err(PeriodError::NoSuchQuarter { quarter }),
        },
        [b'H', _] => match number(&rest[1..]).ok_or_else(unknown)? {
            half @ 1..=2 => Ok(Period::HalfYear(year, half)),
            half => Err(PeriodError::NoSuchHalfYear { half }),
        },
        [_, _] => {
            let month = month(number(rest).ok_or_else(unknown)?)?;
            Ok(Period::Month(year, month))
        }
        [_, _, b'-', _, _] => {
            let (month_text, day_text) = rest.split_once('-').ok_or_else(unknown)?;
            let day: i8 = number(day_text).ok_or_else(unknown)?;
            let month = month(number(month_text).ok_or_else(unknown)?)?;
            let date = Date::new(year, month, day);
            date.map(Period::Day).map_err(|_| PeriodError::NoSuchDay { year, month, day })
        }
        _ => Err(unknown()),
    }
}

fn month(month: i8) -> Result<i8, PeriodError> {
    if (1..=12).contains(&month) { Ok(month) } else { Err(PeriodError::NoSuchMonth { month }) }
}

fn week(year: i16, week: i8) -> Result<Period, PeriodError> {
    let weeks = weeks(year);
    if (1..=weeks).contains(&week) {
        return Ok(Period::Week(year, week));
    }
    Err(PeriodError::NoSuchWeek { year, week, weeks })
}

/// ASCII digits only; Rust's own reading would take a sign too.
fn number<Number: std::str::FromStr>(text: &str) -> Option<Number> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { text.parse().ok() } else { None }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Day(day) => write!(formatter, "{day}"),
            Self::Week(year, week) => write!(formatter, "{year:04}-W{week:02}"),
            Self::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(formatter, "{year:04}-Q{quarter}"),
            Self::HalfYear(year, half) => write!(formatter, "{year:04}-H{half}"),
            Self::NineMonths(year) => write!(formatter, "{year:04}-9M"),
            Self::Year(year) => write!(formatter, "{year:04}"),
            Self::Span(first, last) => {
                write!(formatter, "{}..{}", period_of_end(first), period_of_end(last))
            }
        }
    }
}

impl std::str::FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
