//! Deliveries: the reminders of a run, together for each person who has a mail address, and how far they
//! and those to webhooks have come.

use std::collections::{BTreeSet, HashMap};

use domain::access::{Account, AccountId, AccountState, Actor, Grant, Right};
use domain::delivery::{Ended, LASTS_MS, Recipient, State, next_try};
use domain::hook;
use domain::unit::UnitId;
use domain::urging::{Audience, Channel, Policy, Subject};
use jiff::civil::Date;
use store::accounts::Mail;
use store::deliveries;
use store::urging::Reminder;
use store::{ReadTx, WriteTx, accounts, grants, hooks};

use super::page::{Books, Desk, Outcome, ReminderLine, UNITS_ASKED_MAX, is_same, join, line};
use super::{is_quiet, policies, policy_of};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

pub use store::deliveries::Delivery;

/// Deliveries that are begun at a time.
pub(super) const BEGUN_MAX: u32 = 50;

/// Reminders that one delivery lists.
pub(super) const LINES_MAX: usize = 50;

/// Reminders of one unit that are looked through for a mail.
const LOOKED_MAX: u32 = 500;

/// Deliveries that are looked through for a page, and those that it shows.
const NEWEST_MAX: u32 = 500;
const SHOWN_MAX: usize = 20;

/// A mail about to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The number of its delivery: what makes a second one known as the same.
    pub delivery: i64,
    /// When it was noted, in epoch milliseconds.
    pub noted_ms: i64,
    /// To whom.
    pub account: Account,
    /// Their address, and the code of the language of their mails.
    pub mail: Mail,
    /// What they are reminded of, as far as it is still open.
    pub lines: Vec<ReminderLine>,
    /// How many reminders there are beyond those.
    pub left_out: usize,
}

/// A delivery as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryLine {
    /// To whom.
    pub to: Reached,
    /// The delivery.
    pub delivery: Delivery,
}

/// To whom a delivery goes, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// A person.
    Person(String),
    /// A webhook of a unit, on a server.
    Hook(UnitName, String),
}

impl Workspace {
    /// Begins the deliveries that are due: what is to be sent now. Each is to be ended with
    /// [`Self::end_delivery`]; one that is not is begun again after its pause, so that a mail whose end
    /// nobody noted goes out at least once.
    ///
    /// # Errors
    /// The database failed.
    pub fn begin_deliveries(&self, moment: Moment) -> Result<Vec<Message>, Error> {
        let books = (self.task_book()?, self.difficulty_book()?);
        // What was sent or handed in by now is not reminded of.
        self.snapshot()?;
        self.write_blocking_by_plan(move |tx, snapshot| {
            let mut messages = Vec::new();
            for delivery in deliveries::due_mails(tx, moment.now_ms, BEGUN_MAX)? {
                messages.extend(begin(tx, snapshot, (&books.0, &books.1), &delivery, moment)?);
            }
            Ok(messages)
        })
    }

    /// Notes how the try of a delivery ended, with the code that the server answered.
    ///
    /// # Errors
    /// The database failed.
    pub fn end_delivery(
        &self,
        moment: Moment,
        delivery: i64,
        ended: Ended,
        answer: Option<u16>,
    ) -> Result<(), Error> {
        self.database.write_blocking(move |tx| end(tx, moment, delivery, ended, answer).map(drop))
    }

    /// The newest deliveries to people and webhooks of a unit and all below.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn deliveries(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
    ) -> Result<Vec<DeliveryLine>, Error> {
        let snapshot = self.snapshot()?;
        snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
        self.database.read_blocking(move |tx| of_subtree(tx, &snapshot, unit, moment.today))
    }
}

/// Notes how a try ended, unless that was noted already; gives back to whom it went.
pub(super) fn end(
    tx: &mut WriteTx<'_>,
    moment: Moment,
    delivery: i64,
    ended: Ended,
    answer: Option<u16>,
) -> Result<Option<Recipient>, Error> {
    let known = deliveries::find(tx, delivery)?.filter(|known| known.state == State::Sending);
    let Some(known) = known else { return Ok(None) };
    // What it waits for was set when it was begun.
    let is_last = known.next_ms >= known.noted_ms + LASTS_MS;
    let state = match ended {
        Ended::Taken => State::Arrived,
        Ended::Refused | Ended::Gone => State::Refused,
        Ended::Failed | Ended::Unreachable(_) if is_last => State::GivenUp,
        Ended::Failed | Ended::Unreachable(_) => State::Waiting,
    };
    let obstacle = match ended {
        Ended::Unreachable(obstacle) => Some(obstacle),
        Ended::Taken | Ended::Refused | Ended::Gone | Ended::Failed => None,
    };
    let to = known.to;
    save(tx, &Delivery { state, answer, obstacle, ..known }, moment.now_ms)?;
    Ok(Some(to))
}

/// Begins a try at sending lines; false when it is too late for it, or there is nothing to send.
pub(super) fn try_again(
    tx: &mut WriteTx<'_>,
    delivery: &Delivery,
    lines: &[ReminderLine],
    now_ms: i64,
) -> Result<bool, Error> {
    let (noted_ms, tries) = (delivery.noted_ms, delivery.tries + 1);
    let (state, next_ms) = if now_ms >= noted_ms + LASTS_MS {
        (State::GivenUp, delivery.next_ms)
    } else if lines.is_empty() {
        (State::Needless, delivery.next_ms)
    } else {
        let next_ms = next_try(noted_ms, tries, now_ms).unwrap_or(noted_ms + LASTS_MS);
        (State::Sending, next_ms)
    };
    let tries = if state == State::Sending { tries } else { delivery.tries };
    save(tx, &Delivery { state, tries, next_ms, ..delivery.clone() }, now_ms)?;
    Ok(state == State::Sending)
}

fn of_subtree(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    unit: UnitId,
    today: Date,
) -> Result<Vec<DeliveryLine>, Error> {
    let order = snapshot.order_on(today);
    let below = order.position(unit).map_or(0..0, |position| order.subtree(position));
    let mut found: Vec<Delivery> = Vec::new();
    if below.len() <= UNITS_ASKED_MAX {
        let units = below.filter_map(|at| order.units().get(at as usize));
        for unit in units.copied().chain([unit]).collect::<BTreeSet<UnitId>>() {
            found.extend(deliveries::of_unit(tx, unit, NEWEST_MAX)?);
        }
        found.sort_by_key(|delivery| std::cmp::Reverse(delivery.id));
        found.dedup_by_key(|delivery| delivery.id);
    } else {
        found = deliveries::newest(tx, NEWEST_MAX)?;
    }
    let mut lines = Vec::new();
    for delivery in found {
        let to = reached(tx, snapshot, delivery.to, (unit, today))?;
        lines.extend(to.map(|to| DeliveryLine { to, delivery }));
        if lines.len() == SHOWN_MAX {
            break;
        }
    }
    Ok(lines)
}

/// To whom a delivery went, if they belong to a unit or to one below.
fn reached(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    to: Recipient,
    (unit, today): (UnitId, Date),
) -> Result<Option<Reached>, Error> {
    let is_here = |own: UnitId| snapshot.path(own, today).contains(&unit);
    Ok(match to {
        Recipient::Account(id) => {
            let held = grants::of_account(tx, id)?;
            let is_here = held.iter().filter_map(|grant| grant.unit).any(is_here);
            let account = accounts::find(tx, id)?.filter(|_| is_here);
            account.map(|account| Reached::Person(account.name))
        }
        Recipient::Hook(id) => {
            let hook = hooks::find(tx, id)?.filter(|hook| is_here(hook.unit));
            hook.map(|hook| {
                let host = hook::host(&hook.address).to_owned();
                Reached::Hook(snapshot.name(hook.unit, today), host)
            })
        }
    })
}

/// Notes who is to get the reminders that a run has made.
pub(super) fn note(
    tx: &mut WriteTx<'_>,
    policies: &[Policy],
    reminders: &[Reminder],
    run: i64,
    moment: Moment,
) -> Result<(), Error> {
    let mut of_unit: HashMap<UnitId, Vec<&Reminder>> = HashMap::new();
    for reminder in reminders {
        of_unit.entry(reminder.unit).or_default().push(reminder);
    }
    for account in accounts::with_mail(tx)? {
        let held = grants::of_account(tx, account.id)?;
        let concerns = |grant: &Grant| {
            let reminders = grant.unit.and_then(|unit| of_unit.get(&unit));
            reminders
                .is_some_and(|all| all.iter().any(|it| goes(policies, it, grant, moment.today)))
        };
        if held.iter().any(concerns) {
            deliveries::insert(tx, run, Recipient::Account(account.id), moment.now_ms)?;
        }
    }
    Ok(())
}

/// Whether a reminder goes to whoever holds a grant on its unit. What is lent goes on to nobody by mail:
/// the borrower sees it on their pages.
fn goes(policies: &[Policy], reminder: &Reminder, grant: &Grant, today: Date) -> bool {
    let right = match (reminder.subject, reminder.audience) {
        (Subject::Task, Audience::Lead) => Right::DoTasks,
        (Subject::Submission, Audience::Lead) => Right::SendFigures,
        (Subject::Submission, Audience::Superior) => Right::ReviewFigures,
        (Subject::Task, Audience::Superior)
        | (Subject::Difficulty | Subject::Plan, Audience::Lead | Audience::Superior) => {
            Right::GiveTasks
        }
    };
    let policy = policy_of(policies, reminder);
    policy.is_some_and(|policy| policy.reaches(Channel::Mail, &grant.role.code))
        && grant.unit == Some(reminder.unit)
        && grant.delegated_by.is_none()
        && grant.validity.holds_on(today)
        && grant.role.rights.contains(&right)
        && reminder.account.is_none_or(|named| named == grant.account)
}

/// Begins a delivery: the mail to be sent, or none when there is nothing to send any more.
fn begin(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    books: Books<'_>,
    delivery: &Delivery,
    moment: Moment,
) -> Result<Option<Message>, Error> {
    let Recipient::Account(id) = delivery.to else { return Ok(None) };
    let person = accounts::find(tx, id)?;
    let person = person.filter(|account| account.state == AccountState::Active);
    let (Some(account), Some(mail)) = (person, accounts::mail(tx, id)?) else {
        let needless = Delivery { state: State::Needless, ..delivery.clone() };
        return save(tx, &needless, moment.now_ms).map(|()| None);
    };
    let policies = policies(tx)?;
    let found = reminders(tx, &policies, (delivery.run, id), moment.today)?;
    if is_quiet(&policies, &found, moment.now_ms) {
        return Ok(None);
    }
    let mut lines = lines(tx, snapshot, books, found, moment.today)?;
    if !try_again(tx, delivery, &lines, moment.now_ms)? {
        return Ok(None);
    }
    let left_out = lines.len().saturating_sub(LINES_MAX);
    lines.truncate(LINES_MAX);
    let (delivery, noted_ms) = (delivery.id, delivery.noted_ms);
    Ok(Some(Message { delivery, noted_ms, account, mail, lines, left_out }))
}

/// The reminders of a run that go to a person.
fn reminders(
    tx: &mut ReadTx<'_>,
    policies: &[Policy],
    (run, account): (i64, AccountId),
    today: Date,
) -> Result<Vec<Reminder>, Error> {
    let mut found: Vec<Reminder> = Vec::new();
    for grant in grants::of_account(tx, account)? {
        let Some(unit) = grant.unit else { continue };
        let reminders = store::urging::of_run(tx, run, unit, LOOKED_MAX)?;
        found.extend(reminders.into_iter().filter(|it| goes(policies, it, &grant, today)));
    }
    Ok(found)
}

/// What reminders say whose things are still open, the first due first.
pub(super) fn lines(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    books: Books<'_>,
    mut found: Vec<Reminder>,
    today: Date,
) -> Result<Vec<ReminderLine>, Error> {
    found.sort_by_key(|reminder| (reminder.deadline, reminder.id));
    found.dedup_by_key(|reminder| reminder.id);
    let desk = Desk::of(tx, snapshot, books, &found, today)?;
    let mut lines: Vec<ReminderLine> = Vec::new();
    for reminder in &found {
        let line = line(tx, &desk, reminder)?;
        match lines.iter().rposition(|known| is_same(known, &line)) {
            _ if line.outcome != Outcome::Open => {}
            Some(index) => join(&mut lines[index], line),
            None => lines.push(line),
        }
    }
    Ok(lines)
}

/// Saves how far a delivery has come; how it ended is recorded.
pub(super) fn save(tx: &mut WriteTx<'_>, delivery: &Delivery, now_ms: i64) -> Result<(), Error> {
    let delivery = Delivery { tried_ms: Some(now_ms), ..delivery.clone() };
    deliveries::save(tx, &delivery)?;
    if delivery.state.is_open() {
        return Ok(());
    }
    let deed =
        Deed::new(Kind::DeliveryEnded, delivery.id.to_string(), payload::delivery(&delivery));
    door::record(tx, Doer::Console, now_ms, deed).map(drop)
}
