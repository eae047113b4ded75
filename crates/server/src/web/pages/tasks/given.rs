//! The page of the form that gives tasks or writes a draft over, and what comes of sending it.

use actions::answer::UnitName;
use actions::error::Error;
use actions::tasks::give::column_of;
use actions::tasks::people::Person;
use askama::Template;
use domain::access::Right;
use domain::period::{Frequency, Period};
use domain::refusal::{Refusal, Refused};
use domain::task::{ListColumn, TaskId};
use domain::unit::UnitId;
use jiff::civil::Date;

use super::typed::{SERIES_MAX, Typed, read};
use super::{LineView, address, waiting_view};
use crate::web::fields::{Field, Typing, mended};
use crate::web::frame::{Frame, Section};
use crate::web::pages::draw;
use crate::web::parts::{Choosable, Link};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, periods, places, refusals};

/// Units below the issuer that are listed to be ticked; of more, codes are typed.
const LEADS_MAX: usize = 200;

/// How often tasks can come again.
const REPEATS: [Frequency; 5] = [
    Frequency::Weekly,
    Frequency::Monthly,
    Frequency::Quarterly,
    Frequency::HalfYearly,
    Frequency::Yearly,
];

/// The page.
#[derive(Template)]
#[template(path = "web/pages/tasks/new.html")]
struct NewPage {
    frame: Frame,
    problems: Vec<Link>,
    action: String,
    /// What is carried along unseen.
    carried: Vec<(&'static str, String)>,
    parts: Vec<Part>,
    leads: Vec<Choosable>,
    helpers: Vec<Choosable>,
    people: Vec<(String, String)>,
    templates: Vec<Choosable>,
    /// What the chosen template says of who leads and by when; empty without one.
    advice: String,
    /// The task that is divided.
    whole: Option<LineView>,
    is_open: bool,
}

impl NewPage {
    /// Whether a unit that helps is ticked.
    fn is_helped(&self) -> bool {
        self.helpers.iter().any(|helper| helper.chosen)
    }
}

/// Fields that belong together.
struct Part {
    legend: String,
    fields: Vec<Field>,
}

/// What a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// New tasks.
    New,
    /// A draft that is written over.
    Draft(TaskId),
}

impl Form {
    fn address(self) -> String {
        match self {
            Self::New => "/tasks/new".to_owned(),
            Self::Draft(task) => format!("{}/edit", address(task)),
        }
    }
}

/// What has to be mended: at fields, and what concerns the whole form.
type Problems = Vec<(Option<&'static str>, Refusal)>;

/// Does what was sent, or shows the form again with what has to be mended, all of it at once.
pub(super) fn take(
    site: &Site,
    visit: &Visit,
    form: Form,
    mut typed: Typed,
) -> Result<Turn, Error> {
    if typed.one("then") == "template" {
        let template = typed.one("use_template").to_owned();
        typed.fill(site, &template, visit.lang)?;
        return Ok(Turn::Shown(page(site, visit, (form, &typed), Vec::new())?));
    }
    match give(site, visit, form, &typed)? {
        Ok(path) => Ok(Turn::Go(path)),
        Err(problems) => Ok(Turn::Mend(page(site, visit, (form, &typed), problems)?)),
    }
}

/// Gives what was typed; gives back where to go on.
fn give(
    site: &Site,
    visit: &Visit,
    form: Form,
    typed: &Typed,
) -> Result<Result<String, Problems>, Error> {
    let (actor, moment) = (&visit.visitor()?.actor, site.moment());
    let asked = read(site, typed)?;
    if !asked.problems.is_empty() {
        let noted = |at: &str| asked.problems.iter().any(|(known, _)| *known == at);
        let judged = if noted("issuer") {
            Vec::new()
        } else {
            site.workspace.check_tasks(actor, moment, &asked.assignment)?
        };
        let judged = judged.iter().map(at_field);
        // What could not be read is not missed once more.
        let judged: Problems = judged.filter(|(at, _)| at.is_none_or(|at| !noted(at))).collect();
        let read = asked.problems.into_iter().map(|(at, why)| (Some(at), why));
        return Ok(Err(read.chain(judged).collect()));
    }
    let given = match form {
        Form::New => {
            site.entrance.give_tasks_of_form(actor, moment, &typed.sent(), asked.assignment)
        }
        Form::Draft(task) => {
            let seen = typed.one("seen").parse().unwrap_or(-1);
            site.entrance.rewrite_draft(actor, moment, (task, seen), asked.assignment)
        }
    };
    let given = match given {
        Ok(given) => given,
        Err(Error::Refused(reasons)) => return Ok(Err(reasons.iter().map(at_field).collect())),
        Err(other) => return Err(other),
    };
    if let (Form::New, Some(at)) = (form, typed.decided()) {
        return Ok(Ok(format!("/stocktakes/{}#item-{}", at.stocktake.0, at.item)));
    }
    Ok(Ok(match given.tasks.as_slice() {
        [one] => address(*one),
        _ => format!("/tasks?scope=given&unit={}&brief={}", typed.one("issuer"), given.brief.0),
    }))
}

/// The field at which a reason is mended.
fn at_field(refused: &Refused) -> (Option<&'static str>, Refusal) {
    let field = |column: ListColumn| match column {
        ListColumn::Work => "work",
        ListColumn::Detail => "detail",
        ListColumn::Product => "product",
        ListColumn::Responsibility => "responsibility",
        ListColumn::Authority => "authority",
        ListColumn::Leads => "lead_codes",
        ListColumn::LeadAccount => "lead_account",
        ListColumn::Deadline => "deadline",
        ListColumn::ConfirmerAccount => "confirmer_account",
        ListColumn::Helpers => "helpers",
        ListColumn::Team => "team",
        ListColumn::Priority => "priority",
        ListColumn::Directive => "directive",
        ListColumn::Indicator => "indicator",
        ListColumn::Period => "period",
        ListColumn::Issuer => "issuer",
    };
    (column_of(refused).map(field), refused.why.clone())
}

pub(super) fn page(
    site: &Site,
    visit: &Visit,
    (form, typed): (Form, &Typed),
    problems: Problems,
) -> Result<String, Error> {
    let lang = visit.lang;
    let desk = Desk::of(site, visit, typed)?;
    let mut parts = parts(&desk);
    let mut others = Vec::new();
    for (at, why) in problems {
        let fields = parts.iter_mut().flat_map(|part| &mut part.fields);
        match fields.into_iter().find(|field| Some(field.name) == at) {
            Some(field) => field.refuse(&why, lang),
            None => others.push(refusals::reason(&why, lang)),
        }
    }
    let fields: Vec<Field> = parts.iter().flat_map(|part| part.fields.iter().cloned()).collect();
    let title = match form {
        Form::New => "tasks-new",
        Form::Draft(_) => "task-rewrite",
    };
    draw(&NewPage {
        problems: mended(others, &fields, lang),
        action: form.address(),
        carried: desk.carried(form),
        leads: desk.ticks("lead"),
        helpers: desk.ticks("helper"),
        people: desk.people.iter().map(|person| spelled(person, lang)).collect(),
        templates: if form == Form::New { desk.templates() } else { Vec::new() },
        advice: desk.advice(),
        whole: whole(site, visit, typed)?,
        is_open: typed.one("open") == "1",
        parts,
        frame: site.frame(visit)?.titled(lang.say(title), Section::Tasks),
    })
}

/// Somebody as the list beside a field has them: the login, and who that is.
fn spelled(person: &Person, lang: Lang) -> (String, String) {
    let name = format!("{} · {}", person.name, places::full_name(&person.unit, lang));
    (person.login.clone(), name)
}

/// The task that is divided, as far as the reader may see it.
fn whole(site: &Site, visit: &Visit, typed: &Typed) -> Result<Option<LineView>, Error> {
    let Some(id) = typed.whole() else { return Ok(None) };
    match site.workspace.task_line(&visit.visitor()?.actor, site.moment(), id) {
        Ok(line) => Ok(Some(waiting_view(&line, visit.lang))),
        Err(Error::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// What a form is drawn from.
struct Desk<'a> {
    site: &'a Site,
    typed: &'a Typed,
    lang: Lang,
    snapshot: std::sync::Arc<actions::snapshot::Snapshot>,
    issuers: Vec<UnitId>,
    issuer: Option<UnitId>,
    /// Who can be named.
    people: Vec<Person>,
}

impl<'a> Desk<'a> {
    fn of(site: &'a Site, visit: &Visit, typed: &'a Typed) -> Result<Self, Error> {
        let (snapshot, today) = (site.workspace.snapshot()?, site.today());
        let actor = &visit.visitor()?.actor;
        let own = actor.units(Right::GiveTasks, today);
        let own = own.into_iter().filter_map(|unit| unit.or_else(|| snapshot.default_unit()));
        let asked = unit_id(typed.one("issuer")).ok();
        // Whoever gives for a unit gives for those below it too: a link may ask for one of them.
        let gives = |unit: &UnitId| {
            snapshot.check(actor, Right::GiveTasks, Some(*unit), today).is_ok()
                && snapshot.units.version_on(*unit, today).is_some()
        };
        let mut issuers: Vec<UnitId> = own.collect();
        issuers.extend(asked.filter(gives).filter(|unit| !issuers.contains(unit)));
        let issuer = asked.filter(|asked| issuers.contains(asked)).or(issuers.first().copied());
        let people = match issuer {
            Some(issuer) => site.workspace.people_for_tasks(actor, site.moment(), issuer)?,
            None => Vec::new(),
        };
        Ok(Self { site, typed, lang: visit.lang, snapshot, issuers, issuer, people })
    }

    fn carried(&self, form: Form) -> Vec<(&'static str, String)> {
        let number = match self.typed.one("number") {
            "" => self.site.entrance.form_number(),
            number => number.to_owned(),
        };
        let own = match form {
            Form::New => vec![("number", number), ("template", self.said("template"))],
            Form::Draft(_) => vec![("seen", self.said("seen"))],
        };
        let origin = ["part_of", "stocktake", "item"].map(|name| (name, self.said(name)));
        own.into_iter().chain(origin).filter(|(_, value)| !value.is_empty()).collect()
    }

    fn said(&self, name: &str) -> String {
        self.typed.one(name).to_owned()
    }

    fn unit(&self, unit: UnitId) -> String {
        let name: UnitName = self.snapshot.name(unit, self.site.today());
        places::full_name(&name, self.lang)
    }

    /// The units below the issuer, and those that were named, to be ticked.
    fn ticks(&self, name: &'static str) -> Vec<Choosable> {
        let today = self.site.today();
        let below = self.issuer.map(|issuer| self.snapshot.units.below(issuer, today));
        let below = below.into_iter().flatten().map(|version| version.unit);
        let mut units: Vec<UnitId> = below.take(LEADS_MAX).collect();
        let chosen: Vec<UnitId> = self.typed.all(name).filter_map(|it| unit_id(it).ok()).collect();
        units.extend(chosen.iter().filter(|unit| !units.contains(unit)).collect::<Vec<_>>());
        let tick = |unit: UnitId| Choosable {
            value: unit.0.to_string(),
            label: self.unit(unit),
            chosen: chosen.contains(&unit),
        };
        units.into_iter().map(tick).collect()
    }

    fn templates(&self) -> Vec<Choosable> {
        let template = |one: &domain::task::TaskTemplate| Choosable {
            value: one.code.clone(),
            label: format!("{} {}", one.code, self.lang.of(&one.work)),
            chosen: self.typed.one("template") == one.code,
        };
        self.snapshot.task_templates.iter().map(template).collect()
    }

    fn advice(&self) -> String {
        let mut templates = self.snapshot.task_templates.iter();
        let chosen = templates.find(|one| one.code == self.typed.one("template"));
        let said = chosen.map(|one| {
            let due = Gap::from(one.due_said.as_str());
            self.lang.tell("task-template-says", [("lead", one.lead.as_str().into()), ("due", due)])
        });
        said.unwrap_or_default()
    }

    fn line(&self, name: &'static str, label: &str) -> Field {
        Field::line(name, self.lang.say(label), self.typed.one(name))
    }

    fn hinted(&self, name: &'static str, label: &str, hint: &str) -> Field {
        self.line(name, label).hinted(self.lang.say(hint))
    }

    /// A choice among some, or none of them.
    fn choice(
        &self,
        (name, label, none): (&'static str, &str, &str),
        choices: impl Iterator<Item = (String, String)>,
    ) -> Field {
        let none = (String::new(), self.lang.say(none));
        let choices = std::iter::once(none).chain(choices).collect();
        self.line(name, label).typed(Typing::Choice(choices))
    }
}

fn parts(desk: &Desk<'_>) -> Vec<Part> {
    let part = |legend: &str, fields| Part { legend: desk.lang.say(legend), fields };
    vec![
        part("tasks-new-work", of_work(desk)),
        part("tasks-new-people", of_people(desk)),
        part("tasks-new-time", of_time(desk)),
        part("tasks-new-why-for", of_origin(desk)),
    ]
}

fn of_work(desk: &Desk<'_>) -> Vec<Field> {
    let long = Typing::Long(actions::tasks::check::WORDS_MAX);
    vec![
        desk.line("work", "task-work"),
        desk.line("detail", "task-detail").typed(Typing::Lines(3)),
        desk.hinted("product", "task-product", "task-product-hint").typed(long.clone()),
        desk.line("responsibility", "task-responsibility").typed(long.clone()),
        desk.line("authority", "task-authority").typed(long),
    ]
}

fn of_people(desk: &Desk<'_>) -> Vec<Field> {
    let issuers = desk.issuers.iter().map(|unit| (unit.0.to_string(), desk.unit(*unit))).collect();
    let issuer = desk.line("issuer", "task-issuer").typed(Typing::Choice(issuers));
    let codes = || Typing::Long(40_000);
    let person =
        |name, label, hint| desk.hinted(name, label, hint).typed(Typing::Suggested("people"));
    vec![
        Field { value: desk.issuer.map(|unit| unit.0.to_string()).unwrap_or_default(), ..issuer },
        desk.hinted("lead_codes", "task-lead-codes", "task-codes-hint").typed(codes()),
        person("lead_account", "task-lead-account", "task-person-hint"),
        person("confirmer_account", "task-confirmer-account", "task-confirmer-hint"),
        desk.hinted("helpers", "task-helper-codes", "task-codes-hint").typed(codes()),
        desk.hinted("team", "task-team", "task-team-hint").typed(Typing::Lines(3)),
    ]
}

fn of_time(desk: &Desk<'_>) -> Vec<Field> {
    let repeat = |every: Frequency| {
        let label = places::capitalised(&periods::frequency(every, desk.lang));
        (every.code().to_owned(), label)
    };
    let most = [("most", Gap::from(SERIES_MAX))];
    vec![
        desk.line("deadline", "task-deadline").typed(Typing::Day),
        desk.hinted("days", "task-more-days", "task-more-days-hint").typed(Typing::Long(2_000)),
        desk.choice(
            ("repeats", "task-repeats", "task-repeats-never"),
            REPEATS.into_iter().map(repeat),
        ),
        desk.line("until", "task-repeats-until")
            .hinted(desk.lang.tell("task-repeats-hint", most))
            .typed(Typing::Day),
    ]
}

fn of_origin(desk: &Desk<'_>) -> Vec<Field> {
    let (snapshot, lang, today) = (&desk.snapshot, desk.lang, desk.site.today());
    let is_said = |name: &str, code: &str| desk.typed.one(name) == code;
    let current = snapshot
        .priorities
        .iter()
        .filter(|one| snapshot.is_current(&one.code, today) || is_said("priority", &one.code));
    let priorities = current.map(|one| (one.code.clone(), lang.of(&one.name).to_owned()));
    let directives = snapshot.directives.iter().map(|one| {
        (one.code.clone(), format!("{} {}: {}", one.kind, one.number, lang.of(&one.title)))
    });
    let indicators = snapshot.indicators.iter();
    let indicators =
        indicators.map(|one| (one.code.clone(), format!("{} {}", one.code, lang.of(&one.name))));
    let mut offered = periods_ahead(today);
    let typed = Period::parse(desk.typed.one("period")).ok();
    offered.extend(typed.filter(|typed| !offered.contains(typed)));
    let label = |period: Period| places::capitalised(&periods::label(period, lang));
    let offered = offered.into_iter().map(|period| (period.to_string(), label(period)));
    let none = "tasks-no-one";
    vec![
        desk.choice(("priority", "task-priority", none), priorities),
        desk.choice(("directive", "task-directive", none), directives),
        desk.choice(("indicator", "task-indicator", none), indicators)
            .hinted(lang.say("task-indicator-hint")),
        desk.choice(("period", "task-period", none), offered).hinted(lang.say("task-period-hint")),
    ]
}

/// The periods whose figures a task can still move: those of this year and the next that are not over,
/// the long ones first.
fn periods_ahead(today: Date) -> Vec<Period> {
    let year = today.year();
    let half = |year, from: i8| (from..=2).map(move |half| Period::HalfYear(year, half));
    let quarter = |year, from: i8| (from..=4).map(move |quarter| Period::Quarter(year, quarter));
    let month = |year, from: i8| (from..=12).map(move |month| Period::Month(year, month));
    let mut periods = vec![Period::Year(year), Period::Year(year + 1)];
    periods.extend(half(year, (today.month() - 1) / 6 + 1).chain(half(year + 1, 1)));
    periods.extend((today.month() <= 9).then_some(Period::NineMonths(year)));
    periods.push(Period::NineMonths(year + 1));
    periods.extend(quarter(year, (today.month() - 1) / 3 + 1).chain(quarter(year + 1, 1)));
    periods.extend(month(year, today.month()).chain(month(year + 1, 1)));
    periods
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_periods_that_are_not_over_are_offered() {
        let offered =
            |day| -> Vec<String> { periods_ahead(day).iter().map(ToString::to_string).collect() };
        let november = offered(date(2026, 11, 27));
        for code in ["2026", "2026-H2", "2026-Q4", "2026-11", "2026-12", "2027-9M", "2027-01"] {
            assert!(november.contains(&code.to_owned()), "{code}");
        }
        for code in ["2026-H1", "2026-9M", "2026-Q3", "2026-10"] {
            assert!(!november.contains(&code.to_owned()), "{code}");
        }
        assert!(offered(date(2026, 9, 30)).contains(&"2026-9M".to_owned()));
    }
}
