//! Signing in, one's own account, and inviting others, as a browser does it.

use std::sync::LazyLock;
use std::thread;

use actions::accounts::{Draft, Moment};
use axum::Router;
use axum::http::StatusCode;
use domain::access::Actor;
use domain::unit::Validity;
use server::web::routes::router;
use server::web::site::Site;

use super::browser::{Browser, hidden};
use super::site::{NOW_MS, PASSWORD, TODAY, member, sample, site};

/// A site nobody may look at without signing in, and a village head.
static SITE: LazyLock<(Site, Router)> = LazyLock::new(|| {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        member(&site, "truong-thon", "reporter", "06124-01");
        member(&site, "quan-ly", "planner", "06124");
        site
    });
    let site = made.join().unwrap();
    (site.clone(), router(site))
});

#[tokio::test]
async fn a_stranger_is_led_to_the_door_and_back_to_where_they_were_going() {
    let mut browser = Browser::at(&SITE.1);
    let asked = browser.get("/indicators/A01?period=2022").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert_eq!(asked.to, "/sign-in?next=%2Findicators%2FA01%3Fperiod%3D2022");
    let door = browser.get(&asked.to).await;
    assert_eq!(hidden(&door.body, "next"), "/indicators/A01?period=2022");
    let password = PASSWORD.replace(' ', "+");
    let form = format!("login=Truong-Thon&password={password}&next=%2Findicators%2FA01");
    let entered = browser.post("/sign-in", &form).await;
    assert_eq!((entered.status, entered.to.as_str()), (StatusCode::SEE_OTHER, "/indicators/A01"));
    for part in ["__Host-dotpha=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(entered.cookie.contains(part), "{part} in {}", entered.cookie);
    }
    // Their own village, since the office's unit is not for them.
    let overview = browser.get("/").await;
    assert_eq!(overview.status, StatusCode::OK);
    assert!(overview.body.contains("truong-thon"), "the account's name leads to the account");
    let left = browser.post("/sign-out", "").await;
    assert_eq!(left.to, "/sign-in");
    assert!(left.cookie.contains("Max-Age=0"), "{}", left.cookie);
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    for next in
        ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", ""]
    {
        let form = format!(
            "login=truong-thon&password={}&next={}",
            PASSWORD.replace(' ', "+"),
            next.replace(':', "%3A").replace('/', "%2F").replace('\\', "%5C")
        );
        let entered = Browser::at(&SITE.1).post("/sign-in", &form).await;
        assert_eq!(
            (entered.status, entered.to.as_str()),
            (StatusCode::SEE_OTHER, "/work"),
            "{next}"
        );
    }
}

#[tokio::test]
async fn a_wrong_password_keeps_the_login_and_says_no_more_than_it_must() {
    let wrong =
        Browser::at(&SITE.1).post("/sign-in", "login=nobody&password=wrong&next=%2Funits").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hidden(&wrong.body, "next"), "/units");
    assert!(wrong.body.contains("value=\"nobody\""));
    assert!(wrong.body.contains("Tên đăng nhập, mật khẩu hoặc mã dùng một lần chưa đúng"));
    assert!(!wrong.body.contains("wrong"), "a password is never sent back");
    assert!(wrong.cookie.is_empty());
}

#[tokio::test]
async fn another_site_cannot_send_our_forms() {
    let mut browser = Browser::at(&SITE.1);
    browser.sign_in("truong-thon").await;
    let from = [("sec-fetch-site", "cross-site"), ("origin", "https://example.org")];
    let crossed = browser.send("POST", "/sign-out", "", &from).await;
    assert_eq!(crossed.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK, "still signed in");
    // Nor does a form work that was made by another session's page.
    let stale = browser.post("/account/password", "present=a&new=b&form_secret=made-up").await;
    assert_eq!(stale.status, StatusCode::BAD_REQUEST);
    assert!(stale.body.contains("Trang này đã cũ"));
}

#[tokio::test]
async fn an_account_shows_its_roles_and_browsers_and_ends_them() {
    let (mut here, mut there) = (Browser::at(&SITE.1), Browser::at(&SITE.1));
    here.sign_in("quan-ly").await;
    there.sign_in("quan-ly").await;
    let page = here.get("/account").await.body;
    assert!(page.contains("Lập kế hoạch: Thị trấn Na Sầm"), "{page}");
    assert!(page.contains("Firefox trên Windows"));
    let secret = hidden(&page, "form_secret");
    let action = page.split("action=\"/account/sessions/").nth(1).unwrap();
    let action = format!("/account/sessions/{}", action.split('"').next().unwrap());
    let ended = here.post(&action, &format!("form_secret={secret}")).await;
    assert_eq!(ended.to, "/account");
    assert_eq!(there.get("/account").await.status, StatusCode::SEE_OTHER, "the other is out");
    assert_eq!(here.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_time_codes_are_set_up_with_a_picture_and_in_letters() {
    let mut browser = Browser::at(&SITE.1);
    browser.sign_in("truong-thon").await;
    let page = browser.get("/account/one-time-codes").await.body;
    assert!(page.contains("class=\"qr\""), "a code to scan");
    let (secret, form_secret) = (hidden(&page, "secret"), hidden(&page, "form_secret"));
    let form = format!("form_secret={form_secret}&secret={secret}&code=000000");
    let wrong = browser.post("/account/one-time-codes", &form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hidden(&wrong.body, "secret"), secret, "the app knows this one already");
    assert!(wrong.body.contains("Mã chưa đúng hoặc đã hết hạn"));
}

#[tokio::test]
async fn a_first_invitation_leads_to_an_administrator_who_invites_others() {
    let invited = tokio::task::spawn_blocking(|| {
        let site = &SITE.0;
        let moment = Moment { now_ms: NOW_MS, today: TODAY };
        let draft = Draft {
            login: "quan-tri-xa".to_owned(),
            name: "Quản trị xã".to_owned(),
            role: "administrator".to_owned(),
            unit: Some(site.workspace.find_unit("06127", Some(TODAY)).unwrap()),
            validity: Validity::default(),
        };
        site.entrance.create_account(&Actor::console(), draft, moment).unwrap()
    });
    let invited = invited.await.unwrap();
    let mut browser = Browser::at(&SITE.1);
    let address = format!("/invitations/{}", invited.secret);
    assert!(browser.get(&address).await.body.contains("Quản trị xã"));
    let weak = browser.post(&address, "password=matkhau123456").await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.body.contains("Mật khẩu dễ đoán"));
    let password = PASSWORD.replace(' ', "+");
    let entered = browser.post(&address, &format!("password={password}")).await;
    assert_eq!(entered.to, "/");
    // Nothing is done before one-time codes are on.
    assert_eq!(browser.get("/accounts").await.to, "/account/one-time-codes");
    let page = browser.get("/account/one-time-codes").await.body;
    let (secret, form_secret) = (hidden(&page, "secret"), hidden(&page, "form_secret"));
    let code = {
        let secret = totp_rs::Secret::try_from_base32(&secret).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
        totp.generate(u64::try_from(NOW_MS / 1_000).unwrap()).to_string()
    };
    let form = format!("form_secret={form_secret}&secret={secret}&code={code}");
    let unproven = browser.post("/account/one-time-codes", &form).await;
    assert_eq!(unproven.status, StatusCode::UNPROCESSABLE_ENTITY, "a session alone proves nobody");
    let form = format!("{form}&proof={password}");
    let done = browser.post("/account/one-time-codes", &form).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.body.contains("class=\"codes\""), "the recovery codes are shown");

    let list = browser.get("/accounts").await.body;
    let form_secret = hidden(&list, "form_secret");
    let new = |unit: &str, login: &str| {
        format!("form_secret={form_secret}&login={login}&name=An&role=reporter&unit={unit}&until=")
    };
    let beyond = browser.post("/accounts", &new("06124", "an")).await;
    assert_eq!(beyond.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(beyond.body.contains("không có quyền quản lý người dùng"), "{}", beyond.body);
    assert!(beyond.body.contains("value=\"06124\""), "what was typed is kept");
    let card = browser.post("/accounts", &new("06127-01", "an")).await;
    assert_eq!(card.status, StatusCode::OK);
    assert!(card.body.contains("class=\"qr\"") && card.body.contains("/invitations/"));
    assert!(browser.get("/accounts").await.body.contains("<code>an</code>"));
    assert_eq!(browser.get(&address).await.status, StatusCode::BAD_REQUEST, "used up");
}
