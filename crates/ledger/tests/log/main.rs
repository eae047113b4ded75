//! The ledger from outside: entries, signatures, proofs and receipts.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod checkpoints;
mod commitments;
mod entries;
mod keys;
mod proof_files;
mod receipts;
mod sample;
