//! `tasks.csv` of a pack: templates of tasks. The file may be left out.

use std::path::Path;

use domain::priority::Priority;
use domain::refusal::{Noun, Wanted};
use domain::task::{TaskTemplate, TemplateDue};

use super::tables::{leads, not_found, optional, rows, words};
use crate::imports::Refusals;

/// The columns, in their order.
pub(super) const COLUMNS: [&str; 8] =
    ["code", "priority", "work_vi", "work_en", "lead", "product", "due", "due_said"];

/// Reads the file. None when anything in it was refused.
pub(super) fn templates(
    folder: &Path,
    priorities: Option<&[Priority]>,
    refusals: &mut Refusals,
) -> Option<Vec<TaskTemplate>> {
    if !folder.join("tasks.csv").exists() {
        return Some(Vec::new());
    }
    let columns = ["code", "work_vi", "product", "due"];
    rows(folder, "tasks.csv", Noun::Task, &columns, refusals, |table, row, _| {
        let priority = optional(table.field(row, "priority"));
        if let Some(code) = priority.as_deref()
            && !leads(priorities, |known| &known.code, code)
        {
            return Err(not_found(table, row, "priority", Noun::Priority, code));
        }
        let due = TemplateDue::from_code(table.field(row, "due"));
        table.filled(row, "work_vi", Wanted::Name)?;
        Ok(TaskTemplate {
            code: table.field(row, "code").to_owned(),
            priority,
            work: words(table, row, "work"),
            lead: table.field(row, "lead").to_owned(),
            product: table.filled(row, "product", Wanted::Name)?.to_owned(),
            due: due.ok_or_else(|| table.bad(row, "due", Wanted::KnownCode))?,
            due_said: table.field(row, "due_said").to_owned(),
        })
    })
}

/// A template as a row.
pub(super) fn row(template: &TaskTemplate) -> Vec<String> {
    let TaskTemplate { code, priority, work, lead, product, due, due_said } = template;
    let due = due.code();
    let priority = priority.as_deref().unwrap_or_default();
    [code, priority, &work.vi, &work.en, lead, product, &due, due_said].map(str::to_owned).to_vec()
}
