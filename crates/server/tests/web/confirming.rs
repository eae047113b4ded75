//! What is judged rests on a one-time code of the same day and session.

use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use actions::accounts::Moment;
use actions::submissions::{Occasion, Typed, TypedField};
use axum::Router;
use axum::http::StatusCode;
use domain::access::Actor;
use domain::period::Period;
use server::web::routes::router;
use server::web::site::Site;

use super::browser::{Browser, hidden};
use super::people::code;
use super::site::{NOW_MS, PASSWORD, TODAY, cookie, member, sample, site};

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// The month that a village has sent, and its id.
fn send(site: &Site, village: &str) -> String {
    let unit = site.workspace.find_unit(village, Some(TODAY)).unwrap();
    let occasion =
        Occasion { form: "thon-thang".to_owned(), unit, period: Period::parse("2023-07").unwrap() };
    let field = |item: &str| TypedField {
        item: item.to_owned(),
        text: "1".to_owned(),
        reason: "Đã đối chiếu".to_owned(),
        ..TypedField::default()
    };
    let typed = Typed { fields: ["A01", "A03"].map(field).into(), ..Typed::default() };
    let moment = Moment { now_ms: NOW_MS, today: TODAY };
    let id = site.entrance.submission_id(NOW_MS);
    site.workspace.submit(&Actor::console(), moment, &id, occasion, typed).unwrap().id
}

/// Turns codes on for an account in a session of its own; gives back its cookie and their secret.
fn with_codes(site: &Site, login: &str, role: &str) -> (String, String) {
    let account = member(site, login, role, "06124");
    let before = cookie(site, login);
    let setup = site.entrance.begin_one_time_codes(&account);
    let token = before.split_once('=').unwrap().1;
    let session = site.entrance.visitor(token, NOW_MS).unwrap().unwrap().session;
    let (first, proof) = (code(&setup.secret, NOW_MS), PASSWORD.to_owned());
    site.entrance.confirm_one_time_codes(&session, &setup, &first, proof, NOW_MS).unwrap();
    (before, setup.secret)
}

static CLOCK: AtomicI64 = AtomicI64::new(NOW_MS);

/// A router under a clock that can be put forward, with what `make` found on its site.
fn office<T: Send + 'static>(make: fn(&Site) -> T, clock: fn() -> i64) -> (Router, T) {
    let made = thread::spawn(move || {
        let mut site = site(sample(), None);
        site.clock = clock;
        let found = make(&site);
        (router(site), found)
    });
    made.join().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_days_work_a_code_is_asked_for_and_nothing_typed_is_lost() {
    let (router, (cookie, secret, ids)) = office(
        |site| {
            let (cookie, secret) = with_codes(site, "can-bo", "reviewer");
            (cookie, secret, ["06124-01", "06124-02"].map(|village| send(site, village)))
        },
        || CLOCK.load(Ordering::Relaxed),
    );
    let mut browser = Browser::at(&router);
    browser.cookie = Some(cookie.clone());
    let page = browser.get(&format!("/review/{}", ids[0])).await.body;
    let mark = hidden(&page, "form_secret");
    let approve = format!("/review/{}/approve", ids[0]);
    let approved = browser.post(&approve, &format!("form_secret={mark}")).await;
    assert_eq!(approved.to, format!("/review/{}?after={}", ids[1], ids[0]), "the code is new");

    // Eight hours on, in a browser that is in use.
    for thirds in 1..=25 {
        CLOCK.store(NOW_MS + thirds * HOUR_MS / 3, Ordering::Relaxed);
        assert_eq!(browser.get("/review").await.status, StatusCode::OK, "looking needs no code");
    }
    let path = format!("/review/{}/return", ids[1]);
    let reasons =
        format!("form_secret={mark}&reason/A01=S%C3%B3t+m%E1%BB%99t+%C4%91%E1%BB%93ng+ch%C3%AD");
    let asked = browser.post(&path, &reasons).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert_eq!(hidden(&asked.body, "reason/A01"), "Sót một đồng chí");
    assert!(asked.body.contains("name=\"one_time_code\""), "{}", asked.body);
    let wrong = browser.post(&path, &format!("{reasons}&one_time_code=000000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hidden(&wrong.body, "reason/A01"), "Sót một đồng chí", "nor by a wrong code");
    let foreign = browser.post(&path, "form_secret=x&reason/A01=x&one_time_code=000000").await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST);

    let now_ms = CLOCK.load(Ordering::Relaxed);
    let right = format!("{reasons}&one_time_code={}", code(&secret, now_ms));
    let done = browser.post(&path, &right).await;
    assert_eq!(done.to, format!("/review?after={}", ids[1]), "it was done at once");
    assert_ne!(browser.cookie.as_deref(), Some(cookie.as_str()), "in a new session");
    let page = browser.get(&format!("/review/{}", ids[1])).await.body;
    assert!(page.contains("Sót một đồng chí"), "{page}");
    let mut thief = Browser::at(&router);
    thief.cookie = Some(cookie);
    assert_eq!(thief.get("/review").await.status, StatusCode::SEE_OTHER, "the old one is dead");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_of_a_session_without_a_code_judges_nothing() {
    // No role asks for codes here; this account has them all the same.
    let (router, (stolen, id)) = office(
        |site| {
            site.entrance.ask_for_no_codes(NOW_MS).unwrap();
            member(site, "khac", "reporter", "06124-01");
            let account = member(site, "can-bo", "reviewer", "06124");
            let stolen = cookie(site, "can-bo");
            let own = cookie(site, "can-bo");
            let setup = site.entrance.begin_one_time_codes(&account);
            let session = site.entrance.visitor(own.split_once('=').unwrap().1, NOW_MS);
            let session = session.unwrap().unwrap().session;
            let (first, proof) = (code(&setup.secret, NOW_MS), PASSWORD.to_owned());
            site.entrance.confirm_one_time_codes(&session, &setup, &first, proof, NOW_MS).unwrap();
            (stolen, send(site, "06124-01"))
        },
        || NOW_MS,
    );
    let mut thief = Browser::at(&router);
    thief.cookie = Some(stolen);
    let page = thief.get(&format!("/review/{id}")).await.body;
    let mark = hidden(&page, "form_secret");
    let form = format!("form_secret={mark}&id={id}&reason/A01=x&reason/=x&shown=1&period=2023-07");
    let deeds = [
        format!("/review/{id}/approve"),
        format!("/review/{id}/return"),
        format!("/review/{id}/reopen"),
        "/review/approve".to_owned(),
        "/collection/lock".to_owned(),
        "/collection/open".to_owned(),
    ];
    for path in deeds {
        for with in ["", "&one_time_code=", "&one_time_code=123456"] {
            let answer = thief.post(&path, &format!("{form}{with}")).await;
            assert!(answer.body.contains("name=\"one_time_code\""), "{path}{with}: {}", answer.to);
        }
    }
    // Nor does it set up codes of its own.
    let page = thief.get("/account/one-time-codes").await.body;
    assert!(page.contains("Mã đang dùng, hoặc một mã dự phòng"), "{page}");
    let (own, mark) = (hidden(&page, "secret"), hidden(&page, "form_secret"));
    let form = format!("form_secret={mark}&secret={own}&code={}", code(&own, NOW_MS));
    let refused = thief.post("/account/one-time-codes", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(thief.get("/review").await.body.contains("1 báo cáo chờ duyệt"), "nothing was judged");
}

static LENDING_CLOCK: AtomicI64 = AtomicI64::new(NOW_MS);

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_for_lending_a_role_waits_for_the_code() {
    let (router, (cookie, secret)) = office(
        |site| {
            member(site, "dong-nghiep", "leader", "06124");
            with_codes(site, "can-bo", "reviewer")
        },
        || LENDING_CLOCK.load(Ordering::Relaxed),
    );
    let mut browser = Browser::at(&router);
    browser.cookie = Some(cookie);
    let page = browser.get("/account/delegations").await.body;
    assert_eq!(page.matches("checked").count(), 1, "the only role is chosen: {page}");
    let (mark, grant) = (hidden(&page, "form_secret"), hidden(&page, "grant"));
    let typed = format!(
        "form_secret={mark}&grant={grant}&to=dong-nghiep&unit=06124-01\
         &from=2023-07-02&until=2023-07-10"
    );
    let later = NOW_MS + 11 * 60_000;
    LENDING_CLOCK.store(later, Ordering::Relaxed);
    let asked = browser.post("/account/delegations", &typed).await;
    assert_eq!(asked.status, StatusCode::OK);
    for (name, value) in [
        ("grant", grant.as_str()),
        ("to", "dong-nghiep"),
        ("unit", "06124-01"),
        ("from", "2023-07-02"),
        ("until", "2023-07-10"),
    ] {
        assert_eq!(hidden(&asked.body, name), value, "{name} waits");
    }
    let with = |form: &str| format!("{form}&one_time_code={}", code(&secret, later));
    let done = browser.post("/account/delegations", &with(&typed)).await;
    assert_eq!(done.to, "/account/delegations", "{}", done.body);
    let page = browser.get("/account/delegations").await.body;
    assert!(page.contains("<b>dong-nghiep</b>"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_a_session_without_a_code_waits_too() {
    let (router, (before, secret)) = office(
        |site| {
            let account = member(site, "can-bo", "reviewer", "06124");
            let (before, own) = (cookie(site, "can-bo"), cookie(site, "can-bo"));
            let setup = site.entrance.begin_one_time_codes(&account);
            let session = site.entrance.visitor(own.split_once('=').unwrap().1, NOW_MS);
            let session = session.unwrap().unwrap().session;
            let (first, proof) = (code(&setup.secret, NOW_MS), PASSWORD.to_owned());
            site.entrance.confirm_one_time_codes(&session, &setup, &first, proof, NOW_MS).unwrap();
            (before, setup.secret)
        },
        || NOW_MS + HOUR_MS / 60,
    );
    let mut browser = Browser::at(&router);
    browser.cookie = Some(before);
    let mark = hidden(&browser.get("/account").await.body, "form_secret");
    let path = "/grid/forms/thon-thang/periods/2023-07?unit=1";
    let asked = browser.post(path, &format!("form_secret={mark}&made-up=Sót")).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.to);
    assert_eq!(hidden(&asked.body, "made-up"), "Sót");
    assert!(asked.body.contains(&format!("action=\"{path}\"")), "{}", asked.body);
    // The page that only asks for a code takes one, and goes where it was asked to go.
    let code = code(&secret, NOW_MS + HOUR_MS / 60);
    let given = format!("form_secret={mark}&one_time_code={code}&next=%2Freview");
    assert_eq!(browser.post("/account/code", &given).await.to, "/review");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_codes_is_led_to_set_them_up_instead_of_being_asked_for_one() {
    let (router, ()) = office(
        |site| {
            member(site, "can-bo", "reporter", "06124");
        },
        || NOW_MS,
    );
    let mut browser = Browser::at(&router);
    browser.sign_in("can-bo").await;
    let mark = hidden(&browser.get("/account").await.body, "form_secret");
    assert_eq!(browser.get("/account/code?next=%2Fwork").await.to, "/account/one-time-codes");
    let given = format!("form_secret={mark}&one_time_code=123456");
    assert_eq!(browser.post("/account/code", &given).await.to, "/account/one-time-codes");
}
