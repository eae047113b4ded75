//! The short form that raises a difficulty.

use actions::answer::UnitName;
use actions::difficulties::raise::{Raised, USUAL_DAYS};
use actions::error::Error;
use askama::Template;
use domain::difficulty::DifficultyId;
use domain::task::TaskId;
use domain::unit::UnitId;
use jiff::Span;

use crate::web::frame::{Frame, Section};
use crate::web::pages::draw;
use crate::web::parts::Choosable;
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::{Visit, unit_id};
use crate::wording::places;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/difficulties/new.html")]
struct NewPage {
    frame: Frame,
    problems: Vec<String>,
    /// The units of the reader; a choice when there are several.
    units: Vec<Choosable>,
    unit: String,
    /// The units above; none at the top.
    holders: Vec<Choosable>,
    /// The task that it is about; empty for none.
    task: String,
    work: String,
    trouble: String,
    detail: String,
    due: String,
    today: String,
}

/// Raises what was typed.
pub(super) fn raise(
    site: &Site,
    visit: &Visit,
    pairs: &[(String, String)],
) -> Result<DifficultyId, Error> {
    let raised = Raised {
        parcel: None,
        unit: unit_id(field(pairs, "unit"))?,
        task: task_of(field(pairs, "task")),
        trouble: field(pairs, "trouble").to_owned(),
        detail: field(pairs, "detail").to_owned(),
        holder: unit_id(field(pairs, "holder")).ok(),
        due: field(pairs, "due").parse().ok(),
    };
    let arrived = site.entrance.raise_difficulty(&visit.visitor()?.actor, site.moment(), raised)?;
    Ok(arrived.id)
}

/// The page; after a refusal with what has to be mended and what was typed.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    typed: &[(String, String)],
    problems: Vec<String>,
) -> Result<String, Error> {
    let (lang, today) = (visit.lang, site.today());
    let actor = &visit.visitor()?.actor;
    let said = |name: &str| visit.parameter(name).unwrap_or_else(|| field(typed, name));
    let task = task_of(said("task"));
    let about =
        task.map(|task| site.workspace.task_page(actor, site.moment(), task)).transpose()?;
    let unit = |page| site.workspace.raising_about(actor, today, page);
    let concerned = about.as_ref().map(unit).transpose()?.flatten();
    let asked = unit_id(said("unit")).ok().or(concerned);
    let own = site.workspace.raising_units(actor, today, asked)?;
    let is_asked = |name: &&UnitName| asked == Some(name.id);
    let unit = own.iter().find(is_asked).or_else(|| own.first()).map(|name| name.id);
    let above = unit.map(|unit| site.workspace.answering_units(unit, today)).transpose()?;
    let choices = |names: &[UnitName], chosen: Option<UnitId>| -> Vec<Choosable> {
        let choosable = |name: &UnitName| Choosable {
            value: name.id.0.to_string(),
            label: places::full_name(name, lang),
            chosen: chosen == Some(name.id),
        };
        names.iter().map(choosable).collect()
    };
    let usual = today.checked_add(Span::new().days(USUAL_DAYS)).unwrap_or(today);
    let due = match field(typed, "due") {
        "" => site.workspace.snapshot()?.holidays.working_day_from(usual).to_string(),
        typed => typed.to_owned(),
    };
    draw(&NewPage {
        problems,
        units: choices(&own, unit),
        unit: unit.map_or_else(String::new, |unit| unit.0.to_string()),
        holders: choices(&above.unwrap_or_default(), unit_id(field(typed, "holder")).ok()),
        task: task.map_or_else(String::new, |task| task.0.to_string()),
        work: about.map(|page| page.brief.words.work).unwrap_or_default(),
        trouble: field(typed, "trouble").to_owned(),
        detail: field(typed, "detail").to_owned(),
        due,
        today: today.to_string(),
        frame: site.frame(visit)?.titled(lang.say("difficulty-act-raise"), Section::Tasks),
    })
}

fn task_of(text: &str) -> Option<TaskId> {
    text.parse().ok().map(TaskId)
}
