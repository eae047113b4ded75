//! Imports and submissions, on every engine.

use domain::number::{Decimal, Qualifier};
use domain::period::Period;
use domain::submission::{Place, Submission};
use domain::unit::UnitId;
use store::imports::{Import, NewImport};
use store::{Constraint, Error, Result, WriteTx};
use store::{forms, imports, submissions, units};
use testkit::builders::{figure, form, submission, unit};
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

#[test]
fn a_file_is_found_by_its_hash_and_kind() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            let units = imports::insert(tx, &file("units", 'a'))?;
            let figures = imports::insert(tx, &file("figures", 'a'))?;
            let found = imports::find(tx, &"a".repeat(64), "figures")?;
            let unknown = imports::find(tx, &"b".repeat(64), "figures")?;
            Ok(((units, figures), found, unknown, imports::all(tx)?, imports::newest(tx)?))
        });
        let (ids, found, unknown, all, newest) = read.unwrap();
        assert_eq!(ids, (1, 2), "{engine}");
        assert_eq!(found, Some(import(2, "figures")), "{engine}");
        assert_eq!(unknown, None, "{engine}");
        assert_eq!(all, [import(1, "units"), import(2, "figures")], "{engine}");
        assert_eq!(newest, Some(import(2, "figures")), "{engine}");
    });
}

#[test]
fn the_same_file_is_not_recorded_twice() {
    on_every_engine(|engine, database| {
        let saved: Result<i64> = database.write_blocking(|tx| {
            imports::insert(tx, &file("units", 'a'))?;
            imports::insert(tx, &file("units", 'a'))
        });
        assert_eq!(saved.map_err(rule), Err(Constraint::Unique), "{engine}");
    });
}

#[test]
fn a_submission_comes_back_whole() {
    let mut sent = submission("thon-thang", 1, period("2022-01"), Vec::new());
    let mut bounded = figure(1, 30);
    bounded.qualifier = Qualifier::AtLeast;
    bounded.place = Place { sheet: "Tháng 1".to_owned(), row: 7, column: 4 };
    let mut noted = figure(2, -i64::MAX);
    noted.value = Decimal::new(i64::MIN, 4);
    noted.note = "chưa gồm \"khu 2\"\n\t\\".to_owned();
    noted.place = Place { sheet: "Tháng 2".to_owned(), row: 8, column: 5 };
    let mut classed = figure(3, 0);
    classed.class = "nu".to_owned();
    classed.place = Place { sheet: "Tháng 1".to_owned(), row: u32::MAX, column: 0 };
    sent.figures = vec![figure(4, 0), bounded, noted, classed];
    on_every_engine(|engine, database| {
        let saved = sent.clone();
        let read: Result<_> = database.write_blocking(move |tx| {
            prepare(tx)?;
            submissions::insert_many(tx, std::slice::from_ref(&saved))?;
            Ok((submissions::find(tx, &saved.id)?, submissions::find(tx, "none")?))
        });
        assert_eq!(read.unwrap(), (Some(sent.clone()), None), "{engine}");
    });
}

#[test]
fn the_latest_is_the_highest_revision_of_the_same_form_unit_and_period() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            prepare(tx)?;
            let month = period("2022-01");
            submissions::insert_many(tx, &[sent(1, "2022-01", 2), sent(1, "2022-01", 10)])?;
            submissions::insert_many(tx, &[sent(1, "2022-01", 9), sent(2, "2022-01", 11)])?;
            let latest = submissions::latest(tx, "thon-thang", UnitId(1), month)?;
            let others = [
                submissions::latest(tx, "thon-thang", UnitId(1), period("2022-02"))?,
                submissions::latest(tx, "thon-quy", UnitId(1), month)?,
                submissions::latest(tx, "thon-thang", UnitId(3), month)?,
            ];
            Ok((latest, others))
        });
        let (latest, others) = read.unwrap();
        assert_eq!(latest, Some(sent(1, "2022-01", 10)), "{engine}");
        assert_eq!(others, [None, None, None], "{engine}");
    });
}

#[test]
fn the_latest_of_a_span_come_by_period_without_older_revisions() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            prepare(tx)?;
            let before = submissions::any(tx)?;
            submissions::insert_many(tx, &[sent(1, "2022-03", 1), sent(1, "2021-12", 1)])?;
            submissions::insert_many(tx, &[sent(1, "2022-01", 2), sent(1, "2022-01", 10)])?;
            submissions::insert_many(tx, &[sent(1, "2021-11", 1), sent(2, "2022-01", 1)])?;
            let mut of = |form: &str, unit, first, last| {
                let span = (period(first), period(last));
                submissions::latest_between(tx, form, UnitId(unit), span)
            };
            let found = of("thon-thang", 1, "2021-12", "2022-01")?;
            let others = [
                of("thon-thang", 1, "2022-02", "2022-02")?,
                of("thon-thang", 3, "2021-01", "2023-01")?,
                of("thon-quy", 1, "2021-01", "2023-01")?,
            ];
            Ok((before, submissions::any(tx)?, found, others))
        });
        let (before, after, found, others) = read.unwrap();
        assert_eq!((before, after), (false, true), "{engine}");
        assert_eq!(found, [sent(1, "2021-12", 1), sent(1, "2022-01", 10)], "{engine}");
        assert_eq!(others, [vec![], vec![], vec![]], "{engine}");
    });
}

#[test]
fn the_latest_of_all_come_in_the_order_of_arrival_without_older_revisions() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            prepare(tx)?;
            let batch = [sent(2, "2022-02", 1), sent(1, "2022-01", 1), sent(1, "2022-02", 1)];
            submissions::insert_many(tx, &batch)?;
            submissions::insert_many(tx, &[sent(1, "2022-01", 2)])?;
            let mut latest = Vec::new();
            submissions::counting(tx, &mut |submission| latest.push(submission.id))?;
            let of_unit: Vec<String> =
                submissions::of_unit(tx, UnitId(1))?.into_iter().map(|sent| sent.id).collect();
            Ok((latest, of_unit))
        });
        let (latest, of_unit) = read.unwrap();
        let ids = |sent: [Submission; 3]| sent.map(|sent| sent.id);
        let expected = ids([sent(2, "2022-02", 1), sent(1, "2022-02", 1), sent(1, "2022-01", 2)]);
        assert_eq!(latest, expected, "{engine}");
        let expected = ids([sent(1, "2022-01", 1), sent(1, "2022-02", 1), sent(1, "2022-01", 2)]);
        assert_eq!(of_unit, expected, "{engine}");
    });
}

#[test]
fn what_contradicts_the_rest_is_refused() {
    let mut same_revision = sent(1, "2022-01", 1);
    same_revision.id = "another".to_owned();
    let mut same_id = sent(1, "2022-01", 2);
    same_id.id = sent(1, "2022-01", 1).id;
    let mut unknown_import = sent(1, "2022-02", 1);
    unknown_import.import = 404;
    let mut unknown_form = sent(1, "2022-02", 1);
    unknown_form.form = "khong-co".to_owned();
    let cases = [
        ("same revision", same_revision, Constraint::Unique),
        ("same id", same_id, Constraint::Unique),
        ("unknown unit", sent(404, "2022-01", 1), Constraint::ForeignKey),
        ("unknown import", unknown_import, Constraint::ForeignKey),
        ("unknown form", unknown_form, Constraint::ForeignKey),
    ];
    on_every_engine(|engine, database| {
        for (name, second, expected) in cases.clone() {
            let saved: Result<()> = database.write_blocking(move |tx| {
                prepare(tx)?;
                submissions::insert_many(tx, &[sent(1, "2022-01", 1)])?;
                submissions::insert_many(tx, &[second])
            });
            assert_eq!(saved.map_err(rule), Err(expected), "{engine}: {name}");
        }
    });
}

fn prepare(tx: &mut WriteTx<'_>) -> Result<()> {
    units::insert_versions(tx, &[unit(1, None), unit(2, None)])?;
    forms::save(tx, &form("thon-thang", &[1, 2]))?;
    imports::insert(tx, &file("figures", 'a')).map(drop)
}

fn sent(unit: i64, month: &str, revision: u32) -> Submission {
    let figures = vec![figure(1, i64::from(revision))];
    let mut sent = submission("thon-thang", unit, period(month), figures);
    sent.revision = revision;
    sent.id = format!("{unit}-{month}-{revision}");
    sent
}

fn period(code: &str) -> Period {
    Period::parse(code).expect("tests use valid codes")
}

fn file(kind: &str, hash: char) -> NewImport {
    NewImport {
        kind: kind.to_owned(),
        file_name: "Số liệu.xlsx".to_owned(),
        sha256: hash.to_string().repeat(64),
        bytes: 5_000_000_000,
        rows: 12,
        imported_ms: NOW_MS,
    }
}

fn import(id: i64, kind: &str) -> Import {
    let NewImport { kind, file_name, sha256, bytes, rows, imported_ms } = file(kind, 'a');
    Import { id, kind, file_name, sha256, bytes, rows, imported_ms }
}

#[expect(clippy::panic, reason = "this is how a test fails")]
fn rule(error: Error) -> Constraint {
    match error {
        Error::Constraint { rule, .. } => rule,
        other => panic!("no constraint: {other}"),
    }
}
