//! A grid as a workbook: which cells mean what, and what a filled one would change.
//!
//! The first row and the first column are hidden and say what the rest is about: the form, period
//! and unit, the key of each column and the unit of each row. Headings are for people only.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Actor;
use domain::collecting::CollectingProblem;
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::text;
use domain::unit::UnitId;
use formats::sheet::{Cell, Sheet, SheetRow, Workbook};
use store::ReadTx;

use super::page::{GridPage, page, row_page, units};
use super::{SEPARATOR, Scope, TypedCell, TypedRow, alike, plain};
use crate::accounts::Moment;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::submissions::entry::EntryPage;
use crate::submissions::field_key;

/// The key of the column with what stood in a row when the workbook was made.
pub const WAS: &str = "#was";

/// The key of the column for notes.
pub const NOTE: &str = "#note";

/// The mark with which the first cell begins.
const MARK: &str = "dotpha";

/// The longest text that a cell of a form takes, in characters.
const TEXT_MAX: usize = 60;

/// The longest note, in characters.
const NOTE_MAX: usize = 500;

/// The first cell of a workbook: what it is about.
#[must_use]
pub fn marker(page: &GridPage) -> String {
    let Scope { form, period, .. } = &page.scope;
    let period = period.to_string();
    let parts = [MARK, "1", form.as_str(), period.as_str(), page.unit.code.as_str()];
    parts.join(&SEPARATOR.to_string())
}

/// What a filled workbook would change.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The grid; its rows are those that the workbook changes, as they would be.
    pub page: GridPage,
    /// Where each of them stands in the workbook.
    pub lines: Vec<Line>,
    /// What cannot be read; nothing can be taken over while there is such a thing.
    pub refused: Vec<Refused>,
}

/// A row of the workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What was written beside the figures.
    pub note: String,
    /// Where its fields stand, in the order of the form.
    pub places: Vec<Location>,
    /// The numbers of the fields whose figure is the result of a formula.
    pub worked_out: BTreeSet<usize>,
}

/// What a filled workbook would change.
///
/// # Errors
/// It is none of this program's, or one of another form, unit or period; the actor may not send the
/// figures of any unit there; or the database failed. What is wrong in single cells is part of the
/// answer.
pub(super) fn preview(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    scope: &Scope,
    workbook: &Workbook,
) -> Result<Preview, Error> {
    let mut grid = page(tx, snapshot, who, moment, scope, &[])?;
    let units = units(snapshot, who, moment, scope)?;
    let day = snapshot.end_of(scope.period);
    let units: BTreeMap<String, UnitId> =
        units.into_iter().map(|unit| (snapshot.name(unit, day).code, unit)).collect();
    let sheet = sheet(workbook, &grid)?;
    let fields = grid.columns.iter().map(|column| field_key(&column.item, &column.class));
    let mut reading = Reading::of(sheet, &fields.collect::<Vec<_>>());
    let mut rows = Vec::new();
    for row in sheet.rows.iter().filter(|row| row.number > 1) {
        rows.extend(reading.row(row, &grid, &units));
    }
    let mut lines = Vec::new();
    grid.rows.clear();
    for (typed, line) in rows {
        let row = row_page(tx, snapshot, (who, moment), scope, typed.unit, Some(&typed))?;
        if changes(&row) {
            grid.rows.push(row);
            lines.push(line);
        }
    }
    Ok(Preview { page: grid, lines, refused: reading.refused })
}

/// Whether a row says something else than what stands.
fn changes(row: &EntryPage) -> bool {
    row.fields.iter().any(|field| !alike(&field.typed.text, &field.standing))
}

/// The sheet that was made for this grid.
fn sheet<'a>(workbook: &'a Workbook, page: &GridPage) -> Result<&'a Sheet, CollectingProblem> {
    let head = |sheet: &Sheet| match sheet.cell(1, 1).value() {
        Cell::Text(text) => Some(text.clone()).filter(|text| text.starts_with(MARK)),
        _ => None,
    };
    let found = workbook.sheets.iter().find_map(|sheet| Some((sheet, head(sheet)?)));
    let (sheet, found) = found.ok_or(CollectingProblem::NotTheWorkbook)?;
    if found == marker(page) {
        return Ok(sheet);
    }
    let mut parts = found.split(SEPARATOR).skip(2).map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    Err(CollectingProblem::WorkbookOfAnother { form: part(), period: part(), unit: part() })
}

/// A sheet while it is read.
struct Reading<'a> {
    sheet: &'a Sheet,
    /// In which column each field of the form stands.
    columns: Vec<Option<u32>>,
    was: Option<u32>,
    note: Option<u32>,
    seen: BTreeSet<UnitId>,
    refused: Vec<Refused>,
}

impl<'a> Reading<'a> {
    fn of(sheet: &'a Sheet, fields: &[String]) -> Self {
        let keys = sheet.rows.iter().find(|row| row.number == 1);
        let keys = keys.map(|row| row.cells.as_slice()).unwrap_or_default();
        let column = |key: &str| {
            let is_key = |cell: &Cell| matches!(cell, Cell::Text(text) if text == key);
            keys.iter().find(|(_, cell)| is_key(cell)).map(|(column, _)| *column)
        };
        Self {
            sheet,
            columns: fields.iter().map(|field| column(field)).collect(),
            was: column(WAS),
            note: column(NOTE),
            seen: BTreeSet::new(),
            refused: Vec::new(),
        }
    }

    /// What one row says; none for rows about no unit.
    fn row(
        &mut self,
        row: &SheetRow,
        page: &GridPage,
        units: &BTreeMap<String, UnitId>,
    ) -> Option<(TypedRow, Line)> {
        let code = words(row.cell(1));
        if code.is_empty() {
            self.refuse_stray(row);
            return None;
        }
        let Some(unit) = units.get(&code).copied() else {
            self.refuse(row.number, 1, CollectingProblem::UnitNotInGrid { unit: code }.into());
            return None;
        };
        if !self.seen.insert(unit) {
            self.refuse(row.number, 1, Refusal::Doubled { noun: Noun::Unit, key: code });
            return None;
        }
        let mut line =
            Line { note: String::new(), places: Vec::new(), worked_out: BTreeSet::new() };
        let mut cells = Vec::new();
        for (number, column) in (1..).zip(&page.columns) {
            let at = self.columns.get(number - 1).copied().flatten();
            line.places.push(self.place(row.number, at.unwrap_or(0)));
            let Some(at) = at else { continue };
            let text = match self.read(row, at) {
                Ok((text, None)) => text,
                Ok((text, Some(WorkedOut))) => {
                    line.worked_out.insert(number);
                    text
                }
                Err(why) => {
                    self.refuse(row.number, at, why);
                    continue;
                }
            };
            let (item, class) = (column.item.clone(), column.class.clone());
            cells.push(TypedCell { item, class, text, reason: None });
        }
        line.note = self.note.map(|column| words(row.cell(column))).unwrap_or_default();
        line.note = line.note.chars().take(NOTE_MAX).collect();
        let was = self.was.map(|column| words(row.cell(column)));
        let was = was.unwrap_or_default().split(SEPARATOR).map(str::to_owned).collect();
        let row = TypedRow { unit, id: String::new(), note: line.note.clone(), was, cells };
        Some((row, line))
    }

    /// What was typed into a cell of figures.
    fn read(&self, row: &SheetRow, column: u32) -> Result<(String, Option<WorkedOut>), Refusal> {
        let is_merged = |area: &formats::sheet::Area| area.contains(row.number, column);
        if self.sheet.merged.iter().any(is_merged) {
            return Err(CollectingProblem::MergedCells.into());
        }
        match row.cell(column) {
            Cell::Formula { value, formula } if **value == Cell::Empty => {
                Err(Refusal::FormulaCell { formula: formula.clone() })
            }
            Cell::Formula { value, .. } => Ok((typed(value)?, Some(WorkedOut))),
            plain => Ok((typed(plain)?, None)),
        }
    }

    /// Figures in a row that says nothing of its unit belong to nobody. Headings hold words.
    fn refuse_stray(&mut self, row: &SheetRow) {
        let columns = self.columns.iter().flatten();
        let stray = columns.copied().find(|column| {
            matches!(row.cell(*column).value(), Cell::Number(_) | Cell::Date(_) | Cell::Error(_))
        });
        if let Some(column) = stray {
            self.refuse(row.number, column, Refusal::NoUnitInRow);
        }
    }

    fn place(&self, row: u32, column: u32) -> Location {
        Location { file: String::new(), sheet: self.sheet.name.clone(), row, column }
    }

    fn refuse(&mut self, row: u32, column: u32, why: Refusal) {
        self.refused.push(Refused { at: self.place(row, column), why });
    }
}

/// A mark for figures that are the result of a formula.
struct WorkedOut;

/// What a cell holds, as somebody would type it.
fn typed(cell: &Cell) -> Result<String, Refusal> {
    match cell.value() {
        Cell::Empty => Ok(String::new()),
        Cell::Text(words) => Ok(plain(&text::nfc(words)).chars().take(TEXT_MAX).collect()),
        Cell::Number(number) => Ok(retyped(number)),
        Cell::Error(text) => Err(Refusal::ErrorCell { text: text.clone() }),
        Cell::Date(text) => Err(Refusal::NotANumber { text: text.clone() }),
        Cell::Boolean(truth) => Err(Refusal::NotANumber { text: truth.to_string() }),
        Cell::Formula { formula, .. } => Err(Refusal::FormulaCell { formula: formula.clone() }),
    }
}

/// A number cell as somebody would type it. Three decimals would be asked about, so they get a
/// fourth: in a number cell there is nothing to ask.
#[must_use]
pub fn retyped(number: &str) -> String {
    let Some((whole, decimals)) = number.split_once('.') else { return number.to_owned() };
    match decimals.trim_end_matches('0') {
        "" => whole.to_owned(),
        decimals if decimals.len() == 3 => format!("{whole},{decimals}0"),
        decimals => format!("{whole},{decimals}"),
    }
}

/// The words of a cell that is no figure.
fn words(cell: &Cell) -> String {
    match cell.value() {
        Cell::Text(words) => text::nfc(words).trim().to_owned(),
        Cell::Number(number) => number.clone(),
        Cell::Empty | Cell::Boolean(_) | Cell::Date(_) | Cell::Formula { .. } | Cell::Error(_) => {
            String::new()
        }
    }
}
