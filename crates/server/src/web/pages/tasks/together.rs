//! One step over several tasks: those that were ticked in a list, what can be done with them, and what
//! became of each.

use actions::error::Error;
use actions::tasks::list::Asked;
use actions::tasks::together::{Chosen, Outcome};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Right;
use domain::refusal::{Noun, Refusal, Refused};
use domain::task::{Step, TaskId};
use domain::tasking::TaskingProblem;

use super::deeds::{Acts, DeedView, deed};
use super::{Pairs, line_view, task_id, wanted};
use crate::web::frame::{Frame, Section};
use crate::web::links::own_path;
use crate::web::pages::draw;
use crate::web::parts::Mark;
use crate::web::site::Site;
use crate::web::turn::{Turn, field, mend};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, refusals, tasks};

/// The page of those that were chosen.
#[derive(Template)]
#[template(path = "web/pages/tasks/together.html")]
struct ChosenPage {
    frame: Frame,
    problems: Vec<String>,
    finding: String,
    lines: Vec<super::LineView>,
    acts: Acts,
    /// The list that they were chosen in.
    from: String,
}

/// The page of what became of them.
#[derive(Template)]
#[template(path = "web/pages/tasks/outcome.html")]
struct OutcomePage {
    frame: Frame,
    finding: String,
    /// What did not go, with the reason of each, then what went.
    lines: Vec<OutcomeView>,
    from: String,
}

/// What became of a task.
struct OutcomeView {
    line: super::LineView,
    mark: Mark,
    /// Why not, one sentence for each reason.
    reasons: Vec<String>,
}

/// `GET /tasks/steps`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let pairs = visit.query.clone();
        match page(site, visit, &pairs, Vec::new()) {
            Ok(page) => Ok(Turn::Shown(page)),
            // Without anything to choose from, the page says what is missing and leads back.
            Err(error) => mend(error, visit.lang, |problems| {
                let nothing = Vec::new();
                draw(&chosen_page(site, visit, &pairs, (nothing, problems))?)
            }),
        }
    })
    .await
}

/// `POST /tasks/steps`
pub async fn act(State(site): State<Site>, visit: Visit, pairs: Pairs) -> Response {
    let axum::Form(pairs) = pairs;
    site.act(visit, move |site, visit| {
        site.check_form(visit, field(&pairs, "form_secret"))?;
        match take(site, visit, &pairs) {
            Ok(page) => Ok(Turn::Shown(page)),
            Err(error) => mend(error, visit.lang, |problems| page(site, visit, &pairs, problems)),
        }
    })
    .await
}

/// Takes the step that a form asks for, and says what became of each task.
fn take(site: &Site, visit: &Visit, pairs: &[(String, String)]) -> Result<String, Error> {
    let (who, moment, lang) = (&visit.visitor()?.actor, site.moment(), visit.lang);
    let named = named(pairs)?;
    let tasks: Vec<TaskId> = named.iter().map(|(task, _)| *task).collect();
    // Those that are not there or not theirs to see end it before anything is done.
    site.workspace.chosen_tasks(who, moment, &tasks)?;
    let wanted = wanted(site, pairs)?;
    let step = wanted.step;
    if !Step::TOGETHER.contains(&step) {
        return Err(Refusal::NotFound { noun: Noun::Task, key: step.code().to_owned() }.into());
    }
    let outcomes = site.entrance.take_steps(who, moment, named, wanted)?;
    let chosen = site.workspace.chosen_tasks(who, moment, &tasks)?;
    let mut lines: Vec<OutcomeView> =
        chosen.iter().zip(&outcomes).map(|(one, outcome)| view(one, outcome, step, lang)).collect();
    lines.sort_by_key(|line| line.reasons.is_empty());
    draw(&OutcomePage {
        finding: finding(&outcomes, step, lang),
        lines,
        from: from(pairs),
        frame: site.frame(visit)?.titled(lang.say("tasks-together-heading"), Section::Tasks),
    })
}

/// `Tiếp nhận: 12 nhiệm vụ đã làm, 3 không làm được`.
fn finding(outcomes: &[Outcome], step: Step, lang: Lang) -> String {
    let not = outcomes.iter().filter(|one| matches!(one, Outcome::Refused(_))).count();
    let gaps = [
        ("act", Gap::from(tasks::act(step, lang))),
        ("done", (outcomes.len() - not).into()),
        ("not", not.into()),
    ];
    lang.tell(if not == 0 { "tasks-together-all-done" } else { "tasks-together-done" }, gaps)
}

fn view(chosen: &Chosen, outcome: &Outcome, step: Step, lang: Lang) -> OutcomeView {
    let (mark, reasons) = match outcome {
        Outcome::Taken => (Mark { code: "approved", word: tasks::did(step, lang) }, Vec::new()),
        Outcome::TakenBefore => {
            let did = [("did", Gap::from(tasks::did(step, lang)))];
            let word = lang.tell("tasks-together-before", did);
            (Mark { code: "approved", word }, Vec::new())
        }
        Outcome::Refused(reasons) => {
            let mark = Mark { code: "returned", word: lang.say("tasks-together-not") };
            (mark, reasons.iter().map(|reason| sentence(reason, lang)).collect())
        }
    };
    let line = line_view(&chosen.line, &Asked::of(chosen.line.lead.id), lang);
    OutcomeView { line, mark, reasons }
}

/// Why a task did not take its step, where the task itself is a press away.
fn sentence(reason: &Refused, lang: Lang) -> String {
    match &reason.why {
        Refusal::Tasking(TaskingProblem::ChangedMeanwhile) => lang.say("tasks-together-changed"),
        Refusal::Tasking(TaskingProblem::WrongState { state, .. }) => {
            let gaps = [("state", Gap::from(tasks::state(*state, lang)))];
            lang.tell("tasks-together-state", gaps)
        }
        _ => refusals::sentence(reason, lang),
    }
}

/// The page of those that were chosen.
fn page(
    site: &Site,
    visit: &Visit,
    pairs: &[(String, String)],
    problems: Vec<String>,
) -> Result<String, Error> {
    let actor = visit.actor(Right::SeeFigures)?;
    let tasks: Vec<TaskId> = named(pairs)?.into_iter().map(|(task, _)| task).collect();
    let chosen = site.workspace.chosen_tasks(actor, site.moment(), &tasks)?;
    draw(&chosen_page(site, visit, pairs, (chosen, problems))?)
}

fn chosen_page(
    site: &Site,
    visit: &Visit,
    pairs: &[(String, String)],
    (chosen, problems): (Vec<Chosen>, Vec<String>),
) -> Result<ChosenPage, Error> {
    let lang = visit.lang;
    let line = |one: &Chosen| line_view(&one.line, &Asked::of(one.line.lead.id), lang);
    let from = from(pairs);
    let task = |one: &Chosen| ("task", format!("{}:{}", one.line.task.id.0, one.seen));
    let carried = chosen.iter().map(task).chain([("from", from.clone())]).collect();
    let count = [("count", Gap::from(chosen.len()))];
    Ok(ChosenPage {
        problems,
        finding: lang.tell("tasks-together-chosen", count),
        lines: chosen.iter().map(line).collect(),
        acts: Acts {
            action: "/tasks/steps".to_owned(),
            carried,
            deeds: deeds(&chosen, pairs, lang),
            today: site.today().to_string(),
        },
        from,
        frame: site.frame(visit)?.titled(lang.say("tasks-together-heading"), Section::Tasks),
    })
}

/// What at least one of them can do, with how many can.
fn deeds(chosen: &[Chosen], typed: &[(String, String)], lang: Lang) -> Vec<DeedView> {
    let view = |step: Step| {
        let able = chosen.iter().filter(|one| one.possible.contains(&step)).count();
        (able > 0).then(|| {
            let deed = deed(step, typed, None, lang);
            let gaps = [
                ("act", Gap::from(deed.label.as_str())),
                ("able", able.into()),
                ("all", chosen.len().into()),
            ];
            let label = lang.tell("tasks-together-act", gaps);
            DeedView { label, ..deed }
        })
    };
    Step::TOGETHER.into_iter().filter_map(view).collect()
}

/// The tasks that were chosen, once each, with the newest step that was seen of each.
fn named(pairs: &[(String, String)]) -> Result<Vec<(TaskId, Option<i64>)>, Error> {
    let mut named: Vec<(TaskId, Option<i64>)> = Vec::new();
    for (_, value) in pairs.iter().filter(|(key, _)| key == "task") {
        let (id, seen) = value.split_once(':').unwrap_or((value, ""));
        let id = task_id(id)?;
        if named.iter().all(|(known, _)| *known != id) {
            named.push((id, seen.parse().ok()));
        }
    }
    Ok(named)
}

/// The list that they were chosen in.
fn from(pairs: &[(String, String)]) -> String {
    let path = own_path(field(pairs, "from")).filter(|path| path.starts_with("/tasks"));
    path.unwrap_or("/tasks").to_owned()
}
