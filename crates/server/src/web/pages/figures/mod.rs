//! The page of a figure: what it rests on, down to the cell of the file it came from.

use actions::answer::{FigurePage, ItemTotal, Source, SubmissionLine};
use actions::error::Error;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::tz::TimeZone;

use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, FigureView, Link};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, figures, number, periods, phrases, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/figures/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    period: String,
    view: String,
    trail: Vec<Link>,
    figure: FigureView,
    formula: String,
    items: Vec<ItemView>,
    contributions: Vec<FigureView>,
    contributions_title: String,
    submissions: Vec<LineView>,
    sources: Vec<SourceView>,
}

impl ShowPage {
    /// The lines, under the name that the shared table knows them by.
    fn lines(&self) -> &[LineView] {
        &self.submissions
    }
}

/// An item of the formula.
struct ItemView {
    code: String,
    name: String,
    value: String,
    completeness: String,
}

/// A reported figure and where it stood; the page of a submission shows the same.
pub struct LineView {
    /// The submission's page.
    pub submission: String,
    /// The item.
    pub item: String,
    /// Its code.
    pub code: String,
    /// The class, or empty.
    pub class: String,
    /// The period.
    pub period: String,
    /// The value.
    pub value: String,
    /// What the reporter wrote beside it.
    pub note: String,
    /// The file.
    pub file: String,
    /// Sheet, row and column in words.
    pub place: String,
    /// The revision and when it arrived.
    pub arrival: String,
}

/// A file.
struct SourceView {
    file: String,
    sha256: String,
    submissions: String,
}

/// `GET /figures/{code}`
pub async fn show(State(site): State<Site>, Path(code): Path<String>, visit: Visit) -> Response {
    site.page(visit, move |desk| {
        let Choice { unit, period, view } = desk.choice()?;
        let answer = desk.workspace.figure_page(&code, unit, period, view)?;
        page(&answer, desk.frame(&answer.as_of), desk.zone)
    })
    .await
}

/// Draws the page.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(answer: &FigurePage, frame: Frame, zone: &TimeZone) -> Result<String, Error> {
    let lang = frame.lang;
    let (indicator, figure) = (&answer.indicator, &answer.figure);
    let choice = Choice::of(figure);
    let name = lang.of(&indicator.name);
    let title = lang.tell("provenance-of", [("name", Gap::from(name))]);
    let frame = Frame { choice: Some(choice), ..frame.titled(title, Section::Overview) };
    let level = answer.contributions.first();
    let level = level.map(|figure| places::level(&figure.unit.level, lang)).unwrap_or_default();
    let contribution = |figure| parts::figure(indicator, figure, lang);
    draw(&ShowPage {
        finding: figures::finding(indicator, figure, lang),
        period: places::capitalised(&periods::label(figure.period, lang)),
        view: figures::view(figure.view, figure.through, lang),
        trail: parts::trail(&answer.above, &figure.unit, choice, lang),
        figure: parts::figure(indicator, figure, lang),
        formula: indicator.formula.source().to_owned(),
        items: answer.items.iter().map(|item| item_view(item, lang)).collect(),
        contributions: answer.contributions.iter().map(contribution).collect(),
        contributions_title: level,
        submissions: answer.submissions.iter().map(|line| line_view(line, zone, lang)).collect(),
        sources: answer.sources.iter().map(|source| source_view(source, lang)).collect(),
        frame,
    })
}

/// A reported figure and where it stood.
#[must_use]
pub fn line_view(line: &SubmissionLine, zone: &TimeZone, lang: Lang) -> LineView {
    let gaps = [
        ("revision", Gap::from(line.revision.to_string())),
        ("moment", periods::moment(line.received_ms, zone, lang).into()),
    ];
    let place = domain::refusal::Location {
        file: String::new(),
        sheet: line.sheet.clone(),
        row: line.row,
        column: line.column,
    };
    LineView {
        submission: links::submission(&line.submission),
        item: lang.of(&line.item_name).to_owned(),
        code: line.item.clone(),
        class: line.class.clone(),
        period: periods::short(line.period, lang),
        value: number::number(line.value, domain::number::SCALE_MAX, lang),
        note: line.note.clone(),
        file: file_name(&line.file, lang),
        place: places::place(&place, lang),
        arrival: lang.tell("arrival", gaps),
    }
}

/// The name of what brought a figure; what was entered on a page came in no file.
#[must_use]
pub fn file_name(file: &str, lang: Lang) -> String {
    if file.is_empty() { lang.say("entered-on-screen") } else { file.to_owned() }
}

fn item_view(item: &ItemTotal, lang: Lang) -> ItemView {
    let measure = lang.of(&item.measure);
    ItemView {
        code: item.code.clone(),
        name: lang.of(&item.name).to_owned(),
        value: match &item.value {
            Ok(value) => phrases::count(*value, domain::number::SCALE_MAX, measure, lang),
            Err(reason) => figures::no_value(reason, lang),
        },
        completeness: figures::completeness(item.completeness, lang),
    }
}

fn source_view(source: &Source, lang: Lang) -> SourceView {
    SourceView {
        file: file_name(&source.file, lang),
        sha256: source.sha256.clone(),
        submissions: lang.tell("source-submissions", [("count", Gap::from(source.submissions))]),
    }
}
