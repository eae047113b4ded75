//! Provenance: from a figure down to the cell of the file it was reported in.

use std::collections::{BTreeMap, BTreeSet};

use domain::expression::ItemReference;
use domain::form::Version;
use domain::number::Quantity;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use domain::submission::{Figure, Submission};
use domain::unit::UnitId;
use jiff::civil::Date;
use rollup::TreeOrder;
use store::ReadTx;

use crate::answer::{
    FigurePage, ItemTotal, Revision, Source, SubmissionLine, SubmissionPage, UnitName, View,
};
use crate::error::Error;
use crate::figure::{self, ItemFigures, Scope, base_periods, figures, level_below, rows};
use crate::origins::{self, Origins};
use crate::snapshot::Snapshot;

/// The page of a figure: what it rests on.
///
/// # Errors
/// The indicator is unknown, or the database failed.
pub fn figure_page(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<FigurePage, Error> {
    let indicator = snapshot.indicator(code)?;
    let figure = figure::figure(snapshot, code, unit, period, view)?;
    let contributions = match level_below(snapshot, unit, period, view) {
        Some(level) => {
            let scopes = rows(snapshot, unit, period, view, &level)?;
            figures(snapshot, indicator, period, view, &scopes)?
        }
        None => Vec::new(),
    };
    let scope = Scope::of_unit(snapshot, unit, period, view);
    let totals = ItemFigures::of(snapshot, indicator, period, &[scope])?;
    let references = indicator.formula.items();
    let items = references.iter().filter_map(|reference| item_total(snapshot, &totals, reference));
    Ok(FigurePage {
        items: items.collect(),
        contributions,
        submissions: own_lines(tx, snapshot, &references, unit, period)?,
        sources: sources(snapshot, code, unit, period, view)?,
        above: snapshot.above(unit, snapshot.day_of(period, view)),
        as_of: snapshot.as_of.clone(),
        indicator: indicator.clone(),
        figure,
    })
}

fn item_total(
    snapshot: &Snapshot,
    totals: &ItemFigures,
    reference: &ItemReference,
) -> Option<ItemTotal> {
    let item = snapshot.item(&reference.code)?;
    let value = totals.item(reference, 0);
    Some(ItemTotal {
        code: item.code.clone(),
        name: item.name.clone(),
        measure: item.measure.clone(),
        value: value.and_then(|found| found.ok_or(crate::answer::NoValue::NothingReported)),
        completeness: totals.completeness_of(reference, 0),
    })
}

/// The files that brought the figures of an indicator in a unit's subtree, by name, and what was
/// sent from forms as one; restated, those of the units whose figures have gone there.
///
/// # Errors
/// The indicator is unknown.
pub fn sources(
    snapshot: &Snapshot,
    code: &str,
    unit: UnitId,
    period: Period,
    view: View,
) -> Result<Vec<Source>, Error> {
    let indicator = snapshot.indicator(code)?;
    let mut counted: BTreeSet<(i64, usize, Period, UnitId)> = BTreeSet::new();
    let mut members: BTreeMap<usize, Vec<bool>> = BTreeMap::new();
    for reference in indicator.formula.items() {
        let Some(item) = snapshot.item(&reference.code) else { continue };
        let Some((index, form)) = snapshot.form_of(item.id) else { continue };
        for base in base_periods(form, reference, period).unwrap_or_default() {
            let day = form.calendar.days(base).1;
            let order = snapshot.order_on(day);
            let members = members
                .entry(snapshot.book.era(day))
                .or_insert_with(|| members_on(snapshot, unit, day, view));
            for receipt in snapshot.book.receipts(index, base) {
                let position = order.position(receipt.unit);
                let is_member = position.and_then(|position| members.get(position as usize));
                if is_member != Some(&true) {
                    continue;
                }
                let imports = snapshot.book.imports_of(index, base, receipt, item.id);
                counted
                    .extend(imports.into_iter().map(|import| (import, index, base, receipt.unit)));
            }
        }
    }
    let mut by_file: BTreeMap<i64, u32> = BTreeMap::new();
    for (import, ..) in counted {
        let file = snapshot.file(import).map_or(Source::ENTERED, |file| file.id);
        *by_file.entry(file).or_default() += 1;
    }
    let source = |(import, submissions)| {
        let file = snapshot.file(import);
        let (file, sha256) =
            file.map(|it| (it.file_name.clone(), it.sha256.clone())).unwrap_or_default();
        Source { import, file, sha256, submissions }
    };
    let mut sources: Vec<Source> = by_file.into_iter().map(source).collect();
    sources.sort_by(|a, b| (&a.file, a.import).cmp(&(&b.file, b.import)));
    Ok(sources)
}

/// Which units of a day's tree, by position, have their figures in a unit through a view.
fn members_on(snapshot: &Snapshot, unit: UnitId, day: Date, view: View) -> Vec<bool> {
    let order = snapshot.order_on(day);
    let below =
        |order: &TreeOrder| order.position(unit).map_or(0..0, |position| order.subtree(position));
    let target = match view {
        View::Restated(to) if snapshot.order_on(to).position(unit).is_some() => to,
        // Restated to a day on which it no longer exists, a unit has what stood below it.
        View::Restated(_) | View::Reported => {
            let inside = below(order);
            return (0..).zip(order.units()).map(|(place, _)| inside.contains(&place)).collect();
        }
    };
    let now = snapshot.order_on(target);
    let inside = below(now);
    let stands_inside =
        |heir: UnitId| now.position(heir).is_some_and(|position| inside.contains(&position));
    let goes_there = |member: &UnitId| {
        let heirs = snapshot.book.heirs(&snapshot.units, *member, day, target);
        heirs.into_iter().any(stands_inside)
    };
    order.units().iter().map(goes_there).collect()
}

/// The lines of the unit's own submissions that a formula's items rest on, oldest first.
fn own_lines(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    references: &[&ItemReference],
    unit: UnitId,
    period: Period,
) -> Result<Vec<SubmissionLine>, Error> {
    let mut lines = Vec::new();
    for reference in references {
        let Some(item) = snapshot.item(&reference.code) else { continue };
        let Some((_, form)) = snapshot.form_of(item.id) else { continue };
        for base in base_periods(form, reference, period).unwrap_or_default() {
            let Some(submission) = store::submissions::counting_of(tx, &form.code, unit, base)?
            else {
                continue;
            };
            let name = snapshot.name(unit, form.calendar.days(base).1);
            let origins = origins::of_submission(tx, &submission)?;
            let of_item = submission.figures.iter().filter(|figure| figure.item == item.id);
            lines
                .extend(of_item.map(|figure| line(snapshot, &submission, &origins, &name, figure)));
        }
    }
    lines.sort_by(|a, b| (a.period, &a.item, &a.class).cmp(&(b.period, &b.item, &b.class)));
    Ok(lines)
}

fn line(
    snapshot: &Snapshot,
    submission: &Submission,
    origins: &Origins,
    unit: &UnitName,
    figure: &Figure,
) -> SubmissionLine {
    let item = snapshot.item_by_id(figure.item);
    let origin = origins.get(&(figure.item, figure.class.clone()));
    let import = snapshot.file(origin.copied().unwrap_or(submission.import));
    SubmissionLine {
        submission: submission.id.clone(),
        form: submission.form.clone(),
        unit: unit.clone(),
        period: submission.period,
        revision: submission.revision,
        received_ms: submission.received_ms,
        item: item.map_or_else(String::new, |item| item.code.clone()),
        item_name: item.map(|item| item.name.clone()).unwrap_or_default(),
        class: figure.class.clone(),
        value: Quantity::of(figure.value, figure.qualifier),
        note: figure.note.clone(),
        file: import.map_or_else(String::new, |import| import.file_name.clone()),
        sha256: import.map_or_else(String::new, |import| import.sha256.clone()),
        sheet: figure.place.sheet.clone(),
        row: figure.place.row,
        column: figure.place.column,
    }
}

/// The page of a submission: all its figures, what was left empty, and its other revisions.
///
/// # Errors
/// There is no such submission, or the database failed.
pub fn submission_page(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    id: &str,
) -> Result<SubmissionPage, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Submission, key: id.to_owned() };
    let submission = store::submissions::find(tx, id)?.ok_or_else(missing)?;
    let form = snapshot.forms.iter().find(|form| form.code == submission.form);
    let day = match form {
        Some(form) => form.calendar.days(submission.period).1,
        None => snapshot.end_of(submission.period),
    };
    let unit = snapshot.name(submission.unit, day);
    let origins = origins::of_submission(tx, &submission)?;
    let figures = submission.figures.iter();
    let lines = figures.map(|figure| line(snapshot, &submission, &origins, &unit, figure));
    let reported: BTreeSet<_> = submission.figures.iter().map(|figure| figure.item).collect();
    let left_empty = form
        .and_then(|form| form.version(submission.period))
        .into_iter()
        .flat_map(Version::items)
        .filter(|item| !reported.contains(item))
        .filter_map(|item| snapshot.item_by_id(item))
        .map(|item| (item.code.clone(), item.name.clone()));
    let revisions = origins::revisions(tx, &submission)?;
    let revision = |other: Submission| Revision {
        number: other.revision,
        submission: other.id,
        received_ms: other.received_ms,
        file: snapshot
            .file(other.import)
            .map_or_else(String::new, |import| import.file_name.clone()),
    };
    Ok(SubmissionPage {
        above: snapshot.above(submission.unit, day),
        form: submission.form.clone(),
        form_name: form.map(|form| form.name.clone()).unwrap_or_default(),
        period: submission.period,
        lines: lines.collect(),
        missing: left_empty.collect(),
        attachments: store::attachments::of_submission(tx, id)?,
        revisions: revisions.into_iter().map(revision).collect(),
        as_of: snapshot.as_of.clone(),
        unit,
    })
}
