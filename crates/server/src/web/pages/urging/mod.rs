//! Urging: whom reminders have reached and what became of it, the message for a chat group, and when
//! reminders are made.

pub mod deliveries;

use actions::error::Error;
use actions::tasks::list::Line;
use actions::urging::letter::{Counts, LateLine};
use actions::urging::page::{About, LINES_PER_PAGE, Outcome, ReminderLine};
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use domain::access::{Actor, Right, Role};
use domain::reaching::ReachingProblem;
use domain::refusal::{Refusal, Wanted};
use domain::task::Standing;
use domain::unit::UnitId;
use domain::urging::{Audience, Channel, Policy, Quiet, Subject};
use jiff::civil::Date;

use self::deliveries::DeliveryView;
use super::forms::may_plan;
use super::{difficulties, draw, tasks};
use crate::documents;
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, escaped};
use crate::web::other_units;
use crate::web::parts::{self, Choosable};
use crate::web::site::Site;
use crate::web::turn::{Turn, attached, field};
use crate::web::visit::Visit;
use crate::wording::{self, Gap, Lang, late, periods, places};

/// Lines of the message for a chat group.
const MESSAGE_LINES: usize = 60;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/urging/show.html")]
struct ShowPage {
    frame: Frame,
    unit: String,
    /// Units that the list can be shown of instead.
    units: Vec<Choosable>,
    finding: String,
    message: String,
    message_lines: usize,
    lines: Vec<LineView>,
    more: String,
    /// Where policies are changed; empty for those who may not.
    policies: String,
    /// What was sent to people there, or is to be.
    deliveries: Vec<DeliveryView>,
    /// The letter that can be written; none for those who give no tasks there.
    letter: Option<LetterView>,
}

/// What a letter is asked for with.
struct LetterView {
    unit: String,
    /// The day that it asks for when nobody says another, and the first that it may.
    day: String,
    first: String,
    /// The layouts that it can be written in.
    layouts: Vec<Choosable>,
}

/// A reminder.
struct LineView {
    href: String,
    about: String,
    to: String,
    when: String,
    outcome: String,
}

/// The page of the policies.
#[derive(Template)]
#[template(path = "web/pages/urging/policies.html")]
struct PoliciesPage {
    frame: Frame,
    problems: Vec<String>,
    policies: Vec<PolicyView>,
    /// Whether the visitor plans for all units; the policies are those of all.
    may_save: bool,
}

/// A policy as it is typed.
struct PolicyView {
    code: &'static str,
    name: String,
    offsets: String,
    every: String,
    escalates_at: String,
    lasts_days: String,
    /// Whether nobody is reminded of it at all.
    is_off: bool,
    quiet_from: String,
    quiet_until: String,
    channels: Vec<Choosable>,
    /// The roles whose people get them; none chosen for all.
    roles: Vec<Choosable>,
}

/// `GET /urging`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(page(site, visit)?))).await
}

/// `GET /urging/letter`
pub async fn letter(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let (actor, lang) = (visit.actor(Right::GiveTasks)?, visit.lang);
        let unit = tasks::unit_asked(site, visit, actor)?;
        let bad = |text: &str| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Day };
        let by = visit.parameter("by").map(|text| text.parse().map_err(|_| bad(text)));
        let layout = visit.layout()?;
        let letter = site.workspace.urging_letter(actor, site.moment(), unit, by.transpose()?)?;
        let file = documents::letter(&letter, layout, lang);
        Ok(Turn::Other(attached(file.map_err(|error| Error::Fault(error.to_string()))?)))
    })
    .await
}

/// `GET /urging/policies`
pub async fn policies(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(policies_page(site, visit, &[], Vec::new())?)))
        .await
}

/// `POST /urging/policies`
pub async fn save(
    State(site): State<Site>,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let save = |site: &Site, visit: &Visit, pairs: &_| {
        let who = &visit.visitor()?.actor;
        site.workspace.save_urging_policy(who, site.moment(), policy(pairs)?)?;
        Ok("/urging/policies".to_owned())
    };
    site.submit(visit, pairs, save, policies_page).await
}

fn page(site: &Site, visit: &Visit) -> Result<String, Error> {
    let (lang, moment) = (visit.lang, site.moment());
    let actor = visit.actor(Right::SeeFigures)?;
    let unit = tasks::unit_asked(site, visit, actor)?;
    let before = visit.parameter("before").and_then(|text| text.parse().ok());
    let reminders = site.workspace.reminders(actor, moment, unit, before)?;
    let urged = site.workspace.tasks_to_urge(actor, moment, unit, MESSAGE_LINES)?;
    let owed = site.workspace.owed_below(actor, moment, unit)?;
    let counts = Counts { tasks: urged.len(), ..Counts::of(&owed) };
    let finding = late::how_much(counts, lang);
    let message = message(&urged, &owed, site.today(), lang);
    let snapshot = site.workspace.snapshot()?;
    let edits = actor.units(Right::ManagePlan, moment.today);
    let more = reminders
        .last()
        .filter(|_| reminders.len() >= LINES_PER_PAGE)
        .map(|last| format!("/urging?unit={}&before={}", unit.0, last.id));
    let lines = reminders.iter().map(|line| line_view(line, site, lang));
    let lines: Result<Vec<LineView>, Error> = lines.collect();
    draw(&ShowPage {
        unit: places::full_name(&snapshot.name(unit, moment.today), lang),
        units: other_units::of(site, visit, unit)?,
        message_lines: message.lines().count().clamp(3, 20),
        message: if finding.is_empty() { String::new() } else { message },
        finding: match finding.as_str() {
            "" => lang.say("urging-nothing"),
            what => lang.tell("urging-finding", [("what", Gap::from(what))]),
        },
        lines: lines?,
        more: more.unwrap_or_default(),
        deliveries: deliveries::views(site, actor, unit, lang)?,
        letter: letter_view(site, actor, unit, lang)?,
        policies: if edits.is_empty() { String::new() } else { "/urging/policies".to_owned() },
        frame: site.frame(visit)?.titled(lang.say("urging-heading"), Section::Tasks),
    })
}

/// The letter that whoever gives tasks in a unit can have written.
fn letter_view(
    site: &Site,
    actor: &Actor,
    unit: UnitId,
    lang: Lang,
) -> Result<Option<LetterView>, Error> {
    let (snapshot, today) = (site.workspace.snapshot()?, site.today());
    if snapshot.check(actor, Right::GiveTasks, Some(unit), today).is_err() {
        return Ok(None);
    }
    let day = site.workspace.letter_day(today)?.to_string();
    let first = today.tomorrow().unwrap_or(today).to_string();
    let layouts = parts::choosable_layouts(lang);
    Ok(Some(LetterView { unit: unit.0.to_string(), day, first, layouts }))
}

/// What can be put into a chat group as it is: who is to do what by when, tasks first.
fn message(tasks: &[Line], owed: &[LateLine], today: Date, lang: Lang) -> String {
    let head = lang.tell("urging-message", [("day", Gap::from(periods::day(today, lang)))]);
    let task = |line: &Line| {
        let deadline = line.task.deadline.map_or_else(String::new, |day| periods::day(day, lang));
        let work = line.brief.words.work.clone();
        (tasks::lead(line, lang), work, deadline, line.standing)
    };
    let thing = |line: &LateLine| {
        let unit = places::capitalised(&places::full_name(&line.unit, lang));
        let standing = Standing::Overdue { days: line.days };
        (unit, late::what(line, lang), periods::day(line.deadline, lang), standing)
    };
    let all = tasks.iter().map(task).chain(owed.iter().map(thing));
    let line =
        |(number, (lead, what, day, standing)): (usize, (String, String, String, Standing))| {
            let gaps = [
                ("number", Gap::from(number)),
                ("lead", lead.into()),
                ("work", what.into()),
                ("day", day.into()),
                ("standing", wording::tasks::standing(standing, lang).into()),
            ];
            lang.tell("urging-message-line", gaps)
        };
    let lines: Vec<String> = (1..).zip(all).take(MESSAGE_LINES).map(line).collect();
    format!("{head}\n{}", lines.join("\n"))
}

fn line_view(line: &ReminderLine, site: &Site, lang: Lang) -> Result<LineView, Error> {
    let (href, about) = match &line.about {
        About::Task(task, work) => (format!("/tasks/{}", task.0), work.clone()),
        About::Submission { form, period } => {
            let snapshot = site.workspace.snapshot()?;
            let known = snapshot.forms.iter().find(|known| known.code == *form);
            let name = known.map_or_else(String::new, |form| lang.of(&form.name).to_owned());
            let href = format!("/collection?form={}&period={period}", escaped(form));
            (href, format!("{name}, {}", periods::label(*period, lang)))
        }
        About::Difficulty(id, trouble) => (difficulties::address(*id), trouble.clone()),
        About::Plan(code) => {
            let snapshot = site.workspace.snapshot()?;
            let known = snapshot.directives.iter().find(|known| known.code == *code);
            let name = known.map_or_else(String::new, wording::directives::name);
            (links::plans(code), lang.tell("work-plan", [("name", Gap::from(name))]))
        }
        About::Gone => (String::new(), lang.say("urging-gone")),
    };
    let names: Vec<String> = line.units.iter().map(|unit| places::full_name(unit, lang)).collect();
    let others = line.count.saturating_sub(names.len());
    let to = to(line.audience, names.join(", "), others, lang);
    let when = when(line.made_ms, line.offset, line.deadline, site, lang);
    let helped = [("count", Gap::from(line.count)), ("helped", line.helped.into())];
    let outcome = match line.outcome {
        Outcome::Open | Outcome::Done(_) | Outcome::DoneSome if line.count > 1 => {
            lang.tell("urging-helped", helped)
        }
        Outcome::Open => lang.say("urging-open"),
        Outcome::Closed => lang.say("urging-closed"),
        Outcome::DoneSome => lang.say("urging-sent"),
        Outcome::Done(day) => {
            lang.tell("urging-done", [("day", Gap::from(periods::day(day, lang)))])
        }
    };
    Ok(LineView { href, about, to, when, outcome })
}

/// To whom a reminder went: `nhắc Xã Na Sầm`.
pub(super) fn to(audience: Audience, units: String, others: usize, lang: Lang) -> String {
    let key = match audience {
        Audience::Lead => "urging-to-lead",
        Audience::Superior => "urging-to-superior",
    };
    lang.tell(key, [("unit", Gap::from(units)), ("others", others.into())])
}

/// When a reminder was made, and on which day from the deadline.
pub(super) fn when(made_ms: i64, offset: i16, deadline: Date, site: &Site, lang: Lang) -> String {
    let days = [("days", Gap::from(i64::from(offset.unsigned_abs())))];
    let offset = match offset {
        0 => lang.say("urging-on-the-day"),
        before if before < 0 => lang.tell("urging-before", days),
        _ => lang.tell("urging-after", days),
    };
    let moment = periods::moment(made_ms, &site.zone, lang);
    let deadline = periods::day(deadline, lang);
    let gaps = [("moment", Gap::from(moment)), ("offset", offset.into()), ("day", deadline.into())];
    lang.tell("urging-when", gaps)
}

/// A policy as it was typed.
fn policy(pairs: &[(String, String)]) -> Result<Policy, Error> {
    let bad = |text: &str| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Number };
    let subject = field(pairs, "subject");
    let subject = Subject::from_code(subject).ok_or_else(|| bad(subject))?;
    let offsets = field(pairs, "offsets");
    let days = offsets.split([',', ' ', ';']).filter(|day| !day.is_empty());
    let mut days: Vec<i16> =
        days.map(|day| day.parse().map_err(|_| bad(day))).collect::<Result<_, _>>()?;
    days.sort_unstable();
    days.dedup();
    let is_off = field(pairs, "off") == "1";
    // Nobody switches reminders off by leaving a field empty.
    match (is_off, days.is_empty()) {
        (true, _) => days.clear(),
        (false, true) => return Err(ReachingProblem::WithoutDays.into()),
        (false, false) => {}
    }
    let number = |name: &str| -> Result<Option<u16>, Error> {
        match field(pairs, name) {
            "" => Ok(None),
            text => Ok(Some(text.parse().map_err(|_| bad(text))?)),
        }
    };
    let lasts_days = match number("lasts_days")? {
        Some(days) => days,
        None if is_off => 0,
        None => return Err(ReachingProblem::WithoutEnd.into()),
    };
    let escalates_at = number("escalates_at")?.and_then(|days| i16::try_from(days).ok());
    let hour = |name: &str| -> Result<i8, Error> {
        let text = field(pairs, name);
        let hour = text.parse().ok().filter(|hour| (0..24).contains(hour));
        hour.ok_or_else(|| ReachingProblem::NoHour { text: text.to_owned() }.into())
    };
    let ticked = |name: &str| {
        let name = name.to_owned();
        pairs.iter().filter(move |(key, _)| *key == name).map(|(_, value)| value.as_str())
    };
    Ok(Policy {
        subject,
        offsets: days,
        every: number("every")?,
        escalates_at,
        lasts_days,
        quiet: Quiet { from: hour("quiet_from")?, until: hour("quiet_until")? },
        channels: ticked("channel").filter_map(Channel::from_code).collect(),
        roles: ticked("role").map(str::to_owned).collect(),
    })
}

fn policies_page(
    site: &Site,
    visit: &Visit,
    typed: &[(String, String)],
    problems: Vec<String>,
) -> Result<String, Error> {
    let lang = visit.lang;
    let known = site.workspace.urging_policies()?;
    let roles = site.entrance.roles()?;
    let is_ticked = |name: &str, value: &str| typed.iter().any(|it| it.0 == name && it.1 == value);
    let channel = |it: Channel, policy: &Policy, is_typed: bool| Choosable {
        value: it.code().to_owned(),
        label: lang.say(match it {
            Channel::Mail => "urging-by-mail",
            Channel::Hook => "urging-by-hook",
        }),
        chosen: match is_typed {
            true => is_ticked("channel", it.code()),
            false => policy.channels.contains(&it),
        },
    };
    let role = |it: &Role, policy: &Policy, is_typed: bool| Choosable {
        value: it.code.clone(),
        label: lang.of(&it.name).to_owned(),
        chosen: match is_typed {
            true => is_ticked("role", &it.code),
            false => policy.roles.contains(&it.code),
        },
    };
    let view = |policy: &Policy| {
        let is_typed = field(typed, "subject") == policy.subject.code();
        let shown = |name: &str, saved: String| {
            if is_typed { field(typed, name).to_owned() } else { saved }
        };
        let days: Vec<String> = policy.offsets.iter().map(ToString::to_string).collect();
        let number = |number: Option<u16>| number.map_or_else(String::new, |it| it.to_string());
        PolicyView {
            code: policy.subject.code(),
            name: lang.say(match policy.subject {
                Subject::Task => "urging-of-tasks",
                Subject::Submission => "urging-of-submissions",
                Subject::Difficulty => "urging-of-difficulties",
                Subject::Plan => "urging-of-plans",
            }),
            is_off: if is_typed { field(typed, "off") == "1" } else { policy.offsets.is_empty() },
            offsets: shown("offsets", days.join(", ")),
            every: shown("every", number(policy.every)),
            escalates_at: shown(
                "escalates_at",
                policy.escalates_at.map_or_else(String::new, |it| it.to_string()),
            ),
            lasts_days: shown("lasts_days", policy.lasts_days.to_string()),
            quiet_from: shown("quiet_from", policy.quiet.from.to_string()),
            quiet_until: shown("quiet_until", policy.quiet.until.to_string()),
            channels: Channel::ALL.into_iter().map(|it| channel(it, policy, is_typed)).collect(),
            roles: roles.iter().map(|it| role(it, policy, is_typed)).collect(),
        }
    };
    draw(&PoliciesPage {
        problems,
        may_save: may_plan(site, visit, &*site.workspace.snapshot()?),
        policies: known.iter().map(view).collect(),
        frame: site.frame(visit)?.titled(lang.say("urging-policies"), Section::Tasks),
    })
}
