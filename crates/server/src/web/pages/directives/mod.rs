//! Directives: the register as a tree and by date, one with all that hangs on it, and entering one.

mod typed;

use actions::directives::written;
use actions::entrance::Visitor;
use actions::error::Error;
use actions::snapshot::Snapshot;
use actions::tasks::list::Asked;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use domain::access::Right;
use domain::directive::{self, Directive, Reference, Validity};
use domain::kept_file::Belongs;
use domain::text;

use self::typed::Typed;
use super::files::FilesView;
use super::{draw, files, tasks};
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, directives, periods, places};

/// The deepest step that lines are set in by.
const DEPTH_MAX: usize = 5;

/// The register.
#[derive(Template)]
#[template(path = "web/pages/directives/list.html")]
struct ListPage {
    frame: Frame,
    finding: String,
    text: String,
    is_by_date: bool,
    lines: Vec<LineView>,
    may_write: bool,
}

/// A directive on one line.
struct LineView {
    href: String,
    name: String,
    title: String,
    about: String,
    depth: usize,
}

/// A directive.
#[derive(Template)]
#[template(path = "web/pages/directives/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    done: String,
    files: FilesView,
    trail: Vec<Link>,
    name: String,
    title: String,
    validity: String,
    facts: Vec<Fact>,
    below: Vec<LineView>,
    priorities: Vec<String>,
    tasks: String,
    /// The list of its tasks; empty when there are none.
    tasks_href: String,
    /// Where tasks are given from it; empty for those who give none.
    give: String,
    /// What is said of the plans that it asks for; empty for nothing.
    plans: String,
    plans_href: String,
    /// Whether the reader enters others, and whether they change this one.
    may_write: bool,
    may_change: bool,
    href: String,
    code: String,
}

/// Something about a directive, with its name; other directives are links.
struct Fact {
    name: String,
    text: String,
    links: Vec<Link>,
}

/// `GET /directives`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(list_page(site, visit)?))).await
}

/// `GET /directives/new`
pub async fn new(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let typed: Typed = visit.query.iter().cloned().collect();
        Ok(Turn::Shown(typed::page(site, visit, None, (&typed, &[]))?))
    })
    .await
}

/// `POST /directives/new`
pub async fn enter(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    site.act(visit, move |site, visit| typed::save(site, visit, None, &typed)).await
}

/// `GET /directives/{code}`
pub async fn show(State(site): State<Site>, Path(code): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| Ok(Turn::Shown(show_page(site, visit, &code, Vec::new())?)))
        .await
}

/// `GET /directives/{code}/edit`
pub async fn edit(State(site): State<Site>, Path(code): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let snapshot = site.workspace.snapshot()?;
        let directive = snapshot.directive(&code)?;
        let typed = typed::of(written(directive, &snapshot.directives));
        Ok(Turn::Shown(typed::page(site, visit, Some(directive), (&typed, &[]))?))
    })
    .await
}

/// `POST /directives/{code}/edit`
pub async fn change(
    State(site): State<Site>,
    Path(code): Path<String>,
    visit: Visit,
    Form(typed): Form<Typed>,
) -> Response {
    site.act(visit, move |site, visit| {
        let snapshot = site.workspace.snapshot()?;
        typed::save(site, visit, Some(snapshot.directive(&code)?), &typed)
    })
    .await
}

/// `POST /directives/{code}/files`
pub async fn files(
    State(site): State<Site>,
    Path(code): Path<String>,
    visit: Visit,
    request: Request,
) -> Response {
    let of = (Belongs::Directive(code.clone()), links::directive(&code));
    files::act((site, visit, request), of, move |site, visit, problems| {
        show_page(site, visit, &code, problems)
    })
    .await
}

fn list_page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let (snapshot, lang, today) = (site.workspace.snapshot()?, visit.lang, site.today());
    let all = &snapshot.directives;
    let text = visit.parameter("text").unwrap_or_default().to_owned();
    let is_by_date = visit.parameter("as") == Some("date");
    let wanted = text::search_key(&text);
    let saying = site.workspace.directives_saying(&text)?;
    let is_named = |it: &Directive| {
        let texts = [&directives::name(it), &it.title.vi, &it.title.en, &it.issuer.vi];
        texts.iter().any(|text| text::search_key(text).contains(&wanted))
    };
    let mut found = directive::tree(all);
    found.retain(|(_, it)| is_named(it) || saying.contains_key(&it.code));
    if is_by_date || !wanted.is_empty() {
        found.iter_mut().for_each(|(depth, _)| *depth = 0);
    }
    if is_by_date {
        found.sort_by_key(|(_, it)| std::cmp::Reverse(it.date));
    }
    let holds = |it: &&Directive| directive::validity(it, all, today) == Validity::InForce;
    let current = all.iter().filter(holds).count();
    let gaps = [("count", Gap::from(all.len())), ("current", current.into())];
    let finding = match all.len() {
        0 => lang.say("directives-none"),
        _ => lang.tell("directives-found", gaps),
    };
    let line = |(depth, it)| {
        let mut shown = line(it, depth, (&snapshot, today), lang);
        if let Some(file) = saying.get(&it.code).filter(|_| !is_named(it)) {
            let place = lang.tell("search-in-file", [("file", Gap::from(file.as_str()))]);
            shown.about = format!("{} · {place}", shown.about);
        }
        shown
    };
    draw(&ListPage {
        finding,
        text,
        is_by_date,
        lines: found.into_iter().map(line).collect(),
        may_write: may_enter(site, visit),
        frame: site.frame(visit)?.titled(lang.say("directives-heading"), Section::Tasks),
    })
}

fn line(
    it: &Directive,
    depth: usize,
    (snapshot, today): (&Snapshot, jiff::civil::Date),
    lang: Lang,
) -> LineView {
    let date = it.date.map(|date| periods::day(date, lang)).unwrap_or_default();
    // That one holds is the rule and needs no word.
    let validity = match directive::validity(it, &snapshot.directives, today) {
        Validity::InForce => String::new(),
        other => directives::validity(&other, lang),
    };
    let others = directives::done_to_others(it, &snapshot.directives, lang);
    let about = [lang.of(&it.issuer).to_owned(), date, others, validity];
    LineView {
        href: links::directive(&it.code),
        name: directives::name(it),
        title: lang.of(&it.title).to_owned(),
        about: about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        depth: depth.min(DEPTH_MAX),
    }
}

fn show_page(
    site: &Site,
    visit: &Visit,
    code: &str,
    problems: Vec<String>,
) -> Result<String, Error> {
    let (snapshot, lang, today) = (site.workspace.snapshot()?, visit.lang, site.today());
    let all = &snapshot.directives;
    let it = snapshot.directive(code)?;
    let link =
        |it: &Directive| Link { href: links::directive(&it.code), text: directives::name(it) };
    let actor = visit.actor(Right::SeeFigures)?;
    let asked = Asked {
        directive: Some(it.code.clone()),
        ..Asked::of(tasks::unit_asked(site, visit, actor)?)
    };
    let found = site.workspace.task_list(actor, site.moment(), &asked)?;
    let gaps = [
        ("unit", Gap::from(places::full_name(&found.unit, lang))),
        ("count", found.counts.all.into()),
        ("late", found.counts.standing("overdue").into()),
    ];
    let (said, tasks_href) = match found.counts.all {
        0 => ("directive-tasks-none", String::new()),
        _ => ("directive-tasks-some", {
            let unit = found.unit.id.0;
            format!("/tasks?unit={unit}&directive={}", links::escaped(code))
        }),
    };
    let give = format!("/tasks/new?directive={}", links::escaped(code));
    let is_set = |priority: &&domain::priority::Priority| priority.directive == it.code;
    let mut below = directive::below(it, all);
    below.sort_by(|a, b| (a.date, &a.number).cmp(&(b.date, &b.number)));
    let name = directives::name(it);
    draw(&ShowPage {
        problems,
        done: done(visit),
        files: files::of(
            site,
            visit,
            Belongs::Directive(it.code.clone()),
            &links::directive(code),
        )?,
        trail: directive::above(it, all).into_iter().map(link).collect(),
        title: lang.of(&it.title).to_owned(),
        validity: directives::validity(&directive::validity(it, all, today), lang),
        facts: facts(it, all, lang),
        below: below.into_iter().map(|it| line(it, 0, (&snapshot, today), lang)).collect(),
        priorities: snapshot
            .priorities
            .iter()
            .filter(is_set)
            .map(|priority| lang.of(&priority.name).to_owned())
            .collect(),
        tasks: lang.tell(said, gaps),
        tasks_href,
        give: if tasks::gives(visit, today) { give } else { String::new() },
        plans: super::calls::section(site, visit, code)?,
        plans_href: links::plans(code),
        may_write: may_enter(site, visit),
        may_change: may_change(site, visit, it)?,
        href: links::directive(&it.code),
        code: links::escaped(&it.code),
        frame: site.frame(visit)?.titled(name.clone(), Section::Tasks),
        name,
    })
}

/// Whether the visitor enters directives of some unit.
fn may_enter(site: &Site, visit: &Visit) -> bool {
    let enters =
        |visitor: &Visitor| !visitor.actor.units(Right::ManagePlan, site.today()).is_empty();
    visit.visitor().is_ok_and(enters)
}

/// Whether they change a directive: whoever plans for the unit that issued it.
fn may_change(site: &Site, visit: &Visit, it: &Directive) -> Result<bool, Error> {
    let snapshot = site.workspace.snapshot()?;
    let unit = snapshot.issuing_unit(it);
    let plans = |visitor: &Visitor| {
        snapshot.check(&visitor.actor, Right::ManagePlan, unit, site.today()).is_ok()
    };
    Ok(visit.visitor().is_ok_and(plans))
}

/// What the page says after a form.
fn done(visit: &Visit) -> String {
    match visit.parameter("done") {
        Some("1") => visit.lang.say("directives-saved"),
        Some(_) | None => files::done(visit),
    }
}

fn facts(it: &Directive, all: &[Directive], lang: Lang) -> Vec<Fact> {
    let link =
        |it: &Directive| Link { href: links::directive(&it.code), text: directives::name(it) };
    let said = |key: &str, text: String| Fact { name: lang.say(key), text, links: Vec::new() };
    let mut facts = vec![
        said("directive-issuer", lang.of(&it.issuer).to_owned()),
        said("directive-date", it.date.map(|date| periods::day(date, lang)).unwrap_or_default()),
        said("directive-term", directives::term(it.term, lang)),
    ];
    for by in Reference::ALL {
        let other = all.iter().filter(|other| by.of(it).contains(&other.code));
        let name = directives::reference(by, lang);
        facts.push(Fact { name, text: String::new(), links: other.map(link).collect() });
    }
    let others = [
        (Reference::Replaces, "directive-replaced-by"),
        (Reference::Amends, "directive-amended-by"),
    ];
    for (by, key) in others {
        let other = all.iter().filter(|other| by.of(other).contains(&it.code));
        facts.push(Fact { links: other.map(link).collect(), ..said(key, String::new()) });
    }
    facts.retain(|fact| !fact.text.is_empty() || !fact.links.is_empty());
    facts
}
