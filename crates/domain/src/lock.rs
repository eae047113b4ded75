//! Locks: until when the figures of a period may be sent or corrected.

use jiff::civil::Date;

use crate::unit::UnitId;

/// What somebody decided about a form's period, for a unit and all below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// The unit.
    pub unit: UnitId,
    /// What was decided.
    pub turn: Turn,
}

/// The two things that can be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Nothing is sent or corrected any more.
    Lock,
    /// It is, up to and including a day.
    Open {
        /// That day.
        until: Date,
    },
}

/// How a unit's period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// Figures are taken.
    Open,
    /// Figures are taken again, up to and including a day.
    OpenUntil(Date),
    /// They are not.
    Locked(By),
}

/// Who locked, and so who may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The rule of the form: whoever stands above the reporter opens.
    Rule,
    /// People of a unit: they, or those above them.
    Unit(UnitId),
}

/// How a period stands on a day. `decisions` are those about the unit or one above, oldest first:
/// the newest counts, and an opening that has run out no longer does. `last_day` is what the form
/// says: the last day on which figures are taken without being asked.
#[must_use]
pub fn standing(decisions: &[Decision], last_day: Option<Date>, today: Date) -> Lock {
    for Decision { unit, turn } in decisions.iter().rev() {
        match turn {
            Turn::Lock => return Lock::Locked(By::Unit(*unit)),
            Turn::Open { until } if today <= *until => return Lock::OpenUntil(*until),
            Turn::Open { .. } => {}
        }
    }
    if last_day.is_some_and(|last| today > last) { Lock::Locked(By::Rule) } else { Lock::Open }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const VILLAGE: UnitId = UnitId(3);
    const COMMUNE: UnitId = UnitId(2);

    #[test]
    fn the_newest_decision_that_has_not_run_out_counts_and_then_the_rule() {
        let day = |day| date(2026, 11, day);
        let lock = |unit| Decision { unit, turn: Turn::Lock };
        let open = |unit, until| Decision { unit, turn: Turn::Open { until: day(until) } };
        let by_rule = Lock::Locked(By::Rule);
        let by_commune = Lock::Locked(By::Unit(COMMUNE));
        let table: [(&str, Vec<Decision>, Option<Date>, Lock); 10] = [
            ("no rule", vec![], None, Lock::Open),
            ("the last day itself", vec![], Some(day(20)), Lock::Open),
            ("the day after", vec![], Some(day(19)), by_rule),
            ("locked before its time", vec![lock(COMMUNE)], Some(day(30)), by_commune),
            ("opened", vec![open(VILLAGE, 25)], Some(day(19)), Lock::OpenUntil(day(25))),
            ("its last day", vec![open(VILLAGE, 20)], Some(day(10)), Lock::OpenUntil(day(20))),
            ("run out", vec![open(VILLAGE, 19)], Some(day(10)), by_rule),
            (
                "opened for all below",
                vec![lock(COMMUNE), open(COMMUNE, 25)],
                None,
                Lock::OpenUntil(day(25)),
            ),
            ("locked again", vec![open(VILLAGE, 25), lock(COMMUNE)], Some(day(10)), by_commune),
            (
                "run out over a lock",
                vec![lock(COMMUNE), open(VILLAGE, 19)],
                Some(day(10)),
                by_commune,
            ),
        ];
        for (name, decisions, last_day, expected) in table {
            assert_eq!(standing(&decisions, last_day, day(20)), expected, "{name}");
        }
    }
}
