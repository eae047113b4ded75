//! `dotpha import`: units, reorganisations, packs and figures.

use std::path::{Path, PathBuf};

use actions::error::Error;
use actions::imports::Input;
use actions::reorganisations::Event;
use actions::workspace::Workspace;
use clap::{Args, Subcommand};
use domain::refusal::Refusal;
use jiff::civil::Date;

use super::output::Output;
use crate::clock;
use crate::wording::Gap;

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Lists of units: CSV with `code,name,type,level,parent_code,valid_from,valid_to`.
    Units(Files),
    /// Reorganisations: CSV with `date,kind,old_code,new_code,share,instrument`, or a crosswalk
    /// with `old_code,new_code,whole_or_part` together with --date and --instrument.
    Reorganisations(Reorganisations),
    /// Figures: CSV with `unit_code,period,item_code,value,qualifier,disaggregation,note`,
    /// workbooks (.xlsx) with a sheet per period, or folders of such files.
    ///
    /// All files go in or none. Refused are values outside the bounds of their item, figures that
    /// break a rule of their form, figures of periods that have not begun, and two places that
    /// contradict each other.
    ///
    /// An empty cell reports nothing: what was reported before stays. To take a figure back, write
    /// `rút` or `withdraw` in place of the value; the earlier revision is kept.
    Figures(Files),
    /// A pack: a folder with directives, priorities, items, indicators, forms, targets and reports.
    Pack {
        /// The folder.
        folder: PathBuf,
    },
}

impl What {
    /// Whether a new database may begin with this: everything else names units or items.
    pub(super) fn begins(&self) -> bool {
        match self {
            Self::Units(_) | Self::Pack { .. } => true,
            Self::Reorganisations(_) | Self::Figures(_) => false,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Files {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Reorganisations {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The first day of the new order, for a crosswalk: 2025-07-01.
    #[arg(long, requires = "instrument")]
    date: Option<Date>,
    /// The document behind it, for a crosswalk.
    #[arg(long, requires = "date")]
    instrument: Option<String>,
}

pub(super) fn run(workspace: &Workspace, what: &What, out: &mut Output) -> Result<(), Error> {
    match what {
        What::Units(Files { files }) => units(workspace, files, out),
        What::Reorganisations(Reorganisations { files, date, instrument }) => {
            let event = date.zip(instrument.clone());
            let event = event.map(|(date, instrument)| Event { date, instrument });
            reorganisations(workspace, files, event, out)
        }
        What::Figures(Files { files }) => figures(workspace, files, out),
        What::Pack { folder } => pack(workspace, folder, out),
    }
}

fn inputs(files: &[PathBuf]) -> Vec<Input> {
    files.iter().map(|file| Input::from_path(file)).collect()
}

fn number<T: TryInto<i64>>(number: T) -> Gap<'static> {
    number.try_into().unwrap_or(i64::MAX).into()
}

pub(super) fn units(
    workspace: &Workspace,
    files: &[PathBuf],
    out: &mut Output,
) -> Result<(), Error> {
    let done = workspace.import_units(inputs(files), clock::now_ms())?;
    out.line(&out.lang.tell(
        "cli-imported-units",
        [
            ("rows", number(done.rows)),
            ("units", number(done.units)),
            ("versions", number(done.versions)),
        ],
    ));
    out.notices(&done.notices);
    Ok(())
}

pub(super) fn reorganisations(
    workspace: &Workspace,
    files: &[PathBuf],
    event: Option<Event>,
    out: &mut Output,
) -> Result<(), Error> {
    let done = workspace.import_reorganisations(inputs(files), event, clock::now_ms())?;
    out.line(&out.lang.tell(
        "cli-imported-reorganisations",
        [
            ("lines", number(done.lines)),
            ("whole", number(done.whole)),
            ("undecided", number(done.undecided)),
        ],
    ));
    out.notices(&done.notices);
    Ok(())
}

pub(super) fn pack(workspace: &Workspace, folder: &Path, out: &mut Output) -> Result<(), Error> {
    let done = workspace.import_pack(folder, clock::now_ms())?;
    let counts = done.counts.map(|(noun, count)| (noun, number(count)));
    let name = ("name", Gap::from(out.lang.of(&done.name).to_owned()));
    let text = out.lang.tell("cli-imported-pack", counts.into_iter().chain([name]));
    out.line(&text);
    out.notices(&done.notices);
    Ok(())
}

pub(super) fn figures(
    workspace: &Workspace,
    files: &[PathBuf],
    out: &mut Output,
) -> Result<(), Error> {
    let mut all = Vec::new();
    for file in files {
        if file.is_dir() { all.extend(files_in(file)?) } else { all.push(file.clone()) }
    }
    let bar = out.bar(all.len(), &out.lang.say("cli-reading"));
    let watched = bar.clone();
    let done = workspace.import_figures(inputs(&all), clock::now_ms(), move |name| {
        watched.set_message(name.to_owned());
        watched.inc(1);
    });
    bar.finish_and_clear();
    let done = done?;
    out.line(&out.lang.tell(
        "cli-imported-figures",
        [
            ("files", number(done.files)),
            ("figures", number(done.figures)),
            ("missing", number(done.missing)),
            ("submissions", number(done.submissions)),
            ("corrections", number(done.corrections)),
            ("unchanged", number(done.unchanged)),
        ],
    ));
    out.notices(&done.notices);
    Ok(())
}

/// The CSV files and workbooks of a folder, by name; a folder without any is a mistake.
fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(vec![folder.to_path_buf()]) };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| is_figures(file))
        .collect();
    if files.is_empty() {
        return Err(Refusal::NoFilesInFolder { folder: folder.display().to_string() }.into());
    }
    files.sort();
    Ok(files)
}

fn is_figures(file: &Path) -> bool {
    let hidden = file.file_name().is_some_and(|name| {
        // Excel leaves `~$…` beside an open workbook.
        name.to_string_lossy().starts_with(['.', '~'])
    });
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    !hidden && ["csv", "xlsx"].contains(&ending.as_str())
}
