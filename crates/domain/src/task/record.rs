//! What became of the tasks of a head over a span: counts as evidence, never a grade.

use jiff::civil::Date;

use super::{Standing, State, Task};

/// Tasks of one head, counted. Rates are taken of those that are due; what came in time is counted by
/// the deadline that holds and by the first one, so that an extension hides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// Given in the span, whatever became of them.
    pub assigned: u32,
    /// Whose deadline lies in the span and is over, or that were handed in before it was; what rests
    /// or was called off is not due.
    pub due: u32,
    /// Of those: handed in by the deadline that holds.
    pub in_time: u32,
    /// Of those: handed in by the first deadline.
    pub in_first_time: u32,
    /// Of those: handed in later than the deadline that holds.
    pub late: u32,
    /// Of those: still not handed in.
    pub overdue: u32,
    /// Of those: with another deadline than the first.
    pub extended: u32,
    /// How often one was sent back to be done again in the span.
    pub returned: u32,
}

impl Record {
    /// Counts a task as it stands today, over a span from its first to its last day.
    pub fn add(&mut self, task: &Task, (first, last): (Date, Date), today: Date) {
        let is_within = |day: Option<Date>| day.is_some_and(|day| first <= day && day <= last);
        if task.state != State::Draft && is_within(task.given_on) {
            self.assigned += 1;
        }
        if !is_within(task.deadline) {
            return;
        }
        match task.standing(today) {
            Standing::InTime => self.in_time += 1,
            Standing::Late { .. } => self.late += 1,
            Standing::Overdue { .. } => self.overdue += 1,
            Standing::Resting
            | Standing::NoDeadline
            | Standing::NotDue { .. }
            | Standing::DueSoon { .. }
            | Standing::DueToday => return,
        }
        self.due += 1;
        self.extended += u32::from(task.first_deadline != task.deadline);
        let by_first =
            task.handed_in_on.zip(task.first_deadline).is_some_and(|(day, by)| day <= by);
        self.in_first_time += u32::from(by_first);
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::task::{BriefId, Party, TaskId};
    use crate::unit::UnitId;

    /// Given on 2 November, due on the 20th.
    fn task(state: State) -> Task {
        let day = Some(date(2026, 11, 20));
        let party = Party { unit: UnitId(1), account: None };
        Task {
            id: TaskId(1),
            brief: BriefId(1),
            lead: party,
            confirmer: party,
            state,
            first_deadline: day,
            deadline: day,
            given_on: Some(date(2026, 11, 2)),
            acknowledged_ms: None,
            handed_in_on: None,
            asked_until: None,
        }
    }

    #[test]
    fn a_task_counts_in_the_span_of_its_deadline_as_it_stands() {
        let quarter = (date(2026, 10, 1), date(2026, 12, 31));
        let on = |day: i8| Some(date(2026, 11, day));
        let given = || task(State::Underway);
        let handed_in = |day| Task { handed_in_on: on(day), ..task(State::Done) };
        let extended = |day| Task { deadline: on(25), ..handed_in(day) };
        let is = |assigned, due, [in_time, in_first_time, late, overdue, extended]: [u32; 5]| {
            Record { assigned, due, in_time, in_first_time, late, overdue, extended, returned: 0 }
        };
        let table = [
            ("open and over", given(), is(1, 1, [0, 0, 0, 1, 0])),
            ("on the day", handed_in(20), is(1, 1, [1, 1, 0, 0, 0])),
            ("a day late", handed_in(21), is(1, 1, [0, 0, 1, 0, 0])),
            ("by an extension", extended(25), is(1, 1, [1, 0, 0, 0, 1])),
            ("before either", extended(20), is(1, 1, [1, 1, 0, 0, 1])),
            (
                "given the quarter before",
                Task { given_on: Some(date(2026, 9, 30)), ..handed_in(20) },
                is(0, 1, [1, 1, 0, 0, 0]),
            ),
            (
                "due in the next one",
                Task { deadline: Some(date(2027, 1, 1)), ..given() },
                is(1, 0, [0; 5]),
            ),
            ("due later this quarter", Task { deadline: on(28), ..given() }, is(1, 0, [0; 5])),
            ("without a day", Task { deadline: None, ..given() }, is(1, 0, [0; 5])),
            ("called off", task(State::Cancelled), is(1, 0, [0; 5])),
            ("only written down", Task { given_on: None, ..task(State::Draft) }, is(0, 0, [0; 5])),
        ];
        for (name, task, expected) in table {
            let mut record = Record::default();
            record.add(&task, quarter, date(2026, 11, 27));
            assert_eq!(record, expected, "{name}");
        }
    }
}
