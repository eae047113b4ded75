//! Proposals side by side: what their scores come to, for whoever has scored them.

use actions::error::Error;
use actions::proposals::page::Line;
use askama::Template;
use domain::access::Right;
use domain::proposal::{Criterion, State};

use super::address;
use crate::web::frame::{Frame, Section};
use crate::web::other_units;
use crate::web::pages::draw;
use crate::web::pages::tasks::unit_asked;
use crate::web::parts::{Choosable, Link, Mark};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, choosing, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/proposals/list.html")]
struct ListPage {
    frame: Frame,
    unit: String,
    /// Units that the list can be shown of instead.
    units: Vec<Choosable>,
    finding: String,
    heads: Vec<String>,
    open: Vec<RowView>,
    decided: Vec<RowView>,
    /// Where one is opened; empty for those who open none.
    new: String,
}

/// A proposal with what its scores come to, under their heads.
struct RowView {
    proposal: Link,
    term: String,
    state: Mark,
    cells: Vec<(String, String)>,
    scorers: usize,
    /// Why there are no scores; empty where there are.
    without: String,
}

/// The page.
pub(super) fn page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let lang = visit.lang;
    let actor = visit.actor(Right::SeeFigures)?;
    let unit = unit_asked(site, visit, actor)?;
    let list = site.workspace.proposal_list(actor, site.moment(), unit)?;
    let (open, decided): (Vec<&Line>, Vec<&Line>) =
        list.lines.iter().partition(|line| line.proposal.state == State::Open);
    let todo = open.iter().filter(|line| !line.shows_scores).count();
    let new = format!("/priorities/proposals/new?unit={}", unit.0);
    let rows = |lines: &[&Line]| lines.iter().map(|line| row(line, lang)).collect();
    draw(&ListPage {
        unit: places::full_name(&list.unit, lang),
        units: other_units::of(site, visit, unit)?,
        finding: finding(list.lines.len(), open.len(), todo, lang),
        heads: heads(lang),
        open: rows(&open),
        decided: rows(&decided),
        new: if list.may_open { new } else { String::new() },
        frame: site.frame(visit)?.titled(lang.say("proposals-heading"), Section::Tasks),
    })
}

fn finding(all: usize, open: usize, todo: usize, lang: Lang) -> String {
    let gaps = [("open", Gap::from(open)), ("todo", todo.into())];
    match (all, todo) {
        (0, _) => lang.say("proposals-none"),
        (_, 0) => lang.tell("proposals-finding", gaps),
        _ => lang.tell("proposals-finding-todo", gaps),
    }
}

/// What stands above the columns of scores.
fn heads(lang: Lang) -> Vec<String> {
    let criteria = Criterion::ALL.map(|criterion| choosing::criterion(criterion, lang));
    criteria.into_iter().chain([lang.say("proposals-column-all")]).collect()
}

fn row(line: &Line, lang: Lang) -> RowView {
    let spreads = line.spreads.map(|(each, all)| [each[0], each[1], each[2], all]);
    let spreads = spreads.into_iter().flatten().map(|spread| choosing::spread(&spread, lang));
    let without = match (line.shows_scores, line.scorers) {
        (false, _) => lang.say("proposals-hidden"),
        (true, 0) => lang.say("proposals-no-scores"),
        (true, _) => String::new(),
    };
    RowView {
        proposal: Link {
            href: address(line.proposal.id),
            text: lang.of(&line.proposal.name).to_owned(),
        },
        term: choosing::term(line.proposal.term),
        state: state_mark(line.proposal.state, lang),
        cells: heads(lang).into_iter().zip(spreads).collect(),
        scorers: line.scorers,
        without,
    }
}

pub(super) fn state_mark(state: State, lang: Lang) -> Mark {
    let code = match state {
        State::Open => "submitted",
        State::Chosen => "approved",
        State::Declined => "closed",
    };
    Mark { code, word: choosing::state(state, lang) }
}
