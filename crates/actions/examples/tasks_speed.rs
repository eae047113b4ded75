//! Measures lists of tasks, hot spots and the urging of all of them: more than 100,000 open tasks over
//! the 3,321 communes of today, in a new SQLite database. `tasks_speed [ROUNDS]`; built with `--release`. Prints
//! a line for each question and then one of JSON.
#![expect(clippy::print_stdout, reason = "the result of a measurement")]
#![expect(clippy::unwrap_used, reason = "a measurement that fails should stop")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use actions::accounts::Moment;
use actions::entrance::Entrance;
use actions::imports::Input;
use actions::secrets::{Hashing, Secrets};
use actions::tasks::give::{Assignment, Giving, Time};
use actions::tasks::list::{Asked, LINES_PER_PAGE, Scope};
use actions::workspace::{Opener, Workspace};
use domain::access::{Account, AccountId, AccountState, Actor, Grant, standard_roles};
use domain::task::{BriefId, Origin, Party, State, Words};
use domain::unit::{UnitId, Validity};
use jiff::Span;
use jiff::civil::{Date, date};

const COMMUNES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples/national/vn_communes_2026.csv");
const NOW_MS: i64 = 1_795_395_600_000;
const TODAY: Date = date(2026, 11, 23);
const MOMENT: Moment = Moment { now_ms: NOW_MS, today: TODAY };
/// What the country asks of every commune, each due on another day around today.
const BRIEFS: i64 = 31;

fn main() {
    let rounds = std::env::args().nth(1).map_or(200, |text| text.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let (workspace, country) = country(folder.path());
    let begun = Instant::now();
    let tasks = give(&workspace, country);
    println!("{tasks} tasks given in {:.1} s", begun.elapsed().as_secs_f64());

    let questions = questions(country);
    let mut slowest = 0.0_f64;
    for (name, asked) in &questions {
        let p95 = p95_ms(rounds, || {
            let list = workspace.task_list(&Actor::console(), MOMENT, asked).unwrap();
            assert!(list.counts.all > 0, "{name} finds something");
        });
        println!("{name:<24} {p95:>7.2} ms");
        slowest = slowest.max(p95);
    }
    let officer = officer(&workspace);
    let waiting = p95_ms(rounds, || {
        let waiting = workspace.tasks_waiting(&officer, MOMENT, LINES_PER_PAGE).unwrap();
        assert_eq!(waiting.len(), usize::try_from(BRIEFS).unwrap(), "one of every brief");
    });
    println!("{:<24} {waiting:>7.2} ms", "waiting for an officer");
    slowest = slowest.max(waiting);
    let days = p95_ms(rounds, || {
        let asked = Asked::of(country);
        let days = workspace.tasks_by_day(&Actor::console(), MOMENT, &asked).unwrap();
        assert!(days.len() > 20, "the calendar has days");
    });
    println!("{:<24} {days:>7.2} ms", "calendar");
    slowest = slowest.max(days);

    let hot = p95_ms(rounds, || {
        let hot = workspace.hot_spots(&Actor::console(), MOMENT, country).unwrap();
        assert_eq!(hot.spots.len(), 3, "the overdue ones, as many as of one kind");
    });
    println!("{:<24} {hot:>7.2} ms", "hot spots");

    let begun = Instant::now();
    let made = workspace.urge(MOMENT).unwrap().made;
    let urging_s = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    assert_eq!(workspace.urge(MOMENT).unwrap().made, 0, "each is made once");
    let again_s = begun.elapsed().as_secs_f64();
    println!("{made} reminders in {urging_s:.2} s; looked again in {again_s:.2} s");
    println!(
        "{{\"tasks\": {tasks}, \"list_p95_ms\": {slowest:.2}, \"hot_spots_ms\": {hot:.2}, \
         \"urging_s\": {urging_s:.3}, \"reminders\": {made}, \"urging_again_s\": {again_s:.3}}}"
    );
}

/// The communes of today under their provinces, and these under one unit for the country.
fn country(folder: &Path) -> (Arc<Workspace>, UnitId) {
    let listed = std::fs::read_to_string(COMMUNES).unwrap();
    let mut units = String::from(
        "code,name,type,level,parent_code,valid_from\nVN,Việt Nam,nước,country,,2025-07-01\n",
    );
    for line in listed.lines().skip(1) {
        units.push_str(&line.replace(",province,,", ",province,VN,"));
        units.push('\n');
    }
    let file = folder.join("units.csv");
    std::fs::write(&file, units).unwrap();
    let database = folder.join("tasks.db");
    let workspace = Workspace::open(database.to_str().unwrap(), Opener::Here).unwrap();
    workspace.import_units(vec![Input::from_path(&file)], NOW_MS).unwrap();
    let country = workspace.find_unit("VN", Some(TODAY)).unwrap();
    (Arc::new(workspace), country)
}

/// Gives every commune the same tasks; gives back how many.
fn give(workspace: &Arc<Workspace>, country: UnitId) -> usize {
    let fill = Arc::new(|buffer: &mut [u8]| buffer.fill(7));
    let secrets = Secrets::new([9; 32], fill, Hashing::LEAST);
    let entrance = Entrance::new(Arc::clone(workspace), secrets);
    let snapshot = workspace.snapshot().unwrap();
    let communes = snapshot.units.versions_on(TODAY).filter(|version| version.level == "commune");
    let leads: Vec<Party> =
        communes.map(|version| Party { unit: version.unit, account: None }).collect();
    let mut tasks = 0;
    for number in 0..BRIEFS {
        let word = || format!("Nhiệm vụ số {number}");
        let begun = TODAY.checked_sub(Span::new().days(60)).unwrap();
        let due = TODAY.checked_add(Span::new().days(number - BRIEFS / 2)).unwrap();
        let assignment = Assignment {
            issuer: country,
            origin: Origin::default(),
            words: Words {
                work: word(),
                detail: word(),
                responsibility: word(),
                product: word(),
                authority: word(),
            },
            leads: leads.clone(),
            helpers: Vec::new(),
            team: Vec::new(),
            confirmer: None,
            times: vec![Time::By(due)],
            giving: Giving::Now,
        };
        let moment = Moment { today: begun, ..MOMENT };
        tasks += entrance.give_tasks(&Actor::console(), moment, assignment).unwrap().tasks.len();
    }
    tasks
}

/// Somebody who does the tasks of one commune.
fn officer(workspace: &Workspace) -> Actor {
    let unit = workspace.find_unit("06124", Some(TODAY)).unwrap();
    let role = standard_roles().into_iter().find(|role| role.code == "reviewer").unwrap();
    let account = Account {
        id: AccountId(1),
        login: "xa".to_owned(),
        name: "Xã".to_owned(),
        state: AccountState::Active,
    };
    let grant = Grant {
        id: 1,
        account: account.id,
        role,
        unit: Some(unit),
        validity: Validity::default(),
        delegated_by: None,
    };
    Actor { account: Some(account), grants: vec![grant], second_factor: true }
}

fn questions(country: UnitId) -> Vec<(&'static str, Asked)> {
    let all = || Asked::of(country);
    vec![
        ("everything", all()),
        ("overdue", Asked { standing: Some("overdue"), ..all() }),
        ("given by the country", Asked { scope: Scope::Given, ..all() }),
        ("not acknowledged yet", Asked { scope: Scope::All, states: vec![State::Given], ..all() }),
        ("by words", Asked { text: "nhiem vu so 1".to_owned(), ..all() }),
        ("one brief, each commune", Asked { brief: Some(BriefId(9)), ..all() }),
        ("its last page", Asked { brief: Some(BriefId(9)), page: 66, ..all() }),
    ]
}

/// What 95 of 100 rounds take at most, in milliseconds; the first round is not counted.
fn p95_ms(rounds: usize, mut round: impl FnMut()) -> f64 {
    round();
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let begun = Instant::now();
            round();
            begun.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(rounds * 95 / 100).copied().unwrap_or_default()
}
