//! Carrying figures from the structure of one day to that of another.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{UnitId, Units, WHOLE_MILLIONTHS};
use crate::item::ItemId;

/// Where a unit's figures stand in the structure of another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heirs {
    /// With these units, in millionths that make one whole, by identity.
    Carried(Vec<(UnitId, u32)>),
    /// Nobody has decided how much goes where: the series is broken.
    Broken {
        /// The unit whose split, merger or end breaks it.
        unit: UnitId,
        /// The first day of the order that followed.
        date: Date,
        /// The units of the other day among which the figures would be shared, by identity.
        heirs: Vec<UnitId>,
    },
    /// With nobody: the unit ended, or did not exist yet, and no line says where its figures are.
    Gone,
}

/// Where a journey through the reorganisations stops.
struct Stop {
    unit: UnitId,
    date: Date,
}

/// A journey to another day, for one item.
struct Journey<'a> {
    units: &'a Units,
    item: Option<ItemId>,
    to_day: Date,
    carried: BTreeMap<UnitId, u32>,
    stop: Option<Stop>,
}

impl Units {
    /// Where a unit's figures of `from_day` stand in the structure of `to_day`, for an item, or
    /// without one by the choices made for all items.
    ///
    /// Forwards, lines dated after `from_day` and up to `to_day` are followed; whole units carry
    /// over by themselves, parts as decided. Backwards, a unit that came from a single one goes
    /// back to it, be it after a renaming or a split; one that several were merged into is broken
    /// unless a choice says how it goes back. A unit that was not in force on `from_day` starts
    /// from the nearest day on which it was.
    #[must_use]
    pub fn heirs(&self, unit: UnitId, item: Option<ItemId>, from_day: Date, to_day: Date) -> Heirs {
        let Some(start) = self.nearest_day(unit, from_day) else { return Heirs::Gone };
        let mut journey =
            Journey { units: self, item, to_day, carried: BTreeMap::new(), stop: None };
        if start <= to_day {
            journey.forwards(unit, start, WHOLE_MILLIONTHS);
        } else {
            journey.backwards(unit, start, WHOLE_MILLIONTHS);
        }
        let Some(Stop { unit: stopped, date }) = journey.stop else {
            return Heirs::Carried(journey.carried.into_iter().collect());
        };
        let mut heirs = BTreeSet::new();
        if start <= to_day {
            self.possible_heirs(unit, start, to_day, &mut heirs);
        } else {
            self.possible_origins(unit, start, to_day, &mut heirs);
        }
        if heirs.is_empty() {
            return Heirs::Gone;
        }
        Heirs::Broken { unit: stopped, date, heirs: heirs.into_iter().collect() }
    }

    /// The day on which a unit is in force, nearest to `day`, an earlier one before a later one.
    fn nearest_day(&self, unit: UnitId, day: Date) -> Option<Date> {
        if self.version_on(unit, day).is_some() {
            return Some(day);
        }
        let versions = self.versions_of(unit);
        let ended = versions.iter().filter_map(|version| version.validity.to);
        let before = ended.filter(|to| *to < day).max();
        before.or_else(|| versions.first()?.validity.from)
    }

    /// Every unit of `to_day` that a line leads to, whatever its share.
    fn possible_heirs(
        &self,
        unit: UnitId,
        after: Date,
        to_day: Date,
        heirs: &mut BTreeSet<UnitId>,
    ) {
        let Some(date) = self.next_departure(unit, after, to_day) else {
            heirs.extend(self.version_on(unit, to_day).map(|version| version.unit));
            return;
        };
        for heir in self.successors(unit, date) {
            self.possible_heirs(heir, date, to_day, heirs);
        }
    }

    /// Every unit of `to_day` that a line comes from.
    fn possible_origins(
        &self,
        unit: UnitId,
        last: Date,
        to_day: Date,
        origins: &mut BTreeSet<UnitId>,
    ) {
        let Some(date) = self.last_arrival(unit, to_day, last) else {
            origins.extend(self.version_on(unit, to_day).map(|version| version.unit));
            return;
        };
        let Ok(eve) = date.yesterday() else { return };
        for origin in self.predecessors(unit, date) {
            self.possible_origins(origin, eve, to_day, origins);
        }
    }
}

impl Journey<'_> {
    /// Follows the lines after a day, towards later days. Every step is to a later day, so it ends.
    fn forwards(&mut self, unit: UnitId, after: Date, millionths: u32) {
        let Some(date) = self.units.next_departure(unit, after, self.to_day) else {
            return self.arrive(unit, millionths);
        };
        let successors = self.units.successors(unit, date);
        let chosen = self.units.chosen_shares(unit, date, self.item, &successors);
        let shares = chosen.map(<[_]>::to_vec).or_else(|| self.units.shares_of_lines(unit, date));
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else {
            return self.stop_at(unit, date);
        };
        for (heir, millionths) in shared_out(millionths, &shares) {
            self.forwards(heir, date, millionths);
        }
    }

    /// Follows the lines up to a day, towards earlier days.
    fn backwards(&mut self, unit: UnitId, last: Date, millionths: u32) {
        let Some(date) = self.units.last_arrival(unit, self.to_day, last) else {
            return self.arrive(unit, millionths);
        };
        let origins = self.units.predecessors(unit, date);
        let shares = match *origins {
            [origin] => vec![(origin, WHOLE_MILLIONTHS)],
            _ => {
                let chosen = self.units.chosen_shares(unit, date, self.item, &origins);
                chosen.map(<[_]>::to_vec).unwrap_or_default()
            }
        };
        let Some(eve) = date.yesterday().ok().filter(|_| !shares.is_empty()) else {
            return self.stop_at(unit, date);
        };
        for (origin, millionths) in shared_out(millionths, &shares) {
            self.backwards(origin, eve, millionths);
        }
    }

    fn arrive(&mut self, unit: UnitId, millionths: u32) {
        if self.units.version_on(unit, self.to_day).is_some() {
            *self.carried.entry(unit).or_default() += millionths;
            return;
        }
        let end = self.units.last_version(unit).and_then(|version| version.validity.to);
        let date = end.and_then(|end| end.tomorrow().ok()).unwrap_or(self.to_day);
        self.stop_at(unit, date);
    }

    /// Remembers the first place where the way ends; one broken part breaks the whole.
    fn stop_at(&mut self, unit: UnitId, date: Date) {
        self.stop.get_or_insert(Stop { unit, date });
    }
}

/// Shares out millionths so that the parts make the whole again: the largest remainders get what
/// is left over, the earlier heir first.
fn shared_out(whole: u32, shares: &[(UnitId, u32)]) -> Vec<(UnitId, u32)> {
    let product = |share: u32| u64::from(whole) * u64::from(share);
    let one = u64::from(WHOLE_MILLIONTHS);
    let small = |part: u64| u32::try_from(part).expect("a part is no larger than the whole");
    let mut parts: Vec<(UnitId, u32)> =
        shares.iter().map(|(unit, share)| (*unit, small(product(*share) / one))).collect();
    let given: u32 = parts.iter().map(|(_, part)| part).sum();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by_key(|&index| std::cmp::Reverse(product(shares[index].1) % one));
    let left = usize::try_from(whole - given).expect("fewer are left over than there are heirs");
    for &index in by_remainder.iter().take(left) {
        parts[index].1 += 1;
    }
    parts.retain(|(_, part)| *part > 0);
    parts
}
