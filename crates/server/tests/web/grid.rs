//! Two officers at one grid, without scripts.

use std::thread;

use axum::Router;
use axum::http::StatusCode;
use server::web::routes::router;

use super::browser::{Browser, hidden};
use super::site::{NOW_MS, TODAY, member, sample, site};

/// A site with two officers of a commune, and the numbers of the commune and its first village.
fn office() -> (Router, i64, i64) {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "can-bo-xa", "reviewer", "06124");
        member(&site, "pho-xa", "reviewer", "06124");
        let unit = |code| site.workspace.find_unit(code, Some(TODAY)).unwrap().0;
        let (commune, village) = (unit("06124"), unit("06124-01"));
        (router(site), commune, village)
    });
    made.join().unwrap()
}

/// The row of a unit as a browser sends it, with other texts in its first cells.
fn row(page: &str, unit: i64, texts: &[&str]) -> String {
    let mut form = format!("form_secret={}", hidden(page, "form_secret"));
    for name in ["id", "was"] {
        let name = format!("{name}/{unit}");
        form.push_str(&format!("&{name}={}", hidden(page, &name)));
    }
    let items = ["A01", "A03", "B03", "B08"];
    for (item, text) in items.iter().zip(texts) {
        form.push_str(&format!("&text/{unit}/{item}/={text}"));
    }
    form
}

#[tokio::test]
async fn the_same_cell_shows_both_and_other_cells_come_together() {
    let (router, commune, village) = office();
    let (mut one, mut other) = (Browser::at(&router), Browser::at(&router));
    one.sign_in("can-bo-xa").await;
    other.sign_in("pho-xa").await;
    let grid = format!("/grid/forms/thon-thang/periods/2023-07?unit={commune}");
    let (mine, theirs) = (one.get(&grid).await.body, other.get(&grid).await.body);
    assert!(mine.contains("Kỳ trước:") && mine.contains("data-label=\"A01"), "{mine}");

    assert_eq!(one.post(&grid, &row(&mine, village, &["3", "", "", ""])).await.to, grid);
    let elsewhere = other.post(&grid, &row(&theirs, village, &["", "4", "", ""])).await;
    assert_eq!(elsewhere.to, grid, "another cell of the row");
    let late = other.post(&grid, &row(&theirs, village, &["9", "4", "", ""])).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "the same cell");
    assert!(
        late.body.contains("value=\"9\"") && late.body.contains("Đang lưu: 3"),
        "{}",
        late.body
    );

    let knowing = row(&late.body, village, &["9", "4", "0", "1"]);
    let sent = other.post(&grid, &format!("{knowing}&deed=send")).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert!(sent.body.contains("Biên nhận của từng đơn vị"), "{}", sent.body);

    let history = grid.replace("?unit=", "/history?field=A01&unit=");
    let history = history.replace(&format!("unit={commune}"), &format!("unit={village}"));
    let history = other.get(&history).await;
    assert_eq!(history.status, StatusCode::OK);
    assert!(history.body.contains("Lần 1: 9") && history.body.contains("chờ duyệt"));
    assert!(history.body.contains("Kỳ trước"), "{}", history.body);
}
