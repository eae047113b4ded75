//! Difficulties in words: how they stand, what was done with them, and what stands in the way.

use domain::difficulty::{State, Step};
use domain::raising::RaisingProblem;
use domain::task::Standing;

use super::refusals::Gaps;
use super::{Gap, Lang, periods, tasks};

/// How far a difficulty has come: `chờ trả lời`.
#[must_use]
pub fn state(state: State, lang: Lang) -> String {
    lang.say(match state {
        State::Waiting => "difficulty-waiting",
        State::Answered => "difficulty-answered",
        State::Closed => "difficulty-closed",
    })
}

/// How a difficulty stands with its day: `trả lời chậm 3 ngày`.
#[must_use]
pub fn standing(standing: Standing, lang: Lang) -> String {
    match standing {
        Standing::InTime => lang.say("difficulty-in-time"),
        Standing::Late { days } => {
            lang.tell("difficulty-late", [("days", Gap::from(i64::from(days)))])
        }
        Standing::Resting => lang.say("difficulty-unanswered"),
        Standing::NoDeadline
        | Standing::NotDue { .. }
        | Standing::DueSoon { .. }
        | Standing::DueToday
        | Standing::Overdue { .. } => tasks::standing(standing, lang),
    }
}

/// What was done with a difficulty: `Đã trả lời khó khăn`.
#[must_use]
pub fn did(step: Step, lang: Lang) -> String {
    lang.say(match step {
        Step::Raise => "difficulty-did-raise",
        Step::PassOn => "difficulty-did-pass-on",
        Step::Answer => "difficulty-did-answer",
        Step::AskAgain => "difficulty-did-ask-again",
        Step::Close => "difficulty-did-close",
        Step::Settle => "difficulty-did-settle",
    })
}

/// What a button does with a difficulty: `Trả lời`.
#[must_use]
pub fn act(step: Step, lang: Lang) -> String {
    lang.say(match step {
        Step::Raise => "difficulty-act-raise",
        Step::PassOn => "difficulty-act-pass-on",
        Step::Answer => "difficulty-act-answer",
        Step::AskAgain => "difficulty-act-ask-again",
        Step::Close => "difficulty-act-close",
        Step::Settle => "difficulty-act-settle",
    })
}

/// What a step asks to be written: `Nội dung trả lời`.
#[must_use]
pub fn words_of(step: Step, lang: Lang) -> String {
    lang.say(match step {
        Step::Answer => "difficulty-words-answer",
        Step::AskAgain => "difficulty-words-ask-again",
        Step::PassOn | Step::Settle | Step::Raise | Step::Close => "task-words-reason",
    })
}

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &RaisingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &RaisingProblem) -> &'static str {
    match problem {
        RaisingProblem::WithoutTrouble => "raising-without-trouble",
        RaisingProblem::TooLong { .. } => "raising-too-long",
        RaisingProblem::WithoutHolder => "raising-without-holder",
        RaisingProblem::NotAbove { .. } => "raising-not-above",
        RaisingProblem::OthersTask { .. } => "raising-others-task",
        RaisingProblem::OthersDifficulty { .. } => "raising-others-difficulty",
        RaisingProblem::SameHolder => "raising-same-holder",
        RaisingProblem::WithoutDay => "raising-without-day",
        RaisingProblem::DayPast { .. } => "raising-day-past",
        RaisingProblem::WithoutWords { .. } => "raising-without-words",
        RaisingProblem::WrongState { .. } => "raising-wrong-state",
        RaisingProblem::ChangedMeanwhile => "raising-changed-meanwhile",
    }
}

fn gaps(problem: &RaisingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        RaisingProblem::WithoutTrouble
        | RaisingProblem::WithoutHolder
        | RaisingProblem::SameHolder
        | RaisingProblem::WithoutDay
        | RaisingProblem::ChangedMeanwhile => Vec::new(),
        RaisingProblem::TooLong { characters_max } => vec![("most", Gap::from(*characters_max))],
        RaisingProblem::NotAbove { holder, unit } => {
            vec![("holder", Gap::from(holder.as_str())), ("unit", unit.as_str().into())]
        }
        RaisingProblem::OthersTask { unit } | RaisingProblem::OthersDifficulty { unit } => {
            vec![("unit", Gap::from(unit.as_str()))]
        }
        RaisingProblem::DayPast { day } => vec![("day", periods::day(*day, lang).into())],
        RaisingProblem::WithoutWords { step } => vec![("what", words_of(*step, lang).into())],
        RaisingProblem::WrongState { state: found, step } => {
            vec![("state", state(*found, lang).into()), ("act", act(*step, lang).into())]
        }
    }
}
