//! The page of an indicator: its definition, its course, and every unit by period.

use actions::answer::{FigureAnswer, IndicatorPage, UnitFigure};
use actions::error::Error;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::directive::Directive;
use domain::indicator::{Direction, Indicator};
use domain::period::Period;
use formats::profile::Layout;

use super::draw;
use crate::web::charts;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Controls, FigureView, Link, Pages};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::documents::citation;
use crate::wording::{Gap, Lang, figures, periods, places};

/// Units on one page of the table: more than nearly any office has below it, fewer than a country.
const ROWS_MAX: usize = 150;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/indicators/show.html")]
struct ShowPage {
    frame: Frame,
    code: String,
    name: String,
    measure: String,
    priority: String,
    finding: String,
    period: String,
    view: String,
    trail: Vec<Link>,
    controls: Controls,
    figure: FigureView,
    bar: String,
    chart: String,
    chart_subtitle: String,
    definition: Definition,
    level: String,
    short_period: String,
    columns: Vec<String>,
    rows: Vec<Row>,
    pages: Option<Pages>,
    rows_not_asked: String,
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
pub async fn show(State(site): State<Site>, Path(code): Path<String>, visit: Visit) -> Response {
    site.page(visit, move |desk| {
        let choice = desk.choice()?;
        let Choice { unit, period, view } = choice;
        let level = desk.visit.parameter("level");
        let at = desk.visit.page().saturating_sub(1);
        let answer = desk.workspace.indicator_page(&code, unit, period, view, level)?;
        let snapshot = desk.workspace.snapshot()?;
        let source = answer.figure.target.as_ref().map(|target| target.directive.as_str());
        let directive =
            snapshot.directives.iter().find(|known| Some(known.code.as_str()) == source);
        page(&answer, at, directive, desk.frame(&answer.as_of))
    })
    .await
}

/// Draws the page with the rows of one page of its table, counted from 0; `directive` is the one that
/// sets the target.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(
    answer: &IndicatorPage,
    at: usize,
    directive: Option<&Directive>,
    frame: Frame,
) -> Result<String, Error> {
    let lang = frame.lang;
    let indicator = &answer.indicator;
    let choice = Choice::of(&answer.figure);
    let name = lang.of(&indicator.name).to_owned();
    let frame = Frame {
        choice: Some(choice),
        ..frame.titled(format!("{} {name}", indicator.code), Section::Overview)
    };
    let asked: Vec<&UnitFigure> =
        answer.rows.iter().filter(|unit| is_asked(&unit.figure)).collect();
    let pages = asked.len().div_ceil(ROWS_MAX);
    let at = at.min(pages.saturating_sub(1));
    let shown = asked.iter().skip(at * ROWS_MAX).take(ROWS_MAX);
    let address = links::indicator(&indicator.code, choice);
    let address = format!("{address}&level={}", links::escaped(&answer.level));
    let columns = periods::in_a_row(&answer.columns, lang);
    draw(&ShowPage {
        code: indicator.code.clone(),
        measure: lang.of(&indicator.measure).to_owned(),
        priority: answer.priority.as_ref().map(|name| lang.of(name).to_owned()).unwrap_or_default(),
        finding: figures::finding(indicator, &answer.figure, lang),
        period: places::capitalised(&periods::label(choice.period, lang)),
        view: figures::view(choice.view, answer.figure.through, lang),
        trail: parts::trail(&answer.above, &answer.figure.unit, choice, lang),
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
        definition: definition(answer, directive, lang),
        level: places::capitalised(&places::level(&answer.level, lang)),
        short_period: periods::short(choice.period, lang),
        columns: columns.clone(),
        rows: shown.map(|unit| row(indicator, unit, &columns, lang)).collect(),
        pages: parts::pages(&address, (at, pages), lang),
        rows_not_asked: rows_not_asked(answer.rows.len() - asked.len(), lang),
        total: total(answer, choice, &columns, lang),
        judged: indicator.direction != Direction::None,
        name,
        frame,
    })
}

fn definition(answer: &IndicatorPage, directive: Option<&Directive>, lang: Lang) -> Definition {
    let indicator = &answer.indicator;
    let items = answer.items.iter().map(|(code, name, measure)| {
        (code.clone(), lang.of(name).to_owned(), lang.of(measure).to_owned())
    });
    Definition {
        formula: indicator.formula.source().to_owned(),
        items: items.collect(),
        measure: lang.of(&indicator.measure).to_owned(),
        direction: figures::direction(indicator.direction, lang),
        frequency: periods::frequency(indicator.frequency, lang),
        publicity: figures::publicity(indicator.publicity, lang),
        note: lang.of(&indicator.note).to_owned(),
        directive: directive
            .map(|directive| citation(directive, Layout::Party, lang))
            .unwrap_or_default(),
    }
}

fn row(indicator: &Indicator, unit: &UnitFigure, columns: &[String], lang: Lang) -> Row {
    Row {
        figure: parts::figure(indicator, &unit.figure, lang),
        cells: unit
            .by_period
            .iter()
            .zip(columns)
            .map(|(figure, head)| cell(indicator, figure, head, lang))
            .collect(),
    }
}

fn cell(indicator: &Indicator, figure: &FigureAnswer, head: &str, lang: Lang) -> Cell {
    let reason = figure.value.as_ref().err();
    Cell {
        head: head.to_owned(),
        href: links::figure(&indicator.code, Choice::of(figure)),
        number: figures::cell(indicator, figure, lang),
        reason: reason.map(|reason| figures::no_value(reason, lang)).unwrap_or_default(),
        incomplete: missing(figure.completeness, lang),
    }
}

/// Whether anybody below the unit owes the figure; a unit that nobody asks is no gap.
fn is_asked(figure: &FigureAnswer) -> bool {
    figure.value.is_ok() || figure.completeness.units_expected > 0 || figure.target.is_some()
}

fn rows_not_asked(count: usize, lang: Lang) -> String {
    if count == 0 {
        return String::new();
    }
    lang.tell("rows-not-asked", [("count", Gap::from(count))])
}

/// The figures of the unit itself, one per column.
fn total(answer: &IndicatorPage, choice: Choice, columns: &[String], lang: Lang) -> Vec<Cell> {
    let indicator = &answer.indicator;
    let of = |(period, head): (&Period, &String)| {
        let point = answer.course.iter().find(|point| point.period == *period);
        let own = point.map(|point| &point.own);
        let value = own.and_then(|own| own.as_ref().ok());
        let reason = own.and_then(|own| own.as_ref().err());
        Cell {
            head: head.clone(),
            href: links::figure(&indicator.code, Choice { period: *period, ..choice }),
            number: value.map_or_else(
                || "–".to_owned(),
                |value| figures::value_text(indicator, *value, lang),
            ),
            reason: reason.map(|reason| figures::no_value(reason, lang)).unwrap_or_default(),
            incomplete: point.map(|point| missing(point.completeness, lang)).unwrap_or_default(),
        }
    };
    answer.columns.iter().zip(columns).map(of).collect()
}

/// What is missing, when something is.
fn missing(completeness: actions::answer::Completeness, lang: Lang) -> String {
    if completeness.units_missing == 0 {
        return String::new();
    }
    figures::completeness(completeness, lang)
}
