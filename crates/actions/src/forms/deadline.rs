//! By when a form is due, as it is written, each part of the rule by itself; and the next deadlines.

use std::iter;

use domain::form::{
    DAY_OF_MONTH_MAX, DAYS_MAX, Deadline, DueRule, FEW_MAX, Form, RestDays, Version,
};
use domain::forming::FormingProblem;
use domain::period::Period;
use domain::refusal::{Refusal, Wanted};
use jiff::Span;
use jiff::civil::Date;

use super::Part;
use crate::snapshot::Snapshot;

/// How many days back the cut-off of a deadline that is still to come is looked for.
const BACK_DAYS: i64 = 2 * DAYS_MAX as i64;

/// A deadline as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDue {
    /// What its number counts, as its code says it: `days`, `day` or `working`.
    pub kind: String,
    /// The number.
    pub number: String,
    /// How many whole working days lie before it at least; empty for none.
    pub gap: String,
    /// What becomes of it on a day of rest.
    pub rest_days: RestDays,
    /// After how many days somebody is called late; empty for none.
    pub grace: String,
}

impl WrittenDue {
    /// How a deadline is written.
    #[must_use]
    pub fn of(rule: &DueRule) -> Self {
        let (kind, number) = match rule.deadline {
            Deadline::DaysAfter(days) => ("days", days.to_string()),
            Deadline::DayOfMonth(day) => ("day", day.to_string()),
            Deadline::WorkingDaysAfter(days) => ("working", days.to_string()),
        };
        let few = |days: u8| if days == 0 { String::new() } else { days.to_string() };
        Self {
            kind: kind.to_owned(),
            number,
            gap: few(rule.gap),
            rest_days: rule.rest_days,
            grace: few(rule.grace_days),
        }
    }

    /// The deadline that it says.
    ///
    /// # Errors
    /// What is wrong, in which part.
    pub fn read(&self) -> Result<DueRule, Vec<(Part, Refusal)>> {
        let mut problems = Vec::new();
        let mut whole = |part, text: &str, least, most| {
            let number = text.parse().ok().filter(|number| (least..=most).contains(number));
            if number.is_none() {
                let text = text.to_owned();
                problems.push((part, FormingProblem::NumberOutside { text, least, most }.into()));
            }
            number.unwrap_or(least)
        };
        let few = |text: &str| if text.is_empty() { "0".to_owned() } else { text.to_owned() };
        let deadline = match self.kind.as_str() {
            "days" => Some(Deadline::DaysAfter(whole(Part::DueNumber, &self.number, 0, DAYS_MAX))),
            "day" => {
                let most = DAY_OF_MONTH_MAX.unsigned_abs();
                let day = whole(Part::DueNumber, &self.number, 1, most.into());
                i8::try_from(day).ok().map(Deadline::DayOfMonth)
            }
            "working" => {
                let days = whole(Part::DueNumber, &self.number, 0, DAYS_MAX);
                Some(Deadline::WorkingDaysAfter(days))
            }
            _ => None,
        };
        let gap = whole(Part::Gap, &few(&self.gap), 0, FEW_MAX.into());
        let grace = whole(Part::Grace, &few(&self.grace), 0, FEW_MAX.into());
        let Some(deadline) = deadline else {
            let why = Refusal::BadValue { text: self.kind.clone(), wanted: Wanted::KnownCode };
            problems.insert(0, (Part::Due, why));
            return Err(problems);
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let few = |number: u16| u8::try_from(number).unwrap_or(FEW_MAX);
        let (gap, grace_days) = (few(gap), few(grace));
        Ok(DueRule { deadline, gap, rest_days: self.rest_days, grace_days })
    }
}

/// The next deadlines of a form under one of its versions, so many at most: of which period each is,
/// and its last day in time.
pub fn next_deadlines(
    snapshot: &Snapshot,
    form: &Form,
    version: &Version,
    today: Date,
    count: usize,
) -> Vec<(Period, Date)> {
    let back = today.checked_sub(Span::new().days(BACK_DAYS)).unwrap_or(today);
    let first = version.from.map_or(back, |from| from.max(back));
    let period_on = |day| form.calendar.period_on(day, form.frequency);
    let last = |period| form.calendar.days(period).1;
    let periods = iter::successors(Some(period_on(first)), |period| {
        last(*period).tomorrow().ok().map(period_on)
    });
    periods
        .take_while(|period| form.ends.is_none_or(|ends| last(*period) < ends))
        .map(|period| (period, version.due.due_on(last(period), &snapshot.holidays)))
        .filter(|(_, due)| *due >= today)
        .take(count)
        .collect()
}
