//! What this is, how its words are meant, and what it refuses.

use actions::error::Error;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::number::{Fraction, Quantity};
use domain::status::{Status, Thresholds};

use super::draw;
use crate::web::frame::Frame;
use crate::web::parts::{self, Mark};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, number};

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
        page(desk.frame(&as_of), desk.defaults.thresholds)
    })
    .await
}

/// Draws the page.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(frame: Frame, thresholds: Thresholds) -> Result<String, Error> {
    let lang = frame.lang;
    let from = |thousandths: u16| {
        let share = Fraction::new(i128::from(thousandths), 1000).unwrap_or(Fraction::ONE);
        [("share", Gap::from(number::percent(Quantity::exact(share), 1, lang)))]
    };
    let meaning = |status: Status| match status {
        Status::Met => lang.say("about-met"),
        Status::OnTrack => lang.tell("about-on-track", from(thresholds.on_track_thousandths)),
        Status::Behind => lang.tell("about-behind", from(thresholds.behind_thousandths)),
        Status::FarBehind => lang.tell("about-far-behind", from(thresholds.behind_thousandths)),
        Status::NoData => lang.say("about-no-data"),
        Status::NotJudged => lang.say("about-not-judged"),
    };
    let statuses = Status::ALL.map(|status| (parts::mark(status, lang), meaning(status)));
    let title = lang.say("about-heading");
    draw(&ShowPage {
        frame: Frame { title, ..frame },
        statuses: statuses.into(),
        version: env!("CARGO_PKG_VERSION"),
    })
}
