//! The search finds by parts of names, without accents, and only what one may see.

use std::thread;

use axum::Router;
use server::web::routes::router;

use super::browser::Browser;
use super::site::{NOW_MS, member, sample, site};

fn office() -> Router {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "can-bo-xa", "reviewer", "06124");
        member(&site, "quan-tri", "administrator", "182");
        router(site)
    });
    made.join().unwrap()
}

#[tokio::test]
async fn what_one_may_see_is_found_and_nothing_else() {
    let router = office();
    let (mut officer, mut manager) = (Browser::at(&router), Browser::at(&router));
    officer.sign_in("can-bo-xa").await;
    manager.sign_in("quan-tri").await;
    // Asked by whom, for what: what is found, and what is not.
    let cases = [
        (true, "na+sam", "Na Sầm", "không có"),
        (true, "trung+khanh", "Không có", "Xã Trùng Khánh"),
        (false, "trung+khanh", "Xã Trùng Khánh", "Không có"),
        (true, "dang+vien", "Số đảng viên mới kết nạp", "không có"),
        (true, "thon-thang", "/collection?form=thon-thang", "không có"),
        (true, "01-kl", "01-KL/TW", "không có"),
        (true, "duyet+so", "href=\"/review\"", "không có"),
        (false, "duyet+so", "Không có", "href=\"/review\""),
        (true, "can-bo-xa", "Không có", "href=\"/accounts\""),
        (false, "can-bo-xa", "href=\"/accounts\"", "Không có"),
    ];
    for (is_officer, text, found, not) in cases {
        let browser = if is_officer { &mut officer } else { &mut manager };
        let page = browser.get(&format!("/search?q={text}")).await.body;
        let main = page.split("<main").nth(1).unwrap();
        assert!(main.contains(found), "{text} by officer {is_officer}: {main}");
        assert!(!main.contains(not), "{text} by officer {is_officer}: {main}");
    }
}

#[tokio::test]
async fn scripts_get_the_same_and_units_say_when_they_were() {
    let router = office();
    let mut manager = Browser::at(&router);
    manager.sign_in("quan-tri").await;
    let accept = [("accept", "application/json")];
    let answer = manager.send("GET", "/search?q=van+lang", "", &accept).await;
    let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let units = &answer["groups"][0];
    assert_eq!(units["heading"], "Đơn vị");
    assert_eq!(units["found"][0]["text"], "Huyện Văn Lãng", "{answer}");
    assert!(units["found"][0]["href"].as_str().unwrap().starts_with("/units/"));
    assert!(units["found"].as_array().unwrap().iter().all(|one| one["about"] != ""), "{answer}");
}
