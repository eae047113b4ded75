//! What the titles, tabs and file names of workbooks say: the unit and the period of a sheet.

use domain::refusal::{Refusal, Refused};
use testkit::on_every_engine;

use crate::setup::{Office, at, period, refusals, sheet};

const HEAD: &[&str] = &["TT", "Thôn", "A01", "B02"];
const TITLE: &[&str] = &["SỐ LIỆU THÁNG 1/2022"];

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_sheet_must_say_its_unit_its_period_and_its_items() {
    let row: &[&str] = &["1", "Nà Lầu", "#1", ""];
    let file = |name: &str, tab: &str, why| Refused { at: at(name, tab, 0, 0), why };
    let (tab, title) = (period("2022-02"), period("2022-01"));
    let cases = [
        ("bao-cao.xlsx", "T01-2022", vec![HEAD, row], Refusal::NoUnitOnSheet),
        ("X1.xlsx", "Sheet1", vec![HEAD, row], Refusal::NoPeriodOnSheet),
        ("X1.xlsx", "T02-2022", vec![TITLE, HEAD, row], Refusal::TwoPeriodsOnSheet { tab, title }),
        (
            "X1.xlsx",
            "Sheet1",
            vec![&["Kế hoạch năm 2022"], &["Quý II/2022"], TITLE, HEAD, row],
            Refusal::TwoPeriodsInTitles { one: period("2022-Q2"), other: title },
        ),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (name, tab, rows, reason) in cases.clone() {
            let found = refusals(office.workbook(name, &[sheet(tab, &rows)]));
            assert_eq!(found, [file(name, tab, reason)], "{engine}: {tab}");
        }
        let no_items: [&[&str]; 2] = [&["TT", "Thôn", "Số lợn"], &["1", "Nà Lầu", "#1"]];
        let found = refusals(office.workbook("X1.xlsx", &[sheet("T01-2022", &no_items)]));
        assert_eq!(found, [file("X1.xlsx", "", Refusal::NoItemsOnSheet)], "{engine}");
        let found = refusals(office.workbook("X1.xlsx", &[]));
        assert_eq!(found, [file("X1.xlsx", "", Refusal::NoItemsOnSheet)], "{engine}");
    });
}

#[test]
fn the_unit_of_a_sheet_is_found_in_its_titles_or_the_file_name() {
    let cases = [
        ("X2.xlsx", "BÁO CÁO THÁNG", "Bản Cáp", "X2-1"),
        ("so-lieu.xlsx", "XÃ BẮC VIỆT", "Bản Cáp", "X2-1"),
        // A name in the titles is weaker than the code that the file begins with.
        ("X1_thang.xlsx", "Kính gửi: xã Bắc Việt", "Nà Lầu", "X1-1"),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, (file, title, village, unit)) in (1..).zip(cases) {
            let tab = format!("T{month:02}-2022");
            let rows: [&[&str]; 3] = [&[title], HEAD, &["1", village, "#9", ""]];
            office.workbook(file, &[sheet(&tab, &rows)]).unwrap();
            let figure = office.reported("A01", unit, &format!("2022-{month:02}"));
            assert_eq!(figure, "9", "{engine}: {file}");
        }
    });
}

#[test]
fn a_title_that_is_the_name_of_another_unit_is_refused() {
    // Title, and whether a file of xã Tân Mỹ (X1) may bear it.
    let cases = [
        ("UBND XÃ BẮC VIỆT", false),
        ("Uỷ ban nhân dân xã Bắc Việt", false),
        ("XÃ BẮC VIỆT – SỐ LIỆU", false),
        ("UBND XÃ TÂN MỸ", true),
        ("HUYỆN VĂN LÃNG", true),
        ("THÔN NÀ LẦU", true),
        ("Xã Bắc Việt Nam", false),
        ("Xã Bắc", true),
        ("Kính gửi: xã Bắc Việt", true),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, (title, is_taken)) in (1..).zip(cases) {
            let tab = format!("T{month:02}-2023");
            let rows: [&[&str]; 3] = [&[title], HEAD, &["1", "Nà Lầu", "#9", ""]];
            let result = office.workbook("X1.xlsx", &[sheet(&tab, &rows)]);
            if is_taken {
                result.unwrap();
                continue;
            }
            let why = Refusal::TwoUnitsOnSheet { title: text(title), taken: text("xã Tân Mỹ") };
            assert_eq!(
                refusals(result),
                [Refused { at: at("X1.xlsx", &tab, 0, 0), why }],
                "{engine}"
            );
        }
    });
}

#[test]
fn numbers_of_documents_in_titles_name_no_unit_and_no_period() {
    let titles = [
        "Kèm theo Công văn số 182/UBND",
        "Tân Mỹ, ngày 20 tháng 7 năm 2023",
        "Mẫu số 02/2022",
        "Thực hiện Kế hoạch số 05/KH-UBND năm 2023",
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, title) in (1..).zip(titles) {
            let about = format!("SỐ LIỆU THÁNG {month}/2023");
            let rows: [&[&str]; 4] = [&[title], &[&about], HEAD, &["1", "Nà Lầu", "#9", ""]];
            office.workbook("X1.xlsx", &[sheet("Sheet1", &rows)]).unwrap();
            let figure = office.reported("A01", "X1-1", &format!("2023-{month:02}"));
            assert_eq!(figure, "9", "{engine}: {title}");
        }
    });
}
