//! What a written workbook holds, and that the same book always has the same bytes.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::io::{Cursor, Read as _};

use formats::document::{Orientation, Properties};
use formats::profile::STATE;
use formats::sheet::{Area, Cell};
use formats::xlsx::book::{
    Alignment, Book, CellOut, Column, Emphasis, HeaderCell, NumberFormat, SheetTable, TableRow,
    Title, TitleStyle, Typing, WriteError,
};
use formats::xlsx::{Limits, read_workbook, write_workbook};

fn text(text: &str) -> CellOut {
    CellOut::Text(text.to_owned())
}

fn number(value: &str, format: NumberFormat) -> CellOut {
    CellOut::Number { value: value.to_owned(), format }
}

fn row(cells: Vec<CellOut>, emphasis: Emphasis) -> TableRow {
    TableRow { cells, emphasis }
}

fn over(text: &str, columns: u16, rows: u16) -> HeaderCell {
    HeaderCell { text: text.to_owned(), columns, rows }
}

/// The table of indicators, as an appendix has it.
fn appendix() -> SheetTable {
    let wide = Column { width: 42.0, alignment: Alignment::Left, typing: Typing::Any };
    let narrow = Column { width: 12.0, alignment: Alignment::Right, typing: Typing::Any };
    let number_column = Column { width: 6.0, alignment: Alignment::Centre, typing: Typing::Any };
    let title = |text: &str, style| Title { text: text.to_owned(), style };
    SheetTable {
        name: "PL I".to_owned(),
        orientation: Orientation::Landscape,
        titles: vec![
            title("PHỤ LỤC I", TitleStyle::Main),
            title("Kết quả thực hiện các chỉ tiêu năm 2022", TitleStyle::Sub),
        ],
        columns: vec![number_column, wide, narrow, narrow, narrow],
        header: vec![
            vec![over("STT", 1, 2), over("Chỉ tiêu", 1, 2), over("Năm 2022", 3, 1)],
            vec![HeaderCell::one("Giao"), HeaderCell::one("Đạt"), HeaderCell::one("Tỷ lệ")],
        ],
        rows: vec![
            row(vec![text("I"), text("Xây dựng Đảng")], Emphasis::Group),
            row(
                vec![
                    text("1"),
                    text("Số mô hình \"Dân vận khéo\""),
                    number("150", NumberFormat::plain(0)),
                    number("152", NumberFormat::plain(0)),
                    number("101.3", NumberFormat::percent(1)),
                ],
                Emphasis::Plain,
            ),
            row(
                vec![
                    text("2"),
                    text("=HYPERLINK(\"http://x\")"),
                    CellOut::Empty,
                    number(
                        "30",
                        NumberFormat { prefix: "trên ".to_owned(), ..NumberFormat::plain(0) },
                    ),
                    text("-"),
                ],
                Emphasis::Total,
            ),
        ],
        frozen_columns: 2,
        notes: vec!["Ghi chú: số liệu mẫu.".to_owned()],
    }
}

fn book(sheets: Vec<SheetTable>) -> Book {
    let properties = Properties {
        title: "Báo cáo năm 2022".to_owned(),
        creator: "UBND huyện Văn Lãng".to_owned(),
        created: "2023-07-05T08:00:00Z".to_owned(),
    };
    Book { properties, sheets }
}

/// One part of a written workbook, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn what_is_written_can_be_read_back() {
    let bytes = write_workbook(&book(vec![appendix()]), &STATE).unwrap();
    let found = read_workbook(&bytes, &Limits::default()).unwrap();
    let sheet = &found.sheets[0];
    assert_eq!(sheet.name, "PL I");
    let shown = |text: &str| Cell::Text(text.to_owned());
    let counted = |text: &str| Cell::Number(text.to_owned());
    let cases = [
        (1, 1, shown("PHỤ LỤC I")),
        (2, 1, shown("Kết quả thực hiện các chỉ tiêu năm 2022")),
        (3, 1, shown("STT")),
        (3, 3, shown("Năm 2022")),
        (4, 1, Cell::Empty),
        (4, 3, shown("Giao")),
        (4, 5, shown("Tỷ lệ")),
        (5, 2, shown("Xây dựng Đảng")),
        (5, 3, Cell::Empty),
        (6, 3, counted("150")),
        (6, 4, counted("152")),
        (6, 5, counted("1.013")),
        (7, 2, shown("=HYPERLINK(\"http://x\")")),
        (7, 4, counted("30")),
        (7, 5, shown("-")),
        (8, 1, shown("Ghi chú: số liệu mẫu.")),
    ];
    for (row, column, expected) in cases {
        assert_eq!(sheet.cell(row, column), &expected, "row {row}, column {column}");
    }
    let area = |top, left, bottom, right| Area { top, left, bottom, right };
    assert_eq!(
        sheet.merged,
        [
            area(1, 1, 1, 5),
            area(2, 1, 2, 5),
            area(3, 1, 4, 1),
            area(3, 2, 4, 2),
            area(3, 3, 3, 5),
            area(8, 1, 8, 5)
        ],
    );
}

#[test]
fn the_same_book_has_the_same_bytes() {
    let first = write_workbook(&book(vec![appendix()]), &STATE).unwrap();
    for _ in 0..5 {
        assert!(write_workbook(&book(vec![appendix()]), &STATE).unwrap() == first);
    }
    let mut later = book(vec![appendix()]);
    later.properties.created = "2023-07-06T08:00:00Z".to_owned();
    assert!(write_workbook(&later, &STATE).unwrap() != first, "the creation time is written");
}

#[test]
fn the_sheet_is_set_up_for_printing_as_documents_are() {
    let mut upright = appendix();
    upright.name = "PL II".to_owned();
    upright.orientation = Orientation::Portrait;
    let bytes = write_workbook(&book(vec![appendix(), upright]), &STATE).unwrap();
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let wanted = [
        // 30, 15, 20 and 20 mm in inches.
        "left=\"1.18110236220472",
        "right=\"0.59055118110236",
        "top=\"0.7874015748031",
        "bottom=\"0.7874015748031",
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "<pane xSplit=\"2\" ySplit=\"4\"",
        "&amp;\"Times New Roman,Regular\"&amp;13&amp;P",
    ];
    for wanted in wanted {
        assert!(sheet.contains(wanted), "{wanted} in {sheet}");
    }
    assert!(part(&bytes, "xl/worksheets/sheet2.xml").contains("orientation=\"portrait\""));
    let listing = part(&bytes, "xl/workbook.xml");
    assert!(listing.contains("'PL I'!$3:$4</definedName>"), "{listing}");
    let properties = part(&bytes, "docProps/core.xml");
    for wanted in ["Báo cáo năm 2022", "UBND huyện Văn Lãng", "2023-07-05T08:00:00Z"] {
        assert!(properties.contains(wanted), "{wanted} in {properties}");
    }
}

#[test]
fn everything_is_in_the_font_of_the_profile_and_formats_are_real() {
    let bytes = write_workbook(&book(vec![appendix()]), &STATE).unwrap();
    let styles = part(&bytes, "xl/styles.xml");
    let named = styles.matches("<name val=").count();
    assert_eq!(styles.matches("<name val=\"Times New Roman\"/>").count(), named, "{styles}");
    for wanted in ["#,##0.0%", "&quot;trên &quot;#,##0", "<b/>", "quotePrefix=\"1\""] {
        assert!(styles.contains(wanted), "{wanted} in {styles}");
    }
}

#[test]
fn text_stays_text_whatever_it_begins_with() {
    let column = Column { width: 10.0, alignment: Alignment::Left, typing: Typing::Any };
    let texts = ["=1+1", "+1", "-1", "@x", "\t=1", "＝1", "1234", "0012", "TRUE", " a ", "#REF!"];
    let rows: Vec<TableRow> =
        texts.iter().map(|one| row(vec![text(one)], Emphasis::Plain)).collect();
    let table = SheetTable {
        name: "S".to_owned(),
        orientation: Orientation::Portrait,
        titles: Vec::new(),
        columns: vec![column],
        header: Vec::new(),
        rows,
        frozen_columns: 0,
        notes: Vec::new(),
    };
    let bytes = write_workbook(&book(vec![table]), &STATE).unwrap();
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    let found = read_workbook(&bytes, &Limits::default()).unwrap();
    for (row, expected) in (1..).zip(texts) {
        assert_eq!(found.sheets[0].cell(row, 1), &Cell::Text(expected.to_owned()));
    }
}

#[test]
fn numbers_keep_their_digits() {
    let cases = [
        ("0", NumberFormat::plain(0), "0"),
        ("-1234.5", NumberFormat::plain(1), "-1234.5"),
        ("123456789012345", NumberFormat::plain(0), "123456789012345"),
        ("0.07", NumberFormat::percent(2), "0.0007"),
        ("101.3", NumberFormat::percent(1), "1.013"),
        ("100", NumberFormat::percent(0), "1"),
    ];
    for (value, format, expected) in cases {
        let mut table = appendix();
        table.rows = vec![row(vec![number(value, format)], Emphasis::Plain)];
        let bytes = write_workbook(&book(vec![table]), &STATE).unwrap();
        let found = read_workbook(&bytes, &Limits::default()).unwrap();
        assert_eq!(found.sheets[0].cell(5, 1), &Cell::Number(expected.to_owned()), "{value}");
    }
}

#[test]
fn what_cannot_be_written_is_refused() {
    let with = |change: &dyn Fn(&mut SheetTable)| {
        let mut table = appendix();
        change(&mut table);
        write_workbook(&book(vec![table]), &STATE).map(|_| ())
    };
    let sheet = "PL I".to_owned();
    for name in ["", "a/b", "một cái tên dài hơn ba mươi mốt ký tự"] {
        let found = with(&|table| table.name = name.to_owned());
        assert_eq!(found, Err(WriteError::SheetName { name: name.to_owned() }));
    }
    let twice = write_workbook(&book(vec![appendix(), appendix()]), &STATE).map(|_| ());
    assert!(matches!(twice, Err(WriteError::SheetName { .. })), "{twice:?}");
    for value in ["", "NaN", "inf", "1e5", "1.234,5", "30 mô hình", "1.2.3"] {
        let found = with(&|table| {
            table.rows = vec![row(vec![number(value, NumberFormat::plain(0))], Emphasis::Plain)];
        });
        let value = value.to_owned();
        assert_eq!(found, Err(WriteError::NotANumber { sheet: sheet.clone(), value }));
    }
    let misshapen = |row| Err(WriteError::RowShape { sheet: sheet.clone(), row });
    let wide = |table: &mut SheetTable| table.rows[1].cells.push(CellOut::Empty);
    assert_eq!(with(&wide), misshapen(6), "a row with too many cells");
    let header =
        |cells: Vec<Vec<HeaderCell>>| move |table: &mut SheetTable| table.header.clone_from(&cells);
    assert_eq!(with(&header(vec![vec![over("a", 6, 1)]])), misshapen(3), "a header too wide");
    assert_eq!(with(&header(vec![vec![over("a", 1, 2)]])), misshapen(3), "a header too deep");
    assert_eq!(with(&header(vec![vec![over("a", 0, 1)]])), misshapen(3), "a header over nothing");
    let crossing =
        vec![vec![over("a", 1, 1), over("b", 1, 2), over("c", 3, 1)], vec![over("d", 2, 1)]];
    assert_eq!(with(&header(crossing)), misshapen(4), "a header across another");
}
