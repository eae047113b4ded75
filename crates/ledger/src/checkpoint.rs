//! Checkpoints: heads of a log signed by it, in the format of C2SP `tlog-checkpoint`.

use crate::hash::Hash;
use crate::key::{PublicKey, SecretKey, SignerName};
use crate::layout::SIZE_MAX;
use crate::note;
pub use crate::note::NoteProblem;
use crate::tree::Head;

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the name of its key.
    pub origin: SignerName,
    /// What the log was.
    pub head: Head,
}

/// A checkpoint whose signatures were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The known keys that signed it; one at least is the log's.
    pub signers: Vec<PublicKey>,
}

/// Why a checkpoint is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointProblem {
    /// Its signatures are wrong, or it has none.
    #[error(transparent)]
    Note(#[from] NoteProblem),
    /// What is signed is not three lines: origin, size and root.
    #[error("the signed text is not a checkpoint: line {line} is wrong")]
    Line {
        /// The first line that is wrong, counted from one.
        line: usize,
    },
    /// Only others have signed, not the log itself.
    #[error("{origin} has not signed this checkpoint")]
    NotByTheLog {
        /// The log that it speaks of.
        origin: SignerName,
    },
}

/// The text of a checkpoint, which is what its signatures sign.
#[must_use]
pub fn text(checkpoint: &Checkpoint) -> String {
    let Checkpoint { origin, head } = checkpoint;
    format!("{origin}\n{}\n{}\n", head.size, head.root)
}

/// Signs a checkpoint: with one key, or with the old and the new one when the key changes.
#[must_use]
pub fn sign(checkpoint: &Checkpoint, keys: &[&SecretKey]) -> String {
    note::sign(&text(checkpoint), keys)
}

/// Reads a signed checkpoint and checks the signatures of the known keys, the log's and those of
/// witnesses. Signatures of others are passed over.
///
/// # Errors
/// When a signature is wrong, the log has not signed, or the text is not a checkpoint.
pub fn open(signed: &str, keys: &[PublicKey]) -> Result<Verified, CheckpointProblem> {
    let (text, signers) = note::open(signed, keys)?;
    let checkpoint = parse(text)?;
    if !signers.iter().any(|key| *key.name() == checkpoint.origin) {
        return Err(CheckpointProblem::NotByTheLog { origin: checkpoint.origin });
    }
    Ok(Verified { checkpoint, signers })
}

/// Reads the text of a checkpoint. Extension lines are refused: this log has none, and nobody
/// could check what they say.
fn parse(text: &str) -> Result<Checkpoint, CheckpointProblem> {
    let line = |line: usize| CheckpointProblem::Line { line };
    let lines: Vec<&str> = text.split('\n').collect();
    let (Some(origin), Some(size), Some(root)) = (lines.first(), lines.get(1), lines.get(2)) else {
        return Err(line(lines.len()));
    };
    let origin = SignerName::parse(origin).map_err(|_| line(1))?;
    let size = decimal(size).filter(|size| *size <= SIZE_MAX).ok_or(line(2))?;
    let root: Hash = root.parse().map_err(|_| line(3))?;
    if lines.get(3..) != Some(&[""]) {
        return Err(line(4));
    }
    Ok(Checkpoint { origin, head: Head { size, root } })
}

/// A number in its one canonical spelling: digits, no sign, no leading zero.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
