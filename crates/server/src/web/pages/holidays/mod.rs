//! Days of rest: those of a year, new ones, and those taken out.

use actions::error::Error;
use actions::holidays::{self, RestPart, WrittenRest};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use domain::holiday::fixed;
use domain::item::Bilingual;
use domain::refusal::{Refusal, Wanted};
use domain::text;
use jiff::civil::Date;
use serde::Deserialize;

use super::draw;
use super::forms::may_plan;
use crate::web::fields::{Field, Typing, mended};
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::{Turn, mend};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods};

/// The days of rest of a year, and new ones being typed.
#[derive(Template)]
#[template(path = "web/pages/holidays/show.html")]
struct ShowPage {
    frame: Frame,
    /// Whether the visitor plans for a part only, and may look but not change.
    is_other: bool,
    done: String,
    problems: Vec<Link>,
    heading: String,
    days: Vec<DayView>,
    before: Link,
    after: Link,
    fields: Vec<Field>,
}

struct DayView {
    day: String,
    name: String,
    /// What takes the day out; empty for one that stays.
    removes: String,
    /// The name of the button that does it.
    button: String,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    first: String,
    last: String,
    name_vi: String,
    name_en: String,
    /// The day to take out; empty when days are entered.
    removes: String,
    form_secret: String,
}

/// `GET /holidays`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let year = visit.parameter("year").and_then(|year| year.parse().ok());
        let year = year.filter(|year| (1900..=2999).contains(year));
        let year = year.unwrap_or(site.today().year());
        Ok(Turn::Shown(page(site, visit, &Typed::default(), year, (&[], Vec::new()))?))
    })
    .await
}

/// `POST /holidays`
pub async fn act(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let (who, moment) = (&visit.visitor()?.actor, site.moment());
        let (done, code, year) = if typed.removes.is_empty() {
            let written = written(&typed);
            let year = written.first.unwrap_or(site.today()).year();
            if let Err(wrong) = holidays::check(&written) {
                return Ok(Turn::Mend(page(site, visit, &typed, year, (&wrong, Vec::new()))?));
            }
            (site.workspace.enter_holidays(who, moment, written), "entered", year)
        } else {
            let bad = || Refusal::BadValue { text: typed.removes.clone(), wanted: Wanted::Day };
            let day = text::typed_day(&typed.removes).ok_or_else(bad)?;
            (site.workspace.remove_holiday(who, moment, day), "removed", day.year())
        };
        match done {
            Ok(()) => Ok(Turn::Go(format!("{}&done={code}", links::holidays(year)))),
            Err(error) => {
                mend(error, visit.lang, |others| page(site, visit, &typed, year, (&[], others)))
            }
        }
    })
    .await
}

/// What was typed says.
fn written(typed: &Typed) -> WrittenRest {
    let clean = |text: &str| text::nfc(text.trim());
    WrittenRest {
        first: text::typed_day(typed.first.trim()),
        last: text::typed_day(typed.last.trim()),
        name: Bilingual { vi: clean(&typed.name_vi), en: clean(&typed.name_en) },
    }
}

fn page(
    site: &Site,
    visit: &Visit,
    typed: &Typed,
    year: i16,
    (wrong, others): (&[(RestPart, Refusal)], Vec<String>),
) -> Result<String, Error> {
    let (snapshot, lang) = (site.workspace.snapshot()?, visit.lang);
    let is_wrong = !wrong.is_empty() || !others.is_empty();
    let done = visit.parameter("done").filter(|_| !is_wrong);
    let of_year = |year: i16| Link { href: links::holidays(year), text: year.to_string() };
    let gaps = [("year", Gap::from(year.to_string()))];
    let fields = fields(typed, wrong, lang);
    draw(&ShowPage {
        frame: Frame { title: lang.say("holidays-heading"), ..site.frame(visit)? },
        is_other: !may_plan(site, visit, &snapshot),
        done: match done {
            Some("entered") => lang.say("holidays-entered"),
            Some("removed") => lang.say("holidays-removed"),
            Some(_) | None => String::new(),
        },
        problems: mended(others, &fields, lang),
        heading: lang.tell("holidays-of-year", gaps),
        days: days(&snapshot.holidays.entered, year, site.today(), lang),
        before: of_year(year.saturating_sub(1)),
        after: of_year(year.saturating_add(1)),
        fields,
    })
}

/// The days of a year in order; those that were entered and are still to come can be taken out.
fn days(
    entered: &std::collections::BTreeMap<Date, Bilingual>,
    year: i16,
    today: Date,
    lang: Lang,
) -> Vec<DayView> {
    let mut days = std::collections::BTreeMap::new();
    let of_year = entered.iter().filter(|(day, _)| day.year() == year);
    for (day, name) in of_year {
        days.insert(*day, (name.clone(), *day >= today));
    }
    for (day, name) in fixed(year) {
        days.entry(day).or_insert((name, false));
    }
    let view = |(day, (name, goes)): (Date, (Bilingual, bool))| {
        let said = periods::day(day, lang);
        let gaps = [("day", Gap::from(said.clone()))];
        DayView {
            name: lang.of(&name).to_owned(),
            removes: if goes { day.to_string() } else { String::new() },
            button: lang.tell("holidays-remove", gaps),
            day: said,
        }
    };
    days.into_iter().map(view).collect()
}

fn fields(typed: &Typed, wrong: &[(RestPart, Refusal)], lang: Lang) -> Vec<Field> {
    let field = |(part, name, key, value): (RestPart, &'static str, &str, &str)| {
        let mut field = Field::line(name, lang.say(key), value);
        for (_, why) in wrong.iter().filter(|(of, _)| *of == part) {
            field.refuse(why, lang);
        }
        match part {
            RestPart::First => field.typed(Typing::Day),
            RestPart::Last => field.typed(Typing::Day).hinted(lang.say("holiday-last-hint")),
            RestPart::NameVi | RestPart::NameEn => field,
        }
    };
    [
        (RestPart::First, "first", "holiday-first", typed.first.as_str()),
        (RestPart::Last, "last", "holiday-last", &typed.last),
        (RestPart::NameVi, "name_vi", "holiday-name-vi", &typed.name_vi),
        (RestPart::NameEn, "name_en", "holiday-name-en", &typed.name_en),
    ]
    .into_iter()
    .map(field)
    .collect()
}
