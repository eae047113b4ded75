//! Who fills a form, as it is written: a level, a level below some units, or these units.

use std::collections::BTreeSet;

use domain::form::Assignment;
use domain::forming::FormingProblem;
use domain::refusal::{Noun, Refusal};
use jiff::civil::Date;

use crate::snapshot::Snapshot;

/// Who fills a form, as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenAssignment {
    /// The level; empty for units by their codes alone.
    pub level: String,
    /// The units by code: with a level those above, without one those who fill it.
    pub units: Vec<String>,
}

impl WrittenAssignment {
    /// How an assignment is written.
    #[must_use]
    pub fn of(assignment: &Assignment) -> Self {
        match assignment.clone() {
            Assignment::Level(level) => Self { level, units: Vec::new() },
            Assignment::Codes(units) => Self { level: String::new(), units },
            Assignment::LevelBelow { level, codes } => Self { level, units: codes },
        }
    }

    /// What it says.
    pub(super) fn read(&self) -> Assignment {
        let (level, codes) = (self.level.clone(), self.units.clone());
        if level.is_empty() {
            Assignment::Codes(codes)
        } else if codes.is_empty() {
            Assignment::Level(level)
        } else {
            Assignment::LevelBelow { level, codes }
        }
    }

    /// What is wrong with it on the day it begins.
    pub(super) fn problems(&self, snapshot: &Snapshot, from: Option<Date>) -> Vec<Refusal> {
        if self.level.is_empty() && self.units.is_empty() {
            return vec![FormingProblem::NobodyFills.into()];
        }
        let mut problems = Vec::new();
        if !self.level.is_empty() && !levels(snapshot).contains(&self.level) {
            problems.push(Refusal::NotFound { noun: Noun::Level, key: self.level.clone() });
        }
        let Some(day) = from else { return problems };
        for code in self.units.iter().filter(|code| snapshot.units.find(code, day).is_none()) {
            problems.push(Refusal::UnknownUnit { code: code.clone(), day: Some(day) });
        }
        problems
    }
}

/// What the ledger says of who fills a form: the level, then the codes.
pub(super) fn content(assignment: &Assignment) -> serde_json::Value {
    let WrittenAssignment { level, units } = WrittenAssignment::of(assignment);
    [vec![level], units].concat().into()
}

/// The levels that units have or had.
#[must_use]
pub fn levels(snapshot: &Snapshot) -> BTreeSet<String> {
    snapshot.units.versions().iter().map(|version| version.level.clone()).collect()
}
