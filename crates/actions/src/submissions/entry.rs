//! A form to be filled: what it asks, what was typed, what is wrong with it, what stood there before.

use domain::access::{Actor, Right};
use domain::attachment::Attachment;
use domain::form::{Rule, Version};
use domain::item::{Bilingual, ItemId};
use domain::number::{Decimal, Qualifier, Quantity};
use domain::refusal::Refusal;
use domain::submission::{Content, Deed, Figure, Progress, Reason, State, Submission};
use jiff::civil::Date;
use store::ReadTx;
use store::drafts::Draft;

use super::evidence::{DeedLine, history};
use super::levels::{self, Course};
use super::lock::{Locks, UnitLock};
use super::send::may_be_nothing;
use super::weigh::{fields, weigh};
use super::work::is_over;
use super::{Base, Occasion, Typed, TypedField, asked, field_key, name_of};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::attachments;
use crate::error::Error;
use crate::imports::Notice;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// A form to be filled.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryPage {
    /// Who reports.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// What is reported.
    pub occasion: Occasion,
    /// The form's name.
    pub form: Bilingual,
    /// The last day on which it is in time.
    pub due: Date,
    /// The last day on which nobody is called late.
    pub closes: Date,
    /// What this page rests on.
    pub base: Base,
    /// How far it has come.
    pub state: State,
    /// The same, with the levels that judge it.
    pub course: Course,
    /// Whether it is owed: the same rule as for [`work`](super::work::work).
    pub is_owed: bool,
    /// Whether figures are still taken.
    pub lock: UnitLock,
    /// What was sent last; none before the first time.
    pub sent: Option<SentLast>,
    /// Why it was returned, as a whole.
    pub returned: Vec<Reason>,
    /// The draft's saving; none without a draft.
    pub saved: Option<Saved>,
    /// What it asks, in order.
    pub fields: Vec<EntryField>,
    /// The photographs beside it.
    pub attachments: Vec<Attachment>,
    /// Whether it can be that there is nothing to report.
    pub may_be_nothing: bool,
    /// What its figures must keep.
    pub rules: Vec<Rule>,
}

/// What was sent last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLast {
    /// The submission's id.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// What it says as a whole.
    pub content: Content,
    /// How many figures it carries.
    pub figures: usize,
    /// What was done with it, oldest first.
    pub deeds: Vec<DeedLine>,
}

/// When a draft was saved and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// In epoch milliseconds.
    pub saved_ms: i64,
    /// The name; empty for the console.
    pub name: String,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryField {
    /// What was typed, or stands there already.
    pub typed: TypedField,
    /// What was saved or sent last.
    pub standing: String,
    /// The same, when something else was typed.
    pub other: String,
    /// What stands above it; empty within a section.
    pub section: Bilingual,
    /// The item's name.
    pub name: Bilingual,
    /// What helps to fill it; may be empty.
    pub help: Bilingual,
    /// The class's name; empty for the whole.
    pub class_name: Bilingual,
    /// The unit of measure.
    pub measure: Bilingual,
    /// The smallest value it can have.
    pub minimum: Decimal,
    /// The largest value it can have; none when there is no end.
    pub maximum: Option<Decimal>,
    /// The period before.
    pub previous: Option<Quantity>,
    /// What is wrong.
    pub refused: Vec<Refusal>,
    /// What is doubtful.
    pub doubts: Vec<Notice>,
    /// Why it was returned.
    pub returned: Vec<String>,
}

/// A form to be filled; with what somebody has just typed, that stands in the fields.
///
/// # Errors
/// The actor may not send the unit's figures, the form does not ask for them, or the database
/// failed.
pub fn page(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    occasion: &Occasion,
    typed: Option<&Typed>,
) -> Result<EntryPage, Error> {
    snapshot.check(who, Right::SendFigures, Some(occasion.unit), moment.today)?;
    let form = asked(snapshot, occasion, moment)?;
    let Occasion { form: code, unit, period } = occasion;
    let latest = store::submissions::latest(tx, code, *unit, *period)?;
    let draft = store::drafts::find(tx, code, *unit, *period)?;
    let standing = standing(tx, snapshot, form.version, (draft.as_ref(), latest.as_ref()))?;
    let shown = match typed {
        Some(typed) => fields(snapshot, form.version, &typed.fields),
        None => standing.clone(),
    };
    let stand = (draft.as_ref(), latest.as_ref());
    let attachments = beside(tx, who, occasion, typed, stand)?;
    let before = previous(tx, occasion)?;
    let weighed = weigh(snapshot, form, occasion, &shown, &before, moment.today);
    let sent = latest.as_ref().map(|latest| sent_last(tx, latest)).transpose()?;
    let progress = latest.as_ref().map_or(Progress::BEGUN, Submission::progress);
    let levels = levels::of(snapshot, form.form, *unit, moment.today);
    let locks = Locks::read(tx, snapshot, form.form, (*period, *period), moment.today)?;
    let returned = returned(sent.as_ref(), progress.state);
    let mut entry_fields = Vec::new();
    for (number, (field, standing)) in (1_usize..).zip(shown.into_iter().zip(standing)) {
        let Some(item) = snapshot.item(&field.item) else { continue };
        let key = field_key(&field.item, &field.class);
        let (section, help) = form.version.words(item.id, &field.class);
        let here = |row: u32| usize::try_from(row) == Ok(number);
        let refused = weighed.refused.iter().filter(|refused| here(refused.at.row));
        let doubts = weighed.doubts.iter().filter(|(at, _)| *at == number);
        let reasons = returned.iter().filter(|reason| reason.field == key);
        entry_fields.push(EntryField {
            other: other(&standing.text, &field.text),
            standing: standing.text,
            section,
            name: item.name.clone(),
            help,
            class_name: item.class_name(&field.class),
            measure: item.measure.clone(),
            minimum: item.minimum,
            maximum: item.maximum,
            previous: quantity(&before, item.id, &field.class),
            refused: refused.map(|refused| refused.why.clone()).collect(),
            doubts: doubts.map(|(_, notice)| notice.clone()).collect(),
            returned: reasons.map(|reason| reason.text.clone()).collect(),
            typed: field,
        });
    }
    let day = form.form.calendar.days(*period).1;
    let base = Base::of(latest.as_ref(), draft.as_ref());
    let saved = draft.map(|draft| saved(tx, &draft)).transpose()?;
    let mut items = form.version.items().filter_map(|item| snapshot.item_by_id(item));
    Ok(EntryPage {
        unit: snapshot.name(*unit, day),
        above: snapshot.above(*unit, day),
        form: form.form.name.clone(),
        due: snapshot.due_on(form.form, *period),
        closes: snapshot.closes_on(form.form, *period),
        base,
        state: progress.state,
        course: levels::course(&levels, progress),
        is_owed: sent.is_none() && is_over(form.form, *period, moment.today),
        lock: locks.told(*unit, *period),
        returned: returned.into_iter().filter(|reason| reason.field.is_empty()).collect(),
        saved,
        fields: entry_fields,
        attachments,
        may_be_nothing: items.all(may_be_nothing),
        rules: form.version.rules.clone(),
        sent,
        occasion: occasion.clone(),
    })
}

/// The photographs that stand beside a form: those that came with what was typed, or stood there.
fn beside(
    tx: &mut ReadTx<'_>,
    who: &Actor,
    occasion: &Occasion,
    typed: Option<&Typed>,
    stand: (Option<&Draft>, Option<&Submission>),
) -> Result<Vec<Attachment>, store::Error> {
    match typed {
        Some(typed) => attachments::nameable(tx, who, occasion, &typed.attachments),
        None => attachments::standing(tx, occasion, stand),
    }
}

/// What was saved or sent last, when something else was typed.
fn other(standing: &str, typed: &str) -> String {
    if standing == typed { String::new() } else { standing.to_owned() }
}

fn saved(tx: &mut ReadTx<'_>, draft: &Draft) -> Result<Saved, store::Error> {
    Ok(Saved { saved_ms: draft.saved_ms, name: name_of(tx, draft.account)? })
}

/// Every field of a form's version with what was saved in it, or sent last.
pub(super) fn standing(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    version: &Version,
    (draft, latest): (Option<&Draft>, Option<&Submission>),
) -> Result<Vec<TypedField>, store::Error> {
    let standing = match (draft, latest) {
        (Some(draft), _) => draft.fields.clone(),
        (None, Some(latest)) => sent_fields(tx, snapshot, latest)?,
        (None, None) => Vec::new(),
    };
    Ok(fields(snapshot, version, &standing))
}

/// The figures of the period before, as far as they count.
pub(super) fn previous(
    tx: &mut ReadTx<'_>,
    occasion: &Occasion,
) -> Result<Vec<Figure>, store::Error> {
    let Some(eve) = occasion.period.previous() else { return Ok(Vec::new()) };
    let sent = store::submissions::counting_of(tx, &occasion.form, occasion.unit, eve)?;
    Ok(sent.map(|sent| sent.figures).unwrap_or_default())
}

/// One figure of several.
pub(super) fn quantity(figures: &[Figure], item: ItemId, class: &str) -> Option<Quantity> {
    let found = figures.iter().find(|figure| figure.item == item && figure.class == class)?;
    Some(Quantity::of(found.value, found.qualifier))
}

/// Figures as somebody would type them.
pub(super) fn retyped(snapshot: &Snapshot, figures: &[Figure]) -> Vec<TypedField> {
    let typed = |figure: &Figure| {
        let item = snapshot.item_by_id(figure.item)?;
        let sign = match figure.qualifier {
            Qualifier::Exact => "",
            Qualifier::AtLeast => "trên ",
            Qualifier::AtMost => "dưới ",
            Qualifier::About => "khoảng ",
        };
        Some(TypedField {
            item: item.code.clone(),
            class: figure.class.clone(),
            text: format!("{sign}{}", figure.value.to_string().replace('.', ",")),
            note: figure.note.clone(),
            reason: String::new(),
        })
    };
    figures.iter().filter_map(typed).collect()
}

/// The fields of what was sent, with the reasons that were given for doubtful figures.
fn sent_fields(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    sent: &Submission,
) -> Result<Vec<TypedField>, store::Error> {
    let mut fields = retyped(snapshot, &sent.figures);
    let doubts = store::deeds::sending(tx, &sent.id)?.map(|it| it.doubts).unwrap_or_default();
    for field in &mut fields {
        let key = field_key(&field.item, &field.class);
        if let Some(reason) = doubts.iter().find(|reason| reason.field == key) {
            field.reason.clone_from(&reason.text);
        }
    }
    Ok(fields)
}

fn sent_last(tx: &mut ReadTx<'_>, latest: &Submission) -> Result<SentLast, Error> {
    let deeds = store::deeds::of_submission(tx, &latest.id)?;
    Ok(SentLast {
        id: latest.id.clone(),
        revision: latest.revision,
        received_ms: latest.received_ms,
        content: latest.content,
        figures: latest.figures.len(),
        deeds: history(tx, deeds)?,
    })
}

/// The reasons of the return that has not been answered yet.
fn returned(sent: Option<&SentLast>, state: State) -> Vec<Reason> {
    let Some(sent) = sent.filter(|_| state == State::Returned) else { return Vec::new() };
    let back = sent.deeds.iter().rev().find(|done| done.deed == Deed::Return);
    back.map(|done| done.reasons.clone()).unwrap_or_default()
}

impl Workspace {
    /// A form to be filled.
    ///
    /// # Errors
    /// See [`page`].
    pub fn entry_page(
        &self,
        who: &Actor,
        moment: Moment,
        occasion: &Occasion,
        typed: Option<&Typed>,
    ) -> Result<EntryPage, Error> {
        let (snapshot, who) = (self.planned()?, who.clone());
        let (occasion, typed) = (occasion.clone(), typed.cloned());
        self.database
            .read_blocking(move |tx| page(tx, &snapshot, &who, moment, &occasion, typed.as_ref()))
    }
}
