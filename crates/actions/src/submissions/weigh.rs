//! Weighing what was typed: which figures it makes, what is wrong and what is doubtful, by the same
//! rules as figures in files.

use super::{Occasion, TypedField, Wanted};
use crate::figures::{Asked, Brought, Cell, Found, Said, judge, number};
use crate::imports::Notice;
use crate::snapshot::Snapshot;
use domain::form::Version;
use domain::item::Item;
use domain::refusal::{Location, Refusal, Refused};
use domain::submission::{Figure, Place};
use jiff::civil::Date;

/// What typed fields come to.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    /// The figures, in the order of item and class.
    pub(super) figures: Vec<Figure>,
    /// What is wrong; the row is the field's number, counted from 1.
    pub(super) refused: Vec<Refused>,
    /// What is doubtful, by the field's number.
    pub(super) doubts: Vec<(usize, Notice)>,
}

/// Every field of a form's version in its order, each with what was typed for it.
pub(super) fn fields(
    snapshot: &Snapshot,
    version: &Version,
    typed: &[TypedField],
) -> Vec<TypedField> {
    let items = version.items().filter_map(|item| snapshot.item_by_id(item));
    let mut fields = Vec::new();
    for item in items {
        let classes = item.classes.iter().map(|class| class.code.as_str());
        for class in std::iter::once("").chain(classes) {
            let mut same = typed.iter().filter(|one| one.item == item.code && one.class == class);
            fields.push(same.next().cloned().unwrap_or_else(|| TypedField {
                item: item.code.clone(),
                class: class.to_owned(),
                ..TypedField::default()
            }));
        }
    }
    fields
}

/// Weighs fields that stand in the order of the form, beside the figures of the period before.
pub(super) fn weigh(
    snapshot: &Snapshot,
    form: Wanted<'_>,
    occasion: &Occasion,
    fields: &[TypedField],
    before: &[Figure],
    today: Date,
) -> Weighed {
    let asked = Asked::new(&snapshot.units, &snapshot.items, &snapshot.forms, today);
    let mut weighed = Weighed::default();
    for (number, field) in (1..).zip(fields) {
        let Some(item) = snapshot.item(&field.item) else { continue };
        match read(field, item, number) {
            Ok(figure) => weighed.figures.extend(figure),
            Err(why) => weighed.refused.push(Refused { at: at(number), why }),
        }
    }
    weighed.figures.sort_by(|a, b| (a.item, &a.class).cmp(&(b.item, &b.class)));
    let cells: Vec<Cell<'_>> =
        weighed.figures.iter().map(|figure| Cell::of_figure("", figure)).collect();
    let (unit, period) = (occasion.unit, occasion.period);
    let brought = Brought { asked: &asked, form: form.index, unit, period, cells: &cells };
    let mut found = Found::default();
    // A figure that could not be read must not make another one look wrong.
    if weighed.refused.is_empty() {
        judge::wrong_sums(&brought, &weighed.figures, &mut found);
        judge::broken_rules(&brought, &weighed.figures, &mut found);
        judge::jumps(&brought, &[], before, &mut found);
    }
    weighed.refused.extend(found.refused);
    weighed.doubts = found.noticed.into_iter().filter_map(doubt).collect();
    for figure in &mut weighed.figures {
        figure.place = Place::default();
    }
    weighed
}

fn read(field: &TypedField, item: &Item, number: u32) -> Result<Option<Figure>, Refusal> {
    Ok(match number::value(&field.text, item)? {
        Said::Nothing | Said::Withdrawn => None,
        Said::Figure(value, qualifier) => Some(Figure {
            item: item.id,
            class: field.class.clone(),
            value,
            qualifier,
            note: field.note.trim().to_owned(),
            place: Place { sheet: String::new(), row: number, column: 0 },
        }),
    })
}

fn at(row: u32) -> Location {
    Location { row, ..Location::default() }
}

/// A doubt and the number of its field; other notices are about files.
fn doubt(notice: Notice) -> Option<(usize, Notice)> {
    match &notice {
        Notice::RuleDoubted { at, .. } | Notice::ManyTimesBefore { at, .. } => {
            Some((usize::try_from(at.row).ok()?, notice))
        }
        Notice::AlreadyImported { .. }
        | Notice::TakenToExistEarlier { .. }
        | Notice::MovedWithParent { .. }
        | Notice::LeftWithoutParent { .. }
        | Notice::ColumnPassedOver { .. }
        | Notice::TotalRowDiffers { .. }
        | Notice::HiddenSheetPassedOver { .. }
        | Notice::PeriodNotEnded { .. }
        | Notice::EmptyCellsKept { .. }
        | Notice::PhotographsKept { .. }
        | Notice::NothingToWithdraw { .. }
        | Notice::More { .. } => None,
    }
}
