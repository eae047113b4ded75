//! Checkpoints: signing what the ledger is at a moment, and proving that an entry is under it.

use ledger::checkpoint::{self, Checkpoint};
use ledger::key::{SecretKey, SignerName};
use ledger::proof_file::{self, ProofFile};
use ledger::tree::{self, Frontier, Head, prove_inclusion};
use sha2::{Digest as _, Sha256};
use store::ledger::StoredCheckpoint;
use store::{ReadTx, WriteTx};

use crate::door;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets::Secrets;
use crate::verification::{Trouble, Verification, Witnesses};
use crate::workspace::Workspace;

/// The name of the ledger in its checkpoints. Two databases are told apart by their keys.
const NAME: &str = "dotpha.local/so-cai";

/// Keeps the key of the ledger apart from everything else made of the database's key.
const PURPOSE: &[u8] = b"dotpha-ledger-key-v1";

impl Secrets {
    /// The key that signs checkpoints. It follows from the database's key, so that there is one
    /// file to guard and to keep.
    ///
    /// # Errors
    /// Never, unless the ledger's name is wrong.
    pub fn ledger_key(&self) -> Result<SecretKey, Error> {
        let name = SignerName::parse(NAME).map_err(|error| Error::Fault(error.to_string()))?;
        let seed = Sha256::new().chain_update(PURPOSE).chain_update(self.key()).finalize();
        Ok(SecretKey::new(name, &seed.into()))
    }

    /// The line by which others check what the ledger's key signed.
    ///
    /// # Errors
    /// As [`Self::ledger_key`].
    pub fn ledger_key_line(&self) -> Result<String, Error> {
        Ok(self.ledger_key()?.public().to_string())
    }
}

impl Workspace {
    /// Signs what the ledger is now; gives back the signed text, or none when nothing was recorded
    /// since the last time.
    ///
    /// # Errors
    /// The ledger is not the one that was signed before, or the database failed.
    pub fn make_checkpoint(&self, secrets: &Secrets, now_ms: i64) -> Result<Option<String>, Error> {
        let key = secrets.ledger_key()?;
        self.database.write_blocking(move |tx| make(tx, &key, now_ms))
    }

    /// The file that proves that the entry at a position is in the ledger; none before it is under
    /// a checkpoint.
    ///
    /// # Errors
    /// The ledger is damaged, or the database failed.
    pub fn proof(&self, position: u64) -> Result<Option<String>, Error> {
        self.database.read_blocking(move |tx| proof(tx, position))
    }
}

impl Entrance {
    /// See [`Workspace::make_checkpoint`].
    ///
    /// # Errors
    /// As there.
    pub fn make_checkpoint(&self, now_ms: i64) -> Result<Option<String>, Error> {
        self.workspace.make_checkpoint(&self.secrets, now_ms)
    }

    /// See [`Workspace::verify`]; with the checkpoints that were kept outside the database.
    ///
    /// # Errors
    /// As there.
    pub fn verify(&self, kept: Vec<String>) -> Result<Verification, Error> {
        let key = Some(self.secrets.ledger_key_line()?);
        self.workspace.verify(Witnesses { key, checkpoints: kept })
    }

    /// See [`Workspace::verify_recent`].
    ///
    /// # Errors
    /// As there.
    pub fn verify_recent(&self) -> Result<Vec<Trouble>, Error> {
        self.workspace.verify_recent(self.secrets.ledger_key_line()?)
    }
}

fn make(tx: &mut WriteTx<'_>, key: &SecretKey, now_ms: i64) -> Result<Option<String>, Error> {
    let frontier: Frontier = door::frontier(tx)?;
    let head = frontier.head();
    let newest = store::ledger::newest_checkpoint(tx)?;
    if let Some(newest) = &newest {
        stands_on(tx, key, newest, head.size)?;
    }
    if head.size == newest.map_or(0, |newest| newest.size) {
        return Ok(None);
    }
    let said = Checkpoint { origin: key.public().name().clone(), head };
    let signed = checkpoint::sign(&said, &[key]);
    let kept = StoredCheckpoint { size: head.size, signed: signed.clone(), made_ms: now_ms };
    store::ledger::save_checkpoint(tx, &kept)?;
    Ok(Some(signed))
}

/// Makes sure that the ledger still has what was signed before: to sign what somebody changed would
/// cover it up.
fn stands_on(
    tx: &mut ReadTx<'_>,
    key: &SecretKey,
    earlier: &StoredCheckpoint,
    size: u64,
) -> Result<(), Error> {
    let damaged = || Error::Fault("the ledger is not the one that was signed before".to_owned());
    let opened = checkpoint::open(&earlier.signed, &[key.public()]).map_err(|_| damaged())?;
    let signed = opened.checkpoint.head;
    if signed.size != earlier.size || signed.size > size || head_at(tx, signed.size)? != signed {
        return Err(damaged());
    }
    Ok(())
}

/// The head that the stored hashes give at a size.
pub(crate) fn head_at(tx: &mut ReadTx<'_>, size: u64) -> Result<Head, Error> {
    let read = |indexes: &[u64]| store::ledger::hashes(tx, indexes).map(door::hashes);
    tree::head(size, read).map_err(door::unreadable)
}

fn proof(tx: &mut ReadTx<'_>, position: u64) -> Result<Option<String>, Error> {
    let Some(checkpoint) = store::ledger::newest_checkpoint(tx)? else { return Ok(None) };
    if position >= checkpoint.size {
        return Ok(None);
    }
    let read = |indexes: &[u64]| store::ledger::hashes(tx, indexes).map(door::hashes);
    let path = prove_inclusion(position, checkpoint.size, read).map_err(door::unreadable)?;
    let file = ProofFile { extra: None, position, path, checkpoint: checkpoint.signed };
    Ok(Some(proof_file::write(&file)))
}
