//! Templates of tasks: what an office asks again and again, and when it is due.

use jiff::Span;
use jiff::civil::Date;

use crate::holiday::Holidays;
use crate::item::Bilingual;
use crate::period::Frequency;

/// The most deadlines that a template gives at once.
const DEADLINES_MAX: usize = 60;

/// What can be asked again: data of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskTemplate {
    /// A stable key: `T31`.
    pub code: String,
    /// The priority that it serves, by code; none for what is common to all.
    pub priority: Option<String>,
    /// What is to be done.
    pub work: Bilingual,
    /// Who usually leads, in the office's words.
    pub lead: String,
    /// What proves that it is done.
    pub product: String,
    /// When it is due.
    pub due: TemplateDue,
    /// When it is due, as the office says it.
    pub due_said: String,
}

/// When what a template asks is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateDue {
    /// So many days after it is given.
    After(u16),
    /// On days of a year: month and day.
    Days(Vec<(i8, i8)>),
    /// At the end of every period, up to the end of the year.
    Every(Frequency),
    /// As is said when it is given.
    Open,
}

impl TemplateDue {
    /// The code in files and databases: `after:15`, `days:03-31,12-31`, `every:monthly`, `open`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::After(days) => format!("after:{days}"),
            Self::Days(days) => {
                let days: Vec<String> =
                    days.iter().map(|(month, day)| format!("{month:02}-{day:02}")).collect();
                format!("days:{}", days.join(","))
            }
            Self::Every(frequency) => format!("every:{}", frequency.code()),
            Self::Open => "open".to_owned(),
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let Some((kind, value)) = code.split_once(':') else {
            return (code == "open").then_some(Self::Open);
        };
        let day_of_year = |text: &str| {
            let (month, day) = text.split_once('-')?;
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            // A leap year has every day that a year can have.
            Date::new(2024, month, day).ok().map(|_| (month, day))
        };
        match kind {
            "after" => value.parse().ok().map(Self::After),
            "days" => value.split(',').map(day_of_year).collect::<Option<_>>().map(Self::Days),
            "every" => Frequency::from_code(value).map(Self::Every),
            _ => None,
        }
    }

    /// The deadlines of what is given on a day, on working days; none where somebody has to say.
    #[must_use]
    pub fn deadlines(&self, given: Date, holidays: &Holidays) -> Vec<Date> {
        match self {
            Self::After(days) => {
                let day = given.checked_add(Span::new().days(i64::from(*days)));
                day.map(|day| vec![holidays.working_day_from(day)]).unwrap_or_default()
            }
            Self::Days(days) => {
                let next = |&(month, day): &(i8, i8)| {
                    let years = [given.year(), given.year().saturating_add(1)];
                    years
                        .into_iter()
                        .filter_map(|year| on(year, month, day))
                        .find(|at| *at >= given)
                };
                let mut days: Vec<Date> = days.iter().filter_map(next).collect();
                days.sort_unstable();
                days.into_iter().map(|day| holidays.working_day_from(day)).collect()
            }
            Self::Every(frequency) => {
                let last = given.last_of_year();
                let next = |end: &Date| Some(end_of(end.tomorrow().ok()?, *frequency));
                let ends = std::iter::successors(Some(end_of(given, *frequency)), next);
                let ends = ends.take_while(|end| *end <= last).take(DEADLINES_MAX);
                let mut days: Vec<Date> = ends.map(|end| holidays.working_day_from(end)).collect();
                days.dedup();
                days
            }
            Self::Open => Vec::new(),
        }
    }
}

/// A day of a year; the last day of the month where the year does not have it.
fn on(year: i16, month: i8, day: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, day).ok().or(Some(first.last_of_month()))
}

/// The last day of the period that a day lies in.
fn end_of(day: Date, frequency: Frequency) -> Date {
    let month_end = |every: i8| {
        let month = (day.month() - 1) / every * every + every;
        Date::new(day.year(), month, 1).map_or(day, Date::last_of_month)
    };
    match frequency {
        Frequency::Daily => day,
        Frequency::Weekly => {
            let left = 6 - i64::from(day.weekday().to_monday_zero_offset());
            day.checked_add(Span::new().days(left)).unwrap_or(day)
        }
        Frequency::Monthly => month_end(1),
        Frequency::Quarterly => month_end(3),
        Frequency::HalfYearly => month_end(6),
        Frequency::Yearly => month_end(12),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn codes_lead_back_to_what_they_say_and_nonsense_leads_nowhere() {
        for code in ["after:15", "days:06-30", "days:03-31,12-31", "every:weekly", "open"] {
            let read = TemplateDue::from_code(code).map(|due| due.code());
            assert_eq!(read.as_deref(), Some(code));
        }
        for code in ["", "after", "after:-1", "days:13-01", "days:02-30", "every:fortnight", "x:1"]
        {
            assert_eq!(TemplateDue::from_code(code), None, "{code}");
        }
    }

    #[test]
    fn deadlines_follow_from_the_day_on_which_a_task_is_given() {
        let day = |month, day| date(2026, month, day);
        let given = day(2, 9);
        let table = [
            ("after:15", vec![day(2, 24)]),
            // 28 February is a Saturday.
            ("after:19", vec![day(3, 2)]),
            ("days:06-30", vec![day(6, 30)]),
            // That of January is over for this year, and falls on a Sunday in the next one.
            ("days:01-31,12-31", vec![day(12, 31), date(2027, 2, 1)]),
            ("every:quarterly", vec![day(3, 31), day(6, 30), day(9, 30), day(12, 31)]),
            ("every:half_yearly", vec![day(6, 30), day(12, 31)]),
            ("open", vec![]),
        ];
        for (code, expected) in table {
            let due = TemplateDue::from_code(code).unwrap();
            assert_eq!(due.deadlines(given, &Holidays::default()), expected, "{code}");
        }
        let weekly = TemplateDue::Every(Frequency::Weekly);
        let weeks = weekly.deadlines(day(12, 1), &Holidays::default());
        assert_eq!(weeks, [day(12, 7), day(12, 14), day(12, 21), day(12, 28)], "Mondays after");
        let monthly = TemplateDue::Every(Frequency::Monthly);
        assert_eq!(monthly.deadlines(given, &Holidays::default()).len(), 11);
    }
}
