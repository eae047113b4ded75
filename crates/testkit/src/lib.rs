//! For tests only: every engine, a fixed clock, builders, golden files.
#![warn(missing_docs)]

pub mod builders;
pub mod clock;
mod engines;
mod golden;

pub use engines::{on_every_engine, with_postgres_schema};
pub use golden::{generated, golden, golden_bytes, root};
