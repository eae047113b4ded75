//! How many units owe an item's figure in a scope, counted once however many periods they owe.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use domain::unit::UnitId;
use rollup::{Bitmap, Group, TreeOrder};

use super::moments::Held;
use super::scope::Scope;
use crate::answer::View;
use crate::snapshot::Snapshot;

/// The units that owe in one era.
struct Owing<'a> {
    order: &'a TreeOrder,
    expected: &'a Bitmap,
    /// Restated: where the units stand on the tree asked for, beside where they stood, in order.
    placed: Vec<(u32, u32)>,
}

/// The number of units that owe, for every scope.
pub(super) fn units_expected(
    snapshot: &Snapshot,
    held: &[Held],
    view: View,
    scopes: &[Scope],
) -> Vec<u32> {
    let eras = eras(snapshot, held, view);
    let target = match view {
        View::Reported => None,
        View::Restated(day) => Some(snapshot.order_on(day)),
    };
    scopes.iter().map(|scope| count(&eras, scope.group, target)).collect()
}

/// One entry per tree: who owes does not change while the tree does not.
fn eras<'a>(snapshot: &'a Snapshot, held: &'a [Held], view: View) -> Vec<Owing<'a>> {
    let mut eras: Vec<Owing<'a>> = Vec::new();
    for held in held {
        let order: &Arc<TreeOrder> = snapshot.order_on(held.day);
        if eras.iter().any(|era| std::ptr::eq(era.order, Arc::as_ptr(order))) {
            continue;
        }
        let placed = match view {
            View::Reported => Vec::new(),
            View::Restated(_) => placed(snapshot, held, order, view),
        };
        eras.push(Owing { order, expected: &held.expected, placed });
    }
    eras
}

fn placed(snapshot: &Snapshot, held: &Held, order: &TreeOrder, view: View) -> Vec<(u32, u32)> {
    let View::Restated(to) = view else { return Vec::new() };
    let target = snapshot.order_on(to);
    let mut placed = Vec::new();
    for (position, &unit) in (0..).zip(order.units()) {
        if !held.expected.contains(position) {
            continue;
        }
        let heirs = snapshot.book.heirs(&snapshot.units, unit, held.day, to);
        let heirs = heirs.into_iter().filter_map(|heir| target.position(heir));
        placed.extend(heirs.map(|heir| (heir, position)));
    }
    placed.sort_unstable();
    placed
}

fn count(eras: &[Owing<'_>], group: Group, target: Option<&Arc<TreeOrder>>) -> u32 {
    match (eras, group, target) {
        // The usual case needs no list of units.
        ([era], Group::Subtree(unit), None) => era
            .order
            .position(unit)
            .map_or(0, |position| era.expected.count(era.order.subtree(position))),
        _ => {
            let units: BTreeSet<UnitId> =
                eras.iter().flat_map(|era| owing(era, group, target)).collect();
            u32::try_from(units.len()).unwrap_or(u32::MAX)
        }
    }
}

/// The units of an era that owe in a group.
fn owing(era: &Owing<'_>, group: Group, target: Option<&Arc<TreeOrder>>) -> Vec<UnitId> {
    let range_in = |order: &TreeOrder, unit: UnitId| -> Range<u32> {
        order.position(unit).map_or(0..0, |position| order.subtree(position))
    };
    let own = |range: Range<u32>| -> Vec<u32> {
        range.filter(|&position| era.expected.contains(position)).collect()
    };
    let moved_into = |range: Range<u32>| -> Vec<u32> {
        let from = era.placed.partition_point(|&(heir, _)| heir < range.start);
        let to = era.placed.partition_point(|&(heir, _)| heir < range.end);
        era.placed.get(from..to).into_iter().flatten().map(|&(_, position)| position).collect()
    };
    let positions = match (group, target) {
        (Group::Subtree(unit), None) | (Group::Members { of: unit, within: None }, _) => {
            own(range_in(era.order, unit))
        }
        (Group::Subtree(unit), Some(target)) => moved_into(range_in(target, unit)),
        (Group::Only(unit), _) => own(era.order.position(unit).map_or(0..0, |at| at..at + 1)),
        (Group::Members { of, within: Some(within) }, target) => {
            let stood = range_in(era.order, of);
            let goes = target.map_or(0..0, |target| range_in(target, within));
            moved_into(goes).into_iter().filter(|position| stood.contains(position)).collect()
        }
    };
    let unit_at = |position: u32| era.order.units().get(position as usize).copied();
    positions.into_iter().filter_map(unit_at).collect()
}
