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
        answers.push(says.split("</div>").next().unwrap().replace(&format!("“{number}”"), "“N”"));
    }
    assert_eq!(answers[0], answers[1]);
}

/// The problems that a form shows at its fields: the links at its head.
fn said(answer: &Answer) -> Vec<String> {
    let head = answer.body.split("class=\"problems\"").nth(1).unwrap_or_default();
    let head = head.split("</div>").next().unwrap_or_default();
    let links = head.split("<li>").skip(1);
    links.map(|link| link.split("</li>").next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn everything_wrong_is_said_at_once_each_at_its_field_and_nothing_typed_is_lost() {
    let router = office();
    let mut leader = signed_in(&router, "lanh-dao").await;
    let typed = "lead_codes=99999&lead_account=ai-do&confirmer_account=ma&helpers=88888&period=quý&\
                 days=mai, 31/12/2024&detail=Nói thêm";
    let form = leader.get("/tasks/new").await.body;
    let number = hidden(&form, "number");
    let typed = format!("{typed}&number={number}");
    let wrong = give_without(&mut leader, "product", &typed).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = said(&wrong);
    let at = ["lead_codes", "lead_account", "confirmer_account", "helpers", "period", "days"];
    for field in at.into_iter().chain(["product"]) {
        let link = format!("<a href=\"#{field}\">");
        assert_eq!(said.iter().filter(|it| it.starts_with(&link)).count(), 1, "{field}: {said:?}");
        assert!(wrong.body.contains(&format!("id=\"{field}-says\"")), "{field}");
    }
    assert_eq!(said.len(), at.len() + 1, "{said:?}");
    for kept in
        ["value=\"99999\"", "value=\"ai-do\"", "value=\"mai, 31/12/2024\"", "Nói thêm</text"]
    {
        assert!(wrong.body.contains(kept), "{kept}: {}", wrong.body);
    }
    assert_eq!(hidden(&wrong.body, "number"), number, "it is still the same form");
}

/// Sends a form that says everything but one thing.
async fn give_without(browser: &mut Browser, what: &str, more: &str) -> Answer {
    let form = browser.get("/tasks/new").await.body;
    let issuer = form.split("name=\"issuer\"").nth(1).unwrap();
    let issuer = issuer.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let clear = CLEAR.split('&').filter(|pair| !pair.starts_with(&format!("{what}=")));
    let clear = clear.collect::<Vec<_>>().join("&");
    let secret = hidden(&form, "form_secret");
    let fields = format!("form_secret={secret}&issuer={}&{clear}&{more}", issuer.unwrap());
    browser.post("/tasks/new", &fields).await
}

#[tokio::test]
async fn a_series_is_given_whole_or_says_what_stands_in_its_way() {
    let router = office();
    let mut leader = signed_in(&router, "lanh-dao").await;
    for (typed, field, expected) in [
        ("repeats=weekly", "until", "Đã chọn lặp lại nhưng chưa chọn lặp đến ngày nào"),
        ("until=2024-12-30", "repeats", "chưa chọn lặp bao lâu một lần"),
        (
            "repeats=weekly&until=2024-12-01",
            "until",
            "Ngày cuối 01/12/2024 trước hạn đầu tiên 16/12/2024",
        ),
        ("repeats=weekly&until=2031-12-01", "until", "nhiều nhất 60 hạn, hạn cuối là 02/02/2026"),
    ] {
        let refused = give(&mut leader, "/tasks/new", &format!("lead_codes=06124&{typed}")).await;
        let said = said(&refused);
        assert_eq!(said.len(), 1, "{typed}: {said:?}");
        assert!(said[0].starts_with(&format!("<a href=\"#{field}\">")), "{said:?}");
        assert!(said[0].contains(expected), "{said:?}");
    }
    let form = leader.get("/tasks/new").await.body;
    assert!(form.contains("Nhiều nhất 60 hạn một lần giao"), "{form}");
    let last = "lead_codes=06124&repeats=weekly&until=2025-01-20";
    let list = give(&mut leader, "/tasks/new", last).await.to;
    let list = leader.get(&list).await.body;
    let links = list.split("href=\"/tasks/").skip(1);
    let of_tasks = links.filter(|link| link.starts_with(|first: char| first.is_ascii_digit()));
    assert_eq!(of_tasks.count(), 6, "{list}");
    let days = "lead_codes=06124&days=31/12/2024; 17/3/2025&repeats=monthly&until=2025-01-20";
    let list = give(&mut leader, "/tasks/new", days).await.to;
    let list = leader.get(&list).await.body;
    for day in ["16/12/2024", "31/12/2024", "16/01/2025", "17/3/2025"] {
        assert!(list.contains(day) || list.contains(&day.replace("/01/", "/1/")), "{day}: {list}");
    }
}

#[tokio::test]
async fn a_template_keeps_where_one_came_from_and_what_was_typed() {
    let router = office();
    let mut leader = signed_in(&router, "lanh-dao").await;
    let page = leader.get("/tasks/new?directive=kl-01&lead=7").await.body;
    let secret = hidden(&page, "form_secret");
    let template = page.split("id=\"use_template\"").nth(1).unwrap();
    assert!(template.contains("value=\"T23\""), "{template}");
    let fields = format!(
        "form_secret={secret}&number=1&directive=kl-01&stocktake=5&item=2&part_of=6&lead=7\
         &helpers=06127&work=Việc đã ghi&detail=Chi tiết đã ghi&responsibility=Đủ&deadline=2024-12-16\
         &use_template=T23&then=template"
    );
    let filled = leader.post("/tasks/new", &fields).await;
    assert_eq!(filled.status, StatusCode::OK, "{}", filled.body);
    let page = filled.body;
    for kept in [
        "name=\"stocktake\" value=\"5\"",
        "name=\"item\" value=\"2\"",
        "name=\"part_of\" value=\"6\"",
        "name=\"template\" value=\"T23\"",
        "<option value=\"kl-01\" selected>",
        "name=\"lead\" value=\"7\" checked",
        "Chi tiết đã ghi</textarea>",
        "value=\"06127\"",
        "value=\"Đủ\"",
    ] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    assert!(!page.contains("Việc đã ghi"), "the template says otherwise: {page}");
    assert!(!page.contains("value=\"2024-12-16\""), "it has days of its own: {page}");
    let day = |name: &str| {
        let input = page.split(&format!("id=\"{name}\" name=\"{name}\"")).nth(1).unwrap();
        input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert!(!day("deadline").is_empty() && day("days").contains('/'), "both days: {page}");
}

#[tokio::test]
async fn a_form_that_is_sent_again_leads_to_what_it_gave() {
    let router = office();
    let mut leader = signed_in(&router, "lanh-dao").await;
    let form = leader.get("/tasks/new").await.body;
    let number = hidden(&form, "number");
    assert_ne!(number, hidden(&leader.get("/tasks/new").await.body, "number"));
    let typed = format!("lead_codes=06124&number={number}");
    let first = give(&mut leader, "/tasks/new", &typed).await.to;
    assert!(first.starts_with("/tasks/"), "{first}");
    assert_eq!(give(&mut leader, "/tasks/new", &typed).await.to, first);
    let changed = typed.replace("06124", "06127");
    let other = give(&mut leader, "/tasks/new", &changed).await.to;
    assert!(other.starts_with("/tasks/") && other != first, "{other}: what was changed is new");
}

#[tokio::test]
async fn a_draft_is_completed_on_the_form_that_made_it_and_given() {
    let router = office();
    let mut leader = signed_in(&router, "lanh-dao").await;
    let form = leader.get("/tasks/new").await.body;
    let village = form.split("name=\"lead\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let typed = format!("lead={village}&days=31/12/2024&then=draft");
    let list =
        give_without(&mut leader, "then", &typed.replace("then", "team=Lan, tổ trưởng&then")).await;
    let list = leader.get(&list.to).await.body;
    let address = list.split("href=\"/tasks/").filter_map(|rest| rest.split('"').next());
    let number: i64 = address.filter_map(|number| number.parse().ok()).next().unwrap();
    let page = leader.get(&format!("/tasks/{number}")).await.body;
    let edit = format!("/tasks/{number}/edit");
    assert!(page.contains(&format!("href=\"{edit}\">Sửa dự thảo")), "{page}");
    let form = leader.get(&edit).await.body;
    for kept in [
        "value=\"Dời chợ\"",
        "value=\"2024-12-16\"",
        "value=\"31/12/2024\"",
        "Lan, tổ trưởng</textarea>",
        &format!("name=\"lead\" value=\"{village}\" checked"),
        &format!("action=\"{edit}\""),
    ] {
        assert!(form.contains(kept), "{kept}: {form}");
    }
    let issuer = form.split("name=\"issuer\"").nth(1).unwrap();
    let issuer = issuer.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let sent = |product: &str, then: &str| {
        format!(
            "form_secret={}&seen={}&issuer={}&lead={village}&deadline=2024-12-20&work=Dời chợ mới\
             &responsibility=Đủ&authority=Chủ động&product={product}&then={then}",
            hidden(&form, "form_secret"),
            hidden(&form, "seen"),
            issuer.unwrap()
        )
    };
    let refused = leader.post(&edit, &sent("", "give")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said(&refused)[0].starts_with("<a href=\"#product\">"), "{}", refused.body);
    let given = leader.post(&edit, &sent("Biên bản", "give")).await;
    assert_eq!(given.to, format!("/tasks/{number}"), "{}", given.body);
    let page = leader.get(&given.to).await.body;
    assert!(page.contains("<h1>Dời chợ mới</h1>") && page.contains("đã giao"), "{page}");
    assert!(!page.contains("Sửa dự thảo"), "{page}");
    assert_eq!(leader.get(&edit).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn what_is_chosen_by_name_is_offered_by_name() {
    let router = office();
    let mut leader = signed_in(&router, "lanh-dao").await;
    let mut commune = signed_in(&router, "na-sam").await;
    let form = leader.get("/tasks/new").await.body;
    for offered in
        ["<select id=\"indicator\"", "<option value=\"A01\">A01 ", "<select id=\"period\""]
    {
        assert!(form.contains(offered), "{offered}: {form}");
    }
    let form = commune.get("/tasks/new").await.body;
    assert!(form.contains("<option value=\"na-sam\">"), "its own people: {form}");
    assert!(!form.contains("<option value=\"ben\">"), "and nobody beside: {form}");
}
