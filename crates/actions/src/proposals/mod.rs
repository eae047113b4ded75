//! Proposals of priorities: opening one, scoring it, saying something about it, and the questions of the
//! pages about them.

pub mod decide;
pub mod open;
pub mod page;
pub mod score;

use domain::access::{AccountId, Actor, Right};
use domain::proposal::ProposalId;
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use jiff::civil::Date;

use crate::door::Doer;
use crate::error::Error;
use crate::snapshot::Snapshot;

/// The longest name, in characters.
pub const NAME_MAX: usize = 300;

/// The longest text of a reason or a remark, in characters.
pub const TEXT_MAX: usize = 4_000;

/// The error of a proposal that there is not.
fn missing(id: ProposalId) -> Error {
    Refusal::NotFound { noun: Noun::Proposal, key: id.0.to_string() }.into()
}

/// How a score is called in the ledger.
pub(crate) fn score_id(proposal: ProposalId, voter: AccountId) -> String {
    format!("{}/{}", proposal.0, voter.0)
}

/// Who scores and discusses the proposals of a unit: whoever gives or does tasks there. Those who only
/// look or check decide nothing about what is done.
pub(crate) fn member(
    snapshot: &Snapshot,
    who: &Actor,
    unit: UnitId,
    today: Date,
) -> Result<Doer, Error> {
    let gives = snapshot.doer(who, Right::GiveTasks, Some(unit), today);
    gives
        .or_else(|denied| snapshot.doer(who, Right::DoTasks, Some(unit), today).map_err(|_| denied))
}

/// Whose score somebody gives: their own, or that of whoever lent them the role.
fn voter(by: Doer) -> Option<(AccountId, AccountId)> {
    by.account().map(|account| (by.in_place_of().unwrap_or(account), account))
}
