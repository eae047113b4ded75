//! What this is, how its words are meant, and what it refuses.

use actions::error::Error;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::status::Status;

use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::parts::{self, Mark};
use crate::web::site::Site;
use crate::web::visit::Visit;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/about/show.html")]
struct ShowPage {
    frame: Frame,
    statuses: Vec<(Mark, String)>,
    version: &'static str,
}

/// `GET /about`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.page(visit, |desk| {
        let as_of = desk.workspace.version()?;
        page(desk.frame(&as_of))
    })
    .await
}

/// Draws the page.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(frame: Frame) -> Result<String, Error> {
    let lang = frame.lang;
    let meaning = |status: Status| {
        lang.say(match status {
            Status::Met => "about-met",
            Status::OnTrack => "about-on-track",
            Status::Behind => "about-behind",
            Status::FarBehind => "about-far-behind",
            Status::NoData => "about-no-data",
            Status::NotJudged => "about-not-judged",
        })
    };
    let statuses = Status::ALL.map(|status| (parts::mark(status, lang), meaning(status)));
    let title = lang.say("about-heading");
    draw(&ShowPage {
        frame: frame.titled(title, Section::About),
        statuses: statuses.into(),
        version: env!("CARGO_PKG_VERSION"),
    })
}
