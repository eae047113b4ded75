//! The course of a figure: one point per base period of a span, beside its trajectory.

use domain::expression::ItemReference;
use domain::indicator::Indicator;
use domain::period::{Frequency, Period, SpanEnd};
use domain::unit::UnitId;

use super::scope::Scope;
use super::{figures, moments, target};
use crate::answer::{Point, View};
use crate::error::Error;
use crate::snapshot::Snapshot;

/// Points of a course at most.
const POINTS_MAX: usize = 60;

/// The course over the target's span, or over the year of the span asked for.
pub(crate) fn course(
    snapshot: &Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<Vec<Point>, Error> {
    let set = target::of(snapshot, indicator, unit, period, period, None);
    let whole = set.as_ref().map_or_else(|| year_of(period), |set| set.period);
    let Some(frequency) = base_frequency(snapshot, indicator) else { return Ok(Vec::new()) };
    let calendar = snapshot.calendar();
    let parts = calendar.parts(whole, frequency).unwrap_or_default();
    let grows = target::grows(snapshot, indicator);
    let known = moments::data_until(snapshot, indicator, period).unwrap_or(period);
    let mut points = Vec::new();
    for &base in parts.iter().take(POINTS_MAX) {
        let own = one(snapshot, indicator, unit, base, view)?;
        let running = match parts.first().filter(|_| grows) {
            Some(&first) => one(snapshot, indicator, unit, through(first, base), view)?.value,
            None => own.value.clone(),
        };
        // Beyond the span asked for, and beyond the data, the trajectory goes on and the figures
        // do not.
        let is_ahead = calendar.days(base).1 > calendar.days(known).1;
        let planned =
            set.as_ref().and_then(|_| target::planned(snapshot, indicator, unit, whole, base));
        points.push(Point {
            period: base,
            own: if is_ahead { Err(crate::answer::NoValue::NothingReported) } else { own.value },
            running: if is_ahead { Err(crate::answer::NoValue::NothingReported) } else { running },
            planned,
            completeness: own.completeness,
        });
    }
    Ok(points)
}

/// The span for which a figure says how far its target is reached at the end of a period: from the
/// start of the year for what grows over it, else the period itself.
pub(crate) fn to_date(
    snapshot: &Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    period: Period,
) -> Period {
    let is_set = target::of(snapshot, indicator, unit, period, period, None).is_some();
    if is_set || !target::grows(snapshot, indicator) {
        return period;
    }
    let parts = period.frequency().and_then(|frequency| {
        snapshot.calendar().parts(year_of(period), frequency)?.first().copied()
    });
    parts.map_or(period, |first| through(first, period))
}

/// The year around a period; for a longer one itself.
fn year_of(period: Period) -> Period {
    period.enclosing(Frequency::Yearly).unwrap_or(period)
}

fn one(
    snapshot: &Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<crate::answer::FigureAnswer, Error> {
    let scope = Scope::of_unit(snapshot, unit, period, view);
    let mut answers = figures(snapshot, indicator, period, view, &[scope])?;
    answers.pop().ok_or_else(|| Error::Fault("one scope gave no answer".to_owned()))
}

/// The span from the start of one base period to the end of another.
fn through(first: Period, last: Period) -> Period {
    match (end(first), end(last)) {
        (Some(start), Some(end)) if first != last => Period::Span(start, end),
        _ => last,
    }
}

fn end(period: Period) -> Option<SpanEnd> {
    match period {
        Period::Day(day) => Some(SpanEnd::Day(day)),
        Period::Month(year, month) => Some(SpanEnd::Month(year, month)),
        Period::Quarter(year, quarter) => Some(SpanEnd::Quarter(year, quarter)),
        Period::HalfYear(year, half) => Some(SpanEnd::Quarter(year, half * 2)),
        Period::Year(year) => Some(SpanEnd::Year(year)),
        Period::NineMonths(_) | Period::Week(..) | Period::Span(..) => None,
    }
}

/// The longest frequency among the items of a formula: the shortest span it can be given for.
pub(crate) fn base_frequency(snapshot: &Snapshot, indicator: &Indicator) -> Option<Frequency> {
    let frequency = |reference: &&ItemReference| {
        let item = snapshot.item(&reference.code)?;
        snapshot.form_of(item.id).map(|(_, form)| form.frequency)
    };
    indicator.formula.items().iter().filter_map(frequency).max()
}
