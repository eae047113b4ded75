//! One step over several tasks: what somebody could do with those they chose, and doing it, each task
//! judged on its own.

use domain::access::{Actor, Right};
use domain::refusal::Refused;
use domain::task::{Step, TaskId};
use domain::tasking::TaskingProblem;
use store::{ReadTx, WriteTx};

use super::list::{LINES_PER_PAGE, Line, line};
use super::page::{found, may_see};
use super::step::{Wanted, doer, possible, take, written};
use super::{TaskBook, missing};
use crate::accounts::Moment;
use crate::door::denials;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// The most tasks that take a step together: those of a page.
pub const TASKS_MAX: usize = LINES_PER_PAGE;

/// A task that somebody chose.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The task as a list shows it.
    pub line: Line,
    /// What they can do with it.
    pub possible: Vec<Step>,
    /// The number of its newest step.
    pub seen: i64,
}

/// What became of a task when several were to take a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It took the step.
    Taken,
    /// The same step, with the same words by the same person, is its newest already.
    TakenBefore,
    /// It did not, and nothing of it was changed.
    Refused(Vec<Refused>),
}

impl Workspace {
    /// The tasks that somebody chose, in the order that they chose.
    ///
    /// # Errors
    /// There are none or too many, one is not there or not theirs to see, or the database failed.
    pub fn chosen_tasks(
        &self,
        who: &Actor,
        moment: Moment,
        tasks: &[TaskId],
    ) -> Result<Vec<Chosen>, Error> {
        bounded(tasks)?;
        let (snapshot, book, who) = (self.snapshot()?, self.task_book()?, who.clone());
        let tasks = tasks.to_vec();
        let mut chosen = self.database.read_blocking(move |tx| {
            let one = |task| chosen(tx, &snapshot, &book, (&who, moment), task);
            tasks.into_iter().map(one).collect::<Result<Vec<_>, Error>>()
        })?;
        self.name_leads(chosen.iter_mut().map(|one| &mut one.line))?;
        Ok(chosen)
    }
}

impl Entrance {
    /// Takes the same step of several tasks, each with the number of the newest step that was seen of
    /// it. Each is judged on its own, as if it were alone; all that can take it have taken it, or the
    /// database failed and none has.
    ///
    /// # Errors
    /// There are none or too many, what the step needs is missing, or the database failed.
    pub fn take_steps(
        &self,
        who: &Actor,
        moment: Moment,
        tasks: Vec<(TaskId, Option<i64>)>,
        wanted: Wanted,
    ) -> Result<Vec<Outcome>, Error> {
        bounded(&tasks)?;
        wanted.says_enough()?;
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let outcomes = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            let each = tasks.iter().map(|(task, seen)| {
                let wanted = Wanted { seen: *seen, ..wanted.clone() };
                outcome(tx, snapshot, &secrets, (&actor, moment), (*task, &wanted))
            });
            each.collect::<Result<Vec<_>, Error>>()
        })?;
        for right in outcomes.iter().filter_map(denied) {
            denials::denied(&self.workspace.database, who, right, moment.now_ms)?;
        }
        Ok(outcomes)
    }
}

fn bounded<T>(tasks: &[T]) -> Result<(), TaskingProblem> {
    match tasks.len() {
        0 => Err(TaskingProblem::NothingChosen),
        1..=TASKS_MAX => Ok(()),
        _ => Err(TaskingProblem::TooManyChosen { tasks_max: TASKS_MAX }),
    }
}

fn chosen(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    book: &TaskBook,
    (who, moment): (&Actor, Moment),
    id: TaskId,
) -> Result<Chosen, Error> {
    let (task, brief) = found(tx, id)?;
    may_see(snapshot, who, &task, &brief, moment)?;
    let line = line(snapshot, book, &task, moment.today).ok_or_else(|| missing(id))?;
    Ok(Chosen {
        line,
        possible: possible(tx, snapshot, who, (&task, &brief), moment.today)?,
        seen: store::tasks::newest_of(tx, id)?,
    })
}

/// Takes a step of one of several tasks. A refusal comes before anything is written, so that the others
/// go on.
fn outcome(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, wanted): (TaskId, &Wanted),
) -> Result<Outcome, Error> {
    if is_newest(tx, snapshot, (who, moment), id, wanted)? {
        return Ok(Outcome::TakenBefore);
    }
    match take(tx, snapshot, secrets, (who, moment), (id, wanted)) {
        Ok(_) => Ok(Outcome::Taken),
        Err(Error::Refused(reasons)) => Ok(Outcome::Refused(reasons)),
        Err(failed) => Err(failed),
    }
}

/// Whether a task's newest step is this one by the same person, who had not seen it when they asked: a
/// form that is sent twice.
fn is_newest(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    id: TaskId,
    wanted: &Wanted,
) -> Result<bool, Error> {
    if wanted.seen == Some(store::tasks::newest_of(tx, id)?) {
        return Ok(false);
    }
    let Some(told) = store::tasks::steps(tx, id)?.pop() else { return Ok(false) };
    let (task, brief) = found(tx, id)?;
    let by = match doer(tx, snapshot, who, (&task, &brief), wanted.step, moment.today) {
        Ok(by) => by,
        Err(Error::Refused(_)) => return Ok(false),
        Err(failed) => return Err(failed),
    };
    let taken = told.taken;
    Ok(taken.step == wanted.step
        && (taken.account, taken.in_place_of) == (by.account(), by.in_place_of())
        && (taken.day, taken.words) == (wanted.until(), written(&wanted.words)))
}

/// The right for want of which a task did not take its step.
fn denied(outcome: &Outcome) -> Option<Right> {
    match outcome {
        Outcome::Refused(reasons) => Error::Refused(reasons.clone()).denied(),
        Outcome::Taken | Outcome::TakenBefore => None,
    }
}
