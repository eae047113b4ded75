//! Connections: what they are set to, what they refuse, and values on their way in and out.

use super::*;
use crate::error::Constraint;
use crate::value::args;

#[test]
fn every_kind_of_value_comes_back_the_same() {
    on_every_engine(|engine, connection| {
        let mut tx = connection.write().unwrap();
        tx.script("create table kind (a bigint, b double precision, c text, d boolean, e bytea)")
            .unwrap();
        let insert = "insert into kind (a, b, c, d, e) values ($1, $2, $3, $4, $5)";
        let bytes: &[u8] = &[0, 255, 10];
        tx.execute(insert, args![i64::MIN, 0.1, "Na Sầm", true, bytes]).unwrap();
        tx.execute(
            insert,
            args![None::<i64>, None::<f64>, None::<&str>, None::<bool>, None::<&[u8]>],
        )
        .unwrap();
        let bulk = bulk!("kind", "a, b, c, d, e", "$1, $2, $3, $4, $5");
        tx.insert_rows(bulk, |rows| rows.add(args![7_i64, -2.5, "\\\t\n\r\\N", false, bytes]))
            .unwrap();
        type Kind = (Option<i64>, Option<f64>, Option<String>, Option<bool>, Option<Vec<u8>>);
        let select = "select a, b, c, d, e from kind order by coalesce(a, 1)";
        let read: Vec<Kind> = tx
            .all(select, &[], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })
            .unwrap();
        let text = |text: &str| Some(text.to_owned());
        let bytes = || Some(bytes.to_owned());
        let expected = vec![
            (Some(i64::MIN), Some(0.1), text("Na Sầm"), Some(true), bytes()),
            (None, None, None, None, None),
            (Some(7), Some(-2.5), text("\\\t\n\r\\N"), Some(false), bytes()),
        ];
        assert_eq!(read, expected, "{engine}");
        let wrong = tx.all("select c from kind", &[], |row| row.get::<i64>(0));
        assert!(matches!(wrong, Err(Error::Unreadable { .. })), "{engine}: {wrong:?}");
    });
}

#[test]
fn rows_that_wait_are_there_for_whoever_asks_and_go_with_their_part() {
    on_every_engine(|engine, connection| {
        let mut tx = connection.write().unwrap();
        tx.script("create table mark (number bigint primary key not null, text text)").unwrap();
        let bulk = bulk!("mark", "number, text", "$1, $2");
        let later = |tx: &mut WriteTx<'_>, number: i64| {
            tx.insert_later(bulk, args![number, "một\\\t\n"]).unwrap();
        };
        let numbers = |tx: &mut WriteTx<'_>| -> Vec<i64> {
            tx.all("select number from mark order by number", &[], |row| row.get(0)).unwrap()
        };
        later(&mut tx, 1);
        tx.begin_part().unwrap();
        later(&mut tx, 2);
        assert_eq!(numbers(&mut tx), [1, 2], "{engine}");
        later(&mut tx, 3);
        // What the question brought in goes with the part; what stood before it stays.
        tx.take_part_back().unwrap();
        assert_eq!(numbers(&mut tx), [1], "{engine}");
        later(&mut tx, 4);
        tx.begin_part().unwrap();
        later(&mut tx, 5);
        tx.take_part_back().unwrap();
        tx.begin_part().unwrap();
        later(&mut tx, 6);
        tx.keep_part();
        tx.begin_part().unwrap();
        later(&mut tx, 7);
        tx.execute("update mark set text = 'hai' where number > 3", &[]).unwrap();
        tx.keep_part();
        for number in 8..30_000 {
            later(&mut tx, number);
        }
        tx.commit().unwrap();
        let mut tx = connection.write().unwrap();
        let expected: Vec<i64> = [1, 4].into_iter().chain(6..30_000).collect();
        assert_eq!(numbers(&mut tx), expected, "{engine}");
        let changed: Vec<i64> = tx
            .all("select number from mark where text = 'hai' order by number", &[], |row| {
                row.get(0)
            })
            .unwrap();
        assert_eq!(changed, [4, 6, 7], "{engine}");
        drop(tx);
        let mut tx = connection.write().unwrap();
        let twice = tx.insert_later(bulk, args![1_i64, "x"]).and_then(|()| tx.commit());
        let is_unique = matches!(twice, Err(Error::Constraint { rule: Constraint::Unique, .. }));
        assert!(is_unique, "{engine}: {twice:?}");
    });
}

#[test]
fn each_broken_rule_has_its_case() {
    let rules = [
        ("insert into rule (id, size) values (1, 1)", Constraint::Unique),
        ("insert into rule (id, size) values (2, null)", Constraint::NotNull),
        ("insert into rule (id, size) values (2, -1)", Constraint::Check),
        ("insert into rule (id, size, above) values (2, 1, 9)", Constraint::ForeignKey),
    ];
    on_every_engine(|engine, connection| {
        let mut tx = connection.write().unwrap();
        tx.script(
            "create table rule (id bigint primary key not null, size bigint not null,
                above bigint references rule (id), check (size > 0));
             insert into rule (id, size) values (1, 1)",
        )
        .unwrap();
        tx.commit().unwrap();
        for (sql, expected) in rules {
            let mut tx = connection.write().unwrap();
            let Err(Error::Constraint { rule, .. }) = tx.execute(sql, &[]) else {
                panic!("{engine}: {sql}")
            };
            assert_eq!(rule, expected, "{engine}: {sql}");
        }
    });
}

#[test]
fn a_transaction_that_only_asks_cannot_change_anything() {
    on_every_engine(|engine, connection| {
        let mut tx = connection.write().unwrap();
        tx.script("create table kept (id bigint)").unwrap();
        tx.commit().unwrap();
        let mut reader = Connection::open(&connection.place, Access::Read).unwrap();
        let insert = "insert into kept (id) values (1) returning id";
        let changed = reader.read().unwrap().one(insert, &[], |row| row.get::<i64>(0));
        assert!(changed.is_err(), "{engine}");
        assert_eq!(connection.read().unwrap().count("kept").unwrap(), 0, "{engine}");
    });
}

#[test]
fn dropping_a_transaction_takes_its_changes_back() {
    on_every_engine(|engine, connection| {
        let mut tx = connection.write().unwrap();
        tx.script("create table kept (id bigint)").unwrap();
        tx.commit().unwrap();
        let mut tx = connection.write().unwrap();
        tx.execute("insert into kept (id) values (1)", &[]).unwrap();
        drop(tx);
        assert_eq!(connection.read().unwrap().count("kept").unwrap(), 0, "{engine}");
    });
}

/// Each looks first and writes what follows from it, so a lost update shows in the sum.
#[test]
fn two_programs_never_write_at_the_same_time() {
    on_every_engine(|engine, connection| {
        let mut tx = connection.write().unwrap();
        tx.script("create table counter (value bigint); insert into counter (value) values (0)")
            .unwrap();
        tx.commit().unwrap();
        let count = |place: &Place| {
            let mut program = Connection::open(place, Access::Write).unwrap();
            for _ in 0..20 {
                let mut tx = program.write().unwrap();
                let value: i64 =
                    tx.one("select value from counter", &[], |row| row.get(0)).unwrap();
                tx.execute("update counter set value = $1", args![value + 1]).unwrap();
                tx.commit().unwrap();
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(|| count(&connection.place));
            scope.spawn(|| count(&connection.place));
        });
        let mut tx = connection.read().unwrap();
        let value: i64 = tx.one("select value from counter", &[], |row| row.get(0)).unwrap();
        assert_eq!(value, 40, "{engine}");
    });
}

#[test]
fn sqlite_acknowledges_only_what_is_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::File(folder.path().join("a.db"));
    let Connection::Sqlite(sqlite) = Connection::open(&place, Access::Write).unwrap() else {
        panic!("a file is opened with SQLite")
    };
    let refused = sqlite.set("synchronous", "normal", "2").unwrap_err();
    assert!(matches!(refused, Error::SettingNotTaken { setting: "synchronous", .. }), "{refused}");
}

#[test]
fn postgresql_that_may_lose_figures_is_refused() {
    let Some(address) = address() else { return };
    let joint = if address.contains('?') { '&' } else { '?' };
    let careless = format!("{address}{joint}options=-c%20synchronous_commit%3Doff");
    let place = Place::parse(&careless, None).unwrap();
    let refused = Connection::open(&place, Access::Write).err().unwrap();
    assert!(
        matches!(refused, Error::NotDurable { setting: "synchronous_commit", .. }),
        "{refused}"
    );
}

#[test]
fn figures_never_cross_a_network_unencrypted_by_accident() {
    let refused = [
        "postgres://db.example.vn/dotpha",
        "postgres://db.example.vn/dotpha?sslmode=require",
        "postgres://10.0.0.7/dotpha?sslmode=prefer",
        "postgres://127.0.0.1,db.example.vn/dotpha",
        "postgres://localhost/dotpha?sslmode=require",
        "postgres://localhost/dotpha?hostaddr=10.0.0.7",
    ];
    for address in refused {
        let place = Place::parse(address, None).unwrap();
        let error = Connection::open(&place, Access::Write).err().unwrap().to_string();
        assert!(error.contains("cannot encrypt"), "{address}: {error}");
    }
}

#[test]
fn a_connection_that_the_server_ended_is_known_as_broken() {
    let Some(address) = address() else { return };
    let joint = if address.contains('?') { '&' } else { '?' };
    let named = format!("{address}{joint}application_name=ended_{}", std::process::id());
    let open = |address: &str| {
        Connection::open(&Place::parse(address, None).unwrap(), Access::Write).unwrap()
    };
    let mut ended = open(&named);
    assert!(!ended.is_broken());
    let end = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1";
    let name = format!("ended_{}", std::process::id());
    open(&address).read().unwrap().one(end, args![&name], |row| row.get::<bool>(0)).unwrap();
    // The server ends it a moment later; a question that waits for the answer meets the end.
    while ended.read().is_ok() {}
    assert!(ended.is_broken());
}

#[test]
fn a_path_with_a_meaning_for_sqlite_is_still_a_path() {
    let Place::File(file) = Place::parse(":memory:", None).unwrap() else { panic!("no address") };
    assert!(file.is_absolute());
}

/// A connection and where it leads.
struct Opened {
    connection: Connection,
    place: Place,
}

impl Deref for Opened {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Opened {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

/// The harness of testkit stands above this crate's own types; this one is inside.
fn on_every_engine(test: impl Fn(&str, &mut Opened)) {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::File(folder.path().join("a.db"));
    let connection = Connection::open(&place, Access::Write).unwrap();
    test("SQLite", &mut Opened { connection, place });
    let Some(address) = address() else { return };
    // The folder's random name makes the schema's.
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    let letters = name.bytes().map(|byte| format!("{byte:02x}"));
    let schema = format!("engine_{}", letters.collect::<String>());
    let place = Place::parse(&address, Some(&schema)).unwrap();
    let connection = Connection::open(&place, Access::Write).unwrap();
    test("PostgreSQL", &mut Opened { connection, place: place.clone() });
    place.drop_schema().unwrap();
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
fn address() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|address| !address.is_empty())
}
