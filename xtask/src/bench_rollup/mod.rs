//! `cargo xtask bench rollup`: the same data and questions in dotpha, DuckDB, SQLite and
//! PostgreSQL, side by side. `bench/README.md` says what is asked and how each engine is set up.

mod measured;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::steps::{cargo, output, root};
use crate::tools::postgres_programs;
use measured::Measured;

const VILLAGES: f64 = 100_000.0;
/// Fewer, and the small questions would ask about nobody.
const VILLAGES_MIN: f64 = 5_000.0;
const ITEMS: &str = "40";
const MONTHS: &str = "24";
const ENGINES: [&str; 3] = ["duckdb", "sqlite", "postgres"];

/// What was asked for on the command line.
struct Options {
    villages: String,
    json: Option<PathBuf>,
    engines: Vec<String>,
}

/// Runs the benchmark.
///
/// # Errors
/// Wrong words, a program that is missing or fails, and engines that do not agree.
pub(crate) fn run(words: &[String]) -> Result<(), String> {
    let options = read_options(words)?;
    let folder = root().join("target/bench-rollup");
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    println!("▸ dotpha: {} villages × {ITEMS} items × {MONTHS} months", options.villages);
    let mut measured = Measured::default();
    measured.read("dotpha", &dotpha(&options.villages, &folder)?)?;
    for engine in &options.engines {
        println!("▸ {engine}: the same; this takes a minute or more");
        let tenth = measured.size("tenth_items")?.to_string();
        measured.read(engine, &other(engine, &tenth, &folder)?)?;
    }
    measured.check_equal(&options.engines)?;
    print!("{}", measured.table(&options.engines)?);
    if let Some(file) = options.json {
        std::fs::write(&file, measured.json(&options.engines)?)
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    Ok(())
}

fn read_options(words: &[String]) -> Result<Options, String> {
    let mut scale = 1.0;
    let mut json = None;
    let mut engines: Vec<String> = ENGINES.map(str::to_owned).to_vec();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--scale" => {
                scale = value.parse::<f64>().map_err(|_| format!("{value} is no number"))?;
            }
            "--json" => json = Some(PathBuf::from(value)),
            "--engines" => engines = value.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("{word} is unknown: --scale F, --json FILE, --engines A,B")),
        }
    }
    if let Some(unknown) = engines.iter().find(|engine| !ENGINES.contains(&engine.as_str())) {
        return Err(format!("{unknown} is unknown: --engines {}", ENGINES.join(",")));
    }
    if !(0.0..=100.0).contains(&scale) {
        return Err("--scale is between 0 and 100".to_owned());
    }
    let villages = (VILLAGES * scale).round().max(VILLAGES_MIN);
    Ok(Options { villages: format!("{villages:.0}"), json, engines })
}

/// Runs dotpha's half, built as it is shipped.
fn dotpha(villages: &str, folder: &Path) -> Result<String, String> {
    let words = ["run", "--quiet", "--release", "--package", "rollup", "--example", "bench", "--"];
    let mut command = cargo(&words);
    output(command.current_dir(root()).args([villages, ITEMS, MONTHS]).arg(folder))
}

/// Runs the other half for one engine.
fn other(engine: &str, tenth_items: &str, folder: &Path) -> Result<String, String> {
    let mut command = Command::new(python(folder)?);
    command.current_dir(root()).arg("bench/rollup.py").arg("--units").arg(folder.join("units.csv"));
    command.args(["--items", ITEMS, "--months", MONTHS, "--tenth-items", tenth_items]);
    command.args(["--engine", engine]);
    if engine == "postgres" {
        command.arg("--postgres-programs").arg(postgres_programs()?);
    }
    output(&mut command)
}

/// A Python that has DuckDB; made on first use.
fn python(folder: &Path) -> Result<PathBuf, String> {
    let venv = folder.join("venv");
    let python = venv.join("bin/python");
    let ready = |python: &Path| output(Command::new(python).args(["-c", "import duckdb"])).is_ok();
    if !ready(&python) {
        println!("▸ making a Python environment with DuckDB in {}", venv.display());
        output(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        output(Command::new(&python).args(["-m", "pip", "install", "--quiet", "duckdb"]))?;
    }
    Ok(python)
}
