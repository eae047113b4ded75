//! Accounts: making them, inviting their people, and giving and ending roles.

mod administrators;
pub mod delegation;
mod finding;
mod giving;
pub mod list;

use std::collections::BTreeSet;

use domain::access::{
    Account, AccountId, AccountState, Actor, Denial, Grant, Right, Role, SecondFactor, Where,
    standard_roles,
};
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use domain::text;
use domain::unit::{UnitId, Validity};
use jiff::civil::Date;
use store::accounts::NewAccount;
use store::{ReadTx, WriteTx, accounts, grants, sessions};

use self::giving::{give, not_to_oneself, record_grant, save_role};
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::passwords;
use crate::secrets::{self, Secrets};
use crate::snapshot::Snapshot;

/// How long an invitation on paper holds: long enough for a village meeting.
const INVITATION_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

/// How long the invitation for the first administrator holds: it stands on a console.
const FIRST_INVITATION_MS: i64 = 60 * 60 * 1_000;

/// The first administrator's login.
const FIRST_LOGIN: &str = "quan-tri";

/// An account about to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What will be typed to sign in.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The code of its first role.
    pub role: String,
    /// The unit the role covers; none for the whole tree.
    pub unit: Option<UnitId>,
    /// On which days the role holds.
    pub validity: Validity,
}

/// An account and the secret of its invitation, which is shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The account.
    pub account: Account,
    /// The secret: part of the address on the card.
    pub secret: String,
    /// When it runs out, in epoch milliseconds.
    pub ends_ms: i64,
}

/// An account with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLine {
    /// The account.
    pub account: Account,
    /// What it holds and held.
    pub grants: Vec<Grant>,
}

/// When and by whom something is done.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// In epoch milliseconds.
    pub now_ms: i64,
    /// The day it is in the office.
    pub today: Date,
}

impl Snapshot {
    /// Checks that an actor may do something for a unit; without a unit, for the whole tree.
    ///
    /// # Errors
    /// It may not.
    pub fn check(
        &self,
        who: &Actor,
        right: Right,
        unit: Option<UnitId>,
        day: Date,
    ) -> Result<(), Error> {
        let path = unit.map_or_else(|| vec![UnitId(0)], |unit| self.path(unit, day));
        may(who, right, Where { path: &path, day })
    }

    /// Checks that an actor may do something for a unit, and says in whose place they then do it.
    ///
    /// # Errors
    /// It may not.
    pub(crate) fn doer(
        &self,
        who: &Actor,
        right: Right,
        unit: Option<UnitId>,
        day: Date,
    ) -> Result<Doer, Error> {
        self.check(who, right, unit, day)?;
        let path = unit.map_or_else(|| vec![UnitId(0)], |unit| self.path(unit, day));
        Ok(Doer::of(who, right, Where { path: &path, day }))
    }

    /// A unit and all above it on a day; for a unit that is gone, on its last day too, and those
    /// its figures went to.
    pub(crate) fn path(&self, unit: UnitId, day: Date) -> Vec<UnitId> {
        let mut path = vec![unit];
        path.extend(self.above(unit, day).into_iter().map(|above| above.id));
        if self.units.version_on(unit, day).is_none() {
            for heir in self.heirs_on(unit, day) {
                path.push(heir);
                path.extend(self.above(heir, day).into_iter().map(|above| above.id));
            }
        }
        path
    }

    /// Whether people of some units act for a unit on a day: it is one of them, or it is gone and one of
    /// them took its place.
    pub(crate) fn stands_in(&self, own: &BTreeSet<UnitId>, unit: UnitId, day: Date) -> bool {
        let is_gone = || self.order_on(day).position(unit).is_none();
        own.contains(&unit)
            || (!own.is_empty()
                && is_gone()
                && self.heirs_on(unit, day).iter().any(|heir| own.contains(heir)))
    }

    /// The units that have taken the place of one that is gone on a day.
    pub(crate) fn heirs_on(&self, unit: UnitId, day: Date) -> Vec<UnitId> {
        let last = self.units.last_version(unit).and_then(|version| version.validity.to);
        last.map_or_else(Vec::new, |last| self.book.heirs(&self.units, unit, last, day))
    }
}

/// Checks that an actor holds a right somewhere.
///
/// # Errors
/// It does not.
pub fn may_anywhere(who: &Actor, right: Right, day: Date) -> Result<(), Error> {
    may(who, right, Where { path: &[], day })
}

fn may(who: &Actor, right: Right, at: Where<'_>) -> Result<(), Error> {
    who.may(right, at).map_err(|denial| match denial {
        Denial::NoGrant => EntranceProblem::NotAllowed { right }.into(),
        Denial::SecondFactorMissing => EntranceProblem::SecondFactorMissing.into(),
    })
}

impl Entrance {
    /// All accounts the actor manages, with what they hold.
    ///
    /// # Errors
    /// The actor may not, or the database failed.
    pub fn accounts(&self, who: &Actor, moment: Moment) -> Result<Vec<AccountLine>, Error> {
        let snapshot = self.workspace.snapshot()?;
        may_anywhere(who, Right::ManageAccounts, moment.today)?;
        let who = who.clone();
        self.database().read_blocking(move |tx| {
            let mut lines = Vec::new();
            for account in accounts::all(tx)? {
                let grants = grants::of_account(tx, account.id)?;
                if manages(&snapshot, &who, &grants, moment) {
                    lines.push(AccountLine { account, grants });
                }
            }
            Ok(lines)
        })
    }

    /// All roles, in their order.
    ///
    /// # Errors
    /// The database failed.
    pub fn roles(&self) -> Result<Vec<Role>, Error> {
        self.database().read_blocking(giving::roles)
    }

    /// Makes an account with its first role, and an invitation for its person.
    ///
    /// # Errors
    /// The actor may not there, the login is bad or taken, the role is unknown, or the database
    /// failed.
    pub fn create_account(
        &self,
        who: &Actor,
        draft: Draft,
        moment: Moment,
    ) -> Result<Invited, Error> {
        let who = self.giver(who, &draft, moment)?;
        let (secret, secrets) = (self.secrets.token(), self.secrets.clone());
        self.database()
            .write_blocking(move |tx| create_invited(tx, &secrets, &draft, secret, who, moment))
    }

    /// A new invitation for an account whose person lost the card or the password.
    ///
    /// # Errors
    /// The actor does not manage the account, or the database failed.
    pub fn invite_again(
        &self,
        who: &Actor,
        account: AccountId,
        moment: Moment,
    ) -> Result<Invited, Error> {
        let (account, who) = self.managed(who, account, moment)?;
        let (secret, secrets) = (self.secrets.token(), self.secrets.clone());
        self.database().write_blocking(move |tx| {
            let ends_ms = moment.now_ms + INVITATION_MS;
            accounts::invite(tx, account.id, &secrets::hash(&secret), ends_ms)?;
            record(tx, &secrets, Kind::AccountInvited, (who, None), account.id, moment.now_ms)?;
            Ok(Invited { account, secret, ends_ms })
        })
    }

    /// Gives a role.
    ///
    /// # Errors
    /// The actor may not there, account or role are unknown, or the database failed.
    pub fn grant(
        &self,
        who: &Actor,
        account: AccountId,
        draft: Draft,
        moment: Moment,
    ) -> Result<(), Error> {
        not_to_oneself(who, account)?;
        let who = self.giver(who, &draft, moment)?;
        self.database().write_blocking(move |tx| {
            known(tx, account)?;
            give(tx, account, &draft, who, moment)
        })
    }

    /// Ends a role of an account from today on; its sessions end at once.
    ///
    /// # Errors
    /// The actor may not there, there is no such grant, nobody else administers, or the database
    /// failed.
    pub fn end_grant(
        &self,
        who: &Actor,
        account: AccountId,
        grant: i64,
        moment: Moment,
    ) -> Result<(), Error> {
        let snapshot = self.workspace.snapshot()?;
        let actor = who.clone();
        let ended = self.database().write_blocking(move |tx| {
            let held = grants::of_account(tx, account)?;
            let missing = || Refusal::NotFound { noun: Noun::Role, key: grant.to_string() };
            let held = held.into_iter().find(|held| held.id == grant).ok_or_else(missing)?;
            let doer = snapshot.doer(&actor, Right::ManageAccounts, held.unit, moment.today)?;
            administrators::stay_without(tx, &snapshot, &[held], moment.today)?;
            grants::end(tx, grant, moment.today.yesterday().unwrap_or(moment.today))?;
            sessions::end_all(tx, account, moment.now_ms)?;
            record_grant(tx, Kind::GrantEnded, doer, grant, moment.now_ms)
        });
        self.workspace.noting_denials(ended, who, moment.now_ms)
    }

    /// Lets nobody sign in with an account any more; its sessions end at once.
    ///
    /// # Errors
    /// The actor does not manage the account, it is their own, nobody else administers, or the
    /// database failed.
    pub fn disable(&self, who: &Actor, account: AccountId, moment: Moment) -> Result<(), Error> {
        if who.is(account) {
            return Err(EntranceProblem::OwnAccount.into());
        }
        let (account, who) = self.managed(who, account, moment)?;
        let (snapshot, secrets) = (self.workspace.snapshot()?, self.secrets.clone());
        self.database().write_blocking(move |tx| {
            let held = grants::of_account(tx, account.id)?;
            administrators::stay_without(tx, &snapshot, &held, moment.today)?;
            accounts::set_state(tx, account.id, AccountState::Disabled)?;
            sessions::end_all(tx, account.id, moment.now_ms)?;
            record(tx, &secrets, Kind::AccountDisabled, (who, None), account.id, moment.now_ms)
        })
    }

    /// An invitation for the first administrator, while nobody can sign in yet; for the console.
    ///
    /// # Errors
    /// The database failed.
    pub fn first_invitation(&self, moment: Moment) -> Result<Option<Invited>, Error> {
        let (secret, secrets) = (self.secrets.token(), self.secrets.clone());
        let console = (Doer::Console, None);
        self.database().write_blocking(move |tx| {
            let all = accounts::all(tx)?;
            if all.iter().any(|account| account.state == AccountState::Active) {
                return Ok(None);
            }
            let known = all.into_iter().find(|account| account.login == FIRST_LOGIN);
            let account = match known {
                Some(account) => account,
                None => {
                    let draft = Draft {
                        login: FIRST_LOGIN.to_owned(),
                        name: String::new(),
                        role: "administrator".to_owned(),
                        unit: None,
                        validity: Validity::default(),
                    };
                    let state = AccountState::Invited;
                    let account = create(tx, &draft, state, Doer::Console, moment)?;
                    let kind = Kind::AccountCreated;
                    record(tx, &secrets, kind, console, account.id, moment.now_ms)?;
                    account
                }
            };
            let ends_ms = moment.now_ms + FIRST_INVITATION_MS;
            accounts::invite(tx, account.id, &secrets::hash(&secret), ends_ms)?;
            record(tx, &secrets, Kind::AccountInvited, console, account.id, moment.now_ms)?;
            Ok(Some(Invited { account, secret, ends_ms }))
        })
    }

    /// Makes an account that may sign in at once, with a password its person is told; for sample
    /// data.
    ///
    /// # Errors
    /// Login or password are not taken, role or unit are unknown, or the database failed.
    pub fn create_with_password(
        &self,
        draft: Draft,
        password: &str,
        moment: Moment,
    ) -> Result<Account, Error> {
        passwords::check(password, &draft.login, &draft.name)?;
        let hash = passwords::hash(password, &self.secrets)?;
        let secrets = self.secrets.clone();
        self.database().write_blocking(move |tx| {
            let account = create(tx, &draft, AccountState::Active, Doer::Console, moment)?;
            accounts::set_password(tx, account.id, &hash)?;
            let by = (Doer::Console, draft.unit);
            record(tx, &secrets, Kind::AccountCreated, by, account.id, moment.now_ms)?;
            Ok(account)
        })
    }

    /// Gives the standard roles that an earlier version saved, and nobody changed, the rights that came
    /// since; gives back how many.
    ///
    /// # Errors
    /// The database failed.
    pub fn bring_up_roles(&self, now_ms: i64) -> Result<usize, Error> {
        self.database().write_blocking(move |tx| giving::bring_up_roles(tx, now_ms))
    }

    /// Lets no role ask for one-time codes; for sample data, where nobody has an app at hand.
    ///
    /// # Errors
    /// The database failed.
    pub fn ask_for_no_codes(&self, now_ms: i64) -> Result<(), Error> {
        self.database().write_blocking(move |tx| {
            for role in standard_roles() {
                let role = Role { second_factor: SecondFactor::Optional, ..role };
                save_role(tx, &role, Doer::Console, now_ms)?;
            }
            Ok(())
        })
    }

    /// Whoever gives what a draft says; that an actor may not is recorded.
    fn giver(&self, who: &Actor, draft: &Draft, moment: Moment) -> Result<Doer, Error> {
        let snapshot = self.workspace.snapshot()?;
        let (actor, code, unit) = (who.clone(), draft.role.clone(), draft.unit);
        let checked = self.database().read_blocking(move |tx| {
            let role = giving::role(tx, &code)?;
            snapshot.giver(&actor, &role, unit, moment.today)
        });
        self.workspace.noting_denials(checked, who, moment.now_ms)
    }

    /// An account whose every role the actor manages, so that nobody takes over or shuts out
    /// somebody who holds more than they give; and in whose place they manage it.
    pub(crate) fn managed(
        &self,
        who: &Actor,
        id: AccountId,
        moment: Moment,
    ) -> Result<(Account, Doer), Error> {
        let snapshot = self.workspace.snapshot()?;
        may_anywhere(who, Right::ManageAccounts, moment.today)?;
        let who = who.clone();
        self.database().read_blocking(move |tx| {
            let account = known(tx, id)?;
            let grants = grants::of_account(tx, id)?;
            let doer = |grant: &Grant| {
                snapshot.doer(&who, Right::ManageAccounts, grant.unit, moment.today).ok()
            };
            let doer = grants.iter().find_map(doer).ok_or_else(|| unknown(id))?;
            let over = |grant: &&Grant| grant.validity.to.is_some_and(|to| to < moment.today);
            for grant in grants.iter().filter(|grant| !over(grant)) {
                snapshot.giver(&who, &grant.role, grant.unit, moment.today)?;
            }
            Ok((account, doer))
        })
    }
}

/// Whether an actor manages whoever holds or held these roles: where one of them is for.
fn manages(snapshot: &Snapshot, who: &Actor, grants: &[Grant], moment: Moment) -> bool {
    let check = |grant: &Grant| {
        snapshot.check(who, Right::ManageAccounts, grant.unit, moment.today).is_ok()
    };
    grants.iter().any(check)
}

fn unknown(id: AccountId) -> Refusal {
    Refusal::NotFound { noun: Noun::Account, key: id.0.to_string() }
}

fn known(tx: &mut ReadTx<'_>, id: AccountId) -> Result<Account, Error> {
    Ok(accounts::find(tx, id)?.ok_or_else(|| unknown(id))?)
}

/// Makes an account, with an invitation that has this secret.
fn create_invited(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    draft: &Draft,
    secret: String,
    who: Doer,
    moment: Moment,
) -> Result<Invited, Error> {
    let account = create(tx, draft, AccountState::Invited, who, moment)?;
    let by = (who, draft.unit);
    record(tx, secrets, Kind::AccountCreated, by, account.id, moment.now_ms)?;
    let ends_ms = moment.now_ms + INVITATION_MS;
    accounts::invite(tx, account.id, &secrets::hash(&secret), ends_ms)?;
    Ok(Invited { account, secret, ends_ms })
}

pub(crate) fn create(
    tx: &mut WriteTx<'_>,
    draft: &Draft,
    state: AccountState,
    by: Doer,
    moment: Moment,
) -> Result<Account, Error> {
    let bad = || EntranceProblem::BadLogin { text: draft.login.clone() };
    let login = domain::access::login(&draft.login).ok_or_else(bad)?;
    if accounts::find_by_login(tx, &login)?.is_some() {
        return Err(EntranceProblem::LoginTaken { login }.into());
    }
    let name = text::nfc(draft.name.trim());
    let name = if name.is_empty() { login.clone() } else { name };
    let new = NewAccount { login, name, state, created_ms: moment.now_ms };
    let id = accounts::insert(tx, &new)?;
    give(tx, id, draft, by, moment)?;
    known(tx, id)
}

/// Records an account as it is now: its state, and commitments to what identifies its person and
/// to what they sign in with, so that a change behind the program's back is found.
pub(crate) fn record(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    kind: Kind,
    (who, unit): (Doer, Option<UnitId>),
    id: AccountId,
    now_ms: i64,
) -> Result<(), Error> {
    let missing = || Error::Fault(format!("account {} is gone", id.0));
    let account = accounts::row(tx, id)?.ok_or_else(missing)?;
    let mut deed = Deed::new(kind, id.0.to_string(), payload::account(&account)).about(unit);
    for (field, value) in payload::account_secrets(&account) {
        deed = deed.committing(secrets, field, &value)?;
    }
    door::record(tx, who, now_ms, deed).map(drop)
}
