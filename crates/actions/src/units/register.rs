//! All versions and successions of units while an import changes them, saved at the end or never.

use std::collections::{BTreeMap, BTreeSet};

use domain::refusal::{Location, Refusal};
use domain::unit::{SplitChoice, Succession, UnitError, UnitId, Units, Validity, Version};
use jiff::civil::Date;
use store::{ReadTx, WriteTx};

use crate::door::Doer;
use crate::error::Error;
use crate::imports::{Arrival, Notice, Refusals};

/// Units in memory, those of the database first.
#[derive(Debug)]
pub(crate) struct Register {
    versions: Vec<Version>,
    saved_versions: usize,
    changed: BTreeSet<usize>,
    by_code: BTreeMap<String, Vec<usize>>,
    of_unit: BTreeMap<UnitId, Vec<usize>>,
    below: BTreeMap<UnitId, Vec<usize>>,
    successions: Vec<Succession>,
    saved_successions: usize,
    /// The saved lines by their old unit and day.
    by_line: BTreeMap<(Option<UnitId>, Date), Vec<usize>>,
    choices: Vec<SplitChoice>,
    saved_choices: usize,
    next_id: i64,
}

impl Register {
    pub(crate) fn load(tx: &mut ReadTx) -> Result<Self, store::Error> {
        let versions = store::units::versions(tx)?;
        let successions = store::units::successions(tx)?;
        let choices = store::units::split_choices(tx)?;
        let mut by_line: BTreeMap<(Option<UnitId>, Date), Vec<usize>> = BTreeMap::new();
        for (index, line) in successions.iter().enumerate() {
            by_line.entry((line.from, line.date)).or_default().push(index);
        }
        let mut register = Self {
            saved_versions: versions.len(),
            saved_successions: successions.len(),
            changed: BTreeSet::new(),
            by_code: BTreeMap::new(),
            of_unit: BTreeMap::new(),
            below: BTreeMap::new(),
            next_id: versions.iter().map(|version| version.unit.0).max().unwrap_or(0) + 1,
            by_line,
            saved_choices: choices.len(),
            choices,
            versions,
            successions,
        };
        for index in 0..register.versions.len() {
            register.remember(index);
        }
        Ok(register)
    }

    fn remember(&mut self, index: usize) {
        let Version { code, unit, parent, .. } = self.version(index).clone();
        self.by_code.entry(code).or_default().push(index);
        self.of_unit.entry(unit).or_default().push(index);
        if let Some(parent) = parent {
            self.below.entry(parent).or_default().push(index);
        }
    }

    pub(crate) fn version(&self, index: usize) -> &Version {
        &self.versions[index]
    }

    /// The versions that carry a code at some time.
    pub(crate) fn with_code(&self, code: &str) -> impl Iterator<Item = usize> + '_ {
        self.by_code.get(code).into_iter().flatten().copied()
    }

    /// The version that carries a code on a day.
    pub(crate) fn on(&self, code: &str, day: Date) -> Option<usize> {
        self.with_code(code).find(|&index| self.version(index).validity.holds_on(day))
    }

    /// The version of a code that begins next after a day.
    pub(crate) fn next_after(&self, code: &str, day: Date) -> Option<usize> {
        self.with_code(code)
            .filter(|&index| self.version(index).validity.from.is_some_and(|from| from > day))
            .min_by_key(|&index| self.version(index).validity.from)
    }

    /// A new identity.
    pub(crate) fn new_unit(&mut self) -> UnitId {
        let unit = UnitId(self.next_id);
        self.next_id += 1;
        unit
    }

    pub(crate) fn add(&mut self, version: Version) -> usize {
        self.versions.push(version);
        self.remember(self.versions.len() - 1);
        self.versions.len() - 1
    }

    pub(crate) fn set_validity(&mut self, index: usize, validity: Validity) {
        self.versions[index].validity = validity;
        self.changed.insert(index);
    }

    /// Takes a version to hold from an earlier day than its list says.
    pub(crate) fn begin_earlier(&mut self, index: usize, needed_from: Date) -> Option<Notice> {
        let Version { validity, code, name, .. } = self.version(index).clone();
        self.set_validity(index, Validity { from: Some(needed_from), to: validity.to });
        let listed_from = validity.from?;
        Some(Notice::TakenToExistEarlier { code, name, listed_from, needed_from })
    }

    pub(crate) fn set_parent(&mut self, index: usize, parent: UnitId) {
        self.versions[index].parent = Some(parent);
        self.below.entry(parent).or_default().push(index);
        self.changed.insert(index);
    }

    /// The versions below a unit that hold on a day and began before it.
    pub(crate) fn below_on(&self, parent: UnitId, day: Date) -> Vec<usize> {
        let began_before = |validity: &Validity| validity.from.is_none_or(|from| from < day);
        let indexes = self.below.get(&parent).into_iter().flatten().copied();
        indexes
            .filter(|&index| {
                let validity = &self.version(index).validity;
                validity.holds_on(day) && began_before(validity)
            })
            .collect()
    }

    /// Ends a version on the day before.
    pub(crate) fn end_version_before(&mut self, index: usize, day: Date) {
        let from = self.version(index).validity.from;
        self.set_validity(index, Validity { from, to: day.yesterday().ok() });
    }

    /// Ends whatever version of a unit would hold on the day.
    pub(crate) fn end_before(&mut self, unit: UnitId, day: Date) {
        let holding = self
            .of_unit
            .get(&unit)
            .into_iter()
            .flatten()
            .copied()
            .find(|&index| self.version(index).validity.holds_on(day));
        if let Some(index) = holding {
            self.end_version_before(index, day);
        }
    }

    /// The newest version of a unit.
    pub(crate) fn any_version_of(&self, unit: UnitId) -> Option<&Version> {
        self.of_unit.get(&unit).and_then(|indexes| indexes.last()).map(|&index| self.version(index))
    }

    pub(crate) fn add_succession(&mut self, succession: Succession) {
        self.successions.push(succession);
    }

    /// The lines of an old unit and day that the database holds.
    pub(crate) fn saved_lines(
        &self,
        from: Option<UnitId>,
        date: Date,
    ) -> impl Iterator<Item = &Succession> {
        let indexes = self.by_line.get(&(from, date)).map_or(&[][..], Vec::as_slice);
        indexes.iter().filter_map(|&index| self.successions.get(index))
    }

    /// The choice for all items that stands for a unit and day.
    pub(crate) fn last_choice(&self, from: UnitId, date: Date) -> Option<&SplitChoice> {
        let mut choices = self.choices.iter().rev();
        choices.find(|choice| (choice.from, choice.date, choice.item) == (from, date, None))
    }

    pub(crate) fn add_choice(&mut self, choice: SplitChoice) {
        self.choices.push(choice);
    }

    /// Everything as the rules see it, or why it contradicts itself.
    fn checked(&self) -> Result<Units, UnitError> {
        Units::new(self.versions.clone(), self.successions.clone(), self.choices.clone())
    }

    /// Ends an import: saves the units and the arrivals with their rows, unless something was
    /// refused or the units now contradict each other. `named` says which place names which codes.
    pub(crate) fn finish<const N: usize>(
        self,
        tx: &mut WriteTx<'_>,
        mut refusals: Refusals,
        named: &[([String; N], Location)],
        arrivals: Vec<(Arrival, usize)>,
        (who, now_ms): (Doer, i64),
    ) -> Result<(), Error> {
        if refusals.is_empty()
            && let Err(error) = self.checked()
        {
            refusals.add(place_of(&error, named), Refusal::Unit(error));
        }
        refusals.into_result()?;
        self.save(tx)?;
        for (arrival, rows) in arrivals {
            arrival.record(tx, who, rows, now_ms)?;
        }
        Ok(())
    }

    /// Writes what is new or changed.
    fn save(&self, tx: &mut WriteTx) -> Result<(), store::Error> {
        let is_changed = |index: &usize| *index < self.saved_versions;
        let changed: BTreeSet<UnitId> = self
            .changed
            .iter()
            .copied()
            .filter(is_changed)
            .map(|index| self.version(index).unit)
            .collect();
        for &unit in &changed {
            store::units::delete_versions(tx, unit)?;
        }
        let new = self.versions.iter().enumerate().filter(|(index, version)| {
            *index >= self.saved_versions || changed.contains(&version.unit)
        });
        let new: Vec<Version> = new.map(|(_, version)| version.clone()).collect();
        store::units::insert_versions(tx, &new)?;
        let (_, new) = self.successions.split_at(self.saved_successions);
        store::units::insert_successions(tx, new)?;
        let (_, new) = self.choices.split_at(self.saved_choices);
        new.iter().try_for_each(|choice| store::units::insert_split_choice(tx, choice))
    }
}

/// The saved units as the rules see them.
pub(crate) fn units(tx: &mut ReadTx<'_>) -> Result<Units, Error> {
    let versions = store::units::versions(tx)?;
    let successions = store::units::successions(tx)?;
    let choices = store::units::split_choices(tx)?;
    Units::new(versions, successions, choices)
        .map_err(|error| Error::Fault(format!("saved units: {error}")))
}

/// Where a contradiction stands: the last of the places that name most of its codes; else the
/// file alone.
fn place_of<const N: usize>(error: &UnitError, named: &[([String; N], Location)]) -> Location {
    let codes = codes_of(error);
    let count = |names: &[String; N]| {
        codes.iter().filter(|code| names.iter().any(|name| name == **code)).count()
    };
    let most = named.iter().max_by_key(|(names, _)| count(names));
    match most {
        Some((names, at)) if count(names) > 0 => at.clone(),
        Some((_, at)) => Location { file: at.file.clone(), ..Location::default() },
        None => Location::default(),
    }
}

/// The codes that a contradiction names.
fn codes_of(error: &UnitError) -> Vec<&str> {
    match error {
        UnitError::VersionBackwards { code, .. }
        | UnitError::OverlappingVersions { code, .. }
        | UnitError::CodeTaken { code, .. }
        | UnitError::NoSuchParent { code, .. }
        | UnitError::TooDeep { code, .. }
        | UnitError::NotInForce { code, .. }
        | UnitError::WholeAndParts { code, .. }
        | UnitError::SharesNotWhole { code, .. }
        | UnitError::ChoiceWithoutSplit { code, .. }
        | UnitError::ChoiceNotWhole { code, .. } => vec![code],
        UnitError::ParentCycle { codes, .. } | UnitError::SuccessionCycle { codes, .. } => {
            codes.iter().map(String::as_str).collect()
        }
        UnitError::DoubledLine { from, to, .. } => vec![from, to],
        UnitError::ChoiceNamesStranger { code, heir, .. } => vec![code, heir],
        UnitError::EmptyLine { .. } | UnitError::NoSuchUnit { .. } => Vec::new(),
    }
}
