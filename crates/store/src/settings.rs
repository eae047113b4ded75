//! Settings: small texts by key.

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    FIND = "select value from setting where key = $1";
    ALL = "select key, value from setting";
    SAVE = "insert into setting (key, value) values ($1, $2)
            on conflict (key) do update set value = excluded.value";
}

/// The value of a setting, if it was ever saved.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, key: &str) -> Result<Option<String>> {
    tx.optional(FIND, args![key], |row| row.get(0))
}

/// All settings as (key, value), by key.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<(String, String)>> {
    let mut all = tx.all(ALL, args![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // Sorted here: the engines do not agree on the order of texts.
    all.sort();
    Ok(all)
}

/// Sets a setting.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, key: &str, value: &str) -> Result<()> {
    tx.execute(SAVE, args![key, value]).map(drop)
}
