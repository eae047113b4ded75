//! The pages of reports: what can be written, and a report as it will be printed.

use actions::error::Error;
use actions::reports::{Asked, AskedUnit, Offer, Report, Subject, offers};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::period::Period;
use formats::document::DocumentError;
use formats::profile::STATE;
use jiff::civil::Date;

use super::draw;
use crate::documents::{self, Issue, filled};
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Controls, Link};
use crate::web::site::{Desk, Site};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places};

/// The list.
#[derive(Template)]
#[template(path = "web/pages/reports/list.html")]
struct ListPage {
    frame: Frame,
    about: String,
    controls: Controls,
    general: Vec<Link>,
    bound: Vec<BoundReport>,
}

/// A report that a template was written for.
struct BoundReport {
    link: Link,
    about: String,
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
        let choice = desk.choice()?;
        let offers = offers(&snapshot, choice.unit, choice.period, choice.view)?;
        let spans = (snapshot.periods(), snapshot.units.change_days());
        let unit = places::full_name(
            &snapshot.name(choice.unit, snapshot.day_of(choice.period, choice.view)),
            desk.lang(),
        );
        let about = about(unit, choice.period, desk.lang());
        list_page(&offers, about, choice, (&spans.0, &spans.1), desk.frame(&snapshot.as_of))
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
        let report = report(desk, &template)?;
        let document = documents::document(&report, &issue(&report), desk.lang());
        let fragment = formats::html::fragment(&document, &STATE).map_err(|error| fault(&error))?;
        let choice = choice_of(&report.subject);
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
        let report = report(desk, &template)?;
        let document = documents::document(&report, &issue(&report), desk.lang());
        Ok(formats::html::style(&document, &STATE))
    })
    .await
}

/// The report asked for. A template written for one unit and span takes what the address leaves
/// out from itself, any other from what a first page opens on.
fn report(desk: &Desk<'_>, template: &str) -> Result<Report, Error> {
    let choice = desk.choice()?;
    let snapshot = desk.workspace.snapshot()?;
    let is_bound = snapshot.templates.get(template).is_some_and(|one| one.binding.is_some());
    let is_asked = |name: &str| !is_bound || desk.visit.parameter(name).is_some();
    let asked = Asked {
        unit: is_asked("unit").then_some(AskedUnit::Known(choice.unit)),
        period: is_asked("period").then_some(choice.period),
        view: choice.view,
    };
    let report = desk.workspace.report(template, &asked)?;
    report.subject.has_begun(desk.today)?;
    Ok(report)
}

/// The last day reported on is the day of issue, so that the same data always give the same page.
fn issue(report: &Report) -> Issue {
    let Subject { calendar, period, .. } = &report.subject;
    let (_, date): (Date, Date) = calendar.days(*period);
    Issue { date, number: 0, address: String::new() }
}

fn choice_of(subject: &Subject) -> Choice {
    Choice { unit: subject.unit.id, period: subject.period, view: subject.view }
}

fn fault(error: &DocumentError) -> Error {
    Error::Fault(format!("the document: {error}"))
}

fn about(unit: String, period: Period, lang: Lang) -> String {
    let period = periods::label(period, lang);
    lang.tell("reports-about", [("unit", Gap::from(unit)), ("period", period.into())])
}

/// Draws the list: the reports that can be made of what is in view, then those that were written
/// for one unit and span. `offered` are the spans and the days of trees to choose from.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn list_page(
    offers: &[Offer],
    about_choice: String,
    choice: Choice,
    offered: (&[Period], &[Date]),
    frame: Frame,
) -> Result<String, Error> {
    let lang = frame.lang;
    let link = |offer: &Offer| Link {
        href: links::report(&offer.code, choice_of(&offer.subject)),
        text: filled(lang.of(&offer.title), &offer.subject, &[], lang).text,
    };
    let bound = |offer: &Offer| {
        let unit = places::full_name(&offer.subject.unit, lang);
        BoundReport { link: link(offer), about: about(unit, offer.subject.period, lang) }
    };
    let title = lang.say("nav-reports");
    let frame = Frame { choice: Some(choice), ..frame.titled(title, Section::Reports) };
    let carried = vec![("unit", choice.unit.0.to_string())];
    draw(&ListPage {
        about: about_choice,
        controls: parts::controls("/reports".to_owned(), carried, choice, offered, lang),
        general: offers.iter().filter(|offer| !offer.is_bound).map(link).collect(),
        bound: offers.iter().filter(|offer| offer.is_bound).map(bound).collect(),
        frame,
    })
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
