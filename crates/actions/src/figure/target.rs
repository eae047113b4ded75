//! The target beside a figure, the path to it, and how the figure stands.

use domain::expression::NodeKind;
use domain::indicator::Indicator;
use domain::item::Aggregate;
use domain::number::{Fraction, Quantity};
use domain::period::{Period, share_passed};
use domain::status::{Judgement, PeriodState, Status, judge};
use domain::target::{self, Growth, Target};
use domain::unit::UnitId;

use crate::answer::TargetAnswer;
use crate::snapshot::Snapshot;

/// The target for a unit's figure of a span: the one for this very span, else the one for the
/// shortest span around it. What is planned is planned for the end of `judged`.
pub(crate) fn of(
    snapshot: &Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    period: Period,
    judged: Period,
    value: Option<&Quantity>,
) -> Option<TargetAnswer> {
    let target = find(snapshot, indicator, unit, period)?;
    let (first, latest) = (target.first()?, target.latest()?);
    let calendar = snapshot.calendar();
    let first_day = |period: Period| calendar.days(period).0;
    if grows(snapshot, indicator) && first_day(period) != first_day(target.period) {
        // The last quarter's admissions alone say nothing about the year's target.
        return None;
    }
    let planned =
        target::planned(target, latest.value, judged, growth(snapshot, indicator), &calendar);
    Some(TargetAnswer {
        value: latest.value,
        first: (first.value != latest.value).then_some(first.value),
        period: target.period,
        share: value.and_then(|quantity| quantity.value.checked_div(latest.value).ok()),
        time_passed: share_passed(judged, target.period, &calendar),
        planned: planned.unwrap_or(latest.value),
        directive: latest.directive.clone(),
        reason: latest.reason.clone(),
    })
}

fn find<'a>(
    snapshot: &'a Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    period: Period,
) -> Option<&'a Target> {
    let calendar = snapshot.calendar();
    let length = |target: &&Target| {
        let (first, last) = calendar.days(target.period);
        last.since(first).map_or(i32::MAX, |span| span.get_days())
    };
    snapshot
        .targets(&indicator.code, unit)
        .iter()
        .filter(|target| target.period == period || target.period.contains(period))
        .min_by_key(length)
}

/// What the trajectory plans for the end of `at`, for the target of the span `whole`.
pub(crate) fn planned(
    snapshot: &Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    whole: Period,
    at: Period,
) -> Option<Fraction> {
    let target = find(snapshot, indicator, unit, whole)?;
    let latest = target.latest()?;
    let calendar = snapshot.calendar();
    target::planned(target, latest.value, at, growth(snapshot, indicator), &calendar).ok()
}

/// How a figure stands against its target and trajectory at the end of `judged`.
pub(crate) fn status(
    snapshot: &Snapshot,
    indicator: &Indicator,
    value: Option<&Quantity>,
    target: Option<&TargetAnswer>,
    judged: Period,
) -> Status {
    let calendar = snapshot.calendar();
    let end = |period: Period| calendar.days(period).1;
    let is_over = target.is_none_or(|target| end(judged) >= end(target.period));
    judge(&Judgement {
        quantity: value.copied(),
        target: target.map(|target| target.value),
        planned: target.map(|target| target.planned),
        direction: indicator.direction,
        period: if is_over { PeriodState::Over } else { PeriodState::Running },
        thresholds: snapshot.thresholds,
    })
}

/// Whether the figure grows from nothing over a target's span, so that a straight line is planned
/// from zero: flows do, and so does the part already reached of a fixed whole.
pub(crate) fn grows(snapshot: &Snapshot, indicator: &Indicator) -> bool {
    growth(snapshot, indicator) == Growth::FromZero
}

fn growth(snapshot: &Snapshot, indicator: &Indicator) -> Growth {
    let adds_up = |node: &domain::expression::Node| {
        node.items().iter().all(|reference| {
            snapshot
                .item(&reference.code)
                .is_some_and(|item| matches!(item.over_time, Aggregate::Sum | Aggregate::Max))
        })
    };
    let is_fixed = |node: &domain::expression::Node| {
        node.items().is_empty() || matches!(node.kind, NodeKind::Units { .. })
    };
    let from_zero = match indicator.formula.ratio() {
        Some((numerator, denominator)) => is_fixed(denominator) && adds_up(numerator),
        None => adds_up(indicator.formula.root()),
    };
    if from_zero { Growth::FromZero } else { Growth::Level }
}
