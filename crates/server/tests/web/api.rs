//! The interface for programs: what a phone fetches, and sending that can be repeated.

use std::collections::BTreeSet;

use axum::Router;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::browser::{Answer, Browser};
use super::collecting::{office, signed_in};
use super::site::{NOW_MS, TODAY};

const SECRET: &str = "dotpha-form-secret";

/// A program that speaks for somebody who is signed in.
pub(crate) struct Program {
    pub(crate) browser: Browser,
    pub(crate) secret: String,
}

impl Program {
    pub(crate) async fn of(router: &Router, login: &str) -> Self {
        let mut browser = signed_in(router, login).await;
        let secret = browser.get("/api/forms").await.header(SECRET);
        assert!(secret.len() > 20, "{secret}");
        Self { browser, secret }
    }

    /// The form of July as it is carried along.
    pub(crate) async fn form(&mut self) -> Value {
        let all = read(&self.browser.get("/api/forms").await);
        let mut forms = all["forms"].as_array().unwrap().iter();
        let july = |form: &&Value| form["form"] == "thon-thang" && form["period"] == "2023-07";
        forms.find(july).unwrap().clone()
    }

    pub(crate) async fn put(&mut self, id: &str, body: &str) -> Answer {
        self.put_at(&format!("/api/submissions/{id}"), body).await
    }

    async fn put_at(&mut self, place: &str, body: &str) -> Answer {
        let headers = [(SECRET, self.secret.as_str()), ("content-type", "application/json")];
        self.browser.send("PUT", place, body, &headers).await
    }
}

pub(crate) fn id(number: u32) -> String {
    format!("01890000-0000-7000-8000-{number:012}")
}

pub(crate) fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}", answer.body))
}

/// A filled form: what is typed for the four items.
fn parcel(unit: i64, base: &Value, figures: [&str; 4]) -> Value {
    let fields = ["A01", "A03", "B03", "B08"].iter().zip(figures);
    let fields: Vec<Value> =
        fields.map(|(item, text)| json!({ "item": item, "text": text })).collect();
    json!({
        "form": "thon-thang", "unit": unit, "period": "2023-07", "content": "figures",
        "fields": fields, "reason": "", "base": base,
        "clock": { "finished_ms": NOW_MS - 60_000, "sent_ms": NOW_MS },
    })
}

pub(crate) fn first(unit: i64, figures: [&str; 4]) -> Value {
    parcel(unit, &json!({ "revision": 0, "version": 0 }), figures)
}

#[tokio::test]
async fn a_phone_fetches_all_it_needs_to_fill_a_form_and_only_what_is_new() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let form = head.form().await;
    assert_eq!((&form["unit"], &form["state"]), (&json!(unit), &json!("draft")), "{form}");
    assert_eq!(form["base"], json!({ "revision": 0, "version": 0 }));
    assert!(form["unit_name"].as_str().unwrap().contains("Na Sầm") || form["above_name"] != "");
    let field = &form["fields"][0];
    assert_eq!((&field["item"], &field["scale"]), (&json!("A01"), &json!(0)), "{field}");
    assert_eq!((&field["minimum"], &field["class"]), (&json!("0"), &json!("")), "{field}");
    for key in ["previous", "measure", "range_text", "returned"] {
        assert!(field.get(key).is_some(), "{key} in {field}");
    }
    assert!(form["rules"].as_array().unwrap().iter().all(|rule| rule["condition"].is_string()));

    let answer = head.browser.get("/api/forms").await;
    assert_eq!(answer.header("cache-control"), "private, no-store");
    assert!(!answer.body.contains(&head.secret), "the text is compressed, so it holds no secret");
    let known = [("if-none-match", answer.header("etag"))];
    let known: Vec<(&str, &str)> = known.iter().map(|(name, tag)| (*name, tag.as_str())).collect();
    let again = head.browser.send("GET", "/api/forms", "", &known).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(again.header(SECRET), head.secret);
}

#[tokio::test]
async fn sent_again_late_or_out_of_order_a_submission_is_there_once_with_one_receipt() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let sent = first(unit, ["2", "1", "1", "2"]).to_string();
    let receipt = head.put(&id(1), &sent).await;
    assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
    let read_receipt = read(&receipt);
    assert_eq!((&read_receipt["id"], &read_receipt["revision"]), (&json!(id(1)), &json!(1)));
    assert!(read_receipt["number"].as_str().unwrap().len() > 5, "{read_receipt}");

    // The answer was lost and the clock went on; then a correction, then the first once more.
    let mut late = first(unit, ["2", "1", "1", "2"]);
    late["clock"] = json!({ "finished_ms": NOW_MS - 60_000, "sent_ms": NOW_MS + 999 });
    let corrected = parcel(unit, &json!({ "revision": 1, "version": 0 }), ["3", "1", "1", "2"]);
    let second = head.put(&id(2), &corrected.to_string()).await;
    assert_eq!(read(&second)["revision"], 2, "{}", second.body);
    for again in [&sent, &late.to_string(), &sent] {
        assert_eq!(head.put(&id(1), again).await.body, receipt.body, "the same bytes again");
    }
    assert_eq!(head.put(&id(2), &corrected.to_string()).await.body, second.body);

    // The receipt stays what it was when the commune has approved.
    let mut officer = Program::of(&router, "can-bo-xa").await;
    let approve = format!("form_secret={}", officer.secret);
    let approved = officer.browser.post(&format!("/review/{}/approve", id(2)), &approve).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
    assert_eq!(head.put(&id(2), &corrected.to_string()).await.body, second.body);
    let form = head.form().await;
    assert_eq!((&form["base"]["revision"], &form["state"]), (&json!(2), &json!("approved")));
}

#[tokio::test]
async fn two_phones_on_one_form_lose_nothing_and_see_both_versions() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let mut officer = Program::of(&router, "can-bo-xa").await;
    let mut kept = BTreeSet::new();
    for (number, figure) in (1..).zip(["4", "5", "6"]) {
        let mut base = json!({ "revision": 0, "version": 0 });
        // Whoever comes late sees the other's figures and sends again, knowing them.
        for turn in 0..2 {
            let sender = if number == 2 { &mut officer } else { &mut head };
            let body = parcel(unit, &base, [figure, "1", "1", "2"]).to_string();
            let answer = sender.put(&id(number * 10 + turn), &body).await;
            let answer_read = read(&answer);
            if answer.status == StatusCode::OK {
                kept.insert(answer_read["revision"].as_u64().unwrap());
                break;
            }
            assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
            let standing = &answer_read["current"];
            assert_eq!(standing["fields"][0]["text"], kept_figure(number), "{standing}");
            base = standing["base"].clone();
        }
    }
    assert_eq!(kept, BTreeSet::from([1, 2, 3]), "each is a revision of its own");
}

/// The figure that stands when the sender of that number comes late.
fn kept_figure(number: u32) -> &'static str {
    match number {
        2 => "4",
        _ => "5",
    }
}

#[tokio::test]
async fn an_id_belongs_to_its_content() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    assert_eq!(head.put(&id(1), &first(unit, ["2", "1", "1", "2"]).to_string()).await.status, 200);
    let other = head.put(&id(1), &first(unit, ["9", "1", "1", "2"]).to_string()).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    let other = read(&other);
    assert_eq!(other["type"], "urn:dotpha:problem:same-id-other-content");
    assert_eq!(other["current"]["fields"][0]["text"], "2", "what stands there is shown");
}

#[tokio::test]
async fn everything_wrong_is_said_at_once_at_its_field() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let wrong = head.put(&id(1), &first(unit, ["nhiều", "1.234", "-1", "2"]).to_string()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
    let wrong = read(&wrong);
    let errors: Vec<(&str, &str)> = wrong["errors"].as_array().unwrap().iter().map(pair).collect();
    let expected = [("A01", "not-a-number"), ("A03", "ambiguous-number"), ("B03", "below-minimum")];
    assert_eq!(errors, expected, "{wrong}");
    assert!(wrong["errors"][0]["detail"].as_str().unwrap().contains("“nhiều”"), "{wrong}");
    assert_eq!(wrong["status"], 422);
    // The same id may bring what was mended: nothing was kept of it.
    assert_eq!(head.put(&id(1), &first(unit, ["2", "1", "1", "2"]).to_string()).await.status, 200);
}

fn pair(error: &Value) -> (&str, &str) {
    (error["field"].as_str().unwrap(), error["code"].as_str().unwrap())
}

#[tokio::test]
async fn a_body_that_cannot_be_read_changes_nothing_and_gets_a_problem_document() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let good = first(unit, ["2", "1", "1", "2"]);
    let with = |key: &str, value: Value| {
        let mut body = good.clone();
        body[key] = value;
        body.to_string()
    };
    let without = |key: &str| {
        let mut body = good.clone();
        body.as_object_mut().unwrap().remove(key);
        body.to_string()
    };
    let field = json!([{ "item": "A01", "text": "1", "colour": "red" }]);
    let cases = [
        (String::new(), 400),
        ("[]".to_owned(), 400),
        ("{\"form\":".to_owned(), 400),
        ("\u{0}".to_owned(), 400),
        ("[".repeat(20_000), 400),
        (with("colour", json!("red")), 400),
        (with("fields", field), 400),
        (with("fields", json!([{ "item": "A01", "text": 1 }])), 400),
        (with("unit", json!(1e300)), 400),
        (with("content", json!("everything")), 400),
        (with("base", json!({ "revision": -1, "version": 0 })), 400),
        (without("clock"), 400),
        (with("reason", json!("x".repeat(70_000))), 413),
        (with("form", json!("khong-co")), 404),
        (with("unit", json!(999_999)), 403),
        (with("period", json!("tháng bảy")), 400),
    ];
    for (body, status) in cases {
        let answer = head.put(&id(1), &body).await;
        let shown: String = body.chars().take(120).collect();
        assert_eq!(answer.status, status, "{shown}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{shown}");
        let problem = read(&answer);
        assert!(problem["detail"].as_str().unwrap().len() > 10, "{problem}");
    }
    let bad_id = head.put("khong-phai-uuid", &good.to_string()).await;
    assert!(bad_id.status.is_client_error(), "{}", bad_id.status);
    assert_eq!(head.form().await["base"]["revision"], 0, "nothing was kept");
}

#[tokio::test]
async fn a_stranger_another_village_and_another_session_are_refused_with_problem_documents() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let body = first(unit, ["2", "1", "1", "2"]).to_string();
    let mut other = Program::of(&router, "truong-thon-2").await;
    assert_eq!(other.put(&id(1), &body).await.status, StatusCode::FORBIDDEN);
    head.secret = other.secret.clone();
    let stale = head.put(&id(1), &body).await;
    assert_eq!(read(&stale)["type"], "urn:dotpha:problem:stale-form");
    let cross = [("sec-fetch-site", "cross-site"), ("origin", "https://example.org")];
    let address = format!("/api/submissions/{}", id(1));
    let crossed = head.browser.send("PUT", &address, &body, &cross).await;
    assert_eq!(crossed.status, StatusCode::FORBIDDEN);
    let mut stranger = Browser::at(&router);
    let answer = stranger.get("/api/forms").await;
    assert_eq!((answer.status, answer.to.as_str()), (StatusCode::UNAUTHORIZED, "/sign-in"));
    assert_eq!(read(&answer)["type"], "urn:dotpha:problem:sign-in");
}

#[tokio::test]
async fn a_wrong_clock_is_no_reason_to_refuse_and_the_reviewer_is_told() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let mut officer = signed_in(&router, "can-bo-xa").await;
    let minute = 60_000;
    let cases = [
        (3 * minute, ""),
        (-4 * minute, ""),
        (12 * minute, "nhanh 12 phút"),
        (-2 * 60 * minute, "chậm 120 phút"),
        (i64::MAX - NOW_MS, "nhanh"),
        (i64::MIN, "chậm"),
    ];
    for (revision, (ahead_ms, said)) in (0..).zip(cases) {
        let base = json!({ "revision": revision, "version": 0 });
        let mut body = parcel(unit, &base, ["2", "1", "1", "2"]);
        let clock = NOW_MS.saturating_add(ahead_ms);
        body["clock"] = json!({ "finished_ms": clock, "sent_ms": clock });
        let sent = head.put(&id(revision), &body.to_string()).await;
        assert_eq!(sent.status, StatusCode::OK, "{ahead_ms}: {}", sent.body);
        let page = officer.get(&format!("/review/{}", id(revision))).await.body;
        assert_eq!(page.contains("Đồng hồ của máy gửi"), !said.is_empty(), "{ahead_ms}");
        assert!(page.contains(said), "{ahead_ms}: {page}");
    }
}

#[tokio::test]
async fn an_officer_sends_what_was_brought_and_the_phone_gets_the_same_receipt() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let mut officer = Program::of(&router, "can-bo-xa").await;
    let body = first(unit, ["2", "1", "1", "2"]);
    let parcel = |id: String, unit: i64| {
        let mut parcel = body.clone();
        let fields = parcel.as_object_mut().unwrap();
        fields.remove("clock");
        fields.insert("id".to_owned(), json!(id));
        fields.insert("unit".to_owned(), json!(unit));
        fields.insert("finished_ms".to_owned(), json!(NOW_MS));
        parcel
    };
    let copy = json!({
        "dotpha": 1, "account": 1, "drafts": [{ "text": "chưa xong" }],
        "parcels": [parcel(id(7), unit), parcel(id(8), 1)],
    });
    let form = |text: &str, secret: &str| {
        format!("form_secret={secret}&text={}", server::web::links::escaped(text))
    };
    let sent = officer.browser.post("/carried", &form(&copy.to_string(), &officer.secret)).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    let receipt = read(&head.put(&id(7), &body.to_string()).await);
    let number = receipt["number"].as_str().unwrap();
    assert!(sent.body.contains(number), "{number}: {}", sent.body);
    assert!(sent.body.contains("không có quyền"), "the other is not of this commune");
    assert_eq!(receipt["revision"], 1, "it is there once");
    let broken = officer.browser.post("/carried", &form("{", &officer.secret)).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(broken.body.contains("bản xuất dữ liệu chưa gửi"), "{}", broken.body);
}

#[tokio::test]
async fn a_locked_period_is_told_to_phones_with_its_reason_and_takes_the_same_parcel_once_open() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    assert_eq!(head.form().await["locked"], "");
    let mut officer = Program::of(&router, "can-bo-xa").await;
    let about = format!(
        "form_secret={}&unit={unit}&shown={unit}&form=thon-thang&period=2023-07",
        officer.secret
    );
    officer.browser.post("/collection/lock", &format!("{about}&reason=Đã+chốt+quý")).await;
    let told = head.form().await["locked"].as_str().unwrap().to_owned();
    for part in ["Kỳ này đã khóa.", "Lý do khóa: “Đã chốt quý”.", "Đơn vị mở khóa được: "]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    // A phone that did not know yet is told in words, and sends the same again later.
    let late = first(unit, ["2", "1", "1", "2"]).to_string();
    let refused = head.put(&id(1), &late).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let detail = read(&refused)["errors"][0]["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("đã khóa, không nhận số liệu nữa"), "{detail}");
    let open = format!("{about}&until=2026-11-30&reason=Sót+hai+hộ");
    officer.browser.post("/collection/open", &open).await;
    assert_eq!(head.form().await["locked"], "");
    assert_eq!(head.put(&id(1), &late).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_phone_and_the_list_of_work_count_the_same() {
    let (router, _) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let all = read(&head.browser.get("/api/forms").await);
    let owed = all["forms"].as_array().unwrap().iter().filter(|form| form["is_owed"] == true);
    let behind = all["left_out"].as_array().unwrap().iter();
    let behind: u64 = behind.map(|left_out| left_out["count"].as_u64().unwrap()).sum();
    let count = owed.count() as u64 + behind;
    let page = head.browser.get("/work").await.body;
    assert!(
        count > 0 && page.contains(&format!("<h1>{count} báo cáo phải gửi")),
        "{count}: {page}"
    );
}

#[tokio::test]
async fn a_difficulty_is_raised_once_however_often_it_is_sent() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let carried = read(&head.browser.get("/api/forms").await);
    let raising = &carried["raises"][0];
    assert_eq!(raising["unit"], json!(unit), "{raising}");
    let parcel = |trouble: &str, due: &str| {
        let holder = &raising["holders"][0]["unit"];
        json!({ "unit": unit, "trouble": trouble, "holder": holder, "due": due }).to_string()
    };
    let place = format!("/api/difficulties/{}", id(71));
    let due = TODAY.to_string();
    let first = head.put_at(&place, &parcel("Cầu treo hỏng", &due)).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    let receipt = read(&first);
    assert_eq!(receipt["received_ms"], json!(NOW_MS), "{receipt}");
    let again = head.put_at(&place, &parcel("Cầu treo hỏng", &due)).await;
    assert_eq!(read(&again), receipt, "an answer that was lost is given again");
    let href = receipt["href"].as_str().unwrap();
    assert!(head.browser.get(href).await.body.contains("Cầu treo hỏng"));

    let cases = [
        (place.clone(), parcel("Cầu khác", &due), StatusCode::CONFLICT, "same-id-other-content"),
        (
            format!("/api/difficulties/{}", id(72)),
            parcel(" ", "mai"),
            StatusCode::UNPROCESSABLE_ENTITY,
            "without-trouble",
        ),
        (
            format!("/api/difficulties/{}", id(73)),
            "{}".to_owned(),
            StatusCode::BAD_REQUEST,
            "not-readable",
        ),
    ];
    for (place, body, status, code) in cases {
        let answer = head.put_at(&place, &body).await;
        let problem = read(&answer);
        assert_eq!(answer.status, status, "{problem}");
        assert!(problem["type"].as_str().unwrap().ends_with(code), "{problem}");
    }
    let listed = head.browser.get("/difficulties").await.body;
    assert_eq!(listed.matches("Cầu").count(), 1, "nothing else has arrived");
}
