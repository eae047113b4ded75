//! Giving tasks in the browser: parts of tasks, drafts, series, and what a form says when it is refused.

use std::thread;

use axum::Router;
use axum::http::StatusCode;
use server::web::routes::router;

use super::browser::{Answer, Browser, hidden};
use super::site::{NOW_MS, member, sample, site};

/// A site with a leader of the province, and of two communes people who give tasks there.
fn office() -> Router {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "lanh-dao", "leader", "20");
        member(&site, "na-sam", "reviewer", "06124");
        member(&site, "ben", "reviewer", "06127");
        router(site)
    });
    made.join().unwrap()
}

async fn signed_in(router: &Router, login: &str) -> Browser {
    let mut browser = Browser::at(router);
    browser.sign_in(login).await;
    browser
}

/// Everything that a clear task says, but for who leads it.
const CLEAR: &str = "work=Dời chợ&product=Biên bản&responsibility=Đủ&authority=Chủ động\
                     &deadline=2024-12-16&then=give";

/// Sends a form with everything that a clear task says, from the page at an address.
async fn give(browser: &mut Browser, from: &str, more: &str) -> Answer {
    let form = browser.get(from).await.body;
    let issuer = form.split("name=\"issuer\"").nth(1).unwrap();
    let issuer = issuer.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = format!(
        "form_secret={}&issuer={}&{CLEAR}&{more}",
        hidden(&form, "form_secret"),
        issuer.unwrap()
    );
    browser.post("/tasks/new", &fields).await
}

#[tokio::test]
async fn a_commune_gives_a_part_of_its_task_from_its_page_and_finds_it_there() {
    let router = office();
    let mut leader = signed_in(&router, "lanh-dao").await;
    let whole = give(&mut leader, "/tasks/new", "lead_codes=06124").await.to;
    let mut commune = signed_in(&router, "na-sam").await;
    let page = commune.get(&whole).await.body;
    let number = whole.trim_start_matches("/tasks/").to_owned();
    let divide = page.split("href=\"/tasks/new?").nth(1).unwrap().split('"').next().unwrap();
    let divide = format!("/tasks/new?{}", divide.replace("&#38;", "&").replace("&amp;", "&"));
    assert!(divide.starts_with(&format!("/tasks/new?part_of={number}&issuer=")), "{divide}");
    assert!(page.contains("Giao một phần việc"), "{page}");
    let form = commune.get(&divide).await.body;
    assert!(form.contains("Thuộc nhiệm vụ") && form.contains("<b>Dời chợ</b>"), "{form}");
    assert!(form.contains(&format!("name=\"part_of\" value=\"{number}\"")), "{form}");
    let village = form.split("name=\"lead\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let part = format!("part_of={number}&lead={village}&detail=Phần việc");
    let part = give(&mut commune, &divide, &part).await.to;
    let page = commune.get(&whole).await.body;
    assert!(page.contains("Nhiệm vụ thành phần"), "{page}");
    assert!(page.contains(&format!("href=\"{part}\"")) && page.contains("đã giao"), "{page}");
    let page = commune.get(&part).await.body;
    assert!(page.contains(&format!("href=\"{whole}\"")), "{page}");

    // A commune beside learns nothing of it, whether there is such a task or not.
    let mut beside = signed_in(&router, "ben").await;
    let form = beside.get(&divide).await;
    assert_eq!(form.status, StatusCode::FORBIDDEN);
    let mut answers = Vec::new();
    for number in [number.as_str(), "999"] {
        let typed = format!("part_of={number}&lead_codes=06127");
        let refused = give(&mut beside, "/tasks/new", &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!refused.body.contains("Thuộc nhiệm vụ"), "{}", refused.body);
        let says = refused.body.split("class=\"problems\"").nth(1).unwrap();
        answers.push(says.split("</div>").next().unwrap().replace(number, "N"));
    }
    assert_eq!(answers[0], answers[1]);
}
