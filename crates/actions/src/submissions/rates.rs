//! Rates of completeness and timeliness: how much of what is owed has come, and how much in time.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::access::{Actor, Right};
use domain::form::Form;
use domain::item::Bilingual;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use jiff::civil::Date;
use rollup::TreeOrder;

use super::matrix::{first_form, forms, owing};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;
use crate::zone::end_of;

/// Periods counted when nobody says which.
const PERIODS: usize = 6;

/// Periods counted at most.
const PERIODS_MAX: usize = 60;

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The unit whose subtree it is.
    pub unit: UnitId,
    /// The form's code; none for the first that somebody owes.
    pub form: Option<String>,
    /// The first period; none for half a dozen.
    pub from: Option<Period>,
    /// The last period; none for the newest that is over.
    pub to: Option<Period>,
}

/// How a form is reported below a unit over some periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// The unit.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// The forms that somebody in the subtree owes: code and name.
    pub forms: Vec<(String, Bilingual)>,
    /// The form counted.
    pub form: String,
    /// The periods counted, oldest first: those that are over.
    pub periods: Vec<Period>,
    /// The newest period that is over.
    pub newest: Period,
    /// The units of the next level, in the order of the tree.
    pub rows: Vec<RateRow>,
    /// All of them together, by period.
    pub course: Vec<Tally>,
    /// All of them together.
    pub whole: Tally,
}

/// A unit of the next level, with all below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateRow {
    /// The unit.
    pub unit: UnitName,
    /// By period.
    pub course: Vec<Tally>,
    /// Over all periods.
    pub whole: Tally,
}

/// Reports counted. One that nobody owes, because its unit did not exist or was not asked, is not
/// among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Owed for a period that is over.
    pub expected: u32,
    /// Sent, and not returned since.
    pub reported: u32,
    /// Of those: accepted by every level.
    pub approved: u32,
    /// Of those: first sent while nobody was called late.
    pub in_time: u32,
    /// Of those: first sent later.
    pub late: u32,
    /// Of those: taken in from a file, so that nobody knows when the unit handed it over.
    pub from_files: u32,
    /// Not there, neither sent nor in a file, and nobody is called late for it yet.
    pub not_due: u32,
}

impl Tally {
    /// Should be there and is not: neither a zero nor nothing to report.
    #[must_use]
    pub fn missing(self) -> u32 {
        self.expected - self.reported - self.not_due
    }

    /// Of how many it is known whether they came in time: all that are due but those from files.
    #[must_use]
    pub fn judged(self) -> u32 {
        self.expected - self.from_files - self.not_due
    }

    fn plus(self, other: Self) -> Self {
        Self {
            expected: self.expected + other.expected,
            reported: self.reported + other.reported,
            approved: self.approved + other.approved,
            in_time: self.in_time + other.in_time,
            late: self.late + other.late,
            from_files: self.from_files + other.from_files,
            not_due: self.not_due + other.not_due,
        }
    }
}

/// How a form is reported below a unit. It asks the database nothing.
///
/// # Errors
/// The actor may not see the unit, or there is no such form.
pub fn rates(
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    asked: &Asked,
) -> Result<Rates, Error> {
    let Moment { today, .. } = moment;
    snapshot.check(who, Right::SeeFigures, Some(asked.unit), today)?;
    let missing = || {
        let key = asked.form.clone().unwrap_or_default();
        Refusal::NotFound { noun: Noun::Form, key }
    };
    let index = match &asked.form {
        Some(code) => snapshot.form(code)?.0,
        None => first_form(snapshot, asked.unit, today).ok_or_else(missing)?,
    };
    let form = snapshot.forms.get(index).ok_or_else(missing)?;
    let newest = newest(form, today).ok_or_else(missing)?;
    let periods = periods(snapshot, (index, form), newest, asked);
    let last = *periods.last().ok_or_else(missing)?;
    let desk = Desk { snapshot, form: (index, form), unit: asked.unit, today };
    let mut tallies: BTreeMap<UnitId, Vec<Tally>> = BTreeMap::new();
    for (column, period) in periods.iter().enumerate() {
        for (row, tally) in desk.tallies(*period) {
            let row = tallies.entry(row).or_insert_with(|| vec![Tally::default(); periods.len()]);
            if let Some(cell) = row.get_mut(column) {
                *cell = cell.plus(tally);
            }
        }
    }
    let day = form.calendar.days(last).1;
    let sum = |course: &[Tally]| course.iter().copied().fold(Tally::default(), Tally::plus);
    let rows = in_order(snapshot, tallies, day).into_iter().map(|(unit, course)| RateRow {
        unit: snapshot.name(unit, day),
        whole: sum(&course),
        course,
    });
    let rows: Vec<RateRow> = rows.collect();
    let of_column = |column: usize| {
        let cells: Vec<Tally> =
            rows.iter().filter_map(|row| row.course.get(column)).copied().collect();
        sum(&cells)
    };
    let course: Vec<Tally> = (0..periods.len()).map(of_column).collect();
    Ok(Rates {
        unit: snapshot.name(asked.unit, day),
        above: snapshot.above(asked.unit, day),
        forms: forms(snapshot, asked.unit, last, today),
        form: form.code.clone(),
        newest: newest.max(last),
        whole: sum(&course),
        course,
        rows,
        periods,
    })
}

/// The newest period of a form that is over.
fn newest(form: &Form, today: Date) -> Option<Period> {
    let mut period = Period::Day(today).enclosing(form.frequency)?;
    while form.calendar.days(period).1 >= today {
        period = period.previous()?;
    }
    Some(period)
}

/// The periods counted, oldest first: of those asked for the ones that are over; else the newest
/// with figures and those before.
fn periods(
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    newest: Period,
    asked: &Asked,
) -> Vec<Period> {
    let fitting = |period: Period| (period.frequency() == Some(form.frequency)).then_some(period);
    let reported = snapshot.book.last_period(index).unwrap_or(newest);
    let last = asked.to.and_then(fitting).unwrap_or(reported).min(newest);
    let before = std::iter::successors(Some(last), |period| period.previous());
    let mut periods: Vec<Period> = match asked.from.and_then(fitting) {
        Some(from) => before.take_while(|it| *it >= from.min(last)).take(PERIODS_MAX).collect(),
        None => before.take(PERIODS).collect(),
    };
    periods.reverse();
    periods
}

/// What all rows are counted from.
struct Desk<'a> {
    snapshot: &'a Snapshot,
    form: (usize, &'a Form),
    unit: UnitId,
    today: Date,
}

impl Desk<'_> {
    /// How the units of each row stand with a period together.
    fn tallies(&self, period: Period) -> BTreeMap<UnitId, Tally> {
        let Self { snapshot, form: (index, form), .. } = *self;
        let due = snapshot.closes_on(form, period);
        let (is_over, ends_ms) = (due < self.today, end_of(due));
        // A reporter has its row by the tree of the period's end, else by that of today.
        let trees = [form.calendar.days(period).1, self.today]
            .map(|day| Below::new(snapshot.order_on(day), self.unit));
        let mut receipts = snapshot.book.receipts(index, period).iter().peekable();
        let mut owing = owing(snapshot, (index, form), self.unit, period, self.today);
        owing.sort_unstable();
        let mut tallies: BTreeMap<UnitId, Tally> = BTreeMap::new();
        for unit in owing {
            while receipts.next_if(|receipt| receipt.unit < unit).is_some() {}
            let receipt = receipts.next_if(|receipt| receipt.unit == unit);
            let mut tally = Tally { expected: 1, ..Tally::default() };
            match receipt {
                None => tally.not_due = u32::from(!is_over),
                Some(receipt) => {
                    tally.reported = 1;
                    tally.approved = u32::from(receipt.is_approved);
                    if snapshot.file(receipt.first.import).is_some() {
                        tally.from_files = 1;
                    } else if receipt.first.received_ms < ends_ms {
                        tally.in_time = 1;
                    } else {
                        tally.late = 1;
                    }
                }
            }
            let row = trees.iter().find_map(|tree| tree.row_of(unit)).unwrap_or(unit);
            let row = tallies.entry(row).or_default();
            *row = row.plus(tally);
        }
        tallies
    }
}

/// A unit and the units of the next level below it, on a tree.
struct Below<'a> {
    order: &'a TreeOrder,
    unit: UnitId,
    all: Range<u32>,
    /// The positions of the next level, in order.
    next: Vec<u32>,
}

impl<'a> Below<'a> {
    fn new(order: &'a TreeOrder, unit: UnitId) -> Self {
        let position = order.position(unit);
        let all = position.map_or(0..0, |position| order.subtree(position));
        let next = position.into_iter().flat_map(|position| order.children(position)).collect();
        Self { order, unit, all, next }
    }

    /// The unit of the next level that a unit stands under, or the unit itself.
    fn row_of(&self, unit: UnitId) -> Option<UnitId> {
        let position = self.order.position(unit).filter(|position| self.all.contains(position))?;
        let above = self.next.partition_point(|next| *next <= position);
        let row = above.checked_sub(1).and_then(|at| self.next.get(at));
        let row = row.and_then(|position| self.order.units().get(*position as usize));
        Some(row.copied().unwrap_or(self.unit))
    }
}

/// Rows in the order of the tree on a day; units that are not on it come last.
fn in_order(
    snapshot: &Snapshot,
    tallies: BTreeMap<UnitId, Vec<Tally>>,
    day: Date,
) -> Vec<(UnitId, Vec<Tally>)> {
    let order = snapshot.order_on(day);
    let mut rows: Vec<(UnitId, Vec<Tally>)> = tallies.into_iter().collect();
    rows.sort_by_key(|(unit, _)| order.position(*unit).unwrap_or(u32::MAX));
    rows
}

impl Workspace {
    /// How a form is reported below a unit.
    ///
    /// # Errors
    /// See [`rates`].
    pub fn rates(&self, who: &Actor, moment: Moment, asked: &Asked) -> Result<Rates, Error> {
        rates(&*self.snapshot()?, who, moment, asked)
    }
}
