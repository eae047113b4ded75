//! Finding people among those whom somebody manages.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::{Account, AccountId, Actor, Right};
use domain::text;
use domain::unit::UnitId;
use store::{accounts, grants};

use super::{AccountLine, Moment, known, manages, may_anywhere, unknown};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::search::rank_of_key;

impl Entrance {
    /// The people whom an actor manages and whose name or login holds a text, best first; nobody for
    /// those who manage nobody.
    ///
    /// # Errors
    /// The database failed.
    pub fn find_people(
        &self,
        who: &Actor,
        text: &str,
        people_max: usize,
        moment: Moment,
    ) -> Result<Vec<Account>, Error> {
        let wanted = text::search_key(text);
        if wanted.is_empty() || may_anywhere(who, Right::ManageAccounts, moment.today).is_err() {
            return Ok(Vec::new());
        }
        let (snapshot, who) = (self.workspace.snapshot()?, who.clone());
        self.database().read_blocking(move |tx| {
            let rank = |account: &Account| {
                let keys = [text::search_key(&account.name), account.login.clone()];
                keys.iter().filter_map(|key| rank_of_key(&wanted, key)).min()
            };
            let all = accounts::all(tx)?.into_iter();
            let mut found: Vec<(u8, Account)> =
                all.filter_map(|account| rank(&account).map(|rank| (rank, account))).collect();
            if found.is_empty() {
                return Ok(Vec::new());
            }
            found.sort_by_key(|(rank, account)| (*rank, account.id));
            // Where everybody's roles are is asked once, and each unit is judged once.
            let mut places: BTreeMap<AccountId, BTreeSet<Option<UnitId>>> = BTreeMap::new();
            for (account, unit) in grants::places(tx)? {
                places.entry(account).or_default().insert(unit);
            }
            let mut judged: BTreeMap<Option<UnitId>, bool> = BTreeMap::new();
            let mut is_managed = |unit: &Option<UnitId>| {
                *judged.entry(*unit).or_insert_with(|| {
                    snapshot.check(&who, Right::ManageAccounts, *unit, moment.today).is_ok()
                })
            };
            let managed = found.into_iter().map(|(_, account)| account).filter(|account| {
                places.get(&account.id).is_some_and(|units| units.iter().any(&mut is_managed))
            });
            Ok(managed.take(people_max).collect())
        })
    }

    /// One account that the actor manages, with what it holds.
    ///
    /// # Errors
    /// The actor manages no such account, or the database failed.
    pub fn account(
        &self,
        who: &Actor,
        id: AccountId,
        moment: Moment,
    ) -> Result<AccountLine, Error> {
        let snapshot = self.workspace.snapshot()?;
        may_anywhere(who, Right::ManageAccounts, moment.today)?;
        let who = who.clone();
        self.database().read_blocking(move |tx| {
            let account = known(tx, id)?;
            let grants = grants::of_account(tx, id)?;
            if !manages(&snapshot, &who, &grants, moment) {
                return Err(unknown(id).into());
            }
            Ok(AccountLine { account, grants })
        })
    }
}
