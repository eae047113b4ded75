//! An identity provider that signs its own tokens, right ones and wrong ones.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

pub(super) const CLIENT: &str = "dotpha";
pub(super) const SECRET: &str = "bí mật của nơi xác thực";

/// How the provider misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It does not.
    None,
    /// The signature is of a key that nobody knows.
    ForeignKey,
    /// The token names a key that nobody knows.
    UnknownKey,
    /// The token says that it needs no signature.
    NoAlgorithm,
    /// The token is signed with the secret that we share.
    SharedSecret,
    /// The token brings the key it is signed with.
    OwnKeyInside,
    /// The signature is cut.
    CutSignature,
    /// The claims were changed after signing.
    ChangedClaims,
    /// The token is no token.
    NoToken,
    /// The answer has no token.
    Nothing,
    /// The answer is a page.
    Page,
    /// The answer never ends, as far as anyone wants to read.
    Large,
    /// The answer leads elsewhere.
    Elsewhere,
    /// The provider says of itself that it is another.
    OtherIssuer,
    /// Its keys are said to lie in the open.
    OpenKeys,
    /// It has no keys.
    NoKeys,
    /// It says what it is only when it is let.
    Held,
}

/// What the provider knows.
#[derive(Debug, Clone)]
pub(super) struct Fake {
    pub(super) issuer: String,
    pub(super) state: Arc<Mutex<Behaviour>>,
    /// A permit for each question what it is.
    pub(super) asked: Arc<Semaphore>,
    /// A permit for each answer to them while it is held.
    pub(super) let_go: Arc<Semaphore>,
}

#[derive(Debug)]
pub(super) struct Behaviour {
    pub(super) fault: Fault,
    /// The claims of the next token.
    pub(super) claims: BTreeMap<&'static str, Value>,
    /// What the verifier must hash to.
    pub(super) challenge: String,
    /// Where people must be sent back to.
    pub(super) redirect: String,
    /// Whether the code was exchanged already.
    pub(super) is_used: bool,
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(key: &SigningKey) -> Value {
    let x = base64(key.verifying_key().as_bytes());
    json!({"kty": "OKP", "crv": "Ed25519", "kid": "1", "use": "sig", "alg": "EdDSA", "x": x})
}

/// HMAC-SHA256, as a token signed with a shared secret has it.
fn hmac(secret: &[u8], text: &[u8]) -> Vec<u8> {
    let mut key = [0; 64];
    key[..secret.len()].copy_from_slice(secret);
    let inner = Sha256::digest([&key.map(|byte| byte ^ 0x36)[..], text].concat());
    Sha256::digest([&key.map(|byte| byte ^ 0x5c)[..], &inner].concat()).to_vec()
}

impl Fake {
    /// Starts a provider on this machine.
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let behaviour = Behaviour {
            fault: Fault::None,
            claims: BTreeMap::new(),
            challenge: String::new(),
            redirect: String::new(),
            is_used: false,
        };
        let fake = Self {
            issuer,
            state: Arc::new(Mutex::new(behaviour)),
            asked: Arc::new(Semaphore::new(0)),
            let_go: Arc::new(Semaphore::new(0)),
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(describe))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(fake.clone());
        tokio::spawn(async move { axum_serve(listener, router).await });
        fake
    }

    fn fault(&self) -> Fault {
        self.state.lock().unwrap().fault
    }

    fn signed(&self) -> String {
        let behaviour = self.state.lock().unwrap();
        let fault = behaviour.fault;
        let mut header = json!({"alg": "EdDSA", "typ": "JWT", "kid": "1"});
        match fault {
            Fault::UnknownKey => header["kid"] = json!("2"),
            Fault::NoAlgorithm => header["alg"] = json!("none"),
            Fault::SharedSecret => header["alg"] = json!("HS256"),
            Fault::OwnKeyInside => header["jwk"] = public(&key(9)),
            _ => {}
        }
        let claims = json!(behaviour.claims);
        let text = format!("{}.{}", base64(header.to_string()), base64(claims.to_string()));
        let signature = match fault {
            Fault::NoAlgorithm => Vec::new(),
            Fault::SharedSecret => hmac(SECRET.as_bytes(), text.as_bytes()),
            Fault::ForeignKey | Fault::OwnKeyInside => key(9).sign(text.as_bytes()).to_vec(),
            Fault::CutSignature => key(7).sign(text.as_bytes()).to_bytes()[..60].to_vec(),
            _ => key(7).sign(text.as_bytes()).to_vec(),
        };
        let text = if fault == Fault::ChangedClaims {
            let mut changed = behaviour.claims.clone();
            changed.insert("sub", json!("another"));
            format!("{}.{}", base64(header.to_string()), base64(json!(changed).to_string()))
        } else {
            text
        };
        format!("{text}.{}", base64(signature))
    }
}

async fn axum_serve(listener: TcpListener, router: Router) {
    let limits = server::web::serve::Limits::default();
    server::web::serve::serve(listener, router, limits, std::future::pending()).await.unwrap();
}

fn answer(value: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn describe(State(fake): State<Fake>) -> Response {
    fake.asked.add_permits(1);
    if fake.fault() == Fault::Held {
        fake.let_go.acquire().await.unwrap().forget();
    }
    let issuer = fake.issuer.as_str();
    let named = if fake.fault() == Fault::OtherIssuer { "https://other.example" } else { issuer };
    let keys = match fake.fault() {
        Fault::OpenKeys => "http://keys.example/keys".to_owned(),
        _ => format!("{issuer}/keys"),
    };
    answer(&json!({
        "issuer": named,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": keys,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    }))
}

async fn keys(State(fake): State<Fake>) -> Response {
    let keys = if fake.fault() == Fault::NoKeys { vec![] } else { vec![public(&key(7))] };
    answer(&json!({ "keys": keys }))
}

/// Gives a token for the one code there is, to whoever began with its challenge, once.
async fn token(State(fake): State<Fake>, headers: HeaderMap, body: String) -> Response {
    let fields: BTreeMap<String, String> =
        body.split('&').filter_map(|pair| pair.split_once('=')).map(plain).collect();
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    {
        let mut behaviour = fake.state.lock().unwrap();
        let challenge = base64(Sha256::digest(field("code_verifier")));
        let basic = headers.get(AUTHORIZATION).map_or("", |value| value.to_str().unwrap());
        let basic = STANDARD.decode(basic.strip_prefix("Basic ").unwrap_or_default()).unwrap();
        let is_known = String::from_utf8(basic).unwrap().starts_with("dotpha:");
        let is_right = field("code") == "good"
            && field("grant_type") == "authorization_code"
            && field("redirect_uri") == behaviour.redirect
            && challenge == behaviour.challenge
            && is_known;
        if !is_right || behaviour.is_used {
            let refused = json!({"error": "invalid_grant"});
            return (StatusCode::BAD_REQUEST, answer(&refused)).into_response();
        }
        behaviour.is_used = true;
    }
    match fake.fault() {
        Fault::Nothing => answer(&json!({"access_token": "a", "token_type": "Bearer"})),
        Fault::NoToken => {
            answer(&json!({"access_token": "a", "token_type": "Bearer", "id_token": "x"}))
        }
        Fault::Page => ([(CONTENT_TYPE, "text/html")], "<h1>login</h1>").into_response(),
        Fault::Large => {
            let padding = "x".repeat(2 << 20);
            let token = fake.signed();
            answer(&json!({"access_token": padding, "token_type": "Bearer", "id_token": token}))
        }
        Fault::Elsewhere => {
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, format!("{}/token", fake.issuer))])
                .into_response()
        }
        _ => {
            let token = fake.signed();
            answer(&json!({"access_token": "a", "token_type": "Bearer", "id_token": token}))
        }
    }
}

/// A pair of a form without its escapes.
fn plain((name, value): (&str, &str)) -> (String, String) {
    let value = value.replace("%3A", ":").replace("%2F", "/");
    (name.to_owned(), value)
}
