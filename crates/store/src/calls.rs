//! Calls for plans, and what was noted by hand of units' plans.

use domain::call::{Call, Note};
use domain::unit::UnitId;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::json;
use crate::value::args;

statements! {
    ALL = "select directive, issuer, units, due, asked_on, ended_on from plan_call
           order by due, directive";
    SAVE = "insert into plan_call (directive, issuer, units, due, asked_on, ended_on)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (directive) do update set issuer = excluded.issuer,
                units = excluded.units, due = excluded.due, asked_on = excluded.asked_on,
                ended_on = excluded.ended_on";
    NOTES = "select directive, unit, issued_on, number from plan_note order by directive, unit";
    SAVE_NOTE = "insert into plan_note (directive, unit, issued_on, number) values ($1, $2, $3, $4)
                 on conflict (directive, unit) do update set issued_on = excluded.issued_on,
                     number = excluded.number";
}

/// All calls, by their last day.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Call>> {
    tx.all(ALL, args![], |row| {
        let units: Vec<i64> = json::read(row.text(2)?, "units that are asked for plans")?;
        Ok(Call {
            directive: row.get(0)?,
            issuer: row.get(1)?,
            units: units.into_iter().map(UnitId).collect(),
            due: row.get(3)?,
            asked_on: row.get(4)?,
            ended_on: row.get(5)?,
        })
    })
}

/// Saves a call in the place of the one of its directive.
///
/// # Errors
/// The directive or the unit does not exist (constraints); the database failed.
pub fn save(tx: &mut WriteTx<'_>, call: &Call) -> Result<()> {
    let Call { directive, issuer, units, due, asked_on, ended_on } = call;
    let units = json::write(&units.iter().map(|unit| unit.0).collect::<Vec<i64>>());
    let (due, asked_on) = (due.to_string(), asked_on.to_string());
    let ended_on = ended_on.map(|day| day.to_string());
    let args = args![directive, *issuer, &units, &due, &asked_on, ended_on.as_ref()];
    tx.execute(SAVE, args).map(drop)
}

/// All that was noted, by directive and unit; what was taken back as well.
///
/// # Errors
/// The database failed.
pub fn notes(tx: &mut ReadTx<'_>) -> Result<Vec<Note>> {
    tx.all(NOTES, args![], note)
}

/// Saves what was noted of a unit's plan.
///
/// # Errors
/// The directive or the unit does not exist (constraints); the database failed.
pub fn save_note(tx: &mut WriteTx<'_>, note: &Note) -> Result<()> {
    let Note { directive, unit, issued_on, number } = note;
    let issued_on = issued_on.map(|day| day.to_string());
    tx.execute(SAVE_NOTE, args![directive, *unit, issued_on.as_ref(), number]).map(drop)
}

fn note(row: &Row<'_>) -> Result<Note> {
    Ok(Note {
        directive: row.get(0)?,
        unit: row.get(1)?,
        issued_on: row.get(2)?,
        number: row.get(3)?,
    })
}
