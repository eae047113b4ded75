//! The order of periods, and their neighbours in time.

use std::cmp::Ordering;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::months::{Month, civil_days, months, week_of, weeks};
use super::{Frequency, Period, SpanEnd};

impl Period {
    /// How often a period of this kind comes round; none for nine months and spans.
    #[must_use]
    pub fn frequency(self) -> Option<Frequency> {
        match self {
            Self::Day(_) => Some(Frequency::Daily),
            Self::Week(..) => Some(Frequency::Weekly),
            Self::Month(..) => Some(Frequency::Monthly),
            Self::Quarter(..) => Some(Frequency::Quarterly),
            Self::HalfYear(..) => Some(Frequency::HalfYearly),
            Self::Year(_) => Some(Frequency::Yearly),
            Self::NineMonths(_) | Self::Span(..) => None,
        }
    }

    /// The year that holds the whole period; none when it reaches over a year's end.
    #[must_use]
    pub fn year(self) -> Option<i16> {
        let (first, last) = civil_days(self);
        (first.year() == last.year()).then(|| first.year())
    }

    /// The period of this frequency that holds the whole period, by civil days; none when it
    /// reaches over the end of one, as a week does in most months.
    #[must_use]
    pub fn enclosing(self, frequency: Frequency) -> Option<Self> {
        let (first, last) = civil_days(self);
        let around = holding(first, frequency);
        (civil_days(around).1 >= last).then_some(around)
    }

    /// Whether every civil day of `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        let ((first, last), (other_first, other_last)) = (civil_days(self), civil_days(other));
        first <= other_first && other_last <= last
    }

    /// The period of the same kind and length just before; none at the beginning of the calendar.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let earlier = match self {
            Self::Day(day) => Self::Day(day.yesterday().ok()?),
            Self::Week(..) => week_of(civil_days(self).0.yesterday().ok()?),
            Self::NineMonths(year) => Self::NineMonths(year.checked_sub(1)?),
            Self::Month(..) | Self::Quarter(..) | Self::HalfYear(..) | Self::Year(_) => {
                let eve = civil_days(self).0.yesterday().ok()?;
                holding(eve, self.frequency()?)
            }
            Self::Span(first, last) => span_before(first, last)?,
        };
        in_calendar(earlier)
    }

    /// The same period of the year before; none when that year has no such day or week.
    #[must_use]
    pub fn year_before(self) -> Option<Self> {
        let earlier = |year: i16| year.checked_sub(1);
        let before = match self {
            Self::Day(day) => {
                Self::Day(Date::new(earlier(day.year())?, day.month(), day.day()).ok()?)
            }
            Self::Week(year, week) => {
                let year = earlier(year)?;
                if week > weeks(year) {
                    return None;
                }
                Self::Week(year, week)
            }
            Self::Month(year, month) => Self::Month(earlier(year)?, month),
            Self::Quarter(year, quarter) => Self::Quarter(earlier(year)?, quarter),
            Self::HalfYear(year, half) => Self::HalfYear(earlier(year)?, half),
            Self::NineMonths(year) => Self::NineMonths(earlier(year)?),
            Self::Year(year) => Self::Year(earlier(year)?),
            Self::Span(first, last) => Self::Span(end_year_before(first)?, end_year_before(last)?),
        };
        in_calendar(before)
    }
}

/// Codes have four digits, so the calendar begins with the year 1.
fn in_calendar(period: Period) -> Option<Period> {
    // The first week of a year may begin in the year before.
    let year = if let Period::Week(year, _) = period { year } else { civil_days(period).0.year() };
    (year >= 1).then_some(period)
}

/// The period of a frequency that holds a civil day.
pub(super) fn holding(day: Date, frequency: Frequency) -> Period {
    of_month(Month::of(day), frequency).unwrap_or_else(|| {
        if frequency == Frequency::Weekly { week_of(day) } else { Period::Day(day) }
    })
}

/// The period of a frequency that holds a month; none for days and weeks.
pub(super) fn of_month(month: Month, frequency: Frequency) -> Option<Period> {
    match frequency {
        Frequency::Daily | Frequency::Weekly => None,
        Frequency::Monthly => Some(Period::Month(month.year(), month.number())),
        Frequency::Quarterly => Some(Period::Quarter(month.year(), month.quarter())),
        Frequency::HalfYearly => Some(Period::HalfYear(month.year(), month.half())),
        Frequency::Yearly => Some(Period::Year(month.year())),
    }
}

/// The span of the same length that ends where this one begins, in the same terms where possible.
fn span_before(first: SpanEnd, last: SpanEnd) -> Option<Period> {
    let span = Period::Span(first, last);
    let Some((first_month, last_month)) = months(span) else {
        let (first_day, last_day) = civil_days(span);
        let length = last_day.since(first_day).ok()?.get_days();
        let before = first_day.yesterday().ok()?;
        let start = before.checked_sub(i64::from(length).days()).ok()?;
        return Some(Period::Span(SpanEnd::Day(start), SpanEnd::Day(before)));
    };
    let length = last_month.0 - first_month.0 + 1;
    let (start, end) = (Month(first_month.0 - length), Month(first_month.0 - 1));
    Some(match (first, last) {
        (SpanEnd::Year(_), SpanEnd::Year(_)) => {
            Period::Span(SpanEnd::Year(start.year()), SpanEnd::Year(end.year()))
        }
        (SpanEnd::Quarter(..), SpanEnd::Quarter(..)) => Period::Span(
            SpanEnd::Quarter(start.year(), start.quarter()),
            SpanEnd::Quarter(end.year(), end.quarter()),
        ),
        _ => Period::Span(
            SpanEnd::Month(start.year(), start.number()),
            SpanEnd::Month(end.year(), end.number()),
        ),
    })
}

/// A span that ends on 29 February ended a year before on the 28th.
fn end_year_before(end: SpanEnd) -> Option<SpanEnd> {
    Some(match end {
        SpanEnd::Year(year) => SpanEnd::Year(year.checked_sub(1)?),
        SpanEnd::Quarter(year, quarter) => SpanEnd::Quarter(year.checked_sub(1)?, quarter),
        SpanEnd::Month(year, month) => SpanEnd::Month(year.checked_sub(1)?, month),
        SpanEnd::Day(day) => SpanEnd::Day(day.checked_sub(1.year()).ok()?),
    })
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        // The last steps only tell apart what covers the same days, so that order and equality agree.
        civil_days(*self).cmp(&civil_days(*other)).then_with(|| kind(*self).cmp(&kind(*other)))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The kind of a period and of a span's ends, as numbers to compare.
fn kind(period: Period) -> (u8, Option<(SpanEnd, SpanEnd)>) {
    match period {
        Period::Day(_) => (0, None),
        Period::Week(..) => (1, None),
        Period::Month(..) => (2, None),
        Period::Quarter(..) => (3, None),
        Period::HalfYear(..) => (4, None),
        Period::NineMonths(_) => (5, None),
        Period::Year(_) => (6, None),
        Period::Span(first, last) => (7, Some((first, last))),
    }
}
