//! What the grid's script needs to know: its words, what each field takes, and the rules of a row.

use actions::submissions::grid::GridPage;
use actions::submissions::{field_key, grid::Column};
use domain::form::{Rule, Severity};
use serde_json::{Value, json};

use crate::web::links;
use crate::web::visit::Visit;
use crate::wording::collecting;

/// The words of the script, by the names it knows them by.
const WORDS: [(&str, &str); 21] = [
    ("unsaved", "grid-unsaved"),
    ("wrong", "grid-wrong"),
    ("doubtful", "grid-doubtful"),
    ("notANumber", "grid-not-a-number"),
    ("whole", "grid-whole"),
    ("either", "grid-either"),
    ("pasteHeading", "paste-heading"),
    ("pasteNothing", "paste-nothing"),
    ("pasteLocked", "paste-locked"),
    ("pasteOutside", "paste-outside"),
    ("pasteTake", "paste-take"),
    ("pasteLeave", "paste-leave"),
    ("pasteChoose", "paste-choose"),
    ("unit", "nav-units"),
    ("item", "preview-item"),
    ("old", "preview-old"),
    ("new", "preview-new"),
    ("empty", "preview-empty"),
    ("history", "history-heading"),
    ("close", "history-close"),
    ("keys", "grid-keys"),
];

/// The text for the form's attribute.
pub(super) fn text(grid: &GridPage, visit: &Visit) -> String {
    let lang = visit.lang;
    let words: serde_json::Map<String, Value> = WORDS
        .into_iter()
        .map(|(name, key)| (name.to_owned(), Value::String(lang.say(key))))
        .collect();
    let column = |column: &Column| {
        json!({
            "key": field_key(&column.item, &column.class),
            "item": column.item,
            "name": collecting::named(&column.name, &column.class_name, lang),
            "scale": column.scale,
            "minimum": column.minimum.to_string(),
            "maximum": column.maximum.map(|maximum| maximum.to_string()),
            "range": collecting::range(column.minimum, column.maximum, lang),
        })
    };
    let rule = |rule: &Rule| {
        json!({
            "condition": rule.condition.source(),
            "items": rule.condition.items().iter().map(|item| item.code.clone()).collect::<Vec<_>>(),
            "message": lang.of(&rule.message),
            "stops": rule.severity == Severity::Error,
        })
    };
    json!({
        "words": words,
        "columns": grid.columns.iter().map(column).collect::<Vec<_>>(),
        "rules": grid.rules.iter().map(rule).collect::<Vec<_>>(),
        "history": links::cell_history(&grid.scope.form, grid.scope.period),
        "unit": grid.scope.unit.0,
    })
    .to_string()
}
