//! Stocktakes: those of a unit, calling one, and one with its agenda, figures, forecasts and decisions.

mod shown;

use actions::error::Error;
use actions::stocktakes::page::StocktakeAhead;
use actions::stocktakes::{Change, Draft, Noted, Then, Written};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::{Actor, Right};
use domain::number::Decimal;
use domain::period::Period;
use domain::refusal::{Noun, Refusal, Wanted};
use domain::stocktake::{Invitation, Meeting, Place, Stocktake, StocktakeId};
use domain::text::{Typed, typed_number};
use domain::unit::UnitId;

use super::{draw, tasks};
use crate::documents;
use crate::web::frame::{Frame, Section};
use crate::web::links::escaped;
use crate::web::other_units;
use crate::web::parts::{self, Choosable, Mark};
use crate::web::site::Site;
use crate::web::turn::{Turn, attached, field};
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Lang, periods, places, stocktakes};

type Pairs = Form<Vec<(String, String)>>;

/// The stocktakes of a unit.
#[derive(Template)]
#[template(path = "web/pages/stocktakes/list.html")]
struct ListPage {
    frame: Frame,
    unit: String,
    /// Units that the list can be shown of instead.
    units: Vec<Choosable>,
    finding: String,
    lines: Vec<LineView>,
    /// Where a new one is called; empty for those who call none.
    new: String,
}

/// A stocktake on one line.
pub(super) struct LineView {
    pub(super) href: String,
    pub(super) title: String,
    /// Where it is and who chairs it, or whose it is.
    pub(super) about: String,
    /// The span that its figures speak about.
    pub(super) figures: String,
    pub(super) state: Mark,
}

/// The form of a new one.
#[derive(Template)]
#[template(path = "web/pages/stocktakes/new.html")]
struct NewPage {
    frame: Frame,
    problems: Vec<String>,
    units: Vec<Choosable>,
    meetings: Vec<Choosable>,
    periods: Vec<Choosable>,
    day: String,
    place: String,
    chair: String,
}

/// `GET /stocktakes`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(list_page(site, visit)?))).await
}

/// `GET /stocktakes/new`
pub async fn new(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(new_page(site, visit, &visit.query, Vec::new())?)))
        .await
}

/// `POST /stocktakes/new`
pub async fn call(State(site): State<Site>, visit: Visit, Form(pairs): Pairs) -> Response {
    let call = |site: &Site, visit: &Visit, pairs: &_| {
        let who = &visit.visitor()?.actor;
        site.entrance.call_stocktake(who, site.moment(), draft(pairs)?).map(address)
    };
    site.submit(visit, pairs, call, new_page).await
}

/// `GET /stocktakes/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        Ok(Turn::Shown(shown::page(site, visit, stocktake_id(&id)?, (Vec::new(), &[]))?))
    })
    .await
}

/// `GET /stocktakes/{id}/conclusions`
pub async fn conclusions(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
) -> Response {
    site.act(visit, move |site, visit| {
        let actor = visit.actor(Right::SeeFigures)?;
        let layout = visit.layout()?;
        let conclusions = site.workspace.conclusions(actor, site.moment(), stocktake_id(&id)?)?;
        let file = documents::conclusions(&conclusions, layout, visit.lang);
        Ok(Turn::Other(attached(file.map_err(|error| Error::Fault(error.to_string()))?)))
    })
    .await
}

/// `POST /stocktakes/{id}`
pub async fn act(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Response {
    let change = {
        let id = id.clone();
        move |site: &Site, visit: &Visit, pairs: &_| {
            let (who, id) = (&visit.visitor()?.actor, stocktake_id(&id)?);
            site.entrance.change_stocktake(who, site.moment(), id, change(pairs)?)?;
            Ok(next(id, pairs))
        }
    };
    let page = move |site: &Site, visit: &Visit, pairs: &_, problems| {
        shown::page(site, visit, stocktake_id(&id)?, (problems, pairs))
    };
    site.submit(visit, pairs, change, page).await
}

/// The page of a stocktake.
pub(super) fn address(id: StocktakeId) -> String {
    format!("/stocktakes/{}", id.0)
}

/// Where a form leads once it is saved: on to a task when something was decided.
fn next(id: StocktakeId, pairs: &[(String, String)]) -> String {
    match field(pairs, "act").strip_prefix("decide-") {
        Some(item) => format!("/tasks/new?stocktake={}&item={}", id.0, escaped(item)),
        None => address(id),
    }
}

/// How far a stocktake has come.
fn state(stocktake: &Stocktake, lang: Lang) -> Mark {
    let code = match (&stocktake.called_off, stocktake.closed_on, &stocktake.pack) {
        (Some(_), _, _) => "cancelled",
        (None, Some(_), _) => "approved",
        (None, None, Some(_)) => "locked",
        (None, None, None) => "draft",
    };
    Mark { code, word: stocktakes::state(stocktake, lang) }
}

fn stocktake_id(text: &str) -> Result<StocktakeId, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Stocktake, key: text.to_owned() };
    Ok(text.parse().map(StocktakeId).map_err(|_| missing())?)
}

fn draft(pairs: &[(String, String)]) -> Result<Draft, Error> {
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let meeting = field(pairs, "meeting");
    Ok(Draft {
        unit: unit_id(field(pairs, "unit"))?,
        meeting: Meeting::from_code(meeting).ok_or_else(|| bad(meeting, Wanted::Code))?,
        invitation: invitation(pairs, "")?,
    })
}

/// What a meeting is called by, in fields that begin alike.
fn invitation(pairs: &[(String, String)], begin: &str) -> Result<Invitation, Error> {
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let text = |name: &str| field(pairs, &format!("{begin}{name}"));
    let (day, period) = (text("day"), text("period"));
    Ok(Invitation {
        day: day.parse().map_err(|_| bad(day, Wanted::Day))?,
        place: text("place").to_owned(),
        chair: text("chair").to_owned(),
        period: Period::parse(period).map_err(|_| bad(period, Wanted::Code))?,
    })
}

/// What a form asks for.
fn change(pairs: &[(String, String)]) -> Result<Change, Error> {
    let bad = |text: &str| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Number };
    let then = match field(pairs, "act") {
        "add" => Then::Add(field(pairs, "title").to_owned()),
        "forecast" => {
            let (value, confidence) = (field(pairs, "value"), field(pairs, "confidence"));
            Then::Forecast {
                indicator: field(pairs, "indicator").to_owned(),
                value: number(value).ok_or_else(|| bad(value))?,
                confidence: confidence.parse().map_err(|_| bad(confidence))?,
                reason: field(pairs, "reason").to_owned(),
            }
        }
        "correct" => {
            Then::Correct { before: invitation(pairs, "was-")?, after: invitation(pairs, "")? }
        }
        "freeze" => Then::Freeze,
        "close" => Then::Close,
        "call-off" => Then::CallOff(field(pairs, "why").to_owned()),
        _ => Then::Nothing,
    };
    Ok(Change { written: written(pairs), then })
}

/// Items with their minutes as a browser sends them.
fn written(pairs: &[(String, String)]) -> Vec<Written> {
    let number = |key: &str| key.strip_prefix("minutes-").and_then(|number| number.parse().ok());
    let numbers = pairs.iter().filter_map(|(key, _)| number(key));
    numbers.filter_map(|number| written_about(pairs, number)).collect()
}

/// What a browser sends about one item; nothing when it sends nothing about it.
fn written_about(pairs: &[(String, String)], number: u32) -> Option<Written> {
    let minutes = format!("minutes-{number}");
    pairs.iter().find(|(key, _)| *key == minutes)?;
    let noted = |kept: &str, minutes: &str| {
        let is_kept = field(pairs, &format!("{kept}-{number}")) == "1";
        let place = if is_kept { Place::Kept } else { Place::LeftOut };
        Noted { place, minutes: field(pairs, &format!("{minutes}-{number}")).to_owned() }
    };
    let (before, after) = (noted("was-kept", "was"), noted("kept", "minutes"));
    Some(Written { number, before, after })
}

/// A number as people type it.
fn number(text: &str) -> Option<Decimal> {
    match typed_number(text) {
        Typed::Figure(figure) => Some(figure.value),
        Typed::Missing | Typed::Ratio { .. } | Typed::Ambiguous { .. } | Typed::Refused(_) => None,
    }
}

fn list_page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let (lang, moment) = (visit.lang, site.moment());
    let actor = visit.actor(Right::SeeFigures)?;
    let unit = tasks::unit_asked(site, visit, actor)?;
    let list = site.workspace.stocktakes(actor, moment, unit)?;
    let line = |one: &Stocktake| line_view(one, format!("{} · {}", one.place, one.chair), lang);
    let new = format!("/stocktakes/new?unit={}", unit.0);
    draw(&ListPage {
        unit: places::full_name(&list.unit, lang),
        lines: list.stocktakes.iter().map(line).collect(),
        units: other_units::of(site, visit, unit)?,
        finding: stocktakes::list_finding(&list.stocktakes, lang),
        new: if tasks::gives(visit, moment.today) { new } else { String::new() },
        frame: site.frame(visit)?.titled(lang.say("stocktakes-heading"), Section::Tasks),
    })
}

fn line_view(stocktake: &Stocktake, about: String, lang: Lang) -> LineView {
    LineView {
        href: address(stocktake.id),
        title: stocktakes::title(stocktake, lang),
        about,
        figures: places::capitalised(&periods::label(stocktake.period, lang)),
        state: state(stocktake, lang),
    }
}

/// The stocktakes that a visitor prepares.
pub(super) fn ahead(site: &Site, visit: &Visit) -> Result<Vec<LineView>, Error> {
    let (lang, actor) = (visit.lang, &visit.visitor()?.actor);
    let ahead = site.workspace.stocktakes_ahead(actor, site.moment())?;
    let line =
        |one: StocktakeAhead| line_view(&one.stocktake, places::full_name(&one.unit, lang), lang);
    Ok(ahead.into_iter().map(line).collect())
}

/// The units in which somebody calls meetings.
fn own_units(site: &Site, actor: &Actor) -> Result<Vec<UnitId>, Error> {
    let office = site.workspace.snapshot()?.default_unit();
    let own = actor.units(Right::GiveTasks, site.today());
    Ok(own.into_iter().filter_map(|unit| unit.or(office)).collect())
}

fn new_page(
    site: &Site,
    visit: &Visit,
    typed: &[(String, String)],
    problems: Vec<String>,
) -> Result<String, Error> {
    let (lang, today) = (visit.lang, site.today());
    let snapshot = site.workspace.snapshot()?;
    let unit = |unit: UnitId| Choosable {
        value: unit.0.to_string(),
        label: places::full_name(&snapshot.name(unit, today), lang),
        chosen: field(typed, "unit") == unit.0.to_string(),
    };
    let meeting = |meeting: Meeting| Choosable {
        value: meeting.code().to_owned(),
        label: stocktakes::meeting(meeting, lang),
        chosen: field(typed, "meeting") == meeting.code(),
    };
    let day = match field(typed, "day") {
        "" => today.to_string(),
        day => day.to_owned(),
    };
    let period = Period::parse(field(typed, "period"));
    let period = period.unwrap_or_else(|_| snapshot.default_period());
    let mut offered = snapshot.periods();
    if !offered.contains(&period) {
        offered.insert(0, period);
    }
    let units = own_units(site, &visit.visitor()?.actor)?;
    draw(&NewPage {
        problems,
        units: units.into_iter().map(unit).collect(),
        meetings: Meeting::ALL.into_iter().map(meeting).collect(),
        periods: parts::choosable_periods(offered, period, lang),
        day,
        place: field(typed, "place").to_owned(),
        chair: field(typed, "chair").to_owned(),
        frame: site.frame(visit)?.titled(lang.say("stocktakes-new"), Section::Tasks),
    })
}
