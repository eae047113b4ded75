//! Giving tasks: the form, and what it asks for.

use actions::error::Error;
use actions::stocktakes::page::About;
use actions::tasks::give::{Assignment, Giving, Time};
use actions::tasks::{account_called, codes, member};
use askama::Template;
use domain::access::{AccountId, Right};
use domain::period::{Frequency, Period};
use domain::refusal::{Refusal, Wanted};
use domain::stocktake::{Decided, StocktakeId};
use domain::task::{Origin, Party, TaskId, TemplateDue, Words, series};
use domain::unit::UnitId;
use jiff::civil::Date;

use super::{LineView, address, waiting_view};
use crate::web::frame::{Frame, Section};
use crate::web::pages::draw;
use crate::web::parts::Choosable;
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Gap, Lang, periods, places, stocktakes};

/// The most days of a series.
const SERIES_MAX: usize = 60;

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

/// What a browser sends, in its order.
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// What a link to the form brings along, and what the template says that it names.
    pub(super) fn of_address(site: &Site, visit: &Visit) -> Result<Self, Error> {
        let mut typed = Self(visit.query.clone());
        let snapshot = site.workspace.snapshot()?;
        let named = typed.one("template").to_owned();
        let template = snapshot.task_templates.iter().find(|known| known.code == named);
        if let Some(template) = template {
            let today = site.today();
            let days = template.due.deadlines(today, &snapshot.holidays);
            let day = |day: Option<&Date>| day.map_or_else(String::new, ToString::to_string);
            let (repeats, until) = match template.due {
                TemplateDue::Every(every) => (every.code().to_owned(), day(days.last())),
                TemplateDue::After(_) | TemplateDue::Days(_) | TemplateDue::Open => {
                    Default::default()
                }
            };
            let said = [
                ("work", visit.lang.of(&template.work).to_owned()),
                ("product", template.product.clone()),
                ("priority", template.priority.clone().unwrap_or_default()),
                ("deadline", day(days.first())),
                ("repeats", repeats),
                ("until", until),
            ];
            typed.0.extend(said.map(|(name, value)| (name.to_owned(), value)));
        }
        typed.bring_decision(site, visit)?;
        typed.bring_whole(site, visit)?;
        Ok(typed)
    }

    /// What was concluded at a stocktake becomes the work, and what it was about is named.
    fn bring_decision(&mut self, site: &Site, visit: &Visit) -> Result<(), Error> {
        let Some(at) = decided(self) else { return Ok(()) };
        let actor = &visit.visitor()?.actor;
        let page = site.workspace.stocktake_page(actor, site.moment(), at.stocktake)?;
        let Some(agenda) = page.items.iter().find(|one| one.item.number == at.item) else {
            return Ok(());
        };
        let minutes = agenda.item.minutes.as_str();
        let (first, more) = minutes.split_once('\n').unwrap_or((minutes, ""));
        let detail = if more.is_empty() {
            stocktakes::subject(agenda, visit.lang)
        } else {
            minutes.to_owned()
        };
        let mut said = vec![
            ("issuer", page.stocktake.unit.0.to_string()),
            ("work", first.to_owned()),
            ("detail", detail),
        ];
        if let About::Indicator(indicator) = &agenda.about {
            said.push(("indicator", indicator.code.clone()));
            said.push(("priority", indicator.priority.clone().unwrap_or_default()));
        }
        self.0.extend(said.into_iter().map(|(name, value)| (name.to_owned(), value)));
        Ok(())
    }

    /// A part serves what the whole serves.
    fn bring_whole(&mut self, site: &Site, visit: &Visit) -> Result<(), Error> {
        let Some(whole) = self.whole() else { return Ok(()) };
        let page = site.workspace.task_page(&visit.visitor()?.actor, site.moment(), whole)?;
        let Origin { directive, priority, .. } = page.brief.origin;
        let said = [("directive", directive), ("priority", priority)];
        let said = said.into_iter().filter_map(|(name, code)| Some((name.to_owned(), code?)));
        self.0.extend(said);
        Ok(())
    }

    /// The task that is divided.
    fn whole(&self) -> Option<TaskId> {
        self.one("part_of").parse().ok().map(TaskId)
    }

    pub(super) fn one(&self, name: &str) -> &str {
        field(&self.0, name)
    }

    fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|found| found == value)
    }

    /// A code that may be left out.
    fn code(&self, name: &str) -> Option<String> {
        Some(self.one(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// The page.
#[derive(Template)]
#[template(path = "web/pages/tasks/new.html")]
struct NewPage {
    frame: Frame,
    problems: Vec<String>,
    issuers: Vec<Choosable>,
    leads: Vec<Choosable>,
    directives: Vec<Choosable>,
    priorities: Vec<Choosable>,
    repeats: Vec<Choosable>,
    templates: Vec<Choosable>,
    /// What the chosen template says of who leads and by when; empty without one.
    advice: String,
    fields: Fields,
    /// The task that is divided, with its number.
    whole: Option<(i64, LineView)>,
    /// The stocktake at which it was decided, and the item there.
    decided: Option<(i64, u32)>,
    template: String,
    today: String,
    is_open: bool,
}

/// What was typed, field by field.
#[derive(Default)]
struct Fields {
    work: String,
    detail: String,
    responsibility: String,
    product: String,
    authority: String,
    lead_codes: String,
    lead_account: String,
    helpers: String,
    confirmer_account: String,
    team: String,
    deadline: String,
    until: String,
    indicator: String,
    period: String,
}

/// Gives what was typed; gives back where to go on.
pub(super) fn give(site: &Site, visit: &Visit, typed: &Typed) -> Result<String, Error> {
    let assignment = assignment(site, typed)?;
    let given = site.entrance.give_tasks(&visit.visitor()?.actor, site.moment(), assignment)?;
    if let Some(at) = decided(typed) {
        return Ok(format!("/stocktakes/{}#item-{}", at.stocktake.0, at.item));
    }
    match given.tasks.as_slice() {
        [one] => Ok(address(*one)),
        _ => Ok(format!("/tasks?scope=given&unit={}&brief={}", typed.one("issuer"), given.brief.0)),
    }
}

/// A unit by its code, with a person by their login.
pub(super) fn party(site: &Site, code: &str, login: &str) -> Result<Party, Error> {
    let unit = site.workspace.find_unit(code.trim(), Some(site.today()))?;
    Ok(Party { unit, account: account(site, login)? })
}

fn account(site: &Site, login: &str) -> Result<Option<AccountId>, Error> {
    if login.trim().is_empty() {
        return Ok(None);
    }
    account_called(&site.workspace, login).map(Some)
}

fn assignment(site: &Site, typed: &Typed) -> Result<Assignment, Error> {
    let issuer = unit_id(typed.one("issuer"))?;
    let person = account(site, typed.one("lead_account"))?;
    let ticked = typed.all("lead").map(unit_id);
    let written = codes(typed.one("lead_codes"));
    let written = written.map(|code| site.workspace.find_unit(code, Some(site.today())));
    let mut leads: Vec<UnitId> = ticked.chain(written).collect::<Result<_, Error>>()?;
    leads.dedup();
    let helpers = codes(typed.one("helpers"));
    let helpers = helpers.map(|code| site.workspace.find_unit(code, Some(site.today())));
    let confirmer = account(site, typed.one("confirmer_account"))?;
    Ok(Assignment {
        issuer,
        origin: Origin {
            directive: typed.code("directive"),
            priority: typed.code("priority"),
            indicator: typed.code("indicator"),
            period: period(typed.one("period"))?,
            template: typed.code("template"),
            part_of: typed.whole(),
            list: None,
            decided: decided(typed),
        },
        words: Words {
            work: typed.one("work").to_owned(),
            detail: typed.one("detail").to_owned(),
            responsibility: typed.one("responsibility").to_owned(),
            product: typed.one("product").to_owned(),
            authority: typed.one("authority").to_owned(),
        },
        leads: leads.into_iter().map(|unit| Party { unit, account: person }).collect(),
        helpers: helpers.collect::<Result<_, Error>>()?,
        team: typed.one("team").lines().filter_map(member).collect(),
        confirmer: confirmer.map(|person| Party { unit: issuer, account: Some(person) }),
        times: times(site, typed)?,
        giving: if typed.one("then") == "draft" { Giving::Later } else { Giving::Now },
    })
}

/// The item of a stocktake at which it was decided.
fn decided(typed: &Typed) -> Option<Decided> {
    let stocktake = StocktakeId(typed.one("stocktake").parse().ok()?);
    Some(Decided { stocktake, item: typed.one("item").parse().ok()? })
}

/// By when, one day or a series of them; nothing when it was not said.
fn times(site: &Site, typed: &Typed) -> Result<Vec<Time>, Error> {
    if typed.one("open") == "1" {
        return Ok(vec![Time::Open]);
    }
    let Some(first) = day(typed.one("deadline"))? else { return Ok(Vec::new()) };
    let repeats = Frequency::from_code(typed.one("repeats"));
    let until = day(typed.one("until"))?;
    let Some((every, last)) = repeats.zip(until) else { return Ok(vec![Time::By(first)]) };
    let snapshot = site.workspace.snapshot()?;
    let days = series(first, every, last, &snapshot.holidays, SERIES_MAX);
    Ok(days.into_iter().map(Time::By).collect())
}

fn period(text: &str) -> Result<Option<Period>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let bad = |_| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period };
    Ok(Some(Period::parse(text).map_err(bad)?))
}

fn day(text: &str) -> Result<Option<Date>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let bad = |_| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Day };
    Ok(Some(text.parse().map_err(bad)?))
}

pub(super) fn page(
    site: &Site,
    visit: &Visit,
    typed: &Typed,
    problems: Vec<String>,
) -> Result<String, Error> {
    let (lang, today) = (visit.lang, site.today());
    let snapshot = site.workspace.snapshot()?;
    let own = visit.visitor()?.actor.units(Right::GiveTasks, today);
    let own = own.into_iter().map(|unit| unit.or_else(|| snapshot.default_unit()));
    let asked = unit_id(typed.one("issuer")).ok();
    // Whoever gives for a unit gives for those below it too: a link may ask for one of them.
    let actor = &visit.visitor()?.actor;
    let gives = |unit: &UnitId| {
        snapshot.check(actor, Right::GiveTasks, Some(*unit), today).is_ok()
            && snapshot.units.version_on(*unit, today).is_some()
    };
    let mut issuers: Vec<UnitId> = own.flatten().collect();
    issuers.extend(asked.filter(gives).filter(|unit| !issuers.contains(unit)));
    let issuer = asked.or_else(|| issuers.first().copied());
    let choosable = |value: String, label: String, chosen: bool| Choosable { value, label, chosen };
    let unit = |unit: UnitId, chosen: bool| {
        let name = places::full_name(&snapshot.name(unit, today), lang);
        choosable(unit.0.to_string(), name, chosen)
    };
    let below = issuer.map(|issuer| snapshot.units.below(issuer, today).take(LEADS_MAX));
    let below: Vec<UnitId> = below.into_iter().flatten().map(|version| version.unit).collect();
    let leads = below.into_iter().map(|lead| unit(lead, typed.has("lead", &lead.0.to_string())));
    let directives = snapshot.directives.iter().map(|one| {
        let label = format!("{} {}: {}", one.kind, one.number, lang.of(&one.title));
        choosable(one.code.clone(), label, typed.one("directive") == one.code)
    });
    let current = snapshot.priorities.iter().filter(|one| snapshot.is_current(&one.code, today));
    let priorities = current.map(|one| {
        let chosen = typed.one("priority") == one.code;
        choosable(one.code.clone(), lang.of(&one.name).to_owned(), chosen)
    });
    let templates = snapshot.task_templates.iter().map(|one| {
        let label = format!("{} {}", one.code, lang.of(&one.work));
        choosable(one.code.clone(), label, typed.one("template") == one.code)
    });
    let chosen = snapshot.task_templates.iter().find(|one| one.code == typed.one("template"));
    let advice = chosen.map(|one| {
        let gaps = [("lead", Gap::from(one.lead.as_str())), ("due", one.due_said.as_str().into())];
        lang.tell("task-template-says", gaps)
    });
    draw(&NewPage {
        templates: templates.collect(),
        advice: advice.unwrap_or_default(),
        problems,
        issuers: issuers.iter().map(|one| unit(*one, issuer == Some(*one))).collect(),
        leads: leads.collect(),
        directives: directives.collect(),
        priorities: priorities.collect(),
        repeats: repeats(typed, lang),
        fields: fields(typed),
        whole: whole(site, visit, typed)?,
        decided: decided(typed).map(|at| (at.stocktake.0, at.item)),
        template: typed.one("template").to_owned(),
        today: today.to_string(),
        is_open: typed.one("open") == "1",
        frame: site.frame(visit)?.titled(lang.say("tasks-new"), Section::Tasks),
    })
}

/// The task that is divided, as far as the reader may see it.
fn whole(site: &Site, visit: &Visit, typed: &Typed) -> Result<Option<(i64, LineView)>, Error> {
    let Some(id) = typed.whole() else { return Ok(None) };
    match site.workspace.task_line(&visit.visitor()?.actor, site.moment(), id) {
        Ok(line) => Ok(Some((id.0, waiting_view(&line, visit.lang)))),
        Err(Error::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn repeats(typed: &Typed, lang: Lang) -> Vec<Choosable> {
    let repeat = |every: Frequency| Choosable {
        value: every.code().to_owned(),
        label: places::capitalised(&periods::frequency(every, lang)),
        chosen: typed.one("repeats") == every.code(),
    };
    REPEATS.into_iter().map(repeat).collect()
}

fn fields(typed: &Typed) -> Fields {
    let one = |name: &str| typed.one(name).to_owned();
    Fields {
        work: one("work"),
        detail: one("detail"),
        responsibility: one("responsibility"),
        product: one("product"),
        authority: one("authority"),
        lead_codes: one("lead_codes"),
        lead_account: one("lead_account"),
        helpers: one("helpers"),
        confirmer_account: one("confirmer_account"),
        team: one("team"),
        deadline: one("deadline"),
        until: one("until"),
        indicator: one("indicator"),
        period: one("period"),
    }
}
