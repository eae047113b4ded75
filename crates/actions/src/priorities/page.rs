//! The priorities of a unit, and one with everything about it.

use domain::access::{Actor, Right};
use domain::directive::Directive;
use domain::indicator::Indicator;
use domain::priority::{CURRENT_MAX, Chosen, Origin, Priority};
use domain::proposal::{Decision, Document, Proposal, Spread, spreads};
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::accounts::Moment;
use crate::answer::{FigureAnswer, UnitName, View};
use crate::difficulties::list as difficulties;
use crate::error::Error;
use crate::figure;
use crate::priorities::pictures::Pictures;
use crate::proposals::decide::current;
use crate::snapshot::Snapshot;
use crate::tasks::counts::Counts;
use crate::tasks::list::{Asked, Line as TaskLine};
use crate::workspace::Workspace;

/// Tasks that a page lists.
const TASKS_MAX: usize = 10;

/// Difficulties that a page lists.
const DIFFICULTIES_MAX: usize = 10;

/// The priorities of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorityList {
    /// The unit.
    pub unit: UnitName,
    /// Those that it has chosen and has, in their order.
    pub current: Vec<(Priority, Chosen)>,
    /// Those of the plan that everybody has, and those that units above have chosen and have.
    pub planned: Vec<Priority>,
    /// Those that it chose and that have ended, the newest first.
    pub ended: Vec<(Priority, Chosen)>,
    /// Whether it has more than a handful.
    pub is_many: bool,
}

/// The page of a priority.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorityPage {
    /// The priority.
    pub priority: Priority,
    /// Whose figures and tasks are shown.
    pub unit: UnitName,
    /// The directive that set it.
    pub directive: Option<Directive>,
    /// How a unit chose it; none for one that only stands in the plan.
    pub chosen: Option<ChosenPage>,
    /// Its indicators with their figures.
    pub indicators: Vec<(Indicator, FigureAnswer)>,
    /// How its tasks stand.
    pub tasks: Counts,
    /// Some of them.
    pub task_lines: Vec<TaskLine>,
    /// What it looks like before and after.
    pub pictures: Pictures,
    /// Difficulties about its tasks.
    pub difficulties: Vec<difficulties::Line>,
    /// The ones in whose place it came.
    pub predecessors: Vec<Priority>,
    /// What can come in its place; none for whoever may not end it.
    pub successors: Option<Vec<Priority>>,
}

/// How a unit chose a priority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenPage {
    /// What it decided.
    pub chosen: Chosen,
    /// The unit.
    pub unit: UnitName,
    /// Who answers for it.
    pub owner: UnitName,
    /// The proposal; none for those who may not look at the unit.
    pub proposal: Option<(Proposal, Decision)>,
    /// How many scored it then, and what that came to.
    pub scores: Option<(usize, [Spread; 3], Spread)>,
    /// The directive that decided it, when the register has it.
    pub decided_in: Option<Directive>,
    /// The one that came in its place.
    pub successor: Option<Priority>,
}

impl Workspace {
    /// The priorities of a unit.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn priority_list(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
    ) -> Result<PriorityList, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        snapshot.check(who, Right::SeeFigures, Some(unit), today)?;
        let own = snapshot.priorities.iter().filter_map(|priority| {
            let chosen = snapshot.chosen(&priority.code)?;
            (chosen.unit == unit).then(|| (priority.clone(), chosen.clone()))
        });
        let (current_ones, mut ended): (Vec<_>, Vec<_>) =
            own.partition(|(_, chosen)| chosen.is_current(today));
        ended.sort_by_key(|(_, chosen)| {
            std::cmp::Reverse(chosen.ended.as_ref().map(|ended| ended.on))
        });
        let is_own = |code: &str| snapshot.chosen(code).is_some_and(|it| it.unit == unit);
        let above = snapshot.path(unit, today);
        let is_of_others = |code: &str| {
            let made = snapshot.chosen(code).filter(|it| it.origin == Origin::Proposal);
            made.is_some_and(|made| !above.contains(&made.unit) || !made.is_current(today))
        };
        let planned = snapshot.priorities.iter();
        let planned = planned.filter(|it| !is_own(&it.code) && !is_of_others(&it.code));
        Ok(PriorityList {
            unit: snapshot.name(unit, today),
            current: current_ones,
            planned: planned.cloned().collect(),
            ended,
            is_many: current(&snapshot, unit, today) > CURRENT_MAX,
        })
    }

    /// The page of a priority, with the figures and tasks of a unit; without one, of the unit that chose
    /// it, or of the one that pages open on.
    ///
    /// # Errors
    /// There is none, the actor may not look at the unit, or the database failed.
    pub fn priority_page(
        &self,
        who: &Actor,
        moment: Moment,
        (code, unit): (&str, UnitId),
    ) -> Result<PriorityPage, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        let priority = snapshot.priority(code)?.clone();
        snapshot.check(who, Right::SeeFigures, Some(unit), today)?;
        let chosen = snapshot.chosen(code);
        let made = chosen.filter(|chosen| chosen.origin == Origin::Proposal);
        // Those below carry out what was chosen above them.
        if let Some(made) = made.filter(|made| !snapshot.path(unit, today).contains(&made.unit)) {
            snapshot.check(who, Right::SeeFigures, Some(made.unit), today)?;
        }
        let asked = Asked { priority: Some(code.to_owned()), ..Asked::of(unit) };
        let mut tasks = self.task_list(who, moment, &asked)?;
        tasks.lines.truncate(TASKS_MAX);
        let came_after = snapshot.chosen.iter().filter(|other| {
            other.ended.as_ref().is_some_and(|ended| ended.successor.as_deref() == Some(code))
        });
        let predecessors = came_after.filter_map(|other| snapshot.priority(&other.code).ok());
        Ok(PriorityPage {
            unit: snapshot.name(unit, today),
            directive: snapshot.directive(&priority.directive).ok().cloned(),
            chosen: chosen.map(|it| self.chosen_page(who, today, it)).transpose()?,
            indicators: indicators(&snapshot, &priority, unit, today)?,
            tasks: tasks.counts,
            task_lines: tasks.lines,
            pictures: self.pictures_of(who, moment, (code, unit))?,
            difficulties: self.difficulties_of_priority(who, moment, code)?,
            predecessors: predecessors.cloned().collect(),
            successors: chosen.and_then(|chosen| successors(&snapshot, who, chosen, today)),
            priority,
        })
    }

    fn chosen_page(&self, who: &Actor, today: Date, chosen: &Chosen) -> Result<ChosenPage, Error> {
        let snapshot = self.snapshot()?;
        let sees = snapshot.check(who, Right::SeeFigures, Some(chosen.unit), today).is_ok();
        let id = chosen.proposal;
        let (proposal, decision, scores) =
            self.database.read_blocking(move |tx| -> Result<_, Error> {
                let scores = store::proposals::scores(tx, id)?;
                let scores: Vec<_> = scores.into_iter().map(|(score, _)| score).collect();
                let proposal = store::proposals::find(tx, id)?;
                Ok((proposal, store::proposals::decision(tx, id)?, scores))
            })?;
        let decided_in = match decision.as_ref().map(|decision| &decision.document) {
            Some(Document::Directive(code)) => snapshot.directive(code).ok().cloned(),
            Some(Document::Other { .. }) | None => None,
        };
        let successor = chosen.ended.as_ref().and_then(|ended| ended.successor.as_deref());
        let came_to = spreads(&scores).map(|(each, all)| (scores.len(), each, all));
        Ok(ChosenPage {
            unit: snapshot.name(chosen.unit, today),
            owner: snapshot.name(chosen.owner, today),
            proposal: proposal.zip(decision).filter(|_| sees),
            scores: came_to.filter(|_| sees),
            decided_in,
            successor: successor.and_then(|code| snapshot.priority(code).ok()).cloned(),
            chosen: chosen.clone(),
        })
    }

    fn difficulties_of_priority(
        &self,
        who: &Actor,
        moment: Moment,
        code: &str,
    ) -> Result<Vec<difficulties::Line>, Error> {
        let (tasks, book) = (self.task_book()?, self.difficulty_book()?);
        let serves = |task| {
            let brief = tasks.task(task).and_then(|task| tasks.brief(task.brief));
            brief.is_some_and(|brief| brief.origin.priority.as_deref() == Some(code))
        };
        let about = book.all().iter().filter_map(|one| one.task).filter(|task| serves(*task));
        let about: std::collections::BTreeSet<_> = about.collect();
        let mut lines = Vec::new();
        for task in about {
            lines.extend(self.difficulties_about(who, moment, task)?);
        }
        lines.truncate(DIFFICULTIES_MAX);
        Ok(lines)
    }
}

/// The indicators of a priority, with the figures of a unit in the span that pages open on: as it stood
/// then, or as it stands today for one that was not there yet.
fn indicators(
    snapshot: &Snapshot,
    priority: &Priority,
    unit: UnitId,
    today: Date,
) -> Result<Vec<(Indicator, FigureAnswer)>, Error> {
    let named = snapshot.chosen(&priority.code).map_or(&[][..], |chosen| &chosen.indicators);
    let is_its = |it: &&Indicator| {
        let of_plan = it.headline && it.priority.as_ref() == Some(&priority.code);
        named.contains(&it.code) || (named.is_empty() && of_plan)
    };
    let period = snapshot.default_period();
    let was_there = snapshot.units.version_on(unit, snapshot.end_of(period)).is_some();
    let view = if was_there { View::Reported } else { View::Restated(today) };
    let figures = snapshot.indicators.iter().filter(is_its).map(|indicator| {
        let answer = figure::figure(snapshot, &indicator.code, unit, period, view)?;
        Ok((indicator.clone(), answer))
    });
    figures.collect()
}

/// What can come in the place of a priority; none for whoever may not end it.
fn successors(
    snapshot: &Snapshot,
    who: &Actor,
    chosen: &Chosen,
    today: Date,
) -> Option<Vec<Priority>> {
    let may = snapshot.check(who, Right::ManagePlan, Some(chosen.unit), today).is_ok();
    if !may || chosen.ended.is_some() {
        return None;
    }
    let others = snapshot.chosen.iter().filter(|other| {
        other.unit == chosen.unit && other.code != chosen.code && other.is_current(today)
    });
    let others = others.filter_map(|other| snapshot.priority(&other.code).ok());
    Some(others.cloned().collect())
}
