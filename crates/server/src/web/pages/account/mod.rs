//! One's own account: roles, password, and the browsers one is signed in with.

use actions::error::Error;
use actions::mailing::Mail;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::{AccountId, Grant, Right};
use serde::Deserialize;

use super::draw;
use crate::web::frame::Frame;
use crate::web::site::Site;
use crate::web::turn::{Marked, Turn, field, mend};
use crate::web::visit::Visit;
use crate::wording::{Lang, people, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/account/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    name: String,
    login: String,
    grants: Vec<GrantView>,
    /// Where reminders are sent by mail.
    mail: Mail,
    /// Whom mails come from; empty where the office has no mail server.
    sender: String,
    /// How one-time codes stand, in words.
    codes: String,
    sessions: Vec<SessionView>,
    /// How the account stands with the identity provider, if there is one.
    provider: Option<ProviderView>,
    /// The login whose password can be changed; empty when there is none.
    password_of: String,
    /// Whether one manages the accounts of others.
    manages: bool,
    /// Whether one changes forms.
    plans: bool,
    /// Whether one reads the ledger.
    reads_ledger: bool,
}

/// A role on a unit.
pub struct GrantView {
    /// Its number.
    pub id: i64,
    /// The role and where it holds.
    pub text: String,
    /// On which days it holds; empty when always.
    pub days: String,
    /// In whose place; empty for what one holds in one's own name.
    pub in_place_of: String,
}

struct ProviderView {
    text: String,
    /// What the button says; empty when it is linked already.
    link: String,
}

struct SessionView {
    id: i64,
    device: String,
    seen: String,
    is_this: bool,
}

/// The form of a new password.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Passwords {
    present: String,
    new: String,
    form_secret: String,
}

/// `GET /account`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(page(site, visit, Vec::new(), &[])?))).await
}

/// `POST /account/password`
pub async fn change_password(
    State(site): State<Site>,
    visit: Visit,
    Form(typed): Form<Passwords>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let account = visit.account()?;
        let Passwords { present, new, .. } = typed;
        let (keep, now_ms) = (visit.visitor()?.session.id, site.now_ms());
        match site.entrance.change_password(account, present, new, keep, now_ms) {
            Ok(()) => Ok(Turn::Go("/account".to_owned())),
            Err(error) => mend(error, visit.lang, |problems| page(site, visit, problems, &[])),
        }
    })
    .await
}

/// `POST /account/mail`
pub async fn set_mail(
    State(site): State<Site>,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let set = |site: &Site, visit: &Visit, pairs: &_| {
        let account = visit.visitor()?.session.account;
        site.entrance.set_mail(account, &mail(pairs), site.now_ms())?;
        Ok("/account".to_owned())
    };
    let page = |site: &Site, visit: &Visit, pairs: &_, problems| page(site, visit, problems, pairs);
    site.submit(visit, pairs, set, page).await
}

/// `POST /account/sessions/{id}/end`
pub async fn end_session(
    State(site): State<Site>,
    Path(id): Path<i64>,
    visit: Visit,
    Form(marked): Form<Marked>,
) -> Response {
    site.press(visit, marked, "/account", move |site, visit| {
        site.entrance.end_session(visit.visitor()?.session.account, id, site.now_ms())
    })
    .await
}

fn page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    typed: &[(String, String)],
) -> Result<String, Error> {
    let visitor = visit.visitor()?;
    let lang = visit.lang;
    let frame = site.frame(visit)?;
    let account = visitor.session.account;
    let codes = match site.entrance.one_time_codes(account)? {
        Some(left) => lang.tell("one-time-on", [("left", i64::from(left).into())]),
        None => lang.say("one-time-off"),
    };
    let sessions = site.entrance.sessions(account, site.now_ms())?.into_iter();
    let sessions = sessions.map(|session| SessionView {
        id: session.id,
        seen: periods::moment(session.seen_ms, &site.zone, lang),
        is_this: session.id == visitor.session.id,
        device: places::capitalised(&people::device(&session.device, lang)),
    });
    let own = visitor.actor.account.as_ref();
    let login = own.map(|account| account.login.clone()).unwrap_or_default();
    let has_password = site.entrance.has_password(account)?;
    draw(&ShowPage {
        problems,
        name: own.map(|account| account.name.clone()).unwrap_or_default(),
        password_of: if has_password { login.clone() } else { String::new() },
        login,
        grants: grants(site, &visitor.actor.grants, lang)?,
        mail: typed_mail(site, account, typed)?,
        sender: site.sender.clone().unwrap_or_default(),
        codes,
        provider: provider(site, account, lang)?,
        sessions: sessions.collect(),
        reads_ledger: !visitor.actor.units(Right::ReadLedger, site.today()).is_empty(),
        plans: !visitor.actor.units(Right::ManagePlan, site.today()).is_empty(),
        manages: !visitor.actor.units(Right::ManageAccounts, site.today()).is_empty(),
        frame: Frame { title: lang.say("account-heading"), ..frame },
    })
}

/// The mail address of an account as its form shows it: as it was typed, else as it is kept.
///
/// # Errors
/// The database failed.
pub fn typed_mail(
    site: &Site,
    account: AccountId,
    typed: &[(String, String)],
) -> Result<Mail, Error> {
    let none = || Mail { address: String::new(), language: Lang::default().code().to_owned() };
    if typed.is_empty() {
        return Ok(site.entrance.mail(account)?.unwrap_or_else(none));
    }
    Ok(mail(typed))
}

/// A mail address as a form carries it.
#[must_use]
pub fn mail(pairs: &[(String, String)]) -> Mail {
    let lang = Lang::from_code(field(pairs, "language")).unwrap_or_default();
    Mail { address: field(pairs, "mail").to_owned(), language: lang.code().to_owned() }
}

fn provider(site: &Site, account: AccountId, lang: Lang) -> Result<Option<ProviderView>, Error> {
    let Some(provider) = site.provider.as_ref() else { return Ok(None) };
    let is_linked = site.entrance.identity(account)?.is_some();
    let tell = |key| lang.tell(key, [("name", provider.name().to_owned().into())]);
    Ok(Some(if is_linked {
        ProviderView { text: tell("provider-linked"), link: String::new() }
    } else {
        ProviderView { text: tell("provider-not-linked"), link: tell("provider-link") }
    }))
}

/// Roles in words.
///
/// # Errors
/// The database failed.
pub fn grants(site: &Site, grants: &[Grant], lang: Lang) -> Result<Vec<GrantView>, Error> {
    let snapshot = site.workspace.snapshot()?;
    let today = site.today();
    let view = |grant: &Grant| -> Result<GrantView, Error> {
        let unit = grant.unit.map_or_else(
            || lang.say("grant-everywhere"),
            |unit| places::full_name(&snapshot.name(unit, today), lang),
        );
        let role = lang.of(&grant.role.name).to_owned();
        let days = people::days(grant.validity, lang);
        let text = lang.tell("grant-on", [("role", role.into()), ("unit", unit.into())]);
        let in_place_of = match grant.delegated_by {
            Some(lender) => {
                let name = site.entrance.name_of(lender)?;
                lang.tell("grant-in-place-of", [("name", name.into())])
            }
            None => String::new(),
        };
        Ok(GrantView { id: grant.id, text, days, in_place_of })
    };
    grants.iter().map(view).collect()
}
