//! Lists of tasks as they are read from a workbook or a text file, before anything of them is understood.

use std::collections::BTreeMap;

use domain::access::{Actor, Right};
use domain::entrance::EntranceProblem;
use domain::refusal::{Limit, Location, Refusal, Refused};
use domain::task::ListColumn;
use domain::tasking::TaskingProblem;
use domain::text;
use formats::csv::{CsvReader, Limits, Row, unmarked};
use formats::sheet::{Cell, Sheet, SheetRow, Workbook};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::accounts::Moment;
use crate::error::Error;
use crate::figures::sheets;
use crate::imports::Refusals;
use crate::secrets;
use crate::workspace::Workspace;

/// Rows of one list at most: more than anybody looks through before giving them.
pub const ROWS_MAX: usize = 500;

/// How far down the headings may stand, below a letterhead.
const HEADING_ROWS_MAX: usize = 20;

/// A row with so many headings that are understood is the row of the headings.
const HEADINGS_MIN: usize = 3;

/// The headings that are understood beside the codes, as search keys.
const HEADINGS: [(ListColumn, &[&str]); 16] = [
    (ListColumn::Work, &["viec phai lam", "noi dung cong viec", "nhiem vu"]),
    (ListColumn::Detail, &["noi ro them", "more about it"]),
    (ListColumn::Product, &["san pham"]),
    (ListColumn::Responsibility, &["trach nhiem"]),
    (ListColumn::Authority, &["tham quyen"]),
    (ListColumn::Leads, &["ma don vi chu tri", "codes of leading units"]),
    (ListColumn::LeadAccount, &["nguoi chu tri", "leading person"]),
    (ListColumn::Deadline, &["han", "han hoan thanh", "thoi han"]),
    (ListColumn::ConfirmerAccount, &["nguoi xac nhan", "confirming person"]),
    (ListColumn::Helpers, &["ma don vi phoi hop", "codes of helping units"]),
    (ListColumn::Team, &["to thuc hien"]),
    (ListColumn::Priority, &["noi dung dot pha"]),
    (ListColumn::Directive, &["van ban chi dao"]),
    (ListColumn::Indicator, &["chi tieu", "ma chi tieu"]),
    (ListColumn::Period, &["ky so lieu", "ky"]),
    (ListColumn::Issuer, &["ma don vi giao", "code of the giving unit"]),
];

/// A list of tasks as it was read: the same file always gives the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The sheet; empty for a text file.
    sheet: String,
    /// Where each column stands, counted from 1, by its code.
    columns: BTreeMap<String, u32>,
    rows: Vec<ListRow>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRow {
    /// Where it stands, counted from 1.
    pub number: u32,
    /// What stands in each column, by its code; empty fields are left out.
    fields: BTreeMap<String, String>,
}

impl ListRow {
    /// What stands in a column; nothing where there is no such column.
    #[must_use]
    pub fn field(&self, column: ListColumn) -> &str {
        self.fields.get(column.code()).map_or("", String::as_str)
    }
}

impl Listing {
    /// The rows that hold something.
    #[must_use]
    pub fn rows(&self) -> &[ListRow] {
        &self.rows
    }

    /// The list as text, to be carried through a page that shows it; [`Self::carried`] reads it again.
    ///
    /// # Errors
    /// Never for a list that was read.
    pub fn to_text(&self) -> Result<String, Error> {
        serde_json::to_string(self).map_err(|error| Error::Fault(error.to_string()))
    }

    /// The list that was carried through a page.
    ///
    /// # Errors
    /// It is none of ours, or too long.
    pub fn carried(text: &str) -> Result<Self, Error> {
        let stale = |_| Error::from(Refusal::from(EntranceProblem::StaleForm));
        let listing: Self = serde_json::from_str(text).map_err(stale)?;
        if listing.rows.len() > ROWS_MAX {
            return Err(too_many_rows().into());
        }
        Ok(listing)
    }

    /// The SHA-256 of what was read, in hexadecimal.
    pub(super) fn sha256(&self) -> Result<String, Error> {
        Ok(secrets::hex(&Sha256::digest(self.to_text()?)))
    }

    /// Where a field stands.
    pub(super) fn at(&self, row: &ListRow, column: ListColumn) -> Location {
        Location {
            file: String::new(),
            sheet: self.sheet.clone(),
            row: row.number,
            column: self.columns.get(column.code()).copied().unwrap_or_default(),
        }
    }
}

impl Workspace {
    /// Reads a list of tasks from a workbook, or from a text file when its name says so.
    ///
    /// # Errors
    /// The actor gives no tasks anywhere; the file cannot be read, or its columns are not those of a
    /// list of tasks.
    pub fn read_task_list(
        &self,
        who: &Actor,
        moment: Moment,
        (name, bytes): (&str, Vec<u8>),
    ) -> Result<Listing, Error> {
        // Nobody makes us open a file who may not give tasks at all.
        if who.account.is_some() && who.units(Right::GiveTasks, moment.today).is_empty() {
            return Err(EntranceProblem::NotAllowed { right: Right::GiveTasks }.into());
        }
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let read = match ending.as_str() {
            "csv" | "txt" => of_text(&bytes),
            _ => of_workbook(&self.open_form(bytes)?),
        };
        read.map_err(Error::Refused)
    }
}

fn too_many_rows() -> Refusal {
    Refusal::TooLarge { what: Limit::Rows, limit: ROWS_MAX as u64 }
}

fn of_file(why: impl Into<Refusal>) -> Vec<Refused> {
    vec![Refused { at: Location::default(), why: why.into() }]
}

/// The column that a heading stands for: by its code, or as people write it; a mark for what must be
/// filled may stand behind it.
fn column_named(heading: &str) -> Option<ListColumn> {
    let heading = heading.trim().trim_end_matches('*').trim_end();
    let key = text::search_key(heading);
    let known = |(column, keys): &(ListColumn, &[&str])| {
        let code = column.code();
        code == heading || code.replace('_', " ") == key || keys.contains(&key.as_str())
    };
    HEADINGS.iter().find(|one| known(one)).map(|(column, _)| *column)
}

/// Which columns stand where, by the headings of a row.
fn columns<'t>(
    headings: impl Iterator<Item = (u32, &'t str)>,
) -> Result<BTreeMap<ListColumn, u32>, Vec<Refused>> {
    let mut columns = BTreeMap::new();
    for (at, heading) in headings {
        let Some(column) = column_named(heading) else { continue };
        if columns.insert(column, at).is_some() {
            return Err(of_file(TaskingProblem::ColumnTwice { column }));
        }
    }
    let missing = |column: &ListColumn| column.is_required() && !columns.contains_key(column);
    let missing: Vec<ListColumn> = ListColumn::ALL.into_iter().filter(missing).collect();
    if missing.is_empty() {
        Ok(columns)
    } else {
        Err(of_file(TaskingProblem::ColumnsMissing { columns: missing }))
    }
}

fn of_text(bytes: &[u8]) -> Result<Listing, Vec<Refused>> {
    let refused = |error| vec![sheets::refused("", error)];
    let limits = Limits { rows: ROWS_MAX as u64, ..Limits::default() };
    let mut reader = CsvReader::open(bytes, limits).map_err(refused)?;
    let headings = (1_u32..).zip(reader.headers()).map(|(at, text)| (at, text.as_str()));
    let columns = columns(headings)?;
    let mut rows = Vec::new();
    let mut row = Row::new();
    while reader.read(&mut row).map_err(refused)? {
        let fields: Vec<&str> = row.iter().map(unmarked).collect();
        let field = |at: u32| {
            let index = usize::try_from(at).ok()?.checked_sub(1)?;
            fields.get(index).map(|field| (*field).to_owned())
        };
        rows.extend(filled(row.line(), &columns, |at| field(at).unwrap_or_default()));
    }
    listing(String::new(), &columns, rows)
}

fn of_workbook(workbook: &Workbook) -> Result<Listing, Vec<Refused>> {
    let visible = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
    let found = visible.filter_map(|sheet| Some((sheet, heading_row(sheet)?))).next();
    let missing = || {
        let columns = ListColumn::ALL.into_iter().filter(|column| column.is_required());
        of_file(TaskingProblem::ColumnsMissing { columns: columns.collect() })
    };
    let (sheet, heading) = found.ok_or_else(missing)?;
    let columns = columns(headings(heading))?;
    let mut refusals = Refusals::default();
    let mut rows = Vec::new();
    for row in sheet.rows.iter().filter(|row| row.number > heading.number) {
        let mut wrong = Vec::new();
        let read = filled(row.number, &columns, |at| {
            words(row.cell(at)).unwrap_or_else(|why| {
                wrong.push((at, why));
                String::new()
            })
        });
        for (column, why) in wrong {
            let sheet = sheet.name.clone();
            refusals.add(Location { file: String::new(), sheet, row: row.number, column }, why);
        }
        rows.extend(read);
        if rows.len() > ROWS_MAX {
            return Err(of_file(too_many_rows()));
        }
    }
    match refusals.into_result() {
        Ok(()) => listing(sheet.name.clone(), &columns, rows),
        Err(Error::Refused(refused)) => Err(refused),
        Err(Error::Database(_) | Error::Fault(_)) => Err(Vec::new()),
    }
}

/// The row of the headings.
fn heading_row(sheet: &Sheet) -> Option<&SheetRow> {
    let is_heading = |row: &&SheetRow| {
        headings(row).filter(|(_, text)| column_named(text).is_some()).count() >= HEADINGS_MIN
    };
    sheet.rows.iter().take(HEADING_ROWS_MAX).find(is_heading)
}

fn headings(row: &SheetRow) -> impl Iterator<Item = (u32, &str)> {
    row.cells.iter().filter_map(|(at, cell)| match cell.value() {
        Cell::Text(text) => Some((*at, text.as_str())),
        Cell::Empty
        | Cell::Number(_)
        | Cell::Boolean(_)
        | Cell::Date(_)
        | Cell::Formula { .. }
        | Cell::Error(_) => None,
    })
}

/// A row by its columns; none when nothing stands in any of them.
fn filled(
    number: u32,
    columns: &BTreeMap<ListColumn, u32>,
    mut field: impl FnMut(u32) -> String,
) -> Option<ListRow> {
    let said = columns.iter().map(|(column, at)| {
        let field = field(*at);
        (column.code().to_owned(), text::nfc(field.trim()))
    });
    let fields: BTreeMap<String, String> = said.filter(|(_, text)| !text.is_empty()).collect();
    (!fields.is_empty()).then_some(ListRow { number, fields })
}

/// The words of a cell; of a day shown with a time of day, the day.
fn words(cell: &Cell) -> Result<String, Refusal> {
    match cell.value() {
        Cell::Empty => Ok(String::new()),
        Cell::Text(words) | Cell::Number(words) => Ok(words.clone()),
        Cell::Date(moment) => Ok(moment.split('T').next().unwrap_or_default().to_owned()),
        Cell::Boolean(truth) => Ok(truth.to_string()),
        Cell::Error(text) => Err(Refusal::ErrorCell { text: text.clone() }),
        Cell::Formula { formula, .. } => Err(Refusal::FormulaCell { formula: formula.clone() }),
    }
}

fn listing(
    sheet: String,
    columns: &BTreeMap<ListColumn, u32>,
    rows: Vec<ListRow>,
) -> Result<Listing, Vec<Refused>> {
    if rows.is_empty() {
        return Err(of_file(TaskingProblem::NoTaskInList));
    }
    let columns = columns.iter().map(|(column, at)| (column.code().to_owned(), *at)).collect();
    Ok(Listing { sheet, columns, rows })
}
