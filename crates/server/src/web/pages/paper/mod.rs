//! A form to be printed: a sheet of A4 per unit, filled by hand and typed in later.

use actions::submissions::Occasion;
use actions::submissions::paper::{Asked, Line, Paper, Sheet};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::access::Right;
use domain::number::{Quantity, SCALE_MAX};
use domain::period::Period;
use domain::refusal::{Refusal, Wanted};
use formats::qr;

use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Choosable, Link};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, collecting, number, periods, places};

/// Periods that can be chosen.
const PERIODS_MAX: usize = 24;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/paper/show.html")]
struct ShowPage {
    frame: Frame,
    trail: Vec<Link>,
    finding: String,
    action: String,
    unit: String,
    periods: Vec<Choosable>,
    form: String,
    code: String,
    about: String,
    due: String,
    may_be_nothing: bool,
    sheets: Vec<SheetView>,
    left_out: String,
}

struct SheetView {
    above: String,
    unit: String,
    unit_code: String,
    rows: Vec<RowView>,
    /// Where it is typed in.
    address: String,
    qr: Option<qr::Code>,
}

struct RowView {
    code: String,
    section: String,
    name: String,
    is_class: bool,
    help: String,
    range: String,
    measure: String,
    previous: String,
}

/// `GET /forms/{form}/paper`
pub async fn show(
    State(site): State<Site>,
    Path(form): Path<String>,
    headers: HeaderMap,
    visit: Visit,
) -> Response {
    site.act(visit, move |site, visit| {
        let actor = visit.actor(Right::SeeFigures)?;
        let bad = |text: &str| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period };
        let period = visit.parameter("period");
        let period = period.map(|text| Period::parse(text).map_err(|_| bad(text))).transpose()?;
        let unit = visit.parameter("unit").map(unit_id).transpose()?;
        let unit = unit.map_or_else(|| site.first_unit(actor), Ok)?;
        let paper = site.workspace.paper(actor, site.moment(), &Asked { form, unit, period })?;
        let root = site.root(&headers);
        let frame = site.frame(visit)?;
        Ok(Turn::Shown(draw(&page(&paper, &root, frame, visit.lang))?))
    })
    .await
}

fn page(paper: &Paper, root: &str, frame: Frame, lang: Lang) -> ShowPage {
    let form = lang.of(&paper.form).to_owned();
    let choice =
        Choice { unit: paper.unit.id, period: paper.period, view: actions::answer::View::Reported };
    let title = lang.tell("paper-title", [("form", Gap::from(form.clone()))]);
    let left_out = [("count", Gap::from(paper.left_out))];
    let days = [paper.days.0, paper.days.1].map(|day| Gap::from(periods::day(day, lang)));
    let [first, last] = days;
    let period = places::capitalised(&periods::label(paper.period, lang));
    let gaps = [("period", Gap::from(period)), ("first", first), ("last", last)];
    ShowPage {
        trail: parts::trail(&paper.above, &paper.unit, choice, lang),
        finding: lang.tell("paper-finding", [("count", Gap::from(paper.sheets.len()))]),
        action: links::paper_of(&paper.code),
        unit: paper.unit.id.0.to_string(),
        periods: periods_to_choose(paper, lang),
        about: lang.tell("paper-about", gaps),
        due: lang.tell("paper-due", [("day", Gap::from(periods::day(paper.due, lang)))]),
        may_be_nothing: paper.may_be_nothing,
        sheets: paper.sheets.iter().map(|sheet| sheet_view(paper, sheet, root, lang)).collect(),
        left_out: match paper.left_out {
            0 => String::new(),
            _ => lang.tell("paper-left-out", left_out),
        },
        code: paper.code.clone(),
        frame: Frame { choice: Some(choice), ..frame.titled(title, Section::Work) },
        form,
    }
}

/// The periods that can be chosen, newest first, among them the one shown.
fn periods_to_choose(paper: &Paper, lang: Lang) -> Vec<Choosable> {
    let newest = std::iter::successors(Some(paper.newest), |period| period.previous());
    let mut offered: Vec<Period> = newest.take(PERIODS_MAX).collect();
    if !offered.contains(&paper.period) {
        offered.push(paper.period);
    }
    let choosable = |period: Period| Choosable {
        value: period.to_string(),
        label: places::capitalised(&periods::label(period, lang)),
        chosen: period == paper.period,
    };
    offered.into_iter().map(choosable).collect()
}

fn sheet_view(paper: &Paper, sheet: &Sheet, root: &str, lang: Lang) -> SheetView {
    let occasion = Occasion { form: paper.code.clone(), unit: sheet.unit.id, period: paper.period };
    let address = format!("{root}{}", links::entry(&occasion));
    let rows = paper.lines.iter().zip(&sheet.previous);
    SheetView {
        above: sheet.above.last().map(|above| places::full_name(above, lang)).unwrap_or_default(),
        unit: places::full_name(&sheet.unit, lang),
        unit_code: sheet.unit.code.clone(),
        rows: rows.map(|(line, previous)| row_view(line, *previous, lang)).collect(),
        qr: qr::code(&address),
        address,
    }
}

fn row_view(line: &Line, previous: Option<Quantity>, lang: Lang) -> RowView {
    RowView {
        code: line.code.clone(),
        section: lang.of(&line.section).to_owned(),
        name: match lang.of(&line.class_name) {
            "" => lang.of(&line.name).to_owned(),
            // Under its whole, a class need not repeat the whole's name.
            class => class.to_owned(),
        },
        is_class: !lang.of(&line.class_name).is_empty(),
        help: lang.of(&line.help).to_owned(),
        range: collecting::range(line.minimum, line.maximum, lang),
        measure: lang.of(&line.measure).to_owned(),
        previous: previous
            .map_or_else(|| "–".to_owned(), |value| number::number(value, SCALE_MAX, lang)),
    }
}
