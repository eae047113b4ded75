//! One figure: an indicator of a unit for a span, with its target, status and completeness.

pub(crate) mod course;
mod evaluate;
mod expected;
mod moments;
mod scope;
mod target;

use domain::expression::Node;
use domain::indicator::Indicator;
use domain::period::Period;
use domain::status::Status;
use domain::unit::UnitId;

use crate::answer::{FigureAnswer, NoValue, View};
use crate::error::Error;
use crate::snapshot::Snapshot;

pub(crate) use moments::{ItemFigures, base_periods};
pub(crate) use scope::{Scope, level_below, rows};

/// The figure of an indicator for a unit, a span and a view.
///
/// # Errors
/// The indicator or the unit is unknown.
pub fn figure(
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<FigureAnswer, Error> {
    let indicator = snapshot.indicator(code)?;
    let scope = Scope::of_unit(snapshot, unit, period, view);
    let mut answers = figures(snapshot, indicator, period, view, &[scope])?;
    answers.pop().ok_or_else(|| Error::Fault("one scope gave no answer".to_owned()))
}

/// The figures of an indicator for the units of a level below a unit, in tree order.
///
/// # Errors
/// The indicator is unknown.
pub fn figures_by_level(
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    period: Period,
    view: View,
    level: &str,
) -> Result<Vec<FigureAnswer>, Error> {
    let indicator = snapshot.indicator(code)?;
    let scopes = rows(snapshot, unit, period, view, level)?;
    figures(snapshot, indicator, period, view, &scopes)
}

/// The figures of an indicator for several scopes, in their order.
pub(crate) fn figures(
    snapshot: &Snapshot,
    indicator: &Indicator,
    period: Period,
    view: View,
    scopes: &[Scope],
) -> Result<Vec<FigureAnswer>, Error> {
    let items = ItemFigures::of(snapshot, indicator, period, scopes)?;
    let data_until = moments::data_until(snapshot, indicator, period);
    let judged = data_until.unwrap_or(period);
    let answer = |(index, scope): (usize, &Scope)| {
        let value = items.evaluate(snapshot, indicator.formula.root(), index, scope);
        let value = if scope.in_force { value } else { Err(NoValue::UnitNotInForce) };
        let parts = indicator.formula.ratio().and_then(|(numerator, denominator)| {
            let side = |node: &Node| items.evaluate(snapshot, node, index, scope).ok();
            side(numerator).zip(side(denominator))
        });
        let completeness = items.completeness(index);
        let reported = value.as_ref().ok();
        let set = target::of(snapshot, indicator, scope.unit.id, period, judged, reported);
        let is_asked = reported.is_some() || completeness.expected > 0;
        // Who is not asked cannot fall behind.
        let status = if is_asked {
            target::status(snapshot, indicator, reported, set.as_ref(), judged)
        } else {
            Status::NotJudged
        };
        FigureAnswer {
            indicator: indicator.code.clone(),
            unit: scope.unit.clone(),
            period,
            data_until,
            view,
            through: scope.through,
            value,
            parts,
            target: set,
            status,
            completeness,
        }
    };
    Ok(scopes.iter().enumerate().map(answer).collect())
}
