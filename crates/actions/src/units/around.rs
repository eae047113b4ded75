//! The units around one: those above it and those right below, as far as somebody may look at them.

use domain::access::{Actor, Right};
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::answer::UnitName;
use crate::snapshot::Snapshot;

/// The most units that are listed below one; the pages of units lead to all others.
const BELOW_MAX: usize = 300;

impl Snapshot {
    /// The units above one, top first, the unit itself, and those right below it in the order of the tree:
    /// all that somebody may look at on a day.
    #[must_use]
    pub fn around(&self, who: &Actor, unit: UnitId, today: Date) -> Vec<UnitName> {
        let is_seen = |one: &UnitId| {
            *one == unit || self.check(who, Right::SeeFigures, Some(*one), today).is_ok()
        };
        let order = self.order_on(today);
        let above = self.above(unit, today).into_iter().map(|name| name.id);
        let below = order.position(unit).into_iter().flat_map(|position| order.children(position));
        let below = below.filter_map(|position| order.units().get(position as usize).copied());
        let below = below.filter(is_seen).take(BELOW_MAX);
        let all = above.filter(is_seen).chain([unit]).chain(below);
        all.map(|one| self.name(one, today)).collect()
    }
}
