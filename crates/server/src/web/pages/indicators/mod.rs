//! The page of an indicator: its definition, its course, and every unit by period.

use actions::answer::{FigureAnswer, IndicatorPage, UnitFigure};
use actions::error::Error;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::indicator::{Direction, Indicator};

use super::draw;
use crate::web::charts;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Controls, FigureView, Link};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Lang, figures, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/indicators/show.html")]
struct ShowPage {
    frame: Frame,
    code: String,
    name: String,
    priority: String,
    finding: String,
    period: String,
    view: String,
    above: Vec<Link>,
    controls: Controls,
    figure: FigureView,
    bar: String,
    chart: String,
    chart_subtitle: String,
    definition: Definition,
    level: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    total: Vec<Cell>,
    judged: bool,
}

/// What the indicator is.
struct Definition {
    formula: String,
    items: Vec<(String, String, String)>,
    measure: String,
    direction: String,
    frequency: String,
    publicity: String,
    note: String,
    directive: String,
}

/// A unit in the table.
struct Row {
    figure: FigureView,
    cells: Vec<Cell>,
}

/// A unit's figure of one period.
struct Cell {
    head: String,
    href: String,
    number: String,
    reason: String,
    incomplete: String,
}

/// `GET /indicators/{code}`
pub async fn show(
    State(site): State<Site>,
    Path(code): Path<String>,
    visit: Visit,
) -> Response {
    site.page(visit, move |desk| {
        let choice = desk.visit.choice(&desk.defaults)?;
        let Choice { unit, period, view } = choice;
        let level = desk.visit.parameter("level");
        let answer = desk.workspace.indicator_page(&code, unit, period, view, level)?;
        page(&answer, desk.frame(&answer.as_of))
    })
    .await
}

/// Draws the page.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(answer: &IndicatorPage, frame: Frame) -> Result<String, Error> {
    let lang = frame.lang;
    let indicator = &answer.indicator;
    let choice = Choice::of(&answer.figure);
    let name = lang.of(&indicator.name).to_owned();
    let frame = Frame {
        choice: Some(choice),
        ..frame.titled(format!("{} {name}", indicator.code), Section::Overview)
    };
    let mut above = parts::crumbs(&answer.above, choice, lang);
    above.push(Link {
        href: links::overview(choice),
        text: places::full_name(&answer.figure.unit, lang),
    });
    draw(&ShowPage {
        code: indicator.code.clone(),
        priority: answer.priority.as_ref().map(|name| lang.of(name).to_owned()).unwrap_or_default(),
        finding: figures::finding(indicator, &answer.figure, lang),
        period: places::capitalised(&periods::label(choice.period, lang)),
        view: figures::view(choice.view, lang),
        above,
        controls: parts::controls(
            format!("/indicators/{}", links::escaped(&indicator.code)),
            vec![("unit", choice.unit.0.to_string())],
            choice,
            (&answer.periods, &answer.change_days),
            lang,
        ),
        figure: parts::figure(indicator, &answer.figure, lang),
        bar: charts::target_bar("chi-tieu", indicator, &answer.figure, lang),
        chart: charts::course("lo-trinh", indicator, &answer.figure, &answer.course, lang),
        chart_subtitle: charts::course_subtitle(indicator, &answer.figure, &answer.course, lang),
        definition: definition(answer, lang),
        level: places::capitalised(&places::level(&answer.level, lang)),
        columns: answer.columns.iter().map(|period| periods::short(*period, lang)).collect(),
        rows: answer.rows.iter().map(|unit| row(indicator, unit, lang)).collect(),
        total: answer
            .course
            .iter()
            .filter(|point| answer.columns.contains(&point.period))
            .map(|point| Cell {
                head: periods::short(point.period, lang),
                href: links::figure(&indicator.code, Choice { period: point.period, ..choice }),
                number: point.own.as_ref().map_or_else(
                    |_| "–".to_owned(),
                    |value| figures::value_text(indicator, *value, lang),
                ),
                reason: point
                    .own
                    .as_ref()
                    .err()
                    .map(|reason| figures::no_value(reason, lang))
                    .unwrap_or_default(),
                incomplete: missing(point.completeness, lang),
            })
            .collect(),
        judged: indicator.direction != Direction::None,
        name,
        frame,
    })
}

fn definition(answer: &IndicatorPage, lang: Lang) -> Definition {
    let indicator = &answer.indicator;
    let items = answer.items.iter().map(|(code, name, measure)| {
        (code.clone(), lang.of(name).to_owned(), lang.of(measure).to_owned())
    });
    let target = answer.figure.target.as_ref();
    Definition {
        formula: indicator.formula.source().to_owned(),
        items: items.collect(),
        measure: lang.of(&indicator.measure).to_owned(),
        direction: figures::direction(indicator.direction, lang),
        frequency: periods::frequency(indicator.frequency, lang),
        publicity: figures::publicity(indicator.publicity, lang),
        note: lang.of(&indicator.note).to_owned(),
        directive: target.map(|target| target.directive.clone()).unwrap_or_default(),
    }
}

fn row(indicator: &Indicator, unit: &UnitFigure, lang: Lang) -> Row {
    Row {
        figure: parts::figure(indicator, &unit.figure, lang),
        cells: unit.by_period.iter().map(|figure| cell(indicator, figure, lang)).collect(),
    }
}

fn cell(indicator: &Indicator, figure: &FigureAnswer, lang: Lang) -> Cell {
    let reason = figure.value.as_ref().err();
    Cell {
        head: periods::short(figure.period, lang),
        href: links::figure(&indicator.code, Choice::of(figure)),
        number: figures::cell(indicator, figure, lang),
        reason: reason.map(|reason| figures::no_value(reason, lang)).unwrap_or_default(),
        incomplete: missing(figure.completeness, lang),
    }
}

/// What is missing, when something is.
fn missing(completeness: actions::answer::Completeness, lang: Lang) -> String {
    if completeness.units_missing == 0 {
        return String::new();
    }
    figures::completeness(completeness, lang)
}
