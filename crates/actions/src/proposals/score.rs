//! Scoring a proposal, and saying something about it.

use domain::access::{Actor, Right};
use domain::choosing::ChoosingProblem;
use domain::entrance::EntranceProblem;
use domain::proposal::{Criterion, POINTS_MAX, Proposal, ProposalId, Score, State};
use domain::refusal::{Location, Refused};
use domain::text;
use store::proposals::Remark;
use store::{ReadTx, WriteTx};

use super::open::too_long;
use super::{TEXT_MAX, member, missing, score_id, voter};
use crate::accounts::Moment;
use crate::door::{self, Choosing, Deed, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::snapshot::Snapshot;

/// What somebody gives a proposal for one criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The points; none when they were not said.
    pub points: Option<u8>,
    /// Why so many.
    pub reason: String,
}

impl Entrance {
    /// Scores a proposal, in the place of what the same person gave before.
    ///
    /// # Errors
    /// There is no such proposal, or it is decided; the actor neither gives nor does tasks in its unit;
    /// points or reasons are missing, all at once; or the database failed.
    pub fn score_proposal(
        &self,
        who: &Actor,
        moment: Moment,
        id: ProposalId,
        given: [Given; 3],
    ) -> Result<(), Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            score(tx, snapshot, &secrets, (&actor, moment), (id, &given))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }

    /// Says something about a proposal, under one's name.
    ///
    /// # Errors
    /// There is no such proposal, or it is decided; the actor neither gives nor does tasks in its unit;
    /// nothing is said, or too much; or the database failed.
    pub fn remark_on_proposal(
        &self,
        who: &Actor,
        moment: Moment,
        id: ProposalId,
        words: String,
    ) -> Result<(), Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            remark(tx, snapshot, &secrets, (&actor, moment), (id, &words))
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

fn score(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, given): (ProposalId, &[Given; 3]),
) -> Result<(), Error> {
    let proposal = find(tx, id)?;
    let by = member(snapshot, who, proposal.unit, moment.today)?;
    let nobody = || EntranceProblem::NotAllowed { right: Right::GiveTasks };
    let (voter, account) = voter(by).ok_or_else(nobody)?;
    still_open(&proposal)?;
    let problems = unclear(given);
    if !problems.is_empty() {
        let refused = |why: ChoosingProblem| Refused { at: Location::default(), why: why.into() };
        return Err(Error::Refused(problems.into_iter().map(refused).collect()));
    }
    let score = Score {
        voter,
        account,
        points: given.each_ref().map(|one| one.points.unwrap_or_default()),
        reasons: given.each_ref().map(|one| text::nfc(one.reason.trim())),
        scored_ms: moment.now_ms,
    };
    store::proposals::save_score(tx, id, &score)?;
    let deed =
        Deed::new(Kind::Choosing(Choosing::Score), score_id(id, voter), payload::score(id, &score))
            .about(Some(proposal.unit))
            .committing(secrets, payload::SCORE, &payload::score_words(&score))?;
    door::record(tx, by, moment.now_ms, deed).map(drop)
}

fn remark(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    secrets: &Secrets,
    (who, moment): (&Actor, Moment),
    (id, words): (ProposalId, &str),
) -> Result<(), Error> {
    let proposal = find(tx, id)?;
    let by = member(snapshot, who, proposal.unit, moment.today)?;
    still_open(&proposal)?;
    let words = text::nfc(words.trim());
    if words.is_empty() {
        return Err(ChoosingProblem::WithoutRemark.into());
    }
    too_long(&words, TEXT_MAX).map_or(Ok(()), Err)?;
    let remark = Remark {
        id: store::proposals::next_remark(tx)?,
        proposal: id,
        account: by.account(),
        in_place_of: by.in_place_of(),
        done_ms: moment.now_ms,
        words,
    };
    store::proposals::insert_remark(tx, &remark)?;
    let content = payload::remark(&remark);
    let deed = Deed::new(Kind::Choosing(Choosing::Discuss), remark.id.to_string(), content)
        .about(Some(proposal.unit))
        .committing(secrets, payload::WORDS, remark.words.as_bytes())?;
    door::record(tx, by, moment.now_ms, deed).map(drop)
}

pub(super) fn find(tx: &mut ReadTx<'_>, id: ProposalId) -> Result<Proposal, Error> {
    store::proposals::find(tx, id)?.ok_or_else(|| missing(id))
}

pub(super) fn still_open(proposal: &Proposal) -> Result<(), ChoosingProblem> {
    match proposal.state {
        State::Open => Ok(()),
        State::Chosen | State::Declined => Err(ChoosingProblem::Decided),
    }
}

/// Criteria without points or without a reason.
fn unclear(given: &[Given; 3]) -> Vec<ChoosingProblem> {
    let mut problems = Vec::new();
    for (criterion, one) in Criterion::ALL.into_iter().zip(given) {
        if one.points.is_none_or(|points| points > POINTS_MAX) {
            problems.push(ChoosingProblem::WithoutPoints { criterion });
        }
        if one.reason.trim().is_empty() {
            problems.push(ChoosingProblem::WithoutReason { criterion });
        }
        problems.extend(too_long(&one.reason, TEXT_MAX));
    }
    problems
}
