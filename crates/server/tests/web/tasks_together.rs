//! Several tasks take a step together: ticked in the list, said once, and each with what became of it.

use std::thread;

use axum::Router;
use axum::http::StatusCode;
use domain::task::TaskId;
use server::web::routes::router;

use super::access::task_of;
use super::browser::{Browser, hidden};
use super::site::{NOW_MS, TODAY, member, sample, site};

/// A site with a leader of the province, an officer of a commune, and tasks for the commune.
fn office() -> (Router, Vec<TaskId>) {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "lanh-dao", "leader", "20");
        member(&site, "can-bo", "reporter", "06124");
        member(&site, "kiem-toan", "auditor", "20");
        let commune = site.workspace.find_unit("06124", Some(TODAY)).unwrap().0;
        let tasks = (0..3).map(|_| task_of(&site, commune)).collect();
        (router(site), tasks)
    });
    made.join().unwrap()
}

/// What the forms of the page of chosen tasks carry along.
fn carried(page: &str) -> String {
    let tasks = page.split("name=\"task\" value=\"").skip(1);
    let mut tasks: Vec<&str> = tasks.filter_map(|rest| rest.split('"').next()).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let tasks: String = tasks.iter().map(|task| format!("&task={task}")).collect();
    format!("form_secret={}{tasks}&from=/tasks?scope=led", hidden(page, "form_secret"))
}

fn query(tasks: &[TaskId]) -> String {
    let pairs: Vec<String> = tasks.iter().map(|task| format!("task={}", task.0)).collect();
    format!("/tasks/steps?{}&from=%2Ftasks%3Fscope%3Dled", pairs.join("&"))
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_ticked_take_a_step_together_and_each_says_what_became_of_it() {
    let (router, tasks) = office();
    let mut officer = Browser::at(&router);
    officer.sign_in("can-bo").await;
    let list = officer.get("/tasks?scope=led").await.body;
    let box_of = |task: &TaskId| format!("name=\"task\" value=\"{}\"", task.0);
    assert!(tasks.iter().all(|task| list.contains(&box_of(task))), "{list}");
    assert!(!list.contains("\" checked>"), "{list}");
    let all = officer.get("/tasks?scope=led&tick=all").await.body;
    assert_eq!(all.matches("\" checked>").count(), tasks.len(), "{all}");

    let form = officer.get(&format!("/tasks/{}", tasks[2].0)).await.body;
    let (secret, seen) = (hidden(&form, "form_secret"), hidden(&form, "seen"));
    let report = format!("form_secret={secret}&seen={seen}&step=report&words=Đã họp dân");
    assert!(officer.post(&format!("/tasks/{}", tasks[2].0), &report).await.status.is_redirection());

    let page = officer.get(&query(&tasks)).await.body;
    for said in ["<h1>Đã chọn 3 nhiệm vụ</h1>", "Tiếp nhận (2/3 nhiệm vụ)", "Xin gia hạn (3/3"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Hủy nhiệm vụ ("), "whoever leads does not cancel: {page}");
    let accept = format!("{}&step=accept", carried(&page));
    let done = officer.post("/tasks/steps", &accept).await;
    assert_eq!(done.status, StatusCode::OK);
    for said in [
        "<h1>Tiếp nhận: 2 nhiệm vụ xong, 1 nhiệm vụ giữ nguyên</h1>",
        "Nhiệm vụ đang ở bước “đang thực hiện”",
        "href=\"/tasks?scope=led\"",
    ] {
        assert!(done.body.contains(said), "{said}: {}", done.body);
    }
    let again = officer.post("/tasks/steps", &accept).await.body;
    assert_eq!(again.matches("Đã tiếp nhận từ trước").count(), 2, "{again}");
    let forged = officer.post("/tasks/steps", "form_secret=x&task=1&step=accept").await;
    assert!(!forged.status.is_success(), "{}", forged.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_asked_for_once_and_kept_when_something_is_missing() {
    let (router, tasks) = office();
    let mut leader = Browser::at(&router);
    leader.sign_in("lanh-dao").await;
    let page = leader.get(&query(&tasks)).await.body;
    let base = carried(&page);
    let missing = leader.post("/tasks/steps", &format!("{base}&step=extend&words=Mưa lớn")).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Chưa chọn ngày", ">Mưa lớn</textarea>"] {
        assert!(missing.body.contains(said), "{said}: {}", missing.body);
    }
    let cancel = format!("{base}&step=cancel&words=Quyết định 12/QĐ-UBND");
    let done = leader.post("/tasks/steps", &cancel).await.body;
    assert!(done.contains("<h1>Hủy nhiệm vụ: xong cả 3 nhiệm vụ</h1>"), "{done}");
    let own = format!("{base}&step=report&words=Đã làm");
    let single = leader.post("/tasks/steps", &own).await;
    assert_eq!(single.status, StatusCode::UNPROCESSABLE_ENTITY, "said of each alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_chosen_too_much_chosen_and_nothing_to_do_are_said() {
    let (router, tasks) = office();
    let mut leader = Browser::at(&router);
    leader.sign_in("lanh-dao").await;
    let many: Vec<TaskId> = (1..=51).map(TaskId).collect();
    let cases = [
        (query(&[]), StatusCode::UNPROCESSABLE_ENTITY, "Chưa chọn nhiệm vụ nào"),
        (query(&many), StatusCode::UNPROCESSABLE_ENTITY, "nhiều nhất 50 nhiệm vụ"),
        (query(&[TaskId(999)]), StatusCode::UNPROCESSABLE_ENTITY, "999"),
    ];
    for (address, status, said) in cases {
        let answer = leader.get(&address).await;
        assert_eq!(answer.status, status, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let mut auditor = Browser::at(&router);
    auditor.sign_in("kiem-toan").await;
    let list = auditor.get("/tasks").await.body;
    assert!(!list.contains("type=\"checkbox\""), "who takes no steps ticks nothing: {list}");
    let page = auditor.get(&query(&tasks)).await.body;
    assert!(page.contains("Không có việc nào làm chung được"), "{page}");
}
