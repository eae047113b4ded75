//! A village and its commune at work in the browser, without scripts.

use std::thread;

use axum::Router;
use axum::http::StatusCode;
use server::web::routes::router;

use super::browser::{Browser, hidden};
use super::site::{NOW_MS, TODAY, member, sample, site};

/// A site with two village heads, a commune officer and a planner, and the number of the village.
pub(crate) fn office() -> (Router, i64) {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "truong-thon", "reporter", "06124-01");
        member(&site, "truong-thon-2", "reporter", "06124-02");
        member(&site, "can-bo-xa", "reviewer", "06124");
        member(&site, "van-phong-xa", "reporter", "06124");
        member(&site, "can-bo-xa-cham", "reviewer", "06181");
        member(&site, "ke-hoach", "planner", "");
        member(&site, "ke-hoach-xa", "planner", "06124");
        let unit = site.workspace.find_unit("06124-01", Some(TODAY)).unwrap().0;
        (router(site), unit)
    });
    made.join().unwrap()
}

pub(crate) async fn signed_in(router: &Router, login: &str) -> Browser {
    let mut browser = Browser::at(router);
    assert_eq!(browser.sign_in(login).await.to, "/work", "{login} begins with what is to be done");
    browser
}

/// What a page's form carries along.
pub(crate) fn carried(page: &str) -> String {
    ["form_secret", "id", "revision", "version"]
        .map(|name| format!("{name}={}", hidden(page, name)))
        .join("&")
}

pub(crate) fn figures(a01: &str, a03: &str) -> String {
    format!("text/A01/={a01}&text/A03/={a03}&text/B03/=1&text/B08/=2")
}

/// A filled form, sent with one of its buttons.
fn filled(page: &str, figures: &str, deed: &str) -> String {
    format!("{}&{figures}&deed={deed}", carried(page))
}

#[tokio::test]
async fn a_month_is_filled_sent_returned_mended_and_approved() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let mut officer = signed_in(&router, "can-bo-xa").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");

    // A mistake is saved and shown where it stands.
    let page = head.get(&form).await.body;
    assert!(page.contains("chưa nhập") && !page.contains("bản nháp"), "nobody began: {page}");
    assert!(page.contains("inputmode=\"decimal\"") && page.contains("Kỳ trước:"), "{page}");
    let typed = filled(&page, &figures("1.234", "0"), "save");
    assert_eq!(head.post(&form, &typed).await.to, form);
    let page = head.get(&form).await.body;
    assert!(page.contains("value=\"1.234\"") && page.contains("aria-invalid"), "{page}");
    assert!(page.contains("bản nháp"), "{page}");

    // It blocks sending, and nothing that was typed is lost.
    let typed = filled(&page, &figures("1.234", "7"), "send");
    let sent = head.post(&form, &typed).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.body.contains("href=\"#field-1\"") && sent.body.contains("value=\"7\""));

    // The same sending twice is one.
    let parcel = format!("{}&{}&deed=send", carried(&sent.body), figures("2", "1"));
    for _ in 0..2 {
        assert_eq!(head.post(&form, &parcel).await.to, form);
    }
    let page = head.get(&form).await.body;
    assert!(page.contains("Đã nhận 4 số liệu lúc"), "{page}");
    assert!(page.contains("name=\"revision\" value=\"1\""), "sent once: {page}");
    let id = hidden(&parcel_page(&parcel), "id");
    assert!(page.contains(&id), "the id of the sending is shown");

    // The commune returns it with a reason at its field.
    let queue = officer.get("/review").await.body;
    assert!(queue.contains("1 báo cáo chờ duyệt") && queue.contains(&id), "{queue}");
    let review = officer.get(&format!("/review/{id}")).await.body;
    assert!(review.contains("Trung vị"), "{review}");
    let secret = hidden(&review, "form_secret");
    let empty =
        officer.post(&format!("/review/{id}/return"), &format!("form_secret={secret}")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "a return needs a reason");
    let reasons = format!("form_secret={secret}&reason/A01=Sót+một+đồng+chí&reason/=");
    let done = officer.post(&format!("/review/{id}/return"), &reasons).await.to;
    assert_eq!(done, format!("/review?after={id}"), "nothing else waits");
    let queue = officer.get(&done).await.body;
    assert!(queue.contains("Đã trả lại: ") && queue.contains("Không còn báo cáo nào"), "{queue}");
    let others = head.get(&done).await.body;
    assert!(!others.contains("Đã trả lại: "), "{others}");

    let work = head.get("/work").await.body;
    assert!(work.contains("trả lại với 1 lý do") && work.contains(&form), "{work}");
    let page = head.get(&form).await.body;
    assert!(page.contains("Trả lại: Sót một đồng chí") && page.contains("value=\"2\""), "{page}");

    // Sent again, it is approved together with others, and the matrix says so.
    let parcel = format!("{}&{}&deed=send", carried(&page), figures("3", "1"));
    assert_eq!(head.post(&form, &parcel).await.to, form);
    let id = hidden(&parcel_page(&parcel), "id");
    let approve = format!("form_secret={secret}&id={id}");
    let none = officer.post("/review/approve", &format!("form_secret={secret}")).await.body;
    assert!(none.contains("Chưa chọn báo cáo nào"), "{none}");
    let together = officer.post("/review/approve", &approve).await.to;
    assert_eq!(together, format!("/review?page=1&after={id}"));
    let queue = officer.get(&together).await.body;
    assert!(queue.contains("Đã duyệt: ") && queue.contains("Không còn báo cáo nào"), "{queue}");
    let page = head.get(&form).await.body;
    assert!(page.contains("đã duyệt"), "{page}");
    let matrix = officer.get("/collection?form=thon-thang&period=2023-07").await.body;
    assert!(matrix.contains("1/"), "{matrix}");
    assert!(matrix.contains("state approved") && matrix.contains("<textarea"), "{matrix}");
}

/// What was carried, as the hidden fields that it came from.
fn parcel_page(parcel: &str) -> String {
    let fields = parcel.split('&').filter_map(|pair| pair.split_once('='));
    fields.map(|(name, value)| format!("name=\"{name}\" value=\"{value}\"")).collect()
}

/// Sends the month of some villages that have not sent yet, and gives the ids of what was sent.
async fn send_months(sender: &mut Browser, count: usize) -> Vec<String> {
    let matrix = sender.get("/collection?form=thon-thang&period=2023-07").await.body;
    let forms = matrix.split("href=\"").filter(|link| link.starts_with("/entry/forms/"));
    let forms = forms.filter_map(|link| link.split('"').next());
    let forms: Vec<&str> = forms.filter(|form| form.ends_with("/2023-07")).take(count).collect();
    let mut ids = Vec::new();
    for form in forms {
        let page = sender.get(form).await.body;
        let parcel = filled(&page, &figures("1", "1"), "send");
        assert_eq!(sender.post(form, &parcel).await.to, form);
        ids.push(hidden(&page, "id"));
    }
    ids
}

#[tokio::test]
async fn approving_several_says_which_were_and_names_what_stands_in_the_way() {
    let (router, _) = office();
    let mut sender = signed_in(&router, "van-phong-xa").await;
    let mut officer = signed_in(&router, "can-bo-xa").await;
    let ids = send_months(&mut sender, 6).await;
    let secret = hidden(&officer.get("/review").await.body, "form_secret");
    let chosen = |ids: &[String]| {
        let ids: String = ids.iter().map(|id| format!("&id={id}")).collect();
        format!("form_secret={secret}{ids}")
    };
    let alone = format!("/review/{}/approve", ids[0]);
    officer.post(&alone, &format!("form_secret={secret}")).await;

    // One of three was approved meanwhile: none is, it is named, and the other ticks stay.
    let refused = officer.post("/review/approve?page=1", &chosen(&ids[..3])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = refused.body.split("role=\"alert\"").nth(1).unwrap();
    let problem = problem.split("</ul>").next().unwrap();
    let named = problem.contains("Số liệu tháng của thôn, khu phố, ")
        && problem.contains(", tháng 7/2023: Số liệu này đang ở bước “đã duyệt”");
    assert!(named && problem.matches("<li>").count() == 1, "{problem}");
    for (at, id) in ids.iter().enumerate() {
        let is_ticked = refused.body.contains(&format!("value=\"{id}\" checked"));
        assert_eq!(is_ticked, at == 1 || at == 2, "{at}: {}", refused.body);
    }

    // Several approved together: how many, three of them by name, and how many are left.
    let done = officer.post("/review/approve?page=1", &chosen(&ids[1..5])).await.to;
    let queue = officer.get(&done).await.body;
    let said = queue.split("class=\"received\"").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(said.contains("Đã duyệt 4 báo cáo: ") && said.contains(" và 1 báo cáo khác"), "{said}");
    assert!(said.contains("Còn 1 báo cáo chờ duyệt, liệt kê dưới đây."), "{said}");
    assert!(
        queue.contains(&ids[5]) && !queue.contains(&format!("value=\"{}\"", ids[1])),
        "{queue}"
    );

    // An address says nothing of what somebody else did, and names nothing to strangers.
    let others = sender.get(&done).await.body;
    assert!(!others.contains("class=\"received\""), "{others}");
}

#[tokio::test]
async fn two_browsers_on_one_form_are_shown_each_others_figures() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let mut officer = signed_in(&router, "can-bo-xa").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");
    let mine = carried(&head.get(&form).await.body);
    let theirs = carried(&officer.get(&form).await.body);
    assert_eq!(head.post(&form, &format!("{mine}&{}&deed=save", figures("2", "1"))).await.to, form);
    let late = officer.post(&form, &format!("{theirs}&{}&deed=save", figures("9", "1"))).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("value=\"9\"") && late.body.contains("Đang lưu: 2"),
        "{}",
        late.body
    );
    let knowing = format!("{}&{}&deed=save", carried(&late.body), figures("9", "1"));
    assert_eq!(officer.post(&form, &knowing).await.to, form, "having seen both, one decides");
}

#[tokio::test]
async fn nothing_to_report_is_one_button() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");
    let page = head.get(&form).await.body;
    let sent = head.post(&form, &format!("{}&deed=nothing", carried(&page))).await;
    assert_eq!(sent.to, form);
    let page = head.get(&form).await.body;
    assert!(page.contains("Đã nhận báo cáo “không phát sinh”"), "{page}");
}

#[tokio::test]
async fn a_form_of_another_village_or_of_another_session_is_refused() {
    let (router, unit) = office();
    let mut other = signed_in(&router, "truong-thon-2").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");
    assert_eq!(other.get(&form).await.status, StatusCode::FORBIDDEN);
    for address in ["/review", "/collection?unit=1"] {
        assert_eq!(other.get(address).await.status, StatusCode::FORBIDDEN, "{address}");
    }
    let mut head = signed_in(&router, "truong-thon").await;
    let page = head.get(&form).await.body;
    let stolen = filled(&page, &figures("1", "1"), "send");
    let stolen = other.post(&form, &stolen).await;
    assert_eq!(stolen.status, StatusCode::BAD_REQUEST, "the form belongs to a session");
    let own = hidden(&other.get("/account").await.body, "form_secret");
    let forced = format!("form_secret={own}&id=0&{}&deed=send", figures("1", "1"));
    assert_eq!(other.post(&form, &forced).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_period_is_locked_for_all_and_opened_for_one() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let mut officer = signed_in(&router, "can-bo-xa").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");
    let matrix = "/collection?form=thon-thang&period=2023-07";
    let page = officer.get(matrix).await.body;
    assert!(page.contains("Kỳ này còn nhận số liệu."), "{page}");
    let own = hidden(&page, "shown");
    let secret = hidden(&page, "form_secret");
    let about = format!("form_secret={secret}&shown={own}&form=thon-thang&period=2023-07");
    let went = officer.post("/collection/lock", &format!("{about}&unit={own}")).await.to;
    assert_eq!(went, format!("/collection?unit={own}&form=thon-thang&period=2023-07"));
    let page = officer.get(&went).await.body;
    assert!(page.contains("chưa gửi, đã khóa") && page.contains("state locked"), "{page}");

    let entry = head.get(&form).await.body;
    assert!(entry.contains("Kỳ này đã khóa.") && !entry.contains("value=\"send\""), "{entry}");
    let parcel = format!("{}&{}&deed=send", carried(&entry), figures("2", "1"));
    let refused = head.post(&form, &parcel).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("đã khóa, không nhận số liệu nữa"), "{}", refused.body);

    let opening = format!("{about}&unit={unit}&until=2026-11-30&reason=");
    let silent = officer.post("/collection/open", &opening).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("Chưa ghi lý do mở khóa"), "{}", silent.body);
    assert!(silent.body.contains("value=\"2026-11-30\""), "what was typed stays");
    let opened = officer.post("/collection/open", &format!("{opening}Sót+hai+hộ")).await;
    assert_eq!(opened.to, went);
    let page = officer.get(&went).await.body;
    assert!(page.contains("chưa gửi, mở đến 30/11/2026") && page.contains("Sót hai hộ"), "{page}");
    let entry = head.get(&form).await.body;
    let parcel = format!("{}&{}&deed=send", carried(&entry), figures("2", "1"));
    assert_eq!(head.post(&form, &parcel).await.to, form);
}

#[tokio::test]
async fn rates_are_a_page_and_a_file_that_count_the_same() {
    let (router, _) = office();
    let mut officer = signed_in(&router, "can-bo-xa").await;
    let asked = "form=thon-thang&from=2023-02&to=2023-07";
    let page = officer.get(&format!("/collection/rates?{asked}&sort=missing")).await.body;
    assert!(page.contains("aria-sort=\"descending\""), "{page}");
    let file = officer.get(&format!("/collection/rates.csv?{asked}")).await.body;
    let mut lines = file.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let lines: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let sum = |name: &str| -> u32 {
        let column = head.iter().position(|it| *it == name).unwrap();
        lines.iter().map(|line| line[column].parse::<u32>().unwrap()).sum()
    };
    assert!(sum("expected") >= sum("reported") && sum("reported") > 0, "{file}");
    assert_eq!(sum("expected"), sum("reported") + sum("missing"), "{file}");
    let whole = format!("{}/{} (", sum("reported"), sum("expected"));
    assert!(page.contains(&whole), "{whole} stands on {page}");
    assert!(page.contains(&format!(">{}</td>", sum("missing"))), "{page}");
}
