//! A node with two hashes: the one derived from below and the one stored; and how it is settled
//! which of them is right.

use crate::hash::{Hash, node_hash};
use crate::tree::folded;

use super::Finding;

/// Nodes that may be settled together by one root: two to this power combinations are tried.
const DISPUTED_MAX: usize = 10;

#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The first entry under it.
    pub(super) first: u64,
    pub(super) level: u32,
    pub(super) index: u64,
    /// What comes out from below; none when too much is missing there.
    pub(super) derived: Option<Hash>,
    /// What was stored; none when it is missing.
    pub(super) stored: Option<Hash>,
}

impl Node {
    /// The node over two settled ones.
    pub(super) fn over(left: &Self, right: &Self, index: u64, stored: Option<Hash>) -> Self {
        let derived = left.value().zip(right.value());
        let derived = derived.map(|(left, right)| node_hash(&left, &right));
        Self { first: left.first, level: left.level + 1, index, derived, stored }
    }

    pub(super) fn is_disputed(&self) -> bool {
        self.derived.zip(self.stored).is_some_and(|(derived, stored)| derived != stored)
    }

    /// What the entries under it and it itself say when nothing settles it.
    pub(super) fn unsettled(&self) -> Finding {
        Finding::EitherAltered { first: self.first, last: self.last(), index: self.index }
    }

    fn value(&self) -> Option<Hash> {
        self.derived.or(self.stored)
    }

    fn last(&self) -> u64 {
        self.first + (1 << self.level) - 1
    }

    /// The hashes that it may have.
    fn choices(&self) -> Vec<Hash> {
        let mut choices: Vec<Hash> = self.derived.into_iter().chain(self.stored).collect();
        choices.dedup();
        choices
    }

    /// Takes one of the choices for right, and says what that means for the other.
    fn settle(&mut self, right: Hash) -> Option<Finding> {
        let finding = self.is_disputed().then(|| {
            if self.derived == Some(right) {
                Finding::HashAltered { index: self.index }
            } else if self.level == 0 {
                Finding::EntryAltered { position: self.first }
            } else {
                Finding::EntriesAltered { first: self.first, last: self.last() }
            }
        });
        self.derived = Some(right);
        finding
    }
}

/// Settles two neighbours by the stored hash of the node above.
pub(super) fn settle_pair(left: &mut Node, right: &mut Node, above: Option<Hash>) -> Vec<Finding> {
    if !left.is_disputed() && !right.is_disputed() {
        return Vec::new();
    }
    for left_choice in left.choices() {
        for right_choice in right.choices() {
            if above == Some(node_hash(&left_choice, &right_choice)) {
                let settled = [left.settle(left_choice), right.settle(right_choice)];
                return settled.into_iter().flatten().collect();
            }
        }
    }
    [left, right].iter().filter(|node| node.is_disputed()).map(|node| node.unsettled()).collect()
}

/// Settles the nodes at the edge of the log by a signed root. When no choice gives it, the answer
/// is the root that the log gives.
pub(super) fn settle_root(nodes: &mut [Node], signed: &Hash) -> Result<Vec<Finding>, Option<Hash>> {
    let disputed = nodes.iter().filter(|node| node.is_disputed()).count();
    if disputed > DISPUTED_MAX {
        return Err(root(nodes));
    }
    let choices: Vec<Vec<Hash>> = nodes.iter().map(Node::choices).collect();
    for combination in 0..1_u32 << disputed {
        let mut bits = combination;
        let chosen: Option<Vec<Hash>> = choices
            .iter()
            .map(|choices| match choices.as_slice() {
                [one, other] => {
                    let take_other = bits & 1 == 1;
                    bits >>= 1;
                    Some(if take_other { *other } else { *one })
                }
                few => few.first().copied(),
            })
            .collect();
        let Some(chosen) = chosen else { return Err(None) };
        if folded(&chosen) == *signed {
            let settled = nodes.iter_mut().zip(chosen).map(|(node, right)| {
                let finding = node.settle(right);
                node.stored = Some(right);
                finding
            });
            return Ok(settled.flatten().collect());
        }
    }
    Err(root(nodes))
}

/// The root over the nodes at the edge, unless too much is missing under them.
pub(super) fn root(nodes: &[Node]) -> Option<Hash> {
    let values: Option<Vec<Hash>> = nodes.iter().map(Node::value).collect();
    values.map(|values| folded(&values))
}
