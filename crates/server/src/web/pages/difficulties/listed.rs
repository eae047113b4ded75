//! A list of difficulties: a finding, how long answers took, and the difficulties.

use actions::difficulties::Counts;
use actions::difficulties::list::{Asked, Holder, LINES_PER_PAGE, Line};
use actions::error::Error;
use askama::Template;
use domain::access::Right;
use domain::difficulty::State;

use super::address;
use crate::web::frame::{Frame, Section};
use crate::web::other_units;
use crate::web::pages::draw;
use crate::web::pages::tasks::{LineView, Tab, standing_code, unit_asked};
use crate::web::parts::{self, Choosable, Link, Mark, Pages};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, difficulties, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/difficulties/list.html")]
struct ListPage {
    frame: Frame,
    unit: String,
    /// Units that the list can be shown of instead.
    units: Vec<Choosable>,
    finding: String,
    /// How long answers took; empty while there are none.
    rate: String,
    states: Vec<Tab>,
    lines: Vec<LineView>,
    pages: Option<Pages>,
    /// What the columns after the unit say of those who answer.
    heads: Vec<String>,
    holders: Vec<HolderView>,
    /// Whether the reader may raise one.
    raises: bool,
}

/// A unit that answers, with its numbers under their heads.
struct HolderView {
    unit: Link,
    cells: Vec<(String, String)>,
}

/// The numbers about a unit that answers.
const HEADS: [&str; 5] = [
    "difficulties-count-waiting",
    "difficulties-count-overdue",
    "difficulties-count-in-time",
    "difficulties-count-late",
    "difficulties-count-days",
];

/// The page.
pub(super) fn page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let (lang, moment) = (visit.lang, site.moment());
    let actor = visit.actor(Right::SeeFigures)?;
    let asked = Asked {
        unit: unit_asked(site, visit, actor)?,
        state: visit.parameter("state").and_then(State::from_code),
        page: visit.page().saturating_sub(1),
    };
    let list = site.workspace.difficulty_list(actor, moment, &asked)?;
    let href = |state: Option<State>| {
        let here = format!("/difficulties?unit={}", asked.unit.0);
        state.map_or_else(|| here.clone(), |state| format!("{here}&state={}", state.code()))
    };
    let text = lang.say("difficulties-all");
    let all = Tab { href: href(None), text, is_chosen: asked.state.is_none() };
    let states = State::ALL.into_iter().zip(list.counts.states).map(|(state, count)| Tab {
        href: href(Some(state)),
        text: format!("{} {count}", places::capitalised(&difficulties::state(state, lang))),
        is_chosen: asked.state == Some(state),
    });
    let count = list.found.div_ceil(LINES_PER_PAGE);
    draw(&ListPage {
        unit: places::full_name(&list.unit, lang),
        units: other_units::of(site, visit, asked.unit)?,
        finding: finding(&list.counts, lang),
        rate: rate(&list.counts, lang),
        states: std::iter::once(all).chain(states).collect(),
        lines: list.lines.iter().map(|line| line_view(line, lang)).collect(),
        pages: parts::pages(&href(asked.state), (asked.page, count), lang),
        heads: HEADS.map(|head| lang.say(head)).to_vec(),
        holders: list.holders.iter().map(|holder| holder_view(holder, lang)).collect(),
        raises: !visit.visitor()?.actor.units(Right::DoTasks, moment.today).is_empty(),
        frame: site.frame(visit)?.titled(lang.say("difficulties-heading"), Section::Tasks),
    })
}

fn finding(counts: &Counts, lang: Lang) -> String {
    let [waiting, ..] = counts.states;
    let gaps = [("waiting", Gap::from(waiting)), ("overdue", counts.overdue.into())];
    lang.tell("difficulties-finding", gaps)
}

fn rate(counts: &Counts, lang: Lang) -> String {
    counts.median_days.map_or_else(String::new, |days| {
        let gaps = [
            ("answered", Gap::from(counts.in_time + counts.late)),
            ("in_time", counts.in_time.into()),
            ("late", counts.late.into()),
            ("days", i64::from(days).into()),
        ];
        lang.tell("difficulties-rate", gaps)
    })
}

fn holder_view(holder: &Holder, lang: Lang) -> HolderView {
    let Counts { states: [waiting, ..], overdue, in_time, late, median_days } = &holder.counts;
    let days = median_days.map_or_else(|| "–".to_owned(), |days| days.to_string());
    let counts = [waiting, overdue, in_time, late].map(ToString::to_string);
    let cells = HEADS.iter().zip(counts.into_iter().chain([days]));
    HolderView {
        unit: Link {
            href: format!("/difficulties?unit={}", holder.unit.id.0),
            text: places::full_name(&holder.unit, lang),
        },
        cells: cells.map(|(head, text)| (lang.say(head), text)).collect(),
    }
}

/// A difficulty on one line.
pub(in crate::web::pages) fn line_view(line: &Line, lang: Lang) -> LineView {
    let [unit, holder] = [&line.unit, &line.holder].map(|unit| places::full_name(unit, lang));
    LineView {
        href: address(line.difficulty.id),
        work: line.trouble.clone(),
        lead: format!("{unit} → {holder}"),
        deadline: periods::day(line.difficulty.due, lang),
        standing: standing_mark(line, lang),
        state: Some(state_mark(line.difficulty.state, lang)),
    }
}

pub(super) fn standing_mark(line: &Line, lang: Lang) -> Mark {
    let word = difficulties::standing(line.standing, lang);
    Mark { code: standing_code(line.standing), word }
}

pub(super) fn state_mark(state: State, lang: Lang) -> Mark {
    let code = match state {
        State::Waiting => "missing",
        State::Answered => "submitted",
        State::Closed => "approved",
    };
    Mark { code, word: difficulties::state(state, lang) }
}
