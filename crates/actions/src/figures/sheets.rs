//! Opening files for reading, and turning what their readers say into refusals.

use std::fs::File;
use std::io::BufReader;

use domain::refusal::{Limit, Location, Refusal, Refused};
use formats::csv::{CsvReader, Limits};
use formats::sheet::{self, SheetError, WorkerFailure};

use crate::imports::Input;

/// Rows of one import at most: it holds its figures in memory, about a hundred bytes each.
pub(crate) const ROWS_MAX: u64 = 20_000_000;

/// Opens a CSV file up to its header.
pub(crate) fn csv_reader(input: &Input) -> Result<CsvReader<BufReader<File>>, Refused> {
    let file = BufReader::with_capacity(1 << 16, input.open()?);
    let limits = Limits { rows: ROWS_MAX, ..Limits::default() };
    CsvReader::open(file, limits).map_err(|error| refused(&input.name, error))
}

/// What a reader says, with its place.
pub(crate) fn refused(file: &str, error: SheetError) -> Refused {
    let place = error.place().cloned().unwrap_or_default();
    let at = Location {
        file: file.to_owned(),
        sheet: place.sheet,
        row: place.row,
        column: place.column,
    };
    Refused { at, why: refusal(error) }
}

fn refusal(error: SheetError) -> Refusal {
    match error {
        SheetError::Empty => Refusal::EmptyFile,
        SheetError::NotUtf8 { .. } => Refusal::NotUtf8,
        SheetError::NulByte { .. } => Refusal::BrokenText { detail: "NUL".to_owned() },
        SheetError::OpenQuote { .. } => Refusal::BrokenText { detail: "\"".to_owned() },
        SheetError::WrongColumnCount { expected, found, .. } => {
            Refusal::WrongColumnCount { expected, found }
        }
        SheetError::DoubledHeader { header, .. } => Refusal::DoubledColumn { column: header },
        SheetError::TooLarge { what, limit, .. } => {
            Refusal::TooLarge { what: what_of(what), limit }
        }
        SheetError::NotAWorkbook => Refusal::NotAWorkbook,
        SheetError::OldWorkbook => Refusal::OldWorkbook,
        SheetError::EncryptedWorkbook => Refusal::EncryptedWorkbook,
        SheetError::DamagedWorkbook { detail, .. } | SheetError::Entities { part: detail } => {
            Refusal::DamagedWorkbook { detail }
        }
        SheetError::WorkerFailed(WorkerFailure::NotStarted(detail))
        | SheetError::NotRead { detail } => Refusal::FileNotOpened { detail },
        SheetError::WorkerFailed(
            WorkerFailure::TookTooLong | WorkerFailure::Stopped | WorkerFailure::Garbled,
        ) => Refusal::ReaderStopped,
    }
}

fn what_of(limit: sheet::Limit) -> Limit {
    match limit {
        sheet::Limit::FileBytes | sheet::Limit::UnpackedBytes | sheet::Limit::TextBytes => {
            Limit::FileBytes
        }
        sheet::Limit::Parts | sheet::Limit::Sheets => Limit::Sheets,
        sheet::Limit::Rows => Limit::Rows,
        sheet::Limit::Columns => Limit::Columns,
        sheet::Limit::Cells => Limit::Cells,
        sheet::Limit::LineBytes | sheet::Limit::FieldCharacters => Limit::FieldCharacters,
    }
}
