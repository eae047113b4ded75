//! Hostile requests: every route that takes something is sent what nobody sends by accident, and
//! answers in words, without reading more than it takes.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use actions::accounts::{Draft, Moment};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use axum::http::{Method, Request, StatusCode};
use domain::access::{Actor, standard_roles};
use domain::unit::Validity;
use futures_util::stream;
use server::web::routes::{Route, router, routes};
use tower::ServiceExt as _;
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::browser::{Answer, answer};
use super::site::{NOW_MS, TODAY, cookie, member, sample, site};

/// More than any route takes.
const TOO_MUCH: usize = 40 << 20;
const PIECE: usize = 16 << 10;

/// The most pairs that are sent, in bytes.
const MANY: usize = 1 << 20;

/// How long a request may take: a second in the program as it is shipped, which is several times faster
/// than as it is built for tests. The best of a few tries counts, because the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 5 } else { 1 });
const TRIES: usize = 3;

/// How long the next piece of a body may let the server wait in these tests.
const SENDING_TIME: Duration = Duration::from_millis(20);

/// Signing out takes nothing but the cookie, and is done whatever comes along with it.
const SIGN_OUT: &str = "/sign-out";

/// The fields of all forms.
const NAMES: [&str; 31] = [
    "id",
    "name",
    "login",
    "password",
    "code",
    "role",
    "unit",
    "until",
    "reason",
    "list",
    "text",
    "form",
    "period",
    "from",
    "due",
    "lines",
    "rules",
    "name_vi",
    "name_en",
    "ends",
    "to",
    "new",
    "present",
    "secret",
    "shown",
    "ids",
    "deed",
    "next",
    "revision",
    "version",
    "correction",
];

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data; boundary=line";

/// Somebody who holds every right, as a cookie and the mark of their forms.
struct Intruder {
    router: Router,
    cookie: String,
    form_secret: String,
    unit: i64,
    roles: usize,
}

fn intruder() -> Intruder {
    let made = thread::spawn(|| {
        let site = site(sample(), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        let account = member(&site, "ke-la", "administrator", "");
        let moment = Moment { now_ms: NOW_MS, today: TODAY };
        let roles = standard_roles();
        for role in &roles {
            let (login, name) = (account.login.clone(), account.name.clone());
            let (role, validity) = (role.code.clone(), Validity::default());
            let draft = Draft { login, name, role, unit: None, validity };
            site.entrance.grant(&Actor::console(), account.id, draft, moment).unwrap();
        }
        let cookie = cookie(&site, "ke-la");
        let token = cookie.split_once('=').unwrap().1;
        let session = site.entrance.visitor(token, NOW_MS).unwrap().unwrap().session;
        let unit = site.workspace.find_unit("06124-01", Some(TODAY)).unwrap().0;
        let router = router(site).layer(RequestBodyTimeoutLayer::new(SENDING_TIME));
        let form_secret = session.form_secret;
        Intruder { router, cookie, form_secret, unit, roles: roles.len() }
    });
    made.join().unwrap()
}

/// What is sent, again for every try.
type Sending = Box<dyn Fn(&Arc<AtomicUsize>) -> Body>;

struct Attack {
    name: &'static str,
    kind: &'static str,
    length: Option<usize>,
    body: Sending,
    /// Whether it can be what a page sends, so that something may come of it.
    is_plausible: bool,
}

fn attack(name: &'static str, kind: &'static str, text: String) -> Attack {
    let body = move |_: &Arc<AtomicUsize>| Body::from(text.clone());
    Attack { name, kind, length: None, body: Box::new(body), is_plausible: false }
}

/// A body in pieces that counts how much of it is taken; then it ends, breaks off or never comes.
fn pieces(name: &'static str, kind: &'static str, count: usize, end: End) -> Attack {
    let body = move |taken: &Arc<AtomicUsize>| {
        let taken = Arc::clone(taken);
        let pieces = (0..count).map(move |_| {
            taken.fetch_add(PIECE, Ordering::Relaxed);
            Ok::<_, std::io::Error>(Bytes::from_static(&[b'a'; PIECE]))
        });
        let pieces = stream::iter(pieces);
        match end {
            End::Whole => Body::from_stream(pieces),
            End::Broken => {
                let broken = std::io::Error::other("the line was cut");
                Body::from_stream(stream::StreamExt::chain(pieces, stream::iter([Err(broken)])))
            }
            End::Never => Body::from_stream(stream::StreamExt::chain(pieces, stream::pending())),
        }
    };
    Attack { name, kind, length: None, body: Box::new(body), is_plausible: false }
}

#[derive(Clone, Copy)]
enum End {
    Whole,
    Broken,
    Never,
}

/// What is sent to a route that takes so many bytes.
fn attacks(secret: &str, most: usize) -> Vec<Attack> {
    [garbled(), unending(), plausible(secret, most)].into_iter().flatten().collect()
}

/// What no page sends.
fn garbled() -> Vec<Attack> {
    let deep = "[".repeat(30_000);
    let nested = format!("a{}=1", "[a]".repeat(10_000));
    let part = format!("--line\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n{deep}");
    vec![
        attack("nothing", FORM, String::new()),
        attack("no kind", "", "form_secret=1".to_owned()),
        attack("noise", FORM, "\u{1}\u{2}%zz%ff%00&&==&".to_owned()),
        attack("text as JSON", "application/json", "form_secret=1".to_owned()),
        attack("a list without end", "application/json", deep.clone()),
        attack("an object without end", "application/json", "{\"form\":".repeat(8_000)),
        attack("a kind that nobody knows", "x/y; charset=\"", deep.clone()),
        attack("names within names", FORM, nested),
        attack("parts without a boundary", "multipart/form-data", deep),
        attack("a part without an end", PARTS, part),
        attack("thousands of parts", PARTS, "--line\r\n\r\n\r\n".repeat(4_000)),
        attack("squeezed", FORM, "\u{1f}\u{8b}\u{8}\u{0}".to_owned()),
    ]
}

/// What does not end, or ends too soon.
fn unending() -> Vec<Attack> {
    let flood = |name, kind| pieces(name, kind, TOO_MUCH / PIECE, End::Whole);
    vec![
        flood("too much", FORM),
        Attack { length: Some(TOO_MUCH), ..flood("too much, said", FORM) },
        flood("too much in parts", PARTS),
        flood("too much JSON", "application/json"),
        pieces("a line that was cut", FORM, 2, End::Broken),
        pieces("parts that were cut", PARTS, 2, End::Broken),
        pieces("half of something", FORM, 2, End::Never),
        pieces("half of a part", PARTS, 2, End::Never),
    ]
}

/// What looks like a form of the person's own page, with fields that nobody fills like that.
fn plausible(secret: &str, most: usize) -> Vec<Attack> {
    let many = |pair: &dyn Fn(usize) -> String| {
        let mut pairs = String::new();
        for at in 0.. {
            let pair = pair(at);
            if secret.len() + pairs.len() + pair.len() + 100 > most.min(MANY) {
                break;
            }
            pairs.push_str(&pair);
        }
        pairs
    };
    let each = |value: &str| NAMES.map(|name| format!("&{name}={value}")).concat();
    let filled = |name, rest: String| {
        let text = format!("form_secret={secret}{rest}");
        Attack { is_plausible: true, ..attack(name, FORM, text) }
    };
    vec![
        filled("the mark twice", format!("&form_secret={secret}")),
        filled("thousands of pairs", many(&|at| format!("&x{at}=1"))),
        filled("thousands of figures", many(&|at| format!("&text/I{at}/={at}"))),
        filled("thousands of rows", many(&|at| format!("&text/{at}/A01/=1"))),
        filled("thousands of cells", many(&|at| format!("&text/7/I{at}/=1"))),
        filled("strange letters everywhere", each("%00%07%E2%80%AE%F0%9F%92%A9<script>'--")),
        filled("endless numbers everywhere", each(&"9".repeat(800))),
        filled("days that are none", each("99999-99-99")),
        filled("numbers below everything", each("-9223372036854775809")),
    ]
}

/// Every route that takes something.
fn taking() -> impl Iterator<Item = Route> {
    routes().into_iter().filter(|route| route.method != Method::GET)
}

/// A route's address, as it would be for somebody's own things.
fn address(path: &str, unit: i64) -> String {
    let is_number = path.starts_with("/account");
    let id = if is_number { "999" } else { "00000000-0000-7000-8000-000000000001" };
    path.replace("{form}", "thon-thang")
        .replace("{unit}", &unit.to_string())
        .replace("{period}", "2023-06")
        .replace("{secret}", "made-up")
        .replace("{id}", id)
        .replace("{grant}", "999")
}

async fn send(
    intruder: &Intruder,
    method: &Method,
    address: &str,
    attack: &Attack,
    cookie: Option<&str>,
) -> (Answer, usize, Duration) {
    let taken = Arc::new(AtomicUsize::new(0));
    let mut request = Request::builder().method(method).uri(address);
    if !attack.kind.is_empty() {
        request = request.header(CONTENT_TYPE, attack.kind);
    }
    if let Some(length) = attack.length {
        request = request.header(CONTENT_LENGTH, length);
    }
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    request = request.header("dotpha-form-secret", &intruder.form_secret);
    let request = request.body((attack.body)(&taken)).unwrap();
    let begun = Instant::now();
    let response: Result<_, Infallible> = intruder.router.clone().oneshot(request).await;
    let answer = answer(response.unwrap()).await;
    (answer, taken.load(Ordering::Relaxed), begun.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_to_a_route_is_answered_soon_and_in_words() {
    let intruder = intruder();
    assert!(intruder.roles > 5, "somebody who may do everything");
    let (mut wrong, mut sent) = (Vec::new(), 0);
    for route in taking().filter(|route| route.path != SIGN_OUT) {
        let address = address(route.path, intruder.unit);
        let most = route.body_bytes_max() + 2 * PIECE;
        for attack in &attacks(&intruder.form_secret, route.body_bytes_max()) {
            let mut fastest = Duration::MAX;
            for _ in 0..TRIES {
                let cookie = Some(intruder.cookie.as_str());
                let (answer, taken, time) =
                    send(&intruder, &route.method, &address, attack, cookie).await;
                sent += 1;
                let Answer { status, body, .. } = &answer;
                let is_refused = status.is_client_error();
                let place = format!("{} {address}: {}: {status}", route.method, attack.name);
                if !is_refused
                    && !(attack.is_plausible
                        && (status.is_redirection() || *status == StatusCode::OK))
                {
                    wrong.push(format!("{place}: not refused"));
                }
                if is_refused && !(body.contains("<h1>") || body.contains("\"detail\":")) {
                    wrong.push(format!("{place}: not in words: {body}"));
                }
                if taken > most {
                    wrong.push(format!("{place}: {taken} bytes were taken of {most}"));
                }
                fastest = fastest.min(time);
                if fastest <= PATIENCE {
                    break;
                }
            }
            if fastest > PATIENCE {
                wrong.push(format!("{address}: {}: took {fastest:?}", attack.name));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "of {sent}");
    println!("{sent} hostile requests were refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_strangers_send_to_guarded_routes_nothing_is_read() {
    let intruder = intruder();
    let attack = pieces("too much", FORM, TOO_MUCH / PIECE, End::Whole);
    for route in taking() {
        if route.policy == server::web::session::Policy::Anyone {
            continue;
        }
        let address = address(route.path, intruder.unit);
        let (answer, taken, _) = send(&intruder, &route.method, &address, &attack, None).await;
        assert!(answer.to.starts_with("/sign-in"), "{address}: {}", answer.status);
        assert_eq!(taken, 0, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_reads_nothing() {
    let intruder = intruder();
    let attack = pieces("too much", FORM, TOO_MUCH / PIECE, End::Never);
    let cookie = Some(intruder.cookie.as_str());
    let (answer, taken, _) = send(&intruder, &Method::POST, SIGN_OUT, &attack, cookie).await;
    assert_eq!((answer.to.as_str(), taken), ("/sign-in", 0), "{}", answer.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_handler_could_read_is_refused_in_both_languages() {
    let intruder = intruder();
    let long = format!("/search?q={}", "a".repeat(5_000));
    let ask = async |method: &str, address: &str, lang: &str, site: &str| {
        let request = Request::builder().method(method).uri(address);
        let request = request.header("accept-language", lang).header("sec-fetch-site", site);
        let request = request.header(COOKIE, &intruder.cookie).body(Body::empty()).unwrap();
        answer(intruder.router.clone().oneshot(request).await.unwrap()).await
    };
    let own = "same-origin";
    let cases = [
        ("GET", long.as_str(), "vi", own, 414, "Địa chỉ dài quá mức nhận"),
        ("GET", long.as_str(), "en", own, 414, "The address is longer"),
        ("DELETE", "/units", "vi", own, 405, "Trang này không nhận kiểu yêu cầu đó"),
        ("DELETE", "/units", "en", own, 405, "does not take such a request"),
        ("POST", "/account/password", "vi", own, 415, "không đọc được nội dung"),
        ("POST", "/sign-out", "vi", "cross-site", 403, "đến từ một trang khác"),
        ("POST", "/account/sessions/x/end", "en", own, 400, "could not read"),
    ];
    for (method, address, lang, site, status, words) in cases {
        let answer = ask(method, address, lang, site).await;
        let place = &address[..address.len().min(40)];
        assert_eq!(answer.status.as_u16(), status, "{method} {place}: {}", answer.body);
        assert!(answer.body.contains(words), "{method} {place}: {}", answer.body);
        if status == 405 {
            assert!(!answer.header("allow").is_empty(), "{place}");
        }
        assert!(!answer.header("content-security-policy").is_empty(), "{place}");
    }
}
