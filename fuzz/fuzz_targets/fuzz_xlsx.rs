//! Any bytes as a workbook, or as one part of an otherwise sound one: limits hold, nothing panics.
#![no_main]

use std::io::{Cursor, Write as _};

use formats::xlsx::{Limits, read_workbook, wire};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const PARTS: [(&str, &str); 6] = [
    (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"rId1\" Type=\"x/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"rId1\" Type=\"x/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
    ("xl/sharedStrings.xml", "<sst uniqueCount=\"1\"><si><t>a</t></si></sst>"),
    ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
    (
        "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>",
    ),
];

/// A workbook in which one part holds these bytes; stored, so that they stay in sight.
fn workbook_with(chosen: usize, bytes: &[u8]) -> Vec<u8> {
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (index, (name, text)) in PARTS.iter().enumerate() {
        let content = if index == chosen { bytes } else { text.as_bytes() };
        archive.start_file(*name, stored).expect("a name that is not taken");
        archive.write_all(content).expect("memory takes everything");
    }
    archive.finish().expect("a whole archive").into_inner()
}

// A panic that `read_workbook` catches counts too: the driver's own hook sees it first.
fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let limits = Limits { cells: 1_000, sheets: 5, ..Limits::default() };
    let outcome = match usize::from(first) % (PARTS.len() + 1) {
        chosen if chosen < PARTS.len() => read_workbook(&workbook_with(chosen, rest), &limits),
        _ => read_workbook(rest, &limits),
    };
    if let Ok(workbook) = &outcome {
        let cells: usize =
            workbook.sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.cells.len()).sum();
        assert!(cells <= 1_000);
    }
    assert_eq!(wire::decode(&wire::encode(&outcome)), outcome);
});
