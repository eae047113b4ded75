//! Entering a directive, and changing one.

use std::collections::BTreeMap;

use actions::directives::{COLUMNS, Changed, Written, mark};
use actions::error::Error;
use askama::Template;
use domain::access::Right;
use domain::directive::Directive;
use domain::refusal::Refused;

use super::may_change;
use crate::web::fields::{Field, Typing, mended};
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::pages::draw;
use crate::web::pages::forms::may_plan;
use crate::web::parts::Link;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, directives, places, refusals};

/// What was typed, by column.
pub(super) type Typed = BTreeMap<String, String>;

/// The words beside and below each field, in the order of the columns.
const WORDS: [(&str, &str); COLUMNS.len()] = [
    ("directive-number", "directive-number-hint"),
    ("directive-kind", "directive-kind-hint"),
    ("directive-issuer", ""),
    ("directive-issuer-en", ""),
    ("directive-issuer-unit", "directive-issuer-unit-hint"),
    ("directive-date", ""),
    ("directive-title", ""),
    ("directive-title-en", ""),
    ("directive-from", ""),
    ("directive-to", ""),
    ("directive-implements", ""),
    ("directive-replaces", "directive-several-hint"),
    ("directive-amends", "directive-several-hint"),
];

/// The page.
#[derive(Template)]
#[template(path = "web/pages/directives/write.html")]
struct WritePage {
    frame: Frame,
    /// What whoever plans for a part only may do here; empty for others.
    note: String,
    may_save: bool,
    problems: Vec<Link>,
    fields: Vec<Field>,
    action: String,
    /// The mark of what stands there by now; empty for a new one.
    seen: String,
    back: Link,
}

/// What a directive says, as it is typed.
pub(super) fn of(written: Written) -> Typed {
    COLUMNS.iter().map(|column| (*column).to_owned()).zip(written).collect()
}

/// Saves what was typed: a new directive, or in the place of one.
pub(super) fn save(
    site: &Site,
    visit: &Visit,
    before: Option<&Directive>,
    typed: &Typed,
) -> Result<Turn, Error> {
    let text = |column: &str| typed.get(column).map_or("", String::as_str);
    site.check_form(visit, text("form_secret"))?;
    let written = COLUMNS.map(|column| text(column).to_owned());
    let changed = before
        .map(|before| Changed { code: before.code.clone(), seen: Some(text("seen").to_owned()) });
    let (who, moment) = (&visit.visitor()?.actor, site.moment());
    match site.entrance.save_directive(who, moment, (changed, written)) {
        Ok(code) => Ok(Turn::Go(format!("{}?done=1", links::directive(&code)))),
        Err(Error::Refused(problems)) => {
            Ok(Turn::Mend(page(site, visit, before, (typed, &problems))?))
        }
        Err(fault) => Err(fault),
    }
}

/// The page on which a directive is typed, with what has to be mended.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    before: Option<&Directive>,
    (typed, problems): (&Typed, &[Refused]),
) -> Result<String, Error> {
    let (snapshot, lang) = (site.workspace.snapshot()?, visit.lang);
    let is_other = |it: &&Directive| before.is_none_or(|before| before.code != it.code);
    let others: Vec<&Directive> = snapshot.directives.iter().filter(is_other).collect();
    let fields = fields(typed, problems, &others, lang);
    let may_save = before.map_or(Ok(true), |before| may_change(site, visit, before))?;
    let note = if may_save { own_only(site, visit)? } else { lang.say("directives-look-only") };
    let of_none = problems.iter().filter(|refused| refused.at.column == 0);
    let of_none = of_none.map(|refused| refusals::reason(&refused.why, lang)).collect();
    let (title, action, back) = match before {
        None => {
            let back = Link { href: "/directives".into(), text: lang.say("directives-all") };
            (lang.say("directives-new"), "/directives/new".to_owned(), back)
        }
        Some(before) => {
            let href = links::directive(&before.code);
            let gaps = [("number", Gap::from(before.number.as_str()))];
            let title = lang.tell("directives-edit-heading", gaps);
            (title, format!("{href}/edit"), Link { href, text: directives::name(before) })
        }
    };
    draw(&WritePage {
        note,
        may_save,
        problems: mended(of_none, &fields, lang),
        fields,
        action,
        seen: before.map(mark).unwrap_or_default(),
        back,
        frame: site.frame(visit)?.titled(title, Section::Tasks),
    })
}

/// For which units the visitor enters directives; empty when for all.
fn own_only(site: &Site, visit: &Visit) -> Result<String, Error> {
    let (snapshot, lang, today) = (site.workspace.snapshot()?, visit.lang, site.today());
    if may_plan(site, visit, &snapshot) {
        return Ok(String::new());
    }
    let own = visit.visitor()?.actor.units(Right::ManagePlan, today).into_iter().flatten();
    let named = own.map(|unit| {
        let name = snapshot.name(unit, today);
        format!("{} ({})", places::full_name(&name, lang), name.code)
    });
    let units = named.collect::<Vec<_>>().join(", ");
    Ok(lang.tell("directives-own-only", [("units", units.into())]))
}

fn fields(typed: &Typed, problems: &[Refused], others: &[&Directive], lang: Lang) -> Vec<Field> {
    let field = |((number, name), (label, hint)): ((u32, &'static str), (&str, &str))| {
        let hint = if hint.is_empty() { String::new() } else { lang.say(hint) };
        let value = typed.get(name).map_or("", String::as_str);
        let field = Field::line(name, lang.say(label), value).hinted(hint);
        let mut field = field.typed(typing(name, others, lang));
        for refused in problems.iter().filter(|refused| refused.at.column == number) {
            field.refuse(&refused.why, lang);
        }
        field
    };
    (1..).zip(COLUMNS).zip(WORDS).map(field).collect()
}

fn typing(column: &str, others: &[&Directive], lang: Lang) -> Typing {
    match column {
        "date" | "term_from" | "term_to" => Typing::Day,
        "title_vi" | "title_en" => Typing::Lines(3),
        "replaces" | "amends" => Typing::Lines(2),
        "implements" => {
            let none = (String::new(), lang.say("directive-no-other"));
            let choice = |it: &&Directive| {
                (it.code.clone(), format!("{}: {}", directives::name(it), lang.of(&it.title)))
            };
            Typing::Choice(std::iter::once(none).chain(others.iter().map(choice)).collect())
        }
        _ => Typing::Line,
    }
}
