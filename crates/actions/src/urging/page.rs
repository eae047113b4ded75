//! Whom urging has reached: the log of a unit, what became of it, and the message for a chat group.

use std::collections::{HashMap, HashSet};

use domain::access::{Actor, Right};
use domain::call::Call;
use domain::difficulty::{self, DifficultyId};
use domain::period::Period;
use domain::task::{State, TaskId};
use domain::unit::UnitId;
use domain::urging::{Audience, Subject};
use jiff::civil::Date;
use store::ReadTx;
use store::urging::Reminder;

use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::calls::list;
use crate::difficulties::DifficultyBook;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::tasks::TaskBook;
use crate::workspace::Workspace;

/// Reminders on one page.
pub const LINES_PER_PAGE: usize = 50;

/// Units named on a line.
const UNITS_MAX: usize = 3;

/// The most units of which each is asked for its reminders; of more all are looked through.
pub(super) const UNITS_ASKED_MAX: usize = 50;

/// Reminders that are looked through for one page.
const LOOKED_MAX: u32 = 2_000;

/// A reminder with what it is about and whether it helped; those of one run about the same form and
/// period are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderLine {
    /// Its number; of several the smallest.
    pub id: i64,
    /// The run that made it.
    pub run: i64,
    /// What it is about.
    pub about: About,
    /// The deadline.
    pub deadline: Date,
    /// On which day from the deadline it was due.
    pub offset: i16,
    /// To whom it went.
    pub audience: Audience,
    /// Whose people: the first units.
    pub units: Vec<UnitName>,
    /// How many reminders there are.
    pub count: usize,
    /// How many of them helped.
    pub helped: usize,
    /// When it was made, in epoch milliseconds.
    pub made_ms: i64,
    /// What became of the thing; of several, of the first one.
    pub outcome: Outcome,
}

/// What a reminder is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A task: its number and its work.
    Task(TaskId, String),
    /// A form for a unit and a period.
    Submission {
        /// The form's code.
        form: String,
        /// For which period.
        period: Period,
    },
    /// A difficulty: its number and what stands in the way.
    Difficulty(DifficultyId, String),
    /// The plan of a unit that a directive asks for: the directive's code.
    Plan(String),
    /// Something that is gone.
    Gone,
}

/// What became of something after a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is still open.
    Open,
    /// It was done on a day.
    Done(Date),
    /// It was done, and the day is not known.
    DoneSome,
    /// Nobody waits for it any more.
    Closed,
}

/// Everything with a state that can be reminded of, beside figures.
pub(super) type Books<'a> = (&'a TaskBook, &'a DifficultyBook);

impl Workspace {
    /// The reminders to the people of a unit and all below, newest first, before one with a number.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn reminders(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
        before: Option<i64>,
    ) -> Result<Vec<ReminderLine>, Error> {
        let (snapshot, books) = (self.snapshot()?, (self.task_book()?, self.difficulty_book()?));
        snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
        self.database.read_blocking(move |tx| {
            let books = (&*books.0, &*books.1);
            of_subtree(tx, &snapshot, books, unit, before.unwrap_or(i64::MAX), moment.today)
        })
    }

    /// The reminders about a task, oldest first; whoever sees the task sees them.
    ///
    /// # Errors
    /// The database failed.
    pub fn reminders_of_task(&self, task: TaskId) -> Result<Vec<Reminder>, Error> {
        self.database.read_blocking(move |tx| -> Result<_, Error> {
            Ok(store::urging::of_thing(tx, Subject::Task, &task.0.to_string())?)
        })
    }
}

fn of_subtree(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    books: Books<'_>,
    unit: UnitId,
    before: i64,
    today: Date,
) -> Result<Vec<ReminderLine>, Error> {
    let order = snapshot.order_on(today);
    let below = order.position(unit).map_or(0..0, |position| order.subtree(position));
    let reminders = if below.len() <= UNITS_ASKED_MAX {
        let mut units: Vec<UnitId> =
            below.filter_map(|at| order.units().get(at as usize).copied()).collect();
        if units.is_empty() {
            units.push(unit);
        }
        of_units(tx, &units, before)?
    } else {
        let all = store::urging::before(tx, before, LOOKED_MAX)?;
        all.into_iter().filter(|one| snapshot.path(one.unit, today).contains(&unit)).collect()
    };
    let desk = Desk::of(tx, snapshot, books, &reminders, today)?;
    let mut lines: Vec<ReminderLine> = Vec::new();
    for reminder in &reminders {
        let line = line(tx, &desk, reminder)?;
        match lines.iter().rposition(|known| is_same(known, &line)) {
            Some(index) => join(&mut lines[index], line),
            None if lines.len() == LINES_PER_PAGE => break,
            None => lines.push(line),
        }
    }
    Ok(lines)
}

/// The reminders to the people of a few units, newest first: those of a village stand far back among
/// those of a whole country.
fn of_units(
    tx: &mut ReadTx<'_>,
    units: &[UnitId],
    before: i64,
) -> Result<Vec<Reminder>, store::Error> {
    let mut reminders = Vec::new();
    for unit in units {
        reminders.extend(store::urging::of_unit(tx, *unit, before, LOOKED_MAX)?);
    }
    reminders.sort_by_key(|reminder| std::cmp::Reverse(reminder.id));
    reminders.truncate(LOOKED_MAX as usize);
    Ok(reminders)
}

/// Whether two reminders of one run are about the same form and period, or the same directive.
pub(super) fn is_same(one: &ReminderLine, other: &ReminderLine) -> bool {
    let is_of_many = matches!(one.about, About::Submission { .. } | About::Plan(_));
    is_of_many
        && (one.run, &one.about, one.audience, one.offset)
            == (other.run, &other.about, other.audience, other.offset)
}

pub(super) fn join(known: &mut ReminderLine, line: ReminderLine) {
    known.id = known.id.min(line.id);
    known.count += 1;
    known.helped += line.helped;
    let is_new = line.units.iter().all(|unit| !known.units.contains(unit));
    if is_new && known.units.len() < UNITS_MAX {
        known.units.extend(line.units);
    }
}

/// What lines are made with.
pub(super) struct Desk<'a> {
    snapshot: &'a Snapshot,
    books: Books<'a>,
    today: Date,
    /// What has become of plans, by directive and unit; of calls that were called off nothing.
    plans: HashMap<(String, UnitId), Option<Date>>,
}

impl<'a> Desk<'a> {
    /// What the lines of reminders are made with.
    ///
    /// # Errors
    /// The database failed.
    pub(super) fn of(
        tx: &mut ReadTx<'_>,
        snapshot: &'a Snapshot,
        books: Books<'a>,
        reminders: &[Reminder],
        today: Date,
    ) -> Result<Self, Error> {
        Ok(Self { snapshot, books, today, plans: plans(tx, snapshot, reminders, today)? })
    }
}

/// What has become of the plans that reminders are about.
fn plans(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    reminders: &[Reminder],
    today: Date,
) -> Result<HashMap<(String, UnitId), Option<Date>>, Error> {
    let of_plans = reminders.iter().filter(|reminder| reminder.subject == Subject::Plan);
    let named: HashSet<&str> =
        of_plans.filter_map(|it| it.thing.rsplit_once('/').map(|(code, _)| code)).collect();
    let mut known = HashMap::new();
    if named.is_empty() {
        return Ok(known);
    }
    let (calls, notes) = list::read(tx)?;
    let is_open = |call: &&Call| call.ended_on.is_none() && named.contains(&*call.directive);
    for call in calls.iter().filter(is_open) {
        let answers = list::answers(snapshot, call, &notes, today).into_iter();
        known.extend(answers.map(|answer| {
            ((call.directive.clone(), answer.unit.id), answer.issued.map(|issued| issued.on))
        }));
    }
    Ok(known)
}

pub(super) fn line(
    tx: &mut ReadTx<'_>,
    desk: &Desk<'_>,
    reminder: &Reminder,
) -> Result<ReminderLine, Error> {
    let (tasks, difficulties) = desk.books;
    let (about, outcome) = match reminder.subject {
        Subject::Task => of_task(tasks, &reminder.thing),
        Subject::Submission => of_submission(desk.snapshot, &reminder.thing),
        Subject::Difficulty => of_difficulty(tx, difficulties, &reminder.thing)?,
        Subject::Plan => of_plan(desk, &reminder.thing),
    };
    Ok(ReminderLine {
        id: reminder.id,
        run: reminder.run,
        about,
        deadline: reminder.deadline,
        offset: reminder.offset,
        audience: reminder.audience,
        units: vec![desk.snapshot.name(reminder.unit, desk.today)],
        count: 1,
        helped: usize::from(matches!(outcome, Outcome::Done(_) | Outcome::DoneSome)),
        made_ms: reminder.made_ms,
        outcome,
    })
}

fn of_task(book: &TaskBook, thing: &str) -> (About, Outcome) {
    let task = thing.parse().ok().and_then(|id| book.task(TaskId(id)));
    let Some((task, brief)) = task.and_then(|task| Some((task, book.brief(task.brief)?))) else {
        return (About::Gone, Outcome::Closed);
    };
    let outcome = match (task.handed_in_on, task.state) {
        (Some(day), _) => Outcome::Done(day),
        (None, State::Cancelled | State::Paused | State::Draft | State::Done) => Outcome::Closed,
        (
            None,
            State::Given
            | State::Accepted
            | State::Declined
            | State::Underway
            | State::AwaitingConfirmation
            | State::Redo,
        ) => Outcome::Open,
    };
    (About::Task(task.id, brief.words.work.clone()), outcome)
}

fn of_difficulty(
    tx: &mut ReadTx<'_>,
    book: &DifficultyBook,
    thing: &str,
) -> Result<(About, Outcome), Error> {
    let Some(found) = thing.parse().ok().and_then(|id| book.find(DifficultyId(id))) else {
        return Ok((About::Gone, Outcome::Closed));
    };
    let outcome = match (found.answered_on, found.state) {
        (Some(day), _) => Outcome::Done(day),
        (None, difficulty::State::Waiting) => Outcome::Open,
        (None, difficulty::State::Answered | difficulty::State::Closed) => Outcome::Closed,
    };
    let words = store::difficulties::words(tx, found.id)?;
    let trouble = words.map(|words| words.trouble).unwrap_or_default();
    Ok((About::Difficulty(found.id, trouble), outcome))
}

fn of_plan(desk: &Desk<'_>, thing: &str) -> (About, Outcome) {
    let read = || {
        let (code, unit) = thing.rsplit_once('/')?;
        Some((code.to_owned(), UnitId(unit.parse().ok()?)))
    };
    let Some((code, unit)) = read() else { return (About::Gone, Outcome::Closed) };
    let outcome = match desk.plans.get(&(code.clone(), unit)) {
        Some(Some(day)) => Outcome::Done(*day),
        Some(None) => Outcome::Open,
        None => Outcome::Closed,
    };
    (About::Plan(code), outcome)
}

fn of_submission(snapshot: &Snapshot, thing: &str) -> (About, Outcome) {
    let mut parts = thing.rsplitn(3, '/');
    let (period, unit, code) = (parts.next(), parts.next(), parts.next());
    let read = || {
        let period = Period::parse(period?).ok()?;
        let unit = UnitId(unit?.parse().ok()?);
        let (index, form) = snapshot.form(code?).ok()?;
        Some((index, form.code.clone(), unit, period))
    };
    let Some((index, form, unit, period)) = read() else {
        return (About::Gone, Outcome::Closed);
    };
    let receipts = snapshot.book.receipts(index, period);
    let is_sent = receipts.iter().any(|receipt| receipt.unit == unit);
    let outcome = if is_sent { Outcome::DoneSome } else { Outcome::Open };
    (About::Submission { form, period }, outcome)
}
