//! Webhooks: which programs get the reminders of a unit and all below, and what is sent to them.

use std::collections::HashMap;

use domain::access::{Actor, Right};
use domain::delivery::{Ended, Recipient, State};
use domain::hook::{self, HOOKS_MAX, HookId, Reach};
use domain::reaching::ReachingProblem;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use domain::urging::{Channel, Policy};
use jiff::civil::Date;
use store::deliveries::{self, Delivery};
use store::hooks::{self, HookRow};
use store::urging::Reminder;
use store::{ReadTx, WriteTx};

use super::delivering::{self, BEGUN_MAX, LINES_MAX, lines};
use super::page::{Books, ReminderLine};
use super::{is_quiet, policies, policy_of};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// For which purpose secrets of webhooks are sealed.
const HOOK: &str = "secret of a webhook";

/// Bytes of such a secret.
const SECRET_BYTES: usize = 32;

/// Reminders of a run that are looked through for a webhook.
const LOOKED_MAX: u32 = 20_000;

/// A webhook as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// Its number.
    pub id: HookId,
    /// Whose reminders it gets.
    pub unit: UnitName,
    /// The server that they are sent to: the rest of an address may be a secret.
    pub host: String,
    /// When it was made, in epoch milliseconds.
    pub made_ms: i64,
    /// How the newest delivery stands, if there was any.
    pub newest: Option<Delivery>,
}

/// Something about to be sent to a webhook.
#[derive(Clone, PartialEq)]
pub struct Post {
    /// The number of its delivery: what makes a second one known as the same.
    pub delivery: i64,
    /// When it was noted, in epoch milliseconds.
    pub noted_ms: i64,
    /// Where to.
    pub address: String,
    /// What it is signed with.
    pub secret: Vec<u8>,
    /// The code of the language of its text.
    pub language: String,
    /// Whose reminders.
    pub unit: UnitName,
    /// The run that made them.
    pub run: i64,
    /// What is reminded of, as far as it is still open.
    pub lines: Vec<ReminderLine>,
    /// How many there are beyond those.
    pub left_out: usize,
}

/// A webhook about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHook {
    /// Whose reminders it gets, with those of all below.
    pub unit: UnitId,
    /// Where they are sent to, as it was typed.
    pub address: String,
    /// The code of the language of their text.
    pub language: String,
}

impl Entrance {
    /// Makes a webhook; gives back the secret that what is sent is signed with, which is shown once.
    ///
    /// # Errors
    /// The actor may not edit the unit's plan, there is no sending to the address, the unit has too many
    /// webhooks, or the database failed.
    pub fn make_hook(
        &self,
        who: &Actor,
        moment: Moment,
        new: &NewHook,
        reach: Reach,
    ) -> Result<[u8; SECRET_BYTES], Error> {
        let text = new.address.trim();
        let unfit = |why| ReachingProblem::UnfitAddress { text: text.to_owned(), why };
        let address = hook::address(text, reach).map_err(unfit)?;
        let secret: [u8; SECRET_BYTES] = self.secrets.bytes();
        let (secrets, actor) = (self.secrets.clone(), who.clone());
        let row = HookRow {
            id: HookId(0),
            unit: new.unit,
            address,
            language: new.language.clone(),
            secret: secrets.seal(HOOK, &secret)?,
            made_ms: moment.now_ms,
            ended_ms: None,
        };
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            let (unit, right) = (Some(row.unit), Right::ManagePlan);
            let by = snapshot.doer(&actor, right, unit, moment.today)?;
            let known = hooks::open(tx)?.into_iter().filter(|hook| hook.unit == row.unit);
            if known.count() >= HOOKS_MAX {
                return Err(ReachingProblem::TooManyHooks { most: HOOKS_MAX }.into());
            }
            let id = hooks::insert(tx, &row)?;
            record(tx, &secrets, Kind::HookMade, by, id, moment.now_ms)
        });
        self.workspace.noting_denials(done, who, moment.now_ms).map(|()| secret)
    }

    /// Ends a webhook: nothing is sent to it any more.
    ///
    /// # Errors
    /// There is none that the actor may end, or the database failed.
    pub fn end_hook(&self, who: &Actor, moment: Moment, id: HookId) -> Result<(), Error> {
        let (secrets, actor) = (self.secrets.clone(), who.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            let unknown = || Refusal::NotFound { noun: Noun::Hook, key: id.0.to_string() };
            let hook = hooks::find(tx, id)?.filter(|hook| hook.ended_ms.is_none());
            let hook = hook.ok_or_else(unknown)?;
            let by = snapshot.doer(&actor, Right::ManagePlan, Some(hook.unit), moment.today)?;
            hooks::end(tx, id, moment.now_ms)?;
            record(tx, &secrets, Kind::HookEnded, by, id, moment.now_ms)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }

    /// The webhooks that hold of units whose plan the actor may edit, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn hooks(&self, who: &Actor, moment: Moment) -> Result<Vec<Hook>, Error> {
        let (snapshot, who) = (self.workspace.snapshot()?, who.clone());
        let may = move |snapshot: &Snapshot, unit| {
            snapshot.check(&who, Right::ManagePlan, Some(unit), moment.today).is_ok()
        };
        self.database().read_blocking(move |tx| {
            let mut known = Vec::new();
            for row in hooks::open(tx)?.into_iter().filter(|row| may(&snapshot, row.unit)) {
                known.push(Hook {
                    id: row.id,
                    unit: snapshot.name(row.unit, moment.today),
                    host: hook::host(&row.address).to_owned(),
                    made_ms: row.made_ms,
                    newest: deliveries::newest_to_hook(tx, row.id)?,
                });
            }
            Ok(known)
        })
    }

    /// Begins what is to be sent to webhooks now. Each is to be ended with [`Self::end_post`]; one that is
    /// not is begun again after its pause.
    ///
    /// # Errors
    /// The database failed.
    pub fn begin_posts(&self, moment: Moment) -> Result<Vec<Post>, Error> {
        let books = (self.workspace.task_book()?, self.workspace.difficulty_book()?);
        self.workspace.snapshot()?;
        let secrets = self.secrets.clone();
        self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            let desk = (snapshot, (&*books.0, &*books.1), &secrets);
            let mut posts = Vec::new();
            for delivery in deliveries::due_posts(tx, moment.now_ms, BEGUN_MAX)? {
                posts.extend(begin(tx, desk, &delivery, moment)?);
            }
            Ok(posts)
        })
    }

    /// Notes how sending to a webhook ended, with the status of the answer; one that is gone for good is
    /// ended.
    ///
    /// # Errors
    /// The database failed.
    pub fn end_post(
        &self,
        moment: Moment,
        delivery: i64,
        ended: Ended,
        answer: Option<u16>,
    ) -> Result<(), Error> {
        let secrets = self.secrets.clone();
        self.database().write_blocking(move |tx| {
            let to = delivering::end(tx, moment, delivery, ended, answer)?;
            let (Some(Recipient::Hook(id)), Ended::Gone) = (to, ended) else { return Ok(()) };
            if hooks::end(tx, id, moment.now_ms)? {
                record(tx, &secrets, Kind::HookEnded, Doer::Console, id, moment.now_ms)?;
            }
            Ok(())
        })
    }
}

/// Notes which webhooks are to get the reminders that a run has made.
pub(super) fn note(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    (policies, reminders): (&[Policy], &[Reminder]),
    run: i64,
    moment: Moment,
) -> Result<(), Error> {
    let hooks = hooks::open(tx)?;
    let mut above: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    let sent = reminders.iter().filter(|it| is_sent(policies, it));
    for reminder in sent.filter(|_| !hooks.is_empty()) {
        above.entry(reminder.unit).or_insert_with(|| snapshot.path(reminder.unit, moment.today));
    }
    for hook in hooks {
        if above.values().any(|path| path.contains(&hook.unit)) {
            deliveries::insert(tx, run, Recipient::Hook(hook.id), moment.now_ms)?;
        }
    }
    Ok(())
}

/// Whether a reminder goes to webhooks.
fn is_sent(policies: &[Policy], reminder: &Reminder) -> bool {
    policy_of(policies, reminder).is_some_and(|it| it.channels.contains(&Channel::Hook))
}

/// What is begun with.
type Desk<'a> = (&'a Snapshot, Books<'a>, &'a Secrets);

/// Begins a delivery: what is to be sent, or none when there is nothing to send any more.
fn begin(
    tx: &mut WriteTx<'_>,
    (snapshot, books, secrets): Desk<'_>,
    delivery: &Delivery,
    moment: Moment,
) -> Result<Option<Post>, Error> {
    let Recipient::Hook(id) = delivery.to else { return Ok(None) };
    let hook = hooks::find(tx, id)?.filter(|hook| hook.ended_ms.is_none());
    let Some(hook) = hook else {
        let needless = Delivery { state: State::Needless, ..delivery.clone() };
        return delivering::save(tx, &needless, moment.now_ms).map(|()| None);
    };
    let policies = policies(tx)?;
    let mut found = reminders(tx, snapshot, (delivery.run, hook.unit), moment.today)?;
    found.retain(|it| is_sent(&policies, it));
    if is_quiet(&policies, &found, moment.now_ms) {
        return Ok(None);
    }
    let mut lines = lines(tx, snapshot, books, found, moment.today)?;
    if !delivering::try_again(tx, delivery, &lines, moment.now_ms)? {
        return Ok(None);
    }
    let left_out = lines.len().saturating_sub(LINES_MAX);
    lines.truncate(LINES_MAX);
    Ok(Some(Post {
        delivery: delivery.id,
        noted_ms: delivery.noted_ms,
        secret: secrets.open(HOOK, &hook.secret)?,
        address: hook.address,
        language: hook.language,
        unit: snapshot.name(hook.unit, moment.today),
        run: delivery.run,
        lines,
        left_out,
    }))
}

/// The reminders of a run to people of a unit and all below.
fn reminders(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (run, unit): (i64, UnitId),
    today: Date,
) -> Result<Vec<Reminder>, Error> {
    let mut found = store::urging::all_of_run(tx, run, LOOKED_MAX)?;
    found.retain(|reminder| snapshot.path(reminder.unit, today).contains(&unit));
    Ok(found)
}

/// Records what was done with a webhook, committing to its address and secret.
fn record(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    kind: Kind,
    by: Doer,
    id: HookId,
    now_ms: i64,
) -> Result<(), Error> {
    let missing = || Error::Fault(format!("webhook {} is gone", id.0));
    let hook = hooks::find(tx, id)?.ok_or_else(missing)?;
    let mut deed = Deed::new(kind, id.0.to_string(), payload::hook(&hook)).about(Some(hook.unit));
    for (field, value) in payload::hook_secrets(&hook) {
        deed = deed.committing(secrets, field, &value)?;
    }
    door::record(tx, by, now_ms, deed).map(drop)
}
