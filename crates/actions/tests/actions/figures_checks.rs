//! What figures are checked for when they arrive: bounds, periods, contradictions between files,
//! empty cells and withdrawals.

use actions::answer::View;
use actions::imports::Notice;
use domain::refusal::{Location, Noun, Refusal, Refused, Wanted};
use jiff::civil::date;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::setup::{FIGURES, Office, at, decimal, pack_with, period, places, refusals, sheet};

fn text(text: &str) -> String {
    text.to_owned()
}

/// An office whose marks R.tu go from 0 to 1, and whose balance Q01 may be negative.
fn bounded(database: &store::Database) -> Office {
    let office = Office::small(database);
    let items = pack_with("items.csv", "over_time,classes", "over_time,classes,minimum,maximum")
        .replace("Resolved,ý kiến,items,0,sum,sum,", "Resolved,ý kiến,items,0,sum,sum,,,1")
        .replace("Days,ngày,days,1,sum,sum,", "Days,ngày,days,1,sum,sum,,-1000,12.5")
        .replace("items,0,sum,sum,\n", "items,0,sum,sum,,,\n")
        .replace("members,0,sum,sum,\n", "members,0,sum,sum,,,\n")
        .replace("Women\n", "Women,,\n")
        .replace("models,0,sum,last,\n", "models,0,sum,last,,,\n");
    office.pack(&[("items.csv", &items)]).unwrap();
    office
}

#[test]
fn a_million_is_a_million_only_where_millions_are_counted() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let found = refusals(office.figures("X1-1,2022-01,B02,2 triệu đồng,,,\n"));
        let why = Refusal::NumberInWords { text: text("2 triệu đồng") };
        assert_eq!(found.into_iter().map(|it| it.why).collect::<Vec<_>>(), [why], "{engine}");

        let items = pack_with("items.csv", "Days,ngày,days", "Days,triệu đồng,million dong");
        office.pack(&[("items.csv", &items)]).unwrap();
        office.figures("X1-1,2022-01,B02,2 triệu đồng,,,\n").unwrap();
        assert_eq!(office.reported("B02", "X1-1", "2022-01"), "2", "{engine}");
    });
}

#[test]
fn a_value_outside_the_bounds_of_its_item_is_refused() {
    let outside = |text: &str, item: &str, minimum, maximum| Refusal::OutOfBounds {
        text: text.to_owned(),
        item: item.to_owned(),
        minimum,
        maximum,
    };
    let (zero, one) = (decimal(0, 0), decimal(1, 0));
    let days = |text: &str| outside(text, "B02", decimal(-10_000, 1), Some(decimal(125, 1)));
    // Item, value as a field and as a cell, and why it is refused.
    let cases = [
        ("A01", "-2", "#-2", Some(outside("-2", "A01", zero, None))),
        ("A01", "−2", "−2", Some(outside("−2", "A01", zero, None))),
        ("A01", "dưới -1", "dưới -1", Some(outside("dưới -1", "A01", zero, None))),
        ("A01", "0", "#0", None),
        ("R.tu", "1", "#1", None),
        ("R.tu", "5", "#5", Some(outside("5", "R.tu", zero, Some(one)))),
        // Of a bound the number is looked at.
        ("R.tu", "trên 1", "trên 1", None),
        ("R.tu", "trên 2", "trên 2", Some(outside("trên 2", "R.tu", zero, Some(one)))),
        ("B02", "-1000", "#-1000", None),
        ("B02", "-1000.1", "#-1000.1", Some(days("-1000.1"))),
        ("B02", "12.5", "#12.5", None),
        ("B02", "13", "#13", Some(days("13"))),
    ];
    on_every_engine(|engine, database| {
        let office = bounded(database);
        for (number, (item, field, cell, expected)) in (0..).zip(cases.clone()) {
            let month = format!("20{:02}-01", 10 + number);
            let result = office.figures(&format!("X1-1,{month},{item},{field},,,\n"));
            match &expected {
                Some(why) => assert_eq!(places(result), [(2, 4, why.clone())], "{engine}: {field}"),
                None => assert_eq!(result.unwrap().figures, 1, "{engine}: {item} {field}"),
            }
            let rows: [&[&str]; 2] = [&["TT", "Thôn", item], &["1", "Khơ Đa", cell]];
            let tab = format!("T01-20{:02}", 10 + number);
            let result = office.workbook("X1.xlsx", &[sheet(&tab, &rows)]);
            match expected {
                Some(why) => assert_eq!(places(result), [(2, 3, why)], "{engine}: {cell}"),
                None => assert_eq!(result.unwrap().figures, 1, "{engine}: {item} {cell}"),
            }
        }
    });
}

#[test]
fn a_total_row_has_no_bounds() {
    on_every_engine(|engine, database| {
        let office = bounded(database);
        let rows: [&[&str]; 4] = [
            &["TT", "Thôn", "R.tu"],
            &["1", "Nà Lầu", "#1"],
            &["2", "Khơ Đa", "#1"],
            &["", "Cộng", "#3"],
        ];
        let done = office.workbook("X1.xlsx", &[sheet("T01-2022", &rows)]).unwrap();
        let differs = Notice::TotalRowDiffers {
            at: at("X1.xlsx", "T01-2022", 4, 3),
            item: text("R.tu"),
            sum: text("2"),
            total: text("3"),
        };
        assert_eq!(done.notices, [differs], "{engine}");
    });
}

/// Rows with several mistakes, each with its column.
fn wrong_rows() -> Vec<(&'static str, Vec<(u32, Refusal)>)> {
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let unit = |code: &str, day| Refusal::UnknownUnit { code: code.to_owned(), day };
    let unknown_item = || Refusal::NotFound { noun: Noun::Item, key: text("A99") };
    let not_a_number = || Refusal::NotANumber { text: text("ba") };
    let class = || Refusal::UnknownClass {
        item: text("G06"),
        class: text("tre_em"),
        known: vec![text("nam"), text("nu")],
    };
    let mismatch = || Refusal::PeriodMismatch {
        item: text("Q01"),
        period: period("2022-01"),
        frequency: domain::period::Frequency::Quarterly,
    };
    vec![
        (
            "X9-9,2022-13,A99,ba,chừng,,",
            vec![
                (1, unit("X9-9", None)),
                (2, bad("2022-13", Wanted::Period)),
                (3, unknown_item()),
                (4, not_a_number()),
                (5, bad("chừng", Wanted::Qualifier)),
            ],
        ),
        (
            "X9-9,2022-01,G06,ba,,tre_em,",
            vec![(1, unit("X9-9", Some(date(2022, 1, 31)))), (4, not_a_number()), (6, class())],
        ),
        // The unit is known, and where the period is not, nothing more is said of it.
        (
            "X1-1,2022-13,A01,-4,,,",
            vec![
                (2, bad("2022-13", Wanted::Period)),
                (
                    4,
                    Refusal::OutOfBounds {
                        text: text("-4"),
                        item: text("A01"),
                        minimum: decimal(0, 0),
                        maximum: None,
                    },
                ),
            ],
        ),
        ("X1-1,2022-01,Q01,ba,,,", vec![(2, mismatch()), (4, not_a_number())]),
        (
            "X1,2022-01,A01,trên 3,dưới,,",
            vec![
                (3, Refusal::NotAsked { item: text("A01"), unit: text("X1") }),
                (5, bad("dưới", Wanted::Qualifier)),
            ],
        ),
        (
            "X1-1,2022-01,A01,1.5,maybe,,",
            vec![
                (4, Refusal::TooManyDecimals { text: text("1.5"), decimals: 0 }),
                (5, bad("maybe", Wanted::Qualifier)),
            ],
        ),
    ]
}

#[test]
fn all_that_is_wrong_in_a_row_is_listed() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (row, expected) in wrong_rows() {
            let expected: Vec<_> =
                expected.into_iter().map(|(column, why)| (2, column, why)).collect();
            assert_eq!(places(office.figures(&format!("{row}\n"))), expected, "{engine}: {row}");
        }
        let rows: String = (0..100).map(|row| format!("K{row},2022-13,A99,ba,chừng,,\n")).collect();
        let listed = refusals(office.figures(&rows));
        assert_eq!(listed.len(), actions::imports::REFUSALS_MAX + 1, "{engine}");
    });
}

/// Tests happen on 23 November 2026, a Monday.
#[test]
fn a_period_that_has_not_begun_has_no_figures() {
    let not_begun = |code: &str, first| Refusal::PeriodNotBegun { period: period(code), first };
    let not_ended = |code: &str, last| Notice::PeriodNotEnded {
        file: text("figures.csv"),
        period: period(code),
        last,
    };
    let cases = [
        ("X1-1,2026-10,A01", Ok(None)),
        ("X1-1,2026-11,A01", Ok(Some(not_ended("2026-11", date(2026, 11, 30))))),
        ("X1-1,2026-12,A01", Err(not_begun("2026-12", date(2026, 12, 1)))),
        ("X1-1,2027-01,A01", Err(not_begun("2027-01", date(2027, 1, 1)))),
        ("X1,2026-Q3,Q01", Ok(None)),
        ("X1,2026-Q4,Q01", Ok(Some(not_ended("2026-Q4", date(2026, 12, 31))))),
        ("X1,2027-Q1,Q01", Err(not_begun("2027-Q1", date(2027, 1, 1)))),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (row, expected) in cases.clone() {
            let result = office.figures(&format!("{row},3,,,\n"));
            match expected {
                Ok(notice) => {
                    let notices: Vec<Notice> = notice.into_iter().collect();
                    assert_eq!(result.unwrap().notices, notices, "{engine}: {row}");
                }
                Err(why) => assert_eq!(places(result), [(2, 2, why)], "{engine}: {row}"),
            }
        }
        let rows: [&[&str]; 2] = [&["TT", "Thôn", "A01"], &["1", "Nà Lầu", "#3"]];
        let found = refusals(office.workbook("X1.xlsx", &[sheet("T12-2026", &rows)]));
        let why = not_begun("2026-12", date(2026, 12, 1));
        assert_eq!(found, [Refused { at: at("X1.xlsx", "T12-2026", 0, 0), why }], "{engine}");
    });
}

/// The day begins at midnight in Hà Nội, which is 17:00 of the day before in Greenwich.
#[test]
fn a_period_begins_at_midnight_of_the_offices() {
    let midnight_ms = NOW_MS - 8 * 3_600_000 + 8 * 24 * 3_600_000;
    on_every_engine(|engine, database| {
        for (moment, is_taken) in [(midnight_ms - 1, false), (midnight_ms, true)] {
            let office = Office::small(database);
            let file = format!("{FIGURES}X1-1,2026-12,A01,3,,,\n");
            let input = office.file("figures.csv", file);
            let result = office.workspace.import_figures(vec![input], moment, |_| ());
            assert_eq!(result.is_ok(), is_taken, "{engine}: {moment}");
        }
    });
}

#[test]
fn two_files_of_one_import_may_not_contradict_each_other() {
    // What is known, what the second file says after 3 of the first, and whether they contradict.
    let cases = [
        ("", "4", true),
        ("", "trên 3", true),
        ("", "rút", true),
        ("", "3", false),
        ("", "", false),
        ("3", "4", true),
        ("3", "3", false),
        ("7", "4", true),
        ("7", "7", true),
        ("7", "rút", true),
        ("7", "-", false),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, (known, value, contradicts)) in (1..).zip(cases) {
            let month = format!("2022-{month:02}");
            if !known.is_empty() {
                office.figures(&format!("X1-1,{month},A01,{known},,,\n")).unwrap();
            }
            let a = format!("{FIGURES}X1-2,{month},A01,5,,,\nX1-1,{month},A01,3,,,\n");
            let b = format!("{FIGURES}\nX1-1,{month},A01,{value},,,\n");
            let before = office.extent();
            let result = office.files(&[("a.csv", a.as_bytes()), ("b.csv", b.as_bytes())]);
            if contradicts {
                let why = Refusal::ContradictoryFigure {
                    item: text("A01"),
                    unit: text("X1-1"),
                    period: period(&month),
                    first: at("a.csv", "", 3, 4),
                };
                let at = at("b.csv", "", 3, 4);
                assert_eq!(refusals(result), [Refused { at, why }], "{engine}: {known} {value}");
                assert_eq!(office.extent(), before, "{engine}: {known} {value}");
            } else {
                assert_eq!(result.unwrap().notices, [], "{engine}: {known} {value}");
                assert_eq!(office.reported("A01", "X1-1", &month), "3", "{engine}: {value}");
            }
        }
    });
}

#[test]
fn two_sheets_may_not_contradict_each_other_either() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let first: [&[&str]; 2] = [&["TT", "Thôn", "A01"], &["1", "Nà Lầu", "#3"]];
        let second: [&[&str]; 2] = [&["TT", "Thôn", "A01"], &["1", "X1-1", "#4"]];
        let tabs = [sheet("T01-2022", &first), sheet("2022-01", &second)];
        let why = Refusal::ContradictoryFigure {
            item: text("A01"),
            unit: text("X1-1"),
            period: period("2022-01"),
            first: at("X1.xlsx", "T01-2022", 2, 3),
        };
        let found = refusals(office.workbook("X1.xlsx", &tabs));
        assert_eq!(found, [Refused { at: at("X1.xlsx", "2022-01", 2, 3), why }], "{engine}");
    });
}

#[test]
fn an_empty_cell_keeps_what_was_reported_and_says_so() {
    let place = |row, column| Location { row, column, ..Location::default() };
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office
            .figures("X1-1,2022-01,A01,3,,,\nX1-1,2022-01,B02,2,,,\nX1-2,2022-01,A01,5,,,\n")
            .unwrap();
        // B02 of X1-2 was never reported; A01 of X1-1 is empty in one row and given in another.
        let done = office
            .figures(
                "X1-1,2022-01,B02,,,,\nX1-2,2022-01,B02,-,,,\nX1-1,2022-01,A01,,,,\n\
                 X1-1,2022-01,A01,4,,,\nX1-2,2022-01,A01,,,,\n",
            )
            .unwrap();
        let kept = |file: &str, cells, places| Notice::EmptyCellsKept {
            file: file.to_owned(),
            cells,
            places,
        };
        let expected = kept("figures.csv", 2, vec![place(2, 4), place(6, 4)]);
        assert_eq!(done.notices, [expected], "{engine}");
        assert_eq!((done.corrections, done.unchanged), (1, 0), "{engine}");
        assert_eq!(office.reported("B02", "X1-1", "2022-01"), "2", "{engine}");
        assert_eq!(office.reported("A01", "X1", "2022-01"), "9", "{engine}");

        let rows: [&[&str]; 3] =
            [&["TT", "Thôn", "A01", "B02"], &["1", "Nà Lầu"], &["2", "Khơ Đa", "", "#1"]];
        let done = office.workbook("X1.xlsx", &[sheet("T01-2022", &rows)]).unwrap();
        let in_sheet = |row, column| Location { sheet: text("T01-2022"), ..place(row, column) };
        let all = vec![in_sheet(2, 3), in_sheet(2, 4), in_sheet(3, 3)];
        assert_eq!(done.notices, [kept("X1.xlsx", 3, all)], "{engine}");
    });
}

#[test]
fn many_empty_cells_are_counted_and_a_few_named() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let rows = |value: &str| -> String {
            (1..=12).map(|month| format!("X1-1,2022-{month:02},A01,{value},,,\n")).collect()
        };
        office.figures(&rows("3")).unwrap();
        let done = office.figures(&rows("")).unwrap();
        let [Notice::EmptyCellsKept { cells: 12, places, .. }] = done.notices.as_slice() else {
            panic!("{engine}: {:?}", done.notices);
        };
        assert_eq!(places.len(), 3, "{engine}");
    });
}

#[test]
fn a_figure_is_withdrawn_by_a_word_and_nothing_is_lost() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2022-01,A01,3,,,\nX1-1,2022-01,B02,2,,,\n").unwrap();
        let done = office.figures("X1-1,2022-01,A01,rút,,,\n").unwrap();
        assert_eq!((done.figures, done.missing, done.corrections), (0, 0, 1), "{engine}");
        assert_eq!(done.notices, [], "{engine}");
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), "NothingReported", "{engine}");
        assert_eq!(office.reported("B02", "X1-1", "2022-01"), "2", "{engine}");
        let revisions = office.submissions("X1-1");
        let counts: Vec<(u32, usize)> =
            revisions.iter().map(|one| (one.revision, one.figures.len())).collect();
        assert_eq!(counts, [(1, 2), (2, 1)], "{engine}");

        // The last figure too; then the unit has not reported.
        let rows: [&[&str]; 2] = [&["TT", "Thôn", "B02"], &["1", "Nà Lầu", "Withdraw"]];
        let done = office.workbook("X1.xlsx", &[sheet("T01-2022", &rows)]).unwrap();
        assert_eq!(done.corrections, 1, "{engine}");
        let whole = office.figure("B02", "182", "2022-01", View::Reported);
        assert_eq!((whole.completeness.reported, whole.completeness.expected), (0, 4), "{engine}");
        let snapshot = office.workspace.snapshot().unwrap();
        let unit = office.unit("X1-1", date(2022, 1, 31));
        let owed = actions::collection::forms(&snapshot, unit, period("2022-01"));
        assert_eq!(owed[0].completeness.reported, 0, "{engine}");

        // Reported again, it counts again.
        office.figures("X1-1,2022-01,A01,4,,,\n").unwrap();
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), "4", "{engine}");
        assert_eq!(office.submissions("X1-1").len(), 4, "{engine}");
    });
}

#[test]
fn one_class_is_withdrawn_without_the_others() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office
            .figures("X1-1,2022-01,G06,7,,,\nX1-1,2022-01,G06,3,,nam,\nX1-1,2022-01,G06,4,,nu,\n")
            .unwrap();
        office.figures("X1-1,2022-01,G06,rút,,nu,\n").unwrap();
        assert_eq!(office.reported("G06", "X1-1", "2022-01"), "7", "{engine}");
        assert_eq!(office.reported("G06N", "X1-1", "2022-01"), "NothingReported", "{engine}");
    });
}

#[test]
fn a_withdrawal_of_nothing_changes_nothing_and_says_so() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2022-01,A01,3,,,\n").unwrap();
        let rows = "X1-1,2022-01,B02,rút,,,\nX1-2,2022-01,A01,withdraw,,,\n";
        let done = office.figures(rows).unwrap();
        let idle = |row, item: &str| Notice::NothingToWithdraw {
            at: at("figures.csv", "", row, 4),
            item: item.to_owned(),
        };
        assert_eq!(done.notices, [idle(2, "B02"), idle(3, "A01")], "{engine}");
        assert_eq!((done.submissions, done.corrections), (0, 0), "{engine}");
        assert_eq!(office.submissions("X1-2").len(), 0, "{engine}");
        assert_eq!(office.submissions("X1-1").len(), 1, "{engine}");
    });
}
