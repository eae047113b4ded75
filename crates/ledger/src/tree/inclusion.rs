//! Proofs that an entry is under a head: RFC 9162, section 2.1.3.

use crate::hash::{Hash, node_hash};

use super::climb::{Beside, Climb};
use super::{Head, ProofProblem, TreeError, check_size, roots, split};

/// The path from an entry up to the root of the log as it was at some size: the hashes that stand
/// beside it, from the leaf's neighbour on.
///
/// # Errors
/// When there is no such entry or the hashes cannot be read.
pub fn prove_inclusion<E>(
    position: u64,
    size: u64,
    read: impl FnMut(&[u64]) -> Result<Vec<Hash>, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    check_size(size)?;
    if position >= size {
        return Err(TreeError::Beyond { position, size });
    }
    let (mut first, mut end) = (0, size);
    let mut beside = Vec::new();
    while end - first > 1 {
        let middle = first + split(end - first);
        if position < middle {
            beside.push((middle, end));
            end = middle;
        } else {
            beside.push((first, middle));
            first = middle;
        }
    }
    beside.reverse();
    roots(&beside, read)
}

/// Checks that the leaf of that hash is at that position under a head.
///
/// # Errors
/// The first thing that is wrong with the proof.
pub fn verify_inclusion(
    leaf: &Hash,
    position: u64,
    path: &[Hash],
    head: &Head,
) -> Result<(), ProofProblem> {
    if position >= head.size {
        return Err(ProofProblem::Beyond { position, size: head.size });
    }
    let mut climb = Climb::from_leaf(position, head.size);
    let mut node = *leaf;
    for hash in path {
        node = match climb.step() {
            Some(Beside::Left) => node_hash(hash, &node),
            Some(Beside::Right) => node_hash(&node, hash),
            None => return Err(ProofProblem::TooLong),
        };
    }
    if !climb.is_at_root() {
        return Err(ProofProblem::TooShort);
    }
    if node != head.root {
        return Err(ProofProblem::RootDiffers);
    }
    Ok(())
}
