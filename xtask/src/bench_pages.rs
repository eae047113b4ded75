//! `cargo xtask bench pages`: how soon every page begins to arrive while the database holds a million
//! submissions and somebody sends another one now and then. `bench/pages.md` says what is measured.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::collecting::{Client, Ground, Place, Programs, Server};

/// Months that came in files, of the 48 that are owed.
const MONTHS: usize = 46;
/// How long after each other submissions arrive meanwhile.
const PACE: Duration = Duration::from_millis(100);
/// Submissions that wait for review before anything is measured.
const WAITING: usize = 500;
/// The pace aimed at, in milliseconds.
const GOAL_MS: f64 = 15.0;

struct Options {
    submissions: usize,
    rounds: usize,
    json: Option<PathBuf>,
}

/// How soon a page began to arrive.
struct Measured {
    path: String,
    p50_ms: f64,
    p95_ms: f64,
    kilobytes: f64,
}

/// Runs the benchmark.
///
/// # Errors
/// Wrong words, a program that is missing or fails, or a page that is not there.
pub(crate) fn run(words: &[String]) -> Result<(), String> {
    let options = read_options(words)?;
    let programs = Programs::build()?;
    let Place { folder, database, .. } = Place::make("bench-pages", "sqlite")?;
    let villages = options.submissions.div_ceil(MONTHS);
    println!("▸ {} submissions of {villages} villages", villages * MONTHS);
    let ground = Ground::read(&programs.prepare(&folder, &database, [villages, 2, MONTHS])?)?;
    let size = std::fs::metadata(folder.join(&database)).map_or(0, |file| file.len());
    println!("  ✓ prepared ({} MB)", size >> 20);
    let begun = Instant::now();
    let server = programs.serve(&folder, &database)?;
    println!("  ✓ serves after {:.1} s", begun.elapsed().as_secs_f64());
    let newest = send(&ground, &server, 0..WAITING)?;
    let pages = pages(&ground, &newest);
    let is_over = AtomicBool::new(false);
    let measured = std::thread::scope(|scope| {
        let sender = scope.spawn(|| keep_sending(&ground, &server, &is_over));
        let measured = measure(&ground, &server, &pages, options.rounds);
        is_over.store(true, Ordering::Relaxed);
        sender.join().map_err(|_| "the sender stopped".to_owned())??;
        measured
    })?;
    print!("{}", table(&measured));
    if let Some(file) = options.json {
        std::fs::write(&file, json(&measured, villages * MONTHS))
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    Ok(())
}

fn read_options(words: &[String]) -> Result<Options, String> {
    let mut options = Options { submissions: 1_000_000, rounds: 40, json: None };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse::<usize>().map_err(|_| format!("{value} is no number"));
        match word.as_str() {
            "--submissions" => options.submissions = number()?.clamp(1_000, 10_000_000),
            "--rounds" => options.rounds = number()?.clamp(5, 10_000),
            "--json" => options.json = Some(PathBuf::from(value)),
            _ => {
                return Err(format!("{word} is unknown: --submissions N, --rounds N, --json FILE"));
            }
        }
    }
    Ok(options)
}

/// Sends submissions one after another; gives back the id of the last one.
fn send(
    ground: &Ground,
    server: &Server,
    numbers: std::ops::Range<usize>,
) -> Result<String, String> {
    let mut client = client(ground, server, 0)?;
    let mut last = String::new();
    for number in numbers {
        let (id, body) = ground.submission(ground.first_open(MONTHS) + number);
        let answer = client.put(&id, &body).map_err(|error| format!("sending: {error}"))?;
        if answer.status != 200 {
            return Err(format!("{} for {id}: {}", answer.status, answer.body));
        }
        last = id;
    }
    Ok(last)
}

fn keep_sending(ground: &Ground, server: &Server, is_over: &AtomicBool) -> Result<(), String> {
    let mut number = WAITING;
    while !is_over.load(Ordering::Relaxed) {
        send(ground, server, number..number + 1)?;
        number += 1;
        std::thread::sleep(PACE);
    }
    Ok(())
}

/// Every kind of page that somebody who may see everything can open, by its address.
fn pages(ground: &Ground, submission: &str) -> Vec<String> {
    let unit = ground.unit(0);
    let (month, open) = (ground.period(MONTHS - 1), ground.period(MONTHS));
    [
        "/".to_owned(),
        format!("/?period={month}"),
        "/about".to_owned(),
        "/account".to_owned(),
        "/account/delegations".to_owned(),
        "/accounts".to_owned(),
        "/accounts/import".to_owned(),
        "/api/forms".to_owned(),
        "/carried".to_owned(),
        "/collection".to_owned(),
        format!("/collection?period={open}"),
        format!("/collection/rates?period={month}"),
        "/entry/".to_owned(),
        format!("/entry/forms/thang/units/{unit}/periods/{open}"),
        "/figures/M00".to_owned(),
        "/forms".to_owned(),
        "/forms/thang".to_owned(),
        "/indicators/M00".to_owned(),
        "/indicators/M00?level=commune".to_owned(),
        "/ledger".to_owned(),
        "/ledger/1000".to_owned(),
        "/proofs/1000".to_owned(),
        "/reports".to_owned(),
        "/review".to_owned(),
        format!("/review/{submission}"),
        format!("/submissions/{submission}"),
        "/search?q=thon+1234".to_owned(),
        "/units".to_owned(),
        format!("/units/{unit}"),
        "/work".to_owned(),
    ]
    .to_vec()
}

fn measure(
    ground: &Ground,
    server: &Server,
    pages: &[String],
    rounds: usize,
) -> Result<Vec<Measured>, String> {
    let mut client = client(ground, server, 1)?;
    let mut measured = Vec::new();
    for path in pages {
        let mut waits = Vec::with_capacity(rounds);
        let mut bytes = 0;
        // The first one fills what is kept from page to page.
        for round in 0..=rounds {
            let (wait, answer) = client.get(path).map_err(|error| format!("{path}: {error}"))?;
            if answer.status != 200 {
                return Err(format!("{} for {path}", answer.status));
            }
            bytes = answer.body.len();
            if round > 0 {
                waits.push(wait);
            }
        }
        waits.sort_unstable();
        let at = |percent: usize| {
            let place = (waits.len() * percent / 100).min(waits.len().saturating_sub(1));
            waits.get(place).map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
        };
        let kilobytes = bytes as f64 / 1024.0;
        measured.push(Measured { path: path.clone(), p50_ms: at(50), p95_ms: at(95), kilobytes });
    }
    Ok(measured)
}

fn client(ground: &Ground, server: &Server, number: usize) -> Result<Client, String> {
    let session = ground.sessions.get(number).ok_or("the preparation made too few sessions")?;
    Client::connect(&server.address, session).map_err(|error| format!("connecting: {error}"))
}

fn slowest(measured: &[Measured]) -> f64 {
    measured.iter().map(|one| one.p95_ms).fold(0.0, f64::max)
}

fn table(measured: &[Measured]) -> String {
    let mut text = format!("\n{:<52} {:>8} {:>8} {:>8}\n", "page", "p50 ms", "p95 ms", "KB");
    for Measured { path, p50_ms, p95_ms, kilobytes } in measured {
        text.push_str(&format!("{path:<52} {p50_ms:>8.1} {p95_ms:>8.1} {kilobytes:>8.0}\n"));
    }
    let slow = measured.iter().filter(|one| one.p95_ms > GOAL_MS).count();
    text.push_str(&format!(
        "slowest p95 {:.1} ms; above {GOAL_MS} ms: {slow} of {} pages\n",
        slowest(measured),
        measured.len()
    ));
    text
}

fn json(measured: &[Measured], submissions: usize) -> String {
    let pages: Vec<String> = measured
        .iter()
        .map(|Measured { path, p50_ms, p95_ms, .. }| {
            format!("    \"{path}\": {{\"p50_ms\": {p50_ms:.2}, \"p95_ms\": {p95_ms:.2}}}")
        })
        .collect();
    format!(
        "{{\n  \"submissions\": {submissions},\n  \"slowest_p95_ms\": {:.2},\n  \"pages\": {{\n{}\n  }}\n}}\n",
        slowest(measured),
        pages.join(",\n")
    )
}
