//! Delegation: whoever is on leave lends roles to a colleague, on a subtree and for some days.
//!
//! A loan is a grant of its own that names its lender. It never reaches further than what the lender
//! holds while it is used: asked each time, so that it ends when the lender loses the role.

use domain::access::{Account, AccountId, AccountState, Actor, Grant, SecondFactor};
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal};
use domain::unit::{UnitId, Validity};
use jiff::civil::Date;
use store::grants::NewGrant;
use store::{ReadTx, WriteTx, accounts, grants};

use super::giving::{not_to_oneself, record_grant, save};
use super::{Moment, known};
use crate::door::{Doer, Kind};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::snapshot::Snapshot;

/// The most days of one delegation: a long leave. What lasts longer is a role of its own.
pub const DAYS_MAX: i32 = 92;

/// Roles about to be lent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loan {
    /// The login of the colleague.
    pub to: String,
    /// The numbers of the lender's own grants.
    pub grants: Vec<i64>,
    /// The unit whose subtree is lent; none for all that each grant covers.
    pub unit: Option<UnitId>,
    /// The first and the last day.
    pub days: Option<(Date, Date)>,
}

/// A loan and the other side of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanLine {
    /// The loan, as it was given.
    pub grant: Grant,
    /// The name of whoever has it.
    pub name: String,
}

impl Entrance {
    /// Lends roles to a colleague.
    ///
    /// # Errors
    /// A role is not the actor's own there or needs a code first, the days are missing or too many,
    /// there is no such colleague, or the database failed.
    pub fn delegate(&self, who: &Actor, loan: Loan, moment: Moment) -> Result<(), Error> {
        let (snapshot, who) = (self.workspace.snapshot()?, who.clone());
        self.database().write_blocking(move |tx| lend(tx, &snapshot, &who, &loan, moment))
    }

    /// Takes a loan back; it no longer holds from now on.
    ///
    /// # Errors
    /// The actor lends no such grant, or the database failed.
    pub fn take_back(&self, who: &Actor, grant: i64, moment: Moment) -> Result<(), Error> {
        let who = who.clone();
        self.database().write_blocking(move |tx| {
            let missing = || Refusal::NotFound { noun: Noun::Role, key: grant.to_string() };
            let lender = lender(&who)?;
            let lent = grants::lent_by(tx, lender)?;
            lent.into_iter().find(|lent| lent.id == grant).ok_or_else(missing)?;
            grants::end(tx, grant, moment.today.yesterday().unwrap_or(moment.today))?;
            record_grant(tx, Kind::GrantEnded, Doer::from(&who), grant, moment.now_ms)
        })
    }

    /// What an actor lends to others now or later.
    ///
    /// # Errors
    /// The database failed.
    pub fn lent(&self, who: &Actor, today: Date) -> Result<Vec<LoanLine>, Error> {
        let Some(account) = who.account.as_ref().map(|account| account.id) else {
            return Ok(Vec::new());
        };
        self.database().read_blocking(move |tx| {
            let mut lines = Vec::new();
            for grant in grants::lent_by(tx, account)? {
                let is_over = grant.validity.to.is_some_and(|to| to < today)
                    || grant.validity.from > grant.validity.to;
                if !is_over {
                    lines.push(LoanLine { name: known(tx, grant.account)?.name, grant });
                }
            }
            Ok(lines)
        })
    }

    /// The name of an account, for telling in whose place something is done.
    ///
    /// # Errors
    /// There is none, or the database failed.
    pub fn name_of(&self, account: AccountId) -> Result<String, Error> {
        self.database().read_blocking(move |tx| Ok(known(tx, account)?.name))
    }
}

/// The grants of an account with those that are lent to it cut to what their lenders hold.
pub(crate) fn in_force(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    grants: Vec<Grant>,
    today: Date,
) -> Result<Vec<Grant>, Error> {
    let mut held = Vec::new();
    for grant in grants {
        let Some(lender) = grant.delegated_by else {
            held.push(grant);
            continue;
        };
        let lends = accounts::find(tx, lender)?.is_some_and(|it| it.state == AccountState::Active);
        if lends {
            let path = path(snapshot, grant.unit, today);
            let own = grants::of_account(tx, lender)?;
            held.extend(own.iter().filter_map(|lenders| grant.within(lenders, &path)));
        }
    }
    Ok(held)
}

fn path(snapshot: &Snapshot, unit: Option<UnitId>, today: Date) -> Vec<UnitId> {
    unit.map_or_else(Vec::new, |unit| snapshot.path(unit, today))
}

fn lend(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    loan: &Loan,
    moment: Moment,
) -> Result<(), Error> {
    let lender = lender(who)?;
    let borrower = borrower(tx, who, &loan.to)?;
    let validity = days(loan.days, moment.today)?;
    let own = grants::of_account(tx, lender)?;
    if loan.grants.is_empty() {
        return Err(EntranceProblem::NotOwnToLend.into());
    }
    for id in &loan.grants {
        let held = own.iter().find(|held| held.id == *id).ok_or(EntranceProblem::NotOwnToLend)?;
        let unit = loan.unit.or(held.unit);
        let lent = Grant { unit, validity, delegated_by: Some(lender), id: 0, ..held.clone() };
        lent.within(held, &path(snapshot, unit, moment.today))
            .ok_or(EntranceProblem::NotOwnToLend)?;
        if !who.second_factor && held.role.second_factor == SecondFactor::Required {
            return Err(EntranceProblem::SecondFactorMissing.into());
        }
        let new = NewGrant {
            account: borrower.id,
            role: held.role.code.clone(),
            unit,
            validity,
            delegated_by: Some(lender),
            granted_by: Some(lender),
            granted_ms: moment.now_ms,
        };
        save(tx, &new, Doer::Account(lender))?;
    }
    Ok(())
}

/// Whoever lends; the console has nothing that it could lend.
fn lender(who: &Actor) -> Result<AccountId, EntranceProblem> {
    who.account.as_ref().map(|account| account.id).ok_or(EntranceProblem::NotOwnToLend)
}

/// A colleague in use, by the login that was typed.
fn borrower(tx: &mut ReadTx<'_>, who: &Actor, typed: &str) -> Result<Account, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Account, key: typed.trim().to_owned() };
    let login = domain::access::login(typed).ok_or_else(missing)?;
    let found = accounts::find_by_login(tx, &login)?;
    let found = found.filter(|account| account.state == AccountState::Active);
    let account = found.ok_or_else(missing)?;
    not_to_oneself(who, account.id)?;
    Ok(account)
}

fn days(days: Option<(Date, Date)>, today: Date) -> Result<Validity, EntranceProblem> {
    let wrong = EntranceProblem::LoanWithoutDays { days_max: DAYS_MAX };
    let Some((from, to)) = days else { return Err(wrong) };
    let count = from.until(to).map_or(i32::MAX, |span| span.get_days() + 1);
    let fits = from >= today && (1..=DAYS_MAX).contains(&count);
    if fits { Ok(Validity { from: Some(from), to: Some(to) }) } else { Err(wrong) }
}
