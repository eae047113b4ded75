//! The year around a span, and what of it has passed.

use super::months::{Month, months};
use super::{Calendar, Frequency, Period, SpanEnd};

impl Calendar {
    /// The year in which a span ends.
    #[must_use]
    pub fn year_of(&self, period: Period) -> Period {
        self.period_on(self.days(period).1, Frequency::Yearly)
    }

    /// From the beginning of the year in which a span ends to its end, by its shortest name: the
    /// first half-year when the span ends with June.
    #[must_use]
    pub fn year_to_date(&self, period: Period) -> Period {
        let year = self.year_of(period);
        let first = months(year).map(|(first, _)| first);
        match first.zip(months(period)) {
            Some((first, (_, last))) => from_new_year(first, last),
            None => from_day(self, year, period),
        }
    }

    /// Whether a span lies within one year.
    #[must_use]
    pub fn is_within_a_year(&self, period: Period) -> bool {
        self.days(self.year_of(period)).0 <= self.days(period).0
    }
}

fn from_new_year(first: Month, last: Month) -> Period {
    let year = first.year();
    match last.0 - first.0 + 1 {
        1 => Period::Month(year, first.number()),
        3 => Period::Quarter(year, 1),
        6 => Period::HalfYear(year, 1),
        9 => Period::NineMonths(year),
        12 => Period::Year(year),
        _ => {
            Period::Span(SpanEnd::Month(year, first.number()), SpanEnd::Month(year, last.number()))
        }
    }
}

fn from_day(calendar: &Calendar, year: Period, period: Period) -> Period {
    let (first, last) = (calendar.days(year).0, calendar.days(period).1);
    if first == last {
        return Period::Day(first);
    }
    Period::Span(SpanEnd::Day(first), SpanEnd::Day(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_lies_within_a_year_by_the_days_of_the_calendar() {
        let cut_off = Calendar::CutOff { last_day: 14 };
        let cases = [
            (Calendar::Civil, "2023-H1", true),
            (Calendar::Civil, "2022", true),
            (Calendar::Civil, "2022-12..2023-01", false),
            (Calendar::Civil, "2022..2023", false),
            (cut_off.clone(), "2023-H1", true),
            (cut_off.clone(), "2022-12-15..2023-01-05", true),
            (cut_off, "2022-12-14..2023-01-05", false),
        ];
        for (calendar, code, expected) in cases {
            let period = Period::parse(code).unwrap();
            assert_eq!(calendar.is_within_a_year(period), expected, "{calendar:?} {code}");
        }
    }
}
