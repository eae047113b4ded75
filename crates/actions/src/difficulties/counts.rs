//! How many difficulties there are, and how long their answers took.

use domain::difficulty::{Difficulty, State};
use domain::task::Standing;
use jiff::civil::Date;

/// How many difficulties there are, and how they were answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// By state, in the order of [`State::ALL`].
    pub states: [usize; 3],
    /// Those that wait although their day is over.
    pub overdue: usize,
    /// Those that were answered in time.
    pub in_time: usize,
    /// Those that were answered after their day.
    pub late: usize,
    /// How many days the answer took in the middle: half took as long or less. None without answers.
    pub median_days: Option<i32>,
}

impl Counts {
    /// Of some difficulties on a day.
    pub(super) fn of<'d>(difficulties: impl Iterator<Item = &'d Difficulty>, today: Date) -> Self {
        let (mut counts, mut days) = (Self::default(), Vec::new());
        for one in difficulties {
            counts.add(one, today);
            days.extend(one.days_to_answer());
        }
        days.sort_unstable();
        counts.median_days = days.get(days.len().saturating_sub(1) / 2).copied();
        counts
    }

    /// How many there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.states.iter().sum()
    }

    fn add(&mut self, one: &Difficulty, today: Date) {
        let states = State::ALL.iter().zip(&mut self.states);
        for (_, count) in states.filter(|(state, _)| **state == one.state) {
            *count += 1;
        }
        match one.standing(today) {
            Standing::Overdue { .. } => self.overdue += 1,
            Standing::InTime => self.in_time += 1,
            Standing::Late { .. } => self.late += 1,
            Standing::Resting
            | Standing::NoDeadline
            | Standing::NotDue { .. }
            | Standing::DueSoon { .. }
            | Standing::DueToday => {}
        }
    }
}
