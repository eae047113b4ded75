//! One priority: where it came from, who answers for it, how it stands, and how it ends.

use actions::error::Error;
use actions::priorities::page::{ChosenPage, PriorityPage};
use askama::Template;
use domain::access::Right;
use domain::priority::Priority;
use domain::proposal::Criterion;
use domain::unit::UnitId;

use super::address;
use super::pictures::{self, PicturesView};
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::pages::difficulties::line_view as difficulty_view;
use crate::web::pages::tasks::{LineView, unit_asked, waiting_view};
use crate::web::pages::{draw, proposals};
use crate::web::parts::{Choosable, FigureView, Link, figure};
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, choosing, directives, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/priorities/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    done: String,
    back: Link,
    name: String,
    unit: String,
    facts: Vec<(String, Link)>,
    figures: Vec<(FigureView, String)>,
    tasks: String,
    tasks_href: String,
    lines: Vec<LineView>,
    pictures: PicturesView,
    /// Whose page it is, so that forms lead back to it.
    of: i64,
    difficulties: Vec<LineView>,
    is_retiring: bool,
    /// What can come in its place; none for whoever may not end it.
    successors: Option<Vec<Choosable>>,
    on: String,
    because: String,
    action: String,
}

/// The page; after a refusal with what has to be mended and what was typed.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    code: &str,
    (problems, typed): (Vec<String>, &[(String, String)]),
) -> Result<String, Error> {
    let (lang, moment) = (visit.lang, site.moment());
    let actor = visit.actor(Right::SeeFigures)?;
    let unit = match field(typed, "of") {
        "" => unit_of(site, visit, code)?,
        unit => unit_id(unit)?,
    };
    let page = site.workspace.priority_page(actor, moment, (code, unit))?;
    let tasks = [
        ("unit", Gap::from(places::full_name(&page.unit, lang))),
        ("count", page.tasks.all.into()),
        ("late", page.tasks.standing("overdue").into()),
    ];
    let figures = page.indicators.iter().map(|(indicator, answer)| {
        (figure(indicator, answer, lang), periods::label(answer.period, lang))
    });
    let key = if page.tasks.all == 0 { "priority-tasks-none" } else { "priority-tasks-some" };
    let successor = |one: &Priority| Choosable {
        value: one.code.clone(),
        label: lang.of(&one.name).to_owned(),
        chosen: field(typed, "successor") == one.code,
    };
    let successors = page.successors.as_ref().filter(|_| visit.visitor().is_ok());
    let unit_name = places::full_name(&page.unit, lang);
    draw(&ShowPage {
        is_retiring: typed.iter().any(|(name, _)| name == "because"),
        problems,
        done: pictures::done(visit),
        back: Link {
            href: format!("/priorities?unit={}", page.unit.id.0),
            text: lang.say("priorities-heading"),
        },
        name: lang.of(&page.priority.name).to_owned(),
        pictures: pictures::view(site, visit, (&page.pictures, &unit_name), typed),
        of: page.unit.id.0,
        unit: unit_name,
        facts: facts(&page, lang),
        figures: figures.collect(),
        tasks: lang.tell(key, tasks),
        tasks_href: if page.tasks.all == 0 {
            String::new()
        } else {
            format!("/tasks?unit={}&priority={}", page.unit.id.0, links::escaped(code))
        },
        lines: page.task_lines.iter().map(|line| waiting_view(line, lang)).collect(),
        difficulties: page.difficulties.iter().map(|line| difficulty_view(line, lang)).collect(),
        successors: successors.map(|all| all.iter().map(successor).collect()),
        on: match field(typed, "on") {
            "" => site.today().to_string(),
            typed => typed.to_owned(),
        },
        because: field(typed, "because").to_owned(),
        action: address(code),
        frame: site.frame(visit)?.titled(lang.say("decision-priority"), Section::Tasks),
    })
}

/// Whose figures are shown: the unit that is asked for, else the one that chose it, else the reader's own.
fn unit_of(site: &Site, visit: &Visit, code: &str) -> Result<UnitId, Error> {
    let (snapshot, who) = (site.workspace.snapshot()?, visit.actor(Right::SeeFigures)?);
    snapshot.priority(code)?;
    let sees = |unit| snapshot.check(who, Right::SeeFigures, Some(unit), site.today()).is_ok();
    match (visit.parameter("unit"), snapshot.chosen(code)) {
        (None, Some(chosen)) if sees(chosen.unit) => Ok(chosen.unit),
        (Some(_) | None, _) => unit_asked(site, visit, who),
    }
}

fn plain(text: String) -> Link {
    Link { href: String::new(), text }
}

fn to_priority(priority: &Priority, lang: Lang) -> Link {
    Link { href: address(&priority.code), text: lang.of(&priority.name).to_owned() }
}

fn facts(page: &PriorityPage, lang: Lang) -> Vec<(String, Link)> {
    let mut facts = Vec::new();
    match &page.chosen {
        Some(chosen) => facts.extend(facts_of_chosen(chosen, lang)),
        None => {
            facts.push(("priority-page-owner", plain(lang.of(&page.priority.owner).to_owned())));
        }
    }
    facts.push(("priority-reason", plain(lang.of(&page.priority.reason).to_owned())));
    if let Some(it) = &page.directive {
        let link = Link { href: links::directive(&it.code), text: directives::name(it) };
        facts.push(("priority-directive", link));
    }
    let before = page.predecessors.iter();
    facts.extend(before.map(|one| ("priority-predecessor", to_priority(one, lang))));
    facts.retain(|(_, link)| !link.text.is_empty());
    facts.into_iter().map(|(key, link)| (lang.say(key), link)).collect()
}

fn facts_of_chosen(page: &ChosenPage, lang: Lang) -> Vec<(&'static str, Link)> {
    let chosen = &page.chosen;
    let mut facts = vec![
        ("proposal-unit", plain(places::full_name(&page.unit, lang))),
        ("priority-page-owner", plain(places::full_name(&page.owner, lang))),
        ("priority-head", plain(chosen.head.clone())),
        ("priority-term", plain(choosing::term(chosen.term))),
        ("priority-chosen-on", plain(periods::day(chosen.chosen_on, lang))),
    ];
    if let Some((proposal, decision)) = &page.proposal {
        let name = lang.of(&proposal.name).to_owned();
        let link = Link { href: proposals::address(proposal.id), text: name };
        facts.push(("priority-from-proposal", link));
        if let Some((count, each, all)) = &page.scores {
            let said = Criterion::ALL.iter().zip(each).map(|(criterion, one)| {
                let name = choosing::criterion(*criterion, lang);
                format!("{name} {}", choosing::mean(one.mean, lang))
            });
            let whole =
                format!("{} {}", lang.say("proposals-column-all"), choosing::mean(all.mean, lang));
            let scores = said.chain([whole]).collect::<Vec<_>>().join(" · ");
            let gaps = [("scores", Gap::from(scores)), ("count", (*count).into())];
            facts.push(("priority-scores-then", plain(lang.tell("priority-scores-said", gaps))));
        }
        let document = proposals::document(&decision.document, page.decided_in.as_ref(), lang);
        facts.push(("priority-decided-in", document));
        facts.push(("priority-decided-because", plain(decision.reason.clone())));
        facts.push(("priority-why-many", plain(decision.many_because.clone())));
    }
    if let Some(ended) = &chosen.ended {
        facts.push(("priority-ended-on", plain(periods::day(ended.on, lang))));
        facts.push(("priority-ended-because", plain(ended.because.clone())));
    }
    facts.extend(page.successor.iter().map(|one| ("priority-successor", to_priority(one, lang))));
    facts
}
