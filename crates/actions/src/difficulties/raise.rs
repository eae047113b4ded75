//! Raising a difficulty: what stands in the way, who above answers and by when.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::collecting::CollectingProblem;
use domain::difficulty::{Difficulty, DifficultyId, State, Step, Words};
use domain::raising::RaisingProblem;
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::task::TaskId;
use domain::text;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::difficulties::{Parcel, Taken};
use store::{ReadTx, WriteTx};

use super::record;
use crate::accounts::Moment;
use crate::door::Kind;
use crate::entrance::Entrance;
use crate::entries::{self, ReceiptText};
use crate::error::Error;
use crate::parcels;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;
use crate::tasks::called;

/// The longest line that says what stands in the way, in characters.
pub const TROUBLE_MAX: usize = 300;

/// The longest text of what is to be said more, in characters.
pub const DETAIL_MAX: usize = 4_000;

/// So many days after it was raised a difficulty is answered, unless another day is chosen.
pub const USUAL_DAYS: i32 = 7;

/// A difficulty about to be raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The id that a phone chose for it; the same id with the same content again changes nothing.
    pub parcel: Option<String>,
    /// Whose it is.
    pub unit: UnitId,
    /// The task that it is about.
    pub task: Option<TaskId>,
    /// What stands in the way.
    pub trouble: String,
    /// More about it.
    pub detail: String,
    /// Who answers.
    pub holder: Option<UnitId>,
    /// By when.
    pub due: Option<Date>,
}

/// A difficulty that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its number.
    pub id: DifficultyId,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// What its sender keeps.
    pub receipt: ReceiptText,
}

impl Entrance {
    /// Raises a difficulty.
    ///
    /// # Errors
    /// The actor does no tasks in the unit; something is missing, too long, too late, not above or
    /// about somebody else's task, all reasons at once; the id came with other content before; or the
    /// database failed.
    pub fn raise_difficulty(
        &self,
        who: &Actor,
        moment: Moment,
        raised: Raised,
    ) -> Result<Arrived, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            raise(tx, snapshot, &secrets, (&actor, moment), &raised)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn raise(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    raised: &Raised,
) -> Result<Arrived, Error> {
    let by = snapshot.doer(who, Right::DoTasks, Some(raised.unit), moment.today)?;
    let parcel = parcel(raised)?;
    if let Some(arrived) = arrived_before(tx, parcel.as_ref())? {
        return Ok(arrived);
    }
    let mut problems = unclear(raised);
    problems.extend(raised.due.and_then(|due| past(due, moment.today)));
    problems.extend(
        raised.holder.and_then(|holder| not_above(snapshot, holder, raised.unit, moment.today)),
    );
    problems.extend(others_task(tx, snapshot, raised, moment.today)?);
    let (Some(holder), Some(due), []) = (raised.holder, raised.due, &problems[..]) else {
        let refused = |why: RaisingProblem| Refused { at: Location::default(), why: why.into() };
        return Err(Error::Refused(problems.into_iter().map(refused).collect()));
    };
    let difficulty = Difficulty {
        id: store::difficulties::next_id(tx)?,
        unit: raised.unit,
        account: by.account(),
        task: raised.task,
        holder,
        due,
        state: State::Waiting,
        asked_on: moment.today,
        answered_on: None,
    };
    let [trouble, detail] = [&raised.trouble, &raised.detail].map(|text| text::nfc(text.trim()));
    let words = Words { trouble, detail };
    store::difficulties::insert(tx, &difficulty, &words, parcel.as_ref())?;
    let taken = Taken {
        step: Step::Raise,
        account: by.account(),
        in_place_of: by.in_place_of(),
        done_ms: moment.now_ms,
        holder,
        due,
        words: String::new(),
    };
    let recorded = record(tx, secrets, by, (&difficulty, &words), &taken)?;
    Ok(Arrived {
        id: difficulty.id,
        received_ms: moment.now_ms,
        receipt: entries::receipt(recorded),
    })
}

/// What a phone sent it under.
fn parcel(raised: &Raised) -> Result<Option<Parcel>, Error> {
    let Raised { parcel: Some(id), unit, task, trouble, detail, holder, due } = raised else {
        return Ok(None);
    };
    let id = parcels::id(id)?;
    let number = |number: Option<i64>| number.map_or_else(String::new, |it| it.to_string());
    let parts = [
        id.clone(),
        unit.0.to_string(),
        number(task.map(|task| task.0)),
        trouble.clone(),
        detail.clone(),
        number(holder.map(|holder| holder.0)),
        due.map_or_else(String::new, |due| due.to_string()),
    ];
    Ok(Some(Parcel { id, sha256: parcels::sha256(&parts) }))
}

/// The answer that the same parcel had before.
fn arrived_before(tx: &mut ReadTx<'_>, parcel: Option<&Parcel>) -> Result<Option<Arrived>, Error> {
    let Some(parcel) = parcel else { return Ok(None) };
    let Some((id, sha256)) = store::difficulties::sent_as(tx, &parcel.id)? else {
        return Ok(None);
    };
    if sha256 != parcel.sha256 {
        return Err(CollectingProblem::SameIdOtherContent { id: parcel.id.clone() }.into());
    }
    let noun = Kind::Difficulty(Step::Raise).noun();
    let receipt = entries::arrival(tx, noun, &id.0.to_string())?
        .ok_or_else(|| Error::Fault(format!("difficulty {} is not in the ledger", id.0)))?;
    let steps = store::difficulties::steps(tx, id)?;
    let received_ms = steps.first().map_or(0, |told| told.taken.done_ms);
    Ok(Some(Arrived { id, received_ms, receipt }))
}

/// A task that neither the unit nor one whose place it took leads or helps with.
fn others_task(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    raised: &Raised,
    today: Date,
) -> Result<Option<RaisingProblem>, Error> {
    let Some(id) = raised.task else { return Ok(None) };
    let missing = || Refusal::NotFound { noun: Noun::Task, key: id.0.to_string() };
    let task = store::tasks::find(tx, id)?.ok_or_else(missing)?;
    let brief = store::tasks::brief(tx, task.brief)?.ok_or_else(missing)?;
    let own = BTreeSet::from([raised.unit]);
    let mut doers = std::iter::once(&task.lead.unit).chain(&brief.helpers);
    let is_own = doers.any(|unit| snapshot.stands_in(&own, *unit, today));
    let problem = || RaisingProblem::OthersTask { unit: called(snapshot, raised.unit, today) };
    Ok((!is_own).then(problem))
}

/// What is missing, or too long.
fn unclear(raised: &Raised) -> Vec<RaisingProblem> {
    let mut problems = Vec::new();
    if raised.trouble.trim().is_empty() {
        problems.push(RaisingProblem::WithoutTrouble);
    }
    for (text, characters_max) in [(&raised.trouble, TROUBLE_MAX), (&raised.detail, DETAIL_MAX)] {
        if text.trim().chars().count() > characters_max {
            problems.push(RaisingProblem::TooLong { characters_max });
        }
    }
    if raised.holder.is_none() {
        problems.push(RaisingProblem::WithoutHolder);
    }
    if raised.due.is_none() {
        problems.push(RaisingProblem::WithoutDay);
    }
    problems
}

/// A day for the answer that is over.
pub(super) fn past(day: Date, today: Date) -> Option<RaisingProblem> {
    (day < today).then_some(RaisingProblem::DayPast { day })
}

/// A unit that is to answer without standing above.
pub(super) fn not_above(
    snapshot: &Snapshot,
    holder: UnitId,
    unit: UnitId,
    today: Date,
) -> Option<RaisingProblem> {
    let is_above = holder != unit && snapshot.path(unit, today).contains(&holder);
    (!is_above).then(|| RaisingProblem::NotAbove {
        holder: called(snapshot, holder, today),
        unit: called(snapshot, unit, today),
    })
}
