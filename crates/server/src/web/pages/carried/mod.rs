//! Sending for a village what its phone could not: an officer brings the file or the texts of the codes.

use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use domain::access::Right;
use domain::refusal::Refusal;
use serde::Deserialize;

use super::draw;
use crate::web::api::submissions::ContentCode;
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places, refusals};

mod read;

use read::{Brought, read};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/carried/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    text: String,
    outcomes: Vec<OutcomeView>,
}

/// What became of a form that was brought.
struct OutcomeView {
    about: String,
    /// Where it can be seen; empty when it was not taken.
    href: String,
    text: String,
}

/// What was brought.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    form_secret: String,
    text: String,
}

/// `GET /carried`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        Ok(Turn::Shown(page(site, visit, Typed::default(), &[], Vec::new())?))
    })
    .await
}

/// `POST /carried`
pub async fn act(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    site.act(visit, |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let brought = match read(&typed.text) {
            Ok(brought) => brought,
            Err(problem) => {
                let problems = [Refusal::from(problem)];
                return Ok(Turn::Mend(page(site, visit, typed, &problems, Vec::new())?));
            }
        };
        let outcomes: Result<Vec<OutcomeView>, Error> =
            brought.into_iter().map(|brought| send(site, visit, brought)).collect();
        Ok(Turn::Shown(page(site, visit, Typed::default(), &[], outcomes?)?))
    })
    .await
}

/// Sends one form: the one who brings it is the one who sends it. The phone that sends the same later
/// gets the same receipt.
fn send(site: &Site, visit: &Visit, brought: Brought) -> Result<OutcomeView, Error> {
    let (who, moment, lang) = (&visit.visitor()?.actor, site.moment(), visit.lang);
    let Brought { id, occasion, content, typed } = brought;
    let snapshot = site.workspace.snapshot()?;
    let (unit, period) = (occasion.unit, occasion.period);
    let known = snapshot.check(who, Right::SendFigures, Some(unit), moment.today).is_ok();
    let name = snapshot.name(unit, moment.today);
    let unit = if known { places::full_name(&name, lang) } else { unit.0.to_string() };
    let about = format!("{} · {unit} · {}", occasion.form, periods::label(period, lang));
    let sent = match content {
        ContentCode::Figures => site.workspace.submit(who, moment, &id, occasion, typed),
        ContentCode::Nothing => site.workspace.nothing_to_report(who, moment, &id, occasion, typed),
    };
    match sent {
        Ok(sent) => {
            let number = [("number", Gap::from(sent.receipt.number))];
            let text = lang.tell("entry-mark-received", number);
            Ok(OutcomeView { about, href: links::submission(&sent.id), text })
        }
        Err(Error::Refused(refused)) => {
            let why = refused.iter().map(|refused| refusals::reason(&refused.why, lang));
            let text = why.collect::<Vec<String>>().join(" ");
            Ok(OutcomeView { about, href: String::new(), text })
        }
        Err(error) => Err(error),
    }
}

fn page(
    site: &Site,
    visit: &Visit,
    typed: Typed,
    problems: &[Refusal],
    outcomes: Vec<OutcomeView>,
) -> Result<String, Error> {
    let lang: Lang = visit.lang;
    let frame = site.frame(visit)?.titled(lang.say("carried-heading"), Section::Work);
    let problems = problems.iter().map(|problem| refusals::reason(problem, lang)).collect();
    draw(&ShowPage { problems, text: typed.text, outcomes, frame })
}
