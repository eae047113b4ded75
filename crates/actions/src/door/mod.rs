//! The door through which every change passes: it writes into the ledger what was done, in the same
//! transaction as the change itself, so that there is never one without the other.
//!
//! A verb changes what it changes and then records its deed:
//!
//! ```
//! use actions::door::{self, Deed, Kind};
//! use actions::error::Error;
//! use domain::access::Actor;
//!
//! # let folder = tempfile::tempdir().unwrap();
//! # let database = store::Database::open(folder.path().join("x.db").to_str().unwrap()).unwrap();
//! # let now_ms = 1_795_395_600_000;
//! let recorded = database.write_blocking(move |tx| {
//!     store::settings::save(tx, "calendar", "civil")?;
//!     let deed = Deed::new(Kind::PackImported, "ket-luan-01", b"{\"version\":\"2\"}".to_vec());
//!     door::record(tx, &Actor::console(), now_ms, deed)
//! });
//! # let recorded: Result<door::Recorded, Error> = recorded;
//! assert_eq!(recorded.unwrap().position, 0);
//! ```

mod choosing;
mod deed;
pub(crate) mod denials;
mod doer;
pub mod payload;
mod steps;

pub use choosing::Choosing;
pub use deed::{Deed, Kind};
pub use doer::Doer;

use ledger::commitment::commit;
use ledger::entry::{Entry, Identifier, Payload, Reason, Subject, Word, encode};
use ledger::hash::{Hash, digest, leaf_hash};
use ledger::tree::Frontier;
use store::ledger::StoredEntry;
use store::{ReadTx, WriteTx};

use crate::error::Error;
use crate::snapshot;

/// The longest content that stands in an entry itself; of a longer one only the digest does.
const CONTENT_BYTES_MAX: usize = 60_000;

/// Where a deed stands in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Its place, counted from 0.
    pub position: u64,
    /// The hash of its entry.
    pub leaf: Hash,
}

/// Records a deed; gives back where it stands in the ledger.
///
/// # Errors
/// The database failed, or the deed cannot be an entry, which is a fault of the verb.
pub fn record(
    tx: &mut WriteTx<'_>,
    who: impl Into<Doer>,
    now_ms: i64,
    deed: Deed,
) -> Result<Recorded, Error> {
    let recorded = record_all(tx, who, now_ms, vec![deed])?;
    recorded.first().copied().ok_or_else(|| Error::Fault("a deed left no entry".to_owned()))
}

/// Records deeds of one doer, in their order.
///
/// # Errors
/// As [`record`].
pub fn record_all(
    tx: &mut WriteTx<'_>,
    who: impl Into<Doer>,
    now_ms: i64,
    deeds: Vec<Deed>,
) -> Result<Vec<Recorded>, Error> {
    let who = who.into();
    let mut edge = Edge::take(tx)?;
    let first = edge.frontier.size();
    if deeds.iter().any(|deed| deed.kind.changes_plan()) {
        edge.plan = snapshot::note_plan_changed(tx, first)?;
    }
    let mut stored = Vec::with_capacity(deeds.len());
    let mut leaves = Vec::with_capacity(deeds.len());
    let mut salts = Vec::new();
    for (position, deed) in (first..).zip(deeds) {
        for opening in &deed.openings {
            salts.push((position, opening.field.as_str().to_owned(), opening.salt.0));
        }
        let entry = entry_of(position, who, now_ms, deed)?;
        leaves.push(leaf_hash(&entry.leaf));
        stored.push(entry);
    }
    let appended = edge.frontier.append(&leaves);
    let hashes: Vec<[u8; 32]> = appended.hashes.iter().map(|hash| hash.0).collect();
    store::ledger::append(tx, &stored, appended.first_index, &hashes)?;
    for (position, field, salt) in salts {
        store::ledger::save_salt(tx, position, &field, &salt)?;
    }
    tx.keep(edge);
    let recorded = (first..).zip(leaves).map(|(position, leaf)| Recorded { position, leaf });
    Ok(recorded.collect())
}

/// How far the plan reaches, as the transaction sees it.
pub(crate) fn plan(tx: &mut WriteTx<'_>) -> Result<u64, Error> {
    let edge = Edge::take(tx)?;
    let plan = edge.plan;
    tx.keep(edge);
    Ok(plan)
}

/// Where the next deed goes on from; kept for the deeds that reach the disk together. One writer at
/// a time holds the database, so it stays what it is until the transaction ends.
struct Edge {
    /// The right edge of the ledger's tree.
    frontier: Frontier,
    /// How far the plan reaches: see [`crate::answer::AsOf::plan`].
    plan: u64,
}

impl Edge {
    /// Takes it as the deed before left it, else as it is stored; whoever takes it keeps it again.
    fn take(tx: &mut WriteTx<'_>) -> Result<Self, Error> {
        match tx.take_kept() {
            Some(kept) => Ok(kept),
            None => Ok(Self { frontier: frontier(tx)?, plan: snapshot::plan(tx)? }),
        }
    }
}

/// The right edge of the ledger's tree as it is stored.
pub(crate) fn frontier(tx: &mut ReadTx<'_>) -> Result<Frontier, Error> {
    let size = store::ledger::size(tx)?;
    let read = |indexes: &[u64]| store::ledger::hashes(tx, indexes).map(hashes);
    Frontier::resume(size, read).map_err(unreadable)
}

/// Hashes as they are stored.
pub(crate) fn hashes(stored: Vec<[u8; 32]>) -> Vec<Hash> {
    stored.into_iter().map(Hash).collect()
}

/// The error of a tree whose hashes are not all there.
pub(crate) fn unreadable(error: ledger::tree::TreeError<store::Error>) -> Error {
    match error {
        ledger::tree::TreeError::Read(error) => error.into(),
        other => Error::Fault(format!("the ledger is damaged, see `dotpha verify`: {other}")),
    }
}

/// The content as it stands in an entry.
pub(crate) fn content(content: Vec<u8>) -> Payload {
    if content.len() > CONTENT_BYTES_MAX {
        Payload::Digest(digest(&content))
    } else {
        Payload::Content(content)
    }
}

fn entry_of(position: u64, who: Doer, now_ms: i64, deed: Deed) -> Result<StoredEntry, Error> {
    let Deed { kind, id, unit, content: bytes, reason, openings } = deed;
    let (action, noun) = (kind.action(), kind.noun());
    let wrong = |what: &str, problem: &dyn std::fmt::Display| {
        Error::Fault(format!("a deed {action} has a bad {what}: {problem}"))
    };
    let word = |text: &str| Word::parse(text).map_err(|problem| wrong("name", &problem));
    let named = |text: &str| Identifier::parse(text).map_err(|problem| wrong("id", &problem));
    let reason = match reason {
        Some(text) => Some(Reason::parse(&text).map_err(|problem| wrong("reason", &problem))?),
        None => None,
    };
    let entry = Entry {
        position,
        recorded_ms: now_ms,
        actor: named(&who.id())?,
        device: None,
        action: word(action)?,
        subject: Subject { noun: word(noun)?, id: named(&id)? },
        payload: content(bytes),
        reason,
        commitments: openings.iter().map(|one| (one.field.clone(), commit(one))).collect(),
    };
    let leaf = encode(&entry).map_err(|problem| wrong("size", &problem))?;
    Ok(StoredEntry {
        position,
        recorded_ms: now_ms,
        action: action.to_owned(),
        noun: noun.to_owned(),
        subject: id,
        unit,
        account: who.account(),
        leaf,
    })
}
