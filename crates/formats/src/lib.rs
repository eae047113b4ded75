//! Files to plain data and back: sheets, documents, charts. Knows no domain type.
#![warn(missing_docs)]

pub mod archive;
pub mod calendar;
pub mod chart;
pub mod csv;
pub mod document;
pub mod docx;
pub mod html;
mod markup;
mod measure;
pub mod photo;
pub mod profile;
pub mod qr;
pub mod sheet;
mod svg;
pub mod written;
pub mod xlsx;
