//! Prepares a database for measurements and for tests with faults: villages that owe a form of 20
//! figures for every month of four years, and signed-in people who may send for all of them.
//! `collecting_ground DATABASE VILLAGES SESSIONS` prints a line for each: `session SECRET MARK`,
//! `unit NUMBER`, `period CODE`, `item CODE`, `form CODE`.
#![expect(clippy::print_stdout, reason = "the ground is told to whoever asked for it")]
#![expect(clippy::unwrap_used, reason = "a preparation that fails should stop")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use actions::accounts::{Draft, Moment};
use actions::entrance::{Entrance, SignIn};
use actions::imports::Input;
use actions::secrets::Hashing;
use actions::workspace::{Opener, Workspace};
use domain::unit::Validity;
use server::{clock, keys};

const ITEMS: usize = 20;
const YEARS: std::ops::Range<u16> = 2022..2026;
const PASSWORD: &str = "đo cho đúng chứ không đo cho nhanh";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let database = arguments.first().expect("collecting_ground DATABASE VILLAGES SESSIONS");
    let count = |at: usize| arguments.get(at).map_or(100, |text| text.parse::<usize>().unwrap());
    let (villages, sessions) = (count(1), count(2));
    let now_ms = clock::now_ms();
    let moment = Moment { now_ms, today: clock::day_of(now_ms) };
    let workspace = Arc::new(Workspace::open(database, Opener::Here).unwrap());
    let folder = tempfile::tempdir().unwrap();
    plan(&workspace, folder.path(), villages, now_ms);
    let mut secrets = keys::secrets(database).unwrap();
    secrets.hashing = Hashing::LEAST;
    let entrance = Entrance::new(Arc::clone(&workspace), secrets);
    let district = workspace.find_unit("182", Some(moment.today)).unwrap();
    for number in 0..sessions {
        let login = format!("can-bo-{number}");
        let draft = Draft {
            login: login.clone(),
            name: format!("Cán bộ {number}"),
            role: "reporter".to_owned(),
            unit: Some(district),
            validity: Validity::default(),
        };
        entrance.create_with_password(draft, PASSWORD, moment).unwrap();
        let typed = SignIn { login, password: PASSWORD.to_owned(), ..SignIn::default() };
        let secret = entrance.sign_in(typed, now_ms, moment.today).unwrap();
        let visitor = entrance.visitor(&secret, now_ms).unwrap().unwrap();
        println!("session {secret} {}", visitor.session.form_secret);
    }
    for village in 0..villages {
        let code = format!("V{village:06}");
        println!("unit {}", workspace.find_unit(&code, Some(moment.today)).unwrap().0);
    }
    for (year, month) in YEARS.flat_map(|year| (1..=12).map(move |month| (year, month))) {
        println!("period {year}-{month:02}");
    }
    (0..ITEMS).for_each(|item| println!("item M{item:02}"));
    println!("form thang");
}

/// One district, a commune for every ten villages, and the form they owe.
fn plan(workspace: &Workspace, folder: &Path, villages: usize, now_ms: i64) {
    let mut units = "code,name,type,level,parent_code,valid_from,valid_to\n".to_owned();
    writeln!(units, "182,Văn Lãng,huyện,district,,,").unwrap();
    for commune in 0..villages.div_ceil(10) {
        writeln!(units, "C{commune:05},Xã {commune},xã,commune,182,,").unwrap();
    }
    for village in 0..villages {
        let commune = village / 10;
        writeln!(units, "V{village:06},Thôn {village},thôn,village,C{commune:05},,").unwrap();
    }
    let list = folder.join("units.csv");
    std::fs::write(&list, units).unwrap();
    workspace.import_units(vec![Input::from_path(&list)], now_ms).unwrap();
    let pack = folder.join("pack");
    write_pack(&pack);
    workspace.import_pack(&pack, now_ms).unwrap();
}

fn write_pack(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let codes: Vec<String> = (0..ITEMS).map(|item| format!("M{item:02}")).collect();
    let rows =
        |row: &dyn Fn(&String) -> String| codes.iter().map(row).collect::<Vec<String>>().join("\n");
    let items = rows(&|code| format!("{code},Số {code},{code},hộ,households,0,sum,sum,"));
    let indicators = rows(&|code| {
        format!("{code},,Số {code},{code},hộ,{code},count,0,none,monthly,public,false")
    });
    let files = [
        (
            "pack.toml",
            "code = \"do\"\nversion = \"1\"\nname = { vi = \"Đo\", en = \"Measured\" }".to_owned(),
        ),
        ("directives.csv", "code,number,kind,issuer_vi,date,title_vi".to_owned()),
        ("priorities.csv", "code,name_vi,name_en,directive,position".to_owned()),
        (
            "items.csv",
            format!(
                "code,name_vi,name_en,measure_vi,measure_en,scale,over_units,over_time,classes\n{items}"
            ),
        ),
        (
            "indicators.csv",
            format!(
                "code,priority,name_vi,name_en,measure_vi,formula,shape,decimals,direction,\
                 frequency,publicity,headline\n{indicators}"
            ),
        ),
        (
            "forms.csv",
            format!(
                "code,name_vi,name_en,frequency,calendar,assigned_level,assigned_below,\
                 assigned_codes,due_days,items\nthang,Tháng,Monthly,monthly,civil,village,,,5,{}",
                codes.join(" ")
            ),
        ),
        ("targets.csv", "indicator,unit_code,period,date,value".to_owned()),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), format!("{text}\n")).unwrap();
    }
}
