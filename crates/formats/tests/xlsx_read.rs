//! What is taken from a workbook.

use formats::sheet::{Area, Cell};
use formats::xlsx::{Limits, read_workbook, wire};

mod packages;

use packages::{archive, parts, workbook, workbook_with};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn number(text: &str) -> Cell {
    Cell::Number(text.to_owned())
}

fn formula(value: Cell, formula: &str) -> Cell {
    Cell::Formula { value: Box::new(value), formula: formula.to_owned() }
}

/// Cell formats: 0 general, 1 a day, 2 a date with time, 3 a length of time, 4 text.
const STYLES: &str = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" \
    formatCode=\"dd/mm/yyyy hh:mm\"/></numFmts><cellXfs count=\"5\"><xf numFmtId=\"0\"/>\
    <xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"46\"/><xf numFmtId=\"49\"/></cellXfs>\
    </styleSheet>";

const STRINGS: &str = "<sst count=\"3\" uniqueCount=\"3\"><si><t>Thôn Nà Sầm</t></si>\
    <si><r><t xml:space=\"preserve\">trên </t></r><r><t>30</t></r></si>\
    <si><t xml:space=\"preserve\"> a_x000D_b </t></si></sst>";

#[test]
fn each_kind_of_cell_is_taken_for_what_it_is() {
    let cases = [
        ("<c r=\"A1\" t=\"s\"><v>0</v></c>", text("Thôn Nà Sầm")),
        ("<c r=\"A1\" t=\"s\"><v>1</v></c>", text("trên 30")),
        ("<c r=\"A1\" t=\"s\"><v>2</v></c>", text(" a\rb ")),
        ("<c r=\"A1\" t=\"inlineStr\"><is><t>1.234,5</t></is></c>", text("1.234,5")),
        ("<c r=\"A1\" t=\"str\"><v>a &amp; b</v></c>", text("a & b")),
        ("<c r=\"A1\"><v>152</v></c>", number("152")),
        ("<c r=\"A1\" s=\"4\"><v>152</v></c>", number("152")),
        ("<c r=\"A1\"><v>0</v></c>", number("0")),
        ("<c r=\"A1\"><v>-0</v></c>", number("0")),
        ("<c r=\"A1\" t=\"n\"><v>-1234.5</v></c>", number("-1234.5")),
        ("<c r=\"A1\"><v>0.30000000000000004</v></c>", number("0.3")),
        ("<c r=\"A1\"><v>101.33333333333333</v></c>", number("101.333333333333")),
        ("<c r=\"A1\"><v>1E-3</v></c>", number("0.001")),
        ("<c r=\"A1\"><v>1.5E+15</v></c>", number("1500000000000000")),
        ("<c r=\"A1\"><v>123456789012345</v></c>", number("123456789012345")),
        ("<c r=\"A1\" t=\"b\"><v>1</v></c>", Cell::Boolean(true)),
        ("<c r=\"A1\" t=\"e\"><v>#REF!</v></c>", Cell::Error("#REF!".to_owned())),
        ("<c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c>", Cell::Error("#DIV/0!".to_owned())),
        ("<c r=\"A1\" s=\"1\"><v>44621</v></c>", Cell::Date("2022-03-01".to_owned())),
        ("<c r=\"A1\" s=\"2\"><v>44621.3125</v></c>", Cell::Date("2022-03-01T07:30:00".to_owned())),
        ("<c r=\"A1\" s=\"2\"><v>0.3125</v></c>", Cell::Date("07:30:00".to_owned())),
        ("<c r=\"A1\" s=\"3\"><v>1.5</v></c>", number("1.5")),
        ("<c r=\"A1\"><f>SUM(B1:B9)</f><v>12</v></c>", formula(number("12"), "SUM(B1:B9)")),
        ("<c r=\"A1\" t=\"str\"><f>B1&amp;\"x\"</f><v>ax</v></c>", formula(text("ax"), "B1&\"x\"")),
        ("<c r=\"A1\"><f>NOW()</f></c>", formula(Cell::Empty, "NOW()")),
        (
            "<c r=\"A1\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>",
            formula(Cell::Error("#DIV/0!".to_owned()), "1/0"),
        ),
        ("<c r=\"A1\" s=\"1\"/>", Cell::Empty),
        ("<c r=\"A1\" t=\"inlineStr\"><is><t></t></is></c>", Cell::Empty),
    ];
    for (cell, expected) in cases {
        let bytes = workbook_with(
            &format!("<row r=\"1\">{cell}</row>"),
            &[("xl/styles.xml", STYLES), ("xl/sharedStrings.xml", STRINGS)],
        );
        let found = read_workbook(&bytes, &Limits::default()).unwrap();
        assert_eq!(found.sheets[0].cell(1, 1), &expected, "{cell}");
    }
}

#[test]
fn a_formula_filled_down_names_the_cells_of_its_own_row() {
    let rows = "<row r=\"1\"><c r=\"C1\"><f t=\"shared\" ref=\"C1:C2\" si=\"0\">A1+B1</f><v>3</v></c></row>\
        <row r=\"2\"><c r=\"C2\"><f t=\"shared\" si=\"0\"/><v>7</v></c></row>";
    let found = read_workbook(&workbook(rows), &Limits::default()).unwrap();
    assert_eq!(found.sheets[0].cell(1, 3), &formula(number("3"), "A1+B1"));
    assert_eq!(found.sheets[0].cell(2, 3), &formula(number("7"), "A2+B2"));
    assert_eq!(found.sheets[0].cell(2, 3).value(), &number("7"));
}

#[test]
fn empty_cells_and_rows_leave_no_trace_however_far_they_reach() {
    let rows = "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"C2\"/><c r=\"E2\"><v>2</v></c></row>\
        <row r=\"5\"/><row r=\"1048576\"><c r=\"XFD1048576\" s=\"0\"/></row>";
    let found = read_workbook(&workbook(rows), &Limits::default()).unwrap();
    let sheet = &found.sheets[0];
    assert_eq!(sheet.rows.len(), 1);
    assert_eq!(sheet.rows[0].number, 2);
    assert_eq!(sheet.rows[0].cells, [(2, number("1")), (5, number("2"))]);
    assert_eq!(sheet.cell(2, 3), &Cell::Empty);
    assert_eq!(sheet.cell(1_048_576, 16_384), &Cell::Empty);
}

#[test]
fn cells_without_positions_count_on_from_the_one_before() {
    let rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>";
    let found = read_workbook(&workbook(rows), &Limits::default()).unwrap();
    assert_eq!(found.sheets[0].cell(1, 2), &number("2"));
    assert_eq!(found.sheets[0].cell(2, 1), &number("3"));
}

#[test]
fn sheets_come_in_order_with_their_merged_cells_and_the_hidden_ones_marked() {
    let merged = "<row r=\"1\"><c r=\"B1\" t=\"inlineStr\"><is><t>Tháng 3</t></is></c></row></sheetData>\
        <mergeCells count=\"2\"><mergeCell ref=\"B1:D2\"/><mergeCell ref=\"A1:A2\"/></mergeCells>";
    let mut made = parts(&[("Tháng 3", merged), ("Ẩn", ""), ("Rất ẩn", "")], &[]);
    let listing = made.iter_mut().find(|part| part.0 == "xl/workbook.xml").unwrap();
    listing.1 = listing
        .1
        .replace("name=\"Ẩn\"", "name=\"Ẩn\" state=\"hidden\"")
        .replace("name=\"Rất ẩn\"", "name=\"Rất ẩn\" state=\"veryHidden\"");
    let found = read_workbook(&archive(&made), &Limits::default()).unwrap();
    let listed: Vec<_> =
        found.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(listed, [("Tháng 3", false), ("Ẩn", true), ("Rất ẩn", true)]);
    assert_eq!(
        found.sheets[0].merged,
        [
            Area { top: 1, left: 2, bottom: 2, right: 4 },
            Area { top: 1, left: 1, bottom: 2, right: 1 },
        ],
    );
    assert!(found.sheets[0].merged[0].contains(2, 3));
    assert!(!found.sheets[0].merged[0].contains(3, 3));
    assert_eq!(found.sheets[0].cell(1, 2), &text("Tháng 3"));
}

#[test]
fn the_wire_carries_every_outcome_unchanged() {
    let rows = "<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c>\
        <c r=\"B1\" t=\"inlineStr\"><is><t>Nà Sầm \"x\"</t></is></c></row>";
    let read = read_workbook(&workbook(rows), &Limits::default());
    assert!(read.is_ok());
    assert_eq!(wire::decode(&wire::encode(&read)), read);
    let refused = read_workbook(b"code,name", &Limits::default());
    assert!(refused.is_err());
    assert_eq!(wire::decode(&wire::encode(&refused)), refused);
}
