//! The overview: the priorities of a unit, how they stand and who lags.

use domain::indicator::{Direction, Indicator};
use domain::number::Fraction;
use domain::period::Period;
use domain::priority::{Origin, Priority};
use domain::status::Status;
use domain::unit::UnitId;

use crate::answer::{FigureAnswer, Overview, PriorityAnswer, View};
use crate::error::Error;
use crate::figure::{Scope, course, figures, level_below, rows};
use crate::snapshot::Snapshot;
use crate::{collection, figure};

/// Lagging units shown at most.
const LAGGING_MAX: usize = 5;

/// The overview of a unit for a span.
///
/// # Errors
/// The unit is unknown, or the data contradict themselves.
pub fn overview(
    snapshot: &Snapshot,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<Overview, Error> {
    let scope = Scope::of_unit(snapshot, unit, period, view);
    let priorities: Result<Vec<PriorityAnswer>, Error> = snapshot
        .priorities
        .iter()
        .filter(|priority| is_of(snapshot, priority, unit, snapshot.end_of(period)))
        .map(|priority| answer(snapshot, priority, unit, period, view))
        .collect();
    let day = snapshot.day_of(period, view);
    Ok(Overview {
        through: scope.through,
        unit: scope.unit,
        above: snapshot.above(unit, day),
        period,
        view,
        priorities: priorities?,
        forms: collection::forms(snapshot, unit, period),
        change_days: snapshot.units.change_days(),
        periods: snapshot.periods(),
        as_of: snapshot.as_of.clone(),
    })
}

/// Whether a unit has a priority on a day: those of the plan are everybody's, one that was made of a
/// proposal is that of the unit which chose it.
fn is_of(snapshot: &Snapshot, priority: &Priority, unit: UnitId, day: jiff::civil::Date) -> bool {
    snapshot.chosen(&priority.code).is_none_or(|chosen| match chosen.origin {
        Origin::Plan => true,
        Origin::Proposal => chosen.unit == unit && chosen.holds_on(day),
    })
}

fn answer(
    snapshot: &Snapshot,
    priority: &Priority,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<PriorityAnswer, Error> {
    let named = snapshot.chosen(&priority.code).filter(|it| it.origin == Origin::Proposal);
    let of_priority = |indicator: &&Indicator| match named {
        Some(chosen) => chosen.indicators.contains(&indicator.code),
        None => indicator.headline && indicator.priority.as_deref() == Some(priority.code.as_str()),
    };
    let mut headline: Vec<(Indicator, FigureAnswer)> = Vec::new();
    for indicator in snapshot.indicators.iter().filter(of_priority) {
        let figure = figure::figure(snapshot, &indicator.code, unit, period, view)?;
        headline.push((indicator.clone(), figure));
    }
    let statuses = headline.iter().map(|(_, figure)| figure.status);
    let status = worst(statuses);
    let is_behind = |(_, figure): &(Indicator, FigureAnswer)| figure.status == status;
    let lead = headline.iter().position(is_behind).unwrap_or(0);
    let (course, lagging) = match headline.get(lead) {
        Some((indicator, _)) => (
            course::course(snapshot, indicator, unit, period, view)?,
            lagging(snapshot, indicator, unit, period, view)?,
        ),
        None => (Vec::new(), Vec::new()),
    };
    Ok(PriorityAnswer {
        code: priority.code.clone(),
        name: priority.name.clone(),
        reason: priority.reason.clone(),
        owner: priority.owner.clone(),
        status,
        headline,
        course,
        lead,
        lagging,
    })
}

/// The worst status that says something; no data is worse than on track, better than behind.
fn worst(statuses: impl Iterator<Item = Status>) -> Status {
    let badness = |status: &Status| match status {
        Status::NotJudged => 0,
        Status::Met => 1,
        Status::OnTrack => 2,
        Status::NoData => 3,
        Status::Behind => 4,
        Status::FarBehind => 5,
    };
    statuses.max_by_key(badness).unwrap_or(Status::NotJudged)
}

/// The units below that are behind, furthest behind first; nobody where nothing is ranked.
pub(crate) fn lagging(
    snapshot: &Snapshot,
    indicator: &Indicator,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<Vec<FigureAnswer>, Error> {
    if indicator.direction == Direction::None {
        return Ok(Vec::new());
    }
    let Some(level) = level_below(snapshot, unit, period, view) else { return Ok(Vec::new()) };
    let scopes = rows(snapshot, unit, period, view, &level)?;
    let mut behind = figures(snapshot, indicator, period, view, &scopes)?;
    behind.retain(|figure| matches!(figure.status, Status::Behind | Status::FarBehind));
    behind.sort_by_key(share_of_planned);
    behind.truncate(LAGGING_MAX);
    Ok(behind)
}

/// How much of what was planned is there, as a sortable fraction; nothing first.
fn share_of_planned(figure: &FigureAnswer) -> Option<Fraction> {
    let value = figure.value.as_ref().ok()?.value;
    let planned = figure.target.as_ref()?.planned;
    value.checked_div(planned).ok()
}
