//! Deliveries: the reminders of a run, together for each person who has a mail address.

use std::collections::{BTreeSet, HashMap};

use domain::access::{Account, AccountState, Actor, Grant, Right};
use domain::delivery::{Ended, LASTS_MS, State, next_try};
use domain::unit::UnitId;
use domain::urging::{Audience, Subject};
use jiff::civil::Date;
use store::accounts::Mail;
use store::deliveries::{self, Delivery};
use store::urging::Reminder;
use store::{ReadTx, WriteTx, accounts, grants};

use super::page::{Books, Desk, Outcome, ReminderLine, UNITS_ASKED_MAX, is_same, join, line};
use crate::accounts::Moment;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Deliveries that are begun at a time.
const BEGUN_MAX: u32 = 50;

/// Reminders that one mail lists.
const LINES_MAX: usize = 50;

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
    /// The name of the person.
    pub name: String,
    /// The delivery.
    pub delivery: Delivery,
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
            for delivery in deliveries::due(tx, moment.now_ms, BEGUN_MAX)? {
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
        self.database.write_blocking(move |tx| {
            let known = deliveries::find(tx, delivery)?;
            let Some(known) = known.filter(|it| it.state == State::Sending) else { return Ok(()) };
            let state = match ended {
                Ended::Taken => State::Arrived,
                Ended::Refused => State::Refused,
                // What it waits for was set when it was begun.
                Ended::Failed | Ended::Unreachable if is_last(&known) => State::GivenUp,
                Ended::Failed | Ended::Unreachable => State::Waiting,
            };
            save(tx, &Delivery { state, answer, ..known }, moment.now_ms)
        })
    }

    /// The newest deliveries to people of a unit and all below.
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

/// Whether a delivery that fails now is not tried again.
fn is_last(delivery: &Delivery) -> bool {
    delivery.next_ms >= delivery.noted_ms + LASTS_MS
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
        let Some(account) = accounts::find(tx, delivery.account)? else { continue };
        let held = grants::of_account(tx, account.id)?;
        let mut units = held.iter().filter_map(|grant| grant.unit);
        if units.any(|own| snapshot.path(own, today).contains(&unit)) {
            lines.push(DeliveryLine { name: account.name, delivery });
        }
        if lines.len() == SHOWN_MAX {
            break;
        }
    }
    Ok(lines)
}

/// Notes who is to get the reminders that a run has made.
pub(super) fn note(
    tx: &mut WriteTx<'_>,
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
            reminders.is_some_and(|all| all.iter().any(|it| goes(it, grant, moment.today)))
        };
        if held.iter().any(concerns) {
            deliveries::insert(tx, run, account.id, moment.now_ms)?;
        }
    }
    Ok(())
}

/// Whether a reminder goes to whoever holds a grant on its unit. What is lent goes on to nobody by mail:
/// the borrower sees it on their pages.
fn goes(reminder: &Reminder, grant: &Grant, today: Date) -> bool {
    let right = match (reminder.subject, reminder.audience) {
        (Subject::Task, Audience::Lead) => Right::DoTasks,
        (Subject::Submission, Audience::Lead) => Right::SendFigures,
        (Subject::Submission, Audience::Superior) => Right::ReviewFigures,
        (Subject::Task, Audience::Superior)
        | (Subject::Difficulty | Subject::Plan, Audience::Lead | Audience::Superior) => {
            Right::GiveTasks
        }
    };
    grant.unit == Some(reminder.unit)
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
    let now_ms = moment.now_ms;
    if now_ms >= delivery.noted_ms + LASTS_MS {
        save(tx, &Delivery { state: State::GivenUp, ..delivery.clone() }, now_ms)?;
        return Ok(None);
    }
    let person = accounts::find(tx, delivery.account)?;
    let person = person.filter(|account| account.state == AccountState::Active);
    let mail = accounts::mail(tx, delivery.account)?;
    let mut lines = open_lines(tx, snapshot, books, delivery, moment.today)?;
    let (Some(account), Some(mail), false) = (person, mail, lines.is_empty()) else {
        save(tx, &Delivery { state: State::Needless, ..delivery.clone() }, now_ms)?;
        return Ok(None);
    };
    let (id, noted_ms, tries) = (delivery.id, delivery.noted_ms, delivery.tries + 1);
    let next_ms = next_try(noted_ms, tries, now_ms).unwrap_or(noted_ms + LASTS_MS);
    let begun = Delivery { state: State::Sending, tries, next_ms, ..delivery.clone() };
    save(tx, &begun, now_ms)?;
    let left_out = lines.len().saturating_sub(LINES_MAX);
    lines.truncate(LINES_MAX);
    Ok(Some(Message { delivery: id, noted_ms, account, mail, lines, left_out }))
}

/// The reminders of a delivery whose things are still open.
fn open_lines(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    books: Books<'_>,
    delivery: &Delivery,
    today: Date,
) -> Result<Vec<ReminderLine>, Error> {
    let mut found: Vec<Reminder> = Vec::new();
    for grant in grants::of_account(tx, delivery.account)? {
        let Some(unit) = grant.unit else { continue };
        let reminders = store::urging::of_run(tx, delivery.run, unit, LOOKED_MAX)?;
        found.extend(reminders.into_iter().filter(|reminder| goes(reminder, &grant, today)));
    }
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
fn save(tx: &mut WriteTx<'_>, delivery: &Delivery, now_ms: i64) -> Result<(), Error> {
    let delivery = Delivery { tried_ms: Some(now_ms), ..delivery.clone() };
    deliveries::save(tx, &delivery)?;
    if delivery.state.is_open() {
        return Ok(());
    }
    let deed =
        Deed::new(Kind::DeliveryEnded, delivery.id.to_string(), payload::delivery(&delivery));
    door::record(tx, Doer::Console, now_ms, deed).map(drop)
}
