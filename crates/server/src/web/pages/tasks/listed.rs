//! A list of tasks: a finding, what can be asked for, and the tasks in one of four views.

use actions::error::Error;
use actions::tasks::counts::Counts;
use actions::tasks::list::{Asked, LINES_PER_PAGE, Line, Scope, TaskList};
use askama::Template;
use domain::number::{Fraction, Quantity};
use domain::task::{Standing, State};
use domain::unit::UnitId;
use jiff::civil::Date;

use super::views::{self, BoardView, CalendarView, TimelineView};
use super::{SCOPES, address, asked, gives, takes_steps};
use crate::web::frame::{Frame, Section};
use crate::web::links::escaped;
use crate::web::other_units;
use crate::web::pages::draw;
use crate::web::parts::{self, Choosable, Link, Mark, Pages};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, number, periods, places, tasks};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/tasks/list.html")]
struct ListPage {
    frame: Frame,
    unit: String,
    unit_id: i64,
    finding: String,
    /// How many of those that were due were done in time.
    rate: String,
    scopes: Vec<Tab>,
    views: Vec<Tab>,
    standings: Vec<Tab>,
    priorities: Vec<Choosable>,
    /// Units that the list can be shown of instead.
    units: Vec<Choosable>,
    /// Ways to what stands beside tasks, in the unit.
    ways: Vec<Link>,
    text: String,
    /// Whether the list is narrowed down by words or priority.
    is_sifted: bool,
    /// What the form of the search carries along.
    carried: Vec<(&'static str, String)>,
    shown: Shown,
    pages: Option<Pages>,
    /// Where new tasks are given; empty for those who give none.
    new: String,
}

/// The tasks in one of the views.
enum Shown {
    List(Listed),
    Board(BoardView),
    Calendar(CalendarView),
    Timeline(TimelineView),
}

/// The lines of a list, and how those are chosen that take a step together.
struct Listed {
    lines: Vec<ChoiceView>,
    /// What leads back to this list; empty when there is nothing to choose.
    from: String,
    /// The same list with all of its lines ticked, or with none.
    tick: Tab,
}

/// A line that can be chosen.
struct ChoiceView {
    /// The number of the task; empty for several and for what is closed.
    task: String,
    line: LineView,
}

/// A link that may be the chosen one.
pub(in crate::web::pages) struct Tab {
    pub(in crate::web::pages) href: String,
    pub(in crate::web::pages) text: String,
    pub(in crate::web::pages) is_chosen: bool,
}

/// A task, or those that were given together, on one line.
pub(in crate::web::pages) struct LineView {
    pub(in crate::web::pages) href: String,
    pub(in crate::web::pages) work: String,
    pub(in crate::web::pages) lead: String,
    pub(in crate::web::pages) deadline: String,
    pub(in crate::web::pages) standing: Mark,
    /// How far it has come; none for several.
    pub(in crate::web::pages) state: Option<Mark>,
}

/// The page.
pub(super) fn page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let (lang, moment) = (visit.lang, site.moment());
    let asked = asked(site, visit)?;
    let actor = visit.actor(domain::access::Right::SeeFigures)?;
    let list = site.workspace.task_list(actor, moment, &asked)?;
    let view = visit.parameter("as").unwrap_or("list");
    let desk = views::Desk { site, actor, asked: &asked, lang };
    let shown = match view {
        "board" => Shown::Board(views::board(&desk)?),
        "calendar" => Shown::Calendar(views::calendar(&desk, visit.parameter("month"))?),
        "timeline" => Shown::Timeline(views::timeline(&list.lines, moment.today, lang)),
        _ => Shown::List(listed(visit, (&list.lines, &asked), moment.today)),
    };
    let snapshot = site.workspace.snapshot()?;
    let priorities = snapshot.priorities.iter().map(|priority| Choosable {
        value: priority.code.clone(),
        label: lang.of(&priority.name).to_owned(),
        chosen: asked.priority.as_deref() == Some(priority.code.as_str()),
    });
    let is_paged = matches!(shown, Shown::List(_) | Shown::Timeline(_));
    let here = Here { asked: &asked, view };
    let count = list.found.div_ceil(LINES_PER_PAGE);
    let pages = is_paged.then(|| parts::pages(&here.with(&[]), (asked.page, count), lang));
    draw(&ListPage {
        unit: places::full_name(&list.unit, lang),
        unit_id: list.unit.id.0,
        finding: finding(&list.counts, lang),
        rate: rate(&list.counts, lang),
        scopes: scopes(&here, lang),
        views: view_tabs(&here, lang),
        standings: standings(&here, &list, lang),
        priorities: priorities.collect(),
        units: other_units::of(site, visit, asked.unit)?,
        ways: beside(asked.unit, lang),
        is_sifted: !asked.text.is_empty() || asked.priority.is_some(),
        text: asked.text.clone(),
        carried: here.carried(),
        shown,
        pages: pages.flatten(),
        new: if gives(visit, moment.today) { "/tasks/new".to_owned() } else { String::new() },
        frame: site.frame(visit)?.titled(lang.say("tasks-heading"), Section::Tasks),
    })
}

/// The lines of a list, to be chosen by those who take steps.
fn listed(visit: &Visit, (lines, asked): (&[Line], &Asked), today: Date) -> Listed {
    let lang = visit.lang;
    let is_chooser = takes_steps(visit, today);
    let task = |line: &Line| {
        let can_go_on = line.task.state.is_open() || line.task.state == State::Draft;
        let is_choosable = is_chooser && can_go_on && line.together.is_none();
        if is_choosable { line.task.id.0.to_string() } else { String::new() }
    };
    let choice = |line| ChoiceView { task: task(line), line: line_view(line, asked, lang) };
    let lines: Vec<ChoiceView> = lines.iter().map(choice).collect();
    let here = Here { asked, view: "list" };
    let page = (asked.page + 1).to_string();
    let is_chosen = visit.parameter("tick") == Some("all");
    let (tick, key) = if is_chosen { ("", "tasks-tick-none") } else { ("all", "tasks-tick-all") };
    let href = here.with(&[("page", &page), ("tick", tick)]);
    let any = lines.iter().any(|line| !line.task.is_empty());
    Listed {
        from: if any { here.with(&[("page", &page)]) } else { String::new() },
        tick: Tab { href: format!("{href}#list"), text: lang.say(key), is_chosen },
        lines,
    }
}

/// What stands beside the tasks of a unit.
pub(in crate::web::pages) fn beside(unit: UnitId, lang: Lang) -> Vec<Link> {
    let ways = [
        ("/priorities", "priorities-heading"),
        ("/difficulties", "difficulties-heading"),
        ("/stocktakes", "stocktakes-heading"),
        ("/urging", "urging-heading"),
        ("/heads", "heads-heading"),
    ];
    let way = |(path, key): (&str, &str)| Link {
        href: format!("{path}?unit={}", unit.0),
        text: lang.say(key),
    };
    ways.map(way).into()
}

/// What an address holds, to make others like it.
pub(super) struct Here<'a> {
    pub(super) asked: &'a Asked,
    pub(super) view: &'a str,
}

impl Here<'_> {
    /// What stands in the address, without the page.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let Asked {
            unit, scope, standing, states, priority, directive, brief, text, between, ..
        } = self.asked;
        let scope = SCOPES.iter().find(|(known, _)| known == scope).map_or("", |(_, code)| code);
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let pairs = [
            ("unit", Some(unit.0.to_string())),
            ("scope", Some(scope.to_owned())),
            ("as", Some(self.view.to_owned())),
            ("standing", standing.map(str::to_owned)),
            ("state", states.first().map(|state| state.code().to_owned())),
            ("priority", priority.clone()),
            ("directive", directive.clone()),
            ("brief", brief.map(|brief| brief.0.to_string())),
            ("text", Some(text.clone())),
            ("from", day(between.map(|(first, _)| first))),
            ("to", day(between.map(|(_, last)| last))),
        ];
        let said = pairs.into_iter().filter_map(|(name, value)| Some((name, value?)));
        said.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// What a form carries along that has fields of its own for words, priority and unit.
    fn carried(&self) -> Vec<(&'static str, String)> {
        let own = |name: &str| ["text", "priority", "unit"].contains(&name);
        self.pairs().into_iter().filter(|(name, _)| !own(name)).collect()
    }

    /// The same list with some parts of the address changed; an empty value takes one out.
    pub(super) fn with(&self, changes: &[(&'static str, &str)]) -> String {
        let changed = |name: &str| changes.iter().any(|(other, _)| *other == name);
        let kept = self.pairs().into_iter().filter(|(name, _)| !changed(name));
        let new = changes.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let pairs = kept.chain(new).filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> =
            pairs.map(|(name, value)| format!("{name}={}", escaped(&value))).collect();
        format!("/tasks?{}", pairs.join("&"))
    }
}

fn scopes(here: &Here<'_>, lang: Lang) -> Vec<Tab> {
    let tab = |(scope, code): &(_, &'static str)| Tab {
        href: here.with(&[("scope", code), ("brief", "")]),
        text: lang.say(match *code {
            "waiting" => "tasks-waiting",
            "led" => "tasks-led",
            "own" => "tasks-own",
            "given" => "tasks-given",
            _ => "tasks-all",
        }),
        is_chosen: here.asked.scope == *scope,
    };
    // The evidence per head leads to what one unit alone leads; nobody else looks for that.
    let is_shown =
        |(scope, _): &&(Scope, _)| *scope != Scope::Own || here.asked.scope == Scope::Own;
    SCOPES.iter().filter(is_shown).map(tab).collect()
}

fn view_tabs(here: &Here<'_>, lang: Lang) -> Vec<Tab> {
    let views = [
        ("list", "tasks-as-list"),
        ("board", "tasks-as-board"),
        ("calendar", "tasks-as-calendar"),
        ("timeline", "tasks-as-timeline"),
    ];
    let tab = |(code, key): (&'static str, &str)| Tab {
        href: here.with(&[("as", code)]),
        text: lang.say(key),
        is_chosen: here.view == code,
    };
    views.map(tab).into()
}

/// How many stand how; kinds of which there are none are left out.
fn standings(here: &Here<'_>, list: &TaskList, lang: Lang) -> Vec<Tab> {
    let known = Standing::CODES.iter().zip(list.counts.standings);
    let tab = |(code, count): (&&'static str, usize)| {
        let is_chosen = here.asked.standing == Some(code);
        (count > 0 || is_chosen).then(|| Tab {
            href: here.with(&[("standing", if is_chosen { "" } else { code })]),
            text: format!("{} {count}", places::capitalised(&tasks::standing_kind(code, lang))),
            is_chosen,
        })
    };
    known.filter_map(tab).collect()
}

fn finding(counts: &Counts, lang: Lang) -> String {
    let open = State::ALL.iter().zip(counts.states).filter(|(state, _)| state.is_open());
    let open: usize = open.map(|(_, count)| count).sum();
    let overdue = counts.standing("overdue");
    let soon = counts.standing("soon") + counts.standing("today");
    let gaps = [("open", Gap::from(open)), ("overdue", overdue.into()), ("soon", soon.into())];
    lang.tell(if counts.all == 0 { "tasks-none" } else { "tasks-finding" }, gaps)
}

/// `8/10 nhiệm vụ đến hạn xong đúng hạn (80,0%)`, by the deadline that holds and by the first one.
pub(super) fn rate(counts: &Counts, lang: Lang) -> String {
    if counts.due == 0 {
        return String::new();
    }
    let gaps = [
        ("due", Gap::from(counts.due)),
        ("all", counts.all.into()),
        ("in_time", counts.in_time.into()),
        ("first", counts.in_first_time.into()),
        ("share", share(counts.in_time, counts.due, lang).into()),
    ];
    lang.tell("tasks-rate", gaps)
}

fn share(part: usize, whole: usize, lang: Lang) -> String {
    let number = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
    Fraction::new(number(part), number(whole)).map_or_else(
        |_| String::new(),
        |share| number::bare_percent(Quantity::exact(share), 1, lang),
    )
}

pub(super) fn line_view(line: &Line, asked: &Asked, lang: Lang) -> LineView {
    let deadline = line
        .task
        .deadline
        .map_or_else(|| lang.say("standing-no-deadline"), |day| periods::day(day, lang));
    let lead = match &line.together {
        Some(counts) => together(counts, lang),
        None => lead(line, lang),
    };
    LineView {
        href: match line.together {
            Some(_) => {
                let here = Here { asked, view: "list" };
                here.with(&[("brief", &line.brief.id.0.to_string())])
            }
            None => address(line.task.id),
        },
        work: line.brief.words.work.clone(),
        lead,
        deadline,
        standing: standing_mark(line.standing, lang),
        state: line.together.is_none().then(|| state_mark(line.task.state, lang)),
    }
}

/// Who leads: the unit, and the person when one was named.
pub(in crate::web::pages) fn lead(line: &Line, lang: Lang) -> String {
    let unit = places::full_name(&line.lead, lang);
    if line.lead_name.is_empty() { unit } else { format!("{unit} · {}", line.lead_name) }
}

/// What became of those that were given together: `17 nhiệm vụ: 12 xong, 1 quá hạn`.
fn together(counts: &Counts, lang: Lang) -> String {
    let gaps = [
        ("all", Gap::from(counts.all)),
        ("done", counts.state(State::Done).into()),
        ("overdue", counts.standing("overdue").into()),
    ];
    lang.tell("tasks-together", gaps)
}

/// How a task stands, with an icon for it.
pub(in crate::web::pages) fn standing_mark(standing: Standing, lang: Lang) -> Mark {
    Mark { code: standing_code(standing), word: tasks::standing(standing, lang) }
}

/// The code of the mark beside a standing.
pub(in crate::web::pages) fn standing_code(standing: Standing) -> &'static str {
    match standing {
        Standing::Overdue { .. } => "far_behind",
        Standing::DueToday | Standing::DueSoon { .. } | Standing::Late { .. } => "behind",
        Standing::NotDue { .. } => "on_track",
        Standing::InTime => "met",
        Standing::NoDeadline | Standing::Resting => "none",
    }
}

/// How far a task has come, with an icon for it.
pub(super) fn state_mark(state: State, lang: Lang) -> Mark {
    let code = match state {
        State::Draft => "draft",
        State::Given => "missing",
        State::Accepted | State::Underway => "underway",
        State::AwaitingConfirmation => "submitted",
        State::Done => "approved",
        State::Declined | State::Redo => "returned",
        State::Paused => "locked",
        State::Cancelled => "none",
    };
    Mark { code, word: tasks::state(state, lang) }
}
