//! The matrix of a collection: which units have sent a form for which periods.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Actor, Right};
use domain::form::Form;
use domain::item::Bilingual;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::submission::{Content, State};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;
use store::submissions::Standing;

use super::levels::{self, Course};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Periods side by side.
const COLUMNS: usize = 6;

/// Units listed at most.
pub(super) const ROWS_MAX: usize = 500;

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
    /// The units, in the order of the tree.
    pub rows: Vec<Row>,
    /// Units that were left out because there are too many.
    pub left_out: usize,
    /// The units that have not sent the form for the period asked for.
    pub missing: Vec<UnitName>,
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
    Missing,
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

/// Which units below one have sent a form for a period and those before.
///
/// # Errors
/// The actor may not see the unit, there is no such form, or the database failed.
pub fn matrix(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    unit: UnitId,
    form: Option<&str>,
    period: Option<Period>,
) -> Result<Matrix, Error> {
    snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
    let missing = || Refusal::NotFound { noun: Noun::Form, key: form.unwrap_or("").to_owned() };
    let by_code = |code: &str| snapshot.forms.iter().position(|form| form.code == code);
    let index = match form {
        Some(code) => by_code(code).ok_or_else(missing)?,
        None => first_form(snapshot, unit, moment.today).ok_or_else(missing)?,
    };
    let form = snapshot.forms.get(index).ok_or_else(missing)?;
    let period = chosen(snapshot, index, form, period).ok_or_else(missing)?;
    let mut periods: Vec<Period> =
        std::iter::successors(Some(period), |period| period.previous()).take(COLUMNS).collect();
    periods.reverse();
    let first = periods.first().copied().unwrap_or(period);
    let sent = store::submissions::standing(tx, &form.code, (first, period))?;
    let sent: BTreeMap<(UnitId, Period), Standing> =
        sent.into_iter().map(|it| ((it.unit, it.period), it)).collect();
    let owing: Vec<Vec<UnitId>> = periods
        .iter()
        .map(|period| owing(snapshot, (index, form), unit, *period, moment.today))
        .collect();
    let mut seen = BTreeSet::new();
    // The newest tree gives the order; units that are gone stand below.
    let units: Vec<UnitId> =
        owing.iter().rev().flatten().copied().filter(|unit| seen.insert(*unit)).collect();
    let owes: Vec<BTreeSet<UnitId>> =
        owing.into_iter().map(|units| units.into_iter().collect()).collect();
    let cell = |unit: UnitId, column: usize| -> Cell {
        let Some(period) = periods.get(column) else { return Cell::NotOwed };
        match sent.get(&(unit, *period)) {
            Some(sent) => {
                let levels = levels::of(snapshot, form, unit, moment.today);
                Cell::Sent {
                    id: sent.id.clone(),
                    course: levels::course(&levels, sent.progress),
                    content: sent.content,
                }
            }
            None if owes.get(column).is_some_and(|owes| owes.contains(&unit)) => Cell::Missing,
            None => Cell::NotOwed,
        }
    };
    let row = |unit: UnitId| Row {
        unit: snapshot.name(unit, form.calendar.days(period).1),
        cells: (0..periods.len()).map(|column| cell(unit, column)).collect(),
    };
    let rows: Vec<Row> = units.iter().map(|unit| row(*unit)).collect();
    let column = |(at, period): (usize, &Period)| {
        let cells = || rows.iter().filter_map(move |row| row.cells.get(at));
        let owed = cells().filter(|cell| **cell != Cell::NotOwed).count();
        let sent = cells().filter(|cell| counts(cell)).count();
        Column { period: *period, sent, owed }
    };
    let lacks =
        |row: &&Row| row.cells.last().is_some_and(|cell| *cell != Cell::NotOwed && !counts(cell));
    let day = form.calendar.days(period).1;
    Ok(Matrix {
        unit: snapshot.name(unit, day),
        above: snapshot.above(unit, day),
        forms: forms(snapshot, unit, period, moment.today),
        form: form.code.clone(),
        period,
        newest: Period::Day(moment.today)
            .enclosing(form.frequency)
            .map_or(period, |today| today.max(period)),
        periods: periods.iter().enumerate().map(column).collect(),
        missing: rows.iter().filter(lacks).map(|row| row.unit.clone()).collect(),
        left_out: rows.len().saturating_sub(ROWS_MAX),
        rows: rows.into_iter().take(ROWS_MAX).collect(),
    })
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
    let below = |day: Date| {
        let order = snapshot.order_on(day);
        let subtree = order.position(unit).map(|position| order.subtree(position));
        let units = subtree.into_iter().flatten();
        units.filter_map(|position| order.units().get(position as usize).copied())
    };
    let taken_over: BTreeSet<UnitId> = below(day).chain(below(today)).collect();
    let order = snapshot.order_on(day);
    let expected = snapshot.book.expected(&snapshot.units, index, form, period);
    (0..)
        .zip(order.units())
        .filter(|(position, unit)| expected.contains(*position) && taken_over.contains(unit))
        .map(|(_, unit)| *unit)
        .collect()
}

/// Whether a cell counts as sent.
fn counts(cell: &Cell) -> bool {
    match cell {
        Cell::NotOwed | Cell::Missing => false,
        Cell::Sent { course, .. } => {
            matches!(course.progress.state, State::Submitted | State::Approved)
        }
    }
}

/// The first form that somebody in a subtree owes in the newest period with figures.
fn first_form(snapshot: &Snapshot, unit: UnitId, today: Date) -> Option<usize> {
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
fn forms(
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
    pub fn matrix(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
        form: Option<&str>,
        period: Option<Period>,
    ) -> Result<Matrix, Error> {
        let (snapshot, who, form) = (self.snapshot()?, who.clone(), form.map(str::to_owned));
        self.database.read_blocking(move |tx| {
            matrix(tx, &snapshot, (&who, moment), unit, form.as_deref(), period)
        })
    }
}
