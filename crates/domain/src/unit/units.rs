//! All versions, successions and choices in memory, and the questions to them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use jiff::civil::Date;

use super::{
    Carries, SplitChoice, Succession, UnitError, UnitId, Validity, Version, WHOLE_MILLIONTHS,
    checks,
};
use crate::item::ItemId;

/// All units: who they were on which day, and what became of them.
#[derive(Debug, Clone, Default)]
pub struct Units {
    /// By unit, oldest first.
    versions: Vec<Version>,
    /// Where a unit's versions stand.
    of_unit: HashMap<UnitId, Range<usize>>,
    /// The versions that carry a code at some time, oldest first.
    of_code: HashMap<String, Vec<usize>>,
    /// The versions in order of their codes.
    by_code: Vec<usize>,
    /// The versions directly below a unit at some time, in order of their codes.
    below: HashMap<UnitId, Vec<usize>>,
    /// By day, as they were given.
    successions: Vec<Succession>,
    from: BTreeMap<(UnitId, Date), Vec<usize>>,
    to: BTreeMap<(UnitId, Date), Vec<usize>>,
    choices: BTreeMap<(UnitId, Date), Vec<SplitChoice>>,
}

impl Units {
    /// Takes in all units, or says what contradicts itself.
    ///
    /// # Errors
    /// The first contradiction: overlapping versions, circles among parents or successions, lines
    /// about units that are not in force, shares that make more than the whole.
    pub fn new(
        mut versions: Vec<Version>,
        mut successions: Vec<Succession>,
        choices: Vec<SplitChoice>,
    ) -> Result<Self, UnitError> {
        versions.sort_by_key(|version| (version.unit, version.validity.from));
        successions.sort_by_key(|line| line.date);
        let mut units = Self { versions, successions, ..Self::default() };
        units.index_versions();
        units.index_successions();
        for choice in choices {
            units.choices.entry((choice.from, choice.date)).or_default().push(choice);
        }
        checks::check(&units)?;
        Ok(units)
    }

    fn index_versions(&mut self) {
        for (index, version) in self.versions.iter().enumerate() {
            let range = self.of_unit.entry(version.unit).or_insert(index..index);
            range.end = index + 1;
        }
        let mut by_code: Vec<usize> = (0..self.versions.len()).collect();
        by_code.sort_by_key(|&index| {
            let version = &self.versions[index];
            (version.code.as_str(), version.validity.from, version.unit)
        });
        for &index in &by_code {
            let version = &self.versions[index];
            match self.of_code.get_mut(&version.code) {
                Some(versions) => versions.push(index),
                None => {
                    self.of_code.insert(version.code.clone(), vec![index]);
                }
            }
            if let Some(parent) = version.parent {
                self.below.entry(parent).or_default().push(index);
            }
        }
        self.by_code = by_code;
    }

    fn index_successions(&mut self) {
        for (index, line) in self.successions.iter().enumerate() {
            if let Some(from) = line.from {
                self.from.entry((from, line.date)).or_default().push(index);
            }
            if let Some(to) = line.to {
                self.to.entry((to, line.date)).or_default().push(index);
            }
        }
    }

    /// Every version, by unit, oldest first.
    #[must_use]
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The versions of a unit, oldest first; empty when there is no such unit.
    #[must_use]
    pub fn versions_of(&self, unit: UnitId) -> &[Version] {
        self.of_unit.get(&unit).map_or(&[], |range| &self.versions[range.clone()])
    }

    /// What a unit is on a day, when it is in force.
    #[must_use]
    pub fn version_on(&self, unit: UnitId, day: Date) -> Option<&Version> {
        self.versions_of(unit).iter().find(|version| version.validity.holds_on(day))
    }

    /// The newest version of a unit.
    #[must_use]
    pub fn last_version(&self, unit: UnitId) -> Option<&Version> {
        self.versions_of(unit).last()
    }

    /// The versions that hold on a day, in order of their codes.
    pub fn versions_on(&self, day: Date) -> impl Iterator<Item = &Version> {
        self.in_order_of_codes().filter(move |version| version.validity.holds_on(day))
    }

    /// Every version, by code, oldest first.
    pub(super) fn in_order_of_codes(&self) -> impl Iterator<Item = &Version> {
        self.by_code.iter().map(|&index| &self.versions[index])
    }

    /// The units directly below one on a day, in order of their codes.
    pub fn below(&self, unit: UnitId, day: Date) -> impl Iterator<Item = &Version> {
        let indexes = self.below.get(&unit).map_or(&[][..], Vec::as_slice);
        let versions = indexes.iter().map(|&index| &self.versions[index]);
        versions.filter(move |version| version.validity.holds_on(day))
    }

    /// The unit that has a code on a day.
    #[must_use]
    pub fn find(&self, code: &str, day: Date) -> Option<UnitId> {
        let mut versions = self.with_code(code);
        versions.find(|version| version.validity.holds_on(day)).map(|version| version.unit)
    }

    /// The unit that has a code on a day, else had it last before, else has it first after.
    #[must_use]
    pub fn find_any(&self, code: &str, day: Date) -> Option<UnitId> {
        let before = || {
            let ended = self
                .with_code(code)
                .filter(|version| version.validity.to.is_some_and(|to| to < day));
            ended.max_by_key(|version| version.validity.to).map(|version| version.unit)
        };
        let after = || self.with_code(code).next().map(|version| version.unit);
        self.find(code, day).or_else(before).or_else(after)
    }

    /// The versions that carry a code at some time, oldest first.
    pub fn with_code(&self, code: &str) -> impl Iterator<Item = &Version> {
        let indexes = self.of_code.get(code).map_or(&[][..], Vec::as_slice);
        indexes.iter().map(|&index| &self.versions[index])
    }

    /// The days on which the tree is another than the day before, or figures go over, in order.
    #[must_use]
    pub fn change_days(&self) -> Vec<Date> {
        let mut days = BTreeSet::new();
        for Version { validity: Validity { from, to }, .. } in &self.versions {
            days.extend(*from);
            days.extend(to.and_then(|to| to.tomorrow().ok()));
        }
        days.extend(self.successions.iter().map(|line| line.date));
        days.into_iter().collect()
    }

    /// The units in force on a day with the unit above each, in order of their codes. A unit whose
    /// parent is not in force on the day stands at the top.
    #[must_use]
    pub fn tree_on(&self, day: Date) -> Vec<(UnitId, Option<UnitId>)> {
        let in_force = |parent: &UnitId| self.version_on(*parent, day).is_some();
        self.versions_on(day)
            .map(|version| (version.unit, version.parent.filter(in_force)))
            .collect()
    }

    /// Every line of every reorganisation, by day.
    #[must_use]
    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// The lines in which a unit is the old one, oldest first.
    pub fn successions_from(&self, unit: UnitId) -> impl Iterator<Item = &Succession> {
        lines_of(&self.from, unit).map(|index| &self.successions[index])
    }

    /// The lines in which a unit is the new one, oldest first.
    pub fn successions_to(&self, unit: UnitId) -> impl Iterator<Item = &Succession> {
        lines_of(&self.to, unit).map(|index| &self.successions[index])
    }

    /// The units that one turns into on a day.
    #[must_use]
    pub fn successors(&self, unit: UnitId, date: Date) -> Vec<UnitId> {
        self.lines_from(unit, date).filter_map(|line| line.to).collect()
    }

    /// The units that one comes from on a day. A unit that was already there and takes others in
    /// comes from itself too.
    #[must_use]
    pub fn predecessors(&self, unit: UnitId, date: Date) -> Vec<UnitId> {
        let lines = self.to.get(&(unit, date)).map_or(&[][..], Vec::as_slice);
        let mut predecessors: Vec<UnitId> =
            lines.iter().filter_map(|&index| self.successions[index].from).collect();
        let eve = date.yesterday().ok();
        let lived_on = eve.is_some_and(|eve| self.version_on(unit, eve).is_some());
        // A unit that has lines of its own says there whether it comes from itself.
        let has_lines = self.from.contains_key(&(unit, date));
        if lived_on && !has_lines && !predecessors.contains(&unit) {
            predecessors.push(unit);
        }
        predecessors
    }

    /// The splits on which nobody has decided for all items: the split unit and the first day of
    /// the new order, by day and code.
    #[must_use]
    pub fn undecided_splits(&self) -> Vec<(UnitId, Date)> {
        let is_decided = |split: &(UnitId, Date)| {
            self.choices
                .get(split)
                .is_some_and(|choices| choices.iter().any(|choice| choice.item.is_none()))
        };
        let mut splits: Vec<(UnitId, Date)> = self
            .from
            .keys()
            .filter(|&&(unit, date)| self.shares_of_lines(unit, date).is_none())
            .filter(|split| !is_decided(split))
            .copied()
            .collect();
        splits.sort_by_key(|&(unit, date)| (date, self.code_before(unit, date), unit));
        splits
    }

    /// Whether some choice was made for this item alone.
    #[must_use]
    pub fn has_choices_for(&self, item: ItemId) -> bool {
        self.choices.values().flatten().any(|choice| choice.item == Some(item))
    }

    /// The choices people recorded, by unit and day.
    pub fn choices(&self) -> impl Iterator<Item = &SplitChoice> {
        self.choices.values().flatten()
    }

    /// The shares a person chose among these units for an item: those chosen for it alone before
    /// those for all items. Empty = a lasting break. One day can hold a split and a merger of the
    /// same unit, so a choice about other units is another matter.
    pub(super) fn chosen_shares(
        &self,
        unit: UnitId,
        date: Date,
        item: Option<ItemId>,
        among: &[UnitId],
    ) -> Option<&[(UnitId, u32)]> {
        let is_meant =
            |choice: &&SplitChoice| choice.shares.iter().all(|(unit, _)| among.contains(unit));
        let choices = self.choices.get(&(unit, date))?;
        let last = |wanted: Option<ItemId>| {
            let mut choices = choices.iter().rev().filter(is_meant);
            choices.find(|choice| choice.item == wanted)
        };
        let choice = item.and_then(|item| last(Some(item))).or_else(|| last(None));
        choice.map(|choice| choice.shares.as_slice())
    }

    /// The lines of a unit on a day.
    pub(super) fn lines_from(&self, unit: UnitId, date: Date) -> impl Iterator<Item = &Succession> {
        let indexes = self.from.get(&(unit, date)).map_or(&[][..], Vec::as_slice);
        indexes.iter().map(|&index| &self.successions[index])
    }

    /// The next day after `after` and up to `last` on which a unit goes over.
    pub(super) fn next_departure(&self, unit: UnitId, after: Date, last: Date) -> Option<Date> {
        let first = after.tomorrow().ok().filter(|first| *first <= last)?;
        self.from.range((unit, first)..=(unit, last)).next().map(|((_, date), _)| *date)
    }

    /// The latest day up to `last` and after `before` on which a unit took others in.
    pub(super) fn last_arrival(&self, unit: UnitId, before: Date, last: Date) -> Option<Date> {
        let first = before.tomorrow().ok().filter(|first| *first <= last)?;
        self.to.range((unit, first)..=(unit, last)).next_back().map(|((_, date), _)| *date)
    }

    /// The shares that the lines alone decide; none while they leave a part open. Empty when the
    /// unit is dissolved.
    pub(super) fn shares_of_lines(&self, unit: UnitId, date: Date) -> Option<Vec<(UnitId, u32)>> {
        let mut shares = Vec::new();
        for line in self.lines_from(unit, date) {
            match (line.carries, line.to) {
                (Carries::Whole, None) => return Some(Vec::new()),
                (Carries::Whole, Some(to)) => shares.push((to, WHOLE_MILLIONTHS)),
                (Carries::Part { millionths }, Some(to)) => shares.push((to, millionths)),
                // A part that goes to nobody would be lost without a word.
                (Carries::Part { .. }, None) | (Carries::UndecidedPart, _) => return None,
            }
        }
        let sum: u32 = shares.iter().map(|(_, millionths)| millionths).sum();
        (sum == WHOLE_MILLIONTHS).then_some(shares)
    }

    /// The unit's code on the eve of a day, or on the day nearest to it.
    pub(super) fn code_before(&self, unit: UnitId, date: Date) -> &str {
        let eve = date.yesterday().unwrap_or(date);
        self.version_on(unit, eve)
            .or_else(|| self.version_on(unit, date))
            .or_else(|| self.last_version(unit))
            .map_or("", |version| version.code.as_str())
    }

    /// The splits and merges that lines speak of: unit and day.
    pub(super) fn departures(&self) -> impl Iterator<Item = (UnitId, Date)> {
        self.from.keys().copied()
    }
}

fn lines_of(
    lines: &BTreeMap<(UnitId, Date), Vec<usize>>,
    unit: UnitId,
) -> impl Iterator<Item = usize> {
    lines.range((unit, Date::MIN)..=(unit, Date::MAX)).flat_map(|(_, indexes)| indexes).copied()
}
