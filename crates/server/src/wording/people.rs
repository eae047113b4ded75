//! People and their roles, in words.

use actions::accounts::list::{Change, ListLine};
use domain::unit::Validity;
use jiff::civil::Date;

use super::refusals::Gaps;
use super::{Gap, Lang, periods};

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
