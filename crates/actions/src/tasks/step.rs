//! Taking a task a step further.

use domain::access::{Actor, Right};
use domain::task::{Asked, Brief, Party, Side, State, Step, Task, TaskId, after};
use domain::tasking::TaskingProblem;
use domain::text;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::tasks::Taken;
use store::{ReadTx, WriteTx};

use super::check::{before_cut_off, ends_before, is_same, not_entitled, out_of_reach};
use super::{draft, missing};
use crate::accounts::Moment;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// The longest words of a step, in characters.
pub const WORDS_MAX: usize = 2_000;

/// A step that somebody wants to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub step: Step,
    /// The number of the newest step that they have seen; none takes whatever there is.
    pub seen: Option<i64>,
    /// Until when, for steps about a day.
    pub day: Option<Date>,
    /// Why, or what was done.
    pub words: String,
    /// Who leads from now on, for handing over.
    pub lead: Option<Party>,
}

impl Wanted {
    /// A step that says nothing more.
    #[must_use]
    pub fn plain(step: Step) -> Self {
        Self { step, seen: None, day: None, words: String::new(), lead: None }
    }

    /// The day, for steps that are about one.
    pub(super) fn until(&self) -> Option<Date> {
        self.day.filter(|_| self.step.needs_day())
    }

    /// Whether it has the words and the day that it needs, and not too many.
    pub(super) fn says_enough(&self) -> Result<(), TaskingProblem> {
        let words = written(&self.words);
        if self.step.needs_words() && words.is_empty() {
            return Err(TaskingProblem::WithoutWords { step: self.step });
        }
        if words.chars().count() > WORDS_MAX {
            return Err(TaskingProblem::TooLong { characters_max: WORDS_MAX });
        }
        if self.step.needs_day() && self.day.is_none() {
            return Err(TaskingProblem::WithoutDay);
        }
        Ok(())
    }
}

/// Words as they are kept.
pub(super) fn written(words: &str) -> String {
    text::nfc(words.trim())
}

impl Entrance {
    /// Takes a task a step further; gives back how it stands now.
    ///
    /// # Errors
    /// See [`take`].
    pub fn take_step(
        &self,
        who: &Actor,
        moment: Moment,
        task: TaskId,
        wanted: Wanted,
    ) -> Result<Task, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            take(tx, snapshot, &secrets, (&actor, moment), (task, &wanted))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

/// Takes a task a step further.
///
/// # Errors
/// There is no such task; the actor does not stand on the side that takes the step, or is not the
/// person who was named; the step cannot be taken now; words or a day are missing; or the database
/// failed.
pub fn take(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, wanted): (TaskId, &Wanted),
) -> Result<Task, Error> {
    let mut task = store::tasks::find(tx, id)?.ok_or_else(|| missing(id))?;
    let brief = store::tasks::brief(tx, task.brief)?.ok_or_else(|| missing(id))?;
    let by = doer(tx, snapshot, who, (&task, &brief), wanted.step, moment.today)?;
    let newest = store::tasks::newest_of(tx, id)?;
    if wanted.seen.is_some_and(|seen| seen != newest) {
        return Err(TaskingProblem::ChangedMeanwhile.into());
    }
    let is_asked = task.asked_until.map_or(Asked::No, |_| Asked::Yes);
    let wrong = TaskingProblem::WrongState { state: task.state, step: wanted.step };
    let next = after(task.state, wanted.step, is_asked).ok_or(wrong)?;
    let words = written(&wanted.words);
    if words.is_empty() && wanted.step.needs_words() {
        return Err(TaskingProblem::WithoutWords { step: wanted.step }.into());
    }
    if words.chars().count() > WORDS_MAX {
        return Err(TaskingProblem::TooLong { characters_max: WORDS_MAX }.into());
    }
    if wanted.step == Step::Confirm {
        not_ones_own(tx, id, by)?;
    }
    if let (Step::AskForTime | Step::Extend, Some(day)) = (wanted.step, wanted.day)
        && let Some(problem) = before_cut_off(snapshot, &brief.origin, day)
    {
        return Err(problem.into());
    }
    match (wanted.step, wanted.lead) {
        (Step::Give, _) if task.state == State::Draft => {
            draft::is_clear(tx, snapshot, (who, moment), (&task, &brief))?;
        }
        (Step::HandOver, Some(lead)) => {
            can_lead(tx, snapshot, (lead, brief.issuer), moment.today)?;
        }
        _ => {}
    }
    change(snapshot, &mut task, wanted, moment)?;
    task.state = next;
    store::tasks::save(tx, &task)?;
    let day = wanted.until();
    let said = payload::task_step(day.map(|day| day.to_string()).as_deref(), &words);
    let kind = Kind::Task(wanted.step);
    let deed = Deed::new(kind, id.0.to_string(), payload::task(&task))
        .about(Some(task.lead.unit))
        .committing(secrets, payload::TASK_STEP, &said)?;
    let recorded = door::record(tx, by, moment.now_ms, deed)?;
    let taken = Taken {
        step: wanted.step,
        account: by.account(),
        in_place_of: by.in_place_of(),
        done_ms: moment.now_ms,
        day,
        words,
    };
    let number = i64::try_from(recorded.position).unwrap_or(i64::MAX);
    store::tasks::insert_steps(tx, &[(number, id)], &taken)?;
    Ok(task)
}

/// Who takes a step, when they stand on its side.
pub(crate) fn doer(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    (task, brief): (&Task, &Brief),
    step: Step,
    today: Date,
) -> Result<Doer, Error> {
    let (right, party) = match step.side() {
        Side::Issuer => (Right::GiveTasks, Party { unit: brief.issuer, account: None }),
        Side::Lead => (Right::DoTasks, task.lead),
        Side::Confirmer => (Right::GiveTasks, task.confirmer),
    };
    let by = snapshot.doer(who, right, Some(party.unit), today)?;
    let Some(named) = party.account else { return Ok(by) };
    let is_named =
        by == Doer::Console || by.account() == Some(named) || by.in_place_of() == Some(named);
    if is_named {
        return Ok(by);
    }
    let name = store::accounts::find(tx, named)?.map(|account| account.name).unwrap_or_default();
    Err(TaskingProblem::OthersTask { name }.into())
}

/// Nobody confirms what they handed in, in whosever place.
fn not_ones_own(tx: &mut ReadTx<'_>, task: TaskId, by: Doer) -> Result<(), Error> {
    let steps = store::tasks::steps(tx, task)?;
    let handed_in = steps.iter().rev().find(|told| told.taken.step == Step::HandIn);
    let is_own = handed_in.is_some_and(|told| {
        let own = [told.taken.account, told.taken.in_place_of];
        [by.account(), by.in_place_of()].iter().flatten().any(|one| own.contains(&Some(*one)))
    });
    if is_own { Err(TaskingProblem::OwnWork.into()) } else { Ok(()) }
}

/// What a step changes beside the state.
fn change(
    snapshot: &Snapshot,
    task: &mut Task,
    wanted: &Wanted,
    moment: Moment,
) -> Result<(), Error> {
    match wanted.step {
        Step::Give => {
            task.given_on = Some(moment.today);
            task.acknowledged_ms = None;
            task.asked_until = None;
        }
        Step::Accept => task.acknowledged_ms = Some(moment.now_ms),
        Step::Report => acknowledge(task, moment),
        Step::HandIn => {
            acknowledge(task, moment);
            task.handed_in_on = Some(moment.today);
            task.asked_until = None;
        }
        Step::SendBack => task.handed_in_on = None,
        Step::AskForTime => task.asked_until = Some(later(task, wanted, moment.today)?),
        Step::Extend => {
            let day = later(task, wanted, moment.today)?;
            still_there(snapshot, task, day, moment.today)?;
            task.first_deadline = task.first_deadline.or(Some(day));
            task.deadline = Some(day);
            task.asked_until = None;
        }
        // Who asked for time and then has no deadline to keep waits for no answer.
        Step::RefuseTime | Step::Decline | Step::Pause | Step::Cancel => task.asked_until = None,
        Step::Resume => task.acknowledged_ms = None,
        Step::HandOver => {
            let lead = wanted.lead.ok_or(TaskingProblem::NobodyLeads)?;
            hand_over(snapshot, task, lead, moment.today)?;
        }
        Step::Draft | Step::Confirm => {}
    }
    Ok(())
}

/// Whoever does something with a task has taken note of it.
fn acknowledge(task: &mut Task, moment: Moment) {
    task.acknowledged_ms.get_or_insert(moment.now_ms);
}

/// The day of a step, which lies after the deadline that holds and is not over.
fn later(task: &Task, wanted: &Wanted, today: Date) -> Result<Date, TaskingProblem> {
    let day = wanted.day.ok_or(TaskingProblem::WithoutDay)?;
    if day < today {
        return Err(TaskingProblem::DeadlinePast { deadline: day });
    }
    match task.deadline {
        Some(deadline) if day <= deadline => Err(TaskingProblem::NotLater { deadline }),
        Some(_) | None => Ok(day),
    }
}

fn still_there(
    snapshot: &Snapshot,
    task: &Task,
    day: Date,
    today: Date,
) -> Result<(), TaskingProblem> {
    ends_before(snapshot, task.lead.unit, day, today).map_or(Ok(()), Err)
}

/// Whether somebody else can lead a task of a unit.
fn can_lead(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (lead, issuer): (Party, UnitId),
    today: Date,
) -> Result<(), Error> {
    if let Some(problem) = out_of_reach(snapshot, lead.unit, issuer, today) {
        return Err(problem.into());
    }
    not_entitled(tx, snapshot, lead, Right::DoTasks, today)?.map_or(Ok(()), |why| Err(why.into()))
}

fn hand_over(
    snapshot: &Snapshot,
    task: &mut Task,
    lead: Party,
    today: Date,
) -> Result<(), TaskingProblem> {
    if is_same(lead, task.confirmer) {
        return Err(TaskingProblem::ConfirmerLeads);
    }
    task.lead = lead;
    task.given_on = Some(today);
    task.acknowledged_ms = None;
    task.handed_in_on = None;
    task.asked_until = None;
    still_there(snapshot, task, task.deadline.unwrap_or(today).max(today), today)
}

/// The steps that an actor can take with a task now, in the order of [`Step::ALL`].
pub(super) fn possible(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    (task, brief): (&Task, &Brief),
    today: Date,
) -> Result<Vec<Step>, Error> {
    let is_asked = task.asked_until.map_or(Asked::No, |_| Asked::Yes);
    let mut possible = Vec::new();
    for step in Step::ALL {
        if after(task.state, step, is_asked).is_none() {
            continue;
        }
        match doer(tx, snapshot, who, (task, brief), step, today) {
            Ok(by) if step != Step::Confirm || not_ones_own(tx, task.id, by).is_ok() => {
                possible.push(step);
            }
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(possible)
}

/// Whether a state waits for its lead.
pub(crate) fn waits_for_lead(state: State) -> bool {
    match state {
        State::Given | State::Accepted | State::Underway | State::Redo => true,
        State::Draft
        | State::Declined
        | State::AwaitingConfirmation
        | State::Done
        | State::Paused
        | State::Cancelled => false,
    }
}
