//! Tests of how documents are arranged.

use super::*;
use crate::document::{Align, Cell, Column, Row, RowKind};
use crate::profile::{PARTY, STATE};

fn table_of(header: Vec<Vec<HeaderCell>>, rows: &[&[usize]]) -> Table {
    let row = |spans: &&[usize]| Row {
        kind: RowKind::Plain,
        cells: spans.iter().map(|columns| Cell { runs: Vec::new(), columns: *columns }).collect(),
    };
    Table {
        caption: None,
        measure: None,
        columns: vec![Column { width: 1, align: Align::Left }; 3],
        header,
        rows: rows.iter().map(row).collect(),
        source: None,
    }
}

fn cell(columns: usize, rows: usize) -> HeaderCell {
    HeaderCell { text: format!("{columns}x{rows}"), columns, rows }
}

#[test]
fn headings_are_numbered_and_start_again_below_each_heading() {
    let mut counter = HeadingCounter::default();
    let cases = [
        (Level::One, "Tình hình", "I. TÌNH HÌNH"),
        (Level::Two, "Lãnh đạo", "1. Lãnh đạo"),
        (Level::Three, "Kế hoạch", "1.1. Kế hoạch"),
        (Level::Three, "Tổ chức", "1.2. Tổ chức"),
        (Level::Two, "Kết quả", "2. Kết quả"),
        (Level::Three, "Đảng", "2.1. Đảng"),
        (Level::One, "Đánh giá", "II. ĐÁNH GIÁ"),
        (Level::Three, "Riêng", "1. Riêng"),
        (Level::Two, "Ưu điểm", "1. Ưu điểm"),
    ];
    for (level, text, expected) in cases {
        assert_eq!(counter.next(&STATE, level, text), expected);
    }
}

#[test]
fn numbers_are_written_in_roman_numerals() {
    let cases = [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX"), (0, "")];
    for (number, expected) in cases {
        assert_eq!(roman(number), expected);
    }
}

#[test]
fn the_party_counts_with_letters_and_begins_what_a_document_is_about_with_a_small_one() {
    let mut counter = HeadingCounter::default();
    let expected = ["a) Việc", "b) Việc", "c) Việc", "d) Việc", "đ) Việc"];
    assert_eq!(expected.map(|_| counter.next(&PARTY, Level::Three, "Việc")), expected);
    assert_eq!((letter(23), letter(24)), ("y".to_owned(), "24".to_owned()));
    assert_eq!(cased(&PARTY.styles.about, "Ý kiến của Bí thư"), "ý kiến của Bí thư");
    assert_eq!(cased(&PARTY.styles.about, ""), "");
}

#[test]
fn a_list_closes_each_line_and_ends_with_a_full_stop() {
    let lines = ["Như trên", "Lưu: VT"].map(str::to_owned);
    assert_eq!(list_lines("- ", &lines), ["- Như trên;", "- Lưu: VT."]);
    assert_eq!(list_lines("", &lines[..1]), ["Như trên."]);
    assert!(list_lines("- ", &[]).is_empty());
}

#[test]
fn the_text_ends_with_the_closing_mark_and_only_one() {
    let paragraph = |text: &str| Block::Paragraph(vec![Run::Text(text.to_owned())]);
    for text in ["Đề nghị hỗ trợ", "Đề nghị hỗ trợ.", "Đề nghị hỗ trợ./."]
    {
        let body = with_end_mark(&[paragraph("Một."), paragraph(text)], "./.");
        let Block::Paragraph(runs) = &body[1] else { panic!("a paragraph") };
        let words: String = runs.iter().map(Run::words).collect();
        assert_eq!(words, "Đề nghị hỗ trợ./.");
        assert_eq!(body[0], paragraph("Một."));
    }
}

#[test]
fn spans_of_the_header_cover_the_places_below_and_beside() {
    let header = vec![vec![cell(1, 2), cell(2, 1)], vec![cell(1, 1), cell(1, 1)]];
    let table = table_of(header, &[&[1, 1, 1], &[3], &[2, 1]]);
    assert!(check_table(&table, 1).is_ok());
    let grid = header_grid(&table, 1).unwrap();
    assert_eq!(grid[1][0], HeaderPlace::Covered { columns: 1 });
    assert_eq!(grid[1].len(), 3);
    let wide = table_of(vec![vec![cell(2, 2), cell(1, 1)], vec![cell(1, 1)]], &[]);
    assert_eq!(header_grid(&wide, 1).unwrap()[1][0], HeaderPlace::Covered { columns: 2 });
}

/// A header, the spans of the rows, the refusal.
type Case = (Vec<Vec<HeaderCell>>, &'static [&'static [usize]], String);

#[test]
fn a_table_that_is_no_full_grid_is_refused_at_its_row() {
    let row_shape = |row, covered| format!("row {row} of table 7 covers {covered} of 3 columns");
    let span = |row| format!("a cell in header row {row} of table 7 has a span that does not fit");
    let whole = || vec![cell(1, 1), cell(1, 1), cell(1, 1)];
    let cases: [Case; 8] = [
        (vec![whole()], &[&[1, 1, 1], &[1, 1]], row_shape(3, 2)),
        (vec![], &[&[1, 3]], row_shape(1, 4)),
        (vec![], &[&[0, 3]], row_shape(1, 3)),
        (vec![vec![cell(2, 1)]], &[], row_shape(1, 2)),
        (vec![vec![cell(1, 1), cell(1, 1), cell(1, 1), cell(1, 1)]], &[], row_shape(1, 3)),
        (vec![vec![cell(2, 1), cell(2, 1)]], &[], span(1)),
        (vec![vec![cell(3, 2)]], &[], span(1)),
        (vec![vec![cell(0, 1), cell(3, 1)]], &[], span(1)),
    ];
    for (header, rows, expected) in cases {
        let error = check_table(&table_of(header, rows), 7).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
