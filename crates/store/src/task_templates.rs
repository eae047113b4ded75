//! Templates of tasks.

use domain::task::{TaskTemplate, TemplateDue};

use crate::engine::{ReadTx, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select code, priority, work_vi, work_en, lead, product, due, due_said
           from task_template order by position";
    SAVE = "insert into task_template (code, priority, work_vi, work_en, lead, product, due,
                due_said, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8,
                (select coalesce(max(position), 0) + 1 from task_template))
            on conflict (code) do update set priority = excluded.priority,
                work_vi = excluded.work_vi, work_en = excluded.work_en, lead = excluded.lead,
                product = excluded.product, due = excluded.due, due_said = excluded.due_said,
                position = excluded.position";
}

/// All of them, in the order in which they were saved.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<TaskTemplate>> {
    tx.all(ALL, args![], |row| {
        Ok(TaskTemplate {
            code: row.get(0)?,
            priority: row.get(1)?,
            work: row.bilingual(2)?,
            lead: row.get(4)?,
            product: row.get(5)?,
            due: row.code(6, "when a task is due", TemplateDue::from_code)?,
            due_said: row.get(7)?,
        })
    })
}

/// Saves a template under its code, as the last in order.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, template: &TaskTemplate) -> Result<()> {
    let TaskTemplate { code, priority, work, lead, product, due, due_said } = template;
    let due = due.code();
    let priority = priority.as_deref();
    let args = args![code, priority, &work.vi, &work.en, lead, product, &due, due_said];
    tx.execute(SAVE, args).map(drop)
}
