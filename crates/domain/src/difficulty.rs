//! Difficulties (*khó khăn, vướng mắc*): what stands in the way of a unit, who above answers and by
//! when, and the way from raising one to closing it.

use jiff::civil::Date;

use crate::access::AccountId;
use crate::task::{Standing, TaskId, against};
use crate::unit::UnitId;

/// The number of a difficulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DifficultyId(pub i64);

/// Something that stands in the way of a unit, and how far the answer has come; its words stand apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difficulty {
    /// Its number.
    pub id: DifficultyId,
    /// Whose it is.
    pub unit: UnitId,
    /// Who raised it; none for the console.
    pub account: Option<AccountId>,
    /// The task that it is about; none for what is about none.
    pub task: Option<TaskId>,
    /// The unit that answers, above the one whose it is.
    pub holder: UnitId,
    /// The last day for the answer. Passing it on keeps the day.
    pub due: Date,
    /// How far it has come.
    pub state: State,
    /// The day on which it was raised, or asked again.
    pub asked_on: Date,
    /// The day of the answer; taken back when it is asked again.
    pub answered_on: Option<Date>,
}

/// What a difficulty says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What stands in the way, in one line.
    pub trouble: String,
    /// More about it, and what is asked for; may be empty.
    pub detail: String,
}

/// How far a difficulty has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It waits for an answer.
    Waiting,
    /// It is answered; whoever raised it has not closed it.
    Answered,
    /// Nothing more is to be done.
    Closed,
}

/// Something that is done with a difficulty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Raises it.
    Raise,
    /// Leaves it to another unit above.
    PassOn,
    /// Answers it.
    Answer,
    /// Says what the answer leaves open, and asks again.
    AskAgain,
    /// Closes one's own: it is solved, or there is nothing to ask any more.
    Close,
    /// Closes it for those below, with a reason.
    Settle,
}

/// On which side of a difficulty somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Whoever raises it.
    Raiser,
    /// Whoever answers.
    Holder,
}

impl State {
    /// All of them, in the order in which they are gone through.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Answered, Self::Closed];

    /// The code in the database, in addresses and in style sheets.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    /// The state with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Step {
    /// All of them, what moves on before what sets back.
    pub const ALL: [Self; 6] =
        [Self::Raise, Self::Answer, Self::PassOn, Self::Close, Self::AskAgain, Self::Settle];

    /// The code in the database and in forms.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Raise => "raise",
            Self::PassOn => "pass-on",
            Self::Answer => "answer",
            Self::AskAgain => "ask-again",
            Self::Close => "close",
            Self::Settle => "settle",
        }
    }

    /// The step with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// On which side somebody stands who takes it.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Raise | Self::AskAgain | Self::Close => Side::Raiser,
            Self::PassOn | Self::Answer | Self::Settle => Side::Holder,
        }
    }

    /// Whether it says nothing without words: the answer, a reason.
    #[must_use]
    pub fn needs_words(self) -> bool {
        match self {
            Self::PassOn | Self::Answer | Self::AskAgain | Self::Settle => true,
            Self::Raise | Self::Close => false,
        }
    }

    /// Whether it needs a day: by when an answer is needed.
    #[must_use]
    pub fn needs_day(self) -> bool {
        self == Self::AskAgain
    }
}

/// The state of a difficulty after a step; none where the step cannot be taken.
#[must_use]
pub fn after(state: State, step: Step) -> Option<State> {
    match (step, state) {
        (Step::PassOn, State::Waiting) | (Step::AskAgain, State::Answered) => Some(State::Waiting),
        (Step::Answer, State::Waiting) => Some(State::Answered),
        (Step::Close | Step::Settle, State::Waiting | State::Answered) => Some(State::Closed),
        (
            Step::Raise | Step::PassOn | Step::Answer | Step::AskAgain | Step::Close | Step::Settle,
            State::Waiting | State::Answered | State::Closed,
        ) => None,
    }
}

impl Difficulty {
    /// How it stands with its day: what was closed without an answer counts for nobody.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        match (self.state, self.answered_on) {
            (State::Closed, None) => Standing::Resting,
            (State::Waiting | State::Answered | State::Closed, answered_on) => {
                against(Some(self.due), answered_on, today)
            }
        }
    }

    /// How many days the answer took; none while there is none.
    #[must_use]
    pub fn days_to_answer(&self) -> Option<i32> {
        self.answered_on.map(|day| (day - self.asked_on).get_days())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn each_step_leads_from_where_it_can_be_taken() {
        use State::{Answered, Closed, Waiting};
        let table = [
            (Step::Raise, [None, None, None]),
            (Step::Answer, [Some(Answered), None, None]),
            (Step::PassOn, [Some(Waiting), None, None]),
            (Step::Close, [Some(Closed), Some(Closed), None]),
            (Step::AskAgain, [None, Some(Waiting), None]),
            (Step::Settle, [Some(Closed), Some(Closed), None]),
        ];
        assert_eq!(table.map(|(step, _)| step), Step::ALL);
        for (step, expected) in table {
            assert_eq!(State::ALL.map(|state| after(state, step)), expected, "{step:?}");
        }
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for step in Step::ALL {
            assert_eq!(Step::from_code(step.code()), Some(step));
        }
        assert_eq!(State::from_code(""), None);
    }

    #[test]
    fn a_difficulty_stands_as_its_answer_or_as_today() {
        let day = |day: i8| date(2026, 11, day);
        let table = [
            ("time left", State::Waiting, None, Standing::NotDue { days: 10 }, 10),
            ("the last day", State::Waiting, None, Standing::DueToday, 20),
            ("over", State::Waiting, None, Standing::Overdue { days: 2 }, 22),
            ("answered on the day", State::Answered, Some(day(20)), Standing::InTime, 27),
            ("answered late", State::Closed, Some(day(23)), Standing::Late { days: 3 }, 27),
            ("taken back", State::Closed, None, Standing::Resting, 27),
        ];
        for (name, state, answered_on, expected, today) in table {
            let difficulty = Difficulty {
                id: DifficultyId(1),
                unit: UnitId(2),
                account: None,
                task: None,
                holder: UnitId(1),
                due: day(20),
                state,
                asked_on: day(9),
                answered_on,
            };
            assert_eq!(difficulty.standing(day(today)), expected, "{name}");
            let days = answered_on.map(|day| i32::from(day.day()) - 9);
            assert_eq!(difficulty.days_to_answer(), days, "{name}");
        }
    }
}
