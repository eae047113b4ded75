//! A task in the browser: what was typed for a step outlives its refusal.

use actions::tasks::give::Time;
use axum::http::StatusCode;
use jiff::civil::date;
use server::web::routes::router;

use super::browser::{Browser, hidden};
use super::calendar::give;
use super::site::{NOW_MS, cookie, member, sample, site};

/// A task of the province for a commune until 4 July, its page, and somebody of each side.
async fn desk() -> (String, Browser, Browser) {
    let made = tokio::task::spawn_blocking(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        let task = give(&site, Time::By(date(2023, 7, 4)));
        member(&site, "can-bo", "reporter", "06124");
        member(&site, "lanh-dao", "leader", "20");
        let cookies = ["can-bo", "lanh-dao"].map(|login| cookie(&site, login));
        (router(site), cookies, task)
    });
    let (router, cookies, task) = made.await.unwrap();
    let [commune, province] = cookies.map(|cookie| {
        let mut browser = Browser::at(&router);
        browser.cookie = Some(cookie);
        browser
    });
    (format!("/tasks/{}", task.0), commune, province)
}

/// What the form of a step sends.
fn step(page: &str, typed: &str) -> String {
    format!("form_secret={}&seen={}&{typed}", hidden(page, "form_secret"), hidden(page, "seen"))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_for_a_step_outlives_its_refusal() {
    let (address, mut commune, mut province) = desk().await;
    let page = province.get(&address).await.body;
    let early = "step=extend&day=2023-07-03&words=Mưa lũ";
    let refused = province.post(&address, &step(&page, early)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"2023-07-03\""), "{}", refused.body);
    assert!(refused.body.contains(">Mưa lũ</textarea>"), "{}", refused.body);
    let nowhere = "step=hand-over&lead=06125&words=Đổi đầu mối";
    let refused = province.post(&address, &step(&page, nowhere)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"06125\""), "{}", refused.body);
    assert!(refused.body.contains(">Đổi đầu mối</textarea>"), "{}", refused.body);

    // The day that the lead asks for stands in the form of whoever may give it.
    let asks = commune.get(&address).await.body;
    let ask = step(&asks, "step=ask-for-time&day=2023-07-20&words=Mưa lũ");
    assert_eq!(commune.post(&address, &ask).await.to, address);
    let page = province.get(&address).await.body;
    assert!(page.contains("value=\"2023-07-20\""), "{page}");

    // Somebody who was faster called it off: what was written is still there to be read.
    let seen = commune.get(&address).await.body;
    let cancel = step(&page, "step=cancel&words=Đã xong ở dự án khác");
    assert_eq!(province.post(&address, &cancel).await.to, address);
    let late = commune.post(&address, &step(&seen, "step=hand-in&words=Đã dời 40 hộ")).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("<p class=\"detail\">Đã dời 40 hộ</p>"), "{}", late.body);
    assert!(!late.body.contains("<textarea"), "{}", late.body);
}
