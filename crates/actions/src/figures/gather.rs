//! Gathering figures into submissions: one unit's figures for one form and period.

use std::collections::HashMap;

use domain::period::Period;
use domain::refusal::{Location, Refusal};
use domain::submission::Figure;
use domain::unit::UnitId;

use super::asked::Asked;
use super::number;
use crate::imports::Refusals;

/// A submission in the making: the form (an index), the unit and the period.
pub(crate) type Key = (usize, UnitId, Period);

/// All figures of one file, by submission.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    drafts: Vec<(Key, Vec<Figure>)>,
    by_key: HashMap<Key, usize>,
    last: Option<(Key, usize)>,
    figures: u64,
    missing: u64,
}

impl Gathered {
    /// Adds a figure.
    pub(crate) fn add(&mut self, key: Key, figure: Figure) {
        let draft = self.draft(key);
        self.figures += 1;
        if let Some((_, figures)) = self.drafts.get_mut(draft) {
            figures.push(figure);
        }
    }

    /// Notes a figure that was left empty.
    pub(crate) fn leave_out(&mut self) {
        self.missing += 1;
    }

    /// Figures added so far.
    pub(crate) fn figures(&self) -> u64 {
        self.figures
    }

    /// Figures left empty.
    pub(crate) fn missing(&self) -> u64 {
        self.missing
    }

    fn draft(&mut self, key: Key) -> usize {
        // Files list a unit's figures together, so the last submission is nearly always right.
        if let Some((last, draft)) = self.last
            && last == key
        {
            return draft;
        }
        let next = self.drafts.len();
        let draft = *self.by_key.entry(key).or_insert(next);
        if draft == next {
            // Submissions of one file are mostly of one length.
            let length = self.drafts.last().map_or(0, |(_, figures)| figures.len());
            self.drafts.push((key, Vec::with_capacity(length)));
        }
        self.last = Some((key, draft));
        draft
    }

    /// The submissions, their figures in order; what stands twice or does not add up is refused.
    pub(crate) fn finish(
        mut self,
        asked: &Asked<'_>,
        file: &str,
        refusals: &mut Refusals,
    ) -> Vec<(Key, Vec<Figure>)> {
        for (key, figures) in &mut self.drafts {
            figures.sort_by(|a, b| (a.item, &a.class).cmp(&(b.item, &b.class)));
            refuse_doubles(asked, *key, figures, file, refusals);
            figures
                .dedup_by(|later, first| (later.item, &later.class) == (first.item, &first.class));
            refuse_wrong_sums(asked, *key, figures, figures, file, refusals);
        }
        self.drafts
    }
}

fn refuse_doubles(
    asked: &Asked<'_>,
    (_, unit, period): Key,
    figures: &[Figure],
    file: &str,
    refusals: &mut Refusals,
) {
    for pair in figures.windows(2) {
        let [first, second] = pair else { continue };
        let same_cell = (first.item, &first.class) == (second.item, &second.class);
        let same_value = first.value == second.value && first.qualifier == second.qualifier;
        if same_cell && !same_value {
            let why = Refusal::ContradictoryFigure {
                item: asked
                    .item_by_id(first.item)
                    .map_or_else(String::new, |item| item.code.clone()),
                unit: unit_code(asked, unit),
                period,
                first_row: first.place.row,
            };
            refusals.add(location(file, second), why);
        }
    }
}

/// Where all classes of an item and the whole are given, they must agree. The refusal stands at the
/// whole, or where the file brings no whole, at the last class that it brings.
pub(crate) fn refuse_wrong_sums(
    asked: &Asked<'_>,
    (_, unit, _): Key,
    figures: &[Figure],
    from_file: &[Figure],
    file: &str,
    refusals: &mut Refusals,
) {
    for whole in figures.iter().filter(|figure| figure.class.is_empty()) {
        let item = asked.item_by_id(whole.item).filter(|item| !item.classes.is_empty());
        let Some(item) = item else { continue };
        let parts = figures.iter().filter(|part| part.item == whole.item && !part.class.is_empty());
        let sum: i128 = parts.clone().map(|part| i128::from(part.value.units)).sum();
        let given = parts.count();
        let complete = given == item.classes.len();
        let differs = sum != i128::from(whole.value.units);
        let too_much = given > 0 && sum > i128::from(whole.value.units);
        if (complete && differs) || too_much {
            let why = Refusal::ClassesDoNotAddUp {
                item: item.code.clone(),
                unit: unit_code(asked, unit),
                sum: number::printed(sum, item),
                whole: whole.value.to_string(),
            };
            // Figures stand in the order of item and class, the whole before its classes.
            let mut brought = from_file.iter().filter(|figure| figure.item == item.id);
            let at = match brought.next() {
                Some(first) if first.class.is_empty() => Some(first),
                first => brought.next_back().or(first),
            };
            refusals.add(at.map_or_else(Location::default, |at| location(file, at)), why);
        }
    }
}

fn unit_code(asked: &Asked<'_>, unit: UnitId) -> String {
    asked.units.last_version(unit).map_or_else(String::new, |version| version.code.clone())
}

fn location(file: &str, figure: &Figure) -> Location {
    Location {
        file: file.to_owned(),
        sheet: figure.place.sheet.clone(),
        row: figure.place.row,
        column: figure.place.column,
    }
}
