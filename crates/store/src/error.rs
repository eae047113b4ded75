//! Why the database could not do what was asked, and what to do about it.

/// Which rule of the schema a change would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constraint {
    /// The key exists already.
    Unique,
    /// It names something that does not exist, or removes something that is named.
    ForeignKey,
    /// A value is missing.
    NotNull,
    /// A value is outside what is allowed.
    Check,
}

/// Why the database could not do what was asked. Passwords never appear in the text.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// A change would break a rule of the schema; nothing was changed.
    #[error("the database refused the change ({rule:?}): {says}")]
    Constraint {
        /// Which kind of rule.
        rule: Constraint,
        /// What the engine says; it names the table or the rule.
        says: String,
    },
    /// Somebody else is writing.
    #[error("another program is writing to the database; wait until it has finished and try again")]
    Locked,
    /// The file cannot be opened or made.
    #[error(
        "cannot open the database {place}: {reason}; check that the folder exists and that you may write there"
    )]
    CannotOpen {
        /// The file.
        place: String,
        /// What the engine says.
        reason: String,
    },
    /// The file may be read but not written.
    #[error("the database {place} cannot be written; allow writing to the file and its folder")]
    NotWritable {
        /// The file.
        place: String,
    },
    /// The file is not one of ours.
    #[error("{place} is not a database of dotpha; name another file")]
    NotOurs {
        /// The file or address.
        place: String,
    },
    /// The disk is full.
    #[error("the disk is full; make room and try again")]
    DiskFull,
    /// The server cannot be reached or does not let us in.
    #[error(
        "cannot connect to PostgreSQL at {place}: {reason}; check the address, the user and that the server runs"
    )]
    CannotConnect {
        /// The address, without the password.
        place: String,
        /// What the driver says.
        reason: String,
    },
    /// The address cannot be read.
    #[error(
        "the database address cannot be read: {reason}; write postgres://user:password@host/name"
    )]
    BadAddress {
        /// What the driver says.
        reason: String,
    },
    /// The engine would acknowledge what is not on disk yet.
    #[error(
        "PostgreSQL runs with {setting} = {value}, which can lose acknowledged figures; set {setting} = on"
    )]
    NotDurable {
        /// The setting.
        setting: &'static str,
        /// Its value.
        value: String,
    },
    /// SQLite did not take a setting we rely on.
    #[error(
        "SQLite did not take {setting} = {wanted} for {place} but stayed at {value}; use a local disk"
    )]
    SettingNotTaken {
        /// The file.
        place: String,
        /// The setting.
        setting: &'static str,
        /// What we asked for.
        wanted: &'static str,
        /// What we got.
        value: String,
    },
    /// A newer program has changed the schema.
    #[error(
        "the database was changed by a newer dotpha (schema {found}, this program knows {known}); use that version"
    )]
    NewerSchema {
        /// The number of the newest migration in the database.
        found: i64,
        /// The newest this program knows.
        known: i64,
    },
    /// A recorded migration is not the one this program carries.
    #[error(
        "migration {name} in the database differs from the one in this program; use the version that made the database"
    )]
    MigrationDiffers {
        /// Its name.
        name: String,
    },
    /// The list of recorded migrations has a hole.
    #[error("migration {number} is missing in the database's list; restore the last backup")]
    MigrationMissing {
        /// Its number.
        number: i64,
    },
    /// The backup before a migration failed, so nothing was migrated.
    #[error("the backup {file} before the migration failed: {reason}; nothing was changed")]
    Backup {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// A statement of the transaction failed before, so it can only be rolled back.
    #[error("an earlier statement of the transaction failed")]
    TransactionFailed,
    /// A stored value does not mean anything to this program.
    #[error("the database holds {found:?} as {what}, which means nothing to this program")]
    Unreadable {
        /// What it should be.
        what: &'static str,
        /// What it is.
        found: String,
    },
    /// Text that the databases cannot store.
    #[error("text with a NUL character cannot be stored; remove it")]
    TextWithNul,
    /// Too much is waiting already.
    #[error("the database is too busy; try again later")]
    TooBusy,
    /// The thread that owns the connection has ended.
    #[error("the database was closed")]
    Closed,
    /// Our own code panicked inside a transaction, which was rolled back.
    #[error("a panic inside a transaction: {message}")]
    Panicked {
        /// The panic's message.
        message: String,
    },
    /// Anything else the driver says.
    #[error("the database failed: {0}")]
    Driver(String),
}

/// What every function of this crate gives back.
pub type Result<T, E = Error> = std::result::Result<T, E>;
