//! Lists of difficulties: those of a unit and all below, who answers them, and how long that took.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Actor, Right};
use domain::difficulty::{Difficulty, State};
use domain::task::{Standing, TaskId};
use domain::unit::UnitId;
use jiff::civil::Date;

use super::counts::Counts;
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::below::Below;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Lines on one page.
pub const LINES_PER_PAGE: usize = 50;

/// Answering units on one page.
const HOLDERS_MAX: usize = 50;

/// Difficulties that the page of a task names.
const ABOUT_MAX: usize = 50;

/// Which difficulties of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The unit, with all below.
    pub unit: UnitId,
    /// Only those that have come so far.
    pub state: Option<State>,
    /// Which page, from 0.
    pub page: usize,
}

/// A list of difficulties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifficultyList {
    /// Whose: it and all below raised them, or they lie with it.
    pub unit: UnitName,
    /// How many there are of each kind, whatever state was asked for.
    pub counts: Counts,
    /// Who answers them, and how: whoever lets most wait over their day first.
    pub holders: Vec<Holder>,
    /// The lines of the page: what waits by its day, then the others, the newest first.
    pub lines: Vec<Line>,
    /// How many lines there are in all.
    pub found: usize,
}

/// A unit that answers difficulties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The unit.
    pub unit: UnitName,
    /// What lies with it.
    pub counts: Counts,
}

/// A difficulty on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The difficulty.
    pub difficulty: Difficulty,
    /// What stands in the way.
    pub trouble: String,
    /// Whose it is.
    pub unit: UnitName,
    /// Who answers.
    pub holder: UnitName,
    /// How it stands with its day.
    pub standing: Standing,
}

impl Workspace {
    /// A list of difficulties.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn difficulty_list(
        &self,
        who: &Actor,
        moment: Moment,
        asked: &Asked,
    ) -> Result<DifficultyList, Error> {
        let (snapshot, book) = (self.snapshot()?, self.difficulty_book()?);
        let today = moment.today;
        snapshot.check(who, Right::SeeFigures, Some(asked.unit), today)?;
        let below = Below::new(&snapshot, asked.unit, today);
        let inside = below.among(book.all().iter().map(|one| one.unit));
        let all = book.all().iter();
        let all: Vec<&Difficulty> =
            all.filter(|one| one.holder == asked.unit || inside.has(one.unit)).collect();
        let wanted = |one: &&Difficulty| asked.state.is_none_or(|state| state == one.state);
        let mut shown: Vec<&Difficulty> = all.iter().copied().filter(wanted).collect();
        shown.sort_unstable_by_key(|one| order(one));
        let found = shown.len();
        let shown = shown.into_iter().skip(asked.page * LINES_PER_PAGE).take(LINES_PER_PAGE);
        Ok(DifficultyList {
            unit: snapshot.name(asked.unit, today),
            counts: Counts::of(all.iter().copied(), today),
            holders: holders(&snapshot, &all, today),
            lines: self.difficulty_lines(&snapshot, shown, today)?,
            found,
        })
    }

    /// The difficulties that wait for an actor: for their answer, or for what they say to one.
    ///
    /// # Errors
    /// The database failed.
    pub fn difficulties_waiting(&self, who: &Actor, moment: Moment) -> Result<Vec<Line>, Error> {
        let (snapshot, book) = (self.snapshot()?, self.difficulty_book()?);
        let today = moment.today;
        let own =
            |right| -> BTreeSet<UnitId> { who.units(right, today).into_iter().flatten().collect() };
        let (answers, raises) = (own(Right::GiveTasks), own(Right::DoTasks));
        let waits = |one: &&Difficulty| match one.state {
            State::Waiting => snapshot.stands_in(&answers, one.holder, today),
            State::Answered => {
                one.account.is_some_and(|account| who.is(account))
                    || snapshot.stands_in(&raises, one.unit, today)
            }
            State::Closed => false,
        };
        let mut waiting: Vec<&Difficulty> = book.all().iter().filter(waits).collect();
        waiting.sort_unstable_by_key(|one| order(one));
        self.difficulty_lines(&snapshot, waiting.into_iter().take(LINES_PER_PAGE), today)
    }

    /// The difficulties about a task that an actor may see, the first due first.
    ///
    /// # Errors
    /// The database failed.
    pub fn difficulties_about(
        &self,
        who: &Actor,
        moment: Moment,
        task: TaskId,
    ) -> Result<Vec<Line>, Error> {
        let (snapshot, book) = (self.snapshot()?, self.difficulty_book()?);
        let sees = |one: &&Difficulty| may_see(&snapshot, who, one, moment.today).is_ok();
        let mut about: Vec<&Difficulty> = book.about(task).filter(sees).collect();
        about.sort_unstable_by_key(|one| order(one));
        self.difficulty_lines(&snapshot, about.into_iter().take(ABOUT_MAX), moment.today)
    }

    /// Difficulties as lines, with their words, which the database has.
    pub(crate) fn difficulty_lines<'d>(
        &self,
        snapshot: &Snapshot,
        difficulties: impl Iterator<Item = &'d Difficulty>,
        today: Date,
    ) -> Result<Vec<Line>, Error> {
        let mut lines: Vec<Line> = difficulties.map(|one| line(snapshot, one, today)).collect();
        if lines.is_empty() {
            return Ok(lines);
        }
        let ids: Vec<_> = lines.iter().map(|line| line.difficulty.id).collect();
        let troubles = self.database.read_blocking(move |tx| -> Result<_, Error> {
            let mut troubles = Vec::with_capacity(ids.len());
            for id in ids {
                let words = store::difficulties::words(tx, id)?;
                troubles.push(words.map(|words| words.trouble).unwrap_or_default());
            }
            Ok(troubles)
        })?;
        for (line, trouble) in lines.iter_mut().zip(troubles) {
            line.trouble = trouble;
        }
        Ok(lines)
    }
}

/// What waits comes first, by its day; then what was answered and what is closed, the newest first.
fn order(one: &Difficulty) -> (usize, Option<Date>, i64) {
    match one.state {
        State::Waiting => (0, Some(one.due), one.id.0),
        State::Answered => (1, None, -one.id.0),
        State::Closed => (2, None, -one.id.0),
    }
}

/// Whoever looks after the unit whose it is, or the one that answers, sees a difficulty.
pub(super) fn may_see(
    snapshot: &Snapshot,
    who: &Actor,
    one: &Difficulty,
    today: Date,
) -> Result<(), Error> {
    let sees = |unit| snapshot.check(who, Right::SeeFigures, Some(unit), today);
    sees(one.holder).or_else(|_| sees(one.unit))
}

fn holders(snapshot: &Snapshot, all: &[&Difficulty], today: Date) -> Vec<Holder> {
    let mut by_holder: BTreeMap<UnitId, Vec<&Difficulty>> = BTreeMap::new();
    for one in all {
        by_holder.entry(one.holder).or_default().push(one);
    }
    let holders =
        by_holder.into_iter().map(|(unit, its)| (unit, Counts::of(its.into_iter(), today)));
    let mut holders: Vec<(UnitId, Counts)> = holders.collect();
    holders
        .sort_by_key(|(_, counts)| std::cmp::Reverse((counts.overdue, counts.late, counts.all())));
    let holders = holders.into_iter().take(HOLDERS_MAX);
    holders.map(|(unit, counts)| Holder { unit: snapshot.name(unit, today), counts }).collect()
}

/// A difficulty as a line, without its words.
pub(super) fn line(snapshot: &Snapshot, difficulty: &Difficulty, today: Date) -> Line {
    Line {
        trouble: String::new(),
        unit: snapshot.name(difficulty.unit, today),
        holder: snapshot.name(difficulty.holder, today),
        standing: difficulty.standing(today),
        difficulty: difficulty.clone(),
    }
}
