//! Webhooks: where reminders of a unit are sent to, and the sealed secrets that sign them.

use domain::hook::HookId;
use domain::unit::UnitId;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

/// A webhook as its row has it. Never leaves `actions`.
#[derive(Clone, PartialEq, Eq)]
pub struct HookRow {
    /// Its number.
    pub id: HookId,
    /// Whose reminders it gets, with those of all below.
    pub unit: UnitId,
    /// Where they are sent to.
    pub address: String,
    /// The code of the language of their text.
    pub language: String,
    /// The sealed secret that signs them.
    pub secret: Vec<u8>,
    /// When it was made, in epoch milliseconds.
    pub made_ms: i64,
    /// When it was ended; none while it holds.
    pub ended_ms: Option<i64>,
}

statements! {
    ALL = "select id, unit, address, language, secret, made_ms, ended_ms from hook order by id";
    FIND = "select id, unit, address, language, secret, made_ms, ended_ms from hook where id = $1";
    OPEN = "select id, unit, address, language, secret, made_ms, ended_ms from hook
            where ended_ms is null order by id";
    INSERT = "insert into hook (id, unit, address, language, secret, made_ms)
              values ((select coalesce(max(id), 0) + 1 from hook), $1, $2, $3, $4, $5)
              returning id";
    END = "update hook set ended_ms = $1 where id = $2 and ended_ms is null";
}

/// All webhooks, those that were ended too, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<HookRow>> {
    tx.all(ALL, args![], read)
}

/// The webhooks that hold, oldest first.
///
/// # Errors
/// The database failed.
pub fn open(tx: &mut ReadTx<'_>) -> Result<Vec<HookRow>> {
    tx.all(OPEN, args![], read)
}

/// The webhook with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: HookId) -> Result<Option<HookRow>> {
    tx.optional(FIND, args![id.0], read)
}

/// Keeps a new webhook, whatever its number says; gives back the number.
///
/// # Errors
/// There is no such unit (a constraint), or the database failed.
pub fn insert(tx: &mut WriteTx<'_>, hook: &HookRow) -> Result<HookId> {
    let HookRow { id: _, unit, address, language, secret, made_ms, ended_ms: _ } = hook;
    let args = args![*unit, address, language, secret.as_slice(), *made_ms];
    tx.one(INSERT, args, |row| row.get::<i64>(0)).map(HookId)
}

/// Ends a webhook; gives back whether it held.
///
/// # Errors
/// The database failed.
pub fn end(tx: &mut WriteTx<'_>, id: HookId, now_ms: i64) -> Result<bool> {
    Ok(tx.execute(END, args![now_ms, id.0])? > 0)
}

fn read(row: &Row<'_>) -> Result<HookRow> {
    Ok(HookRow {
        id: HookId(row.get(0)?),
        unit: row.get(1)?,
        address: row.get(2)?,
        language: row.get(3)?,
        secret: row.get(4)?,
        made_ms: row.get(5)?,
        ended_ms: row.get(6)?,
    })
}
