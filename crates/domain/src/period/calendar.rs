//! Calendars: which days a period covers, and how much of it has passed.

use jiff::civil::Date;

use super::months::{Month, Months, civil_days, months, period_of_end};
use super::order::{holding, of_month};
use super::{Calendar, Frequency, Period};
use crate::number::Fraction;

impl Calendar {
    /// The code in files and databases: `civil`, `cutoff-14`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Civil => "civil".to_owned(),
            Self::CutOff { last_day } => format!("cutoff-{last_day}"),
        }
    }

    /// Reads a code. The last day of a cut-off is 1 to 28, so that every month has it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        if code == "civil" {
            return Some(Self::Civil);
        }
        let last_day = code.strip_prefix("cutoff-")?.parse().ok()?;
        let calendar = Self::CutOff { last_day };
        // Comparing with the code keeps out `cutoff-014` and `cutoff-+14`.
        ((1..=28).contains(&last_day) && calendar.code() == code).then_some(calendar)
    }

    /// The first and the last day of a period. Days, weeks and ends of spans given as days are
    /// themselves in every calendar.
    #[must_use]
    pub fn days(&self, period: Period) -> (Date, Date) {
        if let Period::Span(first, last) = period {
            return (self.days(period_of_end(first)).0, self.days(period_of_end(last)).1);
        }
        months(period).map_or_else(|| civil_days(period), |run| self.days_of_months(run))
    }

    /// The period of a frequency that holds a day: under `cutoff-14`, 15 June is in July.
    #[must_use]
    pub fn period_on(&self, day: Date, frequency: Frequency) -> Period {
        of_month(self.month_of(day), frequency).unwrap_or_else(|| holding(day, frequency))
    }

    pub(super) fn days_of_months(&self, (first, last): Months) -> (Date, Date) {
        match self {
            Self::Civil => (first.day(1), last.last_day()),
            Self::CutOff { last_day } => {
                let before = Month(first.0 - 1).day(*last_day);
                (before.tomorrow().unwrap_or(before), last.day(*last_day))
            }
        }
    }

    pub(super) fn month_of(&self, day: Date) -> Month {
        let month = Month::of(day);
        match self {
            Self::CutOff { last_day } if day.day() > *last_day => Month(month.0 + 1),
            Self::Civil | Self::CutOff { .. } => month,
        }
    }
}

/// How much of `whole` has passed when `part` ends, 0 to 1: the first half of a year is ½. Counted
/// in months when both are made of months, else in days.
#[must_use]
pub fn share_passed(part: Period, whole: Period, calendar: &Calendar) -> Fraction {
    let (passed, length) = match (months(part), months(whole)) {
        (Some((_, end)), Some((first, last))) => (end.0 - first.0 + 1, last.0 - first.0 + 1),
        _ => {
            let (_, end) = calendar.days(part);
            let (first, last) = calendar.days(whole);
            (days_through(first, end), days_through(first, last))
        }
    };
    let length = i128::from(length.max(1));
    Fraction::new(i128::from(passed).clamp(0, length), length).expect("a length is above zero")
}

/// How many days from `first` to `last`, both included.
fn days_through(first: Date, last: Date) -> i32 {
    // Between two civil days without a larger unit asked for, the span is in days only.
    last.since(first).map_or(0, |span| span.get_days()) + 1
}
