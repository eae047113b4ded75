//! Taking in a list of units: `code,name,type,level,parent_code,valid_from,valid_to`.
//!
//! A code is no identity. A row continues a known unit when it repeats one of its versions, changes
//! an open version from a later day, or follows on the day after with the same level, name, kind
//! and parent; otherwise it is a new unit, whatever its code meant before.

use domain::access::Actor;
use domain::refusal::{Location, Noun, Refusal, Refused, Wanted};
use domain::unit::{UnitId, Validity, Version};
use jiff::civil::Date;
use store::WriteTx;

use crate::door::Kind;
use crate::error::Error;
use crate::imports::{Arrival, Input, Notice, Refusals};
use crate::table::{Table, TableRow};
use crate::units::register::Register;

/// What an import of units did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitImport {
    /// Rows read.
    pub rows: usize,
    /// Units that are new.
    pub units: usize,
    /// Versions that are new.
    pub versions: usize,
    /// What else is worth knowing.
    pub notices: Vec<Notice>,
}

/// Takes in lists of units, all files or none.
///
/// # Errors
/// Every row that cannot be taken, with its place; or the database failed.
pub fn import(
    tx: &mut WriteTx,
    who: &Actor,
    inputs: &[Input],
    now_ms: i64,
) -> Result<UnitImport, Error> {
    let mut refusals = Refusals::default();
    let mut outcome = UnitImport::default();
    let mut register = Register::load(tx)?;
    let mut arrivals = Vec::new();
    let mut named: Vec<([String; 1], Location)> = Vec::new();
    for input in inputs {
        let Some(arrival) =
            Arrival::of(tx, Kind::UnitsImported, input, &mut refusals, &mut outcome.notices)?
        else {
            continue;
        };
        let columns = ["code", "name", "type", "level", "parent_code", "valid_from"];
        let Some(table) = Table::read(input, &columns, &mut refusals) else { continue };
        let rows: Vec<Row<'_>> =
            table.rows.iter().filter_map(|row| refusals.take(Row::read(&table, row))).collect();
        outcome.rows += rows.len();
        named.extend(rows.iter().map(|row| ([row.code.to_owned()], table.at(row.row, "code"))));
        let mut added = Vec::new();
        for row in &rows {
            match place(&mut register, row, &mut outcome) {
                Ok(None) => {}
                Ok(Some(index)) => added.push((row, index)),
                Err(why) => refusals.push(table.refused(row.row, "code", why)),
            }
        }
        for (row, index) in added {
            if let Err(why) = find_parent(&mut register, row, index, &mut outcome) {
                refusals.push(table.refused(row.row, "parent_code", why));
            }
        }
        arrivals.push((arrival, rows.len()));
    }
    register.finish(tx, refusals, &named, arrivals, (who.into(), now_ms))?;
    Ok(outcome)
}

/// A row, read but not yet placed among the units.
struct Row<'a> {
    row: &'a TableRow,
    code: &'a str,
    name: &'a str,
    kind: &'a str,
    level: &'a str,
    parent_code: &'a str,
    validity: Validity,
}

impl<'a> Row<'a> {
    fn read(table: &'a Table, row: &'a TableRow) -> Result<Self, Refused> {
        let code = table.filled(row, "code", Wanted::Code)?;
        if code.contains(char::is_whitespace) {
            return Err(table.bad(row, "code", Wanted::Code));
        }
        let validity =
            Validity { from: table.day(row, "valid_from")?, to: table.day(row, "valid_to")? };
        if let (Some(from), Some(to)) = (validity.from, validity.to)
            && to < from
        {
            return Err(table.bad(row, "valid_to", Wanted::Day));
        }
        Ok(Self {
            row,
            code,
            name: table.filled(row, "name", Wanted::Name)?,
            kind: table.field(row, "type"),
            level: table.filled(row, "level", Wanted::KnownCode)?,
            parent_code: table.field(row, "parent_code"),
            validity,
        })
    }

    fn version(&self, unit: UnitId) -> Version {
        Version {
            unit,
            validity: self.validity,
            code: self.code.to_owned(),
            name: self.name.to_owned(),
            kind: self.kind.to_owned(),
            level: self.level.to_owned(),
            parent: None,
        }
    }

    /// A day on which the row surely holds, the earliest that is known.
    fn day(&self) -> Option<Date> {
        self.validity.from.or(self.validity.to)
    }
}

/// Adds the row's version, unless it is known; a known open version ends where this one begins.
fn place(
    register: &mut Register,
    row: &Row<'_>,
    outcome: &mut UnitImport,
) -> Result<Option<usize>, Refusal> {
    let overlapping: Vec<usize> = register
        .with_code(row.code)
        .filter(|&index| register.version(index).validity.overlaps(&row.validity))
        .collect();
    let unit = match overlapping.as_slice() {
        [] => continued(register, row),
        [index] => {
            let known = register.version(*index);
            if repeats(register, known, row) {
                return Ok(None);
            }
            let changes_later = row.validity.from > known.validity.from
                && known.validity.to.is_none()
                && known.level == row.level;
            let Some(from) = row.validity.from.filter(|_| changes_later) else {
                return Err(overlap(known));
            };
            let (unit, before) = (known.unit, known.validity.from);
            let last = from.yesterday().ok();
            register.set_validity(*index, Validity { from: before, to: last });
            Some(unit)
        }
        [index, ..] => return Err(overlap(register.version(*index))),
    };
    let unit = unit.unwrap_or_else(|| {
        outcome.units += 1;
        register.new_unit()
    });
    outcome.versions += 1;
    Ok(Some(register.add(row.version(unit))))
}

fn overlap(known: &Version) -> Refusal {
    Refusal::Doubled { noun: Noun::Unit, key: known.code.clone() }
}

/// The unit that the row follows on without a gap, under the same name, kind, level and parent.
fn continued(register: &Register, row: &Row<'_>) -> Option<UnitId> {
    let before = row.validity.from?.yesterday().ok()?;
    let known = register.version(register.on(row.code, before)?);
    let same = known.validity.to == Some(before)
        && known.level == row.level
        && known.name == row.name
        && known.kind == row.kind
        && parent_code(register, known) == row.parent_code;
    same.then_some(known.unit)
}

fn repeats(register: &Register, known: &Version, row: &Row<'_>) -> bool {
    // A version that reached back to carry a reorganisation, or ended with one, still repeats.
    known.name == row.name
        && known.kind == row.kind
        && known.level == row.level
        && (known.validity == row.validity
            || known.validity.from == row.validity.from && row.validity.to.is_none()
            || known.validity.to == row.validity.to && known.validity.from <= row.validity.from)
        && parent_code(register, known) == row.parent_code
}

fn parent_code<'a>(register: &'a Register, version: &Version) -> &'a str {
    version
        .parent
        .and_then(|parent| register.any_version_of(parent))
        .map_or("", |parent| &parent.code)
}

/// Sets the parent: the unit with the parent's code on the row's first day, else the one whose time
/// overlaps and reaches furthest back, which is then taken to exist from that day.
fn find_parent(
    register: &mut Register,
    row: &Row<'_>,
    index: usize,
    outcome: &mut UnitImport,
) -> Result<(), Refusal> {
    if row.parent_code.is_empty() {
        return Ok(());
    }
    let unknown = || Refusal::UnknownUnit { code: row.parent_code.to_owned(), day: row.day() };
    let on_the_day = match row.day() {
        Some(day) => register.on(row.parent_code, day),
        None => register.with_code(row.parent_code).next(),
    };
    if let Some(parent) = on_the_day {
        register.set_parent(index, register.version(parent).unit);
        return Ok(());
    }
    let needed = row.validity.from.ok_or_else(unknown)?;
    let later = register.next_after(row.parent_code, needed).ok_or_else(unknown)?;
    if !register.version(later).validity.overlaps(&row.validity) {
        return Err(unknown());
    }
    outcome.notices.extend(register.begin_earlier(later, needed));
    register.set_parent(index, register.version(later).unit);
    Ok(())
}
