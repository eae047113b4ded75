//! Deadlines: working days after a cut-off. Public holidays come with the caller.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};

/// The earliest deadline that leaves one working day between cut-off and deadline, and is itself a
/// working day: Decree 09/2019, articles 8 and 13.
#[must_use]
pub fn earliest_deadline(cut_off: Date, holidays: &BTreeSet<Date>) -> Date {
    let between = working_day_after(cut_off, holidays);
    working_day_after(between, holidays)
}

/// The day itself when it is a working day, else the next one.
#[must_use]
pub fn move_to_working_day(day: Date, holidays: &BTreeSet<Date>) -> Date {
    if is_working_day(day, holidays) { day } else { working_day_after(day, holidays) }
}

fn working_day_after(day: Date, holidays: &BTreeSet<Date>) -> Date {
    let mut next = day;
    while let Ok(tomorrow) = next.tomorrow() {
        next = tomorrow;
        if is_working_day(next, holidays) {
            break;
        }
    }
    next
}

fn is_working_day(day: Date, holidays: &BTreeSet<Date>) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !holidays.contains(&day)
}
