//! The grid: the forms of a unit and all below it for one period, filled in one table.

use actions::error::Error;
use actions::submissions::Occasion;
use actions::submissions::entry::{EntryField, EntryPage};
use actions::submissions::field_key;
use actions::submissions::grid::{GridPage, Outcomes, RowOutcome, Scope, TypedRow, joined};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::Right;
use domain::number::SCALE_MAX;
use domain::period::Period;
use domain::refusal::{Refusal, Refused, Wanted};
use domain::submission;
use domain::unit::UnitId;
use jiff::civil::Date;

use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Link, Mark};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, collecting, number, periods, places, refusals};

pub mod history;
mod script;
mod typed;
pub mod workbook;

use typed::{Deed, read};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/grid/show.html")]
struct ShowPage {
    frame: Frame,
    action: String,
    workbook: String,
    collection: String,
    trail: Vec<Link>,
    heading: String,
    about: String,
    finding: String,
    problems: Vec<ProblemView>,
    receipts: Vec<Link>,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    left_out: String,
    /// What the script needs: words, fields and rules, as JSON.
    script: String,
}

/// Something to be mended, and where.
struct ProblemView {
    href: String,
    text: String,
}

/// A field of the form.
struct ColumnView {
    key: String,
    name: String,
    about: String,
    total: String,
    filled: String,
    incomplete: bool,
}

/// A unit's row.
struct RowView {
    unit: i64,
    link: Link,
    mark: Mark,
    /// Where what was sent can be seen; empty before.
    sent: String,
    id: String,
    was: String,
    /// Whether its figures are approved: they are corrected on their own page.
    is_locked: bool,
    cells: Vec<CellView>,
}

/// A cell.
struct CellView {
    /// The number of the field, from 1.
    number: usize,
    /// The item and the class, as names of fields carry them.
    key: String,
    /// What the cell is, for those who do not see the headings.
    label: String,
    text: String,
    previous: String,
    is_wrong: bool,
    is_doubtful: bool,
    reason: String,
    says: Vec<String>,
}

type Place = Path<(String, String)>;

/// `GET /grid/forms/{form}/periods/{period}`
pub async fn show(State(site): State<Site>, Path(place): Place, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let scope = scope(site, visit, &place)?;
        Ok(Turn::Shown(page(site, visit, &scope, Vec::new(), &Vec::new())?))
    })
    .await
}

/// `POST /grid/forms/{form}/periods/{period}`
pub async fn act(
    State(site): State<Site>,
    Path(place): Place,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    site.act(visit, move |site, visit| {
        let filled = read(pairs);
        site.check_form(visit, &filled.form_secret)?;
        let scope = scope(site, visit, &place)?;
        let (who, moment) = (&visit.visitor()?.actor, site.moment());
        let rows = filled.rows.clone();
        let outcomes = match filled.deed {
            Deed::Save => site.workspace.save_grid(who, moment, &scope, rows)?,
            Deed::Send => site.workspace.send_grid(who, moment, &scope, rows)?,
        };
        let is_refused =
            |unit: UnitId| outcomes.iter().any(|(of, outcome)| *of == unit && is_refused(outcome));
        let mut kept = filled.rows;
        kept.retain(|row| is_refused(row.unit));
        if kept.is_empty() && filled.deed == Deed::Save {
            return Ok(Turn::Go(links::grid(&scope.form, scope.unit, scope.period)));
        }
        let all_taken = kept.is_empty();
        let page = page(site, visit, &scope, kept, &outcomes)?;
        Ok(if all_taken { Turn::Shown(page) } else { Turn::Mend(page) })
    })
    .await
}

fn is_refused(outcome: &RowOutcome) -> bool {
    matches!(outcome, RowOutcome::Refused(_))
}

/// What the address asks for; without a unit, the first one whose figures the reader may send.
fn scope(site: &Site, visit: &Visit, (form, period): &(String, String)) -> Result<Scope, Error> {
    let bad = |_| Refusal::BadValue { text: period.clone(), wanted: Wanted::Period };
    let period = Period::parse(period).map_err(bad)?;
    let unit = match visit.parameter("unit") {
        Some(text) => unit_id(text)?,
        None => {
            let mut own =
                visit.visitor()?.actor.units(Right::SendFigures, site.today()).into_iter();
            match own.next().flatten() {
                Some(unit) => unit,
                None => site.workspace.defaults()?.unit,
            }
        }
    };
    Ok(Scope { form: form.clone(), unit, period })
}

fn page(
    site: &Site,
    visit: &Visit,
    scope: &Scope,
    typed: Vec<TypedRow>,
    outcomes: &Outcomes,
) -> Result<String, Error> {
    let who = &visit.visitor()?.actor;
    let grid = site.workspace.grid_page(who, site.moment(), scope, typed)?;
    let (lang, today) = (visit.lang, site.today());
    let choice =
        Choice { unit: scope.unit, period: scope.period, view: actions::answer::View::Reported };
    let heading = lang.of(&grid.form).to_owned();
    let period = periods::label(scope.period, lang);
    let unit = places::full_name(&grid.unit, lang);
    let gaps = [
        ("form", Gap::from(heading.clone())),
        ("unit", unit.clone().into()),
        ("period", period.clone().into()),
    ];
    let title = lang.tell("grid-title", gaps);
    let left_out = [("count", Gap::from(grid.left_out))];
    let row = |row: &EntryPage| {
        let id = site.entrance.submission_id(site.now_ms());
        row_view(row, &grid, id, lang)
    };
    draw(&ShowPage {
        action: links::grid(&scope.form, scope.unit, scope.period),
        workbook: links::workbook(&scope.form, scope.unit, scope.period),
        collection: links::collection(scope.unit, &scope.form, scope.period),
        trail: parts::trail(&grid.above, &grid.unit, choice, lang),
        about: format!("{unit} · {period}"),
        finding: finding(&grid, today, lang),
        problems: problems(&grid, outcomes, lang),
        receipts: receipts(&grid, outcomes, lang),
        columns: columns(&grid, lang),
        rows: grid.rows.iter().map(row).collect(),
        left_out: match grid.left_out {
            0 => String::new(),
            _ => lang.tell("collection-left-out", left_out),
        },
        script: script::text(&grid, visit),
        heading,
        frame: Frame { choice: Some(choice), ..site.frame(visit)?.titled(title, Section::Work) },
    })
}

/// How many units have sent, how many have begun, and until when they can.
fn finding(grid: &GridPage, today: Date, lang: Lang) -> String {
    let is_sent = |row: &&EntryPage| {
        matches!(row.state, submission::State::Submitted | submission::State::Approved)
    };
    let gaps = [
        ("sent", Gap::from(grid.rows.iter().filter(is_sent).count())),
        ("owed", grid.rows.len().into()),
        ("begun", grid.rows.iter().filter(|row| row.saved.is_some()).count().into()),
        ("due", collecting::due(grid.due, today, lang).into()),
    ];
    lang.tell("grid-finding", gaps)
}

/// Everything that was not taken, row by row.
fn problems(grid: &GridPage, outcomes: &Outcomes, lang: Lang) -> Vec<ProblemView> {
    let mut problems = Vec::new();
    for (unit, outcome) in outcomes {
        let RowOutcome::Refused(refused) = outcome else { continue };
        let Some(row) = grid.rows.iter().find(|row| row.occasion.unit == *unit) else { continue };
        problems.extend(refused.iter().map(|refused| problem(row, refused, lang)));
    }
    problems
}

fn problem(row: &EntryPage, refused: &Refused, lang: Lang) -> ProblemView {
    let unit = places::full_name(&row.unit, lang);
    let why = refusals::reason(&refused.why, lang);
    let number = usize::try_from(refused.at.row).unwrap_or(0);
    match number.checked_sub(1).and_then(|at| row.fields.get(at)) {
        Some(field) => {
            let name = field_key(&field.typed.item, &field.typed.class);
            let href = format!("#cell-{}-{number}", row.occasion.unit.0);
            ProblemView { href, text: format!("{unit}, {name}: {why}") }
        }
        None => ProblemView { href: links::entry(&row.occasion), text: format!("{unit}: {why}") },
    }
}

/// What was sent just now, each with the receipt's address.
fn receipts(grid: &GridPage, outcomes: &Outcomes, lang: Lang) -> Vec<Link> {
    let receipt = |(unit, outcome): &(UnitId, RowOutcome)| {
        let RowOutcome::Sent(sent) = outcome else { return None };
        let row = grid.rows.iter().find(|row| row.occasion.unit == *unit)?;
        let name = places::full_name(&row.unit, lang);
        Some(Link {
            href: links::submission(&sent.id),
            text: format!("{name}: {}", sent.receipt.number),
        })
    };
    outcomes.iter().filter_map(receipt).collect()
}

fn columns(grid: &GridPage, lang: Lang) -> Vec<ColumnView> {
    let column = |column: &actions::submissions::grid::Column| {
        let range = collecting::range(column.minimum, column.maximum, lang);
        ColumnView {
            key: field_key(&column.item, &column.class),
            name: collecting::named(&column.name, &column.class_name, lang),
            about: format!("{}. {range}", places::capitalised(lang.of(&column.measure))),
            total: number::plain(column.total, lang),
            filled: format!("{}/{}", column.filled, grid.rows.len()),
            incomplete: column.filled < grid.rows.len(),
        }
    };
    grid.columns.iter().map(column).collect()
}

fn row_view(row: &EntryPage, grid: &GridPage, id: String, lang: Lang) -> RowView {
    let unit = places::full_name(&row.unit, lang);
    let cells = (1..).zip(&row.fields).map(|(number, field)| cell_view(number, field, &unit, lang));
    let mark = match row.state {
        submission::State::Draft if row.saved.is_none() => {
            Mark { code: "missing", word: lang.say("state-missing") }
        }
        state => parts::state(state, lang),
    };
    RowView {
        unit: row.occasion.unit.0,
        cells: cells.collect(),
        link: Link {
            href: links::entry(&Occasion {
                form: grid.scope.form.clone(),
                unit: row.occasion.unit,
                period: grid.scope.period,
            }),
            text: unit,
        },
        mark,
        sent: row.sent.as_ref().map(|sent| links::submission(&sent.id)).unwrap_or_default(),
        id,
        was: joined(row.fields.iter().map(|field| field.standing.as_str())),
        is_locked: row.state == submission::State::Approved,
    }
}

fn cell_view(number: usize, field: &EntryField, unit: &str, lang: Lang) -> CellView {
    let mut says: Vec<String> = Vec::new();
    if !field.other.is_empty() {
        says.push(lang.tell("entry-other", [("text", Gap::from(field.other.clone()))]));
    }
    let returned =
        |reason: &String| lang.tell("entry-returned", [("reason", Gap::from(reason.clone()))]);
    says.extend(field.returned.iter().map(returned));
    says.extend(field.refused.iter().map(|why| refusals::reason(why, lang)));
    says.extend(field.doubts.iter().map(|doubt| collecting::doubt(doubt, lang)));
    let name = collecting::named(&field.name, &field.class_name, lang);
    CellView {
        number,
        key: format!("{}/{}", field.typed.item, field.typed.class),
        label: format!("{unit}, {name}"),
        text: field.typed.text.clone(),
        previous: field.previous.map_or_else(String::new, |value| {
            let value = number::number(value, SCALE_MAX, lang);
            lang.tell("entry-previous", [("value", Gap::from(value))])
        }),
        is_wrong: !field.refused.is_empty(),
        is_doubtful: !field.doubts.is_empty() || !field.typed.reason.is_empty(),
        reason: field.typed.reason.clone(),
        says,
    }
}
