//! Photographs compared with their names, and what submissions name with what their entries commit to.

use std::collections::BTreeMap;

use ledger::commitment::{Commitment, Opening, Salt, commit};
use ledger::entry::Identifier;
use ledger::hash::digest;
use store::ReadTx;

use super::rows::Desk;
use super::stream::Committing;
use super::{Thing, Trouble};
use crate::door::payload;
use crate::error::Error;
use crate::secrets;

/// The photographs that the rows name, by submission and number.
type Named = BTreeMap<(String, u32), String>;

/// Whether the bytes under each name are those of the name.
pub(super) type Kept = BTreeMap<String, bool>;

/// Compares all photographs, and what submissions name; gives back which photographs there are.
pub(super) fn compare(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<Kept, Error> {
    let mut kept = Kept::new();
    store::attachments::contents(tx, &mut |id, content| {
        let fits = secrets::hex(&digest(&content).0) == id;
        kept.insert(id, fits);
    })?;
    let altered = |id: &String| kept.get(id) == Some(&false);
    let named = store::attachments::named(tx)?.into_iter();
    let mut named: Named = named.map(|one| ((one.submission, one.number), one.id)).collect();
    for Committing { position, submissions, commitments } in desk.known.take_committing() {
        if desk.known.is_suspect(position) {
            named.retain(|(submission, _), _| !submissions.contains(submission));
            continue;
        }
        let Some(submission) = submissions.first() else { continue };
        let salts = store::ledger::salts(tx, position)?;
        for (field, commitment) in &commitments {
            let Some(number) = payload::photo_number(field.as_str()) else { continue };
            desk.rows += 1;
            let trouble = match named.remove(&(submission.clone(), number)) {
                None => Trouble::RowMissing { position, thing: thing(submission, number) },
                Some(id) if altered(&id) || !opens(field, *commitment, &salts, &id) => {
                    Trouble::RowAltered { position, thing: thing(submission, number) }
                }
                Some(_) => continue,
            };
            desk.troubles.add(trouble);
        }
    }
    if !desk.known.has_gaps() {
        for (submission, number) in named.into_keys() {
            desk.troubles.add(Trouble::RowExtra { thing: thing(&submission, number) });
        }
    }
    Ok(kept)
}

/// Whether a commitment is to this photograph. Without its salt nobody can tell, and while the
/// photograph is there, nothing takes its salt away.
fn opens(
    field: &Identifier,
    commitment: Commitment,
    salts: &[(String, [u8; 32])],
    id: &str,
) -> bool {
    let salt = salts.iter().find(|(salted, _)| salted == field.as_str());
    salt.is_some_and(|(_, salt)| {
        let opening =
            Opening { field: field.clone(), salt: Salt(*salt), value: id.as_bytes().to_vec() };
        commit(&opening) == commitment
    })
}

fn thing(submission: &str, number: u32) -> Thing {
    Thing { noun: "attachment", id: format!("{submission}/{number}") }
}
