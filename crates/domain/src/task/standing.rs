//! How a task stands with its deadline: always computed, never stored.

use jiff::civil::Date;

use super::State;

/// So many days before its deadline a task is due soon.
pub const DUE_SOON_DAYS: i32 = 7;

/// How a task stands with its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It was not given yet, rests or was called off, so no day counts.
    Resting,
    /// It is open and has no deadline.
    NoDeadline,
    /// It is open and there is time.
    NotDue {
        /// Days left.
        days: i32,
    },
    /// It is open and the deadline is near: see [`DUE_SOON_DAYS`].
    DueSoon {
        /// Days left.
        days: i32,
    },
    /// Today is the last day.
    DueToday,
    /// It is open and the deadline is over.
    Overdue {
        /// Days over.
        days: i32,
    },
    /// Handed in on the last day or before, or without a deadline.
    InTime,
    /// Handed in after the last day.
    Late {
        /// Days over.
        days: i32,
    },
}

impl Standing {
    /// The codes, in the order in which lists count them.
    pub const CODES: [&'static str; 8] =
        ["overdue", "today", "soon", "not_due", "no_deadline", "in_time", "late", "resting"];

    /// Its place among [`Self::CODES`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Overdue { .. } => 0,
            Self::DueToday => 1,
            Self::DueSoon { .. } => 2,
            Self::NotDue { .. } => 3,
            Self::NoDeadline => 4,
            Self::InTime => 5,
            Self::Late { .. } => 6,
            Self::Resting => 7,
        }
    }

    /// The code in addresses and in style sheets.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::CODES[self.index()]
    }
}

/// How a task stands on a day. What was handed in stands as it was handed in: how long the confirmer
/// takes is not the lead's delay.
#[must_use]
pub fn standing(
    state: State,
    deadline: Option<Date>,
    handed_in_on: Option<Date>,
    today: Date,
) -> Standing {
    match state {
        State::Draft | State::Paused | State::Cancelled => return Standing::Resting,
        State::Given
        | State::Accepted
        | State::Declined
        | State::Underway
        | State::AwaitingConfirmation
        | State::Done
        | State::Redo => {}
    }
    against(deadline, handed_in_on, today)
}

/// How something stands with its deadline that counts: by the day on which it was done, else by today.
#[must_use]
pub fn against(deadline: Option<Date>, done_on: Option<Date>, today: Date) -> Standing {
    let over = |day: Date| deadline.map(|deadline| days_between(deadline, day));
    if let Some(day) = done_on {
        return match over(day) {
            Some(days) if days > 0 => Standing::Late { days },
            Some(_) | None => Standing::InTime,
        };
    }
    match over(today) {
        None => Standing::NoDeadline,
        Some(days) if days > 0 => Standing::Overdue { days },
        Some(0) => Standing::DueToday,
        Some(days) if -days <= DUE_SOON_DAYS => Standing::DueSoon { days: -days },
        Some(days) => Standing::NotDue { days: -days },
    }
}

/// Days from one to another; negative when the other is earlier.
fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_standing_follows_from_deadline_handing_in_and_today() {
        let day = |day: i8| date(2026, 11, day);
        let (given, done) = (State::Given, State::Done);
        let table = [
            ("no day set", given, None, None, Standing::NoDeadline),
            ("done without one", done, None, Some(day(2)), Standing::InTime),
            ("eight days left", given, Some(day(28)), None, Standing::NotDue { days: 8 }),
            ("seven days left", given, Some(day(27)), None, Standing::DueSoon { days: 7 }),
            ("tomorrow", State::Underway, Some(day(21)), None, Standing::DueSoon { days: 1 }),
            ("today", State::Redo, Some(day(20)), None, Standing::DueToday),
            ("yesterday", given, Some(day(19)), None, Standing::Overdue { days: 1 }),
            (
                "declined is not done",
                State::Declined,
                Some(day(1)),
                None,
                Standing::Overdue { days: 19 },
            ),
            (
                "waits for the confirmer since before the day",
                State::AwaitingConfirmation,
                Some(day(10)),
                Some(day(10)),
                Standing::InTime,
            ),
            ("done on the day", done, Some(day(10)), Some(day(10)), Standing::InTime),
            ("done a day late", done, Some(day(10)), Some(day(11)), Standing::Late { days: 1 }),
            (
                "over a month's end",
                done,
                Some(date(2026, 9, 30)),
                Some(day(1)),
                Standing::Late { days: 32 },
            ),
            ("paused", State::Paused, Some(day(1)), None, Standing::Resting),
            ("called off", State::Cancelled, Some(day(1)), None, Standing::Resting),
            ("a draft", State::Draft, Some(day(1)), None, Standing::Resting),
        ];
        for (name, state, deadline, handed_in_on, expected) in table {
            assert_eq!(standing(state, deadline, handed_in_on, day(20)), expected, "{name}");
        }
    }

    #[test]
    fn every_standing_has_a_code_of_its_own() {
        let all = [
            Standing::Overdue { days: 1 },
            Standing::DueToday,
            Standing::DueSoon { days: 1 },
            Standing::NotDue { days: 8 },
            Standing::NoDeadline,
            Standing::InTime,
            Standing::Late { days: 1 },
            Standing::Resting,
        ];
        assert_eq!(all.map(Standing::code), Standing::CODES);
        assert_eq!(all.map(Standing::index), [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
