//! The page of an indicator: its definition, its figure, its course, and the units below.

use domain::indicator::{Direction, Indicator};
use domain::item::Bilingual;
use domain::period::Period;
use domain::unit::UnitId;

use crate::answer::{FigureAnswer, IndicatorPage, UnitFigure, View};
use crate::error::Error;
use crate::figure::{self, course, figures, level_below, rows};
use crate::snapshot::Snapshot;

/// Period columns of the table at most.
const COLUMNS_MAX: usize = 12;

/// The page of an indicator; rows of a level, by default the next one below.
///
/// # Errors
/// The indicator is unknown, or the data contradict themselves.
pub fn page(
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    period: Period,
    view: View,
    level: Option<&str>,
) -> Result<IndicatorPage, Error> {
    let indicator = snapshot.indicator(code)?;
    let figure = figure::figure(snapshot, code, unit, period, view)?;
    let level = level
        .map(str::to_owned)
        .or_else(|| level_below(snapshot, unit, period, view))
        .unwrap_or_default();
    let columns = columns(snapshot, indicator, period);
    let mut rows = table(snapshot, indicator, unit, period, view, &level, &columns)?;
    if matches!(indicator.direction, Direction::Up | Direction::Down) {
        sort_by_value(&mut rows, indicator.direction);
    }
    let priority = indicator
        .priority
        .as_ref()
        .and_then(|code| snapshot.priorities.iter().find(|priority| priority.code == *code));
    let items: Vec<(String, Bilingual, Bilingual)> = indicator
        .formula
        .items()
        .into_iter()
        .filter_map(|reference| snapshot.item(&reference.code))
        .map(|item| (item.code.clone(), item.name.clone(), item.measure.clone()))
        .collect();
    Ok(IndicatorPage {
        priority: priority.map(|priority| priority.name.clone()),
        items,
        figure,
        above: snapshot.above(unit, snapshot.day_of(period, view)),
        course: course::course(snapshot, indicator, unit, period, view)?,
        columns,
        rows,
        level,
        change_days: snapshot.units.change_days(),
        periods: snapshot.periods(),
        as_of: snapshot.as_of.clone(),
        indicator: indicator.clone(),
    })
}

/// The base periods of the span, the newest ones when there are many.
fn columns(snapshot: &Snapshot, indicator: &Indicator, period: Period) -> Vec<Period> {
    let Some(frequency) = course::base_frequency(snapshot, indicator) else { return Vec::new() };
    let parts = snapshot.calendar().parts(period, frequency).unwrap_or_default();
    if parts.len() < 2 {
        return Vec::new();
    }
    parts.iter().skip(parts.len().saturating_sub(COLUMNS_MAX)).copied().collect()
}

fn table(
    snapshot: &Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    period: Period,
    view: View,
    level: &str,
    columns: &[Period],
) -> Result<Vec<UnitFigure>, Error> {
    let scopes = rows(snapshot, unit, period, view, level)?;
    let whole = figures(snapshot, indicator, period, view, &scopes)?;
    let mut by_row: Vec<Vec<FigureAnswer>> = vec![Vec::new(); whole.len()];
    for &column in columns {
        let figures = figures(snapshot, indicator, column, view, &scopes)?;
        for (row, figure) in by_row.iter_mut().zip(figures) {
            row.push(figure);
        }
    }
    let rows = whole.into_iter().zip(by_row);
    Ok(rows.map(|(figure, by_period)| UnitFigure { figure, by_period }).collect())
}

/// Best first; units without a value last, in tree order.
fn sort_by_value(rows: &mut [UnitFigure], direction: Direction) {
    rows.sort_by(|a, b| {
        let value =
            |row: &UnitFigure| row.figure.value.as_ref().ok().map(|quantity| quantity.value);
        match (value(a), value(b)) {
            (Some(a), Some(b)) if direction == Direction::Down => a.cmp(&b),
            (Some(a), Some(b)) => b.cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        }
    });
}
