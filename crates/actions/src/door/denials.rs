//! Denials: that somebody asked for what they may not have is recorded as well.

use domain::access::{Actor, Right};
use store::{Database, WriteTx};

use super::{Deed, Doer, Kind, record};
use crate::error::Error;
use crate::workspace::Workspace;

/// How long the same is not recorded again.
const PAUSE_MS: i64 = 60_000;

/// Records what anyone can bring about as often as they like: once a minute is enough to know, and
/// keeps them from filling the disk.
pub(crate) fn note(
    tx: &mut WriteTx<'_>,
    who: Doer,
    kind: Kind,
    id: &str,
    now_ms: i64,
) -> Result<(), Error> {
    let newest = store::ledger::newest_of(tx, kind.noun(), id)?;
    let is_known = newest.is_some_and(|newest| {
        newest.account == who.account() && newest.recorded_ms + PAUSE_MS > now_ms
    });
    if is_known {
        return Ok(());
    }
    record(tx, who, now_ms, Deed::new(kind, id, Vec::new())).map(drop)
}

/// Records that somebody may not use a right where they tried to.
pub(crate) fn denied(
    database: &Database,
    who: &Actor,
    right: Right,
    now_ms: i64,
) -> Result<(), Error> {
    let who = Doer::from(who);
    database.write_blocking(move |tx| note(tx, who, Kind::AccessDenied, right.code(), now_ms))
}

impl Workspace {
    /// A result as it is; when it is that somebody may not do something there, that is recorded. The
    /// change itself was taken back, so this is a transaction of its own.
    pub(crate) fn noting_denials<T>(
        &self,
        result: Result<T, Error>,
        who: &Actor,
        now_ms: i64,
    ) -> Result<T, Error> {
        if let Some(right) = result.as_ref().err().and_then(Error::denied) {
            denied(&self.database, who, right, now_ms)?;
        }
        result
    }
}
