//! Proposals of priorities with their scores, remarks and decisions, chosen priorities and their
//! pictures, compared with what their newest entries say.

use store::ReadTx;

use super::Trouble;
use super::attachments::Kept;
use super::rows::{Desk, thing};
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
        let words: Vec<_> = words.chain(decided).collect();
        desk.whole(tx, ("proposal", &id), (&content, &words))?;
        for (score, _) in store::proposals::scores(tx, proposal.id)? {
            let id = score_id(proposal.id, score.voter);
            let content = payload::score(proposal.id, &score);
            let words = (payload::SCORE, payload::score_words(&score));
            desk.whole(tx, ("score", &id), (&content, &[words]))?;
        }
        for (remark, _) in store::proposals::remarks(tx, proposal.id)? {
            let words = (payload::WORDS, remark.words.clone().into_bytes());
            let id = remark.id.to_string();
            desk.whole(tx, ("remark", &id), (&payload::remark(&remark), &[words]))?;
        }
    }
    for chosen in store::priorities::chosen(tx)? {
        let words = (payload::WORDS, payload::chosen_words(&chosen));
        desk.whole(tx, ("priority", &chosen.code), (&payload::chosen(&chosen), &[words]))?;
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
        let Some(position) = desk.whole(tx, ("picture", &id), (&content, &words))? else {
            continue;
        };
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
