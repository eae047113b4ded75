//! The ledger as it is stored: entries, the hashes of their tree, checkpoints, and the salts of
//! commitments. Nothing here changes or removes an entry, a hash or a checkpoint.

use domain::access::AccountId;
use domain::unit::UnitId;

use crate::engine::{Bulk, ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::value::args;

/// Bytes of a hash of the tree and of a salt.
pub type Bytes32 = [u8; 32];

/// An entry, with the columns by which it is found. They repeat what the leaf says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place, counted from 0.
    pub position: u64,
    /// When it was recorded, in epoch milliseconds.
    pub recorded_ms: i64,
    /// What was done.
    pub action: String,
    /// To which kind of thing.
    pub noun: String,
    /// To which one.
    pub subject: String,
    /// The unit it is about; none for what concerns no unit, or all.
    pub unit: Option<UnitId>,
    /// Who did it; none for the console and for strangers.
    pub account: Option<AccountId>,
    /// The bytes of the entry.
    pub leaf: Vec<u8>,
}

/// A signed head of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// How many entries it speaks of.
    pub size: u64,
    /// Its signed text.
    pub signed: String,
    /// When it was made, in epoch milliseconds.
    pub made_ms: i64,
}

/// What entries are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only before this position.
    pub before: Option<u64>,
    /// Only of this action.
    pub action: Option<String>,
    /// Only by this account.
    pub account: Option<AccountId>,
    /// Only recorded from this moment on.
    pub from_ms: Option<i64>,
    /// Only recorded before this moment.
    pub until_ms: Option<i64>,
}

statements! {
    SIZE = "select coalesce(max(position) + 1, 0) from ledger_entry";
    HASH = "select hash from ledger_hash where position = $1";
    FIND = "select position, recorded_ms, action, noun, subject, unit, account, leaf
            from ledger_entry where position = $1";
    NEWEST_OF = "select position, recorded_ms, action, noun, subject, unit, account, leaf
                 from ledger_entry where subject = $1 and noun = $2
                 order by position desc limit 1";
    FIRST_OF = "select position, recorded_ms, action, noun, subject, unit, account, leaf
                from ledger_entry where subject = $1 and noun = $2
                order by position limit 1";
    ENTRIES = "select position, recorded_ms, action, noun, subject, unit, account, leaf
               from ledger_entry where position >= $1 order by position limit $2";
    HASHES = "select position, hash from ledger_hash where position >= $1
              order by position limit $2";
    BROWSE = "select position, recorded_ms, action, noun, subject, unit, account, leaf
              from ledger_entry
              where position < $1 and recorded_ms >= $2 and recorded_ms < $3
                  and (action = $4 or $4 = '') and (account = $5 or $5 < 0)
              order by position desc limit $6";
    SAVE_CHECKPOINT = "insert into checkpoint (size, signed, made_ms) values ($1, $2, $3)";
    CHECKPOINTS = "select size, signed, made_ms from checkpoint order by size";
    NEWEST_CHECKPOINT = "select size, signed, made_ms from checkpoint order by size desc limit 1";
    SALTS = "select field, salt from commitment_salt where position = $1 order by field";
}

const INSERT_ENTRIES: Bulk = bulk!(
    "ledger_entry",
    "position, recorded_ms, action, noun, subject, unit, account, leaf",
    "$1, $2, $3, $4, $5, $6, $7, $8"
);

const INSERT_HASHES: Bulk = bulk!("ledger_hash", "position, hash", "$1, $2");

const INSERT_SALTS: Bulk = bulk!("commitment_salt", "position, field, salt", "$1, $2, $3");

/// How many entries there are: the position of the next.
///
/// # Errors
/// The database failed.
pub fn size(tx: &mut ReadTx<'_>) -> Result<u64> {
    tx.one(SIZE, args![], |row| unsigned(row, 0))
}

/// The hashes with these indexes; those that are missing are left out.
///
/// # Errors
/// The database failed.
pub fn hashes(tx: &mut ReadTx<'_>, indexes: &[u64]) -> Result<Vec<Bytes32>> {
    let mut hashes = Vec::with_capacity(indexes.len());
    for index in indexes {
        let index = signed(*index)?;
        hashes.extend(tx.optional(HASH, args![index], |row| bytes32(row, 0))?);
    }
    Ok(hashes)
}

/// Adds entries, and the hashes that they complete from `first_index` on.
///
/// # Errors
/// A position or an index is taken (a constraint), or the database failed.
pub fn append(
    tx: &mut WriteTx<'_>,
    entries: &[StoredEntry],
    first_index: u64,
    hashes: &[Bytes32],
) -> Result<()> {
    for entry in entries {
        let StoredEntry { position, recorded_ms, action, noun, subject, unit, account, leaf } =
            entry;
        let (position, leaf) = (signed(*position)?, leaf.as_slice());
        let args = args![position, *recorded_ms, action, noun, subject, *unit, *account, leaf];
        tx.insert_later(INSERT_ENTRIES, args)?;
    }
    for (index, hash) in (signed(first_index)?..).zip(hashes) {
        tx.insert_later(INSERT_HASHES, args![index, hash.as_slice()])?;
    }
    Ok(())
}

/// The entry at a position.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, position: u64) -> Result<Option<StoredEntry>> {
    let Ok(position) = i64::try_from(position) else { return Ok(None) };
    tx.optional(FIND, args![position], read)
}

/// The newest entry about one thing.
///
/// # Errors
/// The database failed.
pub fn newest_of(tx: &mut ReadTx<'_>, noun: &str, subject: &str) -> Result<Option<StoredEntry>> {
    tx.optional(NEWEST_OF, args![subject, noun], read)
}

/// The oldest entry about something.
///
/// # Errors
/// The database failed.
pub fn first_of(tx: &mut ReadTx<'_>, noun: &str, subject: &str) -> Result<Option<StoredEntry>> {
    tx.optional(FIRST_OF, args![subject, noun], read)
}

/// Some entries from a position on, in their order.
///
/// # Errors
/// The database failed.
pub fn entries(tx: &mut ReadTx<'_>, from: u64, count_max: u32) -> Result<Vec<StoredEntry>> {
    tx.all(ENTRIES, args![signed(from)?, count_max], read)
}

/// Some hashes from an index on, in their order.
///
/// # Errors
/// The database failed.
pub fn hashes_from(tx: &mut ReadTx<'_>, from: u64, count_max: u32) -> Result<Vec<(u64, Bytes32)>> {
    tx.all(HASHES, args![signed(from)?, count_max], |row| Ok((unsigned(row, 0)?, bytes32(row, 1)?)))
}

/// The newest entries that fit, the newest first.
///
/// # Errors
/// The database failed.
pub fn browse(tx: &mut ReadTx<'_>, wanted: &Wanted, count_max: u32) -> Result<Vec<StoredEntry>> {
    let before = wanted.before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX);
    let from = wanted.from_ms.unwrap_or(i64::MIN);
    let until = wanted.until_ms.unwrap_or(i64::MAX);
    let action = wanted.action.as_deref().unwrap_or_default();
    let account = wanted.account.map_or(-1, |account| account.0);
    tx.all(BROWSE, args![before, from, until, action, account, count_max], read)
}

/// Saves a checkpoint.
///
/// # Errors
/// There is one of that size (a constraint), or the database failed.
pub fn save_checkpoint(tx: &mut WriteTx<'_>, checkpoint: &StoredCheckpoint) -> Result<()> {
    let StoredCheckpoint { size, signed: text, made_ms } = checkpoint;
    tx.execute(SAVE_CHECKPOINT, args![signed(*size)?, text, *made_ms]).map(drop)
}

/// All checkpoints, the smallest first.
///
/// # Errors
/// The database failed.
pub fn checkpoints(tx: &mut ReadTx<'_>) -> Result<Vec<StoredCheckpoint>> {
    tx.all(CHECKPOINTS, args![], read_checkpoint)
}

/// The checkpoint over the most entries.
///
/// # Errors
/// The database failed.
pub fn newest_checkpoint(tx: &mut ReadTx<'_>) -> Result<Option<StoredCheckpoint>> {
    tx.optional(NEWEST_CHECKPOINT, args![], read_checkpoint)
}

/// Keeps the salt of a commitment.
///
/// # Errors
/// The database failed.
pub fn save_salt(tx: &mut WriteTx<'_>, position: u64, field: &str, salt: &Bytes32) -> Result<()> {
    tx.insert_later(INSERT_SALTS, args![signed(position)?, field, salt.as_slice()])
}

/// The salts of an entry's commitments that were not forgotten, by field.
///
/// # Errors
/// The database failed.
pub fn salts(tx: &mut ReadTx<'_>, position: u64) -> Result<Vec<(String, Bytes32)>> {
    tx.all(SALTS, args![signed(position)?], |row| Ok((row.get(0)?, bytes32(row, 1)?)))
}

fn read(row: &Row<'_>) -> Result<StoredEntry> {
    Ok(StoredEntry {
        position: unsigned(row, 0)?,
        recorded_ms: row.get(1)?,
        action: row.get(2)?,
        noun: row.get(3)?,
        subject: row.get(4)?,
        unit: row.get(5)?,
        account: row.get(6)?,
        leaf: row.get(7)?,
    })
}

fn read_checkpoint(row: &Row<'_>) -> Result<StoredCheckpoint> {
    Ok(StoredCheckpoint { size: unsigned(row, 0)?, signed: row.get(1)?, made_ms: row.get(2)? })
}

fn unsigned(row: &Row<'_>, index: usize) -> Result<u64> {
    let number: i64 = row.get(index)?;
    u64::try_from(number)
        .map_err(|_| Error::Unreadable { what: "a position", found: number.to_string() })
}

fn signed(number: u64) -> Result<i64> {
    i64::try_from(number)
        .map_err(|_| Error::Unreadable { what: "a position", found: number.to_string() })
}

/// A hash; bytes of another length become one that fits nothing, so that whoever checks the ledger
/// names it instead of stopping there.
fn bytes32(row: &Row<'_>, index: usize) -> Result<Bytes32> {
    let bytes: Vec<u8> = row.get(index)?;
    Ok(bytes.try_into().unwrap_or([0; 32]))
}
