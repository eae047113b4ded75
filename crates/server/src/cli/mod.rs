//! The command line: what it takes, and how it ends.

mod accounts;
mod broken;
mod demo;
mod demo_choosing;
mod demo_collecting;
mod demo_difficulties;
mod demo_drawings;
mod demo_people;
mod demo_plans;
mod demo_stocktakes;
mod demo_tasks;
mod export;
mod figure;
mod import;
mod mail;
mod output;
mod provider;
mod report;
mod serve;
mod verify;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use actions::error::Error;
use actions::worker;
use actions::workspace::{Opener, Workspace};
use clap::{Parser, Subcommand};
use domain::refusal::Refusal;

use crate::wording::Lang;
use output::Output;

/// The heading of the options that every command has.
const EVERYWHERE: &str = "Options of every command";

/// The word by which this program asks another process of itself to read a workbook or a document
/// from standard input; no command, so that no help lists it.
const WORKER: &str = "import-worker";

/// Turns a directive into results that can be checked: takes in figures from units, adds them up
/// through a tree of units that changes, compares them with targets and writes the report.
///
/// Exit codes: 0 done, 1 refused or failed, 2 wrong use of the command line.
#[derive(Debug, Parser)]
#[command(name = "dotpha", version)]
struct Arguments {
    /// The database: a file's path, made on first use, or a postgres:// address.
    #[arg(long, global = true, env = "DOTPHA_DATABASE", default_value = "dotpha.db")]
    #[arg(value_name = "PLACE", hide_env_values = true, help_heading = EVERYWHERE)]
    database: String,
    /// The language of answers: vi or en.
    #[arg(long, global = true, env = "DOTPHA_LANGUAGE", default_value = "vi", value_parser = lang)]
    #[arg(hide_env_values = true, help_heading = EVERYWHERE)]
    lang: Lang,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the main job on the sample data in a new database of its own, then serves its pages.
    Demo(demo::Arguments),
    /// Serves the pages on 127.0.0.1.
    Serve(serve::Arguments),
    /// Takes in files: all of them, or none when anything is wrong.
    #[command(subcommand)]
    Import(import::What),
    /// Writes out what was taken in and changed since.
    #[command(subcommand)]
    Export(export::What),
    /// Adds people.
    #[command(subcommand)]
    Accounts(accounts::What),
    /// Answers with one figure: value, qualifier, target, achievement, status, completeness, sources.
    Figure(figure::Arguments),
    /// Makes reports.
    #[command(subcommand)]
    Report(report::What),
    /// Lists split units whose figures nobody has decided how to carry over.
    Broken(broken::Arguments),
    /// Computes the whole ledger again, compares the database with it, and names what was changed.
    ///
    /// Exit code 1 when anything does not fit.
    Verify(verify::Arguments),
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| "vi | en".to_owned())
}

/// Runs the program on its arguments.
#[must_use]
pub fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    if words.next().is_some_and(|word| word == WORKER) {
        let word = words.next().and_then(|word| word.into_string().ok());
        let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
        let served = match word.as_deref() {
            Some(worker::WRITTEN) => worker::serve_written(input, output),
            word => worker::serve(input, output, worker::limits_of(word)),
        };
        return if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let arguments = Arguments::parse();
    let mut out = Output::new(arguments.lang);
    match run(arguments, &mut out) {
        Ok(code) => code,
        Err(error) => {
            out.error(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments, out: &mut Output) -> Result<ExitCode, Error> {
    let place = arguments.database.as_str();
    let open = || Workspace::open(place, opener()?);
    let known = || if is_missing(place) { Err(no_database(place)) } else { open() };
    match arguments.command {
        Command::Demo(what) => return demo::run(&what, out),
        Command::Serve(what) => serve::run(open()?, place, &what, out)?,
        Command::Import(what) => {
            if is_missing(place) && !what.begins() {
                return Err(no_database(place));
            }
            import::run(&open()?, &what, out)?;
        }
        Command::Export(what) => export::run(&known()?, &what, out)?,
        Command::Accounts(what) => accounts::run(known()?, place, &what, out)?,
        Command::Figure(what) => figure::run(&known()?, &what, out)?,
        Command::Report(report::What::Build(what)) => report::run(&known()?, &what, out)?,
        Command::Broken(what) => broken::run(&known()?, &what, out)?,
        Command::Verify(what) => return verify::run(&known()?, place, &what, out),
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a database is a file that is not there. A question would only make an empty one of a
/// mistyped path.
fn is_missing(place: &str) -> bool {
    !place.contains("://") && !Path::new(place).exists()
}

fn no_database(place: &str) -> Error {
    Refusal::NoDatabase { place: place.to_owned() }.into()
}

/// Workbooks are opened by this program again, in a process of its own.
fn opener() -> Result<Opener, Error> {
    let program: PathBuf = std::env::current_exe()
        .map_err(|error| Error::Fault(format!("this program's own path: {error}")))?;
    Ok(Opener::Child { program, arguments: vec![WORKER.to_owned()] })
}
