//! Packs: taking in, and giving out, a folder of directives, priorities, items, indicators, forms, validation rules,
//! targets and report templates. The file forms are described in `packs/README.md`.

pub(crate) mod directives;
mod export;
mod forms;
mod import;
mod rules;
mod tables;
mod tasks;
mod template;

pub use export::{ITEM_COLUMNS, PackFile, export};
pub use import::{PackImport, import};
pub(crate) use tables::item;
pub use template::parse as parse_template;
