//! Giving many tasks by a list: a workbook is taken along, filled, looked at, and given in whole.

use actions::error::Error;
use actions::tasks::give::Time;
use actions::tasks::import::{ListGiven, Preview, Row};
use actions::tasks::listing::Listing;
use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::response::Response;
use domain::access::Right;
use domain::refusal::{Limit, Refusal, Refused};
use domain::task::ListColumn;
use domain::unit::UnitId;
use formats::xlsx::Limits;

use crate::documents::{self, Named};
use crate::web::frame::{Frame, Section};
use crate::web::pages::draw;
use crate::web::site::Site;
use crate::web::turn::{Turn, attached, field};
use crate::web::upload::{Upload, received};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places, refusals, task_lists};

/// Units whose codes stand in the workbook.
const UNITS_MAX: usize = 500;

/// Leads of a row that are named; the others are counted.
const LEADS_NAMED: usize = 3;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/tasks/import.html")]
struct ImportPage {
    frame: Frame,
    finding: String,
    /// What became of a list that was given.
    done: String,
    problems: Vec<String>,
    rows: Vec<RowView>,
    /// The list as it was read, for giving it without the file.
    list: String,
    /// What the button says that gives it; empty when it cannot be given.
    give: String,
    /// The columns, each with what it takes.
    columns: Vec<(String, String)>,
}

/// A row of the list.
struct RowView {
    number: u32,
    work: String,
    leads: String,
    deadline: String,
    product: String,
    issuer: String,
    problems: Vec<String>,
}

/// `GET /tasks/import`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(empty(site, visit, Vec::new())?))).await
}

/// `GET /tasks/import/template.xlsx`
pub async fn template(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let (lang, today) = (visit.lang, site.today());
        let codes = codes(site, visit)?;
        let unit = super::own_unit(site, &visit.visitor()?.actor)?;
        let creator = places::full_name(&site.workspace.unit_name(unit, today)?, lang);
        let file = documents::task_list(&codes, creator, today, lang);
        Ok(Turn::Other(attached(file.map_err(|error| Error::Fault(error.to_string()))?)))
    })
    .await
}

/// `POST /tasks/import`
pub async fn act(
    State(site): State<Site>,
    visit: Visit,
    body: Result<Multipart, MultipartRejection>,
) -> Response {
    let upload = received(body, "file", Limits::FORM.file_bytes).await;
    site.act(visit, move |site, visit| {
        site.check_form(visit, field(&upload.fields, "form_secret"))?;
        let turned = if field(&upload.fields, "deed") == "give" {
            give(site, visit, field(&upload.fields, "list"))
        } else {
            read(site, visit, upload).and_then(|listing| looked_at(site, visit, &listing))
        };
        match turned {
            Err(Error::Refused(refused)) => {
                let said = refused.iter().map(|why| refusals::sentence(why, visit.lang));
                Ok(Turn::Mend(empty(site, visit, said.collect())?))
            }
            other => other,
        }
    })
    .await
}

/// Reads the list that was brought; what is wrong names its file.
fn read(site: &Site, visit: &Visit, upload: Upload) -> Result<Listing, Error> {
    let who = &visit.visitor()?.actor;
    let limit = Limits::FORM.file_bytes;
    let read = if upload.is_too_large {
        Err(Refusal::TooLarge { what: Limit::FileBytes, limit }.into())
    } else {
        let file = (upload.name.as_str(), upload.bytes);
        site.workspace.read_task_list(who, site.moment(), file)
    };
    read.map_err(|error| match error {
        Error::Refused(mut refused) => {
            for refused in &mut refused {
                upload.name.clone_into(&mut refused.at.file);
            }
            Error::Refused(refused)
        }
        other => other,
    })
}

/// Gives the list that was looked at; what is wrong by now is shown as it was then.
fn give(site: &Site, visit: &Visit, list: &str) -> Result<Turn, Error> {
    let listing = Listing::carried(list)?;
    let who = &visit.visitor()?.actor;
    match site.entrance.give_task_list(who, site.moment(), listing.clone()) {
        Ok(ListGiven::Now(count)) => Ok(Turn::Go(format!("/tasks/import?given={count}"))),
        Ok(ListGiven::Before(count)) => Ok(Turn::Go(format!("/tasks/import?before={count}"))),
        Err(Error::Refused(_)) => looked_at(site, visit, &listing),
        Err(other) => Err(other),
    }
}

/// A page that says nothing but its finding.
fn blank(site: &Site, visit: &Visit, finding: String) -> Result<ImportPage, Error> {
    Ok(ImportPage {
        frame: site.frame(visit)?.titled(finding.clone(), Section::Tasks),
        finding,
        done: String::new(),
        problems: Vec::new(),
        rows: Vec::new(),
        list: String::new(),
        give: String::new(),
        columns: Vec::new(),
    })
}

/// The page without a list.
fn empty(site: &Site, visit: &Visit, problems: Vec<String>) -> Result<String, Error> {
    let lang = visit.lang;
    let counted = |name: &str, key: &str| {
        let count: Option<u32> = visit.parameter(name).and_then(|text| text.parse().ok());
        count.map(|count| lang.tell(key, [("tasks", Gap::from(count))]))
    };
    let done = counted("given", "task-list-given");
    let done = done.or_else(|| counted("before", "task-list-given-before"));
    let column =
        |column: ListColumn| (task_lists::name(column, lang), task_lists::takes(column, lang));
    draw(&ImportPage {
        done: done.unwrap_or_default(),
        problems,
        columns: ListColumn::ALL.map(column).into(),
        ..blank(site, visit, lang.say("task-list-heading"))?
    })
}

/// The page with what a list would do.
fn looked_at(site: &Site, visit: &Visit, listing: &Listing) -> Result<Turn, Error> {
    let lang = visit.lang;
    let who = &visit.visitor()?.actor;
    let preview = site.entrance.preview_task_list(who, site.moment(), listing)?;
    let tasks: usize = preview.rows.iter().map(Row::tasks).sum();
    let gaps = [("tasks", Gap::from(tasks)), ("rows", preview.rows.len().into())];
    let finding = match (&preview.given, preview.refused.len()) {
        (Some((given_ms, count)), _) => {
            let day = periods::moment(*given_ms, &site.zone, lang);
            lang.tell("task-list-before", [("day", Gap::from(day)), ("tasks", (*count).into())])
        }
        (None, 0) => lang.tell("task-list-finding", gaps.clone()),
        (None, count) => lang.tell("task-list-refused", [("count", Gap::from(count))]),
    };
    let is_good = preview.given.is_none() && preview.refused.is_empty();
    let page = draw(&ImportPage {
        problems: preview.refused.iter().map(|why| refusals::sentence(why, lang)).collect(),
        rows: rows(site, &preview, lang)?,
        list: listing.to_text()?,
        give: if is_good { lang.tell("task-list-give", gaps) } else { String::new() },
        ..blank(site, visit, finding)?
    })?;
    Ok(if preview.refused.is_empty() { Turn::Shown(page) } else { Turn::Mend(page) })
}

fn rows(site: &Site, preview: &Preview, lang: Lang) -> Result<Vec<RowView>, Error> {
    let snapshot = site.workspace.snapshot()?;
    let unit = |unit: UnitId| places::full_name(&snapshot.name(unit, site.today()), lang);
    let row = |row: &Row| {
        let leads = row.assignment.leads.iter();
        let named: Vec<String> = leads.take(LEADS_NAMED).map(|lead| unit(lead.unit)).collect();
        let more = row.assignment.leads.len().saturating_sub(LEADS_NAMED);
        let gaps = [("units", Gap::from(named.join("; "))), ("count", more.into())];
        let deadline = row.assignment.times.first().map(|time| match time {
            Time::By(day) => periods::day(*day, lang),
            Time::Open => lang.say("standing-no-deadline"),
        });
        let is_here = |refused: &&Refused| refused.at.row == row.number;
        let problems = preview.refused.iter().filter(is_here);
        RowView {
            number: row.number,
            work: row.assignment.words.work.clone(),
            leads: if more > 0 {
                lang.tell("task-list-more-units", gaps)
            } else {
                named.join("; ")
            },
            deadline: deadline.unwrap_or_default(),
            product: row.assignment.words.product.clone(),
            issuer: unit(row.assignment.issuer),
            problems: problems.map(|refused| refusals::reason(&refused.why, lang)).collect(),
        }
    };
    Ok(preview.rows.iter().map(row).collect())
}

/// The codes that a list may name: units below those in which the visitor gives tasks, priorities and
/// directives.
fn codes(site: &Site, visit: &Visit) -> Result<Vec<Named>, Error> {
    let (lang, today) = (visit.lang, site.today());
    let snapshot = site.workspace.snapshot()?;
    let own = visit.visitor()?.actor.units(Right::GiveTasks, today);
    let own = own.into_iter().filter_map(|unit| unit.or_else(|| snapshot.default_unit()));
    let below = own.flat_map(|unit| snapshot.units.below(unit, today));
    let units = below.take(UNITS_MAX).map(|version| Named {
        kind: "task-list-unit",
        code: version.code.clone(),
        name: places::full_name(&snapshot.name(version.unit, today), lang),
    });
    let priorities = snapshot.priorities.iter().map(|one| Named {
        kind: "task-list-priority",
        code: one.code.clone(),
        name: lang.of(&one.name).to_owned(),
    });
    let directives = snapshot.directives.iter().map(|one| Named {
        kind: "task-list-directive",
        code: one.number.clone(),
        name: format!("{} {}", one.kind, lang.of(&one.title)),
    });
    Ok(priorities.chain(directives).chain(units).collect())
}
