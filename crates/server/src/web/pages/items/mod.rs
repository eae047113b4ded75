//! Items: what figures are collected about, and a new one.

use std::collections::BTreeMap;

use actions::error::Error;
use actions::items::WrittenItem;
use actions::packs::ITEM_COLUMNS;
use actions::snapshot::Snapshot;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use domain::form;
use domain::item::{Aggregate, Item};
use domain::number::SCALE_MAX;
use domain::refusal::Refused;

use super::draw;
use super::forms::may_plan;
use crate::web::fields::{Field, Typing, mended};
use crate::web::frame::Frame;
use crate::web::links;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, figures, refusals};

/// All items, and a new one being typed.
#[derive(Template)]
#[template(path = "web/pages/items/show.html")]
struct ShowPage {
    frame: Frame,
    /// Whether the visitor plans for a part only, and may look but not change.
    is_other: bool,
    done: String,
    problems: Vec<Link>,
    items: Vec<ItemView>,
    fields: Vec<Field>,
}

struct ItemView {
    code: String,
    name: String,
    about: String,
    form: Option<Link>,
}

/// What was typed, by column.
type Typed = BTreeMap<String, String>;

/// The words beside and below each field, in the order of the columns.
const WORDS: [(&str, &str); ITEM_COLUMNS.len()] = [
    ("item-code", "item-code-hint"),
    ("item-name-vi", ""),
    ("item-name-en", ""),
    ("item-measure-vi", ""),
    ("item-measure-en", ""),
    ("item-scale", ""),
    ("item-over-units", ""),
    ("item-over-time", "item-over-time-hint"),
    ("item-classes", "item-classes-hint"),
    ("item-minimum", "item-minimum-hint"),
    ("item-maximum", "item-maximum-hint"),
];

/// `GET /items`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(page(site, visit, &Typed::new(), &[])?))).await
}

/// `POST /items`
pub async fn create(State(site): State<Site>, visit: Visit, Form(typed): Form<Typed>) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, of(&typed, "form_secret"))?;
        let (who, moment) = (&visit.visitor()?.actor, site.moment());
        match site.workspace.create_item(who, moment, written(&typed)) {
            Ok(()) => {
                let code = links::escaped(of(&typed, "code").trim());
                Ok(Turn::Go(format!("/items?done={code}")))
            }
            Err(Error::Refused(problems)) => Ok(Turn::Mend(page(site, visit, &typed, &problems)?)),
            Err(fault) => Err(fault),
        }
    })
    .await
}

fn of<'t>(typed: &'t Typed, column: &str) -> &'t str {
    typed.get(column).map_or("", String::as_str)
}

/// What was typed, as a pack would write it.
fn written(typed: &Typed) -> WrittenItem {
    let class = |line: &str| line.split('|').map(str::trim).collect::<Vec<_>>().join(":");
    ITEM_COLUMNS.map(|column| {
        let text = of(typed, column);
        match column {
            "classes" => {
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                lines.map(class).collect::<Vec<_>>().join("|")
            }
            // Vietnamese decimals are written with a comma.
            "minimum" | "maximum" => text.replace(',', "."),
            _ => text.to_owned(),
        }
    })
}

fn page(site: &Site, visit: &Visit, typed: &Typed, problems: &[Refused]) -> Result<String, Error> {
    let (snapshot, lang) = (site.workspace.snapshot()?, visit.lang);
    let done = visit.parameter("done").and_then(|code| snapshot.item(code));
    let said = |item: &Item| lang.tell("items-done", [("code", Gap::from(item.code.as_str()))]);
    let fields = fields(typed, problems, lang);
    let others = problems.iter().filter(|refused| refused.at.column == 0);
    let others = others.map(|refused| refusals::reason(&refused.why, lang));
    draw(&ShowPage {
        frame: Frame { title: lang.say("items-heading"), ..site.frame(visit)? },
        done: done.filter(|_| problems.is_empty()).map(said).unwrap_or_default(),
        problems: mended(others.collect(), &fields, lang),
        is_other: !may_plan(site, visit, &snapshot),
        items: snapshot.items.iter().map(|item| view(item, &snapshot, lang)).collect(),
        fields,
    })
}

fn view(item: &Item, snapshot: &Snapshot, lang: Lang) -> ItemView {
    let asks = |form: &&form::Form| form.newest().is_some_and(|version| version.asks(item.id));
    let link = |form: &form::Form| Link {
        href: links::form(&form.code),
        text: lang.of(&form.name).to_owned(),
    };
    let how = |key, how| lang.tell(key, [("how", Gap::from(figures::aggregate(how, lang)))]);
    let about = [
        lang.of(&item.measure).to_owned(),
        how("items-over-units", item.over_units),
        how("items-over-time", item.over_time),
    ];
    ItemView {
        code: item.code.clone(),
        name: lang.of(&item.name).to_owned(),
        about: about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "),
        form: snapshot.forms.iter().find(asks).map(link),
    }
}

fn fields(typed: &Typed, problems: &[Refused], lang: Lang) -> Vec<Field> {
    let field = |((number, name), (label, hint)): ((u32, &'static str), (&str, &str))| {
        let hint = if hint.is_empty() { String::new() } else { lang.say(hint) };
        let field = Field::line(name, lang.say(label), of(typed, name)).hinted(hint);
        let mut field = field.typed(typing(name, lang));
        for refused in problems.iter().filter(|refused| refused.at.column == number) {
            field.refuse(&refused.why, lang);
        }
        field
    };
    (1..).zip(ITEM_COLUMNS).zip(WORDS).map(field).collect()
}

/// Whole numbers that are added up are the usual item, so these stand first.
fn typing(column: &str, lang: Lang) -> Typing {
    match column {
        "scale" => {
            let number = |number: u8| (number.to_string(), number.to_string());
            Typing::Choice((0..=SCALE_MAX).map(number).collect())
        }
        "over_units" | "over_time" => {
            let how = |it: Aggregate| (it.code().to_owned(), figures::aggregate(it, lang));
            Typing::Choice(Aggregate::ALL.into_iter().map(how).collect())
        }
        "classes" => Typing::Lines(4),
        _ => Typing::Line,
    }
}
