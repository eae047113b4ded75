//! The grid as a workbook: taken along to be filled, brought back, looked through before it counts.

use actions::error::Error;
use actions::submissions::entry::EntryPage;
use actions::submissions::field_key;
use actions::submissions::grid::workbook::Line;
use actions::submissions::grid::{Preview, Scope, joined};
use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use domain::refusal::{Limit, Refusal, Refused};
use formats::xlsx::Limits;

use super::{Place, draw, scope};
use crate::documents;
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::{Turn, attached, field};
use crate::web::upload::{Upload, received};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, collecting, periods, places, refusals};

/// The page that shows what a workbook would change.
#[derive(Template)]
#[template(path = "web/pages/grid/preview.html")]
struct PreviewPage {
    frame: Frame,
    action: String,
    workbook: String,
    back: String,
    about: String,
    finding: String,
    /// What cannot be read: the workbook has to be mended first.
    unreadable: Vec<String>,
    /// What is wrong: it can be saved, and not be sent.
    wrong: Vec<String>,
    rows: Vec<RowView>,
}

/// A unit whose figures change.
struct RowView {
    unit: i64,
    link: Link,
    id: String,
    was: String,
    note: String,
    changes: Vec<ChangeView>,
}

/// A figure that changes.
struct ChangeView {
    key: String,
    code: String,
    name: String,
    old: String,
    text: String,
    place: String,
    remarks: Vec<String>,
    is_wrong: bool,
    is_doubtful: bool,
}

/// `GET /grid/forms/{form}/periods/{period}/workbook`
pub async fn download(State(site): State<Site>, Path(place): Place, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let scope = scope(site, visit, &place)?;
        let who = &visit.visitor()?.actor;
        let grid = site.workspace.grid_page(who, site.moment(), &scope, Vec::new())?;
        let file = documents::form(&grid, site.today(), visit.lang);
        Ok(Turn::Other(attached(file.map_err(|error| Error::Fault(error.to_string()))?)))
    })
    .await
}

/// `POST /grid/forms/{form}/periods/{period}/workbook`
pub async fn preview(
    State(site): State<Site>,
    Path(place): Place,
    visit: Visit,
    body: Result<Multipart, MultipartRejection>,
) -> Response {
    let upload = received(body, "workbook", Limits::FORM.file_bytes).await;
    site.act(visit, move |site, visit| {
        site.check_form(visit, field(&upload.fields, "form_secret"))?;
        let scope = scope(site, visit, &place)?;
        match previewed(site, visit, &scope, upload) {
            Ok(preview) if preview.refused.is_empty() => {
                Ok(Turn::Shown(page(site, visit, &scope, &preview)?))
            }
            Ok(preview) => Ok(Turn::Mend(page(site, visit, &scope, &preview)?)),
            Err(Error::Refused(refused)) => Ok(Turn::Mend(unread(site, visit, &scope, refused)?)),
            Err(error) => Err(error),
        }
    })
    .await
}

fn previewed(site: &Site, visit: &Visit, scope: &Scope, upload: Upload) -> Result<Preview, Error> {
    let who = &visit.visitor()?.actor;
    let named = |mut refused: Vec<Refused>, name: &str| {
        for refused in &mut refused {
            name.clone_into(&mut refused.at.file);
        }
        refused
    };
    let too_large = Refusal::TooLarge { what: Limit::FileBytes, limit: Limits::FORM.file_bytes };
    let preview = if upload.is_too_large {
        Err(too_large.into())
    } else {
        site.workspace.preview_workbook(who, site.moment(), scope, upload.bytes)
    };
    match preview {
        Ok(mut preview) => {
            preview.refused = named(preview.refused, &upload.name);
            Ok(preview)
        }
        Err(Error::Refused(refused)) => Err(Error::Refused(named(refused, &upload.name))),
        Err(error) => Err(error),
    }
}

/// The page for a file that could not be read at all.
fn unread(
    site: &Site,
    visit: &Visit,
    scope: &Scope,
    refused: Vec<Refused>,
) -> Result<String, Error> {
    let who = &visit.visitor()?.actor;
    let mut grid = site.workspace.grid_page(who, site.moment(), scope, Vec::new())?;
    grid.rows.clear();
    page(site, visit, scope, &Preview { page: grid, lines: Vec::new(), refused })
}

fn page(site: &Site, visit: &Visit, scope: &Scope, preview: &Preview) -> Result<String, Error> {
    let lang = visit.lang;
    let grid = &preview.page;
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (row, line) in grid.rows.iter().zip(&preview.lines) {
        let id = site.entrance.submission_id(site.now_ms());
        rows.push(row_view(row, line, id, lang));
        wrong.extend(problems(row, line, lang));
    }
    let count: usize = rows.iter().map(|row| row.changes.len()).sum();
    let gaps = [("count", Gap::from(count)), ("units", rows.len().into())];
    let key = match (preview.refused.is_empty(), count) {
        (false, _) => "preview-refused",
        (true, 0) => "preview-nothing",
        (true, _) => "preview-finding",
    };
    let unit = places::full_name(&grid.unit, lang);
    let form = lang.of(&grid.form);
    let finding = lang.tell(key, gaps);
    draw(&PreviewPage {
        action: links::grid(&scope.form, scope.unit, scope.period),
        workbook: links::workbook(&scope.form, scope.unit, scope.period),
        back: links::grid(&scope.form, scope.unit, scope.period),
        about: format!("{form} · {unit} · {}", periods::label(scope.period, lang)),
        unreadable: preview.refused.iter().map(|why| refusals::sentence(why, lang)).collect(),
        wrong,
        rows,
        frame: site.frame(visit)?.titled(finding.clone(), Section::Work),
        finding,
    })
}

/// What is wrong with a row, each with its place in the workbook.
fn problems(row: &EntryPage, line: &Line, lang: Lang) -> Vec<String> {
    let mut problems = Vec::new();
    for (field, at) in row.fields.iter().zip(&line.places) {
        let unit = places::full_name(&row.unit, lang);
        let place = match places::place(at, lang).as_str() {
            "" => unit,
            place => format!("{unit}, {place}"),
        };
        let said = |why: &Refusal| {
            let gaps =
                [("place", Gap::from(place.as_str())), ("why", refusals::reason(why, lang).into())];
            lang.tell("refused-at", gaps)
        };
        problems.extend(field.refused.iter().map(said));
    }
    problems
}

fn row_view(row: &EntryPage, line: &Line, id: String, lang: Lang) -> RowView {
    let mut changes = Vec::new();
    for ((number, field), at) in (1_usize..).zip(&row.fields).zip(&line.places) {
        if field.typed.text.trim() == field.standing.trim() {
            continue;
        }
        let mut remarks: Vec<String> = Vec::new();
        if line.worked_out.contains(&number) {
            remarks.push(lang.say("preview-worked-out"));
        }
        remarks.extend(field.refused.iter().map(|why| refusals::reason(why, lang)));
        remarks.extend(field.doubts.iter().map(|doubt| collecting::doubt(doubt, lang)));
        let or_empty = |text: &str| match text.trim() {
            "" => lang.say("preview-empty"),
            text => text.to_owned(),
        };
        changes.push(ChangeView {
            key: format!("{}/{}", field.typed.item, field.typed.class),
            code: field_key(&field.typed.item, &field.typed.class),
            name: collecting::named(&field.name, &field.class_name, lang),
            old: or_empty(&field.standing),
            text: field.typed.text.clone(),
            place: places::place(at, lang),
            remarks,
            is_wrong: !field.refused.is_empty(),
            is_doubtful: !field.doubts.is_empty(),
        });
    }
    RowView {
        unit: row.occasion.unit.0,
        link: Link { href: links::entry(&row.occasion), text: places::full_name(&row.unit, lang) },
        id,
        was: joined(row.fields.iter().map(|field| field.standing.as_str())),
        note: line.note.clone(),
        changes,
    }
}
