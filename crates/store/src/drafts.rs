//! Drafts: what was typed into a form and not sent yet, as it was typed.

use domain::access::AccountId;
use domain::period::Period;
use domain::unit::UnitId;
use serde::{Deserialize, Serialize};

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::json;
use crate::value::args;

/// What was typed for one figure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DraftField {
    /// The item's code.
    pub item: String,
    /// The class; empty = the whole.
    pub class: String,
    /// The number as it was typed, which need not be one.
    pub text: String,
    /// What was written beside it.
    pub note: String,
    /// Why a doubtful figure is right.
    pub reason: String,
}

/// A form that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// One more for each time it was saved.
    pub version: i64,
    /// Who saved it; none for the console.
    pub account: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub saved_ms: i64,
    /// What was typed.
    pub fields: Vec<DraftField>,
}

statements! {
    FIND = "select version, account, saved_ms, fields from draft
            where form = $1 and unit = $2 and period = $3";
    OF_UNIT = "select form, period from draft where unit = $1 order by form, period";
    SAVE = "insert into draft (form, unit, period, version, account, saved_ms, fields)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (form, unit, period) do update set version = excluded.version,
                account = excluded.account, saved_ms = excluded.saved_ms,
                fields = excluded.fields";
    TAKE = "delete from draft where form = $1 and unit = $2 and period = $3 and version = $4";
}

/// The draft of a form, unit and period.
///
/// # Errors
/// The database failed.
pub fn find(
    tx: &mut ReadTx<'_>,
    form: &str,
    unit: UnitId,
    period: Period,
) -> Result<Option<Draft>> {
    tx.optional(FIND, args![form, unit, &period.to_string()], read)
}

/// The forms and periods that a unit has begun.
///
/// # Errors
/// The database failed.
pub fn of_unit(tx: &mut ReadTx<'_>, unit: UnitId) -> Result<Vec<(String, Period)>> {
    tx.all(OF_UNIT, args![unit], |row| {
        Ok((row.get(0)?, row.code(1, "a period", crate::stored::period_from)?))
    })
}

/// Saves a draft in place of the one before.
///
/// # Errors
/// The form, unit or account does not exist (a constraint), or the database failed.
pub fn save(
    tx: &mut WriteTx<'_>,
    (form, unit, period): (&str, UnitId, Period),
    draft: &Draft,
) -> Result<()> {
    let Draft { version, account, saved_ms, fields } = draft;
    let (period, fields) = (period.to_string(), json::write(fields));
    let args = args![form, unit, &period, *version, *account, *saved_ms, &fields];
    tx.execute(SAVE, args).map(drop)
}

/// Removes a draft of a version with what it named; says whether there was one.
///
/// # Errors
/// The database failed.
pub fn take(
    tx: &mut WriteTx<'_>,
    (form, unit, period): (&str, UnitId, Period),
    version: i64,
) -> Result<bool> {
    Ok(tx.execute(TAKE, args![form, unit, &period.to_string(), version])? == 1)
}

fn read(row: &Row<'_>) -> Result<Draft> {
    Ok(Draft {
        version: row.get(0)?,
        account: row.get(1)?,
        saved_ms: row.get(2)?,
        fields: json::read(row.text(3)?, "the fields of a draft")?,
    })
}
