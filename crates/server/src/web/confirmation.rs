//! A form that waits for a one-time code: the page asks for it, and then what was asked for is done,
//! with everything that was typed.

use actions::error::Error;
use axum::Form;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest as _, FromRequestParts as _, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::error;
use super::frame::Frame;
use super::pages::one_time_codes::{CODE, confirm_page};
use super::session::{Arrival, with_secret};
use super::site::{Site, html};
use super::turn::{Turn, mend, once};
use super::visit::Visit;

/// The largest form that waits: a list of people.
const WAITING_BYTES_MAX: usize = 1024 * 1024;

type Pairs = Vec<(String, String)>;

/// Lets a form through that brings a right code, in a session that is renewed; else asks for one and
/// keeps the form on the page.
pub(super) async fn ask(site: Site, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visit) = Visit::from_request_parts(&mut parts, &()).await;
    let Ok(bytes) = to_bytes(body, WAITING_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let pairs = pairs(&site, &parts, &bytes).await;
    let frame = Frame::new(&visit);
    let work = tokio::task::spawn_blocking(move || confirm(&site, &visit, pairs));
    let answer = match work.await {
        Ok(answer) => answer,
        Err(stopped) => Err(Error::Fault(stopped.to_string())),
    };
    match answer {
        Ok(Answer::Confirmed { arrival, secret }) => {
            parts.extensions.insert(*arrival);
            let request = Request::from_parts(parts, Body::from(bytes));
            with_secret(next.run(request).await, &secret)
        }
        Ok(Answer::Page(status, page)) => once(html(status, page)),
        Err(error) => error::answer(&error, frame),
    }
}

enum Answer {
    Confirmed { arrival: Box<Arrival>, secret: String },
    Page(StatusCode, String),
}

/// What a form brought; nothing when it is none.
async fn pairs(site: &Site, parts: &Parts, bytes: &Bytes) -> Pairs {
    let request = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    Form::from_request(request, site).await.map(|Form(pairs)| pairs).unwrap_or_default()
}

fn confirm(site: &Site, visit: &Visit, pairs: Pairs) -> Result<Answer, Error> {
    let find = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, text)| text);
    let secret = find("form_secret").cloned().unwrap_or_default();
    site.check_form(visit, &secret)?;
    let code = find(CODE).cloned();
    let waiting: Pairs =
        pairs.into_iter().filter(|(key, _)| key != "form_secret" && key != CODE).collect();
    let page = |problems| confirm_page(site, visit, problems, waiting.clone());
    let Some(code) = code else { return Ok(Answer::Page(StatusCode::OK, page(Vec::new())?)) };
    let now_ms = site.now_ms();
    match site.entrance.give_code_again(&visit.visitor()?.session, code, now_ms) {
        Ok(secret) => {
            let visitor = site.entrance.visitor(&secret, now_ms)?;
            let arrival = Box::new(Arrival::of(site, visitor));
            Ok(Answer::Confirmed { arrival, secret })
        }
        Err(error) => match mend(error, visit.lang, page)? {
            Turn::Mend(page) => Ok(Answer::Page(StatusCode::UNPROCESSABLE_ENTITY, page)),
            other => Err(Error::Fault(format!("mending led to {other:?}"))),
        },
    }
}
