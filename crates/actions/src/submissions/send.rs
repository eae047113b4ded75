//! Beginning a form and sending it.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::attachment::AttachmentId;
use domain::collecting::CollectingProblem;
use domain::item::Item;
use domain::refusal::{Location, Refusal, Refused, Wanted};
use domain::submission::{Content, Deed, Doer, Figure, Progress, Reason, Submission, after};
use sha2::{Digest as _, Sha256};
use store::deeds::{ClockSaid, Done, Sending};
use store::drafts::Draft;
use store::imports::NewImport;
use store::{ReadTx, WriteTx};

use super::lock;
use super::weigh::{fields, weigh};
use super::{Base, Occasion, Sent, Typed, TypedField, account, asked, field_key, record};
use crate::accounts::Moment;
use crate::attachments;
use crate::door::{self, Kind};
use crate::entries;
use crate::error::Error;
use crate::imports;
use crate::secrets;
use crate::snapshot::Snapshot;

/// What a sending is called among the files that were taken in.
pub(crate) const ENTRY: &str = "entry";

/// Saves what was typed into a form, right or wrong; gives back what a page drawn now rests on.
///
/// # Errors
/// The actor may not send the unit's figures, the form does not ask for them, somebody else has
/// saved or sent meanwhile, or the database failed.
pub fn save_draft(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    occasion: &Occasion,
    typed: &Typed,
) -> Result<Base, Error> {
    snapshot.check(who, Right::SendFigures, Some(occasion.unit), moment.today)?;
    let version = asked(snapshot, occasion, moment)?.version;
    let base = unchanged(tx, occasion, typed)?.0;
    let fields = fields(snapshot, version, &typed.fields);
    let version = base.version + 1;
    let draft = Draft { version, account: account(who), saved_ms: moment.now_ms, fields };
    let named = attachments::nameable(tx, who, occasion, &typed.attachments)?;
    let named: Vec<AttachmentId> = named.into_iter().map(|attachment| attachment.id).collect();
    let key = (occasion.form.as_str(), occasion.unit, occasion.period);
    store::drafts::save(tx, key, &draft)?;
    store::attachments::name_in_draft(tx, key, &named)?;
    Ok(Base { version, ..base })
}

/// Sends a filled form. The same id with the same content again gives the same answer.
///
/// # Errors
/// The actor may not send the unit's figures, the form does not ask for them, a figure is wrong or
/// doubtful without a reason, somebody else has saved or sent meanwhile, the id came with other
/// content before, or the database failed. The row of a refusal is the number of its field.
pub fn submit(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    occasion: &Occasion,
    typed: &Typed,
) -> Result<Sent, Error> {
    let by = snapshot.doer(who, Right::SendFigures, Some(occasion.unit), moment.today)?;
    let form = asked(snapshot, occasion, moment)?;
    let mut typed =
        Typed { fields: fields(snapshot, form.version, &typed.fields), ..typed.clone() };
    let mut seen = BTreeSet::new();
    typed.attachments.retain(|id| seen.insert(id.clone()));
    let parcel = Parcel::new(id, occasion, Content::Figures, &typed)?;
    if let Some(sent) = parcel.sent_before(tx)? {
        return Ok(sent);
    }
    let weighed = weigh(tx, snapshot, form, occasion, &typed.fields, moment.today)?;
    let mut refused = attachments::refused(tx, who, occasion, &typed.attachments)?;
    refused.extend(weighed.refused);
    let mut doubts: Vec<Reason> = Vec::new();
    for number in (1..).take(typed.fields.len()) {
        let is_doubtful = weighed.doubts.iter().any(|(field, _)| *field == number);
        let Some(field) = typed.fields.get(number - 1).filter(|_| is_doubtful) else { continue };
        if field.reason.trim().is_empty() {
            let row = u32::try_from(number).unwrap_or(u32::MAX);
            let why = CollectingProblem::DoubtWithoutReason.into();
            refused.push(Refused { at: Location { row, ..Location::default() }, why });
        } else {
            let text = field.reason.trim().to_owned();
            doubts.push(Reason { field: field_key(&field.item, &field.class), text });
        }
    }
    if refused.is_empty() && weighed.figures.is_empty() {
        return Err(CollectingProblem::NothingEntered.into());
    }
    if !refused.is_empty() {
        refused.sort_by_key(|refused| refused.at.row);
        return Err(Error::Refused(refused));
    }
    receive(tx, snapshot, by, moment, &parcel, (weighed.figures, doubts))
}

/// Says that there is nothing to report, for a form that counts what happened in a period.
///
/// # Errors
/// As of [`submit`]; or the form asks for what stands at the end of the period.
pub fn nothing_to_report(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    occasion: &Occasion,
    typed: &Typed,
) -> Result<Sent, Error> {
    let by = snapshot.doer(who, Right::SendFigures, Some(occasion.unit), moment.today)?;
    let version = asked(snapshot, occasion, moment)?.version;
    let stocks = snapshot.items.iter().filter(|item| version.asks(item.id));
    let stocks: Vec<String> =
        stocks.filter(|item| !may_be_nothing(item)).map(|item| item.code.clone()).collect();
    if !stocks.is_empty() {
        return Err(CollectingProblem::NothingForStocks { items: stocks }.into());
    }
    let typed = Typed { fields: Vec::new(), attachments: Vec::new(), ..typed.clone() };
    let parcel = Parcel::new(id, occasion, Content::NothingToReport, &typed)?;
    if let Some(sent) = parcel.sent_before(tx)? {
        return Ok(sent);
    }
    receive(tx, snapshot, by, moment, &parcel, (Vec::new(), Vec::new()))
}

/// Whether nothing can have happened of an item.
pub(super) fn may_be_nothing(item: &Item) -> bool {
    item.is_flow()
}

/// What the page of an occasion rests on, and the newest revision, when that is what was typed
/// upon.
fn unchanged(
    tx: &mut ReadTx<'_>,
    occasion: &Occasion,
    typed: &Typed,
) -> Result<(Base, Option<Submission>), Error> {
    let Occasion { form, unit, period } = occasion;
    let latest = store::submissions::latest(tx, form, *unit, *period)?;
    let draft = store::drafts::find(tx, form, *unit, *period)?;
    let base = Base::of(latest.as_ref(), draft.as_ref());
    if base == typed.base {
        Ok((base, latest))
    } else {
        Err(CollectingProblem::ChangedMeanwhile.into())
    }
}

/// What is sent, under the id that the sender chose for it.
struct Parcel<'a> {
    id: String,
    occasion: &'a Occasion,
    content: Content,
    typed: &'a Typed,
    /// How many bytes its parts make.
    bytes: i64,
    /// Of its parts, in hexadecimal.
    sha256: String,
}

impl<'a> Parcel<'a> {
    fn new(
        id: &str,
        occasion: &'a Occasion,
        content: Content,
        typed: &'a Typed,
    ) -> Result<Self, Error> {
        let bad = || Refusal::BadValue { text: id.to_owned(), wanted: Wanted::Code };
        let id = uuid::Uuid::parse_str(id).map_err(|_| bad())?.to_string();
        let mut parts = vec![id.clone(), occasion.form.clone(), occasion.unit.0.to_string()];
        parts.extend([occasion.period.to_string(), format!("{content:?}"), typed.reason.clone()]);
        for TypedField { item, class, text, note, reason } in &typed.fields {
            parts.extend([item, class, text, note, reason].map(Clone::clone));
        }
        if !typed.attachments.is_empty() {
            let ids: Vec<&str> = typed.attachments.iter().map(AttachmentId::as_str).collect();
            parts.push(ids.join(","));
        }
        // Lengths stand before the parts, so that no two contents make the same bytes.
        let bytes = parts.iter().flat_map(|part| {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            length.to_be_bytes().into_iter().chain(part.bytes())
        });
        let bytes: Vec<u8> = bytes.collect();
        let sha256 = secrets::hex(&Sha256::digest(&bytes));
        let bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        Ok(Self { id, occasion, content, typed, bytes, sha256 })
    }

    /// The answer that the same parcel had before.
    fn sent_before(&self, tx: &mut ReadTx<'_>) -> Result<Option<Sent>, Error> {
        let Some(known) = store::submissions::find(tx, &self.id)? else { return Ok(None) };
        let sending = store::deeds::sending(tx, &self.id)?;
        if sending.is_none_or(|sending| sending.sha256 != self.sha256) {
            return Err(CollectingProblem::SameIdOtherContent { id: self.id.clone() }.into());
        }
        arrived(tx, known).map(Some)
    }
}

/// A submission that has arrived, with the receipt of that.
fn arrived(tx: &mut ReadTx<'_>, submission: Submission) -> Result<Sent, Error> {
    let Submission { id, revision, received_ms, .. } = submission;
    let receipt = entries::arrival(tx, &id)?
        .ok_or_else(|| Error::Fault(format!("submission {id} is not in the ledger")))?;
    Ok(Sent { id, revision, received_ms, receipt })
}

/// Writes a parcel that was found right.
fn receive(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    by: door::Doer,
    moment: Moment,
    parcel: &Parcel<'_>,
    (figures, doubts): (Vec<Figure>, Vec<Reason>),
) -> Result<Sent, Error> {
    let Parcel { id, occasion, content, typed, bytes, sha256 } = parcel;
    let (_, latest) = unchanged(tx, occasion, typed)?;
    lock::check(tx, snapshot, occasion, moment.today)?;
    let Occasion { form, unit, period } = *occasion;
    let reason = typed.reason.trim();
    let deed = if reason.is_empty() || latest.is_none() { Deed::Send } else { Deed::Correct };
    let before = latest.as_ref().map_or(Progress::BEGUN, Submission::progress);
    // How many levels judge it does not matter for sending it.
    let Progress { state, approvals } = after(before, deed, Doer::Sender, 1)?;
    let received_ms = moment.now_ms;
    let new = NewImport {
        kind: ENTRY.to_owned(),
        file_name: String::new(),
        sha256: sha256.clone(),
        bytes: *bytes,
        rows: i64::try_from(figures.len()).unwrap_or(i64::MAX),
        imported_ms: received_ms,
    };
    let submission = Submission {
        id: id.clone(),
        form: form.clone(),
        unit: *unit,
        period: *period,
        revision: latest.map_or(1, |latest| latest.revision + 1),
        import: imports::record(tx, by, Kind::FiguresEntered, new)?,
        received_ms,
        figures,
        state,
        approvals,
        content: *content,
    };
    store::submissions::insert_many(tx, std::slice::from_ref(&submission))?;
    let clock = typed.clock.map(|clock| ClockSaid {
        finished_ms: clock.finished_ms,
        ahead_ms: clock.sent_ms.saturating_sub(received_ms),
    });
    store::deeds::insert_sending(tx, id, &Sending { sha256: sha256.clone(), doubts, clock })?;
    let mut reasons = Vec::new();
    if deed == Deed::Correct {
        reasons.push(Reason { field: String::new(), text: reason.to_owned() });
    }
    let (account, in_place_of) = (by.account(), by.in_place_of());
    let done = Done { deed, account, in_place_of, done_ms: received_ms, reasons };
    store::deeds::insert(tx, id, &done)?;
    store::drafts::remove(tx, form, *unit, *period)?;
    let openings = attachments::name_in_submission(tx, id, &typed.attachments)?;
    record(tx, snapshot, by, moment, deed, (&submission, openings))?;
    arrived(tx, submission)
}
