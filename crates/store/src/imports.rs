//! Imports: the files that were taken in, known by their hash.

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

/// A file that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its number, counted from 1 in the order of arrival.
    pub id: i64,
    /// What it held: `units`, `figures`.
    pub kind: String,
    /// Its name, without folders.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// Rows read from it.
    pub rows: i64,
    /// When, in epoch milliseconds.
    pub imported_ms: i64,
}

/// A file about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// What it holds.
    pub kind: String,
    /// Its name, without folders.
    pub file_name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// Rows read from it.
    pub rows: i64,
    /// When, in epoch milliseconds.
    pub imported_ms: i64,
}

impl NewImport {
    /// The import it became.
    #[must_use]
    pub fn numbered(self, id: i64) -> Import {
        let Self { kind, file_name, sha256, bytes, rows, imported_ms } = self;
        Import { id, kind, file_name, sha256, bytes, rows, imported_ms }
    }
}

/// What was sent from forms: the one import that is no file, there from the beginning. It says
/// nothing of its own, and is not among the others.
pub const FORMS: i64 = 0;

statements! {
    FIND = "select id, kind, file_name, sha256, bytes, row_count, imported_ms from import
            where sha256 = $1 and kind = $2";
    ALL = "select id, kind, file_name, sha256, bytes, row_count, imported_ms from import
           where id > 0 order by id";
    OTHER_THAN = "select id, kind, file_name, sha256, bytes, row_count, imported_ms from import
                  where id > 0 and kind <> $1 order by id";
    NEWEST = "select id, kind, file_name, sha256, bytes, row_count, imported_ms from import
              where id > 0 order by id desc limit 1";
    INSERT = "insert into import (id, kind, file_name, sha256, bytes, row_count, imported_ms)
              values ((select coalesce(max(id), 0) + 1 from import), $1, $2, $3, $4, $5, $6)
              returning id";
}

/// The import of a file with this hash and kind, if it was taken in before.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, sha256: &str, kind: &str) -> Result<Option<Import>> {
    tx.optional(FIND, args![sha256, kind], read)
}

/// All imports, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Import>> {
    tx.all(ALL, args![], read)
}

/// All imports but those of a kind, oldest first.
///
/// # Errors
/// The database failed.
pub fn other_than(tx: &mut ReadTx<'_>, kind: &str) -> Result<Vec<Import>> {
    tx.all(OTHER_THAN, args![kind], read)
}

/// The import that arrived last.
///
/// # Errors
/// The database failed.
pub fn newest(tx: &mut ReadTx<'_>) -> Result<Option<Import>> {
    tx.optional(NEWEST, args![], read)
}

/// Records an import; gives back its number.
///
/// # Errors
/// The same file was taken in before (a constraint), or the database failed.
pub fn insert(tx: &mut WriteTx<'_>, new: &NewImport) -> Result<i64> {
    let NewImport { kind, file_name, sha256, bytes, rows, imported_ms } = new;
    let args = args![kind, file_name, sha256, *bytes, *rows, *imported_ms];
    tx.one(INSERT, args, |row| row.get(0))
}

fn read(row: &Row<'_>) -> Result<Import> {
    Ok(Import {
        id: row.get(0)?,
        kind: row.get(1)?,
        file_name: row.get(2)?,
        sha256: row.get(3)?,
        bytes: row.get(4)?,
        rows: row.get(5)?,
        imported_ms: row.get(6)?,
    })
}
