//! What a sheet holds once it is read, and why a file could not be read.

use serde::{Deserialize, Serialize};

/// A workbook: its sheets, in the order of their tabs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Workbook {
    /// The sheets; charts on a tab of their own are left out.
    pub sheets: Vec<Sheet>,
}

/// One sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// The text on the tab, as written.
    pub name: String,
    /// Whether people have to unhide the sheet to see it.
    pub hidden: bool,
    /// The rows that hold something, in ascending order.
    pub rows: Vec<SheetRow>,
    /// The ranges merged into one cell; their text stands in the first cell.
    pub merged: Vec<Area>,
}

/// One row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SheetRow {
    /// The row's number, counted from 1.
    pub number: u32,
    /// The cells that hold something: column counted from 1, ascending, and content.
    pub cells: Vec<(u32, Cell)>,
}

/// A rectangle of cells; all four edges are counted from 1 and belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The first row.
    pub top: u32,
    /// The first column.
    pub left: u32,
    /// The last row.
    pub bottom: u32,
    /// The last column.
    pub right: u32,
}

/// What one cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text, as written: neither trimmed nor brought to one Unicode form.
    Text(String),
    /// A number in plain decimal text, `-1234.5`: at most the 15 significant digits that people
    /// see in the cell, so that `0.1 + 0.2` reads `0.3`.
    Number(String),
    /// `TRUE` or `FALSE`.
    Boolean(bool),
    /// A number shown as a date or a time of day, in ISO 8601: `2022-03-01`,
    /// `2022-03-01T07:30:00`.
    Date(String),
    /// A formula with the result that was stored beside it; the caller decides what it is worth.
    Formula {
        /// The stored result; empty when the program that wrote the file stored none.
        value: Box<Self>,
        /// The formula, without the equals sign.
        formula: String,
    },
    /// An error the spreadsheet itself reports: `#REF!`, `#DIV/0!`.
    Error(String),
}

impl Cell {
    /// The content that counts: of a formula its stored result, of anything else itself.
    #[must_use]
    pub fn value(&self) -> &Self {
        match self {
            Self::Formula { value, .. } => value.value(),
            _ => self,
        }
    }
}

impl Sheet {
    /// The cell at a row and column, both counted from 1; empty when nothing is there.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> &Cell {
        self.rows
            .binary_search_by_key(&row, |row| row.number)
            .ok()
            .and_then(|index| self.rows.get(index))
            .map_or(&Cell::Empty, |row| row.cell(column))
    }
}

impl SheetRow {
    /// The cell in a column, counted from 1; empty when nothing is there.
    #[must_use]
    pub fn cell(&self, column: u32) -> &Cell {
        self.cells
            .binary_search_by_key(&column, |cell| cell.0)
            .ok()
            .and_then(|index| self.cells.get(index))
            .map_or(&Cell::Empty, |cell| &cell.1)
    }
}

impl Area {
    /// Whether a cell, counted from 1, lies inside.
    #[must_use]
    pub fn contains(&self, row: u32, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }
}

/// Where in a file the trouble stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Place {
    /// The sheet; empty for text files.
    pub sheet: String,
    /// The row of the sheet or the line of the text file, counted from 1; 0 = none.
    pub row: u32,
    /// The column, counted from 1; 0 = none.
    pub column: u32,
}

/// What was larger than is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// Bytes of the file.
    FileBytes,
    /// Bytes of a workbook once it is unpacked.
    UnpackedBytes,
    /// Parts inside a workbook: files of its archive, or records of one kind in them.
    Parts,
    /// Sheets of a workbook.
    Sheets,
    /// Rows.
    Rows,
    /// Columns.
    Columns,
    /// Filled cells of a workbook.
    Cells,
    /// Bytes of one line of a text file.
    LineBytes,
    /// Characters of one cell or field.
    FieldCharacters,
    /// Bytes of all the text of a workbook together.
    TextBytes,
}

/// How the process that reads a workbook failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkerFailure {
    /// It could not be started; with what the system said.
    NotStarted(String),
    /// It was not done in time.
    TookTooLong,
    /// It stopped without an answer, mostly for want of memory.
    Stopped,
    /// Its answer was larger than is taken, or made no sense.
    Garbled,
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum SheetError {
    /// The file holds nothing, not even a header row.
    #[error("the file is empty")]
    Empty,
    /// A byte that is no UTF-8.
    #[error("not UTF-8 at {at:?}")]
    NotUtf8 {
        /// Where the first such byte stands.
        at: Place,
    },
    /// A NUL character.
    #[error("a NUL character at {at:?}")]
    NulByte {
        /// Where.
        at: Place,
    },
    /// A quotation mark that is opened and never closed.
    #[error("an open quotation mark at {at:?}")]
    OpenQuote {
        /// Where the row begins.
        at: Place,
    },
    /// A row with more or fewer fields than the header.
    #[error("{found} fields instead of {expected} at {at:?}")]
    WrongColumnCount {
        /// Where the row begins.
        at: Place,
        /// The fields of the header.
        expected: u32,
        /// The fields of the row.
        found: u32,
    },
    /// The same header twice.
    #[error("the header {header} again at {at:?}")]
    DoubledHeader {
        /// Where it stands the second time.
        at: Place,
        /// The header.
        header: String,
    },
    /// More than is taken.
    #[error("more than {limit} of {what:?} at {at:?}")]
    TooLarge {
        /// Where the limit was passed.
        at: Place,
        /// What there is too much of.
        what: Limit,
        /// How much is taken.
        limit: u64,
    },
    /// Not a workbook, whatever its name says.
    #[error("not a workbook")]
    NotAWorkbook,
    /// A workbook in the format of Excel 97–2003.
    #[error("a workbook in the format of Excel 97-2003")]
    OldWorkbook,
    /// A workbook locked with a password.
    #[error("a workbook locked with a password")]
    EncryptedWorkbook,
    /// A workbook whose parts are cut off, missing or contradict each other.
    #[error("a damaged workbook at {at:?}: {detail}")]
    DamagedWorkbook {
        /// Where, as far as it is known.
        at: Place,
        /// What the reader said; for us, not for people.
        detail: String,
    },
    /// A workbook that declares XML entities, which no spreadsheet program writes.
    #[error("XML entities declared in {part}")]
    Entities {
        /// The part of the archive.
        part: String,
    },
    /// The process that reads workbooks gave no answer.
    #[error("the reading process failed: {0:?}")]
    WorkerFailed(WorkerFailure),
    /// The bytes could not be fetched.
    #[error("reading failed: {detail}")]
    NotRead {
        /// What the system said.
        detail: String,
    },
}

impl SheetError {
    /// Where the trouble stands, when the error has a place.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::NotUtf8 { at }
            | Self::NulByte { at }
            | Self::OpenQuote { at }
            | Self::WrongColumnCount { at, .. }
            | Self::DoubledHeader { at, .. }
            | Self::TooLarge { at, .. }
            | Self::DamagedWorkbook { at, .. } => Some(at),
            Self::Empty
            | Self::NotAWorkbook
            | Self::OldWorkbook
            | Self::EncryptedWorkbook
            | Self::Entities { .. }
            | Self::WorkerFailed(_)
            | Self::NotRead { .. } => None,
        }
    }

    /// Whether nothing more can be read from the file after this error.
    ///
    /// After the others the next row may be asked for, so that one import lists all its errors.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        !matches!(
            self,
            Self::WrongColumnCount { .. } | Self::TooLarge { what: Limit::FieldCharacters, .. }
        )
    }
}
