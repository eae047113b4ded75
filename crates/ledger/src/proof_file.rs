//! Proofs as files that anyone can check, in the format of C2SP `tlog-proof`: an entry's position,
//! its path, and the checkpoint it leads to.

use crate::checkpoint::{self, CheckpointProblem, Verified, decimal};
use crate::hash::{Hash, from_base64, leaf_hash, to_base64};
use crate::key::PublicKey;
use crate::layout::SIZE_MAX;
use crate::tree::{ProofProblem, verify_inclusion};

const FORMAT: &str = "c2sp.org/tlog-proof@v1";
/// The most bytes of a file that is read.
const FILE_BYTES_MAX: usize = 131_072;

/// The content of a `.tlog-proof` file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// Bytes for the reader's convenience. Nothing vouches for them.
    pub extra: Option<Vec<u8>>,
    /// The entry's position.
    pub position: u64,
    /// The hashes from its leaf's neighbour up.
    pub path: Vec<Hash>,
    /// The signed checkpoint, as it was written.
    pub checkpoint: String,
}

/// Why a proof file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileProblem {
    /// It has too many bytes.
    #[error("a proof of {bytes} bytes is too long")]
    TooLong {
        /// How many it has.
        bytes: usize,
    },
    /// It is not such a file, or of another version.
    #[error("the file does not begin with {FORMAT}")]
    Format,
    /// A line is wrong.
    #[error("line {line} is wrong")]
    Line {
        /// Which, counted from one.
        line: usize,
    },
    /// No checkpoint follows the path.
    #[error("there is no checkpoint")]
    NoCheckpoint,
    /// The checkpoint is not to be believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointProblem),
    /// The entry is not under the checkpoint.
    #[error(transparent)]
    Proof(#[from] ProofProblem),
}

/// The text of a proof file.
#[must_use]
pub fn write(proof: &ProofFile) -> String {
    let mut text = format!("{FORMAT}\n");
    if let Some(extra) = &proof.extra {
        text.push_str(&format!("extra {}\n", to_base64(extra)));
    }
    text.push_str(&format!("index {}\n", proof.position));
    for hash in &proof.path {
        text.push_str(&format!("{hash}\n"));
    }
    text.push('\n');
    text.push_str(&proof.checkpoint);
    text
}

/// Reads a proof file. What it says is not checked yet.
///
/// # Errors
/// When it is not one.
pub fn read(text: &str) -> Result<ProofFile, ProofFileProblem> {
    if text.len() > FILE_BYTES_MAX {
        return Err(ProofFileProblem::TooLong { bytes: text.len() });
    }
    let (proof, checkpoint) = text.split_once("\n\n").ok_or(ProofFileProblem::NoCheckpoint)?;
    let mut lines = (1..).zip(proof.split('\n')).peekable();
    if lines.next().is_none_or(|(_, line)| line != FORMAT) {
        return Err(ProofFileProblem::Format);
    }
    let extra = match lines.next_if(|(_, line)| line.starts_with("extra ")) {
        Some((number, line)) => {
            let bytes = from_base64(&line["extra ".len()..]);
            Some(bytes.ok_or(ProofFileProblem::Line { line: number })?)
        }
        None => None,
    };
    let (number, line) = lines.next().ok_or(ProofFileProblem::NoCheckpoint)?;
    let position = line.strip_prefix("index ").and_then(decimal);
    let position = position.filter(|position| *position < SIZE_MAX);
    let position = position.ok_or(ProofFileProblem::Line { line: number })?;
    let path: Result<Vec<Hash>, _> = lines
        .map(|(number, line)| line.parse().map_err(|_| ProofFileProblem::Line { line: number }))
        .collect();
    Ok(ProofFile { extra, position, path: path?, checkpoint: checkpoint.to_owned() })
}

/// Checks that a leaf is in the log, at the position and under the checkpoint of the proof.
///
/// # Errors
/// When the checkpoint is not signed by one of the log's keys, or the leaf is not under it.
pub fn verify(
    proof: &ProofFile,
    leaf: &[u8],
    keys: &[PublicKey],
) -> Result<Verified, ProofFileProblem> {
    let verified = checkpoint::open(&proof.checkpoint, keys)?;
    let head = &verified.checkpoint.head;
    verify_inclusion(&leaf_hash(leaf), proof.position, &proof.path, head)?;
    Ok(verified)
}
