//! A form on paper: what it asks of each unit, with the figures of the period before, to be printed.

use domain::access::{Actor, Right};
use domain::collecting::CollectingProblem;
use domain::form::Version;
use domain::item::Bilingual;
use domain::number::{Decimal, Quantity};
use domain::period::{Frequency, Period};
use domain::unit::UnitId;
use jiff::SignedDuration;
use jiff::civil::Date;
use store::ReadTx;

use super::entry::{previous, quantity};
use super::matrix::owing;
use super::send::may_be_nothing;
use super::weigh::fields;
use super::{Occasion, TypedField, Wanted, field_key, wanted};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Units printed together at most: a stack that a copier takes at once.
const SHEETS_MAX: usize = 200;

/// How far ahead periods are offered.
const AHEAD: SignedDuration = SignedDuration::from_hours(31 * 24);

/// What is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The form's code.
    pub form: String,
    /// The unit that fills it, or under which all do.
    pub unit: UnitId,
    /// About which span; none for the one that holds today.
    pub period: Option<Period>,
}

/// A form on paper, a sheet per unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The form's code.
    pub code: String,
    /// The form's name.
    pub form: Bilingual,
    /// The unit at the top.
    pub unit: UnitName,
    /// The units above it, top first.
    pub above: Vec<UnitName>,
    /// About which span.
    pub period: Period,
    /// The first and the last day of it.
    pub days: (Date, Date),
    /// The newest period to choose: paper is handed out before it is filled.
    pub newest: Period,
    /// The last day on which it is in time.
    pub due: Date,
    /// What it asks, in order.
    pub lines: Vec<Line>,
    /// Whether it can be that there is nothing to report.
    pub may_be_nothing: bool,
    /// A sheet per unit that owes it, in the order of the tree.
    pub sheets: Vec<Sheet>,
    /// Units that were left out because there are too many.
    pub left_out: usize,
}

/// A figure that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The item's code, with its class after a dot: as on the screen.
    pub code: String,
    /// What stands above it; empty within a section.
    pub section: Bilingual,
    /// The item's name.
    pub name: Bilingual,
    /// The class's name; empty for the whole.
    pub class_name: Bilingual,
    /// What helps to fill it; may be empty.
    pub help: Bilingual,
    /// The unit of measure.
    pub measure: Bilingual,
    /// The smallest value it can have.
    pub minimum: Decimal,
    /// The largest value it can have; none when there is no end.
    pub maximum: Option<Decimal>,
}

/// One unit's sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Who fills it.
    pub unit: UnitName,
    /// The units above, top first.
    pub above: Vec<UnitName>,
    /// The figures of the period before, one for each line.
    pub previous: Vec<Option<Quantity>>,
}

/// A form on paper for a unit and all below it. A period that has not begun can be printed too: paper
/// is handed out before it is filled.
///
/// # Errors
/// The actor may not see the unit, there is no such form, nobody there owes it for the period, or the
/// database failed.
pub fn paper(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    asked: &Asked,
) -> Result<Paper, Error> {
    snapshot.check(who, Right::SeeFigures, Some(asked.unit), moment.today)?;
    let known = snapshot.form(&asked.form)?;
    let not_owed = || {
        let unit = snapshot.name(asked.unit, moment.today).code;
        CollectingProblem::NotOwed { form: asked.form.clone(), unit }
    };
    let today = Period::Day(moment.today).enclosing(known.1.frequency);
    let period = asked.period.or(today).ok_or_else(not_owed)?;
    if period.frequency() != Some(known.1.frequency) {
        return Err(not_owed().into());
    }
    let occasion = Occasion { form: asked.form.clone(), unit: asked.unit, period };
    let Wanted { form, version, .. } = wanted(snapshot, &occasion)?;
    let units = owing(snapshot, known, asked.unit, period, moment.today);
    if units.is_empty() {
        return Err(not_owed().into());
    }
    let (lines, days) = (lines(snapshot, version), form.calendar.days(period));
    let mut sheets = Vec::new();
    for unit in units.iter().copied().take(SHEETS_MAX) {
        sheets.push(sheet(tx, snapshot, version, &Occasion { unit, ..occasion.clone() }, days.1)?);
    }
    let mut items = version.items().filter_map(|item| snapshot.item_by_id(item));
    Ok(Paper {
        code: form.code.clone(),
        form: form.name.clone(),
        unit: snapshot.name(asked.unit, days.1),
        above: snapshot.above(asked.unit, days.1),
        newest: newest(moment.today, form.frequency).map_or(period, |newest| newest.max(period)),
        period,
        days,
        due: snapshot.due_on(form, period),
        lines,
        may_be_nothing: items.all(may_be_nothing),
        sheets,
        left_out: units.len().saturating_sub(SHEETS_MAX),
    })
}

/// The period a month ahead.
fn newest(today: Date, frequency: Frequency) -> Option<Period> {
    Period::Day(today.checked_add(AHEAD).ok()?).enclosing(frequency)
}

fn lines(snapshot: &Snapshot, version: &Version) -> Vec<Line> {
    let line = |field: TypedField| {
        let item = snapshot.item(&field.item)?;
        let (section, help) = version.words(item.id, &field.class);
        Some(Line {
            code: field_key(&item.code, &field.class),
            section,
            name: item.name.clone(),
            class_name: item.class_name(&field.class),
            help,
            measure: item.measure.clone(),
            minimum: item.minimum,
            maximum: item.maximum,
        })
    };
    fields(snapshot, version, &[]).into_iter().filter_map(line).collect()
}

fn sheet(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    version: &Version,
    occasion: &Occasion,
    day: Date,
) -> Result<Sheet, Error> {
    let before = previous(tx, occasion)?;
    let figure = |field: &TypedField| {
        let item = snapshot.item(&field.item)?;
        quantity(&before, item.id, &field.class)
    };
    Ok(Sheet {
        unit: snapshot.name(occasion.unit, day),
        above: snapshot.above(occasion.unit, day),
        previous: fields(snapshot, version, &[]).iter().map(figure).collect(),
    })
}

impl Workspace {
    /// A form on paper for a unit and all below it.
    ///
    /// # Errors
    /// See [`paper`].
    pub fn paper(&self, who: &Actor, moment: Moment, asked: &Asked) -> Result<Paper, Error> {
        let (snapshot, who, asked) = (self.planned()?, who.clone(), asked.clone());
        self.database.read_blocking(move |tx| paper(tx, &snapshot, &who, moment, &asked))
    }
}
