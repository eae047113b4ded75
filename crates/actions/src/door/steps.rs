//! The actions of what goes step by step: tasks, difficulties and stocktakes.

use domain::difficulty;
use domain::stocktake::Act;
use domain::task::Step;

/// The action of a step of a task.
pub(super) fn task_action(step: Step) -> &'static str {
    match step {
        Step::Draft => "task.draft",
        Step::Give => "task.give",
        Step::Accept => "task.accept",
        Step::Decline => "task.decline",
        Step::Report => "task.report",
        Step::HandIn => "task.hand-in",
        Step::Confirm => "task.confirm",
        Step::SendBack => "task.send-back",
        Step::AskForTime => "task.ask-for-time",
        Step::Extend => "task.extend",
        Step::RefuseTime => "task.refuse-time",
        Step::Pause => "task.pause",
        Step::Resume => "task.resume",
        Step::Cancel => "task.cancel",
        Step::HandOver => "task.hand-over",
    }
}

/// The action of a step of a difficulty.
pub(super) fn difficulty_action(step: difficulty::Step) -> &'static str {
    match step {
        difficulty::Step::Raise => "difficulty.raise",
        difficulty::Step::Answer => "difficulty.answer",
        difficulty::Step::PassOn => "difficulty.pass-on",
        difficulty::Step::Close => "difficulty.close",
        difficulty::Step::AskAgain => "difficulty.ask-again",
        difficulty::Step::Settle => "difficulty.settle",
    }
}

/// The action of what is done with a stocktake.
pub(super) fn stocktake_action(act: Act) -> &'static str {
    match act {
        Act::Call => "stocktake.call",
        Act::Write => "stocktake.write",
        Act::Correct => "stocktake.correct",
        Act::Freeze => "stocktake.freeze",
        Act::Close => "stocktake.close",
        Act::CallOff => "stocktake.call-off",
    }
}
