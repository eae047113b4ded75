//! Scopes: which units' figures make one figure, as reported or restated.

use std::collections::BTreeSet;

use domain::period::Period;
use domain::unit::UnitId;
use jiff::civil::Date;
use rollup::{Carried, Group, TreeOrder};

use crate::answer::{NoValue, UnitName, View};
use crate::error::Error;
use crate::snapshot::Snapshot;

/// A unit, and the group of figures that is its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) unit: UnitName,
    pub(crate) group: Group,
    /// The view its figures are added up through.
    pub(crate) through: View,
    /// Whether the unit has a place in the tree the view shows, or had figures of its time.
    pub(crate) in_force: bool,
}

impl Scope {
    /// A unit with everything below. Restated to a day on which it no longer exists, its figures
    /// are those of its own time, whoever carries them on now: nothing is lost with the unit.
    pub(crate) fn of_unit(snapshot: &Snapshot, unit: UnitId, period: Period, view: View) -> Self {
        let stands = |day: Date| snapshot.order_on(day).position(unit).is_some();
        let day = snapshot.day_of(period, view);
        let (through, in_force) = match view {
            View::Restated(day) if stands(day) => (view, true),
            View::Reported | View::Restated(_) => {
                (View::Reported, stood_during(snapshot, unit, period))
            }
        };
        let day = if stands(day) { day } else { snapshot.end_of(period) };
        Self { unit: snapshot.name(unit, day), group: Group::Subtree(unit), through, in_force }
    }
}

/// Whether a unit existed on some day of a span.
fn stood_during(snapshot: &Snapshot, unit: UnitId, period: Period) -> bool {
    let (first, last) = snapshot.calendar().days(period);
    let span = domain::unit::Validity { from: Some(first), to: Some(last) };
    snapshot.units.versions_of(unit).iter().any(|version| version.validity.overlaps(&span))
}

/// The units of a level below a unit, in tree order. Restated below a unit that no longer exists,
/// they are the units of the level that its figures have gone to.
pub(crate) fn rows(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    view: View,
    level: &str,
) -> Result<Vec<Scope>, Error> {
    let day = snapshot.day_of(period, view);
    let order = snapshot.order_on(day);
    let has_level = |unit: UnitId| {
        snapshot.units.version_on(unit, day).is_some_and(|version| version.level == level)
    };
    let scope = |unit: UnitId, group| Scope {
        unit: snapshot.name(unit, day),
        group,
        through: view,
        in_force: true,
    };
    if let Some(position) = order.position(unit) {
        let below = units_in(order, order.subtree(position));
        let rows = below.filter(|&below| below != unit && has_level(below));
        return Ok(rows.map(|below| scope(below, Group::Subtree(below))).collect());
    }
    let heirs = heirs_of_level(snapshot, unit, period, day, &has_level)?;
    let within = |heir| Group::Members { of: unit, within: Some(heir) };
    Ok(heirs.into_iter().map(|heir| scope(heir, within(heir))).collect())
}

fn units_in(order: &TreeOrder, range: std::ops::Range<u32>) -> impl Iterator<Item = UnitId> + '_ {
    let range = range.start as usize..range.end as usize;
    order.units().get(range).into_iter().flatten().copied()
}

/// The units of a level on a day that carry on the units that stood under `unit`.
fn heirs_of_level(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    day: Date,
    has_level: &dyn Fn(UnitId) -> bool,
) -> Result<Vec<UnitId>, Error> {
    let end = snapshot.end_of(period);
    let then = snapshot.order_on(end);
    let now = snapshot.order_on(day);
    let Some(position) = then.position(unit) else { return Ok(Vec::new()) };
    let mut found = BTreeSet::new();
    for member in units_in(then, then.subtree(position)) {
        for heir in snapshot.book.heirs(&snapshot.units, member, end, day) {
            let mut next = now.position(heir);
            while let Some(position) = next {
                if now.units().get(position as usize).is_some_and(|&unit| has_level(unit)) {
                    found.insert(position);
                }
                next = now.parent(position);
            }
        }
    }
    let unit_at = |position: u32| now.units().get(position as usize).copied();
    Ok(found.into_iter().filter_map(unit_at).collect())
}

/// The level directly below a unit in what a view shows: of its first child.
pub(crate) fn level_below(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    view: View,
) -> Option<String> {
    let level_of = |unit: UnitId, day: Date| {
        snapshot.units.version_on(unit, day).map(|version| version.level.clone())
    };
    let first_below = |day: Date| {
        let order = snapshot.order_on(day);
        let range = order.subtree(order.position(unit)?);
        let child = order.units().get(range.start as usize + 1..range.end as usize)?.first()?;
        level_of(*child, day)
    };
    first_below(snapshot.day_of(period, view)).or_else(|| first_below(snapshot.end_of(period)))
}

/// How many units of a level stand in a scope at the end of a span.
///
/// Restated below a unit that no longer exists, a split unit counts where its largest share goes.
///
/// # Errors
/// Nobody has decided where a split unit's figures go.
pub(crate) fn count_level(
    snapshot: &Snapshot,
    scope: &Scope,
    period: Period,
    level: &str,
) -> Result<u32, NoValue> {
    let end = snapshot.end_of(period);
    let day = snapshot.day_of(period, scope.through);
    let found = match scope.group {
        Group::Subtree(unit) => units_of_level(snapshot, unit, day, level).len(),
        Group::Only(unit) => {
            let version = snapshot.units.version_on(unit, day);
            usize::from(version.is_some_and(|version| version.level == level))
        }
        Group::Members { of, within: None } => units_of_level(snapshot, of, end, level).len(),
        Group::Members { of, within: Some(within) } => {
            let members = units_of_level(snapshot, of, end, level);
            count_carried(snapshot, &members, within, end, day)?
        }
    };
    Ok(u32::try_from(found).unwrap_or(u32::MAX))
}

/// The units of a level in a unit's subtree on a day.
fn units_of_level(snapshot: &Snapshot, unit: UnitId, day: Date, level: &str) -> Vec<UnitId> {
    let order = snapshot.order_on(day);
    let range = order.position(unit).map_or(0..0, |position| order.subtree(position));
    let has_level = |unit: &UnitId| {
        snapshot.units.version_on(*unit, day).is_some_and(|version| version.level == level)
    };
    units_in(order, range).filter(has_level).collect()
}

/// How many of these units of one day stand in a subtree of another day.
fn count_carried(
    snapshot: &Snapshot,
    members: &[UnitId],
    within: UnitId,
    from: Date,
    to: Date,
) -> Result<usize, NoValue> {
    let now = snapshot.order_on(to);
    let range = now.position(within).map_or(0..0, |position| now.subtree(position));
    let inside =
        |heir: UnitId| now.position(heir).is_some_and(|position| range.contains(&position));
    let mut count = 0;
    let mut undecided = Vec::new();
    for &member in members {
        match snapshot.book.carried(&snapshot.units, member, None, from, to) {
            Carried::To(heir) => count += usize::from(inside(heir)),
            Carried::Split(shares) => {
                // The first of equal shares, so that the unit counts once.
                let largest = shares.iter().rev().max_by_key(|(_, millionths)| *millionths);
                count += usize::from(largest.is_some_and(|(heir, _)| inside(*heir)));
            }
            Carried::Broken(heirs) if heirs.iter().any(|heir| inside(*heir)) => {
                undecided.push(snapshot.name(member, from));
            }
            Carried::Broken(_) | Carried::Gone => {}
        }
    }
    if undecided.is_empty() { Ok(count) } else { Err(NoValue::BrokenSeries { units: undecided }) }
}
