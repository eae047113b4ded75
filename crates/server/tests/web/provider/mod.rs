//! Signing in through an identity provider, a good one and many bad ones.

mod fake;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use actions::door::Kind;
use actions::entries::AskedEntries;
use axum::Router;
use axum::http::StatusCode;
use domain::access::{Account, Actor};
use serde_json::{Value, json};
use server::provider::{CALLBACK, Provider, Settings};
use server::web::routes::router;
use server::web::site::Site;
use tokio::sync::{Mutex, MutexGuard};
use totp_rs::{Builder, Secret};

use super::browser::{Answer, Browser, hidden};
use super::site::{NOW_MS, PASSWORD, TODAY, member, sample, site};
use fake::{CLIENT, Fake, Fault, SECRET};

const ADDRESS: &str = "https://so-lieu.example.gov.vn";

/// One of these tests at a time, because they share a clock.
static ALONE: Mutex<()> = Mutex::const_new(());

/// The clock of these tests: every attempt has a minute of its own, so that each is recorded.
static CLOCK: AtomicI64 = AtomicI64::new(NOW_MS);

fn now_s() -> i64 {
    CLOCK.load(Ordering::SeqCst) / 1_000
}

struct World {
    site: Site,
    fake: Fake,
    factors: Vec<String>,
    _alone: MutexGuard<'static, ()>,
}

impl World {
    async fn new() -> Self {
        let _alone = ALONE.lock().await;
        let fake = Fake::start().await;
        let site = thread::spawn(|| site(sample(), None)).join().unwrap();
        let site = Site { clock: || CLOCK.load(Ordering::SeqCst), ..site };
        Self { site, fake, factors: Vec::new(), _alone }
    }

    /// The pages, with a provider that has not been asked anything yet.
    fn router(&self) -> Router {
        let provider = Provider::new(Settings {
            issuer: self.fake.issuer.clone(),
            client: CLIENT.to_owned(),
            secret: SECRET.to_owned(),
            name: "Sở Nội vụ".to_owned(),
            second_factors: self.factors.clone(),
            address: ADDRESS.to_owned(),
        });
        router(Site { provider: Some(Arc::new(provider)), ..self.site.clone() })
    }

    fn member(&self, login: &'static str, role: &'static str) -> Account {
        let site = self.site.clone();
        thread::spawn(move || member(&site, login, role, "06124")).join().unwrap()
    }

    /// The newest failed sign-in of the ledger: its position and reason.
    fn newest_failure(&self) -> (u64, String) {
        let workspace = Arc::clone(&self.site.workspace);
        let asked = AskedEntries { kind: Some(Kind::SignInFailed), ..AskedEntries::default() };
        let list = thread::spawn(move || {
            workspace.ledger_entries(&Actor::console(), asked, TODAY).unwrap()
        });
        let lines = list.join().unwrap().lines;
        lines.first().map_or((0, String::new()), |line| (line.position, line.id.clone()))
    }

    /// Tells the provider what to say next, to somebody who was sent to this address.
    fn prepare(
        &self,
        sent_to: &str,
        subject: &str,
        fault: Fault,
        changed: &[(&'static str, Value)],
    ) {
        let mut behaviour = self.fake.state.lock().unwrap();
        behaviour.fault = fault;
        behaviour.challenge = parameter(sent_to, "code_challenge");
        behaviour.redirect = format!("{ADDRESS}{CALLBACK}");
        behaviour.is_used = false;
        let nonce = parameter(sent_to, "nonce");
        behaviour.claims = [
            ("iss", json!(self.fake.issuer)),
            ("sub", json!(subject)),
            ("aud", json!(CLIENT)),
            ("exp", json!(now_s() + 300)),
            ("iat", json!(now_s())),
            ("nonce", json!(nonce)),
            ("email", json!("nguoi-khac@example.gov.vn")),
        ]
        .into_iter()
        .collect();
        for (claim, value) in changed {
            if value.is_null() {
                behaviour.claims.remove(claim);
            } else {
                behaviour.claims.insert(claim, value.clone());
            }
        }
    }
}

/// A parameter of an address, without its escapes.
fn parameter(address: &str, name: &str) -> String {
    let pairs = address.split_once('?').map_or("", |(_, query)| query).split('&');
    let mut found = pairs.filter_map(|pair| pair.split_once('='));
    let value = found.find(|(key, _)| *key == name).map_or("", |(_, value)| value);
    value.replace("%3A", ":").replace("%2F", "/")
}

/// Where the provider sends somebody back to who was sent to this address.
fn back(sent_to: &str) -> String {
    format!("{CALLBACK}?code=good&state={}", parameter(sent_to, "state"))
}

/// What a browser finds that is sent on to the provider and comes back with a right code.
async fn visit(
    world: &World,
    subject: &str,
    changed: &[(&'static str, Value)],
) -> (Browser, Answer) {
    let mut browser = Browser::at(&world.router());
    let sent_to = browser.get("/sign-in/provider").await.to;
    world.prepare(&sent_to, subject, Fault::None, changed);
    let answer = browser.get(&back(&sent_to)).await;
    (browser, answer)
}

/// Links an account with a person at the provider, from its own page.
async fn link(world: &World, login: &str, subject: &str) -> Answer {
    let router = world.router();
    let mut browser = Browser::at(&router);
    browser.sign_in(login).await;
    let session = browser.cookie.clone().unwrap();
    let page = browser.get("/account").await.body;
    assert!(page.contains("Gắn với Sở Nội vụ"), "{page}");
    let secret = hidden(&page, "form_secret");
    let go = browser.post("/account/provider", &format!("form_secret={secret}")).await;
    assert_eq!(go.status, StatusCode::OK, "{}", go.body);
    let start = format!("href=\"{}/authorize?", world.fake.issuer);
    let at = go.body.find(&start).unwrap() + 6;
    let sent_to = go.body[at..].split('"').next().unwrap().replace("&#38;", "&");
    world.prepare(&sent_to, subject, Fault::None, &[]);
    // A browser sends both of its cookies.
    browser.cookie = Some(format!("{session}; {}", go.cookie.split(';').next().unwrap()));
    browser.get(&back(&sent_to)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_answer_of_a_provider_is_refused_in_words_and_recorded() {
    let world = World::new().await;
    world.member("binh", "reporter");
    assert_eq!(link(&world, "binh", "so-1").await.to, "/account");
    let nobody: &[(&'static str, Value)] = &[];
    let claims: Vec<(&str, Vec<(&'static str, Value)>)> = vec![
        ("of another issuer", vec![("iss", json!("https://other.example"))]),
        ("for another client", vec![("aud", json!("another"))]),
        ("for two clients", vec![("aud", json!([CLIENT, "another"]))]),
        ("for nobody", vec![("aud", Value::Null)]),
        ("asked for by another client", vec![("azp", json!("another"))]),
        ("that is over", vec![("exp", json!(-1))]),
        ("without an end", vec![("exp", Value::Null)]),
        ("of long ago", vec![("iat", json!(-3_600))]),
        ("of tomorrow", vec![("iat", json!(86_400))]),
        ("without a nonce", vec![("nonce", Value::Null)]),
        ("with the nonce of somebody else", vec![("nonce", json!("guessed"))]),
        ("about nobody", vec![("sub", Value::Null)]),
        ("about an empty name", vec![("sub", json!(""))]),
    ];
    let faults = [
        Fault::ForeignKey,
        Fault::UnknownKey,
        Fault::NoAlgorithm,
        Fault::SharedSecret,
        Fault::OwnKeyInside,
        Fault::CutSignature,
        Fault::ChangedClaims,
        Fault::NoToken,
        Fault::Nothing,
        Fault::Page,
        Fault::Large,
        Fault::Elsewhere,
        Fault::NoKeys,
    ];
    let faults = faults.map(|fault| (format!("{fault:?}"), fault, nobody.to_vec()));
    let claims = claims.into_iter().map(|(name, claims)| (name.to_owned(), Fault::None, claims));
    for (name, fault, changed) in faults.into_iter().chain(claims) {
        CLOCK.fetch_add(60_000, Ordering::SeqCst);
        // Moments are told in seconds from now.
        let moved = |(claim, value): &(&'static str, Value)| match (*claim, value.as_i64()) {
            ("exp" | "iat", Some(from_now)) => (*claim, json!(now_s() + from_now)),
            (claim, _) => (claim, value.clone()),
        };
        let changed: Vec<_> = changed.iter().map(moved).collect();
        let before = world.newest_failure().0;
        let mut browser = Browser::at(&world.router());
        world.fake.state.lock().unwrap().fault = fault;
        let sent_to = browser.get("/sign-in/provider").await.to;
        world.prepare(&sent_to, "so-1", fault, &changed);
        let answer = browser.get(&back(&sent_to)).await;
        let told = "Câu trả lời của nơi xác thực không đúng";
        refused(&world, &name, &answer, before, "provider.not-proven", told);
    }
}

fn refused(world: &World, name: &str, answer: &Answer, before: u64, reason: &str, told: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.body);
    assert!(answer.body.contains(told), "{name}: {}", answer.body);
    assert!(!answer.cookie.contains("__Host-dotpha="), "{name}: {}", answer.cookie);
    let (position, id) = world.newest_failure();
    assert!(position > before, "{name} is recorded");
    assert_eq!(id, reason, "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_belongs_to_the_attempt_of_one_browser() {
    let world = World::new().await;
    let (_, unknown) = visit(&world, "so-1", &[]).await;
    let told = "Chưa có tài khoản nào ở đây gắn với bạn";
    refused(&world, "a stranger", &unknown, 0, "provider.nobody-here", told);
    assert!(unknown.cookie.starts_with("__Host-dotpha-attempt=; "), "{}", unknown.cookie);

    let (over, declined) = ("provider.attempt-over", "provider.declined");
    type Change = fn(&mut Browser, &str) -> String;
    let cases: [(&str, Change, &str, &str); 6] = [
        ("another state", |_, back| back.replace("state=", "state=x"), over, "quá mười phút"),
        (
            "no cookie",
            |browser, back| {
                browser.cookie = None;
                back.to_owned()
            },
            over,
            "quá mười phút",
        ),
        (
            "a cookie of one's own making",
            |browser, back| {
                browser.cookie = Some("__Host-dotpha-attempt=00ff".to_owned());
                back.to_owned()
            },
            over,
            "quá mười phút",
        ),
        (
            "too late",
            |_, back| {
                CLOCK.fetch_add(10 * 60_000, Ordering::SeqCst);
                back.to_owned()
            },
            over,
            "quá mười phút",
        ),
        (
            "a refusal",
            |_, back| back.replace("code=good", "error=access_denied"),
            declined,
            "không cho đăng nhập",
        ),
        (
            "somebody else's answer",
            |_, back| format!("{back}&iss=https%3A%2F%2Fother.example"),
            "provider.not-proven",
            "không đúng",
        ),
    ];
    for (name, change, reason, told) in cases {
        CLOCK.fetch_add(60_000, Ordering::SeqCst);
        let before = world.newest_failure().0;
        let mut browser = Browser::at(&world.router());
        let sent_to = browser.get("/sign-in/provider").await.to;
        world.prepare(&sent_to, "so-1", Fault::None, &[]);
        let back = change(&mut browser, &back(&sent_to));
        refused(&world, name, &browser.get(&back).await, before, reason, told);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_exchanged_once() {
    let world = World::new().await;
    world.member("binh", "reporter");
    link(&world, "binh", "so-1").await;
    let mut browser = Browser::at(&world.router());
    let sent_to = browser.get("/sign-in/provider?next=/units").await.to;
    let attempt = browser.cookie.clone();
    world.prepare(&sent_to, "so-1", Fault::None, &[]);
    let first = browser.get(&back(&sent_to)).await;
    assert_eq!((first.status, first.to.as_str()), (StatusCode::SEE_OTHER, "/units"));
    assert!(first.cookie.starts_with("__Host-dotpha="), "{}", first.cookie);
    browser.cookie = attempt;
    let again = browser.get(&back(&sent_to)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_provider_says_of_itself_must_hold() {
    let world = World::new().await;
    for fault in [Fault::OtherIssuer, Fault::OpenKeys] {
        world.fake.state.lock().unwrap().fault = fault;
        let answer = Browser::at(&world.router()).get("/sign-in/provider").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fault:?}");
        assert!(answer.body.contains("href=\"/sign-in\""), "{fault:?}: {}", answer.body);
        assert!(answer.body.contains("Nơi xác thực chưa trả lời"), "{fault:?}: {}", answer.body);
    }
}

/// Asks to sign in; where it leads.
async fn begin(router: &Router) -> String {
    Browser::at(router).get("/sign-in/provider").await.to
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_provider_said_counts_for_a_day_while_it_says_nothing_newer() {
    let world = World::new().await;
    let start = CLOCK.load(Ordering::SeqCst);
    let later = |minutes: i64| CLOCK.store(start + minutes * 60_000, Ordering::SeqCst);
    let router = world.router();
    let goes = |to: &str| to.starts_with(&format!("{}/authorize", world.fake.issuer));
    assert!(goes(&begin(&router).await));
    world.fake.state.lock().unwrap().fault = Fault::OtherIssuer;
    for (minutes, expected) in [(59, true), (61, true), (23 * 60, true), (24 * 60 + 1, false)] {
        later(minutes);
        assert_eq!(goes(&begin(&router).await), expected, "after {minutes} minutes");
    }
    world.fake.state.lock().unwrap().fault = Fault::None;
    later(24 * 60 + 2);
    assert!(goes(&begin(&router).await), "it is asked again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_provider_is_asked_by_one_and_makes_nobody_else_wait() {
    let world = World::new().await;
    let router = world.router();
    begin(&router).await;
    world.fake.asked.acquire().await.unwrap().forget();
    world.fake.state.lock().unwrap().fault = Fault::Held;
    CLOCK.fetch_add(61 * 60_000, Ordering::SeqCst);
    let goes = format!("{}/authorize", world.fake.issuer);
    let others = async {
        world.fake.asked.acquire().await.unwrap().forget();
        for _ in 0..3 {
            assert!(begin(&router).await.starts_with(&goes), "by what is there");
        }
        assert_eq!(world.fake.asked.available_permits(), 0, "nobody else asked");
        world.fake.let_go.add_permits(1);
    };
    // The first one comes back only after the others did.
    let (first, ()) = tokio::join!(begin(&router), others);
    assert!(first.starts_with(&goes));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_linked_once_and_by_its_own_person() {
    let world = World::new().await;
    world.member("binh", "reporter");
    world.member("hoa", "reporter");
    assert_eq!(link(&world, "binh", "so-1").await.to, "/account");
    let taken = link(&world, "hoa", "so-1").await;
    assert!(taken.body.contains("Bạn đã gắn với một tài khoản khác"), "{}", taken.body);
    let (mut browser, answer) = visit(&world, "so-1", &[]).await;
    assert_eq!(answer.to, "/work");
    let page = browser.get("/account").await.body;
    assert!(page.contains("<b>binh</b>") && page.contains("đã gắn với Sở Nội vụ"), "{page}");

    // Who begins without the mark of the own page is not sent anywhere.
    let unmarked = browser.post("/account/provider", "form_secret=guessed").await;
    assert_eq!(unmarked.status, StatusCode::BAD_REQUEST);
    let found = thread::spawn({
        let entrance = world.site.entrance.clone();
        move || entrance.verify_recent().unwrap()
    });
    assert_eq!(found.join().unwrap(), []);
}

/// Sets up codes in the session of a cookie; whether that was taken.
fn set_up_codes(site: &Site, account: &Account, cookie: &str, proof: &str) -> bool {
    let token = cookie.split_once('=').unwrap().1;
    let now_ms = CLOCK.load(Ordering::SeqCst);
    let session = site.entrance.visitor(token, now_ms).unwrap().unwrap().session;
    let setup = site.entrance.begin_one_time_codes(account);
    let secret = Secret::try_from_base32(&setup.secret).unwrap();
    let seconds = u64::try_from(now_ms / 1_000).unwrap();
    let code = Builder::new().with_secret(secret).build_noncompliant().generate(seconds);
    let (code, proof) = (code.to_string(), proof.to_owned());
    site.entrance.confirm_one_time_codes(&session, &setup, &code, proof, now_ms).is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_accepts_an_invitation_through_a_provider_has_no_password() {
    let world = World::new().await;
    let entrance = world.site.entrance.clone();
    let unit = world.site.workspace.clone();
    let invited = thread::spawn(move || {
        let unit = unit.find_unit("06124", Some(TODAY)).unwrap();
        let draft = actions::accounts::Draft {
            login: "lan".to_owned(),
            name: "Lan".to_owned(),
            role: "reporter".to_owned(),
            unit: Some(unit),
            validity: domain::unit::Validity::default(),
        };
        let moment = actions::accounts::Moment { now_ms: NOW_MS, today: TODAY };
        entrance.create_account(&Actor::console(), draft, moment).unwrap()
    });
    let invited = invited.join().unwrap();
    let mut browser = Browser::at(&world.router());
    let page = browser.get(&format!("/invitations/{}", invited.secret)).await.body;
    let way = format!("/sign-in/provider?invitation={}", invited.secret);
    assert!(page.contains(&way) && page.contains("Nhận tài khoản qua Sở Nội vụ"), "{page}");
    let sent_to = browser.get(&way).await.to;
    world.prepare(&sent_to, "so-9", Fault::None, &[]);
    assert_eq!(browser.get(&back(&sent_to)).await.to, "/work");

    // Without a password one proves oneself by having come just now.
    let page = browser.get("/account/one-time-codes").await.body;
    assert!(!page.contains("type=\"password\""), "{page}");
    assert!(!browser.get("/account").await.body.contains("id=\"present\""));
    let (site, account) = (world.site.clone(), invited.account.clone());
    let token = browser.cookie.clone().unwrap();
    let set_up = move || {
        CLOCK.fetch_add(10 * 60_000, Ordering::SeqCst);
        let late = set_up_codes(&site, &account, &token, "");
        CLOCK.fetch_sub(10 * 60_000, Ordering::SeqCst);
        (late, set_up_codes(&site, &account, &token, ""))
    };
    assert_eq!(thread::spawn(set_up).join().unwrap(), (false, true), "late, then at once");

    let (entrance, account) = (world.site.entrance.clone(), invited.account);
    let again = thread::spawn(move || {
        let moment = actions::accounts::Moment { now_ms: NOW_MS, today: TODAY };
        entrance.invite_again(&Actor::console(), account.id, moment).unwrap()
    });
    let again = again.join().unwrap();
    let password = PASSWORD.replace(' ', "+");
    let address = format!("/invitations/{}", again.secret);
    let refused =
        Browser::at(&world.router()).post(&address, &format!("password={password}")).await;
    assert!(refused.body.contains("không đặt mật khẩu"), "{}", refused.body);
    let by_password = Browser::at(&world.router()).sign_in("lan").await;
    assert_eq!(by_password.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_of_the_provider_counts_only_when_that_was_set_up() {
    let mut world = World::new().await;
    let reviewer = world.member("duyet", "reviewer");
    link(&world, "duyet", "so-2").await;
    let methods = [("amr", json!(["pwd", "otp"]))];
    let (mut browser, answer) = visit(&world, "so-2", &methods).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/review").await.to, "/account/one-time-codes", "a code is asked for");
    world.factors = vec!["otp".to_owned()];
    let (mut browser, _) = visit(&world, "so-2", &methods).await;
    assert_eq!(browser.get("/review").await.status, StatusCode::OK);
    let (mut browser, _) = visit(&world, "so-2", &[("amr", json!(["pwd"]))]).await;
    assert_eq!(browser.get("/review").await.to, "/account/one-time-codes");

    // Whoever has codes gives one of them.
    let (site, token) = (world.site.clone(), browser.cookie.clone().unwrap());
    let set_up = move || set_up_codes(&site, &reviewer, &token, PASSWORD);
    assert!(thread::spawn(set_up).join().unwrap());
    let (mut browser, _) = visit(&world, "so-2", &[]).await;
    assert_eq!(browser.get("/review").await.to, "/account/code?next=%2Freview");
}
