//! Many tasks are given by a workbook: taken along, filled, looked at, given in whole; and what is no
//! list of tasks costs a sentence.

use std::thread;

use actions::workspace::Opener;
use axum::Router;
use axum::http::StatusCode;
use domain::task::ListColumn;
use formats::document::{Orientation, Properties};
use formats::sheet::Cell;
use formats::xlsx::book::{
    Alignment, Book, CellOut, Column, Emphasis, HeaderCell, SheetTable, TableRow, Typing,
};
use formats::xlsx::{Limits, read_workbook, write_workbook};
use server::web::routes::router;

use super::browser::{Answer, Browser, hidden};
use super::site::{NOW_MS, member, sample_with, site};

/// A site that opens workbooks as the program does, with a leader of the province.
fn office() -> Router {
    let made = thread::spawn(|| {
        let program = env!("CARGO_BIN_EXE_dotpha").into();
        let arguments = vec!["import-worker".to_owned()];
        let site = site(sample_with(Opener::Child { program, arguments }), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "lanh-dao", "leader", "20");
        router(site)
    });
    made.join().unwrap()
}

async fn upload(browser: &mut Browser, name: &str, bytes: &[u8]) -> Answer {
    let page = browser.get("/tasks/import").await.body;
    let secret = hidden(&page, "form_secret");
    browser.upload_as("/tasks/import", &secret, ("file", name), bytes).await
}

/// Presses the button that gives what is shown.
async fn give(browser: &mut Browser, preview: &str) -> Answer {
    let list = hidden(preview, "list").replace("&quot;", "\"").replace("&#34;", "\"");
    let fields = format!("form_secret={}&list={list}&deed=give", hidden(preview, "form_secret"));
    browser.post_with("/tasks/import", &fields, &[]).await
}

/// The headings of a template, as they were written.
async fn headings(browser: &mut Browser, lang: &str) -> Vec<String> {
    let template = browser.download(&format!("/tasks/import/template.xlsx?lang={lang}")).await;
    let workbook = read_workbook(&template, &Limits::default()).unwrap();
    assert_eq!(workbook.sheets.len(), 3, "the list, the guide, the codes");
    let row = &workbook.sheets[0].rows[0];
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    row.cells.iter().map(|(_, cell)| text(cell)).collect()
}

/// A template filled with rows: a field for each heading.
fn filled(headings: &[String], rows: &[[&str; 16]]) -> Vec<u8> {
    let column = Column { width: 20.0, alignment: Alignment::Left, typing: Typing::AsText };
    let row = |row: &[&str; 16]| TableRow {
        cells: row.iter().map(|text| CellOut::Text((*text).to_owned())).collect(),
        emphasis: Emphasis::Plain,
    };
    let sheet = SheetTable {
        name: "Nhiệm vụ".to_owned(),
        orientation: Orientation::Landscape,
        titles: Vec::new(),
        columns: vec![column; 16],
        header: vec![headings.iter().map(HeaderCell::one).collect()],
        rows: rows.iter().map(row).collect(),
        frozen_columns: 0,
        notes: Vec::new(),
    };
    let properties = Properties {
        title: String::new(),
        creator: String::new(),
        created: "2023-07-01T00:00:00Z".to_owned(),
    };
    let book = Book { properties, sheets: vec![sheet] };
    write_workbook(&book, &formats::profile::STATE).unwrap()
}

const GOOD: [&str; 16] = [
    "Dời chợ",
    "",
    "Biên bản",
    "Đúng hạn",
    "Chủ động",
    "182",
    "",
    "31/7/2023",
    "",
    "",
    "",
    "DP1",
    "01-KL/TW",
    "",
    "",
    "",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_out_is_filled_looked_at_and_given_once() {
    let router = office();
    let mut leader = Browser::at(&router);
    leader.sign_in("lanh-dao").await;
    for lang in ["en", "vi"] {
        let headings = headings(&mut leader, lang).await;
        assert_eq!(headings.len(), ListColumn::ALL.len());
        let preview = upload(&mut leader, "viec.xlsx", &filled(&headings, &[GOOD])).await;
        assert_eq!(preview.status, StatusCode::OK, "{lang}: {}", preview.body);
        let csv = format!("{}\n{}\n", headings.join(";"), GOOD.join(";"));
        let preview = upload(&mut leader, "viec.csv", csv.as_bytes()).await;
        assert_eq!(preview.status, StatusCode::OK, "{lang}: {}", preview.body);
    }
    let headings = headings(&mut leader, "vi").await;
    let mut other = GOOD;
    (other[0], other[2], other[7]) = ("Họp dân", "", "mai");
    let wrong = upload(&mut leader, "viec.xlsx", &filled(&headings, &[GOOD, other])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "<h1>Danh sách còn 2 chỗ sai, chưa giao nhiệm vụ nào</h1>",
        "hàng 3, cột C",
        "hàng 3, cột H",
        "Chưa rõ sản phẩm",
    ] {
        assert!(wrong.body.contains(said), "{said}: {}", wrong.body);
    }
    assert!(!wrong.body.contains("value=\"give\""), "{}", wrong.body);

    let preview = upload(&mut leader, "viec.xlsx", &filled(&headings, &[GOOD])).await.body;
    assert!(preview.contains("<h1>Danh sách sẽ giao 1 nhiệm vụ (1 dòng)</h1>"), "{preview}");
    assert_eq!(give(&mut leader, &preview).await.to, "/tasks/import?given=1");
    assert_eq!(give(&mut leader, &preview).await.to, "/tasks/import?before=1");
    let page = leader.get("/tasks?scope=given").await.body;
    assert!(page.contains("Dời chợ") && page.contains("href=\"/tasks/import\""), "{page}");
    assert!(leader.get("/tasks/import?given=1").await.body.contains("Đã giao 1 nhiệm vụ."));
    let again = upload(&mut leader, "viec.xlsx", &filled(&headings, &[GOOD])).await.body;
    assert!(again.contains("không giao thêm lần nữa") && !again.contains("value=\"give\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_list_is_refused_in_a_sentence() {
    let router = office();
    let mut leader = Browser::at(&router);
    leader.sign_in("lanh-dao").await;
    let large = vec![b'P'; usize::try_from(Limits::FORM.file_bytes).unwrap() + 1];
    let cases: [(&str, &[u8], &str); 5] = [
        ("viec.xlsx", b"khong phai bieu", "viec.xlsx"),
        ("viec.xlsx", b"PK\x03\x04 cut off", "viec.xlsx"),
        ("viec.csv", b"login,name\nbinh,B\n", "Danh sách thiếu cột: Việc phải làm, Sản phẩm"),
        ("viec.csv", b"", "viec.csv"),
        ("viec.xlsx", &large, "viec.xlsx"),
    ];
    for (name, bytes, said) in cases {
        let answer = upload(&mut leader, name, bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let page = leader.get("/tasks/import").await.body;
    let secret = hidden(&page, "form_secret");
    let fields = format!("form_secret={secret}&list=không phải danh sách&deed=give");
    let forged = leader.post_with("/tasks/import", &fields, &[]).await;
    assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", forged.body);
}
