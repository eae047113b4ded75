//! The book: columns of figures over the tree of their time, who owes them, and which import
//! brought them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use domain::form::Form;
use domain::item::{Item, ItemId};
use domain::period::{Frequency, Period};
use domain::submission::{Content, State, Submission};
use domain::unit::{Heirs, UnitId, Units};
use jiff::civil::Date;
use rollup::{Bitmap, Carried, Column, Placement, TreeOrder};
use store::ReadTx;
use store::submissions::First;

use crate::columns::{self, Columns, Gathering};
use crate::error::Error;
use crate::figures::is_assigned;
use crate::origins;

/// The revision that counts of a submission, as far as the book needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Receipt {
    pub(crate) unit: UnitId,
    pub(crate) import: i64,
    /// Where the submission began.
    pub(crate) first: First,
    /// Whether every level has accepted it.
    pub(crate) is_approved: bool,
}

impl Receipt {
    /// That of a submission which began with this revision.
    fn of(submission: &Submission) -> Self {
        let Submission { unit, import, received_ms, state, .. } = *submission;
        let first = First { import, received_ms };
        Self { unit, import, first, is_approved: state == State::Approved }
    }
}

/// Something for each form, by its place in the list, and base period.
type ByOccasion<T> = BTreeMap<(usize, Period), T>;

/// For corrected submissions: the imports that each item's figures came with.
type Corrected = BTreeMap<(usize, Period, UnitId), BTreeSet<(ItemId, i64)>>;

/// A placement's key: the era, the day of the other tree, and the item when splits of single
/// items were decided.
type PlacementKey = (usize, Date, Option<ItemId>);

/// Figures in memory. Copies share what did not change between them.
#[derive(Debug, Clone)]
pub(crate) struct Book {
    /// The first day of every era but the first: between them the tree does not change.
    change_days: Vec<Date>,
    orders: Vec<Arc<TreeOrder>>,
    columns: Columns,
    /// In the order of the units.
    receipts: ByOccasion<Arc<Vec<Receipt>>>,
    corrected: Arc<Corrected>,
    expected: Arc<Mutex<ByOccasion<Arc<Bitmap>>>>,
    placements: Arc<Mutex<BTreeMap<PlacementKey, Arc<Placement>>>>,
}

impl Book {
    /// Reads the revision that counts of every submission.
    pub(crate) fn load(
        tx: &mut ReadTx,
        units: &Units,
        items: &[Item],
        forms: &[Form],
    ) -> Result<Self, Error> {
        let change_days = units.change_days();
        let orders = orders(units, &change_days)?;
        let form_of: BTreeMap<&str, usize> =
            forms.iter().enumerate().map(|(index, form)| (form.code.as_str(), index)).collect();
        let mut book = Self {
            change_days,
            orders,
            columns: Columns::new(),
            receipts: BTreeMap::new(),
            corrected: Arc::default(),
            expected: Arc::default(),
            placements: Arc::default(),
        };
        let places = columns::places(items);
        let mut gathering = Gathering::default();
        let mut receipts: ByOccasion<Vec<Receipt>> = BTreeMap::new();
        let (mut corrected, mut later) = (Vec::new(), Vec::new());
        store::submissions::counting(tx, &mut |submission: Submission| {
            let Some(&form) = form_of.get(submission.form.as_str()) else { return };
            let Some(calendar) = forms.get(form).map(|form| &form.calendar) else { return };
            let day = calendar.days(submission.period).1;
            let Some(position) = book.order_on(day).position(submission.unit) else { return };
            let mut submission = submission;
            let says_nothing_happened = submission.content == Content::NothingToReport;
            let version = forms.get(form).and_then(|form| form.version(submission.period));
            if says_nothing_happened && let Some(version) = version {
                submission.figures = columns::nothing(version, &places);
            }
            // Who withdrew every figure has not reported.
            if !submission.figures.is_empty() {
                let receipt = Receipt::of(&submission);
                receipts.entry((form, submission.period)).or_default().push(receipt);
                if submission.revision > 1 {
                    later.push((form, submission.period, submission.unit));
                }
            }
            gathering.enter(&places, &submission, position);
            if submission.revision > 1 && !says_nothing_happened {
                corrected.push((form, submission));
            }
        })?;
        let mut origins = Corrected::new();
        for (form, submission) in corrected {
            let key = (form, submission.period, submission.unit);
            origins.insert(key, imports_of(tx, &submission)?);
        }
        book.corrected = Arc::new(origins);
        for (key, mut receipts) in receipts {
            receipts.sort_by_key(|receipt| receipt.unit);
            book.receipts.insert(key, Arc::new(receipts));
        }
        for (form, period, unit) in later {
            let Some(code) = forms.get(form).map(|form| &form.code) else { continue };
            let first = store::submissions::first(tx, code, unit, period)?;
            let receipts = book.receipts.get_mut(&(form, period)).map(Arc::make_mut);
            let place =
                |all: &&mut Vec<Receipt>| all.binary_search_by_key(&unit, |it| it.unit).ok();
            let receipt = receipts.and_then(|all| place(&all).and_then(|at| all.get_mut(at)));
            if let Some((receipt, first)) = receipt.zip(first) {
                receipt.first = first;
            }
        }
        book.columns = gathering.pack(items);
        Ok(book)
    }

    /// Puts the revision that counts now in the place of the one that counted before.
    pub(crate) fn settle(
        &mut self,
        tx: &mut ReadTx,
        items: &[Item],
        (index, form): (usize, &Form),
        (unit, period): (UnitId, Period),
    ) -> Result<(), Error> {
        let day = form.calendar.days(period).1;
        let Some(position) = self.order_on(day).position(unit) else { return Ok(()) };
        let key = (index, period);
        let Some(version) = form.version(period) else { return Ok(()) };
        columns::take_out(&mut self.columns, version, period, position);
        if let Some(receipts) = self.receipts.get_mut(&key) {
            Arc::make_mut(receipts).retain(|receipt| receipt.unit != unit);
            if receipts.is_empty() {
                self.receipts.remove(&key);
            }
        }
        if self.corrected.contains_key(&(index, period, unit)) {
            Arc::make_mut(&mut self.corrected).remove(&(index, period, unit));
        }
        let counting = store::submissions::counting_of(tx, &form.code, unit, period)?;
        if let Some(mut submission) = counting {
            if submission.content == Content::NothingToReport {
                submission.figures = columns::nothing(version, &columns::places(items));
            } else if submission.revision > 1 {
                let imports = imports_of(tx, &submission)?;
                Arc::make_mut(&mut self.corrected).insert((index, period, unit), imports);
            }
            if !submission.figures.is_empty() {
                let mut receipt = Receipt::of(&submission);
                if submission.revision > 1
                    && let Some(first) = store::submissions::first(tx, &form.code, unit, period)?
                {
                    receipt.first = first;
                }
                let receipts = Arc::make_mut(self.receipts.entry(key).or_default());
                let place = receipts.partition_point(|receipt| receipt.unit < unit);
                receipts.insert(place, receipt);
            }
            columns::put_in(&mut self.columns, &submission, position);
        }
        Ok(())
    }

    /// Between which changes of the tree a day lies.
    pub(crate) fn era(&self, day: Date) -> usize {
        self.change_days.partition_point(|&change| change <= day)
    }

    /// The tree on a day.
    pub(crate) fn order_on(&self, day: Date) -> &Arc<TreeOrder> {
        // One order was made for every era.
        &self.orders[self.era(day)]
    }

    /// The column of an item, or of one class of it, for a base period.
    pub(crate) fn column(&self, item: ItemId, class: &str, period: Period) -> Option<&Column> {
        self.columns.get(&(item, class.to_owned()))?.get(&period).map(AsRef::as_ref)
    }

    /// Who sent a form for a period, and with which import.
    pub(crate) fn receipts(&self, form: usize, period: Period) -> &[Receipt] {
        self.receipts.get(&(form, period)).map_or(&[], |receipts| receipts.as_slice())
    }

    /// The imports that a submission's figures of an item came with.
    pub(crate) fn imports_of(
        &self,
        form: usize,
        period: Period,
        receipt: &Receipt,
        item: ItemId,
    ) -> Vec<i64> {
        match self.corrected.get(&(form, period, receipt.unit)) {
            None => vec![receipt.import],
            Some(imports) => {
                let of_item = imports.range((item, i64::MIN)..=(item, i64::MAX));
                of_item.map(|&(_, import)| import).collect()
            }
        }
    }

    /// The units that owe a form for a period, as positions of the tree at its end.
    pub(crate) fn expected(
        &self,
        units: &Units,
        index: usize,
        form: &Form,
        period: Period,
    ) -> Arc<Bitmap> {
        let mut known = self.expected.lock().unwrap_or_else(PoisonError::into_inner);
        let bitmap = known.entry((index, period)).or_insert_with(|| {
            let day = form.calendar.days(period).1;
            let order = self.order_on(day);
            let mut owed = Bitmap::default();
            let Some(asked) = form.version(period) else { return Arc::new(owed) };
            for (position, &unit) in (0..).zip(order.units()) {
                let version = units.version_on(unit, day);
                let assigned = |version| is_assigned(units, &asked.assignment, version, day);
                if version.is_some_and(assigned) {
                    owed.insert(position);
                }
            }
            Arc::new(owed)
        });
        Arc::clone(bitmap)
    }

    /// Where the figures of a day's tree stand on the tree of another day.
    pub(crate) fn placement(
        &self,
        units: &Units,
        from: Date,
        to: Date,
        item: ItemId,
    ) -> Result<Arc<Placement>, Error> {
        let item = units.has_choices_for(item).then_some(item);
        let era = self.era(from);
        let mut known = self.placements.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(placement) = known.get(&(era, to, item)) {
            return Ok(Arc::clone(placement));
        }
        let target = self.order_on(to);
        let heirs = |unit| self.carried(units, unit, item, from, to);
        let placement = Placement::new(self.order_on(from), target, heirs)
            .map_err(|error| Error::Fault(format!("placing {from} on {to}: {error}")))?;
        let placement = Arc::new(placement);
        known.insert((era, to, item), Arc::clone(&placement));
        Ok(placement)
    }

    /// What becomes of a unit's figures between two days.
    pub(crate) fn carried(
        &self,
        units: &Units,
        unit: UnitId,
        item: Option<ItemId>,
        from: Date,
        to: Date,
    ) -> Carried {
        match units.heirs(unit, item, from, to) {
            Heirs::Carried(shares) => match shares.as_slice() {
                [(heir, 1_000_000)] => Carried::To(*heir),
                _ => Carried::Split(shares),
            },
            Heirs::Broken { heirs, .. } => Carried::Broken(heirs),
            Heirs::Gone => Carried::Gone,
        }
    }

    /// The units that a unit's figures go to between two days, however they are shared.
    pub(crate) fn heirs(&self, units: &Units, unit: UnitId, from: Date, to: Date) -> Vec<UnitId> {
        match self.carried(units, unit, None, from, to) {
            Carried::To(heir) => vec![heir],
            Carried::Split(shares) => shares.into_iter().map(|(heir, _)| heir).collect(),
            Carried::Broken(heirs) => heirs,
            Carried::Gone => Vec::new(),
        }
    }

    /// The base periods with figures, and the longer ones they lie in.
    pub(crate) fn periods(&self) -> Vec<Period> {
        let mut periods: Vec<Period> = Vec::new();
        for &(_, period) in self.receipts.keys() {
            periods.push(period);
            let longer = [Frequency::Quarterly, Frequency::HalfYearly, Frequency::Yearly];
            periods.extend(longer.into_iter().filter_map(|frequency| period.enclosing(frequency)));
        }
        periods.sort();
        periods.dedup();
        periods
    }

    /// The first base period for which anybody sent a form.
    pub(crate) fn first_period(&self, form: usize) -> Option<Period> {
        self.of_form(form).min()
    }

    /// The last base period for which anybody sent a form.
    pub(crate) fn last_period(&self, form: usize) -> Option<Period> {
        self.of_form(form).max()
    }

    fn of_form(&self, form: usize) -> impl Iterator<Item = Period> {
        self.receipts.keys().filter(move |key| key.0 == form).map(|key| key.1)
    }

    pub(crate) fn newest_period(&self) -> Option<Period> {
        self.receipts.keys().map(|&(_, period)| period).max()
    }
}

/// The imports that each item's figures of a submission came with.
fn imports_of(
    tx: &mut ReadTx,
    submission: &Submission,
) -> Result<BTreeSet<(ItemId, i64)>, store::Error> {
    let origins = origins::of_submission(tx, submission)?;
    Ok(origins.into_iter().map(|((item, _), import)| (item, import)).collect())
}

fn orders(units: &Units, change_days: &[Date]) -> Result<Vec<Arc<TreeOrder>>, Error> {
    let before = change_days.first().and_then(|day| day.yesterday().ok()).unwrap_or(Date::MAX);
    std::iter::once(before)
        .chain(change_days.iter().copied())
        .map(|day| {
            let tree = units.tree_on(day);
            let order = TreeOrder::new(&tree)
                .map_err(|error| Error::Fault(format!("the tree on {day}: {error}")))?;
            Ok(Arc::new(order))
        })
        .collect()
}
