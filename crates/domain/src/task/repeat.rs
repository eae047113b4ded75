//! Tasks that come again: the deadlines of a series.

use jiff::Span;
use jiff::civil::Date;

use crate::holiday::Holidays;
use crate::period::Frequency;

/// The days on which a series is due: the first day, then the same day of every later period, up to
/// and including the last day. Each moves to the next working day; a day that a month does not have
/// is its last one. `deadlines_max` bounds the list.
#[must_use]
pub fn series(
    first: Date,
    every: Frequency,
    last: Date,
    holidays: &Holidays,
    deadlines_max: usize,
) -> Vec<Date> {
    let step = |count: i64| match every {
        Frequency::Daily => Span::new().days(count),
        Frequency::Weekly => Span::new().weeks(count),
        Frequency::Monthly => Span::new().months(count),
        Frequency::Quarterly => Span::new().months(3 * count),
        Frequency::HalfYearly => Span::new().months(6 * count),
        Frequency::Yearly => Span::new().years(count),
    };
    let mut days: Vec<Date> = (0..)
        .map_while(|count| first.checked_add(step(count)).ok())
        .take_while(|day| *day <= last)
        .take(deadlines_max)
        .map(|day| holidays.working_day_from(day))
        .collect();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_series_is_due_on_working_days_of_every_period() {
        let days = |first, every, last| series(first, every, last, &Holidays::default(), 60);
        let day = |month, day| date(2026, month, day);
        // The 31st of a month without one is its last day; 31/1 and 28/2 are week-ends.
        assert_eq!(
            days(day(1, 31), Frequency::Monthly, day(4, 30)),
            [day(2, 2), day(3, 2), day(3, 31), day(5, 4)]
        );
        assert_eq!(days(day(3, 2), Frequency::Weekly, day(3, 15)), [day(3, 2), day(3, 9)]);
        assert_eq!(days(day(3, 31), Frequency::Quarterly, day(12, 31)).len(), 4);
        // Saturday, Sunday and Monday are one Monday.
        assert_eq!(days(day(3, 7), Frequency::Daily, day(3, 10)), [day(3, 9), day(3, 10)]);
        assert_eq!(days(day(3, 7), Frequency::Yearly, day(3, 1)), [] as [Date; 0]);
        assert_eq!(
            series(day(1, 1), Frequency::Daily, Date::MAX, &Holidays::default(), 10).len(),
            7,
            "two week-ends and New Year's Day fall together"
        );
    }
}
