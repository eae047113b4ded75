//! Workbooks put together part by part, for what no spreadsheet program would write.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// An archive of these parts.
pub(crate) fn archive(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The parts of a workbook whose sheets hold these rows, and any parts besides; a part given twice
/// is taken the second time.
pub(crate) fn parts(sheets: &[(&str, &str)], besides: &[(&str, &str)]) -> Vec<(String, String)> {
    let listed = |one: &dyn Fn(usize, &str) -> String| -> String {
        sheets.iter().enumerate().map(|(index, sheet)| one(index + 1, sheet.0)).collect()
    };
    let entries =
        listed(&|id, name| format!("<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"rId{id}\"/>"));
    let relations = listed(&|id, _| {
        let kind = format!("{OFFICE}/worksheet");
        format!(
            "<Relationship Id=\"rId{id}\" Type=\"{kind}\" Target=\"worksheets/sheet{id}.xml\"/>"
        )
    });
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            format!("<Types xmlns=\"{PACKAGE}/content-types\"></Types>"),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{entries}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"),
        ),
    ];
    for (index, (_, content)) in sheets.iter().enumerate() {
        parts.push((format!("xl/worksheets/sheet{}.xml", index + 1), worksheet(content)));
    }
    for (name, text) in besides {
        parts.retain(|part| part.0 != *name);
        parts.push(((*name).to_owned(), (*text).to_owned()));
    }
    parts
}

/// A sheet around its rows; with a sheet's own XML after them when `</sheetData>` is in it.
pub(crate) fn worksheet(rows: &str) -> String {
    let end = if rows.contains("</sheetData>") { "" } else { "</sheetData>" };
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}{end}</worksheet>")
}

/// A workbook with one sheet, `S`.
pub(crate) fn workbook(rows: &str) -> Vec<u8> {
    archive(&parts(&[("S", rows)], &[]))
}

/// A workbook with one sheet, `S`, and other parts.
pub(crate) fn workbook_with(rows: &str, besides: &[(&str, &str)]) -> Vec<u8> {
    archive(&parts(&[("S", rows)], besides))
}
