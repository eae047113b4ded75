//! Runs a test on every engine, each time on a new empty database.

use std::sync::atomic::{AtomicU32, Ordering};

use store::Database;

/// Where PostgreSQL is, for tests.
const ADDRESS: &str = "TEST_DATABASE_URL";

/// `required` makes a missing PostgreSQL a failure; so does `CI`.
const WANTED: &str = "DOTPHA_TEST_POSTGRES";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Runs `test` on a new SQLite file, and on a new PostgreSQL schema when `TEST_DATABASE_URL` names
/// a server. The first argument is the engine's name, for messages.
///
/// # Panics
/// When a database cannot be made, or PostgreSQL is required and not there.
pub fn on_every_engine(test: impl Fn(&str, &Database)) {
    on_sqlite(&test);
    match setting(ADDRESS) {
        Some(address) => on_postgres(&address, &test),
        None => without_postgres(is_required()),
    }
}

fn is_required() -> bool {
    setting(WANTED).as_deref() == Some("required") || setting("CI").is_some()
}

/// Runs `test` with the address of a new empty PostgreSQL schema, for programs that open the
/// database themselves; only says so when `TEST_DATABASE_URL` names no server.
///
/// # Panics
/// When the schema cannot be made, or PostgreSQL is required and not there.
pub fn with_postgres_schema(test: impl Fn(&str)) {
    let Some(address) = setting(ADDRESS) else {
        return without_postgres(is_required());
    };
    let name = format!("program_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let schema = Schema { address: &address, name: &name };
    schema.remove().expect("TEST_DATABASE_URL names a running PostgreSQL server");
    drop(Database::open_in_schema(&address, &name).expect("a new schema opens"));
    let joint = if address.contains('?') { '&' } else { '?' };
    // `-c search_path=…`, written as an address takes it.
    test(&format!("{address}{joint}options=-c%20search_path%3D{name}"));
}

fn on_sqlite(test: &impl Fn(&str, &Database)) {
    let folder = tempfile::tempdir().expect("tests need a folder for temporary files");
    let file = folder.path().join("test.db");
    let file = file.to_str().expect("the folder for temporary files has a plain name");
    let database = Database::open(file).expect("a new SQLite file opens");
    test("SQLite", &database);
}

fn on_postgres(address: &str, test: &impl Fn(&str, &Database)) {
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("test_{}_{number}", std::process::id());
    let schema = Schema { address, name: &schema };
    // A run that was killed may have left one with the same name.
    schema.remove().expect("TEST_DATABASE_URL names a running PostgreSQL server");
    let database = Database::open_in_schema(address, schema.name).expect("a new schema opens");
    test("PostgreSQL", &database);
}

/// A schema that is removed however the test ends.
struct Schema<'a> {
    address: &'a str,
    name: &'a str,
}

impl Schema<'_> {
    fn remove(&self) -> store::Result<()> {
        store::drop_schema(self.address, self.name)
    }
}

impl Drop for Schema<'_> {
    fn drop(&mut self) {
        // The next run removes what is left.
        let _removed = self.remove();
    }
}

#[expect(clippy::print_stderr, reason = "this is how a test speaks")]
fn without_postgres(required: bool) {
    assert!(
        !required,
        "PostgreSQL was not tested: set {ADDRESS} to a server, or run `cargo xtask test`"
    );
    eprintln!("PostgreSQL was not tested: {ADDRESS} is not set");
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
