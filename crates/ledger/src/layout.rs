//! Where the hashes of a log are stored: in the order in which appending finishes them.
//!
//! Every leaf is followed by the nodes that it completes, from the lowest up. So the hashes are
//! only ever added at the end, none is ever replaced, and a log of `n` entries has fewer than `2n`.
//!
//! ```text
//! index    0   1   2   3   4   5   6   7   8   9 …
//! hash    l0  l1 n01  l2  l3 n23 n03  l4  l5 n45 …
//! ```

/// The most entries of a log: with it, positions and indexes fit the signed numbers of databases.
pub const SIZE_MAX: u64 = 1 << 62;

/// A complete node: the `number`-th of those that stand over `2^level` entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) level: u32,
    pub(crate) number: u64,
}

/// How many hashes a log of this size has stored; so also the index of the next leaf's hash.
#[must_use]
pub fn stored_count(size: u64) -> u64 {
    2 * size - u64::from(size.count_ones())
}

/// The index of the hash of the node that stands over the entries from `number * 2^level` on,
/// `2^level` of them; level 0 is the leaves.
#[must_use]
pub fn stored_index(level: u32, number: u64) -> u64 {
    let completed_by = ((number + 1) << level) - 1;
    stored_count(completed_by) + u64::from(level)
}

/// The complete nodes whose hashes, folded from the right, give the root over the entries of a
/// range. The range begins where a node of at least its length may begin.
pub(crate) fn places(first: u64, end: u64) -> Vec<Place> {
    let mut places = Vec::new();
    let mut at = first;
    for level in (0..u64::BITS).rev() {
        if (end - first) >> level & 1 == 1 {
            places.push(Place { level, number: at >> level });
            at += 1 << level;
        }
    }
    places
}

impl Place {
    pub(crate) fn index(self) -> u64 {
        stored_index(self.level, self.number)
    }
}
