//! `cargo xtask bench collect`: how many submissions a second reach the disk, and how long people
//! wait for their receipts. `bench/collect.md` says what is measured.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::collecting::{Client, Ground, Place, Programs, Server};
use crate::steps::{output, root};

const CLIENTS: usize = 200;
const VILLAGES: usize = 5_000;
const SESSIONS: usize = 8;
const WARM_UP: Duration = Duration::from_secs(2);

/// What was asked for on the command line.
struct Options {
    seconds: u64,
    rate: usize,
    json: Option<PathBuf>,
    engines: Vec<String>,
}

/// What was measured on one engine.
struct Measured {
    engine: String,
    submissions_per_s: f64,
    rate: usize,
    p50_ms: f64,
    p99_ms: f64,
    limit_per_s: f64,
    one_by_one_per_s: f64,
}

/// Runs the benchmark.
///
/// # Errors
/// Wrong words, a program that is missing or fails, or a submission that was not taken.
pub(crate) fn run(words: &[String]) -> Result<(), String> {
    let options = read_options(words)?;
    let programs = Programs::build()?;
    let mut measured = Vec::new();
    for engine in &options.engines {
        println!("▸ {engine}: {CLIENTS} people, 20 figures each time");
        let place = Place::make("bench-collect", engine)?;
        measured.push(one(engine, &options, &programs, &place)?);
    }
    print!("{}", table(&measured));
    if let Some(file) = options.json {
        std::fs::write(&file, json(&measured))
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    Ok(())
}

fn read_options(words: &[String]) -> Result<Options, String> {
    let engines = ["sqlite", "postgres"].map(str::to_owned).to_vec();
    let mut options = Options { seconds: 10, rate: 3_000, json: None, engines };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{value} is no number"));
        match word.as_str() {
            "--seconds" => options.seconds = number()?.clamp(1, 60),
            "--rate" => options.rate = usize::try_from(number()?.clamp(1, 100_000)).unwrap_or(1),
            "--json" => options.json = Some(PathBuf::from(value)),
            "--engines" => options.engines = value.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("{word} is unknown: --seconds N, --rate N, --json FILE")),
        }
    }
    Ok(options)
}

fn one(
    engine: &str,
    options: &Options,
    programs: &Programs,
    place: &Place,
) -> Result<Measured, String> {
    let Place { folder, database, .. } = place;
    let limits = output(
        Command::new("python3")
            .arg(root().join("bench/collect.py"))
            .arg(database)
            .current_dir(folder),
    )?;
    let mut limits = limits.split(' ').map(str::parse::<f64>);
    let mut limit = || limits.next().and_then(Result::ok).ok_or("no limit was measured");
    let (limit_per_s, one_by_one_per_s) = (limit()?, limit()?);
    let ground = Ground::read(&programs.prepare(folder, database, [VILLAGES, SESSIONS, 0])?)?;
    let server = programs.serve(folder, database)?;
    let load = Load { ground, server, next: AtomicUsize::new(0) };
    load.run(None, WARM_UP)?;
    let length = Duration::from_secs(options.seconds);
    let begun = Instant::now();
    let sent = load.run(None, length)?.len();
    let submissions_per_s = sent as f64 / begun.elapsed().as_secs_f64();
    // Nobody measures the wait of people who come faster than they can be served.
    let served_per_s = sent / usize::try_from(options.seconds).unwrap_or(1).max(1);
    let rate = options.rate.min(served_per_s * 4 / 5).max(1);
    let mut waits = load.run(Some(rate), length)?;
    waits.sort_unstable();
    let at = |percent: usize| {
        let place = (waits.len() * percent / 100).min(waits.len().saturating_sub(1));
        waits.get(place).map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
    };
    Ok(Measured {
        engine: engine.to_owned(),
        submissions_per_s,
        rate,
        p50_ms: at(50),
        p99_ms: at(99),
        limit_per_s,
        one_by_one_per_s,
    })
}

/// People at work on a server.
struct Load {
    ground: Ground,
    server: Server,
    next: AtomicUsize,
}

impl Load {
    /// Lets everybody send for a time: as fast as they get their receipts, or all together so many a
    /// second. Gives back how long each waited, counted from the moment at which it was their turn.
    fn run(&self, rate: Option<usize>, length: Duration) -> Result<Vec<Duration>, String> {
        let begin = Instant::now() + Duration::from_millis(100);
        std::thread::scope(|scope| {
            let people: Vec<_> = (0..CLIENTS)
                .map(|number| scope.spawn(move || self.person(number, rate, begin, length)))
                .collect();
            let mut waits = Vec::new();
            for person in people {
                waits.extend(person.join().map_err(|_| "a person stopped".to_owned())??);
            }
            Ok(waits)
        })
    }

    fn person(
        &self,
        number: usize,
        rate: Option<usize>,
        begin: Instant,
        length: Duration,
    ) -> Result<Vec<Duration>, String> {
        let session = &self.ground.sessions[number % self.ground.sessions.len()];
        let failed = |error: std::io::Error| format!("person {number}: {error}");
        let mut client = Client::connect(&self.server.address, session).map_err(failed)?;
        let pace = rate.map(|rate| Duration::from_secs_f64(CLIENTS as f64 / rate as f64));
        let mut turn = begin + pace.unwrap_or_default().mul_f64(number as f64 / CLIENTS as f64);
        let mut waits = Vec::new();
        while turn < begin + length {
            std::thread::sleep(turn.saturating_duration_since(Instant::now()));
            let (id, body) = self.ground.submission(self.next.fetch_add(1, Ordering::Relaxed));
            let answer = client.put(&id, &body).map_err(failed)?;
            if answer.status != 200 {
                return Err(format!("{} for {id}: {}", answer.status, answer.body));
            }
            waits.push(turn.elapsed());
            turn = pace.map_or_else(Instant::now, |pace| turn + pace);
        }
        Ok(waits)
    }
}

fn table(measured: &[Measured]) -> String {
    let mut text =
        "\n            submissions/s   p50 ms   p99 ms   at /s   limit/s   one by one/s\n"
            .to_owned();
    for one in measured {
        let Measured { engine, submissions_per_s, rate, p50_ms, p99_ms, .. } = one;
        text.push_str(&format!(
            "{engine:<10} {submissions_per_s:>14.0} {p50_ms:>8.1} {p99_ms:>8.1} {rate:>7} {:>9.0} {:>14.0}\n",
            one.limit_per_s, one.one_by_one_per_s
        ));
    }
    text
}

fn json(measured: &[Measured]) -> String {
    let engines: Vec<String> = measured
        .iter()
        .map(|one| {
            let Measured { engine, submissions_per_s, rate, p50_ms, p99_ms, .. } = one;
            format!(
                "  \"{engine}\": {{\"submissions_per_s\": {submissions_per_s:.0}, \
                 \"p50_ms\": {p50_ms:.2}, \"p99_ms\": {p99_ms:.2}, \"waits_at_per_s\": {rate}, \
                 \"limit_per_s\": {:.0}, \"one_by_one_per_s\": {:.0}}}",
                one.limit_per_s, one.one_by_one_per_s
            )
        })
        .collect();
    format!("{{\n{}\n}}\n", engines.join(",\n"))
}
