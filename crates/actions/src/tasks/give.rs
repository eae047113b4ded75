//! Giving tasks: what is asked, of whom, by when.

use domain::access::{Actor, Right};
use domain::refusal::{Location, Refused};
use domain::task::{
    Brief, BriefId, ListColumn, Member, Origin, Party, State, Step, Task, TaskId, Words,
};
use domain::text;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::WriteTx;
use store::tasks::Taken;

use super::check::{Found, check};
use crate::accounts::Moment;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::parcels;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// The most tasks that one decision gives: one for every commune of the country, and some.
pub const TASKS_MAX: usize = 5_000;

/// By when a task is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// By a day.
    By(Date),
    /// Without a deadline, by somebody's choice.
    Open,
}

/// Whether tasks are given, or only written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giving {
    /// Their leads learn of them.
    Now,
    /// Only whoever writes them sees them.
    Later,
}

impl Giving {
    /// The step that tasks take with it.
    pub(super) fn step(self) -> Step {
        match self {
            Self::Now => Step::Give,
            Self::Later => Step::Draft,
        }
    }
}

/// Tasks about to be given together: one for each lead and time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The unit that gives them.
    pub issuer: UnitId,
    /// What they come from and serve.
    pub origin: Origin,
    /// What they ask for.
    pub words: Words,
    /// Who leads each.
    pub leads: Vec<Party>,
    /// The units that help.
    pub helpers: Vec<UnitId>,
    /// The people who do it, when they are a team.
    pub team: Vec<Member>,
    /// Who says that they are done; none for whoever gives tasks in the issuer's unit.
    pub confirmer: Option<Party>,
    /// By when; a series has several.
    pub times: Vec<Time>,
    /// Whether they are given.
    pub giving: Giving,
}

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What is asked.
    pub brief: BriefId,
    /// The tasks, by lead and then by time.
    pub tasks: Vec<TaskId>,
}

impl Entrance {
    /// Gives tasks, one for each lead and time; all or none.
    ///
    /// # Errors
    /// The actor may not give tasks in the issuer's unit; something is unclear, out of reach, too
    /// late or too much, all reasons at once; or the database failed.
    pub fn give_tasks(
        &self,
        who: &Actor,
        moment: Moment,
        assignment: Assignment,
    ) -> Result<Given, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            give(tx, snapshot, &secrets, (&actor, moment), &assignment)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }

    /// Gives tasks as a form asks for them; the same form sent again leads to what it gave before.
    /// Everything that was sent tells one form from another, a number that its page was drawn with
    /// among it.
    ///
    /// # Errors
    /// See [`Entrance::give_tasks`].
    pub fn give_tasks_of_form(
        &self,
        who: &Actor,
        moment: Moment,
        sent: &[String],
        assignment: Assignment,
    ) -> Result<Given, Error> {
        let own = who.account.as_ref().map_or(0, |account| account.id.0).to_string();
        let form = parcels::sha256(&[&[own], sent].concat());
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            give_form(tx, snapshot, &secrets, (&actor, moment), (&form, &assignment))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }

    /// A number for a form, which no other page was drawn with.
    #[must_use]
    pub fn form_number(&self) -> String {
        self.secrets.token()
    }
}

/// Gives tasks.
///
/// # Errors
/// See [`Entrance::give_tasks`].
pub fn give(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    assignment: &Assignment,
) -> Result<Given, Error> {
    let by = snapshot.doer(who, Right::GiveTasks, Some(assignment.issuer), moment.today)?;
    let assignment = &each_once(assignment);
    refuse(check(tx, snapshot, (who, moment), assignment)?)?;
    let (id, first) = store::tasks::next_ids(tx)?;
    let brief = brief(assignment, id);
    store::tasks::insert_brief(tx, &brief, by.account(), moment.now_ms)?;
    let tasks = tasks(assignment, id, (first.0..).map(TaskId), moment.today);
    store::tasks::insert(tx, &tasks)?;
    let step = assignment.giving.step();
    let stepped: Vec<(Step, &Task)> = tasks.iter().map(|task| (step, task)).collect();
    record(tx, secrets, (by, moment), &brief, &stepped)?;
    Ok(Given { brief: id, tasks: tasks.iter().map(|task| task.id).collect() })
}

/// Gives what a form asks for, unless the same form did.
fn give_form(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (form, assignment): (&str, &Assignment),
) -> Result<Given, Error> {
    if let Some(brief) = store::tasks::of_form(tx, form)? {
        let tasks = store::tasks::of_brief(tx, brief)?;
        return Ok(Given { brief, tasks: tasks.iter().map(|task| task.id).collect() });
    }
    let given = give(tx, snapshot, secrets, (who, moment), assignment)?;
    store::tasks::insert_form(tx, form, given.brief)?;
    Ok(given)
}

/// Refuses with all reasons at once, each with the column that it is about.
pub(super) fn refuse(reasons: Vec<Found>) -> Result<(), Error> {
    if reasons.is_empty() {
        return Ok(());
    }
    let refused = |(column, why): Found| Refused { at: place(column), why };
    Err(Error::Refused(reasons.into_iter().map(refused).collect()))
}

/// Where a reason stands that is about a column; there is no file in which it would be counted.
fn place(column: ListColumn) -> Location {
    let index = ListColumn::ALL.iter().position(|known| *known == column);
    let column = index.and_then(|index| u32::try_from(index + 1).ok()).unwrap_or_default();
    Location { column, ..Location::default() }
}

/// What a reason of [`Entrance::give_tasks`] is about; none for what concerns all of it.
#[must_use]
pub fn column_of(refused: &Refused) -> Option<ListColumn> {
    let index = usize::try_from(refused.at.column).ok()?.checked_sub(1)?;
    ListColumn::ALL.get(index).copied()
}

/// The same with each lead, helper and time once, however often they were named.
pub(super) fn each_once(assignment: &Assignment) -> Assignment {
    fn once<T: PartialEq + Copy>(all: &[T]) -> Vec<T> {
        let is_first = |(index, one): &(usize, &T)| !all[..*index].contains(one);
        all.iter().enumerate().filter(is_first).map(|(_, one)| *one).collect()
    }
    Assignment {
        leads: once(&assignment.leads),
        helpers: once(&assignment.helpers),
        times: once(&assignment.times),
        ..assignment.clone()
    }
}

/// What an assignment asks, under a number.
pub(super) fn brief(assignment: &Assignment, id: BriefId) -> Brief {
    Brief {
        id,
        issuer: assignment.issuer,
        origin: assignment.origin.clone(),
        words: trimmed(&assignment.words),
        helpers: assignment.helpers.clone(),
        team: assignment.team.clone(),
    }
}

/// Records what is asked, with the step that each of its tasks has taken.
pub(super) fn record(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (by, moment): (Doer, Moment),
    brief: &Brief,
    stepped: &[(Step, &Task)],
) -> Result<(), Error> {
    let words = payload::brief_words(brief);
    let written = Deed::new(Kind::BriefWritten, brief.id.0.to_string(), payload::brief(brief));
    let written = written.about(Some(brief.issuer));
    let mut deeds = vec![written.committing(secrets, payload::BRIEF_WORDS, &words)?];
    deeds.extend(stepped.iter().map(|(step, task)| {
        let deed = Deed::new(Kind::Task(*step), task.id.0.to_string(), payload::task(task));
        deed.about(Some(task.lead.unit))
    }));
    let recorded = door::record_all(tx, by, moment.now_ms, deeds)?;
    let numbers = recorded.iter().skip(1).map(|recorded| recorded.position);
    let numbered: Vec<(Step, (i64, TaskId))> = numbers
        .zip(stepped)
        .map(|(number, (step, task))| (*step, (i64::try_from(number).unwrap_or(i64::MAX), task.id)))
        .collect();
    for same in numbered.chunk_by(|(one, _), (other, _)| one == other) {
        let taken = Taken {
            step: same[0].0,
            account: by.account(),
            in_place_of: by.in_place_of(),
            done_ms: moment.now_ms,
            day: None,
            words: String::new(),
        };
        let numbered: Vec<(i64, TaskId)> = same.iter().map(|(_, numbered)| *numbered).collect();
        store::tasks::insert_steps(tx, &numbered, &taken)?;
    }
    Ok(())
}

/// A task for each lead and time, under numbers that are brought.
pub(super) fn tasks(
    assignment: &Assignment,
    brief: BriefId,
    ids: impl Iterator<Item = TaskId>,
    today: Date,
) -> Vec<Task> {
    let confirmer = confirmer(assignment);
    let (state, given_on) = match assignment.giving {
        Giving::Now => (State::Given, Some(today)),
        Giving::Later => (State::Draft, None),
    };
    let times = |lead| assignment.times.iter().map(move |time| (lead, time));
    let each = assignment.leads.iter().flat_map(times);
    let task = |(id, (lead, time)): (TaskId, (&Party, &Time))| {
        let deadline = match time {
            Time::By(day) => Some(*day),
            Time::Open => None,
        };
        Task {
            id,
            brief,
            lead: *lead,
            confirmer,
            state,
            first_deadline: deadline,
            deadline,
            given_on,
            acknowledged_ms: None,
            handed_in_on: None,
            asked_until: None,
        }
    };
    ids.zip(each).map(task).collect()
}

/// Who confirms: whoever gives tasks in the issuer's unit, unless somebody is named.
pub(super) fn confirmer(assignment: &Assignment) -> Party {
    assignment.confirmer.unwrap_or(Party { unit: assignment.issuer, account: None })
}

fn trimmed(words: &Words) -> Words {
    let trim = |text: &String| text::nfc(text.trim());
    Words {
        work: trim(&words.work),
        detail: trim(&words.detail),
        responsibility: trim(&words.responsibility),
        product: trim(&words.product),
        authority: trim(&words.authority),
    }
}
