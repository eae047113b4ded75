//! Levels of review: who judges a submission, one level after the other.

use domain::access::{Actor, Right, Where};
use domain::collecting::CollectingProblem;
use domain::form::Form;
use domain::submission::{Deed, Doer, Progress, State};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::deeds::Done;

use super::sending;
use crate::door;
use crate::error::Error;
use crate::snapshot::Snapshot;

/// A level that judges a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    /// Its code; empty where anybody above may judge.
    code: String,
    /// The units whose people judge.
    units: Vec<UnitId>,
}

/// A submission on its way through the levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// How far it has come.
    pub progress: Progress,
    /// The codes of the levels that have accepted it, while it waits for another one.
    pub passed: Vec<String>,
    /// The code of the level it waits for, where there are several.
    pub next: Option<String>,
}

/// The levels that judge what a unit sends on a form, in their order. A level that does not stand
/// above the unit is passed over; where none is left, one person above judges.
pub(super) fn of(snapshot: &Snapshot, form: &Form, unit: UnitId, today: Date) -> Vec<Level> {
    let path = snapshot.path(unit, today);
    let is_at = |unit: &UnitId, code: &String| {
        let units = &snapshot.units;
        let version = units.version_on(*unit, today).or_else(|| units.last_version(*unit));
        version.is_some_and(|version| version.level == *code)
    };
    let mut levels = Vec::new();
    for code in &form.review {
        let above = path.iter().skip(1).copied();
        let units: Vec<UnitId> = above.filter(|unit| is_at(unit, code)).collect();
        if !units.is_empty() {
            levels.push(Level { code: code.clone(), units });
        }
    }
    if levels.is_empty() {
        levels.push(Level { code: String::new(), units: path });
    }
    levels
}

/// How many levels there are.
pub(super) fn count(levels: &[Level]) -> u32 {
    u32::try_from(levels.len()).unwrap_or(u32::MAX)
}

/// The way of a submission through its levels.
pub(super) fn course(levels: &[Level], progress: Progress) -> Course {
    let (mut passed, mut next) = (Vec::new(), None);
    if levels.len() > 1 && progress.state == State::Submitted {
        let codes = || levels.iter().map(|level| level.code.clone());
        passed.extend(codes().take(waits_at(levels, progress)));
        next = codes().nth(waits_at(levels, progress));
    }
    Course { progress, passed, next }
}

/// The place of the level that judges next. A form that has fewer levels than before is judged by
/// its last one.
fn waits_at(levels: &[Level], progress: Progress) -> usize {
    let accepted = usize::try_from(progress.approvals).unwrap_or(usize::MAX);
    accepted.min(levels.len().saturating_sub(1))
}

/// Checks that an actor belongs to the level whose turn it is. An approval is taken back by the
/// level that gave it last, or by a later one.
pub(super) fn check(
    who: &Actor,
    levels: &[Level],
    progress: Progress,
    deed: Deed,
    today: Date,
) -> Result<(), Error> {
    let (right, judging) = judging(levels, progress, deed);
    let belongs = |level: &Level| who.may(right, Where { path: &level.units, day: today }).is_ok();
    if judging.iter().any(belongs) {
        return Ok(());
    }
    let level = judging.first().map(|level| level.code.clone()).unwrap_or_default();
    Err(CollectingProblem::OtherLevel { level }.into())
}

/// Which right judges at which levels: for an approval that is taken back, the one that gave it last
/// and all later ones.
fn judging(levels: &[Level], progress: Progress, deed: Deed) -> (Right, &[Level]) {
    let turn = waits_at(levels, progress);
    let (right, judging) = match deed {
        Deed::Reopen => {
            let last = Progress { approvals: progress.approvals.saturating_sub(1), ..progress };
            (Right::ReopenFigures, levels.get(waits_at(levels, last)..))
        }
        Deed::Approve | Deed::Return | Deed::Send | Deed::Correct => {
            (Right::ReviewFigures, levels.get(turn..=turn))
        }
    };
    (right, judging.unwrap_or_default())
}

/// Whether an actor belongs to one of the levels that come before a place.
pub(super) fn is_before(who: &Actor, levels: &[Level], place: usize, today: Date) -> bool {
    let belongs = |level: &Level| {
        who.may(Right::ReviewFigures, Where { path: &level.units, day: today }).is_ok()
    };
    levels.iter().take(place).any(belongs)
}

/// The approvals that stand: those since it was sent or opened again, and before it was returned.
pub(super) fn approvals(deeds: &[Done]) -> impl Iterator<Item = &Done> {
    let until = deeds.iter().rposition(|done| done.deed == Deed::Return).unwrap_or(deeds.len());
    let deeds = deeds.get(..until).unwrap_or(deeds);
    let since = deeds.iter().rev().take_while(|done| done.deed != Deed::Reopen);
    since.filter(|done| done.deed == Deed::Approve)
}

/// Whoever judges, and in whose place: by the first level to which they belong.
pub(super) fn by(
    who: &Actor,
    levels: &[Level],
    progress: Progress,
    deed: Deed,
    today: Date,
) -> door::Doer {
    let (right, judging) = judging(levels, progress, deed);
    let at = |level: &Level| {
        let at = Where { path: &level.units, day: today };
        who.may(right, at).is_ok().then(|| door::Doer::of(who, right, at))
    };
    judging.iter().find_map(at).unwrap_or_else(|| who.into())
}

/// What somebody is to a submission. What was done in the place of somebody is theirs too.
pub(super) fn doer(by: door::Doer, deeds: &[Done]) -> Doer {
    let is_own = |done: &Done| {
        let answering = [done.account, done.in_place_of];
        let judging = [by.account(), by.in_place_of()];
        judging.into_iter().any(|one| one.is_some() && answering.contains(&one))
    };
    if sending(deeds).is_some_and(is_own) {
        Doer::Sender
    } else if approvals(deeds).any(is_own) {
        Doer::Approver
    } else {
        Doer::Another
    }
}
