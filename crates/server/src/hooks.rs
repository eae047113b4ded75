//! Sending to webhooks as Standard Webhooks describes it: signed, over TLS, to addresses of the public
//! internet only, and nowhere that an answer points to.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::delivery::Ended;
use domain::hook::{Reach, is_public};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// How long one sending may take, from looking up the name to the head of the answer.
pub const LIMIT: Duration = Duration::from_secs(10);

/// The answer of a webhook that takes nothing any more.
const GONE: u16 = 410;

/// What is sent to a webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// Where to.
    pub address: String,
    /// What makes a second one known as the same.
    pub id: String,
    /// When it is sent, in seconds since 1970.
    pub seconds: i64,
    /// What it is signed with.
    pub secret: Vec<u8>,
    /// What it says, as JSON.
    pub body: String,
}

/// What sends to webhooks.
pub struct Courier {
    agent: ureq::Agent,
}

impl Courier {
    /// One that sends to some addresses, and gives each so much time.
    #[must_use]
    pub fn new(reach: Reach, limit: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(limit))
            .max_redirects(0)
            .http_status_as_error(false)
            .https_only(reach == Reach::Public)
            .proxy(None)
            .build();
        let resolver = Guard { reach, names: DefaultResolver::default() };
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent }
    }

    /// Sends: how that ended, and the status of the answer. What an answer says beside its status is not
    /// read, and where it points to nothing is sent.
    #[must_use]
    pub fn send(&self, signed: &Signed) -> (Ended, Option<u16>) {
        let Signed { address, id, seconds, secret, body } = signed;
        let request = self
            .agent
            .post(address)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", signature(secret, id, *seconds, body));
        let status = match request.send(body) {
            Ok(answer) => answer.status().as_u16(),
            Err(error) => {
                tracing::warn!(%error, "a webhook cannot be spoken to");
                return (Ended::Failed, None);
            }
        };
        let ended = match status {
            200..=299 => Ended::Taken,
            GONE => Ended::Gone,
            _ => Ended::Failed,
        };
        (ended, Some(status))
    }
}

/// A secret as programs that receive want it.
#[must_use]
pub fn written(secret: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(secret))
}

fn signature(secret: &[u8], id: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("keys of any length are taken");
    mac.update(format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// Looks a name up once; what it leads to is looked at here and connected to as it is, so that no second
/// look-up can lead elsewhere.
#[derive(Debug)]
struct Guard {
    reach: Reach,
    names: DefaultResolver,
}

/// A name that leads into a private network.
#[derive(Debug, thiserror::Error)]
#[error("{0} leads into a private network")]
struct Private(String);

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        match self.reach {
            Reach::Anywhere => Ok(found),
            Reach::Public if found.iter().all(|address| is_public(address.ip())) => Ok(found),
            Reach::Public => {
                let host = uri.host().unwrap_or_default().to_owned();
                Err(ureq::Error::Other(Box::new(Private(host))))
            }
        }
    }
}
