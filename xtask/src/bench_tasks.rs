//! `cargo xtask bench tasks`: lists, hot spots and urging over more than 100,000 open tasks of all communes.
//! `bench/tasks.md` says what is measured.

use std::path::PathBuf;

use crate::steps::{cargo, output};

/// Runs the benchmark.
///
/// # Errors
/// Wrong words, or a program that fails.
pub(crate) fn run(words: &[String]) -> Result<(), String> {
    let (mut rounds, mut json) = (200_usize, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--rounds" => {
                let number = value.parse::<usize>();
                rounds = number.map_err(|_| format!("{value} is no number"))?.clamp(20, 10_000);
            }
            "--json" => json = Some(PathBuf::from(value)),
            _ => return Err(format!("{word} is unknown: --rounds N, --json FILE")),
        }
    }
    let rounds = rounds.to_string();
    let example =
        ["run", "--release", "--quiet", "-p", "actions", "--example", "tasks_speed", "--"];
    let said = output(cargo(&example).arg(&rounds))?;
    print!("{said}");
    let measured = said.lines().last().unwrap_or_default();
    if let Some(file) = json {
        std::fs::write(&file, format!("{measured}\n"))
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    Ok(())
}
