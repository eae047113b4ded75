//! The matrix of a collection: which units have sent a form for which periods.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::access::{Actor, Right};
use domain::form::Form;
use domain::item::Bilingual;
use domain::lock::Lock;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::submission::Content;
use domain::unit::UnitId;
use jiff::civil::Date;
use rollup::TreeOrder;
use store::ReadTx;
use store::standings::UNITS_MAX;

use super::levels::{self, Course};
use super::lock::{Locks, PeriodLock};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Periods side by side.
const COLUMNS: usize = 6;

/// Units on one page.
pub const PAGE: usize = UNITS_MAX;

/// Units named as missing at most.
const MISSING_MAX: usize = 200;

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The unit whose subtree it is.
    pub unit: UnitId,
    /// The form's code; none for the first that somebody owes.
    pub form: Option<String>,
    /// The period; none for the newest that anybody reported.
    pub period: Option<Period>,
    /// Which page of units, counted from 0.
    pub page: usize,
}

impl Asked {
    /// The first form and the newest period of a unit.
    #[must_use]
    pub fn of(unit: UnitId) -> Self {
        Self { unit, form: None, period: None, page: 0 }
    }
}

/// Which units have sent a form for which periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The unit whose subtree is looked at.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// The forms that somebody in the subtree owes: code and name.
    pub forms: Vec<(String, Bilingual)>,
    /// The form shown.
    pub form: String,
    /// The period asked for.
    pub period: Period,
    /// The newest period that can be asked for: the one that holds today.
    pub newest: Period,
    /// The columns, oldest first; the last one is the period asked for.
    pub periods: Vec<Column>,
    /// One page of the units, in the order of the tree.
    pub rows: Vec<Row>,
    /// How many units there are on all pages.
    pub units: usize,
    /// Which page, counted from 0.
    pub page: usize,
    /// The first units that have not sent the form for the period asked for.
    pub missing: Vec<UnitName>,
    /// How many have not.
    pub missing_count: usize,
    /// Whether the period asked for is locked for the unit, and what the reader may do about it.
    pub lock: PeriodLock,
}

impl Matrix {
    /// How many pages there are.
    #[must_use]
    pub fn pages(&self) -> usize {
        self.units.div_ceil(PAGE).max(1)
    }
}

/// How complete a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The period.
    pub period: Period,
    /// How many units have sent and were not returned.
    pub sent: usize,
    /// How many owe.
    pub owed: usize,
    /// Whether it is locked for the unit.
    pub lock: Lock,
}

/// A unit's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The unit.
    pub unit: UnitName,
    /// One cell per period.
    pub cells: Vec<Cell>,
}

/// How a unit stands with the form for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// It owes nothing.
    NotOwed,
    /// It owes and has not sent.
    Missing {
        /// Whether figures are still taken.
        lock: Lock,
    },
    /// It has sent.
    Sent {
        /// The submission.
        id: String,
        /// How far it has come.
        course: Course,
        /// What it says as a whole.
        content: Content,
    },
}

/// Which units below one have sent a form for a period and those before. It asks the database the
/// same few questions however many units there are.
///
/// # Errors
/// The actor may not see the unit, there is no such form, or the database failed.
pub fn matrix(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    asked: &Asked,
) -> Result<Matrix, Error> {
    let Asked { unit, form, period, page } = asked;
    snapshot.check(who, Right::SeeFigures, Some(*unit), moment.today)?;
    let missing = || {
        let key = form.clone().unwrap_or_default();
        Refusal::NotFound { noun: Noun::Form, key }
    };
    let index = match form {
        Some(code) => snapshot.form(code)?.0,
        None => first_form(snapshot, *unit, moment.today).ok_or_else(missing)?,
    };
    let form = snapshot.forms.get(index).ok_or_else(missing)?;
    let period = chosen(snapshot, index, form, *period).ok_or_else(missing)?;
    let mut periods: Vec<Period> =
        std::iter::successors(Some(period), |period| period.previous()).take(COLUMNS).collect();
    periods.reverse();
    let between = (periods.first().copied().unwrap_or(period), period);
    let owing: Vec<Vec<UnitId>> = periods
        .iter()
        .map(|period| owing(snapshot, (index, form), *unit, *period, moment.today))
        .collect();
    let units = all_of(&owing);
    let returned = store::standings::returned(tx, &form.code, between)?;
    let columns = Columns::new(snapshot, index, &periods, (&units, owing), &returned);
    let lacking: Vec<UnitId> =
        units.iter().copied().filter(|unit| columns.lacks_last(*unit)).collect();
    let day = form.calendar.days(period).1;
    let page = (*page).min(units.len().saturating_sub(1) / PAGE);
    let shown: Vec<UnitId> = units.iter().copied().skip(page * PAGE).take(PAGE).collect();
    let sent = store::standings::standing(tx, &form.code, between, &shown)?;
    let field = Field {
        sent: sent.into_iter().map(|it| ((it.unit, it.period), it)).collect(),
        columns,
        locks: Locks::read(tx, snapshot, form, between, moment.today)?,
        snapshot,
        form,
        today: moment.today,
        periods,
    };
    let row = |unit: &UnitId| Row { unit: snapshot.name(*unit, day), cells: field.cells(*unit) };
    Ok(Matrix {
        unit: snapshot.name(*unit, day),
        above: snapshot.above(*unit, day),
        forms: forms(snapshot, *unit, period, moment.today),
        form: form.code.clone(),
        period,
        newest: Period::Day(moment.today)
            .enclosing(form.frequency)
            .map_or(period, |today| today.max(period)),
        periods: field.columns(*unit),
        rows: shown.iter().map(row).collect(),
        units: units.len(),
        page,
        missing: lacking.iter().take(MISSING_MAX).map(|it| snapshot.name(*it, day)).collect(),
        missing_count: lacking.len(),
        lock: field.locks.page(tx, who, *unit, period)?,
    })
}

/// The units of all columns: in the order of the newest tree, units that are gone below.
fn all_of(owing: &[Vec<UnitId>]) -> Vec<UnitId> {
    let mut columns = owing.iter().rev();
    let mut before = columns.next();
    let mut units = before.cloned().unwrap_or_default();
    for column in columns {
        if before != Some(column) {
            let seen: BTreeSet<UnitId> = units.iter().copied().collect();
            units.extend(column.iter().copied().filter(|unit| !seen.contains(unit)));
            before = Some(column);
        }
    }
    units
}

/// Who owes and who has sent, by period, each in order of their ids, because there can be very many.
struct Columns(Vec<Standing>);

/// How all units stand with a period.
struct Standing {
    owing: Vec<UnitId>,
    /// Have sent, and were not sent it back.
    sent: Vec<UnitId>,
    /// Were sent it back.
    returned: Vec<UnitId>,
}

impl Columns {
    fn new(
        snapshot: &Snapshot,
        form: usize,
        periods: &[Period],
        (units, owing): (&[UnitId], Vec<Vec<UnitId>>),
        returned: &[(UnitId, Period)],
    ) -> Self {
        let mut all = units.to_vec();
        all.sort_unstable();
        let column = |(period, mut owing): (&Period, Vec<UnitId>)| {
            owing.sort_unstable();
            let back = returned.iter().filter(|(_, of)| of == period).map(|(unit, _)| *unit);
            let returned: Vec<UnitId> = common(&all, back).collect();
            let receipts = snapshot.book.receipts(form, *period).iter();
            let sent = common(&all, receipts.map(|receipt| receipt.unit));
            let sent = sent.filter(|unit| returned.binary_search(unit).is_err()).collect();
            Standing { owing, sent, returned }
        };
        Self(periods.iter().zip(owing).map(column).collect())
    }

    /// Whether a unit owes the last period and has not sent it, or was sent it back.
    fn lacks_last(&self, unit: UnitId) -> bool {
        let last = self.0.last();
        last.is_some_and(|last| last.sent.binary_search(&unit).is_err() && last.owes(unit))
    }
}

impl Standing {
    fn owes(&self, unit: UnitId) -> bool {
        let is_in = |units: &[UnitId]| units.binary_search(&unit).is_ok();
        is_in(&self.owing) || is_in(&self.returned) || is_in(&self.sent)
    }

    /// How many owe, also those that sent without owing.
    fn owed(&self) -> usize {
        let also =
            |units: &[UnitId]| units.len() - common(&self.owing, units.iter().copied()).count();
        self.owing.len() + also(&self.sent) + also(&self.returned)
    }
}

/// Those of some units that are among others, both in order of their ids.
fn common(among: &[UnitId], units: impl Iterator<Item = UnitId>) -> impl Iterator<Item = UnitId> {
    let mut rest = among.iter().peekable();
    units.filter(move |unit| {
        while rest.next_if(|other| *other < unit).is_some() {}
        rest.peek() == Some(&unit)
    })
}

/// What the cells of a page are made of.
struct Field<'a> {
    snapshot: &'a Snapshot,
    form: &'a Form,
    today: Date,
    periods: Vec<Period>,
    columns: Columns,
    /// Of the units on the page.
    sent: BTreeMap<(UnitId, Period), store::standings::Standing>,
    locks: Locks<'a>,
}

impl Field<'_> {
    fn columns(&self, above: UnitId) -> Vec<Column> {
        let column = |(period, standing): (&Period, &Standing)| Column {
            period: *period,
            sent: standing.sent.len(),
            owed: standing.owed(),
            lock: self.locks.of(above, *period),
        };
        self.periods.iter().zip(&self.columns.0).map(column).collect()
    }

    fn cells(&self, unit: UnitId) -> Vec<Cell> {
        let levels = levels::of(self.snapshot, self.form, unit, self.today);
        let cell = |(period, standing): (&Period, &Standing)| match self.sent.get(&(unit, *period))
        {
            Some(sent) => Cell::Sent {
                id: sent.id.clone(),
                course: levels::course(&levels, sent.progress),
                content: sent.content,
            },
            None if standing.owes(unit) => Cell::Missing { lock: self.locks.of(unit, *period) },
            None => Cell::NotOwed,
        };
        self.periods.iter().zip(&self.columns.0).map(cell).collect()
    }
}

/// The units that owe a form for a period and stand below a unit: at the period's end, or today,
/// because whoever has taken units over looks after what they still owe.
pub(super) fn owing(
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    unit: UnitId,
    period: Period,
    today: Date,
) -> Vec<UnitId> {
    let day = form.calendar.days(period).1;
    let order = snapshot.order_on(day);
    let subtree =
        |order: &TreeOrder| order.position(unit).map_or(0..0, |position| order.subtree(position));
    let below = subtree(order);
    let today = snapshot.order_on(today);
    let mut taken_over = BTreeSet::new();
    if !Arc::ptr_eq(order, today) {
        let units = subtree(today).filter_map(|position| today.units().get(position as usize));
        taken_over.extend(units.copied());
    }
    let expected = snapshot.book.expected(&snapshot.units, index, form, period);
    (0..)
        .zip(order.units())
        .filter(|(position, _)| expected.contains(*position))
        .filter(|(position, unit)| below.contains(position) || taken_over.contains(unit))
        .map(|(_, unit)| *unit)
        .collect()
}

/// The first form that somebody in a subtree owes in the newest period with figures.
pub(super) fn first_form(snapshot: &Snapshot, unit: UnitId, today: Date) -> Option<usize> {
    let mut forms = snapshot.forms.iter().enumerate();
    let owes = |(index, form): &(usize, &Form)| {
        let period = chosen(snapshot, *index, form, None);
        period
            .is_some_and(|period| !owing(snapshot, (*index, form), unit, period, today).is_empty())
    };
    forms.find(owes).map(|(index, _)| index)
}

/// The form's period that was asked for, or that holds it; else the newest that anybody reported.
fn chosen(
    snapshot: &Snapshot,
    index: usize,
    form: &Form,
    period: Option<Period>,
) -> Option<Period> {
    let fitting = period.and_then(|period| {
        let own = period.frequency() == Some(form.frequency);
        let last = || form.calendar.parts(period, form.frequency)?.last().copied();
        if own { Some(period) } else { period.enclosing(form.frequency).or_else(last) }
    });
    fitting
        .or_else(|| snapshot.book.last_period(index))
        .or_else(|| snapshot.default_period().enclosing(form.frequency))
        .or_else(|| {
            let parts = form.calendar.parts(snapshot.default_period(), form.frequency)?;
            parts.last().copied()
        })
}

/// The forms that somebody in a subtree owes around a period.
pub(super) fn forms(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    today: Date,
) -> Vec<(String, Bilingual)> {
    let forms = snapshot.forms.iter().enumerate().filter(|(index, form)| {
        let period = chosen(snapshot, *index, form, Some(period));
        period
            .is_some_and(|period| !owing(snapshot, (*index, form), unit, period, today).is_empty())
    });
    forms.map(|(_, form)| (form.code.clone(), form.name.clone())).collect()
}

impl Workspace {
    /// Which units below one have sent a form for a period and those before.
    ///
    /// # Errors
    /// See [`matrix`].
    pub fn matrix(&self, who: &Actor, moment: Moment, asked: &Asked) -> Result<Matrix, Error> {
        let (snapshot, who, asked) = (self.snapshot()?, who.clone(), asked.clone());
        self.database.read_blocking(move |tx| matrix(tx, &snapshot, &who, moment, &asked))
    }
}
