//! What somebody still has to do: forms to send, submissions that came back, submissions to judge.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::form::Form;
use domain::item::Bilingual;
use domain::lock::Lock;
use domain::period::Period;
use domain::submission::{Deed, State, Submission};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;
use store::standings::Open;

use super::lock::Locks;
use super::queue;
use super::{Occasion, sender};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// How many periods back a form can still be owed.
const PERIODS_MAX: usize = 60;

/// What somebody has to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// What came back, in the order of arrival.
    pub returned: Vec<CameBack>,
    /// What is owed, by due day: of every form and unit the oldest period.
    pub owed: Vec<Owed>,
    /// How much waits for judgement.
    pub waiting: usize,
    /// What is due next, when nothing is owed.
    pub next: Option<Owed>,
    /// Whether they send figures of units of their own.
    pub sends: bool,
    /// The units whose collection the reader looks after.
    pub collects: Vec<UnitName>,
}

impl Work {
    /// How many reports are owed: of each form and unit the oldest period and those after it.
    #[must_use]
    pub fn owed_reports(&self) -> usize {
        self.owed.iter().map(|owed| 1 + owed.later).sum()
    }
}

/// A form that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// What is to be reported.
    pub occasion: Occasion,
    /// Who reports.
    pub unit: UnitName,
    /// The form's name.
    pub form: Bilingual,
    /// The last day on which it is in time.
    pub due: Date,
    /// The last day on which nobody is called late.
    pub closes: Date,
    /// Whether it was begun.
    pub begun: Begun,
    /// Whether figures are still taken.
    pub lock: Lock,
    /// How many later periods are owed too.
    pub later: usize,
}

/// Whether a form was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// Nothing was saved.
    NotYet,
    /// There is a draft.
    Saved,
}

/// A submission that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameBack {
    /// What is to be reported again.
    pub occasion: Occasion,
    /// Who reports.
    pub unit: UnitName,
    /// The form's name.
    pub form: Bilingual,
    /// How many reasons it came back with.
    pub reasons: usize,
    /// When it came back, in epoch milliseconds.
    pub returned_ms: i64,
}

/// What somebody has to do on a day.
///
/// # Errors
/// The database failed.
pub fn work(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
) -> Result<Work, Error> {
    let own: Vec<UnitId> =
        who.units(Right::SendFigures, moment.today).into_iter().flatten().collect();
    let mut drafts = Vec::with_capacity(own.len());
    for unit in &own {
        drafts.push(store::drafts::of_unit(tx, *unit)?);
    }
    let (mut owed, mut next) = (Vec::new(), Vec::new());
    for form in snapshot.forms.iter().enumerate() {
        for (unit, drafts) in own.iter().zip(&drafts) {
            let found = of_form(tx, snapshot, form, (*unit, drafts), moment)?;
            owed.extend(found.0);
            next.extend(found.1);
        }
    }
    owed.sort_by(|a, b| (a.due, &a.occasion.form).cmp(&(b.due, &b.occasion.form)));
    let collects = who.units(Right::ReviewFigures, moment.today).into_iter().flatten();
    Ok(Work {
        returned: came_back(tx, snapshot, who, moment, &own)?,
        next: next.into_iter().min_by_key(|next| next.due).filter(|_| owed.is_empty()),
        owed,
        waiting: queue::count(tx, snapshot, who, moment)?,
        sends: !own.is_empty(),
        collects: collects.map(|unit| snapshot.name(unit, moment.today)).collect(),
    })
}

/// The oldest period for which a unit owes a form, and the one that has not ended yet.
fn of_form(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    (unit, drafts): (UnitId, &[(String, Period)]),
    moment: Moment,
) -> Result<(Option<Owed>, Option<Owed>), Error> {
    let Some(duties) = duties(tx, snapshot, (index, form), unit, moment.today)? else {
        return Ok((None, None));
    };
    let locks = Locks::read(tx, snapshot, form, duties.between, moment.today)?;
    let owed = |period: Period, later: usize| Owed {
        occasion: Occasion { form: form.code.clone(), unit, period },
        unit: snapshot.name(unit, form.calendar.days(period).1),
        form: form.name.clone(),
        due: snapshot.due_on(form, period),
        closes: snapshot.closes_on(form, period),
        begun: match drafts.iter().any(|(code, of)| *code == form.code && *of == period) {
            true => Begun::Saved,
            false => Begun::NotYet,
        },
        lock: locks.of(unit, period),
        later,
    };
    let oldest = duties.owed.first().map(|period| owed(*period, duties.owed.len() - 1));
    Ok((oldest, duties.running.map(|period| owed(period, 0))))
}

/// What a form asks of a unit on a day. The list of work and what a phone carries along both rest on
/// it, so that they count the same.
pub(super) struct Duties {
    /// The first and the last period that is asked for.
    pub(super) between: (Period, Period),
    /// What is owed, the oldest first: a period that is over and of which nothing was sent.
    pub(super) owed: Vec<Period>,
    /// The period that has not ended, when nothing was sent of it yet.
    pub(super) running: Option<Period>,
    /// What was sent last of each period.
    pub(super) sent: Vec<Submission>,
}

/// What a form asks of a unit on a day; nothing when it does not ask.
pub(super) fn duties(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    unit: UnitId,
    today: Date,
) -> Result<Option<Duties>, store::Error> {
    let periods = asked_periods(snapshot, (index, form), unit, today);
    let (Some(&first), Some(&last)) = (periods.first(), periods.last()) else { return Ok(None) };
    let sent = store::submissions::latest_between(tx, &form.code, unit, (first, last))?;
    let known: BTreeSet<Period> = sent.iter().map(|sent| sent.period).collect();
    let unsent = periods.into_iter().filter(|period| !known.contains(period));
    let (owed, open): (Vec<Period>, Vec<Period>) =
        unsent.partition(|period| is_over(form, *period, today));
    Ok(Some(Duties { between: (first, last), owed, running: open.first().copied(), sent }))
}

/// Whether a period of a form is over, so that its report is owed.
pub(super) fn is_over(form: &Form, period: Period, today: Date) -> bool {
    form.calendar.days(period).1 < today
}

/// The open periods for which a form asks a unit, oldest first.
fn asked_periods(
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    unit: UnitId,
    today: Date,
) -> Vec<Period> {
    let asks = |period: &Period| {
        let order = snapshot.order_on(form.calendar.days(*period).1);
        let expected = snapshot.book.expected(&snapshot.units, index, form, *period);
        order.position(unit).is_some_and(|position| expected.contains(position))
    };
    open_periods(snapshot, (index, form), today).into_iter().filter(asks).collect()
}

/// The periods of a form that are open on a day, oldest first: from the first one that anybody has
/// reported to the one that has not ended.
pub(crate) fn open_periods(
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    today: Date,
) -> Vec<Period> {
    let first = snapshot.book.first_period(index);
    let mut periods = Vec::new();
    let mut next = Period::Day(today).enclosing(form.frequency);
    while let Some(period) = next {
        if periods.len() == PERIODS_MAX || first.is_some_and(|first| period < first) {
            break;
        }
        periods.push(period);
        // Where nobody has reported yet, only the last period that is over is asked for.
        if first.is_none() && form.calendar.days(period).1 < today {
            break;
        }
        next = period.previous();
    }
    periods.reverse();
    periods
}

/// What was returned and has not been sent again, of one's own units and of what one sent for others.
pub(super) fn came_back(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    own: &[UnitId],
) -> Result<Vec<CameBack>, Error> {
    let mut came_back = Vec::new();
    let mut returned = store::standings::open(tx, State::Returned)?;
    returned
        .retain(|it| snapshot.check(who, Right::SendFigures, Some(it.unit), moment.today).is_ok());
    let (Some(first), Some(last)) = (returned.first(), returned.last()) else {
        return Ok(came_back);
    };
    let between = (first.position, last.position);
    let all_deeds = store::deeds::of_open(tx, State::Returned, between)?;
    for Open { id, form, unit, period, .. } in returned {
        let deeds = all_deeds.get(&id).map_or(&[][..], Vec::as_slice);
        // What units below sent themselves, they mend themselves.
        let is_own = own.contains(&unit) || sender(deeds).is_some_and(|sender| who.is(sender));
        if !is_own {
            continue;
        }
        let back = deeds.iter().rev().find(|done| done.deed == Deed::Return);
        came_back.push(CameBack {
            unit: snapshot.name(unit, snapshot.end_of(period)),
            form: snapshot.form_name(&form),
            reasons: back.map_or(0, |done| done.reasons.len()),
            returned_ms: back.map_or(0, |done| done.done_ms),
            occasion: Occasion { form, unit, period },
        });
    }
    Ok(came_back)
}

impl Workspace {
    /// What somebody has to do on a day.
    ///
    /// # Errors
    /// See [`work`].
    pub fn work(&self, who: &Actor, moment: Moment) -> Result<Work, Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.read_blocking(move |tx| work(tx, &snapshot, &who, moment))
    }
}
