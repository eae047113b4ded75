//! Calendars that people subscribe to, known by the hash of the secret in their address.

use domain::access::AccountId;

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    SAVE = "insert into calendar (account, secret, made_ms) values ($1, $2, $3)
            on conflict (account) do update set secret = excluded.secret, made_ms = excluded.made_ms";
    MADE = "select made_ms from calendar where account = $1";
    OWNER = "select account from calendar where secret = $1";
    END = "delete from calendar where account = $1";
}

/// Saves an account's calendar, instead of the one before.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, account: AccountId, secret: &str, made_ms: i64) -> Result<()> {
    tx.execute(SAVE, args![account, secret, made_ms]).map(drop)
}

/// When an account's calendar was made; none when there is none.
///
/// # Errors
/// The database failed.
pub fn made(tx: &mut ReadTx<'_>, account: AccountId) -> Result<Option<i64>> {
    tx.optional(MADE, args![account], |row| row.get(0))
}

/// Whose calendar a secret's hash is.
///
/// # Errors
/// The database failed.
pub fn owner(tx: &mut ReadTx<'_>, secret: &str) -> Result<Option<AccountId>> {
    tx.optional(OWNER, args![secret], |row| row.get(0))
}

/// Ends an account's calendar; whether there was one.
///
/// # Errors
/// The database failed.
pub fn end(tx: &mut WriteTx<'_>, account: AccountId) -> Result<bool> {
    Ok(tx.execute(END, args![account])? == 1)
}
