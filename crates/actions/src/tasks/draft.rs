//! Drafts: written over until they are given, and judged then as if they were given at once.

use domain::access::{Actor, Right};
use domain::task::{Brief, Origin, Party, State, Step, Task, TaskId};
use domain::tasking::TaskingProblem;
use store::{ReadTx, WriteTx};

use super::check;
use super::give::{self, Assignment, Given, Giving, Time};
use super::page::found;
use crate::accounts::Moment;
use crate::door::Doer;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// What was written down and not given, as the form that writes it over begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    /// What it asks for.
    pub brief: Brief,
    /// Its drafts, oldest first: one at least.
    pub tasks: Vec<Task>,
    /// The login of who leads; empty when nobody is named.
    pub lead_login: String,
    /// The login of who confirms; empty when nobody is named.
    pub confirmer_login: String,
    /// The number of the newest step of all its tasks.
    pub seen: i64,
}

impl Workspace {
    /// What was written down and not given, with all drafts that share what is asked.
    ///
    /// # Errors
    /// There is none, the actor gives no tasks in its unit, one of them was given already, or the
    /// database failed.
    pub fn draft(&self, who: &Actor, moment: Moment, task: TaskId) -> Result<Drafted, Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.read_blocking(move |tx| {
            let (drafted, _) = drafted(tx, &snapshot, (&who, moment), task)?;
            Ok(drafted)
        })
    }
}

impl Entrance {
    /// Writes a draft over: what is asked, who leads, by when; and gives it, when all is clear. Drafts
    /// of leads and times that are no longer named are called off.
    ///
    /// # Errors
    /// See [`Workspace::draft`] and [`Entrance::give_tasks`]; or somebody else has written it over
    /// since it was read.
    pub fn rewrite_draft(
        &self,
        who: &Actor,
        moment: Moment,
        (task, seen): (TaskId, i64),
        assignment: Assignment,
    ) -> Result<Given, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            rewrite(tx, snapshot, &secrets, (&actor, moment), (task, seen), &assignment)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

/// A draft with its sisters, and who may write it over.
fn drafted(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    id: TaskId,
) -> Result<(Drafted, Doer), Error> {
    let (task, brief) = found(tx, id)?;
    let by = snapshot.doer(who, Right::GiveTasks, Some(brief.issuer), moment.today)?;
    let all = store::tasks::of_brief(tx, brief.id)?;
    // What was given is not written over, and words that were given with it neither.
    let given = all.iter().find(|sister| sister.given_on.is_some());
    if let Some(other) = given.or((task.state != State::Draft).then_some(&task)) {
        return Err(TaskingProblem::WrongState { state: other.state, step: Step::Draft }.into());
    }
    let mut seen = -1;
    for sister in &all {
        seen = seen.max(store::tasks::newest_of(tx, sister.id)?);
    }
    let mut login = |party: Party| -> Result<String, Error> {
        let Some(account) = party.account else { return Ok(String::new()) };
        let found = store::accounts::find(tx, account)?;
        Ok(found.map(|account| account.login).unwrap_or_default())
    };
    let (lead_login, confirmer_login) = (login(task.lead)?, login(task.confirmer)?);
    let tasks = all.into_iter().filter(|sister| sister.state == State::Draft).collect();
    Ok((Drafted { brief, tasks, lead_login, confirmer_login, seen }, by))
}

fn rewrite(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, seen): (TaskId, i64),
    assignment: &Assignment,
) -> Result<Given, Error> {
    let (was, by) = drafted(tx, snapshot, (who, moment), id)?;
    snapshot.doer(who, Right::GiveTasks, Some(assignment.issuer), moment.today)?;
    if was.seen != seen {
        return Err(TaskingProblem::ChangedMeanwhile.into());
    }
    let assignment = &give::each_once(assignment);
    let Origin { template, part_of, list, decided, .. } = was.brief.origin;
    let origin = Origin { template, part_of, list, decided, ..assignment.origin.clone() };
    judge(
        tx,
        snapshot,
        (who, moment),
        &Assignment { origin: origin.clone(), ..assignment.clone() },
    )?;
    let brief = Brief { origin, ..give::brief(assignment, was.brief.id) };
    store::tasks::save_brief(tx, &brief)?;
    let (_, next) = store::tasks::next_ids(tx)?;
    let ids = was.tasks.iter().map(|task| task.id).chain((next.0..).map(TaskId));
    let tasks = give::tasks(assignment, brief.id, ids, moment.today);
    let (kept, new) = tasks.split_at(tasks.len().min(was.tasks.len()));
    let called_off = |task: &Task| Task { state: State::Cancelled, ..task.clone() };
    let gone: Vec<Task> = was.tasks.iter().skip(kept.len()).map(called_off).collect();
    for task in kept.iter().chain(&gone) {
        store::tasks::save(tx, task)?;
    }
    store::tasks::insert(tx, new)?;
    let step = assignment.giving.step();
    let stepped: Vec<(Step, &Task)> = tasks
        .iter()
        .map(|task| (step, task))
        .chain(gone.iter().map(|task| (Step::Cancel, task)))
        .collect();
    give::record(tx, secrets, (by, moment), &brief, &stepped)?;
    Ok(Given { brief: brief.id, tasks: tasks.iter().map(|task| task.id).collect() })
}

/// Refuses what is not clear, out of reach or too late by now, all reasons at once.
fn judge(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    of: (&Actor, Moment),
    assignment: &Assignment,
) -> Result<(), Error> {
    // What was decided at a stocktake was written down there while it was open.
    let origin = Origin { decided: None, ..assignment.origin.clone() };
    let reasons = check::check(tx, snapshot, of, &Assignment { origin, ..assignment.clone() })?;
    give::refuse(reasons)
}

/// Refuses to give a draft as it stands, when it would not be given at once.
pub(super) fn is_clear(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    of: (&Actor, Moment),
    (task, brief): (&Task, &Brief),
) -> Result<(), Error> {
    let assignment = Assignment {
        issuer: brief.issuer,
        origin: brief.origin.clone(),
        words: brief.words.clone(),
        leads: vec![task.lead],
        helpers: brief.helpers.clone(),
        team: brief.team.clone(),
        confirmer: Some(task.confirmer),
        times: vec![task.deadline.map_or(Time::Open, Time::By)],
        giving: Giving::Now,
    };
    judge(tx, snapshot, of, &assignment)
}
