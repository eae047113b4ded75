//! Transactions that change: statements, many rows at once, parts that can be taken back.

use std::any::Any;

use ::postgres::types::ToSql;

use super::postgresql::{copy_error, postgres_error};
use super::{Connection, Reach, State, WriteTx};
use crate::error::{Error, Result};
use crate::value::Value;

impl WriteTx<'_> {
    /// Runs a statement; gives back how many rows it touched.
    pub(crate) fn execute(&mut self, sql: &'static str, args: &[Value<'_>]) -> Result<u64> {
        self.0.bring_in(sql)?;
        self.0.guarded(|connection| {
            args.iter().try_for_each(|value| value.check())?;
            match connection {
                Connection::Sqlite(sqlite) => {
                    let failed = |error| sqlite.error(error);
                    let mut statement = sqlite.connection.prepare_cached(sql).map_err(failed)?;
                    let touched = statement.execute(rusqlite::params_from_iter(args));
                    touched.map(|rows| rows as u64).map_err(failed)
                }
                Connection::Postgres(postgres) => {
                    let statement = postgres.prepare(sql)?;
                    let args: Vec<&(dyn ToSql + Sync)> =
                        args.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
                    postgres.client.execute(&statement, &args).map_err(postgres_error)
                }
            }
        })
    }

    /// Runs a migration's script.
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        self.0.bring_all_in()?;
        self.batch(sql)
    }

    /// Inserts many rows: a prepared loop on SQLite, COPY on PostgreSQL.
    pub(crate) fn insert_rows(
        &mut self,
        bulk: Bulk,
        fill: impl FnOnce(&mut Rows<'_>) -> Result<()>,
    ) -> Result<()> {
        self.0.bring_in(bulk.insert)?;
        self.0.guarded(|connection| match connection {
            Connection::Sqlite(sqlite) => {
                let failed = |error| sqlite.error(error);
                let statement = sqlite.connection.prepare_cached(bulk.insert).map_err(failed)?;
                fill(&mut Rows::Sqlite { statement, failed: &failed })
            }
            Connection::Postgres(postgres) => {
                let copy = postgres.prepare(bulk.copy)?;
                let writer = postgres.client.copy_in(&copy).map_err(postgres_error)?;
                let mut rows = Rows::Postgres { writer, line: String::new() };
                fill(&mut rows)?;
                let Rows::Postgres { writer, .. } = rows else { return Ok(()) };
                writer.finish().map(drop).map_err(postgres_error)
            }
        })
    }

    /// Inserts a row that nothing of this transaction rests on, at the latest before the commit: at
    /// once on SQLite, on PostgreSQL together with others of its table, because each statement is a
    /// journey to the server. A statement that names the table, or comes from a script, finds it
    /// there. What it breaks is only known then and fails all that were made together.
    pub(crate) fn insert_later(&mut self, bulk: Bulk, values: &[Value<'_>]) -> Result<()> {
        if self.0.is_sqlite() {
            return self.execute(bulk.insert, values).map(drop);
        }
        values.iter().try_for_each(|value| value.check())?;
        self.0.later.add(bulk, values);
        if self.0.later.is_full() { self.0.bring_all_in() } else { Ok(()) }
    }

    /// Says that this change concerns figures alone, so that what is known about people stays true:
    /// see [`crate::Database::turns`].
    pub fn concerns_figures(&mut self) {
        self.0.reach = Reach::Figures;
    }

    /// Keeps something that was worked out from what this transaction sees, for the changes that
    /// are made after this one in the same transaction. It is forgotten as soon as anything is taken
    /// back.
    pub fn keep<T: Any + Send>(&mut self, worked_out: T) {
        self.0.kept = Some(Box::new(worked_out));
    }

    /// Takes what was kept, when it is of this type.
    #[must_use]
    pub fn take_kept<T: Any + Send>(&mut self) -> Option<T> {
        self.0.kept.take()?.downcast().ok().map(|kept| *kept)
    }

    /// What may have been changed since this was asked last.
    pub(crate) fn take_reach(&mut self) -> Reach {
        std::mem::replace(&mut self.0.reach, Reach::Everything)
    }

    /// Begins a part that can be taken back alone.
    pub(crate) fn begin_part(&mut self) -> Result<()> {
        self.0.later.begin_part();
        // The part before is ended only now: two statements are one journey.
        let begin = match self.0.part {
            Part::None => "savepoint part",
            Part::Kept => "release part; savepoint part",
        };
        self.batch(begin)
    }

    /// Ends the part; what it changed stays, as far as the rest does.
    pub(crate) fn keep_part(&mut self) {
        self.0.part = Part::Kept;
    }

    /// Takes back what the part changed; what stood before it is as it was, also after a failed
    /// statement.
    pub(crate) fn take_part_back(&mut self) -> Result<()> {
        self.0.kept = None;
        self.0.later.take_part_back();
        self.0.state = State::Open;
        self.0.part = Part::None;
        self.batch("rollback to part; release part")
    }

    /// Whether a statement failed, so that nothing more can be done.
    pub(crate) fn has_failed(&self) -> bool {
        self.0.state == State::Failed
    }

    /// Makes everything durable. Refused after a failed statement, because PostgreSQL would answer
    /// yes and keep nothing.
    pub(crate) fn commit(mut self) -> Result<()> {
        self.0.bring_all_in()?;
        self.batch("commit")?;
        self.0.state = State::Ended;
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.0.guarded(|connection| match connection {
            Connection::Sqlite(sqlite) => sqlite.batch(sql),
            Connection::Postgres(postgres) => postgres.batch(sql),
        })
    }
}

/// The two texts of a bulk insert, made by `bulk!`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bulk {
    pub(crate) table: &'static str,
    pub(crate) insert: &'static str,
    pub(crate) copy: &'static str,
}

/// How a transaction stands with the part of it that was begun last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// There is none that was kept.
    None,
    /// It was kept, and is not ended yet.
    Kept,
}

/// Where the rows of a bulk insert go.
pub(crate) enum Rows<'c> {
    Sqlite {
        statement: rusqlite::CachedStatement<'c>,
        failed: &'c dyn Fn(rusqlite::Error) -> Error,
    },
    Postgres {
        writer: postgres::CopyInWriter<'c>,
        line: String,
    },
}

impl Rows<'_> {
    /// Adds a row, its values in the order of the columns.
    pub(crate) fn add(&mut self, values: &[Value<'_>]) -> Result<()> {
        values.iter().try_for_each(|value| value.check())?;
        match self {
            Self::Sqlite { statement, failed } => {
                let added = statement.execute(rusqlite::params_from_iter(values));
                added.map(drop).map_err(*failed)
            }
            Self::Postgres { writer, line } => {
                line.clear();
                crate::copy::write_line(line, values);
                std::io::Write::write_all(writer, line.as_bytes()).map_err(copy_error)
            }
        }
    }
}
