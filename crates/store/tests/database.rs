//! Transactions, threads and opening, on every engine.

use std::sync::mpsc::channel;

use store::{Database, Error, Result, WriteTx, settings};
use testkit::on_every_engine;

/// What a verb might give back: its own refusal, or the database's error.
#[derive(Debug, PartialEq)]
enum Outcome {
    Refused,
    Failed(String),
}

impl From<Error> for Outcome {
    fn from(error: Error) -> Self {
        Self::Failed(error.to_string())
    }
}

#[test]
fn what_succeeds_is_kept() {
    on_every_engine(|engine, database| {
        save(database, "a", "1").unwrap();
        assert_eq!(saved(database, "a"), Some("1".to_owned()), "{engine}");
    });
}

#[test]
fn what_is_refused_leaves_nothing_behind() {
    on_every_engine(|engine, database| {
        let outcome: Result<(), Outcome> = database.write_blocking(|tx| {
            settings::save(tx, "a", "1")?;
            Err(Outcome::Refused)
        });
        assert_eq!(outcome, Err(Outcome::Refused), "{engine}");
        assert_eq!(saved(database, "a"), None, "{engine}");
    });
}

#[test]
fn a_panic_is_reported_leaves_nothing_behind_and_the_next_change_works() {
    on_every_engine(|engine, database| {
        let outcome: Result<()> = database.write_blocking(|tx| {
            settings::save(tx, "a", "1")?;
            panic!("tính sai");
        });
        let Err(Error::Panicked { message }) = outcome else { panic!("{engine}: {outcome:?}") };
        assert_eq!(message, "tính sai", "{engine}");
        assert_eq!(saved(database, "a"), None, "{engine}");
        save(database, "a", "2").unwrap();
        assert_eq!(saved(database, "a"), Some("2".to_owned()), "{engine}");
    });
}

/// What reaches the disk together still ends each in its own way.
#[test]
fn a_change_that_fails_takes_back_nothing_of_those_beside_it() {
    on_every_engine(|engine, database| {
        let (opened, gate) = channel::<()>();
        let holding = database.clone();
        let held = std::thread::spawn(move || {
            holding.write_blocking::<_, Error>(move |_| {
                gate.recv().unwrap();
                Ok(())
            })
        });
        let waiting: Vec<_> = ["kept", "refused", "failed", "panicked", "kept too"]
            .into_iter()
            .map(|key| {
                let database = database.clone();
                std::thread::spawn(move || {
                    database.write_blocking::<(), Outcome>(move |tx| {
                        settings::save(tx, key, "1")?;
                        match key {
                            "refused" => Err(Outcome::Refused),
                            "failed" => Ok(settings::save(tx, key, "NUL \0")?),
                            "panicked" => panic!("tính sai"),
                            _ => Ok(()),
                        }
                    })
                })
            })
            .collect();
        opened.send(()).unwrap();
        held.join().unwrap().unwrap();
        let outcomes: Vec<_> = waiting.into_iter().map(|one| one.join().unwrap()).collect();
        let failed = || Outcome::Failed(Error::TextWithNul.to_string());
        let panicked = Error::Panicked { message: "tính sai".to_owned() }.to_string();
        let expected =
            [Ok(()), Err(Outcome::Refused), Err(failed()), Err(Outcome::Failed(panicked)), Ok(())];
        assert_eq!(outcomes, expected, "{engine}");
        let keys = ["kept", "refused", "failed", "panicked", "kept too"];
        let kept: Vec<bool> = keys.iter().map(|key| saved(database, key).is_some()).collect();
        assert_eq!(kept, [true, false, false, false, true], "{engine}");
    });
}

#[test]
fn a_turn_is_counted_unless_a_change_concerns_figures_alone() {
    on_every_engine(|engine, database| {
        let before = database.turns();
        let change = |tx: &mut WriteTx<'_>| {
            tx.concerns_figures();
            settings::save(tx, "a", "1")
        };
        database.write_blocking(change).unwrap();
        assert_eq!(database.turns(), before, "{engine}");
        save(database, "a", "2").unwrap();
        assert_eq!(database.turns(), before + 1, "{engine}");
    });
}

/// PostgreSQL would answer a commit with yes and keep nothing.
#[test]
fn nothing_is_kept_after_a_failed_statement_even_when_its_error_is_swallowed() {
    on_every_engine(|engine, database| {
        let outcome: Result<()> = database.write_blocking(|tx| {
            settings::save(tx, "a", "1")?;
            let _swallowed = settings::save(tx, "b", "NUL \0");
            Ok(())
        });
        assert!(matches!(outcome, Err(Error::TransactionFailed)), "{engine}: {outcome:?}");
        assert_eq!(saved(database, "a"), None, "{engine}");
        save(database, "a", "2").unwrap();
    });
}

#[test]
fn text_with_a_nul_is_refused_in_bulk_too() {
    on_every_engine(|engine, database| {
        let outcome = database.write_blocking(|tx| {
            let mut unit = testkit::builders::unit(1, None);
            unit.name = "Na\0Sầm".to_owned();
            store::units::insert_versions(tx, &[unit])
        });
        assert!(matches!(outcome, Err(Error::TextWithNul)), "{engine}: {outcome:?}");
    });
}

#[test]
fn a_reader_sees_one_state_while_a_writer_commits() {
    on_every_engine(|engine, database| {
        save(database, "a", "1").unwrap();
        let (looked, has_looked) = channel();
        let (written, was_written) = channel();
        let reader = database.clone();
        let reading = std::thread::spawn(move || {
            reader.read_blocking(move |tx| {
                let before = settings::find(tx, "a")?;
                looked.send(()).unwrap();
                was_written.recv().unwrap();
                Ok::<_, Error>((before, settings::find(tx, "a")?))
            })
        });
        has_looked.recv().unwrap();
        save(database, "a", "2").unwrap();
        written.send(()).unwrap();
        let (before, after) = reading.join().unwrap().unwrap();
        assert_eq!((before.as_deref(), after.as_deref()), (Some("1"), Some("1")), "{engine}");
        assert_eq!(saved(database, "a").as_deref(), Some("2"), "{engine}");
    });
}

#[test]
fn questions_and_changes_can_be_awaited() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    on_every_engine(|engine, database| {
        let found = runtime.block_on(async {
            database.write(|tx| settings::save(tx, "a", "1")).await?;
            database.read(|tx| settings::find(tx, "a")).await
        });
        assert_eq!(found.unwrap().as_deref(), Some("1"), "{engine}");
    });
}

#[test]
fn the_last_handle_may_be_dropped_inside_async_code() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.db");
    runtime.block_on(async move {
        let database = Database::open(file.to_str().unwrap()).unwrap();
        database.write(|tx| settings::save(tx, "a", "1")).await.unwrap();
        drop(database);
        let again = Database::open(file.to_str().unwrap()).unwrap();
        let found = again.read(|tx| settings::find(tx, "a")).await;
        assert_eq!(found.unwrap().as_deref(), Some("1"));
    });
}

#[test]
fn changes_of_several_callers_all_arrive() {
    on_every_engine(|engine, database| {
        std::thread::scope(|scope| {
            for caller in 0..4 {
                scope.spawn(move || {
                    for number in 0..5 {
                        save(database, &format!("{caller}-{number}"), "x").unwrap();
                    }
                });
            }
        });
        let all = database.read_blocking(settings::all).unwrap();
        assert_eq!(all.len(), 20, "{engine}");
    });
}

#[test]
fn what_cannot_be_opened_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let inside = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(inside("letter.txt"), "Kính gửi: Ủy ban nhân dân các xã. ".repeat(50)).unwrap();
    let cases = [
        (inside("missing/a.db"), "check that the folder exists"),
        (folder.path().display().to_string(), "check that the folder exists"),
        (inside("letter.txt"), "is not a database of dotpha"),
        ("postgres://nobody:secret@127.0.0.1:1/none".to_owned(), "check the address"),
        ("postgres://127.0.0.1:not-a-port/none".to_owned(), "write postgres://"),
    ];
    for (place, expected) in cases {
        let Err(error) = Database::open(&place) else { panic!("{place} opened") };
        let says = error.to_string();
        assert!(says.contains(expected), "{place}: {says}");
        assert!(!says.contains("secret"), "{says}");
    }
}

#[test]
fn a_schema_has_a_plain_name() {
    for name in ["", "Test", "a-b", "a;drop table unit", "1a"] {
        let opened = Database::open_in_schema("postgres://127.0.0.1/none", name);
        assert!(matches!(opened, Err(Error::BadAddress { .. })), "{name}");
    }
}

fn save(database: &Database, key: &str, value: &str) -> Result<()> {
    let (key, value) = (key.to_owned(), value.to_owned());
    database.write_blocking(move |tx: &mut WriteTx<'_>| settings::save(tx, &key, &value))
}

fn saved(database: &Database, key: &str) -> Option<String> {
    let key = key.to_owned();
    database.read_blocking(move |tx| settings::find(tx, &key)).expect("a setting can be read")
}

/// People copy the file as a backup; what stands beside it would be left behind.
#[test]
fn a_closed_sqlite_database_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..100 {
        let file = folder.path().join(format!("{round}.db"));
        let database = Database::open(file.to_str().unwrap()).unwrap();
        save(&database, "a", "1").unwrap();
        drop(database);
        let beside = file.with_extension("db-wal");
        assert!(!beside.exists(), "{} is left after round {round}", beside.display());
    }
}
