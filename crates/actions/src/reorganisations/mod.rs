//! Reorganisations: taking in what units became, and the splits that wait for a decision.

mod decisions;
mod import;
mod lines;
mod undecided;

pub use import::{ReorganisationImport, import};
pub use lines::Event;
pub use undecided::{UndecidedSplit, undecided};
