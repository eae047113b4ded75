//! The newest part of the ledger, verified each time the server starts.

use ledger::checkpoint;
use ledger::entry::decode;
use ledger::hash::leaf_hash;
use ledger::inspection::Finding;
use ledger::layout::stored_index;
use store::ReadTx;

use super::stream::fits;
use super::{Trouble, public_key};
use crate::checkpoints::head_at;
use crate::error::Error;

/// How many of the newest entries are verified.
pub const RECENT: u32 = 1_000;

pub(super) fn verify(tx: &mut ReadTx<'_>, key: &str) -> Result<Vec<Trouble>, Error> {
    let key = public_key(key)?;
    let size = store::ledger::size(tx)?;
    let first = size.saturating_sub(u64::from(RECENT));
    let mut troubles = Vec::new();
    let mut expected = first;
    for stored in store::ledger::entries(tx, first, RECENT)? {
        let position = stored.position;
        if position > expected {
            let finding = Finding::EntriesMissing { first: expected, last: position - 1 };
            troubles.push(Trouble::Ledger(finding));
        }
        expected = position + 1;
        let index = stored_index(0, position);
        let kept = store::ledger::hashes(tx, &[index])?;
        match (kept.first(), decode(&stored.leaf)) {
            (None, _) => {
                let finding = Finding::HashesMissing { first: index, last: index };
                troubles.push(Trouble::Ledger(finding));
            }
            (Some(kept), _) if *kept != leaf_hash(&stored.leaf).0 => {
                let finding = Finding::EitherAltered { first: position, last: position, index };
                troubles.push(Trouble::Ledger(finding));
            }
            (Some(_), Err(problem)) => {
                troubles.push(Trouble::Ledger(Finding::EntryUnreadable { position, problem }));
            }
            (Some(_), Ok(entry)) if !fits(&stored, &entry) => {
                troubles.push(Trouble::ColumnsDiffer { position });
            }
            (Some(_), Ok(_)) => {}
        }
    }
    if let Some(newest) = store::ledger::newest_checkpoint(tx)? {
        let Ok(opened) = checkpoint::open(&newest.signed, &[key]) else {
            troubles.push(Trouble::CheckpointWrong { size: Some(newest.size) });
            return Ok(troubles);
        };
        let head = opened.checkpoint.head;
        if head.size > size {
            let finding = Finding::CheckpointAhead { size: head.size, entries: size };
            troubles.push(Trouble::Ledger(finding));
        } else {
            let computed = head_at(tx, head.size).ok().map(|computed| computed.root);
            if computed != Some(head.root) {
                let finding = Finding::CheckpointDiffers { size: head.size, computed };
                troubles.push(Trouble::Ledger(finding));
            }
        }
    }
    Ok(troubles)
}
