//! Prepares a database for measurements and for tests with faults: villages that owe a form of 20
//! figures for every month of four years, and signed-in people who may do everything for all of them.
//! `collecting_ground DATABASE VILLAGES SESSIONS MONTHS` takes in files for the first months, and prints
//! a line for each: `session SECRET MARK`, `unit NUMBER`, `period CODE`, `item CODE`, `form CODE`.
#![expect(clippy::print_stdout, reason = "the ground is told to whoever asked for it")]
#![expect(clippy::unwrap_used, reason = "a preparation that fails should stop")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

use actions::accounts::{Draft, Moment};
use actions::entrance::{Entrance, SignIn};
use actions::imports::Input;
use actions::secrets::Hashing;
use actions::workspace::{Opener, Workspace};
use domain::access::Actor;
use domain::unit::Validity;
use server::{clock, keys};

/// What the benchmarks count.
const PACK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/pack");
const ITEMS: usize = 20;
const YEARS: std::ops::Range<u16> = 2022..2026;
const PASSWORD: &str = "đo cho đúng chứ không đo cho nhanh";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let database = arguments.first().expect("collecting_ground DATABASE VILLAGES SESSIONS MONTHS");
    let count = |at: usize| arguments.get(at).map_or(0, |text| text.parse::<usize>().unwrap());
    let (villages, sessions, months) = (count(1), count(2), count(3));
    let now_ms = clock::now_ms();
    let moment = Moment { now_ms, today: clock::day_of(now_ms) };
    let workspace = Arc::new(Workspace::open(database, Opener::Here).unwrap());
    let folder = tempfile::tempdir().unwrap();
    plan(&workspace, folder.path(), villages, now_ms);
    for period in periods().take(months) {
        fill(&workspace, folder.path(), villages, period);
    }
    let mut secrets = keys::secrets(database).unwrap();
    secrets.hashing = Hashing::LEAST;
    let entrance = Entrance::new(Arc::clone(&workspace), secrets);
    entrance.ask_for_no_codes(now_ms).unwrap();
    let country = workspace.find_unit("VN", Some(moment.today)).unwrap();
    for number in 0..sessions {
        let login = format!("can-bo-{number}");
        let draft = |role: &str| Draft {
            login: login.clone(),
            name: format!("Cán bộ {number}"),
            role: role.to_owned(),
            unit: Some(country),
            validity: Validity::default(),
        };
        let account = entrance.create_with_password(draft("reporter"), PASSWORD, moment).unwrap();
        for role in ["reviewer", "auditor", "administrator"] {
            entrance.grant(&Actor::console(), account.id, draft(role), moment).unwrap();
        }
        let typed = SignIn { login, password: PASSWORD.to_owned(), ..SignIn::default() };
        let secret = entrance.sign_in(typed, now_ms, moment.today).unwrap();
        let visitor = entrance.visitor(&secret, now_ms).unwrap().unwrap();
        println!("session {secret} {}", visitor.session.form_secret);
    }
    for village in 0..villages {
        let code = format!("V{village:06}");
        println!("unit {}", workspace.find_unit(&code, Some(moment.today)).unwrap().0);
    }
    for (year, month) in periods() {
        println!("period {year}-{month:02}");
    }
    (0..ITEMS).for_each(|item| println!("item M{item:02}"));
    println!("form thang");
}

/// Years and months.
fn periods() -> impl Iterator<Item = (u16, u16)> {
    YEARS.flat_map(|year| (1..=12).map(move |month| (year, month)))
}

/// A country with provinces of a hundred communes with ten villages each, and the form they owe.
fn plan(workspace: &Workspace, folder: &Path, villages: usize, now_ms: i64) {
    let mut units = "code,name,type,level,parent_code,valid_from,valid_to\n".to_owned();
    writeln!(units, "VN,Việt Nam,nước,country,,,").unwrap();
    for province in 0..villages.div_ceil(1_000) {
        writeln!(units, "P{province:02},Tỉnh {province},tỉnh,province,VN,,").unwrap();
    }
    for commune in 0..villages.div_ceil(10) {
        writeln!(units, "C{commune:05},Xã {commune},xã,commune,P{:02},,", commune / 100).unwrap();
    }
    for village in 0..villages {
        let commune = village / 10;
        writeln!(units, "V{village:06},Thôn {village},thôn,village,C{commune:05},,").unwrap();
    }
    let list = folder.join("units.csv");
    std::fs::write(&list, units).unwrap();
    workspace.import_units(vec![Input::from_path(&list)], now_ms).unwrap();
    workspace.import_pack(Path::new(PACK), now_ms).unwrap();
}

/// Takes in what everybody reported for a month, from a file.
fn fill(workspace: &Workspace, folder: &Path, villages: usize, (year, month): (u16, u16)) {
    let list = folder.join(format!("{year}-{month:02}.csv"));
    let mut file = BufWriter::with_capacity(1 << 20, File::create(&list).unwrap());
    writeln!(file, "unit_code,period,item_code,value,qualifier,disaggregation,note").unwrap();
    for village in 0..villages {
        for item in 0..ITEMS {
            // Whatever is sent afterwards is not many times as much.
            let value = 400 + (village * 31 + usize::from(month) * 7 + item * 3) % 100;
            writeln!(file, "V{village:06},{year}-{month:02},M{item:02},{value},,,").unwrap();
        }
    }
    file.flush().unwrap();
    workspace.import_figures(vec![Input::from_path(&list)], clock::now_ms(), |_| ()).unwrap();
    std::fs::remove_file(list).unwrap();
}
