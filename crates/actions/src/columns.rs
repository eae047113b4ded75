//! Columns in the making: the figures of all submissions, by item, class and period.

use std::collections::{BTreeMap, HashMap};

use domain::form::Form;
use domain::item::{Item, ItemId};
use domain::number::{Decimal, Qualifier};
use domain::period::Period;
use domain::submission::{Figure, Place, Submission};
use rollup::Column;

/// Columns by item and class, then by period.
pub(crate) type Columns = BTreeMap<(ItemId, String), BTreeMap<Period, Column>>;

/// A column before it is packed: positions and figures.
type Entries = Vec<(u32, rollup::Figure)>;

/// The items, by id, with their places in the list.
pub(crate) type Places<'a> = HashMap<ItemId, (usize, &'a Item)>;

/// The places of a list of items.
pub(crate) fn places(items: &[Item]) -> Places<'_> {
    items.iter().enumerate().map(|(place, item)| (item.id, (place, item))).collect()
}

/// What a form adds to totals when a unit has nothing to report: of every item that is summed over
/// units and time, as much as nothing. Only the book says it with zeros; what was sent says nothing.
pub(crate) fn nothing(form: &Form, items: &Places<'_>) -> Vec<Figure> {
    let mut flows: Vec<&Item> = form
        .items
        .iter()
        .filter_map(|item| items.get(item).map(|(_, item)| *item))
        .filter(|item| item.is_flow())
        .collect();
    flows.sort_by_key(|item| item.id);
    let none = |item: &Item| Figure {
        item: item.id,
        class: String::new(),
        value: Decimal::new(0, item.scale),
        qualifier: Qualifier::Exact,
        note: String::new(),
        place: Place::default(),
    };
    flows.into_iter().map(none).collect()
}

/// The figures entered so far. Periods are found by hash, because to order them means to work out
/// their days, and wholes by the item's place: this runs once for every figure there is.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    by_period: HashMap<Period, usize>,
    periods: Vec<(Period, OfPeriod)>,
}

#[derive(Debug, Default)]
struct OfPeriod {
    /// By the item's place.
    wholes: Vec<Entries>,
    classes: BTreeMap<(ItemId, String), Entries>,
}

impl Gathering {
    /// Enters a submission's figures, which stand in the order of their items.
    pub(crate) fn enter(&mut self, items: &Places<'_>, submission: &Submission, position: u32) {
        let of_period = self.period(submission.period, items.len());
        for figures in submission.figures.chunk_by(|one, next| one.item == next.item) {
            let item = figures.first().and_then(|first| items.get(&first.item));
            let Some(&(place, _)) = item else { continue };
            of_period.enter(place, figures, position);
        }
    }

    fn period(&mut self, period: Period, items: usize) -> &mut OfPeriod {
        let next = self.periods.len();
        let place = *self.by_period.entry(period).or_insert(next);
        if place == next {
            let wholes = vec![Entries::new(); items];
            self.periods.push((period, OfPeriod { wholes, classes: BTreeMap::new() }));
        }
        &mut self.periods[place].1
    }

    /// Packs everything into columns.
    pub(crate) fn pack(self, items: &[Item]) -> Columns {
        let mut columns = Columns::new();
        for (period, OfPeriod { wholes, classes }) in self.periods {
            let wholes = items.iter().map(|item| (item.id, String::new())).zip(wholes);
            for (key, entries) in wholes.chain(classes) {
                if !entries.is_empty() {
                    columns.entry(key).or_default().insert(period, Column::from_entries(entries));
                }
            }
        }
        columns
    }
}

impl OfPeriod {
    /// Enters a unit's figures of one item; classes without the whole count as their sum.
    fn enter(&mut self, place: usize, figures: &[Figure], position: u32) {
        let mut has_whole = false;
        for figure in figures {
            let Figure { item, class, value, qualifier, .. } = figure;
            let entry = (position, rollup::Figure { value: value.units, qualifier: *qualifier });
            has_whole |= class.is_empty();
            match class.as_str() {
                "" => self.wholes[place].push(entry),
                class => self.classes.entry((*item, class.to_owned())).or_default().push(entry),
            }
        }
        if has_whole {
            return;
        }
        let sum = figures.iter().try_fold((0_i64, Qualifier::Exact), |(sum, qualifier), part| {
            Some((sum.checked_add(part.value.units)?, qualifier.plus(part.qualifier)))
        });
        if let Some((value, qualifier)) = sum {
            self.wholes[place].push((position, rollup::Figure { value, qualifier }));
        }
    }
}
