//! Judging submissions: approving, returning with reasons, opening again; and what a reviewer looks
//! at for it.

use std::collections::BTreeMap;

use domain::access::{Actor, Right};
use domain::attachment::Attachment;
use domain::collecting::CollectingProblem;
use domain::item::{Bilingual, ItemId};
use domain::number::Quantity;
use domain::refusal::{Noun, Refusal};
use domain::submission::{Content, Deed, Doer, Figure, Progress, Reason, State, Submission, after};
use store::deeds::Done;
use store::{ReadTx, WriteTx};

use super::levels::{self, Course, Level};
use super::queue::{self, Standing};
use super::weigh::{fields, weigh};
use super::{Occasion, field_key, name_of, record, wanted};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::imports::Notice;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// The longest reason, in characters.
const REASON_MAX: usize = 1_000;

/// How far a device's clock may differ from the server's before a reviewer is told.
const CLOCK_MAY_DIFFER_MS: u64 = 5 * 60 * 1_000;

/// Approves a submission.
///
/// # Errors
/// The actor may not judge the unit's figures or sent them, the submission does not wait or is not
/// the newest revision, or the database failed.
pub fn approve(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<(), Error> {
    judge(tx, snapshot, who, moment, id, (Deed::Approve, Vec::new()))
}

/// Approves several submissions, all or none; gives back how many.
///
/// # Errors
/// As of [`approve`]; or one of them carries doubts, which ask for somebody who reads the reasons.
pub fn approve_many(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    ids: &[String],
) -> Result<usize, Error> {
    for id in ids {
        if store::deeds::sending(tx, id)?.is_some_and(|sending| !sending.doubts.is_empty()) {
            return Err(CollectingProblem::NotWithoutDoubts.into());
        }
        approve(tx, snapshot, who, moment, id)?;
    }
    Ok(ids.len())
}

/// Returns a submission with all reasons, each on its field.
///
/// # Errors
/// As of [`approve`]; or there is no reason.
pub fn return_with_reasons(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    reasons: Vec<Reason>,
) -> Result<(), Error> {
    judge(tx, snapshot, who, moment, id, (Deed::Return, given(reasons)?))
}

/// Takes an approval back, so that the submission waits again.
///
/// # Errors
/// The actor may not open the unit's figures again, the submission is not approved, there is no
/// reason, or the database failed.
pub fn reopen(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    reason: String,
) -> Result<(), Error> {
    let reasons = given(vec![Reason { field: String::new(), text: reason }])?;
    judge(tx, snapshot, who, moment, id, (Deed::Reopen, reasons))
}

/// The reasons that say something.
fn given(reasons: Vec<Reason>) -> Result<Vec<Reason>, Error> {
    let trimmed = |Reason { field, text }| Reason {
        field,
        text: text.trim().chars().take(REASON_MAX).collect(),
    };
    let mut reasons: Vec<Reason> = reasons.into_iter().map(trimmed).collect();
    reasons.retain(|reason| !reason.text.is_empty());
    if reasons.is_empty() {
        return Err(CollectingProblem::WithoutReason.into());
    }
    Ok(reasons)
}

fn judge(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    (deed, reasons): (Deed, Vec<Reason>),
) -> Result<(), Error> {
    let mut submission = find(tx, id)?;
    let right = match deed {
        Deed::Reopen => Right::ReopenFigures,
        Deed::Approve | Deed::Return | Deed::Send | Deed::Correct => Right::ReviewFigures,
    };
    snapshot.check(who, right, Some(submission.unit), moment.today)?;
    let at = submission.progress();
    let Submission { form, unit, period, .. } = &submission;
    let newest = store::submissions::latest(tx, form, *unit, *period)?;
    if newest.is_none_or(|newest| newest.revision != submission.revision) {
        return Err(CollectingProblem::NewerRevision.into());
    }
    let form = snapshot.form(form)?.1;
    let levels = levels::of(snapshot, form, *unit, moment.today);
    let by = levels::by(who, &levels, at, deed, moment.today);
    let doer = levels::doer(by, &store::deeds::of_submission(tx, id)?);
    let next = after(at, deed, doer, levels::count(&levels))?;
    levels::check(who, &levels, at, deed, moment.today)?;
    store::submissions::set_progress(tx, id, next)?;
    submission = Submission { state: next.state, approvals: next.approvals, ..submission };
    let (account, in_place_of) = (by.account(), by.in_place_of());
    let done = Done { deed, account, in_place_of, done_ms: moment.now_ms, reasons };
    store::deeds::insert(tx, id, &done)?;
    record(tx, snapshot, by, moment, deed, (&submission, Vec::new()))
}

fn find(tx: &mut ReadTx<'_>, id: &str) -> Result<Submission, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Submission, key: id.to_owned() };
    Ok(store::submissions::find(tx, id)?.ok_or_else(missing)?)
}

/// A submission as its reviewer sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewPage {
    /// Its id.
    pub id: String,
    /// How far the clock of the sender's device was ahead, when that is worth knowing; negative when
    /// it was behind.
    pub ahead_ms: Option<i64>,
    /// Who reports.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// What is reported.
    pub occasion: Occasion,
    /// The form's name.
    pub form: Bilingual,
    /// Its revision.
    pub revision: u32,
    /// How far it has come.
    pub course: Course,
    /// What it says as a whole.
    pub content: Content,
    /// What the reader can do with it.
    pub next: Next,
    /// Its figures and what was left empty, in the order of the form.
    pub lines: Vec<ReviewLine>,
    /// The photographs beside them.
    pub attachments: Vec<Attachment>,
    /// What was done, oldest first.
    pub deeds: Vec<DeedLine>,
    /// The id of the newest revision, when this is an older one.
    pub newer: Option<String>,
    /// Where it stands among those that wait for the reader.
    pub standing: Standing,
}

/// What a reader can do with a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it is on its sender's desk, or a newer one has arrived.
    Nothing,
    /// Nothing: it waits for a level that is not the reader's.
    OtherLevel,
    /// Approve it or send it back.
    Judge,
    /// Send it back only: one does not approve one's own.
    OwnReturn,
    /// Send it back only: one does not approve at two levels.
    SecondReturn,
    /// Take the approval back.
    Reopen,
}

/// A figure beside what it is measured by.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewLine {
    /// The item's code.
    pub item: String,
    /// The class's code; empty = the whole.
    pub class: String,
    /// The item's name.
    pub name: Bilingual,
    /// The class's name; empty for the whole.
    pub class_name: Bilingual,
    /// The unit of measure.
    pub measure: Bilingual,
    /// The figure; none when it was left empty.
    pub value: Option<Quantity>,
    /// The period before.
    pub previous: Option<Quantity>,
    /// The middle of the units beside it.
    pub median: Option<Quantity>,
    /// What the reporter wrote.
    pub note: String,
    /// What is doubtful about it.
    pub doubts: Vec<Notice>,
    /// Why it is right all the same.
    pub reason: String,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeedLine {
    /// What.
    pub deed: Deed,
    /// The name of who did it; empty for the console.
    pub name: String,
    /// In whose place, under a delegation; empty for what was done in one's own name.
    pub in_place_of: String,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A submission beside what it is measured by.
///
/// # Errors
/// There is none, the actor may not judge it, or the database failed.
pub fn page(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<ReviewPage, Error> {
    let submission = find(tx, id)?;
    snapshot.check(who, Right::ReviewFigures, Some(submission.unit), moment.today)?;
    let Submission { form: code, unit, period, .. } = &submission;
    let occasion = Occasion { form: code.clone(), unit: *unit, period: *period };
    let wanted = wanted(snapshot, &occasion)?;
    let form = wanted.form;
    let day = form.calendar.days(*period).1;
    let shown = super::entry::retyped(snapshot, &submission.figures);
    let shown = fields(snapshot, wanted.version, &shown);
    let weighed = weigh(tx, snapshot, wanted, &occasion, &shown, moment.today)?;
    let sending = store::deeds::sending(tx, id)?;
    let clock = sending.as_ref().and_then(|sending| sending.clock);
    let ahead_ms = clock.map(|clock| clock.ahead_ms);
    let reasons = sending.map(|sending| sending.doubts).unwrap_or_default();
    let previous = super::entry::previous(tx, &occasion)?;
    let medians = medians(tx, snapshot, &occasion)?;
    let mut lines = Vec::new();
    for (number, field) in (1..).zip(&shown) {
        let Some(item) = snapshot.item(&field.item) else { continue };
        let key = field_key(&field.item, &field.class);
        let value = super::entry::quantity(&submission.figures, item.id, &field.class);
        if value.is_none() && !field.class.is_empty() {
            continue;
        }
        let doubts = weighed.doubts.iter().filter(|(at, _)| *at == number);
        lines.push(ReviewLine {
            item: field.item.clone(),
            class: field.class.clone(),
            name: item.name.clone(),
            class_name: item.class_name(&field.class),
            measure: item.measure.clone(),
            value,
            previous: super::entry::quantity(&previous, item.id, &field.class),
            median: medians.get(&(item.id, field.class.clone())).copied(),
            note: field.note.clone(),
            doubts: doubts.map(|(_, notice)| notice.clone()).collect(),
            reason: reasons
                .iter()
                .find(|reason| reason.field == key)
                .map(|reason| reason.text.clone())
                .unwrap_or_default(),
        });
    }
    let newest = store::submissions::latest(tx, code, *unit, *period)?;
    let newer = newest.filter(|newest| newest.id != submission.id).map(|newest| newest.id);
    let deeds = store::deeds::of_submission(tx, id)?;
    let levels = levels::of(snapshot, form, *unit, moment.today);
    let next = match newer {
        Some(_) => Next::Nothing,
        None => next(who, &levels, submission.progress(), &deeds, moment),
    };
    Ok(ReviewPage {
        id: submission.id.clone(),
        unit: snapshot.name(*unit, day),
        above: snapshot.above(*unit, day),
        form: form.name.clone(),
        revision: submission.revision,
        course: levels::course(&levels, submission.progress()),
        content: submission.content,
        next,
        lines,
        attachments: store::attachments::of_submission(tx, id)?,
        deeds: history(tx, deeds)?,
        ahead_ms: ahead_ms.filter(|ahead_ms| ahead_ms.unsigned_abs() > CLOCK_MAY_DIFFER_MS),
        standing: queue::standing(tx, snapshot, who, moment, id)?,
        newer,
        occasion,
    })
}

/// What a reader can do with a submission that is the newest of its kind.
fn next(who: &Actor, levels: &[Level], at: Progress, deeds: &[Done], moment: Moment) -> Next {
    let may = |deed| levels::check(who, levels, at, deed, moment.today).is_ok();
    match (at.state, levels::doer(who.into(), deeds)) {
        (State::Submitted, doer) if may(Deed::Return) => match doer {
            Doer::Another => Next::Judge,
            Doer::Sender => Next::OwnReturn,
            Doer::Approver => Next::SecondReturn,
        },
        (State::Submitted | State::Approved, _) if at.is_accepted() && may(Deed::Reopen) => {
            Next::Reopen
        }
        (State::Submitted, _) => Next::OtherLevel,
        (State::Draft | State::Approved | State::Returned, _) => Next::Nothing,
    }
}

/// Deeds, with the names of those who did them.
pub(super) fn history(tx: &mut ReadTx<'_>, deeds: Vec<Done>) -> Result<Vec<DeedLine>, Error> {
    let mut lines = Vec::new();
    for Done { deed, account, in_place_of, done_ms, reasons } in deeds {
        let (name, in_place_of) = (name_of(tx, account)?, name_of(tx, in_place_of)?);
        lines.push(DeedLine { deed, name, in_place_of, done_ms, reasons });
    }
    Ok(lines)
}

/// The figure in the middle of those that the units beside one sent for the same form and period;
/// of an even number the lower middle.
fn medians(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    occasion: &Occasion,
) -> Result<BTreeMap<(ItemId, String), Quantity>, Error> {
    let Occasion { form, unit, period } = occasion;
    let day = snapshot.end_of(*period);
    let parent = snapshot.units.version_on(*unit, day).and_then(|version| version.parent);
    let mut values: BTreeMap<(ItemId, String), Vec<Figure>> = BTreeMap::new();
    let Some(parent) = parent else { return Ok(BTreeMap::new()) };
    for neighbour in snapshot.units.below(parent, day).map(|version| version.unit) {
        if neighbour == *unit {
            continue;
        }
        let sent = store::submissions::counting_of(tx, form, neighbour, *period)?;
        for figure in sent.map(|sent| sent.figures).unwrap_or_default() {
            values.entry((figure.item, figure.class.clone())).or_default().push(figure);
        }
    }
    let middle = |mut figures: Vec<Figure>| {
        figures.sort_by_key(|figure| figure.value.units);
        let middle = figures.get(figures.len().saturating_sub(1) / 2)?;
        Some(Quantity::of(middle.value, middle.qualifier))
    };
    Ok(values.into_iter().filter_map(|(key, all)| Some((key, middle(all)?))).collect())
}

impl Workspace {
    /// A submission beside what it is measured by.
    ///
    /// # Errors
    /// See [`page`].
    pub fn review_page(&self, who: &Actor, moment: Moment, id: &str) -> Result<ReviewPage, Error> {
        let (snapshot, who, id) = (self.planned()?, who.clone(), id.to_owned());
        self.database.read_blocking(move |tx| page(tx, &snapshot, &who, moment, &id))
    }
}
