//! The schema and every statement, on both engines.

use std::collections::BTreeMap;
use std::sync::Mutex;

use store::{Result, inspect};
use testkit::on_every_engine;

#[test]
fn every_statement_prepares_on_every_engine() {
    let statements = inspect::statements();
    assert!(statements.len() > 30, "the list of statements is complete");
    on_every_engine(|engine, database| {
        for (module, name, sql) in inspect::statements() {
            let prepared: Result<()> = database.write_blocking(move |tx| inspect::prepare(tx, sql));
            assert!(prepared.is_ok(), "{engine}: {module}::{name}: {prepared:?}");
        }
    });
}

#[test]
fn a_statement_that_is_wrong_does_not_prepare() {
    on_every_engine(|engine, database| {
        let wrong = "select no_such_column from unit";
        let prepared: Result<()> = database.read_blocking(move |tx| inspect::prepare(tx, wrong));
        assert!(prepared.is_err(), "{engine}");
    });
}

/// SQLite numbers named placeholders by first appearance, so `$2` before `$1` would swap values.
#[test]
fn placeholders_first_appear_in_order() {
    for (module, name, sql) in inspect::statements() {
        let mut seen = 0;
        for rest in sql.split('$').skip(1) {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let number: u32 = digits.parse().expect("a number follows $");
            assert!(number <= seen + 1, "{module}::{name}: ${number} comes before ${}", seen + 1);
            seen = seen.max(number);
        }
    }
}

#[test]
fn both_engines_have_the_same_tables_columns_indexes_and_references() {
    let schemas: Mutex<BTreeMap<String, Vec<String>>> = Mutex::default();
    on_every_engine(|engine, database| {
        let schema = database.read_blocking(inspect::schema).unwrap();
        schemas.lock().unwrap().insert(engine.to_owned(), schema);
    });
    let schemas = schemas.into_inner().unwrap();
    let sqlite = &schemas["SQLite"];
    for expected in [
        "column submission.figures text not null",
        "index submission (unit, form, period, revision) unique",
        "reference submission.unit to unit.id",
    ] {
        assert!(sqlite.iter().any(|line| line == expected), "{expected} not in {sqlite:#?}");
    }
    let types = ["bigint", "double precision", "text", "boolean", "bytea"];
    for line in sqlite.iter().filter(|line| line.starts_with("column ")) {
        let kind = line.splitn(3, ' ').nth(2).unwrap().trim_end_matches(" not null");
        assert!(types.contains(&kind), "{line}");
    }
    if let Some(postgres) = schemas.get("PostgreSQL") {
        assert_eq!(sqlite, postgres);
    }
}
