//! Running a step: says what it does, how long it took, and stops at the first that fails.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The checkout's root folder.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.to_path_buf(), Path::to_path_buf)
}

/// Runs one command as a step of the task, its output passed through.
pub(crate) fn run(title: &str, command: &mut Command) -> Result<(), String> {
    println!("\n▸ {title}");
    let started = Instant::now();
    let status = command
        .current_dir(root())
        .status()
        .map_err(|error| format!("{title}: cannot start {}: {error}", program(command)))?;
    if !status.success() {
        return Err(format!("{title}: failed ({status})"));
    }
    println!("  ✓ {title} ({:.0} s)", started.elapsed().as_secs_f64());
    Ok(())
}

/// Runs a command and gives back what it printed, trimmed.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output =
        command.output().map_err(|error| format!("cannot start {}: {error}", program(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{} failed: {}", program(command), said.trim()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The same cargo that runs this task.
pub(crate) fn cargo(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(words);
    command
}

fn program(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}
