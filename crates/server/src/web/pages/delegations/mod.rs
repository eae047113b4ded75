//! Delegation: lending one's roles while away, and taking them back.

use actions::accounts::delegation::{Loan, LoanLine};
use actions::entrance::CodeAge;
use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::Grant;
use domain::refusal::{Refusal, Wanted};
use jiff::civil::Date;

use super::account::grants;
use super::draw;
use crate::web::frame::Frame;
use crate::web::site::Site;
use crate::web::turn::{Marked, Turn, field};
use crate::web::visit::Visit;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/delegations/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    lent: Vec<LoanView>,
    own: Vec<RoleView>,
    to: String,
    unit: String,
    from: String,
    until: String,
}

struct LoanView {
    id: i64,
    name: String,
    text: String,
    days: String,
}

struct RoleView {
    id: i64,
    text: String,
    is_chosen: bool,
}

/// What was typed; the roles that are ticked come as pairs of one name.
type Pairs = Form<Vec<(String, String)>>;

/// `GET /account/delegations`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(page(site, visit, Vec::new(), &[])?))).await
}

/// `POST /account/delegations`
pub async fn lend(State(site): State<Site>, visit: Visit, Form(pairs): Pairs) -> Response {
    let lend = |site: &Site, visit: &Visit, pairs: &_| {
        // Only a code of the last minutes counts for lending what asks for codes.
        let who = visit.visitor()?.within(CodeAge::Fresh, site.now_ms());
        site.entrance.delegate(&who, loan(site, pairs)?, site.moment())?;
        Ok("/account/delegations".to_owned())
    };
    let page = |site: &Site, visit: &Visit, pairs: &_, problems| page(site, visit, problems, pairs);
    site.submit(visit, pairs, lend, page).await
}

/// `POST /account/delegations/{grant}/end`
pub async fn take_back(
    State(site): State<Site>,
    Path(grant): Path<i64>,
    visit: Visit,
    Form(marked): Form<Marked>,
) -> Response {
    site.press(visit, marked, "/account/delegations", move |site, visit| {
        site.entrance.take_back(&visit.visitor()?.actor, grant, site.moment())
    })
    .await
}

fn loan(site: &Site, pairs: &[(String, String)]) -> Result<Loan, Error> {
    let unit = match field(pairs, "unit") {
        "" => None,
        code => Some(site.workspace.find_unit(code, Some(site.today()))?),
    };
    let day = |name: &str| -> Result<Option<Date>, Error> {
        let text = field(pairs, name);
        if text.is_empty() {
            return Ok(None);
        }
        let bad = || Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Day };
        Ok(Some(text.parse().map_err(|_| bad())?))
    };
    Ok(Loan {
        to: field(pairs, "to").to_owned(),
        grants: chosen(pairs).collect(),
        unit,
        days: day("from")?.zip(day("until")?),
    })
}

fn chosen(pairs: &[(String, String)]) -> impl Iterator<Item = i64> {
    let ticked = pairs.iter().filter(|(key, _)| key == "grant");
    ticked.filter_map(|(_, value)| value.parse().ok())
}

fn page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    pairs: &[(String, String)],
) -> Result<String, Error> {
    let (lang, today) = (visit.lang, site.today());
    let actor = &visit.visitor()?.actor;
    let lent = site.entrance.lent(actor, today)?.into_iter();
    let lent = lent.map(|LoanLine { grant, name }| {
        let view = grants(site, std::slice::from_ref(&grant), lang)?.pop();
        let (text, days) = view.map(|view| (view.text, view.days)).unwrap_or_default();
        Ok(LoanView { id: grant.id, name, text, days })
    });
    let is_own = |grant: &&Grant| {
        grant.delegated_by.is_none() && grant.validity.to.is_none_or(|to| to >= today)
    };
    let own: Vec<Grant> = actor.grants.iter().filter(is_own).cloned().collect();
    // Where there is nothing to choose, nothing has to be ticked.
    let is_only = own.len() == 1;
    let own = grants(site, &own, lang)?.into_iter().map(|view| RoleView {
        is_chosen: is_only || chosen(pairs).any(|id| id == view.id),
        id: view.id,
        text: view.text,
    });
    let title = lang.say("loans-heading");
    let typed = |name: &str| field(pairs, name).to_owned();
    draw(&ShowPage {
        problems,
        lent: lent.collect::<Result<_, Error>>()?,
        own: own.collect(),
        to: typed("to"),
        unit: typed("unit"),
        from: typed("from"),
        until: typed("until"),
        frame: Frame { title, ..site.frame(visit)? },
    })
}
