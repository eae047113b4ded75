//! One task: what it asks, how it stands, what was done with it, and what can be done next.

use actions::error::Error;
use actions::tasks::list::Asked;
use actions::tasks::page::{Moved, Side, TaskPage};
use askama::Template;
use domain::access::Right;
use domain::kept_file::Belongs;
use domain::task::{Step, TaskId};
use domain::unit::UnitId;

use super::address;
use super::deeds::{self, Acts};
use super::listed::{self, Here, LineView, line_view, standing_mark, state_mark};
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::pages::entry::by;
use crate::web::pages::files::FilesView;
use crate::web::pages::{difficulties, draw, files, urging};
use crate::web::parts::{Fact, HistoryLine, Link, Mark, mark};
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, figures, periods, places, stocktakes, tasks};

/// Reminders that a page lists; a task that is late for two months has about thirty.
const REMINDERS_MAX: usize = 50;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/tasks/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    done: String,
    files: FilesView,
    work: String,
    detail: String,
    state: Mark,
    standing: Mark,
    /// That the lead asks for time; empty otherwise.
    asks: String,
    facts: Vec<Fact>,
    moves: Option<MovedView>,
    team: Vec<String>,
    part_of: Vec<LineView>,
    parts: Vec<LineView>,
    /// Where the reader gives a part of it; empty for those who give none.
    divide: String,
    /// How those stand that were given together with it; empty when it was given alone.
    together: Vec<Link>,
    /// The difficulties about it that the reader may see.
    difficulties: Vec<LineView>,
    /// Where the reader raises one; empty for those who do not do the task.
    raise: String,
    reminders: Vec<ReminderView>,
    acts: Acts,
    /// What was written for a step that cannot be taken any more; empty otherwise.
    written: String,
    /// Where the reader writes a draft over; empty for what was given.
    rewrite: String,
    steps: Vec<HistoryLine>,
}

/// An indicator that the task moves.
struct MovedView {
    href: String,
    name: String,
    figure: String,
    period: String,
    status: Mark,
}

/// A reminder about it.
struct ReminderView {
    to: String,
    when: String,
}

/// The page of a task; after a refusal with what has to be mended and what was typed.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    task: TaskId,
    (problems, typed): (Vec<String>, &[(String, String)]),
) -> Result<String, Error> {
    let lang = visit.lang;
    let actor = visit.actor(Right::SeeFigures)?;
    let page = site.workspace.task_page(actor, site.moment(), task)?;
    let of_brief = Asked { brief: Some(page.brief.id), ..Asked::of(page.brief.issuer) };
    let line = |line| line_view(line, &of_brief, lang);
    let asks = page
        .task
        .asked_until
        .map(|day| lang.tell("task-asks", [("day", Gap::from(periods::day(day, lang)))]));
    let about = site.workspace.difficulties_about(actor, site.moment(), task)?;
    let raises = visit.visitor().is_ok() && page.task.state.is_open();
    let raise = raises.then(|| site.workspace.raising_about(actor, site.today(), &page));
    let raise = raise.transpose()?.flatten().map(|_| format!("/difficulties/new?task={}", task.0));
    let acts = Acts {
        action: address(task),
        carried: vec![("seen", page.seen.to_string())],
        deeds: deeds::of(&page.possible, typed, page.task.asked_until, lang),
        today: site.today().to_string(),
    };
    draw(&ShowPage {
        problems,
        done: files::done(visit),
        files: files::of(site, visit, Belongs::Task(task), &address(task))?,
        work: page.brief.words.work.clone(),
        detail: page.brief.words.detail.clone(),
        state: state_mark(page.task.state, lang),
        standing: standing_mark(page.standing, lang),
        asks: asks.unwrap_or_default(),
        facts: facts(&page, site, lang),
        moves: page.moves.as_ref().map(|one| moved(one, lang)),
        team: page.brief.team.iter().map(|one| member(&one.name, &one.duty)).collect(),
        part_of: page.part_of.iter().map(line).collect(),
        parts: page.parts.iter().map(line).collect(),
        divide: page.divider.map(|unit| divide(task, unit)).unwrap_or_default(),
        together: together(&page, &of_brief, lang),
        difficulties: about.iter().map(|one| difficulties::line_view(one, lang)).collect(),
        raise: raise.unwrap_or_default(),
        reminders: reminders(task, site, lang)?,
        rewrite: if page.is_rewritable { format!("{}/edit", address(task)) } else { String::new() },
        written: written(&page, typed).to_owned(),
        acts,
        steps: steps(&page, site, lang),
        frame: site.frame(visit)?.titled(lang.say("tasks-one"), Section::Tasks),
    })
}

/// Where a unit gives a part of a task.
fn divide(whole: TaskId, issuer: UnitId) -> String {
    format!("/tasks/new?part_of={}&issuer={}", whole.0, issuer.0)
}

/// An indicator that the task moves: its figure, how far that is from its target, and its status.
fn moved(moved: &Moved, lang: Lang) -> MovedView {
    let Moved { indicator, figure } = moved;
    let display = figures::display(indicator, figure, lang);
    let figure_said = match figures::achievement(indicator, figure, lang) {
        Some(achievement) => format!("{display}, {achievement}"),
        None => display,
    };
    MovedView {
        href: links::figure(&indicator.code, Choice::of(figure)),
        name: format!("{} {}", indicator.code, lang.of(&indicator.name)),
        figure: figure_said,
        period: periods::label(figure.period, lang),
        status: mark(figure.status, lang),
    }
}

fn member(name: &str, duty: &str) -> String {
    if duty.is_empty() { name.to_owned() } else { format!("{name}, {duty}") }
}

fn together(page: &TaskPage, asked: &Asked, lang: Lang) -> Vec<Link> {
    if page.together.all < 2 {
        return Vec::new();
    }
    let here = Here { asked, view: "list" };
    let text = lang.tell("task-together", [("count", Gap::from(page.together.all))]);
    let rate = listed::rate(&page.together, lang);
    let text = if rate.is_empty() { text } else { format!("{text} {rate}") };
    vec![Link { href: here.with(&[]), text }]
}

fn facts(page: &TaskPage, site: &Site, lang: Lang) -> Vec<Fact> {
    let words = &page.brief.words;
    let day = |day: Option<jiff::civil::Date>| {
        day.map_or_else(String::new, |day| periods::day(day, lang))
    };
    let side = |side: &Side| {
        let unit = places::full_name(&side.unit, lang);
        if side.name.is_empty() { unit } else { format!("{unit} · {}", side.name) }
    };
    let units = |units: &[actions::answer::UnitName]| {
        let names: Vec<String> = units.iter().map(|unit| places::full_name(unit, lang)).collect();
        names.join("; ")
    };
    let deadline = match page.task.deadline {
        None => lang.say("standing-no-deadline"),
        Some(deadline) if page.task.first_deadline == Some(deadline) => {
            periods::day(deadline, lang)
        }
        Some(deadline) => lang.tell(
            "task-extended",
            [
                ("day", Gap::from(periods::day(deadline, lang))),
                ("first", day(page.task.first_deadline).into()),
            ],
        ),
    };
    let acknowledged = page.task.acknowledged_ms.map_or_else(
        || lang.say("task-not-acknowledged"),
        |moment| periods::moment(moment, &site.zone, lang),
    );
    let directive = page.directive.as_ref().map_or_else(String::new, |directive| {
        format!("{} {}: {}", directive.kind, directive.number, lang.of(&directive.title))
    });
    let priority = page.priority.as_ref();
    let decided = page.decided.as_ref().map(|one| stocktakes::title(one, lang)).unwrap_or_default();
    let facts = [
        ("task-lead", side(&page.lead)),
        ("task-heirs", units(&page.heirs)),
        ("task-helpers", units(&page.helpers)),
        ("task-confirmer", side(&page.confirmer)),
        ("task-deadline", deadline),
        ("task-issuer", places::full_name(&page.issuer, lang)),
        ("task-given-on", day(page.task.given_on)),
        ("task-acknowledged", acknowledged),
        ("task-product", words.product.clone()),
        ("task-responsibility", words.responsibility.clone()),
        ("task-authority", words.authority.clone()),
        ("task-directive", directive),
        ("task-decided", decided),
        ("task-priority", priority.map_or_else(String::new, |it| lang.of(&it.name).to_owned())),
    ];
    let said = facts.into_iter().filter(|(_, text)| !text.is_empty());
    let href = |key: &str| match (key, &page.directive, &page.decided) {
        ("task-directive", Some(directive), _) => links::directive(&directive.code),
        ("task-decided", _, Some(stocktake)) => format!("/stocktakes/{}", stocktake.id.0),
        (_, _, _) => String::new(),
    };
    said.map(|(key, text)| Fact { name: lang.say(key), text, href: href(key) }).collect()
}

/// What was written for a step that somebody else was faster than.
fn written<'a>(page: &TaskPage, typed: &'a [(String, String)]) -> &'a str {
    match Step::from_code(field(typed, "step")) {
        Some(step) if !page.possible.contains(&step) => field(typed, "words"),
        Some(_) | None => "",
    }
}

fn steps(page: &TaskPage, site: &Site, lang: Lang) -> Vec<HistoryLine> {
    let step = |told: &actions::tasks::page::Told| {
        let moment = periods::moment(told.taken.done_ms, &site.zone, lang);
        let gaps = [("name", Gap::from(by(&told.name, lang))), ("moment", moment.into())];
        let did = tasks::did(told.taken.step, lang);
        let until = told
            .taken
            .day
            .map(|day| lang.tell("task-until", [("day", Gap::from(periods::day(day, lang)))]));
        HistoryLine {
            did: until.map_or_else(|| did.clone(), |until| format!("{did} {until}")),
            by: lang.tell("review-sent-by", gaps),
            words: told.taken.words.clone(),
        }
    };
    page.steps.iter().rev().map(step).collect()
}

/// Whom urging has reminded of it, the newest first.
fn reminders(task: TaskId, site: &Site, lang: Lang) -> Result<Vec<ReminderView>, Error> {
    let (snapshot, today) = (site.workspace.snapshot()?, site.today());
    let made = site.workspace.reminders_of_task(task)?;
    let views = made.iter().rev().take(REMINDERS_MAX).map(|one| {
        let unit = places::full_name(&snapshot.name(one.unit, today), lang);
        ReminderView {
            to: places::capitalised(&urging::to(one.audience, unit, 0, lang)),
            when: urging::when(one.made_ms, one.offset, one.deadline, site, lang),
        }
    });
    Ok(views.collect())
}
