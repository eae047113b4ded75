//! Reads a workbook cell by cell, with limits.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::vet;
use crate::sheet::{Area, Cell, Limit, Place, Sheet, SheetError, SheetRow, Workbook};

/// How much of a workbook is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of one part of the archive once it is unpacked.
    pub part_bytes: u64,
    /// Bytes of all parts together once they are unpacked.
    pub unpacked_bytes: u64,
    /// Sheets.
    pub sheets: u64,
    /// The highest row that may hold something.
    pub rows: u32,
    /// The highest column that may hold something.
    pub columns: u32,
    /// Filled cells of all sheets together.
    pub cells: u64,
    /// Characters of one cell; 32,767 is what spreadsheet programs take.
    pub field_characters: usize,
    /// Bytes of the text and formulas of all cells together: one long text may be used by many.
    pub text_bytes: usize,
}

impl Limits {
    /// What a form that this program made can grow to when it is filled.
    pub const FORM: Self = Self {
        file_bytes: 2 << 20,
        part_bytes: 8 << 20,
        unpacked_bytes: 12 << 20,
        sheets: 20,
        rows: 2_000,
        columns: 500,
        cells: 100_000,
        field_characters: 4_000,
        text_bytes: 4 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 10 << 20,
            part_bytes: 50 << 20,
            unpacked_bytes: 100 << 20,
            sheets: 100,
            rows: 20_000,
            columns: 200,
            cells: 500_000,
            field_characters: 32_767,
            text_bytes: 32 << 20,
        }
    }
}

/// Reads all sheets of a workbook from its bytes.
///
/// Rows and cells that hold nothing are passed over, however far down or right they reach.
///
/// # Errors
/// Anything that is no workbook in the format of Excel 2007 and later, a damaged one, and whatever
/// passes a limit; with the sheet, row and column where they are known.
pub fn read_workbook(bytes: &[u8], limits: &Limits) -> Result<Workbook, SheetError> {
    vet::check(bytes, limits)?;
    // The parser works with the file's positions unchecked in places. What the vetting overlooks
    // is to end in a refusal, not in a panic.
    catch_unwind(AssertUnwindSafe(|| read_vetted(bytes, limits))).unwrap_or_else(|_| {
        let detail = "the parser panicked".to_owned();
        Err(SheetError::DamagedWorkbook { at: Place::default(), detail })
    })
}

/// What is still allowed.
struct Budget<'a> {
    limits: &'a Limits,
    cells: u64,
    text_bytes: usize,
}

fn read_vetted(bytes: &[u8], limits: &Limits) -> Result<Workbook, SheetError> {
    let nowhere = Place::default();
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error, nowhere))?;
    let listed: Vec<_> = xlsx
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    if listed.is_empty() {
        return Err(SheetError::NotAWorkbook);
    }
    let mut budget = Budget { limits, cells: limits.cells, text_bytes: limits.text_bytes };
    let mut sheets: Vec<Sheet> = Vec::with_capacity(listed.len());
    for (name, hidden) in listed {
        let at = Place { sheet: name.clone(), ..Place::default() };
        if sheets.iter().any(|sheet| sheet.name == name) {
            let detail = "two sheets of one name".to_owned();
            return Err(SheetError::DamagedWorkbook { at, detail });
        }
        let Some(rows) = read_rows(&mut xlsx, &name, &mut budget)? else { continue };
        let merged = xlsx
            .merge_cells_by_sheet_name(&name)
            .map_err(|error| refused(&error, at))?
            .iter()
            .map(area)
            .collect();
        sheets.push(Sheet { name, hidden, rows, merged });
    }
    Ok(Workbook { sheets })
}

/// The filled rows of one sheet; none for a tab that is no sheet of cells after all.
fn read_rows(
    xlsx: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    budget: &mut Budget<'_>,
) -> Result<Option<Vec<SheetRow>>, SheetError> {
    let place = |row, column| Place { sheet: name.to_owned(), row, column };
    let mut cells = match xlsx.worksheet_cells_reader(name) {
        Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
        other => other.map_err(|error| refused(&error, place(0, 0)))?,
    };
    let mut rows: Vec<SheetRow> = Vec::new();
    let mut last = (0, 0);
    loop {
        let next = cells.next_cell_with_formula();
        let next = next.map_err(|error| refused(&error, place(last.0, last.1)))?;
        let Some(found) = next else { return Ok(Some(rows)) };
        let (row, column) = (found.pos.0.saturating_add(1), found.pos.1.saturating_add(1));
        if (row, column) <= last {
            let detail = "cells out of order".to_owned();
            return Err(SheetError::DamagedWorkbook { at: place(row, column), detail });
        }
        last = (row, column);
        let cell = content(&found.value, found.formula, budget, &place(row, column))?;
        if cell == Cell::Empty {
            continue;
        }
        check_reach(row, column, budget, &place)?;
        match rows.last_mut() {
            Some(current) if current.number == row => current.cells.push((column, cell)),
            _ => rows.push(SheetRow { number: row, cells: vec![(column, cell)] }),
        }
    }
}

fn check_reach(
    row: u32,
    column: u32,
    budget: &mut Budget<'_>,
    place: &impl Fn(u32, u32) -> Place,
) -> Result<(), SheetError> {
    let limits = budget.limits;
    let passed = if row > limits.rows {
        Some((Limit::Rows, u64::from(limits.rows)))
    } else if column > limits.columns {
        Some((Limit::Columns, u64::from(limits.columns)))
    } else if budget.cells == 0 {
        Some((Limit::Cells, limits.cells))
    } else {
        None
    };
    if let Some((what, limit)) = passed {
        return Err(SheetError::TooLarge { at: place(row, column), what, limit });
    }
    budget.cells -= 1;
    Ok(())
}

fn content(
    value: &DataRef<'_>,
    formula: Option<String>,
    budget: &mut Budget<'_>,
    at: &Place,
) -> Result<Cell, SheetError> {
    let value = match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) => Cell::Number(decimal_text(*number)),
        DataRef::Bool(value) => Cell::Boolean(*value),
        DataRef::DateTime(date) if date.is_datetime() => {
            Cell::Date(date_text(date.as_f64(), date.to_ymd_hms_milli()))
        }
        // A length of time is a number of days.
        DataRef::DateTime(days) => Cell::Number(decimal_text(days.as_f64())),
        DataRef::DateTimeIso(text) => Cell::Date(spend(text, budget, at)?),
        DataRef::DurationIso(text) | DataRef::String(text) => text_cell(text, budget, at)?,
        DataRef::SharedString(text) => text_cell(text, budget, at)?,
        DataRef::Error(error) => Cell::Error(error.to_string()),
    };
    Ok(match formula {
        None => value,
        Some(formula) => {
            Cell::Formula { value: Box::new(value), formula: spend(&formula, budget, at)? }
        }
    })
}

fn text_cell(text: &str, budget: &mut Budget<'_>, at: &Place) -> Result<Cell, SheetError> {
    if text.is_empty() { Ok(Cell::Empty) } else { Ok(Cell::Text(spend(text, budget, at)?)) }
}

/// Copies a text, if it is not too long and there is still room for it.
fn spend(text: &str, budget: &mut Budget<'_>, at: &Place) -> Result<String, SheetError> {
    let too_large = |what, limit: usize| {
        Err(SheetError::TooLarge { at: at.clone(), what, limit: limit as u64 })
    };
    let longest = budget.limits.field_characters;
    if text.len() > longest && text.chars().count() > longest {
        return too_large(Limit::FieldCharacters, longest);
    }
    match budget.text_bytes.checked_sub(text.len()) {
        None => too_large(Limit::TextBytes, budget.limits.text_bytes),
        Some(left) => {
            budget.text_bytes = left;
            Ok(text.to_owned())
        }
    }
}

/// A number in plain decimal text with at most 15 significant digits, as spreadsheets show it.
fn decimal_text(number: f64) -> String {
    let shortest = number.to_string();
    if shortest == "-0" {
        return "0".to_owned();
    }
    if shortest.bytes().filter(u8::is_ascii_digit).count() <= 15 {
        return shortest;
    }
    // Rounded to 15 digits and read back, the number's shortest text has no more of them.
    format!("{number:.14e}").parse::<f64>().map_or(shortest, |rounded| rounded.to_string())
}

/// A day, a day with a time, or a time alone when the number counts less than a day.
fn date_text(days: f64, parts: (u16, u8, u8, u8, u8, u8, u16)) -> String {
    let (year, month, day, hour, minute, second, _) = parts;
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if (0.0..1.0).contains(&days) {
        time
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    }
}

fn area(merged: &Dimensions) -> Area {
    Area {
        top: merged.start.0.saturating_add(1),
        left: merged.start.1.saturating_add(1),
        bottom: merged.end.0.saturating_add(1),
        right: merged.end.1.saturating_add(1),
    }
}

fn refused(error: &XlsxError, at: Place) -> SheetError {
    match error {
        XlsxError::Password => SheetError::EncryptedWorkbook,
        XlsxError::RelationshipNotFound => SheetError::NotAWorkbook,
        other => SheetError::DamagedWorkbook { at, detail: other.to_string() },
    }
}
