//! Periods as runs of months or of days: the arithmetic the other files share.

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::{Period, SpanEnd};

/// A month as a running number: 0 is January of the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(pub(super) i32);

impl Month {
    pub(super) fn new(year: i16, month: i32) -> Self {
        Self(i32::from(year) * 12 + month - 1)
    }

    pub(super) fn of(day: Date) -> Self {
        Self::new(day.year(), i32::from(day.month()))
    }

    /// The year; beyond the calendar, its nearest one.
    pub(super) fn year(self) -> i16 {
        let years = i32::from(Date::MIN.year())..=i32::from(Date::MAX.year());
        let year = self.0.div_euclid(12).clamp(*years.start(), *years.end());
        i16::try_from(year).expect("the years of the calendar fit")
    }

    /// The month of the year, 1 to 12.
    pub(super) fn number(self) -> i8 {
        i8::try_from(self.0.rem_euclid(12) + 1).expect("1 to 12 fits")
    }

    /// The quarter of the year, 1 to 4.
    pub(super) fn quarter(self) -> i8 {
        (self.number() - 1) / 3 + 1
    }

    /// The half of the year, 1 or 2.
    pub(super) fn half(self) -> i8 {
        (self.number() - 1) / 6 + 1
    }

    /// The day of this month with this number, 1 to 28.
    pub(super) fn day(self, day: i8) -> Date {
        let day = day.clamp(1, 28);
        Date::new(self.year(), self.number(), day).expect("every month has 28 days")
    }

    pub(super) fn last_day(self) -> Date {
        self.day(1).last_of_month()
    }
}

/// The run of months a period is made of, first and last.
pub(super) type Months = (Month, Month);

/// What a period is made of.
enum Extent {
    /// Whole months, whose days are a matter of the calendar.
    Months(Month, Month),
    /// Days, the same in every calendar.
    Days(Date, Date),
}

impl Extent {
    fn civil_days(self) -> (Date, Date) {
        match self {
            Self::Months(first, last) => (first.day(1), last.last_day()),
            Self::Days(first, last) => (first, last),
        }
    }
}

fn extent(period: Period) -> Extent {
    let run = |year, first: i32, count: i32| {
        Extent::Months(Month::new(year, first), Month::new(year, first + count - 1))
    };
    match period {
        Period::Day(day) => Extent::Days(day, day),
        Period::Week(year, week) => {
            let monday = monday(year, week);
            Extent::Days(monday, monday.saturating_add(6.days()))
        }
        Period::Month(year, month) => run(year, i32::from(month), 1),
        Period::Quarter(year, quarter) => run(year, i32::from(quarter) * 3 - 2, 3),
        Period::HalfYear(year, half) => run(year, i32::from(half) * 6 - 5, 6),
        Period::NineMonths(year) => run(year, 1, 9),
        Period::Year(year) => run(year, 1, 12),
        Period::Span(first, last) => {
            match (extent(period_of_end(first)), extent(period_of_end(last))) {
                (Extent::Months(first, _), Extent::Months(_, last)) => Extent::Months(first, last),
                (first, last) => Extent::Days(first.civil_days().0, last.civil_days().1),
            }
        }
    }
}

/// The months a period is made of; none for days, weeks and spans that begin or end with a day.
pub(super) fn months(period: Period) -> Option<Months> {
    match extent(period) {
        Extent::Months(first, last) => Some((first, last)),
        Extent::Days(..) => None,
    }
}

/// The first and the last civil day.
pub(super) fn civil_days(period: Period) -> (Date, Date) {
    extent(period).civil_days()
}

/// The end of a span as a period of its own.
pub(super) fn period_of_end(end: SpanEnd) -> Period {
    match end {
        SpanEnd::Year(year) => Period::Year(year),
        SpanEnd::Quarter(year, quarter) => Period::Quarter(year, quarter),
        SpanEnd::Month(year, month) => Period::Month(year, month),
        SpanEnd::Day(day) => Period::Day(day),
    }
}

/// The Monday of an ISO week.
pub(super) fn monday(year: i16, week: i8) -> Date {
    let first = ISOWeekDate::new(year, 1, Weekday::Monday).map_or(Date::MIN, Date::from);
    first.saturating_add(((i64::from(week) - 1) * 7).days())
}

/// How many ISO weeks a year has: 52 or 53.
pub(super) fn weeks(year: i16) -> i8 {
    if ISOWeekDate::new(year, 53, Weekday::Monday).is_ok() { 53 } else { 52 }
}

/// The ISO week that holds a day.
pub(super) fn week_of(day: Date) -> Period {
    let week = day.iso_week_date();
    Period::Week(week.year(), week.week())
}
