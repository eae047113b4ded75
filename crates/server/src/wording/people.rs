//! People and their roles, in words.

use actions::accounts::list::{Change, ListLine};
use domain::access::Role;
use domain::unit::Validity;
use formats::csv;
use jiff::civil::Date;

use super::refusals::Gaps;
use super::{Gap, Lang, entrance, periods};

/// The columns of a list of people, in their order, each with what it takes.
#[must_use]
pub fn columns(lang: Lang) -> Vec<(String, String)> {
    const COLUMNS: [(&str, &str); 6] = [
        ("people-column-login", "people-takes-login"),
        ("people-column-name", "people-takes-name"),
        ("people-column-role", "people-takes-role"),
        ("people-column-unit", "people-takes-unit"),
        ("people-column-from", "people-takes-from"),
        ("people-column-to", "people-takes-to"),
    ];
    COLUMNS.map(|(name, takes)| (lang.say(name), lang.say(takes))).into()
}

/// The roles that a list may name: name, code, and what each allows.
#[must_use]
pub fn roles(roles: &[Role], lang: Lang) -> Vec<(String, String, String)> {
    let allowed = |role: &Role| {
        let rights = role.rights.iter().map(|right| entrance::right(*right, lang));
        rights.collect::<Vec<_>>().join(", ")
    };
    let line = |role: &Role| (lang.of(&role.name).to_owned(), role.code.clone(), allowed(role));
    roles.iter().map(line).collect()
}

/// A list of people to begin from: invented names, the roles of collecting, one unit of the office.
#[must_use]
pub fn sample(roles: &[Role], unit_code: &str, lang: Lang) -> String {
    const PEOPLE: [(&str, &str); 3] = [
        ("hoang.thi.mai", "Hoàng Thị Mai"),
        ("ly.van.binh", "Lý Văn Bình"),
        ("nong.van.son", "Nông Văn Sơn"),
    ];
    const UNTIL: &str = "2030-12-31";
    let header = columns(lang).into_iter().map(|(name, _)| name).collect();
    let is_given_by_all =
        |role: &&Role| role.rights.iter().all(|right| !right.is_given_by_holders_only());
    let given = roles.iter().filter(is_given_by_all);
    let line = |((login, name), role): (&(&str, &str), &Role)| {
        [login, name, lang.of(&role.name), unit_code, "", UNTIL].map(str::to_owned).into()
    };
    let rows: Vec<Vec<String>> =
        std::iter::once(header).chain(PEOPLE.iter().zip(given).map(line)).collect();
    csv::table(&rows)
}

/// On which days something holds; empty when always.
#[must_use]
pub fn days(validity: Validity, lang: Lang) -> String {
    let day = |day: Option<Date>| {
        Gap::from(day.map_or_else(|| "…".to_owned(), |day| periods::day(day, lang)))
    };
    match (validity.from, validity.to) {
        (None, None) => String::new(),
        (from, to) => lang.tell("grant-days", [("from", day(from)), ("to", day(to))]),
    }
}

/// Somebody, and in whose place they do something: `Bình (thay Hoa)`.
#[must_use]
pub fn in_place_of(name: String, other: &str, lang: Lang) -> String {
    if other.is_empty() {
        return name;
    }
    lang.tell("by-in-place-of", [("name", name.into()), ("other", Gap::from(other))])
}

/// Browsers by what they call themselves, the more particular ones first: most claim to be others too.
const BROWSERS: [(&str, &str); 10] = [
    ("Zalo", "Zalo"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems, likewise.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// A browser by what it calls itself: `Chrome trên Android`.
#[must_use]
pub fn device(agent: &str, lang: Lang) -> String {
    let named = |known: &[(&str, &'static str)]| {
        known.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = named(&BROWSERS).map_or_else(|| lang.say("device-other"), str::to_owned);
    match named(&SYSTEMS) {
        Some(system) => {
            lang.tell("device-on", [("browser", Gap::from(browser)), ("system", system.into())])
        }
        None => browser,
    }
}

/// What a row of a list does.
#[must_use]
pub fn change(change: Change, lang: Lang) -> String {
    lang.say(match change {
        Change::NewAccount => "people-change-account",
        Change::NewRole => "people-change-role",
        Change::Nothing => "people-change-nothing",
    })
}

/// How many accounts and roles a list brings, and how many of its lines bring nothing.
pub fn counts(lines: &[ListLine]) -> Gaps<'static> {
    let count =
        |change: Change| Gap::from(lines.iter().filter(|line| line.change == change).count());
    vec![
        ("accounts", count(Change::NewAccount)),
        ("roles", count(Change::NewRole)),
        ("same", count(Change::Nothing)),
    ]
}
