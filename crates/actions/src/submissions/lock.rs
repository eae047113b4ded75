//! Locking a period of a form, and opening it again for a unit and all below.

use std::collections::BTreeMap;

use domain::access::{Actor, Right, Where};
use domain::collecting::CollectingProblem;
use domain::form::Form;
use domain::lock::{By, Decision, Lock, Turn, standing};
use domain::period::Period;
use domain::refusal::{Refusal, Wanted};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::locks::Decided;
use store::submissions::Around;
use store::{ReadTx, WriteTx};

use super::queue::names;
use super::{Occasion, account};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::door::{self, Kind, payload};
use crate::error::Error;
use crate::figures::is_assigned;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Decisions listed at most.
const DECISIONS_MAX: usize = 50;

/// The longest reason, in characters.
const REASON_MAX: usize = 1_000;

/// How a form's period stands for a unit and all below, and what a reader may do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodLock {
    /// How it stands.
    pub lock: Lock,
    /// Whose people can open it; none while it is open.
    pub opener: Option<UnitName>,
    /// The last day on which figures are taken without being asked; none without such a rule.
    pub last_day: Option<Date>,
    /// What the reader may do.
    pub may: May,
    /// What was decided about it for the unit, one above or one below, newest first.
    pub decisions: Vec<DecisionLine>,
}

/// How a form's period stands for one unit, as those who fill the form are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLock {
    /// How it stands.
    pub lock: Lock,
    /// Whose people can open it; none while it is open.
    pub opener: Option<UnitName>,
    /// The last day on which figures are taken without being asked; none without such a rule.
    pub last_day: Option<Date>,
    /// Why somebody locked it; empty while it is open, for a lock by the rule and without a reason.
    pub reason: String,
}

/// What a reader may do about a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Look at it.
    Look,
    /// Lock the period.
    Lock,
    /// Open it again.
    Open,
}

/// Something that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionLine {
    /// What.
    pub turn: Turn,
    /// For which unit and all below.
    pub unit: UnitName,
    /// The name of who decided it; empty for the console.
    pub name: String,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Why.
    pub reason: String,
}

/// What was decided about some periods of a form.
pub(crate) struct Locks<'a> {
    snapshot: &'a Snapshot,
    form: &'a Form,
    today: Date,
    decided: Vec<Decided>,
}

impl<'a> Locks<'a> {
    /// Reads it at once for all units.
    pub(crate) fn read(
        tx: &mut ReadTx<'_>,
        snapshot: &'a Snapshot,
        form: &'a Form,
        between: (Period, Period),
        today: Date,
    ) -> Result<Self, store::Error> {
        let decided = store::locks::between(tx, &form.code, between)?;
        Ok(Self { snapshot, form, today, decided })
    }

    /// How a period stands for a unit.
    pub(crate) fn of(&self, unit: UnitId, period: Period) -> Lock {
        let here = self.about(unit, period).map(|decided| decided.decision);
        standing(
            &here.collect::<Vec<Decision>>(),
            self.snapshot.last_day(self.form, period),
            self.today,
        )
    }

    /// How a period stands for a unit, with what those who fill its form have to know.
    pub(super) fn told(&self, unit: UnitId, period: Period) -> UnitLock {
        let lock = self.of(unit, period);
        let by = match lock {
            Lock::Locked(By::Unit(by)) => Some(by),
            Lock::Open | Lock::OpenUntil(_) | Lock::Locked(By::Rule) => None,
        };
        let newest = self.about(unit, period).filter(|it| Some(it.decision.unit) == by).last();
        UnitLock {
            opener: self.opener(lock, unit, period),
            last_day: self.snapshot.last_day(self.form, period),
            reason: newest.map(|decided| decided.reason.clone()).unwrap_or_default(),
            lock,
        }
    }

    /// What was decided about a unit, or about one above it today or at the period's end.
    fn about(&self, unit: UnitId, period: Period) -> impl Iterator<Item = &Decided> {
        let mut decided = self.decided.iter().filter(move |it| it.period == period).peekable();
        let mut path = Vec::new();
        if decided.peek().is_some() {
            path = self.snapshot.path(unit, self.today);
            let above = self.snapshot.above(unit, self.form.calendar.days(period).1);
            path.extend(above.into_iter().map(|above| above.id));
        }
        decided.filter(move |it| path.contains(&it.decision.unit))
    }

    /// Whose people can open a period for a unit.
    pub(super) fn opener(&self, lock: Lock, unit: UnitId, period: Period) -> Option<UnitName> {
        let opener = match lock {
            Lock::Open | Lock::OpenUntil(_) => return None,
            Lock::Locked(By::Unit(unit)) => unit,
            Lock::Locked(By::Rule) => *self.openers(unit, period).first()?,
        };
        Some(self.snapshot.name(opener, self.today))
    }

    /// The same by kind and name, as refusals carry it.
    fn opener_named(&self, lock: Lock, unit: UnitId, period: Period) -> String {
        let opener = self.opener(lock, unit, period);
        opener.map_or_else(String::new, |unit| format!("{} {}", unit.kind, unit.name))
    }

    /// The units whose people can open what the rule has locked: nobody does for themselves.
    fn openers(&self, unit: UnitId, period: Period) -> Vec<UnitId> {
        let mut path = self.snapshot.path(unit, self.today);
        let last = self.form.calendar.days(period).1;
        let units = &self.snapshot.units;
        let reports = units.version_on(unit, last).is_some_and(|version| {
            let asked = self.form.version(period);
            asked.is_some_and(|asked| is_assigned(units, &asked.assignment, version, last))
        });
        if reports && path.len() > 1 {
            path.remove(0);
            // The nearest unit above comes first.
            path.reverse();
        }
        path
    }

    /// What an actor may do about a lock.
    fn may(&self, who: &Actor, lock: Lock, unit: UnitId, period: Period) -> May {
        let reopens =
            |unit| self.snapshot.check(who, Right::ReopenFigures, Some(unit), self.today).is_ok();
        let (is_allowed, may) = match lock {
            Lock::Open | Lock::OpenUntil(_) => (reopens(unit), May::Lock),
            Lock::Locked(By::Unit(by)) => (reopens(by), May::Open),
            Lock::Locked(By::Rule) => {
                let path = self.openers(unit, period);
                let at = Where { path: &path, day: self.today };
                (who.may(Right::ReopenFigures, at).is_ok(), May::Open)
            }
        };
        if is_allowed { may } else { May::Look }
    }

    /// Everything about a period for a unit.
    pub(super) fn page(
        &self,
        tx: &mut ReadTx<'_>,
        who: &Actor,
        unit: UnitId,
        period: Period,
    ) -> Result<PeriodLock, Error> {
        let lock = self.of(unit, period);
        let about: Vec<i64> = self.about(unit, period).map(|decided| decided.id).collect();
        let is_below =
            |it: &Decided| self.snapshot.path(it.decision.unit, self.today).contains(&unit);
        let names = if self.decided.is_empty() { BTreeMap::new() } else { names(tx)? };
        let newest = self.decided.iter().rev().filter(|it| it.period == period);
        let concerned = newest.filter(|it| about.contains(&it.id) || is_below(it));
        let decisions = concerned.take(DECISIONS_MAX).map(|decided| DecisionLine {
            turn: decided.decision.turn,
            unit: self.snapshot.name(decided.decision.unit, self.today),
            name: decided.account.and_then(|it| names.get(&it)).cloned().unwrap_or_default(),
            done_ms: decided.done_ms,
            reason: decided.reason.clone(),
        });
        let decisions = decisions.collect();
        Ok(PeriodLock {
            lock,
            opener: self.opener(lock, unit, period),
            last_day: self.snapshot.last_day(self.form, period),
            may: self.may(who, lock, unit, period),
            decisions,
        })
    }
}

/// Checks that figures of an occasion are still taken.
pub(super) fn check(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    occasion: &Occasion,
    around: &Around,
    today: Date,
) -> Result<(), Error> {
    let Occasion { form, unit, period } = occasion;
    let form = snapshot.form(form)?.1;
    let locks = if around.is_decided {
        Locks::read(tx, snapshot, form, (*period, *period), today)?
    } else {
        Locks { snapshot, form, today, decided: Vec::new() }
    };
    match locks.of(*unit, *period) {
        Lock::Open | Lock::OpenUntil(_) => Ok(()),
        lock @ Lock::Locked(_) => {
            let opener = locks.opener_named(lock, *unit, *period);
            Err(CollectingProblem::Locked { period: *period, opener }.into())
        }
    }
}

/// Locks a form's period for a unit and all below, or opens it again up to a day.
///
/// # Errors
/// The actor may not; it is locked already, or not locked; the day is over; an opening has no
/// reason; the form is not of such periods; or the database failed.
pub fn decide(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    occasion: &Occasion,
    turn: Turn,
    reason: &str,
) -> Result<(), Error> {
    let Occasion { form: code, unit, period } = occasion;
    let form = snapshot.form(code)?.1;
    if period.frequency() != Some(form.frequency) {
        let why = Refusal::BadValue { text: period.to_string(), wanted: Wanted::Period };
        return Err(why.into());
    }
    let by = snapshot.doer(who, Right::ReopenFigures, Some(*unit), moment.today)?;
    let locks = Locks::read(tx, snapshot, form, (*period, *period), moment.today)?;
    let lock = locks.of(*unit, *period);
    let reason: String = reason.trim().chars().take(REASON_MAX).collect();
    match (turn, lock) {
        (Turn::Lock, Lock::Open | Lock::OpenUntil(_)) => {}
        (Turn::Lock, Lock::Locked(_)) => return Err(CollectingProblem::LockedAlready.into()),
        (Turn::Open { .. }, Lock::Open | Lock::OpenUntil(_)) => {
            return Err(CollectingProblem::NotLocked.into());
        }
        (Turn::Open { until }, Lock::Locked(_)) => {
            if locks.may(who, lock, *unit, *period) != May::Open {
                let opener = locks.opener_named(lock, *unit, *period);
                return Err(CollectingProblem::OthersOpen { opener }.into());
            }
            if until < moment.today {
                return Err(CollectingProblem::OpenUntilPast { until }.into());
            }
            if reason.is_empty() {
                return Err(CollectingProblem::OpenWithoutReason.into());
            }
        }
    }
    let decided = Decided {
        id: store::locks::next_id(tx)?,
        form: code.clone(),
        period: *period,
        decision: Decision { unit: *unit, turn },
        account: account(who),
        done_ms: moment.now_ms,
        reason,
    };
    store::locks::insert(tx, &decided)?;
    let kind = match turn {
        Turn::Lock => Kind::PeriodLocked,
        Turn::Open { .. } => Kind::PeriodOpened,
    };
    let deed = door::Deed::new(kind, decided.id.to_string(), payload::lock(&decided));
    door::record(tx, by, moment.now_ms, deed.about(Some(*unit))).map(drop)
}

impl Workspace {
    /// Locks a form's period for a unit and all below.
    ///
    /// # Errors
    /// See [`decide`].
    pub fn lock_period(
        &self,
        who: &Actor,
        moment: Moment,
        occasion: Occasion,
        reason: String,
    ) -> Result<(), Error> {
        let actor = who.clone();
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            decide(tx, snapshot, (&actor, moment), &occasion, Turn::Lock, &reason)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Opens a form's period again for a unit and all below, up to and including a day.
    ///
    /// # Errors
    /// See [`decide`].
    pub fn open_period(
        &self,
        who: &Actor,
        moment: Moment,
        occasion: Occasion,
        until: Date,
        reason: String,
    ) -> Result<(), Error> {
        let actor = who.clone();
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            decide(tx, snapshot, (&actor, moment), &occasion, Turn::Open { until }, &reason)
        });
        self.noting_denials(done, who, moment.now_ms)
    }
}
