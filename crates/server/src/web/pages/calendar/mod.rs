//! The calendar of one's deadlines: making and ending its secret address, and what stands behind it.

use actions::entrance::CodeAge;
use actions::error::Error;
use actions::tasks::list::Line;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::entrance::EntranceProblem;
use formats::calendar::{Calendar, Day, write};
use formats::qr::{self, Code};
use jiff::Timestamp;

use super::draw;
use crate::web::frame::Frame;
use crate::web::site::Site;
use crate::web::turn::{Marked, Turn, once};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places};

/// What making an address asks for: it outlasts the session, so a session that somebody left open is
/// not enough.
pub const MAKING: CodeAge = CodeAge::Fresh;

/// What an address ends with, so that programs know what they get.
const ENDING: &str = ".ics";

/// The page.
#[derive(Template)]
#[template(path = "web/pages/calendar/show.html")]
struct ShowPage {
    frame: Frame,
    /// How the address stands, in words.
    standing: String,
    is_made: bool,
    /// The address that was made just now.
    address: Option<AddressView>,
}

struct AddressView {
    /// For copying.
    plain: String,
    /// For the calendar of this machine.
    subscription: String,
    code: Option<Code>,
}

/// `GET /account/calendar`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(page(site, visit, None)?))).await
}

/// `POST /account/calendar`
pub async fn make(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Form(marked): Form<Marked>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &marked.form_secret)?;
        let account = visit.visitor()?.session.account;
        let secret = site.entrance.make_calendar(account, site.now_ms())?;
        let in_words = match visit.lang {
            Lang::Vi => "",
            Lang::En => "?lang=en",
        };
        let plain = format!("{}/calendar/{secret}{ENDING}{in_words}", site.root(&headers));
        // Calendars take this scheme for one to subscribe to.
        let rest = plain.split_once("://").map_or("", |(_, rest)| rest);
        let subscription = format!("webcal://{rest}");
        let code = qr::code(&subscription);
        Ok(Turn::Shown(page(site, visit, Some(AddressView { plain, subscription, code }))?))
    })
    .await
}

/// `POST /account/calendar/end`
pub async fn end(State(site): State<Site>, visit: Visit, Form(marked): Form<Marked>) -> Response {
    site.press(visit, marked, "/account/calendar", |site, visit| {
        site.entrance.end_calendar(visit.visitor()?.session.account, site.now_ms())
    })
    .await
}

/// `GET /calendar/{secret}`
pub async fn file(
    State(site): State<Site>,
    Path(name): Path<String>,
    visit: Visit,
    headers: HeaderMap,
) -> Response {
    site.act(visit, move |site, visit| {
        let secret = name.strip_suffix(ENDING).ok_or(EntranceProblem::CalendarOver)?;
        let (owner, lines) = site.entrance.calendar(secret, site.moment())?;
        let now = Timestamp::from_millisecond(site.now_ms()).unwrap_or(Timestamp::UNIX_EPOCH);
        let (lang, root) = (visit.lang, site.root(&headers));
        let calendar = Calendar {
            name: lang.tell("calendar-name", [("name", Gap::from(owner.name))]),
            made: now.strftime("%Y%m%dT%H%M%SZ").to_string(),
            days: lines.iter().filter_map(|line| day(line, &root, lang)).collect(),
        };
        let kind = [(CONTENT_TYPE, "text/calendar; charset=utf-8")];
        Ok(Turn::Other(once((StatusCode::OK, kind, write(&calendar)).into_response())))
    })
    .await
}

/// The deadline of a task.
fn day(line: &Line, root: &str, lang: Lang) -> Option<Day> {
    let (id, host) = (line.task.id.0, root.split_once("://").map_or(root, |(_, host)| host));
    let lead = Gap::from(places::full_name(&line.lead, lang));
    let product = line.brief.words.product.clone().into();
    Some(Day {
        id: format!("task-{id}@{host}"),
        on: line.task.deadline?.strftime("%Y%m%d").to_string(),
        summary: line.brief.words.work.clone(),
        detail: lang.tell("calendar-detail", [("lead", lead), ("product", product)]),
        address: format!("{root}/tasks/{id}"),
    })
}

fn page(site: &Site, visit: &Visit, address: Option<AddressView>) -> Result<String, Error> {
    let lang = visit.lang;
    let made = site.entrance.calendar_made(visit.visitor()?.session.account)?;
    let standing = match made {
        Some(made) => {
            let moment = periods::moment(made, &site.zone, lang);
            lang.tell("calendar-made", [("moment", moment.into())])
        }
        None => lang.say("calendar-none"),
    };
    let frame = site.frame(visit)?;
    draw(&ShowPage {
        standing,
        is_made: made.is_some(),
        address,
        frame: Frame { title: lang.say("calendar-heading"), ..frame },
    })
}
