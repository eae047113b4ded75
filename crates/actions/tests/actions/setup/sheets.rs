//! Sheets as people fill them, written down in tests cell by cell.

use formats::sheet::{Area, Cell, Sheet, SheetRow};

/// A sheet: the text on its tab, its rows, and what is merged or hidden.
///
/// A cell is text as it stands; `#12.5` is a number, `=A1+A2` a formula, `!#REF!` an error,
/// `@2022-03-01` a date, `?` a tick (`TRUE`), and an empty string an empty cell.
pub(crate) struct Tab<'a> {
    pub(crate) name: &'a str,
    pub(crate) rows: &'a [&'a [&'a str]],
    pub(crate) merged: &'a [[u32; 4]],
    pub(crate) hidden: bool,
}

/// A visible sheet without merged cells.
pub(crate) const fn sheet<'a>(name: &'a str, rows: &'a [&'a [&'a str]]) -> Tab<'a> {
    Tab { name, rows, merged: &[], hidden: false }
}

impl Tab<'_> {
    /// The sheet as a reader of workbooks gives it.
    pub(crate) fn read(&self) -> Sheet {
        let rows = (1..).zip(self.rows).map(|(number, cells)| {
            let cells = (1..).zip(*cells).map(|(column, text)| (column, cell(text)));
            SheetRow { number, cells: cells.filter(|(_, cell)| *cell != Cell::Empty).collect() }
        });
        let merged = self.merged.iter();
        let merged = merged.map(|&[top, left, bottom, right]| Area { top, left, bottom, right });
        Sheet {
            name: self.name.to_owned(),
            hidden: self.hidden,
            rows: rows.filter(|row| !row.cells.is_empty()).collect(),
            merged: merged.collect(),
        }
    }
}

fn cell(text: &str) -> Cell {
    let sign = text.chars().next();
    let rest = || text.chars().skip(1).collect::<String>();
    match sign {
        None => Cell::Empty,
        Some('#') => Cell::Number(rest()),
        Some('=') => {
            Cell::Formula { value: Box::new(Cell::Number("3".to_owned())), formula: rest() }
        }
        Some('!') => Cell::Error(rest()),
        Some('@') => Cell::Date(rest()),
        Some('?') => Cell::Boolean(true),
        Some(_) => Cell::Text(text.to_owned()),
    }
}
