//! One task with everything about it.

use domain::access::{Actor, Right};
use domain::directive::Directive;
use domain::indicator::Indicator;
use domain::priority::Priority;
use domain::stocktake::Stocktake;
use domain::task::{Brief, Origin, Standing, State, Step, Task, TaskId};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;
pub use store::tasks::Told;

use super::counts::Counts;
use super::list::{Line, line, names};
use super::{TaskBook, missing, part, step};
use crate::accounts::Moment;
use crate::answer::{FigureAnswer, UnitName, View};
use crate::error::Error;
use crate::figure::figure;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Parts and sisters of a task that its page lists.
const LINES_MAX: usize = 200;

/// The page of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPage {
    /// The task.
    pub task: Task,
    /// What it asks for.
    pub brief: Brief,
    /// How it stands with its deadline.
    pub standing: Standing,
    /// Who gave it.
    pub issuer: UnitName,
    /// Who leads.
    pub lead: Side,
    /// Who took the place of a lead whose unit is gone.
    pub heirs: Vec<UnitName>,
    /// Who confirms.
    pub confirmer: Side,
    /// Who helps.
    pub helpers: Vec<UnitName>,
    /// The directive that it comes from.
    pub directive: Option<Directive>,
    /// The stocktake at which it was decided.
    pub decided: Option<Stocktake>,
    /// The priority that it serves.
    pub priority: Option<Priority>,
    /// The indicator that it moves with its figure for the lead, as far as the reader may see it.
    pub moves: Option<Moved>,
    /// The task that it is a part of, when the reader may see that one.
    pub part_of: Option<Line>,
    /// Its parts that the reader may see.
    pub parts: Vec<Line>,
    /// The unit in whose name the reader can give a part of it; none for those who give none.
    pub divider: Option<UnitId>,
    /// Whether the reader can write it over: it is a draft, as all that share its words are.
    pub is_rewritable: bool,
    /// How many were given together with it, and how they stand.
    pub together: Counts,
    /// What was done with it, oldest first.
    pub steps: Vec<Told>,
    /// What the reader can do with it.
    pub possible: Vec<Step>,
    /// The number of the newest step.
    pub seen: i64,
}

/// An indicator that a task moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The indicator.
    pub indicator: Indicator,
    /// Its figure for the lead, of the period that the task asks about.
    pub figure: FigureAnswer,
}

/// A unit with a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The unit.
    pub unit: UnitName,
    /// The person's name; empty when nobody was named.
    pub name: String,
}

impl Workspace {
    /// The page of a task.
    ///
    /// # Errors
    /// There is none, the actor may not see it, or the database failed.
    pub fn task_page(&self, who: &Actor, moment: Moment, task: TaskId) -> Result<TaskPage, Error> {
        let (snapshot, book, who) = (self.snapshot()?, self.task_book()?, who.clone());
        let mut page = self
            .database
            .read_blocking(move |tx| page(tx, &snapshot, &book, (&who, moment), task))?;
        self.name_leads(page.parts.iter_mut().chain(&mut page.part_of))?;
        Ok(page)
    }

    /// A task on one line.
    ///
    /// # Errors
    /// There is none, the actor may not see it, or the database failed.
    pub fn task_line(&self, who: &Actor, moment: Moment, task: TaskId) -> Result<Line, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        let found = book.task(task).ok_or_else(|| missing(task))?;
        let brief = book.brief(found.brief).ok_or_else(|| missing(task))?;
        may_see(&snapshot, who, found, brief, moment)?;
        let mut line = line(&snapshot, &book, found, moment.today).ok_or_else(|| missing(task))?;
        self.name_leads([&mut line].into_iter())?;
        Ok(line)
    }
}

fn page(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    book: &TaskBook,
    (who, moment): (&Actor, Moment),
    id: TaskId,
) -> Result<TaskPage, Error> {
    let today = moment.today;
    let (task, brief) = found(tx, id)?;
    may_see(snapshot, who, &task, &brief, moment)?;
    let people = [task.lead.account, task.confirmer.account];
    let names = names(tx, &people.into_iter().flatten().collect::<Vec<_>>())?;
    let named = |account: Option<_>| {
        account.and_then(|account| names.get(&account)).cloned().unwrap_or_default()
    };
    let unit = |unit: UnitId| snapshot.name(unit, today);
    let side =
        |party: domain::task::Party| Side { unit: unit(party.unit), name: named(party.account) };
    let lines = |task: &Task| line(snapshot, book, task, today);
    let sees = |task: &Task, of: &Brief| may_see(snapshot, who, task, of, moment).is_ok();
    let whole = brief.origin.part_of.and_then(|task| book.task(task));
    let part_of = whole.filter(|task| book.brief(task.brief).is_some_and(|of| sees(task, of)));
    let parts = part::parts(book, id, sees);
    let mut together = Counts::default();
    book.together(task.brief).for_each(|sister| together.add(sister, today));
    let heirs = match snapshot.units.version_on(task.lead.unit, today) {
        Some(_) => Vec::new(),
        None => snapshot.heirs_on(task.lead.unit, today),
    };
    let origin = &brief.origin;
    let mut directives = snapshot.directives.iter();
    let directive = directives.find(|it| origin.directive.as_ref() == Some(&it.code));
    let mut priorities = snapshot.priorities.iter();
    let priority = priorities.find(|it| origin.priority.as_ref() == Some(&it.code));
    Ok(TaskPage {
        standing: task.standing(today),
        issuer: unit(brief.issuer),
        lead: side(task.lead),
        heirs: heirs.into_iter().map(unit).collect(),
        confirmer: side(task.confirmer),
        helpers: brief.helpers.iter().map(|helper| unit(*helper)).collect(),
        directive: directive.cloned(),
        decided: match origin.decided {
            Some(at) => store::stocktakes::find(tx, at.stocktake)?,
            None => None,
        },
        priority: priority.cloned(),
        moves: moves(snapshot, who, &task, origin, today),
        part_of: part_of.and_then(lines),
        parts: parts.filter_map(lines).take(LINES_MAX).collect(),
        is_rewritable: task.state == State::Draft
            && book.together(task.brief).all(|sister| sister.given_on.is_none())
            && snapshot.check(who, Right::GiveTasks, Some(brief.issuer), today).is_ok(),
        divider: part::divider(snapshot, who, (&task, &brief), today),
        together,
        steps: store::tasks::steps(tx, id)?,
        possible: step::possible(tx, snapshot, who, (&task, &brief), today)?,
        seen: store::tasks::newest_of(tx, id)?,
        task,
        brief,
    })
}

/// A task with what it asks for.
pub(crate) fn found(tx: &mut ReadTx<'_>, id: TaskId) -> Result<(Task, Brief), Error> {
    let task = store::tasks::find(tx, id)?.ok_or_else(|| missing(id))?;
    let brief = store::tasks::brief(tx, task.brief)?.ok_or_else(|| missing(id))?;
    Ok((task, brief))
}

/// The indicator that a task moves; what is not public is for those who look at the lead's figures.
fn moves(
    snapshot: &Snapshot,
    who: &Actor,
    task: &Task,
    origin: &Origin,
    today: Date,
) -> Option<Moved> {
    let (code, lead) = (origin.indicator.as_deref()?, task.lead.unit);
    snapshot.check(who, Right::SeeFigures, Some(lead), today).ok()?;
    let period = origin.period.unwrap_or_else(|| snapshot.default_period());
    let indicator = snapshot.indicator(code).ok()?.clone();
    let figure = figure(snapshot, code, lead, period, View::Reported).ok()?;
    Some(Moved { indicator, figure })
}

/// Whoever looks after the lead, the issuer, a helper or the confirmer sees a task; one that was never
/// given only who gives tasks in the issuer's unit.
pub(crate) fn may_see(
    snapshot: &Snapshot,
    who: &Actor,
    task: &Task,
    brief: &Brief,
    moment: Moment,
) -> Result<(), Error> {
    if task.given_on.is_none() {
        return snapshot.check(who, Right::GiveTasks, Some(brief.issuer), moment.today);
    }
    let sides = [task.lead.unit, brief.issuer, task.confirmer.unit];
    let mut sides = sides.iter().chain(&brief.helpers);
    let sees =
        |unit: &UnitId| snapshot.check(who, Right::SeeFigures, Some(*unit), moment.today).is_ok();
    if sides.any(sees) {
        return Ok(());
    }
    snapshot.check(who, Right::SeeFigures, Some(task.lead.unit), moment.today)
}
