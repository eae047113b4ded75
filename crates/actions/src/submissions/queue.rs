//! The list of what waits for somebody's judgement, and of what a level above has sent back.

use std::collections::BTreeMap;

use domain::access::{AccountId, Actor, Right};
use domain::item::Bilingual;
use domain::period::Period;
use domain::submission::{Deed, Doer, State, Submission};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;
use store::deeds::Done;
use store::standings::Open;

use super::levels::{self, Course, Level};
use super::{account, sender};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::door;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Submissions listed on one page.
pub const PAGE: usize = 50;

/// What waits for an actor's judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// One page of it, in the order of arrival.
    pub waiting: Vec<Waiting>,
    /// How many wait on all pages.
    pub total: usize,
    /// Which page, counted from 0.
    pub page: usize,
    /// What the actor's level had accepted and a level above has returned.
    pub sent_back: Vec<SentBack>,
}

impl Queue {
    /// How many pages there are.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.total.div_ceil(PAGE).max(1)
    }
}

/// A submission that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub id: String,
    /// Who reports.
    pub unit: UnitName,
    /// The form's name.
    pub form: Bilingual,
    /// About which span.
    pub period: Period,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// The sender's name; empty for the console.
    pub sender: String,
    /// How many figures are doubtful.
    pub doubts: usize,
    /// What the reader is to it.
    pub doer: Doer,
    /// Which levels it has passed.
    pub course: Course,
}

/// A submission that a level above has returned to its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentBack {
    /// Its id.
    pub id: String,
    /// Who reports.
    pub unit: UnitName,
    /// The form's name.
    pub form: Bilingual,
    /// About which span.
    pub period: Period,
    /// When it was returned, in epoch milliseconds.
    pub returned_ms: i64,
    /// With how many reasons.
    pub reasons: usize,
}

/// Where a submission stands among those that wait for an actor's judgement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// Its place in the order of arrival, counted from 1; none when it does not wait for the actor.
    pub place: Option<usize>,
    /// How many wait.
    pub total: usize,
    /// The one before it.
    pub before: Option<String>,
    /// The one after it; for one that does not wait, the first of all.
    pub after: Option<String>,
}

/// What a submission is about, as a sentence names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Who reports.
    pub unit: UnitName,
    /// The form's name.
    pub form: Bilingual,
    /// About which span.
    pub period: Period,
}

/// What an actor has done last with some submissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// With which of them; never empty.
    pub about: Vec<About>,
    /// What was done, with all of them.
    pub deed: Deed,
    /// How many wait for the actor now.
    pub left: usize,
}

/// What waits for an actor's judgement. It asks the database the same few questions however many
/// units there are.
///
/// # Errors
/// The database failed.
pub fn queue(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    page: usize,
) -> Result<Queue, Error> {
    let all = for_judgement(tx, snapshot, who, moment)?;
    let total = all.len();
    let page = page.min(total.saturating_sub(1) / PAGE);
    let shown: Vec<ForMe> = all.into_iter().skip(page * PAGE).take(PAGE).collect();
    let sent_back = sent_back(tx, snapshot, who, moment)?;
    let mut waiting = Vec::with_capacity(shown.len());
    if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
        let between = (first.open.position, last.open.position);
        let deeds = store::deeds::of_open(tx, State::Submitted, between)?;
        let doubts = store::deeds::doubts_of_open(tx, State::Submitted, between)?;
        let names = names(tx)?;
        for ForMe { open, course, by } in shown {
            let deeds = deeds.get(&open.id).map_or(&[][..], Vec::as_slice);
            let sender = sender(deeds).and_then(|account| names.get(&account));
            waiting.push(Waiting {
                unit: snapshot.name(open.unit, snapshot.end_of(open.period)),
                form: snapshot.form_name(&open.form),
                period: open.period,
                received_ms: open.received_ms,
                sender: sender.cloned().unwrap_or_default(),
                doubts: doubts.get(&open.id).map_or(0, Vec::len),
                doer: levels::doer(by, deeds),
                course,
                id: open.id,
            });
        }
    }
    Ok(Queue { waiting, total, page, sent_back })
}

/// How much waits for an actor's judgement.
///
/// # Errors
/// The database failed.
pub fn count(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
) -> Result<usize, Error> {
    for_judgement(tx, snapshot, who, moment).map(|waiting| waiting.len())
}

/// Where a submission stands among those that wait for an actor's judgement.
///
/// # Errors
/// The database failed.
pub(super) fn standing(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<Standing, Error> {
    let all = for_judgement(tx, snapshot, who, moment)?;
    let at = all.iter().position(|one| one.open.id == id);
    let id_at = |at: usize| all.get(at).map(|one| one.open.id.clone());
    Ok(Standing {
        place: at.map(|at| at + 1),
        total: all.len(),
        before: at.and_then(|at| at.checked_sub(1)).and_then(id_at),
        after: id_at(at.map_or(0, |at| at + 1)),
    })
}

/// The submission that an actor judges after another one: the next to arrive that they may approve,
/// from the start again after the last.
fn after(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<Option<String>, Error> {
    let mut all = for_judgement(tx, snapshot, who, moment)?;
    if let Some(at) = all.iter().position(|one| one.open.id == id) {
        all.rotate_left(at);
        all.remove(0);
    }
    all.truncate(PAGE);
    let positions = || all.iter().map(|one| one.open.position);
    let Some(between) = positions().min().zip(positions().max()) else { return Ok(None) };
    let deeds = store::deeds::of_open(tx, State::Submitted, between)?;
    let is_anothers = |ForMe { open, by, .. }: &ForMe| {
        let deeds = deeds.get(&open.id).map_or(&[][..], Vec::as_slice);
        levels::doer(*by, deeds) == Doer::Another
    };
    Ok(all.into_iter().find(is_anothers).map(|one| one.open.id))
}

/// What an actor has done last with some submissions; those are left out with which somebody else
/// did the last, or something else was done.
fn judged(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    ids: &[String],
) -> Result<Option<Judged>, Error> {
    let (mut about, mut deed) = (Vec::new(), None);
    for id in ids.iter().take(PAGE) {
        let last = store::deeds::of_submission(tx, id)?.pop();
        let Some(last) = last.filter(|last| last.account == account(who)) else { continue };
        if *deed.get_or_insert(last.deed) == last.deed {
            about.extend(name(tx, snapshot, id)?);
        }
    }
    let Some(deed) = deed.filter(|_| !about.is_empty()) else { return Ok(None) };
    Ok(Some(Judged { about, deed, left: count(tx, snapshot, who, moment)? }))
}

/// What a submission is about, for whoever judges figures of its unit.
fn about(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<Option<About>, Error> {
    let about = name(tx, snapshot, id)?;
    let may_see = |about: &About| {
        snapshot.check(who, Right::ReviewFigures, Some(about.unit.id), moment.today).is_ok()
    };
    Ok(about.filter(may_see))
}

fn name(tx: &mut ReadTx<'_>, snapshot: &Snapshot, id: &str) -> Result<Option<About>, store::Error> {
    let submission = store::submissions::find(tx, id)?;
    Ok(submission.map(|Submission { unit, form, period, .. }| About {
        unit: snapshot.name(unit, snapshot.end_of(period)),
        form: snapshot.form_name(&form),
        period,
    }))
}

/// A submission that waits for an actor.
struct ForMe {
    open: Open,
    course: Course,
    /// Who would judge it, and in whose place.
    by: door::Doer,
}

/// What the levels of an actor judge next, in the order of arrival.
fn for_judgement(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
) -> Result<Vec<ForMe>, Error> {
    if who.account.is_some() && who.units(Right::ReviewFigures, moment.today).is_empty() {
        return Ok(Vec::new());
    }
    let mut desk = Desk { snapshot, who, today: moment.today, units: BTreeMap::new() };
    let mut found = Vec::new();
    for open in store::standings::open(tx, State::Submitted)? {
        let Some(levels) = desk.levels(&open) else { continue };
        let turn = levels::check(who, levels, open.progress, Deed::Approve, moment.today);
        if turn.is_ok() {
            let course = levels::course(levels, open.progress);
            let by = levels::by(who, levels, open.progress, Deed::Approve, moment.today);
            found.push(ForMe { open, course, by });
        }
    }
    Ok(found)
}

/// An actor, with the levels of the forms and units that they may judge at all.
struct Desk<'a> {
    snapshot: &'a Snapshot,
    who: &'a Actor,
    today: Date,
    units: BTreeMap<(String, UnitId), Option<Vec<Level>>>,
}

impl Desk<'_> {
    /// The levels of a submission; none when it is not for the actor.
    fn levels(&mut self, open: &Open) -> Option<&[Level]> {
        let Self { snapshot, who, today, units } = self;
        let levels = units.entry((open.form.clone(), open.unit)).or_insert_with(|| {
            let form = snapshot.form(&open.form).ok()?.1;
            snapshot.check(who, Right::ReviewFigures, Some(open.unit), *today).ok()?;
            Some(levels::of(snapshot, form, open.unit, *today))
        });
        levels.as_deref()
    }
}

/// What came back from a level above although the actor's level had accepted it.
fn sent_back(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
) -> Result<Vec<SentBack>, Error> {
    if snapshot.forms.iter().all(|form| form.review.len() < 2) {
        return Ok(Vec::new());
    }
    let mut desk = Desk { snapshot, who, today: moment.today, units: BTreeMap::new() };
    let returned = store::standings::open(tx, State::Returned)?;
    let (Some(first), Some(last)) = (returned.first(), returned.last()) else {
        return Ok(Vec::new());
    };
    let between = (first.position, last.position);
    let deeds = store::deeds::of_open(tx, State::Returned, between)?;
    let mut sent_back = Vec::new();
    for open in returned {
        let Some(deeds) = deeds.get(&open.id) else { continue };
        let accepted = levels::approvals(deeds).count();
        let Some(levels) = desk.levels(&open) else { continue };
        if !levels::is_before(who, levels, accepted, moment.today) {
            continue;
        }
        let back = deeds.iter().rev().find(|done| done.deed == Deed::Return);
        sent_back.push(SentBack {
            unit: snapshot.name(open.unit, snapshot.end_of(open.period)),
            form: snapshot.form_name(&open.form),
            period: open.period,
            returned_ms: back.map_or(0, |done| done.done_ms),
            reasons: back.map_or(0, |done: &Done| done.reasons.len()),
            id: open.id,
        });
    }
    Ok(sent_back)
}

/// The names of all accounts.
pub(super) fn names(tx: &mut ReadTx<'_>) -> Result<BTreeMap<AccountId, String>, store::Error> {
    let accounts = store::accounts::all(tx)?;
    Ok(accounts.into_iter().map(|account| (account.id, account.name)).collect())
}

impl Workspace {
    /// What waits for an actor's judgement: one page of it.
    ///
    /// # Errors
    /// See [`queue`].
    pub fn review_queue(&self, who: &Actor, moment: Moment, page: usize) -> Result<Queue, Error> {
        let (snapshot, who) = (self.planned()?, who.clone());
        self.database.read_blocking(move |tx| queue(tx, &snapshot, &who, moment, page))
    }

    /// The submission that an actor judges after another one.
    ///
    /// # Errors
    /// The database failed.
    pub fn review_after(
        &self,
        who: &Actor,
        moment: Moment,
        id: &str,
    ) -> Result<Option<String>, Error> {
        let (snapshot, who, id) = (self.planned()?, who.clone(), id.to_owned());
        self.database.read_blocking(move |tx| after(tx, &snapshot, &who, moment, &id))
    }

    /// What an actor has done last with some submissions; nothing when somebody else did the last
    /// with each of them.
    ///
    /// # Errors
    /// The database failed.
    pub fn judged(
        &self,
        who: &Actor,
        moment: Moment,
        ids: Vec<String>,
    ) -> Result<Option<Judged>, Error> {
        let (snapshot, who) = (self.planned()?, who.clone());
        self.database.read_blocking(move |tx| judged(tx, &snapshot, &who, moment, &ids))
    }

    /// What a submission is about, for whoever judges figures of its unit.
    ///
    /// # Errors
    /// The database failed.
    pub fn submission_about(
        &self,
        who: &Actor,
        moment: Moment,
        id: &str,
    ) -> Result<Option<About>, Error> {
        let (snapshot, who, id) = (self.planned()?, who.clone(), id.to_owned());
        self.database.read_blocking(move |tx| about(tx, &snapshot, &who, moment, &id))
    }
}
