//! Lists of tasks: what a unit and all below lead or have given, by deadline, with counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::access::{AccountId, Actor, Right};
use domain::task::{Brief, BriefId, Standing, State, Task};
use domain::text::search_key;
use domain::unit::UnitId;
use jiff::civil::Date;

use super::TaskBook;
use super::counts::Counts;
use super::step::waits_for_lead;
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::below::{Below, Inside};
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
    /// Those that the unit itself leads, without those below.
    Own,
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
        self.first_due(waiting.collect(), most, |task| line(&snapshot, &book, task, moment.today))
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
        let near = near.filter(is_near).collect();
        self.first_due(near, most, |task| line(&snapshot, &book, task, moment.today))
    }

    /// Of tasks those that are due first, each as a line with the name of its lead.
    fn first_due(
        &self,
        mut tasks: Vec<&Task>,
        most: usize,
        line: impl Fn(&Task) -> Option<Line>,
    ) -> Result<Vec<Line>, Error> {
        tasks.sort_by_key(|task| order(task));
        let mut lines: Vec<Line> = tasks.into_iter().take(most).filter_map(line).collect();
        self.name_leads(lines.iter_mut())?;
        Ok(lines)
    }

    /// Puts the names of the people who lead beside their units.
    pub(crate) fn name_leads<'l>(
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
pub(crate) fn names(
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
pub(crate) fn line(snapshot: &Snapshot, book: &TaskBook, task: &Task, today: Date) -> Option<Line> {
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
    /// The units in which the reader does tasks themselves, and those in which they give them: what
    /// waits for somebody was given to their unit, not to every one below.
    does: BTreeSet<UnitId>,
    gives: BTreeSet<UnitId>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, who: &'a Actor, today: Date) -> Self {
        let own = |right| who.units(right, today).into_iter().flatten().collect();
        let (does, gives) = (own(Right::DoTasks), own(Right::GiveTasks));
        Self { snapshot, who, today, does, gives }
    }

    /// Whether the reader gives tasks in a unit, and so sees what is only written down there.
    fn gives_in(&self, unit: UnitId) -> bool {
        self.snapshot.check(self.who, Right::GiveTasks, Some(unit), self.today).is_ok()
    }

    /// Whether a task waits for the reader: for its lead, for whoever confirms it, or for whoever
    /// answers a question for time.
    pub(super) fn waits(&self, book: &TaskBook, task: &Task) -> bool {
        let is_at =
            |own: &BTreeSet<UnitId>, unit: UnitId| self.snapshot.stands_in(own, unit, self.today);
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
    briefs: Vec<(&'a Brief, Concern)>,
}

/// How a brief concerns the unit of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Concern {
    is_given: bool,
    is_helped: bool,
}

impl<'a> Sought<'a> {
    fn new(desk: &'a Desk<'a>, book: &'a TaskBook, asked: &'a Asked) -> Self {
        let below = Below::new(desk.snapshot, asked.unit, desk.today);
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
        let concern = |brief: &Brief| Concern {
            is_given: brief.issuer == asked.unit,
            is_helped: brief.helpers.iter().any(|helper| below.has(*helper)),
        };
        let briefs = book.briefs().iter().map(AsRef::as_ref).filter(|brief| fits(brief));
        let briefs = briefs.map(|brief| (brief, concern(brief))).collect();
        let inside = below.among(book.tasks().iter().map(|task| task.lead.unit));
        Self { desk, book, asked, briefs, inside }
    }

    /// The tasks that fit, those that were given together one after another.
    fn tasks<'s>(&'s self) -> impl Iterator<Item = &'a Task> + use<'s, 'a> {
        let of_brief = move |&(brief, concern): &(&'a Brief, Concern)| {
            let together = self.book.together(brief.id);
            together.filter(move |task| self.fits(task, brief, concern))
        };
        self.briefs.iter().flat_map(of_brief)
    }

    fn fits(&self, task: &Task, brief: &Brief, concern: Concern) -> bool {
        // What was never given, be it called off since, concerns nobody but its issuer.
        if task.given_on.is_none() && !self.desk.gives_in(brief.issuer) {
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
                Scope::Own => {
                    let own = BTreeSet::from([self.asked.unit]);
                    self.desk.snapshot.stands_in(&own, task.lead.unit, self.desk.today)
                }
                Scope::Given => concern.is_given,
                Scope::Waiting => self.desk.waits(self.book, task),
            }
    }
}
