//! The search: units, indicators, forms, documents, people and what one can do, by parts of their
//! names. Browsers that ask for JSON get the same for the palette.

use actions::accounts::may_anywhere;
use actions::error::Error;
use actions::search::{Hit, rank};
use askama::Template;
use axum::extract::State;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::access::{Account, Actor, Right};
use domain::text;
use jiff::civil::Date;
use serde::Serialize;

use super::draw;
use crate::web::api::json;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts;
use crate::web::site::Site;
use crate::web::turn::{Turn, once};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places};

/// People found at most: a list of names is not what the search is for.
const PEOPLE_MAX: usize = 10;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/search/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    is_found: bool,
    groups: Vec<Group>,
}

/// What was found of one kind.
#[derive(Serialize)]
struct Group {
    heading: String,
    found: Vec<Found>,
}

/// Something found.
#[derive(Serialize)]
struct Found {
    code: String,
    text: String,
    about: String,
    /// Empty for what has no page of its own.
    href: String,
}

/// What is sent to the palette.
#[derive(Serialize)]
struct Answer {
    groups: Vec<Group>,
}

/// `GET /search`
pub async fn show(State(site): State<Site>, visit: Visit, headers: HeaderMap) -> Response {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wants_json = accepted.starts_with("application/json");
    site.act(visit, move |site, visit| {
        let text = visit.parameter("q").unwrap_or_default().to_owned();
        let groups = groups(site, visit, &text)?;
        if wants_json {
            return Ok(Turn::Other(once(json(StatusCode::OK, &Answer { groups }))));
        }
        Ok(Turn::Shown(page(site, visit, text, groups)?))
    })
    .await
}

fn page(site: &Site, visit: &Visit, text: String, groups: Vec<Group>) -> Result<String, Error> {
    let lang = visit.lang;
    let count: usize = groups.iter().map(|group| group.found.len()).sum();
    let gaps = [("count", Gap::from(count)), ("text", text.as_str().into())];
    let finding = match (text.is_empty(), count) {
        (true, _) => lang.say("palette-heading"),
        (false, 0) => lang.tell("found-nothing", gaps),
        (false, _) => lang.tell("found-some", gaps),
    };
    let frame = site.frame(visit)?.titled(finding.clone(), Section::Units);
    let choice = visit.choice(&site.workspace.defaults()?)?;
    let frame = Frame { section: None, searched: text, choice: Some(choice), ..frame };
    draw(&ShowPage { frame, finding, is_found: count > 0, groups })
}

/// Everything found that whoever asks may see, by kinds.
fn groups(site: &Site, visit: &Visit, text: &str) -> Result<Vec<Group>, Error> {
    let (lang, today) = (visit.lang, site.today());
    let actor = visit.actor(Right::SeeFigures)?;
    let choice = visit.choice(&site.workspace.defaults()?)?;
    let (mut units, mut indicators, mut forms, mut documents) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for hit in site.workspace.search(actor, today, text)? {
        let kind = match hit {
            Hit::Unit { .. } => &mut units,
            Hit::Indicator { .. } => &mut indicators,
            Hit::Form { .. } => &mut forms,
            Hit::Directive { .. } | Hit::Report { .. } => &mut documents,
        };
        kind.push(found(hit, choice, lang));
    }
    let group = |key: &str, found| Group { heading: lang.say(key), found };
    let mut groups = vec![
        group("search-actions", actions_of(actor, visit, today, text)),
        group("nav-units", units),
        group("indicators", indicators),
        group("search-forms", forms),
        group("search-documents", documents),
        group("search-people", people(site, actor, text)?),
    ];
    groups.retain(|group| !group.found.is_empty());
    Ok(groups)
}

fn found(hit: Hit, choice: Choice, lang: Lang) -> Found {
    match hit {
        Hit::Unit { unit, from, to } => {
            let day = |day: Date| Gap::from(periods::day(day, lang));
            let span = match (from, to) {
                (Some(from), _) => lang.tell("since-day", [("from", day(from))]),
                (None, Some(to)) => lang.tell("until-day", [("to", day(to))]),
                (None, None) => String::new(),
            };
            let level = places::level(&unit.level, lang);
            let about = if span.is_empty() { level } else { format!("{level}, {span}") };
            let link = parts::unit_link(&unit, choice, lang);
            Found { code: unit.code, text: link.text, about, href: link.href }
        }
        Hit::Indicator { code, name } => Found {
            href: links::indicator(&code, choice),
            text: lang.of(&name).to_owned(),
            about: String::new(),
            code,
        },
        Hit::Form { code, name } => Found {
            href: format!("/collection?form={}", links::escaped(&code)),
            text: lang.of(&name).to_owned(),
            about: lang.say("collection-heading"),
            code,
        },
        Hit::Directive { code, number, title, file } => {
            let place = file.map(|file| lang.tell("search-in-file", [("file", Gap::from(file))]));
            let about = place.map_or_else(|| number.clone(), |place| format!("{number}, {place}"));
            let (href, text) = (links::directive(&code), lang.of(&title).to_owned());
            Found { code: String::new(), text, about, href }
        }
        Hit::Report { code, title } => Found {
            href: links::report(&code, choice),
            text: lang.of(&title).to_owned(),
            about: lang.say("nav-reports"),
            code: String::new(),
        },
    }
}

/// What whoever asks can do, by its name.
fn actions_of(actor: &Actor, visit: &Visit, today: Date, text: &str) -> Vec<Found> {
    const PAGES: [(&str, &str, Option<Right>); 10] = [
        ("nav-overview", "/", Some(Right::SeeFigures)),
        ("nav-units", "/units", Some(Right::SeeFigures)),
        ("nav-reports", "/reports", Some(Right::SeeFigures)),
        ("collection-heading", "/collection", Some(Right::SeeFigures)),
        ("directives-heading", "/directives", Some(Right::SeeFigures)),
        ("review-heading", "/review", Some(Right::ReviewFigures)),
        ("accounts-heading", "/accounts", Some(Right::ManageAccounts)),
        ("ledger-heading", "/ledger", Some(Right::ReadLedger)),
        ("nav-work", "/work", None),
        ("account-heading", "/account", None),
    ];
    let wanted = text::search_key(text);
    let is_open = |right: Option<Right>| match right {
        Some(right) => may_anywhere(actor, right, today).is_ok(),
        None => visit.arrival.visitor.is_some(),
    };
    let page = |(key, path, right): (&str, &str, Option<Right>)| {
        let name = visit.lang.say(key);
        let fits = is_open(right) && !wanted.is_empty() && rank(&wanted, &name).is_some();
        fits.then(|| Found {
            code: String::new(),
            text: name,
            about: String::new(),
            href: path.to_owned(),
        })
    };
    PAGES.into_iter().filter_map(page).collect()
}

/// The people whom an actor manages, by name.
fn people(site: &Site, actor: &Actor, text: &str) -> Result<Vec<Found>, Error> {
    let found = site.entrance.find_people(actor, text, PEOPLE_MAX, site.moment())?;
    let person = |account: Account| Found {
        href: format!("/accounts/{}", account.id.0),
        code: account.login,
        text: account.name,
        about: String::new(),
    };
    Ok(found.into_iter().map(person).collect())
}
