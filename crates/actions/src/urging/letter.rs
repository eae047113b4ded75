//! The urging letter: what the units below one are late with, and the day that is asked for anew.

use std::collections::BTreeMap;

use domain::access::{Actor, Right};
use domain::form::Form;
use domain::item::Bilingual;
use domain::period::Period;
use domain::reaching::ReachingProblem;
use domain::task::Standing;
use domain::unit::UnitId;
use jiff::civil::Date;
use rollup::TreeOrder;
use store::ReadTx;

use super::{Owing, owing};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::submissions::work::open_periods;
use crate::tasks::{TaskBook, waits_for_lead};
use crate::workspace::Workspace;

/// Lines of one letter; nobody reads more.
const LINES_MAX: usize = 500;

/// Units named on one line.
const UNITS_MAX: usize = 3;

/// How many working days a letter gives when nobody says by when.
const WORKING_DAYS: u16 = 5;

/// What an urging letter holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The unit whose agency writes.
    pub issuer: UnitName,
    /// The unit above it; a province has none.
    pub parent: Option<UnitName>,
    /// The day on which it is written.
    pub today: Date,
    /// By when the late things are asked for now.
    pub by: Date,
    /// The units directly below the issuer that something is late in, in the order of the tree.
    pub addressees: Vec<UnitName>,
    /// What is late, by addressee, the oldest deadline first.
    pub lines: Vec<LateLine>,
    /// How many lines there would be beyond those.
    pub left_out: usize,
    /// The mark of sample data; empty for real ones.
    pub sample: Bilingual,
}

/// Something that is late in a unit directly below the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateLine {
    /// That unit.
    pub unit: UnitName,
    /// What is late.
    pub what: Late,
    /// The day that was set first.
    pub first_deadline: Date,
    /// The day that held.
    pub deadline: Date,
    /// How many days ago that was.
    pub days: i32,
}

/// What is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Late {
    /// A task.
    Task {
        /// What it asks for.
        work: String,
        /// Who leads it.
        lead: UnitName,
    },
    /// A form of a period that some units have not sent.
    Form {
        /// The form's name.
        name: Bilingual,
        /// For which period.
        period: Period,
        /// How many units have not sent it.
        count: usize,
        /// The first of them.
        units: Vec<UnitName>,
    },
}

impl Workspace {
    /// The day that a letter asks for when nobody says another.
    ///
    /// # Errors
    /// The database failed.
    pub fn letter_day(&self, today: Date) -> Result<Date, Error> {
        Ok(self.snapshot()?.holidays.working_day_after(today, WORKING_DAYS))
    }

    /// The letter that urges the units below one; without a day it asks for that of
    /// [`Self::letter_day`].
    ///
    /// # Errors
    /// The actor may not give tasks there, the day is over, nobody is late, or the database failed.
    pub fn urging_letter(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
        by: Option<Date>,
    ) -> Result<Letter, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        let today = moment.today;
        snapshot.check(who, Right::GiveTasks, Some(unit), today)?;
        let by = by.map_or_else(|| self.letter_day(today), Ok)?;
        if by <= today {
            let first = today.tomorrow().unwrap_or(today);
            return Err(ReachingProblem::DayNotToCome { first }.into());
        }
        self.database.read_blocking(move |tx| {
            let order = snapshot.order_on(today);
            letter(tx, &book, &Below { snapshot: &snapshot, order, unit, today }, by)
        })
    }
}

fn letter(
    tx: &mut ReadTx<'_>,
    book: &TaskBook,
    below: &Below<'_>,
    by: Date,
) -> Result<Letter, Error> {
    let &Below { snapshot, unit, today, .. } = below;
    let mut late = tasks(below, book);
    forms(tx, below, &mut late)?;
    if late.is_empty() {
        return Err(ReachingProblem::NobodyLate.into());
    }
    late.sort_by_key(|(position, line)| (*position, line.deadline));
    let mut addressees: Vec<UnitName> = late.iter().map(|(_, it)| it.unit.clone()).collect();
    addressees.dedup_by_key(|unit| unit.id);
    Ok(Letter {
        issuer: snapshot.name(unit, today),
        parent: snapshot.above(unit, today).pop(),
        today,
        by,
        addressees,
        left_out: late.len().saturating_sub(LINES_MAX),
        lines: late.into_iter().take(LINES_MAX).map(|(_, line)| line).collect(),
        sample: snapshot.sample.clone(),
    })
}

/// The units below the one that writes, as the tree stands today.
struct Below<'a> {
    snapshot: &'a Snapshot,
    order: &'a TreeOrder,
    unit: UnitId,
    today: Date,
}

impl Below<'_> {
    /// The unit directly below the writing one in which a unit stands; for one that is gone, in which
    /// the first that took its place stands. None for units elsewhere and the writing one itself.
    fn addressee(&self, unit: UnitId) -> Option<u32> {
        let here = |unit| self.order.position(unit);
        let found = here(unit);
        let heir = || here(*self.snapshot.heirs_on(unit, self.today).first()?);
        let mut position = found.or_else(heir)?;
        let top = here(self.unit)?;
        if !self.order.subtree(top).contains(&position) {
            return None;
        }
        loop {
            let above = self.order.parent(position)?;
            if above == top {
                return Some(position);
            }
            position = above;
        }
    }

    fn name(&self, position: u32) -> Option<UnitName> {
        let unit = self.order.units().get(position as usize)?;
        Some(self.snapshot.name(*unit, self.today))
    }
}

/// The tasks that are late, each with the place of its addressee in the tree.
fn tasks(below: &Below<'_>, book: &TaskBook) -> Vec<(u32, LateLine)> {
    let line = |task: &domain::task::Task| {
        let Standing::Overdue { days } = task.standing(below.today) else { return None };
        if !waits_for_lead(task.state) {
            return None;
        }
        let (deadline, brief) = (task.deadline?, book.brief(task.brief)?);
        let position = below.addressee(task.lead.unit)?;
        let lead = below.snapshot.name(task.lead.unit, below.today);
        let line = LateLine {
            unit: below.name(position)?,
            what: Late::Task { work: brief.words.work.clone(), lead },
            first_deadline: task.first_deadline.unwrap_or(deadline),
            deadline,
            days,
        };
        Some((position, line))
    };
    book.tasks().iter().filter_map(line).collect()
}

/// The forms that are late, a line for all units of an addressee.
fn forms(
    tx: &mut ReadTx<'_>,
    below: &Below<'_>,
    late: &mut Vec<(u32, LateLine)>,
) -> Result<(), Error> {
    let snapshot = below.snapshot;
    for form in snapshot.forms.iter().enumerate() {
        let mut periods = open_periods(snapshot, form, below.today);
        periods.retain(|period| snapshot.closes_on(form.1, *period) < below.today);
        let mut missing: BTreeMap<(u32, Period), Vec<UnitId>> = BTreeMap::new();
        owing(tx, snapshot, form, (&periods, below.today), |owing| {
            let Owing { period, unit, .. } = owing;
            if let Some(position) = below.addressee(unit) {
                missing.entry((position, period)).or_default().push(unit);
            }
        })?;
        for ((position, period), units) in missing {
            late.extend(of_form(below, form.1, (position, period), &units));
        }
    }
    Ok(())
}

fn of_form(
    below: &Below<'_>,
    form: &Form,
    (position, period): (u32, Period),
    units: &[UnitId],
) -> Option<(u32, LateLine)> {
    let last = form.calendar.days(period).1;
    let deadline = below.snapshot.due_on(form, period);
    let named = units.iter().take(UNITS_MAX).map(|unit| below.snapshot.name(*unit, last));
    let line = LateLine {
        unit: below.name(position)?,
        what: Late::Form {
            name: form.name.clone(),
            period,
            count: units.len(),
            units: named.collect(),
        },
        first_deadline: deadline,
        deadline,
        days: (below.today - deadline).get_days(),
    };
    Some((position, line))
}
