//! Beginning a form and sending it.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::attachment::AttachmentId;
use domain::collecting::CollectingProblem;
use domain::item::Item;
use domain::refusal::{Location, Refused};
use domain::submission::{Content, Deed, Doer, Figure, Progress, Reason, Submission, after};
use store::deeds::{ClockSaid, Sending};
use store::drafts::Draft;
use store::submissions::Around;
use store::{ReadTx, WriteTx};

use super::lock;
use super::weigh::{fields, weigh};
use super::{Base, Occasion, Sent, Typed, TypedField, account, asked, field_key, record};
use crate::accounts::Moment;
use crate::attachments;
use crate::door;
use crate::entries;
use crate::error::Error;
use crate::parcels;
use crate::snapshot::Snapshot;

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
    let base = unchanged(tx, occasion, typed)?;
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
    let around = parcel.around(tx)?;
    if let Some(sent) = parcel.sent_before(tx, &around)? {
        return Ok(sent);
    }
    let before = around.before.as_ref().map_or(&[][..], |before| &before.figures);
    let weighed = weigh(snapshot, form, occasion, &typed.fields, before, moment.today);
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
    receive(tx, snapshot, (by, moment), &parcel, &around, (weighed.figures, doubts))
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
    let around = parcel.around(tx)?;
    if let Some(sent) = parcel.sent_before(tx, &around)? {
        return Ok(sent);
    }
    receive(tx, snapshot, (by, moment), &parcel, &around, (Vec::new(), Vec::new()))
}

/// Whether nothing can have happened of an item.
pub(super) fn may_be_nothing(item: &Item) -> bool {
    item.is_flow()
}

/// What the page of an occasion rests on, when that is what was typed upon.
fn unchanged(tx: &mut ReadTx<'_>, occasion: &Occasion, typed: &Typed) -> Result<Base, Error> {
    let Occasion { form, unit, period } = occasion;
    let latest = store::submissions::latest(tx, form, *unit, *period)?;
    let draft = store::drafts::find(tx, form, *unit, *period)?;
    let base = Base::of(latest.as_ref(), draft.as_ref());
    if base == typed.base { Ok(base) } else { Err(CollectingProblem::ChangedMeanwhile.into()) }
}

/// What is sent, under the id that the sender chose for it.
struct Parcel<'a> {
    id: String,
    occasion: &'a Occasion,
    content: Content,
    typed: &'a Typed,
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
        let id = parcels::id(id)?;
        let mut parts = vec![id.clone(), occasion.form.clone(), occasion.unit.0.to_string()];
        parts.extend([occasion.period.to_string(), format!("{content:?}"), typed.reason.clone()]);
        for TypedField { item, class, text, note, reason } in &typed.fields {
            parts.extend([item, class, text, note, reason].map(Clone::clone));
        }
        if !typed.attachments.is_empty() {
            let ids: Vec<&str> = typed.attachments.iter().map(AttachmentId::as_str).collect();
            parts.push(ids.join(","));
        }
        let sha256 = parcels::sha256(&parts);
        Ok(Self { id, occasion, content, typed, sha256 })
    }

    /// What there is already around it.
    fn around(&self, tx: &mut ReadTx<'_>) -> Result<Around, store::Error> {
        let Occasion { form, unit, period } = self.occasion;
        store::submissions::around(tx, &self.id, (form, *unit, *period))
    }

    /// The answer that the same parcel had before.
    fn sent_before(&self, tx: &mut ReadTx<'_>, around: &Around) -> Result<Option<Sent>, Error> {
        let Some(Submission { id, revision, received_ms, .. }) = &around.same else {
            return Ok(None);
        };
        let sending = store::deeds::sending(tx, &self.id)?;
        if sending.is_none_or(|sending| sending.sha256 != self.sha256) {
            return Err(CollectingProblem::SameIdOtherContent { id: self.id.clone() }.into());
        }
        let receipt = entries::arrival(tx, door::Kind::SubmissionReceived.noun(), id)?
            .ok_or_else(|| Error::Fault(format!("submission {id} is not in the ledger")))?;
        let (revision, received_ms) = (*revision, *received_ms);
        Ok(Some(Sent { id: id.clone(), revision, received_ms, receipt }))
    }
}

/// Writes a parcel that was found right.
fn receive(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    (by, moment): (door::Doer, Moment),
    parcel: &Parcel<'_>,
    around: &Around,
    (figures, doubts): (Vec<Figure>, Vec<Reason>),
) -> Result<Sent, Error> {
    let Parcel { id, occasion, content, typed, sha256 } = parcel;
    let Occasion { form, unit, period } = *occasion;
    let latest = around.latest.as_ref();
    let Base { revision, version } = typed.base;
    if latest.map_or(0, |latest| latest.revision) != revision || around.draft != version {
        return Err(CollectingProblem::ChangedMeanwhile.into());
    }
    lock::check(tx, snapshot, occasion, around, moment.today)?;
    let reason = typed.reason.trim();
    let deed = if reason.is_empty() || latest.is_none() { Deed::Send } else { Deed::Correct };
    let before = latest.map_or(Progress::BEGUN, Submission::progress);
    // How many levels judge it does not matter for sending it.
    let Progress { state, approvals } = after(before, deed, Doer::Sender, 1)?;
    if version > 0 {
        store::drafts::take(tx, (form, *unit, *period), version)?;
    }
    let received_ms = moment.now_ms;
    let submission = Submission {
        id: id.clone(),
        form: form.clone(),
        unit: *unit,
        period: *period,
        revision: revision + 1,
        import: store::imports::FORMS,
        received_ms,
        figures,
        state,
        approvals,
        content: *content,
    };
    store::submissions::insert(tx, &submission)?;
    let clock = typed.clock.map(|clock| ClockSaid {
        finished_ms: clock.finished_ms,
        ahead_ms: clock.sent_ms.saturating_sub(received_ms),
    });
    store::deeds::insert_sending(tx, id, &Sending { sha256: sha256.clone(), doubts, clock })?;
    let mut reasons = Vec::new();
    if deed == Deed::Correct {
        reasons.push(Reason { field: String::new(), text: reason.to_owned() });
    }
    let openings = attachments::name_in_submission(tx, id, &typed.attachments)?;
    let submission = (&submission, openings);
    let recorded = record(tx, snapshot, by, moment, (deed, reasons), submission)?;
    let receipt = entries::receipt(recorded);
    Ok(Sent { id: id.clone(), revision: revision + 1, received_ms, receipt })
}
