//! Deliveries: reminders on their way to a person by mail or to a webhook, and when one is tried again.

use crate::access::AccountId;
use crate::hook::HookId;

/// To whom a delivery goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipient {
    /// To a person, by mail.
    Account(AccountId),
    /// To a webhook.
    Hook(HookId),
}

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It waits for its first try, or for the next one.
    Waiting,
    /// A try was begun. Where the program ended before it learnt the outcome, it is tried again under
    /// the same mark, by which the receiver knows a second one.
    Sending,
    /// The server of the office has taken it.
    Arrived,
    /// That server takes nothing for this address, so it is not tried again.
    Refused,
    /// The server could not be reached for too long.
    GivenUp,
    /// What it would have said was done in the meantime, or nobody waits for it any more.
    Needless,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Sending, Self::Arrived, Self::Refused, Self::GivenUp, Self::Needless];

    /// Whether it is still to be tried, or being tried.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Sending => true,
            Self::Arrived | Self::Refused | Self::GivenUp | Self::Needless => false,
        }
    }

    /// The code in the database and in the ledger.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Arrived => "arrived",
            Self::Refused => "refused",
            Self::GivenUp => "given-up",
            Self::Needless => "needless",
        }
    }

    /// The state with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The server has taken it.
    Taken,
    /// The server takes nothing for this address.
    Refused,
    /// It did not work now for this address.
    Failed,
    /// The server could not be spoken to.
    Unreachable(Obstacle),
    /// The receiver says that nothing is taken there any more.
    Gone,
}

/// Why a mail server was not spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// The office has none.
    NoServer,
    /// It does not answer, or not as a mail server does.
    Silent,
    /// It does not offer to make the connection secret.
    NotSecret,
    /// Its certificate is not trusted for its name.
    NotTrusted,
    /// It does not let this program sign in.
    NotSignedIn,
}

impl Obstacle {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::NoServer, Self::Silent, Self::NotSecret, Self::NotTrusted, Self::NotSignedIn];

    /// The code in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoServer => "no-server",
            Self::Silent => "silent",
            Self::NotSecret => "not-secret",
            Self::NotTrusted => "not-trusted",
            Self::NotSignedIn => "not-signed-in",
        }
    }

    /// The obstacle with a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|obstacle| obstacle.code() == code)
    }
}

const MINUTE_MS: i64 = 60_000;

/// How long a delivery is tried, from when it was noted.
pub const LASTS_MS: i64 = 3 * 24 * 60 * MINUTE_MS;

/// The pauses after the first tries, in minutes; the last one is kept to.
const PAUSES: [i64; 5] = [5, 15, 60, 240, 480];

/// When a delivery is tried again that was noted at one moment and has failed so many times, the last
/// time now; none once it is given up.
#[must_use]
pub fn next_try(noted_ms: i64, tries: u32, now_ms: i64) -> Option<i64> {
    let index = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    let minutes = PAUSES[index.min(PAUSES.len() - 1)];
    let next = now_ms + minutes * MINUTE_MS;
    (next < noted_ms + LASTS_MS).then_some(next)
}

/// The longest mail address, in bytes (RFC 5321).
const ADDRESS_MAX: usize = 254;

/// Reads a mail address as people type it: a name, `@`, and a host with a dot. Nothing in it could end a
/// line of a mail or name a second receiver.
#[must_use]
pub fn address(typed: &str) -> Option<String> {
    let address = typed.trim();
    let (name, host) = address.split_once('@')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    let is_host = host.bytes().all(plain)
        && host.contains('.')
        && host.split('.').all(|part| !part.is_empty() && !part.starts_with('-'));
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b".-_+'".contains(&byte);
    let is_name =
        !name.is_empty() && name.bytes().all(named) && name.split('.').all(|part| !part.is_empty());
    (address.len() <= ADDRESS_MAX && is_host && is_name).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_and_after_three_days_it_is_given_up() {
        let (mut now, mut tries, mut pauses) = (0, 1, Vec::new());
        while let Some(next) = next_try(0, tries, now) {
            pauses.push((next - now) / MINUTE_MS);
            (now, tries) = (next, tries + 1);
        }
        assert_eq!(pauses, [5, 15, 60, 240, 480, 480, 480, 480, 480, 480, 480, 480]);
        assert!(now < LASTS_MS && LASTS_MS - now <= 480 * MINUTE_MS);
    }

    #[test]
    fn an_address_names_one_receiver() {
        let cases = [
            (" can.bo@nasam.example.gov.vn ", Some("can.bo@nasam.example.gov.vn")),
            ("o'brien+x@example.vn", Some("o'brien+x@example.vn")),
            ("can.bo", None),
            ("can.bo@", None),
            ("@example.vn", None),
            ("can bo@example.vn", None),
            ("a@example.vn, b@example.vn", None),
            ("a@b@example.vn", None),
            ("a@example", None),
            ("a@-example.vn", None),
            ("a@example..vn", None),
            ("a..b@example.vn", None),
            ("a@example.vn\r\nBcc: b@example.vn", None),
            ("<a@example.vn>", None),
            ("cán.bộ@example.vn", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(address(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(address(&format!("{}@example.vn", "a".repeat(300))), None);
    }

    #[test]
    fn every_state_is_read_again() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }
}
