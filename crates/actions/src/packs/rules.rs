//! The validation rules of a pack: `rules.csv`, each put beside the other rules of its form.

use std::collections::BTreeMap;
use std::path::Path;

use domain::expression::{Formula, Kind, Node, NodeKind, Offset, Reach};
use domain::form::{Form, Rule, Severity};
use domain::item::{Bilingual, Item};
use domain::refusal::{Noun, Refusal, Refused, Wanted};

use super::tables::{formula, known, not_found, rows, words};
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
        let code = table.field(row, "form");
        let rule = rule(table, row, by_code.as_ref(), refusals)?;
        let (Some(forms), Some(items)) = (&mut forms, &by_code) else { return Ok(()) };
        let form = forms.iter_mut().find(|form| form.code == code);
        let form = form.ok_or_else(|| not_found(table, row, "form", Noun::Form, code))?;
        for why in outside(&rule.condition, form, items) {
            refusals.push(table.refused(row, "expression", why));
        }
        form.rules.push(rule);
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

/// What a condition looks at that does not stand in one submission of the form.
fn outside(condition: &Formula, form: &Form, items: &BTreeMap<&str, &Item>) -> Vec<Refusal> {
    let mut outside = Vec::new();
    for reference in condition.items() {
        let item = items.get(reference.code.as_str());
        if item.is_none_or(|item| !form.items.contains(&item.id)) {
            let (item, form) = (reference.code.clone(), form.code.clone());
            outside.push(Refusal::ItemNotOnForm { item, form });
        }
        if (reference.offset, reference.reach) != (Offset::Same, Reach::Period) {
            outside.push(Refusal::RuleLooksBeyond { part: reference.to_string() });
        }
    }
    let mut open: Vec<&Node> = vec![condition.root()];
    while let Some(node) = open.pop() {
        if let NodeKind::Units { level } = &node.kind {
            outside.push(Refusal::RuleLooksBeyond { part: format!("units({level})") });
        }
        open.extend(node.children());
    }
    outside
}
