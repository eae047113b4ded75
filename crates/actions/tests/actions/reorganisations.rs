//! Reorganisations: what each kind does, what moves along, what is refused, and how a split that
//! nobody decided is decided later.

use actions::answer::View;
use actions::imports::Notice;
use actions::reorganisations::undecided;
use domain::refusal::{Refusal, Wanted};
use domain::unit::{Change, Heirs, UnitError};
use jiff::civil::{Date, date};
use testkit::on_every_engine;

use crate::setup::{MERGER, Office, places, words};

const EVE: Date = date(2025, 6, 30);
pub(crate) const HEADER: &str = "code,name,type,level,parent_code,valid_from,valid_to\n";
pub(crate) const CROSSWALK: &str = "old_code,new_code,whole_or_part\n";
const EVENTS: &str = "date,kind,old_code,new_code,share,instrument\n";

/// Two new communes from the day of the merger.
const HEIRS: &str = "\
Y1,Tân Mỹ Mới,xã,commune,182,2025-07-01,
Y2,Bắc Việt Mới,xã,commune,182,2025-07-01,
";

fn text(text: &str) -> String {
    text.to_owned()
}

/// The small office with the heirs, and figures of June 2025 for every village.
fn office(database: &store::Database) -> Office {
    let office = Office::small(database);
    office
        .figures(
            "X1-1,2025-06,A01,1,,,\nX1-2,2025-06,A01,2,,,\n\
             X2-1,2025-06,A01,10,,,\nX2-2,2025-06,A01,20,,,\n\
             X1,2025-Q2,Q01,7,,,\nX2,2025-Q2,Q01,100,,,\n",
        )
        .unwrap();
    office.units(format!("{HEADER}{HEIRS}")).unwrap();
    office
}

/// A figure restated on the day of the merger, for a unit of that day.
fn restated(office: &Office, indicator: &str, unit: &str, span: &str) -> String {
    let snapshot = office.workspace.snapshot().unwrap();
    let unit = snapshot.find_unit(unit, Some(MERGER)).unwrap();
    let span = crate::setup::period(span);
    let view = View::Restated(MERGER);
    words(&actions::figure::figure(&snapshot, indicator, unit, span, view).unwrap())
}

#[test]
fn a_merger_closes_the_old_units_and_takes_their_villages_along() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let done = office.crosswalk(format!("{CROSSWALK}X1,Y1,whole\nX2,Y1,whole\n")).unwrap();
        assert_eq!((done.lines, done.whole, done.undecided), (2, 2, 0), "{engine}");
        let moved = |code, parent| Notice::MovedWithParent {
            code: text(code),
            parent: text(parent),
            heir: text("Tân Mỹ Mới"),
            units: 2,
        };
        assert_eq!(done.notices, [moved("X1", "Tân Mỹ"), moved("X2", "Bắc Việt")], "{engine}");

        let snapshot = office.workspace.snapshot().unwrap();
        assert_eq!(snapshot.units.find("X1", EVE), Some(office.unit("X1", EVE)), "{engine}");
        assert_eq!(snapshot.units.find("X1", MERGER), None, "{engine}");
        let lines = snapshot.units.successions();
        let kinds: Vec<Change> = lines.iter().map(|line| line.change).collect();
        assert_eq!(kinds, [Change::Merge, Change::Merge], "{engine}");
        assert!(lines.iter().all(|line| line.instrument == "NQ 1672"), "{engine}");
        for village in ["X1-1", "X2-2"] {
            let unit = office.unit(village, MERGER);
            assert_eq!(unit, office.unit(village, EVE), "{engine}: it is the same village");
            let parent = snapshot.units.version_on(unit, MERGER).unwrap().parent;
            assert_eq!(parent, snapshot.units.find("Y1", MERGER), "{engine}");
        }
        let cases = [("A01", "2025-06", "33"), ("Q01", "2025-Q2", "107")];
        for (indicator, span, expected) in cases {
            assert_eq!(restated(&office, indicator, "Y1", span), expected, "{engine}");
            assert_eq!(office.reported(indicator, "182", span), expected, "{engine}");
        }
    });
}

#[test]
fn the_lines_of_a_crosswalk_tell_what_happens() {
    // Units from the day of the merger, the line, and what it does.
    let cases = [
        ("Y1,Tân Mỹ,xã,commune,182,2025-07-01,\n", "X1,Y1,whole", Change::Recode),
        ("X1,Tân Mỹ Mới,phường,commune,182,2025-07-01,\n", "", Change::Rename),
        ("Y1,Tân Mỹ Mới,xã,commune,182,2025-07-01,\n", "X1,Y1,whole", Change::Rename),
    ];
    on_every_engine(|engine, database| {
        for (number, (units, line, change)) in cases.into_iter().enumerate() {
            // Codes of their own, so that the cases do not meet.
            let own = |text: &str| {
                let text = text.replace("X1", &format!("K{number}1"));
                text.replace("Y1", &format!("K{number}2")).replace("182", &format!("H{number}"))
            };
            let office = Office::empty(database);
            let old = "182,Văn Lãng,huyện,district,,,\nX1,Tân Mỹ,xã,commune,182,,\n";
            office.units(own(&format!("{HEADER}{old}"))).unwrap();
            office.units(own(&format!("{HEADER}{units}"))).unwrap();
            if line.is_empty() {
                // An open unit with another name is the same unit; no line is needed.
                let same = office.unit(&own("X1"), EVE) == office.unit(&own("X1"), MERGER);
                assert!(same, "{engine}: {units}");
                continue;
            }
            office.crosswalk(own(&format!("{CROSSWALK}{line}\n"))).unwrap();
            let snapshot = office.workspace.snapshot().unwrap();
            let last = snapshot.units.successions().last().unwrap();
            assert_eq!(last.change, change, "{engine}: {line}");
        }
    });
}

#[test]
fn each_kind_of_event_does_what_it_says() {
    // The rows below the header, the heir's code, the figure of June 2025 it has, and what moved.
    let cases = [
        ("2025-07-01,rename,X1,Y1,,NQ\n", "Y1", "3", 2),
        ("2025-07-01,recode,X1,Y1,,NQ\n", "Y1", "3", 2),
        ("1/7/2025,move,X1,Y1,,NQ\n", "Y1", "3", 2),
        ("2025-07-01,merge,X1,Y1,,NQ\n2025-07-01,merge,X2,Y1,,NQ\n", "Y1", "33", 4),
        ("2025-07-01,merge,X1-1,X1-2,,NQ\n", "X1-2", "3", 0),
        (
            "2025-07-01,split,X1-1,X1-2,0.5,NQ\n2025-07-01,split,X1-1,X2-1,0.5,NQ\n",
            "X1-2",
            "5/2",
            0,
        ),
        ("2025-07-01,establish,,Y1,,NQ\n", "Y1", "NothingReported", 0),
    ];
    for (rows, heir, expected, moves) in cases {
        on_every_engine(|engine, database| {
            let office = office(database);
            let done = office.events(format!("{EVENTS}{rows}")).unwrap();
            let moved = done.notices.iter().map(|notice| match notice {
                Notice::MovedWithParent { units, .. } => *units,
                _ => 0,
            });
            assert_eq!(moved.sum::<usize>(), moves, "{engine}: {rows}");
            let figure = restated(&office, "A01", heir, "2025-06");
            // Whole figures are shared by largest remainder, so no half is left over.
            let accepted = if expected == "5/2" { vec!["2", "3"] } else { vec![expected] };
            assert!(accepted.contains(&figure.as_str()), "{engine}: {rows}: {figure}");
            let total = restated(&office, "A01", "182", "2025-06");
            assert_eq!(total, "33", "{engine}: {rows}: nothing is lost");
        });
    }
}

#[test]
fn a_dissolved_unit_ends_and_its_figures_stay_those_of_its_time() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.events(format!("{EVENTS}2025-07-01,dissolve,X1-1,,,NQ\n")).unwrap();
        let snapshot = office.workspace.snapshot().unwrap();
        let unit = office.unit("X1-1", EVE);
        assert_eq!(snapshot.units.version_on(unit, MERGER), None, "{engine}");
        assert_eq!(snapshot.units.heirs(unit, None, EVE, MERGER), Heirs::Gone, "{engine}");
        assert_eq!(office.reported("A01", "X1", "2025-06"), "3", "{engine}");
    });
}

#[test]
fn villages_of_a_split_unit_wait_for_a_person_to_place_them() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let done = office.crosswalk(format!("{CROSSWALK}X1,Y1,part\nX1,Y2,part\n")).unwrap();
        assert_eq!((done.lines, done.whole, done.undecided), (2, 0, 1), "{engine}");
        let left = Notice::LeftWithoutParent { parent: text("Tân Mỹ"), units: 2 };
        assert_eq!(done.notices, [left], "{engine}");
        let snapshot = office.workspace.snapshot().unwrap();
        let village = office.unit("X1-1", EVE);
        assert!(snapshot.units.version_on(village, MERGER).is_some(), "{engine}: it goes on");

        // Placing them: from that day a parent of the new order.
        office
            .units(format!(
                "{HEADER}X1-1,Nà Lầu,thôn,village,Y1,2025-07-01,\n\
                 X1-2,Khơ Đa,thôn,village,Y2,2025-07-01,\n"
            ))
            .unwrap();
        assert_eq!(office.unit("X1-1", MERGER), village, "{engine}");
        assert_eq!(restated(&office, "A01", "Y1", "2025-06"), "1", "{engine}");
        assert_eq!(restated(&office, "A01", "Y2", "2025-06"), "2", "{engine}");
        // The commune's own figures stay broken.
        assert_eq!(restated(&office, "Q01", "Y1", "2025-Q2"), "broken by X1", "{engine}");
    });
}

#[test]
fn shares_on_the_lines_decide_a_split_exactly() {
    // The shares, and what the heirs get of 7: the largest remainder gets what is left over.
    let cases = [
        (["0.5", "0.5"], ["4", "3"]),
        (["60%", "40%"], ["4", "3"]),
        (["0,25", "0,75"], ["2", "5"]),
        (["1", "0"], ["7", "NothingReported"]),
    ];
    for ([one, other], expected) in cases {
        on_every_engine(|engine, database| {
            let office = office(database);
            let rows = format!(
                "2025-07-01,split,X1,Y1,\"{one}\",NQ\n2025-07-01,split,X1,Y2,\"{other}\",NQ\n"
            );
            let done = office.events(format!("{EVENTS}{rows}")).unwrap();
            assert_eq!(done.undecided, 0, "{engine}");
            let got = ["Y1", "Y2"].map(|heir| restated(&office, "Q01", heir, "2025-Q2"));
            assert_eq!(got, expected, "{engine}: {one} and {other}");
            assert_eq!(restated(&office, "Q01", "182", "2025-Q2"), "107", "{engine}");
        });
    }
}

#[test]
fn a_split_that_nobody_decided_is_decided_later() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.crosswalk(format!("{CROSSWALK}X1,Y1,part\nX1,Y2,part\nX2,Y2,whole\n")).unwrap();
        let open = |office: &Office| undecided(&office.workspace.snapshot().unwrap()).len();
        assert_eq!(open(&office), 1, "{engine}");
        assert_eq!(restated(&office, "Q01", "Y1", "2025-Q2"), "broken by X1", "{engine}");
        assert_eq!(restated(&office, "Q01", "Y2", "2025-Q2"), "broken by X1", "{engine}");
        let lines = office.extent()[2];

        let rows = "2025-07-01,split,X1,Y1,0.4,Biên bản\n2025-07-01,split,X1,Y2,0.6,Biên bản\n";
        let done = office.events(format!("{EVENTS}{rows}")).unwrap();
        assert_eq!((done.lines, done.decided, done.undecided), (2, 1, 0), "{engine}");
        assert_eq!(done.notices, [], "{engine}: nothing moves once more");
        assert_eq!(open(&office), 0, "{engine}");
        assert_eq!(restated(&office, "Q01", "Y1", "2025-Q2"), "3", "{engine}");
        assert_eq!(restated(&office, "Q01", "Y2", "2025-Q2"), "104", "{engine}");
        assert_eq!(office.extent()[2], lines + 1, "{engine}: one choice beside the old lines");
        let snapshot = office.workspace.snapshot().unwrap();
        let choice = snapshot.units.choices().next().unwrap();
        assert_eq!(choice.reason, "Biên bản", "{engine}");

        // A later decision stands in place of the earlier one; both are kept.
        let rows = "2025-07-01,split,X1,Y1,1,Quyết định\n2025-07-01,split,X1,Y2,0,Quyết định\n";
        office.events(format!("{EVENTS}{rows}")).unwrap();
        assert_eq!(restated(&office, "Q01", "Y1", "2025-Q2"), "7", "{engine}");
        assert_eq!(office.extent()[2], lines + 2, "{engine}");
    });
}

#[test]
fn a_decision_must_make_a_whole_of_the_known_heirs() {
    let not_whole = |millionths| {
        Refusal::Unit(UnitError::ChoiceNotWhole { code: text("X1"), date: MERGER, millionths })
    };
    let cases = [
        ("2025-07-01,split,X1,Y1,0.4,BB\n", not_whole(400_000)),
        ("2025-07-01,split,X1,Y1,0.4,BB\n2025-07-01,split,X1,Y2,0.5,BB\n", not_whole(900_000)),
        (
            "2025-07-01,split,X1,Y1,0.4,BB\n2025-07-01,split,X1,X2,0.6,BB\n",
            Refusal::Unit(UnitError::ChoiceNamesStranger {
                code: text("X1"),
                heir: text("X2"),
                date: MERGER,
            }),
        ),
    ];
    on_every_engine(|engine, database| {
        let office = office(database);
        office.crosswalk(format!("{CROSSWALK}X1,Y1,part\nX1,Y2,part\n")).unwrap();
        let before = office.extent();
        for (rows, why) in cases.clone() {
            let found: Vec<Refusal> = places(office.events(format!("{EVENTS}{rows}")))
                .into_iter()
                .map(|(_, _, why)| why)
                .collect();
            assert_eq!(found, [why], "{engine}: {rows}");
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn lines_that_are_known_are_harmless_in_another_file() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.crosswalk(format!("{CROSSWALK}X1,Y1,whole\nX2,Y2,part\nX2,Y1,part\n")).unwrap();
        let before = office.extent();
        let again = office.crosswalk(format!("{CROSSWALK}X2,Y2,part\nX2,Y1,part\nX1,Y1,whole\n"));
        let done = again.unwrap();
        assert_eq!((done.lines, done.whole, done.undecided), (3, 0, 0), "{engine}");
        assert_eq!(done.notices, [], "{engine}");
        let [imports, versions, lines, submissions] = before;
        assert_eq!(office.extent(), [imports + 1, versions, lines, submissions], "{engine}");
    });
}

#[test]
fn a_crosswalk_needs_its_day_and_its_document() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let result = office.events(format!("{CROSSWALK}X1,Y1,whole\n"));
        assert_eq!(places(result), [(0, 0, Refusal::CrosswalkWithoutDay)], "{engine}");
    });
}

#[test]
fn lines_that_cannot_be_taken_are_refused_at_their_place() {
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let unknown = |code: &str, day| Refusal::UnknownUnit { code: code.to_owned(), day: Some(day) };
    let cases = [
        ("2025-07-01,merge,X9,Y1,,NQ", (2, 3, unknown("X9", EVE))),
        ("2025-07-01,merge,X1,Y9,,NQ", (2, 4, unknown("Y9", MERGER))),
        ("hôm nay,merge,X1,Y1,,NQ", (2, 1, bad("hôm nay", Wanted::Day))),
        (",merge,X1,Y1,,NQ", (2, 1, bad("", Wanted::Day))),
        ("2025-07-01,nhập,X1,Y1,,NQ", (2, 2, bad("nhập", Wanted::Change))),
        ("2025-07-01,merge,,Y1,,NQ", (2, 3, bad("", Wanted::Code))),
        ("2025-07-01,merge,X1,,,NQ", (2, 4, bad("", Wanted::Code))),
        ("2025-07-01,split,X1,Y1,1.1,NQ", (2, 5, bad("1.1", Wanted::Share))),
        ("2025-07-01,split,X1,Y1,110%,NQ", (2, 5, bad("110%", Wanted::Share))),
        ("2025-07-01,split,X1,Y1,-0.1,NQ", (2, 5, bad("-0.1", Wanted::Share))),
        ("2025-07-01,split,X1,Y1,nửa,NQ", (2, 5, bad("nửa", Wanted::Share))),
    ];
    on_every_engine(|engine, database| {
        let office = office(database);
        let before = office.extent();
        for (row, expected) in cases.clone() {
            let result = office.events(format!("{EVENTS}{row}\n"));
            assert_eq!(places(result), [expected], "{engine}: {row}");
        }
        let result = office.crosswalk(format!("{CROSSWALK}X1,Y1,nửa\n"));
        assert_eq!(places(result), [(2, 3, bad("nửa", Wanted::WholeOrPart))], "{engine}");
        let result = office.events("date,old_code,new_code\n2025-07-01,X1,Y1\n");
        let why = Refusal::MissingColumn { column: text("kind") };
        assert_eq!(places(result), [(0, 0, why)], "{engine}");
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn lines_that_contradict_one_another_are_refused() {
    let cases = [
        (
            "merge,X1,Y1,,NQ\n2025-07-01,merge,X1,Y1,,NQ",
            UnitError::DoubledLine { from: text("X1"), to: text("Y1"), date: MERGER },
        ),
        (
            "merge,X1,Y1,,NQ\n2025-07-01,split,X1,Y2,0.5,NQ",
            UnitError::WholeAndParts { code: text("X1"), date: MERGER },
        ),
        (
            "split,X1,Y1,0.7,NQ\n2025-07-01,split,X1,Y2,0.7,NQ",
            UnitError::SharesNotWhole { code: text("X1"), date: MERGER, millionths: 1_400_000 },
        ),
        (
            "split,X1,Y1,0.7,NQ\n2025-07-01,split,X1,Y2,0.2,NQ",
            UnitError::SharesNotWhole { code: text("X1"), date: MERGER, millionths: 900_000 },
        ),
    ];
    on_every_engine(|engine, database| {
        let office = office(database);
        let before = office.extent();
        for (rows, error) in cases.clone() {
            let found = places(office.events(format!("{EVENTS}2025-07-01,{rows}\n")));
            let [(_, _, Refusal::Unit(found))] = found.as_slice() else {
                panic!("{engine}: {rows}: {found:?}");
            };
            assert_eq!(*found, error, "{engine}: {rows}");
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn units_that_merge_into_one_another_are_refused() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let before = office.extent();
        let rows = "2025-07-01,merge,X1,X2,,NQ\n2025-07-01,merge,X2,X1,,NQ\n";
        let found = places(office.events(format!("{EVENTS}{rows}")));
        assert!(
            matches!(found.as_slice(), [(_, _, Refusal::Unit(_))]),
            "{engine}: a merge that makes a circle: {found:?}"
        );
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn a_unit_that_takes_another_in_lives_on() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.events(format!("{EVENTS}2025-07-01,merge,X1,X2,,NQ\n")).unwrap();
        let unit = office.unit("X2", EVE);
        assert_eq!(office.unit("X2", MERGER), unit, "{engine}");
        assert_eq!(restated(&office, "Q01", "X2", "2025-Q2"), "107", "{engine}");
        assert_eq!(restated(&office, "A01", "X2", "2025-06"), "33", "{engine}");
    });
}

#[test]
fn a_heir_listed_only_from_later_is_taken_to_exist_with_a_notice() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.units(format!("{HEADER}Y3,Lộc Ninh,phường,commune,182,2026-04-30,\n")).unwrap();
        let done = office.crosswalk(format!("{CROSSWALK}X1,Y3,whole\n")).unwrap();
        let expected = Notice::TakenToExistEarlier {
            code: text("Y3"),
            name: text("Lộc Ninh"),
            listed_from: date(2026, 4, 30),
            needed_from: MERGER,
        };
        assert_eq!(done.notices[0], expected, "{engine}");
        assert_eq!(restated(&office, "Q01", "Y3", "2025-Q2"), "7", "{engine}");
    });
}
