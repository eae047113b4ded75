//! Figures from workbooks as people fill them: heads, names, cells, totals, and what is refused.

use actions::imports::Notice;
use domain::item::Bilingual;
use domain::refusal::{Refusal, Refused};
use testkit::on_every_engine;

use crate::setup::{Office, Tab, at, period, refusals, sheet};

const HEAD: &[&str] = &["TT", "Thôn", "A01", "B02"];
const TITLE: &[&str] = &["SỐ LIỆU THÁNG 1/2022"];

fn text(text: &str) -> String {
    text.to_owned()
}

/// A sheet of January for X1 with these rows below the head, on rows 3 and after.
fn january<'a>(rows: &[&'a [&'a str]]) -> Vec<&'a [&'a str]> {
    [&[TITLE, HEAD], rows].concat()
}

/// What a sheet of January for X1 with these rows is refused for.
fn refused(office: &Office, rows: &[&[&str]]) -> Vec<Refused> {
    refusals(office.workbook("X1-tan-my.xlsx", &[sheet("T01-2022", &january(rows))]))
}

fn why(row: u32, column: u32, why: Refusal) -> Refused {
    Refused { at: at("X1-tan-my.xlsx", "T01-2022", row, column), why }
}

#[test]
fn units_are_found_by_the_names_people_write() {
    let names = [
        "Nà Lầu",
        "Thôn Nà Lầu",
        "  thôn  NÀ LẦU ",
        "Na Lau",
        "X1-1",
        // Every mark a letter of its own, as some programs save names.
        "Na\u{300} La\u{302}\u{300}u",
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, name) in (1..).zip(names) {
            let tab = format!("T{month:02}-2022");
            let rows: [&[&str]; 2] = [HEAD, &["1", name, "#3", ""]];
            let done = office.workbook("X1.xlsx", &[sheet(&tab, &rows)]).unwrap();
            assert_eq!((done.rows, done.figures), (1, 1), "{engine}: {name}");
            let figure = office.reported("A01", "X1-1", &format!("2022-{month:02}"));
            assert_eq!(figure, "3", "{engine}: {name}");
        }
    });
}

#[test]
fn a_sheet_a_month_brings_every_month() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let january: [&[&str]; 3] =
            [HEAD, &["1", "Nà Lầu", "#3", "#1.5"], &["2", "Khơ Đa", "#0", ""]];
        let february: [&[&str]; 3] = [HEAD, &["1", "Nà Lầu", "#4", "-"], &["2", "Khơ Đa", "", ""]];
        let done = office
            .workbook("X1.xlsx", &[sheet("T01-2022", &january), sheet("T02-2022", &february)])
            .unwrap();
        assert_eq!((done.rows, done.figures, done.missing), (4, 4, 4), "{engine}");
        assert_eq!(done.submissions, 3, "{engine}: an empty row is no report");
        let cases = [
            ("A01", "X1-1", "2022-Q1", "7"),
            ("A01", "X1-2", "2022-01", "0"),
            ("A01", "X1-2", "2022-02", "NothingReported"),
            ("B02", "X1-1", "2022-01", "3/2"),
            ("B02", "X1-1", "2022-02", "NothingReported"),
        ];
        for (item, unit, span, expected) in cases {
            assert_eq!(
                office.reported(item, unit, span),
                expected,
                "{engine}: {item} {unit} {span}"
            );
        }
    });
}

#[test]
fn cells_are_taken_as_people_fill_them() {
    // Cell, and the figure of B02, which has one decimal.
    let cases = [
        ("#12", "12"),
        ("#12.5", "25/2"),
        ("12", "12"),
        ("12,5", "25/2"),
        ("1.234,5", "2469/2"),
        ("trên 30", "at_least 30"),
        ("tre\u{302}n 30", "at_least 30"),
        ("#0", "0"),
        ("", "NothingReported"),
        ("-", "NothingReported"),
        ("   ", "NothingReported"),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, (cell, expected)) in (1..).zip(cases) {
            let tab = format!("T{month:02}-2022");
            let rows: [&[&str]; 2] = [HEAD, &["1", "Nà Lầu", "#1", cell]];
            office.workbook("X1.xlsx", &[sheet(&tab, &rows)]).unwrap();
            let figure = office.reported("B02", "X1-1", &format!("2022-{month:02}"));
            assert_eq!(figure, expected, "{engine}: {cell:?}");
        }
    });
}

#[test]
fn cells_that_are_no_figures_are_refused_at_their_place() {
    let cases = [
        ("=C4+1", Refusal::FormulaCell { formula: text("C4+1") }),
        ("!#REF!", Refusal::ErrorCell { text: text("#REF!") }),
        ("@2022-03-01", Refusal::NotANumber { text: text("2022-03-01") }),
        ("?", Refusal::NotANumber { text: text("true") }),
        ("ba", Refusal::NotANumber { text: text("ba") }),
        ("50%", Refusal::NotACount { text: text("50%") }),
        (
            "1.234",
            Refusal::AmbiguousNumber {
                text: text("1.234"),
                readings: [text("1234"), text("1.234")],
            },
        ),
        ("2 nghìn", Refusal::NumberInWords { text: text("2 nghìn") }),
        ("hơn 3 trăm ngày", Refusal::NumberInWords { text: text("hơn 3 trăm ngày") }),
        ("#2.55", Refusal::TooManyDecimals { text: text("2.55"), decimals: 1 }),
        (
            "#9999999999999999999999",
            Refusal::NumberTooLarge { text: text("9999999999999999999999") },
        ),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let before = office.extent();
        for (cell, reason) in cases.clone() {
            let found = refused(&office, &[&["1", "Nà Lầu", "#1", cell]]);
            assert_eq!(found, [why(3, 4, reason)], "{engine}: {cell}");
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn rows_whose_unit_is_unclear_are_refused() {
    let cases: [(&[&str], Option<Refused>); 8] = [
        (
            &["1", "Nà Lạ", "#1", ""],
            Some(why(
                3,
                2,
                Refusal::UnknownUnitName { name: text("Nà Lạ"), above: text("Tân Mỹ") },
            )),
        ),
        // A village of another commune.
        (
            &["1", "Bản Cáp", "#1", ""],
            Some(why(
                3,
                2,
                Refusal::UnknownUnitName { name: text("Bản Cáp"), above: text("Tân Mỹ") },
            )),
        ),
        (&["1", "", "#1", ""], Some(why(3, 1, Refusal::NoUnitInRow))),
        (&["", "", "", "#1"], Some(why(3, 1, Refusal::NoUnitInRow))),
        // Signatures and remarks without figures are no rows, wherever on the sheet they stand.
        (&["", "Người lập biểu", "", ""], None),
        (&["", "Người lập biểu", "", "Chủ tịch"], None),
        (&["", "", "Tân Mỹ, ngày 05 tháng 2 năm 2022", ""], None),
        (&["2", "", "", ""], None),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (row, expected) in cases.clone() {
            let name = row[1];
            let rows = january(&[row, &["2", "Khơ Đa", "#1", ""]]);
            let result = office.workbook("X1-tan-my.xlsx", &[sheet("T01-2022", &rows)]);
            match expected {
                Some(reason) => assert_eq!(refusals(result), [reason], "{engine}: {name}"),
                None => assert_eq!(result.unwrap().rows, 1, "{engine}: {name}"),
            }
        }
    });
}

#[test]
fn a_commune_reports_its_own_figures_in_a_row_of_its_own_name() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, name) in (1..).zip(["Tân Mỹ", "xã Tân Mỹ", "X1"]) {
            let tab = format!("T{month:02}-2022");
            let rows: [&[&str]; 2] = [HEAD, &["1", name, "", "#9"]];
            let found = refusals(office.workbook("X1.xlsx", &[sheet(&tab, &rows)]));
            // It is known; that no form asks a commune for B02 is another matter.
            let reason = Refusal::NotAsked { item: text("B02"), unit: text("X1") };
            assert_eq!(found, [Refused { at: at("X1.xlsx", &tab, 2, 4), why: reason }], "{engine}");
        }
    });
}

#[test]
fn two_villages_of_one_name_must_be_told_apart_by_code() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office
            .units(
                "code,name,type,level,parent_code,valid_from,valid_to\n\
                 X1-3,Nà Lầu,khu phố,village,X1,,\n",
            )
            .unwrap();
        let both = Refusal::AmbiguousUnitName {
            name: text("Nà Lầu"),
            codes: vec![text("X1-1"), text("X1-3")],
        };
        let found = refused(&office, &[&["1", "Nà Lầu", "#1", ""]]);
        assert_eq!(found, [why(3, 2, both)], "{engine}");
        // With the kind or the code there is no doubt.
        let rows = january(&[&["1", "Khu phố Nà Lầu", "#1", ""], &["2", "X1-1", "#2", ""]]);
        office.workbook("X1.xlsx", &[sheet("T01-2022", &rows)]).unwrap();
        assert_eq!(office.reported("A01", "X1-3", "2022-01"), "1", "{engine}");
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), "2", "{engine}");
    });
}

#[test]
fn merged_heads_and_class_columns_are_understood() {
    let rows: [&[&str]; 6] = [
        &["SỐ LIỆU THÁNG 1/2022"],
        &["TT", "Thôn", "Số đảng viên mới kết nạp", "Số cá nhân được khen thưởng (G06)"],
        &["", "", "", "Nam", "Nữ"],
        &["1", "Nà Lầu", "#3", "#1", "#4"],
        &["2", "Khơ Đa", "#2", "", "#2"],
        &["", "Tổng cộng", "#5", "#1", "#6"],
    ];
    let merged = [[1, 1, 1, 5], [2, 1, 3, 1], [2, 2, 3, 2], [2, 3, 3, 3], [2, 4, 2, 5]];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let tab = Tab { name: "T01-2022", rows: &rows, merged: &merged, hidden: false };
        let done = office.workbook("X1.xlsx", &[tab]).unwrap();
        assert_eq!((done.rows, done.figures, done.missing), (2, 5, 1), "{engine}");
        assert_eq!(done.notices, [], "{engine}");
        assert_eq!(office.reported("A01", "X1", "2022-01"), "5", "{engine}");
        assert_eq!(office.reported("G06", "X1-1", "2022-01"), "5", "{engine}");
        assert_eq!(office.reported("G06N", "X1", "2022-01"), "6", "{engine}");
    });
}

#[test]
fn a_column_of_figures_nearly_named_like_an_item_is_refused() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let head = |header: &'static str| vec!["TT", "Thôn", "B02", header];
        let row: &[&str] = &["1", "Nà Lầu", "#1", "#3"];
        let with = |header: &'static str, row: &[&str]| {
            let rows: [&[&str]; 2] = [&head(header), row];
            office.workbook("X1.xlsx", &[sheet("T01-2022", &rows)])
        };
        let why = Refusal::NearlyAnItem {
            header: text("Số đảng viên mới kết nạp trong tháng"),
            item: text("A01"),
            name: Bilingual {
                vi: text("Số đảng viên mới kết nạp"), en: text("New members")
            },
        };
        let found = refusals(with("Số đảng viên mới kết nạp trong tháng", row));
        let expected = [Refused { at: at("X1.xlsx", "T01-2022", 1, 4), why }];
        assert_eq!(found, expected, "{engine}");
        // Words below it, or few words in common, are another matter.
        let without: &[&str] = &["1", "Nà Lầu", "#1", "chưa có"];
        for (header, row) in
            [("Số đảng viên mới kết nạp trong tháng", without), ("Số lợn mới", row)]
        {
            let done = with(header, row).unwrap();
            assert!(
                matches!(done.notices[..], [Notice::ColumnPassedOver { .. }]),
                "{engine}: {header}"
            );
        }
    });
}

#[test]
fn what_is_passed_over_is_noticed() {
    let rows: [&[&str]; 5] = [
        &["TT", "Thôn", "A01", "Số lợn", "Ghi chú"],
        &["1", "Nà Lầu", "#3", "#40", "vắng"],
        &["2", "Khơ Đa", "#2", "#12"],
        &["", "Tổng", "#6", "#52"],
        &["", "Người lập biểu"],
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let hidden = Tab { name: "Nháp", rows: &rows, merged: &[], hidden: true };
        let cover: [&[&str]; 1] = [&["Báo cáo của xã Tân Mỹ"]];
        let tabs = [hidden, sheet("Bìa", &cover), sheet("T01-2022", &rows)];
        let done = office.workbook("X1.xlsx", &tabs).unwrap();
        let place = |row, column| at("X1.xlsx", "T01-2022", row, column);
        let expected = [
            Notice::HiddenSheetPassedOver { at: at("X1.xlsx", "Nháp", 0, 0) },
            Notice::ColumnPassedOver { at: place(1, 4), header: text("Số lợn") },
            Notice::TotalRowDiffers {
                at: place(4, 3),
                item: text("A01"),
                sum: text("5"),
                total: text("6"),
            },
        ];
        assert_eq!(done.notices, expected, "{engine}");
        assert_eq!(office.reported("A01", "X1", "2022-01"), "5", "{engine}: the rows count");
    });
}

#[test]
fn a_total_row_may_be_called_that_of_the_whole_commune() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, label) in (1..).zip(["Tổng số toàn xã", "Cộng toàn xã", "TỔNG CỘNG (xã)"])
        {
            let tab = format!("T{month:02}-2022");
            let rows: [&[&str]; 3] = [HEAD, &["1", "Nà Lầu", "#1", ""], &["", label, "#1", ""]];
            let done = office.workbook("X1.xlsx", &[sheet(&tab, &rows)]).unwrap();
            assert_eq!((done.rows, done.notices.len()), (1, 0), "{engine}: {label}");
        }
    });
}

#[test]
fn a_total_row_may_be_a_formula() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        // The stored result of the formula is 3, as the rows say.
        let rows = january(&[
            &["1", "Nà Lầu", "#1", ""],
            &["2", "Khơ Đa", "#2", ""],
            &["", "Cộng", "=SUM(C3:C4)", ""],
        ]);
        let done = office.workbook("X1.xlsx", &[sheet("T01-2022", &rows)]).unwrap();
        assert_eq!(done.notices, [], "{engine}");
        assert_eq!(office.reported("A01", "X1", "2022-01"), "3", "{engine}");
    });
}

#[test]
fn a_unit_that_stands_twice_with_different_figures_is_refused() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let found = refused(&office, &[&["1", "Nà Lầu", "#1", ""], &["2", "X1-1", "#2", ""]]);
        let reason = Refusal::ContradictoryFigure {
            item: text("A01"),
            unit: text("X1-1"),
            period: period("2022-01"),
            first: at("X1-tan-my.xlsx", "T01-2022", 3, 3),
        };
        assert_eq!(found, [why(4, 3, reason)], "{engine}");
    });
}

#[test]
fn items_of_another_frequency_are_refused_in_a_monthly_sheet() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let rows: [&[&str]; 2] = [&["TT", "Thôn", "A01", "Q01"], &["1", "Nà Lầu", "#1", "#2"]];
        let found = refusals(office.workbook("X1.xlsx", &[sheet("T01-2022", &rows)]));
        let reason = Refusal::NotAsked { item: text("Q01"), unit: text("X1-1") };
        assert_eq!(
            found,
            [Refused { at: at("X1.xlsx", "T01-2022", 2, 4), why: reason }],
            "{engine}"
        );
    });
}

#[test]
fn every_fault_of_a_workbook_is_reported_at_once() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let first: [&[&str]; 3] = [HEAD, &["1", "Nà Lầu", "ba", "=1"], &["2", "Nà Lạ", "#1", ""]];
        let second: [&[&str]; 2] = [HEAD, &["1", "Khơ Đa", "!#DIV/0!", "#1"]];
        let tabs = [sheet("T01-2022", &first), sheet("T02-2022", &second), sheet("Mới", &second)];
        let found: Vec<(String, u32, u32)> = refusals(office.workbook("X1.xlsx", &tabs))
            .into_iter()
            .map(|refused| (refused.at.sheet, refused.at.row, refused.at.column))
            .collect();
        let place = |tab: &str, row, column| (tab.to_owned(), row, column);
        let expected = [
            place("T01-2022", 2, 3),
            place("T01-2022", 2, 4),
            place("T01-2022", 3, 2),
            place("T02-2022", 2, 3),
            place("Mới", 0, 0),
        ];
        assert_eq!(found, expected, "{engine}");
    });
}
