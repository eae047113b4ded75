//! The validation rules of a pack: `rules.csv`, each put beside the other rules of its form's version.

use std::collections::BTreeMap;
use std::path::Path;

use domain::expression::Kind;
use domain::form::{Form, Rule, Severity, outside};
use domain::item::{Bilingual, Item};
use domain::refusal::{Noun, Refused, Wanted};

use super::forms::version_of;
use super::tables::{formula, known, rows, words};
use crate::imports::Refusals;
use crate::table::{Table, TableRow};

const FILE: &str = "rules.csv";

/// Reads the rules, in the order of the file, and gives each to its form. A pack need not have any.
///
/// What was refused in the tables of items and forms is not looked at again here.
pub(super) fn give(
    folder: &Path,
    items: Option<&[Item]>,
    mut forms: Option<&mut Vec<Form>>,
    refusals: &mut Refusals,
) {
    if !folder.join(FILE).exists() {
        return;
    }
    let by_code: Option<BTreeMap<&str, &Item>> =
        items.map(|items| items.iter().map(|item| (item.code.as_str(), item)).collect());
    let columns = ["form", "code", "severity", "expression", "message_vi", "message_en"];
    rows(folder, FILE, Noun::Rule, &columns, refusals, |table, row, refusals| {
        let form = table.field(row, "form");
        let rule = rule(table, row, by_code.as_ref(), refusals)?;
        let (Some(forms), Some(items)) = (&mut forms, &by_code) else { return Ok(()) };
        let version = version_of(table, row, forms)?;
        let is_asked = |code: &str| items.get(code).is_some_and(|item| version.asks(item.id));
        for why in outside(&rule.condition, form, &is_asked) {
            refusals.push(table.refused(row, "expression", why));
        }
        version.rules.push(rule);
        Ok(())
    });
}

fn rule(
    table: &Table,
    row: &TableRow,
    items: Option<&BTreeMap<&str, &Item>>,
    refusals: &mut Refusals,
) -> Result<Rule, Refused> {
    let condition = formula(table, row, "expression", Kind::Truth, items, refusals)?;
    table.filled(row, "message_vi", Wanted::Name)?;
    table.filled(row, "message_en", Wanted::Name)?;
    let message: Bilingual = words(table, row, "message");
    Ok(Rule {
        code: table.field(row, "code").to_owned(),
        severity: known(table, row, "severity", Severity::from_code)?,
        condition,
        message,
    })
}
