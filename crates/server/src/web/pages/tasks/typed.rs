//! What is typed into the form that gives tasks, and what it asks for.

use std::collections::BTreeSet;

use actions::error::Error;
use actions::stocktakes::page::About;
use actions::tasks::draft::Drafted;
use actions::tasks::give::{Assignment, Giving, Time};
use actions::tasks::{account_called, codes, member};
use domain::access::AccountId;
use domain::period::{Frequency, Period};
use domain::refusal::{Refusal, Wanted};
use domain::stocktake::{Decided, StocktakeId};
use domain::task::{Origin, Party, Task, TaskId, Words, series};
use domain::tasking::TaskingProblem;
use domain::text::typed_day;
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{Lang, periods, stocktakes};

/// The most days of a series.
pub(super) const SERIES_MAX: usize = 60;

/// What a browser sends, in its order.
pub(super) struct Typed(Vec<(String, String)>);

/// What a form asks for, as far as it can be read, and what cannot, by field.
pub(super) struct Read {
    pub(super) assignment: Assignment,
    pub(super) problems: Vec<(&'static str, Refusal)>,
}

impl Typed {
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// What a link to the form brings along, and what the template says that it names.
    pub(super) fn of_address(site: &Site, visit: &Visit) -> Result<Self, Error> {
        let mut typed = Self(visit.query.clone());
        let template = typed.one("template").to_owned();
        typed.fill(site, &template, visit.lang)?;
        typed.bring_decision(site, visit)?;
        typed.bring_whole(site, visit)?;
        Ok(typed)
    }

    /// What was written down and not given.
    pub(super) fn of_draft(drafted: &Drafted, lang: Lang) -> Self {
        let Drafted { brief, tasks, lead_login, confirmer_login, seen } = drafted;
        let (words, origin) = (&brief.words, &brief.origin);
        let text = |code: &Option<String>| code.clone().unwrap_or_default();
        let days: BTreeSet<Date> = tasks.iter().filter_map(|task| task.deadline).collect();
        let team = brief.team.iter().map(|one| match one.duty.as_str() {
            "" => one.name.clone(),
            duty => format!("{}, {duty}", one.name),
        });
        let said = [
            ("seen", seen.to_string()),
            ("issuer", brief.issuer.0.to_string()),
            ("work", words.work.clone()),
            ("detail", words.detail.clone()),
            ("product", words.product.clone()),
            ("responsibility", words.responsibility.clone()),
            ("authority", words.authority.clone()),
            ("lead_account", lead_login.clone()),
            ("confirmer_account", confirmer_login.clone()),
            ("team", team.collect::<Vec<_>>().join("\n")),
            ("priority", text(&origin.priority)),
            ("directive", text(&origin.directive)),
            ("indicator", text(&origin.indicator)),
            ("period", origin.period.map(|period| period.to_string()).unwrap_or_default()),
            ("part_of", origin.part_of.map(|task| task.0.to_string()).unwrap_or_default()),
            ("open", if days.is_empty() { "1".to_owned() } else { String::new() }),
        ];
        let mut typed = Self(named(said).collect());
        typed.say_days(&days.into_iter().collect::<Vec<_>>(), lang);
        let lead = |task: &Task| ("lead", task.lead.unit.0.to_string());
        let helper = |unit: &UnitId| ("helper", unit.0.to_string());
        typed.0.extend(named(tasks.iter().map(lead).chain(brief.helpers.iter().map(helper))));
        typed
    }

    /// Puts what a template says in place of what was typed there; everything else stays.
    pub(super) fn fill(&mut self, site: &Site, code: &str, lang: Lang) -> Result<(), Error> {
        let snapshot = site.workspace.snapshot()?;
        let Some(template) = snapshot.task_templates.iter().find(|known| known.code == code) else {
            return Ok(());
        };
        let said = [
            ("template", template.code.clone()),
            ("work", lang.of(&template.work).to_owned()),
            ("product", template.product.clone()),
            ("priority", template.priority.clone().unwrap_or_default()),
        ];
        let said: Vec<_> = said.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        self.0.retain(|(name, _)| !said.iter().any(|(said, _)| said == name));
        self.0.extend(named(said));
        let days = template.due.deadlines(site.today(), &snapshot.holidays);
        if !days.is_empty() {
            let of_time = ["deadline", "days", "open", "repeats", "until"];
            self.0.retain(|(name, _)| !of_time.contains(&name.as_str()));
            self.say_days(&days, lang);
        }
        Ok(())
    }

    /// The first day is the deadline, more of them are listed.
    fn say_days(&mut self, days: &[Date], lang: Lang) {
        let Some((first, more)) = days.split_first() else { return };
        let more: Vec<String> = more.iter().map(|day| periods::day(*day, lang)).collect();
        self.0.extend(named([("deadline", first.to_string()), ("days", more.join(", "))]));
    }

    /// What was concluded at a stocktake becomes the work, and what it was about is named.
    fn bring_decision(&mut self, site: &Site, visit: &Visit) -> Result<(), Error> {
        let Some(at) = self.decided() else { return Ok(()) };
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
        self.0.extend(named(said));
        Ok(())
    }

    /// A part serves what the whole serves.
    fn bring_whole(&mut self, site: &Site, visit: &Visit) -> Result<(), Error> {
        let Some(whole) = self.whole() else { return Ok(()) };
        let page = site.workspace.task_page(&visit.visitor()?.actor, site.moment(), whole)?;
        let Origin { directive, priority, .. } = page.brief.origin;
        let said = [("directive", directive), ("priority", priority)];
        self.0.extend(named(said.into_iter().filter_map(|(name, code)| Some((name, code?)))));
        Ok(())
    }

    /// The task that is divided.
    pub(super) fn whole(&self) -> Option<TaskId> {
        self.one("part_of").parse().ok().map(TaskId)
    }

    /// The item of a stocktake at which it was decided.
    pub(super) fn decided(&self) -> Option<Decided> {
        let stocktake = StocktakeId(self.one("stocktake").parse().ok()?);
        Some(Decided { stocktake, item: self.one("item").parse().ok()? })
    }

    /// Everything that was sent but for the mark of the session: what tells one form from another.
    pub(super) fn sent(&self) -> Vec<String> {
        let sent = self.0.iter().filter(|(name, _)| name != "form_secret");
        sent.flat_map(|(name, value)| [name.clone(), value.clone()]).collect()
    }

    pub(super) fn one(&self, name: &str) -> &str {
        field(&self.0, name)
    }

    pub(super) fn all<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A code that may be left out.
    fn code(&self, name: &str) -> Option<String> {
        Some(self.one(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

fn named<'n>(
    said: impl IntoIterator<Item = (&'n str, String)>,
) -> impl Iterator<Item = (String, String)> {
    said.into_iter().map(|(name, value)| (name.to_owned(), value))
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

/// A form while it is read.
struct Desk<'a> {
    site: &'a Site,
    typed: &'a Typed,
    problems: Vec<(&'static str, Refusal)>,
}

/// Reads a form to its end; what cannot be read is noted at its field and left out.
pub(super) fn read(site: &Site, typed: &Typed) -> Result<Read, Error> {
    let mut desk = Desk { site, typed, problems: Vec::new() };
    let issuer = unit_id(typed.one("issuer"));
    let issuer = desk.noted("issuer", issuer)?.unwrap_or(UnitId(0));
    let person = desk.noted("lead_account", account(site, typed.one("lead_account")))?.flatten();
    let confirmer = account(site, typed.one("confirmer_account"));
    let confirmer = desk.noted("confirmer_account", confirmer)?.flatten();
    let leads = desk.units("lead", "lead_codes")?;
    let one = |name: &str| typed.one(name).to_owned();
    let assignment = Assignment {
        issuer,
        origin: Origin {
            directive: typed.code("directive"),
            priority: typed.code("priority"),
            indicator: typed.code("indicator"),
            period: desk.period()?,
            template: typed.code("template"),
            part_of: typed.whole(),
            list: None,
            decided: typed.decided(),
        },
        words: Words {
            work: one("work"),
            detail: one("detail"),
            responsibility: one("responsibility"),
            product: one("product"),
            authority: one("authority"),
        },
        leads: leads.into_iter().map(|unit| Party { unit, account: person }).collect(),
        helpers: desk.units("helper", "helpers")?,
        team: typed.one("team").lines().filter_map(member).collect(),
        confirmer: confirmer.map(|person| Party { unit: issuer, account: Some(person) }),
        times: desk.times()?,
        giving: if typed.one("then") == "draft" { Giving::Later } else { Giving::Now },
    };
    Ok(Read { assignment, problems: desk.problems })
}

impl Desk<'_> {
    /// What was read; or nothing, when it was refused and that is noted at a field.
    fn noted<T>(&mut self, at: &'static str, read: Result<T, Error>) -> Result<Option<T>, Error> {
        match read {
            Ok(found) => Ok(Some(found)),
            Err(Error::Refused(reasons)) => {
                self.problems.extend(reasons.into_iter().map(|reason| (at, reason.why)));
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// The units that are ticked, and those whose codes were typed.
    fn units(&mut self, ticked: &str, written: &'static str) -> Result<Vec<UnitId>, Error> {
        let typed = self.typed;
        let mut units = Vec::new();
        for number in typed.all(ticked) {
            units.extend(self.noted(written, unit_id(number))?);
        }
        for code in codes(typed.one(written)) {
            let found = self.site.workspace.find_unit(code, Some(self.site.today()));
            units.extend(self.noted(written, found)?);
        }
        Ok(units)
    }

    fn period(&mut self) -> Result<Option<Period>, Error> {
        let text = self.typed.one("period");
        if text.is_empty() {
            return Ok(None);
        }
        let bad = |_| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Period };
        self.noted("period", Period::parse(text).map_err(bad).map_err(Error::from))
    }

    fn day(&mut self, name: &'static str) -> Option<Date> {
        let text = self.typed.one(name);
        let day = text.parse().ok().or_else(|| typed_day(text));
        if day.is_none() && !text.is_empty() {
            self.refuse_day(name, text);
        }
        day
    }

    fn refuse_day(&mut self, at: &'static str, text: &str) {
        let why = Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Day };
        self.problems.push((at, why));
    }

    /// By when: one day, several, or a series of them; nothing when it was not said.
    fn times(&mut self) -> Result<Vec<Time>, Error> {
        let typed = self.typed;
        if typed.one("open") == "1" {
            return Ok(vec![Time::Open]);
        }
        let first = self.day("deadline");
        let mut days: Vec<Date> = first.into_iter().collect();
        for text in codes(typed.one("days")) {
            match text.parse().ok().or_else(|| typed_day(text)) {
                Some(day) => days.push(day),
                None => self.refuse_day("days", text),
            }
        }
        let repeats = Frequency::from_code(typed.one("repeats"));
        let until = self.day("until");
        match (repeats, until) {
            (Some(every), Some(until)) => {
                let first = first.unwrap_or(until);
                let series = self.series(first, every, until)?;
                if !series.is_empty() {
                    // Its first day may rest, and has moved then.
                    days.retain(|day| *day != first);
                    days.extend(series);
                }
            }
            (Some(_), None) if typed.one("until").is_empty() => {
                self.problems.push(("until", TaskingProblem::RepeatsWithoutUntil.into()));
            }
            (None, Some(_)) => {
                self.problems.push(("repeats", TaskingProblem::UntilWithoutRepeats.into()));
            }
            (Some(_) | None, None) => {}
        }
        let days: BTreeSet<Date> = days.into_iter().collect();
        Ok(days.into_iter().map(Time::By).collect())
    }

    /// The days of a series; none of one that ends before it begins, or never comes to its end.
    fn series(&mut self, first: Date, every: Frequency, until: Date) -> Result<Vec<Date>, Error> {
        if until < first {
            let why = TaskingProblem::UntilBeforeDeadline { deadline: first, until };
            self.problems.push(("until", why.into()));
            return Ok(Vec::new());
        }
        let snapshot = self.site.workspace.snapshot()?;
        let days = series(first, every, until, &snapshot.holidays, SERIES_MAX + 1);
        let Some(last) = days.get(SERIES_MAX - 1).filter(|_| days.len() > SERIES_MAX) else {
            return Ok(days);
        };
        let why = TaskingProblem::SeriesTooLong { deadlines_max: SERIES_MAX, last: *last };
        self.problems.push(("until", why.into()));
        Ok(Vec::new())
    }
}
