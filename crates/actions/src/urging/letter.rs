//! The urging letter: what the units below one are late with, and the day that is asked for anew.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Actor, Right};
use domain::directive::Directive;
use domain::form::Form;
use domain::item::Bilingual;
use domain::period::Period;
use domain::reaching::ReachingProblem;
use domain::task::Standing;
use domain::unit::UnitId;
use domain::urging::Subject;
use jiff::civil::Date;
use rollup::TreeOrder;
use store::ReadTx;

use super::{Owing, owing, policies};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::calls;
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
    /// What is late, by addressee: tasks, then plans, then forms, each the oldest deadline first.
    pub lines: Vec<LateLine>,
    /// How many lines there would be beyond those: of the forms that were due last.
    pub left_out: usize,
    /// How much is late in all, with what the lines leave out.
    pub counts: Counts,
    /// The mark of sample data; empty for real ones.
    pub sample: Bilingual,
}

/// How much is late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tasks.
    pub tasks: usize,
    /// Plans that directives ask for.
    pub plans: usize,
    /// Forms, each of one unit for one period.
    pub forms: usize,
}

impl Counts {
    /// How much the lines name.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a LateLine>) -> Self {
        let mut counts = Self::default();
        for line in lines {
            match &line.what {
                Late::Task { .. } => counts.tasks += 1,
                Late::Plan { .. } => counts.plans += 1,
                Late::Form { count, .. } => counts.forms += count,
            }
        }
        counts
    }
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
    /// A plan that a directive asks for.
    Plan {
        /// The directive.
        directive: Box<Directive>,
        /// Who has not issued theirs.
        of: UnitName,
    },
    /// A form that some units have not sent.
    Form {
        /// The form's name.
        name: Bilingual,
        /// For which periods, oldest first.
        periods: Vec<Period>,
        /// How many are missing: of one unit for one period each.
        count: usize,
        /// The first of the units.
        units: Vec<UnitName>,
        /// How many units there are.
        of: usize,
    },
}

impl Late {
    /// What stands before what: forms, of which there are most, come last.
    fn rank(&self) -> u8 {
        match self {
            Self::Task { .. } => 0,
            Self::Plan { .. } => 1,
            Self::Form { .. } => 2,
        }
    }
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

    /// The plans and forms that the units below one are late with, as its letter names them.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn owed_below(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
    ) -> Result<Vec<LateLine>, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        snapshot.check(who, Right::SeeFigures, Some(unit), today)?;
        self.database.read_blocking(move |tx| {
            let order = snapshot.order_on(today);
            let below = Below { snapshot: &snapshot, order, unit, today };
            let mut owed = plans(tx, &below)?;
            owed.extend(forms(tx, &below)?);
            owed.sort_by_key(|(position, line)| (*position, line.what.rank(), line.deadline));
            Ok(owed.into_iter().map(|(_, line)| line).collect())
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
    late.extend(plans(tx, below)?);
    late.extend(forms(tx, below)?);
    if late.is_empty() {
        return Err(ReachingProblem::NobodyLate.into());
    }
    let counts = Counts::of(late.iter().map(|(_, line)| line));
    let left_out = late.len().saturating_sub(LINES_MAX);
    late.sort_by_key(|(position, _)| *position);
    let mut addressees: Vec<UnitName> = late.iter().map(|(_, it)| it.unit.clone()).collect();
    addressees.dedup_by_key(|unit| unit.id);
    late.sort_by_key(|(_, line)| (line.what.rank(), line.deadline));
    late.truncate(LINES_MAX);
    late.sort_by_key(|(position, line)| (*position, line.what.rank(), line.deadline));
    Ok(Letter {
        issuer: snapshot.name(unit, today),
        parent: snapshot.above(unit, today).pop(),
        today,
        by,
        addressees,
        lines: late.into_iter().map(|(_, line)| line).collect(),
        left_out,
        counts,
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

/// The plans that are late, whoever asked for them.
fn plans(tx: &mut ReadTx<'_>, below: &Below<'_>) -> Result<Vec<(u32, LateLine)>, Error> {
    let (snapshot, today) = (below.snapshot, below.today);
    let (calls, notes) = calls::list::read(tx)?;
    let mut late = Vec::new();
    for call in calls.iter().filter(|call| call.ended_on.is_none() && call.due < today) {
        let directive = snapshot.directive(&call.directive)?;
        let answers = calls::list::answers(snapshot, call, &notes, today);
        late.extend(answers.into_iter().filter(|one| one.issued.is_none()).filter_map(|one| {
            let position = below.addressee(one.unit.id)?;
            let line = LateLine {
                unit: below.name(position)?,
                what: Late::Plan { directive: Box::new(directive.clone()), of: one.unit },
                first_deadline: call.due,
                deadline: call.due,
                days: (today - call.due).get_days(),
            };
            Some((position, line))
        }));
    }
    Ok(late)
}

/// The forms that are late and still urged, a line for all units and periods of an addressee.
fn forms(tx: &mut ReadTx<'_>, below: &Below<'_>) -> Result<Vec<(u32, LateLine)>, Error> {
    let snapshot = below.snapshot;
    let policies = policies(tx)?;
    let policy = policies.iter().find(|policy| policy.subject == Subject::Submission);
    let lasts = policy.map_or(0, |policy| i32::from(policy.lasts_days));
    let mut late = Vec::new();
    for form in snapshot.forms.iter().enumerate() {
        let mut periods = open_periods(snapshot, form, below.today);
        periods.retain(|period| {
            let is_urged = (below.today - snapshot.due_on(form.1, *period)).get_days() <= lasts;
            is_urged && snapshot.closes_on(form.1, *period) < below.today
        });
        let mut missing: BTreeMap<u32, Vec<(Period, UnitId)>> = BTreeMap::new();
        owing(tx, snapshot, form, (&periods, below.today), |owing| {
            let Owing { period, unit, .. } = owing;
            if let Some(position) = below.addressee(unit) {
                missing.entry(position).or_default().push((period, unit));
            }
        })?;
        let lines = missing.into_iter();
        late.extend(lines.filter_map(|(position, owed)| of_form(below, form.1, position, &owed)));
    }
    Ok(late)
}

/// A form that the units of an addressee owe for periods.
fn of_form(
    below: &Below<'_>,
    form: &Form,
    position: u32,
    owed: &[(Period, UnitId)],
) -> Option<(u32, LateLine)> {
    let periods: Vec<Period> = sorted(owed.iter().map(|(period, _)| *period));
    let first = *periods.first()?;
    let last_day = form.calendar.days(*periods.last()?).1;
    let mut units: Vec<UnitId> = Vec::new();
    for (_, unit) in owed {
        if !units.contains(unit) {
            units.push(*unit);
        }
    }
    let named = units.iter().take(UNITS_MAX).map(|unit| below.snapshot.name(*unit, last_day));
    let deadline = below.snapshot.due_on(form, first);
    let line = LateLine {
        unit: below.name(position)?,
        what: Late::Form {
            name: form.name.clone(),
            count: owed.len(),
            units: named.collect(),
            of: units.len(),
            periods,
        },
        first_deadline: deadline,
        deadline,
        days: (below.today - deadline).get_days(),
    };
    Some((position, line))
}

/// The periods, each once, oldest first.
fn sorted(periods: impl Iterator<Item = Period>) -> Vec<Period> {
    periods.collect::<BTreeSet<Period>>().into_iter().collect()
}
