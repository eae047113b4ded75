//! Hot spots: the few things that need a decision, each with a sentence, a button and why it was
//! chosen; and the rules that choose them.

mod rules;

use actions::difficulties::list::Line as Difficulty;
use actions::error::Error;
use actions::hot_spots::{About, Behind, HotSpot};
use actions::tasks::list::Line;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Actor, Right};
use domain::hot_spot::{Cause, Measure, Rule};
use domain::number::Quantity;
use domain::unit::UnitId;

use super::{difficulties, draw, tasks};
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, directives, figures, periods, places};

pub use rules::{save, show as rules};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/hot_spots/show.html")]
struct ShowPage {
    frame: Frame,
    unit: String,
    finding: String,
    spots: Vec<SpotView>,
    /// Where rules are changed; empty for those who may not.
    rules: String,
}

/// A hot spot.
pub(super) struct SpotView {
    /// What it is, in one sentence.
    pub(super) sentence: String,
    /// Who answers for it; empty where the sentence says it.
    pub(super) owner: String,
    /// Where the decision is made.
    pub(super) deed: Link,
    /// The rule that chose it, and its figures.
    pub(super) because: String,
}

/// `GET /hot-spots`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(page(site, visit)?))).await
}

fn page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let (lang, moment) = (visit.lang, site.moment());
    let actor = visit.actor(Right::SeeFigures)?;
    let unit = visit.parameter("unit").map_or_else(|| own_unit(site, actor), unit_id)?;
    let hot = site.workspace.hot_spots(actor, moment, unit)?;
    let edits = !actor.units(Right::ManagePlan, moment.today).is_empty();
    draw(&ShowPage {
        unit: places::full_name(&hot.unit, lang),
        finding: lang.tell("hot-spots-finding", [("count", Gap::from(hot.spots.len()))]),
        spots: hot.spots.iter().map(|spot| view(spot, unit, lang)).collect(),
        rules: if edits { "/hot-spots/rules".to_owned() } else { String::new() },
        frame: site.frame(visit)?.titled(lang.say("hot-spots-heading"), Section::Work),
    })
}

/// The hot spots of whoever decides on them; nothing for others.
pub(super) fn of_visitor(site: &Site, visit: &Visit) -> Result<Vec<SpotView>, Error> {
    let (actor, moment) = (&visit.visitor()?.actor, site.moment());
    if actor.units(Right::GiveTasks, moment.today).is_empty() {
        return Ok(Vec::new());
    }
    let unit = own_unit(site, actor)?;
    let snapshot = site.workspace.snapshot()?;
    // Whoever still has to give a one-time code sees nothing yet, and is not refused their work.
    if snapshot.check(actor, Right::SeeFigures, Some(unit), moment.today).is_err() {
        return Ok(Vec::new());
    }
    let hot = site.workspace.hot_spots(actor, moment, unit)?;
    Ok(hot.spots.iter().map(|spot| view(spot, unit, visit.lang)).collect())
}

/// The unit whose decisions the reader makes, else the one that they look at first.
fn own_unit(site: &Site, actor: &Actor) -> Result<UnitId, Error> {
    let decides = actor.units(Right::GiveTasks, site.today()).into_iter().flatten().next();
    decides.map_or_else(|| site.first_unit(actor), Ok)
}

fn view(spot: &HotSpot, unit: UnitId, lang: Lang) -> SpotView {
    let (sentence, owner, deed) = match &spot.about {
        About::Figure(behind) => of_figure(behind, spot.measure, lang),
        About::Tasks { line, count, of } => {
            of_tasks(spot.rule.cause, line, (*count, *of), spot.measure, lang)
        }
        About::Form { code, name, period, due, missing, expected } => {
            let gaps = [
                ("missing", Gap::from(*missing)),
                ("expected", (*expected).into()),
                ("form", lang.of(name).into()),
                ("period", periods::label(*period, lang).into()),
                ("day", periods::day(*due, lang).into()),
            ];
            let href = links::collection(unit, code, *period);
            (lang.tell("hot-spot-missing", gaps), String::new(), link(href, "hot-spot-urge", lang))
        }
        About::Difficulty(line) => of_difficulty(line, spot.measure, lang),
        About::Plans { directive, due, missing, expected } => {
            let gaps = [
                ("missing", Gap::from(*missing)),
                ("expected", (*expected).into()),
                ("directive", directives::name(directive).into()),
                ("days", spot.measure.into()),
                ("day", periods::day(*due, lang).into()),
            ];
            let href = format!("{}/plans", links::directive(&directive.code));
            (lang.tell("hot-spot-plans", gaps), String::new(), link(href, "hot-spot-urge", lang))
        }
    };
    SpotView { sentence, owner, deed, because: because(spot, lang) }
}

fn of_difficulty(line: &Difficulty, days: u32, lang: Lang) -> (String, String, Link) {
    let gaps = [
        ("unit", Gap::from(places::full_name(&line.unit, lang))),
        ("trouble", line.trouble.as_str().into()),
        ("day", periods::day(line.difficulty.due, lang).into()),
        ("days", days.into()),
    ];
    let href = difficulties::address(line.difficulty.id);
    let deed = link(href, "hot-spot-answer", lang);
    (lang.tell("hot-spot-unanswered", gaps), String::new(), deed)
}

fn link(href: String, key: &str, lang: Lang) -> Link {
    Link { href, text: lang.say(key) }
}

fn of_figure(behind: &Behind, measure: u32, lang: Lang) -> (String, String, Link) {
    let Behind { indicator, owner, figure, others } = behind;
    let planned = figure.target.as_ref().map(|target| Quantity::exact(target.planned));
    let planned = planned.map(|value| figures::value_text(indicator, value, lang));
    let gaps = [
        ("unit", Gap::from(places::full_name(&figure.unit, lang))),
        ("indicator", lang.of(&indicator.name).into()),
        ("value", figures::display(indicator, figure, lang).into()),
        ("planned", planned.unwrap_or_default().into()),
        ("percent", measure.into()),
        ("period", periods::label(figure.period, lang).into()),
    ];
    let said = lang.tell("hot-spot-behind", gaps);
    let sentence = match others {
        0 => said,
        others => {
            let gaps = [("said", Gap::from(said)), ("count", (*others).into())];
            lang.tell("hot-spot-behind-others", gaps)
        }
    };
    let owner = match lang.of(owner) {
        "" => String::new(),
        owner => lang.tell("hot-spot-owner", [("owner", Gap::from(owner))]),
    };
    let code = links::escaped(&indicator.code);
    let mut href = format!("/tasks/new?indicator={code}&lead={}", figure.unit.id.0);
    if let Some(priority) = &indicator.priority {
        href.push_str("&priority=");
        href.push_str(&links::escaped(priority));
    }
    (sentence, owner, link(href, "hot-spot-give", lang))
}

fn of_tasks(
    cause: Cause,
    line: &Line,
    (count, of): (usize, usize),
    measure: u32,
    lang: Lang,
) -> (String, String, Link) {
    let (day, single, many, deed) = match cause {
        Cause::TimeAsked => {
            (line.task.asked_until, "hot-spot-asked", "hot-spot-asked-many", "hot-spot-answer")
        }
        Cause::Unconfirmed => (
            line.task.handed_in_on,
            "hot-spot-unconfirmed",
            "hot-spot-unconfirmed-many",
            "hot-spot-confirm",
        ),
        Cause::Overdue
        | Cause::Behind
        | Cause::Missing
        | Cause::Unanswered
        | Cause::PlansMissing => {
            (line.task.deadline, "hot-spot-overdue", "hot-spot-overdue-many", "hot-spot-look")
        }
    };
    let lead =
        if count > 1 { places::in_sentence(&line.lead, lang) } else { tasks::lead(line, lang) };
    let gaps = [
        ("lead", Gap::from(lead)),
        ("work", line.brief.words.work.as_str().into()),
        ("days", measure.into()),
        ("day", day.map_or_else(String::new, |day| periods::day(day, lang)).into()),
        ("count", count.into()),
        ("of", of.into()),
    ];
    let sentence = lang.tell(if count > 1 { many } else { single }, gaps);
    let href = match cause {
        Cause::Overdue if count > 1 => {
            let (unit, brief) = (line.brief.issuer.0, line.brief.id.0);
            format!("/tasks?unit={unit}&scope=given&standing=overdue&brief={brief}")
        }
        Cause::Overdue
        | Cause::TimeAsked
        | Cause::Unconfirmed
        | Cause::Behind
        | Cause::Missing
        | Cause::Unanswered
        | Cause::PlansMissing => tasks::address(line.task.id),
    };
    (sentence, String::new(), link(href, deed, lang))
}

/// The rule that chose a hot spot, with its figures.
fn because(spot: &HotSpot, lang: Lang) -> String {
    let Rule { cause, at_least, weight, .. } = spot.rule;
    let gaps = [
        ("rule", Gap::from(rule_name(cause, lang))),
        ("least", measured(cause, u32::from(at_least), lang).into()),
        ("measure", measured(cause, spot.measure, lang).into()),
        ("weight", weight.into()),
        ("score", (spot.score / 100).into()),
    ];
    lang.tell("hot-spot-because", gaps)
}

fn measured(cause: Cause, measure: u32, lang: Lang) -> String {
    let key = match cause.measure() {
        Measure::Days => "hot-spot-days",
        Measure::Percent => "hot-spot-percent",
    };
    lang.tell(key, [("count", Gap::from(measure))])
}

fn rule_name(cause: Cause, lang: Lang) -> String {
    lang.say(match cause {
        Cause::Behind => "hot-spot-rule-behind",
        Cause::Overdue => "hot-spot-rule-overdue",
        Cause::TimeAsked => "hot-spot-rule-time-asked",
        Cause::Unconfirmed => "hot-spot-rule-unconfirmed",
        Cause::Missing => "hot-spot-rule-missing",
        Cause::Unanswered => "hot-spot-rule-unanswered",
        Cause::PlansMissing => "hot-spot-rule-plans",
    })
}
