//! The matrix of a collection: units down, periods across, and the list of those that are missing.

use actions::error::Error;
use actions::submissions::Occasion;
use actions::submissions::matrix::{Asked, Cell, Column, Matrix, Row};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use domain::access::Right;
use domain::item::Bilingual;
use domain::lock::Lock;
use domain::period::Period;
use domain::refusal::{Refusal, Wanted};
use domain::submission::Content;
use domain::unit::UnitId;

use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Choosable, Link, Mark, Pages};
use crate::web::site::Site;
use crate::web::turn::{Turn, mend};
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, locks, periods, places};

mod lock;

use lock::{LockView, Typed};

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
    /// Where the forms are filled together; empty for those who send none.
    grid: String,
    workbook: String,
    paper: String,
    pages: Option<Pages>,
    rates: String,
    lock: LockView,
    problems: Vec<String>,
    missing: String,
    missing_lines: usize,
}

struct ColumnView {
    label: String,
    total: String,
    incomplete: bool,
    /// That it is locked, or open again; empty otherwise.
    lock: String,
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
        let unit = visit.parameter("unit").map(unit_id).transpose()?;
        let asked = Asked {
            unit: match unit {
                Some(unit) => unit,
                None => site.first_unit(visit.actor(Right::SeeFigures)?)?,
            },
            form: visit.parameter("form").map(str::to_owned),
            period: visit.parameter("period").map(period).transpose()?,
            page: visit.page().saturating_sub(1),
        };
        Ok(Turn::Shown(matrix_page(site, visit, &asked, (&Typed::default(), Vec::new()))?))
    })
    .await
}

/// `POST /collection/lock`
pub async fn lock(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    decided(site, visit, typed, |site, visit, typed, occasion| {
        let who = &visit.visitor()?.actor;
        site.workspace.lock_period(who, site.moment(), occasion, typed.reason.clone())
    })
    .await
}

/// `POST /collection/open`
pub async fn open(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    decided(site, visit, typed, |site, visit, typed, occasion| {
        let who = &visit.visitor()?.actor;
        let until = typed.last_day()?;
        site.workspace.open_period(who, site.moment(), occasion, until, typed.reason.clone())
    })
    .await
}

type Deciding = fn(&Site, &Visit, &Typed, Occasion) -> Result<(), Error>;

/// Decides about a period and goes back to its matrix, or says what stands in the way.
async fn decided(site: Site, visit: Visit, typed: Typed, deciding: Deciding) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let (shown, of) = (unit_id(&typed.shown)?, period(&typed.period)?);
        let form = typed.form.clone();
        let outcome = typed.unit().and_then(|unit| {
            deciding(site, visit, &typed, Occasion { form: form.clone(), unit, period: of })
        });
        match outcome {
            Ok(()) => Ok(Turn::Go(links::collection(shown, &form, of))),
            Err(error) => mend(error, visit.lang, |problems| {
                let (form, period) = (Some(form), Some(of));
                let asked = Asked { form, period, ..Asked::of(shown) };
                matrix_page(site, visit, &asked, (&typed, problems))
            }),
        }
    })
    .await
}

fn period(text: &str) -> Result<Period, Error> {
    let bad = |_| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period };
    Ok(Period::parse(text).map_err(bad)?)
}

fn matrix_page(
    site: &Site,
    visit: &Visit,
    asked: &Asked,
    (typed, problems): (&Typed, Vec<String>),
) -> Result<String, Error> {
    let actor = visit.actor(Right::SeeFigures)?;
    let matrix = site.workspace.matrix(actor, site.moment(), asked)?;
    let (snapshot, today) = (site.workspace.snapshot()?, site.today());
    let may_send =
        |unit: UnitId| snapshot.check(actor, Right::SendFigures, Some(unit), today).is_ok();
    let lock = lock::view(&matrix, typed, site, visit.lang);
    draw(&ShowPage { lock, problems, ..page(site, visit, &matrix, &may_send)? })
}

fn page(
    site: &Site,
    visit: &Visit,
    matrix: &Matrix,
    may_send: &dyn Fn(UnitId) -> bool,
) -> Result<ShowPage, Error> {
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
    let columns: Vec<ColumnView> =
        matrix.periods.iter().map(|column| column_view(column, lang)).collect();
    let row = |row: &Row| {
        let sends = may_send(row.unit.id);
        let cells = row.cells.iter().zip(&matrix.periods).zip(&columns);
        RowView {
            unit: parts::unit_link(&row.unit, choice, lang),
            cells: cells
                .map(|((cell, Column { period, .. }), column)| {
                    let (form, unit) = (matrix.form.clone(), row.unit.id);
                    let occasion = Occasion { form, unit, period: *period };
                    let entry = if sends { links::entry(&occasion) } else { String::new() };
                    cell_view(cell, &column.label, entry, lang)
                })
                .collect(),
        }
    };
    let sends = may_send(matrix.unit.id);
    let place = (matrix.form.as_str(), matrix.unit.id, matrix.period);
    let if_sends = |address: fn(&str, UnitId, Period) -> String| {
        if sends { address(place.0, place.1, place.2) } else { String::new() }
    };
    let rows = matrix.rows.iter().map(row).collect();
    let address = links::collection(matrix.unit.id, &matrix.form, matrix.period);
    Ok(ShowPage {
        trail: parts::trail(&matrix.above, &matrix.unit, choice, lang),
        unit: matrix.unit.id.0.to_string(),
        forms: forms(matrix, lang),
        periods: periods_to_choose(matrix, lang),
        grid: if_sends(links::grid),
        workbook: if_sends(links::workbook),
        paper: links::paper(&matrix.form, matrix.unit.id, matrix.period),
        rows,
        columns,
        rates: links::rates(matrix.unit.id, &matrix.form),
        pages: parts::pages(&address, (matrix.page, matrix.pages()), lang),
        lock: LockView::default(),
        problems: Vec::new(),
        missing: missing(site, matrix, &form, lang)?,
        missing_lines: (matrix.missing.len() + 1).clamp(3, 14),
        frame: Frame {
            choice: Some(choice),
            ..site.frame(visit)?.titled(finding.clone(), Section::Units)
        },
        finding,
    })
}

fn column_view(column: &Column, lang: Lang) -> ColumnView {
    ColumnView {
        label: periods::short(column.period, lang),
        total: format!("{}/{}", column.sent, column.owed),
        incomplete: column.sent < column.owed,
        lock: locks::mark(column.lock, lang),
    }
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
        Cell::Missing { lock } => {
            let code = if matches!(lock, Lock::Locked(_)) { "locked" } else { "missing" };
            let said = [lang.say("state-missing"), locks::mark(*lock, lang)];
            let said: Vec<String> = said.into_iter().filter(|word| !word.is_empty()).collect();
            (Mark { code, word: said.join(", ") }, entry)
        }
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
fn missing(site: &Site, matrix: &Matrix, form: &str, lang: Lang) -> Result<String, Error> {
    if matrix.missing.is_empty() {
        return Ok(lang.say("collection-complete"));
    }
    let snapshot = site.workspace.snapshot()?;
    let known = snapshot.forms.iter().find(|known| known.code == matrix.form);
    let due = known.map(|known| periods::day(snapshot.due_on(known, matrix.period), lang));
    let gaps = [
        ("form", Gap::from(form.to_owned())),
        ("period", periods::label(matrix.period, lang).into()),
        ("count", matrix.missing_count.into()),
        ("day", due.unwrap_or_default().into()),
    ];
    let mut lines = vec![lang.tell("collection-missing-head", gaps)];
    let units = matrix.missing.iter().map(|unit| format!("- {}", places::full_name(unit, lang)));
    lines.extend(units);
    let more = matrix.missing_count.saturating_sub(matrix.missing.len());
    if more > 0 {
        lines.push(lang.tell("collection-left-out", [("count", Gap::from(more))]));
    }
    Ok(lines.join("\n"))
}
