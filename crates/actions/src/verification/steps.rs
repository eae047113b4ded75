//! Every step of a task or of a difficulty compared with the entry under whose place it is kept: who
//! took it, when, and in which words.

use domain::{difficulty, task};
use ledger::entry::{Entry, decode};
use store::ReadTx;
use store::steps::{StepRow, StepsOf};

use super::Trouble;
use super::rows::{Desk, compared, holds, thing};
use crate::door::{Doer, Kind, payload};
use crate::error::Error;

/// Steps read at a time.
const PAGE: u32 = 4_096;

/// Compares all steps.
pub(super) fn compare(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    for whose in [StepsOf::Tasks, StepsOf::Difficulties] {
        let mut after = -1;
        loop {
            let page = store::steps::after(tx, whose, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = last.number;
            for row in page {
                desk.rows += 1;
                if let Some(trouble) = trouble(tx, desk, whose, &row)? {
                    desk.troubles.add(trouble);
                }
            }
        }
    }
    for (position, noun, id) in desk.known.take_steps() {
        if !desk.known.is_suspect(position) {
            desk.troubles.add(Trouble::RowMissing { position, thing: thing(compared(&noun), &id) });
        }
    }
    Ok(())
}

/// What is wrong with a step that lies there.
fn trouble(
    tx: &mut ReadTx<'_>,
    desk: &mut Desk<'_>,
    whose: StepsOf,
    row: &StepRow,
) -> Result<Option<Trouble>, Error> {
    let what = thing(noun_of(whose), &row.thing.to_string());
    let extra = Trouble::RowExtra { thing: what.clone() };
    let extra = Some(extra).filter(|_| !desk.known.has_gaps());
    let Ok(position) = u64::try_from(row.number) else { return Ok(extra) };
    let is_known = desk.known.take_step(position);
    if desk.known.is_suspect(position) {
        return Ok(None);
    }
    let stored = store::ledger::find(tx, position)?.filter(|_| is_known);
    let Some(entry) = stored.and_then(|stored| decode(&stored.leaf).ok()) else {
        return Ok(extra);
    };
    let fits = is_of(whose, row, &entry) && says(tx, whose, row, &entry)?;
    Ok((!fits).then_some(Trouble::RowAltered { position, thing: what }))
}

/// Whether the entry speaks of the same step of the same thing, by the same person at the same time.
fn is_of(whose: StepsOf, row: &StepRow, entry: &Entry) -> bool {
    let kind = match whose {
        StepsOf::Tasks => task::Step::from_code(&row.step).map(Kind::Task),
        StepsOf::Difficulties => difficulty::Step::from_code(&row.step).map(Kind::Difficulty),
    };
    let by = Doer::read(entry.actor.as_str());
    kind.is_some()
        && Kind::from_action(entry.action.as_str()) == kind
        && entry.subject.id.as_str() == row.thing.to_string()
        && entry.recorded_ms == row.done_ms
        && by.and_then(Doer::account) == row.account
        && by.and_then(Doer::in_place_of) == row.in_place_of
}

/// Whether a step says what its entry commits to.
fn says(tx: &mut ReadTx<'_>, whose: StepsOf, row: &StepRow, entry: &Entry) -> Result<bool, Error> {
    let (field, words) = match whose {
        StepsOf::Tasks => (payload::TASK_STEP, payload::task_step(row.day.as_deref(), &row.words)),
        StepsOf::Difficulties => (payload::DIFFICULTY_ANSWER, row.words.clone().into_bytes()),
    };
    // Whoever writes or gives many tasks at once says nothing of each, and commits to nothing.
    let is_silent = !entry.commitments.keys().any(|known| known.as_str() == field)
        && matches!(task::Step::from_code(&row.step), Some(task::Step::Draft | task::Step::Give));
    if is_silent && whose == StepsOf::Tasks {
        return Ok(row.words.is_empty() && row.day.is_none());
    }
    holds(tx, entry, &[(field, words)])
}

fn noun_of(whose: StepsOf) -> &'static str {
    match whose {
        StepsOf::Tasks => "task",
        StepsOf::Difficulties => "difficulty",
    }
}
