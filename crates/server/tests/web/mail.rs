//! Reminders by mail, against a mail server that really takes them.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use actions::accounts::Moment;
use actions::mailing::Mail;
use actions::tasks::give::Time;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::hook::Reach;
use jiff::civil::date;
use server::hooks::{Courier, LIMIT};
use server::mail::{Mailer, Safety, Settings};
use server::urging::{Channels, deliver};
use server::web::routes::router;
use server::web::site::Site;

use super::browser::{Browser, hidden};
use super::calendar::give;
use super::site::{NOW_MS, TODAY, cookie, member, sample, site};

const HOUR_MS: i64 = 60 * 60 * 1_000;

/// What a server does with a mail.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Takes,
    /// Takes it and is gone before it says so.
    TakesInSilence,
    /// Knows no such receiver.
    Refuses,
}

/// Serves connections on a port until `mails` of them were served; gives back the mails.
fn served(listener: TcpListener, manners: Vec<Manner>) -> thread::JoinHandle<Vec<String>> {
    thread::spawn(move || {
        let taken = Mutex::new(Vec::new());
        for manner in manners {
            let (stream, _) = listener.accept().unwrap();
            converse(stream, manner, &taken);
        }
        taken.into_inner().unwrap()
    })
}

fn converse(stream: TcpStream, manner: Manner, taken: &Mutex<Vec<String>>) {
    let mut out = stream.try_clone().unwrap();
    let mut say = move |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).is_ok();
    let mut lines = BufReader::new(stream).lines();
    say("220 mail.example.vn");
    while let Some(Ok(line)) = lines.next() {
        let known = match line.split([' ', ':']).next().unwrap().to_uppercase().as_str() {
            "EHLO" | "MAIL" | "RSET" | "NOOP" => say("250 ok"),
            "RCPT" if manner == Manner::Refuses => say("550 5.1.1 no such receiver"),
            "RCPT" => say("250 ok"),
            "DATA" => {
                say("354 go on");
                let mail = lines.by_ref().map_while(Result::ok).take_while(|line| line != ".");
                taken.lock().unwrap().push(mail.collect::<Vec<String>>().join("\n"));
                if manner == Manner::TakesInSilence {
                    return;
                }
                say("250 2.0.0 taken")
            }
            "QUIT" => {
                say("221 bye");
                return;
            }
            _ => say("502 what"),
        };
        if !known {
            return;
        }
    }
}

/// A header of a mail, and its text.
fn header(mail: &str, name: &str) -> String {
    let line = mail.lines().find(|line| line.starts_with(&format!("{name}: ")));
    line.unwrap_or_default().to_owned()
}

fn text(mail: &str) -> String {
    let (_, body) = mail.split_once("\n\n").unwrap();
    String::from_utf8(STANDARD.decode(body.replace('\n', "")).unwrap()).unwrap()
}

fn channels(port: u16) -> Channels {
    let settings = Settings {
        safety: Safety::OnThisMachine,
        host: "127.0.0.1".to_owned(),
        port,
        credentials: None,
        sender: "nhac-viec@example.vn".to_owned(),
        trusted: None,
    };
    channels_by(&settings)
}

/// What reminders are sent with by a mail server.
pub(crate) fn channels_by(settings: &Settings) -> Channels {
    let mailer = Arc::new(Mailer::new(settings, "Nhắc việc".to_owned()).unwrap());
    let courier = Arc::new(Courier::new(Reach::Public, LIMIT));
    Channels { mailer: Some(mailer), courier, root: "https://so-lieu.example.vn".to_owned() }
}

/// A site whose officer has an address and is reminded of a task.
pub(crate) fn reminded() -> Site {
    let site = site(sample(), None);
    let officer = member(&site, "can-bo", "reporter", "06124");
    let mail = Mail { address: "can.bo@example.vn".to_owned(), language: "vi".to_owned() };
    site.entrance.set_mail(officer.id, &mail, NOW_MS).unwrap();
    give(&site, Time::By(date(2023, 7, 4)));
    site.workspace.urge(site.moment()).unwrap();
    site
}

pub(crate) fn after(hours: i64) -> Moment {
    Moment { now_ms: NOW_MS + hours * HOUR_MS, today: TODAY }
}

pub(crate) fn listener(port: u16) -> TcpListener {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap()
}

#[test]
fn a_mail_arrives_a_day_after_the_server_was_down_and_once_under_one_id() {
    let site = reminded();
    let closed = listener(0);
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let sent = |hours| deliver(&site.workspace, &channels(port), after(hours)).unwrap();
    let without = Channels { mailer: None, ..channels(port) };
    assert_eq!(deliver(&site.workspace, &without, after(0)).unwrap(), 0, "there is no server");
    assert_eq!(sent(1), 0, "nobody listens");
    assert_eq!(sent(1), 0, "and it is not asked again at once");

    let server = served(listener(port), vec![Manner::TakesInSilence, Manner::Takes]);
    assert_eq!(sent(24), 0, "taken, and gone before it said so");
    assert_eq!(sent(30), 0, "nobody is disturbed in the evening");
    assert_eq!(sent(40), 1);
    assert_eq!(sent(66), 0, "there is nothing more to send");
    let mails = server.join().unwrap();
    let [first, second] = &mails[..] else { panic!("{mails:?}") };
    let mark = header(first, "Message-ID");
    assert_eq!(mark, header(second, "Message-ID"), "by which the receiver knows them as one");
    assert_eq!(mark, format!("Message-ID: <1.{NOW_MS}@example.vn>"));
    assert_eq!(header(first, "To"), "To: can.bo@example.vn");
    assert!(header(first, "From").ends_with("<nhac-viec@example.vn>"), "{first}");
    let text = text(second);
    for said in [
        "Kính gửi can-bo,",
        "Rà soát hộ nghèo, lập danh sách; báo cáo: hạn 04/7/2023, còn 3 ngày",
        "https://so-lieu.example.vn/tasks/1",
        "https://so-lieu.example.vn/work",
        "https://so-lieu.example.vn/account",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_urging_says_that_an_address_is_not_taken_and_its_owner_mends_it() {
    let (router, cookie) = tokio::task::spawn_blocking(|| {
        let site = reminded();
        let listening = listener(0);
        let port = listening.local_addr().unwrap().port();
        let server = served(listening, vec![Manner::Refuses]);
        assert_eq!(deliver(&site.workspace, &channels(port), after(0)).unwrap(), 0);
        assert_eq!(server.join().unwrap(), Vec::<String>::new());
        let cookie = cookie(&site, "can-bo");
        (router(site), cookie)
    })
    .await
    .unwrap();
    let mut browser = Browser::at(&router);
    browser.cookie = Some(cookie);
    let page = browser.get("/urging").await.body;
    assert!(page.contains("<b>can-bo</b>"), "{page}");
    assert!(page.contains("Máy chủ thư không nhận"), "{page}");
    assert!(page.contains("550"), "{page}");

    let page = browser.get("/account").await.body;
    assert!(page.contains("value=\"can.bo@example.vn\""), "{page}");
    let secret = hidden(&page, "form_secret");
    let form = |mail: &str| format!("form_secret={secret}&language=en&mail={mail}");
    let wrong = browser.post("/account/mail", &form("can.bo")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("“can.bo” không phải là địa chỉ thư điện tử"), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"can.bo\""), "what was typed stays: {}", wrong.body);
    assert_eq!(browser.post("/account/mail", &form("moi@example.vn")).await.to, "/account");
    let page = browser.get("/account").await.body;
    assert!(page.contains("value=\"moi@example.vn\""), "{page}");
    assert!(page.contains("<option value=\"en\" selected"), "{page}");
}
