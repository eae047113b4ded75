//! Giving many tasks by a list: looked at first, then given all or none, and once however often the
//! same list is sent.

use std::collections::BTreeSet;

use domain::access::{AccountId, Actor, Right, login};
use domain::period::Period;
use domain::refusal::{Noun, Refusal, Refused, Wanted};
use domain::task::{ListColumn, Origin, Party, Words};
use domain::tasking::TaskingProblem;
use domain::text;
use domain::unit::UnitId;
use store::{ReadTx, WriteTx};

use super::give::{self, Assignment, Giving, TASKS_MAX, Time};
use super::listing::{ListRow, Listing};
use super::{check, codes, member};
use crate::accounts::Moment;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::imports::Refusals;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// What stands in the column of the deadline when there is none, as search keys.
const OPEN: [&str; 4] = ["khong han", "khong dat han", "no deadline", "open"];

/// What a list would give.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Its rows, each with the tasks that it gives.
    pub rows: Vec<Row>,
    /// Everything that stands in the way, each with its place; nothing is given while there is such a
    /// thing.
    pub refused: Vec<Refused>,
    /// When the same person gave the same list, and how many tasks it gave.
    pub given: Option<(i64, i64)>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands, counted from 1.
    pub number: u32,
    /// What it gives, as far as it can be read: what was not found is left out.
    pub assignment: Assignment,
}

impl Row {
    /// How many tasks it gives.
    #[must_use]
    pub fn tasks(&self) -> usize {
        self.assignment.leads.len() * self.assignment.times.len()
    }
}

/// What became of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListGiven {
    /// So many tasks were given.
    Now(usize),
    /// The same person gave the same list before, and nothing was given again.
    Before(i64),
}

impl Entrance {
    /// What giving a list would do; nothing is changed.
    ///
    /// # Errors
    /// The database failed. What is wrong in the list is part of the answer.
    pub fn preview_task_list(
        &self,
        who: &Actor,
        moment: Moment,
        listing: &Listing,
    ) -> Result<Preview, Error> {
        let (snapshot, who, listing) = (self.workspace.planned()?, who.clone(), listing.clone());
        self.database().read_blocking(move |tx| {
            let given = store::tasks::of_list(tx, &listing.sha256()?, account(&who))?;
            let (rows, refusals) = plan(tx, &snapshot, (&who, moment), &listing)?;
            let refused = match refusals.into_result() {
                // What was given is in the way of itself: its deadlines go by.
                _ if given.is_some() => Vec::new(),
                Ok(()) => Vec::new(),
                Err(Error::Refused(refused)) => refused,
                Err(other) => return Err(other),
            };
            Ok(Preview { rows, refused, given })
        })
    }

    /// Gives all tasks of a list or none; the same list of the same person once.
    ///
    /// # Errors
    /// Everything that stands in the way, each with its place; or the database failed.
    pub fn give_task_list(
        &self,
        who: &Actor,
        moment: Moment,
        listing: Listing,
    ) -> Result<ListGiven, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            give_all(tx, snapshot, &secrets, (&actor, moment), &listing)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn account(who: &Actor) -> Option<AccountId> {
    who.account.as_ref().map(|account| account.id)
}

fn give_all(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    listing: &Listing,
) -> Result<ListGiven, Error> {
    let list = listing.sha256()?;
    if let Some((_, count)) = store::tasks::of_list(tx, &list, account(who))? {
        return Ok(ListGiven::Before(count));
    }
    let (rows, refusals) = plan(tx, snapshot, (who, moment), listing)?;
    refusals.into_result()?;
    let mut count = 0;
    for row in rows {
        let mut assignment = row.assignment;
        assignment.origin.list = Some(list.clone());
        count += give::give(tx, snapshot, secrets, (who, moment), &assignment)?.tasks.len();
    }
    Ok(ListGiven::Now(count))
}

/// What each row gives, and everything that stands in the way.
fn plan(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    listing: &Listing,
) -> Result<(Vec<Row>, Refusals), Error> {
    let (refusals, noted) = (Refusals::default(), BTreeSet::new());
    let mut desk = Desk { snapshot, who, moment, listing, refusals, noted };
    let mut rows: Vec<Row> = Vec::new();
    for row in listing.rows() {
        let assignment = desk.assignment(tx, row)?;
        let found = Row { number: row.number, assignment };
        let tasks: usize = rows.iter().chain([&found]).map(Row::tasks).sum();
        if tasks > TASKS_MAX {
            let why = TaskingProblem::TooMany { tasks_max: TASKS_MAX };
            desk.refuse(row, ListColumn::Leads, why.into());
            rows.push(found);
            break;
        }
        rows.push(found);
    }
    desk.refusals.order_by_place();
    Ok((rows, desk.refusals))
}

/// A list while it is understood.
struct Desk<'a> {
    snapshot: &'a Snapshot,
    who: &'a Actor,
    moment: Moment,
    listing: &'a Listing,
    refusals: Refusals,
    /// Where something is refused, by row and column.
    noted: BTreeSet<(u32, ListColumn)>,
}

impl Desk<'_> {
    fn refuse(&mut self, row: &ListRow, column: ListColumn, why: Refusal) {
        self.noted.insert((row.number, column));
        self.refusals.push(Refused { at: self.listing.at(row, column), why });
    }

    /// What a row gives; everything wrong with it is noted.
    fn assignment(&mut self, tx: &mut ReadTx<'_>, row: &ListRow) -> Result<Assignment, Error> {
        let own = self.own_unit();
        let issuer = match row.field(ListColumn::Issuer) {
            "" => own,
            code => self.unit(row, ListColumn::Issuer, code),
        };
        let person = self.account(tx, row, ListColumn::LeadAccount)?;
        let confirmer = self.account(tx, row, ListColumn::ConfirmerAccount)?;
        let mut seen = BTreeSet::new();
        let leads = self.units(row, ListColumn::Leads);
        let leads = leads.into_iter().filter(|unit| seen.insert(*unit));
        let leads = leads.map(|unit| Party { unit, account: person }).collect();
        let word = |column: ListColumn| row.field(column).to_owned();
        let assignment = Assignment {
            issuer: issuer.unwrap_or(UnitId(0)),
            origin: Origin {
                directive: self.directive(row),
                priority: self.priority(row),
                indicator: Self::indicator(row),
                period: self.period(row),
                ..Origin::default()
            },
            words: Words {
                work: word(ListColumn::Work),
                detail: word(ListColumn::Detail),
                responsibility: word(ListColumn::Responsibility),
                product: word(ListColumn::Product),
                authority: word(ListColumn::Authority),
            },
            leads,
            helpers: self.units(row, ListColumn::Helpers),
            team: row.field(ListColumn::Team).split([';', '\n']).filter_map(member).collect(),
            confirmer: confirmer
                .zip(issuer)
                .map(|(account, unit)| Party { unit, account: Some(account) }),
            times: self.times(row),
            giving: Giving::Now,
        };
        let Some(issuer) = issuer else {
            if row.field(ListColumn::Issuer).is_empty() {
                let why = Refusal::NotFound { noun: Noun::Unit, key: String::new() };
                self.refuse(row, ListColumn::Issuer, why);
            }
            return Ok(assignment);
        };
        self.judge(tx, row, issuer, &assignment)?;
        Ok(assignment)
    }

    /// Notes what stands in the way of giving what a row says. What could not be read has been noted
    /// already, and is not missed once more.
    fn judge(
        &mut self,
        tx: &mut ReadTx<'_>,
        row: &ListRow,
        issuer: UnitId,
        assignment: &Assignment,
    ) -> Result<(), Error> {
        let today = self.moment.today;
        let noted = self.noted.clone();
        match self.snapshot.doer(self.who, Right::GiveTasks, Some(issuer), today) {
            Ok(_) => {}
            Err(Error::Refused(reasons)) => {
                reasons.into_iter().for_each(|it| self.refuse(row, ListColumn::Issuer, it.why));
            }
            Err(other) => return Err(other),
        }
        for (column, why) in check::check(tx, self.snapshot, (self.who, self.moment), assignment)? {
            if !noted.contains(&(row.number, column)) {
                self.refuse(row, column, why);
            }
        }
        Ok(())
    }

    /// The unit that gives when the list does not say: the first in which the actor gives tasks.
    fn own_unit(&self) -> Option<UnitId> {
        let own = self.who.units(Right::GiveTasks, self.moment.today);
        own.into_iter().flatten().next().or_else(|| self.snapshot.default_unit())
    }

    fn unit(&mut self, row: &ListRow, column: ListColumn, code: &str) -> Option<UnitId> {
        let found = self.snapshot.find_unit(code, Some(self.moment.today)).ok();
        if found.is_none() {
            self.refuse(row, column, Refusal::UnknownUnit { code: code.to_owned(), day: None });
        }
        found
    }

    fn units(&mut self, row: &ListRow, column: ListColumn) -> Vec<UnitId> {
        codes(row.field(column)).filter_map(|code| self.unit(row, column, code)).collect()
    }

    fn account(
        &mut self,
        tx: &mut ReadTx<'_>,
        row: &ListRow,
        column: ListColumn,
    ) -> Result<Option<AccountId>, Error> {
        let typed = row.field(column);
        if typed.is_empty() {
            return Ok(None);
        }
        let found = match login(typed) {
            Some(login) => store::accounts::find_by_login(tx, &login)?,
            None => None,
        };
        if found.is_none() {
            let why = Refusal::NotFound { noun: Noun::Account, key: typed.to_owned() };
            self.refuse(row, column, why);
        }
        Ok(found.map(|account| account.id))
    }

    fn times(&mut self, row: &ListRow) -> Vec<Time> {
        let typed = row.field(ListColumn::Deadline);
        if OPEN.contains(&text::search_key(typed).as_str()) {
            return vec![Time::Open];
        }
        match text::typed_day(typed) {
            Some(day) => vec![Time::By(day)],
            None if typed.is_empty() => Vec::new(),
            None => {
                let why = Refusal::BadValue { text: typed.to_owned(), wanted: Wanted::Day };
                self.refuse(row, ListColumn::Deadline, why);
                Vec::new()
            }
        }
    }

    /// A directive by its code or its number.
    fn directive(&mut self, row: &ListRow) -> Option<String> {
        let typed = row.field(ListColumn::Directive);
        let key = text::search_key(typed);
        let mut all = self.snapshot.directives.iter();
        let found = all.find(|it| it.code == typed || text::search_key(&it.number) == key);
        let found = found.map(|directive| directive.code.clone());
        if found.is_none() && !typed.is_empty() {
            let why = Refusal::NotFound { noun: Noun::Directive, key: typed.to_owned() };
            self.refuse(row, ListColumn::Directive, why);
        }
        found
    }

    /// An indicator by its code; whether there is such is asked with everything else.
    fn indicator(row: &ListRow) -> Option<String> {
        Some(row.field(ListColumn::Indicator).to_owned()).filter(|code| !code.is_empty())
    }

    fn period(&mut self, row: &ListRow) -> Option<Period> {
        let typed = row.field(ListColumn::Period);
        let found = Period::parse(typed).ok();
        if found.is_none() && !typed.is_empty() {
            let why = Refusal::BadValue { text: typed.to_owned(), wanted: Wanted::Period };
            self.refuse(row, ListColumn::Period, why);
        }
        found
    }

    /// A priority by its code or its name.
    fn priority(&mut self, row: &ListRow) -> Option<String> {
        let typed = row.field(ListColumn::Priority);
        let key = text::search_key(typed);
        let mut all = self.snapshot.priorities.iter();
        let found = all.find(|it| {
            let names = [&it.code, &it.name.vi, &it.name.en];
            names.into_iter().any(|name| text::search_key(name) == key)
        });
        let found = found.map(|priority| priority.code.clone());
        if found.is_none() && !typed.is_empty() {
            let why = Refusal::NotFound { noun: Noun::Priority, key: typed.to_owned() };
            self.refuse(row, ListColumn::Priority, why);
        }
        found
    }
}
