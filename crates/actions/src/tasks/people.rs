//! The people who can be named with tasks of a unit.

use std::collections::BTreeMap;

use domain::access::{AccountId, AccountState, Actor, Grant, Right};
use domain::unit::UnitId;
use store::ReadTx;

use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// The most people that are offered.
const PEOPLE_MAX: usize = 500;

/// Somebody who can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What they sign in with.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Where they do or give tasks.
    pub unit: UnitName,
}

impl Workspace {
    /// The people who give tasks in a unit or do them there or right below, by unit and name, at most
    /// five hundred.
    ///
    /// # Errors
    /// The actor gives no tasks in the unit, or the database failed.
    pub fn people_for_tasks(
        &self,
        who: &Actor,
        moment: Moment,
        issuer: UnitId,
    ) -> Result<Vec<Person>, Error> {
        let snapshot = self.snapshot()?;
        snapshot.check(who, Right::GiveTasks, Some(issuer), moment.today)?;
        self.database.read_blocking(move |tx| people(tx, &snapshot, moment, issuer))
    }
}

fn people(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    moment: Moment,
    issuer: UnitId,
) -> Result<Vec<Person>, Error> {
    let below = snapshot.units.below(issuer, moment.today).map(|version| version.unit);
    let places: Vec<UnitId> = std::iter::once(issuer).chain(below).collect();
    let place = |unit: Option<UnitId>| places.iter().position(|known| Some(*known) == unit);
    let concerns = |grant: &Grant| {
        let rights = &grant.role.rights;
        let does = rights.contains(&Right::DoTasks);
        let gives = rights.contains(&Right::GiveTasks) && grant.unit == Some(issuer);
        grant.delegated_by.is_none() && grant.validity.holds_on(moment.today) && (does || gives)
    };
    let mut found: BTreeMap<AccountId, (usize, UnitId)> = BTreeMap::new();
    for grant in store::grants::of_state(tx, AccountState::Active)? {
        if let (true, Some(index), Some(unit)) = (concerns(&grant), place(grant.unit), grant.unit) {
            let first = found.entry(grant.account).or_insert((index, unit));
            *first = (*first).min((index, unit));
        }
    }
    let mut placed: Vec<(usize, Person)> = Vec::new();
    for (id, (index, unit)) in found {
        if let Some(account) = store::accounts::find(tx, id)? {
            let unit = snapshot.name(unit, moment.today);
            placed.push((index, Person { login: account.login, name: account.name, unit }));
        }
    }
    placed.sort_by(|(one, a), (other, b)| (one, &a.name).cmp(&(other, &b.name)));
    Ok(placed.into_iter().take(PEOPLE_MAX).map(|(_, person)| person).collect())
}
