//! Lists of tasks: what a unit and all below lead or have given, by deadline, with counts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use domain::access::{AccountId, Actor, Right};
use domain::task::{Brief, BriefId, Standing, State, Task};
use domain::text::search_key;
use domain::unit::UnitId;
use jiff::civil::Date;
use rollup::TreeOrder;

use super::TaskBook;
use super::counts::Counts;
use super::step::waits_for_lead;
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Lines on one page.
pub const LINES_PER_PAGE: usize = 50;

/// So many days before its deadline a task is near.
const NEAR_DAYS: i32 = 3;

/// Which tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All that the unit or one below leads, helps with or has given.
    All,
    /// Those that the unit or one below leads.
    Led,
    /// Those that the unit has given.
    Given,
    /// Those that wait for the reader.
    Waiting,
}

/// What is asked of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The unit, with all below.
    pub unit: UnitId,
    /// Which tasks of it.
    pub scope: Scope,
    /// Only those that stand so with their deadline, by [`Standing::code`].
    pub standing: Option<&'static str>,
    /// Only those that have come so far; empty takes all.
    pub states: Vec<State>,
    /// Only those that serve a priority, by its code.
    pub priority: Option<String>,
    /// Only those that come from a directive, by its code.
    pub directive: Option<String>,
    /// Only those that were given together.
    pub brief: Option<BriefId>,
    /// Only those whose work has these words, diacritics or not.
    pub text: String,
    /// Only those whose deadline lies between two days.
    pub between: Option<(Date, Date)>,
    /// Which page, from 0.
    pub page: usize,
}

impl Asked {
    /// Everything about a unit.
    #[must_use]
    pub fn of(unit: UnitId) -> Self {
        Self {
            unit,
            scope: Scope::All,
            standing: None,
            states: Vec::new(),
            priority: None,
            directive: None,
            brief: None,
            text: String::new(),
            between: None,
            page: 0,
        }
    }
}

/// A list of tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskList {
    /// Whose.
    pub unit: UnitName,
    /// How many there are of each kind, whatever standing and state were asked for.
    pub counts: Counts,
    /// The lines of the page: what is open by deadline, then what is closed.
    pub lines: Vec<Line>,
    /// How many lines there are in all.
    pub found: usize,
}

/// A line: one task, or all that were given together.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The task; of several, the one that is due first.
    pub task: Task,
    /// What it asks for.
    pub brief: Arc<Brief>,
    /// Who leads.
    pub lead: UnitName,
    /// The person who leads; empty when nobody was named.
    pub lead_name: String,
    /// How it stands.
    pub standing: Standing,
    /// How many were given together, and how they stand; none for a single task.
    pub together: Option<Counts>,
}

impl Workspace {
    /// A list of tasks.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn task_list(&self, who: &Actor, moment: Moment, asked: &Asked) -> Result<TaskList, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        snapshot.check(who, Right::SeeFigures, Some(asked.unit), moment.today)?;
        let mut list = list(&snapshot, &book, (who, moment), asked);
        self.name_leads(list.lines.iter_mut())?;
        Ok(list)
    }

    /// How many tasks of a list are due on each day.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn tasks_by_day(
        &self,
        who: &Actor,
        moment: Moment,
        asked: &Asked,
    ) -> Result<BTreeMap<Date, Counts>, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        snapshot.check(who, Right::SeeFigures, Some(asked.unit), moment.today)?;
        let desk = Desk::new(&snapshot, who, moment.today);
        let sought = Sought::new(&desk, &book, asked);
        let mut days: BTreeMap<Date, Counts> = BTreeMap::new();
        for task in sought.tasks() {
            if let Some(day) = task.deadline {
                days.entry(day).or_default().add(task, moment.today);
            }
        }
        Ok(days)
    }

    /// The tasks that wait for an actor, the first due first, at most so many.
    ///
    /// # Errors
    /// The database failed.
    pub fn tasks_waiting(
        &self,
        who: &Actor,
        moment: Moment,
        most: usize,
    ) -> Result<Vec<Line>, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        let desk = Desk::new(&snapshot, who, moment.today);
        let waiting = book.tasks().iter().filter(|task| desk.waits(&book, task));
        let mut waiting: Vec<&Task> = waiting.collect();
        waiting.sort_by_key(|task| order(task));
        let lines = waiting.into_iter().take(most);
        let mut lines: Vec<Line> =
            lines.filter_map(|task| line(&snapshot, &book, task, moment.today)).collect();
        self.name_leads(lines.iter_mut())?;
        Ok(lines)
    }

    /// The tasks of a unit and all below that are late or due within three days and wait for their leads,
    /// each alone, at most so many.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn tasks_to_urge(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
        most: usize,
    ) -> Result<Vec<Line>, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
        let desk = Desk::new(&snapshot, who, moment.today);
        let asked = Asked { scope: Scope::Led, ..Asked::of(unit) };
        let sought = Sought::new(&desk, &book, &asked);
        let is_near = |task: &&Task| match task.standing(moment.today) {
            Standing::Overdue { .. } | Standing::DueToday => true,
            Standing::DueSoon { days } => days <= NEAR_DAYS,
            Standing::NotDue { .. }
            | Standing::NoDeadline
            | Standing::InTime
            | Standing::Late { .. }
            | Standing::Resting => false,
        };
        let near = sought.tasks().filter(|task| waits_for_lead(task.state));
        let mut near: Vec<&Task> = near.filter(is_near).collect();
        near.sort_by_key(|task| order(task));
        let lines = near.into_iter().take(most);
        let mut lines: Vec<Line> =
            lines.filter_map(|task| line(&snapshot, &book, task, moment.today)).collect();
        self.name_leads(lines.iter_mut())?;
        Ok(lines)
    }

    /// Puts the names of the people who lead beside their units.
    pub(super) fn name_leads<'l>(
        &self,
        lines: impl Iterator<Item = &'l mut Line>,
    ) -> Result<(), Error> {
        let mut named: Vec<(&mut Line, AccountId)> = lines
            .filter_map(|line| line.task.lead.account.map(|account| (line, account)))
            .collect();
        if named.is_empty() {
            return Ok(());
        }
        let accounts: Vec<AccountId> = named.iter().map(|(_, account)| *account).collect();
        let names = self.database.read_blocking(move |tx| names(tx, &accounts))?;
        for (line, account) in &mut named {
            line.lead_name = names.get(account).cloned().unwrap_or_default();
        }
        Ok(())
    }
}

/// The names of accounts.
pub(super) fn names(
    tx: &mut store::ReadTx<'_>,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, String>, Error> {
    let mut names = BTreeMap::new();
    for account in accounts {
        if !names.contains_key(account)
            && let Some(found) = store::accounts::find(tx, *account)?
        {
            names.insert(*account, found.name);
        }
    }
    Ok(names)
}

/// A list of tasks, without the names of people.
pub(crate) fn list(
    snapshot: &Snapshot,
    book: &TaskBook,
    (who, moment): (&Actor, Moment),
    asked: &Asked,
) -> TaskList {
    let today = moment.today;
    let desk = Desk::new(snapshot, who, today);
    let sought = Sought::new(&desk, book, asked);
    let mut counts = Counts::default();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for task in sought.tasks() {
        counts.add(task, today);
        let code = asked.standing;
        let stands = code.is_none_or(|code| code == task.standing(today).code());
        if stands && (asked.states.is_empty() || asked.states.contains(&task.state)) {
            // Those that were given together follow one another and stand on one line, until they
            // are asked for.
            match groups
                .last_mut()
                .filter(|last| asked.brief.is_none() && last.first.brief == task.brief)
            {
                Some(group) => group.add(task, today),
                None => groups.push(Group::of(task, today)),
            }
        }
    }
    groups.sort_unstable_by_key(|group| order(group.first));
    let found = groups.len();
    let shown = groups.into_iter().skip(asked.page * LINES_PER_PAGE).take(LINES_PER_PAGE);
    let lines = shown.filter_map(|group| {
        let together = (group.counts.all > 1).then_some(group.counts);
        Some(Line { together, ..line(snapshot, book, group.first, today)? })
    });
    TaskList { unit: snapshot.name(asked.unit, today), counts, lines: lines.collect(), found }
}

/// The tasks of one brief that a list shows on one line.
struct Group<'b> {
    first: &'b Task,
    counts: Counts,
}

impl<'b> Group<'b> {
    fn of(first: &'b Task, today: Date) -> Self {
        let mut counts = Counts::default();
        counts.add(first, today);
        Self { first, counts }
    }

    fn add(&mut self, task: &'b Task, today: Date) {
        self.counts.add(task, today);
        if order(task) < order(self.first) {
            self.first = task;
        }
    }
}

/// What is open comes first, by deadline; what is closed after it, the newest first.
pub(super) fn order(task: &Task) -> (bool, Date, Reverse<Option<Date>>, i64) {
    let deadline = task.deadline.unwrap_or(Date::MAX);
    let is_closed = !task.state.is_open();
    let day = if is_closed { Date::MAX } else { deadline };
    (is_closed, day, Reverse(task.handed_in_on), task.id.0)
}

/// One task as a line, without the name of its lead.
pub(super) fn line(snapshot: &Snapshot, book: &TaskBook, task: &Task, today: Date) -> Option<Line> {
    Some(Line {
        brief: Arc::clone(book.brief(task.brief)?),
        lead: snapshot.name(task.lead.unit, today),
        lead_name: String::new(),
        standing: task.standing(today),
        together: None,
        task: task.clone(),
    })
}

/// A reader with the tree of today.
pub(super) struct Desk<'a> {
    snapshot: &'a Snapshot,
    who: &'a Actor,
    today: Date,
    order: &'a TreeOrder,
    does: Vec<Range<u32>>,
    gives: Vec<Range<u32>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, who: &'a Actor, today: Date) -> Self {
        let order = snapshot.order_on(today).as_ref();
        let mut desk = Self { snapshot, who, today, order, does: Vec::new(), gives: Vec::new() };
        desk.does = desk.ranges(Right::DoTasks);
        desk.gives = desk.ranges(Right::GiveTasks);
        desk
    }

    /// Where in the tree the reader has a right of their own, each unit alone: what waits for somebody
    /// is what was given to their unit, not to every one below.
    fn ranges(&self, right: Right) -> Vec<Range<u32>> {
        let units = self.who.units(right, self.today).into_iter().flatten();
        let positions = units.flat_map(|unit| self.positions(unit));
        positions.map(|position| position..position + 1).collect()
    }

    /// Where a unit stands today: one that is gone, where its figures went.
    fn positions(&self, unit: UnitId) -> Vec<u32> {
        if let Some(position) = self.order.position(unit) {
            return vec![position];
        }
        self.snapshot
            .heirs_on(unit, self.today)
            .iter()
            .filter_map(|heir| self.order.position(*heir))
            .collect()
    }

    /// Whether a task waits for the reader: for its lead, for whoever confirms it, or for whoever
    /// answers a question for time.
    pub(super) fn waits(&self, book: &TaskBook, task: &Task) -> bool {
        let is_at = |ranges: &[Range<u32>], unit: UnitId| {
            !ranges.is_empty()
                && self.positions(unit).iter().any(|at| ranges.iter().any(|it| it.contains(at)))
        };
        let is_named = |account: Option<AccountId>| account.is_none_or(|named| self.who.is(named));
        let leads = waits_for_lead(task.state)
            && is_named(task.lead.account)
            && is_at(&self.does, task.lead.unit);
        let confirms = task.state == State::AwaitingConfirmation
            && is_named(task.confirmer.account)
            && is_at(&self.gives, task.confirmer.unit);
        let answers = task.state.is_open()
            && (task.asked_until.is_some() || task.state == State::Declined)
            && book.brief(task.brief).is_some_and(|brief| is_at(&self.gives, brief.issuer));
        leads || confirms || answers
    }
}

/// What a list looks for.
struct Sought<'a> {
    desk: &'a Desk<'a>,
    book: &'a TaskBook,
    asked: &'a Asked,
    inside: Inside,
    /// The briefs that fit, with how they concern the unit.
    briefs: Vec<(BriefId, Concern)>,
}

/// Which units stand in the asked one, by their numbers.
struct Inside(Vec<Option<bool>>);

impl Inside {
    /// Of the leads of all tasks.
    fn of_leads(book: &TaskBook, is_inside: impl Fn(UnitId) -> bool) -> Self {
        let mut known: Vec<Option<bool>> = Vec::new();
        for task in book.tasks() {
            let Ok(index) = usize::try_from(task.lead.unit.0) else { continue };
            if known.len() <= index {
                known.resize(index + 1, None);
            }
            known[index].get_or_insert_with(|| is_inside(task.lead.unit));
        }
        Self(known)
    }

    fn has(&self, unit: UnitId) -> bool {
        let index = usize::try_from(unit.0).ok();
        index.and_then(|index| *self.0.get(index)?).unwrap_or_default()
    }
}

/// How a brief concerns the unit of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Concern {
    is_given: bool,
    is_helped: bool,
    drafts_shown: bool,
}

impl<'a> Sought<'a> {
    fn new(desk: &'a Desk<'a>, book: &'a TaskBook, asked: &'a Asked) -> Self {
        let range = desk.order.position(asked.unit).map(|at| desk.order.subtree(at));
        let is_inside = |unit: UnitId| {
            unit == asked.unit
                || range.as_ref().is_some_and(|range| {
                    desk.positions(unit).iter().any(|position| range.contains(position))
                })
        };
        let key = search_key(&asked.text);
        let fits = |brief: &Brief| {
            let same = |wanted: &Option<String>, found: &Option<String>| {
                wanted.is_none() || wanted == found
            };
            same(&asked.priority, &brief.origin.priority)
                && same(&asked.directive, &brief.origin.directive)
                && asked.brief.is_none_or(|wanted| wanted == brief.id)
                && (key.is_empty() || search_key(&brief.words.work).contains(&key))
        };
        let concern = |brief: &Brief| {
            let gives =
                desk.snapshot.check(desk.who, Right::GiveTasks, Some(brief.issuer), desk.today);
            Concern {
                is_given: brief.issuer == asked.unit,
                is_helped: brief.helpers.iter().any(|helper| is_inside(*helper)),
                drafts_shown: gives.is_ok(),
            }
        };
        let briefs = book.briefs().iter().filter(|brief| fits(brief));
        let briefs = briefs.map(|brief| (brief.id, concern(brief))).collect();
        Self { desk, book, asked, briefs, inside: Inside::of_leads(book, is_inside) }
    }

    /// The tasks that fit, those that were given together one after another.
    fn tasks<'s>(&'s self) -> impl Iterator<Item = &'a Task> + use<'s, 'a> {
        let of_brief = move |&(brief, concern): &(BriefId, Concern)| {
            self.book.together(brief).filter(move |task| self.fits(task, concern))
        };
        self.briefs.iter().flat_map(of_brief)
    }

    fn fits(&self, task: &Task, concern: Concern) -> bool {
        if task.state == State::Draft && !concern.drafts_shown {
            return false;
        }
        let in_days = self.asked.between.is_none_or(|(first, last)| {
            task.deadline.is_some_and(|deadline| first <= deadline && deadline <= last)
        });
        in_days
            && match self.asked.scope {
                Scope::All => {
                    concern.is_given || concern.is_helped || self.inside.has(task.lead.unit)
                }
                Scope::Led => self.inside.has(task.lead.unit),
                Scope::Given => concern.is_given,
                Scope::Waiting => self.desk.waits(self.book, task),
            }
    }
}
