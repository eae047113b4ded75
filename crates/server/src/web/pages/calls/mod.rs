//! The plans that a directive asks units for: who has issued theirs and who has not, asking, and noting.

mod typed;

use actions::calls::list::{Answer, CallPage, Counts, Known};
use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::access::Right;
use domain::directive::Directive;

use self::typed::Fields;
use super::{draw, tasks};
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::{Link, Mark};
use crate::web::site::Site;
use crate::web::turn::{Turn, field, mend};
use crate::web::visit::Visit;
use crate::wording::{self, Gap, Lang, calls, periods, places};

/// Lines of the message for a chat group.
const MESSAGE_LINES: usize = 200;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/calls/show.html")]
struct ShowPage {
    frame: Frame,
    back: Link,
    finding: String,
    lede: String,
    done: String,
    problems: Vec<String>,
    /// Whether plans are asked for now.
    is_open: bool,
    missing: Vec<AnswerView>,
    issued: Vec<AnswerView>,
    message: String,
    message_lines: usize,
    /// The units whose plans the reader may note: number and name.
    notable: Vec<(i64, String)>,
    /// What the reader may ask for; none for those who ask nothing.
    fields: Option<Fields>,
    action: String,
    today: String,
    typed_day: String,
    typed_number: String,
}

/// How a unit stands with its plan.
struct AnswerView {
    unit: i64,
    name: String,
    /// What else is said of it.
    about: String,
    standing: Mark,
    /// Its plan in the register.
    plan: Option<Link>,
    /// Where its plan is entered; empty for those who enter none.
    enter: String,
    /// Whether the reader may take back what was noted.
    takes_back: bool,
}

type Pairs = Vec<(String, String)>;

/// `GET /directives/{code}/plans`
pub async fn show(State(site): State<Site>, Path(code): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        Ok(Turn::Shown(page(site, visit, &code, (&Pairs::new(), Vec::new()))?))
    })
    .await
}

/// `POST /directives/{code}/plans`
pub async fn act(
    State(site): State<Site>,
    Path(code): Path<String>,
    visit: Visit,
    Form(pairs): Form<Pairs>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, field(&pairs, "form_secret"))?;
        match typed::act(site, visit, &code, &pairs) {
            Ok(done) => Ok(Turn::Go(format!("{}?done={done}", links::plans(&code)))),
            Err(error) => {
                mend(error, visit.lang, |problems| page(site, visit, &code, (&pairs, problems)))
            }
        }
    })
    .await
}

/// What the page of a directive says of the plans that it asks for; empty when it asks for none and the
/// reader may not ask either.
pub(super) fn section(site: &Site, visit: &Visit, code: &str) -> Result<String, Error> {
    let (lang, actor) = (visit.lang, visit.actor(Right::SeeFigures)?);
    let found = site.workspace.call_page(actor, site.moment(), code)?;
    Ok(match found.filter(|page| page.call.ended_on.is_none() && !page.answers.is_empty()) {
        Some(page) => finding(&page, lang),
        None if tasks::gives(visit, site.today()) => lang.say("plans-none"),
        None => String::new(),
    })
}

fn finding(page: &CallPage, lang: Lang) -> String {
    let counts = Counts::of(&page.answers);
    if page.asks { calls::found(counts, lang) } else { calls::own(counts, lang) }
}

fn page(
    site: &Site,
    visit: &Visit,
    code: &str,
    (typed, problems): (&Pairs, Vec<String>),
) -> Result<String, Error> {
    let (snapshot, lang, moment) = (site.workspace.snapshot()?, visit.lang, site.moment());
    let directive = snapshot.directive(code)?;
    let found = site.workspace.call_page(visit.actor(Right::SeeFigures)?, moment, code)?;
    let open = found.as_ref().filter(|page| page.call.ended_on.is_none());
    let answers = open.map_or(&[][..], |page| &page.answers);
    let actor = visit.actor(Right::SeeFigures)?;
    let view = |answer: &Answer| {
        let unit = Some(answer.unit.id);
        let enters = snapshot.check(actor, Right::ManagePlan, unit, moment.today).is_ok();
        view(answer, directive, (&snapshot.directives, enters), lang)
    };
    let (issued, missing): (Vec<&Answer>, Vec<&Answer>) =
        answers.iter().partition(|answer| answer.issued.is_some());
    let message =
        open.map_or_else(String::new, |page| message(page, &missing, directive, site, lang));
    let notable = missing.iter().filter(|answer| answer.notes);
    let (finding, lede) = said(found.as_ref(), lang);
    draw(&ShowPage {
        back: Link { href: links::directive(code), text: wording::directives::name(directive) },
        finding,
        lede,
        done: done(visit, lang),
        problems,
        is_open: open.is_some(),
        message_lines: message.lines().count().clamp(3, 20),
        message: if missing.is_empty() { String::new() } else { message },
        notable: notable.map(|it| (it.unit.id.0, places::full_name(&it.unit, lang))).collect(),
        missing: missing.into_iter().map(view).collect(),
        issued: issued.into_iter().map(view).collect(),
        fields: typed::fields(site, visit, (found.as_ref(), typed))?,
        action: links::plans(code),
        today: moment.today.to_string(),
        typed_day: field(typed, "issued_on").to_owned(),
        typed_number: field(typed, "number").to_owned(),
        frame: site.frame(visit)?.titled(lang.say("plans-heading"), Section::Tasks),
    })
}

/// What is found, and what is asked by whom until when.
fn said(found: Option<&CallPage>, lang: Lang) -> (String, String) {
    let Some(page) = found else { return (lang.say("plans-none"), String::new()) };
    if let Some(day) = page.call.ended_on {
        let gaps = [("day", Gap::from(periods::day(day, lang)))];
        return (lang.tell("plans-called-off", gaps), String::new());
    }
    let gaps = [
        ("issuer", Gap::from(places::full_name(&page.issuer, lang))),
        ("day", periods::day(page.call.due, lang).into()),
    ];
    (finding(page, lang), places::capitalised(&lang.tell("plans-asked", gaps)))
}

fn done(visit: &Visit, lang: Lang) -> String {
    match visit.parameter("done") {
        Some("ask") => lang.say("plans-saved"),
        Some("call-off") => lang.say("plans-called-off-done"),
        Some(_) => lang.say("plans-noted-done"),
        None => String::new(),
    }
}

/// What can be put into a chat group as it is.
fn message(
    page: &CallPage,
    missing: &[&Answer],
    directive: &Directive,
    site: &Site,
    lang: Lang,
) -> String {
    let gaps = [
        ("name", Gap::from(wording::directives::name(directive))),
        ("due", periods::day(page.call.due, lang).into()),
        ("day", periods::day(site.today(), lang).into()),
    ];
    let line = |(number, answer): (usize, &&Answer)| {
        let gaps = [
            ("number", Gap::from(number)),
            ("unit", places::full_name(&answer.unit, lang).into()),
            ("standing", wording::tasks::standing(answer.standing, lang).into()),
        ];
        lang.tell("plans-message-line", gaps)
    };
    let lines = (1..).zip(missing.iter().take(MESSAGE_LINES)).map(line);
    std::iter::once(lang.tell("plans-message", gaps)).chain(lines).collect::<Vec<_>>().join("\n")
}

fn view(
    answer: &Answer,
    directive: &Directive,
    (all, enters): (&[Directive], bool),
    lang: Lang,
) -> AnswerView {
    let name = places::full_name(&answer.unit, lang);
    let mut about = Vec::new();
    about.extend(answer.issued.as_ref().map(|issued| calls::issued(issued, lang)));
    let names = |units: &[actions::answer::UnitName]| {
        let names: Vec<String> = units.iter().map(|unit| places::full_name(unit, lang)).collect();
        names.join(", ")
    };
    if !answer.after.is_empty() {
        about.push(lang.tell("plans-after", [("units", names(&answer.after).into())]));
    }
    if let Some((last, heirs)) = answer.ends.as_ref().filter(|_| answer.issued.is_none()) {
        let last = ("last", Gap::from(periods::day(*last, lang)));
        about.push(match heirs.is_empty() {
            true => lang.tell("plans-ends-alone", [last]),
            false => lang.tell("plans-ends", [last, ("heirs", names(heirs).into())]),
        });
    }
    let known = answer.issued.as_ref().map(|issued| &issued.known);
    let plan = known.and_then(|known| match known {
        Known::Directive(code) => all.iter().find(|it| it.code == *code),
        Known::Noted(_) => None,
    });
    let enter = format!(
        "/directives/new?implements={}&issuer_unit={}&issuer_vi={}",
        links::escaped(&directive.code),
        links::escaped(&answer.unit.code),
        links::escaped(&places::capitalised(&name)),
    );
    AnswerView {
        unit: answer.unit.id.0,
        about: about.join(" · "),
        standing: tasks::standing_mark(answer.standing, lang),
        plan: plan.map(|it| Link {
            href: links::directive(&it.code),
            text: wording::directives::name(it),
        }),
        enter: if enters && answer.issued.is_none() { enter } else { String::new() },
        takes_back: answer.notes && matches!(known, Some(Known::Noted(_))),
        name,
    }
}
