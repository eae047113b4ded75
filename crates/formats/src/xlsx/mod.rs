//! Workbooks (XLSX): read with limits, written with the layout of state documents.

pub mod book;
pub mod form;
pub mod read;
pub mod wire;
pub mod write;

mod vet;

pub use form::write_form;
pub use read::{Limits, read_workbook};
pub use write::write_workbook;
