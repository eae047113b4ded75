//! Signing in and out.

use actions::entrance::SignIn;
use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use domain::access::Right;
use serde::Deserialize;

use super::draw;
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::parts::Link;
use crate::web::session::without_secret;
use crate::web::site::Site;
use crate::web::turn::{Turn, mend};
use crate::web::visit::Visit;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/sign_in/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    login: String,
    next: String,
    /// The way in through an identity provider, if there is one.
    provider: Option<Link>,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    login: String,
    password: String,
    code: String,
    next: String,
}

/// `GET /sign-in`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let next = visit.parameter("next").and_then(links::own_path).unwrap_or("/");
        Ok(Turn::Shown(page(site, visit, Vec::new(), String::new(), next.to_owned())?))
    })
    .await
}

/// `POST /sign-in`
pub async fn enter(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let device = headers.get(USER_AGENT).map(|name| String::from_utf8_lossy(name.as_bytes()));
    let device = device.unwrap_or_default().into_owned();
    site.act(visit, move |site, visit| {
        let Typed { login, password, code, next } = typed;
        let next = links::own_path(&next).unwrap_or("/").to_owned();
        let sign_in = SignIn { login: login.clone(), password, code, device };
        match site.entrance.sign_in(sign_in, site.now_ms(), site.today()) {
            Ok(secret) => {
                let path = if next == "/" { first_page(site, &secret)? } else { next };
                Ok(Turn::Enter { path, secret })
            }
            Err(error) => {
                mend(error, visit.lang, |problems| page(site, visit, problems, login, next))
            }
        }
    })
    .await
}

/// Where one begins: with one's work when there can be any, else with the overview.
pub(super) fn first_page(site: &Site, secret: &str) -> Result<String, Error> {
    let visitor = site.entrance.visitor(secret, site.now_ms())?;
    let works = visitor.is_some_and(|visitor| {
        [Right::SendFigures, Right::ReviewFigures]
            .into_iter()
            .any(|right| !visitor.actor.units(right, site.today()).is_empty())
    });
    Ok(if works { "/work" } else { "/" }.to_owned())
}

/// `POST /sign-out`
pub async fn leave(State(site): State<Site>, visit: Visit) -> Response {
    let visitor = visit.arrival.visitor.clone();
    let ended = site.act(visit, move |site, _| {
        if let Some(visitor) = visitor {
            let (account, session) = (visitor.session.account, visitor.session.id);
            site.entrance.end_session(account, session, site.now_ms())?;
        }
        Ok(Turn::Go("/sign-in".to_owned()))
    });
    let mut response = without_secret(ended.await);
    response
        .headers_mut()
        .insert(HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    response
}

fn page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    login: String,
    next: String,
) -> Result<String, Error> {
    let frame = site.frame(visit)?;
    let title = frame.t("sign-in-heading");
    let provider = site.provider.as_ref().map(|provider| Link {
        href: links::provider(&next),
        text: visit.lang.tell("provider-sign-in", [("name", provider.name().to_owned().into())]),
    });
    draw(&ShowPage { frame: Frame { title, ..frame }, problems, login, next, provider })
}
