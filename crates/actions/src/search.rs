//! Finding by parts of names, without regard to diacritics: units, indicators, forms, directives and
//! reports. Of units only those are found that whoever asks may see.

use domain::access::{Actor, Right};
use domain::item::Bilingual;
use domain::text;
use domain::unit::Version;
use jiff::civil::Date;

use crate::answer::UnitName;
use crate::snapshot::{Snapshot, unit_name};

/// Hits at most.
pub const HITS_MAX: usize = 50;

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
        /// Its number as printed.
        number: String,
        /// What it says.
        title: Bilingual,
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
/// beginnings, then the rest.
#[must_use]
pub fn search(snapshot: &Snapshot, who: &Actor, today: Date, text: &str) -> Vec<Hit> {
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
    for directive in snapshot.directives.iter() {
        let (number, title) = (directive.number.clone(), directive.title.clone());
        let full = format!("{} {number}", directive.kind);
        add(&[&number, &full, &title.vi, &title.en], &|| Hit::Directive {
            number: full.clone(),
            title: title.clone(),
        });
    }
    for (code, template) in snapshot.templates.iter() {
        let title = template.title.clone();
        add(&[code, &title.vi, &title.en], &|| Hit::Report {
            code: code.clone(),
            title: title.clone(),
        });
    }
    let is_newest =
        |version: &&Version| snapshot.units.last_version(version.unit) == Some(*version);
    for version in snapshot.units.versions().iter().filter(is_newest) {
        let full = format!("{} {}", version.kind, version.name);
        add(&[&version.code, &version.name, &full], &|| of_unit(version, today));
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
    let key = text::search_key(name);
    match () {
        () if key == wanted => Some(0),
        () if key.starts_with(wanted) => Some(1),
        () if key.contains(&format!(" {wanted}")) => Some(2),
        () if key.contains(wanted) => Some(3),
        () => None,
    }
}
