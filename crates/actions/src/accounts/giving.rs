//! Giving roles: who may give which, and the grant with its entry in the ledger.

use domain::access::{AccountId, Actor, Right, Role, brought_up, standard_roles};
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::grants::NewGrant;
use store::{Constraint, ReadTx, WriteTx, grants};

use super::{Draft, Moment};
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;

impl Snapshot {
    /// Checks that an actor may give a role on a unit, and says in whose place: whoever manages the accounts there gives the
    /// roles of collecting, and of what reaches further only what they hold there themselves.
    ///
    /// # Errors
    /// It may not; the right that is missing is named.
    pub(crate) fn giver(
        &self,
        who: &Actor,
        role: &Role,
        unit: Option<UnitId>,
        day: Date,
    ) -> Result<Doer, Error> {
        let giver = self.doer(who, Right::ManageAccounts, unit, day)?;
        for right in role.rights.iter().filter(|right| right.is_given_by_holders_only()) {
            self.check(who, *right, unit, day)?;
        }
        Ok(giver)
    }
}

/// The role with a code; every database begins with the standard roles.
pub(super) fn role(tx: &mut ReadTx<'_>, code: &str) -> Result<Role, Error> {
    let unknown = || Refusal::NotFound { noun: Noun::Role, key: code.to_owned() };
    Ok(roles(tx)?.into_iter().find(|role| role.code == code).ok_or_else(unknown)?)
}

/// All roles, also before the first was saved.
pub(super) fn roles(tx: &mut ReadTx<'_>) -> Result<Vec<Role>, Error> {
    let saved = grants::roles(tx)?;
    Ok(if saved.is_empty() { standard_roles() } else { saved })
}

/// Nobody gives themselves a role, whatever they may give to others.
pub(super) fn not_to_oneself(who: &Actor, account: AccountId) -> Result<(), EntranceProblem> {
    if who.is(account) { Err(EntranceProblem::RoleForOneself) } else { Ok(()) }
}

pub(super) fn give(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    draft: &Draft,
    by: Doer,
    moment: Moment,
) -> Result<(), Error> {
    save_standard_roles(tx, by, moment.now_ms)?;
    let new = NewGrant {
        account,
        role: draft.role.clone(),
        unit: draft.unit,
        validity: draft.validity,
        delegated_by: None,
        granted_by: by.account(),
        granted_ms: moment.now_ms,
    };
    save(tx, &new, by)
}

/// Saves a grant and records it.
pub(super) fn save(tx: &mut WriteTx<'_>, new: &NewGrant, by: Doer) -> Result<(), Error> {
    let known = grants::roles(tx)?.iter().any(|role| role.code == new.role);
    if !known {
        return Err(Refusal::NotFound { noun: Noun::Role, key: new.role.clone() }.into());
    }
    match grants::insert(tx, new) {
        Err(store::Error::Constraint { rule: Constraint::ForeignKey, .. }) => {
            let key = new.unit.map_or_else(String::new, |unit| unit.0.to_string());
            Err(Refusal::NotFound { noun: Noun::Unit, key }.into())
        }
        Err(other) => Err(other.into()),
        Ok(grant) => record_grant(tx, Kind::GrantGiven, by, grant, new.granted_ms),
    }
}

/// Every database begins with the standard roles; what an office changed of them stays.
fn save_standard_roles(tx: &mut WriteTx<'_>, who: Doer, now_ms: i64) -> Result<(), Error> {
    if grants::roles(tx)?.is_empty() {
        for role in standard_roles() {
            save_role(tx, &role, who, now_ms)?;
        }
    }
    Ok(())
}

pub(super) fn bring_up_roles(tx: &mut WriteTx<'_>, now_ms: i64) -> Result<usize, Error> {
    let former: Vec<Role> = grants::roles(tx)?.iter().filter_map(brought_up).collect();
    for role in &former {
        save_role(tx, role, Doer::Console, now_ms)?;
    }
    Ok(former.len())
}

/// Saves a role and records it.
pub(super) fn save_role(
    tx: &mut WriteTx<'_>,
    role: &Role,
    who: Doer,
    now_ms: i64,
) -> Result<(), Error> {
    grants::save_role(tx, role)?;
    let missing = || Error::Fault(format!("role {} is gone", role.code));
    let saved = grants::role_rows(tx)?.into_iter().find(|row| row.code == role.code);
    let content = payload::role(&saved.ok_or_else(missing)?);
    let deed = Deed::new(Kind::RoleSaved, &role.code, content);
    door::record(tx, who, now_ms, deed).map(drop)
}

/// Records a grant as it is now.
pub(super) fn record_grant(
    tx: &mut WriteTx<'_>,
    kind: Kind,
    who: impl Into<Doer>,
    grant: i64,
    now_ms: i64,
) -> Result<(), Error> {
    let missing = || Error::Fault(format!("grant {grant} is gone"));
    let held = grants::row(tx, grant)?.ok_or_else(missing)?;
    let unit = held.unit.map(UnitId);
    let deed = Deed::new(kind, grant.to_string(), payload::grant(&held)).about(unit);
    door::record(tx, who, now_ms, deed).map(drop)
}
