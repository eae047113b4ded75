//! Which units stand at or below one today; one that is gone stands where its figures went.

use std::ops::Range;

use domain::unit::UnitId;
use jiff::civil::Date;
use rollup::TreeOrder;

use crate::snapshot::Snapshot;

/// A unit with all below it on a day.
pub(crate) struct Below<'a> {
    snapshot: &'a Snapshot,
    order: &'a TreeOrder,
    unit: UnitId,
    range: Option<Range<u32>>,
    today: Date,
}

/// Which of some units stand there, by their numbers.
pub(crate) struct Inside(Vec<Option<bool>>);

impl<'a> Below<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, unit: UnitId, today: Date) -> Self {
        let order = snapshot.order_on(today).as_ref();
        let range = order.position(unit).map(|position| order.subtree(position));
        Self { snapshot, order, unit, range, today }
    }

    /// Whether a unit stands there.
    pub(crate) fn has(&self, unit: UnitId) -> bool {
        let is_inside = |unit: UnitId| {
            let position = self.order.position(unit);
            position.is_some_and(|at| self.range.as_ref().is_some_and(|range| range.contains(&at)))
        };
        let is_gone = || self.order.position(unit).is_none();
        let heirs = || self.snapshot.heirs_on(unit, self.today);
        unit == self.unit
            || is_inside(unit)
            || (is_gone() && heirs().into_iter().any(|heir| heir == self.unit || is_inside(heir)))
    }

    /// Which of some units stand there: each is looked up once, however often it comes.
    pub(crate) fn among(&self, units: impl Iterator<Item = UnitId>) -> Inside {
        let mut known: Vec<Option<bool>> = Vec::new();
        for unit in units {
            let Ok(index) = usize::try_from(unit.0) else { continue };
            if known.len() <= index {
                known.resize(index + 1, None);
            }
            known[index].get_or_insert_with(|| self.has(unit));
        }
        Inside(known)
    }
}

impl Inside {
    pub(crate) fn has(&self, unit: UnitId) -> bool {
        let index = usize::try_from(unit.0).ok();
        index.and_then(|index| *self.0.get(index)?).unwrap_or_default()
    }
}
