//! Days of rest: week-ends, the public holidays with a fixed date, and those that an office enters.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use crate::item::Bilingual;

/// Public holidays with a fixed date: month, day, and their names.
const FIXED: [(i8, i8, &str, &str); 4] = [
    (1, 1, "Tết Dương lịch", "New Year’s Day"),
    (4, 30, "Ngày Chiến thắng", "Victory Day"),
    (5, 1, "Ngày Quốc tế lao động", "Labour Day"),
    (9, 2, "Quốc khánh", "National Day"),
];

/// How many days are searched for a working day; no holiday is that long.
const SEARCHED_MAX: usize = 1000;

/// The days of rest beside week-ends. Holidays by the moon and days off in lieu are decided every
/// year, so they are entered and never computed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    /// Those that were entered, by day.
    pub entered: BTreeMap<Date, Bilingual>,
}

impl Holidays {
    /// Whether offices work on a day.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        let is_week_end = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let is_fixed = fixed(day.year()).into_iter().any(|(holiday, _)| holiday == day);
        !is_week_end && !is_fixed && !self.entered.contains_key(&day)
    }

    /// The first working day on a day or after it.
    #[must_use]
    pub fn working_day_from(&self, day: Date) -> Date {
        let mut days = day.series(jiff::Span::new().days(1)).take(SEARCHED_MAX);
        days.find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The working day that is so many after a day; the day itself for none.
    #[must_use]
    pub fn working_day_after(&self, day: Date, count: u16) -> Date {
        let days = day.series(jiff::Span::new().days(1)).skip(1).take(SEARCHED_MAX);
        let mut days = days.filter(|day| self.is_working(*day));
        let last = usize::from(count).checked_sub(1);
        last.and_then(|last| days.nth(last)).unwrap_or(day)
    }
}

/// The public holidays of a year with a fixed date.
#[must_use]
pub fn fixed(year: i16) -> Vec<(Date, Bilingual)> {
    let holiday = |(month, day, vi, en): (i8, i8, &str, &str)| {
        let name = Bilingual { vi: vi.to_owned(), en: en.to_owned() };
        Some((Date::new(year, month, day).ok()?, name))
    };
    FIXED.into_iter().filter_map(holiday).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn offices_rest_at_week_ends_and_on_holidays() {
        let day_off = Bilingual { vi: "Nghỉ bù".to_owned(), en: "Day off in lieu".to_owned() };
        let holidays = Holidays { entered: BTreeMap::from([(date(2026, 9, 1), day_off)]) };
        for (day, expected) in [
            (date(2026, 8, 31), true),
            (date(2026, 9, 1), false),
            (date(2026, 9, 2), false),
            (date(2026, 9, 3), true),
            (date(2026, 9, 5), false),
            (date(2027, 9, 1), true),
            (date(2027, 1, 1), false),
            (date(2026, 4, 30), false),
            (date(2026, 5, 1), false),
        ] {
            assert_eq!(holidays.is_working(day), expected, "{day}");
        }
        assert_eq!(holidays.working_day_after(date(2026, 8, 31), 1), date(2026, 9, 3));
        assert_eq!(holidays.working_day_after(date(2026, 8, 31), 0), date(2026, 8, 31));
        assert_eq!(holidays.working_day_from(date(2026, 9, 5)), date(2026, 9, 7));
        assert_eq!(holidays.working_day_from(Date::MAX), Date::MAX);
    }
}
