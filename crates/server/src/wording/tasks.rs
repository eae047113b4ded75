//! Tasks in words: how they stand, what was done with them, and what stands in the way.

use domain::task::{Standing, State, Step};
use domain::tasking::{Clarity, TaskingProblem};

use super::refusals::Gaps;
use super::{Gap, Lang, periods, task_lists};

/// How far a task has come: `chờ xác nhận`.
#[must_use]
pub fn state(state: State, lang: Lang) -> String {
    lang.say(match state {
        State::Draft => "task-draft",
        State::Given => "task-given",
        State::Accepted => "task-accepted",
        State::Declined => "task-declined",
        State::Underway => "task-underway",
        State::AwaitingConfirmation => "task-awaiting",
        State::Done => "task-done",
        State::Redo => "task-redo",
        State::Paused => "task-paused",
        State::Cancelled => "task-cancelled",
    })
}

/// How a task stands with its deadline: `quá hạn 3 ngày`.
#[must_use]
pub fn standing(standing: Standing, lang: Lang) -> String {
    let days = |days: i32| [("days", Gap::from(i64::from(days)))];
    match standing {
        Standing::Resting => lang.say("standing-resting"),
        Standing::NoDeadline => lang.say("standing-no-deadline"),
        Standing::NotDue { days: left } => lang.tell("standing-not-due", days(left)),
        Standing::DueSoon { days: left } => lang.tell("standing-soon", days(left)),
        Standing::DueToday => lang.say("standing-today"),
        Standing::Overdue { days: over } => lang.tell("standing-overdue", days(over)),
        Standing::InTime => lang.say("standing-in-time"),
        Standing::Late { days: over } => lang.tell("standing-late", days(over)),
    }
}

/// A kind of standing, as lists count it: `quá hạn`.
#[must_use]
pub fn standing_kind(code: &str, lang: Lang) -> String {
    lang.say(match code {
        "overdue" => "standings-overdue",
        "today" => "standings-today",
        "soon" => "standings-soon",
        "not_due" => "standings-not-due",
        "no_deadline" => "standings-no-deadline",
        "in_time" => "standings-in-time",
        "late" => "standings-late",
        _ => "standings-resting",
    })
}

/// What was done with a task: `Đã tiếp nhận`.
#[must_use]
pub fn did(step: Step, lang: Lang) -> String {
    lang.say(match step {
        Step::Draft => "task-did-draft",
        Step::Give => "task-did-give",
        Step::Accept => "task-did-accept",
        Step::Decline => "task-did-decline",
        Step::Report => "task-did-report",
        Step::HandIn => "task-did-hand-in",
        Step::Confirm => "task-did-confirm",
        Step::SendBack => "task-did-send-back",
        Step::AskForTime => "task-did-ask-for-time",
        Step::Extend => "task-did-extend",
        Step::RefuseTime => "task-did-refuse-time",
        Step::Pause => "task-did-pause",
        Step::Resume => "task-did-resume",
        Step::Cancel => "task-did-cancel",
        Step::HandOver => "task-did-hand-over",
    })
}

/// What a button does with a task: `Tiếp nhận`.
#[must_use]
pub fn act(step: Step, lang: Lang) -> String {
    lang.say(match step {
        Step::Draft => "task-act-draft",
        Step::Give => "task-act-give",
        Step::Accept => "task-act-accept",
        Step::Decline => "task-act-decline",
        Step::Report => "task-act-report",
        Step::HandIn => "task-act-hand-in",
        Step::Confirm => "task-act-confirm",
        Step::SendBack => "task-act-send-back",
        Step::AskForTime => "task-act-ask-for-time",
        Step::Extend => "task-act-extend",
        Step::RefuseTime => "task-act-refuse-time",
        Step::Pause => "task-act-pause",
        Step::Resume => "task-act-resume",
        Step::Cancel => "task-act-cancel",
        Step::HandOver => "task-act-hand-over",
    })
}

/// What a step asks to be written: `Lý do từ chối`.
#[must_use]
pub fn words_of(step: Step, lang: Lang) -> String {
    lang.say(match step {
        Step::Decline => "task-words-decline",
        Step::Report => "task-words-report",
        Step::HandIn => "task-words-hand-in",
        Step::SendBack => "task-words-send-back",
        Step::AskForTime => "task-words-ask-for-time",
        Step::Pause | Step::Cancel => "task-words-decision",
        Step::Extend
        | Step::RefuseTime
        | Step::HandOver
        | Step::Draft
        | Step::Give
        | Step::Accept
        | Step::Confirm
        | Step::Resume => "task-words-reason",
    })
}

fn clarity(what: Clarity, lang: Lang) -> String {
    lang.say(match what {
        Clarity::Person => "clarity-person",
        Clarity::Work => "clarity-work",
        Clarity::Time => "clarity-time",
        Clarity::Responsibility => "clarity-responsibility",
        Clarity::Product => "clarity-product",
        Clarity::Authority => "clarity-authority",
    })
}

/// What is wrong and what to do about it.
#[must_use]
pub fn problem(problem: &TaskingProblem, lang: Lang) -> String {
    lang.tell(key(problem), gaps(problem, lang))
}

pub(super) fn key(problem: &TaskingProblem) -> &'static str {
    match problem {
        TaskingProblem::Unclear { .. } => "tasking-unclear",
        TaskingProblem::TooLong { .. } => "tasking-too-long",
        TaskingProblem::RepeatsWithoutUntil => "tasking-repeats-without-until",
        TaskingProblem::UntilWithoutRepeats => "tasking-until-without-repeats",
        TaskingProblem::UntilBeforeDeadline { .. } => "tasking-until-before-deadline",
        TaskingProblem::SeriesTooLong { .. } => "tasking-series-too-long",
        TaskingProblem::TeamTooLarge { .. } => "tasking-team-too-large",
        TaskingProblem::NotEntitled { .. } => "tasking-not-entitled",
        TaskingProblem::AccountClosed { .. } => "tasking-account-closed",
        TaskingProblem::HelperTwice { .. } => "tasking-helper-twice",
        TaskingProblem::NobodyLeads => "tasking-nobody-leads",
        TaskingProblem::TooMany { .. } => "tasking-too-many",
        TaskingProblem::OutOfReach { .. } => "tasking-out-of-reach",
        TaskingProblem::ConfirmerLeads => "tasking-confirmer-leads",
        TaskingProblem::DeadlinePast { .. } => "tasking-deadline-past",
        TaskingProblem::LeadEnds { heirs, .. } if heirs.is_empty() => "tasking-lead-ends",
        TaskingProblem::LeadEnds { .. } => "tasking-lead-has-heirs",
        TaskingProblem::WrongState { .. } => "tasking-wrong-state",
        TaskingProblem::ChangedMeanwhile => "tasking-changed-meanwhile",
        TaskingProblem::WithoutWords { .. } => "tasking-without-words",
        TaskingProblem::WithoutDay => "tasking-without-day",
        TaskingProblem::NotLater { .. } => "tasking-not-later",
        TaskingProblem::OthersTask { .. } => "tasking-others-task",
        TaskingProblem::PartOfOthers { .. } => "tasking-part-of-others",
        TaskingProblem::WholeClosed { .. } => "tasking-whole-closed",
        TaskingProblem::OwnWork => "tasking-own-work",
        TaskingProblem::BeforeCutOff { .. } => "tasking-before-cut-off",
        TaskingProblem::ColumnsMissing { .. } => "tasking-columns-missing",
        TaskingProblem::ColumnTwice { .. } => "tasking-column-twice",
        TaskingProblem::NoTaskInList => "tasking-no-task-in-list",
        TaskingProblem::NothingChosen => "tasking-nothing-chosen",
        TaskingProblem::TooManyChosen { .. } => "tasking-too-many-chosen",
    }
}

fn gaps(problem: &TaskingProblem, lang: Lang) -> Gaps<'_> {
    match problem {
        TaskingProblem::NobodyLeads
        | TaskingProblem::ConfirmerLeads
        | TaskingProblem::ChangedMeanwhile
        | TaskingProblem::WithoutDay
        | TaskingProblem::RepeatsWithoutUntil
        | TaskingProblem::UntilWithoutRepeats
        | TaskingProblem::OwnWork
        | TaskingProblem::NoTaskInList
        | TaskingProblem::NothingChosen => Vec::new(),
        TaskingProblem::Unclear { what } => vec![("what", clarity(*what, lang).into())],
        TaskingProblem::TooLong { characters_max: most }
        | TaskingProblem::TooMany { tasks_max: most }
        | TaskingProblem::TooManyChosen { tasks_max: most }
        | TaskingProblem::TeamTooLarge { people_max: most } => vec![("most", Gap::from(*most))],
        TaskingProblem::OutOfReach { unit, issuer } => {
            vec![("unit", Gap::from(unit.as_str())), ("issuer", issuer.as_str().into())]
        }
        TaskingProblem::DeadlinePast { deadline } | TaskingProblem::NotLater { deadline } => {
            vec![("day", periods::day(*deadline, lang).into())]
        }
        TaskingProblem::LeadEnds { unit, last, heirs } => vec![
            ("unit", Gap::from(unit.as_str())),
            ("day", periods::day(*last, lang).into()),
            ("heirs", heirs.join("; ").into()),
        ],
        TaskingProblem::WrongState { state: found, step } => {
            vec![("state", state(*found, lang).into()), ("act", act(*step, lang).into())]
        }
        TaskingProblem::WithoutWords { step } => {
            vec![("what", words_of(*step, lang).into())]
        }
        TaskingProblem::BeforeCutOff { deadline, period, cut_off, first } => vec![
            ("deadline", Gap::from(periods::day(*deadline, lang))),
            ("period", periods::label(*period, lang).into()),
            ("day", periods::day(*cut_off, lang).into()),
            ("first", periods::day(*first, lang).into()),
        ],
        TaskingProblem::ColumnsMissing { columns } => {
            let names: Vec<String> =
                columns.iter().map(|column| task_lists::name(*column, lang)).collect();
            vec![("columns", names.join(", ").into())]
        }
        TaskingProblem::ColumnTwice { column } => {
            vec![("column", task_lists::name(*column, lang).into())]
        }
        TaskingProblem::OthersTask { name } | TaskingProblem::AccountClosed { name } => {
            vec![("name", Gap::from(name.as_str()))]
        }
        TaskingProblem::UntilBeforeDeadline { deadline, until } => vec![
            ("day", Gap::from(periods::day(*deadline, lang))),
            ("until", periods::day(*until, lang).into()),
        ],
        TaskingProblem::SeriesTooLong { deadlines_max, last } => {
            vec![("most", Gap::from(*deadlines_max)), ("day", periods::day(*last, lang).into())]
        }
        TaskingProblem::HelperTwice { unit } => vec![("unit", Gap::from(unit.as_str()))],
        TaskingProblem::NotEntitled { name, right, unit } => vec![
            ("name", Gap::from(name.as_str())),
            ("right", super::entrance::right(*right, lang).into()),
            ("unit", unit.as_str().into()),
        ],
        TaskingProblem::PartOfOthers { lead, issuer } => {
            vec![("lead", Gap::from(lead.as_str())), ("issuer", issuer.as_str().into())]
        }
        TaskingProblem::WholeClosed { state: found } => {
            vec![("state", state(*found, lang).into())]
        }
    }
}
