//! Calls for plans: asking units for plans of their own by a day, and noting by hand who has issued one.

pub mod list;

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::call::{Call, Note};
use domain::calling::CallingProblem;
use domain::directing::DirectingProblem;
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::secrecy;
use domain::text;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::{ReadTx, WriteTx};

use crate::accounts::Moment;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::tasks::called;
use crate::workspace::Workspace;

/// The most units that one directive asks: every commune of the country, and some.
pub const UNITS_MAX: usize = 5_000;

/// The longest number of a plan, in characters.
const NUMBER_MAX: usize = 100;

/// What is asked of units about a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calling {
    /// The unit that asks.
    pub issuer: UnitId,
    /// All units below it of a level.
    pub level: Option<String>,
    /// Units that are named, beside those.
    pub units: Vec<UnitId>,
    /// The last day; none when it was not said.
    pub due: Option<Date>,
}

/// A plan as it is noted by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The unit that issued it.
    pub unit: UnitId,
    /// The day on which it did; none takes an earlier note back.
    pub issued_on: Option<Date>,
    /// Its number as printed; may be empty.
    pub number: String,
}

impl Workspace {
    /// Asks units for plans that carry out a directive, in the place of what it asked before.
    ///
    /// # Errors
    /// The actor may not give tasks in the unit that asks; there is no such directive; nobody is asked,
    /// or somebody out of reach, or by a day that is over; or the database failed.
    pub fn call_for_plans(
        &self,
        who: &Actor,
        moment: Moment,
        directive: &str,
        calling: Calling,
    ) -> Result<(), Error> {
        let (actor, code) = (who.clone(), directive.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            let right = Right::GiveTasks;
            let by = snapshot.doer(&actor, right, Some(calling.issuer), moment.today)?;
            // Whoever changes what another unit asks has to be allowed to ask in its name too.
            if let Some(known) = find(tx, &code)? {
                snapshot.check(&actor, right, Some(known.issuer), moment.today)?;
            }
            let call = call(snapshot, &code, &calling, moment.today)?;
            save(tx, (by, moment), Kind::PlansAskedFor, &call)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Asks for plans no more.
    ///
    /// # Errors
    /// The directive asks for none, the actor may not give tasks in the unit that asks, or the database
    /// failed.
    pub fn call_off_plans(
        &self,
        who: &Actor,
        moment: Moment,
        directive: &str,
    ) -> Result<(), Error> {
        let (actor, code) = (who.clone(), directive.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            let call = open(tx, &code)?;
            let right = Right::GiveTasks;
            let by = snapshot.doer(&actor, right, Some(call.issuer), moment.today)?;
            let call = Call { ended_on: Some(moment.today), ..call };
            save(tx, (by, moment), Kind::PlansCalledOff, &call)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Notes that a unit has issued its plan, or takes such a note back.
    ///
    /// # Errors
    /// The directive asks for no plans or not this unit, the actor may not give tasks there, the plan is
    /// of a day to come or before the directive, its number is too long or secret; or the database failed.
    pub fn note_plan(
        &self,
        who: &Actor,
        moment: Moment,
        directive: &str,
        noted: Noted,
    ) -> Result<(), Error> {
        let (actor, code) = (who.clone(), directive.to_owned());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            let call = open(tx, &code)?;
            let right = Right::GiveTasks;
            let by = snapshot.doer(&actor, right, Some(noted.unit), moment.today)?;
            check_note(snapshot, &call, &noted, moment.today)?;
            let note = Note {
                directive: call.directive,
                unit: noted.unit,
                issued_on: noted.issued_on,
                number: text::nfc(noted.number.trim()),
            };
            store::calls::save_note(tx, &note)?;
            let deed = Deed::new(Kind::PlanNoted, note_id(&note), payload::note(&note));
            door::record(tx, by, moment.now_ms, deed.about(Some(note.unit))).map(drop)
        });
        self.noting_denials(done, who, moment.now_ms)
    }
}

/// How a note is called in the ledger.
pub(crate) fn note_id(note: &Note) -> String {
    format!("{}/{}", note.directive, note.unit.0)
}

fn save(
    tx: &mut WriteTx<'_>,
    (by, moment): (Doer, Moment),
    kind: Kind,
    call: &Call,
) -> Result<(), Error> {
    store::calls::save(tx, call)?;
    let deed = Deed::new(kind, &call.directive, payload::call(call));
    door::record(tx, by, moment.now_ms, deed.about(Some(call.issuer))).map(drop)
}

fn find(tx: &mut ReadTx<'_>, directive: &str) -> Result<Option<Call>, Error> {
    Ok(store::calls::all(tx)?.into_iter().find(|call| call.directive == directive))
}

/// What a directive asks for.
fn open(tx: &mut ReadTx<'_>, directive: &str) -> Result<Call, Error> {
    let found = find(tx, directive)?.filter(|call| call.ended_on.is_none());
    found.ok_or_else(|| CallingProblem::NotAskedFor.into())
}

/// The call that was typed.
fn call(
    snapshot: &Snapshot,
    directive: &str,
    calling: &Calling,
    today: Date,
) -> Result<Call, Error> {
    let unknown = || Refusal::NotFound { noun: Noun::Directive, key: directive.to_owned() };
    let known = snapshot.directives.iter().any(|known| known.code == directive);
    if !known {
        return Err(unknown().into());
    }
    let reach = snapshot.units_below(calling.issuer, today);
    let is_asked = |unit: &UnitId| {
        let version = snapshot.units.version_on(*unit, today);
        calling.level.is_some() && version.map(|version| &version.level) == calling.level.as_ref()
    };
    let named = calling.units.iter().copied();
    let units: Vec<UnitId> = reach.iter().copied().filter(is_asked).chain(named).collect();
    let units: Vec<UnitId> = BTreeSet::from_iter(units).into_iter().collect();
    let mut problems = Vec::new();
    if units.is_empty() {
        problems.push(CallingProblem::NobodyAsked);
    }
    if units.len() > UNITS_MAX {
        problems.push(CallingProblem::TooMany { units_max: UNITS_MAX });
    }
    let reach = BTreeSet::from_iter(reach);
    let beyond = units.iter().filter(|unit| !reach.contains(unit));
    problems.extend(beyond.map(|unit| CallingProblem::OutOfReach {
        unit: called(snapshot, *unit, today),
        issuer: called(snapshot, calling.issuer, today),
    }));
    match calling.due {
        None => problems.push(CallingProblem::WithoutDay),
        Some(due) if due < today => problems.push(CallingProblem::DuePast { due }),
        Some(_) => {}
    }
    let refused = |why| Refused { at: Location::default(), why };
    let (true, Some(due)) = (problems.is_empty(), calling.due) else {
        let all = problems.into_iter().map(|problem| refused(problem.into()));
        return Err(Error::Refused(all.collect()));
    };
    let (directive, issuer) = (directive.to_owned(), calling.issuer);
    Ok(Call { directive, issuer, units, due, asked_on: today, ended_on: None })
}

fn check_note(snapshot: &Snapshot, call: &Call, noted: &Noted, today: Date) -> Result<(), Error> {
    let is_asked = call.units.contains(&noted.unit)
        || list::holders(snapshot, call, today).contains_key(&noted.unit);
    if !is_asked {
        let unit = called(snapshot, noted.unit, today);
        return Err(CallingProblem::NotAsked { unit }.into());
    }
    if let Some(day) = noted.issued_on.filter(|day| *day > today) {
        return Err(CallingProblem::IssuedLater { day }.into());
    }
    let asked = snapshot.directive(&call.directive)?.date;
    if let Some((day, asked)) = noted.issued_on.zip(asked).filter(|(day, asked)| day < asked) {
        return Err(CallingProblem::IssuedBefore { day, asked }.into());
    }
    if noted.number.chars().count() > NUMBER_MAX {
        return Err(CallingProblem::TooLong { characters_max: NUMBER_MAX }.into());
    }
    match secrecy::mark(&noted.number) {
        Some(mark) => Err(DirectingProblem::Secret { mark }.into()),
        None => Ok(()),
    }
}

impl Snapshot {
    /// The units below one on a day, however deep, in the order of the tree.
    pub(crate) fn units_below(&self, unit: UnitId, day: Date) -> Vec<UnitId> {
        let order = self.order_on(day);
        let below = order.position(unit).map_or(0..0, |position| order.subtree(position));
        let units = below.filter_map(|at| order.units().get(at as usize).copied());
        units.filter(|below| *below != unit).collect()
    }
}
