//! The Merkle tree of RFC 6962 over stored hashes: heads, appending, proofs and their verification.
//!
//! Whoever keeps the hashes gives a function that reads some by index. It is called once for each
//! question, with ascending distinct indexes, and answers with their hashes in the same order.

mod climb;
mod consistency;
mod frontier;
mod inclusion;

use std::convert::Infallible;

pub use consistency::{prove_consistency, verify_consistency};
pub use frontier::{Appended, Frontier};
pub use inclusion::{prove_inclusion, verify_inclusion};

use crate::hash::{EMPTY_ROOT, Hash, node_hash};
use crate::layout::{Place, SIZE_MAX, places};

/// What a log is at one moment: how many entries it has, and the root over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// Why a question about a tree has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError<E> {
    /// The reader failed.
    #[error("the stored hashes could not be read: {0}")]
    Read(E),
    /// The reader gave another number of hashes than it was asked for.
    #[error("{asked} hashes were asked for and {given} were given")]
    Missing {
        /// How many were asked for.
        asked: usize,
        /// How many came.
        given: usize,
    },
    /// The log would be larger than any can be.
    #[error("a log of {size} entries is too large")]
    TooLarge {
        /// The size asked about.
        size: u64,
    },
    /// The log has no such entry at that size.
    #[error("there is no entry {position} among {size}")]
    Beyond {
        /// The position asked for.
        position: u64,
        /// How many entries there are.
        size: u64,
    },
    /// A log never becomes smaller.
    #[error("a log of {from} entries cannot become one of {to}")]
    Shrinks {
        /// The earlier size.
        from: u64,
        /// The later size.
        to: u64,
    },
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofProblem {
    /// The head has fewer entries than the proof speaks of.
    #[error("entry {position} is not among {size}")]
    Beyond {
        /// The position proved.
        position: u64,
        /// The size of the head.
        size: u64,
    },
    /// The later head has fewer entries than the earlier one: something was removed.
    #[error("the log had {from} entries and later {to}")]
    Shrinks {
        /// The earlier size.
        from: u64,
        /// The later size.
        to: u64,
    },
    /// The path has too few hashes.
    #[error("the proof is too short")]
    TooShort,
    /// The path has too many hashes.
    #[error("the proof is too long")]
    TooLong,
    /// The path leads to another root than the head's.
    #[error("the entry is not under this root")]
    RootDiffers,
    /// The path does not start from the earlier head.
    #[error("the proof does not start from the earlier root")]
    EarlierRootDiffers,
    /// The path does not lead to the later head: what was there before was changed.
    #[error("the later root does not contain the earlier one")]
    LaterRootDiffers,
}

/// The head that a log had when it was that large.
///
/// # Errors
/// When the hashes cannot be read or the size is too large.
pub fn head<E>(
    size: u64,
    read: impl FnMut(&[u64]) -> Result<Vec<Hash>, E>,
) -> Result<Head, TreeError<E>> {
    Ok(Frontier::resume(size, read)?.head())
}

/// A reader of hashes that are all in memory, in the order of [`crate::layout`].
pub fn in_memory(hashes: &[Hash]) -> impl Fn(&[u64]) -> Result<Vec<Hash>, Infallible> {
    |indexes| {
        let found = |index: &u64| usize::try_from(*index).ok().and_then(|at| hashes.get(at));
        Ok(indexes.iter().filter_map(found).copied().collect())
    }
}

/// The roots over some ranges of entries, read in one go.
fn roots<E>(
    ranges: &[(u64, u64)],
    read: impl FnMut(&[u64]) -> Result<Vec<Hash>, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    let ranges: Vec<Vec<Place>> = ranges.iter().map(|(first, end)| places(*first, *end)).collect();
    let hashes = hashes_of(&ranges.concat(), read)?;
    let mut rest = hashes.as_slice();
    let mut roots = Vec::with_capacity(ranges.len());
    for range in ranges {
        let (nodes, others) = rest.split_at(range.len());
        roots.push(folded(nodes));
        rest = others;
    }
    Ok(roots)
}

/// The hashes of some places, in their order.
fn hashes_of<E>(
    places: &[Place],
    mut read: impl FnMut(&[u64]) -> Result<Vec<Hash>, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    let asked: Vec<u64> = places.iter().map(|place| place.index()).collect();
    let mut indexes = asked.clone();
    indexes.sort_unstable();
    indexes.dedup();
    let hashes =
        if indexes.is_empty() { Vec::new() } else { read(&indexes).map_err(TreeError::Read)? };
    if hashes.len() != indexes.len() {
        return Err(TreeError::Missing { asked: indexes.len(), given: hashes.len() });
    }
    let found = |index: &u64| hashes[indexes.partition_point(|other| other < index)];
    Ok(asked.iter().map(found).collect())
}

/// The root over complete nodes that stand beside each other, the largest first.
pub(crate) fn folded(nodes: &[Hash]) -> Hash {
    let Some((last, others)) = nodes.split_last() else { return EMPTY_ROOT };
    others.iter().rev().fold(*last, |right, left| node_hash(left, &right))
}

/// The largest power of two below a number of at least two: where a tree of that size divides.
fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

fn check_size<E>(size: u64) -> Result<(), TreeError<E>> {
    if size > SIZE_MAX { Err(TreeError::TooLarge { size }) } else { Ok(()) }
}
