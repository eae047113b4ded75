//! Submissions: one unit's figures for one form and period, with revisions.

use crate::item::ItemId;
use crate::number::{Decimal, Qualifier};
use crate::period::Period;
use crate::unit::UnitId;

/// Where a figure stood in the file it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The sheet, for workbooks.
    pub sheet: String,
    /// The row, counted from 1.
    pub row: u32,
    /// The column, counted from 1; 0 when the whole row is meant.
    pub column: u32,
}

/// One reported figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Of which item.
    pub item: ItemId,
    /// Of which class of the item; empty = the whole.
    pub class: String,
    /// The value at the item's scale.
    pub value: Decimal,
    /// How exact it claims to be.
    pub qualifier: Qualifier,
    /// What the reporter wrote beside it.
    pub note: String,
    /// Where it stood.
    pub place: Place,
}

/// One unit's figures for one form and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// A `UUIDv7`, made by the sender.
    pub id: String,
    /// The form's code.
    pub form: String,
    /// Who reports.
    pub unit: UnitId,
    /// About which span.
    pub period: Period,
    /// 1 for the first, one more for each correction.
    pub revision: u32,
    /// The import that brought it.
    pub import: i64,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// The figures, by item and class.
    pub figures: Vec<Figure>,
}
