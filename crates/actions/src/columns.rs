//! Columns in the making: the figures of all submissions, by item, class and period.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::form::Version;
use domain::item::{Item, ItemId};
use domain::number::{Decimal, Qualifier};
use domain::period::Period;
use domain::submission::{Figure, Place, Submission};
use rollup::Column;

/// Columns by item and class, then by period. A snapshot shares with the one before it what did not
/// change between them.
pub(crate) type Columns = BTreeMap<(ItemId, String), BTreeMap<Period, Arc<Column>>>;

/// A column before it is packed: positions and figures.
type Entries = Vec<(u32, rollup::Figure)>;

/// The items, by id, with their places in the list.
pub(crate) type Places<'a> = HashMap<ItemId, (usize, &'a Item)>;

/// The places of a list of items.
pub(crate) fn places(items: &[Item]) -> Places<'_> {
    items.iter().enumerate().map(|(place, item)| (item.id, (place, item))).collect()
}

/// What a form's version adds to totals when a unit has nothing to report: of every item that is
/// summed over units and time, as much as nothing. Only the book says it with zeros; what was sent
/// says nothing.
pub(crate) fn nothing(version: &Version, items: &Places<'_>) -> Vec<Figure> {
    let mut flows: Vec<&Item> = version
        .items()
        .filter_map(|item| items.get(&item).map(|(_, item)| *item))
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
                    let column = Arc::new(Column::from_entries(entries));
                    columns.entry(key).or_default().insert(period, column);
                }
            }
        }
        columns
    }
}

impl OfPeriod {
    /// Enters a unit's figures of one item.
    fn enter(&mut self, place: usize, figures: &[Figure], position: u32) {
        for (item, class, figure) in placed(figures) {
            match class {
                "" => self.wholes[place].push((position, figure)),
                class => {
                    let key = (item, class.to_owned());
                    self.classes.entry(key).or_default().push((position, figure));
                }
            }
        }
    }
}

/// A unit's figures of one item as columns hold them, with their classes; classes without the whole
/// count as their sum.
fn placed(figures: &[Figure]) -> impl Iterator<Item = (ItemId, &str, rollup::Figure)> {
    let each = figures.iter().map(|figure| {
        let Figure { item, class, value, qualifier, .. } = figure;
        (*item, class.as_str(), rollup::Figure { value: value.units, qualifier: *qualifier })
    });
    let sum = || {
        let mut parts = figures.iter();
        let (value, qualifier) =
            parts.try_fold((0_i64, Qualifier::Exact), |(sum, qualifier), part| {
                Some((sum.checked_add(part.value.units)?, qualifier.plus(part.qualifier)))
            })?;
        Some((figures.first()?.item, "", rollup::Figure { value, qualifier }))
    };
    let has_whole = figures.iter().any(|figure| figure.class.is_empty());
    each.chain(if has_whole { None } else { sum() })
}

/// Takes a unit's figures of a form's version and a period out of the columns.
pub(crate) fn take_out(columns: &mut Columns, version: &Version, period: Period, position: u32) {
    for item in version.items() {
        let classes = columns.range_mut((item, String::new())..);
        for (_, periods) in classes.take_while(|((of, _), _)| *of == item) {
            let Some(column) = periods.get_mut(&period) else { continue };
            if column.get(position).is_some() {
                Arc::make_mut(column).clear(position);
            }
            if column.reported() == 0 {
                periods.remove(&period);
            }
        }
    }
}

/// Puts a submission's figures, which stand in the order of their items, into the columns.
pub(crate) fn put_in(columns: &mut Columns, submission: &Submission, position: u32) {
    for figures in submission.figures.chunk_by(|one, next| one.item == next.item) {
        for (item, class, figure) in placed(figures) {
            let periods = columns.entry((item, class.to_owned())).or_default();
            let column = periods.entry(submission.period).or_default();
            Arc::make_mut(column).set(position, figure);
        }
    }
}
