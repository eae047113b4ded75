//! Broken and hostile workbooks: each is refused with its own reason and place, and none panics.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use formats::sheet::{Limit, Place, SheetError};
use formats::xlsx::{Limits, read_workbook};

mod packages;

use packages::{archive, parts, workbook, workbook_with};

fn refusal(bytes: &[u8]) -> SheetError {
    refusal_within(bytes, &Limits::default())
}

fn refusal_within(bytes: &[u8], limits: &Limits) -> SheetError {
    read_workbook(bytes, limits).unwrap_err()
}

fn on_sheet(row: u32, column: u32) -> Place {
    Place { sheet: "S".to_owned(), row, column }
}

fn too_large(at: Place, what: Limit, limit: u64) -> SheetError {
    SheetError::TooLarge { at, what, limit }
}

/// A compound file, as far as it matters here: its first bytes and the name of a stream.
fn compound_file(stream: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    bytes
}

/// A workbook whose archive says that its parts are encrypted.
fn locked_archive() -> Vec<u8> {
    let mut bytes = workbook("");
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let starts: Vec<usize> =
            (0..bytes.len() - 4).filter(|&at| &bytes[at..at + 4] == mark).collect();
        for start in starts {
            bytes[start + flags] |= 1;
        }
    }
    bytes
}

#[test]
fn what_is_no_workbook_is_told_apart() {
    let document = [("word/document.xml".to_owned(), "<document/>".to_owned())];
    let cases = [
        ("nothing", Vec::new(), SheetError::Empty),
        ("text", b"unit_code,period\n".to_vec(), SheetError::NotAWorkbook),
        ("a web page", b"<html><table></table></html>".to_vec(), SheetError::NotAWorkbook),
        ("a text document", archive(&document), SheetError::NotAWorkbook),
        ("Excel 97", compound_file("Workbook"), SheetError::OldWorkbook),
        ("Excel 95", compound_file("Book"), SheetError::OldWorkbook),
        ("a locked workbook", compound_file("EncryptedPackage"), SheetError::EncryptedWorkbook),
        ("an old text document", compound_file("WordDocument"), SheetError::NotAWorkbook),
        ("a locked archive", locked_archive(), SheetError::EncryptedWorkbook),
        ("a workbook without sheets", archive(&parts(&[], &[])), SheetError::NotAWorkbook),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(refusal(&bytes), expected, "{name}");
    }
}

#[test]
fn a_damaged_workbook_says_where() {
    let cell = |position: &str| format!("<row><c r=\"{position}\"><v>1</v></c></row>");
    let cases = [
        ("out of order", cell("B2") + &cell("A2"), Some(on_sheet(2, 1))),
        ("the same cell twice", cell("B2") + &cell("B2"), Some(on_sheet(2, 2))),
        (
            "a text that is not there",
            "<row><c t=\"s\"><v>7</v></c></row>".to_owned(),
            Some(on_sheet(0, 0)),
        ),
        (
            "an unknown kind",
            cell("A1") + "<row r=\"2\"><c t=\"x\"><v>7</v></c></row>",
            Some(on_sheet(1, 1)),
        ),
        ("a far column", cell("ABCD1"), None),
        ("a far row", cell("A99999999999"), None),
        ("row 0", cell("A0"), None),
        ("a position in words", cell("hàng 1"), None),
        ("a row in words", "<row r=\"x\"/>".to_owned(), None),
        (
            "a merge backwards",
            "</sheetData><mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>".to_owned(),
            None,
        ),
        (
            "a shared formula in words",
            "<row><c><f t=\"shared\" si=\"x\"/></c></row>".to_owned(),
            None,
        ),
        ("broken XML", "<row><c r=\"A1\"<v></row>".to_owned(), None),
    ];
    for (name, rows, place) in cases {
        let found = refusal(&workbook(&rows));
        let SheetError::DamagedWorkbook { at, .. } = &found else {
            panic!("{name}: {found:?}");
        };
        assert_eq!(at, &place.unwrap_or_default(), "{name}: {found:?}");
    }
}

#[test]
fn damage_outside_the_sheets_is_found_too() {
    let whole = workbook("<row><c><v>1</v></c></row>");
    let sheet = "xl/worksheets/sheet1.xml";
    let twice = archive(&parts(&[("S", ""), ("S", "")], &[]));
    let cases = [
        ("cut off", whole[..whole.len() / 2].to_vec()),
        ("cut off at the end", whole[..whole.len() - 10].to_vec()),
        ("the first bytes only", b"PK\x03\x04".to_vec()),
        ("two sheets of one name", twice),
        ("a sheet cut off", workbook_with("", &[(sheet, "<worksheet><sheetData><row><c>")])),
        ("a sheet that is empty", workbook_with("", &[(sheet, "")])),
        (
            "UTF-16",
            workbook_with(
                "",
                &[(sheet, "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet/>")],
            ),
        ),
        (
            "a claim backwards",
            workbook_with(
                "",
                &[(sheet, "<worksheet><dimension ref=\"C3:A1\"/><sheetData/></worksheet>")],
            ),
        ),
    ];
    for (name, bytes) in cases {
        let found = refusal(&bytes);
        assert!(matches!(found, SheetError::DamagedWorkbook { .. }), "{name}: {found:?}");
    }
}

#[test]
fn a_few_bytes_cannot_ask_for_gigabytes() {
    let strings = |count: &str| format!("<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
    let laughs = "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>\
        <worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>";
    let sheet = "xl/worksheets/sheet1.xml";
    let cases = [
        (
            "two cells at the far corners",
            workbook(
                "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
            ),
            too_large(on_sheet(1_048_576, 16_384), Limit::Rows, 20_000),
        ),
        (
            "a far column",
            workbook("<row r=\"3\"><c r=\"GS3\"><v>1</v></c></row>"),
            too_large(on_sheet(3, 201), Limit::Columns, 200),
        ),
        (
            "a claim of many texts",
            workbook_with("", &[("xl/sharedStrings.xml", &strings("99999999999999"))]),
            too_large(Place::default(), Limit::Cells, 500_000),
        ),
        (
            "a claim of many shared formulas",
            workbook("<row><c><f t=\"shared\" ref=\"A1:A2\" si=\"99999999999999\">1</f></c></row>"),
            too_large(Place::default(), Limit::Cells, 500_000),
        ),
        (
            "entities in entities",
            workbook_with("", &[(sheet, laughs)]),
            SheetError::Entities { part: sheet.to_owned() },
        ),
        (
            "a long format",
            workbook_with(
                "",
                &[(
                    "xl/styles.xml",
                    &format!(
                        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"{}\"/></numFmts></styleSheet>",
                        "0".repeat(2_000),
                    ),
                )],
            ),
            too_large(Place::default(), Limit::Parts, 1_024),
        ),
        (
            "a long formula",
            workbook(&format!("<row><c><f>{}</f></c></row>", "1+".repeat(20_000))),
            too_large(Place::default(), Limit::FieldCharacters, 32_768),
        ),
        (
            "a long text",
            workbook(&format!(
                "<row r=\"4\"><c r=\"B4\" t=\"inlineStr\"><is><t>{}</t></is></c></row>",
                "ữ".repeat(32_768),
            )),
            too_large(on_sheet(4, 2), Limit::FieldCharacters, 32_767),
        ),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(refusal(&bytes), expected, "{name}");
    }
}

#[test]
fn a_text_as_long_as_a_cell_takes_is_taken() {
    let long = "ữ".repeat(32_767);
    let rows = format!("<row><c t=\"inlineStr\"><is><t>{long}</t></is></c></row>");
    let found = read_workbook(&workbook(&rows), &Limits::default()).unwrap();
    assert_eq!(found.sheets[0].cell(1, 1), &formats::sheet::Cell::Text(long));
}

#[test]
fn limits_count_over_the_whole_workbook() {
    let row = |number: u32| format!("<row r=\"{number}\">{}</row>", "<c><v>1</v></c>".repeat(100));
    let rows: String = (1..=60).map(row).collect();
    let limits = Limits { cells: 10_000, ..Limits::default() };
    let both = archive(&parts(&[("Một", &rows), ("S", &rows)], &[]));
    assert_eq!(
        refusal_within(&both, &limits),
        too_large(on_sheet(41, 1), Limit::Cells, 10_000),
        "cells",
    );
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1_000));
    let repeated = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(20));
    let limits = Limits { text_bytes: 10_000, ..Limits::default() };
    assert_eq!(
        refusal_within(&workbook_with(&repeated, &[("xl/sharedStrings.xml", &strings)]), &limits),
        too_large(on_sheet(1, 11), Limit::TextBytes, 10_000),
        "one text used many times",
    );
    let limits = Limits { sheets: 3, ..Limits::default() };
    let four = archive(&parts(&[("a", ""), ("b", ""), ("c", ""), ("d", "")], &[]));
    assert_eq!(
        refusal_within(&four, &limits),
        too_large(Place::default(), Limit::Sheets, 3),
        "sheets",
    );
    let limits = Limits { file_bytes: 100, ..Limits::default() };
    assert_eq!(
        refusal_within(&workbook(""), &limits),
        too_large(Place::default(), Limit::FileBytes, 100),
        "the file",
    );
}

/// A workbook whose largest part is said to unpack to 100 bytes.
fn lying_about_size(mut bytes: Vec<u8>) -> Vec<u8> {
    let size = |bytes: &[u8], at: usize| {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) > 300_000
    };
    for (mark, field) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let starts: Vec<usize> = (0..bytes.len() - 4)
            .filter(|&at| &bytes[at..at + 4] == mark && size(&bytes, at + field))
            .collect();
        assert_eq!(starts.len(), 1);
        bytes[starts[0] + field..starts[0] + field + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    bytes
}

#[test]
fn what_unpacks_to_too_much_is_refused_on_the_way() {
    let padding = " ".repeat(300_000);
    let padded = workbook_with("", &[("docProps/app.xml", &format!("<a>{padding}</a>"))]);
    assert!(padded.len() < 5_000, "the archive itself is small");
    let limits = Limits { part_bytes: 200_000, ..Limits::default() };
    let expected = too_large(Place::default(), Limit::UnpackedBytes, 200_000);
    assert_eq!(refusal_within(&padded, &limits), expected, "one part");
    let found = refusal_within(&lying_about_size(padded), &limits);
    assert!(matches!(found, SheetError::DamagedWorkbook { .. }), "one that lies: {found:?}");
    let limits = Limits { unpacked_bytes: 500_000, ..Limits::default() };
    let names: Vec<String> = (0..3).map(|number| format!("docProps/{number}.xml")).collect();
    let padding = format!("<a>{padding}</a>");
    let besides: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), padding.as_str())).collect();
    let expected = too_large(Place::default(), Limit::UnpackedBytes, 500_000);
    assert_eq!(refusal_within(&workbook_with("", &besides), &limits), expected, "all parts");
}

#[test]
fn more_cells_than_are_taken_are_refused_though_the_file_is_small() {
    let rows = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(200)).repeat(501);
    let bytes = workbook(&rows);
    assert!(bytes.len() < 15_000, "{} bytes", bytes.len());
    let limits = Limits { cells: 100_000, ..Limits::default() };
    let expected = too_large(on_sheet(501, 1), Limit::Cells, 100_000);
    assert_eq!(refusal_within(&bytes, &limits), expected);
}

/// Whether the parser met something that the vetting should have kept from it.
fn panicked(bytes: &[u8]) -> bool {
    matches!(
        read_workbook(bytes, &Limits::default()),
        Err(SheetError::DamagedWorkbook { detail, .. }) if detail == "the parser panicked"
    )
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_end_in_a_workbook_or_a_refusal(
        bytes in proptest::collection::vec(proptest::arbitrary::any::<u8>(), 0..400),
        start in proptest::sample::select(vec!["", "PK\u{3}\u{4}", "PK\u{5}\u{6}"]),
    ) {
        let bytes = [start.as_bytes(), &bytes].concat();
        proptest::prop_assert!(!panicked(&bytes));
    }

    #[test]
    fn any_damage_to_a_sheet_ends_in_a_workbook_or_a_refusal(
        at in 0_usize..900,
        with in proptest::sample::select(vec!["", "<", ">", "\"", "<c>", "</c>", "&#0;", "&x;", "999999999", "A", ":", "\u{0}", "<row r=\"9\">"]),
        taken in 0_usize..6,
    ) {
        let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B1\" s=\"1\"><v>44621</v></c>\
            <c r=\"C1\"><f t=\"shared\" ref=\"C1:C2\" si=\"0\">A1+B1</f><v>3</v></c></row>\
            <row r=\"2\"><c r=\"C2\"><f t=\"shared\" si=\"0\"/><v>7</v></c><c r=\"D2\" t=\"e\"><v>#N/A</v></c></row></sheetData>\
            <mergeCells count=\"1\"><mergeCell ref=\"A1:B2\"/></mergeCells>";
        let mut text = packages::worksheet(rows).into_bytes();
        let start = at.min(text.len());
        let end = (start + taken).min(text.len());
        text.splice(start..end, with.bytes());
        let text = String::from_utf8(text).unwrap();
        let bytes = workbook_with("", &[("xl/worksheets/sheet1.xml", &text)]);
        proptest::prop_assert!(!panicked(&bytes));
    }
}
