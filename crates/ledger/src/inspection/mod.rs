//! The inspection of a stored log: everything is computed again, and whatever does not fit is named.
//!
//! A hash that is stored twice over, in itself and in the one above it, tells which of two sides
//! that disagree was changed: the one that the level above contradicts. Where nothing stands above,
//! the root of a signed checkpoint decides.

mod node;
mod rows;

use node::{Node, settle_pair, settle_root};
use rows::Rows;

use crate::entry::{EntryProblem, decode};
use crate::hash::{Hash, leaf_hash};
use crate::layout::stored_count;
use crate::tree::Head;

/// How many entries may be missing together with their hashes, until the rows behind such gaps are
/// taken for stray ones.
const GAP_MAX: u64 = 1 << 20;

/// What was found in a stored log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// How many entries there are, with missing ones that left a trace.
    pub size: u64,
    /// The root over them, when enough is left to compute it.
    pub root: Option<Hash>,
    /// What does not fit, in the order of the log; nothing when all is as it was written.
    pub findings: Vec<Finding>,
    /// How many findings more there were than there was room for.
    pub findings_left_out: u64,
}

/// Something that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// An entry is not the one that was written.
    EntryAltered {
        /// Which.
        position: u64,
    },
    /// Among these entries at least one was changed, and hashes with it.
    EntriesAltered {
        /// The first that may be.
        first: u64,
        /// The last that may be.
        last: u64,
    },
    /// A stored hash is not the one that was written.
    HashAltered {
        /// Its index.
        index: u64,
    },
    /// Entries and the hash over them disagree, and nothing tells which was changed.
    EitherAltered {
        /// The first of the entries.
        first: u64,
        /// The last of them.
        last: u64,
        /// The index of the hash.
        index: u64,
    },
    /// Entries are gone.
    EntriesMissing {
        /// The first.
        first: u64,
        /// The last.
        last: u64,
    },
    /// Hashes are gone.
    HashesMissing {
        /// The index of the first.
        first: u64,
        /// The index of the last.
        last: u64,
    },
    /// There is an entry that the log does not know.
    EntryExtra {
        /// The position it claims.
        position: u64,
    },
    /// There is a hash that does not belong to the log.
    HashExtra {
        /// The index it claims.
        index: u64,
    },
    /// An entry was written as it is, but cannot be read.
    EntryUnreadable {
        /// Which.
        position: u64,
        /// What is wrong with it.
        problem: EntryProblem,
    },
    /// An entry says that it stands elsewhere.
    EntryElsewhere {
        /// Where it stands.
        position: u64,
        /// Where it says it stands.
        says: u64,
    },
    /// The log is not the one that was signed.
    CheckpointDiffers {
        /// The size at which it was signed.
        size: u64,
        /// The root that the log gives there, when enough is left to compute it.
        computed: Option<Hash>,
    },
    /// More entries were signed than there are.
    CheckpointAhead {
        /// The size that was signed.
        size: u64,
        /// How many entries there are.
        entries: u64,
    },
}

/// Inspects a stored log. Entries come by ascending position and hashes by ascending index; the
/// heads are those of checkpoints whose signatures were checked, in any order.
///
/// # Errors
/// When a row cannot be read.
pub fn inspect<E>(
    entries: impl IntoIterator<Item = Result<(u64, Vec<u8>), E>>,
    hashes: impl IntoIterator<Item = Result<(u64, Hash), E>>,
    heads: &[Head],
    findings_max: usize,
) -> Result<Inspection, E> {
    let (mut entries, mut hashes) = (Rows::new(entries), Rows::new(hashes));
    let mut heads = heads.to_vec();
    heads.sort_by_key(|head| head.size);
    let signed = heads.last().map_or(0, |head| head.size);
    let mut heads = heads.into_iter().peekable();
    let mut walk = Walk::new(findings_max);
    let mut gap_left = GAP_MAX;
    loop {
        while let Some(head) = heads.next_if(|head| head.size == walk.size) {
            walk.compare(&head);
        }
        let position = walk.size;
        let entry = entries.at(position, |position| {
            walk.findings.add(Finding::EntryExtra { position });
        })?;
        let stored = walk.stored(stored_count(position), &mut hashes)?;
        let within_reach = |next: Option<u64>| next.is_some_and(|next| next - position <= gap_left);
        match (&entry, stored) {
            (None, None) => {
                // About two hashes are stored for each entry.
                let by_hash = hashes.next_number().map(|index| (index / 2).max(position));
                if !within_reach(entries.next_number()) && !within_reach(by_hash) {
                    break;
                }
                gap_left -= 1;
            }
            // Behind the last hash and beyond what was signed: nobody appended this.
            (Some(_), None) if position >= signed && hashes.next_number().is_none() => {
                walk.findings.add(Finding::EntryExtra { position });
                break;
            }
            (Some(_), None | Some(_)) | (None, Some(_)) => {}
        }
        walk.leaf(entry.as_deref(), stored);
        walk.nodes_above(&mut hashes)?;
    }
    entries.rest(|position| walk.findings.add(Finding::EntryExtra { position }))?;
    hashes.rest(|index| walk.findings.add(Finding::HashExtra { index }))?;
    for head in heads {
        walk.findings.add(Finding::CheckpointAhead { size: head.size, entries: walk.size });
    }
    Ok(walk.finished())
}

/// The state between two entries: like a frontier, with both sides of what disagrees.
struct Walk {
    size: u64,
    nodes: Vec<Node>,
    findings: Findings,
}

struct Findings {
    list: Vec<Finding>,
    list_max: usize,
    left_out: u64,
}

impl Walk {
    fn new(findings_max: usize) -> Self {
        let findings = Findings { list: Vec::new(), list_max: findings_max, left_out: 0 };
        Self { size: 0, nodes: Vec::new(), findings }
    }

    /// The stored hash of that index.
    fn stored<E>(
        &mut self,
        index: u64,
        hashes: &mut Rows<impl Iterator<Item = Result<(u64, Hash), E>>>,
    ) -> Result<Option<Hash>, E> {
        hashes.at(index, |index| self.findings.add(Finding::HashExtra { index }))
    }

    fn leaf(&mut self, entry: Option<&[u8]>, stored: Option<Hash>) {
        let position = self.size;
        let index = stored_count(position);
        let node = Node { first: position, level: 0, index, derived: entry.map(leaf_hash), stored };
        if stored.is_none() {
            self.findings.add(Finding::HashesMissing { first: index, last: index });
        }
        match entry {
            None => self.findings.add(Finding::EntriesMissing { first: position, last: position }),
            // What is wrong with an entry that was changed says nothing more.
            Some(_) if node.is_disputed() => {}
            Some(entry) => match decode(entry) {
                Err(problem) => self.findings.add(Finding::EntryUnreadable { position, problem }),
                Ok(entry) if entry.position != position => {
                    self.findings.add(Finding::EntryElsewhere { position, says: entry.position });
                }
                Ok(_) => {}
            },
        }
        self.nodes.push(node);
    }

    /// Completes the nodes that the last leaf completes.
    fn nodes_above<E>(
        &mut self,
        hashes: &mut Rows<impl Iterator<Item = Result<(u64, Hash), E>>>,
    ) -> Result<(), E> {
        for _ in 0..self.size.trailing_ones() {
            let (Some(mut right), Some(mut left)) = (self.nodes.pop(), self.nodes.pop()) else {
                break;
            };
            let index = right.index + 1;
            let stored = self.stored(index, hashes)?;
            if stored.is_none() {
                self.findings.add(Finding::HashesMissing { first: index, last: index });
            }
            let settled = settle_pair(&mut left, &mut right, stored);
            self.findings.add_all(settled);
            self.nodes.push(Node::over(&left, &right, index, stored));
        }
        self.size += 1;
        Ok(())
    }

    /// Compares the log as it stands with a signed head of the same size.
    fn compare(&mut self, head: &Head) {
        match settle_root(&mut self.nodes, &head.root) {
            Ok(settled) => self.findings.add_all(settled),
            Err(computed) => {
                self.findings.add(Finding::CheckpointDiffers { size: head.size, computed });
            }
        }
    }

    fn finished(mut self) -> Inspection {
        for node in self.nodes.iter().filter(|node| node.is_disputed()) {
            self.findings.add(node.unsettled());
        }
        Inspection {
            size: self.size,
            root: node::root(&self.nodes),
            findings: self.findings.list,
            findings_left_out: self.findings.left_out,
        }
    }
}

impl Findings {
    fn add_all(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            self.add(finding);
        }
    }

    fn add(&mut self, finding: Finding) {
        // Missing entries and missing hashes may take turns.
        if self.list.iter_mut().rev().take(2).any(|earlier| is_continued(earlier, &finding)) {
            return;
        }
        if self.list.len() < self.list_max {
            self.list.push(finding);
        } else {
            self.left_out += 1;
        }
    }
}

/// Makes one finding of what is missing in a row.
fn is_continued(earlier: &mut Finding, finding: &Finding) -> bool {
    let ((Finding::EntriesMissing { last, .. }, Finding::EntriesMissing { first, last: end })
    | (Finding::HashesMissing { last, .. }, Finding::HashesMissing { first, last: end })) =
        (earlier, finding)
    else {
        return false;
    };
    let continued = *last + 1 == *first;
    if continued {
        *last = *end;
    }
    continued
}
