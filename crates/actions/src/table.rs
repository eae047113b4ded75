//! Tables: short lists of units, packs and people in memory, by column name.

use std::collections::BTreeMap;
use std::io::Read;

use domain::refusal::{Location, Refusal, Refused, Wanted};
use domain::text;
use formats::csv::{CsvReader, Row, unmarked};
use jiff::civil::Date;

use crate::figures::sheets;
use crate::imports::{Input, REFUSALS_MAX, Refusals};

/// A row of a table file, by column name.
#[derive(Debug)]
pub(crate) struct TableRow {
    /// The row, counted from 1 with the header.
    pub(crate) number: u32,
    fields: Vec<String>,
}

/// A whole table file in memory, for units, packs and other short lists.
#[derive(Debug)]
pub(crate) struct Table {
    file: String,
    columns: BTreeMap<String, usize>,
    pub(crate) rows: Vec<TableRow>,
}

impl Table {
    /// Reads a table that must have the `required` columns; the text becomes NFC and is trimmed.
    pub(crate) fn read(input: &Input, required: &[&str], refusals: &mut Refusals) -> Option<Self> {
        match Self::try_read(input, required) {
            Ok(table) => Some(table),
            Err(all) => {
                all.into_iter().for_each(|refused| refusals.push(refused));
                None
            }
        }
    }

    fn try_read(input: &Input, required: &[&str]) -> Result<Self, Vec<Refused>> {
        let reader = sheets::csv_reader(input).map_err(|one| vec![one])?;
        Self::of_reader(&input.name, reader, required, clean)
    }

    /// Reads a table from any source; `named` says which column a header stands for.
    pub(crate) fn of_reader(
        file: &str,
        mut reader: CsvReader<impl Read>,
        required: &[&str],
        named: impl Fn(&str) -> String,
    ) -> Result<Self, Vec<Refused>> {
        let headers: Vec<String> = reader.headers().iter().map(|header| named(header)).collect();
        let mut columns = BTreeMap::new();
        let mut wrong = Vec::new();
        let of_file =
            |why| Refused { at: Location { file: file.to_owned(), ..Location::default() }, why };
        for (index, header) in headers.iter().enumerate() {
            if columns.insert(header.clone(), index).is_some() {
                wrong.push(of_file(Refusal::DoubledColumn { column: header.clone() }));
            }
        }
        for &column in required.iter().filter(|column| !columns.contains_key(**column)) {
            wrong.push(of_file(Refusal::MissingColumn { column: column.to_owned() }));
        }
        let mut rows = Vec::new();
        let mut row = Row::new();
        loop {
            match reader.read(&mut row) {
                Ok(false) => break,
                Ok(true) if row.is_blank() => {}
                Ok(true) => {
                    rows.push(TableRow {
                        number: row.line(),
                        fields: row.iter().map(|field| clean(unmarked(field))).collect(),
                    });
                }
                Err(error) => {
                    let fatal = error.is_fatal();
                    wrong.push(sheets::refused(file, error));
                    if fatal || wrong.len() > REFUSALS_MAX {
                        break;
                    }
                }
            }
        }
        if wrong.is_empty() {
            Ok(Self { file: file.to_owned(), columns, rows })
        } else {
            Err(wrong)
        }
    }

    /// A table of one row that was typed, without a file: a text for each of its columns.
    pub(crate) fn typed(columns: &[&str], fields: &[String]) -> Self {
        let columns = columns.iter().enumerate().map(|(at, column)| ((*column).to_owned(), at));
        let fields = fields.iter().map(|field| clean(field)).collect();
        let rows = vec![TableRow { number: 0, fields }];
        Self { file: String::new(), columns: columns.collect(), rows }
    }

    /// Whether the table has a column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// A field of a row; empty when the column is not there.
    pub(crate) fn field<'a>(&self, row: &'a TableRow, column: &str) -> &'a str {
        self.columns.get(column).and_then(|&index| row.fields.get(index)).map_or("", String::as_str)
    }

    /// Where a field stands.
    pub(crate) fn at(&self, row: &TableRow, column: &str) -> Location {
        let column = self.columns.get(column).map_or(0, |&index| index + 1);
        Location {
            file: self.file.clone(),
            sheet: String::new(),
            row: row.number,
            column: u32::try_from(column).unwrap_or(0),
        }
    }

    /// A refusal of a field: it holds something else than it should.
    pub(crate) fn bad(&self, row: &TableRow, column: &str, wanted: Wanted) -> Refused {
        let text = self.field(row, column).to_owned();
        Refused { at: self.at(row, column), why: Refusal::BadValue { text, wanted } }
    }

    /// A refusal that names a field.
    pub(crate) fn refused(&self, row: &TableRow, column: &str, why: Refusal) -> Refused {
        Refused { at: self.at(row, column), why }
    }

    /// A field that must not be empty.
    pub(crate) fn filled<'a>(
        &self,
        row: &'a TableRow,
        column: &str,
        wanted: Wanted,
    ) -> Result<&'a str, Refused> {
        let field = self.field(row, column);
        if field.is_empty() { Err(self.bad(row, column, wanted)) } else { Ok(field) }
    }

    /// A day, or none when the field is empty.
    pub(crate) fn day(&self, row: &TableRow, column: &str) -> Result<Option<Date>, Refused> {
        let field = self.field(row, column);
        if field.is_empty() {
            return Ok(None);
        }
        text::typed_day(field).map(Some).ok_or_else(|| self.bad(row, column, Wanted::Day))
    }
}

fn clean(text: &str) -> String {
    let text = text::nfc(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
