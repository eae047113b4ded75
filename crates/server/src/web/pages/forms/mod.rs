//! Forms: what they ask and since when, and a new version written, looked at and published.

mod written;

use actions::entrance::Visitor;
use actions::error::Error;
use actions::forms::{self, Part, Problem, Written};
use actions::snapshot::Snapshot;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::access::Right;
use domain::form::{self, Deadline, DueRule, RestDays, Version};
use domain::item::Item;
use domain::refusal::{Noun, Refusal};
use formats::archive::archive;

use super::draw;
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::{Turn, mend, once};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, number, periods, refusals};

use written::{Typed, read};

/// All forms.
#[derive(Template)]
#[template(path = "web/pages/forms/list.html")]
struct ListPage {
    frame: Frame,
    is_other: bool,
    forms: Vec<FormView>,
}

struct FormView {
    link: Link,
    code: String,
    state: String,
    asks: String,
}

/// A form with its versions, and the next one being written.
#[derive(Template)]
#[template(path = "web/pages/forms/show.html")]
struct ShowPage {
    frame: Frame,
    action: String,
    paper: String,
    code: String,
    state: String,
    is_over: bool,
    versions: Vec<VersionView>,
    problems: Vec<String>,
    typed: Typed,
    preview: Vec<FieldView>,
}

struct VersionView {
    from: String,
    asks: String,
    due: String,
}

/// A field as whoever fills the form will see it.
struct FieldView {
    section: String,
    code: String,
    name: String,
    is_class: bool,
    help: String,
    range: String,
    measure: String,
}

/// `GET /forms`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        let (snapshot, lang) = (site.workspace.snapshot()?, visit.lang);
        let view = |form: &form::Form| FormView {
            link: Link { href: links::form(&form.code), text: lang.of(&form.name).to_owned() },
            code: form.code.clone(),
            state: state(form, lang),
            asks: form.newest().map(|version| asks(version, lang)).unwrap_or_default(),
        };
        let forms = snapshot.forms.iter().map(view).collect();
        let frame = Frame { title: lang.say("forms-heading"), ..site.frame(visit)? };
        let is_other = !may_plan(site, visit, &snapshot);
        Ok(Turn::Shown(draw(&ListPage { frame, is_other, forms })?))
    })
    .await
}

/// `GET /pack`: the whole configuration as one file, a pack in an archive.
pub async fn pack(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, _| {
        let files = site.workspace.export_pack()?;
        let files = files.iter().map(|file| (file.name.as_str(), file.text.as_bytes()));
        let bytes = archive(files).map_err(|error| Error::Fault(error.to_string()))?;
        let headers = [
            (CONTENT_TYPE, "application/zip"),
            (CONTENT_DISPOSITION, "attachment; filename=\"dotpha-pack.zip\""),
        ];
        Ok(Turn::Other(once((headers, bytes).into_response())))
    })
    .await
}

/// `GET /forms/{form}`
pub async fn show(State(site): State<Site>, Path(code): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let snapshot = site.workspace.snapshot()?;
        let form = find(&snapshot, &code)?;
        let typed = Typed::of(form, &snapshot, visit.lang);
        Ok(Turn::Shown(page(site, visit, form, typed, (Vec::new(), None))?))
    })
    .await
}

/// `POST /forms/{form}`
pub async fn act(
    State(site): State<Site>,
    Path(code): Path<String>,
    visit: Visit,
    Form(typed): Form<Typed>,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let (snapshot, lang) = (site.workspace.snapshot()?, visit.lang);
        let form = find(&snapshot, &code)?;
        let (who, moment) = (&visit.visitor()?.actor, site.moment());
        let done = match typed.deed.as_str() {
            "end" | "resume" => {
                let day = typed.deed.as_str() == "end";
                let ends = if day { Some(written::day(&typed.ends)?) } else { None };
                site.workspace.end_form(who, moment, &code, ends)
            }
            _ => {
                let written = read(&code, &typed);
                let version = match forms::check(&snapshot, &written) {
                    Err(problems) => {
                        let problems = problems.iter().map(|it| problem(it, lang)).collect();
                        let page = page(site, visit, form, typed, (problems, None))?;
                        return Ok(Turn::Mend(page));
                    }
                    Ok(version) => version,
                };
                if typed.deed != "publish" {
                    let page = page(site, visit, form, typed, (Vec::new(), Some(&version)))?;
                    return Ok(Turn::Shown(page));
                }
                publish(site, visit, written)
            }
        };
        match done {
            Ok(()) => Ok(Turn::Go(links::form(&code))),
            Err(error) => {
                mend(error, lang, |problems| page(site, visit, form, typed, (problems, None)))
            }
        }
    })
    .await
}

fn publish(site: &Site, visit: &Visit, written: Written) -> Result<(), Error> {
    site.workspace.publish_form(&visit.visitor()?.actor, site.moment(), written)
}

/// Whether the visitor may change what is asked of everybody, and not only of a part.
pub(super) fn may_plan(site: &Site, visit: &Visit, snapshot: &Snapshot) -> bool {
    let may = |visitor: &Visitor| {
        snapshot.check(&visitor.actor, Right::ManagePlan, None, site.today()).is_ok()
    };
    visit.visitor().is_ok_and(may)
}

fn find<'s>(snapshot: &'s Snapshot, code: &str) -> Result<&'s form::Form, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Form, key: code.to_owned() };
    Ok(snapshot.forms.iter().find(|form| form.code == code).ok_or_else(missing)?)
}

fn page(
    site: &Site,
    visit: &Visit,
    form: &form::Form,
    typed: Typed,
    (problems, preview): (Vec<String>, Option<&Version>),
) -> Result<String, Error> {
    let (snapshot, lang) = (site.workspace.snapshot()?, visit.lang);
    let version = |version: &Version| VersionView {
        from: match version.from {
            None => lang.say("form-version-always"),
            Some(day) => {
                let day = periods::day(day, lang);
                lang.tell("form-version-from", [("day", Gap::from(day))])
            }
        },
        asks: asks(version, lang),
        due: due(&version.due, lang),
    };
    let frame = Frame { title: lang.of(&form.name).to_owned(), ..site.frame(visit)? };
    draw(&ShowPage {
        frame,
        action: links::form(&form.code),
        paper: links::paper_of(&form.code),
        code: form.code.clone(),
        state: state(form, lang),
        is_over: form.ends.is_some(),
        versions: form.versions.iter().rev().map(version).collect(),
        problems,
        typed,
        preview: preview.map(|version| fields(&snapshot, version, lang)).unwrap_or_default(),
    })
}

fn problem((part, refused): &Problem, lang: Lang) -> String {
    let said = refusals::sentence(refused, lang);
    let key = match part {
        Part::Head => return said,
        Part::Lines => "form-in-lines",
        Part::Rules => "form-in-rules",
    };
    lang.tell(key, [("problem", Gap::from(said))])
}

fn state(form: &form::Form, lang: Lang) -> String {
    match form.ends {
        None => lang.say("form-in-use"),
        Some(day) => lang.tell("form-ended", [("day", Gap::from(periods::day(day, lang)))]),
    }
}

fn asks(version: &Version, lang: Lang) -> String {
    let (count, rules) = (version.items().count(), version.rules.len());
    lang.tell("form-asks", [("count", Gap::from(count)), ("rules", rules.into())])
}

/// A deadline in words, one part after the other.
fn due(due: &DueRule, lang: Lang) -> String {
    let tell = |key, days: i64| lang.tell(key, [("days", Gap::from(days))]);
    let mut parts = vec![match due.deadline {
        Deadline::DaysAfter(days) => tell("form-due-days", days.into()),
        Deadline::DayOfMonth(day) => tell("form-due-day", day.into()),
        Deadline::WorkingDaysAfter(days) => tell("form-due-working", days.into()),
    }];
    if due.gap > 0 {
        parts.push(tell("form-due-gap", due.gap.into()));
    }
    match due.rest_days {
        RestDays::Count => {}
        RestDays::MoveOn => parts.push(lang.say("form-due-move")),
    }
    if due.grace_days > 0 {
        parts.push(tell("form-due-grace", due.grace_days.into()));
    }
    parts.join("; ")
}

fn fields(snapshot: &Snapshot, version: &Version, lang: Lang) -> Vec<FieldView> {
    let field = |item: &Item, class: &str| {
        let (section, help) = version.words(item.id, class);
        let (name, part) = (lang.of(&item.name), item.class_name(class));
        let minimum = ("minimum", Gap::from(number::plain(item.minimum, lang)));
        FieldView {
            section: lang.of(&section).to_owned(),
            code: item.code.clone(),
            name: match lang.of(&part) {
                "" => name.to_owned(),
                part => format!("{name} – {part}"),
            },
            is_class: !class.is_empty(),
            help: lang.of(&help).to_owned(),
            range: match item.maximum {
                Some(maximum) => {
                    let maximum = number::plain(maximum, lang);
                    lang.tell("entry-range", [minimum, ("maximum", maximum.into())])
                }
                None => lang.tell("entry-range-open", [minimum]),
            },
            measure: lang.of(&item.measure).to_owned(),
        }
    };
    let mut fields = Vec::new();
    for item in version.items() {
        let Some(item) = snapshot.items.iter().find(|known| known.id == item) else { continue };
        fields.push(field(item, ""));
        fields.extend(item.classes.iter().map(|class| field(item, &class.code)));
    }
    fields
}
