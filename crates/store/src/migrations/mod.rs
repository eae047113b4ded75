//! The schema's history: one list of files, forward only, each recorded with its hash.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::engine::{Access, Connection, Place, ReadTx};
use crate::error::{Error, Result};
use crate::value::args;

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    /// The file's name without its ending: `0001_units`.
    pub(crate) name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(Migration {
            name: $name,
            sqlite: include_str!(concat!("../../migrations/", $name, ".sql")),
            postgres: include_str!(concat!("../../migrations/", $name, ".sql")),
        }),*]
    };
}

/// All of them; the number is the place in this list, from 1.
pub(crate) const MIGRATIONS: &[Migration] = migrations![
    "0001_units",
    "0002_configuration",
    "0003_submissions",
    "0004_rules",
    "0005_accounts",
    "0006_ledger",
    "0007_collecting",
    "0008_phones",
    "0009_review_levels",
    "0010_delegation",
    "0011_form_versions",
    "0012_locks",
    "0013_attachments",
    "0014_sent_from_forms",
    "0015_identities",
    "0016_tasks",
    "0017_urging",
    "0018_task_templates",
    "0019_directives",
    "0020_calendars",
    "0021_sent_back",
    "0022_difficulties",
    "0023_answering_plans",
    "0024_hot_spots",
    "0025_kept_files",
    "0026_task_lists",
    "0027_deliveries",
    "0028_proposals",
    "0029_task_periods",
    "0030_stocktakes",
    "0031_hooks",
    "0032_chosen_priorities",
    "0033_pictures",
    "0034_directive_references",
    "0035_task_forms",
    "0036_obstacles",
    "0037_called_off_stocktakes",
    "0038_urging_channels",
];

statements! {
    APPLIED = "select number, name, sha256 from migration order by number";
    RECORD = "insert into migration (number, name, sha256) values ($1, $2, $3)";
}

// Not among the statements above: they run before the schema exists, on one engine each.
const LIST: &str = "create table if not exists migration (
    number bigint primary key not null,
    name text not null,
    sha256 text not null
)";
const TABLES_SQLITE: &str = "select name from sqlite_schema
    where type = 'table' and name not like 'sqlite!_%' escape '!' order by name";
const TABLES_POSTGRES: &str = "select tablename::text from pg_tables
    where schemaname = current_schema() order by tablename";
const CHECK_SQLITE: &str = "pragma integrity_check";

/// A migration that a database has had.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Applied {
    number: i64,
    name: String,
    sha256: String,
}

/// Brings a database to the newest schema, all steps or none; before an existing file is changed
/// it is copied and the copy is checked.
pub(crate) fn migrate(
    connection: &mut Connection,
    place: &Place,
    list: &[Migration],
) -> Result<()> {
    // Held from the first look to the end, so that two programs never migrate together and nothing
    // is written between the backup and the migration.
    let mut tx = connection.write()?;
    let tables = tables(&mut tx)?;
    if !tables.is_empty() && !tables.iter().any(|table| table == "migration") {
        return Err(Error::NotOurs { place: place.to_string() });
    }
    let is_new = tables.is_empty();
    if is_new {
        tx.script(LIST)?;
    }
    let applied = applied(&mut tx)?;
    check(&applied, list, tx.is_sqlite())?;
    let pending = list.get(applied.len()..).unwrap_or_default();
    if pending.is_empty() {
        return Ok(());
    }
    if let (false, Place::File(file)) = (is_new, place) {
        back_up(place, file, applied.len() + 1, &tables)?;
    }
    for (number, migration) in (1_i64..).zip(list).skip(applied.len()) {
        let sql = migration.sql(tx.is_sqlite());
        tx.script(sql)?;
        tx.execute(RECORD, args![number, migration.name, &hash(sql)])?;
    }
    tx.commit()
}

impl Migration {
    fn sql(&self, sqlite: bool) -> &'static str {
        if sqlite { self.sqlite } else { self.postgres }
    }
}

fn tables(tx: &mut ReadTx<'_>) -> Result<Vec<String>> {
    let sql = if tx.is_sqlite() { TABLES_SQLITE } else { TABLES_POSTGRES };
    tx.all(sql, &[], |row| row.get(0))
}

fn applied(tx: &mut ReadTx<'_>) -> Result<Vec<Applied>> {
    tx.all(APPLIED, &[], |row| {
        Ok(Applied { number: row.get(0)?, name: row.get(1)?, sha256: row.get(2)? })
    })
}

/// Refuses gaps, files that were edited after they were released, and newer schemas.
fn check(applied: &[Applied], list: &[Migration], sqlite: bool) -> Result<()> {
    for (expected, step) in (1..).zip(applied) {
        if step.number != expected {
            return Err(Error::MigrationMissing { number: expected });
        }
    }
    for (step, migration) in applied.iter().zip(list) {
        if step.name != migration.name || step.sha256 != hash(migration.sql(sqlite)) {
            return Err(Error::MigrationDiffers { name: step.name.clone() });
        }
    }
    if applied.len() > list.len() {
        let count = |steps: usize| i64::try_from(steps).unwrap_or(i64::MAX);
        return Err(Error::NewerSchema { found: count(applied.len()), known: count(list.len()) });
    }
    Ok(())
}

/// The hash that is recorded; line ends do not count, because checkouts change them.
fn hash(sql: &str) -> String {
    let digest = Sha256::digest(sql.replace("\r\n", "\n"));
    digest.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string never fails");
        text
    })
}

/// Copies a database file beside itself and makes sure that the copy can be read and is whole.
fn back_up(place: &Place, file: &Path, number: usize, tables: &[String]) -> Result<()> {
    let backup = free_name(file, number);
    let failed = |reason: String| Error::Backup { file: backup.display().to_string(), reason };
    // For writing, because SQLite counts making a copy as writing.
    let mut original =
        Connection::open(place, Access::Write).map_err(|error| failed(error.to_string()))?;
    original.copy_into(&backup).map_err(|error| failed(error.to_string()))?;
    // SQLite leaves it to the system when the copy reaches the disk.
    std::fs::File::open(&backup)
        .and_then(|copy| copy.sync_all())
        .map_err(|error| failed(error.to_string()))?;
    let mut copy = Connection::open(&Place::File(backup.clone()), Access::Read)
        .map_err(|error| failed(error.to_string()))?;
    let verdict = sound(&mut original, &mut copy, tables);
    match verdict.map_err(|error| failed(error.to_string()))? {
        None => Ok(()),
        Some(reason) => Err(failed(reason)),
    }
}

fn free_name(file: &Path, number: usize) -> PathBuf {
    let named = |more: String| {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".before-{number:04}{more}"));
        PathBuf::from(name)
    };
    let first = named(String::new());
    let later = (2..).map(|count: u32| named(format!("-{count}")));
    std::iter::once(first.clone()).chain(later).find(|name| !name.exists()).unwrap_or(first)
}

/// Why a copy is not as good as the original, if it is not.
fn sound(
    original: &mut Connection,
    copy: &mut Connection,
    tables: &[String],
) -> Result<Option<String>> {
    let (mut original, mut copy) = (original.read()?, copy.read()?);
    let verdict: String = copy.one(CHECK_SQLITE, &[], |row| row.get(0))?;
    if verdict != "ok" {
        return Ok(Some(verdict));
    }
    for table in tables {
        let (before, after) = (original.count(table)?, copy.count(table)?);
        if before != after {
            return Ok(Some(format!("{table} has {after} of {before} rows")));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
