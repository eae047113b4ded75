//! The right edge of the tree: all that appending needs, so that it reads nothing.

use crate::hash::{Hash, node_hash};
use crate::layout::{SIZE_MAX, places, stored_count};

use super::{Head, TreeError, check_size, folded, hashes_of};

/// The complete nodes at the right edge of a log, the largest first: never more than 62 hashes.
///
/// A transaction appends to a copy and puts the copy in place once it is committed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

/// What appending some leaves gives to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The index of the first of `hashes`; the others follow it.
    pub first_index: u64,
    /// The hashes to store: those of the leaves and of the nodes they completed.
    pub hashes: Vec<Hash>,
    /// The head with the new leaves.
    pub head: Head,
}

impl Frontier {
    /// The edge of a log of that size, read from its stored hashes.
    ///
    /// # Errors
    /// When the hashes cannot be read or the size is too large.
    pub fn resume<E>(
        size: u64,
        read: impl FnMut(&[u64]) -> Result<Vec<Hash>, E>,
    ) -> Result<Self, TreeError<E>> {
        check_size(size)?;
        Ok(Self { size, nodes: hashes_of(&places(0, size), read)? })
    }

    /// How many entries the log has: the position of the next.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The head of the log as it is.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { size: self.size, root: folded(&self.nodes) }
    }

    /// Appends leaves, given by their hashes.
    ///
    /// # Panics
    /// When the log would have more than 2^62 entries, which would take longer than there are
    /// people to write them.
    pub fn append(&mut self, leaves: &[Hash]) -> Appended {
        let first_index = stored_count(self.size);
        let mut hashes = Vec::with_capacity(2 * leaves.len() + 2);
        for leaf in leaves {
            self.push(*leaf, &mut hashes);
        }
        Appended { first_index, hashes, head: self.head() }
    }

    fn push(&mut self, leaf: Hash, stored: &mut Vec<Hash>) {
        assert!(self.size < SIZE_MAX, "a log has room for 2^62 entries");
        stored.push(leaf);
        let mut node = leaf;
        // As many nodes are completed as the number of entries ends in ones.
        for _ in 0..self.size.trailing_ones() {
            let Some(left) = self.nodes.pop() else { break };
            node = node_hash(&left, &node);
            stored.push(node);
        }
        self.nodes.push(node);
        self.size += 1;
    }
}
