//! Sessions: signed-in browsers, known by the hash of their secret.

use domain::access::AccountId;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its number, by which its owner ends it.
    pub id: i64,
    /// Whose it is.
    pub account: AccountId,
    /// What the browser called itself.
    pub device: String,
    /// When it began, in epoch milliseconds.
    pub created_ms: i64,
    /// When it was last used, to the minute.
    pub seen_ms: i64,
    /// When it ends at the latest.
    pub ends_ms: i64,
    /// When a one-time code was given, if one was.
    pub second_factor_ms: Option<i64>,
    /// What every form of this session carries, so that no other site can send one.
    pub form_secret: String,
}

/// A session about to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// SHA-256 of the secret in the browser's cookie, in hexadecimal.
    pub secret_hash: String,
    /// The session; its number is given on saving.
    pub session: Session,
}

statements! {
    FIND = "select id, account, device, created_ms, seen_ms, ends_ms, second_factor_ms, form_secret
            from session where secret = $1 and ends_ms > $2";
    OF_ACCOUNT = "select id, account, device, created_ms, seen_ms, ends_ms, second_factor_ms,
                      form_secret
                  from session where account = $1 and ends_ms > $2 order by id";
    INSERT = "insert into session (secret, id, account, device, created_ms, seen_ms, ends_ms,
                  second_factor_ms, form_secret)
              values ($1, (select coalesce(max(id), 0) + 1 from session),
                  $2, $3, $4, $5, $6, $7, $8)
              returning id";
    SEE = "update session set seen_ms = $1 where secret = $2";
    RAISE = "update session set second_factor_ms = $1 where id = $2 and account = $3";
    END = "update session set ends_ms = $1 where id = $2 and account = $3 and ends_ms > $1";
    END_ALL = "update session set ends_ms = $1 where account = $2 and ends_ms > $1";
    FORGET = "delete from session where ends_ms < $1";
}

/// The session of a secret's hash, while it lasts.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, secret_hash: &str, now_ms: i64) -> Result<Option<Session>> {
    tx.optional(FIND, args![secret_hash, now_ms], read)
}

/// The sessions of an account that last, oldest first.
///
/// # Errors
/// The database failed.
pub fn of_account(tx: &mut ReadTx<'_>, account: AccountId, now_ms: i64) -> Result<Vec<Session>> {
    tx.all(OF_ACCOUNT, args![account, now_ms], read)
}

/// Begins a session; gives back its number.
///
/// # Errors
/// The database failed.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewSession) -> Result<i64> {
    let NewSession { secret_hash, session } = new;
    let args = args![
        secret_hash,
        session.account,
        &session.device,
        session.created_ms,
        session.seen_ms,
        session.ends_ms,
        session.second_factor_ms,
        &session.form_secret
    ];
    tx.one(INSERT, args, |row| row.get(0))
}

/// Notes that a session was used.
///
/// # Errors
/// The database failed.
pub fn see(tx: &mut WriteTx<'_>, secret_hash: &str, now_ms: i64) -> Result<()> {
    tx.execute(SEE, args![now_ms, secret_hash]).map(drop)
}

/// Notes that a one-time code was given in a session.
///
/// # Errors
/// The database failed.
pub fn raise(tx: &mut WriteTx<'_>, id: i64, account: AccountId, now_ms: i64) -> Result<()> {
    tx.execute(RAISE, args![now_ms, id, account]).map(drop)
}

/// Ends one session of an account; whether it lasted until now.
///
/// # Errors
/// The database failed.
pub fn end(tx: &mut WriteTx<'_>, id: i64, account: AccountId, now_ms: i64) -> Result<bool> {
    Ok(tx.execute(END, args![now_ms, id, account])? == 1)
}

/// Ends all sessions of an account; how many there were.
///
/// # Errors
/// The database failed.
pub fn end_all(tx: &mut WriteTx<'_>, account: AccountId, now_ms: i64) -> Result<u64> {
    tx.execute(END_ALL, args![now_ms, account])
}

/// Forgets sessions that ended before a moment.
///
/// # Errors
/// The database failed.
pub fn forget(tx: &mut WriteTx<'_>, before_ms: i64) -> Result<u64> {
    tx.execute(FORGET, args![before_ms])
}

fn read(row: &Row<'_>) -> Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        account: row.get(1)?,
        device: row.get(2)?,
        created_ms: row.get(3)?,
        seen_ms: row.get(4)?,
        ends_ms: row.get(5)?,
        second_factor_ms: row.get(6)?,
        form_secret: row.get(7)?,
    })
}
