//! Mail through the office's own server (SMTP): what is said to it, and what its answers mean.

use std::error::Error as _;
use std::time::{Duration, UNIX_EPOCH};

use domain::delivery::{Ended, Obstacle};
use lettre::message::Mailbox;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{Address, SmtpTransport, Transport as _};

/// How long a server may take for one answer.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// Answers about signing in (RFC 4954): it has to be done first, …
const SIGN_IN_FIRST: u16 = 530;
/// … not in this way, …
const WRONG_MECHANISM: u16 = 534;
/// … or not with this name and password.
const WRONG_SECRET: u16 = 535;

/// What an operator says of the mail server.
#[derive(Clone)]
pub struct Settings {
    /// Whether and how the connection is made secret.
    pub safety: Safety,
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// What this program signs in with; none where the server asks for nothing.
    pub credentials: Option<(String, String)>,
    /// The address that mails come from.
    pub sender: String,
    /// Certificates that are trusted beside those of the web, as PEM: an office's own authority.
    pub trusted: Option<Vec<u8>>,
}

/// How a connection to a mail server is made secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// From its first byte (`smtps://`).
    FromTheFirstByte,
    /// Before anything is said that matters (`smtp://`, STARTTLS); nothing is sent without.
    BeforeAnything,
    /// Not at all: a server on this machine.
    OnThisMachine,
}

/// A mail in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What makes a second one known as the same.
    pub id: String,
    /// To whom: an address that was checked.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When it is sent, in epoch milliseconds.
    pub sent_ms: i64,
}

/// A mail server.
pub struct Mailer {
    transport: SmtpTransport,
    sender: Address,
    name: String,
}

impl Settings {
    /// Reads the address of a server: `smtps://host`, `smtp://host:587`.
    #[must_use]
    pub fn server(text: &str) -> Option<(Safety, String, u16)> {
        let (scheme, rest) = text.split_once("://")?;
        let (host, port) = match rest.trim_end_matches('/').rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (rest.trim_end_matches('/'), None),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        if host.is_empty() || !host.bytes().all(plain) {
            return None;
        }
        let (safety, usual) = match scheme {
            "smtps" => (Safety::FromTheFirstByte, 465),
            "smtp" if host == "127.0.0.1" || host == "localhost" => (Safety::OnThisMachine, 25),
            "smtp" => (Safety::BeforeAnything, 587),
            _ => return None,
        };
        Some((safety, host.to_owned(), port.unwrap_or(usual)))
    }
}

impl Mailer {
    /// A server as an operator describes it; `name` stands before the sender's address.
    ///
    /// # Errors
    /// The sender is no address, the host no name of a server, or what is trusted no certificate.
    pub fn new(settings: &Settings, name: String) -> Result<Self, String> {
        let Settings { safety, host, port, credentials, sender, trusted } = settings;
        let parameters = || {
            let mut parameters = TlsParameters::builder(host.clone());
            if let Some(pem) = trusted {
                parameters = parameters.add_root_certificate(Certificate::from_pem(pem)?);
            }
            parameters.build()
        };
        let parameters = || parameters().map_err(|error| error.to_string());
        let tls = match safety {
            Safety::FromTheFirstByte => Tls::Wrapper(parameters()?),
            Safety::BeforeAnything => Tls::Required(parameters()?),
            Safety::OnThisMachine => Tls::None,
        };
        let builder = SmtpTransport::builder_dangerous(host.clone());
        let mut builder = builder.port(*port).tls(tls).timeout(Some(ANSWER_TIME));
        if let Some((user, secret)) = credentials.clone() {
            builder = builder.credentials(Credentials::new(user, secret));
        }
        let sender = sender.parse().map_err(|_| sender.clone())?;
        Ok(Self { transport: builder.build(), sender, name })
    }

    /// The address that mails come from.
    #[must_use]
    pub fn sender(&self) -> String {
        self.sender.to_string()
    }

    /// The part of the sender's address after the `@`, in which ids of mails are unique.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.sender.domain()
    }

    /// Sends a mail: how that ended, and the code that the server answered.
    #[must_use]
    pub fn send(&self, letter: &Letter) -> (Ended, Option<u16>) {
        let message = match self.message(letter) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(%error, "a mail could not be written");
                return (Ended::Refused, None);
            }
        };
        match self.transport.send(&message) {
            Ok(response) => (Ended::Taken, Some(response.code().into())),
            Err(error) => failed(&error),
        }
    }

    fn message(&self, letter: &Letter) -> Result<lettre::Message, String> {
        let Letter { id, to, subject, text, sent_ms } = letter;
        let to: Address = to.parse().map_err(|_| to.clone())?;
        let sent = UNIX_EPOCH + Duration::from_millis(u64::try_from(*sent_ms).unwrap_or_default());
        lettre::Message::builder()
            .from(Mailbox::new(Some(self.name.clone()), self.sender.clone()))
            .to(Mailbox::new(None, to))
            .subject(subject)
            .date(sent)
            .message_id(Some(format!("<{id}>")))
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::Base64)
            .body(text.clone())
            .map_err(|error| error.to_string())
    }
}

/// What a failure means. Answers about a receiver are 55x; with any other lasting one the server refuses
/// this program, so that every mail would end with it. What a server says may name the receiver, so only
/// its code is kept.
fn failed(error: &lettre::transport::smtp::Error) -> (Ended, Option<u16>) {
    let Some(code) = error.status().map(u16::from) else {
        tracing::warn!(%error, "the mail server cannot be spoken to");
        return (Ended::Unreachable(obstacle(error)), None);
    };
    tracing::warn!(code, "the mail server did not take a mail");
    let ended = match code {
        550..560 => Ended::Refused,
        // Whoever asks again for every mail is soon shut out for good.
        SIGN_IN_FIRST | WRONG_MECHANISM..=WRONG_SECRET => Ended::Unreachable(Obstacle::NotSignedIn),
        _ => Ended::Failed,
    };
    (ended, Some(code))
}

/// Why nothing could be said to a server. The library stops by itself, before anything is sent, where a
/// server offers no TLS or no way to sign in.
fn obstacle(error: &lettre::transport::smtp::Error) -> Obstacle {
    let mut cause = error.source();
    while let Some(at) = cause {
        let inner = at.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        let tls = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(rustls::Error::InvalidCertificate(_)) = tls {
            return Obstacle::NotTrusted;
        }
        cause = at.source();
    }
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    match (error.is_client(), said.contains("STARTTLS")) {
        (true, true) => Obstacle::NotSecret,
        (true, false) => Obstacle::NotSignedIn,
        (false, _) => Obstacle::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_off_this_machine_is_spoken_to_in_secret_only() {
        use Safety::{BeforeAnything, FromTheFirstByte, OnThisMachine};
        let cases = [
            ("smtps://mail.example.gov.vn", Some((FromTheFirstByte, "mail.example.gov.vn", 465))),
            ("smtp://mail.example.gov.vn", Some((BeforeAnything, "mail.example.gov.vn", 587))),
            ("smtp://mail.example.gov.vn:25/", Some((BeforeAnything, "mail.example.gov.vn", 25))),
            ("smtp://127.0.0.1:2525", Some((OnThisMachine, "127.0.0.1", 2525))),
            ("smtp://localhost", Some((OnThisMachine, "localhost", 25))),
            ("https://mail.example.gov.vn", None),
            ("smtp://user:secret@mail.example.gov.vn", None),
            ("smtp://", None),
            ("mail.example.gov.vn", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(safety, host, port)| (safety, host.to_owned(), port));
            assert_eq!(Settings::server(text), expected, "{text}");
        }
    }
}
