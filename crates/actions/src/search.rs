//! Finding by parts of names, without regard to diacritics: units, indicators, forms, directives and
//! reports. Of units only those are found that whoever asks may see.

use std::collections::BTreeMap;

use domain::access::{Actor, Right};
use domain::item::Bilingual;
use domain::text;
use domain::unit::{Units, Version};
use jiff::civil::Date;

use crate::answer::UnitName;
use crate::snapshot::{Snapshot, unit_name};

/// Hits at most.
pub const HITS_MAX: usize = 50;

/// How well what is found in a file fits: after all names.
const IN_A_FILE: u8 = 9;

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    /// A unit, as it is called in the version found.
    Unit {
        /// Its name.
        unit: UnitName,
        /// From when the version holds, when that is still to come.
        from: Option<Date>,
        /// The day on which the unit ended, when it has.
        to: Option<Date>,
    },
    /// An indicator.
    Indicator {
        /// Its code.
        code: String,
        /// Its name.
        name: Bilingual,
    },
    /// A form.
    Form {
        /// Its code.
        code: String,
        /// Its name.
        name: Bilingual,
    },
    /// A directive.
    Directive {
        /// Its code.
        code: String,
        /// Its kind and number as printed.
        number: String,
        /// What it says.
        title: Bilingual,
        /// The kept file in which the text was found; none when it stands in the name.
        file: Option<String>,
    },
    /// A report that can be made.
    Report {
        /// The template's code.
        code: String,
        /// Its title.
        title: Bilingual,
    },
}

/// Everything whose names or codes hold the text and that the actor may see: whole names first, then
/// beginnings, then the rest, then the directives of which a file says it: by code, with the file's name.
#[must_use]
pub fn search(
    snapshot: &Snapshot,
    who: &Actor,
    today: Date,
    (text, saying): (&str, &BTreeMap<String, String>),
) -> Vec<Hit> {
    let wanted = text::search_key(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u8, Hit)> = Vec::new();
    let mut add = |names: &[&str], hit: &dyn Fn() -> Hit| {
        let rank = names.iter().filter_map(|name| rank(&wanted, name)).min();
        hits.extend(rank.map(|rank| (rank, hit())));
    };
    for indicator in snapshot.indicators.iter() {
        let (code, name) = (indicator.code.clone(), indicator.name.clone());
        add(&[&code, &name.vi, &name.en], &|| Hit::Indicator {
            code: code.clone(),
            name: name.clone(),
        });
    }
    for form in snapshot.forms.iter() {
        let (code, name) = (form.code.clone(), form.name.clone());
        add(&[&code, &name.vi, &name.en], &|| Hit::Form { code: code.clone(), name: name.clone() });
    }
    for (code, template) in snapshot.templates.iter() {
        let title = template.title.clone();
        add(&[code, &title.vi, &title.en], &|| Hit::Report {
            code: code.clone(),
            title: title.clone(),
        });
    }
    hits.extend(directives(snapshot, &wanted, saying));
    let versions = snapshot.units.versions();
    for (place, keys) in &snapshot.unit_keys().0 {
        let rank = keys.iter().filter_map(|key| rank_of_key(&wanted, key)).min();
        let version = versions.get(*place);
        hits.extend(rank.zip(version).map(|(rank, version)| (rank, of_unit(version, today))));
    }
    // What is gone comes after what is there.
    let is_gone = |hit: &Hit| matches!(hit, Hit::Unit { to: Some(_), .. });
    hits.sort_by_key(|(rank, hit)| (*rank, is_gone(hit)));
    let seen = |hit: &Hit| match hit {
        // Nothing is said about units that are not for whoever asks, not even their names.
        Hit::Unit { unit, .. } => {
            snapshot.check(who, Right::SeeFigures, Some(unit.id), today).is_ok()
        }
        Hit::Indicator { .. } | Hit::Form { .. } | Hit::Directive { .. } | Hit::Report { .. } => {
            true
        }
    };
    hits.into_iter().map(|(_, hit)| hit).filter(seen).take(HITS_MAX).collect()
}

fn directives<'s>(
    snapshot: &'s Snapshot,
    wanted: &'s str,
    saying: &'s BTreeMap<String, String>,
) -> impl Iterator<Item = (u8, Hit)> + use<'s> {
    snapshot.directives.iter().filter_map(move |directive| {
        let (number, title) = (&directive.number, &directive.title);
        let full = format!("{} {number}", directive.kind);
        let names = [number.as_str(), full.as_str(), title.vi.as_str(), title.en.as_str()];
        let by_name = names.iter().filter_map(|name| rank(wanted, name)).min();
        let file = saying.get(&directive.code).filter(|_| by_name.is_none()).cloned();
        let rank = by_name.or(file.as_ref().map(|_| IN_A_FILE))?;
        let (code, title) = (directive.code.clone(), title.clone());
        Some((rank, Hit::Directive { code, number: full, title, file }))
    })
}

fn of_unit(version: &Version, today: Date) -> Hit {
    Hit::Unit {
        unit: unit_name(version),
        from: version.validity.from.filter(|from| *from > today),
        to: version.validity.to.filter(|to| *to < today),
    }
}

/// Whether a name holds what is wanted, and how well; smaller is better.
#[must_use]
pub fn rank(wanted: &str, name: &str) -> Option<u8> {
    rank_of_key(wanted, &text::search_key(name))
}

pub(crate) fn rank_of_key(wanted: &str, key: &str) -> Option<u8> {
    let at = key.find(wanted)?;
    let begins_a_word = || {
        let mut words = key.match_indices(' ').filter_map(|(at, _)| key.get(at + 1..));
        words.any(|word| word.starts_with(wanted))
    };
    Some(match at {
        0 if key.len() == wanted.len() => 0,
        0 => 1,
        _ if begins_a_word() => 2,
        _ => 3,
    })
}

/// By what units are found: for each the place of its newest version, and the keys of its code, its
/// name, and its name with its kind.
#[derive(Debug)]
pub(crate) struct UnitKeys(Vec<(usize, [String; 3])>);

impl UnitKeys {
    pub(crate) fn of(units: &Units) -> Self {
        let versions = units.versions().iter().enumerate();
        let newest =
            versions.filter(|(_, version)| units.last_version(version.unit) == Some(*version));
        let keys = newest.map(|(place, version)| {
            let full = format!("{} {}", version.kind, version.name);
            (place, [&version.code, &version.name, &full].map(|name| text::search_key(name)))
        });
        Self(keys.collect())
    }
}
