//! Adding many people at once, as a browser does it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use axum::Router;
use axum::http::StatusCode;
use server::web::links::escaped;
use server::web::routes::router;

use super::browser::{Browser, hidden};
use super::site::{NOW_MS, PASSWORD, cookie, member, sample, site};

fn office() -> Router {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "quan-tri", "administrator", "06124");
        member(&site, "can-bo-xa", "reviewer", "06124");
        member(&site, "dong-nghiep", "leader", "06124");
        router(site)
    });
    made.join().unwrap()
}

#[tokio::test]
async fn a_list_is_looked_at_mended_and_taken_in_with_all_cards_on_one_page() {
    let router = office();
    let mut browser = Browser::at(&router);
    browser.sign_in("quan-tri").await;
    let page = browser.get("/accounts/import").await.body;
    let secret = hidden(&page, "form_secret");
    let form =
        |list: &str, deed: &str| format!("form_secret={secret}&deed={deed}&list={}", escaped(list));
    let header = "Tên đăng nhập\tHọ tên\tVai trò\tMã đơn vị\n";
    let wrong = format!("{header}binh\tBình\tBáo cáo số liệu\t06127\nhoa\t\tLãnh đạo\t06124\n");
    let refused = browser.post("/accounts/import", &form(&wrong, "import")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("hàng 2, cột C"), "{}", refused.body);
    assert!(refused.body.contains("hàng 3, cột B"), "{}", refused.body);
    assert!(refused.body.contains("binh\tBình"), "what was pasted stays to be mended");

    let right = format!("{header}binh\tBình\tBáo cáo số liệu\t06124-01\nhoa\tHoa\tleader\t06124\n");
    let preview = browser.post("/accounts/import", &form(&right, "preview")).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.body.contains("2 người dùng mới, 0 vai trò thêm, 0 dòng đã có"));
    assert!(preview.body.contains("value=\"import\""), "{}", preview.body);
    assert!(!browser.get("/accounts").await.body.contains("<code>binh</code>"), "only looked at");

    let cards = browser.post("/accounts/import", &form(&right, "import")).await;
    assert_eq!(cards.status, StatusCode::OK);
    assert_eq!(cards.body.matches("class=\"card\"").count(), 2);
    assert_eq!(cards.body.matches("class=\"qr\"").count(), 2);
    assert!(browser.get("/accounts").await.body.contains("<code>binh</code>"));
    let again = browser.post("/accounts/import", &form(&right, "preview")).await.body;
    assert!(again.contains("Mọi dòng đều đã có từ trước"), "{again}");
    assert!(!again.contains("value=\"import\""), "nothing to do");
    let beyond = browser.post("/accounts/import", "form_secret=wrong&list=a&deed=import").await;
    assert_eq!(beyond.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_page_says_what_a_list_takes_and_its_sample_can_be_taken() {
    let router = office();
    let mut browser = Browser::at(&router);
    browser.sign_in("quan-tri").await;
    for (lang, finding) in [("vi", "3 người dùng mới"), ("en", "3 new people")] {
        let page = browser.get(&format!("/accounts/import?lang={lang}")).await.body;
        let mut words: Vec<String> =
            server::wording::people::columns(server::wording::Lang::from_code(lang).unwrap())
                .into_iter()
                .map(|(name, _)| format!("<dt>{name}</dt>"))
                .collect();
        let roles = domain::access::standard_roles().into_iter();
        words.extend(roles.map(|role| format!("<code>{}</code>", role.code)));
        for word in words {
            assert!(page.contains(&word), "{word}: {page}");
        }
        assert!(page.contains("href=\"/accounts/import/sample.csv\""), "{page}");
        let sample = browser.get(&format!("/accounts/import/sample.csv?lang={lang}")).await.body;
        let secret = hidden(&page, "form_secret");
        let form = format!("form_secret={secret}&deed=preview&list={}", escaped(&sample));
        let looked = browser.post(&format!("/accounts/import?lang={lang}"), &form).await;
        assert_eq!(looked.status, StatusCode::OK, "{sample}: {}", looked.body);
        assert!(looked.body.contains(finding), "{}", looked.body);
    }
}

#[tokio::test]
async fn the_last_administrator_is_told_on_the_list_what_to_do_first() {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "quan-tri", "administrator", "");
        router(site)
    });
    let router = made.join().unwrap();
    let mut browser = Browser::at(&router);
    browser.sign_in("quan-tri").await;
    let page = browser.get("/accounts").await.body;
    let form = format!("form_secret={}", hidden(&page, "form_secret"));
    for (path, said) in [
        ("/accounts/1/grants/1/end", "từ ngày 01/7/2023 sẽ không còn ai quản trị"),
        ("/accounts/1/disable", "Không tự khóa tài khoản của chính mình"),
    ] {
        let refused = browser.post(path, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(refused.body.contains(said), "{path}: {}", refused.body);
        assert!(refused.body.contains("<code>quan-tri</code>"), "{path}: the list is still there");
    }
    assert_eq!(browser.get("/accounts").await.status, StatusCode::OK, "still in office");
}

#[tokio::test]
async fn somebody_on_leave_lends_a_role_and_takes_it_back() {
    let router = office();
    let (mut lender, mut colleague) = (Browser::at(&router), Browser::at(&router));
    lender.sign_in("can-bo-xa").await;
    colleague.sign_in("dong-nghiep").await;
    assert_eq!(colleague.get("/review").await.status, StatusCode::FORBIDDEN);
    let page = lender.get("/account/delegations").await.body;
    let (secret, grant) = (hidden(&page, "form_secret"), hidden(&page, "grant"));
    let form = |until: &str| {
        format!(
            "form_secret={secret}&grant={grant}&to=dong-nghiep&unit=06124-01\
             &from=2023-07-01&until={until}"
        )
    };
    let refused = lender.post("/account/delegations", &form("2024-07-01")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("nhiều nhất 92 ngày") && refused.body.contains(" checked"));
    assert!(refused.body.contains("value=\"dong-nghiep\""), "what was typed stays");
    let lent = lender.post("/account/delegations", &form("2023-07-10")).await;
    assert_eq!(lent.to, "/account/delegations");

    assert_eq!(colleague.get("/review").await.status, StatusCode::OK);
    let own = colleague.get("/account").await.body;
    assert!(own.contains("thay can-bo-xa"), "{own}");
    let page = lender.get("/account/delegations").await.body;
    assert!(page.contains("dong-nghiep") && page.contains("1/7/2023"), "{page}");
    let end = page.split("action=\"/account/delegations/").nth(1).unwrap();
    let end = format!("/account/delegations/{}", end.split('"').next().unwrap());
    assert_eq!(
        lender.post(&end, &format!("form_secret={secret}")).await.to,
        "/account/delegations"
    );
    assert_eq!(colleague.get("/review").await.status, StatusCode::FORBIDDEN, "at once");
}

static CLOCK: AtomicI64 = AtomicI64::new(NOW_MS);

#[tokio::test]
async fn roles_are_given_with_a_code_of_the_last_ten_minutes() {
    let made = thread::spawn(|| {
        let mut site = site(sample(), None);
        site.clock = || CLOCK.load(Ordering::Relaxed);
        let account = member(&site, "quan-tri", "administrator", "06124");
        let setup = site.entrance.begin_one_time_codes(&account);
        let token = cookie(&site, "quan-tri");
        let session = site.entrance.visitor(token.split_once('=').unwrap().1, NOW_MS);
        let session = session.unwrap().unwrap().session;
        let code = code(&setup.secret, NOW_MS);
        let (entrance, proof) = (&site.entrance, PASSWORD.to_owned());
        entrance.confirm_one_time_codes(&session, &setup, &code, proof, NOW_MS).unwrap();
        (router(site), token, setup.secret)
    });
    let (router, token, secret) = made.join().unwrap();
    let mut browser = Browser::at(&router);
    browser.cookie = Some(token.clone());
    let new = |page: &str, login: &str| {
        let mark = hidden(page, "form_secret");
        format!("form_secret={mark}&login={login}&name=An&role=reporter&unit=06124-01&until=")
    };
    let page = browser.get("/accounts").await.body;
    assert!(!page.contains("/account/code"), "the code is fresh");
    assert_eq!(browser.post("/accounts", &new(&page, "an")).await.status, StatusCode::OK);

    let later = NOW_MS + 11 * 60_000;
    CLOCK.store(later, Ordering::Relaxed);
    let page = browser.get("/accounts").await.body;
    assert!(page.contains("/account/code?next=%2Faccounts"), "said before anything is typed");
    let own = !page.contains("/accounts/1/disable\"");
    assert!(own && page.contains("/disable\""), "others are locked, oneself is not: {page}");
    for path in ["/accounts", "/accounts/import", "/accounts/1/invite", "/accounts/1/grants/1/end"]
    {
        let stale = browser.post(path, &new(&page, "em")).await;
        assert_eq!(stale.status, StatusCode::OK, "{path}");
        assert_eq!(hidden(&stale.body, "login"), "em", "{path}: what was typed waits");
        assert!(stale.body.contains(&format!("action=\"{path}\"")), "{path}: {}", stale.body);
    }
    let asked = browser.get("/account/code?next=%2Faccounts").await.body;
    let give = |code: &str| {
        let mark = hidden(&asked, "form_secret");
        format!("form_secret={mark}&one_time_code={code}&next=%2Faccounts")
    };
    let wrong = browser.post("/account/code", &give("000000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = browser.post("/account/code", &give(&code(&secret, later))).await;
    assert_eq!(right.to, "/accounts");
    assert_ne!(browser.cookie.as_deref(), Some(token.as_str()), "a new secret");
    let page = browser.get("/accounts").await.body;
    assert_eq!(browser.post("/accounts", &new(&page, "em")).await.status, StatusCode::OK);
    let mut thief = Browser::at(&router);
    thief.cookie = Some(token);
    assert_eq!(thief.get("/accounts").await.status, StatusCode::SEE_OTHER, "the old one is dead");
}

pub(crate) fn code(secret: &str, now_ms: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
    totp.generate(u64::try_from(now_ms / 1_000).unwrap()).to_string()
}
