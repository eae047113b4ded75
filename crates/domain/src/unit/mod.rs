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
