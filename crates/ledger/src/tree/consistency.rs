//! Proofs that a later head only adds to an earlier one: RFC 9162, section 2.1.4.

use crate::hash::{EMPTY_ROOT, Hash, node_hash};

use super::climb::{Beside, Climb};
use super::{Head, ProofProblem, TreeError, check_size, roots, split};

/// The hashes that lead from the log at an earlier size to the log at a later one.
///
/// # Errors
/// When the later size is the smaller one or the hashes cannot be read.
pub fn prove_consistency<E>(
    from: u64,
    to: u64,
    read: impl FnMut(&[u64]) -> Result<Vec<Hash>, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    check_size(to)?;
    if from > to {
        return Err(TreeError::Shrinks { from, to });
    }
    if from == 0 {
        return Ok(Vec::new());
    }
    let (mut first, mut end) = (0, to);
    let mut beside = Vec::new();
    while from != end {
        let middle = first + split(end - first);
        if from <= middle {
            beside.push((middle, end));
            end = middle;
        } else {
            beside.push((first, middle));
            first = middle;
        }
    }
    // Whoever checks has the earlier root; a part of it they need to be told.
    if first > 0 {
        beside.push((first, end));
    }
    beside.reverse();
    roots(&beside, read)
}

/// Checks that everything under the earlier head is, unchanged and in its place, under the later.
///
/// # Errors
/// The first thing that is wrong with the proof.
pub fn verify_consistency(earlier: &Head, later: &Head, path: &[Hash]) -> Result<(), ProofProblem> {
    if earlier.size > later.size {
        return Err(ProofProblem::Shrinks { from: earlier.size, to: later.size });
    }
    if earlier.size == 0 || earlier.size == later.size {
        return verify_without_path(earlier, later, path);
    }
    // A whole tree is a node of the later one, so its root begins the path unsaid.
    let (start, path) = if earlier.size.is_power_of_two() {
        (&earlier.root, path)
    } else {
        path.split_first().ok_or(ProofProblem::TooShort)?
    };
    let mut climb = Climb::from_leaf(earlier.size - 1, later.size);
    climb.skip_right_halves();
    let (mut earlier_node, mut later_node) = (*start, *start);
    for hash in path {
        match climb.step() {
            Some(Beside::Left) => {
                earlier_node = node_hash(hash, &earlier_node);
                later_node = node_hash(hash, &later_node);
            }
            Some(Beside::Right) => later_node = node_hash(&later_node, hash),
            None => return Err(ProofProblem::TooLong),
        }
    }
    if !climb.is_at_root() {
        return Err(ProofProblem::TooShort);
    }
    if earlier_node != earlier.root {
        return Err(ProofProblem::EarlierRootDiffers);
    }
    if later_node != later.root {
        return Err(ProofProblem::LaterRootDiffers);
    }
    Ok(())
}

/// From nothing to anything, and from a log to itself, there is nothing to show.
fn verify_without_path(earlier: &Head, later: &Head, path: &[Hash]) -> Result<(), ProofProblem> {
    if !path.is_empty() {
        return Err(ProofProblem::TooLong);
    }
    if earlier.size == 0 && earlier.root != EMPTY_ROOT {
        return Err(ProofProblem::EarlierRootDiffers);
    }
    if earlier.size == later.size && earlier.root != later.root {
        return Err(ProofProblem::LaterRootDiffers);
    }
    Ok(())
}
