//! Lists of units: identities over time, codes with new meanings, and what is refused.

use domain::refusal::{Noun, Refusal, Wanted};
use domain::unit::UnitError;
use jiff::civil::{Date, date};
use testkit::on_every_engine;

use crate::setup::{Office, UNITS, places};

const HEADER: &str = "code,name,type,level,parent_code,valid_from,valid_to\n";

fn text(text: &str) -> String {
    text.to_owned()
}

fn list(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

#[test]
fn the_same_units_in_another_file_change_nothing() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let first = office.units(UNITS).unwrap();
        assert_eq!((first.rows, first.units, first.versions), (8, 8, 8), "{engine}");
        let second = office.units(format!("{UNITS}\n")).unwrap();
        assert_eq!((second.rows, second.units, second.versions), (8, 0, 0), "{engine}");
    });
}

#[test]
fn what_a_later_row_means_follows_from_its_days() {
    // The row that follows on X1-1 Nà Lầu until 30 June 2024; whether it is the same unit.
    let cases = [
        ("the same again, the day after", "X1-1,Nà Lầu,thôn,village,X1,2024-07-01,", true),
        ("the code with another name", "X1-1,Pò Hà,thôn,village,X1,2024-07-01,", false),
        ("the code with another kind", "X1-1,Nà Lầu,khu phố,village,X1,2024-07-01,", false),
        ("the code below another unit", "X1-1,Nà Lầu,thôn,village,X2,2024-07-01,", false),
        ("the code after a gap", "X1-1,Nà Lầu,thôn,village,X1,2024-07-02,", false),
        ("another code", "X1-9,Nà Lầu,thôn,village,X1,2024-07-01,", false),
    ];
    on_every_engine(|engine, database| {
        for (number, (name, row, same)) in cases.into_iter().enumerate() {
            // Codes and names of their own, so that the cases do not meet.
            let office = Office::empty(database);
            let own = |text: &str| {
                text.replace("X1", &format!("Y{number}1")).replace("X2", &format!("Y{number}2"))
            };
            office
                .units(own(&list("X1,Tân Mỹ,xã,commune,,,\nX2,Bắc Việt,xã,commune,,,\n")))
                .unwrap();
            office.units(own(&list("X1-1,Nà Lầu,thôn,village,X1,,2024-06-30\n"))).unwrap();
            let done = office.units(own(&list(&format!("{row}\n")))).unwrap();
            assert_eq!((done.units, done.versions), (usize::from(!same), 1), "{engine}: {name}");
            let code = own(row.split(',').next().unwrap());
            let before = office.unit(&own("X1-1"), date(2024, 6, 30));
            let after = office.unit(&code, date(2024, 7, 2));
            assert_eq!(before == after, same, "{engine}: {name}");
        }
    });
}

#[test]
fn a_new_name_for_an_open_unit_is_a_new_version_of_it() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        let done = office.units(list("X1-1,Hợp Nhất,thôn,village,X2,2024-07-01,\n")).unwrap();
        assert_eq!((done.units, done.versions), (0, 1), "{engine}");
        let snapshot = office.workspace.snapshot().unwrap();
        let unit = office.unit("X1-1", date(2024, 7, 1));
        let names: Vec<(&str, Option<Date>, Option<Date>)> = snapshot
            .units
            .versions_of(unit)
            .iter()
            .map(|version| (version.name.as_str(), version.validity.from, version.validity.to))
            .collect();
        let (day, eve) = (date(2024, 7, 1), date(2024, 6, 30));
        assert_eq!(names, [("Nà Lầu", None, Some(eve)), ("Hợp Nhất", Some(day), None)], "{engine}");
        assert_eq!(snapshot.name(unit, eve).name, "Nà Lầu", "{engine}");
        let above = |day| {
            let parent = snapshot.units.version_on(unit, day).and_then(|version| version.parent);
            snapshot.name(parent.unwrap(), day).code
        };
        assert_eq!((above(eve), above(day)), (text("X1"), text("X2")), "{engine}");
    });
}

#[test]
fn names_are_kept_composed_and_without_stray_blanks() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(list("X1,  Ta\u{302}n   My\u{303} ,xã,commune,,,\n")).unwrap();
        let snapshot = office.workspace.snapshot().unwrap();
        let unit = office.unit("X1", date(2024, 1, 1));
        assert_eq!(snapshot.name(unit, date(2024, 1, 1)).name, "Tân Mỹ", "{engine}");
    });
}

#[test]
fn parents_may_stand_below_their_children_in_the_file() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let done = office
            .units(list("X1-1,Nà Lầu,thôn,village,X1,,\nX1,Tân Mỹ,xã,commune,182,,\n182,Văn Lãng,huyện,district,,,\n"))
            .unwrap();
        assert_eq!(done.units, 3, "{engine}");
        let snapshot = office.workspace.snapshot().unwrap();
        let day = date(2024, 1, 1);
        let tree = snapshot.units.tree_on(day);
        let tops = tree.iter().filter(|(_, parent)| parent.is_none()).count();
        assert_eq!(tops, 1, "{engine}");
    });
}

#[test]
fn rows_that_cannot_be_taken_are_refused_at_their_place() {
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let doubled = || Refusal::Doubled { noun: Noun::Unit, key: text("X1") };
    let cases = [
        (",Tân Mỹ,xã,commune,,,", (2, 1, bad("", Wanted::Code))),
        ("X 1,Tân Mỹ,xã,commune,,,", (2, 1, bad("X 1", Wanted::Code))),
        ("X1,,xã,commune,,,", (2, 2, bad("", Wanted::Name))),
        ("X1,Tân Mỹ,xã,,,,", (2, 4, bad("", Wanted::KnownCode))),
        ("X1,Tân Mỹ,xã,commune,,2025-02-30,", (2, 6, bad("2025-02-30", Wanted::Day))),
        ("X1,Tân Mỹ,xã,commune,,hôm qua,", (2, 6, bad("hôm qua", Wanted::Day))),
        ("X1,Tân Mỹ,xã,commune,,2025-07-01,2025-06-30", (2, 7, bad("2025-06-30", Wanted::Day))),
        (
            "X1,Tân Mỹ,xã,commune,999,2025-07-01,",
            (2, 5, Refusal::UnknownUnit { code: text("999"), day: Some(date(2025, 7, 1)) }),
        ),
        (
            "X1,Tân Mỹ,xã,commune,999,,",
            (2, 5, Refusal::UnknownUnit { code: text("999"), day: None }),
        ),
        // Two units cannot have one code on one day.
        ("X1,Tân Mỹ,xã,commune,,,\nX1,Bắc Việt,xã,commune,,,", (3, 1, doubled())),
        (
            "X1,Tân Mỹ,xã,commune,,,2025-06-30\nX1,Bắc Việt,xã,commune,,2025-06-30,",
            (3, 1, doubled()),
        ),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let before = office.extent();
        for (rows, expected) in cases.clone() {
            let result = office.units(list(&format!("{rows}\n")));
            assert_eq!(places(result), [expected], "{engine}: {rows}");
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn everything_wrong_in_all_files_is_reported_at_once() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let files = vec![
            office.file("one.csv", list("X1,,xã,commune,,,\nX2,Bắc Việt,xã,commune,777,,\n")),
            office.file("two.csv", "code,name,type\nX3,Tân Mỹ,xã\n"),
            office.file("three.csv", list("X4,Tân Mỹ,xã,commune,,,\n")),
        ];
        let result = office.workspace.import_units(files, 0);
        let found: Vec<(String, u32, Option<String>)> = crate::setup::refusals(result)
            .into_iter()
            .map(|refused| {
                let column = match refused.why {
                    Refusal::MissingColumn { column } => Some(column),
                    _ => None,
                };
                (refused.at.file, refused.at.row, column)
            })
            .collect();
        let expected = [
            (text("one.csv"), 2, None),
            (text("one.csv"), 3, None),
            (text("two.csv"), 0, Some(text("level"))),
            (text("two.csv"), 0, Some(text("parent_code"))),
            (text("two.csv"), 0, Some(text("valid_from"))),
        ];
        assert_eq!(found, expected, "{engine}");
        assert_eq!(office.extent(), [0; 4], "{engine}");
    });
}

#[test]
fn units_above_one_another_in_a_circle_are_refused() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let rows = "A,Một,xã,commune,C,,\nB,Hai,xã,commune,A,,\nC,Ba,xã,commune,B,,\n";
        let refused = places(office.units(list(rows)));
        let [(_, _, Refusal::Unit(UnitError::ParentCycle { codes, .. }))] = refused.as_slice()
        else {
            panic!("{engine}: {refused:?}");
        };
        let mut codes = codes.clone();
        codes.sort();
        assert_eq!(codes, ["A", "B", "C"], "{engine}");
        assert_eq!(office.extent(), [0; 4], "{engine}");
    });
}

#[test]
fn a_parent_listed_only_from_later_is_taken_to_exist_with_a_notice() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let done = office
            .units(list(
                "75,Đồng Nai,thành phố,province,,2026-04-30,\nX1,Tân Mỹ,xã,commune,75,2025-07-01,\n",
            ))
            .unwrap();
        let expected = actions::imports::Notice::TakenToExistEarlier {
            code: text("75"),
            name: text("Đồng Nai"),
            listed_from: date(2026, 4, 30),
            needed_from: date(2025, 7, 1),
        };
        assert_eq!(done.notices, [expected], "{engine}");
        assert_eq!(office.unit("75", date(2025, 7, 1)), office.unit("75", date(2026, 5, 1)));
    });
}
