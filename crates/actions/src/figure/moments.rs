//! The items of a formula: their base periods, their columns, and their totals by scope.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::expression::{ItemReference, Offset, Reach};
use domain::form::Form;
use domain::indicator::Indicator;
use domain::item::Item;
use domain::number::{Fraction, Quantity};
use domain::period::{Calendar, Period, SpanEnd};
use rollup::{Bitmap, Column, Group, Moment, Placement, Question, RollupError, Total};

use super::expected::units_expected;
use super::scope::Scope;
use crate::answer::{Completeness, NoValue, View};
use crate::error::Error;
use crate::snapshot::Snapshot;

/// What an item gives in one scope.
pub(crate) type ItemResult = Result<Option<Quantity>, NoValue>;

/// The totals of a formula's items, for every scope.
#[derive(Debug)]
pub(crate) struct ItemFigures {
    period: Period,
    by_item: BTreeMap<ItemReference, Vec<(ItemResult, Completeness)>>,
}

impl ItemFigures {
    /// Works out every item of an indicator's formula for every scope.
    pub(crate) fn of(
        snapshot: &Snapshot,
        indicator: &Indicator,
        period: Period,
        scopes: &[Scope],
    ) -> Result<Self, Error> {
        // Scopes are made together, so they are seen through the same tree.
        let view = scopes.first().map_or(View::Reported, |scope| scope.through);
        let references = indicator.formula.items();
        let pairs = if indicator.formula.ratio().is_some() { &references[..] } else { &[] };
        let mut by_item = BTreeMap::new();
        for &reference in &references {
            let totals = item_totals(snapshot, reference, pairs, period, view, scopes)?;
            by_item.insert(reference.clone(), totals);
        }
        Ok(Self { period, by_item })
    }

    pub(crate) fn period(&self) -> Period {
        self.period
    }

    /// The total of an item in a scope.
    pub(crate) fn item(&self, reference: &ItemReference, scope: usize) -> ItemResult {
        let totals = self.by_item.get(reference).and_then(|totals| totals.get(scope));
        totals.map_or(Ok(None), |(result, _)| result.clone())
    }

    /// What is missing beside one item.
    pub(crate) fn completeness_of(&self, reference: &ItemReference, scope: usize) -> Completeness {
        let totals = self.by_item.get(reference).and_then(|totals| totals.get(scope));
        totals.map_or_else(Completeness::default, |(_, completeness)| *completeness)
    }

    /// What is missing beside the figure: that of its least complete item.
    pub(crate) fn completeness(&self, scope: usize) -> Completeness {
        let missing = |completeness: &Completeness| {
            (completeness.expected.saturating_sub(completeness.reported), completeness.expected)
        };
        self.by_item
            .values()
            .filter_map(|totals| totals.get(scope))
            .map(|(_, completeness)| *completeness)
            .max_by_key(missing)
            .unwrap_or_default()
    }
}

fn item_totals(
    snapshot: &Snapshot,
    reference: &ItemReference,
    pairs: &[&ItemReference],
    period: Period,
    view: View,
    scopes: &[Scope],
) -> Result<Vec<(ItemResult, Completeness)>, Error> {
    let everywhere = |why: NoValue| vec![(Err(why), Completeness::default()); scopes.len()];
    let Some((item, index, form)) = asked(snapshot, reference) else {
        return Ok(everywhere(NoValue::NothingReported));
    };
    let Some(periods) = base_periods(form, reference, period) else {
        return Ok(everywhere(NoValue::PeriodTooShort));
    };
    let partners: Vec<(&ItemReference, &Item, Vec<Period>)> = pairs
        .iter()
        .filter(|other| **other != reference)
        .filter_map(|other| {
            let (item, _, form_of_other) = asked(snapshot, other)?;
            let periods = base_periods(form_of_other, other, period)?;
            (form_of_other.frequency == form.frequency).then_some((*other, item, periods))
        })
        .collect();
    let mut held: Vec<Held> = Vec::with_capacity(periods.len());
    for &base in &periods {
        let day = form.calendar.days(base).1;
        let placement = match view {
            View::Reported => None,
            View::Restated(to) => {
                Some(snapshot.book.placement(&snapshot.units, day, to, item.id)?)
            }
        };
        let expected = snapshot.expected_of(item.id, (index, form), base);
        held.push(Held { day, placement, expected });
    }
    let class = reference.class.as_deref().unwrap_or_default();
    let moments: Vec<Moment<'_>> = held
        .iter()
        .zip(&periods)
        .enumerate()
        .map(|(place, (held, &base))| Moment {
            order: snapshot.order_on(held.day),
            column: snapshot.book.column(item.id, class, base),
            partners: partners
                .iter()
                .map(|partner| partner_column(snapshot, partner, place))
                .collect(),
            expected: Some(&*held.expected),
            placement: held.placement.as_deref(),
        })
        .collect();
    let groups: Vec<Group> = scopes.iter().map(|scope| scope.group).collect();
    let question = Question {
        moments: &moments,
        over_units: item.over_units,
        over_time: item.over_time,
        groups: &groups,
    };
    match rollup::totals(&question) {
        Ok(totals) => {
            let owing = units_expected(snapshot, &held, view, scopes);
            let totals = totals.iter().zip(owing);
            Ok(totals.map(|(total, owing)| result(snapshot, total, item, owing)).collect())
        }
        Err(RollupError::Overflow) => Ok(everywhere(NoValue::Overflow)),
        Err(error) => Err(Error::Fault(format!("adding up {}: {error}", item.code))),
    }
}

/// What a moment borrows.
pub(super) struct Held {
    pub(super) day: jiff::civil::Date,
    placement: Option<Arc<Placement>>,
    pub(super) expected: Arc<Bitmap>,
}

fn partner_column<'a>(
    snapshot: &'a Snapshot,
    (reference, item, periods): &(&ItemReference, &Item, Vec<Period>),
    place: usize,
) -> Option<&'a Column> {
    let class = reference.class.as_deref().unwrap_or_default();
    periods.get(place).and_then(|&base| snapshot.book.column(item.id, class, base))
}

/// The item of a reference and the form that asks for it.
fn asked<'a>(
    snapshot: &'a Snapshot,
    reference: &ItemReference,
) -> Option<(&'a Item, usize, &'a Form)> {
    let item = snapshot.item(&reference.code)?;
    let (index, form) = snapshot.form_of(item.id)?;
    Some((item, index, form))
}

/// The base periods in which a reference's figures are taken, oldest first; none when the span is
/// shorter than what the form asks for.
pub(crate) fn base_periods(
    form: &Form,
    reference: &ItemReference,
    period: Period,
) -> Option<Vec<Period>> {
    let shifted = match reference.offset {
        Offset::Same => period,
        Offset::Periods(count) => (0..count).try_fold(period, |period, _| period.previous())?,
        Offset::Years(count) => (0..count).try_fold(period, |period, _| period.year_before())?,
    };
    let span = match reference.reach {
        Reach::Period => shifted,
        Reach::YearToDate => year_to_date(&form.calendar, shifted)?,
    };
    form.calendar.parts(span, form.frequency)
}

/// The last base period of a span for which at least half of the reports owed are in, when the
/// span goes on beyond it. Of several forms the one that reaches least far counts.
///
/// What nobody has sent yet is no shortfall: half of a year's admissions in June is on time.
pub(crate) fn data_until(
    snapshot: &Snapshot,
    indicator: &Indicator,
    period: Period,
) -> Option<Period> {
    let reach = |reference: &&ItemReference| {
        let (_, index, form) = asked(snapshot, reference)?;
        let parts = form.calendar.parts(period, form.frequency)?;
        let newest = parts.iter().rev().find(|&&base| {
            let owed = snapshot.book.expected(&snapshot.units, index, form, base).len();
            let sent = snapshot.book.receipts(index, base).len();
            sent > 0 && sent * 2 >= owed
        })?;
        (Some(newest) != parts.last()).then_some((form.calendar.days(*newest).1, *newest))
    };
    let references = indicator.formula.items();
    references.iter().filter_map(reach).min_by_key(|(end, _)| *end).map(|(_, base)| base)
}

/// From the start of a period's year to its end.
fn year_to_date(calendar: &Calendar, period: Period) -> Option<Period> {
    let year = period.year()?;
    let end = match period {
        Period::Day(day) => SpanEnd::Day(day),
        Period::Month(year, month) => SpanEnd::Month(year, month),
        Period::Quarter(year, quarter) => SpanEnd::Quarter(year, quarter),
        Period::HalfYear(year, half) => SpanEnd::Quarter(year, half * 2),
        Period::NineMonths(year) => SpanEnd::Quarter(year, 3),
        Period::Year(_) => return Some(period),
        Period::Span(_, end) => end,
        Period::Week(..) => SpanEnd::Day(calendar.days(period).1),
    };
    let start = match end {
        SpanEnd::Day(_) => SpanEnd::Day(calendar.days(Period::Year(year)).0),
        SpanEnd::Month(..) => SpanEnd::Month(year, 1),
        SpanEnd::Quarter(..) => SpanEnd::Quarter(year, 1),
        SpanEnd::Year(_) => SpanEnd::Year(year),
    };
    Some(Period::Span(start, end))
}

fn result(
    snapshot: &Snapshot,
    total: &Total,
    item: &Item,
    units_expected: u32,
) -> (ItemResult, Completeness) {
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let completeness = Completeness {
        reported: count(total.reported),
        expected: count(total.expected),
        units_expected,
        units_missing: total.units_missing,
    };
    if !total.broken.is_empty() {
        let name = |&unit| snapshot.name(unit, jiff::civil::Date::MAX);
        let units = total.broken.iter().map(name).collect();
        return (Err(NoValue::BrokenSeries { units }), completeness);
    }
    let Some(exact) = total.value else {
        let why = (total.reported > 0).then_some(NoValue::NotAggregated);
        return (why.map_or(Ok(None), Err), completeness);
    };
    let scale = 10_i128.pow(u32::from(item.scale));
    let value = exact
        .denominator
        .checked_mul(scale)
        .and_then(|denominator| Fraction::new(exact.numerator, denominator).ok());
    let quantity = value.map(|value| Quantity { value, qualifier: total.qualifier });
    (quantity.map(Some).ok_or(NoValue::Overflow), completeness)
}
