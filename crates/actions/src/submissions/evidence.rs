//! What a reviewer looks at: a submission beside the period before, its neighbours and its earlier
//! revisions.

use domain::access::{Actor, Right};
use domain::attachment::Attachment;
use domain::item::{Bilingual, Item};
use domain::number::{Decimal, Quantity};
use domain::period::Period;
use domain::submission::{Content, Deed, Doer, Progress, Reason, State, Submission};
use store::ReadTx;
use store::deeds::{Done, Told};

use super::entry::quantity;
use super::levels::{self, Course, Level};
use super::queue::{self, Standing};
use super::review::find;
use super::weigh::{fields, weigh};
use super::{Occasion, Wanted, field_key, name_of, wanted};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::imports::Notice;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// How far a device's clock may differ from the server's before a reviewer is told.
const CLOCK_MAY_DIFFER_MS: u64 = 5 * 60 * 1_000;

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
    /// What was done with it, oldest first.
    pub deeds: Vec<DeedLine>,
    /// Every revision of the same form, unit and period, this one among them, oldest first.
    pub revisions: Vec<Revision>,
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

/// One revision of what a unit reported on a form for a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The submission's id.
    pub id: String,
    /// The number of the revision.
    pub number: u32,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// How far it came.
    pub state: State,
    /// Its figures, in the order of the page's lines.
    pub values: Vec<Option<Quantity>>,
    /// What was done with it, oldest first.
    pub deeds: Vec<DeedLine>,
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

/// A submission beside what it is measured by. It asks the database the same few questions however
/// many revisions and neighbours there are.
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
    let sending = store::deeds::sending(tx, id)?;
    let clock = sending.as_ref().and_then(|sending| sending.clock);
    let ahead_ms = clock.map(|clock| clock.ahead_ms);
    let reasons = sending.map(|sending| sending.doubts).unwrap_or_default();
    let lines = lines(tx, snapshot, wanted, &submission, &reasons, moment)?;
    let revisions = revisions(tx, snapshot, &occasion, &lines)?;
    let newest = revisions.last().filter(|newest| newest.id != submission.id);
    let newer = newest.map(|newest| newest.id.clone());
    let levels = levels::of(snapshot, form, *unit, moment.today);
    let deeds = store::deeds::of_submission(tx, id)?;
    let next = match newer {
        Some(_) => Next::Nothing,
        None => next(who, &levels, submission.progress(), &deeds, moment),
    };
    let this = revisions.iter().find(|revision| revision.id == submission.id);
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
        deeds: this.map(|this| this.deeds.clone()).unwrap_or_default(),
        ahead_ms: ahead_ms.filter(|ahead_ms| ahead_ms.unsigned_abs() > CLOCK_MAY_DIFFER_MS),
        standing: queue::standing(tx, snapshot, who, moment, id)?,
        revisions,
        newer,
        occasion,
    })
}

/// The figures of a submission, each beside what it is measured by.
fn lines(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    wanted: Wanted<'_>,
    submission: &Submission,
    reasons: &[Reason],
    moment: Moment,
) -> Result<Vec<ReviewLine>, Error> {
    let Submission { form, unit, period, figures, .. } = submission;
    let occasion = Occasion { form: form.clone(), unit: *unit, period: *period };
    let shown = fields(snapshot, wanted.version, &super::entry::retyped(snapshot, figures));
    let previous = super::entry::previous(tx, &occasion)?;
    let weighed = weigh(snapshot, wanted, &occasion, &shown, &previous, moment.today);
    let neighbours = Neighbours::of(snapshot, &occasion);
    let mut lines = Vec::new();
    for (number, field) in (1..).zip(&shown) {
        let Some(item) = snapshot.item(&field.item) else { continue };
        let key = field_key(&field.item, &field.class);
        let value = quantity(figures, item.id, &field.class);
        if value.is_none() && !field.class.is_empty() {
            continue;
        }
        let doubts = weighed.doubts.iter().filter(|(at, _)| *at == number);
        let reason = reasons.iter().find(|reason| reason.field == key);
        lines.push(ReviewLine {
            item: field.item.clone(),
            class: field.class.clone(),
            name: item.name.clone(),
            class_name: item.class_name(&field.class),
            measure: item.measure.clone(),
            value,
            previous: quantity(&previous, item.id, &field.class),
            median: neighbours.median(item, &field.class),
            note: field.note.clone(),
            doubts: doubts.map(|(_, notice)| notice.clone()).collect(),
            reason: reason.map(|reason| reason.text.clone()).unwrap_or_default(),
        });
    }
    Ok(lines)
}

/// All revisions, oldest first.
fn revisions(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    occasion: &Occasion,
    lines: &[ReviewLine],
) -> Result<Vec<Revision>, Error> {
    let Occasion { form, unit, period } = occasion;
    let mut told = store::deeds::of_occasion(tx, form, *unit, *period)?;
    let mut revisions = Vec::new();
    for sent in store::submissions::revisions(tx, form, *unit, *period)? {
        let told = told.remove(&sent.id).unwrap_or_default();
        let value = |line: &ReviewLine| {
            let item = snapshot.item(&line.item)?;
            quantity(&sent.figures, item.id, &line.class)
        };
        revisions.push(Revision {
            values: lines.iter().map(value).collect(),
            deeds: told.into_iter().map(line).collect(),
            id: sent.id,
            number: sent.revision,
            received_ms: sent.received_ms,
            state: sent.state,
        });
    }
    Ok(revisions)
}

fn line(Told { done, name, in_place_of }: Told) -> DeedLine {
    let Done { deed, done_ms, reasons, .. } = done;
    DeedLine { deed, name, in_place_of, done_ms, reasons }
}

/// What a reader can do with a submission that is the newest of its kind.
fn next(who: &Actor, levels: &[Level], at: Progress, deeds: &[Done], moment: Moment) -> Next {
    let may = |deed| levels::check(who, levels, at, deed, moment.today).is_ok();
    let by = levels::by(who, levels, at, Deed::Approve, moment.today);
    match (at.state, levels::doer(by, deeds)) {
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

/// The units beside one, by their positions in the tree at the end of a period.
struct Neighbours<'s> {
    snapshot: &'s Snapshot,
    period: Period,
    positions: Vec<u32>,
}

impl<'s> Neighbours<'s> {
    fn of(snapshot: &'s Snapshot, occasion: &Occasion) -> Self {
        let order = snapshot.order_on(snapshot.end_of(occasion.period));
        let own = order.position(occasion.unit);
        let parent = own.and_then(|own| order.parent(own));
        let below = parent.map_or(0..0, |parent| order.subtree(parent));
        let is_beside = |at: &u32| order.parent(*at) == parent && Some(*at) != own;
        let positions = below.filter(is_beside).collect();
        Self { snapshot, period: occasion.period, positions }
    }

    /// The figure in the middle of theirs; of an even number the lower middle.
    fn median(&self, item: &Item, class: &str) -> Option<Quantity> {
        let column = self.snapshot.book.column(item.id, class, self.period)?;
        let mut figures: Vec<rollup::Figure> =
            self.positions.iter().filter_map(|at| column.get(*at)).collect();
        figures.sort_by_key(|figure| figure.value);
        let middle = figures.get(figures.len().saturating_sub(1) / 2)?;
        Some(Quantity::of(Decimal::new(middle.value, item.scale), middle.qualifier))
    }
}

impl Workspace {
    /// A submission beside what it is measured by.
    ///
    /// # Errors
    /// See [`page`].
    pub fn review_page(&self, who: &Actor, moment: Moment, id: &str) -> Result<ReviewPage, Error> {
        let (snapshot, who, id) = (self.snapshot()?, who.clone(), id.to_owned());
        self.database.read_blocking(move |tx| page(tx, &snapshot, &who, moment, &id))
    }
}
