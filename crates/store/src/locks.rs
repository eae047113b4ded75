//! Locks: what was decided about who may still send a form's period.

use domain::access::AccountId;
use domain::lock::{Decision, Turn};
use domain::period::Period;
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::stored;
use crate::value::args;

/// A decision about a period, with who took it, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its number.
    pub id: i64,
    /// The form's code.
    pub form: String,
    /// The period.
    pub period: Period,
    /// What was decided, for which unit and all below.
    pub decision: Decision,
    /// By whom; none for the console.
    pub account: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Why.
    pub reason: String,
}

statements! {
    BETWEEN = "select id, form, period, unit, until, account, done_ms, reason from period_lock
               where form = $1 and period >= $2 and period <= $3 order by id";
    ALL = "select id, form, period, unit, until, account, done_ms, reason from period_lock
           order by id";
    NEXT = "select coalesce(max(id), 0) + 1 from period_lock";
    INSERT = "insert into period_lock (id, form, period, unit, until, account, done_ms, reason)
              values ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// What was decided about a form's periods from `first` to `last`, which are of one kind; oldest
/// first.
///
/// # Errors
/// The database failed.
pub fn between(
    tx: &mut ReadTx<'_>,
    form: &str,
    (first, last): (Period, Period),
) -> Result<Vec<Decided>> {
    let (first, last) = (first.to_string(), last.to_string());
    tx.all(BETWEEN, args![form, &first, &last], read)
}

/// Everything that was ever decided, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Decided>> {
    tx.all(ALL, args![], read)
}

/// The number of the next decision.
///
/// # Errors
/// The database failed.
pub fn next_id(tx: &mut ReadTx<'_>) -> Result<i64> {
    tx.one(NEXT, args![], |row| row.get(0))
}

/// Adds a decision.
///
/// # Errors
/// The number is taken; the form, unit or account does not exist (constraints); the database
/// failed.
pub fn insert(tx: &mut WriteTx<'_>, decided: &Decided) -> Result<()> {
    let Decided { id, form, period, decision, account, done_ms, reason } = decided;
    let until: Option<String> = match decision.turn {
        Turn::Lock => None,
        Turn::Open { until } => Some(until.to_string()),
    };
    let (period, until) = (period.to_string(), until.as_deref());
    let args = args![*id, form, &period, decision.unit, until, *account, *done_ms, reason.as_str()];
    tx.execute(INSERT, args).map(drop)
}

fn read(row: &Row<'_>) -> Result<Decided> {
    let unit: UnitId = row.get(3)?;
    let until: Option<Date> = row.get(4)?;
    Ok(Decided {
        id: row.get(0)?,
        form: row.get(1)?,
        period: row.code(2, "a period", stored::period_from)?,
        decision: Decision { unit, turn: until.map_or(Turn::Lock, |until| Turn::Open { until }) },
        account: row.get(5)?,
        done_ms: row.get(6)?,
        reason: row.get(7)?,
    })
}
