//! Entries and hashes read in pages, and what is learned from the entries on the way.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use ledger::commitment::Commitment;
use ledger::entry::{Entry, Identifier, Payload, decode};
use ledger::hash::{Hash, digest};
use ledger::inspection::Finding;
use store::ReadTx;
use store::ledger::StoredEntry;

use crate::door::{Doer, Kind};

/// Rows read at a time.
const PAGE: u32 = 4_096;

/// What the entries say about things: of each, the newest entry and the digest of its content.
#[derive(Debug, Default)]
pub(super) struct Known {
    newest: BTreeMap<(String, String), Newest>,
    committing: Vec<Committing>,
    steps: BTreeMap<u64, (String, String)>,
    differ: BTreeSet<u64>,
    suspect: Vec<(u64, u64)>,
    has_gaps: bool,
}

/// An entry about a submission that commits to what was sent beside its figures, or that cannot be
/// read any more.
#[derive(Debug, Clone)]
pub(super) struct Committing {
    pub(super) position: u64,
    /// The submission, by the entry and by the columns under which it is found.
    pub(super) submissions: BTreeSet<String>,
    pub(super) commitments: BTreeMap<Identifier, Commitment>,
}

/// The newest entry about a thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Newest {
    pub(super) position: u64,
    pub(super) content: Hash,
}

/// Nouns whose rows are compared.
const COMPARED: [&str; 19] = [
    "account",
    "brief",
    "call",
    "difficulty",
    "file",
    "grant",
    "hook",
    "import",
    "lock",
    "picture",
    "plan",
    "priority",
    "proposal",
    "remark",
    "role",
    "score",
    "stocktake",
    "submission",
    "task",
];

/// Nouns of which every entry is a step that lies in a row of its own.
const STEPPING: [&str; 2] = ["difficulty", "task"];

impl Known {
    fn learn(&mut self, stored: &StoredEntry) {
        let read = decode(&stored.leaf).ok();
        let content = read.as_ref().map_or(Hash([0; 32]), |entry| content(&entry.payload));
        let newest = Newest { position: stored.position, content };
        let by_columns = (stored.noun.clone(), stored.subject.clone());
        if let Some(entry) = &read {
            if !fits(stored, entry) {
                self.differ.insert(stored.position);
            }
            let by_leaf = (entry.subject.noun.to_string(), entry.subject.id.to_string());
            // An entry that was changed is still about what its columns say.
            if by_leaf != by_columns {
                self.note(by_leaf, newest);
            }
        }
        self.note_committing(stored, read);
        if STEPPING.contains(&by_columns.0.as_str()) {
            self.steps.insert(stored.position, by_columns.clone());
        }
        self.note(by_columns, newest);
    }

    fn note_committing(&mut self, stored: &StoredEntry, read: Option<Entry>) {
        if stored.noun != Kind::SubmissionSent.noun() {
            return;
        }
        let mut submissions = BTreeSet::from([stored.subject.clone()]);
        let (commitments, is_whole) = match read {
            Some(entry) => {
                submissions.insert(entry.subject.id.to_string());
                (entry.commitments, submissions.len() == 1)
            }
            None => (BTreeMap::new(), false),
        };
        if !is_whole || !commitments.is_empty() {
            let position = stored.position;
            self.committing.push(Committing { position, submissions, commitments });
        }
    }

    /// Takes out the entries that commit to what was sent beside figures.
    pub(super) fn take_committing(&mut self) -> Vec<Committing> {
        std::mem::take(&mut self.committing)
    }

    /// Takes out the entry of a step; gives back whether there was one.
    pub(super) fn take_step(&mut self, position: u64) -> bool {
        self.steps.remove(&position).is_some()
    }

    /// Takes out the entries of steps for which no row was found: place, noun and thing.
    pub(super) fn take_steps(&mut self) -> impl Iterator<Item = (u64, String, String)> + use<> {
        let left = std::mem::take(&mut self.steps).into_iter();
        left.map(|(position, (noun, id))| (position, noun, id))
    }

    fn note(&mut self, thing: (String, String), newest: Newest) {
        if COMPARED.contains(&thing.0.as_str()) {
            self.newest.insert(thing, newest);
        }
    }

    /// Takes out what the newest entry about a thing says.
    pub(super) fn take(&mut self, noun: &str, id: &str) -> Option<Newest> {
        self.newest.remove(&(noun.to_owned(), id.to_owned()))
    }

    /// What no row was found for.
    pub(super) fn left(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        let left = self.newest.iter();
        left.map(|((noun, id), newest)| (noun.as_str(), id.as_str(), newest.position))
    }

    /// Notes which entries are named already, so that the rows they speak of are not named too.
    pub(super) fn suspect(&mut self, findings: &[Finding]) {
        for finding in findings {
            let range = match *finding {
                Finding::EntryAltered { position }
                | Finding::EntryExtra { position }
                | Finding::EntryUnreadable { position, .. }
                | Finding::EntryElsewhere { position, .. } => (position, position),
                Finding::EntriesAltered { first, last }
                | Finding::EitherAltered { first, last, .. } => (first, last),
                Finding::EntriesMissing { first, last } => {
                    self.has_gaps = true;
                    (first, last)
                }
                Finding::HashAltered { .. }
                | Finding::HashesMissing { .. }
                | Finding::HashExtra { .. }
                | Finding::CheckpointDiffers { .. } => continue,
                Finding::CheckpointAhead { .. } => {
                    self.has_gaps = true;
                    continue;
                }
            };
            self.suspect.push(range);
        }
    }

    pub(super) fn is_suspect(&self, position: u64) -> bool {
        self.differ.contains(&position)
            || self.suspect.iter().any(|(first, last)| (*first..=*last).contains(&position))
    }

    /// Whether entries are gone, so that a row without one says nothing more.
    pub(super) fn has_gaps(&self) -> bool {
        self.has_gaps
    }

    /// Entries that say something else than their columns, and were not changed themselves.
    pub(super) fn columns_differ(&self) -> Vec<u64> {
        let is_named = |position: &u64| {
            self.suspect.iter().any(|(first, last)| (*first..=*last).contains(position))
        };
        self.differ.iter().copied().filter(|position| !is_named(position)).collect()
    }
}

/// The digest of what an entry carries, wherever the content itself stands.
pub(super) fn content(payload: &Payload) -> Hash {
    match payload {
        Payload::Content(bytes) => digest(bytes),
        Payload::Digest(hash) => *hash,
    }
}

/// Whether the columns of an entry repeat what it says. The unit is not part of every entry, so it
/// cannot be compared.
pub(super) fn fits(stored: &StoredEntry, entry: &Entry) -> bool {
    let account = Doer::read(entry.actor.as_str()).and_then(Doer::account);
    stored.recorded_ms == entry.recorded_ms
        && stored.action == entry.action.as_str()
        && stored.noun == entry.subject.noun.as_str()
        && stored.subject == entry.subject.id.as_str()
        && stored.account == account
}

/// The leaves by ascending position; what they say is learned on the way.
pub(super) fn entries<'a, 'tx>(
    tx: &'a RefCell<&'a mut ReadTx<'tx>>,
    known: &'a RefCell<Known>,
) -> impl Iterator<Item = Result<(u64, Vec<u8>), store::Error>> + use<'a, 'tx> {
    let page = move |from| store::ledger::entries(&mut tx.borrow_mut(), from, PAGE);
    paged(page, |entry| entry.position).map(move |entry| {
        let entry = entry?;
        known.borrow_mut().learn(&entry);
        Ok((entry.position, entry.leaf))
    })
}

/// The hashes by ascending index.
pub(super) fn hashes<'a, 'tx>(
    tx: &'a RefCell<&'a mut ReadTx<'tx>>,
) -> impl Iterator<Item = Result<(u64, Hash), store::Error>> + use<'a, 'tx> {
    let page = move |from| store::ledger::hashes_from(&mut tx.borrow_mut(), from, PAGE);
    paged(page, |(index, _)| *index).map(|row| row.map(|(index, hash)| (index, Hash(hash))))
}

/// All rows, a page at a time; a page that cannot be read is the last.
fn paged<T>(
    mut read: impl FnMut(u64) -> Result<Vec<T>, store::Error>,
    number: impl Fn(&T) -> u64,
) -> impl Iterator<Item = Result<T, store::Error>> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let page = read(next?);
        next = match &page {
            Ok(rows) => rows.last().map(|last| number(last) + 1),
            Err(_) => None,
        };
        let rows: Vec<Result<T, store::Error>> = match page {
            Ok(rows) => rows.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        };
        Some(rows)
    })
    .flatten()
}
