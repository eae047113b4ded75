//! Accepting an invitation: choosing a password of one's own.

use actions::entrance::SignIn;
use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Deserialize;

use super::draw;
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::{Turn, mend};
use crate::web::visit::Visit;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/invitations/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    name: String,
    login: String,
    action: String,
    /// The way to accept through an identity provider, if there is one.
    provider: Option<Link>,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    password: String,
}

/// `GET /invitations/{secret}`
pub async fn show(State(site): State<Site>, Path(secret): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| Ok(Turn::Shown(page(site, visit, &secret, Vec::new())?)))
        .await
}

/// `POST /invitations/{secret}`
pub async fn accept(
    State(site): State<Site>,
    Path(secret): Path<String>,
    visit: Visit,
    Form(typed): Form<Typed>,
) -> Response {
    site.act(visit, move |site, visit| {
        let password = typed.password;
        match site.entrance.accept_invitation(&secret, password.clone(), site.now_ms()) {
            Ok(account) => {
                let sign_in = SignIn { login: account.login, password, ..SignIn::default() };
                // Whoever has one-time codes already signs in with one.
                match site.entrance.sign_in(sign_in, site.now_ms(), site.today()) {
                    Ok(secret) => Ok(Turn::Enter { path: "/".to_owned(), secret }),
                    Err(_) => Ok(Turn::Go("/sign-in".to_owned())),
                }
            }
            Err(error) => mend(error, visit.lang, |problems| page(site, visit, &secret, problems)),
        }
    })
    .await
}

fn page(site: &Site, visit: &Visit, secret: &str, problems: Vec<String>) -> Result<String, Error> {
    let account = site.entrance.invited(secret, site.now_ms())?;
    let frame = site.frame(visit)?;
    let title = frame.t("invitation-heading");
    draw(&ShowPage {
        frame: Frame { title, ..frame },
        problems,
        name: account.name,
        login: account.login,
        action: format!("/invitations/{secret}"),
        provider: site.provider.as_ref().map(|provider| Link {
            href: format!("/sign-in/provider?invitation={}", links::escaped(secret)),
            text: visit.lang.tell("provider-accept", [("name", provider.name().to_owned().into())]),
        }),
    })
}
