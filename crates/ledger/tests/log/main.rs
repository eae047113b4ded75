//! The ledger from outside: entries, signatures, proofs, receipts and the inspection of a log.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod checkpoints;
mod commitments;
mod damage;
mod entries;
mod inspections;
mod keys;
mod proof_files;
mod receipts;
mod sample;
