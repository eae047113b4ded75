//! The page of a unit: its names over time, its figures, and what it reports.

use domain::indicator::Indicator;
use domain::period::Period;
use domain::unit::{Carries, UnitId};

use crate::answer::{FigureAnswer, Relation, UnitPage, View};
use crate::error::Error;
use crate::figure::Scope;
use crate::snapshot::{Snapshot, unit_name};
use crate::{collection, figure};

/// The page of a unit.
///
/// # Errors
/// The unit is unknown, or the data contradict themselves.
pub fn page(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<UnitPage, Error> {
    let day = snapshot.day_of(period, view);
    let versions = snapshot.units.versions_of(unit);
    let versions: Vec<_> = versions
        .iter()
        .map(|version| (version.validity.from, version.validity.to, unit_name(version)))
        .collect();
    let order = snapshot.order_on(day);
    let below = order.position(unit).map_or_else(Vec::new, |position| {
        let children =
            order.subtree(position).filter(|&below| order.parent(below) == Some(position));
        children
            .filter_map(|below| order.units().get(below as usize))
            .map(|&below| snapshot.name(below, day))
            .collect()
    });
    let mut figures: Vec<(Indicator, FigureAnswer)> = Vec::new();
    for indicator in snapshot.indicators.iter() {
        let figure = figure::figure(snapshot, &indicator.code, unit, period, view)?;
        let says_something =
            figure.value.is_ok() || figure.target.is_some() || figure.completeness.expected > 0;
        if says_something {
            figures.push((indicator.clone(), figure));
        }
    }
    let scope = Scope::of_unit(snapshot, unit, period, view);
    Ok(UnitPage {
        unit: scope.unit,
        through: scope.through,
        above: snapshot.above(unit, day),
        below,
        versions,
        predecessors: relations(snapshot, unit, Side::Before),
        heirs: relations(snapshot, unit, Side::After),
        period,
        view,
        figures,
        forms: collection::forms(snapshot, unit, period),
        change_days: snapshot.units.change_days(),
        periods: snapshot.periods(),
        as_of: snapshot.as_of.clone(),
    })
}

/// Which end of a reorganisation's lines a unit stands at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

fn relations(snapshot: &Snapshot, unit: UnitId, side: Side) -> Vec<Relation> {
    let lines = snapshot.units.successions().iter();
    lines
        .filter_map(|line| {
            let (own, other) = match side {
                Side::Before => (line.to, line.from),
                Side::After => (line.from, line.to),
            };
            let other = other.filter(|_| own == Some(unit))?;
            let day = match side {
                Side::Before => line.date.yesterday().unwrap_or(line.date),
                Side::After => line.date,
            };
            Some(Relation {
                date: line.date,
                unit: snapshot.name(other, day),
                whole: line.carries == Carries::Whole,
                instrument: line.instrument.clone(),
            })
        })
        .collect()
}
