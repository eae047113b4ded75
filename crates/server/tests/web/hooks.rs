//! Webhooks, against receivers that really answer: signed, in little time, never into private networks.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use actions::accounts::Moment;
use actions::tasks::give::Time;
use actions::urging::hooks::NewHook;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use domain::access::Actor;
use domain::delivery::Ended;
use domain::hook::Reach;
use jiff::civil::date;
use server::clock;
use server::hooks::{Courier, LIMIT, Signed, written};
use server::urging::{Channels, post};
use server::web::routes::router;
use server::web::site::Site;
use standardwebhooks::Webhook;

use super::browser::{Browser, hidden};
use super::calendar::give;
use super::site::{NOW_MS, TODAY, cookie, member, sample, site};

/// How long a receiver may take here.
const SHORT: Duration = Duration::from_millis(300);

/// Receives one request and answers it; gives back its head and its body.
fn received(answer: &'static str) -> (u16, thread::JoinHandle<(String, String)>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let lower = line.to_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
            head.push_str(&line);
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        stream.write_all(answer.as_bytes()).unwrap();
        (head, String::from_utf8(body).unwrap())
    });
    (port, serving)
}

fn signed(address: String) -> Signed {
    // The library that checks it knows the time itself.
    let seconds = clock::now_ms() / 1_000;
    let (id, body) = ("msg_1_2".to_owned(), "{\"text\":\"Nhắc việc\"}".to_owned());
    Signed { address, id, seconds, secret: vec![7; 32], body }
}

fn headers(head: &str) -> HeaderMap {
    let pairs = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let read = |(name, value): (&str, &str)| {
        (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value.trim()).unwrap())
    };
    pairs.map(read).collect()
}

#[test]
fn what_is_sent_bears_a_signature_that_another_library_accepts() {
    let (port, receiving) = received("HTTP/1.1 204 No Content\r\n\r\n");
    let signed = signed(format!("http://127.0.0.1:{port}/hook?key=1"));
    let sent = Courier::new(Reach::Anywhere, LIMIT).send(&signed);
    assert_eq!(sent, (Ended::Taken, Some(204)));
    let (head, body) = receiving.join().unwrap();
    assert!(head.starts_with("POST /hook?key=1 HTTP/1.1\r\n"), "{head}");
    assert_eq!(body, signed.body);
    let webhook = Webhook::new(&written(&signed.secret)).unwrap();
    let mut headers = headers(&head);
    webhook.verify(body.as_bytes(), &headers).unwrap();
    webhook.verify(body.replace("Nhắc", "Quên").as_bytes(), &headers).unwrap_err();
    let other = Webhook::new(&written(&[8; 32])).unwrap();
    other.verify(body.as_bytes(), &headers).unwrap_err();
    headers.insert("webhook-id", HeaderValue::from_static("msg_1_3"));
    webhook.verify(body.as_bytes(), &headers).unwrap_err();
}

#[test]
fn answers_mean_what_they_say_and_lead_nowhere() {
    let elsewhere = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let target = elsewhere.local_addr().unwrap().port();
    let redirect: &'static str = Box::leak(
        format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{target}/\r\ncontent-length: 0\r\n\r\n")
            .into_boxed_str(),
    );
    let cases = [
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", (Ended::Taken, Some(200))),
        (redirect, (Ended::Failed, Some(307))),
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", (Ended::Failed, Some(404))),
        ("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n", (Ended::Gone, Some(410))),
        ("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", (Ended::Failed, Some(503))),
        ("SSH-2.0-server\r\n", (Ended::Failed, None)),
    ];
    for (answer, expected) in cases {
        let (port, receiving) = received(answer);
        let signed = signed(format!("http://127.0.0.1:{port}/"));
        assert_eq!(Courier::new(Reach::Anywhere, LIMIT).send(&signed), expected, "{answer}");
        receiving.join().unwrap();
    }
    assert!(elsewhere.accept().is_err(), "nobody follows a redirection");
}

#[test]
fn a_receiver_that_hangs_is_left_after_the_limit() {
    // It takes the connection and never answers.
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = silent.local_addr().unwrap().port();
    let courier = Courier::new(Reach::Anywhere, SHORT);
    let sent = courier.send(&signed(format!("http://127.0.0.1:{port}/")));
    assert_eq!(sent, (Ended::Failed, None));
}

#[test]
fn nothing_is_sent_into_private_networks_however_they_are_written() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let courier = Courier::new(Reach::Public, SHORT);
    let hosts = [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::]",
    ];
    for host in hosts {
        for scheme in ["https", "http"] {
            let sent = courier.send(&signed(format!("{scheme}://{host}:{port}/")));
            assert_eq!(sent, (Ended::Failed, None), "{scheme}://{host}");
            assert!(listener.accept().is_err(), "{scheme}://{host}: nobody connects");
        }
    }
}

fn channels(reach: Reach) -> Channels {
    let courier = Arc::new(Courier::new(reach, SHORT));
    Channels { mailer: None, courier, root: "https://so-lieu.example.vn".to_owned() }
}

/// A site with a webhook of a commune, which is reminded of a task.
fn reminded(port: u16) -> Site {
    let site = site(sample(), None);
    let unit = site.workspace.find_unit("06124", Some(TODAY)).unwrap();
    let address = format!("http://127.0.0.1:{port}/nhom");
    let new = NewHook { unit, address, language: "vi".to_owned() };
    site.entrance.make_hook(&Actor::console(), site.moment(), &new, Reach::Anywhere).unwrap();
    give(&site, Time::By(date(2023, 7, 4)));
    site.workspace.urge(site.moment()).unwrap();
    site
}

#[test]
fn a_run_of_reminders_arrives_as_json_with_a_text_for_a_chat_group() {
    let (port, receiving) = received("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let site = reminded(port);
    let send = |reach, now_ms| {
        let moment = Moment { now_ms, today: TODAY };
        post(&site.workspace, &site.entrance, &channels(reach), moment).unwrap()
    };
    assert_eq!(send(Reach::Public, NOW_MS), 0, "the address is on this machine");
    assert_eq!(send(Reach::Anywhere, NOW_MS + 1), 0, "it is tried again later");
    assert_eq!(send(Reach::Anywhere, NOW_MS + 6 * 60_000), 1);
    let (head, body) = receiving.join().unwrap();
    assert!(head.contains(&format!("webhook-id: msg_1_{NOW_MS}\r\n")), "{head}");
    let said: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(said["type"], "urging.reminders");
    assert_eq!(said["data"]["unit"], "06124");
    let text = said["data"]["text"].as_str().unwrap();
    assert!(text.starts_with("Nhắc việc Thị trấn Na Sầm\n"), "{text}");
    assert!(text.contains("Rà soát hộ nghèo"), "{text}");
    assert!(text.contains("https://so-lieu.example.vn/tasks/1"), "{text}");
    let first = &said["data"]["reminders"][0];
    assert_eq!(first["deadline"], "2023-07-04", "{body}");
    assert_eq!(first["days_over"], -3, "{body}");
    assert_eq!(first["address"], "https://so-lieu.example.vn/tasks/1");
    assert_eq!(send(Reach::Anywhere, NOW_MS + 60 * 60_000), 0, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planner_adds_a_webhook_sees_its_secret_once_and_ends_it() {
    let (router, cookie) = tokio::task::spawn_blocking(|| {
        let site = site(sample(), None);
        member(&site, "ke-hoach", "planner", "");
        let cookie = cookie(&site, "ke-hoach");
        (router(site), cookie)
    })
    .await
    .unwrap();
    let mut browser = Browser::at(&router);
    browser.cookie = Some(cookie);
    assert!(browser.get("/urging").await.body.contains("href=\"/urging/hooks\""));
    let page = browser.get("/urging/hooks").await.body;
    let secret = hidden(&page, "form_secret");
    let form = |address: &str| format!("form_secret={secret}&unit=06124&address={address}");
    let inside = browser.post("/urging/hooks", &form("https://10.0.0.1/x")).await;
    assert_eq!(inside.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(inside.body.contains("dẫn vào mạng nội bộ"), "{}", inside.body);
    assert!(inside.body.contains("value=\"https://10.0.0.1/x\""), "{}", inside.body);
    let made = browser.post("/urging/hooks", &form("https://chat.example.vn/bi-mat")).await.body;
    assert!(made.contains("whsec_"), "{made}");
    let page = browser.get("/urging/hooks").await.body;
    assert!(page.contains("chat.example.vn"), "{page}");
    assert!(!page.contains("whsec_") && !page.contains("bi-mat"), "shown once: {page}");
    let ended = browser.post("/urging/hooks/1/end", &format!("form_secret={secret}")).await;
    assert_eq!(ended.to, "/urging/hooks");
    assert!(!browser.get("/urging/hooks").await.body.contains("chat.example.vn"));
}
