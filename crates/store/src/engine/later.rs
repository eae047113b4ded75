//! Rows that wait to be added together, as lines for PostgreSQL's COPY.

use std::io::Write as _;

use super::Bulk;
use super::postgresql::{Postgres, copy_error, postgres_error};
use crate::copy::write_line;
use crate::error::Result;
use crate::value::Value;

/// Bytes of lines that wait.
const BYTES_MAX: usize = 1 << 20;

/// Rows that wait, by table, in the order in which the tables were first needed.
#[derive(Debug, Default)]
pub(super) struct Later(Vec<Waiting>);

#[derive(Debug)]
struct Waiting {
    bulk: Bulk,
    lines: String,
    /// How many bytes of the lines were there before the part that was begun last.
    before_part: usize,
    /// How many bytes of the lines are in the database, brought in by this part, which may yet be
    /// taken back, and they with it.
    brought: usize,
}

impl Later {
    /// Adds a row to those that wait.
    pub(super) fn add(&mut self, bulk: Bulk, values: &[Value<'_>]) {
        let found = self.0.iter().position(|waiting| waiting.bulk.table == bulk.table);
        let place = found.unwrap_or_else(|| {
            self.0.push(Waiting { bulk, lines: String::new(), before_part: 0, brought: 0 });
            self.0.len() - 1
        });
        if let Some(waiting) = self.0.get_mut(place) {
            write_line(&mut waiting.lines, values);
        }
    }

    /// Whether none waits.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|waiting| waiting.rest().is_empty())
    }

    /// Whether as much waits as should be held in memory.
    pub(super) fn is_full(&self) -> bool {
        self.0.iter().map(|waiting| waiting.rest().len()).sum::<usize>() > BYTES_MAX
    }

    /// Whether a statement names a table for which rows wait.
    pub(super) fn is_named_in(&self, sql: &str) -> bool {
        let mut waiting = self.0.iter().filter(|waiting| !waiting.rest().is_empty());
        waiting.any(|waiting| sql.contains(waiting.bulk.table))
    }

    /// Brings them into the database.
    pub(super) fn bring_in(&mut self, postgres: &mut Postgres) -> Result<()> {
        for waiting in self.0.iter_mut().filter(|waiting| !waiting.rest().is_empty()) {
            let copy = postgres.prepare(waiting.bulk.copy)?;
            let mut writer = postgres.client.copy_in(&copy).map_err(postgres_error)?;
            writer.write_all(waiting.rest().as_bytes()).map_err(copy_error)?;
            writer.finish().map_err(postgres_error)?;
            waiting.lines.truncate(waiting.before_part);
            waiting.brought = waiting.before_part;
        }
        Ok(())
    }

    /// Begins a part: the one before is kept, with what it has brought in.
    pub(super) fn begin_part(&mut self) {
        for waiting in &mut self.0 {
            waiting.lines.drain(..waiting.brought);
            waiting.brought = 0;
            waiting.before_part = waiting.lines.len();
        }
    }

    /// Forgets the rows of the part. Those of the parts before wait again, also when it was this
    /// part that brought them in.
    pub(super) fn take_part_back(&mut self) {
        for waiting in &mut self.0 {
            waiting.lines.truncate(waiting.before_part);
            waiting.brought = 0;
        }
    }
}

impl Waiting {
    fn rest(&self) -> &str {
        self.lines.get(self.brought..).unwrap_or_default()
    }
}
