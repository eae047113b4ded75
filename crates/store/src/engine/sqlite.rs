//! SQLite: how a file is opened, what is asked of it, and what its errors mean.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};

use super::{Access, LOCK_WAIT_MS};
use crate::error::{Constraint, Error, Result};
use crate::value::Value;

/// Statements kept ready on a connection; more than this crate has.
const STATEMENTS_KEPT: usize = 256;

pub(crate) struct Sqlite {
    pub(super) connection: rusqlite::Connection,
    pub(super) place: String,
    pub(super) broken: bool,
}

impl Sqlite {
    pub(super) fn open(file: &Path, access: Access) -> Result<Self> {
        use rusqlite::OpenFlags;
        let place = file.display().to_string();
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if access == Access::Write {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let opened = rusqlite::Connection::open_with_flags(file, flags);
        let connection = opened.map_err(|error| Error::CannotOpen {
            place: place.clone(),
            reason: error.to_string(),
        })?;
        let sqlite = Self { connection, place, broken: false };
        if sqlite.connection.is_readonly("main").map_err(|error| sqlite.error(error))? {
            return Err(Error::NotWritable { place: sqlite.place });
        }
        sqlite.connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        // Otherwise every new argument may plan a statement anew, which took longer than running it.
        sqlite
            .connection
            .set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(|error| sqlite.error(error))?;
        // The waiting time comes first: already switching to WAL may have to wait.
        let wait = Duration::from_millis(LOCK_WAIT_MS.into());
        sqlite.connection.busy_timeout(wait).map_err(|error| sqlite.error(error))?;
        sqlite.set("journal_mode", "wal", "wal")?;
        sqlite.set("synchronous", "full", "2")?;
        sqlite.set("foreign_keys", "on", "1")?;
        sqlite.set("trusted_schema", "off", "0")?;
        // 64 MiB of pages: an import touches its indexes in memory.
        sqlite.set("cache_size", "-65536", "-65536")?;
        if access == Access::Read {
            sqlite.set("query_only", "on", "1")?;
        }
        Ok(sqlite)
    }

    /// Sets a pragma and reads it back: SQLite ignores what it cannot do without a word.
    pub(super) fn set(
        &self,
        setting: &'static str,
        wanted: &'static str,
        expected: &str,
    ) -> Result<()> {
        let read_back = self
            .connection
            .pragma_update_and_check(None, setting, wanted, |_| Ok(()))
            .or_else(|error| match error {
                // Some pragmas answer nothing when they are set.
                rusqlite::Error::QueryReturnedNoRows => Ok(()),
                error => Err(error),
            })
            .and_then(|()| {
                self.connection.pragma_query_value(None, setting, |row| {
                    let value: rusqlite::types::Value = row.get(0)?;
                    Ok(match value {
                        rusqlite::types::Value::Integer(number) => number.to_string(),
                        rusqlite::types::Value::Text(text) => text,
                        other => format!("{other:?}"),
                    })
                })
            });
        let value = read_back.map_err(|error| self.error(error))?;
        if value == expected {
            return Ok(());
        }
        Err(Error::SettingNotTaken { place: self.place.clone(), setting, wanted, value })
    }

    pub(super) fn batch(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|error| self.error(error))
    }

    pub(super) fn count(&self, table: &str) -> Result<u64> {
        let sql = format!("select count(*) from {table}");
        let rows: i64 = self
            .connection
            .query_row(&sql, [], |row| row.get(0))
            .map_err(|error| self.error(error))?;
        Ok(rows.unsigned_abs())
    }

    pub(super) fn error(&self, error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode;
        let (failure, says) = match error {
            rusqlite::Error::SqliteFailure(failure, says) => (failure, says),
            other => return Error::Driver(other.to_string()),
        };
        let says = says.unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Locked,
            ErrorCode::ReadOnly => Error::NotWritable { place: self.place.clone() },
            ErrorCode::CannotOpen => Error::CannotOpen { place: self.place.clone(), reason: says },
            ErrorCode::NotADatabase => Error::NotOurs { place: self.place.clone() },
            ErrorCode::DiskFull => Error::DiskFull,
            ErrorCode::ConstraintViolation => match failure.extended_code {
                rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
                | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                    Error::Constraint { rule: Constraint::Unique, says }
                }
                rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY => {
                    Error::Constraint { rule: Constraint::ForeignKey, says }
                }
                rusqlite::ffi::SQLITE_CONSTRAINT_NOTNULL => {
                    Error::Constraint { rule: Constraint::NotNull, says }
                }
                _ => Error::Constraint { rule: Constraint::Check, says },
            },
            _ => Error::Driver(says),
        }
    }
}

/// The value of a column.
pub(super) fn sqlite_value<'r>(row: &'r rusqlite::Row<'_>, index: usize) -> Result<Value<'r>> {
    let value = row.get_ref(index).map_err(|error| Error::Driver(error.to_string()))?;
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text),
            Err(_) => Value::Blob(bytes),
        },
        ValueRef::Blob(bytes) => Value::Blob(bytes),
    })
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Bool(value) => ValueRef::Integer(value.into()),
            Value::Int(value) => ValueRef::Integer(value),
            Value::Real(value) => ValueRef::Real(value),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
