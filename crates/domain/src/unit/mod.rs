//! Units: who reports, in a tree that keeps changing. One identity, dated versions.

mod checks;
mod heirs;
mod problem;
mod units;

use jiff::civil::Date;

pub use heirs::Heirs;
pub use problem::UnitError;
pub use units::Units;

/// The most units that may stand above one another.
pub const LEVELS_MAX: usize = 32;

/// A whole, in the millionths that shares are counted in.
pub const WHOLE_MILLIONTHS: u32 = 1_000_000;

/// The identity of a unit; codes come and go, this stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub i64);

/// First and last day on which something holds; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Validity {
    /// The first day, or from the beginning.
    pub from: Option<Date>,
    /// The last day, or without end.
    pub to: Option<Date>,
}

impl Validity {
    /// Whether `day` lies inside.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether two spans share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_in_time = |a: &Self, b: &Self| match (a.from, b.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts_in_time(self, other) && starts_in_time(other, self)
    }

    /// The days that two spans share.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let to = [self.to, other.to].into_iter().flatten().min();
        self.overlaps(other).then(|| Self { from: self.from.max(other.from), to })
    }

    /// The first of these days, from a day on, on which none of others holds.
    #[must_use]
    pub fn first_day_without(&self, others: &[Self], from: Date) -> Option<Date> {
        let mut day = self.from.map_or(from, |first| first.max(from));
        while self.to.is_none_or(|last| day <= last) {
            let Some(other) = others.iter().find(|other| other.holds_on(day)) else {
                return Some(day);
            };
            day = other.to?.tomorrow().ok()?;
        }
        None
    }
}

/// What a unit is called and where it stands, for a span of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Whose version this is.
    pub unit: UnitId,
    /// The days on which it holds.
    pub validity: Validity,
    /// The official code; reused over time, so never an identity.
    pub code: String,
    /// The bare name, NFC, without the kind: `Na Sầm`.
    pub name: String,
    /// The kind as written before the name: `xã`, `thị trấn`, `thôn`.
    pub kind: String,
    /// The level: `province`, `district`, `commune`, `village`, or another word of the office.
    pub level: String,
    /// The unit above.
    pub parent: Option<UnitId>,
}

/// What a line of a reorganisation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// A unit begins without a predecessor.
    Establish,
    /// Same area, another name.
    Rename,
    /// Same area, another code.
    Recode,
    /// Same area, another parent.
    Move,
    /// Several whole units become one.
    Merge,
    /// One unit becomes several.
    Split,
    /// A unit ends without an heir.
    Dissolve,
}

/// How much of the old unit goes to the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// Everything.
    Whole,
    /// A part whose size nobody has decided: the series is broken.
    UndecidedPart,
    /// A decided part, in millionths of the whole.
    Part {
        /// Millionths, 0 to 1,000,000.
        millionths: u32,
    },
}

/// One from → to line of a reorganisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// The first day of the new order.
    pub date: Date,
    /// What happens.
    pub change: Change,
    /// The old unit; none when one is established.
    pub from: Option<UnitId>,
    /// The new unit; none when one is dissolved.
    pub to: Option<UnitId>,
    /// How much goes over.
    pub carries: Carries,
    /// The document behind it: `Nghị quyết 1672/NQ-UBTVQH15`.
    pub instrument: String,
}

/// A person's recorded choice how an item of a split unit is carried over, in place of the
/// shares on the lines. For a unit that several were merged into, how its figures go back to
/// those units. Of two choices for the same unit, day and item the one recorded last stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitChoice {
    /// The unit that was split.
    pub from: UnitId,
    /// The first day of the new order.
    pub date: Date,
    /// For this item only, or for all.
    pub item: Option<crate::item::ItemId>,
    /// Heirs and their millionths, summing to one million; empty = a lasting break.
    pub shares: Vec<(UnitId, u32)>,
    /// Why.
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Days of July 2026.
    fn span(from: Option<i8>, to: Option<i8>) -> Validity {
        let day = |day: i8| date(2026, 7, day);
        Validity { from: from.map(day), to: to.map(day) }
    }

    #[test]
    fn the_first_day_that_nobody_else_has_is_found() {
        let always = span(None, None);
        let cases: [(Validity, &[Validity], Option<i8>); 9] = [
            (always, &[], Some(10)),
            (always, &[always], None),
            (always, &[span(Some(11), None)], Some(10)),
            (always, &[span(None, Some(10))], Some(11)),
            (always, &[span(Some(20), None), span(Some(1), Some(19))], None),
            (always, &[span(Some(21), None), span(Some(1), Some(19))], Some(20)),
            (span(Some(15), Some(18)), &[span(None, Some(14))], Some(15)),
            (span(Some(15), Some(18)), &[span(Some(12), Some(18))], None),
            // It is over already.
            (span(Some(1), Some(9)), &[], None),
        ];
        for (own, others, expected) in cases {
            let found = own.first_day_without(others, date(2026, 7, 10));
            assert_eq!(found, expected.map(|day| date(2026, 7, day)), "{own:?} {others:?}");
        }
    }
}
