//! The pages of units: the tree, and one unit with its history and figures.

use actions::answer::{Relation, UnitPage};
use actions::error::Error;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::indicator::Indicator;
use domain::unit::UnitId;

use super::{draw, tasks};
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Controls, FigureView, FormView, Link};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, figures, findings, periods, places};

/// The page of a unit.
#[derive(Template)]
#[template(path = "web/pages/units/show.html")]
struct ShowPage {
    frame: Frame,
    code: String,
    finding: String,
    period: String,
    view: String,
    trail: Vec<Link>,
    controls: Controls,
    overview: String,
    /// Ways to what is asked of the unit and what became of it; none for those who have not signed in.
    ways: Vec<Link>,
    figures: Vec<Group>,
    below_title: String,
    below: Vec<Link>,
    versions: Vec<VersionView>,
    predecessors: Vec<RelationView>,
    heirs: Vec<RelationView>,
    forms: Vec<FormView>,
    forms_finding: String,
}

/// The figures of one priority.
struct Group {
    name: String,
    figures: Vec<FigureView>,
}

/// A version of the unit.
struct VersionView {
    span: String,
    name: String,
    code: String,
}

/// A line of a reorganisation.
struct RelationView {
    day: String,
    unit: Link,
    how: String,
    instrument: String,
}

/// `GET /units`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.page(visit, |desk| {
        let choice = desk.choice()?;
        let answer = desk.workspace.unit_page(choice.unit, choice.period, choice.view)?;
        page(&answer, &Names::of(desk.workspace)?, desk.frame(&answer.as_of))
    })
    .await
}

/// `GET /units/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.page(visit, move |desk| {
        let Choice { unit, period, view } = desk.choice_of_unit(&id)?;
        let answer = desk.workspace.unit_page(unit, period, view)?;
        page(&answer, &Names::of(desk.workspace)?, desk.frame(&answer.as_of))
    })
    .await
}

/// The names that the answers give by code only.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Code and name of the priorities, in their order.
    pub priorities: Vec<(String, domain::item::Bilingual)>,
}

impl Names {
    fn of(workspace: &actions::workspace::Workspace) -> Result<Self, Error> {
        let snapshot = workspace.snapshot()?;
        let priorities = snapshot.priorities.iter();
        Ok(Self {
            priorities: priorities.map(|one| (one.code.clone(), one.name.clone())).collect(),
        })
    }
}

/// Draws the page of a unit.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(answer: &UnitPage, names: &Names, frame: Frame) -> Result<String, Error> {
    let lang = frame.lang;
    let choice = Choice { unit: answer.unit.id, period: answer.period, view: answer.view };
    let name = places::full_name(&answer.unit, lang);
    let frame = Frame { choice: Some(choice), ..frame.titled(name.clone(), Section::Units) };
    let relation = |relation: &Relation| relation_view(relation, choice, lang);
    let crumb = |unit| parts::unit_link(unit, choice, lang);
    let level = answer.below.first().map(|unit| places::level(&unit.level, lang));
    draw(&ShowPage {
        code: answer.unit.code.clone(),
        finding: finding(answer, &name, lang),
        period: places::capitalised(&periods::label(answer.period, lang)),
        view: figures::view(answer.view, answer.through, lang),
        trail: parts::trail(&answer.above, &answer.unit, choice, lang),
        controls: parts::controls(
            format!("/units/{}", answer.unit.id.0),
            Vec::new(),
            choice,
            (&answer.periods, &answer.change_days),
            lang,
        ),
        overview: links::overview(choice),
        ways: if frame.person.is_empty() { Vec::new() } else { ways(answer.unit.id, lang) },
        figures: groups(answer, names, lang),
        below_title: places::capitalised(&level.unwrap_or_default()),
        below: answer.below.iter().map(crumb).collect(),
        versions: answer.versions.iter().map(|version| version_view(version, lang)).collect(),
        predecessors: answer.predecessors.iter().map(relation).collect(),
        heirs: answer.heirs.iter().map(relation).collect(),
        forms: answer.forms.iter().map(|form| parts::form(form, choice, lang)).collect(),
        forms_finding: findings::forms(&answer.forms, lang),
        frame,
    })
}

/// Ways to the lists of a unit, its tasks first.
fn ways(unit: UnitId, lang: Lang) -> Vec<Link> {
    let tasks = Link { href: format!("/tasks?unit={}", unit.0), text: lang.say("tasks-heading") };
    let proposals = Link {
        href: format!("/priorities/proposals?unit={}", unit.0),
        text: lang.say("proposals-heading"),
    };
    std::iter::once(tasks).chain(tasks::beside(unit, lang)).chain([proposals]).collect()
}

/// How many indicators stand how: the sentence that opens the page.
fn finding(answer: &UnitPage, name: &str, lang: Lang) -> String {
    use domain::status::Status;
    let count = |wanted: &[Status]| {
        answer.figures.iter().filter(|(_, figure)| wanted.contains(&figure.status)).count()
    };
    let judged = count(&[Status::Met, Status::OnTrack, Status::Behind, Status::FarBehind]);
    if judged == 0 {
        return lang.tell("unit-finding-none", [("unit", Gap::from(name))]);
    }
    let gaps = [
        ("unit", Gap::from(name)),
        ("good", count(&[Status::Met, Status::OnTrack]).into()),
        ("all", judged.into()),
        ("behind", count(&[Status::Behind, Status::FarBehind]).into()),
    ];
    lang.tell("unit-finding", gaps)
}

/// The figures by priority, in the priorities' order; those common to all come last.
fn groups(answer: &UnitPage, names: &Names, lang: Lang) -> Vec<Group> {
    let of = |priority: Option<&str>| -> Vec<FigureView> {
        let here = |(indicator, _): &&(Indicator, _)| indicator.priority.as_deref() == priority;
        let figures = answer.figures.iter().filter(here);
        figures.map(|(indicator, figure)| parts::figure(indicator, figure, lang)).collect()
    };
    let mut groups: Vec<Group> = names
        .priorities
        .iter()
        .map(|(code, name)| Group { name: lang.of(name).to_owned(), figures: of(Some(code)) })
        .collect();
    groups.push(Group { name: lang.say("common-indicators"), figures: of(None) });
    groups.retain(|group| !group.figures.is_empty());
    groups
}

type Version = (Option<jiff::civil::Date>, Option<jiff::civil::Date>, actions::answer::UnitName);

fn version_view((from, to, unit): &Version, lang: Lang) -> VersionView {
    let day = |day: &jiff::civil::Date| Gap::from(periods::day(*day, lang));
    let span = match (from, to) {
        (None, None) => lang.say("since-ever"),
        (Some(from), None) => lang.tell("since-day", [("from", day(from))]),
        (None, Some(to)) => lang.tell("until-day", [("to", day(to))]),
        (Some(from), Some(to)) => lang.tell("from-to-day", [("from", day(from)), ("to", day(to))]),
    };
    VersionView { span, name: places::full_name(unit, lang), code: unit.code.clone() }
}

fn relation_view(relation: &Relation, choice: Choice, lang: Lang) -> RelationView {
    RelationView {
        day: periods::day(relation.date, lang),
        unit: parts::unit_link(&relation.unit, choice, lang),
        how: lang.say(if relation.whole { "carried-whole" } else { "carried-part" }),
        instrument: relation.instrument.clone(),
    }
}
