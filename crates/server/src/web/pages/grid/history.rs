//! A cell of the grid through time, in sentences, for the drawer that opens beside it.

use actions::submissions::Occasion;
use actions::submissions::grid::history::{CellHistory, CellRevision};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::indicator::Indicator;
use domain::number::{Fraction, SCALE_MAX};
use serde::Serialize;

use super::{Place, scope};
use crate::web::api::json;
use crate::web::pages::entry::by;
use crate::web::site::Site;
use crate::web::turn::{Turn, once};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, collecting, figures, number, periods};

/// The answer.
#[derive(Serialize)]
struct Lines {
    lines: Vec<String>,
}

/// `GET /grid/forms/{form}/periods/{period}/history`
pub async fn show(State(site): State<Site>, Path(place): Place, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let scope = scope(site, visit, &place)?;
        let occasion = Occasion { form: scope.form, unit: scope.unit, period: scope.period };
        let field = visit.parameter("field").unwrap_or_default();
        let who = &visit.visitor()?.actor;
        let history = site.workspace.cell_history(who, site.moment(), &occasion, field)?;
        let lines = lines(site, &history, visit.lang);
        Ok(Turn::Other(once(json(StatusCode::OK, &Lines { lines }))))
    })
    .await
}

fn lines(site: &Site, history: &CellHistory, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> =
        history.revisions.iter().map(|revision| line(site, revision, lang)).collect();
    if lines.is_empty() {
        lines.push(lang.say("history-none"));
    }
    lines.push(history.previous.map_or_else(
        || lang.say("entry-no-previous"),
        |value| {
            let value = number::number(value, SCALE_MAX, lang);
            lang.tell("entry-previous", [("value", Gap::from(value))])
        },
    ));
    lines.extend(history.targets.iter().map(|target| target_line(target, lang)));
    lines
}

fn line(site: &Site, revision: &CellRevision, lang: Lang) -> String {
    let value = revision.value.map(|value| number::number(value, SCALE_MAX, lang));
    let gaps = [
        ("revision", Gap::from(revision.revision)),
        ("value", value.unwrap_or_else(|| lang.say("preview-empty")).into()),
        ("moment", periods::moment(revision.received_ms, &site.zone, lang).into()),
        ("name", by(&revision.sender, lang).into()),
        ("state", collecting::state(revision.state, lang).into()),
    ];
    lang.tell("history-revision", gaps)
}

fn target_line((indicator, value): &(Indicator, Fraction), lang: Lang) -> String {
    let gaps = [
        ("name", Gap::from(lang.of(&indicator.name).to_owned())),
        ("value", figures::target_value(indicator, *value, lang).into()),
    ];
    lang.tell("history-target", gaps)
}
