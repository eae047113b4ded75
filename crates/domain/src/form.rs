//! Forms: the items a unit reports for a period, who owes them and by when.

use crate::item::{Bilingual, ItemId};
use crate::period::{Calendar, Frequency};

/// Who must fill a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// Every unit of a level that exists at the period's end.
    Level(String),
    /// The units with these codes at the period's end.
    Codes(Vec<String>),
    /// Every unit of the level below the units with these codes.
    LevelBelow {
        /// The level.
        level: String,
        /// The codes of the units above.
        codes: Vec<String>,
    },
}

/// When a form is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueRule {
    /// Days from the last day of the period to the deadline.
    pub days_after: u16,
}

/// A form: what a unit reports for a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The stable code.
    pub code: String,
    /// The name on screens.
    pub name: Bilingual,
    /// How often.
    pub frequency: Frequency,
    /// Which days a period covers.
    pub calendar: Calendar,
    /// Who fills it.
    pub assignment: Assignment,
    /// What it asks, in order.
    pub items: Vec<ItemId>,
    /// When it is due.
    pub due: DueRule,
}
