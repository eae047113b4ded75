//! The units that a list of one unit can be shown of instead: those above it that the reader may look at,
//! and those right below.

use actions::answer::UnitName;
use actions::error::Error;
use domain::access::Right;
use domain::unit::UnitId;

use super::parts::Choosable;
use super::site::Site;
use super::visit::Visit;
use crate::wording::places;

/// The units to choose from, top first, the unit of the list chosen; none when there is no other.
pub(super) fn of(site: &Site, visit: &Visit, unit: UnitId) -> Result<Vec<Choosable>, Error> {
    let snapshot = site.workspace.snapshot()?;
    let all = snapshot.around(visit.actor(Right::SeeFigures)?, unit, site.today());
    let choosable = |one: &UnitName| Choosable {
        value: one.id.0.to_string(),
        label: places::full_name(one, visit.lang),
        chosen: one.id == unit,
    };
    Ok(if all.len() > 1 { all.iter().map(choosable).collect() } else { Vec::new() })
}
