//! Forms on paper.

use axum::http::StatusCode;
use server::web::routes::router;

use super::browser::Browser;
use super::collecting::{office, signed_in};
use super::site::{TODAY, member, sample, site};

#[tokio::test]
async fn a_sheet_carries_what_the_screen_asks_and_leads_back_to_it() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let entry = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-06");
    let screen = head.get(&entry).await.body;
    let paper = format!("/forms/thon-thang/paper?unit={unit}&#38;period=2023-06");
    assert!(screen.contains(&paper), "the form leads to its paper: {screen}");
    let sheet = head.get(&paper.replace("&#38;", "&")).await.body;
    assert_eq!(sheet.matches("<article class=\"paper\">").count(), 1);
    for item in ["A01", "A03", "B03", "B08"] {
        assert!(
            screen.contains(&format!("<span class=\"code\">{item}</span>")),
            "{item}: {screen}"
        );
        assert!(sheet.contains(&format!("<td>{item}</td>")), "{item}: {sheet}");
    }
    assert_eq!(sheet.matches("<td class=\"box\"></td>").count(), 4, "{sheet}");
    let said = [
        "Tháng 6/2023 (từ 01/6/2023 đến 30/6/2023)",
        "Hạn gửi:",
        "Nhập từ 0",
        "Không có phát sinh",
        "Người báo cáo",
        "06124-01",
        &format!("<span>http://127.0.0.1{entry}</span>"),
        "aria-label=\"Mã QR mở biểu này trên máy\"",
    ];
    for text in said {
        assert!(sheet.contains(text), "{text} in {sheet}");
    }
}

#[tokio::test]
async fn figures_of_the_period_before_stand_beside_the_boxes() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let before =
        head.get(&format!("/entry/forms/thon-thang/units/{unit}/periods/2023-06")).await.body;
    let before = before.split("Kỳ trước: ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert!(before.parse::<u32>().is_ok(), "{before}");
    let sheet = head.get(&format!("/forms/thon-thang/paper?unit={unit}&period=2023-06")).await.body;
    assert!(sheet.contains(&format!("<td class=\"n\">{before}</td>")), "{before} in {sheet}");
}

#[tokio::test]
async fn a_commune_prints_a_sheet_for_every_village_and_sees_no_other() {
    let (router, commune, beside) = std::thread::spawn(|| {
        let site = site(sample(), None);
        member(&site, "lanh-dao", "leader", "06124");
        site.entrance.ask_for_no_codes(super::site::NOW_MS).unwrap();
        let unit = |code| site.workspace.find_unit(code, Some(TODAY)).unwrap().0;
        let (commune, beside) = (unit("06124"), unit("06127"));
        (router(site), commune, beside)
    })
    .join()
    .unwrap();
    let mut leader = Browser::at(&router);
    leader.sign_in("lanh-dao").await;
    let paper = |unit, period| format!("/forms/thon-thang/paper?unit={unit}&period={period}");
    let stack = leader.get(&paper(commune, "2023-06")).await.body;
    let sheets = stack.matches("<article class=\"paper\">").count();
    assert!(sheets > 5, "{sheets}");
    assert!(stack.contains(&format!("{sheets} tờ A4")), "{stack}");

    let early = leader.get(&paper(commune, "2024-01")).await;
    assert_eq!(early.status, StatusCode::OK, "paper is handed out before its period begins");
    let cases = [
        (paper(beside, "2023-06"), StatusCode::FORBIDDEN, "không có quyền"),
        (paper(commune, "2023"), StatusCode::BAD_REQUEST, "không giao cho đơn vị"),
        (paper(commune, "2023-13"), StatusCode::BAD_REQUEST, "2023-13"),
        ("/forms/la/paper".to_owned(), StatusCode::NOT_FOUND, "la"),
    ];
    for (address, status, words) in cases {
        let answer = leader.get(&address).await;
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
        assert!(answer.body.contains(words), "{address}: {}", answer.body);
    }
}
