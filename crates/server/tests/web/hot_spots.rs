//! Hot spots in the browser: seen, explained, and chosen by rules that planners change.

use axum::http::StatusCode;

use super::browser::{Browser, hidden};
use super::collecting::{office, signed_in};

#[tokio::test]
async fn a_planner_sees_why_something_is_hot_and_changes_the_rules() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get("/hot-spots").await.body;
    for said in
        ["<ol class=\"hot\">", "Vì sao", "Trọng số 30", "/tasks/new?indicator=A01&#38;lead="]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let work = planner.get("/work").await.body;
    assert!(work.contains("<ol class=\"hot\">"), "{work}");
    assert!(work.contains(" điểm nóng cần quyết định"), "they are counted: {work}");
    for denied in ["Không còn việc nào phải làm", "Tài khoản này chưa được giao"] {
        assert!(!work.contains(denied), "{denied}: {work}");
    }

    let rules = planner.get("/hot-spots/rules").await.body;
    let secret = hidden(&rules, "form_secret");
    let typed = |cause: &str, least: &str, weight: &str| {
        format!(
            "form_secret={secret}&cause={cause}&at_least={least}&within_days=3&weight={weight}&most=3"
        )
    };
    let answer = planner.post("/hot-spots/rules", &typed("behind", "mười", "30")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"mười\""), "{}", answer.body);
    for cause in ["behind", "missing"] {
        let answer = planner.post("/hot-spots/rules", &typed(cause, "20", "0")).await;
        assert_eq!(answer.to, "/hot-spots/rules");
    }
    let page = planner.get("/hot-spots").await.body;
    assert!(page.contains("Không có việc nào cần quyết định"), "{page}");
    let work = planner.get("/work").await.body;
    assert!(!work.contains("/hot-spots"), "{work}");
}

#[tokio::test]
async fn whoever_gives_no_tasks_has_no_hot_spots_among_their_work() {
    let (router, _) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let work = head.get("/work").await.body;
    assert!(!work.contains("/hot-spots"), "{work}");
    let page = head.get("/hot-spots").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("/hot-spots/rules"), "{}", page.body);
}
