//! Items: the raw figures that are collected or counted.

use crate::number::Decimal;

/// A small number that stands for an item inside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// Words in both languages of the screens.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    /// Vietnamese, NFC.
    pub vi: String,
    /// English.
    pub en: String,
}

/// How figures become one figure, over units or over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aggregate {
    /// Adds them.
    Sum,
    /// Their mean, as a fraction.
    Mean,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The latest reported (over time; over units: the last unit in tree order).
    Last,
    /// The earliest reported.
    First,
    /// How many there are.
    Count,
    /// They may not be aggregated: only a single figure answers.
    None,
}

impl Aggregate {
    /// All of them, in the order of the glossary.
    pub const ALL: [Self; 8] = [
        Self::Sum,
        Self::Mean,
        Self::Min,
        Self::Max,
        Self::Last,
        Self::First,
        Self::Count,
        Self::None,
    ];

    /// The code in files and databases.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Min => "min",
            Self::Max => "max",
            Self::Last => "last",
            Self::First => "first",
            Self::Count => "count",
            Self::None => "none",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|aggregate| aggregate.code() == code)
    }
}

/// One class of a disaggregation: `nu`, women.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// The code in files.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
}

/// A raw figure that units report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number inside the program.
    pub id: ItemId,
    /// The stable code, printed on forms too; letters, digits, `_` and `.`.
    pub code: String,
    /// The name on forms.
    pub name: Bilingual,
    /// The unit of measure: `đảng viên`, `members`.
    pub measure: Bilingual,
    /// Decimals collected, 0 to 4.
    pub scale: u8,
    /// How it aggregates over units.
    pub over_units: Aggregate,
    /// How it aggregates over time.
    pub over_time: Aggregate,
    /// The classes it may be broken down by; empty when not broken down.
    pub classes: Vec<Class>,
    /// The smallest value that can be, at the item's scale; zero unless the pack says otherwise.
    pub minimum: Decimal,
    /// The largest value that can be, at the item's scale; none when there is no end.
    pub maximum: Option<Decimal>,
}

impl Item {
    /// The name of a class; empty for the whole.
    #[must_use]
    pub fn class_name(&self, code: &str) -> Bilingual {
        let class = self.classes.iter().find(|class| class.code == code);
        class.map(|class| class.name.clone()).unwrap_or_default()
    }

    /// Whether it counts what happened in a period, so that nothing may have happened.
    #[must_use]
    pub fn is_flow(&self) -> bool {
        self.over_units == Aggregate::Sum && self.over_time == Aggregate::Sum
    }

    /// Whether a value can be. Of a bound such as `trên 30` the number is looked at.
    #[must_use]
    pub fn allows(&self, value: Decimal) -> bool {
        self.minimum <= value && self.maximum.is_none_or(|maximum| value <= maximum)
    }
}
