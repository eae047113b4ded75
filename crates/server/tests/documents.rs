//! The documents of the sample's report, as those who receive them read them.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::PathBuf;
use std::sync::LazyLock;

use actions::answer::View;
use actions::imports::Input;
use actions::reports::Report;
use actions::workspace::{Opener, Workspace};
use domain::period::Period;
use formats::document::{Block, Document, Run, Table};
use formats::sheet::{Cell, Sheet};
use formats::xlsx::{Limits, read_workbook};
use jiff::civil::{Date, date};
use quick_xml::events::Event;
use server::documents::{DocumentFile, Issue, document, files};
use server::wording::Lang;

const NOW_MS: i64 = 1_688_200_000_000;
const ISSUED: Date = date(2023, 7, 5);

/// The sample with all its figures, and with none.
static FULL: LazyLock<Workspace> = LazyLock::new(|| {
    let workspace = without_figures();
    let folder = testkit::root().join("samples/van-lang/so-lieu");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let inputs = paths.iter().map(|path| Input::from_path(path)).collect();
    workspace.import_figures(inputs, NOW_MS, |_| {}).unwrap();
    workspace
});

fn without_figures() -> Workspace {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("documents.db");
    let workspace = Workspace::open(database.to_str().unwrap(), Opener::Here).unwrap();
    // SQLite keeps the open files; nothing is left behind when the test ends.
    drop(folder);
    let units = testkit::root().join("samples/van-lang/units.csv");
    workspace.import_units(vec![Input::from_path(&units)], NOW_MS).unwrap();
    workspace.import_pack(&testkit::root().join("packs/ket-luan-01"), NOW_MS).unwrap();
    workspace
}

fn report(workspace: &Workspace, period: &str) -> Report {
    let unit = workspace.find_unit("182", Some(date(2022, 6, 30))).unwrap();
    let period = Period::parse(period).unwrap();
    workspace.report("ket-qua-kl-01", unit, period, View::Reported).unwrap()
}

fn whole_span() -> Report {
    report(&FULL, "2022-01..2023-06")
}

fn issue() -> Issue {
    Issue { date: ISSUED, number: 12, address: "http://results.example".to_owned() }
}

fn file(report: &Report, name: &str) -> Vec<u8> {
    let mut all = files(report, &issue()).unwrap();
    let index = all.iter().position(|file: &DocumentFile| file.name == name).unwrap();
    all.swap_remove(index).bytes
}

/// The text of `word/document.xml`: a line per paragraph with its style, a line per table row;
/// what links somewhere stands in double brackets.
fn paragraphs(docx: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut lines, mut line, mut style) = (String::new(), String::new(), String::new());
    let mut in_table = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return lines,
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "w:pStyle" => {
                    let value = tag.try_get_attribute("w:val").unwrap().unwrap();
                    style = value.value.into_owned();
                }
                "w:tbl" => in_table = true,
                "w:hyperlink" => line.push_str("[["),
                "w:tab" | "w:br" => line.push(' '),
                _ => {}
            },
            Event::Text(text) => line.push_str(&text),
            Event::GeneralRef(name) => line.push_str(match name.as_ref() {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                other => unreachable!("{other:?} is not written"),
            }),
            Event::End(tag) => match tag.name().as_ref() {
                "w:hyperlink" => line.push_str("]]"),
                // Paragraphs of one cell.
                "w:p" if in_table => line.push_str(" / "),
                "w:tc" => {
                    line.truncate(line.trim_end_matches(" / ").len());
                    line.push_str(" | ");
                }
                "w:tr" => {
                    lines.push_str(&format!("| {}\n", line.trim()));
                    line.clear();
                }
                "w:tbl" => in_table = false,
                "w:p" if !in_table => {
                    lines.push_str(&format!("{style}: {}\n", line.trim()));
                    line.clear();
                    style.clear();
                }
                _ => {}
            },
            _ => {}
        }
    }
}

#[test]
fn the_narrative_reads_as_agreed_in_both_languages() {
    let report = whole_span();
    for lang in ["vi", "en"] {
        let read = paragraphs(file(&report, &format!("ket-qua-kl-01.{lang}.docx")));
        testkit::golden(&format!("reports/ket-qua-kl-01.{lang}.txt"), &read);
    }
}

#[test]
fn the_same_report_has_the_same_bytes() {
    let all = |report: &Report| files(report, &issue()).unwrap();
    for (one, other) in all(&whole_span()).iter().zip(all(&whole_span())) {
        assert!(one.bytes == other.bytes, "{} differs", one.name);
    }
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.appendices.iter().flat_map(|appendix| &appendix.blocks);
    blocks
        .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
        .collect()
}

#[test]
fn the_appendices_have_a_row_per_indicator_and_per_unit() {
    let report = whole_span();
    for lang in Lang::ALL {
        let document = document(&report, &issue(), lang);
        let [indicators, units] = tables(&document)[..] else { panic!("two appendices") };
        let cells = |table: &Table, column: usize| -> Vec<String> {
            table.rows.iter().map(|row| row.cells[column].runs[0].words().to_owned()).collect()
        };
        let names: Vec<String> =
            report.indicators.iter().map(|line| lang.of(&line.indicator.name).to_owned()).collect();
        assert_eq!(cells(indicators, 1), names);
        assert_eq!(indicators.rows.len(), 44);
        let shown = cells(units, 1);
        assert_eq!(shown.len(), 17);
        for (shown, (unit, _)) in shown.iter().zip(&report.units) {
            assert!(shown.contains(&unit.name), "{shown}");
        }
    }
}

/// The cells of a sheet's row that says this in its second column.
fn row_of(sheet: &Sheet, says: &str) -> BTreeMap<u32, Cell> {
    let says = Cell::Text(says.to_owned());
    let row = sheet.rows.iter().find(|row| row.cell(2) == &says || row.cell(3) == &says);
    row.unwrap().cells.iter().cloned().collect()
}

fn number(text: &str) -> Cell {
    Cell::Number(text.to_owned())
}

#[test]
fn the_workbook_has_numbers_one_can_count_with() {
    let read = |report: &Report| {
        read_workbook(&file(report, "ket-qua-kl-01.vi.xlsx"), &Limits::default()).unwrap()
    };
    // Plan, the same period last year, this period, cumulative, share of the plan.
    let year = read(&report(&FULL, "2022"));
    let admitted = row_of(&year.sheets[0], "Số đảng viên mới kết nạp");
    assert_eq!([&admitted[&4], &admitted[&7]], [&number("150"), &number("152")]);
    assert_eq!(admitted[&8], number("1.013"));
    let span = read(&whole_span());
    let admitted = row_of(&span.sheets[0], "Số đảng viên mới kết nạp");
    let shown: Vec<&Cell> = (4..=8).map(|column| &admitted[&column]).collect();
    assert_eq!(
        shown,
        [&number("150"), &number("58"), &number("61"), &number("213"), &number("0.407")]
    );
    // A bound is a number too; its word is part of how it is shown.
    let inspected = row_of(&span.sheets[0], "Số tổ chức đảng được cấp ủy kiểm tra");
    assert_eq!(inspected[&7], number("30"));
    let commune = row_of(&span.sheets[1], "Xã Tân Mỹ");
    assert_eq!([&commune[&2], &commune[&4]], [&Cell::Text("06172".to_owned()), &number("7")]);
}

/// The addresses of the figures of a page.
fn figure_links(html: &str) -> Vec<&str> {
    html.split("<a ")
        .skip(1)
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| tag.contains("class=\"figure\""))
        .map(|tag| tag.split("href=\"").nth(1).unwrap().split('"').next().unwrap())
        .collect()
}

fn figure_runs(document: &Document) -> usize {
    let in_body = document.body.iter().flat_map(|block| match block {
        Block::Paragraph(runs) => runs.as_slice(),
        _ => &[],
    });
    let in_tables = tables(document).into_iter().flat_map(|table| &table.rows);
    let in_tables = in_tables.flat_map(|row| &row.cells).flat_map(|cell| &cell.runs);
    in_body.chain(in_tables).filter(|run| matches!(run, Run::Figure { .. })).count()
}

#[test]
fn every_figure_of_the_page_leads_to_its_provenance() {
    let report = whole_span();
    for lang in Lang::ALL {
        let html = file(&report, &format!("ket-qua-kl-01.{}.html", lang.code()));
        let html = String::from_utf8(html).unwrap();
        let links = figure_links(&html);
        assert_eq!(links.len(), figure_runs(&document(&report, &issue(), lang)));
        for link in links {
            assert!(link.starts_with("http://results.example/figures/"), "{link}");
        }
    }
}

#[test]
fn figures_that_nobody_reported_are_words_and_never_zero() {
    let empty = without_figures();
    let report = report(&empty, "2022-01..2023-06");
    let narrative = paragraphs(file(&report, "ket-qua-kl-01.vi.docx"));
    assert!(narrative.contains("kết nạp [[chưa báo cáo]]"), "{narrative}");
    let workbook =
        read_workbook(&file(&report, "ket-qua-kl-01.vi.xlsx"), &Limits::default()).unwrap();
    let admitted = row_of(&workbook.sheets[0], "Số đảng viên mới kết nạp");
    assert_eq!(admitted[&6], Cell::Text("–".to_owned()));
    assert_eq!(admitted[&10], Cell::Text("chưa báo cáo".to_owned()));
    let json = String::from_utf8(file(&report, "figures.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    for figure in json["figures"].as_array().unwrap() {
        assert!(figure["value"].is_null(), "{figure}");
        assert_eq!(figure["reported"], 0, "{figure}");
    }
}

/// What stays Vietnamese in an English text: names, and the word before a document's number,
/// which is never translated.
const KEPT: [&str; 5] = ["Văn Lãng", "Na Sầm", "Lạng Sơn", "Hồ Chí Minh", "Số: "];

#[test]
fn the_english_report_has_no_vietnamese_left_but_names() {
    let report = whole_span();
    let mut text = paragraphs(file(&report, "ket-qua-kl-01.en.docx")).to_lowercase();
    let mut names: Vec<&str> = report.units.iter().map(|(unit, _)| unit.name.as_str()).collect();
    names.extend(KEPT);
    for name in names {
        text = text.replace(&name.to_lowercase(), "");
    }
    let letters = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ";
    let left: Vec<&str> = text
        .lines()
        .filter(|line| line.contains(|letter: char| letters.contains(letter)))
        .collect();
    assert!(left.is_empty(), "{left:#?}");
}
