//! How many tasks there are: by standing, by state, and what rates are taken of.

use domain::task::{Standing, State, Task};
use jiff::civil::Date;

/// How many tasks there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All that were given.
    pub all: usize,
    /// By standing, in the order of [`Standing::CODES`].
    pub standings: [usize; 8],
    /// By state, in the order of [`State::ALL`].
    pub states: [usize; 10],
    /// Those whose deadline is over, or that were handed in: what rates are taken of.
    pub due: usize,
    /// Those of them that were handed in by the deadline that holds.
    pub in_time: usize,
    /// Those of them that were handed in by the first deadline.
    pub in_first_time: usize,
}

impl Counts {
    /// How many stand so, by code.
    #[must_use]
    pub fn standing(&self, code: &str) -> usize {
        let codes = Standing::CODES.iter().zip(self.standings);
        codes.filter(|(known, _)| **known == code).map(|(_, count)| count).sum()
    }

    /// How many have come so far.
    #[must_use]
    pub fn state(&self, state: State) -> usize {
        self.states[state.index()]
    }

    /// Counts one more.
    pub(super) fn add(&mut self, task: &Task, today: Date) {
        let standing = task.standing(today);
        if task.state != State::Draft {
            self.all += 1;
        }
        self.standings[standing.index()] += 1;
        self.states[task.state.index()] += 1;
        let by = |deadline: Option<Date>| {
            let day = task.handed_in_on;
            usize::from(day.is_some_and(|day| deadline.is_none_or(|deadline| day <= deadline)))
        };
        match standing {
            Standing::InTime | Standing::Late { .. } | Standing::Overdue { .. } => {
                self.due += 1;
                self.in_time += by(task.deadline);
                self.in_first_time += by(task.first_deadline);
            }
            Standing::Resting
            | Standing::NoDeadline
            | Standing::NotDue { .. }
            | Standing::DueSoon { .. }
            | Standing::DueToday => {}
        }
    }
}
