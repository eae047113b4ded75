//! By when a form is due: a rule about the days after the cut-off, some of them days of rest.

use jiff::Span;
use jiff::civil::Date;

use crate::holiday::Holidays;

/// When a form is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueRule {
    /// The day it begins with.
    pub deadline: Deadline,
    /// How many whole working days lie between the cut-off and the deadline at least; with any,
    /// the deadline is never before the first working day after them.
    pub gap: u8,
    /// What becomes of a deadline on a day of rest.
    pub rest_days: RestDays,
    /// How many days after the deadline nobody is called late yet.
    pub grace_days: u8,
}

/// On which day after the cut-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// So many days after it.
    DaysAfter(u16),
    /// The first day with this number in its month, 1 to 28: day 20 after 31 October is
    /// 20 November, after 14 June it is 20 June.
    DayOfMonth(i8),
    /// So many working days after it.
    WorkingDaysAfter(u16),
}

/// What becomes of a deadline on a day of rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestDays {
    /// It stays.
    Count,
    /// The next working day takes its place.
    MoveOn,
}

/// The longest a deadline can lie after the cut-off, in days.
pub const DAYS_MAX: u16 = 366;

/// The largest grace and the largest gap.
pub const FEW_MAX: u8 = 60;

/// The last number that every month has a day for.
pub const DAY_OF_MONTH_MAX: i8 = 28;

impl DueRule {
    /// So many days after the cut-off, and nothing else.
    #[must_use]
    pub fn days_after(days: u16) -> Self {
        Self {
            deadline: Deadline::DaysAfter(days),
            gap: 0,
            rest_days: RestDays::Count,
            grace_days: 0,
        }
    }

    /// The last day that is in time, of a period with this last day.
    #[must_use]
    pub fn due_on(&self, cut_off: Date, holidays: &Holidays) -> Date {
        let planned = match self.deadline {
            Deadline::DaysAfter(days) => later(cut_off, days),
            Deadline::DayOfMonth(day) => next_with_day(cut_off, day),
            Deadline::WorkingDaysAfter(days) => holidays.working_day_after(cut_off, days),
        };
        let planned = match self.rest_days {
            RestDays::Count => planned,
            RestDays::MoveOn => holidays.working_day_from(planned),
        };
        match self.gap {
            0 => planned,
            gap => planned.max(holidays.working_day_after(cut_off, u16::from(gap) + 1)),
        }
    }

    /// The last day on which nobody is called late.
    #[must_use]
    pub fn closes_on(&self, cut_off: Date, holidays: &Holidays) -> Date {
        later(self.due_on(cut_off, holidays), u16::from(self.grace_days))
    }

    /// The code in files and databases: `days-5`, `day-20 gap-1 move grace-2`, `working-3`.
    #[must_use]
    pub fn code(&self) -> String {
        let mut code = match self.deadline {
            Deadline::DaysAfter(days) => format!("days-{days}"),
            Deadline::DayOfMonth(day) => format!("day-{day}"),
            Deadline::WorkingDaysAfter(days) => format!("working-{days}"),
        };
        if self.gap > 0 {
            code.push_str(&format!(" gap-{}", self.gap));
        }
        if self.rest_days == RestDays::MoveOn {
            code.push_str(" move");
        }
        if self.grace_days > 0 {
            code.push_str(&format!(" grace-{}", self.grace_days));
        }
        code
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let mut parts = code.split(' ');
        let (kind, number) = parts.next()?.split_once('-')?;
        let days = || number.parse().ok().filter(|days| *days <= DAYS_MAX);
        let deadline = match kind {
            "days" => Deadline::DaysAfter(days()?),
            "day" => {
                let is_in_every_month = |day: &i8| (1..=DAY_OF_MONTH_MAX).contains(day);
                Deadline::DayOfMonth(number.parse().ok().filter(is_in_every_month)?)
            }
            "working" => Deadline::WorkingDaysAfter(days()?),
            _ => return None,
        };
        let mut rule = Self { deadline, ..Self::days_after(0) };
        for part in parts {
            let few = |number: &str| number.parse().ok().filter(|few| *few <= FEW_MAX);
            match part.split_once('-') {
                None if part == "move" => rule.rest_days = RestDays::MoveOn,
                Some(("gap", number)) => rule.gap = few(number)?,
                Some(("grace", number)) => rule.grace_days = few(number)?,
                _ => return None,
            }
        }
        // Comparing with the code keeps out other orders, doubled parts and `days-05`.
        (rule.code() == code).then_some(rule)
    }
}

fn later(day: Date, days: u16) -> Date {
    day.checked_add(Span::new().days(i64::from(days))).unwrap_or(day)
}

/// The first day after another that has a number in its month.
fn next_with_day(after: Date, day: i8) -> Date {
    let this_month = after.with().day(day).build().unwrap_or(after);
    if this_month > after {
        return this_month;
    }
    this_month.checked_add(Span::new().months(1)).unwrap_or(after)
}
