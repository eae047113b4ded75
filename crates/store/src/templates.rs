//! Report templates, as the text their author wrote.

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select code, body from report_template order by position";
    SAVE = "insert into report_template (code, position, body)
            values ($1, (select coalesce(max(position), 0) + 1 from report_template), $2)
            on conflict (code) do update set position = excluded.position, body = excluded.body";
}

/// All templates as (code, text), in the order in which they were saved.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<(String, String)>> {
    tx.all(ALL, args![], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Saves a template under its code, as the last in order.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, code: &str, text: &str) -> Result<()> {
    tx.execute(SAVE, args![code, text]).map(drop)
}
