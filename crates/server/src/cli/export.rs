//! `dotpha export`: the configuration as files.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use actions::error::Error;
use actions::packs::PackFile;
use actions::workspace::Workspace;
use clap::Subcommand;
use domain::refusal::Refusal;

use super::output::Output;
use super::report::write;
use crate::documents::DocumentFile;
use crate::wording::Gap;

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// The whole configuration as a pack, with what was changed in the browser.
    ///
    /// Taken in with `dotpha import pack` it gives the same configuration: directives, priorities,
    /// items, indicators, forms, rules, holidays, targets and report templates. The same
    /// configuration gives the same bytes. Accounts, units and figures are not in it.
    Pack {
        /// A folder that is new or empty.
        folder: PathBuf,
    },
}

pub(super) fn run(workspace: &Workspace, what: &What, out: &mut Output) -> Result<(), Error> {
    let What::Pack { folder } = what;
    refuse_files(folder)?;
    let file = |PackFile { name, text }| DocumentFile { name, bytes: text.into_bytes() };
    let files: Vec<DocumentFile> = workspace.export_pack()?.into_iter().map(file).collect();
    write(folder, &files)?;
    let folder = folder.display().to_string();
    let told = [("files", Gap::from(files.len())), ("folder", folder.into())];
    out.line(&out.lang.tell("cli-exported-pack", told));
    Ok(())
}

/// A pack is all files of its folder, so none of another may stand there.
fn refuse_files(folder: &Path) -> Result<(), Error> {
    let is_empty = std::fs::read_dir(folder).map_or(true, |mut files| files.next().is_none());
    if is_empty {
        return Ok(());
    }
    let detail = std::io::Error::from(ErrorKind::DirectoryNotEmpty).to_string();
    Err(Refusal::FolderNotWritten { folder: folder.display().to_string(), detail }.into())
}
