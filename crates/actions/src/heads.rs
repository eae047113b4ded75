//! Evidence per head: what was asked of each unit and each named person over a quarter or a year, what
//! became of it, and the results of the indicators that a unit answers for. No grade is computed.

use std::collections::BTreeMap;

use domain::access::{AccountId, Actor, Right};
use domain::indicator::Indicator;
use domain::period::Period;
use domain::task::{Record, TaskId};
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::accounts::Moment;
use crate::answer::{FigureAnswer, UnitName, View};
use crate::error::Error;
use crate::figure::figure;
use crate::snapshot::Snapshot;
use crate::tasks::TaskBook;
use crate::tasks::list::names;
use crate::workspace::Workspace;
use crate::zone::end_of;

/// The evidence about a unit and those of the next level.
#[derive(Debug, Clone, PartialEq)]
pub struct Heads {
    /// The unit.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// The span.
    pub period: Period,
    /// Its first and last day.
    pub days: (Date, Date),
    /// The unit itself, then those of the next level in the order of the tree, each before the people
    /// who were named in it.
    pub rows: Vec<Head>,
    /// The indicators for which the unit has a target in the span, with their results.
    pub results: Vec<(Indicator, FigureAnswer)>,
}

/// Who answers, and what became of what was asked of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The unit.
    pub unit: UnitName,
    /// The person who was named as its lead; empty for all that the unit leads, with or without one.
    pub person: String,
    /// The counts.
    pub record: Record,
}

impl Workspace {
    /// The evidence about a unit and those of the next level, over a quarter or a year.
    ///
    /// # Errors
    /// The actor may not look at the unit, the data contradict themselves, or the database failed.
    pub fn heads(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
        period: Period,
    ) -> Result<Heads, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
        let days = snapshot.calendar().days(period);
        let began_ms = days.0.yesterday().map_or(i64::MIN, end_of);
        let returned = self.database.read_blocking(move |tx| -> Result<_, Error> {
            Ok(store::tasks::sent_back(tx, (began_ms, end_of(days.1)))?)
        })?;
        let day = days.1.min(moment.today);
        let desk = Desk { snapshot: &snapshot, book: &book, days, today: moment.today, day };
        let units = desk.units(unit);
        let records = desk.records(&units, &returned);
        let accounts: Vec<AccountId> = records.keys().filter_map(|(_, account)| *account).collect();
        let names = self.database.read_blocking(move |tx| names(tx, &accounts))?;
        let head = |((place, account), record): ((usize, Option<AccountId>), Record)| {
            let unit = units.get(place).copied()?;
            let named = account.map(|account| names.get(&account).cloned().unwrap_or_default());
            Some(Head { unit: snapshot.name(unit, day), person: named.unwrap_or_default(), record })
        };
        Ok(Heads {
            unit: snapshot.name(unit, day),
            above: snapshot.above(unit, day),
            period,
            days,
            rows: records.into_iter().filter_map(head).collect(),
            results: results(&snapshot, unit, period)?,
        })
    }
}

/// What all rows are counted from.
struct Desk<'a> {
    snapshot: &'a Snapshot,
    book: &'a TaskBook,
    days: (Date, Date),
    today: Date,
    /// The day whose tree the rows are of.
    day: Date,
}

impl Desk<'_> {
    /// The unit, then those of the next level.
    fn units(&self, unit: UnitId) -> Vec<UnitId> {
        let order = self.snapshot.order_on(self.day);
        let below = order.position(unit).into_iter().flat_map(|position| order.children(position));
        let below = below.filter_map(|position| order.units().get(position as usize).copied());
        std::iter::once(unit).chain(below).collect()
    }

    /// The records by the place of the unit among the rows, of it and of each person named in it. What
    /// was asked of a unit that is gone counts for its heirs.
    fn records(
        &self,
        units: &[UnitId],
        returned: &BTreeMap<TaskId, u32>,
    ) -> BTreeMap<(usize, Option<AccountId>), Record> {
        let places: BTreeMap<UnitId, usize> = units.iter().copied().zip(0..).collect();
        let order = self.snapshot.order_on(self.day);
        let mut known: BTreeMap<UnitId, Vec<usize>> = BTreeMap::new();
        let mut records: BTreeMap<_, Record> =
            (0..units.len()).map(|place| ((place, None), Record::default())).collect();
        for task in self.book.tasks() {
            let lead = task.lead.unit;
            let at = known.entry(lead).or_insert_with(|| {
                let is_gone = order.position(lead).is_none();
                let heirs =
                    if is_gone { self.snapshot.heirs_on(lead, self.day) } else { vec![lead] };
                heirs.iter().filter_map(|heir| places.get(heir).copied()).collect()
            });
            for place in at {
                let named = task.lead.account.map(Some);
                for account in std::iter::once(None).chain(named) {
                    let record = records.entry((*place, account)).or_default();
                    record.add(task, self.days, self.today);
                    record.returned += returned.get(&task.id).copied().unwrap_or_default();
                }
            }
        }
        records
    }
}

/// The indicators for which a unit has a target in a span, with their results.
fn results(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
) -> Result<Vec<(Indicator, FigureAnswer)>, Error> {
    let mut results = Vec::new();
    for indicator in snapshot.indicators.iter() {
        if snapshot.targets(&indicator.code, unit).is_empty() {
            continue;
        }
        let answer = figure(snapshot, &indicator.code, unit, period, View::Reported)?;
        if answer.target.is_some() {
            results.push((indicator.clone(), answer));
        }
    }
    Ok(results)
}
