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
