//! The pages of reports: what can be written, and a report as it will be printed.

use actions::error::Error;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::item::Bilingual;
use formats::document::{Document, DocumentError};
use formats::profile::STATE;

use super::draw;
use crate::documents::{self, Issue};
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::Link;
use crate::web::site::{Desk, Site};
use crate::web::visit::Visit;

/// The list.
#[derive(Template)]
#[template(path = "web/pages/reports/list.html")]
struct ListPage {
    frame: Frame,
    reports: Vec<Link>,
}

/// A report.
#[derive(Template)]
#[template(path = "web/pages/reports/show.html")]
struct ShowPage {
    frame: Frame,
    document: String,
    style: String,
}

/// `GET /reports`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.page(visit, |desk| {
        let snapshot = desk.workspace.snapshot()?;
        let templates: Vec<(String, Bilingual)> = snapshot
            .templates
            .iter()
            .map(|(code, template)| (code.clone(), template.title.clone()))
            .collect();
        let choice = desk.choice()?;
        list_page(&templates, choice, desk.frame(&snapshot.as_of))
    })
    .await
}

/// `GET /reports/{template}`
pub async fn show(
    State(site): State<Site>,
    Path(template): Path<String>,
    visit: Visit,
) -> Response {
    site.page(visit, move |desk| {
        let choice = desk.choice()?;
        let document = document(desk, &template, choice)?;
        let fragment = formats::html::fragment(&document, &STATE).map_err(|error| fault(&error))?;
        let style = links::report_style(&template, choice, desk.lang());
        show_page(document.about, fragment, style, choice, desk.frame(&desk.workspace.version()?))
    })
    .await
}

/// `GET /reports/{template}/style.css`: a report's own layout, apart from the page because no
/// style may stand inside one.
pub async fn style(
    State(site): State<Site>,
    Path(template): Path<String>,
    visit: Visit,
) -> Response {
    site.text("text/css; charset=utf-8", visit, move |desk| {
        let choice = desk.choice()?;
        Ok(formats::html::style(&document(desk, &template, choice)?, &STATE))
    })
    .await
}

fn document(desk: &Desk<'_>, template: &str, choice: Choice) -> Result<Document, Error> {
    let report = desk.workspace.report(template, choice.unit, choice.period, choice.view)?;
    // The last day reported on, so that the same data always give the same page.
    let (_, date) = desk.workspace.snapshot()?.calendar().days(choice.period);
    let issue = Issue { date, number: 0, address: String::new() };
    Ok(documents::document(&report, &issue, desk.lang()))
}

fn fault(error: &DocumentError) -> Error {
    Error::Fault(format!("the document: {error}"))
}

/// Draws the list.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn list_page(
    templates: &[(String, Bilingual)],
    choice: Choice,
    frame: Frame,
) -> Result<String, Error> {
    let lang = frame.lang;
    let link = |(code, title): &(String, Bilingual)| Link {
        href: links::report(code, choice),
        text: lang.of(title).to_owned(),
    };
    let title = lang.say("nav-reports");
    let frame = Frame { choice: Some(choice), ..frame.titled(title, Section::Reports) };
    draw(&ListPage { frame, reports: templates.iter().map(link).collect() })
}

/// Draws a report around its document, which is HTML of our own making.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn show_page(
    title: String,
    document: String,
    style: String,
    choice: Choice,
    frame: Frame,
) -> Result<String, Error> {
    let frame = Frame { choice: Some(choice), ..frame.titled(title, Section::Reports) };
    draw(&ShowPage { frame, document, style })
}
