//! Adding many people at once: a list is looked at first, then taken in whole.

use actions::accounts::list::{Change, ListLine, PeopleList};
use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::access::Right;
use serde::Deserialize;

use super::super::draw;
use super::{cards, code_again};
use crate::web::csv;
use crate::web::frame::Frame;
use crate::web::site::Site;
use crate::web::turn::{Turn, mend};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, people, places};

/// The page: the list, and what it would do once it was looked at.
#[derive(Template)]
#[template(path = "web/pages/accounts/import.html")]
struct ImportPage {
    frame: Frame,
    problems: Vec<String>,
    list: String,
    lines: Vec<LineView>,
    finding: String,
    is_something: bool,
    code_again: Option<String>,
    /// The columns, each with what it takes.
    columns: Vec<(String, String)>,
    /// Name, code and rights of each role.
    roles: Vec<(String, String, String)>,
}

struct LineView {
    login: String,
    name: String,
    /// The role and where it holds.
    role: String,
    days: String,
    change: String,
}

/// The form.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    list: String,
    deed: String,
    form_secret: String,
}

/// `GET /accounts/import`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        Ok(Turn::Shown(page(site, visit, Vec::new(), String::new(), &[])?))
    })
    .await
}

/// `GET /accounts/import/sample.csv`
pub async fn sample(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let (lang, today) = (visit.lang, site.today());
        // A unit whose accounts the reader manages, so that the sample can be taken as it is.
        let own = visit.visitor()?.actor.units(Right::ManageAccounts, today).into_iter();
        let unit = match own.flatten().next() {
            Some(unit) => unit,
            None => site.workspace.defaults()?.unit,
        };
        let code = site.workspace.unit_name(unit, today)?.code;
        // Spreadsheet programs take a text for UTF-8 only with the mark before it.
        let text = people::sample(&site.entrance.roles()?, &code, lang);
        Ok(Turn::Other(csv::saved(&lang.say("people-sample-file"), &text)))
    })
    .await
}

/// `POST /accounts/import`
pub async fn act(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let Typed { list: text, deed, .. } = typed;
        let list = PeopleList { file: String::new(), text: text.clone() };
        let (who, moment) = (&visit.visitor()?.actor, site.moment());
        let turned = if deed == "import" {
            site.entrance.import_people(who, list, moment).and_then(|invited| {
                let count = [("count", Gap::from(invited.len()))];
                let title = visit.lang.tell("people-cards", count);
                Ok(Turn::Shown(cards(site, visit, &headers, title, &invited)?))
            })
        } else {
            site.entrance.preview_people(who, list, moment).and_then(|lines| {
                Ok(Turn::Shown(page(site, visit, Vec::new(), text.clone(), &lines)?))
            })
        };
        match turned {
            Ok(turn) => Ok(turn),
            Err(error) => {
                mend(error, visit.lang, |problems| page(site, visit, problems, text, &[]))
            }
        }
    })
    .await
}

fn page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    list: String,
    lines: &[ListLine],
) -> Result<String, Error> {
    let lang = visit.lang;
    let views: Result<Vec<LineView>, Error> =
        lines.iter().map(|line| line_view(site, line, lang)).collect();
    let is_something = lines.iter().any(|line| line.change != Change::Nothing);
    let finding = if is_something {
        lang.tell("people-finding", people::counts(lines))
    } else {
        lang.say("people-nothing")
    };
    let title = lang.say("people-heading");
    let frame = Frame { title, ..site.frame(visit)? };
    let code_again = code_again(site, visit, "/accounts/import")?;
    let lines = views?;
    let (columns, roles) = (people::columns(lang), people::roles(&site.entrance.roles()?, lang));
    draw(&ImportPage {
        frame,
        problems,
        list,
        lines,
        finding,
        is_something,
        code_again,
        columns,
        roles,
    })
}

fn line_view(site: &Site, line: &ListLine, lang: Lang) -> Result<LineView, Error> {
    let draft = &line.draft;
    let unit = match draft.unit {
        Some(unit) => places::full_name(&site.workspace.unit_name(unit, site.today())?, lang),
        None => lang.say("grant-everywhere"),
    };
    let role = lang.of(&line.role).to_owned();
    let days = people::days(draft.validity, lang);
    Ok(LineView {
        login: draft.login.clone(),
        name: draft.name.clone(),
        role: lang.tell("grant-on", [("role", role.into()), ("unit", unit.into())]),
        days: if days.is_empty() { lang.say("people-no-end") } else { days },
        change: people::change(line.change, lang),
    })
}
