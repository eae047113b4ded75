//! Calls for plans: a directive asks units for plans of their own by a day, and each of them answers
//! with one.

use jiff::civil::Date;

use crate::task::{self, Standing, State};
use crate::unit::UnitId;

/// What a directive asks of units: a plan of their own by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The directive's code; each asks once.
    pub directive: String,
    /// The unit that asks in its name.
    pub issuer: UnitId,
    /// The units that are asked, as they were when they were.
    pub units: Vec<UnitId>,
    /// The last day.
    pub due: Date,
    /// The day on which it was asked last.
    pub asked_on: Date,
    /// The day on which it was called off.
    pub ended_on: Option<Date>,
}

/// What was noted by hand of a unit's plan: for plans that the register does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The directive's code.
    pub directive: String,
    /// The unit.
    pub unit: UnitId,
    /// The day of the plan; none once the note was taken back.
    pub issued_on: Option<Date>,
    /// The plan's number as printed; may be empty.
    pub number: String,
}

/// How a unit stands with a plan that is asked of it on a day.
#[must_use]
pub fn standing(due: Date, issued_on: Option<Date>, today: Date) -> Standing {
    task::standing(State::Given, Some(due), issued_on, today)
}

/// The day on which a duty was met whose holder took the place of others: its own plan does, and so do
/// the plans of all whom it followed, on the day of the last of them.
#[must_use]
pub fn met_on(own: Option<Date>, of_those_before: &[Option<Date>]) -> Option<Date> {
    let all = of_those_before.iter().copied().collect::<Option<Vec<Date>>>();
    own.or_else(|| all?.into_iter().max())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn whoever_took_the_place_of_others_owes_unless_all_of_them_had_issued_theirs() {
        let (first, second, own) = (date(2025, 3, 1), date(2025, 3, 5), date(2025, 8, 1));
        let table = [
            (None, vec![Some(first), Some(second)], Some(second)),
            (None, vec![Some(first), None], None),
            (Some(own), vec![Some(first), None], Some(own)),
            (None, vec![], None),
            (Some(own), vec![Some(first)], Some(own)),
        ];
        for (own, before, expected) in table {
            assert_eq!(met_on(own, &before), expected, "{own:?} {before:?}");
        }
    }

    #[test]
    fn a_plan_stands_by_the_day_it_was_issued() {
        let due = date(2026, 11, 10);
        let day = |day| Some(date(2026, 11, day));
        let table = [
            (day(10), Standing::InTime),
            (day(12), Standing::Late { days: 2 }),
            (None, Standing::Overdue { days: 10 }),
        ];
        for (issued, expected) in table {
            assert_eq!(standing(due, issued, date(2026, 11, 20)), expected, "{issued:?}");
        }
    }
}
