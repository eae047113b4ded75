//! The calendar of deadlines as people and calendar programs see it.

use actions::tasks::give::{Assignment, Giving, Time};
use axum::http::StatusCode;
use domain::access::Actor;
use domain::task::{Origin, Party, TaskId, Words};
use jiff::civil::date;
use server::web::routes::router;
use server::web::site::Site;

use super::browser::{Browser, hidden};
use super::site::{TODAY, cookie, member, sample, site};

/// A task that 06124 leads, due on a day or without one.
pub(crate) fn give(site: &Site, time: Time) -> TaskId {
    let unit = |code| site.workspace.find_unit(code, Some(TODAY)).unwrap();
    let word = |text: &str| text.to_owned();
    let assignment = Assignment {
        issuer: unit("20"),
        origin: Origin::default(),
        words: Words {
            work: word("Rà soát hộ nghèo, lập danh sách; báo cáo"),
            detail: String::new(),
            responsibility: word("Đủ, đúng"),
            product: word("Danh sách"),
            authority: word("Huy động thôn"),
        },
        leads: vec![Party { unit: unit("06124"), account: None }],
        helpers: Vec::new(),
        team: Vec::new(),
        confirmer: None,
        times: vec![time],
        giving: Giving::Now,
    };
    site.entrance.give_tasks(&Actor::console(), site.moment(), assignment).unwrap().tasks[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_shown_once_read_without_signing_in_and_can_be_ended() {
    let (router, cookie) = tokio::task::spawn_blocking(|| {
        let site = site(sample(), None);
        give(&site, Time::By(date(2023, 7, 14)));
        give(&site, Time::Open);
        member(&site, "can-bo", "reporter", "06124");
        let cookie = cookie(&site, "can-bo");
        (router(site), cookie)
    })
    .await
    .unwrap();
    let mut browser = Browser::at(&router);
    browser.cookie = Some(cookie);
    let page = browser.get("/account/calendar").await.body;
    assert!(page.contains("Chưa có địa chỉ lịch."), "{page}");
    let form = format!("form_secret={}", hidden(&page, "form_secret"));
    let foreign = browser.post("/account/calendar", "form_secret=made-up").await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST);
    let made = browser.post("/account/calendar", &form).await;
    assert_eq!((made.status, made.header("cache-control").as_str()), (StatusCode::OK, "no-store"));
    let rest = made.body.split_once("http://127.0.0.1/calendar/").unwrap().1;
    let name = rest.split('<').next().unwrap().to_owned();
    assert_eq!(name.len(), 64 + ".ics".len());
    assert!(made.body.contains(&format!("href=\"webcal://127.0.0.1/calendar/{name}\"")));
    assert!(!browser.get("/account/calendar").await.body.contains(&name), "it is shown once");

    let mut program = Browser::at(&router);
    let address = format!("/calendar/{name}");
    let file = program.get(&address).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert_eq!(file.header("cache-control"), "no-store");
    let unfolded = file.body.replace("\r\n ", "");
    let events = unfolded.matches("BEGIN:VEVENT\r\n").count();
    assert_eq!(events, 1, "what has no deadline stands on no day: {unfolded}");
    for line in [
        "DTSTART;VALUE=DATE:20230714",
        "SUMMARY:Rà soát hộ nghèo\\, lập danh sách\\; báo cáo",
        "DESCRIPTION:Chủ trì: Thị trấn Na Sầm. Sản phẩm: Danh sách",
    ] {
        assert!(unfolded.contains(line), "{line} in {unfolded}");
    }
    assert!(unfolded.contains("\r\nURL:http://127.0.0.1/tasks/"), "{unfolded}");
    let english = program.get(&format!("{address}?lang=en")).await.body;
    assert!(english.contains("Deadlines of"), "{english}");

    let bare = address.trim_end_matches(".ics");
    for wrong in [bare, "/calendar/made-up.ics", "/calendar/.ics"] {
        assert_eq!(program.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let ended = browser.post("/account/calendar/end", &form).await;
    assert_eq!(ended.to, "/account/calendar");
    let gone = program.get(&address).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert!(gone.body.contains("Địa chỉ lịch này đã bỏ."), "{}", gone.body);
}
