//! Workbooks made to bring a reader down: refused by the process that reads them, nothing taken in.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use zip::write::SimpleFileOptions;

use super::world::World;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Writes a workbook whose only sheet is these pieces of XML, one after another.
fn workbook<'a>(path: &Path, sheet: impl IntoIterator<Item = &'a str>) {
    let parts = [
        ("[Content_Types].xml", format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
                 <sheet name=\"T01\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
    ];
    let mut archive = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, text) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    for piece in sheet {
        archive.write_all(piece.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

fn head() -> String {
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>")
}

const END: &str = "</sheetData></worksheet>";

/// Two cells in opposite corners: read as a full table they need 17 thousand million cells.
fn sparse(path: &Path) {
    let corners = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\
                   <row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    workbook(path, [head().as_str(), corners, END]);
}

/// A text that doubles tenfold nine times over.
fn laughs(path: &Path) {
    let mut entities = "<!ENTITY l0 \"lol\">".to_owned();
    for level in 1..10 {
        let below = format!("&l{};", level - 1).repeat(10);
        entities.push_str(&format!("<!ENTITY l{level} \"{below}\">"));
    }
    let declared = format!("<?xml version=\"1.0\"?><!DOCTYPE lolz [{entities}]>{}", head());
    let cell = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&l9;</t></is></c></row>";
    workbook(path, [declared.as_str(), cell, END]);
}

/// More small cells than are taken, which shrink to next to nothing.
fn crowd(path: &Path) {
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(200));
    let rows = std::iter::repeat_n(row.as_str(), 3_000);
    workbook(path, [head().as_str()].into_iter().chain(rows).chain([END]));
}

#[test]
fn hostile_workbooks_are_refused_and_nothing_is_taken_in() {
    let world = World::with_sample();
    let before = world.imports();
    for (name, make) in
        [("sparse.xlsx", sparse as fn(&Path)), ("laughs.xlsx", laughs), ("crowd.xlsx", crowd)]
    {
        make(&world.path(name));
        let ended = world.run(&["import", "figures", name]);
        assert_eq!((ended.code, ended.out.as_str()), (1, ""), "{name}: {ended}");
        assert!(ended.err.contains(name), "{name}: {ended}");
    }
    assert_eq!(world.imports(), before);
}

#[test]
fn one_hostile_workbook_keeps_out_the_good_file_beside_it() {
    let world = World::with_sample();
    let before = world.imports();
    sparse(&world.path("sparse.xlsx"));
    world.file(
        "july.csv",
        "unit_code,period,item_code,value,qualifier,disaggregation,note\n06124,2023-07,B02,3,,,\n",
    );
    insta::assert_snapshot!(world.run(&["import", "figures", "july.csv", "sparse.xlsx"]), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 1 điểm:
          • tệp sparse.xlsx, trang tính T01, hàng 1048576, cột XFD: Quá lớn: tối đa 20.000 hàng. Chia tệp thành nhiều phần.
    ");
    assert_eq!(world.imports(), before);
}

#[test]
fn the_reason_is_said_in_both_languages() {
    let world = World::with_sample();
    sparse(&world.path("sparse.xlsx"));
    laughs(&world.path("laughs.xlsx"));
    let files = ["import", "figures", "sparse.xlsx", "laughs.xlsx"];
    insta::assert_snapshot!(world.run(&files), @r"
        exit 1
        ----- beside it
        Chưa làm được và chưa thay đổi gì. Cần sửa 2 điểm:
          • tệp sparse.xlsx, trang tính T01, hàng 1048576, cột XFD: Quá lớn: tối đa 20.000 hàng. Chia tệp thành nhiều phần.
          • tệp laughs.xlsx: Bảng tính bị hỏng (xl/worksheets/sheet1.xml). Mở tệp rồi lưu lại thành tệp mới.
    ");
    insta::assert_snapshot!(world.run(&[&["--lang=en"], &files[..]].concat()), @r"
        exit 1
        ----- beside it
        Not done, and nothing was changed. Points to mend: 2
          • file sparse.xlsx, sheet T01, row 1048576, column XFD: Too large: at most 20,000 rows. Split the file.
          • file laughs.xlsx: The workbook is damaged (xl/worksheets/sheet1.xml). Open it and save it as a new file.
    ");
}
