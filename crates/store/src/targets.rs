//! Targets: values to reach. Versions are added, never changed.

use domain::number::Fraction;
use domain::period::Period;
use domain::target::{Target, TargetVersion};

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::json;
use crate::stored;
use crate::value::args;

statements! {
    ALL = "select t.indicator, t.unit, t.period, t.trajectory, v.date, v.value, v.reason,
               v.directive
           from target t join target_version v
               on v.indicator = t.indicator and v.unit = t.unit and v.period = t.period
           order by t.position";
    INSERT = "insert into target (indicator, unit, period, trajectory, position)
              values ($1, $2, $3, $4, (select coalesce(max(position), 0) + 1 from target))
              on conflict (indicator, unit, period) do nothing";
    INSERT_VERSION = "insert into target_version (indicator, unit, period, date, value, reason,
                          directive)
                      values ($1, $2, $3, $4, $5, $6, $7)";
    SAVE_TRAJECTORY = "update target set trajectory = $1
                       where indicator = $2 and unit = $3 and period = $4";
}

/// All targets in the order in which they were first set, each with its versions, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Target>> {
    let mut targets: Vec<Target> = Vec::new();
    tx.each(ALL, args![], |row| {
        let version = read_version(row)?;
        let (indicator, unit) = (row.text(0)?, row.get(1)?);
        let period = row.code(2, "a period", stored::period_from)?;
        match targets.last_mut() {
            Some(last)
                if last.indicator == indicator && last.unit == unit && last.period == period =>
            {
                last.versions.push(version);
            }
            _ => targets.push(Target {
                indicator: indicator.to_owned(),
                unit,
                period,
                versions: vec![version],
                trajectory: read_trajectory(row.text(3)?)?,
            }),
        }
        Ok(())
    })?;
    for target in &mut targets {
        target.versions.sort_by_key(|version| version.date);
    }
    Ok(targets)
}

/// Adds a version to the target with the indicator, unit and period of `target`; the first one also
/// brings its trajectory.
///
/// # Errors
/// The target has a version of that day, or the indicator or unit does not exist (constraints); the
/// database failed.
pub fn insert_version(
    tx: &mut WriteTx<'_>,
    target: &Target,
    version: &TargetVersion,
) -> Result<()> {
    let Target { indicator, unit, period, versions: _, trajectory } = target;
    let period = period.to_string();
    tx.execute(INSERT, args![indicator, *unit, &period, &write_trajectory(trajectory)])?;
    let TargetVersion { date, value, reason, directive } = version;
    let (date, value) = (date.to_string(), stored::fraction(*value));
    let args = args![indicator, *unit, &period, &date, &value, reason, directive];
    tx.execute(INSERT_VERSION, args).map(drop)
}

/// Replaces the planned points of a target; gives back whether there is such a target.
///
/// # Errors
/// The database failed.
pub fn save_trajectory(tx: &mut WriteTx<'_>, target: &Target) -> Result<bool> {
    let Target { indicator, unit, period, versions: _, trajectory } = target;
    let (period, trajectory) = (period.to_string(), write_trajectory(trajectory));
    Ok(tx.execute(SAVE_TRAJECTORY, args![&trajectory, indicator, *unit, &period])? > 0)
}

fn read_version(row: &Row<'_>) -> Result<TargetVersion> {
    Ok(TargetVersion {
        date: row.get(4)?,
        value: row.code(5, "a fraction", stored::fraction_from)?,
        reason: row.get(6)?,
        directive: row.get(7)?,
    })
}

fn write_trajectory(points: &[(Period, Fraction)]) -> String {
    let points: Vec<(String, String)> = points
        .iter()
        .map(|(period, value)| (period.to_string(), stored::fraction(*value)))
        .collect();
    json::write(&points)
}

fn read_trajectory(text: &str) -> Result<Vec<(Period, Fraction)>> {
    let points: Vec<(String, String)> = json::read(text, "planned points")?;
    let unreadable = || Error::Unreadable { what: "planned points", found: text.to_owned() };
    points
        .iter()
        .map(|(period, value)| {
            let (period, value) = (stored::period_from(period)?, stored::fraction_from(value)?);
            Some((period, value))
        })
        .collect::<Option<_>>()
        .ok_or_else(unreadable)
}
