//! Figures: taking in what units report, from CSV files and from workbooks as people fill them.

mod asked;
mod csv;
mod gather;
mod import;
pub(crate) mod judge;
pub(crate) mod number;
mod settle;
pub(crate) mod sheets;
mod workbook;

pub(crate) use asked::{Asked, is_assigned};
pub(crate) use import::codes;
pub use import::{FigureImport, OpenWorkbook, import};
pub(crate) use judge::{Brought, Cell, Found};
pub(crate) use number::Said;
