//! One difficulty with everything about it, and what its form asks for.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::difficulty::{DifficultyId, Step, Words};
use domain::task::TaskId;
use domain::unit::UnitId;
use jiff::civil::Date;
pub use store::difficulties::Told;

use super::list::{Line, line, may_see};
use super::{missing, step};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::tasks::page::TaskPage;
use crate::workspace::Workspace;

/// Units for which somebody may raise a difficulty, as a form offers them.
const UNITS_MAX: usize = 500;

/// The page of a difficulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifficultyPage {
    /// The difficulty with its units.
    pub line: Line,
    /// What it says.
    pub words: Words,
    /// The task that it is about, with its work.
    pub task: Option<(TaskId, String)>,
    /// What was done with it, oldest first, and with which unit it lay afterwards.
    pub steps: Vec<(Told, UnitName)>,
    /// What the reader can do with it.
    pub possible: Vec<Step>,
    /// To whom it can be passed on.
    pub others: Vec<UnitName>,
    /// The number of the newest step.
    pub seen: i64,
}

impl Workspace {
    /// The page of a difficulty.
    ///
    /// # Errors
    /// There is none, the actor may look at neither side of it, or the database failed.
    pub fn difficulty_page(
        &self,
        who: &Actor,
        moment: Moment,
        id: DifficultyId,
    ) -> Result<DifficultyPage, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        let (found, words, steps, seen) =
            self.database.read_blocking(move |tx| -> Result<_, Error> {
                let found = store::difficulties::find(tx, id)?.ok_or_else(|| missing(id))?;
                let words = store::difficulties::words(tx, id)?.ok_or_else(|| missing(id))?;
                let steps = store::difficulties::steps(tx, id)?;
                Ok((found, words, steps, store::difficulties::newest_of(tx, id)?))
            })?;
        may_see(&snapshot, who, &found, today)?;
        let above = above(&snapshot, found.unit, today);
        let steps = steps.into_iter().map(|told| {
            let holder = snapshot.name(told.taken.holder, today);
            (told, holder)
        });
        let line = line(&snapshot, &found, today);
        Ok(DifficultyPage {
            possible: step::possible(&snapshot, who, &found, today),
            others: above.into_iter().filter(|unit| unit.id != found.holder).collect(),
            steps: steps.collect(),
            task: found.task.map(|task| self.work_of(task)).transpose()?.flatten(),
            line: Line { trouble: words.trouble.clone(), ..line },
            words,
            seen,
        })
    }

    /// The units above one that can answer its difficulties, the nearest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn answering_units(&self, unit: UnitId, today: Date) -> Result<Vec<UnitName>, Error> {
        Ok(above(&*self.snapshot()?, unit, today))
    }

    /// The units for which an actor may raise a difficulty: their own and those right below, for which
    /// they write down what was told; and one that was asked for, when they may.
    ///
    /// # Errors
    /// The database failed.
    pub fn raising_units(
        &self,
        who: &Actor,
        today: Date,
        asked: Option<UnitId>,
    ) -> Result<Vec<UnitName>, Error> {
        let snapshot = self.snapshot()?;
        let order = snapshot.order_on(today);
        let own: BTreeSet<Option<UnitId>> = who.units(Right::DoTasks, today).into_iter().collect();
        let is_own = |at: u32| {
            let is_top = order.parent(at).is_none();
            (is_top && own.contains(&None))
                || own.contains(&order.units().get(at as usize).copied())
        };
        let positions = 0..order.len();
        let may = |at: &u32| is_own(*at) || order.parent(*at).is_some_and(is_own);
        let near = positions.filter(may).filter(|at| order.parent(*at).is_some());
        let near = near.filter_map(|at| order.units().get(at as usize).copied()).take(UNITS_MAX);
        let mut units: Vec<UnitId> = near.collect();
        let asked = asked.filter(|unit| !units.contains(unit));
        let may = |unit: &UnitId| snapshot.check(who, Right::DoTasks, Some(*unit), today).is_ok();
        units.extend(asked.filter(may));
        Ok(units.into_iter().map(|unit| snapshot.name(unit, today)).collect())
    }

    /// The unit for which an actor raises a difficulty about a task: the one that leads it, or one that
    /// helps. None for those who do it for nobody.
    ///
    /// # Errors
    /// The database failed.
    pub fn raising_about(
        &self,
        who: &Actor,
        today: Date,
        page: &TaskPage,
    ) -> Result<Option<UnitId>, Error> {
        let snapshot = self.snapshot()?;
        let lead = page.heirs.first().map_or(page.lead.unit.id, |heir| heir.id);
        let helpers = page.helpers.iter().map(|helper| helper.id);
        let may = |unit: &UnitId| snapshot.check(who, Right::DoTasks, Some(*unit), today).is_ok();
        Ok(std::iter::once(lead).chain(helpers).find(may))
    }

    fn work_of(&self, task: TaskId) -> Result<Option<(TaskId, String)>, Error> {
        let book = self.task_book()?;
        let brief = book.task(task).and_then(|task| book.brief(task.brief));
        Ok(brief.map(|brief| (task, brief.words.work.clone())))
    }
}

/// The units above one, the nearest first.
fn above(snapshot: &Snapshot, unit: UnitId, today: Date) -> Vec<UnitName> {
    let path = snapshot.path(unit, today);
    let above = path.iter().rev().filter(|other| **other != unit);
    above.map(|unit| snapshot.name(*unit, today)).collect()
}
