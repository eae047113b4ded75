//! The ledger: an append-only Merkle log in which nothing can be changed or left out unseen. Pure.
//!
//! Entries are the leaves of an RFC 6962 tree ([`tree`]). What the caller stores are the entries and
//! two hashes for each, in the order of [`layout`]; appending needs no reads ([`tree::Frontier`]).
#![warn(missing_docs)]

pub mod hash;
pub mod layout;
pub mod tree;
