//! Who comes with a request, and whether a route lets them in.

use actions::accounts::may_anywhere;
use actions::entrance::{CodeAge, Visitor};
use actions::error::Error;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::access::{Actor, Right};
use domain::entrance::EntranceProblem;
use domain::refusal::Refusal;

use super::api::{self, problem};
use super::frame::{Frame, Section, sections};
use super::site::Site;
use super::visit::Visit;
use super::{confirmation, error, links};

/// The cookie with the session's secret. The prefix makes browsers insist on a secure address (they
/// count this machine's own as one), on the path `/`, and on no other host.
const COOKIE_NAME: &str = "__Host-dotpha";

/// Where one-time codes are set up.
pub const CODES: &str = "/account/one-time-codes";

/// Who may come by a route. What a handler does is checked again, for the unit it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Everybody.
    Anyone,
    /// Whoever is signed in, whatever they hold.
    SignedIn,
    /// The same with a one-time code that is not older than this, where the account has codes.
    SignedInWithCode(CodeAge),
    /// Whoever holds this right somewhere.
    Holds(Right),
    /// That with a one-time code that is not older than this, where a role asks for codes or the
    /// account has them. A form that comes without one waits on a page that asks for it.
    HoldsWithCode(Right, CodeAge),
}

/// Who came, for the handlers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrival {
    /// The actor; none for strangers.
    pub actor: Option<Actor>,
    /// The session, for those who are signed in.
    pub visitor: Option<Visitor>,
    /// The places of their navigation.
    pub sections: Vec<Section>,
}

impl Arrival {
    /// Whoever comes to a site: somebody who is signed in, or a guest.
    #[must_use]
    pub fn of(site: &Site, visitor: Option<Visitor>) -> Self {
        let own = visitor.as_ref().map(|visitor| visitor.actor.clone());
        let sections = sections(own.as_ref(), site.today());
        Self { actor: own.or_else(|| site.guest.clone()), visitor, sections }
    }
}

/// Lets a request in by its route's policy, and notes who came.
pub async fn admit(
    State((site, policy)): State<(Site, Policy)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let arrival = match arrival(&site, &parts.headers).await {
        Ok(arrival) => arrival,
        Err(error) => return error::answer(&error, Frame::new(&visit(&mut parts).await)),
    };
    let verdict = verdict(&site, policy, &arrival);
    let is_program = parts.uri.path().starts_with(api::ROOT);
    let actor = arrival.actor.clone();
    let has_codes = arrival.visitor.as_ref().is_some_and(|visitor| visitor.has_codes);
    parts.extensions.insert(arrival);
    match verdict {
        Verdict::Enter => next.run(Request::from_parts(parts, body)).await,
        Verdict::SignIn if is_program => {
            let frame = Frame::new(&visit(&mut parts).await);
            problem::entrance(StatusCode::UNAUTHORIZED, "sign-in", "/sign-in", &frame)
        }
        Verdict::GiveCode if is_program => {
            let frame = Frame::new(&visit(&mut parts).await);
            problem::entrance(StatusCode::FORBIDDEN, "one-time-code", CODES, &frame)
        }
        Verdict::SignIn if parts.method == Method::GET => {
            let here = parts.uri.path_and_query().map_or("/", |it| it.as_str());
            go(&links::sign_in(here))
        }
        Verdict::SignIn => go(&links::sign_in("/")),
        // A form that was typed waits for the code; files cannot wait on a page.
        Verdict::GiveCode if has_codes && is_typed_form(&parts) => {
            confirmation::ask(site, Request::from_parts(parts, body), next).await
        }
        Verdict::GiveCodeAgain => {
            confirmation::ask(site, Request::from_parts(parts, body), next).await
        }
        Verdict::GiveCode if has_codes && parts.method == Method::GET => {
            let here = parts.uri.path_and_query().map_or("/", |it| it.as_str());
            go(&links::code_again(here))
        }
        Verdict::GiveCode => go(CODES),
        Verdict::Refuse(error) => {
            let noted = note_denial(&site, policy, actor).await;
            let error = noted.err().unwrap_or(error);
            error::answer(&error, Frame::new(&visit(&mut parts).await))
        }
    }
}

/// Whether a request brings a form of nothing but what was typed.
fn is_typed_form(parts: &axum::http::request::Parts) -> bool {
    const TYPED: &str = "application/x-www-form-urlencoded";
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    parts.method == Method::POST && kind.is_some_and(|kind| kind.starts_with(TYPED))
}

/// Records that somebody was turned away.
async fn note_denial(site: &Site, policy: Policy, actor: Option<Actor>) -> Result<(), Error> {
    let (Policy::Holds(right) | Policy::HoldsWithCode(right, _), Some(actor)) = (policy, actor)
    else {
        return Ok(());
    };
    let (entrance, now_ms) = (site.entrance.clone(), site.now_ms());
    let work = tokio::task::spawn_blocking(move || entrance.note_denial(&actor, right, now_ms));
    work.await.map_err(|stopped| Error::Fault(stopped.to_string()))?
}

async fn visit(parts: &mut axum::http::request::Parts) -> Visit {
    let Ok(visit) = Visit::from_request_parts(parts, &()).await;
    visit
}

enum Verdict {
    Enter,
    SignIn,
    GiveCode,
    GiveCodeAgain,
    Refuse(Error),
}

fn verdict(site: &Site, policy: Policy, arrival: &Arrival) -> Verdict {
    let visitor = arrival.visitor.as_ref();
    let right = match policy {
        Policy::Anyone => return Verdict::Enter,
        Policy::SignedIn | Policy::SignedInWithCode(_) if visitor.is_none() => {
            return Verdict::SignIn;
        }
        Policy::SignedInWithCode(_) if owes_code(site, policy, visitor) => {
            return Verdict::GiveCodeAgain;
        }
        Policy::SignedIn | Policy::SignedInWithCode(_) => return Verdict::Enter,
        Policy::Holds(right) | Policy::HoldsWithCode(right, _) => right,
    };
    let Some(actor) = &arrival.actor else { return Verdict::SignIn };
    match may_anywhere(actor, right, site.today()) {
        Ok(()) if owes_code(site, policy, visitor) => Verdict::GiveCodeAgain,
        Ok(()) => Verdict::Enter,
        // A guest may look; for more than that one signs in.
        Err(_) if visitor.is_none() => Verdict::SignIn,
        Err(error) if is_code_missing(&error) => Verdict::GiveCode,
        Err(error) => Verdict::Refuse(error),
    }
}

/// Whether a route asks for a newer code than was given.
fn owes_code(site: &Site, policy: Policy, visitor: Option<&Visitor>) -> bool {
    let Some(visitor) = visitor else { return false };
    match policy {
        Policy::Anyone | Policy::SignedIn | Policy::Holds(_) => false,
        Policy::SignedInWithCode(age) => {
            visitor.has_codes && !visitor.within(age, site.now_ms()).second_factor
        }
        Policy::HoldsWithCode(right, age) => {
            visitor.owes_code(right, age, site.now_ms(), site.today())
        }
    }
}

/// Whether something was refused for want of a one-time code.
#[must_use]
pub fn is_code_missing(error: &Error) -> bool {
    matches!(error, Error::Refused(reasons)
        if reasons.iter().any(|reason| reason.why == Refusal::Entrance(EntranceProblem::SecondFactorMissing)))
}

async fn arrival(site: &Site, headers: &HeaderMap) -> Result<Arrival, Error> {
    let Some(secret) = secret(headers) else { return Ok(Arrival::of(site, None)) };
    let (entrance, now_ms) = (site.entrance.clone(), site.now_ms());
    let found = match entrance.known_visitor(&secret, now_ms) {
        Some(known) => Some(known),
        None => {
            let work = tokio::task::spawn_blocking(move || entrance.visitor(&secret, now_ms));
            work.await.map_err(|stopped| Error::Fault(stopped.to_string()))??
        }
    };
    Ok(Arrival::of(site, found))
}

/// The secret a browser sends.
pub fn secret(headers: &HeaderMap) -> Option<String> {
    cookie(headers, COOKIE_NAME)
}

/// A cookie that a browser sends.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    let mut pairs = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value.to_owned())
}

/// A response that sends the browser on to a page of ours.
#[must_use]
pub fn go(path: &str) -> Response {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// The response with a session's secret for the browser to keep.
#[must_use]
pub fn with_secret(mut response: Response, secret: &str) -> Response {
    let cookie = format!("{COOKIE_NAME}={secret}; Path=/; Secure; HttpOnly; SameSite=Lax");
    response.headers_mut().extend(HeaderValue::try_from(cookie).ok().map(|it| (SET_COOKIE, it)));
    response
}

/// The response that makes the browser forget its session.
#[must_use]
pub fn without_secret(mut response: Response) -> Response {
    let cookie = format!("{COOKIE_NAME}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    response.headers_mut().extend(HeaderValue::try_from(cookie).ok().map(|it| (SET_COOKIE, it)));
    response
}
