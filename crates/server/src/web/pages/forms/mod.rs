//! Forms: what they ask and since when, and a new version written, looked at and published.

mod deadlines;
mod fields;
mod written;

use actions::entrance::Visitor;
use actions::error::Error;
use actions::forms::{self, Problem};
use actions::snapshot::Snapshot;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::access::Right;
use domain::form::{self, Version};
use domain::item::Item;
use domain::refusal::{Noun, Refusal};
use formats::archive::archive;

use super::draw;
use crate::web::fields::{Field, mended};
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::{Turn, mend, once};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, number, periods};

use written::{Typed, read, read_form};

/// All forms.
#[derive(Template)]
#[template(path = "web/pages/forms/list.html")]
struct ListPage {
    frame: Frame,
    is_other: bool,
    forms: Vec<FormView>,
    problems: Vec<Link>,
    fields: Vec<Field>,
    /// What the deadline means, as long as it is the one that stands in the fields.
    due: String,
    preview: Vec<FieldView>,
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
    problems: Vec<Link>,
    fields: Vec<Field>,
    /// What the deadline means, as long as it is the one that stands in the fields.
    due: String,
    ends: String,
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

/// What was found when what was typed was looked at.
#[derive(Default)]
struct Looked {
    others: Vec<String>,
    problems: Vec<Problem>,
    /// The form as it would become, its newest version being the one that was typed.
    form: Option<form::Form>,
}

impl Looked {
    /// What those who fill the form will see, when nothing is wrong with it.
    fn preview(&self, snapshot: &Snapshot, lang: Lang) -> Vec<FieldView> {
        let version = self.form.as_ref().and_then(form::Form::newest);
        version.map(|version| filled(snapshot, version, lang)).unwrap_or_default()
    }
}

/// `GET /forms`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| {
        Ok(Turn::Shown(list_page(site, visit, &Typed::new(), Looked::default())?))
    })
    .await
}

/// `POST /forms`
pub async fn create(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, &typed.form_secret)?;
        let written = read_form(&typed);
        let snapshot = site.workspace.snapshot()?;
        let checked = forms::check_new(&snapshot, &written);
        let looked = match checked {
            Err(problems) => {
                let looked = Looked { problems, ..Looked::default() };
                return Ok(Turn::Mend(list_page(site, visit, &typed, looked)?));
            }
            Ok(form) => Looked { form: Some(form), ..Looked::default() },
        };
        if typed.deed != "publish" {
            return Ok(Turn::Shown(list_page(site, visit, &typed, looked)?));
        }
        let (code, who) = (written.first.form.clone(), &visit.visitor()?.actor);
        match site.workspace.create_form(who, site.moment(), written) {
            Ok(()) => Ok(Turn::Go(links::form(&code))),
            Err(error) => mend(error, visit.lang, |others| {
                list_page(site, visit, &typed, Looked { others, ..Looked::default() })
            }),
        }
    })
    .await
}

fn list_page(site: &Site, visit: &Visit, typed: &Typed, looked: Looked) -> Result<String, Error> {
    let (snapshot, lang) = (site.workspace.snapshot()?, visit.lang);
    let view = |form: &form::Form| FormView {
        link: Link { href: links::form(&form.code), text: lang.of(&form.name).to_owned() },
        code: form.code.clone(),
        state: state(form, lang),
        asks: form.newest().map(|version| asks(version, lang)).unwrap_or_default(),
    };
    let means = |form: &form::Form| deadlines::means(form, &snapshot, site.today(), lang);
    let mut typing = fields::of_form(typed, &snapshot, lang);
    fields::refuse(&mut typing, &looked.problems, lang);
    draw(&ListPage {
        is_other: !may_plan(site, visit, &snapshot),
        forms: snapshot.forms.iter().map(view).collect(),
        frame: Frame { title: lang.say("forms-heading"), ..site.frame(visit)? },
        due: looked.form.as_ref().map(means).unwrap_or_default(),
        preview: looked.preview(&snapshot, lang),
        problems: mended(looked.others, &typing, lang),
        fields: typing,
    })
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
        Ok(Turn::Shown(page(site, visit, form, &typed, Looked::default())?))
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
                        let looked = Looked { problems, ..Looked::default() };
                        return Ok(Turn::Mend(page(site, visit, form, &typed, looked)?));
                    }
                    Ok(version) => version,
                };
                if typed.deed != "publish" {
                    let form_seen = form::Form { versions: vec![version], ..form.clone() };
                    let looked = Looked { form: Some(form_seen), ..Looked::default() };
                    return Ok(Turn::Shown(page(site, visit, form, &typed, looked)?));
                }
                site.workspace.publish_form(who, moment, written)
            }
        };
        match done {
            Ok(()) => Ok(Turn::Go(links::form(&code))),
            Err(error) => mend(error, lang, |others| {
                page(site, visit, form, &typed, Looked { others, ..Looked::default() })
            }),
        }
    })
    .await
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
    typed: &Typed,
    looked: Looked,
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
        due: deadlines::rule(&version.due, lang),
    };
    let frame = Frame { title: lang.of(&form.name).to_owned(), ..site.frame(visit)? };
    let means = |form: &form::Form| deadlines::means(form, &snapshot, site.today(), lang);
    let is_known = looked.problems.is_empty() && looked.others.is_empty();
    let due = looked.form.as_ref().or(is_known.then_some(form));
    let mut typing = fields::of_version(typed, &snapshot, lang);
    fields::refuse(&mut typing, &looked.problems, lang);
    draw(&ShowPage {
        frame,
        action: links::form(&form.code),
        paper: links::paper_of(&form.code),
        code: form.code.clone(),
        state: state(form, lang),
        is_over: form.ends.is_some(),
        versions: form.versions.iter().rev().map(version).collect(),
        due: due.map(means).unwrap_or_default(),
        preview: looked.preview(&snapshot, lang),
        problems: mended(looked.others, &typing, lang),
        fields: typing,
        ends: typed.ends.clone(),
    })
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

fn filled(snapshot: &Snapshot, version: &Version, lang: Lang) -> Vec<FieldView> {
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
