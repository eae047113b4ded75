//! `dotpha report build`: a report's files into a folder.

use std::path::PathBuf;

use actions::answer::View;
use actions::error::Error;
use actions::reports::{Asked, AskedUnit};
use actions::workspace::Workspace;
use clap::{Args, Subcommand};
use domain::period::Period;
use domain::refusal::Refusal;
use jiff::civil::Date;

use super::figure::{period, view};
use super::output::Output;
use crate::clock;
use crate::documents::{self, DocumentFile, Issue};

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Writes a report as DOCX, XLSX and print-ready HTML in Vietnamese and English, and its
    /// figures as figures.json. The same inputs give the same bytes.
    Build(Arguments),
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The template's code: bao-cao-ky for any unit and period, ket-qua-kl-01 for the unit and
    /// period it is written for.
    #[arg(long)]
    template: String,
    /// The unit's code on the last day of the period; left out, the one the template is written
    /// for.
    #[arg(long)]
    unit: Option<String>,
    /// The period; left out, the one the template is written for.
    #[arg(long, value_parser = period)]
    period: Option<Period>,
    /// The tree: reported, or restated:2025-07-01 for that day's.
    #[arg(long, default_value = "reported", value_parser = view)]
    view: View,
    /// The folder for the files; made when it is not there.
    #[arg(long, default_value = ".")]
    out: PathBuf,
    /// The day in the place line: today by default.
    #[arg(long)]
    date: Option<Date>,
    /// The document's number; a gap is left without it.
    #[arg(long, default_value_t = 0)]
    number: u32,
    /// Where the pages are served, for links from figures to their provenance.
    #[arg(long, default_value = "")]
    address: String,
}

pub(super) fn run(
    workspace: &Workspace,
    arguments: &Arguments,
    out: &mut Output,
) -> Result<(), Error> {
    let asked = Asked {
        unit: arguments.unit.clone().map(AskedUnit::Code),
        period: arguments.period,
        view: arguments.view,
    };
    let report = workspace.report(&arguments.template, &asked)?;
    let date = arguments.date.unwrap_or_else(|| clock::day_of(clock::now_ms()));
    report.subject.has_begun(date)?;
    let issue = Issue {
        date,
        number: arguments.number,
        address: arguments.address.trim_end_matches('/').to_owned(),
    };
    let files =
        documents::files(&report, &issue).map_err(|error| Error::Fault(error.to_string()))?;
    write(&arguments.out, &files)?;
    for file in &files {
        out.line(&arguments.out.join(&file.name).display().to_string());
    }
    Ok(())
}

/// Writes files into a folder, which is made when it is not there.
pub(super) fn write(folder: &std::path::Path, files: &[DocumentFile]) -> Result<(), Error> {
    let refused = |error: std::io::Error| {
        Error::from(Refusal::FolderNotWritten {
            folder: folder.display().to_string(),
            detail: error.to_string(),
        })
    };
    std::fs::create_dir_all(folder).map_err(refused)?;
    for file in files {
        let path = folder.join(&file.name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(refused)?;
        std::fs::write(path, &file.bytes).map_err(refused)?;
    }
    Ok(())
}
