//! The two engines behind one face: connections, transactions, rows. Only this folder names a driver.

mod later;
mod postgresql;
mod sqlite;
mod writing;

use std::any::Any;
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};

use ::postgres::fallible_iterator::FallibleIterator as _;
use domain::item::Bilingual;

use self::later::Later;
pub(crate) use self::postgresql::Server;
use self::postgresql::{Postgres, postgres_error, postgres_value};
use self::sqlite::{Sqlite, sqlite_value};
pub(crate) use self::writing::Bulk;
use self::writing::Part;
use crate::error::{Error, Result};
use crate::value::{Column, Value};

/// How long a writer waits for another program's writer before it gives up.
const LOCK_WAIT_MS: u32 = 30_000;

/// Where a database is.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server.
    Server(Box<Server>),
}

impl Place {
    /// Reads a path or a `postgres://` address.
    pub(crate) fn parse(text: &str, schema: Option<&str>) -> Result<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Server::parse(text, schema).map(|server| Self::Server(Box::new(server)));
        }
        // Absolute, because SQLite gives names such as `:memory:` a meaning of their own.
        let file = std::path::absolute(text).map_err(|error| Error::CannotOpen {
            place: text.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(Self::File(file))
    }

    /// Removes the address's schema with everything in it.
    pub(crate) fn drop_schema(&self) -> Result<()> {
        match self {
            Self::File(_) => Err(Error::BadAddress { reason: "a file has no schema".to_owned() }),
            Self::Server(server) => server.drop_schema(),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(file) => write!(f, "{}", file.display()),
            Self::Server(server) => f.write_str(&server.place()),
        }
    }
}

/// What a connection is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// A connection to one of the engines. It lives and dies on one thread.
pub(crate) enum Connection {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Connection {
    /// Opens a connection and makes sure that what it acknowledges is on disk.
    pub(crate) fn open(place: &Place, access: Access) -> Result<Self> {
        match place {
            Place::File(file) => Sqlite::open(file, access).map(Self::Sqlite),
            Place::Server(server) => {
                Postgres::open(server).map(|client| Self::Postgres(Box::new(client)))
            }
        }
    }

    /// Whether it must be opened again before the next use. Asks the server, which may have been
    /// restarted since: nothing of a transaction is lost by opening another connection now.
    pub(crate) fn is_broken(&mut self) -> bool {
        match self {
            Self::Sqlite(sqlite) => sqlite.broken,
            Self::Postgres(postgres) => postgres.client.check_connection().is_err(),
        }
    }

    /// Begins a transaction that sees one state of the database from its first question on.
    pub(crate) fn read(&mut self) -> Result<ReadTx<'_>> {
        match self {
            Self::Sqlite(sqlite) => sqlite.batch("begin")?,
            Self::Postgres(postgres) => {
                postgres.batch("begin isolation level repeatable read read only")?;
            }
        }
        Ok(ReadTx::begun(self))
    }

    /// Begins a transaction that may change things, when no other program is changing any.
    pub(crate) fn write(&mut self) -> Result<WriteTx<'_>> {
        match self {
            Self::Sqlite(sqlite) => sqlite.batch("begin immediate")?,
            Self::Postgres(postgres) => postgres.begin_writing()?,
        }
        Ok(WriteTx(ReadTx::begun(self)))
    }

    /// Copies the whole database into a new file; only SQLite has one.
    pub(crate) fn copy_into(&mut self, file: &Path) -> Result<()> {
        let Self::Sqlite(sqlite) = self else { return Ok(()) };
        let file = file.to_string_lossy();
        let copied = sqlite.connection.execute("vacuum into $1", [file.as_ref()]);
        copied.map(drop).map_err(|error| sqlite.error(error))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// A statement failed. PostgreSQL allows nothing more; the same holds on SQLite.
    Failed,
    Ended,
}

/// A transaction that asks. Dropping it ends it.
pub struct ReadTx<'c> {
    connection: &'c mut Connection,
    state: State,
    reach: Reach,
    kept: Option<Box<dyn Any + Send>>,
    later: Later,
    part: Part,
    asked: u64,
}

/// What a change may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Anything: also who may do what, and who is signed in.
    Everything,
    /// Figures and what is about them.
    Figures,
}

/// A transaction that changes. It asks too; dropping it without a commit takes everything back.
pub struct WriteTx<'c>(ReadTx<'c>);

impl<'c> Deref for WriteTx<'c> {
    type Target = ReadTx<'c>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for WriteTx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Drop for ReadTx<'_> {
    fn drop(&mut self) {
        if self.state == State::Ended {
            return;
        }
        match self.connection {
            Connection::Sqlite(sqlite) => {
                // Some errors have rolled back already; a transaction that stays open is a broken
                // connection.
                let _rolled_back = sqlite.batch("rollback");
                sqlite.broken |= !sqlite.connection.is_autocommit();
            }
            Connection::Postgres(postgres) => postgres.roll_back(),
        }
    }
}

impl<'c> ReadTx<'c> {
    fn begun(connection: &'c mut Connection) -> Self {
        Self {
            connection,
            state: State::Open,
            reach: Reach::Everything,
            kept: None,
            later: Later::default(),
            part: Part::None,
            asked: 0,
        }
    }

    /// Whether it runs on SQLite, for the few places where the engines differ.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.connection, Connection::Sqlite(_))
    }

    /// How many statements it has run so far: what a page costs however fast the machine is.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.asked
    }

    /// Hands over row by row, without holding them all.
    pub(crate) fn each(
        &mut self,
        sql: &'static str,
        args: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.bring_in(sql)?;
        self.guarded(|connection| match connection {
            Connection::Sqlite(sqlite) => {
                let failed = |error| sqlite.error(error);
                let mut statement = sqlite.connection.prepare_cached(sql).map_err(failed)?;
                let args = rusqlite::params_from_iter(args);
                let mut rows = statement.query(args).map_err(failed)?;
                while let Some(row) = rows.next().map_err(failed)? {
                    each(&Row::Sqlite(row))?;
                }
                Ok(())
            }
            Connection::Postgres(postgres) => {
                let statement = postgres.prepare(sql)?;
                let rows = postgres.client.query_raw(&statement, args);
                let mut rows = rows.map_err(postgres_error)?;
                while let Some(row) = rows.next().map_err(postgres_error)? {
                    each(&Row::Postgres(&row))?;
                }
                Ok(())
            }
        })
    }

    /// All rows, read one by one.
    pub(crate) fn all<T>(
        &mut self,
        sql: &'static str,
        args: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.each(sql, args, |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// The first row, if there is one.
    pub(crate) fn optional<T>(
        &mut self,
        sql: &'static str,
        args: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, args, read)?.into_iter().next())
    }

    /// The one row that a statement always gives.
    pub(crate) fn one<T>(
        &mut self,
        sql: &'static str,
        args: &[Value<'_>],
        read: impl Fn(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        let found = self.optional(sql, args, read)?;
        found.ok_or_else(|| Error::Driver(format!("no row from: {sql}")))
    }

    /// Lets the engine check a statement without running it.
    pub(crate) fn prepare(&mut self, sql: &'static str) -> Result<()> {
        self.guarded(|connection| match connection {
            Connection::Sqlite(sqlite) => {
                sqlite.connection.prepare(sql).map(drop).map_err(|error| sqlite.error(error))
            }
            Connection::Postgres(postgres) => postgres.prepare(sql).map(drop),
        })
    }

    /// How many rows a table has.
    pub(crate) fn count(&mut self, table: &str) -> Result<u64> {
        self.guarded(|connection| match connection {
            Connection::Sqlite(sqlite) => sqlite.count(table),
            Connection::Postgres(postgres) => postgres.count(table),
        })
    }

    /// Adds the rows that wait, when a statement that is about to run names one of their tables.
    fn bring_in(&mut self, sql: &str) -> Result<()> {
        if self.later.is_named_in(sql) { self.bring_all_in() } else { Ok(()) }
    }

    /// Adds the rows that wait.
    fn bring_all_in(&mut self) -> Result<()> {
        if self.later.is_empty() {
            return Ok(());
        }
        let mut later = std::mem::take(&mut self.later);
        let brought = self.guarded(|connection| match connection {
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(postgres) => later.bring_in(postgres),
        });
        self.later = later;
        brought
    }

    fn guarded<T>(&mut self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        if self.state != State::Open {
            return Err(Error::TransactionFailed);
        }
        self.asked += 1;
        work(self.connection).inspect_err(|_| self.state = State::Failed)
    }
}

/// A row of an answer.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl Row<'_> {
    /// The value of a column, counted from 0.
    pub(crate) fn get<T: Column>(&self, index: usize) -> Result<T> {
        let value = self.value(index)?;
        T::from_value(value)
            .ok_or_else(|| Error::Unreadable { what: T::WHAT, found: value.describe() })
    }

    /// The text of a column, without copying it.
    pub(crate) fn text(&self, index: usize) -> Result<&str> {
        match self.value(index)? {
            Value::Text(text) => Ok(text),
            other => Err(Error::Unreadable { what: "text", found: other.describe() }),
        }
    }

    /// Two columns side by side: Vietnamese, English.
    pub(crate) fn bilingual(&self, index: usize) -> Result<Bilingual> {
        Ok(Bilingual { vi: self.get(index)?, en: self.get(index + 1)? })
    }

    /// The text of a column as one of a closed set of codes.
    pub(crate) fn code<T>(
        &self,
        index: usize,
        what: &'static str,
        from_code: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        let code = self.text(index)?;
        from_code(code).ok_or_else(|| Error::Unreadable { what, found: code.to_owned() })
    }

    fn value(&self, index: usize) -> Result<Value<'_>> {
        match self {
            Self::Sqlite(row) => sqlite_value(row, index),
            Self::Postgres(row) => postgres_value(row, index).map_err(postgres_error),
        }
    }
}

#[cfg(test)]
mod tests;
