//! Tasks: giving them, taking them a step further, and the questions of the pages about them.

mod book;
pub mod check;
pub mod counts;
pub mod draft;
pub mod give;
pub mod import;
pub mod list;
pub mod listing;
pub mod page;
mod part;
pub mod people;
pub mod step;
pub mod together;

use domain::access::{AccountId, login};
use domain::refusal::{Noun, Refusal};
use domain::task::{Member, TaskId};
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

pub(crate) use book::TaskBook;
pub(crate) use step::waits_for_lead;

/// The account with a login, for somebody who is named with a task.
///
/// # Errors
/// There is none, or the database failed.
pub fn account_called(workspace: &Workspace, typed: &str) -> Result<AccountId, Error> {
    let unknown = || Refusal::NotFound { noun: Noun::Account, key: typed.trim().to_owned() };
    let login = login(typed).ok_or_else(unknown)?;
    let found = workspace.database.read_blocking(move |tx| -> Result<_, Error> {
        Ok(store::accounts::find_by_login(tx, &login)?)
    })?;
    Ok(found.ok_or_else(unknown)?.id)
}

/// Codes as people separate them.
pub fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\n']).map(str::trim).filter(|code| !code.is_empty())
}

/// Somebody in a team as people write them: `Hoàng Văn A, tổ trưởng`.
#[must_use]
pub fn member(line: &str) -> Option<Member> {
    let (name, duty) = line.split_once(',').unwrap_or((line, ""));
    let member = Member { name: name.trim().to_owned(), duty: duty.trim().to_owned() };
    (!member.name.is_empty()).then_some(member)
}

/// The error of a task that there is not.
fn missing(task: TaskId) -> Error {
    Refusal::NotFound { noun: Noun::Task, key: task.0.to_string() }.into()
}

/// A unit by kind and name, as refusals carry it.
pub(crate) fn called(snapshot: &Snapshot, unit: UnitId, day: Date) -> String {
    let name = snapshot.name(unit, day);
    format!("{} {}", name.kind, name.name)
}
