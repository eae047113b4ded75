//! Tasks: lists of them in four views, one task with what can be done about it, and giving new ones.

mod deeds;
mod given;
pub mod import;
mod listed;
mod shown;
pub mod together;
mod typed;
mod views;

use actions::error::Error;
use actions::tasks::list::{Asked, Line, Scope};
use actions::tasks::step::Wanted;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use domain::access::{Actor, Right};
use domain::kept_file::Belongs;
use domain::refusal::{Noun, Refusal};
use domain::task::{BriefId, Standing, Step, TaskId};
use domain::unit::UnitId;
use jiff::civil::Date;

use self::given::Form;
use self::typed::Typed;
use super::files;
use crate::web::site::Site;
use crate::web::turn::{Turn, field};
use crate::web::visit::{Visit, unit_id};
use crate::wording::Lang;

use listed::line_view;
pub(super) use listed::{LineView, Tab, beside, lead, standing_code, standing_mark};

type Pairs = axum::Form<Vec<(String, String)>>;

/// `GET /tasks`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(listed::page(site, visit)?))).await
}

/// `GET /tasks/new`
pub async fn new(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let typed = Typed::of_address(site, visit)?;
        Ok(Turn::Shown(given::page(site, visit, (Form::New, &typed), Vec::new())?))
    })
    .await
}

/// `POST /tasks/new`
pub async fn give(State(site): State<Site>, visit: Visit, axum::Form(pairs): Pairs) -> Response {
    site.act(visit, move |site, visit| {
        let typed = Typed::of(pairs);
        site.check_form(visit, typed.one("form_secret"))?;
        given::take(site, visit, Form::New, typed)
    })
    .await
}

/// `GET /tasks/{id}/edit`
pub async fn edit(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let (who, task) = (&visit.visitor()?.actor, task_id(&id)?);
        let drafted = site.workspace.draft(who, site.moment(), task)?;
        let typed = Typed::of_draft(&drafted, visit.lang);
        Ok(Turn::Shown(given::page(site, visit, (Form::Draft(task), &typed), Vec::new())?))
    })
    .await
}

/// `POST /tasks/{id}/edit`
pub async fn rewrite(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    axum::Form(pairs): Pairs,
) -> Response {
    site.act(visit, move |site, visit| {
        let (task, typed) = (task_id(&id)?, Typed::of(pairs));
        site.check_form(visit, typed.one("form_secret"))?;
        given::take(site, visit, Form::Draft(task), typed)
    })
    .await
}

/// `GET /tasks/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        Ok(Turn::Shown(shown::page(site, visit, task_id(&id)?, (Vec::new(), &[]))?))
    })
    .await
}

/// `POST /tasks/{id}`
pub async fn act(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    axum::Form(pairs): Pairs,
) -> Response {
    let take = {
        let id = id.clone();
        move |site: &Site, visit: &Visit, pairs: &_| {
            let (who, task) = (&visit.visitor()?.actor, task_id(&id)?);
            site.entrance.take_step(who, site.moment(), task, wanted(site, pairs)?)?;
            Ok(address(task))
        }
    };
    let page = move |site: &Site, visit: &Visit, pairs: &_, problems| {
        shown::page(site, visit, task_id(&id)?, (problems, pairs))
    };
    site.submit(visit, pairs, take, page).await
}

/// `POST /tasks/{id}/files`
pub async fn files(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    request: Request,
) -> Response {
    // What is no number is no task; nothing has to be read of what comes with it.
    let task = task_id(&id).unwrap_or(TaskId(0));
    let of = (Belongs::Task(task), address(task));
    files::act((site, visit, request), of, move |site, visit, problems| {
        shown::page(site, visit, task, (problems, &[]))
    })
    .await
}

/// A task that waits for the reader, on one line.
pub(super) fn waiting_view(line: &Line, lang: Lang) -> LineView {
    line_view(line, &Asked::of(line.lead.id), lang)
}

/// The page of a task.
pub(super) fn address(task: TaskId) -> String {
    format!("/tasks/{}", task.0)
}

fn task_id(text: &str) -> Result<TaskId, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Task, key: text.to_owned() };
    Ok(text.parse().map(TaskId).map_err(|_| missing())?)
}

/// The step that a form asks for.
fn wanted(site: &Site, pairs: &[(String, String)]) -> Result<Wanted, Error> {
    let code = field(pairs, "step");
    let unknown = || Refusal::NotFound { noun: Noun::Task, key: code.to_owned() };
    let step = Step::from_code(code).ok_or_else(unknown)?;
    let lead = match field(pairs, "lead") {
        "" => None,
        text => Some(typed::party(site, text, field(pairs, "lead_account"))?),
    };
    Ok(Wanted {
        step,
        seen: field(pairs, "seen").parse().ok(),
        day: field(pairs, "day").parse::<Date>().ok(),
        words: field(pairs, "words").to_owned(),
        lead,
    })
}

/// What an address asks of a list.
fn asked(site: &Site, visit: &Visit) -> Result<Asked, Error> {
    let actor = visit.actor(Right::SeeFigures)?;
    let unit = unit_asked(site, visit, actor)?;
    let standing = visit.parameter("standing");
    let day = |name: &str| visit.parameter(name).and_then(|text| text.parse::<Date>().ok());
    let states = visit.parameter("state").and_then(domain::task::State::from_code);
    Ok(Asked {
        scope: scope(visit.parameter("scope")),
        standing: Standing::CODES.into_iter().find(|code| standing == Some(*code)),
        states: states.into_iter().collect(),
        priority: visit.parameter("priority").map(str::to_owned),
        directive: visit.parameter("directive").map(str::to_owned),
        brief: visit.parameter("brief").and_then(|text| text.parse().ok()).map(BriefId),
        text: visit.parameter("text").unwrap_or_default().to_owned(),
        between: day("from").zip(day("to")),
        page: visit.page().saturating_sub(1),
        ..Asked::of(unit)
    })
}

/// The unit that an address names, else the one that a page opens on.
pub(in crate::web::pages) fn unit_asked(
    site: &Site,
    visit: &Visit,
    actor: &Actor,
) -> Result<UnitId, Error> {
    visit.parameter("unit").map_or_else(|| own_unit(site, actor), unit_id)
}

/// The unit whose tasks a page opens on: the first that the reader does tasks for, gives them in or
/// may look at, while it is there and may be looked at.
fn own_unit(site: &Site, actor: &Actor) -> Result<UnitId, Error> {
    let (snapshot, today) = (site.workspace.snapshot()?, site.today());
    let rights = [Right::DoTasks, Right::GiveTasks, Right::SeeFigures];
    let own = rights.into_iter().flat_map(|right| actor.units(right, today)).flatten();
    let office = snapshot.default_unit();
    let top = || snapshot.units.tree_on(today).first().map(|(unit, _)| *unit);
    let mut units = own.chain(office).chain(top());
    let is_there = |unit: UnitId| snapshot.units.version_on(unit, today).is_some();
    let is_seen =
        |unit: UnitId| snapshot.check(actor, Right::SeeFigures, Some(unit), today).is_ok();
    units.find(|unit| is_there(*unit) && is_seen(*unit)).map_or_else(|| site.first_unit(actor), Ok)
}

/// The scopes with their codes in addresses, in the order of the page.
const SCOPES: [(Scope, &str); 5] = [
    (Scope::All, "all"),
    (Scope::Waiting, "waiting"),
    (Scope::Led, "led"),
    (Scope::Own, "own"),
    (Scope::Given, "given"),
];

fn scope(code: Option<&str>) -> Scope {
    let known = SCOPES.iter().find(|(_, known)| code == Some(*known));
    known.map_or(Scope::All, |(scope, _)| *scope)
}

/// Whether somebody may take steps of tasks anywhere.
fn takes_steps(visit: &Visit, today: Date) -> bool {
    let holds = |right| {
        let visitor = visit.arrival.visitor.as_ref();
        visitor.is_some_and(|visitor| !visitor.actor.units(right, today).is_empty())
    };
    holds(Right::DoTasks) || holds(Right::GiveTasks)
}

/// Whether somebody may give tasks anywhere.
pub(super) fn gives(visit: &Visit, today: Date) -> bool {
    visit
        .arrival
        .visitor
        .as_ref()
        .is_some_and(|visitor| !visitor.actor.units(Right::GiveTasks, today).is_empty())
}
