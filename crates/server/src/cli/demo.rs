//! `dotpha demo`: the main job on the sample data, from raw files to a served report.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use actions::accounts::Moment;
use actions::answer::View;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::figure::figure;
use actions::reorganisations::Event;
use actions::reports::Asked;
use actions::workspace::Workspace;
use clap::Args;
use domain::hook::Reach;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::report::FigureForm;
use jiff::civil::{Date, date};

use super::output::Output;
use super::serve::{self, Open};
use super::{
    demo_choosing, demo_collecting, demo_difficulties, demo_people, demo_plans, demo_stocktakes,
    demo_tasks,
};
use super::{import, opener, report};
use crate::documents::{self, Issue};
use crate::wording::{Gap, Lang, figures};
use crate::{checkpoints, clock, keys};

/// The day on the sample's report: after its half-year, and the same in every run.
const REPORT_DATE: Date = date(2023, 7, 5);
/// The day of the reorganisation that the sample carries out.
const MERGER: Date = date(2025, 7, 1);
const INSTRUMENT: &str = "Nghị quyết 1672/NQ-UBTVQH15";
const TEMPLATE: &str = "ket-qua-kl-01";
/// Not the name that every other command takes by default: whoever runs the demo beside their own
/// database must still have it afterwards.
const DATABASE: &str = "dotpha-demo.db";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder for the database and the report; a demo's files in it are made anew.
    #[arg(long, default_value = "dotpha-demo")]
    out: PathBuf,
    /// The port of the pages; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Ends after writing the report.
    #[arg(long)]
    no_serve: bool,
    /// The folder that holds packs/ and samples/.
    #[arg(long, hide = true)]
    from: Option<PathBuf>,
    /// Stands at the moment written in a file, follows what is written there later, and leaves
    /// everything still to be done.
    #[arg(long, hide = true, value_name = "FILE")]
    clock: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, out: &mut Output) -> Result<ExitCode, Error> {
    if let Some(file) = &arguments.clock {
        clock::follow(file)?;
    }
    let from = samples(arguments.from.as_deref())?;
    let (workspace, place) = new_database(&arguments.out)?;
    let workspace = Arc::new(workspace);
    take_in(&workspace, &from, out)?;
    let all_match = golden(&workspace, &from.join("samples/van-lang/expected.csv"), out)?;
    write_report(&workspace, arguments, out)?;
    if !all_match {
        return Ok(ExitCode::FAILURE);
    }
    if !arguments.no_serve {
        let entrance = Entrance::new(Arc::clone(&workspace), keys::secrets(&place)?);
        demo_people::settle(&workspace, &entrance, out)?;
        if arguments.clock.is_none() {
            half_collect(&workspace, &entrance, out.lang)?;
        }
        out.line(&out.lang.say("demo-serving"));
        let (guest, log) = (Some(demo_people::guest()), checkpoints::path_of(&place));
        let (address, behind, provider) = (None, None, None);
        let (mailer, hooks) = (None, Reach::Public);
        let open =
            Open { workspace, entrance, guest, log, address, behind, provider, mailer, hooks };
        serve::pages(&open, arguments.port, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Leaves something to do for those who sign in.
fn half_collect(workspace: &Workspace, entrance: &Entrance, lang: Lang) -> Result<(), Error> {
    let now_ms = clock::now_ms();
    let moment = Moment { now_ms, today: clock::day_of(now_ms) };
    let officer = demo_people::at_work(entrance, "xa", moment)?;
    let head_of = |village: &str| demo_people::head_of(entrance, village, moment);
    demo_collecting::collect(workspace, &officer, &head_of, moment, lang)?;
    let leader = demo_people::at_work(entrance, "tinh", moment)?;
    let head = demo_people::at_work(entrance, "thon", moment)?;
    demo_plans::settle(workspace, entrance, &leader, demo_tasks::Days(moment), lang)?;
    let people = demo_tasks::People { leader, officer, head };
    demo_tasks::settle(workspace, entrance, &people, moment, lang)?;
    let sides = (&people.head, &people.officer);
    demo_difficulties::settle(workspace, entrance, sides, moment, lang)?;
    demo_stocktakes::settle(workspace, entrance, &people.leader, moment, lang)?;
    let planner = demo_people::at_work(entrance, "nasam", moment)?;
    demo_choosing::settle(workspace, entrance, (&planner, &people.leader), moment, lang)
}

/// The folder with the sample: the one named, the one we stand in, or that of the source.
fn samples(named: Option<&Path>) -> Result<PathBuf, Error> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let candidates = [named.map(Path::to_path_buf), Some(PathBuf::from(".")), Some(source)];
    let found = candidates
        .into_iter()
        .flatten()
        .find(|folder| folder.join("samples/van-lang/units.csv").is_file());
    let missing = || Refusal::NotFound { noun: Noun::File, key: "samples/van-lang".to_owned() };
    found.ok_or_else(|| Error::from(missing()))
}

/// A new database in the folder; only what an earlier demo made there is removed.
fn new_database(folder: &Path) -> Result<(Workspace, String), Error> {
    let refused = |error: std::io::Error| {
        Error::from(Refusal::FolderNotWritten {
            folder: folder.display().to_string(),
            detail: error.to_string(),
        })
    };
    std::fs::create_dir_all(folder).map_err(refused)?;
    let database = folder.join(DATABASE);
    for ending in ["", "-wal", "-shm", ".key", ".checkpoints.log"] {
        let file = PathBuf::from(format!("{}{ending}", database.display()));
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(refused(error)),
            _ => {}
        }
    }
    let place = database.display().to_string();
    Ok((Workspace::open(&place, opener()?)?, place))
}

fn take_in(workspace: &Workspace, from: &Path, out: &mut Output) -> Result<(), Error> {
    let sample = from.join("samples/van-lang");
    import::units(workspace, &[sample.join("units.csv")], out)?;
    import::pack(workspace, &from.join("packs/ket-luan-01"), out)?;
    import::figures(workspace, &[sample.join("so-lieu")], out)?;
    import::units(workspace, &[sample.join("units-2025.csv")], out)?;
    let event = Event { date: MERGER, instrument: INSTRUMENT.to_owned() };
    import::reorganisations(workspace, &[sample.join("crosswalk-2025.csv")], Some(event), out)
}

/// A row of the golden table.
struct Expected {
    indicator: String,
    unit: String,
    period: Period,
    form: FigureForm,
    printed: String,
}

/// Prints the golden table; whether every figure is as the article has it.
fn golden(workspace: &Workspace, file: &Path, out: &mut Output) -> Result<bool, Error> {
    let snapshot = workspace.snapshot()?;
    let lang = out.lang;
    let mut rows = vec![
        [
            "demo-column-figure",
            "demo-column-published",
            "demo-column-computed",
            "demo-column-match",
        ]
        .map(|key| lang.say(key)),
    ];
    let mut same = 0_usize;
    let expected = expected(file)?;
    for row in &expected {
        let unit = snapshot.find_unit(&row.unit, Some(snapshot.end_of(row.period)))?;
        let answer = figure(&snapshot, &row.indicator, unit, row.period, View::Reported)?;
        let indicator = snapshot.indicator(&row.indicator)?;
        // The article is Vietnamese, whatever language the table is in.
        let computed = match row.form {
            FigureForm::TargetShare => {
                figures::achievement(indicator, &answer, Lang::Vi).unwrap_or_default()
            }
            FigureForm::Coverage => figures::cell(indicator, &answer, Lang::Vi),
            _ => figures::display(indicator, &answer, Lang::Vi),
        };
        let matches = computed == row.printed;
        same += usize::from(matches);
        rows.push([
            format!("{} · {} · {}", row.indicator, row.unit, row.period),
            row.printed.clone(),
            computed,
            if matches { "✓".to_owned() } else { "✗".to_owned() },
        ]);
    }
    out.line("");
    out.line(&lang.say("demo-golden"));
    print_table(&rows, out);
    let number = |count: usize| Gap::from(i64::try_from(count).unwrap_or(i64::MAX));
    let all = expected.len();
    out.line(&lang.tell("demo-matches", [("same", number(same)), ("all", number(all))]));
    Ok(same == all)
}

fn print_table(rows: &[[String; 4]], out: &mut Output) {
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let [w0, w1, w2] = [width(0), width(1), width(2)];
    for [figure, published, computed, matches] in rows {
        out.line(&format!("  {figure:<w0$}  {published:<w1$}  {computed:<w2$}  {matches}"));
    }
}

fn expected(file: &Path) -> Result<Vec<Expected>, Error> {
    let fault = |what: &str| Error::Fault(format!("{}: {what}", file.display()));
    let reader = std::fs::File::open(file).map_err(|error| fault(&error.to_string()))?;
    let mut reader = formats::csv::CsvReader::open(reader, formats::csv::Limits::default())
        .map_err(|error| fault(&error.to_string()))?;
    let mut row = formats::csv::Row::new();
    let mut all = Vec::new();
    while reader.read(&mut row).map_err(|error| fault(&error.to_string()))? {
        all.push(Expected {
            indicator: row.field(1).to_owned(),
            unit: row.field(2).to_owned(),
            period: Period::parse(row.field(3)).map_err(|error| fault(&error.to_string()))?,
            form: FigureForm::from_code(row.field(4)).ok_or_else(|| fault("form"))?,
            printed: row.field(5).to_owned(),
        });
    }
    Ok(all)
}

fn write_report(
    workspace: &Workspace,
    arguments: &Arguments,
    out: &mut Output,
) -> Result<(), Error> {
    let built = workspace.report(TEMPLATE, &Asked::default())?;
    let address = match (arguments.no_serve, arguments.port) {
        (true, _) | (_, 0) => "http://127.0.0.1:8080".to_owned(),
        (false, port) => format!("http://127.0.0.1:{port}"),
    };
    let issue = Issue { date: REPORT_DATE, number: 0, address };
    let files =
        documents::files(&built, &issue).map_err(|error| Error::Fault(error.to_string()))?;
    report::write(&arguments.out, &files)?;
    let folder = arguments.out.display().to_string();
    out.line(&out.lang.tell("demo-files", [("folder", folder.into())]));
    Ok(())
}
