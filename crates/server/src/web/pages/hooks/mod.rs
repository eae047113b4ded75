//! Webhooks: which programs reminders are sent to, new ones with their secret, and ending them.

use actions::accounts::may_anywhere;
use actions::entrance::CodeAge;
use actions::error::Error;
use actions::urging::hooks::{Hook, NewHook};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::Right;
use domain::hook::{self, HookId};
use serde::Deserialize;

use super::urging::deliveries;
use super::{draw, tasks};
use crate::hooks::written;
use crate::web::frame::Frame;
use crate::web::frame::Section;
use crate::web::links;
use crate::web::site::Site;
use crate::web::turn::{Marked, Turn, mend};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/hooks/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    made: Option<MadeView>,
    hooks: Vec<HookView>,
    typed: Typed,
    /// Where to give a code again first, when the last one is too old.
    code_again: Option<String>,
}

/// A webhook that was made just now.
struct MadeView {
    text: String,
    secret: String,
}

/// A webhook.
struct HookView {
    id: i64,
    name: String,
    detail: String,
    /// What its button says to those who do not see what it stands beside.
    end: String,
}

/// The form of a new webhook.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    address: String,
    unit: String,
    form_secret: String,
}

/// `GET /urging/hooks`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let typed = Typed { unit: own_unit(site, visit)?, ..Typed::default() };
        Ok(Turn::Shown(page(site, visit, Vec::new(), (typed, None))?))
    })
    .await
}

/// `POST /urging/hooks`
pub async fn make(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        match made(site, visit, &typed) {
            Ok(made) => {
                let typed = Typed { unit: own_unit(site, visit)?, ..Typed::default() };
                Ok(Turn::Shown(page(site, visit, Vec::new(), (typed, Some(made)))?))
            }
            Err(error) => {
                mend(error, visit.lang, |problems| page(site, visit, problems, (typed, None)))
            }
        }
    })
    .await
}

/// `POST /urging/hooks/{id}/end`
pub async fn end(
    State(site): State<Site>,
    Path(id): Path<i64>,
    visit: Visit,
    Form(marked): Form<Marked>,
) -> Response {
    site.press(visit, marked, "/urging/hooks", move |site, visit| {
        site.entrance.end_hook(&visit.visitor()?.actor, site.moment(), HookId(id))
    })
    .await
}

fn made(site: &Site, visit: &Visit, typed: &Typed) -> Result<MadeView, Error> {
    let lang = visit.lang;
    let unit = site.workspace.find_unit(typed.unit.trim(), Some(site.today()))?;
    let new = NewHook { unit, address: typed.address.clone(), language: lang.code().to_owned() };
    let actor = &visit.visitor()?.actor;
    let secret = site.entrance.make_hook(actor, site.moment(), &new, site.hooks)?;
    let name = site.workspace.snapshot()?.name(unit, site.today());
    let host = hook::host(new.address.trim()).to_owned();
    let gaps = [("unit", Gap::from(places::full_name(&name, lang))), ("host", host.into())];
    Ok(MadeView { text: lang.tell("hook-address-made", gaps), secret: written(&secret) })
}

/// The code of the unit that a new webhook is proposed for.
fn own_unit(site: &Site, visit: &Visit) -> Result<String, Error> {
    let unit = tasks::unit_asked(site, visit, &visit.visitor()?.actor)?;
    Ok(site.workspace.snapshot()?.name(unit, site.today()).code)
}

fn page(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    (typed, made): (Typed, Option<MadeView>),
) -> Result<String, Error> {
    let lang = visit.lang;
    let visitor = visit.visitor()?;
    let hooks = site.entrance.hooks(&visitor.actor, site.moment())?;
    let fresh = visitor.within(CodeAge::Fresh, site.now_ms());
    let may = may_anywhere(&fresh, Right::ManagePlan, site.today());
    draw(&ShowPage {
        problems,
        made,
        hooks: hooks.iter().map(|hook| view(hook, site, lang)).collect(),
        typed,
        code_again: may.is_err().then(|| links::code_again("/urging/hooks")),
        frame: site.frame(visit)?.titled(lang.say("hooks-heading"), Section::Tasks),
    })
}

fn view(hook: &Hook, site: &Site, lang: Lang) -> HookView {
    let unit = places::full_name(&hook.unit, lang);
    let gaps = || [("unit", Gap::from(unit.as_str())), ("host", hook.host.as_str().into())];
    let moment = periods::moment(hook.made_ms, &site.zone, lang);
    let made = lang.tell("hook-made", [("moment", Gap::from(moment))]);
    let newest = hook.newest.as_ref().map_or_else(
        || lang.say("hook-nothing-yet"),
        |newest| {
            let outcome = deliveries::outcome(newest, site, lang);
            lang.tell("hook-newest", [("outcome", Gap::from(outcome))])
        },
    );
    HookView {
        id: hook.id.0,
        name: lang.tell("hook-of", gaps()),
        detail: format!("{made} · {newest}"),
        end: lang.tell("hook-end-of", gaps()),
    }
}
