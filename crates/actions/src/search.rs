//! Finding units and indicators by parts of their names, without regard to diacritics.

use domain::text;
use domain::unit::Version;

use crate::answer::UnitName;
use crate::snapshot::{Snapshot, unit_name};

/// Hits at most.
pub const HITS_MAX: usize = 50;

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hit {
    /// A unit, as it is called in the version found.
    Unit(UnitName),
    /// An indicator: its code.
    Indicator(String),
}

/// Units and indicators whose names or codes hold the text: whole names first, then beginnings,
/// then the rest; newer versions of units before older ones.
#[must_use]
pub fn search(snapshot: &Snapshot, text: &str) -> Vec<Hit> {
    let wanted = text::search_key(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u8, Hit)> = Vec::new();
    for indicator in snapshot.indicators.iter() {
        let names = [&indicator.code, &indicator.name.vi, &indicator.name.en];
        let rank = names.into_iter().filter_map(|name| rank(&wanted, name)).min();
        hits.extend(rank.map(|rank| (rank, Hit::Indicator(indicator.code.clone()))));
    }
    let is_newest =
        |version: &&Version| snapshot.units.last_version(version.unit) == Some(*version);
    for version in snapshot.units.versions().iter().filter(is_newest) {
        let full = format!("{} {}", version.kind, version.name);
        let names = [&version.code, &version.name, &full];
        let rank = names.into_iter().filter_map(|name| rank(&wanted, name)).min();
        hits.extend(rank.map(|rank| (rank, Hit::Unit(unit_name(version)))));
    }
    hits.sort_by_key(|(rank, _)| *rank);
    hits.into_iter().take(HITS_MAX).map(|(_, hit)| hit).collect()
}

fn rank(wanted: &str, name: &str) -> Option<u8> {
    let key = text::search_key(name);
    match () {
        () if key == wanted => Some(0),
        () if key.starts_with(wanted) => Some(1),
        () if key.contains(&format!(" {wanted}")) => Some(2),
        () if key.contains(wanted) => Some(3),
        () => None,
    }
}
