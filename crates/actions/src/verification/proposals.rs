//! Proposals of priorities with their scores, remarks and decisions, chosen priorities and their
//! pictures, compared with what their newest entries say.

use store::ReadTx;

use super::Trouble;
use super::attachments::Kept;
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

/// Compares all pictures of priorities, with the bytes of those that stand.
pub(super) fn compare_pictures(
    tx: &mut ReadTx<'_>,
    desk: &mut Desk<'_>,
    kept: &Kept,
) -> Result<(), Error> {
    for picture in store::pictures::all(tx)? {
        let id = picture.id.0.to_string();
        let content = payload::picture(&picture);
        let words = payload::picture_words(&picture);
        let Some(position) = row(tx, desk, ("picture", &id), (&content, &words))? else { continue };
        let thing = thing("picture", &id);
        match kept.get(picture.attachment.as_str()) {
            None if picture.taken_back.is_none() => {
                desk.troubles.add(Trouble::RowMissing { position, thing });
            }
            Some(false) if picture.taken_back.is_none() => {
                desk.troubles.add(Trouble::RowAltered { position, thing });
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

/// Compares a row with its words; gives back the entry when it says the same.
fn row(
    tx: &mut ReadTx<'_>,
    desk: &mut Desk<'_>,
    (noun, id): (&'static str, &str),
    (content, words): (&[u8], &[(&'static str, Vec<u8>)]),
) -> Result<Option<u64>, Error> {
    let Some(position) = desk.row(noun, id, content) else { return Ok(None) };
    if opens(tx, position, words)? {
        return Ok(Some(position));
    }
    desk.troubles.add(Trouble::RowAltered { position, thing: thing(noun, id) });
    Ok(None)
}
