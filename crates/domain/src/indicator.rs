//! Indicators: what is judged, as a formula over items.

use crate::expression::Formula;
use crate::item::Bilingual;
use crate::period::Frequency;

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Meet the plan; more is not better.
    Plan,
    /// Equal to the quota.
    Exact,
    /// Counted, never judged and never ranked.
    None,
}

impl Direction {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Up, Self::Down, Self::Plan, Self::Exact, Self::None];

    /// The code in files and databases.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Plan => "plan",
            Self::Exact => "exact",
            Self::None => "none",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|direction| direction.code() == code)
    }
}

/// Who may see an indicator's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Publicity {
    /// Everyone, down to the lowest unit.
    Public,
    /// Everyone, but only totals.
    PublicTotals,
    /// The offices of the tree.
    Internal,
    /// Named people only.
    Restricted,
}

impl Publicity {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Public, Self::PublicTotals, Self::Internal, Self::Restricted];

    /// The code in files and databases.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::PublicTotals => "public_totals",
            Self::Internal => "internal",
            Self::Restricted => "restricted",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|publicity| publicity.code() == code)
    }
}

/// How the figure of an indicator is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// A number with its measure: `152 đảng viên`.
    Count,
    /// A percentage: `90,7%`. The formula gives the ratio, the printer multiplies by 100.
    Percent,
    /// Count and share: `162/162 thôn (đạt 100%)`. The formula is a division.
    Coverage,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Count, Self::Percent, Self::Coverage];

    /// The code in files and databases.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Percent => "percent",
            Self::Coverage => "coverage",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.code() == code)
    }
}

/// What is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// The stable code: `A01`.
    pub code: String,
    /// The priority it belongs to, or none when common to all.
    pub priority: Option<String>,
    /// The name as printed.
    pub name: Bilingual,
    /// The unit of measure.
    pub measure: Bilingual,
    /// The checked formula; [`Formula::source`] is what the planner wrote. Ratios give a
    /// fraction (0.9), never a percentage.
    pub formula: Formula,
    /// How it is printed.
    pub shape: Shape,
    /// Decimals shown at most (of the percentage, for percentages).
    pub decimals: u8,
    /// Which way is good.
    pub direction: Direction,
    /// How often it is looked at.
    pub frequency: Frequency,
    /// Who may see it.
    pub publicity: Publicity,
    /// The counting rule shown beside the input field.
    pub note: Bilingual,
    /// Whether the status of the priority rests on it.
    pub headline: bool,
}
