//! Urging in the browser: the letter to those who are late.

use actions::tasks::give::Time;
use axum::http::StatusCode;
use jiff::civil::date;
use server::web::routes::router;

use super::browser::{Browser, hidden};
use super::calendar::give;
use super::collecting::{office, signed_in};
use super::site::{cookie, member, sample, site};

#[tokio::test]
async fn whoever_gives_tasks_has_a_letter_written_to_those_who_are_late() {
    let (router, village) = office();
    // Eight villages of this commune have not sent the figures of April and of May.
    let mut officer = signed_in(&router, "can-bo-xa-cham").await;
    let page = officer.get("/urging").await.body;
    assert!(page.contains("Cần đôn đốc hôm nay: 16 báo cáo số liệu"), "{page}");
    let first =
        "1. Thôn Phiêng Loỏng: Số liệu tháng của thôn, khu phố, tháng 4/2023 và tháng 5/2023";
    assert!(page.contains(first), "{page}");
    assert!(page.contains("action=\"/urging/letter\""), "{page}");
    let unit = hidden(&page, "unit");
    let letter = officer.get(&format!("/urging/letter?unit={unit}&by=2023-07-20")).await;
    assert_eq!(letter.status, StatusCode::OK);
    let kept = letter.header("content-disposition");
    assert_eq!(kept, "attachment; filename*=UTF-8''cong-van-don-doc.06181.2023-07-01.docx");
    assert!(letter.header("content-type").ends_with("wordprocessingml.document"));
    assert!(letter.bytes.starts_with(b"PK"));
    let of_party = officer.get(&format!("/urging/letter?unit={unit}&layout=party")).await;
    assert_eq!(of_party.status, StatusCode::OK);
    assert_ne!(of_party.bytes, letter.bytes);
    let unknown = officer.get(&format!("/urging/letter?unit={unit}&layout=other")).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);

    let past = officer.get(&format!("/urging/letter?unit={unit}&by=2023-07-01")).await;
    assert_eq!(past.status, StatusCode::BAD_REQUEST);
    assert!(past.body.contains("Chọn từ ngày 02/7/2023 trở đi"), "{}", past.body);
    let mut beside = signed_in(&router, "can-bo-xa").await;
    let nobody = beside.get(&format!("/urging/letter?unit={village}")).await;
    assert_eq!(nobody.status, StatusCode::BAD_REQUEST);
    assert!(nobody.body.contains("chưa cần công văn đôn đốc"), "{}", nobody.body);

    let mut head = Browser::at(&router);
    head.sign_in("truong-thon").await;
    let page = head.get("/urging").await.body;
    assert!(!page.contains("/urging/letter"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_task_says_whom_urging_has_reminded_of_it() {
    let (router, cookie, task) = tokio::task::spawn_blocking(|| {
        let site = site(sample(), None);
        let task = give(&site, Time::By(date(2023, 7, 4)));
        member(&site, "can-bo", "reporter", "06124");
        let cookie = cookie(&site, "can-bo");
        site.workspace.urge(site.moment()).unwrap();
        (router(site), cookie, task)
    })
    .await
    .unwrap();
    let mut browser = Browser::at(&router);
    browser.cookie = Some(cookie);
    let page = browser.get(&format!("/tasks/{}", task.0)).await.body;
    let told = "<b>Nhắc Thị trấn Na Sầm</b>";
    assert_eq!(page.matches(told).count(), 1, "{page}");
    assert!(page.contains("trước hạn 3 ngày (hạn 04/7/2023)"), "{page}");
}

#[tokio::test]
async fn reminders_are_switched_off_only_by_saying_so_and_by_whoever_plans_for_all() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get("/urging/policies").await.body;
    let secret = hidden(&page, "form_secret");
    let typed = |more: &str| {
        format!(
            "form_secret={secret}&subject=task&every=3&escalates_at=3&channel=hook\
             &quiet_from=22&quiet_until=6&role=leader&{more}"
        )
    };
    for (more, said) in [
        ("offsets=&lasts_days=60", "Ghi ít nhất một ngày nhắc"),
        ("offsets=-1, 0&lasts_days=", "Ghi nhắc đến bao nhiêu ngày sau hạn"),
    ] {
        let answer = planner.post("/urging/policies", &typed(more)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{more}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let off = planner.post("/urging/policies", &typed("offsets=&lasts_days=&off=1")).await;
    assert_eq!(off.to, "/urging/policies", "{}", off.body);
    let page = planner.get("/urging/policies").await.body;
    assert_eq!(page.matches("name=\"off\" value=\"1\" checked").count(), 1, "{page}");
    for (kept, count) in [
        ("name=\"channel\" value=\"mail\" checked", 3),
        ("name=\"channel\" value=\"hook\" checked", 4),
        ("name=\"role\" value=\"leader\" checked", 1),
        ("name=\"quiet_from\" value=\"22\"", 1),
        ("name=\"quiet_from\" value=\"20\"", 3),
    ] {
        assert_eq!(page.matches(kept).count(), count, "{kept}: {page}");
    }
    let night = typed("offsets=0&lasts_days=60").replace("quiet_from=22", "quiet_from=25");
    let night = planner.post("/urging/policies", &night).await;
    assert!(night.body.contains("“25” không phải là giờ trong ngày."), "{}", night.body);

    let mut commune = Browser::at(&router);
    commune.sign_in("ke-hoach-xa").await;
    for path in ["/urging/policies", "/hot-spots/rules"] {
        let page = commune.get(path).await.body;
        assert!(page.contains("dùng chung cho toàn hệ thống nên ở đây bạn chỉ xem được"), "{page}");
        let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert!(!main.contains("<button"), "{path}: {main}");
    }
}
