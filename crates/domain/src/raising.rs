//! What stands in the way of raising a difficulty or of taking it a step further.

use jiff::civil::Date;

use crate::difficulty::{State, Step};
use crate::refusal::Refusal;

/// Why a difficulty is not raised, or a step is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RaisingProblem {
    /// Nothing says what stands in the way.
    WithoutTrouble,
    /// Words that are too long.
    TooLong {
        /// The most characters.
        characters_max: usize,
    },
    /// No unit was chosen to answer.
    WithoutHolder,
    /// The unit that is to answer does not stand above the one whose difficulty it is.
    NotAbove {
        /// The unit that is to answer, by kind and name.
        holder: String,
        /// Whose it is, by kind and name.
        unit: String,
    },
    /// The task that it is said to be about is led by others, and they do not help with it either.
    OthersTask {
        /// Whose the difficulty is, by kind and name.
        unit: String,
    },
    /// Somebody above says in a unit's stead that its difficulty is solved, or not.
    OthersDifficulty {
        /// Whose it is, by kind and name.
        unit: String,
    },
    /// It lies with that unit already.
    SameHolder,
    /// No day for the answer was chosen.
    WithoutDay,
    /// The day for the answer is over.
    DayPast {
        /// The day.
        day: Date,
    },
    /// A step that says nothing without words.
    WithoutWords {
        /// The step.
        step: Step,
    },
    /// A step that cannot be taken in this state.
    WrongState {
        /// The state.
        state: State,
        /// The step.
        step: Step,
    },
    /// Somebody else has done something with it since the page was opened.
    ChangedMeanwhile,
}

impl From<RaisingProblem> for Refusal {
    fn from(problem: RaisingProblem) -> Self {
        Self::Raising(problem)
    }
}
