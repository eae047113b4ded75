//! `cargo xtask faults kill`: real people send to the real program while it is killed at random
//! moments and started again. What was acknowledged must be there, once, with the same receipt.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::collecting::{Client, Ground, Place, Programs};
use crate::steps::output;

const CLIENTS: usize = 32;
const VILLAGES: usize = 4_000;
const SESSIONS: usize = 4;
/// How long a server lives, in milliseconds.
const LIFE_MS: std::ops::Range<u64> = 50..2_000;

/// What was asked for on the command line.
struct Options {
    cycles: usize,
    seed: u64,
    json: Option<PathBuf>,
    engines: Vec<String>,
}

/// What became of everything on one engine.
#[derive(Debug, Default)]
struct Outcome {
    engine: String,
    acknowledged: usize,
    /// Sendings whose answer never came; all of them were sent again.
    unknown: usize,
    lost: usize,
    duplicated: usize,
    /// The longest time from the start of a server to its first page.
    ready_ms: u128,
}

/// Kills the server again and again.
///
/// # Errors
/// Wrong words, a program that is missing or fails, something lost or duplicated, or a ledger that
/// does not verify.
pub(crate) fn kill(words: &[String]) -> Result<(), String> {
    let options = read_options(words)?;
    let programs = Programs::build()?;
    println!("▸ seed {}: {} lives, {CLIENTS} people", options.seed, options.cycles);
    let mut outcomes = Vec::new();
    for engine in &options.engines {
        let place = Place::make("faults-kill", engine)?;
        let outcome = one(engine, &options, &programs, &place)?;
        println!("  {outcome:?}");
        programs.verify(&place.folder, &place.database)?;
        println!("  ✓ the ledger verifies");
        outcomes.push(outcome);
    }
    if let Some(file) = options.json {
        std::fs::write(&file, json(&outcomes, options.seed))
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    let wrong = outcomes.iter().find(|outcome| outcome.lost + outcome.duplicated > 0);
    wrong.map_or(Ok(()), |wrong| Err(format!("seed {}: {wrong:?}", options.seed)))
}

fn read_options(words: &[String]) -> Result<Options, String> {
    let engines = ["sqlite", "postgres"].map(str::to_owned).to_vec();
    let mut options = Options { cycles: 20, seed: 1, json: None, engines };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{value} is no number"));
        match word.as_str() {
            "--cycles" => options.cycles = usize::try_from(number()?.clamp(1, 500)).unwrap_or(1),
            "--seed" => options.seed = number()?,
            "--json" => options.json = Some(PathBuf::from(value)),
            "--engines" => options.engines = value.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("{word} is unknown: --cycles N, --seed N, --json FILE")),
        }
    }
    Ok(options)
}

/// What people know of what they sent.
#[derive(Default)]
struct Memory {
    /// The receipt of each submission that was acknowledged.
    receipts: BTreeMap<usize, String>,
    /// Those whose answer never came.
    unknown: Vec<usize>,
}

fn one(
    engine: &str,
    options: &Options,
    programs: &Programs,
    place: &Place,
) -> Result<Outcome, String> {
    let Place { folder, database, .. } = place;
    let ground = Ground::read(&programs.prepare(folder, database, [VILLAGES, SESSIONS, 0])?)?;
    let next = AtomicUsize::new(0);
    let mut outcome = Outcome { engine: engine.to_owned(), ..Outcome::default() };
    let mut memory = Memory::default();
    let mut chance = options.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for _ in 0..options.cycles {
        let begun = Instant::now();
        let server = programs.serve(folder, database)?;
        outcome.ready_ms = outcome.ready_ms.max(begun.elapsed().as_millis());
        // Xorshift: the same seed makes the same lives.
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let life = LIFE_MS.start + chance % (LIFE_MS.end - LIFE_MS.start);
        let address = server.address.clone();
        let again = std::mem::take(&mut memory.unknown);
        std::thread::scope(|scope| {
            let people: Vec<_> = (0..CLIENTS)
                .map(|number| {
                    let own = again.iter().copied().skip(number).step_by(CLIENTS).collect();
                    let (ground, next, address) = (&ground, &next, address.as_str());
                    scope.spawn(move || person(ground, address, number, own, next))
                })
                .collect();
            std::thread::sleep(Duration::from_millis(life));
            drop(server);
            for person in people {
                let known = person.join().map_err(|_| "a person stopped".to_owned())??;
                memory.receipts.extend(known.receipts);
                memory.unknown.extend(known.unknown);
            }
            Ok::<(), String>(())
        })?;
        outcome.unknown += memory.unknown.len();
    }
    check(&ground, programs, place, memory, &mut outcome)?;
    Ok(outcome)
}

/// Sends until the server is gone: first what nobody answered for, then new.
fn person(
    ground: &Ground,
    address: &str,
    number: usize,
    mut again: Vec<usize>,
    next: &AtomicUsize,
) -> Result<Memory, String> {
    let mut memory = Memory::default();
    let session = &ground.sessions[number % ground.sessions.len()];
    let Ok(mut client) = Client::connect(address, session) else {
        memory.unknown = again;
        return Ok(memory);
    };
    loop {
        let submission = again.pop().unwrap_or_else(|| next.fetch_add(1, Ordering::Relaxed));
        if submission >= ground.occasions() {
            return Ok(memory);
        }
        let (id, body) = ground.submission(submission);
        match client.put(&id, &body) {
            Ok(answer) if answer.status == 200 => {
                memory.receipts.insert(submission, answer.body);
            }
            Ok(answer) => return Err(format!("{} for {id}: {}", answer.status, answer.body)),
            Err(_) => {
                memory.unknown.push(submission);
                memory.unknown.append(&mut again);
                return Ok(memory);
            }
        }
    }
}

/// Sends everything once more: the same receipt must come for all that was acknowledged, and what
/// nobody answered for must be taken once.
fn check(
    ground: &Ground,
    programs: &Programs,
    place: &Place,
    memory: Memory,
    outcome: &mut Outcome,
) -> Result<(), String> {
    let Place { folder, database, .. } = place;
    let server = programs.serve(folder, database)?;
    let Some(session) = ground.sessions.first() else { return Ok(()) };
    let failed = |error: std::io::Error| format!("sending again: {error}");
    let mut client = Client::connect(&server.address, session).map_err(failed)?;
    let mut stored = memory.receipts.len();
    for (submission, receipt) in &memory.receipts {
        let (id, body) = ground.submission(*submission);
        let answer = client.put(&id, &body).map_err(failed)?;
        outcome.lost += usize::from(answer.status != 200 || answer.body != *receipt);
    }
    for submission in memory.unknown {
        let (id, body) = ground.submission(submission);
        let answer = client.put(&id, &body).map_err(failed)?;
        if answer.status != 200 {
            return Err(format!("{} for {id}: {}", answer.status, answer.body));
        }
        stored += 1;
    }
    drop(server);
    outcome.acknowledged = stored;
    outcome.duplicated = rows(folder, database)?.saturating_sub(stored);
    Ok(())
}

/// How many submissions the database holds.
fn rows(folder: &Path, database: &str) -> Result<usize, String> {
    const COUNT: &str = "select count(*) from submission";
    let mut command = if database.contains("://") {
        let mut command = Command::new("psql");
        command.args([database, "-Atc", COUNT]);
        command
    } else {
        let mut command = Command::new("python3");
        command.args(["-c", "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])"]);
        command.args([database, COUNT]);
        command
    };
    let said = output(command.current_dir(folder))?;
    said.parse().map_err(|_| format!("no count: {said}"))
}

fn json(outcomes: &[Outcome], seed: u64) -> String {
    let sum = |part: fn(&Outcome) -> usize| outcomes.iter().map(part).sum::<usize>();
    let engines: Vec<String> = outcomes
        .iter()
        .map(|outcome| {
            let Outcome { engine, acknowledged, unknown, lost, duplicated, ready_ms } = outcome;
            format!(
                "  \"{engine}\": {{\"acknowledged\": {acknowledged}, \"unknown\": {unknown}, \
                 \"lost\": {lost}, \"duplicated\": {duplicated}, \"ready_ms\": {ready_ms}, \
                 \"ledger_verifies\": true}}"
            )
        })
        .collect();
    format!(
        "{{\n  \"seed\": {seed},\n  \"acknowledged\": {},\n  \"lost\": {},\n  \"duplicated\": {},\n{}\n}}\n",
        sum(|outcome| outcome.acknowledged),
        sum(|outcome| outcome.lost),
        sum(|outcome| outcome.duplicated),
        engines.join(",\n")
    )
}
