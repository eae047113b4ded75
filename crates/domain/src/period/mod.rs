//! Periods: what span a figure speaks about, and which days that is.

mod calendar;
mod code;
mod deadline;
mod months;
mod order;
mod parts;
mod year;

use jiff::civil::Date;

pub use calendar::share_passed;
pub use deadline::{earliest_deadline, move_to_working_day};

/// How often something is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every ISO week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
    /// Every half-year.
    HalfYearly,
    /// Every year.
    Yearly,
}

impl Frequency {
    /// All of them, shortest first.
    pub const ALL: [Self; 6] =
        [Self::Daily, Self::Weekly, Self::Monthly, Self::Quarterly, Self::HalfYearly, Self::Yearly];

    /// The code in files and databases.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::HalfYearly => "half_yearly",
            Self::Yearly => "yearly",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|frequency| frequency.code() == code)
    }
}

/// One end of a named span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpanEnd {
    /// A whole year.
    Year(i16),
    /// A whole quarter.
    Quarter(i16, i8),
    /// A whole month.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

/// What span a figure speaks about. The code is its text form, both ways.
///
/// Periods stand in order of their first civil day, the shorter first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// `2026-11-23`.
    Day(Date),
    /// `2026-W47`, the ISO week.
    Week(i16, i8),
    /// `2026-11`.
    Month(i16, i8),
    /// `2026-Q4`.
    Quarter(i16, i8),
    /// `2026-H1`.
    HalfYear(i16, i8),
    /// `2026-9M`.
    NineMonths(i16),
    /// `2026`.
    Year(i16),
    /// `2021..2025`, `2022-01..2023-06`: from the first day of one to the last day of the other.
    Span(SpanEnd, SpanEnd),
}

/// Which days a period covers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// Months are months.
    Civil,
    /// Months end on `last_day`, the next begins the day after. Decree 09/2019 has 14: month =
    /// 15th to 14th, year = 15/12 to 14/12.
    CutOff {
        /// The last day of a month's period, 1 to 28.
        last_day: i8,
    },
}

/// Why a text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// None of the forms of a period.
    #[error("{text:?} is no period")]
    UnknownForm {
        /// What was written.
        text: String,
    },
    /// A month beyond 1 to 12.
    #[error("there is no month {month}")]
    NoSuchMonth {
        /// The month as written.
        month: i8,
    },
    /// A quarter beyond 1 to 4.
    #[error("there is no quarter {quarter}")]
    NoSuchQuarter {
        /// The quarter as written.
        quarter: i8,
    },
    /// A half-year beyond 1 and 2.
    #[error("there is no half-year {half}")]
    NoSuchHalfYear {
        /// The half-year as written.
        half: i8,
    },
    /// A week the year does not have: beyond 53, or week 53 of a year with 52.
    #[error("{year} has no week {week}")]
    NoSuchWeek {
        /// The ISO year.
        year: i16,
        /// The week as written.
        week: i8,
        /// How many weeks the year has.
        weeks: i8,
    },
    /// A day the month does not have: 31 February.
    #[error("{year}-{month:02} has no day {day}")]
    NoSuchDay {
        /// The year.
        year: i16,
        /// The month.
        month: i8,
        /// The day as written.
        day: i8,
    },
    /// The year 0000.
    #[error("there is no year 0")]
    NoSuchYear,
    /// A kind of period that cannot be the end of a span: a week, a half-year.
    #[error("{text:?} cannot be the end of a span")]
    UnknownSpanEnd {
        /// The end as written.
        text: String,
    },
    /// A span that ends before it begins.
    #[error("the span ends on {last}, before it begins on {first}")]
    SpanBackwards {
        /// Its first day.
        first: Date,
        /// Its last day.
        last: Date,
    },
}
