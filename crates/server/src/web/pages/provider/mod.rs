//! Signing in through an identity provider: on to it, and back with its answer.

use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use domain::access::AccountId;
use domain::entrance::{EntranceProblem, ProviderProblem};
use domain::refusal::{Refusal, Refused};

use super::{draw, sign_in};
use crate::provider::{Answer, Attempt, Provider, Purpose};
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::session::cookie;
use crate::web::site::Site;
use crate::web::turn::{Marked, Turn};
use crate::web::visit::Visit;
use crate::wording::{Gap, refusals};

/// The cookie in which an attempt waits.
const ATTEMPT: &str = "__Host-dotpha-attempt";

/// The page from which one goes on to the provider.
#[derive(Template)]
#[template(path = "web/pages/provider/go.html")]
struct GoPage {
    frame: Frame,
    address: String,
    why: String,
    go: String,
}

/// The page that says why somebody was not let in.
#[derive(Template)]
#[template(path = "web/pages/provider/failed.html")]
struct FailedPage {
    frame: Frame,
    problem: String,
}

/// `GET /sign-in/provider`
pub async fn begin(State(site): State<Site>, visit: Visit) -> Response {
    attempted(site, visit, |site, visit| {
        let purpose = match visit.parameter("invitation") {
            Some(secret) => {
                site.entrance.invited(secret, site.now_ms())?;
                Purpose::Accept(secret.to_owned())
            }
            None => {
                let next = visit.parameter("next").and_then(links::own_path).unwrap_or("/");
                Purpose::SignIn(next.to_owned())
            }
        };
        match started(site, purpose) {
            Ok((address, attempt)) => Ok((Turn::Go(address), Some(attempt))),
            Err(Error::Refused(reasons)) => Ok((failed(site, visit, &reasons)?, None)),
            Err(error) => Err(error),
        }
    })
    .await
}

/// `POST /account/provider`: asks before it goes on, because a form may lead nowhere but to us.
pub async fn link(State(site): State<Site>, visit: Visit, Form(marked): Form<Marked>) -> Response {
    attempted(site, visit, move |site, visit| {
        site.check_form(visit, &marked.form_secret)?;
        let (address, attempt) = started(site, Purpose::Link(visit.account()?.id.0))?;
        let name = [("name", Gap::from(provider(site)?.name().to_owned()))];
        let title = visit.lang.tell("provider-link-heading", name.clone());
        let page = GoPage {
            why: visit.lang.tell("provider-link-why", name.clone()),
            go: visit.lang.tell("provider-go", name),
            frame: Frame { title, ..site.frame(visit)? },
            address,
        };
        Ok((Turn::Shown(draw(&page)?), Some(attempt)))
    })
    .await
}

/// `GET /sign-in/provider/callback`
pub async fn finish(State(site): State<Site>, visit: Visit, headers: HeaderMap) -> Response {
    attempted(site, visit, move |site, visit| {
        let turn = match finished(site, visit, &headers) {
            Ok(turn) => turn,
            Err(Error::Refused(reasons)) => {
                if let Some(problem) = reasons.iter().find_map(problem) {
                    site.entrance.note_unproven(problem, site.now_ms())?;
                }
                failed(site, visit, &reasons)?
            }
            Err(error) => return Err(error),
        };
        Ok((turn, None))
    })
    .await
}

fn finished(site: &Site, visit: &Visit, headers: &HeaderMap) -> Result<Turn, Error> {
    let over = || Refusal::from(ProviderProblem::AttemptOver);
    let sealed = cookie(headers, ATTEMPT).ok_or_else(over)?;
    let opened = site.entrance.open_attempt(&sealed).ok_or_else(over)?;
    let attempt: Attempt = serde_json::from_slice(&opened).map_err(|_| over())?;
    let text = |name| visit.parameter(name).unwrap_or_default().to_owned();
    let answer = Answer {
        state: text("state"),
        code: text("code"),
        issuer: text("iss"),
        error: text("error"),
    };
    let (now_ms, today) = (site.now_ms(), site.today());
    let proven = provider(site)?.finish(&attempt, &answer, now_ms).map_err(Refusal::from)?;
    let device = headers.get(USER_AGENT).map(|name| String::from_utf8_lossy(name.as_bytes()));
    let device = device.unwrap_or_default().into_owned();
    let path = match attempt.purpose {
        Purpose::SignIn(next) => next,
        Purpose::Accept(secret) => {
            site.entrance.accept_invitation_as(&secret, proven.identity.clone(), now_ms)?;
            "/".to_owned()
        }
        Purpose::Link(account) => {
            // Whoever began must still be the one who is signed in.
            if visit.account()?.id != AccountId(account) {
                return Err(over().into());
            }
            site.entrance.link_identity(AccountId(account), proven.identity, now_ms)?;
            return Ok(Turn::Go("/account".to_owned()));
        }
    };
    let secret = site.entrance.sign_in_as(proven, device, now_ms, today)?;
    let path = if path == "/" { sign_in::first_page(site, &secret)? } else { path };
    Ok(Turn::Enter { path, secret })
}

/// What a refusal says about the provider.
fn problem(reason: &Refused) -> Option<ProviderProblem> {
    match reason.why {
        Refusal::Entrance(EntranceProblem::Provider { problem }) => Some(problem),
        _ => None,
    }
}

/// The page that says why somebody was not let in, and leads back to the beginning.
fn failed(site: &Site, visit: &Visit, reasons: &[Refused]) -> Result<Turn, Error> {
    let said = reasons.iter().map(|reason| refusals::sentence(reason, visit.lang));
    let problem = said.collect::<Vec<String>>().join(" ");
    let title = visit.lang.say("provider-failed");
    let frame = Frame { title, ..site.frame(visit)? };
    Ok(Turn::Mend(draw(&FailedPage { frame, problem })?))
}

/// The provider that is set up.
fn provider(site: &Site) -> Result<&Provider, Error> {
    Ok(site.provider.as_deref().ok_or_else(|| Refusal::from(ProviderProblem::NotSetUp))?)
}

/// Begins an attempt: where to go, and what the browser keeps.
fn started(site: &Site, purpose: Purpose) -> Result<(String, String), Error> {
    let begun = provider(site)?.begin(purpose, || site.entrance.token(), site.now_ms());
    let (address, attempt) = begun.map_err(Refusal::from)?;
    let text = serde_json::to_vec(&attempt).map_err(|error| Error::Fault(error.to_string()))?;
    Ok((address, site.entrance.seal_attempt(&text)?))
}

/// Does something, and lets the browser keep the attempt that began, or forget the last one.
async fn attempted<Act>(site: Site, visit: Visit, act: Act) -> Response
where
    Act: FnOnce(&Site, &Visit) -> Result<(Turn, Option<String>), Error> + Send + 'static,
{
    let (sender, kept) = tokio::sync::oneshot::channel();
    let acted = site.act(visit, move |site, visit| {
        let (turn, attempt) = act(site, visit)?;
        // Nobody waits any more when the connection is gone.
        drop(sender.send(attempt));
        Ok(turn)
    });
    let mut response = acted.await;
    let cookie = match kept.await.unwrap_or_default() {
        Some(sealed) => {
            format!("{ATTEMPT}={sealed}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600")
        }
        None => format!("{ATTEMPT}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"),
    };
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
