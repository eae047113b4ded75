//! Who is asked for what: which form carries an item for a unit on a day.

use std::collections::BTreeMap;

use domain::form::{Assignment, Form, Version};
use domain::item::{Item, ItemId};
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::unit::{self, UnitId, Units};
use jiff::civil::Date;

/// The items, forms and units that an import is read against.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) units: &'a Units,
    pub(crate) items: &'a [Item],
    pub(crate) forms: &'a [Form],
    /// The day of the import.
    pub(crate) today: Date,
    by_code: BTreeMap<&'a str, usize>,
    by_id: BTreeMap<ItemId, &'a Item>,
    forms_of: BTreeMap<ItemId, Vec<usize>>,
    /// By form: whether any of its items is broken down.
    has_classes: Vec<bool>,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(units: &'a Units, items: &'a [Item], forms: &'a [Form], today: Date) -> Self {
        let mut forms_of: BTreeMap<ItemId, Vec<usize>> = BTreeMap::new();
        for (index, form) in forms.iter().enumerate() {
            for item in form.versions.iter().flat_map(Version::items) {
                let forms = forms_of.entry(item).or_default();
                if forms.last() != Some(&index) {
                    forms.push(index);
                }
            }
        }
        let by_code = items.iter().enumerate().map(|(index, item)| (item.code.as_str(), index));
        let by_id: BTreeMap<ItemId, &Item> = items.iter().map(|item| (item.id, item)).collect();
        let has_classes =
            |item: ItemId| by_id.get(&item).is_some_and(|known| !known.classes.is_empty());
        let any_has = |form: &Form| form.versions.iter().flat_map(Version::items).any(has_classes);
        let has_classes = forms.iter().map(any_has).collect();
        let by_code = by_code.collect();
        Self { units, items, forms, today, by_code, by_id, forms_of, has_classes }
    }

    /// The item with a code, as it is written or with other capitals when only one is meant.
    pub(crate) fn item(&self, code: &str) -> Result<&'a Item, Refusal> {
        if let Some(item) = self.by_code.get(code).and_then(|&index| self.items.get(index)) {
            return Ok(item);
        }
        let mut alike = self.items.iter().filter(|item| item.code.eq_ignore_ascii_case(code));
        match (alike.next(), alike.next()) {
            (Some(item), None) => Ok(item),
            _ => Err(Refusal::NotFound { noun: Noun::Item, key: code.to_owned() }),
        }
    }

    pub(crate) fn item_by_id(&self, id: ItemId) -> Option<&'a Item> {
        self.by_id.get(&id).copied()
    }

    /// Whether a form asks for an item that is broken down.
    pub(crate) fn has_classes(&self, form: usize) -> bool {
        self.has_classes.get(form).is_some_and(|has| *has)
    }

    /// The last day of a period in the calendar of the item's forms, when the item is collected in
    /// such periods and the period has begun.
    pub(crate) fn last_day(&self, item: &Item, period: Period) -> Result<Date, Refusal> {
        let forms = self.forms_of.get(&item.id).map_or(&[][..], Vec::as_slice);
        let forms = || forms.iter().filter_map(|&index| self.forms.get(index));
        if let Some(form) = forms().find(|form| period.frequency() == Some(form.frequency)) {
            let (first, last) = form.calendar.days(period);
            let begun = first <= self.today;
            return if begun { Ok(last) } else { Err(Refusal::PeriodNotBegun { period, first }) };
        }
        match forms().next() {
            Some(form) => Err(Refusal::PeriodMismatch {
                item: item.code.clone(),
                period,
                frequency: form.frequency,
            }),
            None => Err(Refusal::NotAsked { item: item.code.clone(), unit: String::new() }),
        }
    }

    /// Whether a form asks for an item in a period.
    pub(crate) fn is_on_form(&self, item: &Item, form: usize, period: Period) -> bool {
        let asks = || self.forms.get(form).is_some_and(|form| form.asks(item.id, period));
        self.forms_of.get(&item.id).is_some_and(|forms| forms.contains(&form)) && asks()
    }

    /// The form in which a unit is asked for an item on a day.
    pub(crate) fn form(
        &self,
        item: &Item,
        unit: UnitId,
        period: Period,
        day: Date,
    ) -> Result<usize, Refusal> {
        let version = self.units.version_on(unit, day);
        let forms = self.forms_of.get(&item.id).map_or(&[][..], Vec::as_slice);
        let asks = |&&index: &&usize| {
            self.forms.get(index).zip(version).is_some_and(|(form, version)| {
                let fits = period.frequency() == Some(form.frequency);
                let asked = form.version(period).filter(|asked| fits && asked.asks(item.id));
                asked.is_some_and(|asked| is_assigned(self.units, &asked.assignment, version, day))
            })
        };
        forms.iter().find(asks).copied().ok_or_else(|| Refusal::NotAsked {
            item: item.code.clone(),
            unit: version.map_or_else(String::new, |version| version.code.clone()),
        })
    }
}

/// Whether a form is assigned to a unit on a day.
pub(crate) fn is_assigned(
    units: &Units,
    assignment: &Assignment,
    version: &unit::Version,
    day: Date,
) -> bool {
    match assignment {
        Assignment::Level(level) => version.level == *level,
        Assignment::Codes(codes) => codes.contains(&version.code),
        Assignment::LevelBelow { level, codes } => {
            version.level == *level && has_above(units, version, codes, day)
        }
    }
}

fn has_above(units: &Units, version: &unit::Version, codes: &[String], day: Date) -> bool {
    let mut above = version.parent;
    while let Some(version) = above.and_then(|unit| units.version_on(unit, day)) {
        if codes.contains(&version.code) {
            return true;
        }
        above = version.parent;
    }
    false
}
