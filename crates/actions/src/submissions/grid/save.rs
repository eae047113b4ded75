//! Saving and sending rows: what was typed is laid over what stands there by now, cell by cell.

use domain::access::{Actor, Right};
use domain::attachment::AttachmentId;
use domain::collecting::CollectingProblem;
use domain::form::Version;
use domain::refusal::{Location, Refused};
use domain::submission::State;
use store::{ReadTx, WriteTx};

use super::{Outcomes, RowOutcome, Scope, TypedField, TypedRow, alike};
use crate::accounts::Moment;
use crate::attachments;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::submissions::{Base, Occasion, Typed, asked, entry, send};

/// What a row comes to when it is laid over what stands there.
#[derive(Debug)]
pub(super) struct Merged {
    /// Every field of the form.
    pub(super) fields: Vec<TypedField>,
    /// The numbers of the fields that somebody else has changed to something else meanwhile.
    pub(super) clashes: Vec<usize>,
    /// Whether anything is new.
    pub(super) is_new: bool,
}

/// Saves what is new in rows as drafts, right or wrong.
///
/// # Errors
/// The actor may not send the figures of a unit, the form does not ask it for them, or the database
/// failed. What somebody else has changed meanwhile is refused row by row.
pub(super) fn save(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    scope: &Scope,
    rows: &[TypedRow],
) -> Result<Outcomes, Error> {
    let mut outcomes = Vec::with_capacity(rows.len());
    for row in rows {
        let desk = Desk::open(tx, snapshot, (who, moment), scope, row)?;
        let outcome = match desk.refused() {
            Some(refused) => RowOutcome::Refused(refused),
            None if !desk.merged.is_new => RowOutcome::Untouched,
            None => {
                send::save_draft(tx, snapshot, who, moment, &desk.occasion, &desk.typed())?;
                RowOutcome::Saved
            }
        };
        outcomes.push((row.unit, outcome));
    }
    Ok(outcomes)
}

/// Sends the rows that hold something which was not sent yet. What cannot be sent is saved.
///
/// # Errors
/// As of [`save`]; what is wrong with a row's figures is refused row by row.
pub(super) fn send(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    scope: &Scope,
    rows: &[TypedRow],
) -> Result<Outcomes, Error> {
    let mut outcomes = Vec::with_capacity(rows.len());
    for row in rows {
        let desk = Desk::open(tx, snapshot, (who, moment), scope, row)?;
        let outcome = match desk.refused() {
            Some(refused) => RowOutcome::Refused(refused),
            None if !desk.waits_to_be_sent() => RowOutcome::Untouched,
            None => {
                let typed = desk.typed();
                match send::submit(tx, snapshot, who, moment, &row.id, &desk.occasion, &typed) {
                    Ok(sent) => RowOutcome::Sent(sent),
                    Err(Error::Refused(refused)) => {
                        if desk.merged.is_new {
                            send::save_draft(tx, snapshot, who, moment, &desk.occasion, &typed)?;
                        }
                        RowOutcome::Refused(refused)
                    }
                    Err(error) => return Err(error),
                }
            }
        };
        outcomes.push((row.unit, outcome));
    }
    Ok(outcomes)
}

/// A row beside what stands there.
struct Desk {
    occasion: Occasion,
    base: Base,
    state: State,
    has_draft: bool,
    /// What stands beside the row, which the grid does not touch.
    attachments: Vec<AttachmentId>,
    merged: Merged,
}

impl Desk {
    fn open(
        tx: &mut ReadTx<'_>,
        snapshot: &Snapshot,
        (who, moment): (&Actor, Moment),
        scope: &Scope,
        row: &TypedRow,
    ) -> Result<Self, Error> {
        let Scope { form, period, .. } = scope;
        snapshot.check(who, Right::SendFigures, Some(row.unit), moment.today)?;
        let occasion = Occasion { form: form.clone(), unit: row.unit, period: *period };
        let version = asked(snapshot, &occasion, moment)?.version;
        let latest = store::submissions::latest(tx, form, row.unit, *period)?;
        let draft = store::drafts::find(tx, form, row.unit, *period)?;
        let merged = merged(tx, snapshot, version, &occasion, row)?;
        let standing = attachments::standing(tx, &occasion, (draft.as_ref(), latest.as_ref()))?;
        Ok(Self {
            base: Base::of(latest.as_ref(), draft.as_ref()),
            state: latest.map_or(State::Draft, |latest| latest.state),
            has_draft: draft.is_some(),
            attachments: standing.into_iter().map(|attachment| attachment.id).collect(),
            occasion,
            merged,
        })
    }

    /// Why nothing of the row can be taken.
    fn refused(&self) -> Option<Vec<Refused>> {
        let refused = |row: usize, why: CollectingProblem| {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            Refused { at: Location { row, ..Location::default() }, why: why.into() }
        };
        if !self.merged.clashes.is_empty() {
            let clashes = self.merged.clashes.iter();
            return Some(
                clashes.map(|at| refused(*at, CollectingProblem::ChangedMeanwhile)).collect(),
            );
        }
        // What was approved is corrected on its own page, with a reason.
        let is_locked = self.state == State::Approved && self.merged.is_new;
        is_locked.then(|| vec![refused(0, CollectingProblem::CorrectionWithoutReason)])
    }

    fn waits_to_be_sent(&self) -> bool {
        let is_filled = self.merged.fields.iter().any(|field| !field.text.trim().is_empty());
        let is_open = self.merged.is_new || self.has_draft && self.state != State::Approved;
        is_filled && is_open
    }

    fn typed(&self) -> Typed {
        let (fields, attachments) = (self.merged.fields.clone(), self.attachments.clone());
        Typed { fields, attachments, base: self.base, ..Typed::default() }
    }
}

/// Lays a row over what stands there. A cell that was left as it was drawn takes what stands there
/// by now; one that both have changed is a clash.
pub(super) fn merged(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    version: &Version,
    occasion: &Occasion,
    row: &TypedRow,
) -> Result<Merged, store::Error> {
    let Occasion { form: code, unit, period } = occasion;
    let latest = store::submissions::latest(tx, code, *unit, *period)?;
    let draft = store::drafts::find(tx, code, *unit, *period)?;
    let standing = entry::standing(tx, snapshot, version, (draft.as_ref(), latest.as_ref()))?;
    Ok(laid_over(standing, row))
}

fn laid_over(mut fields: Vec<TypedField>, row: &TypedRow) -> Merged {
    let (mut clashes, mut is_new) = (Vec::new(), false);
    for (at, field) in fields.iter_mut().enumerate() {
        let mut cells = row.cells.iter();
        let same = cells.find(|cell| cell.item == field.item && cell.class == field.class);
        let Some(cell) = same else { continue };
        let was = row.was.get(at).map_or("", String::as_str);
        if !alike(&cell.text, was) && !alike(&cell.text, &field.text) {
            if !alike(&field.text, was) {
                clashes.push(at + 1);
            }
            field.text.clone_from(&cell.text);
            // The reason and the note were about another figure.
            field.reason.clear();
            field.note.clone_from(&row.note);
            is_new = true;
        }
        if let Some(reason) = cell.reason.as_ref().filter(|reason| **reason != field.reason) {
            field.reason.clone_from(reason);
            is_new = true;
        }
    }
    Merged { fields, clashes, is_new }
}

#[cfg(test)]
mod tests {
    use domain::unit::UnitId;

    use super::super::TypedCell;
    use super::*;

    fn field(text: &str) -> TypedField {
        TypedField {
            item: "A01".to_owned(),
            text: text.to_owned(),
            note: "cũ".to_owned(),
            reason: "vì".to_owned(),
            ..TypedField::default()
        }
    }

    fn row(was: &str, text: &str, reason: Option<&str>) -> TypedRow {
        let cell = TypedCell {
            item: "A01".to_owned(),
            class: String::new(),
            text: text.to_owned(),
            reason: reason.map(str::to_owned),
        };
        let (id, note) = (String::new(), "mới".to_owned());
        TypedRow { unit: UnitId(1), id, note, was: vec![was.to_owned()], cells: vec![cell] }
    }

    #[test]
    fn each_cell_is_laid_over_what_stands_there_by_now() {
        // Standing, drawn, typed, reason → what comes out, a clash, anything new.
        let cases = [
            ("5", "5", "5", None, ("5", "cũ", "vì"), false, false),
            ("5", "5", "7", None, ("7", "mới", ""), false, true),
            ("5", "5", "", None, ("", "mới", ""), false, true),
            ("6", "5", "5", None, ("6", "cũ", "vì"), false, false),
            ("6", "5", "6", None, ("6", "cũ", "vì"), false, false),
            ("6", "5", "7", None, ("7", "mới", ""), true, true),
            ("1,5", "", "1.50", None, ("1,5", "cũ", "vì"), false, false),
            ("5", "5", " 5 ", None, ("5", "cũ", "vì"), false, false),
            ("trên  5", "trên 5", "trên 5", None, ("trên  5", "cũ", "vì"), false, false),
            ("5", "5", "5", Some("do sáp nhập"), ("5", "cũ", "do sáp nhập"), false, true),
            ("5", "5", "7", Some("do sáp nhập"), ("7", "mới", "do sáp nhập"), false, true),
            ("5", "5", "5", Some("vì"), ("5", "cũ", "vì"), false, false),
        ];
        for (standing, was, text, reason, (comes, note, because), clash, new) in cases {
            let merged = laid_over(vec![field(standing)], &row(was, text, reason));
            let name = format!("{standing}, drawn {was}, typed {text}, {reason:?}");
            let [field] = &merged.fields[..] else { panic!("{name}") };
            assert_eq!(
                (&*field.text, &*field.note, &*field.reason),
                (comes, note, because),
                "{name}"
            );
            assert_eq!((merged.clashes.len() == 1, merged.is_new), (clash, new), "{name}");
        }
    }

    #[test]
    fn cells_that_were_not_drawn_stay_as_they_are() {
        let row = TypedRow { cells: Vec::new(), ..row("5", "7", None) };
        let merged = laid_over(vec![field("5")], &row);
        assert!(!merged.is_new && merged.clashes.is_empty());
        assert_eq!(merged.fields, vec![field("5")]);
    }
}
