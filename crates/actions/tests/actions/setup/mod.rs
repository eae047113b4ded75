//! What the tests share: an office over a database, its files, and the refusals it gives.

mod pack;
mod sheets;

use std::path::{Path, PathBuf};

use actions::answer::{FigureAnswer, NoValue, View};
use actions::error::Error;
use actions::figure::figure;
use actions::figures::FigureImport;
use actions::imports::Input;
use actions::packs::PackImport;
use actions::reorganisations::{Event, ReorganisationImport};
use actions::units::UnitImport;
use actions::workspace::{Opener, Workspace};
use domain::access::Actor;
use domain::number::{Decimal, Fraction, Qualifier};
use domain::period::Period;
use domain::refusal::{Location, Refusal, Refused};
use domain::submission::Submission;
use domain::unit::UnitId;
use formats::sheet::Workbook;
use jiff::civil::{Date, date};
use store::Database;
use tempfile::TempDir;
use testkit::clock::NOW_MS;

pub(crate) use pack::{national_pack, pack_with, write_pack};
pub(crate) use sheets::{Tab, sheet};

/// The day of the merger in the tests.
pub(crate) const MERGER: Date = date(2025, 7, 1);

/// The units of the small office: two communes with two villages each under one district.
pub(crate) const UNITS: &str = "\
code,name,type,level,parent_code,valid_from,valid_to
20,Lạng Sơn,tỉnh,province,,,
182,Văn Lãng,huyện,district,20,,
X1,Tân Mỹ,xã,commune,182,,
X2,Bắc Việt,xã,commune,182,,
X1-1,Nà Lầu,thôn,village,X1,,
X1-2,Khơ Đa,thôn,village,X1,,
X2-1,Bản Cáp,thôn,village,X2,,
X2-2,Nà Mò,thôn,village,X2,,
";

/// The header of figure files.
pub(crate) const FIGURES: &str = "unit_code,period,item_code,value,qualifier,disaggregation,note\n";

/// A workspace with a folder for its files.
pub(crate) struct Office {
    pub(crate) workspace: Workspace,
    pub(crate) database: Database,
    folder: TempDir,
}

/// The checkout's root folder.
pub(crate) fn root() -> PathBuf {
    testkit::root()
}

impl Office {
    /// An office without anything.
    pub(crate) fn empty(database: &Database) -> Self {
        Self {
            workspace: Workspace::over(database.clone(), Opener::Here),
            database: database.clone(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// An office with the small tree and the small pack.
    pub(crate) fn small(database: &Database) -> Self {
        let office = Self::empty(database);
        office.units(UNITS).unwrap();
        office.pack(&[]).unwrap();
        office
    }

    /// The sample: Văn Lãng with its raw files, before and after the merger of 2025.
    pub(crate) fn sample(database: &Database) -> Self {
        let office = Self::empty(database);
        let sample = root().join("samples/van-lang");
        let workspace = &office.workspace;
        let one = |name: &str| vec![Input::from_path(&sample.join(name))];
        workspace.import_units(one("units.csv"), NOW_MS).unwrap();
        workspace.import_pack(&root().join("packs/ket-luan-01"), NOW_MS).unwrap();
        let mut files: Vec<PathBuf> = std::fs::read_dir(sample.join("so-lieu"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let inputs = files.iter().map(|file| Input::from_path(file)).collect();
        workspace.import_figures(inputs, NOW_MS, |_| ()).unwrap();
        workspace.import_units(one("units-2025.csv"), NOW_MS).unwrap();
        let event = Event { date: MERGER, instrument: "NQ 1672".to_owned() };
        workspace.import_reorganisations(one("crosswalk-2025.csv"), Some(event), NOW_MS).unwrap();
        office
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into the office's folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> Input {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        Input::from_path(&path)
    }

    pub(crate) fn units(&self, text: impl AsRef<[u8]>) -> Result<UnitImport, Error> {
        self.workspace.import_units(vec![self.file("units.csv", text)], NOW_MS)
    }

    /// A crosswalk of the merger day.
    pub(crate) fn crosswalk(&self, text: impl AsRef<[u8]>) -> Result<ReorganisationImport, Error> {
        let event = Event { date: MERGER, instrument: "NQ 1672".to_owned() };
        let inputs = vec![self.file("crosswalk.csv", text)];
        self.workspace.import_reorganisations(inputs, Some(event), NOW_MS)
    }

    /// Reorganisations that carry their own days.
    pub(crate) fn events(&self, text: impl AsRef<[u8]>) -> Result<ReorganisationImport, Error> {
        self.workspace.import_reorganisations(vec![self.file("events.csv", text)], None, NOW_MS)
    }

    /// The small pack, some of its files replaced.
    pub(crate) fn pack(&self, files: &[(&str, &str)]) -> Result<PackImport, Error> {
        let folder = self.folder.path().join("pack");
        write_pack(&folder, files);
        self.workspace.import_pack(&folder, NOW_MS)
    }

    /// Figure files, each with its name.
    pub(crate) fn files(&self, files: &[(&str, &[u8])]) -> Result<FigureImport, Error> {
        let inputs = files.iter().map(|(name, content)| self.file(name, content)).collect();
        self.workspace.import_figures(inputs, NOW_MS, |_| ())
    }

    /// One figure file; the header is put before its rows.
    pub(crate) fn figures(&self, rows: &str) -> Result<FigureImport, Error> {
        self.files(&[("figures.csv", format!("{FIGURES}{rows}").as_bytes())])
    }

    /// A workbook with these sheets under a file name, as its reader would hand it over.
    pub(crate) fn workbook(&self, name: &str, tabs: &[Tab<'_>]) -> Result<FigureImport, Error> {
        let book = Workbook { sheets: tabs.iter().map(Tab::read).collect() };
        // The bytes stand for the content: another content is another file.
        let input = self.file(name, format!("{book:?}"));
        self.database.write_blocking(move |tx| {
            let open = |_| Ok(book.clone());
            actions::figures::import(tx, &Actor::console(), &[input], &open, NOW_MS, &mut |_| ())
        })
    }

    pub(crate) fn unit(&self, code: &str, on: Date) -> UnitId {
        self.workspace.find_unit(code, Some(on)).unwrap()
    }

    /// A figure of a unit, found by its code at the end of the span.
    pub(crate) fn figure(
        &self,
        indicator: &str,
        unit: &str,
        span: &str,
        view: View,
    ) -> FigureAnswer {
        let snapshot = self.workspace.snapshot().unwrap();
        let span = period(span);
        let unit = snapshot.find_unit(unit, Some(snapshot.end_of(span))).unwrap();
        figure(&snapshot, indicator, unit, span, view).unwrap()
    }

    /// A figure as reported, as plain words: `12`, `at_least 30`, or why there is none.
    pub(crate) fn reported(&self, indicator: &str, unit: &str, span: &str) -> String {
        words(&self.figure(indicator, unit, span, View::Reported))
    }

    /// Everything that was ever submitted by a unit.
    pub(crate) fn submissions(&self, unit: &str) -> Vec<Submission> {
        let unit = self.workspace.find_unit(unit, None).unwrap();
        let submissions = self
            .database
            .read_blocking::<_, store::Error>(move |tx| store::submissions::of_unit(tx, unit));
        submissions.unwrap()
    }

    /// How many imports, units and submissions there are: what a refused import must not change.
    pub(crate) fn extent(&self) -> [usize; 4] {
        let counts = self.database.read_blocking::<_, store::Error>(|tx| {
            let mut submissions = 0;
            store::submissions::counting(tx, &mut |_| submissions += 1)?;
            Ok([
                store::imports::all(tx)?.len(),
                store::units::versions(tx)?.len(),
                store::units::successions(tx)?.len() + store::units::split_choices(tx)?.len(),
                submissions,
            ])
        });
        counts.unwrap()
    }
}

pub(crate) fn period(code: &str) -> Period {
    Period::parse(code).unwrap()
}

/// A figure's value as plain words.
pub(crate) fn words(answer: &FigureAnswer) -> String {
    match &answer.value {
        Ok(quantity) if quantity.qualifier == Qualifier::Exact => fraction(quantity.value),
        Ok(quantity) => format!("{} {}", quantity.qualifier.code(), fraction(quantity.value)),
        Err(NoValue::BrokenSeries { units }) => {
            let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
            format!("broken by {}", codes.join(" "))
        }
        Err(why) => format!("{why:?}"),
    }
}

fn fraction(value: Fraction) -> String {
    match (value.numerator(), value.denominator()) {
        (whole, 1) => whole.to_string(),
        (numerator, denominator) => format!("{numerator}/{denominator}"),
    }
}

/// The reasons of a refusal, with their places.
pub(crate) fn refusals<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<Refused> {
    match result {
        Err(Error::Refused(all)) => all,
        other => panic!("not refused but {other:?}"),
    }
}

/// The reasons of a refusal without their files: row, column, why.
pub(crate) fn places<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<(u32, u32, Refusal)> {
    refusals(result).into_iter().map(|Refused { at, why }| (at.row, at.column, why)).collect()
}

pub(crate) fn at(file: &str, sheet: &str, row: u32, column: u32) -> Location {
    Location { file: file.to_owned(), sheet: sheet.to_owned(), row, column }
}

pub(crate) fn decimal(units: i64, scale: u8) -> Decimal {
    Decimal::new(units, scale)
}
