//! Evidence per head in the browser, and what is taken along from it.

use axum::http::StatusCode;

use super::browser::Browser;
use super::collecting::office;

#[tokio::test]
async fn evidence_is_shown_and_taken_along_without_a_grade() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get("/heads?period=2022").await.body;
    assert!(page.contains("hệ thống không chấm điểm, không xếp loại ai"), "{page}");
    assert!(page.contains("Năm 2022 (từ ngày 01/01/2022 đến ngày 31/12/2022)"), "{page}");
    assert!(page.contains("href=\"/indicators/A01?"), "what it answers for: {page}");
    let csv = planner.get("/heads.csv?period=2022-Q4").await.body;
    let mut lines = csv.lines();
    let head = lines.next().unwrap_or_default();
    assert!(head.starts_with("\u{feff}unit_code,unit,person,period,assigned,due,in_time"), "{csv}");
    assert!(lines.all(|line| line.contains(",2022-Q4,") && line.ends_with(",0")), "{csv}");
    let month = planner.get("/heads?period=2022-12").await;
    assert_eq!(month.status, StatusCode::BAD_REQUEST, "only quarters and years");
}
