//! Turning one-time codes on, and giving one again.

use actions::error::Error;
use actions::one_time_codes::OneTimeSetup;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use formats::qr;
use serde::Deserialize;

use super::draw;
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::session::CODES;
use crate::web::site::Site;
use crate::web::turn::{Turn, mend};
use crate::web::visit::Visit;

/// The page with a new secret.
#[derive(Template)]
#[template(path = "web/pages/one_time_codes/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    secret: String,
    /// The secret in groups, for typing.
    spelled: String,
    address: String,
    code: Option<qr::Code>,
    /// Whether codes are on already, so that one of them proves who asks, and not the password.
    has_codes: bool,
    /// Whether the account has a password to prove itself with.
    has_password: bool,
}

/// The page with the recovery codes, shown once.
#[derive(Template)]
#[template(path = "web/pages/one_time_codes/done.html")]
struct DonePage {
    frame: Frame,
    codes: Vec<String>,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    secret: String,
    code: String,
    proof: String,
    form_secret: String,
}

/// The name of the field for a code that is given again.
pub const CODE: &str = "one_time_code";

/// The page that asks for a code again.
#[derive(Template)]
#[template(path = "web/pages/one_time_codes/again.html")]
struct AgainPage {
    frame: Frame,
    problems: Vec<String>,
    why: String,
    action: String,
    /// What waits for the code and is sent along with it.
    waiting: Vec<(String, String)>,
}

/// The form of a code given again.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Again {
    one_time_code: String,
    next: String,
    form_secret: String,
}

/// `GET /account/code`
pub async fn again(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        if !visit.visitor()?.has_codes {
            return Ok(Turn::Go(CODES.to_owned()));
        }
        let next = visit.parameter("next").and_then(links::own_path).unwrap_or("/account");
        Ok(Turn::Shown(again_page(site, visit, Vec::new(), next.to_owned())?))
    })
    .await
}

/// `POST /account/code`
pub async fn give_again(
    State(site): State<Site>,
    visit: Visit,
    Form(typed): Form<Again>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        if !visit.visitor()?.has_codes {
            return Ok(Turn::Go(CODES.to_owned()));
        }
        let Again { one_time_code, next, .. } = typed;
        let next = links::own_path(&next).unwrap_or("/account").to_owned();
        let session = &visit.visitor()?.session;
        match site.entrance.give_code_again(session, one_time_code, site.now_ms()) {
            Ok(secret) => Ok(Turn::Enter { path: next, secret }),
            Err(error) => {
                mend(error, visit.lang, |problems| again_page(site, visit, problems, next))
            }
        }
    })
    .await
}

fn again_page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    next: String,
) -> Result<String, Error> {
    let title = visit.lang.say("code-again-heading");
    draw(&AgainPage {
        problems,
        why: visit.lang.say("code-again-why"),
        action: "/account/code".to_owned(),
        waiting: vec![("next".to_owned(), next)],
        frame: Frame { title, ..site.frame(visit)? },
    })
}

/// The page on which a form waits for a code.
///
/// # Errors
/// The database failed.
pub fn confirm_page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    waiting: Vec<(String, String)>,
) -> Result<String, Error> {
    let title = visit.lang.say("code-again-heading");
    let frame = Frame { title, ..site.frame(visit)? };
    draw(&AgainPage {
        problems,
        why: visit.lang.say("code-waiting-why"),
        action: frame.address.clone(),
        waiting,
        frame,
    })
}

/// `GET /account/one-time-codes`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let setup = site.entrance.begin_one_time_codes(visit.account()?);
        Ok(Turn::Shown(page(site, visit, setup, Vec::new())?))
    })
    .await
}

/// `POST /account/one-time-codes`
pub async fn confirm(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let session = &visit.visitor()?.session;
        let Typed { secret, code, proof, .. } = typed;
        // The same secret again: it is in the app already.
        let setup = site.entrance.same_one_time_codes(visit.account()?, &secret);
        let entrance = &site.entrance;
        match entrance.confirm_one_time_codes(session, &setup, &code, proof, site.now_ms()) {
            Ok(codes) => {
                let frame = site.frame(visit)?;
                let title = frame.t("one-time-heading");
                Ok(Turn::Shown(draw(&DonePage { frame: Frame { title, ..frame }, codes })?))
            }
            Err(error) => mend(error, visit.lang, |problems| page(site, visit, setup, problems)),
        }
    })
    .await
}

fn page(
    site: &Site,
    visit: &Visit,
    setup: OneTimeSetup,
    problems: Vec<String>,
) -> Result<String, Error> {
    let frame = site.frame(visit)?;
    let title = frame.t("one-time-heading");
    let OneTimeSetup { secret, address } = setup;
    let letters: Vec<char> = secret.chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect::<String>());
    draw(&ShowPage {
        frame: Frame { title, ..frame },
        problems,
        spelled: groups.collect::<Vec<_>>().join(" "),
        code: qr::code(&address),
        has_codes: visit.visitor()?.has_codes,
        has_password: site.entrance.has_password(visit.account()?.id)?,
        secret,
        address,
    })
}
