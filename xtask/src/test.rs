//! `cargo xtask test`: everything that must hold.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use crate::postgres::Cluster;
use crate::steps::{cargo, root, run};
use crate::tools::{chromium, node};

/// All steps, in the order in which they fail fastest.
pub(crate) fn everything() -> Result<(), String> {
    let started = Instant::now();
    println!("dotpha: everything that must hold");
    check_the_code()?;
    let cluster = Cluster::start()?;
    run(
        "all tests on SQLite and PostgreSQL",
        cargo(&["test", "--workspace"])
            .env("TEST_DATABASE_URL", cluster.url())
            .env("DOTPHA_TEST_POSTGRES", "required"),
    )?;
    drop(cluster);
    journeys(None)?;
    println!("\n✓ everything holds ({:.0} s)", started.elapsed().as_secs_f64());
    Ok(())
}

/// The steps that need nothing but Rust.
pub(crate) fn quick() -> Result<(), String> {
    check_the_code()?;
    run("all tests on SQLite", &mut cargo(&["test", "--workspace"]))
}

fn check_the_code() -> Result<(), String> {
    run("format", &mut cargo(&["fmt", "--all", "--check"]))?;
    run("lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// Checks of the scripts, then the journeys in the browser on the sample data.
pub(crate) fn journeys(name: Option<&str>) -> Result<(), String> {
    let node = node()?;
    let chromium = chromium()?;
    let e2e = root().join("e2e");
    run(
        "npm packages of e2e/",
        Command::new("npm").args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&e2e),
    )?;
    run(
        "types of the scripts",
        Command::new(&node).arg(e2e.join("node_modules/typescript/bin/tsc")).args(["-p", "e2e"]),
    )?;
    let mut cases = Command::new(&node);
    cases.arg("--test").args(files_in(&e2e, "scripts")?);
    run("scripts against the shared cases", &mut cases)?;
    run("building dotpha", &mut cargo(&["build", "--package", "server"]))?;
    let program = beside_this_program("dotpha")?;
    let server = Server::start(&program)?;
    let mut test = Command::new(&node);
    test.arg("--test").arg("--test-reporter=spec");
    if let Some(name) = name {
        test.arg(format!("--test-name-pattern={name}"));
    }
    test.args(files_in(&e2e, "journeys")?);
    test.env("DOTPHA_URL", &server.address).env("CHROMIUM", chromium);
    test.env("DOTPHA_PROGRAM", program);
    run("journeys in the browser", &mut test)
}

/// A program that cargo built into the folder this one was built into.
fn beside_this_program(name: &str) -> Result<PathBuf, String> {
    let this = std::env::current_exe().map_err(|error| format!("this program: {error}"))?;
    Ok(this.with_file_name(name))
}

/// The tests of a folder of `e2e/`, by name.
fn files_in(e2e: &Path, folder: &str) -> Result<Vec<String>, String> {
    let folder = e2e.join(folder);
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let mut files: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.path().to_string_lossy().into_owned()))
        .filter(|file| file.ends_with(".mjs"))
        .collect();
    files.sort();
    Ok(files)
}

/// A demo server on a free port, ended when dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(program: &Path) -> Result<Self, String> {
        println!("\n▸ a server with the sample data");
        let out = root().join("target/e2e-demo");
        let mut child = Command::new(program)
            .current_dir(root())
            .args(["demo", "--port", "0", "--out"])
            .arg(&out)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", program.display()))?;
        let said = child.stdout.take().ok_or("the server has no output")?;
        let mut lines = BufReader::new(said).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| Some(line[line.find("http://127.0.0.1:")?..].trim().to_owned()));
        let Some(address) = address else {
            drop(child.kill());
            return Err("the demo ended before it served its pages".to_owned());
        };
        // Keep reading, so that the server never waits for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        println!("  ✓ {address}");
        Ok(Self { child, address })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let ended = self.child.kill().and_then(|()| self.child.wait());
        if let Err(reason) = ended {
            eprintln!("the server did not end: {reason}");
        }
    }
}
