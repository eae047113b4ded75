//! Kept files compared with their entries: what is known of each, and every byte.

use std::collections::BTreeMap;

use ledger::hash::digest;
use store::ReadTx;

use super::Trouble;
use super::rows::{Desk, opens, thing};
use crate::door::payload;
use crate::error::Error;
use crate::secrets;

/// Compares all kept files.
pub(super) fn compare(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    // Whether the bytes under a name are those of the name.
    let mut kept: BTreeMap<String, bool> = BTreeMap::new();
    store::kept_files::contents(tx, &mut |sha256, content| {
        let fits = secrets::hex(&digest(&content).0) == sha256;
        kept.insert(sha256, fits);
    })?;
    let files = store::kept_files::all(tx)?;
    for file in &files {
        let id = file.id.0.to_string();
        let Some(position) = desk.row("file", &id, &payload::kept_file(file)) else { continue };
        let is_there = file.removed.is_none();
        let trouble = match kept.get(file.sha256.as_str()) {
            None if is_there => Some(Trouble::RowMissing { position, thing: thing("file", &id) }),
            Some(false) if is_there => {
                Some(Trouble::RowAltered { position, thing: thing("file", &id) })
            }
            _ if !opens(tx, position, &payload::kept_file_words(file))? => {
                Some(Trouble::RowAltered { position, thing: thing("file", &id) })
            }
            Some(_) | None => None,
        };
        if let Some(trouble) = trouble {
            desk.troubles.add(trouble);
        }
    }
    if !desk.known.has_gaps() {
        let is_named = |sha256: &str| files.iter().any(|file| file.sha256.as_str() == sha256);
        for sha256 in kept.into_keys().filter(|sha256| !is_named(sha256)) {
            desk.troubles.add(Trouble::RowExtra { thing: thing("file", &sha256) });
        }
    }
    Ok(())
}
