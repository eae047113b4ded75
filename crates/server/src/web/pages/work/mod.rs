//! What one has to do: what to send and by when, what came back, what waits to be judged.

use actions::calls::list::PlanOwed;
use actions::difficulties::list as difficulties;
use actions::error::Error;
use actions::submissions::work::{Begun, CameBack, Owed, Work};
use actions::tasks::list::{LINES_PER_PAGE, Line};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Right;
use domain::lock::Lock;
use domain::submission;
use jiff::civil::Date;

use super::difficulties::line_view;
use super::draw;
use super::hot_spots::{self, SpotView};
use super::stocktakes;
use super::tasks::{self, LineView};
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::{self, Link, Mark};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, collecting, directives, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/work/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    /// What the reader has to decide.
    hot: Vec<SpotView>,
    returned: Vec<TaskView>,
    owed: Vec<TaskView>,
    /// The tasks that wait for the reader.
    tasks: Vec<LineView>,
    /// The difficulties that wait for the reader.
    difficulties: Vec<LineView>,
    /// Whether they may raise difficulties.
    raises: bool,
    /// The plans that the reader's units owe.
    plans: Vec<PlanView>,
    /// The stocktakes that the reader prepares.
    stocktakes: Vec<stocktakes::LineView>,
    /// Whether they send figures, which can be done without a network too.
    sends: bool,
    waiting: usize,
    collects: Vec<Link>,
    /// What is due next, or why there is nothing.
    quiet: String,
}

/// Something to do.
struct TaskView {
    href: String,
    form: String,
    /// Unit and period.
    about: String,
    /// When it is due, or when it came back.
    when: String,
    overdue: bool,
    mark: Mark,
    /// How many later periods wait too, or how many reasons there are.
    more: String,
}

/// A plan to be issued.
struct PlanView {
    href: String,
    name: String,
    unit: String,
    due: String,
    standing: Mark,
}

/// `GET /work`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let actor = &visit.visitor()?.actor;
        let work = site.workspace.work(actor, site.moment())?;
        let tasks = site.workspace.tasks_waiting(actor, site.moment(), LINES_PER_PAGE)?;
        let waiting = Waiting {
            tasks,
            difficulties: site.workspace.difficulties_waiting(actor, site.moment())?,
            plans: site.workspace.plans_owed(actor, site.moment())?,
            hot: hot_spots::of_visitor(site, visit)?,
            stocktakes: stocktakes::ahead(site, visit)?,
        };
        let raises = !actor.units(Right::DoTasks, site.today()).is_empty();
        let page = page(&work, &waiting, site.frame(visit)?, site);
        let plans = plans(&waiting.plans, site, visit.lang)?;
        let (hot, stocktakes) = (waiting.hot, waiting.stocktakes);
        Ok(Turn::Shown(draw(&ShowPage { raises, plans, hot, stocktakes, ..page })?))
    })
    .await
}

/// What waits for the reader beside figures.
struct Waiting {
    tasks: Vec<Line>,
    difficulties: Vec<difficulties::Line>,
    plans: Vec<PlanOwed>,
    hot: Vec<SpotView>,
    stocktakes: Vec<stocktakes::LineView>,
}

impl Waiting {
    fn is_empty(&self) -> bool {
        let is_free = self.hot.is_empty() && self.stocktakes.is_empty();
        is_free && self.tasks.is_empty() && self.difficulties.is_empty() && self.plans.is_empty()
    }
}

fn page(work: &Work, beside: &Waiting, frame: Frame, site: &Site) -> ShowPage {
    let (lang, today) = (frame.lang, site.today());
    let collects = work.collects.iter().map(|unit| Link {
        href: format!("/collection?unit={}", unit.id.0),
        text: lang.tell("collection-link", [("unit", places::in_sentence(unit, lang).into())]),
    });
    let title = lang.say("nav-work");
    ShowPage {
        finding: finding(work, beside, lang),
        tasks: beside.tasks.iter().map(|line| tasks::waiting_view(line, lang)).collect(),
        difficulties: beside.difficulties.iter().map(|line| line_view(line, lang)).collect(),
        raises: false,
        plans: Vec::new(),
        stocktakes: Vec::new(),
        hot: Vec::new(),
        returned: work.returned.iter().map(|back| returned(back, site, lang)).collect(),
        owed: work.owed.iter().map(|owed| task(owed, today, lang)).collect(),
        waiting: work.waiting,
        sends: work.sends,
        collects: collects.collect(),
        quiet: if beside.is_empty() { quiet(work, lang) } else { String::new() },
        frame: frame.titled(title, Section::Work),
    }
}

/// How much there is to do; kinds of which there is nothing are left out.
fn finding(work: &Work, beside: &Waiting, lang: Lang) -> String {
    let counts = [
        (work.owed_reports(), "work-count-owed"),
        (work.returned.len(), "work-count-returned"),
        (work.waiting, "work-count-waiting"),
        (beside.tasks.len(), "work-count-tasks"),
        (beside.difficulties.len(), "work-count-difficulties"),
        (beside.plans.len(), "work-count-plans"),
        (beside.hot.len(), "work-count-hot"),
        (beside.stocktakes.len(), "work-count-stocktakes"),
    ];
    let said = counts.into_iter().filter(|(count, _)| *count > 0);
    let said: Vec<String> =
        said.map(|(count, key)| lang.tell(key, [("count", Gap::from(count))])).collect();
    if said.is_empty() { lang.say("work-count-none") } else { said.join(", ") }
}

/// The plans that the visitor's units owe.
fn plans(owed: &[PlanOwed], site: &Site, lang: Lang) -> Result<Vec<PlanView>, Error> {
    let snapshot = site.workspace.snapshot()?;
    let view = |owed: &PlanOwed| {
        let known = snapshot.directives.iter().find(|known| known.code == owed.directive);
        let name = known.map_or_else(String::new, directives::name);
        PlanView {
            href: links::plans(&owed.directive),
            name: lang.tell("work-plan", [("name", Gap::from(name))]),
            unit: places::full_name(&owed.unit, lang),
            due: collecting::due(owed.due, site.today(), lang),
            standing: tasks::standing_mark(owed.standing, lang),
        }
    };
    Ok(owed.iter().map(view).collect())
}

fn task(owed: &Owed, today: Date, lang: Lang) -> TaskView {
    let (code, word) = match owed.begun {
        Begun::Saved => (submission::State::Draft.code(), "begun-saved"),
        Begun::NotYet => ("missing", "begun-not-yet"),
    };
    let (code, word) = match owed.lock {
        Lock::Locked(_) => ("locked", "lock-mark-locked"),
        Lock::Open | Lock::OpenUntil(_) => (code, word),
    };
    let later = [("count", Gap::from(owed.later))];
    TaskView {
        href: links::entry(&owed.occasion),
        form: lang.of(&owed.form).to_owned(),
        about: about(&places::full_name(&owed.unit, lang), owed.occasion.period, lang),
        when: collecting::due(owed.due, today, lang),
        overdue: owed.closes < today,
        mark: Mark { code, word: lang.say(word) },
        more: if owed.later == 0 { String::new() } else { lang.tell("work-later", later) },
    }
}

fn returned(back: &CameBack, site: &Site, lang: Lang) -> TaskView {
    TaskView {
        href: links::entry(&back.occasion),
        form: lang.of(&back.form).to_owned(),
        about: about(&places::full_name(&back.unit, lang), back.occasion.period, lang),
        when: periods::moment(back.returned_ms, &site.zone, lang),
        overdue: false,
        mark: parts::state(submission::State::Returned, lang),
        more: lang.tell("work-reasons", [("count", Gap::from(back.reasons))]),
    }
}

fn about(unit: &str, period: domain::period::Period, lang: Lang) -> String {
    format!("{unit} · {}", periods::label(period, lang))
}

/// What is said when nothing is owed.
fn quiet(work: &Work, lang: Lang) -> String {
    let is_idle = work.owed.is_empty() && work.returned.is_empty() && work.waiting == 0;
    if is_idle && work.next.is_none() && work.collects.is_empty() {
        return lang.say("work-nothing-yet");
    }
    let Some(next) = work.next.as_ref().filter(|_| is_idle) else {
        return if is_idle { lang.say("work-nothing") } else { String::new() };
    };
    let gaps = [
        ("form", Gap::from(lang.of(&next.form).to_owned())),
        ("period", periods::label(next.occasion.period, lang).into()),
        ("day", periods::day(next.due, lang).into()),
    ];
    format!("{} {}", lang.say("work-nothing"), lang.tell("work-next", gaps))
}
