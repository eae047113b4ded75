//! A form leaves as a workbook, is filled, comes back and is looked through before it counts; and
//! hostile files cost a moment, never more.

use std::io::{Cursor, Read as _, Write as _};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use actions::workspace::Opener;
use axum::Router;
use axum::http::StatusCode;
use server::web::routes::router;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::browser::{Answer, Browser, hidden};
use super::site::{NOW_MS, TODAY, member, sample_with, site};

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Where things stand in the workbook of `thon-thang`: the first unit's row and the figures' columns.
const FIRST_ROW: u32 = 5;

/// A site that opens workbooks as the program does, with a commune officer and a village head; and
/// the commune's number.
fn office() -> (Router, i64) {
    let made = thread::spawn(|| {
        let program = env!("CARGO_BIN_EXE_dotpha").into();
        let arguments = vec!["import-worker".to_owned()];
        let site = site(sample_with(Opener::Child { program, arguments }), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "can-bo-xa", "reviewer", "06124");
        member(&site, "truong-thon", "reporter", "06124-01");
        let unit = site.workspace.find_unit("06124", Some(TODAY)).unwrap().0;
        (router(site), unit)
    });
    made.join().unwrap()
}

struct Desk {
    browser: Browser,
    grid: String,
    workbook: String,
}

async fn desk(router: &Router, unit: i64) -> Desk {
    let mut browser = Browser::at(router);
    browser.sign_in("can-bo-xa").await;
    let grid = format!("/grid/forms/thon-thang/periods/2023-07?unit={unit}");
    let workbook = grid.replace('?', "/workbook?");
    Desk { browser, grid, workbook }
}

impl Desk {
    async fn download(&mut self) -> Vec<u8> {
        self.browser.download(&self.workbook).await
    }

    async fn upload(&mut self, bytes: &[u8]) -> Answer {
        let page = self.browser.get(&self.grid).await.body;
        let secret = hidden(&page, "form_secret");
        self.browser.upload(&self.workbook, &secret, "so-lieu.xlsx", bytes).await
    }

    /// Presses a button of a preview.
    async fn confirm(&mut self, preview: &str, deed: &str) -> Answer {
        let mut form = carried(preview);
        form.push_str(&format!("deed={deed}"));
        self.browser.post(&self.grid, &form).await
    }
}

/// All hidden fields of the preview, as its form sends them.
fn carried(page: &str) -> String {
    let form = page.split("<form class=\"preview\"").nth(1).expect("a preview");
    let form = form.split("</form>").next().unwrap();
    let fields = form.split("<input type=\"hidden\" name=\"").skip(1);
    let pair = |field: &str| {
        let (name, rest) = field.split_once("\" value=\"").unwrap();
        let value = rest.split('"').next().unwrap().replace('+', "%2B").replace(' ', "+");
        format!("{name}={value}&")
    };
    fields.map(pair).collect()
}

/// The sheet's XML.
fn sheet(bytes: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(SHEET).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The workbook with another sheet.
fn with_sheet(bytes: &[u8], text: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut edited = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let content = if name == SHEET { text.as_bytes() } else { &content };
        edited.start_file(name, SimpleFileOptions::default()).unwrap();
        edited.write_all(content).unwrap();
    }
    edited.finish().unwrap().into_inner()
}

/// The workbook with other cells: each is a place and what stands inside its `<c>`.
fn filled(bytes: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut text = sheet(bytes);
    for (place, content) in cells {
        let start = text.find(&format!("<c r=\"{place}\"")).unwrap_or_else(|| panic!("{place}"));
        let end = start + text[start..].find('>').unwrap();
        let (head, rest) = match text[..end].strip_suffix('/') {
            Some(head) => (head.to_owned(), end + 1),
            None => (text[..end].to_owned(), end + text[end..].find("</c>").unwrap() + 4),
        };
        let head = head.replace(&format!("\"{place}\" t=\"s\""), &format!("\"{place}\""));
        let kind = if content.starts_with("<is>") { " t=\"inlineStr\"" } else { "" };
        let kind = if content.contains("#REF!") { " t=\"e\"" } else { kind };
        text = format!("{head}{kind}>{content}</c>{}", &text[rest..]);
    }
    with_sheet(bytes, &text)
}

fn words(text: &str) -> String {
    format!("<is><t>{text}</t></is>")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_goes_out_is_filled_and_comes_back_with_the_same_figures() {
    let (router, unit) = office();
    let mut desk = desk(&router, unit).await;
    let form = desk.download().await;
    let text = sheet(&form);
    assert!(text.contains("<sheetProtection") && text.contains("<dataValidation"), "{text}");
    let (one, other) = (FIRST_ROW, FIRST_ROW + 1);
    let places = [format!("E{one}"), format!("G{one}"), format!("I{one}"), format!("E{other}")];
    let contents = ["<v>3</v>".to_owned(), words("2"), "<f>1+2</f><v>4</v>".to_owned(), words("1")];
    let cells: Vec<(&str, &str)> =
        places.iter().map(String::as_str).zip(contents.iter().map(String::as_str)).collect();
    let preview = desk.upload(&filled(&form, &cells)).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    assert!(preview.body.contains("4 số liệu của 2 đơn vị sẽ thay đổi"), "{}", preview.body);
    assert!(preview.body.contains("(trống)") && preview.body.contains("hàng 5, cột E"));
    assert!(preview.body.contains("Kết quả của công thức"), "{}", preview.body);
    let page = desk.browser.get(&desk.grid.clone()).await.body;
    assert!(!page.contains("value=\"3\""), "a preview changes nothing");

    let sent = desk.confirm(&preview.body, "send").await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert_eq!(sent.body.matches("<li><a href=\"/submissions/").count(), 2, "{}", sent.body);
    let again = desk.download().await;
    let back = desk.upload(&again).await.body;
    assert!(back.contains("không có số nào khác"), "what comes back unchanged changes nothing");
    assert_eq!(values(&again, &["E5", "G5", "I5", "E6"]), ["3", "2", "4", "1"]);
}

/// The numbers in cells.
fn values(bytes: &[u8], places: &[&str]) -> Vec<String> {
    let text = sheet(bytes);
    let value = |place: &&str| {
        let cell = text.split(&format!("<c r=\"{place}\"")).nth(1).unwrap();
        let cell = cell.split("</c>").next().unwrap();
        cell.split("<v>").nth(1).map_or("", |it| it.split('<').next().unwrap()).to_owned()
    };
    places.iter().map(value).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_wrong_is_named_with_its_place_and_blocks_what_it_must() {
    let (router, unit) = office();
    let mut desk = desk(&router, unit).await;
    let form = desk.download().await;

    // What is wrong with a figure can be saved, never sent.
    let asked = [("E5", words("1.234")), ("G6", "<v>-1</v>".to_owned())];
    let asked: Vec<(&str, &str)> = asked.iter().map(|(at, text)| (*at, text.as_str())).collect();
    let preview = desk.upload(&filled(&form, &asked)).await.body;
    for said in ["trang tính Số liệu, hàng 5, cột E", "hàng 6, cột G", "1.234", "1234"] {
        assert!(preview.contains(said), "{said} in {preview}");
    }
    assert!(preview.contains("value=\"save\"") && !preview.contains("value=\"send\""));
    let grid = desk.grid.clone();
    assert_eq!(desk.confirm(&preview, "save").await.to, grid);
    assert!(desk.browser.get(&grid).await.body.contains("value=\"1.234\""), "kept as a draft");

    // What cannot be read has to be mended in the file.
    let merge = |bytes: &[u8]| {
        let text = sheet(bytes);
        let merged = "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"E5:E6\"/></mergeCells>";
        with_sheet(bytes, &text.replace("</sheetData>", merged))
    };
    let row =
        |text: &str| format!("<row r=\"90\"><c r=\"E90\"><v>{text}</v></c></row></sheetData>");
    let stray = with_sheet(&form, &sheet(&form).replace("</sheetData>", &row("7")));
    let unreadable = [
        ("merged cells", merge(&form), "cột E: Ô này đã bị gộp"),
        ("an error", filled(&form, &[("E5", "<v>#REF!</v>")]), "hàng 5, cột E"),
        ("a formula without a result", filled(&form, &[("E5", "<f>A1</f>")]), "chứa công thức"),
        ("a figure of nobody", stray, "hàng 90, cột E"),
        ("a unit from elsewhere", filled(&form, &[("A5", &words("06127-01"))]), "06127-01"),
    ];
    for (name, bytes, said) in unreadable {
        let answer = desk.upload(&bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
        assert!(answer.body.contains(said), "{name}: {}", answer.body);
        assert!(!answer.body.contains("value=\"save\""), "{name} is not taken over");
    }

    // Another period's or unit's workbook is told apart, and one that was never ours.
    let june = desk.workbook.replace("2023-07", "2023-06");
    let june = desk.browser.download(&june).await;
    let answer = desk.upload(&june).await;
    assert!(answer.body.contains("Tệp này là biểu thon-thang"), "{}", answer.body);
    let own = filled(&form, &[("A1", &words("Thôn"))]);
    assert!(desk.upload(&own).await.body.contains("không phải biểu Excel"));
}

/// Files that want too much, and what is said about each.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let archive = |parts: &[(&str, Vec<u8>)]| {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let bomb = archive(&[("xl/workbook.xml", Vec::new()), (SHEET, vec![b' '; 64 << 20])]);
    let many: Vec<(String, Vec<u8>)> =
        (0..3_000).map(|number| (format!("p{number}.xml"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> =
        many.iter().map(|(name, content)| (name.as_str(), content.clone())).collect();
    let entities = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><workbook/>".as_bytes().to_vec();
    vec![
        ("nothing", Vec::new(), "Tệp trống"),
        ("words", b"unit,period\n".to_vec(), "xlsx"),
        ("half an archive", bomb[..bomb.len() / 2].to_vec(), "so-lieu.xlsx"),
        ("a bomb of spaces", bomb, "Quá lớn"),
        ("thousands of parts", archive(&many), "Quá lớn"),
        ("entities", archive(&[("xl/workbook.xml", entities)]), "so-lieu.xlsx"),
        ("three megabytes", vec![b'P'; 3 << 20], "Quá lớn"),
        ("twenty megabytes", vec![b'P'; 20 << 20], "Quá lớn"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_files_are_refused_within_a_second() {
    let (router, unit) = office();
    let mut desk = desk(&router, unit).await;
    for (name, bytes, said) in hostile() {
        // A busy machine may take its time once, not three times.
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            let answer = desk.upload(&bytes).await;
            best = best.min(start.elapsed());
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
            assert!(answer.body.contains(said), "{name}: {}", answer.body);
        }
        assert!(best < Duration::from_secs(1), "{name} took {best:?}");
    }
}

#[cfg(unix)]
#[test]
fn hostile_files_are_refused_in_little_memory() {
    let program = env!("CARGO_BIN_EXE_dotpha");
    for (name, bytes, _) in hostile() {
        let script = format!("ulimit -v 131072; exec {program} import-worker form");
        let mut child = Command::new("/bin/sh")
            .args(["-c", &script])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        // It stops listening as soon as it has seen too much.
        let sent = thread::spawn(move || input.write_all(&bytes).is_ok());
        let answer = child.wait_with_output().unwrap();
        sent.join().unwrap();
        assert!(answer.status.success(), "{name}: {answer:?}");
        assert!(answer.stdout.starts_with(b"{\"Err\""), "{name}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_is_for_those_who_may_send_it() {
    let (router, unit) = office();
    let mut desk = desk(&router, unit).await;
    let form = desk.download().await;
    let mut head = Browser::at(&router);
    head.sign_in("truong-thon").await;
    assert_eq!(head.get(&desk.grid).await.status, StatusCode::FORBIDDEN);
    let own = hidden(&head.get("/account").await.body, "form_secret");
    let forced = head.upload(&desk.workbook, &own, "a.xlsx", &form).await;
    assert_ne!(forced.status, StatusCode::OK, "another's page");
    let stolen = desk.browser.upload(&desk.workbook, &own, "a.xlsx", &form).await;
    assert_eq!(stolen.status, StatusCode::BAD_REQUEST, "the form belongs to a session");
}
