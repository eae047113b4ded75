//! The matrix of a collection: units down, periods across, and the list of those that are missing.

use actions::submissions::Occasion;
use actions::submissions::matrix::{Cell, Matrix, Row};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Right;
use domain::item::Bilingual;
use domain::period::Period;
use domain::refusal::{Refusal, Wanted};
use domain::submission::Content;
use domain::unit::UnitId;

use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Choosable, Link, Mark};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, periods, places};

/// Periods that can be chosen.
const PERIODS_MAX: usize = 60;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/collection/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    trail: Vec<Link>,
    unit: String,
    forms: Vec<Choosable>,
    periods: Vec<Choosable>,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    left_out: String,
    /// Where the forms are filled together; empty for those who send none.
    grid: String,
    workbook: String,
    missing: String,
    missing_lines: usize,
}

struct ColumnView {
    label: String,
    total: String,
    incomplete: bool,
}

struct RowView {
    unit: Link,
    cells: Vec<CellView>,
}

struct CellView {
    /// The column's name, for lists on phones.
    label: String,
    mark: Mark,
    /// Where it leads; empty when there is nothing to see.
    href: String,
}

/// `GET /collection`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let actor = visit.actor(Right::SeeFigures)?;
        let unit = match visit.parameter("unit") {
            Some(text) => unit_id(text)?,
            None => site.first_unit(actor)?,
        };
        let bad = |text: &str| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period };
        let period =
            visit.parameter("period").map(|text| Period::parse(text).map_err(|_| bad(text)));
        let (form, period) = (visit.parameter("form"), period.transpose()?);
        let matrix = site.workspace.matrix(actor, site.moment(), unit, form, period)?;
        let (snapshot, today) = (site.workspace.snapshot()?, site.today());
        let may_send =
            |unit: UnitId| snapshot.check(actor, Right::SendFigures, Some(unit), today).is_ok();
        Ok(Turn::Shown(draw(&page(site, visit, &matrix, &may_send)?)?))
    })
    .await
}

fn page(
    site: &Site,
    visit: &Visit,
    matrix: &Matrix,
    may_send: &dyn Fn(UnitId) -> bool,
) -> Result<ShowPage, actions::error::Error> {
    let lang = visit.lang;
    let choice = Choice {
        unit: matrix.unit.id,
        period: matrix.period,
        view: actions::answer::View::Reported,
    };
    let form = matrix.forms.iter().find(|(code, _)| *code == matrix.form);
    let form = form.map(|(_, name)| lang.of(name).to_owned()).unwrap_or_default();
    let (sent, owed) = matrix.periods.last().map_or((0, 0), |last| (last.sent, last.owed));
    let gaps = [
        ("sent", Gap::from(sent)),
        ("owed", owed.into()),
        ("form", form.clone().into()),
        ("period", periods::label(matrix.period, lang).into()),
    ];
    let finding = lang.tell("collection-finding", gaps);
    let shown: Vec<Period> = matrix.periods.iter().map(|column| column.period).collect();
    let labels: Vec<String> = shown.iter().map(|it| periods::short(*it, lang)).collect();
    let columns = matrix.periods.iter().zip(&labels).map(|(column, label)| ColumnView {
        label: label.clone(),
        total: format!("{}/{}", column.sent, column.owed),
        incomplete: column.sent < column.owed,
    });
    let row = |row: &Row| {
        let sends = may_send(row.unit.id);
        let cells = row.cells.iter().zip(&shown).zip(&labels);
        RowView {
            unit: parts::unit_link(&row.unit, choice, lang),
            cells: cells
                .map(|((cell, period), label)| {
                    let occasion =
                        Occasion { form: matrix.form.clone(), unit: row.unit.id, period: *period };
                    let entry = if sends { links::entry(&occasion) } else { String::new() };
                    cell_view(cell, label, entry, lang)
                })
                .collect(),
        }
    };
    let left_out = [("count", Gap::from(matrix.left_out))];
    let sends = may_send(matrix.unit.id);
    let place = (matrix.form.as_str(), matrix.unit.id, matrix.period);
    let if_sends = |address: fn(&str, UnitId, Period) -> String| {
        if sends { address(place.0, place.1, place.2) } else { String::new() }
    };
    Ok(ShowPage {
        trail: parts::trail(&matrix.above, &matrix.unit, choice, lang),
        unit: matrix.unit.id.0.to_string(),
        forms: forms(matrix, lang),
        periods: periods_to_choose(matrix, lang),
        columns: columns.collect(),
        rows: matrix.rows.iter().map(row).collect(),
        left_out: match matrix.left_out {
            0 => String::new(),
            _ => lang.tell("collection-left-out", left_out),
        },
        grid: if_sends(links::grid),
        workbook: if_sends(links::workbook),
        missing: missing(site, matrix, &form, lang)?,
        missing_lines: (matrix.missing.len() + 1).clamp(3, 14),
        frame: Frame {
            choice: Some(choice),
            ..site.frame(visit)?.titled(finding.clone(), Section::Units)
        },
        finding,
    })
}

/// The forms that can be chosen.
fn forms(matrix: &Matrix, lang: Lang) -> Vec<Choosable> {
    let choosable = |(code, name): &(String, Bilingual)| Choosable {
        value: code.clone(),
        label: lang.of(name).to_owned(),
        chosen: *code == matrix.form,
    };
    matrix.forms.iter().map(choosable).collect()
}

/// The periods that can be chosen, newest first, among them the one shown.
fn periods_to_choose(matrix: &Matrix, lang: Lang) -> Vec<Choosable> {
    let newest = std::iter::successors(Some(matrix.newest), |period| period.previous());
    let mut offered: Vec<Period> = newest.take(PERIODS_MAX).collect();
    if !offered.contains(&matrix.period) {
        offered.push(matrix.period);
    }
    let choosable = |period: Period| Choosable {
        value: period.to_string(),
        label: places::capitalised(&periods::label(period, lang)),
        chosen: period == matrix.period,
    };
    offered.into_iter().map(choosable).collect()
}

fn cell_view(cell: &Cell, label: &str, entry: String, lang: Lang) -> CellView {
    let (mark, href) = match cell {
        Cell::NotOwed => {
            (Mark { code: "not_owed", word: lang.say("state-not-owed") }, String::new())
        }
        Cell::Missing => (Mark { code: "missing", word: lang.say("state-missing") }, entry),
        Cell::Sent { id, course, content } => {
            let mut mark = parts::course(course, lang);
            if *content == Content::NothingToReport {
                mark.word = format!("{}, {}", lang.say("state-nothing"), mark.word);
            }
            (mark, links::submission(id))
        }
    };
    CellView { label: label.to_owned(), mark, href }
}

/// The list of those that are missing, ready to be sent to them.
fn missing(
    site: &Site,
    matrix: &Matrix,
    form: &str,
    lang: Lang,
) -> Result<String, actions::error::Error> {
    if matrix.missing.is_empty() {
        return Ok(lang.say("collection-complete"));
    }
    let snapshot = site.workspace.snapshot()?;
    let known = snapshot.forms.iter().find(|known| known.code == matrix.form);
    let due = known.map(|known| periods::day(snapshot.due_on(known, matrix.period), lang));
    let gaps = [
        ("form", Gap::from(form.to_owned())),
        ("period", periods::label(matrix.period, lang).into()),
        ("count", matrix.missing.len().into()),
        ("day", due.unwrap_or_default().into()),
    ];
    let mut lines = vec![lang.tell("collection-missing-head", gaps)];
    let units = matrix.missing.iter().map(|unit| format!("- {}", places::full_name(unit, lang)));
    lines.extend(units);
    Ok(lines.join("\n"))
}
