//! The dotpha program as a library: the words on its screens and its pages.

pub mod checkpoints;
pub mod cli;
pub mod clock;
pub mod documents;
pub mod hooks;
pub mod keys;
pub mod mail;
pub mod nightly;
pub mod provider;
pub mod urging;
pub mod web;
pub mod wording;
