//! Whoever administers: somebody stays who can give every role, on every day that has somebody now.

use domain::access::{AccountState, Grant, Right, Role};
use domain::entrance::EntranceProblem;
use domain::unit::{UnitId, Validity};
use jiff::civil::Date;
use store::{ReadTx, grants};

use crate::error::Error;
use crate::snapshot::Snapshot;

/// Checks that somebody else administers where these grants do, on each of their days from today on.
/// Only where nobody stands above, who could give the role again.
pub(super) fn stay_without(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    going: &[Grant],
    today: Date,
) -> Result<(), Error> {
    let is_above_all = |unit: UnitId| snapshot.path(unit, today).len() == 1;
    let matters = |grant: &Grant| administers(grant) && grant.unit.is_none_or(is_above_all);
    if !going.iter().any(matters) {
        return Ok(());
    }
    // Whoever is invited may never come, and so neither counts nor is missed.
    let held = grants::of_state(tx, AccountState::Active)?;
    let (going, staying): (Vec<Grant>, Vec<Grant>) =
        held.into_iter().partition(|grant| going.iter().any(|gone| gone.id == grant.id));
    for grant in going.into_iter().filter(matters) {
        let covers = |other: &&Grant| {
            administers(other) && (other.unit.is_none() || other.unit == grant.unit)
        };
        let days: Vec<Validity> =
            staying.iter().filter(covers).map(|other| other.validity).collect();
        if let Some(day) = grant.validity.first_day_without(&days, today) {
            return Err(EntranceProblem::LastAdministrator { day }.into());
        }
    }
    Ok(())
}

/// Whether a grant is somebody's own and gives every role: a loan ends with its lender.
fn administers(grant: &Grant) -> bool {
    grant.delegated_by.is_none() && gives_every_role(&grant.role)
}

fn gives_every_role(role: &Role) -> bool {
    Right::ALL
        .iter()
        .filter(|right| right.is_given_by_holders_only())
        .all(|right| role.rights.contains(right))
}
