//! Parts of a task: who divides it, what stands in the way, and which parts a reader sees.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::access::{Actor, Right};
use domain::refusal::Refusal;
use domain::task::{Brief, Task, TaskId};
use domain::tasking::TaskingProblem;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;

use super::page::{found, may_see};
use super::{TaskBook, called, missing};
use crate::accounts::Moment;
use crate::error::Error;
use crate::snapshot::Snapshot;

/// What stands in the way of giving a part of a task in the name of a unit. A task that the giver may
/// not see is one that there is not: nothing is said of it.
pub(super) fn problem(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    (whole, issuer): (TaskId, UnitId),
) -> Result<Option<Refusal>, Error> {
    let known = match found(tx, whole) {
        Ok(known) => Some(known),
        Err(Error::Refused(_)) => None,
        Err(other) => return Err(other),
    };
    let seen = known.filter(|(task, brief)| may_see(snapshot, who, task, brief, moment).is_ok());
    let Some((task, brief)) = seen else {
        return match missing(whole) {
            Error::Refused(reasons) => Ok(reasons.into_iter().next().map(|reason| reason.why)),
            other => Err(other),
        };
    };
    let own = BTreeSet::from([issuer]);
    let divides = |unit| snapshot.stands_in(&own, unit, moment.today);
    if !divides(task.lead.unit) && !divides(brief.issuer) {
        let lead = called(snapshot, task.lead.unit, moment.today);
        let issuer = called(snapshot, brief.issuer, moment.today);
        return Ok(Some(TaskingProblem::PartOfOthers { lead, issuer }.into()));
    }
    let closed = TaskingProblem::WholeClosed { state: task.state };
    Ok((!task.state.is_open()).then(|| closed.into()))
}

/// The unit in whose name a reader gives parts of a task: its lead's, or its issuer's; rather one that
/// their roles name. None for those who give none of it.
pub(super) fn divider(
    snapshot: &Snapshot,
    who: &Actor,
    (task, brief): (&Task, &Brief),
    today: Date,
) -> Option<UnitId> {
    if !task.state.is_open() {
        return None;
    }
    let standing = |unit: UnitId| match snapshot.units.version_on(unit, today) {
        Some(_) => vec![unit],
        None => snapshot.heirs_on(unit, today),
    };
    let units = [task.lead.unit, brief.issuer].into_iter().flat_map(standing);
    let gives = |unit: &UnitId| snapshot.check(who, Right::GiveTasks, Some(*unit), today).is_ok();
    let units: Vec<UnitId> = units.filter(gives).collect();
    let own = who.units(Right::GiveTasks, today);
    units.iter().find(|unit| own.contains(&Some(**unit))).or(units.first()).copied()
}

/// The parts of a task that a reader may see, oldest first.
pub(super) fn parts<'b>(
    book: &'b TaskBook,
    whole: TaskId,
    sees: impl Fn(&Task, &Brief) -> bool,
) -> impl Iterator<Item = &'b Task> {
    let is_part = move |brief: &&Arc<Brief>| brief.origin.part_of == Some(whole);
    let of_brief = move |brief: &'b Arc<Brief>| {
        book.together(brief.id).filter(|task| sees(task, brief)).collect::<Vec<_>>()
    };
    book.briefs().iter().filter(is_part).flat_map(of_brief)
}
