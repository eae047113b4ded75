//! Mail goes out in secret only, to a server that is the one it says, and signed in where that is asked
//! for; what is in the way is said to people, and the mail waits.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use server::mail::{Safety, Settings};
use server::urging::deliver;
use server::web::routes::router;
use server::web::site::Site;

use super::browser::Browser;
use super::mail::{after, channels_by, listener, reminded};
use super::site::cookie;

/// The one who may sign in at the servers that ask for it.
const USER: &str = "dotpha";
const SECRET: &str = "mật khẩu gửi thư";

/// A mail server of a test.
#[derive(Clone, Copy)]
struct Manners {
    /// Whether it speaks TLS from the first byte, offers it, or has none.
    tls: Offered,
    /// Whether it takes mails only from those who signed in.
    is_guarded: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Offered {
    FromTheFirstByte,
    OnAsking,
    Never,
}

/// What a server saw of a mail, in clear or not.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    /// Lines of mails that came in secret, in clear.
    mails: [usize; 2],
    /// Whether a password was said in clear.
    leaked: bool,
}

/// A certificate for a name, and the server's side of it.
fn certificate(name: &str) -> (Vec<u8>, Arc<ServerConfig>) {
    let CertifiedKey { cert, key_pair } =
        generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key_pair.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (cert.pem().into_bytes(), Arc::new(config))
}

/// Serves one connection; gives back what it saw.
fn served(
    listener: TcpListener,
    manners: Manners,
    config: Arc<ServerConfig>,
) -> thread::JoinHandle<Seen> {
    thread::spawn(move || {
        let mut seen = Seen::default();
        let (mut plain, _) = listener.accept().unwrap();
        let secret = |plain: TcpStream| {
            StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), plain)
        };
        if manners.tls == Offered::FromTheFirstByte {
            converse(&mut secret(plain), manners, Stage::Secret, &mut seen);
        } else if converse(&mut plain, manners, Stage::Open, &mut seen) == Next::Secret {
            converse(&mut secret(plain), manners, Stage::Upgraded, &mut seen);
        }
        seen
    })
}

/// How a conversation stands: in clear, in secret from the beginning, or since a moment.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Open,
    Secret,
    Upgraded,
}

#[derive(PartialEq)]
enum Next {
    Secret,
    End,
}

fn converse(
    stream: &mut (impl Read + Write),
    manners: Manners,
    stage: Stage,
    seen: &mut Seen,
) -> Next {
    let is_open = stage == Stage::Open;
    let mut is_signed_in = !manners.is_guarded;
    let greeting = if stage == Stage::Upgraded { Ok(()) } else { say(stream, "220 thu") };
    if greeting.is_err() {
        return Next::End;
    }
    while let Some(line) = line(stream) {
        let answer = match line.split([' ', ':']).next().unwrap().to_uppercase().as_str() {
            "EHLO" if is_open && manners.tls == Offered::OnAsking => "250-thu\r\n250 STARTTLS",
            "EHLO" if manners.is_guarded => "250-thu\r\n250 AUTH PLAIN",
            "STARTTLS" if manners.tls == Offered::OnAsking => {
                return say(stream, "220 go on").map_or(Next::End, |()| Next::Secret);
            }
            "AUTH" => {
                seen.leaked |= is_open;
                let said = line.rsplit(' ').next().unwrap();
                let expected = STANDARD.encode(format!("\0{USER}\0{SECRET}"));
                is_signed_in = said == expected;
                if is_signed_in { "235 in" } else { "535 5.7.8 not with these" }
            }
            "MAIL" if !is_signed_in => "530 sign in first",
            "EHLO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 ok",
            "DATA" => {
                say(stream, "354 go on").unwrap();
                while self::line(stream).is_some_and(|line| line != ".") {
                    seen.mails[usize::from(is_open)] += 1;
                }
                "250 taken"
            }
            "QUIT" => {
                drop(say(stream, "221 bye"));
                return Next::End;
            }
            _ => "502 what",
        };
        if say(stream, answer).is_err() {
            break;
        }
    }
    Next::End
}

fn say(stream: &mut impl Write, text: &str) -> std::io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes())?;
    stream.flush()
}

/// The next line; none when the other side is gone.
fn line(stream: &mut impl Read) -> Option<String> {
    let (mut bytes, mut one) = (Vec::new(), [0]);
    while !bytes.ends_with(b"\r\n") {
        match stream.read(&mut one) {
            Ok(1) => bytes.push(one[0]),
            Ok(_) | Err(_) => return None,
        }
    }
    Some(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

/// A case: how the program is set up, how the server is, and what becomes of the mail.
struct Case {
    name: &'static str,
    safety: Safety,
    manners: Manners,
    /// The name in the certificate.
    certified: &'static str,
    is_trusted: bool,
    password: Option<&'static str>,
    /// What the page of urging says; empty where the mail was sent.
    said: &'static str,
}

const HOST: &str = "localhost";

/// A server that offers TLS on asking and asks nobody to sign in, and a mail that goes out.
const PLAIN: Case = Case {
    name: "STARTTLS is offered",
    safety: Safety::BeforeAnything,
    manners: Manners { tls: Offered::OnAsking, is_guarded: false },
    certified: HOST,
    is_trusted: true,
    password: None,
    said: "",
};

const WRAPPED: Manners = Manners { tls: Offered::FromTheFirstByte, is_guarded: false };
const GUARDED: Manners = Manners { tls: Offered::OnAsking, is_guarded: true };

fn cases() -> [Case; 10] {
    let not_trusted = "chứng thư số của máy chủ thư không đáng tin";
    let not_signed_in = "máy chủ thư không cho đăng nhập";
    [
        PLAIN,
        Case {
            name: "TLS from the first byte",
            safety: Safety::FromTheFirstByte,
            manners: WRAPPED,
            ..PLAIN
        },
        Case { name: "signed in", manners: GUARDED, password: Some(SECRET), ..PLAIN },
        Case {
            name: "STARTTLS is not offered",
            manners: Manners { tls: Offered::Never, is_guarded: true },
            password: Some(SECRET),
            said: "máy chủ thư không mã hóa đường truyền",
            ..PLAIN
        },
        Case { name: "of somebody else", certified: "thu.khac.vn", said: not_trusted, ..PLAIN },
        Case { name: "of nobody known", is_trusted: false, said: not_trusted, ..PLAIN },
        Case {
            name: "of nobody known, from the first byte",
            safety: Safety::FromTheFirstByte,
            manners: WRAPPED,
            is_trusted: false,
            said: not_trusted,
            ..PLAIN
        },
        Case {
            name: "a wrong password",
            manners: GUARDED,
            password: Some("sai"),
            said: not_signed_in,
            ..PLAIN
        },
        Case { name: "nobody signs in", manners: GUARDED, said: not_signed_in, ..PLAIN },
        Case { name: "nobody can sign in", password: Some(SECRET), said: not_signed_in, ..PLAIN },
    ]
}

/// Sends the mail that waits, over a server of the case; gives back what the server saw of it.
fn sent(site: &Site, case: &Case) -> (usize, Seen) {
    let (pem, config) = certificate(case.certified);
    let listening = listener(0);
    let settings = Settings {
        safety: case.safety,
        host: HOST.to_owned(),
        port: listening.local_addr().unwrap().port(),
        credentials: case.password.map(|secret| (USER.to_owned(), secret.to_owned())),
        sender: "nhac-viec@example.vn".to_owned(),
        trusted: case.is_trusted.then_some(pem),
    };
    let server = served(listening, case.manners, config);
    let taken = deliver(&site.workspace, &channels_by(&settings), after(0)).unwrap();
    (taken, server.join().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_goes_out_in_secret_or_waits_and_the_page_says_what_is_in_the_way() {
    for case in cases() {
        let name = case.name;
        let (said, goes) = (case.said, case.said.is_empty());
        let (taken, seen, site) = tokio::task::spawn_blocking(move || {
            let site = reminded();
            let (taken, seen) = sent(&site, &case);
            (taken, seen, site)
        })
        .await
        .unwrap();
        assert_eq!(taken, usize::from(goes), "{name}");
        let [secret, clear] = seen.mails;
        assert_eq!((secret > 0, clear, seen.leaked), (goes, 0, false), "{name}: {seen:?}");
        let cookie = tokio::task::spawn_blocking({
            let site = site.clone();
            move || cookie(&site, "can-bo")
        });
        let mut browser = Browser::at(&router(site));
        browser.cookie = Some(cookie.await.unwrap());
        let page = browser.get("/urging").await.body;
        let waits = page.contains("Chưa gửi được, sẽ gửi lại lúc");
        assert_eq!(waits, !goes, "{name}: {page}");
        assert!(page.contains(said), "{name}: {said}: {page}");
        for secret in [SECRET, USER] {
            assert!(!page.contains(&format!("{secret} ")), "{name}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_without_a_mail_server_says_so_and_one_with_it_names_the_sender() {
    let site = tokio::task::spawn_blocking(|| {
        let site = reminded();
        let without = server::urging::Channels { mailer: None, ..nobody() };
        assert_eq!(deliver(&site.workspace, &without, after(0)).unwrap(), 0);
        let cookie = cookie(&site, "can-bo");
        (site, cookie)
    });
    let (site, cookie) = site.await.unwrap();
    let with = Site { sender: Some("nhac-viec@example.vn".to_owned()), ..site.clone() };
    let cases = [
        (site.clone(), "/account", "Cơ quan chưa nối máy chủ thư nên hiện không có thư nào"),
        (site, "/urging", "cơ quan chưa nối máy chủ thư"),
        (with, "/account", "Thư được gửi từ địa chỉ nhac-viec@example.vn"),
    ];
    for (site, path, said) in cases {
        let mut browser = Browser::at(&router(site));
        browser.cookie = Some(cookie.clone());
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
}

/// Channels to a server that nobody asks.
fn nobody() -> server::urging::Channels {
    channels_by(&Settings {
        safety: Safety::OnThisMachine,
        host: HOST.to_owned(),
        port: 25,
        credentials: None,
        sender: "nhac-viec@example.vn".to_owned(),
        trusted: None,
    })
}
