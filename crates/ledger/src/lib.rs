//! The ledger: an append-only Merkle log in which nothing can be changed or left out unseen. Pure.
//!
//! An [`entry::Entry`] becomes bytes, the bytes a leaf of an RFC 6962 tree ([`tree`]). What the
//! caller stores are the leaves and two hashes for each, in the order of [`layout`]; appending
//! needs no reads ([`tree::Frontier`]). A [`checkpoint`] signs the tree's head, a [`proof_file`]
//! shows anyone that an entry is under a checkpoint, a [`receipt`] tells the sender where the entry
//! went, a [`commitment`] stands for a personal value that may have to be erased, and
//! [`inspection`] finds whatever was changed behind the program's back.
//!
//! The formats are those of RFC 6962 and C2SP where these have one; `docs/ledger.md` shows every
//! byte to people who check without this code.
#![warn(missing_docs)]

pub mod checkpoint;
pub mod commitment;
pub mod entry;
pub mod hash;
pub mod inspection;
pub mod key;
pub mod layout;
mod note;
pub mod proof_file;
pub mod receipt;
pub mod tree;
