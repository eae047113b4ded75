//! Units: taking in lists of them, and the page of one.

mod around;
mod import;
mod page;
pub(crate) mod register;

pub use import::{UnitImport, import};
pub use page::page;
