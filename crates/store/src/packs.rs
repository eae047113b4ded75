//! Packs: which ones were taken in, and when.

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

/// A pack that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Its stable code: `ket-luan-01`.
    pub code: String,
    /// Its version, as its author writes it.
    pub version: String,
    /// SHA-256 over its files, in hexadecimal.
    pub sha256: String,
    /// When it was taken in last, in epoch milliseconds.
    pub imported_ms: i64,
}

statements! {
    ALL = "select code, version, sha256, imported_ms from pack";
    SAVE = "insert into pack (code, version, sha256, imported_ms) values ($1, $2, $3, $4)
            on conflict (code) do update set version = excluded.version,
                sha256 = excluded.sha256, imported_ms = excluded.imported_ms";
}

/// All packs, by code.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Pack>> {
    let mut all = tx.all(ALL, args![], |row| {
        Ok(Pack {
            code: row.get(0)?,
            version: row.get(1)?,
            sha256: row.get(2)?,
            imported_ms: row.get(3)?,
        })
    })?;
    // Sorted here: the engines do not agree on the order of texts.
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(all)
}

/// Records a pack under its code.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, pack: &Pack) -> Result<()> {
    let Pack { code, version, sha256, imported_ms } = pack;
    tx.execute(SAVE, args![code, version, sha256, *imported_ms]).map(drop)
}
