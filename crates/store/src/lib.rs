//! The only crate that knows SQL: one face over SQLite and PostgreSQL, one module per noun.
#![warn(missing_docs)]

/// The SQL texts of a module, as constants and as a list that a test prepares on both engines.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: &str = $sql;)*
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// A bulk insert: the table, its columns, and as many placeholders.
macro_rules! bulk {
    ($table:literal, $columns:literal, $placeholders:literal) => {
        crate::engine::Bulk {
            table: $table,
            insert: concat!(
                "insert into ",
                $table,
                " (",
                $columns,
                ") values (",
                $placeholders,
                ")"
            ),
            copy: concat!("copy ", $table, " (", $columns, ") from stdin"),
        }
    };
}

pub mod accounts;
pub mod attachments;
pub mod calendars;
pub mod calls;
mod changes;
mod copy;
pub mod damage;
mod database;
pub mod deeds;
pub mod deliveries;
pub mod difficulties;
pub mod directives;
pub mod drafts;
mod engine;
mod error;
mod figures;
pub mod forms;
pub mod grants;
pub mod holidays;
pub mod hooks;
pub mod hot_spots;
pub mod imports;
pub mod indicators;
pub mod inspect;
pub mod items;
mod json;
pub mod kept_files;
pub mod ledger;
pub mod locks;
mod migrations;
pub mod packs;
pub mod pictures;
pub mod priorities;
pub mod proposals;
pub mod sessions;
pub mod settings;
pub mod standings;
pub mod steps;
pub mod stocktakes;
mod stored;
pub mod submissions;
pub mod targets;
pub mod task_templates;
pub mod tasks;
pub mod templates;
pub mod units;
pub mod urging;
mod value;

pub use database::{Database, drop_schema};
pub use engine::{ReadTx, WriteTx};
pub use error::{Constraint, Error, Result};
