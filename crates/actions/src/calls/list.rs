//! Who has issued the plan that a directive asks for, and who has not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::access::{Actor, Right};
use domain::call::{Call, Note, met_on, standing};
use domain::directive::Directive;
use domain::task::Standing;
use domain::unit::{Heirs, UnitId};
use jiff::civil::Date;
use store::ReadTx;

use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// A call with the answers that a reader may see.
#[derive(Debug, Clone, PartialEq)]
pub struct CallPage {
    /// What is asked.
    pub call: Call,
    /// Who asks.
    pub issuer: UnitName,
    /// How the units stand: those that still owe first, by code.
    pub answers: Vec<Answer>,
    /// Whether the reader may change what is asked.
    pub asks: bool,
}

/// How one unit stands with the plan that is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The unit that owes it now.
    pub unit: UnitName,
    /// The units that were asked and whose place it took.
    pub after: Vec<UnitName>,
    /// Its plan.
    pub issued: Option<Issued>,
    /// How it stands with the last day.
    pub standing: Standing,
    /// Its last day and those that take its place, when it ends before the plan is due.
    pub ends: Option<(Date, Vec<UnitName>)>,
    /// Whether the reader may note its plan.
    pub notes: bool,
}

/// A plan that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// On which day.
    pub on: Date,
    /// How that is known.
    pub known: Known,
}

/// How it is known that a plan was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It stands in the register, under a code.
    Directive(String),
    /// It was noted by hand, with its number.
    Noted(String),
}

/// How many units have issued their plans.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that are asked.
    pub all: usize,
    /// Those that have issued theirs.
    pub issued: usize,
    /// Those of them that were late.
    pub issued_late: usize,
    /// Those that have not, and the day is over.
    pub overdue: usize,
}

impl Counts {
    /// The counts of answers.
    #[must_use]
    pub fn of(answers: &[Answer]) -> Self {
        let count = |is_one: fn(&Answer) -> bool| answers.iter().filter(|it| is_one(it)).count();
        Self {
            all: answers.len(),
            issued: count(|answer| answer.issued.is_some()),
            issued_late: count(|answer| matches!(answer.standing, Standing::Late { .. })),
            overdue: count(|answer| matches!(answer.standing, Standing::Overdue { .. })),
        }
    }
}

/// A plan that somebody's unit owes.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOwed {
    /// The code of the directive that asks for it.
    pub directive: String,
    /// The unit.
    pub unit: UnitName,
    /// The last day.
    pub due: Date,
    /// How it stands.
    pub standing: Standing,
}

impl Workspace {
    /// What a directive asks of units and how those stand that the reader may see; none when it asks for
    /// nothing.
    ///
    /// # Errors
    /// The database failed.
    pub fn call_page(
        &self,
        who: &Actor,
        moment: Moment,
        directive: &str,
    ) -> Result<Option<CallPage>, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        let (calls, notes) = self.database.read_blocking(read)?;
        let Some(call) = calls.into_iter().find(|call| call.directive == directive) else {
            return Ok(None);
        };
        let may = |right, unit| snapshot.check(who, right, Some(unit), today).is_ok();
        let asks = may(Right::GiveTasks, call.issuer);
        let mut answers = answers(&snapshot, &call, &notes, today);
        answers.retain(|answer| asks || may(Right::SeeFigures, answer.unit.id));
        for answer in &mut answers {
            answer.notes = may(Right::GiveTasks, answer.unit.id);
        }
        let issuer = snapshot.name(call.issuer, today);
        Ok(Some(CallPage { call, issuer, answers, asks }))
    }

    /// The levels of the units below one on a day, the highest first.
    ///
    /// # Errors
    /// The database failed.
    pub fn levels_below(&self, unit: UnitId, today: Date) -> Result<Vec<String>, Error> {
        let snapshot = self.snapshot()?;
        let mut levels: Vec<String> = Vec::new();
        for unit in snapshot.units_below(unit, today) {
            let level = snapshot.name(unit, today).level;
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
        Ok(levels)
    }

    /// The plans that the actor's own units owe, the first due first.
    ///
    /// # Errors
    /// The database failed.
    pub fn plans_owed(&self, who: &Actor, moment: Moment) -> Result<Vec<PlanOwed>, Error> {
        let (snapshot, today) = (self.snapshot()?, moment.today);
        let own: BTreeSet<UnitId> =
            who.units(Right::GiveTasks, today).into_iter().flatten().collect();
        if own.is_empty() {
            return Ok(Vec::new());
        }
        let (calls, notes) = self.database.read_blocking(read)?;
        let mut owed = Vec::new();
        for call in calls.iter().filter(|call| call.ended_on.is_none()) {
            let answers = answers(&snapshot, call, &notes, today).into_iter();
            let open = answers.filter(|it| it.issued.is_none() && own.contains(&it.unit.id));
            owed.extend(open.map(|answer| PlanOwed {
                directive: call.directive.clone(),
                unit: answer.unit,
                due: call.due,
                standing: answer.standing,
            }));
        }
        Ok(owed)
    }
}

/// All calls and all notes.
pub(crate) fn read(tx: &mut ReadTx<'_>) -> Result<(Vec<Call>, Vec<Note>), Error> {
    Ok((store::calls::all(tx)?, store::calls::notes(tx)?))
}

/// The units that a call is with on a day, each with those that were asked and whose place it took;
/// alone when it was asked itself.
pub(super) fn holders(
    snapshot: &Snapshot,
    call: &Call,
    today: Date,
) -> BTreeMap<UnitId, Vec<UnitId>> {
    let mut holders: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
    for unit in &call.units {
        let heirs = match snapshot.units.version_on(*unit, today) {
            Some(_) => vec![*unit],
            None => snapshot.heirs_on(*unit, today),
        };
        // A unit that ended without heirs still owes what it owed: nobody else does.
        let heirs = if heirs.is_empty() { vec![*unit] } else { heirs };
        for heir in heirs {
            holders.entry(heir).or_default().push(*unit);
        }
    }
    holders
}

/// How every unit that a call is with stands on a day: those that still owe first, by code.
pub(crate) fn answers(
    snapshot: &Snapshot,
    call: &Call,
    notes: &[Note],
    today: Date,
) -> Vec<Answer> {
    let issued = issued(snapshot, call, notes, today);
    let answer = |(unit, asked): (UnitId, Vec<UnitId>)| {
        let after: Vec<UnitId> = asked.into_iter().filter(|asked| *asked != unit).collect();
        let on = |unit: &UnitId| issued.get(unit).map(|issued| issued.on);
        let before: Vec<Option<Date>> = after.iter().map(on).collect();
        let own = on(&unit);
        let met = met_on(own, &before);
        let last = |before: &&UnitId| on(before) == met;
        let whose = if own.is_some() { Some(&unit) } else { after.iter().find(last) };
        Answer {
            issued: met.and(whose).and_then(|whose| issued.get(whose).cloned()),
            standing: standing(call.due, met, today),
            ends: ends(snapshot, unit, (today, call.due)),
            after: after.iter().map(|unit| snapshot.name(*unit, today)).collect(),
            unit: snapshot.name(unit, today),
            notes: false,
        }
    };
    let mut answers: Vec<Answer> = holders(snapshot, call, today).into_iter().map(answer).collect();
    answers.sort_by(|a, b| {
        (a.issued.is_some(), &a.unit.code).cmp(&(b.issued.is_some(), &b.unit.code))
    });
    answers
}

/// The last day of a unit and its heirs, when it ends before a plan is due.
fn ends(
    snapshot: &Snapshot,
    unit: UnitId,
    (today, due): (Date, Date),
) -> Option<(Date, Vec<UnitName>)> {
    let last = snapshot.units.version_on(unit, today)?.validity.to.filter(|to| *to < due)?;
    if snapshot.units.version_on(unit, due).is_some() {
        return None;
    }
    let heirs = match snapshot.units.heirs(unit, None, last, due) {
        Heirs::Carried(heirs) => heirs.into_iter().map(|(heir, _)| heir).collect(),
        Heirs::Broken { heirs, .. } => heirs,
        Heirs::Gone => Vec::new(),
    };
    Some((last, heirs.into_iter().map(|heir| snapshot.name(heir, due)).collect()))
}

/// The plans that carry out a directive by the units that issued them, of several the first.
fn issued(
    snapshot: &Snapshot,
    call: &Call,
    notes: &[Note],
    today: Date,
) -> HashMap<UnitId, Issued> {
    let carries_out = |plan: &&Directive| plan.implements.as_ref() == Some(&call.directive);
    let plans = snapshot.directives.iter().filter(carries_out);
    let of_register = plans.filter_map(|plan| {
        let on = plan.date.filter(|date| *date <= today)?;
        let unit = snapshot.units.find_any(plan.issuer_unit.as_deref()?, on)?;
        Some((unit, Issued { on, known: Known::Directive(plan.code.clone()) }))
    });
    let of_call = notes.iter().filter(|note| note.directive == call.directive);
    let noted = of_call.filter_map(|note| {
        let known = Known::Noted(note.number.clone());
        Some((note.unit, Issued { on: note.issued_on?, known }))
    });
    let mut issued: HashMap<UnitId, Issued> = HashMap::new();
    for (unit, plan) in of_register.chain(noted) {
        match issued.get(&unit) {
            Some(known) if known.on <= plan.on => {}
            Some(_) | None => {
                issued.insert(unit, plan);
            }
        }
    }
    issued
}
