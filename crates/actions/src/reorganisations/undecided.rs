//! Splits that wait for a person to say how figures are shared: the broken series.

use domain::unit::UnitId;
use jiff::civil::Date;

use crate::answer::UnitName;
use crate::snapshot::Snapshot;

/// A unit that was split, and nobody has decided how its figures are carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndecidedSplit {
    /// The split unit, as it was called before.
    pub unit: UnitName,
    /// The first day of the new order.
    pub date: Date,
    /// Its heirs, as they were called then.
    pub heirs: Vec<UnitName>,
}

/// All undecided splits, by day and code.
#[must_use]
pub fn undecided(snapshot: &Snapshot) -> Vec<UndecidedSplit> {
    let mut splits: Vec<UndecidedSplit> = Vec::new();
    for (from, date) in snapshot.units.undecided_splits() {
        let eve = date.yesterday().unwrap_or(date);
        let heirs: Vec<UnitId> = snapshot.units.successors(from, date);
        splits.push(UndecidedSplit {
            unit: snapshot.name(from, eve),
            date,
            heirs: heirs.into_iter().map(|heir| snapshot.name(heir, date)).collect(),
        });
    }
    splits.sort_by(|a, b| (a.date, &a.unit.code).cmp(&(b.date, &b.unit.code)));
    splits
}
