//! Accounts that one manages: who may do what where, and the cards that invite people.

pub mod import;

use actions::accounts::{AccountLine, Draft, Invited, may_anywhere};
use actions::entrance::CodeAge;
use actions::error::Error;
use actions::mailing::Mail;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::access::{AccountId, AccountState, Actor, Right};
use domain::entrance::EntranceProblem;
use domain::refusal::{Refusal, Refused, Wanted};
use domain::unit::Validity;
use formats::qr;
use jiff::civil::Date;
use serde::Deserialize;

use super::account::{self, GrantView, grants};
use super::draw;
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::site::Site;
use crate::web::turn::{Marked, Turn, mend};
use crate::web::visit::Visit;
use crate::wording::{entrance, periods};

/// The list, with the form for a new account.
#[derive(Template)]
#[template(path = "web/pages/accounts/list.html")]
struct ListPage {
    frame: Frame,
    problems: Vec<String>,
    lines: Vec<LineView>,
    roles: Vec<(String, String)>,
    typed: Typed,
    /// Where to give a code again first, when the last one is too old.
    code_again: Option<String>,
}

struct LineView {
    id: i64,
    name: String,
    login: String,
    state: String,
    is_disabled: bool,
    /// Whether it is the reader's own, which they do not lock.
    is_own: bool,
    grants: Vec<GrantView>,
}

/// One account.
#[derive(Template)]
#[template(path = "web/pages/accounts/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    line: LineView,
    mail: Mail,
    /// Whom mails come from; empty where the office has no mail server.
    sender: String,
}

/// The cards that invite people, to be printed and handed over.
#[derive(Template)]
#[template(path = "web/pages/accounts/card.html")]
struct CardsPage {
    frame: Frame,
    cards: Vec<CardView>,
}

struct CardView {
    name: String,
    login: String,
    address: String,
    ends: String,
    code: Option<qr::Code>,
}

/// The form of a new account.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    login: String,
    name: String,
    role: String,
    unit: String,
    until: String,
    form_secret: String,
}

/// `GET /accounts`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        Ok(Turn::Shown(list_page(site, visit, Vec::new(), Typed::default())?))
    })
    .await
}

/// `GET /accounts/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<i64>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        Ok(Turn::Shown(show_page(site, visit, AccountId(id), Vec::new(), &[])?))
    })
    .await
}

/// `POST /accounts/{id}/mail`
pub async fn set_mail(
    State(site): State<Site>,
    Path(id): Path<i64>,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let account = AccountId(id);
    let set = move |site: &Site, visit: &Visit, pairs: &_| {
        let who = &visit.visitor()?.actor;
        site.entrance.set_mail_of(who, account, &account::mail(pairs), site.moment())?;
        Ok(format!("/accounts/{id}"))
    };
    let page = move |site: &Site, visit: &Visit, pairs: &_, problems| {
        show_page(site, visit, account, problems, pairs)
    };
    site.submit(visit, pairs, set, page).await
}

fn show_page(
    site: &Site,
    visit: &Visit,
    account: AccountId,
    problems: Vec<String>,
    typed: &[(String, String)],
) -> Result<String, Error> {
    let who = &visit.visitor()?.actor;
    let line = site.entrance.account(who, account, site.moment())?;
    let line = line_view(site, visit, line)?;
    let mail = account::typed_mail(site, account, typed)?;
    let frame = Frame { title: line.name.clone(), ..site.frame(visit)? };
    let sender = site.sender.clone().unwrap_or_default();
    draw(&ShowPage { frame, problems, line, mail, sender })
}

/// `POST /accounts`
pub async fn create(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let created = draft(site, &typed).and_then(|draft| {
            site.entrance.create_account(&visit.visitor()?.actor, draft, site.moment())
        });
        match created {
            Ok(invited) => Ok(Turn::Shown(card(site, visit, &headers, &invited)?)),
            Err(error) => {
                mend(error, visit.lang, |problems| list_page(site, visit, problems, typed))
            }
        }
    })
    .await
}

/// `POST /accounts/{id}/invite`
pub async fn invite(
    State(site): State<Site>,
    Path(id): Path<i64>,
    visit: Visit,
    headers: HeaderMap,
    Form(marked): Form<Marked>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &marked.form_secret)?;
        let invited =
            site.entrance.invite_again(&visit.visitor()?.actor, AccountId(id), site.moment())?;
        Ok(Turn::Shown(card(site, visit, &headers, &invited)?))
    })
    .await
}

/// `POST /accounts/{id}/disable`
pub async fn disable(
    State(site): State<Site>,
    Path(id): Path<i64>,
    visit: Visit,
    Form(marked): Form<Marked>,
) -> Response {
    press(site, visit, marked, move |site, who| {
        site.entrance.disable(who, AccountId(id), site.moment())
    })
    .await
}

/// `POST /accounts/{id}/grants/{grant}/end`
pub async fn end_grant(
    State(site): State<Site>,
    Path((id, grant)): Path<(i64, i64)>,
    visit: Visit,
    Form(marked): Form<Marked>,
) -> Response {
    press(site, visit, marked, move |site, who| {
        site.entrance.end_grant(who, AccountId(id), grant, site.moment())
    })
    .await
}

/// Does what a button of the list asks for, and shows the list again, with why it was not done.
async fn press<Act>(site: Site, visit: Visit, marked: Marked, act: Act) -> Response
where
    Act: FnOnce(&Site, &Actor) -> Result<(), Error> + Send + 'static,
{
    site.act(visit, move |site, visit| {
        site.check_form(visit, &marked.form_secret)?;
        match act(site, &visit.visitor()?.actor) {
            Ok(()) => Ok(Turn::Go("/accounts".to_owned())),
            Err(error) if keeps_somebody(&error) => mend(error, visit.lang, |problems| {
                list_page(site, visit, problems, Typed::default())
            }),
            Err(error) => Err(error),
        }
    })
    .await
}

/// Whether something was refused lest nobody is left who could undo it.
fn keeps_somebody(error: &Error) -> bool {
    let keeps = |refused: &Refused| {
        matches!(
            refused.why,
            Refusal::Entrance(
                EntranceProblem::OwnAccount | EntranceProblem::LastAdministrator { .. }
            )
        )
    };
    matches!(error, Error::Refused(reasons) if reasons.iter().all(keeps))
}

fn draft(site: &Site, typed: &Typed) -> Result<Draft, Error> {
    let unit = match typed.unit.trim() {
        "" => None,
        code => Some(site.workspace.find_unit(code, Some(site.today()))?),
    };
    let until = match typed.until.trim() {
        "" => None,
        text => {
            let bad = || Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Day };
            Some(text.parse::<Date>().map_err(|_| bad())?)
        }
    };
    Ok(Draft {
        login: typed.login.clone(),
        name: typed.name.clone(),
        role: typed.role.clone(),
        unit,
        validity: Validity { from: None, to: until },
    })
}

fn list_page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    typed: Typed,
) -> Result<String, Error> {
    let lang = visit.lang;
    let lines = site.entrance.accounts(&visit.visitor()?.actor, site.moment())?;
    let lines: Result<Vec<LineView>, Error> =
        lines.into_iter().map(|line| line_view(site, visit, line)).collect();
    let roles = site.entrance.roles()?.into_iter();
    let roles = roles.map(|role| (role.code.clone(), lang.of(&role.name).to_owned())).collect();
    let title = lang.say("accounts-heading");
    let frame = Frame { title, ..site.frame(visit)? };
    let code_again = code_again(site, visit, "/accounts")?;
    draw(&ListPage { frame, problems, lines: lines?, roles, typed, code_again })
}

/// Where to give a code again before giving roles, when the last one is too old.
fn code_again(site: &Site, visit: &Visit, next: &str) -> Result<Option<String>, Error> {
    let fresh = visit.visitor()?.within(CodeAge::Fresh, site.now_ms());
    let may = may_anywhere(&fresh, Right::ManageAccounts, site.today());
    Ok(may.is_err().then(|| links::code_again(next)))
}

fn line_view(site: &Site, visit: &Visit, line: AccountLine) -> Result<LineView, Error> {
    let AccountLine { account, grants: held } = line;
    let (lang, today) = (visit.lang, site.today());
    let current: Vec<_> = held.into_iter().filter(|grant| grant.validity.holds_on(today)).collect();
    Ok(LineView {
        id: account.id.0,
        state: entrance::account_state(account.state, lang),
        is_disabled: account.state == AccountState::Disabled,
        is_own: visit.visitor()?.actor.is(account.id),
        grants: grants(site, &current, lang)?,
        name: account.name,
        login: account.login,
    })
}

fn card(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    invited: &Invited,
) -> Result<String, Error> {
    cards(site, visit, headers, visit.lang.say("card-heading"), std::slice::from_ref(invited))
}

fn cards(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    title: String,
    invited: &[Invited],
) -> Result<String, Error> {
    let root = site.root(headers);
    let card = |Invited { account, secret, ends_ms }: &Invited| {
        let address = format!("{root}/invitations/{secret}");
        CardView {
            name: account.name.clone(),
            login: account.login.clone(),
            ends: periods::moment(*ends_ms, &site.zone, visit.lang),
            code: qr::code(&address),
            address,
        }
    };
    let frame = Frame { title, ..site.frame(visit)? };
    draw(&CardsPage { frame, cards: invited.iter().map(card).collect() })
}
