//! Migrations: from empty, step by step, and everything that is refused.

use tempfile::TempDir;

use super::*;

const FIRST: Migration = step("0001_first", "create table first (id bigint primary key not null)");
const SECOND: Migration = step("0002_second", "create table second (id bigint not null)");
const WRONG: Migration = step("0002_wrong", "create table third (id bigint); create nonsense");

const fn step(name: &'static str, sql: &'static str) -> Migration {
    Migration { name, sqlite: sql, postgres: sql }
}

#[test]
fn every_file_is_in_the_list_and_numbered_without_gaps() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "released.txt")
        .collect();
    files.sort();
    let listed: Vec<String> = MIGRATIONS.iter().map(|step| format!("{}.sql", step.name)).collect();
    assert_eq!(files, listed);
    for (number, migration) in (1..).zip(MIGRATIONS) {
        assert!(migration.name.starts_with(&format!("{number:04}_")), "{}", migration.name);
    }
}

#[test]
fn a_database_is_made_step_by_step_and_nothing_happens_twice() {
    on_every_engine(|engine, place| {
        for list in [&[FIRST][..], &[FIRST, SECOND], &[FIRST, SECOND]] {
            run(place, list).unwrap_or_else(|error| panic!("{engine}: {error}"));
            let expected: Vec<&str> = list.iter().map(|step| step.name).collect();
            assert_eq!(names(place), expected, "{engine}");
        }
    });
}

#[test]
fn a_step_that_fails_leaves_the_schema_as_it_was() {
    on_every_engine(|engine, place| {
        run(place, &[FIRST]).unwrap();
        assert!(matches!(run(place, &[FIRST, WRONG]), Err(Error::Driver(_))), "{engine}");
        assert_eq!(names(place), ["0001_first"], "{engine}");
        run(place, &[FIRST, SECOND]).unwrap();
    });
}

#[test]
fn what_does_not_fit_the_program_is_refused() {
    let edited = step("0001_first", "create table first (id text)");
    let renamed = step("0001_other", FIRST.sqlite);
    let both: &[Migration] = &[FIRST, SECOND];
    type Check = fn(&Error) -> bool;
    let cases: [(&str, &[Migration], &str, Check); 5] = [
        ("edited", &[edited], "", |error| matches!(error, Error::MigrationDiffers { .. })),
        ("renamed", &[renamed], "", |error| matches!(error, Error::MigrationDiffers { .. })),
        ("newer", &[FIRST], "", |error| matches!(error, Error::NewerSchema { found: 2, known: 1 })),
        ("gap", both, "delete from migration where number = 1", |error| {
            matches!(error, Error::MigrationMissing { number: 1 })
        }),
        ("foreign", both, "drop table migration", |error| matches!(error, Error::NotOurs { .. })),
    ];
    for (name, list, damage, expected) in cases {
        on_every_engine(|engine, place| {
            run(place, both).unwrap();
            change(place, damage);
            let error = run(place, list).unwrap_err();
            assert!(expected(&error), "{engine}: {name}: {error}");
        });
    }
}

#[test]
fn forms_from_before_they_had_versions_become_their_first_version() {
    on_every_engine(|engine, place| {
        let before = MIGRATIONS.iter().position(|step| step.name == "0011_form_versions").unwrap();
        run(place, &MIGRATIONS[..before]).unwrap();
        change(
            place,
            "insert into form (code, position, name_vi, name_en, frequency, calendar, assignment,
                 items, due_days_after, rules)
             values ('thang', 1, 'Tháng', 'Month', 'monthly', 'civil', '{\"level\":\"village\"}',
                 '[3,1]', 5, '[{\"code\":\"r\",\"severity\":\"error\",\"condition\":\"a > 0\",
                 \"message_vi\":\"\",\"message_en\":\"\"}]')",
        );
        run(place, MIGRATIONS).unwrap();
        let mut connection = Connection::open(place, Access::Read).unwrap();
        let forms = crate::forms::all(&mut connection.read().unwrap()).unwrap();
        let [form] = &forms[..] else { panic!("{engine}: {forms:?}") };
        let [version] = &form.versions[..] else { panic!("{engine}: {form:?}") };
        assert_eq!((version.from, version.due.code().as_str()), (None, "days-5"), "{engine}");
        let items: Vec<u32> = version.items().map(|item| item.0).collect();
        assert_eq!((items, version.rules.len()), (vec![3, 1], 1), "{engine}");
    });
}

#[test]
fn what_a_directive_replaced_and_amended_is_carried_over_to_where_several_may_stand() {
    on_every_engine(|engine, place| {
        let before =
            MIGRATIONS.iter().position(|step| step.name == "0034_directive_references").unwrap();
        run(place, &MIGRATIONS[..before]).unwrap();
        change(
            place,
            "insert into directive (code, number, kind, issuer_vi, issuer_en, title_vi, title_en,
                 position, replaces, amends)
             values ('a', '1', 'K', 'H', '', 'T', '', 1, null, null),
                    ('b', '2', 'K', 'H', '', 'T', '', 2, 'a', 'c')",
        );
        run(place, MIGRATIONS).unwrap();
        let mut connection = Connection::open(place, Access::Read).unwrap();
        let all = crate::directives::all(&mut connection.read().unwrap()).unwrap();
        let [a, b] = &all[..] else { panic!("{engine}: {all:?}") };
        assert_eq!((a.replaces.len(), a.amends.len()), (0, 0), "{engine}");
        assert_eq!((&b.replaces[..], &b.amends[..]), (&["a".into()][..], &["c".into()][..]));
    });
}

#[test]
fn line_ends_do_not_make_a_file_another() {
    assert_eq!(hash("a\r\nb\r\n"), hash("a\nb\n"));
    assert_ne!(hash("a\nb"), hash("a b"));
}

#[test]
fn an_existing_file_is_backed_up_before_it_changes() {
    let folder = tempfile::tempdir().unwrap();
    let place = file_in(&folder);
    run(&place, &[FIRST]).unwrap();
    change(&place, "insert into first (id) values (7), (8)");
    assert_eq!(backups(&folder), Vec::<String>::new(), "a new file needs no backup");
    run(&place, &[FIRST, SECOND]).unwrap();
    assert_eq!(backups(&folder), ["a.db.before-0002"]);
    let backup = Place::File(folder.path().join("a.db.before-0002"));
    assert_eq!(names(&backup), ["0001_first"]);
    let mut connection = Connection::open(&backup, Access::Read).unwrap();
    assert_eq!(connection.read().unwrap().count("first").unwrap(), 2);
}

#[test]
fn an_older_backup_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let place = file_in(&folder);
    run(&place, &[FIRST]).unwrap();
    std::fs::write(folder.path().join("a.db.before-0002"), "older").unwrap();
    run(&place, &[FIRST, SECOND]).unwrap();
    assert_eq!(backups(&folder), ["a.db.before-0002", "a.db.before-0002-2"]);
    assert_eq!(std::fs::read(folder.path().join("a.db.before-0002")).unwrap(), b"older");
}

#[test]
fn a_copy_that_lacks_rows_is_no_backup() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (place, short) = (file_in(&folder), file_in(&other));
    for place in [&place, &short] {
        run(place, &[FIRST]).unwrap();
    }
    change(&place, "insert into first (id) values (7)");
    let mut original = Connection::open(&place, Access::Read).unwrap();
    let mut copy = Connection::open(&short, Access::Read).unwrap();
    let reason = sound(&mut original, &mut copy, &["first".to_owned()]).unwrap();
    assert_eq!(reason.as_deref(), Some("first has 0 of 1 rows"));
}

/// The harness of testkit stands above this crate's own types; this one is inside.
fn on_every_engine(test: impl Fn(&str, &Place)) {
    let folder = tempfile::tempdir().unwrap();
    test("SQLite", &file_in(&folder));
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
    let Ok(address) = std::env::var("TEST_DATABASE_URL") else { return };
    // The folder's random name makes the schema's.
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    let letters = name.bytes().map(|byte| format!("{byte:02x}"));
    let schema = format!("migrations_{}", letters.collect::<String>());
    let place = Place::parse(&address, Some(&schema)).unwrap();
    test("PostgreSQL", &place);
    place.drop_schema().unwrap();
}

fn file_in(folder: &TempDir) -> Place {
    Place::File(folder.path().join("a.db"))
}

fn run(place: &Place, list: &[Migration]) -> Result<()> {
    migrate(&mut Connection::open(place, Access::Write)?, place, list)
}

fn names(place: &Place) -> Vec<String> {
    let mut connection = Connection::open(place, Access::Read).unwrap();
    let mut tx = connection.read().unwrap();
    applied(&mut tx).unwrap().into_iter().map(|step| step.name).collect()
}

fn change(place: &Place, sql: &str) {
    let mut connection = Connection::open(place, Access::Write).unwrap();
    let mut tx = connection.write().unwrap();
    tx.script(sql).unwrap();
    tx.commit().unwrap();
}

fn backups(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            name.contains(".before-") && !name.ends_with("-wal") && !name.ends_with("-shm")
        })
        .collect();
    names.sort();
    names
}
