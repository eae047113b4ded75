//! The documents of a report: narrative, appendices, workbook and `figures.json`, all from the
//! same figures.

mod appendix;
mod conclusions;
mod figures;
mod form;
mod heads;
mod letter;
mod lists;
mod names;
mod narrative;
mod official;
mod task_list;
mod text;
mod workbook;

use actions::reports::Report;
use formats::document::DocumentError;
use formats::xlsx::book::WriteError;
use jiff::civil::Date;

use crate::wording::Lang;

pub use conclusions::{conclusions, conclusions_document};
pub use figures::figures_json;
pub(crate) use figures::wire;
pub use form::form;
pub use heads::heads;
pub use letter::{letter, letter_document};
pub use names::{Filled, filled};
pub use narrative::document;
pub use task_list::{Named, task_list};

/// What a document carries that is not in its figures.
#[derive(Debug, Clone)]
pub struct Issue {
    /// The day in its place line, and the creation day of its files.
    pub date: Date,
    /// The number within the year; 0 leaves a gap to be filled by hand.
    pub number: u32,
    /// What provenance links begin with, `http://127.0.0.1:8080`; empty for links within the site.
    pub address: String,
}

/// A finished file.
#[derive(Debug, Clone)]
pub struct DocumentFile {
    /// Its name, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a report could not be made into files; always a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The document does not hold together.
    #[error("the document: {0}")]
    Document(#[from] DocumentError),
    /// The workbook does not hold together.
    #[error("the workbook: {0}")]
    Workbook(#[from] WriteError),
    /// The figures could not be written.
    #[error("figures.json: {0}")]
    Json(#[from] serde_json::Error),
}

/// All files of a report: DOCX, XLSX and HTML in each language, and the figures.
///
/// # Errors
/// A document that does not hold together.
pub fn files(report: &Report, issue: &Issue) -> Result<Vec<DocumentFile>, Error> {
    let profile = &formats::profile::STATE;
    let mut files = Vec::new();
    for lang in [Lang::Vi, Lang::En] {
        let document = document(report, issue, lang);
        let name = |ending: &str| format!("{}.{}.{ending}", report.template.code, lang.code());
        files.push(DocumentFile {
            name: name("docx"),
            bytes: formats::docx::render(&document, profile)?,
        });
        files.push(DocumentFile {
            name: name("html"),
            bytes: formats::html::page(&document, profile)?.into_bytes(),
        });
        let book = workbook::book(report, issue, lang);
        files.push(DocumentFile {
            name: name("xlsx"),
            bytes: formats::xlsx::write_workbook(&book, profile)?,
        });
    }
    files.push(DocumentFile { name: "figures.json".to_owned(), bytes: figures_json(report)? });
    Ok(files)
}
