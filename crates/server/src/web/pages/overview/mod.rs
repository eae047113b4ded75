//! The overview: how the priorities of a unit stand, who lags, and what is missing.

use actions::answer::{Overview, PriorityAnswer};
use actions::error::Error;
use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::draw;
use crate::web::charts;
use crate::web::frame::{Frame, Section};
use crate::web::links::Choice;
use crate::web::parts::{self, Controls, FigureView, FormView, Link, Mark};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Lang, figures, findings, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/overview/show.html")]
struct ShowPage {
    frame: Frame,
    trail: Vec<Link>,
    finding: String,
    period: String,
    view: String,
    controls: Controls,
    priorities: Vec<PriorityView>,
    forms_finding: String,
    forms: Vec<FormView>,
}

/// A priority on the page.
struct PriorityView {
    code: String,
    number: usize,
    name: String,
    reason: String,
    owner: String,
    status: Mark,
    lag: String,
    headline: Vec<FigureView>,
    chart_title: String,
    chart_subtitle: String,
    chart: String,
    lagging_title: String,
    lagging: Vec<FigureView>,
}

/// `GET /`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.page(visit, |desk| {
        let choice = desk.choice()?;
        let overview = desk.workspace.overview(choice.unit, choice.period, choice.view)?;
        page(&overview, desk.frame(&overview.as_of))
    })
    .await
}

/// Draws the page.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(overview: &Overview, frame: Frame) -> Result<String, Error> {
    let lang = frame.lang;
    let choice = Choice { unit: overview.unit.id, period: overview.period, view: overview.view };
    let priorities = overview.priorities.iter().enumerate();
    let title = places::full_name(&overview.unit, lang);
    let frame = Frame { choice: Some(choice), ..frame.titled(title, Section::Overview) };
    draw(&ShowPage {
        trail: parts::trail(&overview.above, &overview.unit, choice, lang),
        finding: places::capitalised(&findings::overview(overview, lang)),
        period: places::capitalised(&periods::label(overview.period, lang)),
        view: figures::view(overview.view, overview.through, lang),
        controls: parts::controls(
            "/".to_owned(),
            vec![("unit", choice.unit.0.to_string())],
            choice,
            (&overview.periods, &overview.change_days),
            lang,
        ),
        priorities: priorities.map(|(index, answer)| priority(index + 1, answer, lang)).collect(),
        forms_finding: findings::forms(&overview.forms, lang),
        forms: overview.forms.iter().map(|form| parts::form(form, choice, lang)).collect(),
        frame,
    })
}

fn priority(number: usize, answer: &PriorityAnswer, lang: Lang) -> PriorityView {
    let lead = answer.headline.get(answer.lead);
    let headline = answer.headline.iter();
    let headline = headline.map(|(indicator, figure)| parts::figure(indicator, figure, lang));
    let lagging = lead.map_or_else(Vec::new, |(indicator, _)| {
        answer.lagging.iter().map(|figure| parts::figure(indicator, figure, lang)).collect()
    });
    let name_of_lead = lead.map_or("", |(indicator, _)| lang.of(&indicator.name)).to_owned();
    PriorityView {
        code: answer.code.clone(),
        number,
        name: lang.of(&answer.name).to_owned(),
        reason: lang.of(&answer.reason).to_owned(),
        owner: lang.of(&answer.owner).to_owned(),
        status: parts::mark(answer.status, lang),
        lag: findings::priority_lag(answer, lang)
            .map(|lag| places::capitalised(&lag))
            .unwrap_or_default(),
        headline: headline.collect(),
        chart_title: lead
            .map(|(indicator, figure)| figures::finding(indicator, figure, lang))
            .unwrap_or_default(),
        chart_subtitle: lead
            .map(|(indicator, figure)| {
                charts::course_subtitle(indicator, figure, &answer.course, lang)
            })
            .unwrap_or_default(),
        chart: lead
            .map(|(indicator, figure)| {
                let id = format!("{}-course", answer.code.to_lowercase());
                charts::course(&id, indicator, figure, &answer.course, lang)
            })
            .unwrap_or_default(),
        lagging_title: name_of_lead,
        lagging,
    }
}
