//! Proposals of priorities with their scores, remarks and decisions, and chosen priorities, compared with what their newest entries say.

use store::ReadTx;

use super::Trouble;
use super::rows::{Desk, opens, thing};
use crate::door::payload;
use crate::error::Error;
use crate::proposals::score_id;

/// Compares all of them, with their words.
pub(super) fn compare(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    for proposal in store::proposals::all(tx)? {
        let decision = store::proposals::decision(tx, proposal.id)?;
        let content = payload::proposal(&proposal, decision.as_ref());
        let id = proposal.id.0.to_string();
        let decided = decision.iter().map(|it| (payload::REASON, payload::decision_words(it)));
        let words = [(payload::WORDS, payload::proposal_words(&proposal))].into_iter();
        row(tx, desk, ("proposal", &id), (&content, &words.chain(decided).collect::<Vec<_>>()))?;
        for (score, _) in store::proposals::scores(tx, proposal.id)? {
            let id = score_id(proposal.id, score.voter);
            let content = payload::score(proposal.id, &score);
            let words = (payload::SCORE, payload::score_words(&score));
            row(tx, desk, ("score", &id), (&content, &[words]))?;
        }
        for (remark, _) in store::proposals::remarks(tx, proposal.id)? {
            let words = (payload::WORDS, remark.words.clone().into_bytes());
            let id = remark.id.to_string();
            row(tx, desk, ("remark", &id), (&payload::remark(&remark), &[words]))?;
        }
    }
    for chosen in store::priorities::chosen(tx)? {
        let words = (payload::WORDS, payload::chosen_words(&chosen));
        row(tx, desk, ("priority", &chosen.code), (&payload::chosen(&chosen), &[words]))?;
    }
    Ok(())
}

fn row(
    tx: &mut ReadTx<'_>,
    desk: &mut Desk<'_>,
    (noun, id): (&'static str, &str),
    (content, words): (&[u8], &[(&'static str, Vec<u8>)]),
) -> Result<(), Error> {
    if let Some(position) = desk.row(noun, id, content)
        && !opens(tx, position, words)?
    {
        desk.troubles.add(Trouble::RowAltered { position, thing: thing(noun, id) });
    }
    Ok(())
}
