//! The documents of the sample's report, as those who receive them read them.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod papers;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::PathBuf;
use std::sync::LazyLock;

use actions::answer::View;
use actions::imports::Input;
use actions::reports::{Asked, Report};
use actions::workspace::{Opener, Workspace};
use domain::period::{Calendar, Period};
use formats::document::{Block, Document, Run, Table};
use formats::sheet::{Cell, Sheet};
use formats::xlsx::{Limits, read_workbook};
use jiff::civil::{Date, date};
use quick_xml::events::Event;
use server::documents::{DocumentFile, Issue, document, files};
use server::wording::{Lang, figures};

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

/// The report that is written for the district and the whole span.
fn written(workspace: &Workspace) -> Report {
    workspace.report("ket-qua-kl-01", &Asked::default()).unwrap()
}

fn whole_span() -> Report {
    written(&FULL)
}

/// The report of any unit about any span.
fn periodic(unit: &str, period: &str) -> Report {
    let unit = FULL.find_unit(unit, Some(date(2022, 6, 30))).unwrap();
    let asked = Asked::of(unit, Period::parse(period).unwrap(), View::Reported);
    FULL.report("bao-cao-ky", &asked).unwrap()
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
fn the_periodic_report_reads_as_agreed_for_a_district_a_commune_and_a_village() {
    for (unit, period) in
        [("182", "2023-H1"), ("06124", "2022-Q4"), ("06124", "2023-H1"), ("06178-01", "2023-05")]
    {
        let report = periodic(unit, period);
        for lang in ["vi", "en"] {
            let read = paragraphs(file(&report, &format!("bao-cao-ky.{lang}.docx")));
            testkit::golden(&format!("reports/bao-cao-ky.{unit}.{period}.{lang}.txt"), &read);
        }
    }
}

#[test]
fn the_same_report_has_the_same_bytes() {
    let all = |report: &Report| files(report, &issue()).unwrap();
    let cases: [&dyn Fn() -> Report; 2] = [&whole_span, &|| periodic("06124", "2023-H1")];
    for build in cases {
        for (one, other) in all(&build()).iter().zip(all(&build())) {
            assert!(one.bytes == other.bytes, "{} differs", one.name);
        }
    }
}

#[test]
fn the_figures_of_the_article_are_printed_as_it_has_them() {
    let report = whole_span();
    let mut checked = 0;
    for figure in &report.figures {
        let Some(published) = &figure.request.published else { continue };
        for part in figures::published(published) {
            assert!(figures::agrees(part, &figure.indicator, &figure.answer), "{part}");
            checked += 1;
        }
    }
    assert_eq!(checked, 12);
    let narrative = paragraphs(file(&report, "ket-qua-kl-01.vi.docx"));
    for printed in [
        "[[152 đảng viên]], [[đạt 101,3% chỉ tiêu năm]]",
        "[[61 đảng viên]], [[tăng 5,2% so với cùng kỳ năm trước]], mới [[đạt 40,7% chỉ tiêu năm]]",
        "[[213 đảng viên]]",
        "[[162/162 thôn, khu phố (đạt 100%)]]",
        "[[hơn 90%]], [[tăng hơn 60,4 điểm phần trăm so với quý IV/2021]]",
        "[[trên 30 tổ chức]] đảng và [[trên 70 đảng viên]]",
        "[[7 tổ chức]] đảng và [[15 đảng viên]]",
        "[[380 hộ]] đồng ý",
        "Số liệu tính [[từ tháng 01/2022 đến hết tháng 6/2023",
    ] {
        assert!(narrative.contains(printed), "{printed}");
    }
}

#[test]
fn a_report_speaks_of_the_days_of_its_calendar() {
    let mut report = periodic("182", "2023-H1");
    report.subject.calendar = Calendar::CutOff { last_day: 14 };
    let text = paragraphs(file(&report, "bao-cao-ky.vi.docx"));
    assert!(text.contains("Số liệu tính từ ngày 15/12/2022 đến hết ngày 14/6/2023"), "{text}");
    assert!(text.contains("6 tháng đầu năm 2023 (từ ngày 15/12/2022 đến ngày 14/6/2023)"));
}

#[test]
fn a_head_follows_the_unit() {
    let head = |unit: &str, lang: Lang| {
        let document = document(&periodic(unit, "2023-H1"), &issue(), lang);
        let parent = document.head.parent_agency.unwrap_or_default();
        [parent, document.head.agency, document.head.number, document.head.place_date]
    };
    let cases = [
        (
            "182",
            Lang::Vi,
            [
                "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
                "ỦY BAN NHÂN DÂN HUYỆN VĂN LÃNG",
                "Số: 12/BC-UBND",
                "Văn Lãng, ngày 05 tháng 7 năm 2023",
            ],
        ),
        (
            // Nobody is above the province.
            "20",
            Lang::Vi,
            [
                "",
                "ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN",
                "Số: 12/BC-UBND",
                "Lạng Sơn, ngày 05 tháng 7 năm 2023",
            ],
        ),
        (
            // Named after a person: the place line has the kind.
            "06178",
            Lang::Vi,
            [
                "ỦY BAN NHÂN DÂN HUYỆN VĂN LÃNG",
                "ỦY BAN NHÂN DÂN XÃ HOÀNG VĂN THỤ",
                "Số: 12/BC-UBND",
                "Xã Hoàng Văn Thụ, ngày 05 tháng 7 năm 2023",
            ],
        ),
        (
            // A village has no agency and no code of its own.
            "06124-01",
            Lang::Vi,
            [
                "ỦY BAN NHÂN DÂN THỊ TRẤN NA SẦM",
                "KHU PHỐ 1",
                "Số: 12/BC",
                "Khu phố 1, ngày 05 tháng 7 năm 2023",
            ],
        ),
        (
            "06178",
            Lang::En,
            [
                "VĂN LÃNG DISTRICT PEOPLE’S COMMITTEE",
                "HOÀNG VĂN THỤ COMMUNE PEOPLE’S COMMITTEE",
                "Số: 12/BC-UBND",
                "Hoàng Văn Thụ commune, 5 July 2023",
            ],
        ),
    ];
    for (unit, lang, expected) in cases {
        assert_eq!(head(unit, lang), expected, "{unit}");
    }
    let province = document(&periodic("20", "2023-H1"), &issue(), Lang::Vi);
    assert_eq!(province.recipients.len(), 2, "nobody above to report to");
}

#[test]
fn every_figure_that_a_list_prints_is_in_the_figures_for_programs() {
    let report = periodic("06124", "2022-Q4");
    let json = String::from_utf8(file(&report, "figures.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let display = |key: &str| {
        let figures = json["figures"].as_array().unwrap();
        let figure = figures.iter().find(|figure| figure["key"] == key).unwrap();
        assert!(!figure["sources"].as_array().unwrap().is_empty(), "{key}");
        (figure["period"].as_str().unwrap().to_owned(), figure["display"]["vi"].clone())
    };
    assert_eq!(display("A01"), ("2022-Q4".to_owned(), "4 đảng viên".into()));
    assert_eq!(display("A01.year_to_date"), ("2022".to_owned(), "9 đảng viên".into()));
    let text = json.to_string();
    for restricted in ["\"D06\"", "\"D07\""] {
        assert!(!text.contains(restricted), "{restricted} is held back until it is announced");
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
        let name = format!("{}.vi.xlsx", report.template.code);
        read_workbook(&file(report, &name), &Limits::default()).unwrap()
    };
    // Plan, the same period last year, this period, cumulative, share of the plan.
    let year = read(&periodic("182", "2022"));
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
    let report = written(&empty);
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
fn the_english_reports_have_no_vietnamese_left_but_names() {
    for report in [whole_span(), periodic("182", "2023-H1")] {
        let name = format!("{}.en.docx", report.template.code);
        has_no_vietnamese_but_names(&report, paragraphs(file(&report, &name)).to_lowercase());
    }
}

fn has_no_vietnamese_but_names(report: &Report, mut text: String) {
    let owing = report.missing.iter().flat_map(|form| &form.units).flat_map(|(_, units)| units);
    let mut names: Vec<&str> =
        report.units.iter().map(|(unit, _)| unit).chain(owing).map(|unit| &*unit.name).collect();
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
