//! The project's own tasks: `cargo xtask test | e2e | bench | faults | fixtures`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task runner talks to its user")]

mod bench_collect;
mod bench_pages;
mod bench_rollup;
mod bench_tasks;
mod collecting;
mod faults;
mod fixtures;
mod postgres;
mod steps;
mod test;
mod tools;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <task>

  test               everything that must hold: format, lints, all tests on SQLite and
                     PostgreSQL, checks of the scripts, journeys in the browser
  test --quick       the same without PostgreSQL, Node and the browser
  e2e [NAME]         only the journeys in the browser, or those whose name has NAME in it
  bench rollup       the same questions in dotpha, DuckDB, SQLite and PostgreSQL
                     [--scale F] [--json FILE]
  bench collect      many people sending figures at once, on SQLite and PostgreSQL
                     [--seconds N] [--rate N] [--json FILE]
  bench pages        how soon every page begins to arrive, with a million submissions
                     [--submissions N] [--rounds N] [--json FILE]
  bench tasks        lists and urging over 100,000 open tasks of all communes
                     [--rounds N] [--json FILE]
  faults kill        the server is killed again and again while people send; nothing that was
                     acknowledged may be lost  [--cycles N] [--seed N] [--json FILE]
  fixtures           makes the sample data again; the result is the same to the byte
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["test"] => test::everything(),
        ["test", "--quick"] => test::quick(),
        ["e2e"] => test::journeys(None),
        ["e2e", name] => test::journeys(Some(name)),
        ["bench", "rollup", rest @ ..] => bench_rollup::run(&owned(rest)),
        ["bench", "collect", rest @ ..] => bench_collect::run(&owned(rest)),
        ["bench", "pages", rest @ ..] => bench_pages::run(&owned(rest)),
        ["bench", "tasks", rest @ ..] => bench_tasks::run(&owned(rest)),
        ["faults", "kill", rest @ ..] => faults::kill(&owned(rest)),
        ["fixtures", rest @ ..] => fixtures::run(&owned(rest)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\n✗ {reason}");
            ExitCode::FAILURE
        }
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}
