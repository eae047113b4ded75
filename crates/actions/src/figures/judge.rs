//! Judging what an import brings for one submission: contradictions, sums of classes, the rules of
//! the form, and figures that jump.

use std::cmp::Ordering;

use domain::form::{self, Severity, Violation};
use domain::item::ItemId;
use domain::number::{Decimal, Qualifier};
use domain::period::Period;
use domain::refusal::{Breach, Location, Refusal, Refused};
use domain::submission::{Figure, Place};
use domain::unit::UnitId;

use super::asked::Asked;
use super::gather::Blank;
use super::number;
use crate::imports::{Notice, Refusals, note};

/// A figure that is this many times that of the period before is pointed out …
const JUMP_TIMES: i64 = 10;
/// … unless it is smaller than this.
const JUMP_FROM: i64 = 20;

/// A cell of a file that speaks of a figure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell<'a> {
    pub(crate) item: ItemId,
    pub(crate) class: &'a str,
    /// None when the figure is withdrawn.
    said: Option<(Decimal, Qualifier)>,
    file: &'a str,
    place: &'a Place,
}

impl<'a> Cell<'a> {
    pub(crate) fn of_figure(file: &'a str, figure: &'a Figure) -> Self {
        let Figure { item, class, value, qualifier, place, .. } = figure;
        Self { item: *item, class, said: Some((*value, *qualifier)), file, place }
    }

    pub(crate) fn of_blank(file: &'a str, blank: &'a Blank) -> Self {
        let Blank { item, class, place } = blank;
        Self { item: *item, class, said: None, file, place }
    }

    fn location(&self) -> Location {
        location(self.file, self.place)
    }
}

/// All that an import brings for one submission.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Brought<'a> {
    pub(crate) asked: &'a Asked<'a>,
    pub(crate) form: usize,
    pub(crate) unit: UnitId,
    pub(crate) period: Period,
    /// In the order of item and class, then of arrival.
    pub(crate) cells: &'a [Cell<'a>],
}

impl Brought<'_> {
    fn unit_code(&self) -> String {
        let version = self.asked.units.last_version(self.unit);
        version.map_or_else(String::new, |version| version.code.clone())
    }

    fn item_code(&self, item: ItemId) -> String {
        self.asked.item_by_id(item).map_or_else(String::new, |item| item.code.clone())
    }
}

/// What judging finds.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) refused: Vec<Refused>,
    pub(crate) noticed: Vec<Notice>,
}

/// Where a cell stands.
pub(crate) fn location(file: &str, place: &Place) -> Location {
    let Place { sheet, row, column } = place;
    Location { file: file.to_owned(), sheet: sheet.clone(), row: *row, column: *column }
}

/// One figure may stand in several places of an import when all say the same.
pub(crate) fn refuse_contradictions(brought: &Brought<'_>, refusals: &mut Refusals) {
    for pair in brought.cells.windows(2) {
        let [first, second] = pair else { continue };
        if (first.item, first.class) == (second.item, second.class) && first.said != second.said {
            let why = Refusal::ContradictoryFigure {
                item: brought.item_code(first.item),
                unit: brought.unit_code(),
                period: brought.period,
                first: first.location(),
            };
            refusals.add(second.location(), why);
        }
    }
}

/// Notes withdrawals of what was never reported.
pub(crate) fn notice_idle_withdrawals(
    brought: &Brought<'_>,
    known: &[Figure],
    notices: &mut Vec<Notice>,
) {
    for cell in brought.cells.iter().filter(|cell| cell.said.is_none()) {
        if figure_of(known, cell).is_none() {
            let (at, item) = (cell.location(), brought.item_code(cell.item));
            note(notices, Notice::NothingToWithdraw { at, item });
        }
    }
}

/// Where all classes of an item and the whole are given, they must agree. The refusal stands at the
/// whole, or where the import brings no whole, at the last class that it brings.
pub(crate) fn wrong_sums(brought: &Brought<'_>, standing: &[Figure], found: &mut Found) {
    if !brought.asked.has_classes(brought.form) {
        return;
    }
    for whole in standing.iter().filter(|figure| figure.class.is_empty()) {
        let item = brought.asked.item_by_id(whole.item).filter(|item| !item.classes.is_empty());
        let Some(item) = item else { continue };
        // Cells stand in the order of item and class, the whole before its classes.
        let mut cells = brought.cells.iter().filter(|cell| cell.item == item.id);
        let Some(first) = cells.next() else { continue };
        let parts =
            standing.iter().filter(|part| part.item == whole.item && !part.class.is_empty());
        let sum: i128 = parts.clone().map(|part| i128::from(part.value.units)).sum();
        let exactness = parts.clone().fold(Qualifier::Exact, |all, part| all.plus(part.qualifier));
        let complete = parts.count() == item.classes.len();
        // A bound may leave it open: `trên 30` and classes that make 35 agree.
        let is_wrong = match sum.cmp(&i128::from(whole.value.units)) {
            Ordering::Equal => false,
            Ordering::Less => complete && !may_be_more(exactness) && !may_be_less(whole.qualifier),
            Ordering::Greater => !may_be_less(exactness) && !may_be_more(whole.qualifier),
        };
        if is_wrong {
            let at =
                if first.class.is_empty() { first } else { cells.next_back().unwrap_or(first) };
            let why = Refusal::ClassesDoNotAddUp {
                item: item.code.clone(),
                unit: brought.unit_code(),
                sum: number::printed(sum, item),
                whole: whole.value.to_string(),
            };
            found.refused.push(Refused { at: at.location(), why });
        }
    }
}

fn may_be_more(qualifier: Qualifier) -> bool {
    matches!(qualifier, Qualifier::AtLeast | Qualifier::About)
}

fn may_be_less(qualifier: Qualifier) -> bool {
    matches!(qualifier, Qualifier::AtMost | Qualifier::About)
}

/// The rules of the form that the figures break. One of which the import brings no figure is left
/// alone: what it finds was there before.
pub(crate) fn broken_rules(brought: &Brought<'_>, standing: &[Figure], found: &mut Found) {
    let form = brought.asked.forms.get(brought.form);
    let version = form.and_then(|form| form.version(brought.period));
    let Some(version) = version.filter(|version| !version.rules.is_empty()) else { return };
    let find = |code: &str| brought.asked.item(code).ok();
    for Violation { rule, values } in form::check(version, standing, &find) {
        let named = rule.condition.items();
        let cells_of = |code: &str| {
            let item = find(code).map(|item| item.id);
            brought.cells.iter().filter(move |cell| Some(cell.item) == item)
        };
        let Some(first) = named.iter().find_map(|named| cells_of(&named.code).next()) else {
            continue;
        };
        let at = first.location();
        let breach = Breach {
            rule: rule.code.clone(),
            message: rule.message.clone(),
            unit: brought.unit_code(),
            period: brought.period,
            values: values.iter().map(|(item, value)| (item.to_string(), *value)).collect(),
        };
        match rule.severity {
            Severity::Error => {
                let why = Refusal::RuleBroken(Box::new(breach));
                found.refused.push(Refused { at, why });
            }
            Severity::Warning => found.noticed.push(Notice::RuleDoubted { at, breach }),
        }
    }
}

/// Figures that are many times those of the period before.
pub(crate) fn jumps(brought: &Brought<'_>, known: &[Figure], before: &[Figure], found: &mut Found) {
    // Both stand in the order of item and class, and this runs once for every figure there is.
    let mut before = before.iter().peekable();
    for cell in brought.cells {
        let Some((value, Qualifier::Exact)) = cell.said else { continue };
        if value.units < JUMP_FROM * 10_i64.pow(u32::from(value.scale)) {
            continue;
        }
        while before.next_if(|figure| order(figure, cell).is_lt()).is_some() {}
        let Some(earlier) = before.next_if(|figure| order(figure, cell).is_eq()) else { continue };
        let earlier = earlier.value;
        let is_known = figure_of(known, cell).is_some_and(|known| known.value == value);
        if earlier.units <= 0 || earlier.scale != value.scale || is_known {
            continue;
        }
        let times = value.units / earlier.units;
        let is_more = times > JUMP_TIMES || times == JUMP_TIMES && value.units % earlier.units > 0;
        if is_more {
            found.noticed.push(Notice::ManyTimesBefore {
                at: cell.location(),
                item: brought.item_code(cell.item),
                unit: brought.unit_code(),
                times,
                value,
                before: earlier,
            });
        }
    }
}

/// The figure that a cell speaks of, among figures in the order of item and class.
fn figure_of<'f>(figures: &'f [Figure], cell: &Cell<'_>) -> Option<&'f Figure> {
    let place = figures.binary_search_by(|figure| order(figure, cell));
    place.ok().and_then(|place| figures.get(place))
}

/// Whether a figure stands before a cell, by item and class. Most have no class, and comparing
/// nothing with nothing by way of the texts shows in the time of an import.
fn order(figure: &Figure, cell: &Cell<'_>) -> Ordering {
    let of_items = figure.item.cmp(&cell.item);
    if of_items.is_eq() && !(figure.class.is_empty() && cell.class.is_empty()) {
        return figure.class.as_str().cmp(cell.class);
    }
    of_items
}
