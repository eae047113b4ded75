//! Broken files: every importer refuses them with a place, and nothing of them goes in.

use actions::error::Error;
use actions::imports::Input;
use actions::workspace::{Opener, Workspace};
use domain::refusal::{Limit, Refusal, Refused};
use jiff::civil::date;
use proptest::prelude::*;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::setup::{FIGURES, MERGER, Office, refusals, root};

/// What an import did, whichever it was.
type Done = Result<(), Error>;

/// An importer and its name.
type Importer = (&'static str, fn(&Workspace, Input) -> Done);

/// The importers that take a table.
const IMPORTERS: [Importer; 4] = [
    ("units", |workspace, input| workspace.import_units(vec![input], NOW_MS).map(drop)),
    ("crosswalk", |workspace, input| {
        let event = actions::reorganisations::Event { date: MERGER, instrument: String::new() };
        workspace.import_reorganisations(vec![input], Some(event), NOW_MS).map(drop)
    }),
    ("reorganisations", |workspace, input| {
        workspace.import_reorganisations(vec![input], None, NOW_MS).map(drop)
    }),
    ("figures", |workspace, input| workspace.import_figures(vec![input], NOW_MS, |_| ()).map(drop)),
];

#[test]
fn no_importer_takes_a_file_of_the_corpus() {
    let folder = root().join("tests/broken/csv");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 5, "the corpus is there");
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let before = office.extent();
        for file in &files {
            let input = Input::from_path(file);
            for (importer, import) in IMPORTERS {
                // A header without rows, or with blank ones, is a table with nothing in it.
                let is_empty_table =
                    ["header-only.csv", "blank.csv"].contains(&input.name.as_str());
                if is_empty_table && importer == "figures" {
                    continue;
                }
                let found = refusals(import(&office.workspace, input.clone()));
                for refused in found {
                    assert_eq!(refused.at.file, input.name, "{engine}: {importer}");
                }
                assert_eq!(office.extent(), before, "{engine}: {importer} {}", input.name);
            }
        }
    });
}

#[test]
fn each_broken_file_is_refused_for_its_own_reason() {
    let with = |rows: &str| format!("{FIGURES}{rows}").into_bytes();
    let long = "x".repeat(40_000);
    let broken = |detail: &str| Refusal::BrokenText { detail: detail.to_owned() };
    let columns = |expected, found| Refusal::WrongColumnCount { expected, found };
    let missing = |column: &str| Refusal::MissingColumn { column: column.to_owned() };
    let mut latin = with("X1-1,2022-01,A01,3,,,\n");
    latin.extend(b"X1-1,2022-02,A01,3,,,ch\xfa\n");
    type Case = (&'static str, Vec<u8>, Vec<(u32, Refusal)>);
    let cases: [Case; 9] = [
        ("nothing", Vec::new(), vec![(0, Refusal::EmptyFile)]),
        ("a mark and nothing", b"\xef\xbb\xbf".to_vec(), vec![(0, Refusal::EmptyFile)]),
        ("another encoding", latin, vec![(3, Refusal::NotUtf8)]),
        ("a NUL", with("X1-1,2022-01,A\0,3,,,\n"), vec![(2, broken("NUL"))]),
        ("an open quotation mark", with("X1-1,2022-01,A01,\"3,,,\n"), vec![(2, broken("\""))]),
        (
            "rows of other lengths",
            with("X1-1,2022-01\nX1-1,2022-01,A01,3,,,,,\n"),
            vec![(2, columns(7, 2)), (3, columns(7, 9))],
        ),
        (
            "no header",
            b"X1-1,2022-01,A01,3\n".to_vec(),
            ["unit_code", "period", "item_code", "value"].map(|name| (0, missing(name))).to_vec(),
        ),
        (
            "a header twice",
            b"unit_code,period,item_code,value,value\n".to_vec(),
            vec![(1, Refusal::DoubledColumn { column: "value".to_owned() })],
        ),
        (
            "an endless field",
            with(&format!("X1-1,2022-01,A01,{long},,,\n")),
            vec![(2, Refusal::TooLarge { what: Limit::FieldCharacters, limit: 32_767 })],
        ),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let before = office.extent();
        for (name, bytes, expected) in &cases {
            let found: Vec<(u32, Refusal)> = refusals(office.files(&[("hong.csv", bytes)]))
                .into_iter()
                .map(|refused| (refused.at.row, refused.why))
                .collect();
            assert_eq!(&found, expected, "{engine}: {name}");
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

/// Sound tables whose figures cannot be: where each is refused, and for what.
#[test]
fn figures_that_cannot_be_are_refused_where_they_stand() {
    type Check = fn(&Refusal) -> bool;
    type Case = (&'static str, Vec<(u32, u32, Check)>);
    let bounds: Check = |why| matches!(why, Refusal::OutOfBounds { .. });
    let bad: Check = |why| matches!(why, Refusal::BadValue { .. });
    let cases: [Case; 5] = [
        (
            "all-wrong.csv",
            vec![
                (2, 1, |why| matches!(why, Refusal::UnknownUnit { .. })),
                (2, 2, bad),
                (2, 3, |why| matches!(why, Refusal::NotFound { .. })),
                (2, 4, |why| matches!(why, Refusal::NotANumber { .. })),
                (2, 5, bad),
            ],
        ),
        (
            "contradiction.csv",
            vec![(4, 4, |why| matches!(why, Refusal::ContradictoryFigure { .. }))],
        ),
        ("negative.csv", vec![(2, 4, bounds), (3, 4, bounds)]),
        ("not-begun.csv", vec![(2, 2, |why| matches!(why, Refusal::PeriodNotBegun { .. }))]),
        ("rule.csv", vec![(3, 4, |why| matches!(why, Refusal::RuleBroken(_)))]),
    ];
    let rules = "form,code,severity,expression,message_vi,message_en\n\
                 thang,r,error,R.tu <= R.mau,Sai,Wrong\n";
    let folder = root().join("tests/broken/figures");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), cases.len(), "a file without a case");
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.pack(&[("rules.csv", rules)]).unwrap();
        let before = office.extent();
        for (name, expected) in &cases {
            let input = Input::from_path(&folder.join(name));
            let found = refusals(office.workspace.import_figures(vec![input], NOW_MS, |_| ()));
            assert_eq!(found.len(), expected.len(), "{engine}: {name}: {found:?}");
            for (Refused { at, why }, (row, column, is_it)) in found.iter().zip(expected) {
                let place = (at.file.as_str(), at.row, at.column);
                assert_eq!(place, (*name, *row, *column), "{engine}");
                assert!(is_it(why), "{engine}: {name}: {why:?}");
            }
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn files_that_are_no_workbooks_are_refused() {
    let old = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
    let sample = std::fs::read(root().join("samples/van-lang/so-lieu/06124-na-sam.xlsx")).unwrap();
    let half = sample[..sample.len() / 2].to_vec();
    let cases: [(&str, Vec<u8>); 6] = [
        ("empty.xlsx", Vec::new()),
        ("text.xlsx", b"unit_code,period\n".to_vec()),
        ("old.xlsx", old.clone()),
        ("old.xls", old),
        ("half.xlsx", half),
        ("zip.xlsx", b"PK\x03\x04 and then nothing of the kind".to_vec()),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let before = office.extent();
        for (name, bytes) in &cases {
            let found = refusals(office.files(&[(name, bytes)]));
            let [Refused { at, why }] = found.as_slice() else { panic!("{engine}: {found:?}") };
            assert_eq!(at.file, *name, "{engine}");
            let is_about_the_file = matches!(
                why,
                Refusal::EmptyFile
                    | Refusal::NotAWorkbook
                    | Refusal::OldWorkbook
                    | Refusal::EncryptedWorkbook
                    | Refusal::DamagedWorkbook { .. }
            );
            assert!(is_about_the_file, "{engine}: {name}: {why:?}");
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn files_that_are_not_there_or_of_no_known_kind_are_refused() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let ending = |ending: &str| Refusal::UnknownFileKind { ending: ending.to_owned() };
        for (name, why) in [("so-lieu.pdf", ending("pdf")), ("so-lieu", ending(""))] {
            let found = refusals(office.files(&[(name, b"%PDF-1.7")]));
            assert_eq!(found.len(), 1, "{engine}");
            assert_eq!((found[0].at.file.as_str(), &found[0].why), (name, &why), "{engine}");
        }
        for (importer, import) in IMPORTERS {
            let nowhere = Input::from_path(&office.folder().join("nowhere.csv"));
            let found = refusals(import(&office.workspace, nowhere));
            let [Refused { at, why: Refusal::FileNotOpened { .. } }] = found.as_slice() else {
                panic!("{engine}: {importer}: {found:?}");
            };
            assert_eq!(at.file, "nowhere.csv", "{engine}: {importer}");
            // A folder under the name of a file.
            let folder = office.folder().join("folder.csv");
            std::fs::create_dir_all(&folder).unwrap();
            let found = refusals(import(&office.workspace, Input::from_path(&folder)));
            assert!(matches!(found[0].why, Refusal::FileNotOpened { .. }), "{engine}: {found:?}");
        }
    });
}

#[test]
fn a_large_file_with_a_fault_in_its_last_row_leaves_nothing() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let before = office.extent();
        let mut rows = String::new();
        for year in 1930..2020 {
            for month in 1..=12 {
                for village in ["X1-1", "X1-2", "X2-1", "X2-2"] {
                    rows.push_str(&format!("{village},{year}-{month:02},A01,1,,,\n"));
                }
            }
        }
        rows.push_str("X1-1,2020-01,A01,một,,,\n");
        let found = refusals(office.figures(&rows));
        assert_eq!(found.len(), 1, "{engine}");
        assert_eq!(found[0].at.row, 4_322, "{engine}");
        assert_eq!(office.extent(), before, "{engine}");
    });
}

/// Bytes that look a little like a table of ours, so that they come further than the header.
fn almost_a_table() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("unit_code,period,item_code,value,qualifier,disaggregation,note\n".to_owned()),
        Just("code,name,type,level,parent_code,valid_from,valid_to\n".to_owned()),
        Just("old_code,new_code,whole_or_part\n".to_owned()),
        Just("date,kind,old_code,new_code,share,instrument\n".to_owned()),
        Just("X1-1,2022-01,A01,".to_owned()),
        Just("X1,Y1,".to_owned()),
        Just("2025-07-01,merge,X1,X2,,\n".to_owned()),
        Just("2025-07-01,split,X1,X2,0.5,\n".to_owned()),
        "[0-9.,%/ -]{0,12}",
        "(trên|part|whole|xã|commune|\"|\n|\r\n|,|-|=|\u{feff}|\0|9999-12-31|0001-01-01){0,6}",
        "\\PC{0,8}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().into_bytes())
}

/// One office for all cases; whatever goes in by chance makes it only harder.
fn with_an_office(check: impl FnOnce(&Office)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("any.db");
    let database = store::Database::open(file.to_str().unwrap()).unwrap();
    check(&Office::small(&database));
}

#[test]
fn no_bytes_make_an_importer_fail_otherwise_than_by_refusing() {
    with_an_office(|office| {
        let bytes = prop_oneof![almost_a_table(), proptest::collection::vec(any::<u8>(), 0..200),];
        let config = ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let outcome = runner.run(&(bytes, 0..IMPORTERS.len()), |(bytes, importer)| {
            let (name, import) = IMPORTERS[importer];
            let input = office.file("any.csv", &bytes);
            // A panic inside would come back as a fault of the database.
            match import(&office.workspace, input) {
                Ok(()) => {}
                Err(Error::Refused(all)) => prop_assert!(!all.is_empty(), "{}", name),
                Err(other) => prop_assert!(false, "{}: {:?}", name, other),
            }
            Ok(())
        });
        outcome.unwrap();
        // Whatever went in, the office can still be read.
        let snapshot = office.workspace.snapshot().unwrap();
        assert!(snapshot.units.find("182", date(2022, 1, 1)).is_some());
    });
}

#[test]
fn the_opener_of_a_workspace_is_asked_for_workbooks_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("child.db");
    let database = store::Database::open(file.to_str().unwrap()).unwrap();
    let office = Office::small(&database);
    let absent = Opener::Child { program: "/nowhere/reader".into(), arguments: Vec::new() };
    let workspace = Workspace::over(database.clone(), absent);
    let table = office.file("a.csv", format!("{FIGURES}X1-1,2022-01,A01,3,,,\n"));
    assert_eq!(workspace.import_figures(vec![table], NOW_MS, |_| ()).unwrap().submissions, 1);
    let book = office.file("a.xlsx", "PK");
    let found = refusals(workspace.import_figures(vec![book], NOW_MS, |_| ()));
    let is_stopped = matches!(found[0].why, Refusal::ReaderStopped | Refusal::FileNotOpened { .. });
    assert!(is_stopped, "{found:?}");
}
