//! Collection: which reports of a unit's subtree are there and which are missing.

use std::collections::{BTreeMap, BTreeSet};

use domain::form::Form;
use domain::period::Period;
use domain::unit::UnitId;

use crate::answer::{Completeness, FormAnswer, UnitName};
use crate::snapshot::Snapshot;

/// Units named as missing at most.
const MISSING_MAX: usize = 20;

/// The forms owed in a unit's subtree during a span, with what is missing.
#[must_use]
pub fn forms(snapshot: &Snapshot, unit: UnitId, period: Period) -> Vec<FormAnswer> {
    snapshot
        .forms
        .iter()
        .enumerate()
        .filter_map(|(index, form)| answer(snapshot, index, form, unit, period))
        .filter(|answer| answer.completeness.expected > 0)
        .collect()
}

fn answer(
    snapshot: &Snapshot,
    index: usize,
    form: &Form,
    unit: UnitId,
    period: Period,
) -> Option<FormAnswer> {
    let parts = form.calendar.parts(period, form.frequency)?;
    let mut owing: BTreeSet<UnitId> = BTreeSet::new();
    let mut missing: BTreeMap<UnitId, Vec<Period>> = BTreeMap::new();
    let mut strip = Vec::with_capacity(parts.len());
    for base in parts {
        let owed = owed(snapshot, index, form, unit, base);
        let sent: BTreeSet<UnitId> =
            snapshot.book.receipts(index, base).iter().map(|receipt| receipt.unit).collect();
        let lacking: Vec<UnitId> =
            owed.iter().copied().filter(|unit| !sent.contains(unit)).collect();
        for &unit in &lacking {
            missing.entry(unit).or_default().push(base);
        }
        owing.extend(&owed);
        strip.push((base, completeness(owed.len(), lacking.len())));
    }
    let sum = |number: fn(&Completeness) -> u32| strip.iter().map(|(_, part)| number(part)).sum();
    let day = form.calendar.days(period).1;
    let named = missing.iter().take(MISSING_MAX);
    let named: Vec<(UnitName, Vec<Period>)> =
        named.map(|(&unit, periods)| (snapshot.name(unit, day), periods.clone())).collect();
    Some(FormAnswer {
        code: form.code.clone(),
        name: form.name.clone(),
        completeness: Completeness {
            reported: sum(|part| part.reported),
            expected: sum(|part| part.expected),
            units_expected: count(owing.len()),
            units_missing: count(missing.len()),
        },
        strip,
        missing: named,
    })
}

/// The units of the subtree that owe a form for a base period, in tree order.
fn owed(snapshot: &Snapshot, index: usize, form: &Form, unit: UnitId, base: Period) -> Vec<UnitId> {
    let order = snapshot.order_on(form.calendar.days(base).1);
    let expected = snapshot.book.expected(&snapshot.units, index, form, base);
    let Some(position) = order.position(unit) else { return Vec::new() };
    order
        .subtree(position)
        .filter(|&position| expected.contains(position))
        .filter_map(|position| order.units().get(position as usize).copied())
        .collect()
}

fn completeness(owed: usize, lacking: usize) -> Completeness {
    Completeness {
        reported: count(owed.saturating_sub(lacking)),
        expected: count(owed),
        units_expected: count(owed),
        units_missing: count(lacking),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
