//! Proposals of priorities, their scores and remarks, compared with what their newest entries say.

use store::ReadTx;

use super::Trouble;
use super::rows::{Desk, opens, thing};
use crate::door::payload;
use crate::error::Error;
use crate::proposals::score_id;

/// Compares all of them, with their words.
pub(super) fn compare(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    for proposal in store::proposals::all(tx)? {
        let (id, content) = (proposal.id.0.to_string(), payload::proposal(&proposal));
        let words = (payload::WORDS, payload::proposal_words(&proposal));
        row(tx, desk, ("proposal", &id), (&content, words))?;
        for (score, _) in store::proposals::scores(tx, proposal.id)? {
            let id = score_id(proposal.id, score.voter);
            let content = payload::score(proposal.id, &score);
            let words = (payload::SCORE, payload::score_words(&score));
            row(tx, desk, ("score", &id), (&content, words))?;
        }
        for (remark, _) in store::proposals::remarks(tx, proposal.id)? {
            let words = (payload::WORDS, remark.words.clone().into_bytes());
            let id = remark.id.to_string();
            row(tx, desk, ("remark", &id), (&payload::remark(&remark), words))?;
        }
    }
    Ok(())
}

fn row(
    tx: &mut ReadTx<'_>,
    desk: &mut Desk<'_>,
    (noun, id): (&'static str, &str),
    (content, words): (&[u8], (&'static str, Vec<u8>)),
) -> Result<(), Error> {
    if let Some(position) = desk.row(noun, id, content)
        && !opens(tx, position, &[words])?
    {
        desk.troubles.add(Trouble::RowAltered { position, thing: thing(noun, id) });
    }
    Ok(())
}
