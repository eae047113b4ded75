//! Submissions that people send from forms: begun, sent, judged; and what everybody still has to do.

pub mod aims;
pub mod carried;
pub mod entry;
pub mod evidence;
pub mod grid;
pub mod levels;
pub mod lock;
pub mod matrix;
pub mod paper;
pub mod queue;
pub mod rates;
pub mod review;
pub mod send;
mod weigh;
pub mod work;

use domain::access::{AccountId, Actor};
use domain::attachment::AttachmentId;
use domain::collecting::CollectingProblem;
use domain::form::{Form, Version};
use domain::period::Period;
use domain::refusal::Refusal;
use domain::submission::{Deed, Reason, Submission};
use domain::unit::UnitId;
use ledger::commitment::Opening;
use store::deeds::Done;
use store::drafts::Draft;
use store::{ReadTx, WriteTx};

use crate::accounts::Moment;
use crate::door::{self, Kind, Recorded, payload};
use crate::entrance::Entrance;
use crate::entries::ReceiptText;
use crate::error::Error;
use crate::figures::{codes, is_assigned};
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// What was typed for one figure; pages bring it and drafts keep it in the same shape.
pub use store::drafts::DraftField as TypedField;

/// What is reported: a form of a unit for a period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occasion {
    /// The form's code.
    pub form: String,
    /// Who reports.
    pub unit: UnitId,
    /// About which span.
    pub period: Period,
}

/// What a page was drawn from, so that nobody overwrites what they have not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Base {
    /// The newest revision; 0 when nothing was sent.
    pub revision: u32,
    /// The draft's version; 0 without a draft.
    pub version: i64,
}

impl Base {
    /// What a page rests on that shows this revision and this draft.
    fn of(latest: Option<&Submission>, draft: Option<&Draft>) -> Self {
        Self {
            revision: latest.map_or(0, |latest| latest.revision),
            version: draft.map_or(0, |draft| draft.version),
        }
    }
}

/// A filled form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// The figures as they were typed.
    pub fields: Vec<TypedField>,
    /// The photographs beside them.
    pub attachments: Vec<AttachmentId>,
    /// Why it corrects what was approved; empty otherwise.
    pub reason: String,
    /// What the page was drawn from.
    pub base: Base,
    /// What the clock of the device said on which it was filled; none for a page.
    pub clock: Option<DeviceClock>,
}

/// What the clock of the sender's device said. It informs and decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceClock {
    /// When the form was finished, in epoch milliseconds.
    pub finished_ms: i64,
    /// When it was sent, in epoch milliseconds.
    pub sent_ms: i64,
}

/// A submission that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its id.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// When it arrived first, in epoch milliseconds.
    pub received_ms: i64,
    /// The receipt of its arrival.
    pub receipt: ReceiptText,
}

/// The form of an occasion.
#[derive(Debug, Clone, Copy)]
struct Wanted<'s> {
    /// Its place in the list.
    index: usize,
    form: &'s Form,
    /// What it asks for the period.
    version: &'s Version,
}

/// The form of an occasion, and what it asks for the period.
///
/// # Errors
/// There is no such form, it does not ask the unit for the period, or the period has not begun.
fn asked<'s>(
    snapshot: &'s Snapshot,
    occasion: &Occasion,
    moment: Moment,
) -> Result<Wanted<'s>, Error> {
    let Occasion { form: code, unit, period } = occasion;
    let (index, form) = snapshot.form(code)?;
    let (first, last) = form.calendar.days(*period);
    let version = snapshot.units.version_on(*unit, last);
    let is_owed = |asked: &&Version| {
        period.frequency() == Some(form.frequency)
            && version.is_some_and(|version| {
                is_assigned(&snapshot.units, &asked.assignment, version, last)
            })
    };
    let Some(asked) = form.version(*period).filter(is_owed) else {
        let unit = snapshot.name(*unit, last).code;
        return Err(CollectingProblem::NotOwed { form: code.clone(), unit }.into());
    };
    if moment.today < first {
        return Err(Refusal::PeriodNotBegun { period: *period, first }.into());
    }
    Ok(Wanted { index, form, version: asked })
}

/// The form of an occasion and what it asks for the period, whoever owes it.
fn wanted<'s>(snapshot: &'s Snapshot, occasion: &Occasion) -> Result<Wanted<'s>, Error> {
    let (index, form) = snapshot.form(&occasion.form)?;
    let not_owed = || {
        let unit = snapshot.name(occasion.unit, form.calendar.days(occasion.period).1).code;
        CollectingProblem::NotOwed { form: occasion.form.clone(), unit }
    };
    let version = form.version(occasion.period).ok_or_else(not_owed)?;
    Ok(Wanted { index, form, version })
}

/// The account that does something; none for the console.
pub(crate) fn account(who: &Actor) -> Option<AccountId> {
    who.account.as_ref().map(|account| account.id)
}

/// The newest sending among the deeds of a submission; none for one that came in a file.
fn sending(deeds: &[Done]) -> Option<&Done> {
    deeds.iter().rev().find(|done| matches!(done.deed, Deed::Send | Deed::Correct))
}

/// Who sent a submission last, for one that was sent from a form.
fn sender(deeds: &[Done]) -> Option<AccountId> {
    sending(deeds).and_then(|done| done.account)
}

/// The name of an account; empty for the console.
fn name_of(tx: &mut ReadTx<'_>, account: Option<AccountId>) -> Result<String, store::Error> {
    let Some(account) = account else { return Ok(String::new()) };
    Ok(store::accounts::find(tx, account)?.map(|account| account.name).unwrap_or_default())
}

/// Records what was done with a submission and why, and in the ledger how it stands now. Reasons are
/// free words, which may be about people, so they are not in the ledger; of photographs, commitments
/// are.
fn record(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    by: door::Doer,
    moment: Moment,
    (deed, reasons): (Deed, Vec<Reason>),
    (submission, openings): (&Submission, Vec<Opening>),
) -> Result<Recorded, Error> {
    tx.concerns_figures();
    let kind = match deed {
        Deed::Send => Kind::SubmissionSent,
        Deed::Correct => Kind::SubmissionCorrected,
        Deed::Approve => Kind::SubmissionApproved,
        Deed::Return => Kind::SubmissionReturned,
        Deed::Reopen => Kind::SubmissionReopened,
    };
    let content = payload::submission(submission, &codes(&snapshot.items))?;
    let entry = door::Deed::new(kind, &submission.id, content).about(Some(submission.unit));
    let entry = door::Deed { openings, ..entry };
    let recorded = door::record(tx, by, moment.now_ms, entry)?;
    let (account, in_place_of) = (by.account(), by.in_place_of());
    let done = Done { deed, account, in_place_of, done_ms: moment.now_ms, reasons };
    let number = i64::try_from(recorded.position).unwrap_or(i64::MAX);
    store::deeds::insert(tx, number, &submission.id, &done)?;
    Ok(recorded)
}

/// The key of a field: the item, and its class after a dot.
#[must_use]
pub fn field_key(item: &str, class: &str) -> String {
    if class.is_empty() { item.to_owned() } else { format!("{item}.{class}") }
}

impl Entrance {
    /// A new id for a submission, to be carried by the form until it is sent.
    #[must_use]
    pub fn submission_id(&self, now_ms: i64) -> String {
        let millis = u64::try_from(now_ms).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.secrets.bytes())
            .into_uuid()
            .to_string()
    }
}

impl Workspace {
    /// Saves what was typed into a form; gives back what a page drawn now rests on.
    ///
    /// # Errors
    /// See [`send::save_draft`].
    pub fn save_draft(
        &self,
        who: &Actor,
        moment: Moment,
        occasion: Occasion,
        typed: Typed,
    ) -> Result<Base, Error> {
        let actor = who.clone();
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            send::save_draft(tx, snapshot, &actor, moment, &occasion, &typed)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Sends a filled form.
    ///
    /// # Errors
    /// See [`send::submit`].
    pub fn submit(
        &self,
        who: &Actor,
        moment: Moment,
        id: &str,
        occasion: Occasion,
        typed: Typed,
    ) -> Result<Sent, Error> {
        let (actor, id) = (who.clone(), id.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            send::submit(tx, snapshot, &actor, moment, &id, &occasion, &typed)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Says that there is nothing to report.
    ///
    /// # Errors
    /// See [`send::nothing_to_report`].
    pub fn nothing_to_report(
        &self,
        who: &Actor,
        moment: Moment,
        id: &str,
        occasion: Occasion,
        typed: Typed,
    ) -> Result<Sent, Error> {
        let (actor, id) = (who.clone(), id.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            send::nothing_to_report(tx, snapshot, &actor, moment, &id, &occasion, &typed)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Approves submissions.
    ///
    /// # Errors
    /// See [`review::approve`].
    pub fn approve(&self, who: &Actor, moment: Moment, id: &str) -> Result<(), Error> {
        let (actor, id) = (who.clone(), id.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            review::approve(tx, snapshot, &actor, moment, &id)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Approves several submissions without doubts, all or none.
    ///
    /// # Errors
    /// See [`review::approve_many`].
    pub fn approve_many(
        &self,
        who: &Actor,
        moment: Moment,
        ids: Vec<String>,
    ) -> Result<usize, Error> {
        let actor = who.clone();
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            review::approve_many(tx, snapshot, &actor, moment, &ids)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Returns a submission with all reasons.
    ///
    /// # Errors
    /// See [`review::return_with_reasons`].
    pub fn return_with_reasons(
        &self,
        who: &Actor,
        moment: Moment,
        id: &str,
        reasons: Vec<Reason>,
    ) -> Result<(), Error> {
        let (actor, id) = (who.clone(), id.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            review::return_with_reasons(tx, snapshot, &actor, moment, &id, reasons.clone())
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Takes an approval back.
    ///
    /// # Errors
    /// See [`review::reopen`].
    pub fn reopen(
        &self,
        who: &Actor,
        moment: Moment,
        id: &str,
        reason: String,
    ) -> Result<(), Error> {
        let (actor, id) = (who.clone(), id.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            review::reopen(tx, snapshot, &actor, moment, &id, reason.clone())
        });
        self.noting_denials(done, who, moment.now_ms)
    }
}
