//! Taking in a reorganisation: closes the old units, links them to their heirs, and lets the units
//! below a whole unit move with it.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Actor;
use domain::refusal::{Location, Refusal, Refused};
use domain::unit::{Carries, Change, Succession, UnitId, Validity, Version};
use jiff::civil::Date;
use store::WriteTx;

use super::decisions::{self, Found};
use super::lines::{self, Event, Line};
use crate::door::Kind;
use crate::error::Error;
use crate::imports::{Arrival, Input, Notice, Refusals};
use crate::units::register::Register;

/// What an import of a reorganisation did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReorganisationImport {
    /// Lines read.
    pub lines: usize,
    /// Old units that went over whole.
    pub whole: usize,
    /// Old units that were split without anyone having said how: broken series until decided.
    pub undecided: usize,
    /// Splits recorded before for which shares were decided now.
    pub decided: usize,
    /// What else is worth knowing.
    pub notices: Vec<Notice>,
}

/// Takes in reorganisations, all files or none.
///
/// # Errors
/// Every line that cannot be taken, with its place; or the database failed.
pub fn import(
    tx: &mut WriteTx,
    who: &Actor,
    inputs: &[Input],
    event: Option<&Event>,
    now_ms: i64,
) -> Result<ReorganisationImport, Error> {
    let mut refusals = Refusals::default();
    let mut outcome = ReorganisationImport::default();
    let mut register = Register::load(tx)?;
    let mut arrivals = Vec::new();
    let mut named: Vec<([String; 2], Location)> = Vec::new();
    for input in inputs {
        let kind = Kind::ReorganisationsImported;
        let Some(arrival) = Arrival::of(tx, kind, input, &mut refusals, &mut outcome.notices)?
        else {
            continue;
        };
        let Some(lines) = lines::read(input, event, &mut refusals) else { continue };
        outcome.lines += lines.len();
        named.extend(
            lines.iter().map(|line| {
                ([line.old_code.clone(), line.new_code.clone()], line.places[0].clone())
            }),
        );
        let resolved: Vec<Found<'_>> = lines
            .iter()
            .filter_map(|line| {
                let found = resolve(&mut register, line, &mut outcome.notices);
                Some((line, refusals.take(found)?))
            })
            .collect();
        if refusals.is_empty() {
            let (new, choices) = decisions::sort_out(&register, resolved);
            outcome.decided += choices.len();
            choices.into_iter().for_each(|choice| register.add_choice(choice));
            carry_out(&mut register, &new, &mut outcome);
        }
        arrivals.push((arrival, lines.len()));
    }
    register.finish(tx, refusals, &named, arrivals, (who.into(), now_ms))?;
    Ok(outcome)
}

/// A line's two units, as versions of the register.
pub(super) struct Resolved {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
}

/// Finds the old unit on the day before and the new one on the day; a new unit whose list begins
/// only later is taken to exist from the day.
fn resolve(
    register: &mut Register,
    line: &Line,
    notices: &mut Vec<Notice>,
) -> Result<Resolved, Refused> {
    let [old_at, new_at] = &line.places;
    let eve = line.date.yesterday().unwrap_or(line.date);
    let unknown = |at: &Location, code: &str, day| Refused {
        at: at.clone(),
        why: Refusal::UnknownUnit { code: code.to_owned(), day: Some(day) },
    };
    let old = match line.old_code.as_str() {
        "" => None,
        code => Some(register.on(code, eve).ok_or_else(|| unknown(old_at, code, eve))?),
    };
    let new = match line.new_code.as_str() {
        "" => None,
        code => Some(match register.on(code, line.date) {
            Some(index) => index,
            None => {
                let later = register
                    .next_after(code, line.date)
                    .ok_or_else(|| unknown(new_at, code, line.date))?;
                notices.extend(register.begin_earlier(later, line.date));
                later
            }
        }),
    };
    Ok(Resolved { old, new })
}

fn carry_out(register: &mut Register, lines: &[Found<'_>], outcome: &mut ReorganisationImport) {
    let mut heirs: BTreeMap<(Date, UnitId), BTreeSet<UnitId>> = BTreeMap::new();
    let mut origins: BTreeMap<(Date, UnitId), BTreeSet<UnitId>> = BTreeMap::new();
    for (line, found) in lines {
        let [old, new] =
            [found.old, found.new].map(|index| index.map(|index| register.version(index).unit));
        if let (Some(old), Some(new)) = (old, new) {
            heirs.entry((line.date, old)).or_default().insert(new);
            origins.entry((line.date, new)).or_default().insert(old);
        }
    }
    let mut undecided = BTreeSet::new();
    let mut whole = BTreeSet::new();
    for (line, found) in lines {
        let old = found.old.map(|index| register.version(index).clone());
        let new = found.new.map(|index| register.version(index).clone());
        if let Some(old) = &old {
            match line.carries {
                Carries::Whole => whole.insert((line.date, old.unit)),
                Carries::UndecidedPart => undecided.insert((line.date, old.unit)),
                Carries::Part { .. } => false,
            };
        }
        let joins = new.as_ref().is_some_and(|new| {
            origins.get(&(line.date, new.unit)).is_some_and(|origins| origins.len() > 1)
        });
        let change =
            line.change.unwrap_or_else(|| derived_change(line, old.as_ref(), new.as_ref(), joins));
        link(register, line, change, old.as_ref(), new.as_ref());
    }
    for (&(date, unit), heirs) in &heirs {
        let only = heirs.first().copied().filter(|_| heirs.len() == 1);
        let whole = whole.contains(&(date, unit)) && !undecided.contains(&(date, unit));
        outcome.notices.extend(move_below(register, unit, only.filter(|_| whole), date));
    }
    outcome.whole += whole.len();
    outcome.undecided += undecided.len();
}

/// What a crosswalk's line does, from its two units and the lines around it.
fn derived_change(
    line: &Line,
    old: Option<&Version>,
    new: Option<&Version>,
    joins: bool,
) -> Change {
    match (old, new) {
        (None, _) => Change::Establish,
        (_, None) => Change::Dissolve,
        _ if line.carries != Carries::Whole => Change::Split,
        _ if joins => Change::Merge,
        (Some(old), Some(new)) if old.name != new.name || old.kind != new.kind => Change::Rename,
        (Some(old), Some(new)) if old.code != new.code => Change::Recode,
        _ => Change::Move,
    }
}

/// Records the line and ends the old unit, unless it lives on as its own heir.
fn link(
    register: &mut Register,
    line: &Line,
    change: Change,
    old: Option<&Version>,
    new: Option<&Version>,
) {
    let lives_on = matches!((old, new), (Some(old), Some(new)) if old.unit == new.unit);
    if lives_on && line.carries == Carries::Whole {
        return;
    }
    register.add_succession(Succession {
        date: line.date,
        change,
        from: old.map(|old| old.unit),
        to: new.map(|new| new.unit),
        carries: line.carries,
        instrument: line.instrument.clone(),
    });
    if let Some(old) = old.filter(|_| !lives_on) {
        register.end_before(old.unit, line.date);
    }
}

/// Lets the units below a unit that ends move to its only heir; without one they are left for a
/// person to place.
fn move_below(
    register: &mut Register,
    unit: UnitId,
    heir: Option<UnitId>,
    date: Date,
) -> Option<Notice> {
    if heir == Some(unit) {
        return None;
    }
    let left: Vec<usize> = register.below_on(unit, date);
    if left.is_empty() {
        return None;
    }
    let name_of = |register: &Register, unit| {
        register.any_version_of(unit).map_or_else(String::new, |version| version.name.clone())
    };
    let units = left.len();
    let Some(heir) = heir else {
        return Some(Notice::LeftWithoutParent { parent: name_of(register, unit), units });
    };
    for index in left {
        let moved = Version {
            validity: Validity { from: Some(date), to: register.version(index).validity.to },
            parent: Some(heir),
            ..register.version(index).clone()
        };
        register.end_version_before(index, date);
        register.add(moved);
    }
    let code = register.any_version_of(unit).map(|version| version.code.clone());
    Some(Notice::MovedWithParent {
        code: code.unwrap_or_default(),
        parent: name_of(register, unit),
        heir: name_of(register, heir),
        units,
    })
}
