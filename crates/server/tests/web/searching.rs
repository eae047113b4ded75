//! The search finds by parts of names, without accents, and only what one may see.

use std::thread;

use axum::Router;
use axum::http::StatusCode;
use server::web::routes::router;

use super::browser::Browser;
use super::site::{NOW_MS, member, named, sample, site};

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
        (true, "can-bo-xa", "Không có", "href=\"/accounts/"),
        (false, "can-bo-xa", "href=\"/accounts/1\"", "Không có"),
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

/// The people of the test: login, name, role and unit.
const PEOPLE: [(&str, &str, &str, &str); 5] = [
    ("nong.duc", "Nông Thị Đức", "reporter", "06124-01"),
    ("duc.hoang", "Hoàng Văn Đức", "reviewer", "06124"),
    ("hung", "Đức Hùng", "leader", "182"),
    ("lanh", "Lành Đức", "reporter", "06127-01"),
    ("khac", "Vi Thị Lan", "reporter", "06124-02"),
];

#[tokio::test]
async fn people_are_found_by_those_who_manage_them_and_by_nobody_else() {
    let roles: Vec<String> =
        domain::access::standard_roles().into_iter().map(|role| role.code).collect();
    let made = thread::spawn({
        let roles = roles.clone();
        move || {
            let site = site(sample(), None);
            site.entrance.ask_for_no_codes(NOW_MS).unwrap();
            for (login, name, role, unit) in PEOPLE {
                named(&site, login, name, role, unit);
            }
            for role in &roles {
                member(&site, &format!("vai.{role}"), role, "06124");
            }
            for (login, unit) in
                [("quan.tri", ""), ("quan.huyen", "182"), ("quan.thon", "06127-01")]
            {
                member(&site, login, "administrator", unit);
            }
            router(site)
        }
    });
    let router = made.join().unwrap();
    // Who asks, whom they find by «duc», best first, and of whom else they may open the page.
    let everybody = &["duc.hoang", "hung", "nong.duc", "lanh"][..];
    let mut cases: Vec<(String, &[&str], &[&str])> = vec![
        ("vai.administrator".to_owned(), &["duc.hoang", "nong.duc"], &["khac"]),
        ("quan.tri".to_owned(), everybody, &["khac"]),
        ("quan.huyen".to_owned(), everybody, &["khac"]),
        ("quan.thon".to_owned(), &["lanh"], &[]),
    ];
    let others = roles.iter().filter(|role| *role != "administrator");
    cases.extend(others.map(|role| (format!("vai.{role}"), &[][..], &[][..])));
    for (login, expected, unmatched) in cases {
        let mut browser = Browser::at(&router);
        browser.sign_in(&login).await;
        let accept = [("accept", "application/json")];
        let answer = browser.send("GET", "/search?q=duc", "", &accept).await;
        let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        let groups = answer["groups"].as_array().unwrap();
        let people = groups.iter().find(|group| group["heading"] == "Người dùng");
        let found = people.map_or(&[][..], |group| group["found"].as_array().unwrap());
        let text = |one: &serde_json::Value, field: &str| one[field].as_str().unwrap().to_owned();
        let logins: Vec<String> = found.iter().map(|one| text(one, "code")).collect();
        assert_eq!(logins, expected, "{login}: {answer}");
        for one in found {
            let page = browser.get(&text(one, "href")).await;
            assert!(page.body.contains(&format!("<h1>{}</h1>", text(one, "text"))), "{login}");
        }
        for (id, (other, ..)) in (1..).zip(PEOPLE) {
            let opens = browser.get(&format!("/accounts/{id}")).await.status == StatusCode::OK;
            let is_managed = expected.contains(&other) || unmatched.contains(&other);
            assert_eq!(opens, is_managed, "{login} opens the page of {other}");
        }
    }
}
