//! A workbook to be written, as plain data: tables with titles, headers, figures and notes.

use crate::document::{Orientation, Properties};

/// A workbook before it has a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// Properties of the file; the creation time is part of what makes its bytes.
    pub properties: Properties,
    /// The sheets, in the order of their tabs.
    pub sheets: Vec<SheetTable>,
}

/// One sheet: titles, a table, notes.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetTable {
    /// The text on the tab: at most 31 characters, without `[ ] : * ? / \`.
    pub name: String,
    /// How the printed sheet is turned.
    pub orientation: Orientation,
    /// The lines above the table, each across its whole width.
    pub titles: Vec<Title>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The header rows, filled like those of an HTML table: a cell takes the first place that no
    /// cell from the left or from above reaches into.
    pub header: Vec<Vec<HeaderCell>>,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// How many columns stay in sight when the table is moved sideways.
    pub frozen_columns: u16,
    /// The lines below the table.
    pub notes: Vec<String>,
}

/// A line above a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The text.
    pub text: String,
    /// How it is set.
    pub style: TitleStyle,
}

/// How a line above a table is set; all are centred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleStyle {
    /// The number of an appendix or the name of the table: bold.
    Main,
    /// What it belongs to, the unit, the period: in italics.
    Sub,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// The width in characters.
    pub width: f64,
    /// Where its cells stand.
    pub alignment: Alignment,
    /// What becomes of what somebody types into it.
    pub typing: Typing,
}

/// What becomes of what is typed below a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typing {
    /// The spreadsheet makes of it what it likes.
    Any,
    /// It stays as it was typed: a code keeps the nulls that it begins with.
    AsText,
}

/// Where the content of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// At the left edge, for text.
    Left,
    /// In the middle, for numbering, codes and short words.
    Centre,
    /// At the right edge, for figures.
    Right,
}

/// A cell of a header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderCell {
    /// The text.
    pub text: String,
    /// How many columns it goes over.
    pub columns: u16,
    /// How many rows it goes over.
    pub rows: u16,
}

impl HeaderCell {
    /// A header over one column.
    pub fn one(text: impl Into<String>) -> Self {
        Self { text: text.into(), columns: 1, rows: 1 }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The cells from the left; columns without one stay empty.
    pub cells: Vec<CellOut>,
    /// How the row stands out.
    pub emphasis: Emphasis,
}

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// Not at all.
    Plain,
    /// The head of a group of rows: bold on a tint.
    Group,
    /// A total: bold.
    Total,
}

/// What a cell is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellOut {
    /// Nothing.
    Empty,
    /// Text, and only ever text: `=1+1` stays these four characters.
    Text(String),
    /// A number that the spreadsheet can go on counting with.
    Number {
        /// In plain decimal text, `-1234.5`; a percentage as people say it, `101.3`.
        value: String,
        /// How it is shown.
        format: NumberFormat,
    },
}

/// How a number is shown. Separators follow the reader's own settings.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NumberFormat {
    /// Digits after the decimal mark.
    pub decimals: u8,
    /// As it is, or as a percentage.
    pub scale: Scale,
    /// Words before it, such as `hơn ` for a figure that is a bound.
    pub prefix: String,
}

/// Whether a number counts things or hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// As it is.
    Plain,
    /// Hundredths, shown with a percent sign.
    Percent,
}

impl NumberFormat {
    /// A number with `decimals` digits after the decimal mark.
    #[must_use]
    pub fn plain(decimals: u8) -> Self {
        Self { decimals, scale: Scale::Plain, prefix: String::new() }
    }

    /// A percentage with `decimals` digits after the decimal mark.
    #[must_use]
    pub fn percent(decimals: u8) -> Self {
        Self { decimals, scale: Scale::Percent, prefix: String::new() }
    }
}

/// Why a workbook could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A name that no tab can bear, or that two sheets share.
    #[error("the sheet name {name:?}")]
    SheetName {
        /// The name.
        name: String,
    },
    /// A value that is no plain decimal number.
    #[error("{value:?} on sheet {sheet} is no number")]
    NotANumber {
        /// The sheet.
        sheet: String,
        /// The value.
        value: String,
    },
    /// A header or row with more cells than the table has columns, or cells over each other.
    #[error("row {row} of sheet {sheet} does not fit the columns")]
    RowShape {
        /// The sheet.
        sheet: String,
        /// The row of the sheet, counted from 1.
        row: u32,
    },
    /// The writer refused; the text is for us, not for people.
    #[error("the workbook writer: {0}")]
    Rejected(String),
}
