//! The priorities of a unit: those that it has, those of the common plan, and those that have ended.

use actions::error::Error;
use askama::Template;
use domain::access::Right;
use domain::priority::{Chosen, Priority};

use super::address;
use crate::web::frame::{Frame, Section};
use crate::web::other_units;
use crate::web::pages::draw;
use crate::web::pages::tasks::unit_asked;
use crate::web::parts::Choosable;
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, choosing, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/priorities/list.html")]
struct ListPage {
    frame: Frame,
    unit: String,
    /// Units that the list can be shown of instead.
    units: Vec<Choosable>,
    finding: String,
    is_many: bool,
    own: Vec<LineView>,
    planned: Vec<LineView>,
    ended: Vec<LineView>,
    proposals: String,
}

/// A priority on one line.
struct LineView {
    href: String,
    name: String,
    about: String,
    beside: String,
}

/// The page.
pub(super) fn page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let lang = visit.lang;
    let actor = visit.actor(Right::SeeFigures)?;
    let unit = unit_asked(site, visit, actor)?;
    let list = site.workspace.priority_list(actor, site.moment(), unit)?;
    let current = [("current", Gap::from(list.current.len()))];
    let planned = list.planned.iter().map(|priority| LineView {
        href: format!("{}?unit={}", address(&priority.code), unit.0),
        name: lang.of(&priority.name).to_owned(),
        about: lang.of(&priority.owner).to_owned(),
        beside: String::new(),
    });
    draw(&ListPage {
        unit: places::full_name(&list.unit, lang),
        units: other_units::of(site, visit, unit)?,
        finding: lang.tell("priorities-finding", current),
        is_many: list.is_many,
        planned: planned.collect(),
        own: list.current.iter().map(|(one, chosen)| line(one, chosen, lang)).collect(),
        ended: list.ended.iter().map(|(one, chosen)| line(one, chosen, lang)).collect(),
        proposals: format!("/priorities/proposals?unit={}", unit.0),
        frame: site.frame(visit)?.titled(lang.say("priorities-heading"), Section::Tasks),
    })
}

fn line(priority: &Priority, chosen: &Chosen, lang: Lang) -> LineView {
    let until = chosen.ended.as_ref().map(|ended| periods::day(ended.on, lang));
    let until = until.map(|day| format!("{} {day}", lang.say("priority-ended-on")));
    LineView {
        href: address(&priority.code),
        name: lang.of(&priority.name).to_owned(),
        about: chosen.head.clone(),
        beside: std::iter::once(choosing::term(chosen.term))
            .chain(until)
            .collect::<Vec<_>>()
            .join(" · "),
    }
}
