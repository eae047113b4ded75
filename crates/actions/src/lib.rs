//! The verbs of dotpha (import, submit, review) and the questions its pages ask.
//!
//! A verb checks, changes and records in one transaction. A question is a pure function over a
//! [`snapshot::Snapshot`], the figures and the tree as they stood after the newest import.
#![warn(missing_docs)]

pub mod accounts;
pub mod answer;
pub mod attachments;
mod below;
mod book;
pub mod calendars;
pub mod calls;
pub mod checkpoints;
pub mod collection;
mod columns;
pub mod difficulties;
pub mod directives;
pub mod door;
pub mod entrance;
pub mod entries;
pub mod error;
pub mod figure;
pub mod figures;
pub mod forms;
pub mod heads;
pub mod holidays;
pub mod hot_spots;
pub mod identities;
pub mod imports;
pub mod indicators;
pub mod items;
pub mod kept_files;
pub mod mailing;
pub mod one_time_codes;
mod origins;
pub mod overview;
pub mod packs;
mod parcels;
mod passwords;
pub mod priorities;
pub mod proposals;
pub mod provenance;
pub mod reorganisations;
pub mod reports;
pub mod search;
pub mod secrets;
pub mod snapshot;
pub mod stocktakes;
pub mod submissions;
mod table;
pub mod tasks;
pub mod units;
pub mod urging;
pub mod verification;
mod visitors;
pub mod worker;
pub mod workspace;
pub mod zone;
