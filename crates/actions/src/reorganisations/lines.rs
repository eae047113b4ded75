//! The two file forms of a reorganisation, read into the same lines:
//! `date,kind,old_code,new_code,share,instrument`, and the crosswalk
//! `old_code,new_code,whole_or_part` whose day and document come with the command.

use domain::refusal::{Location, Refusal, Refused, Wanted};
use domain::text::{self, Typed};
use domain::unit::{Carries, Change};
use jiff::civil::Date;

use crate::imports::{Input, Refusals};
use crate::table::{Table, TableRow};

/// The day and the document of a crosswalk, which its file does not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The first day of the new order.
    pub date: Date,
    /// The document behind it.
    pub instrument: String,
}

/// One from → to line, by codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Where the old code and the new code stand.
    pub(super) places: [Location; 2],
    pub(super) date: Date,
    /// What the file says happens; a crosswalk leaves it to the lines around.
    pub(super) change: Option<Change>,
    pub(super) old_code: String,
    pub(super) new_code: String,
    pub(super) carries: Carries,
    pub(super) instrument: String,
}

/// Reads either form.
pub(super) fn read(
    input: &Input,
    event: Option<&Event>,
    refusals: &mut Refusals,
) -> Option<Vec<Line>> {
    let table = Table::read(input, &["old_code", "new_code"], refusals)?;
    let is_crosswalk = table.has("whole_or_part");
    if is_crosswalk && event.is_none() {
        refusals.push(input.refused(Refusal::CrosswalkWithoutDay));
        return None;
    }
    let needed: &[&str] = if is_crosswalk { &[] } else { &["date", "kind"] };
    for &column in needed.iter().filter(|column| !table.has(column)) {
        refusals.push(input.refused(Refusal::MissingColumn { column: column.to_owned() }));
    }
    if !refusals.is_empty() {
        return None;
    }
    let read = |row| match event.filter(|_| is_crosswalk) {
        Some(event) => crosswalk_line(&table, row, event),
        None => event_line(&table, row),
    };
    Some(table.rows.iter().filter_map(|row| refusals.take(read(row))).collect())
}

fn crosswalk_line(table: &Table, row: &TableRow, event: &Event) -> Result<Line, Refused> {
    let carries = match table.field(row, "whole_or_part") {
        "whole" => Carries::Whole,
        "part" => share(table, row)?,
        _ => return Err(table.bad(row, "whole_or_part", Wanted::WholeOrPart)),
    };
    Ok(Line {
        places: places(table, row),
        date: event.date,
        change: None,
        old_code: table.filled(row, "old_code", Wanted::Code)?.to_owned(),
        new_code: table.filled(row, "new_code", Wanted::Code)?.to_owned(),
        carries,
        instrument: event.instrument.clone(),
    })
}

fn event_line(table: &Table, row: &TableRow) -> Result<Line, Refused> {
    let bad_change = || table.bad(row, "kind", Wanted::Change);
    let change = change(table.field(row, "kind")).ok_or_else(bad_change)?;
    let day = table.day(row, "date")?.ok_or_else(|| table.bad(row, "date", Wanted::Day))?;
    let (needs_old, needs_new) = match change {
        Change::Establish => (false, true),
        Change::Dissolve => (true, false),
        Change::Rename | Change::Recode | Change::Move | Change::Merge | Change::Split => {
            (true, true)
        }
    };
    for (needed, column) in [(needs_old, "old_code"), (needs_new, "new_code")] {
        if needed {
            table.filled(row, column, Wanted::Code)?;
        }
    }
    let carries = if change == Change::Split { share(table, row)? } else { Carries::Whole };
    Ok(Line {
        places: places(table, row),
        date: day,
        change: Some(change),
        old_code: table.field(row, "old_code").to_owned(),
        new_code: table.field(row, "new_code").to_owned(),
        carries,
        instrument: table.field(row, "instrument").to_owned(),
    })
}

fn places(table: &Table, row: &TableRow) -> [Location; 2] {
    ["old_code", "new_code"].map(|column| table.at(row, column))
}

fn change(code: &str) -> Option<Change> {
    Some(match code {
        "establish" => Change::Establish,
        "rename" => Change::Rename,
        "recode" => Change::Recode,
        "move" => Change::Move,
        "merge" => Change::Merge,
        "split" => Change::Split,
        "dissolve" => Change::Dissolve,
        _ => return None,
    })
}

/// `0.6`, `0,6` or `60%`; empty = nobody has decided.
fn share(table: &Table, row: &TableRow) -> Result<Carries, Refused> {
    let field = table.field(row, "share");
    if field.is_empty() {
        return Ok(Carries::UndecidedPart);
    }
    let bad = || table.bad(row, "share", Wanted::Share);
    let Typed::Figure(figure) = text::typed_number(field) else { return Err(bad()) };
    let per_unit = if figure.percent { 10_000 } else { 1_000_000 };
    let millionths =
        i128::from(figure.value.units) * per_unit / 10_i128.pow(u32::from(figure.value.scale));
    match u32::try_from(millionths) {
        Ok(millionths) if millionths <= 1_000_000 => Ok(Carries::Part { millionths }),
        _ => Err(bad()),
    }
}
