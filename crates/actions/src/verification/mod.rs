//! Verification: the whole ledger is computed again, and the rows of the database are compared with
//! what their newest entries say. Whatever does not fit is named.

mod attachments;
mod kept_files;
mod proposals;
mod recent;
mod rows;
mod steps;
mod stream;

use std::cell::RefCell;

use ledger::checkpoint;
use ledger::hash::Hash;
use ledger::inspection::{Inspection, inspect};
use ledger::key::PublicKey;
use ledger::tree::Head;
use store::ReadTx;

pub use ledger::inspection::Finding;
pub use recent::RECENT;

use crate::error::Error;
use crate::workspace::Workspace;
use stream::{Known, entries, hashes};

/// Troubles named one by one; the rest are only counted.
pub const TROUBLES_MAX: usize = 200;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// How many entries there are.
    pub size: u64,
    /// The root over them in base64, when enough is left to compute it.
    pub root: Option<String>,
    /// How many checkpoints were compared.
    pub checkpoints: usize,
    /// How many checkpoints could not be compared for want of a key.
    pub unchecked: usize,
    /// How many rows were compared with their entries.
    pub rows: u64,
    /// What does not fit; nothing when all is as it was written.
    pub troubles: Vec<Trouble>,
    /// How many troubles more there were.
    pub left_out: u64,
}

/// A thing that the ledger speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Thing {
    /// Of which kind: `submission`, `attachment`, `file`, `import`, `account`, `grant` or `role`.
    pub noun: &'static str,
    /// Which one; of a photograph the submission, a stroke, and its number there.
    pub id: String,
}

/// Something that was changed behind the program's back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The ledger itself.
    Ledger(Finding),
    /// The columns by which an entry is found do not say what the entry says.
    ColumnsDiffer {
        /// The entry.
        position: u64,
    },
    /// A row is not as its newest entry says.
    RowAltered {
        /// The entry.
        position: u64,
        /// The thing whose row it is.
        thing: Thing,
    },
    /// A row is gone.
    RowMissing {
        /// The entry that speaks of it.
        position: u64,
        /// The thing whose row it was.
        thing: Thing,
    },
    /// A row that no entry speaks of.
    RowExtra {
        /// The thing whose row it is.
        thing: Thing,
    },
    /// A checkpoint that was changed, or that the ledger's key did not sign.
    CheckpointWrong {
        /// The size under which it is kept; none in the file beside the database.
        size: Option<u64>,
    },
}

/// What checkpoints are compared with.
#[derive(Debug, Clone, Default)]
pub struct Witnesses {
    /// The line of the ledger's key.
    pub key: Option<String>,
    /// Signed checkpoints that were kept outside the database.
    pub checkpoints: Vec<String>,
}

impl Workspace {
    /// Verifies everything.
    ///
    /// # Errors
    /// The key is none, or the database failed.
    pub fn verify(&self, witnesses: Witnesses) -> Result<Verification, Error> {
        self.database.read_blocking(move |tx| verify(tx, &witnesses))
    }

    /// Verifies the newest entries and the newest checkpoint only, which takes no time.
    ///
    /// # Errors
    /// As [`Self::verify`].
    pub fn verify_recent(&self, key: String) -> Result<Vec<Trouble>, Error> {
        self.database.read_blocking(move |tx| recent::verify(tx, &key))
    }
}

fn verify(tx: &mut ReadTx<'_>, witnesses: &Witnesses) -> Result<Verification, Error> {
    let mut troubles = Troubles::default();
    let signed = signed(tx, witnesses, &mut troubles)?;
    let known = RefCell::new(Known::default());
    let inspection: Inspection = {
        let shared = RefCell::new(&mut *tx);
        inspect(entries(&shared, &known), hashes(&shared), &signed.heads, TROUBLES_MAX)?
    };
    let mut known = known.into_inner();
    known.suspect(&inspection.findings);
    troubles.left_out += inspection.findings_left_out;
    for position in known.columns_differ() {
        troubles.add(Trouble::ColumnsDiffer { position });
    }
    let rows = rows::compare(tx, &mut known, &mut troubles)?;
    let findings = inspection.findings.into_iter().map(Trouble::Ledger);
    Ok(Verification {
        size: inspection.size,
        root: inspection.root.as_ref().map(Hash::to_string),
        checkpoints: signed.heads.len(),
        unchecked: signed.unchecked,
        rows,
        troubles: findings.chain(troubles.list).collect(),
        left_out: troubles.left_out,
    })
}

/// The heads of checkpoints that the ledger's key signed.
struct Signed {
    heads: Vec<Head>,
    unchecked: usize,
}

fn signed(
    tx: &mut ReadTx<'_>,
    witnesses: &Witnesses,
    troubles: &mut Troubles,
) -> Result<Signed, Error> {
    let stored = store::ledger::checkpoints(tx)?;
    let stored = stored.into_iter().map(|one| (Some(one.size), one.signed));
    let outside = witnesses.checkpoints.iter().map(|signed| (None, signed.clone()));
    let all: Vec<(Option<u64>, String)> = stored.chain(outside).collect();
    let Some(key) = &witnesses.key else {
        return Ok(Signed { heads: Vec::new(), unchecked: all.len() });
    };
    let key = public_key(key)?;
    let mut heads: Vec<Head> = Vec::new();
    for (size, text) in all {
        match checkpoint::open(&text, std::slice::from_ref(&key)) {
            Ok(opened) if size.is_none_or(|size| size == opened.checkpoint.head.size) => {
                // The same checkpoint stands in the table and in the file.
                if !heads.contains(&opened.checkpoint.head) {
                    heads.push(opened.checkpoint.head);
                }
            }
            Ok(_) | Err(_) => troubles.add(Trouble::CheckpointWrong { size }),
        }
    }
    Ok(Signed { heads, unchecked: 0 })
}

fn public_key(line: &str) -> Result<PublicKey, Error> {
    let bad = |_| domain::refusal::Refusal::BadLedgerKey { text: line.to_owned() };
    Ok(line.parse().map_err(bad)?)
}

#[derive(Default)]
struct Troubles {
    list: Vec<Trouble>,
    left_out: u64,
}

impl Troubles {
    fn add(&mut self, trouble: Trouble) {
        if self.list.len() < TROUBLES_MAX {
            self.list.push(trouble);
        } else {
            self.left_out += 1;
        }
    }
}
