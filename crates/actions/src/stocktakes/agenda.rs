//! The agenda of a stocktake: everything that is behind, late or undecided, worst first.

use std::cmp::Reverse;

use domain::difficulty::State;
use domain::hot_spot::{Candidate, Cause, Rule};
use domain::stocktake::{Item, Place, Topic};
use domain::task::Standing;
use domain::unit::UnitId;
use store::ReadTx;

use super::ITEMS_MAX;
use crate::accounts::Moment;
use crate::calls;
use crate::difficulties::DifficultyBook;
use crate::error::Error;
use crate::hot_spots::seek::{Found, Seeker};
use crate::snapshot::Snapshot;
use crate::tasks::TaskBook;

/// Days after a deadline in which a form that is missing is spoken about.
const FORM_DAYS: u16 = 30;

/// What an agenda is made from.
pub(super) struct Desk<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) book: &'a TaskBook,
    pub(super) difficulties: &'a DifficultyBook,
    pub(super) unit: UnitId,
    pub(super) moment: Moment,
}

/// Something to speak about: why, how bad it is, and which thing.
type Subject = (Topic, Reverse<u32>, String);

/// The agenda of a unit as of now.
pub(super) fn made(tx: &mut ReadTx<'_>, desk: &Desk<'_>) -> Result<Vec<Item>, Error> {
    let mut subjects = as_hot_spots(tx, desk)?;
    subjects.extend(late_plans(tx, desk)?);
    subjects.extend(difficulties(desk));
    subjects.sort();
    let mut items: Vec<Item> = Vec::new();
    for (topic, _, thing) in subjects {
        let is_known = items.iter().any(|item| (item.topic, &item.thing) == (topic, &thing));
        if is_known || items.len() == ITEMS_MAX {
            continue;
        }
        items.push(Item {
            number: u32::try_from(items.len() + 1).unwrap_or(u32::MAX),
            topic,
            thing,
            title: String::new(),
            place: Place::Kept,
            minutes: String::new(),
        });
    }
    Ok(items)
}

/// What could be a hot spot, however little of it there is: a meeting speaks about everything.
fn as_hot_spots(tx: &mut ReadTx<'_>, desk: &Desk<'_>) -> Result<Vec<Subject>, Error> {
    let rule = |cause: Cause| Rule {
        cause,
        at_least: u16::from(cause != Cause::TimeAsked && cause != Cause::Unconfirmed),
        within_days: (cause == Cause::Missing).then_some(FORM_DAYS),
        weight: 1,
        most: 0,
    };
    let rules = Cause::ALL.map(rule);
    let Desk { snapshot, book, unit, moment, .. } = *desk;
    let asked = store::tasks::asked_since(tx)?.into_iter().collect();
    // Plans and difficulties are sought below, with those that hot spots leave out.
    let (difficulties, calls, notes) = (&[], &[], &[]);
    let seeker = Seeker { snapshot, book, unit, moment, rules: &rules, difficulties, calls, notes };
    let found = seeker.found(&asked)?;
    let is_late = |(candidate, found): &(Candidate, Found<'_>)| match found {
        // A form that is not due yet, or that everybody has sent, is no subject.
        Found::Form { due, .. } => candidate.measure > 0 && *due < moment.today,
        Found::Figure(_) | Found::Tasks { .. } | Found::Difficulty(_) | Found::Plans { .. } => true,
    };
    let owed = found.into_iter().filter(is_late);
    let subject = |(one, _): (Candidate, Found<'_>)| {
        // Briefs are sorted by numbers of one length.
        let thing = one.thing.trim_start_matches('0').to_owned();
        (topic(one.cause), Reverse(one.measure), thing)
    };
    Ok(owed.map(subject).collect())
}

fn topic(cause: Cause) -> Topic {
    match cause {
        Cause::Behind => Topic::Behind,
        Cause::Overdue => Topic::LateTask,
        Cause::Missing => Topic::LateForm,
        Cause::TimeAsked | Cause::Unconfirmed => Topic::Undecided,
        Cause::Unanswered => Topic::Difficulty,
        Cause::PlansMissing => Topic::LatePlan,
    }
}

/// Directives whose plans are overdue, asked for by the unit or owed by it.
fn late_plans(tx: &mut ReadTx<'_>, desk: &Desk<'_>) -> Result<Vec<Subject>, Error> {
    let (all, notes) = calls::list::read(tx)?;
    let mut late = Vec::new();
    for call in all.iter().filter(|call| call.ended_on.is_none()) {
        let answers = calls::list::answers(desk.snapshot, call, &notes, desk.moment.today);
        let own = answers
            .iter()
            .filter(|answer| call.issuer == desk.unit || answer.unit.id == desk.unit)
            .filter(|answer| matches!(answer.standing, Standing::Overdue { .. }))
            .count();
        if own > 0 {
            let count = u32::try_from(own).unwrap_or(u32::MAX);
            late.push((Topic::LatePlan, Reverse(count), call.directive.clone()));
        }
    }
    Ok(late)
}

/// Difficulties that wait for the unit's answer, the oldest first.
fn difficulties(desk: &Desk<'_>) -> impl Iterator<Item = Subject> {
    let waits = desk.difficulties.all().iter();
    let waits = waits.filter(|one| one.state == State::Waiting && one.holder == desk.unit);
    waits.map(|one| {
        let days = (desk.moment.today - one.asked_on).get_days();
        let days = u32::try_from(days).unwrap_or_default();
        (Topic::Difficulty, Reverse(days), one.id.0.to_string())
    })
}
