//! An identity provider (`OpenID Connect`): where people are sent, and what its answer must prove.
//!
//! Code flow with PKCE. State, nonce and verifier wait in the browser, sealed; keys come from what the
//! configured issuer says of itself and from nowhere else.

use std::io::Read as _;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::Duration;

use actions::identities::{Identity, Proven};
use chrono::DateTime;
use domain::entrance::ProviderProblem;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use ureq::http;

/// Where the provider sends people back to.
pub const CALLBACK: &str = "/sign-in/provider/callback";

/// How long an attempt may take, from our page and back.
const ATTEMPT_MS: i64 = 10 * 60_000;
/// How long what a provider says of itself is believed.
const KNOWN_MS: i64 = 60 * 60_000;
/// How long that still counts while it does not say anything newer.
const KEPT_MS: i64 = 24 * 60 * 60_000;
/// How soon it is asked again after it failed, or when its keys seem to have changed.
const PAUSE_MS: i64 = 10_000;
/// How far the provider's clock may be ahead of ours, and how old a token may be.
const CLOCK_MS: i64 = 2 * 60_000;

/// How long one question to the provider may take.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// The largest answer: a document of keys is a few kilobytes.
const ANSWER_BYTES_MAX: u64 = 256 * 1024;

/// The signatures that are taken: with a key pair only, so that no secret of ours makes a token.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 5] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What an operator says of a provider.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its address, exactly as it writes it in its tokens.
    pub issuer: String,
    /// What it calls us.
    pub client: String,
    /// The secret that it gave us.
    pub secret: String,
    /// What people call it.
    pub name: String,
    /// The ways of proving oneself (`amr`) that count as a second factor here; none by default.
    pub second_factors: Vec<String>,
    /// Where people reach our pages.
    pub address: String,
}

/// A provider.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    known: Mutex<Known>,
    /// Held by whoever asks, so that one asks at a time; never together with a look at `known`.
    asking: Mutex<()>,
}

/// What a provider said of itself.
#[derive(Debug, Clone, Default)]
struct Known {
    metadata: Option<CoreProviderMetadata>,
    /// When it said so.
    said_ms: i64,
    /// When it was asked last, whether it answered or not.
    asked_ms: i64,
}

impl Known {
    /// What it said no longer ago than so.
    fn within(&self, most_ms: i64, now_ms: i64) -> Option<CoreProviderMetadata> {
        self.metadata.clone().filter(|_| now_ms - self.said_ms < most_ms)
    }
}

/// An attempt to sign in, as it waits in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    state: String,
    nonce: String,
    verifier: String,
    ends_ms: i64,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an attempt is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Signing in and going on to a page.
    SignIn(String),
    /// Accepting the invitation with this secret.
    Accept(String),
    /// Linking the account with this number.
    Link(i64),
}

/// What the browser brings back.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The state that we sent.
    pub state: String,
    /// The code, to be exchanged for a token.
    pub code: String,
    /// Who says that they answer; empty from providers that do not say it.
    pub issuer: String,
    /// Why there is no code; empty with one.
    pub error: String,
}

impl Provider {
    /// A provider as an operator describes it.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, known: Mutex::default(), asking: Mutex::default() }
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Begins an attempt: where the browser goes, and what it keeps meanwhile. `token` gives random
    /// texts.
    ///
    /// # Errors
    /// The provider does not answer.
    pub fn begin(
        &self,
        purpose: Purpose,
        token: impl Fn() -> String,
        now_ms: i64,
    ) -> Result<(String, Attempt), ProviderProblem> {
        let metadata = self.metadata(now_ms, KNOWN_MS)?;
        let (state, nonce, verifier) = (token(), token(), token());
        let attempt = Attempt {
            state: state.clone(),
            nonce: nonce.clone(),
            verifier: verifier.clone(),
            ends_ms: now_ms + ATTEMPT_MS,
            purpose,
        };
        let client = self.client(metadata)?;
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier));
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client.authorize_url(flow, || CsrfToken::new(state), || Nonce::new(nonce));
        let (address, ..) = request.set_pkce_challenge(challenge).url();
        Ok((address.to_string(), attempt))
    }

    /// What an answer proves.
    ///
    /// # Errors
    /// The answer belongs to no attempt of this browser, or proves nothing.
    pub fn finish(
        &self,
        attempt: &Attempt,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<Proven, ProviderProblem> {
        // Hashes are compared, so that the time it takes tells nothing about the state.
        let hash = actions::secrets::hash;
        if hash(&attempt.state) != hash(&answer.state) || now_ms >= attempt.ends_ms {
            return Err(ProviderProblem::AttemptOver);
        }
        if !answer.issuer.is_empty() && answer.issuer != self.settings.issuer {
            return Err(ProviderProblem::NotProven);
        }
        if !answer.error.is_empty() || answer.code.is_empty() {
            return Err(ProviderProblem::Declined);
        }
        let token = self.exchange(attempt, answer, now_ms)?;
        match self.proven(&token, attempt, now_ms, KNOWN_MS) {
            // Keys change; whoever signs with a new one is asked for it once more.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                self.proven(&token, attempt, now_ms, PAUSE_MS)
            }
            outcome => outcome,
        }
        .map_err(|error| {
            tracing::warn!(%error, "an identity provider's token was refused");
            ProviderProblem::NotProven
        })
    }

    /// Exchanges the code for a token.
    fn exchange(
        &self,
        attempt: &Attempt,
        answer: &Answer,
        now_ms: i64,
    ) -> Result<CoreIdToken, ProviderProblem> {
        let client = self.client(self.metadata(now_ms, KNOWN_MS)?)?;
        let request = client
            .exchange_code(AuthorizationCode::new(answer.code.clone()))
            .map_err(|_| ProviderProblem::Unreachable)?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()));
        let response = request.request(&ask).map_err(|error| {
            tracing::warn!(%error, "an identity provider gave no token");
            ProviderProblem::NotProven
        })?;
        response.id_token().cloned().ok_or(ProviderProblem::NotProven)
    }

    fn proven(
        &self,
        token: &CoreIdToken,
        attempt: &Attempt,
        now_ms: i64,
        believed_ms: i64,
    ) -> Result<Proven, ClaimsVerificationError> {
        let other =
            |problem: ProviderProblem| ClaimsVerificationError::Other(problem.code().to_owned());
        let client = self.metadata(now_ms, believed_ms).and_then(|known| self.client(known));
        let client = client.map_err(other)?;
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || DateTime::from_timestamp_millis(now_ms).unwrap_or_default())
            .set_issue_time_verifier_fn(move |issued| {
                let age_ms = now_ms - issued.timestamp_millis();
                let is_near = (-CLOCK_MS..=ATTEMPT_MS + CLOCK_MS).contains(&age_ms);
                if is_near { Ok(()) } else { Err(format!("issued {age_ms} ms ago")) }
            });
        let claims = token.claims(&verifier, &Nonce::new(attempt.nonce.clone()))?;
        // The library leaves to us for whom a token was asked.
        let is_ours = claims.authorized_party().is_none_or(|it| **it == *self.settings.client);
        if claims.subject().is_empty() || !is_ours {
            return Err(other(ProviderProblem::NotProven));
        }
        let methods = claims.auth_method_refs().map(Vec::as_slice).unwrap_or_default();
        let counts = |method: &str| self.settings.second_factors.iter().any(|it| it == method);
        Ok(Proven {
            identity: Identity {
                issuer: claims.issuer().to_string(),
                subject: claims.subject().to_string(),
            },
            second_factor: methods.iter().any(|method| counts(method)),
        })
    }

    /// What the provider says of itself, asked again when it said it longer ago than so. Meanwhile, and
    /// when it does not answer, what is there counts.
    fn metadata(
        &self,
        now_ms: i64,
        believed_ms: i64,
    ) -> Result<CoreProviderMetadata, ProviderProblem> {
        let known = self.known();
        if let Some(metadata) = known.within(believed_ms, now_ms) {
            return Ok(metadata);
        }
        let turn = match (self.asking.try_lock(), known.within(KEPT_MS, now_ms)) {
            (Ok(turn), _) => turn,
            (Err(TryLockError::Poisoned(broken)), _) => broken.into_inner(),
            (Err(TryLockError::WouldBlock), Some(metadata)) => return Ok(metadata),
            (Err(TryLockError::WouldBlock), None) => {
                self.asking.lock().unwrap_or_else(PoisonError::into_inner)
            }
        };
        // Somebody may have asked while this one waited; whoever does not answer is left alone a while.
        let known = self.known();
        let kept = known.within(KEPT_MS, now_ms).ok_or(ProviderProblem::Unreachable);
        if known.within(believed_ms, now_ms).is_some()
            || (known.asked_ms > 0 && now_ms - known.asked_ms < PAUSE_MS)
        {
            return kept;
        }
        self.note(|known| known.asked_ms = now_ms);
        let said = IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|error| error.to_string())
            .and_then(|issuer| {
                CoreProviderMetadata::discover(&issuer, &ask).map_err(|error| error.to_string())
            });
        let answer = match said {
            Ok(metadata) => {
                self.note(|known| {
                    known.metadata = Some(metadata.clone());
                    known.said_ms = now_ms;
                });
                Ok(metadata)
            }
            Err(error) => {
                tracing::warn!(error, "an identity provider says nothing usable of itself");
                kept
            }
        };
        drop(turn);
        answer
    }

    fn known(&self) -> Known {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, change: impl FnOnce(&mut Known)) {
        change(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn client(&self, metadata: CoreProviderMetadata) -> Result<KnownClient, ProviderProblem> {
        let Settings { client, secret, address, .. } = &self.settings;
        let redirect = RedirectUrl::new(format!("{address}{CALLBACK}"))
            .map_err(|_| ProviderProblem::Unreachable)?;
        let (client, secret) = (ClientId::new(client.clone()), ClientSecret::new(secret.clone()));
        Ok(CoreClient::from_provider_metadata(metadata, client, Some(secret))
            .set_redirect_uri(redirect))
    }
}

/// A client that knows where people are sent, and perhaps where codes are exchanged.
type KnownClient = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Whether a provider may be asked at an address: over TLS, or on this machine.
#[must_use]
pub fn is_safe(address: &str) -> bool {
    let Ok(address) = address.parse::<http::Uri>() else { return false };
    let host = address.host().unwrap_or_default().trim_matches(['[', ']']);
    match address.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => host.parse::<IpAddr>().is_ok_and(|host| host.is_loopback()),
        Some(_) | None => false,
    }
}

/// Why a question outside was not answered.
#[derive(Debug, thiserror::Error)]
enum Unanswered {
    #[error("{0} is neither https nor on this machine")]
    Unsafe(String),
    #[error(transparent)]
    Failed(#[from] ureq::Error),
    #[error(transparent)]
    Broken(#[from] http::Error),
    #[error("the answer was cut: {0}")]
    Cut(#[from] std::io::Error),
    #[error("the answer is too large")]
    TooLarge,
}

/// The one way in which this program asks somebody outside: no redirects, little time, small answers.
fn ask(request: HttpRequest) -> Result<HttpResponse, Unanswered> {
    let address = request.uri().to_string();
    if !is_safe(&address) {
        return Err(Unanswered::Unsafe(address));
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(ANSWER_TIME))
        .max_redirects(0)
        .http_status_as_error(false)
        .proxy(None)
        .build()
        .into();
    let mut answer = agent.run(request)?;
    let mut bytes = Vec::new();
    answer.body_mut().as_reader().take(ANSWER_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > ANSWER_BYTES_MAX {
        return Err(Unanswered::TooLarge);
    }
    let mut response = http::Response::builder().status(answer.status());
    for (name, value) in answer.headers() {
        response = response.header(name, value);
    }
    Ok(response.body(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_over_tls_or_of_this_machine_are_asked() {
        let cases = [
            ("https://id.example.gov.vn", true),
            ("https://id.example.gov.vn/realms/tinh", true),
            ("http://127.0.0.1:9000", true),
            ("http://[::1]:9000/x", true),
            ("http://id.example.gov.vn", false),
            ("http://127.0.0.1.example.com", false),
            ("http://localhost", false),
            ("ftp://127.0.0.1", false),
            ("//127.0.0.1", false),
            ("https://", false),
            ("", false),
        ];
        for (address, expected) in cases {
            assert_eq!(is_safe(address), expected, "{address}");
        }
    }
}
