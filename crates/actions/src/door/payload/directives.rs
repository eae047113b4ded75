//! What entries carry about directives: what they say, the plans that they ask for, the files beside them.

use domain::call::{Call, Note};
use domain::directive::Directive;
use domain::kept_file::{Belongs, KeptFile};
use jiff::civil::Date;
use serde_json::Value;

use super::object;

/// A directive without its words, which are committed to.
#[must_use]
pub fn directive(directive: &Directive) -> Vec<u8> {
    let Directive { code: _, number, kind, issuer: _, issuer_unit, date, title: _, .. } = directive;
    let Directive { implements, replaces, amends, term: (from, to), .. } = directive;
    let day = |day: &Option<Date>| Value::from(day.map(|day| day.to_string()));
    object([
        ("issuer_unit", issuer_unit.as_deref().into()),
        ("number", number.as_str().into()),
        ("kind", kind.as_str().into()),
        ("date", day(date)),
        ("implements", implements.as_deref().into()),
        ("replaces", replaces.clone().into()),
        ("amends", amends.clone().into()),
        ("from", day(from)),
        ("to", day(to)),
    ])
}

/// The field under which the entry of a directive commits to its words.
pub(crate) const DIRECTIVE_WORDS: &str = "words";

/// What the entry of a directive commits to: who issued it and what it says, in both languages.
pub(crate) fn directive_words(directive: &Directive) -> Vec<u8> {
    let Directive { issuer, title, .. } = directive;
    let texts = [&issuer.vi, &issuer.en, &title.vi, &title.en].map(String::as_str);
    Value::from(texts.to_vec()).to_string().into_bytes()
}

/// What a directive asks units for.
#[must_use]
pub fn call(call: &Call) -> Vec<u8> {
    let Call { directive: _, issuer, units, due, asked_on, ended_on } = call;
    object([
        ("issuer", issuer.0.into()),
        ("units", units.iter().map(|unit| unit.0).collect::<Vec<i64>>().into()),
        ("due", due.to_string().into()),
        ("asked_on", asked_on.to_string().into()),
        ("ended_on", ended_on.map(|day| day.to_string()).into()),
    ])
}

/// What was noted of a unit's plan.
#[must_use]
pub fn note(note: &Note) -> Vec<u8> {
    let Note { directive: _, unit: _, issued_on, number } = note;
    object([
        ("issued_on", issued_on.map(|day| day.to_string()).into()),
        ("number", number.as_str().into()),
    ])
}

/// A kept file. What it is called and why it was taken away are free words, which are committed to.
#[must_use]
pub fn kept_file(file: &KeptFile) -> Vec<u8> {
    let KeptFile { id: _, belongs, name: _, sha256, kind, bytes, replaces, account, .. } = file;
    let (directive, task) = match belongs {
        Belongs::Directive(code) => (Some(code.as_str()), None),
        Belongs::Task(task) => (None, Some(task.0)),
    };
    object([
        ("directive", directive.into()),
        ("task", task.into()),
        ("sha256", sha256.as_str().into()),
        ("kind", kind.code().into()),
        ("bytes", (*bytes).into()),
        ("replaces", replaces.map(|file| file.0).into()),
        ("account", account.map(|account| account.0).into()),
        ("added_ms", file.added_ms.into()),
        ("removed_ms", file.removed.as_ref().map(|removed| removed.done_ms).into()),
    ])
}

/// What the entry of a kept file commits to, by field.
pub(crate) fn kept_file_words(file: &KeptFile) -> Vec<(&'static str, Vec<u8>)> {
    let name = ("file-name", file.name.clone().into_bytes());
    let removed = file.removed.iter();
    let because = removed.map(|removed| ("reason", removed.reason.clone().into_bytes()));
    std::iter::once(name).chain(because).collect()
}
