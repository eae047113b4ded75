//! How fast submissions go in and come out: `cargo run --release -p store --example speed [URL]`.
#![expect(clippy::print_stdout, reason = "a measurement is printed")]

use std::time::Instant;

use domain::period::Period;
use domain::submission::{Place, Submission};
use store::imports::{self, NewImport};
use store::{Database, Result, forms, submissions, units};
use testkit::builders::{figure, form, submission, unit};
use testkit::clock::NOW_MS;

const UNITS: i64 = 5_000;
const MONTHS: i8 = 10;
const FIGURES: u32 = 20;
const BATCH: usize = 5_000;

fn main() -> Result<()> {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let file = folder.path().join("speed.db").display().to_string();
    let place = std::env::args().nth(1);
    let database = match &place {
        None => Database::open(&file)?,
        Some(address) => {
            store::drop_schema(address, "speed")?;
            Database::open_in_schema(address, "speed")?
        }
    };
    let sent = sent();
    let figures = sent.len() * FIGURES as usize;
    println!("{} submissions with {figures} figures", sent.len());
    database.write_blocking(prepare)?;

    let started = Instant::now();
    database.write_blocking(move |tx| {
        sent.chunks(BATCH).try_for_each(|batch| submissions::insert_many(tx, batch))
    })?;
    report("inserted", figures, started);
    if place.is_none() {
        let bytes = std::fs::metadata(&file).map_or(0, |file| file.len());
        println!("{:.1} bytes on disk per figure", bytes as f64 / figures as f64);
    }

    for _ in 0..3 {
        let started = Instant::now();
        let mut seen = 0;
        let loaded: Result<usize> = database.read_blocking(move |tx| {
            submissions::counting(tx, &mut |submission| seen += submission.figures.len())?;
            Ok(seen)
        });
        report("loaded", loaded?, started);
    }
    drop(database);
    place.map_or(Ok(()), |address| store::drop_schema(&address, "speed"))
}

fn report(what: &str, figures: usize, started: Instant) {
    let seconds = started.elapsed().as_secs_f64();
    let submissions = figures as f64 / f64::from(FIGURES);
    println!(
        "{what} in {seconds:.2} s: {:.0} submissions/s, {:.2} M figures/s",
        submissions / seconds,
        figures as f64 / seconds / 1e6
    );
}

fn prepare(tx: &mut store::WriteTx<'_>) -> Result<()> {
    let villages: Vec<_> = (1..=UNITS).map(|id| unit(id, None)).collect();
    units::insert_versions(tx, &villages)?;
    forms::save(tx, &form("thon-thang", &[1]))?;
    let import = NewImport {
        kind: "figures".to_owned(),
        file_name: "so-lieu.csv".to_owned(),
        sha256: "a".repeat(64),
        bytes: 0,
        rows: 0,
        imported_ms: NOW_MS,
    };
    imports::insert(tx, &import).map(drop)
}

fn sent() -> Vec<Submission> {
    let month = |month| Period::Month(2022, month);
    let of = |unit: i64, period: Period| {
        let figures = (1..=FIGURES).map(|item| {
            let mut figure = figure(item, (unit * 7919 + i64::from(item) * 31) % 1_000);
            figure.place = Place { sheet: format!("{period}"), row: item + 3, column: 4 };
            figure
        });
        submission("thon-thang", unit, period, figures.collect())
    };
    // As they arrive: file by file, so month after month of one unit.
    (1..=UNITS).flat_map(|unit| (1..=MONTHS).map(move |m| of(unit, month(m)))).collect()
}
