//! How the process that reads a workbook tells its parent what it found.

use crate::sheet::{SheetError, Workbook, WorkerFailure};

/// Puts the outcome of reading into bytes.
#[must_use]
pub fn encode(outcome: &Result<Workbook, SheetError>) -> Vec<u8> {
    serde_json::to_vec(outcome).expect("plain data with text keys always has a JSON form")
}

/// Takes the outcome of reading out of the bytes of [`encode`].
///
/// # Errors
/// What the reader refused; bytes that are no outcome count as a failure of the process.
pub fn decode(bytes: &[u8]) -> Result<Workbook, SheetError> {
    serde_json::from_slice(bytes).unwrap_or(Err(SheetError::WorkerFailed(WorkerFailure::Garbled)))
}
