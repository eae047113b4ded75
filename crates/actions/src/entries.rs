//! Looking into the ledger: entries with what they say, receipts, and who may see which.

use std::collections::BTreeMap;

use domain::access::{AccountId, Actor, Right};
use domain::refusal::{Noun, Refusal};
use domain::unit::UnitId;
use jiff::civil::Date;
use ledger::entry::{Payload, decode};
use ledger::hash::leaf_hash;
use ledger::receipt::{Receipt, number_of};
use store::ReadTx;
use store::ledger::{StoredEntry, Wanted};

use crate::door::{Kind, Recorded};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Entries on one page.
pub const PAGE: usize = 50;

/// Entries looked at for one page: behind that, one goes on by hand.
const LOOKED_AT_MAX: usize = 20_000;

/// Entries read at a time.
const BATCH: u32 = 500;

/// An entry, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLine {
    /// Its position.
    pub position: u64,
    /// When it was recorded, in epoch milliseconds.
    pub recorded_ms: i64,
    /// What was done; none for what this program does not know.
    pub kind: Option<Kind>,
    /// The action as the entry names it.
    pub action: String,
    /// To which kind of thing.
    pub noun: String,
    /// To which one.
    pub id: String,
    /// The unit it is about.
    pub unit: Option<UnitId>,
    /// Who did it, as the entry names them: an account's number, `console` or `stranger`.
    pub actor: String,
}

/// An entry with everything it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPage {
    /// What stands in lists too.
    pub line: EntryLine,
    /// What it carries; none when only the digest stands there.
    pub content: Option<String>,
    /// Why, when that was said.
    pub reason: Option<String>,
    /// The fields it commits to.
    pub commitments: Vec<String>,
    /// The hash of its leaf, in base64.
    pub leaf_hash: String,
    /// Its receipt.
    pub receipt: ReceiptText,
    /// Whether a checkpoint is over it, so that there is a proof.
    pub is_signed: bool,
}

/// A receipt as people and as machines read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptText {
    /// The position it is about.
    pub position: u64,
    /// The hash of its leaf, in base64.
    pub hash: String,
    /// The short number, to write down or read out.
    pub number: String,
    /// The whole, for a QR code.
    pub text: String,
}

/// What entries are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AskedEntries {
    /// Only before this position.
    pub before: Option<u64>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only by this account.
    pub account: Option<AccountId>,
    /// Only about this unit and those below.
    pub unit: Option<UnitId>,
    /// Only recorded in this span: from the first moment, before the second.
    pub span_ms: Option<(i64, i64)>,
}

/// Some entries, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryList {
    /// Those that fit and may be seen.
    pub lines: Vec<EntryLine>,
    /// Where older ones begin, when there may be any.
    pub older: Option<u64>,
}

impl Workspace {
    /// The newest entries that fit, of those whose unit the actor may look into.
    ///
    /// # Errors
    /// The database failed.
    pub fn ledger_entries(
        &self,
        who: &Actor,
        asked: AskedEntries,
        today: Date,
    ) -> Result<EntryList, Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.read_blocking(move |tx| {
            let mut sight = Sight { snapshot: &snapshot, who: &who, today, known: BTreeMap::new() };
            let mut wanted = Wanted {
                before: asked.before,
                action: asked.kind.map(|kind| kind.action().to_owned()),
                account: asked.account,
                from_ms: asked.span_ms.map(|(from, _)| from),
                until_ms: asked.span_ms.map(|(_, until)| until),
            };
            let (mut lines, mut looked_at) = (Vec::new(), 0);
            loop {
                let batch = store::ledger::browse(tx, &wanted, BATCH)?;
                if batch.is_empty() {
                    return Ok(EntryList { lines, older: None });
                }
                for entry in batch {
                    wanted.before = Some(entry.position);
                    looked_at += 1;
                    if sight.fits(entry.unit, asked.unit) {
                        lines.push(line(entry));
                    }
                    if lines.len() == PAGE || looked_at == LOOKED_AT_MAX {
                        return Ok(EntryList { lines, older: wanted.before });
                    }
                }
            }
        })
    }

    /// The entry at a position, for whoever holds the right where it belongs: for its unit, or for
    /// the whole tree when it is about none.
    ///
    /// # Errors
    /// There is none, the actor may not see it, or the database failed.
    pub fn ledger_entry(
        &self,
        who: &Actor,
        right: Right,
        position: u64,
        today: Date,
    ) -> Result<EntryPage, Error> {
        let found = self.database.read_blocking::<_, Error>(move |tx| {
            let entry = store::ledger::find(tx, position)?;
            let signed = store::ledger::newest_checkpoint(tx)?;
            Ok(entry.map(|entry| (entry, signed.is_some_and(|signed| signed.size > position))))
        })?;
        let missing = || Refusal::NotFound { noun: Noun::Entry, key: position.to_string() };
        let (entry, is_signed) = found.ok_or_else(missing)?;
        self.snapshot()?.check(who, right, entry.unit, today)?;
        page(entry, is_signed)
    }

    /// The receipt of a submission; none for one that came before there was a ledger.
    ///
    /// # Errors
    /// The database failed.
    pub fn receipt(&self, submission: &str) -> Result<Option<ReceiptText>, Error> {
        let id = submission.to_owned();
        self.database.read_blocking(move |tx| {
            let entry = store::ledger::newest_of(tx, Kind::SubmissionReceived.noun(), &id)?;
            Ok(entry.map(|entry| receipt_of(&entry)))
        })
    }
}

/// The receipt that the sender of something got: of the entry of its arrival, whatever was done with it
/// since.
pub(crate) fn arrival(
    tx: &mut ReadTx<'_>,
    noun: &str,
    id: &str,
) -> Result<Option<ReceiptText>, store::Error> {
    let entry = store::ledger::first_of(tx, noun, id)?;
    Ok(entry.map(|entry| receipt_of(&entry)))
}

/// Which units an actor may look into, looked up once each.
struct Sight<'a> {
    snapshot: &'a Snapshot,
    who: &'a Actor,
    today: Date,
    known: BTreeMap<Option<UnitId>, bool>,
}

impl Sight<'_> {
    fn fits(&mut self, unit: Option<UnitId>, asked: Option<UnitId>) -> bool {
        let (snapshot, who, today) = (self.snapshot, self.who, self.today);
        *self.known.entry(unit).or_insert_with(|| {
            let is_asked = match (asked, unit) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(asked), Some(unit)) => snapshot.path(unit, today).contains(&asked),
            };
            is_asked && snapshot.check(who, Right::ReadLedger, unit, today).is_ok()
        })
    }
}

fn line(entry: StoredEntry) -> EntryLine {
    let actor = decode(&entry.leaf).map_or_else(|_| String::new(), |read| read.actor.to_string());
    EntryLine {
        position: entry.position,
        recorded_ms: entry.recorded_ms,
        kind: Kind::from_action(&entry.action),
        action: entry.action,
        noun: entry.noun,
        id: entry.subject,
        unit: entry.unit,
        actor,
    }
}

fn page(entry: StoredEntry, is_signed: bool) -> Result<EntryPage, Error> {
    let wrong = |problem| {
        Error::Fault(format!(
            "entry {} cannot be read, see `dotpha verify`: {problem}",
            entry.position
        ))
    };
    let read = decode(&entry.leaf).map_err(wrong)?;
    Ok(EntryPage {
        content: match read.payload {
            Payload::Content(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Payload::Digest(_) => None,
        },
        reason: read.reason.map(|reason| reason.as_str().to_owned()),
        commitments: read.commitments.keys().map(ToString::to_string).collect(),
        leaf_hash: leaf_hash(&entry.leaf).to_string(),
        receipt: receipt_of(&entry),
        line: line(entry),
        is_signed,
    })
}

fn receipt_of(entry: &StoredEntry) -> ReceiptText {
    receipt(Recorded { position: entry.position, leaf: leaf_hash(&entry.leaf) })
}

/// The receipt of an entry.
pub(crate) fn receipt(Recorded { position, leaf }: Recorded) -> ReceiptText {
    let receipt = Receipt { position, leaf, head: None };
    let (number, text) = (number_of(&receipt).to_string(), receipt.to_string());
    ReceiptText { position, hash: leaf.to_string(), number, text }
}
