//! The grid as it is drawn: a row per unit, a column per field.

use domain::access::{Actor, Right};
use domain::collecting::CollectingProblem;
use domain::form::{Rule, Version};
use domain::item::{Bilingual, Item};
use domain::number::Decimal;
use domain::refusal::Refusal;
use domain::text::{self, Typed as Number};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;

use super::save::merged;
use super::{Scope, TypedRow};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::submissions::entry::{self, EntryPage};
use crate::submissions::matrix::owing;
use crate::submissions::{Occasion, Typed, Wanted, wanted};

/// Units filled together at most.
const ROWS_MAX: usize = 500;

/// The forms of many units for one period.
#[derive(Debug, Clone, PartialEq)]
pub struct GridPage {
    /// What it holds.
    pub scope: Scope,
    /// The unit at the top.
    pub unit: UnitName,
    /// The units above it, top first.
    pub above: Vec<UnitName>,
    /// The form's name.
    pub form: Bilingual,
    /// The last day on which the form is in time.
    pub due: Date,
    /// The fields, in the order of the form.
    pub columns: Vec<Column>,
    /// What the figures of a row must keep.
    pub rules: Vec<Rule>,
    /// The units whose figures the reader may send, in the order of the tree.
    pub rows: Vec<EntryPage>,
    /// Units that were left out because there are too many.
    pub left_out: usize,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The item's code.
    pub item: String,
    /// The class's code; empty = the whole.
    pub class: String,
    /// The item's name.
    pub name: Bilingual,
    /// The class's name; empty for the whole.
    pub class_name: Bilingual,
    /// The unit of measure.
    pub measure: Bilingual,
    /// Decimals collected.
    pub scale: u8,
    /// The smallest value it can have.
    pub minimum: Decimal,
    /// The largest value it can have; none when there is no end.
    pub maximum: Option<Decimal>,
    /// What the figures of all rows come to, as far as they can be read.
    pub total: Decimal,
    /// How many rows have a figure.
    pub filled: usize,
}

/// The grid of a form and period; with what somebody has just typed, that stands in the cells.
///
/// # Errors
/// The actor may not send the figures of any unit there, there is no such form, the period has not
/// begun, or the database failed.
pub(super) fn page(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    scope: &Scope,
    typed: &[TypedRow],
) -> Result<GridPage, Error> {
    let Scope { form: code, unit, period } = scope;
    let occasion = Occasion { form: code.clone(), unit: *unit, period: *period };
    let Wanted { form, version, .. } = wanted(snapshot, &occasion)?;
    let units = units(snapshot, who, moment, scope)?;
    let mut rows = Vec::new();
    for unit in units.iter().copied().take(ROWS_MAX) {
        let row = typed.iter().find(|row| row.unit == unit);
        rows.push(row_page(tx, snapshot, (who, moment), scope, unit, row)?);
    }
    let day = form.calendar.days(scope.period).1;
    Ok(GridPage {
        scope: scope.clone(),
        unit: snapshot.name(scope.unit, day),
        above: snapshot.above(scope.unit, day),
        form: form.name.clone(),
        due: snapshot.due_on(form, scope.period),
        columns: columns(snapshot, version, &rows),
        rules: version.rules.clone(),
        rows,
        left_out: units.len().saturating_sub(ROWS_MAX),
    })
}

/// One row; with what was typed, that stands in its cells.
pub(super) fn row_page(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (who, moment): (&Actor, Moment),
    scope: &Scope,
    unit: UnitId,
    row: Option<&TypedRow>,
) -> Result<EntryPage, Error> {
    let occasion = Occasion { form: scope.form.clone(), unit, period: scope.period };
    let version = wanted(snapshot, &occasion)?.version;
    let typed = match row {
        Some(row) => {
            let fields = merged(tx, snapshot, version, &occasion, row)?.fields;
            Some(Typed { fields, ..Typed::default() })
        }
        None => None,
    };
    entry::page(tx, snapshot, who, moment, &occasion, typed.as_ref())
}

/// The units of a grid: those that owe the form and whose figures the actor may send.
pub(super) fn units(
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    scope: &Scope,
) -> Result<Vec<UnitId>, Error> {
    snapshot.check(who, Right::SendFigures, Some(scope.unit), moment.today)?;
    let form = snapshot.form(&scope.form)?;
    if scope.period.frequency() != Some(form.1.frequency) {
        let unit = snapshot.name(scope.unit, moment.today).code;
        return Err(CollectingProblem::NotOwed { form: scope.form.clone(), unit }.into());
    }
    let first = form.1.calendar.days(scope.period).0;
    if moment.today < first {
        return Err(Refusal::PeriodNotBegun { period: scope.period, first }.into());
    }
    let may_send =
        |unit: &UnitId| snapshot.check(who, Right::SendFigures, Some(*unit), moment.today).is_ok();
    let mut units = owing(snapshot, form, scope.unit, scope.period, moment.today);
    units.retain(may_send);
    Ok(units)
}

/// The fields of a form, with what their figures come to.
fn columns(snapshot: &Snapshot, version: &Version, rows: &[EntryPage]) -> Vec<Column> {
    let items = version.items().filter_map(|item| snapshot.item_by_id(item));
    let mut columns: Vec<Column> = items.flat_map(columns_of).collect();
    for (at, column) in columns.iter_mut().enumerate() {
        let texts = rows.iter().filter_map(|row| Some(row.fields.get(at)?.typed.text.as_str()));
        for value in texts.filter_map(|text| certain(text, column.scale)) {
            let Some(total) = column.total.units.checked_add(value.units) else { continue };
            column.total = Decimal::new(total, column.scale);
            column.filled += 1;
        }
    }
    columns
}

/// A number that can be read in one way only.
fn certain(text: &str, scale: u8) -> Option<Decimal> {
    match text::typed_number(text) {
        Number::Figure(figure) => figure.value.rescaled(scale).ok(),
        Number::Missing | Number::Ratio { .. } | Number::Ambiguous { .. } | Number::Refused(_) => {
            None
        }
    }
}

fn columns_of(item: &Item) -> impl Iterator<Item = Column> {
    let classes = item.classes.iter().map(|class| class.code.as_str());
    std::iter::once("").chain(classes).map(|class| Column {
        item: item.code.clone(),
        class: class.to_owned(),
        name: item.name.clone(),
        class_name: item.class_name(class),
        measure: item.measure.clone(),
        scale: item.scale,
        minimum: item.minimum,
        maximum: item.maximum,
        total: Decimal::new(0, item.scale),
        filled: 0,
    })
}
