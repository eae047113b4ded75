//! Tasks: giving them, taking them a step further, and the questions of the pages about them.

mod book;
pub mod give;
pub mod list;
pub mod page;
pub mod step;

use domain::refusal::{Noun, Refusal};
use domain::task::TaskId;
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::error::Error;
use crate::snapshot::Snapshot;

pub(crate) use book::TaskBook;

/// The error of a task that there is not.
fn missing(task: TaskId) -> Error {
    Refusal::NotFound { noun: Noun::Task, key: task.0.to_string() }.into()
}

/// A unit by kind and name, as refusals carry it.
fn called(snapshot: &Snapshot, unit: UnitId, day: Date) -> String {
    let name = snapshot.name(unit, day);
    format!("{} {}", name.kind, name.name)
}
