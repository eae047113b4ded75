//! The forms that somebody carries along, to be filled where there is no network.

use std::collections::BTreeSet;

use domain::access::{Actor, Right};
use domain::item::Bilingual;
use domain::period::Period;
use domain::submission::State;
use domain::unit::UnitId;
use store::ReadTx;

use super::Occasion;
use super::entry::{self, EntryPage};
use super::work::{Duties, came_back, duties};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Owed periods of one form and unit that are carried along, the oldest first: with more, a phone
/// would fetch years of arrears that nobody fills on the way.
const OWED_MAX: usize = 6;

/// Forms carried along at most.
const FORMS_MAX: usize = 120;

/// What somebody carries along.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// The forms, by due day.
    pub forms: Vec<EntryPage>,
    /// What is owed too and stays behind; it is carried along once what is older was sent.
    pub left_out: Vec<LeftOut>,
}

/// Owed periods of one form and unit that are not carried along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The form's name.
    pub form: Bilingual,
    /// Who reports.
    pub unit: UnitName,
    /// The oldest of them.
    pub first: Period,
    /// How many they are.
    pub count: usize,
}

/// What an actor carries along: of their own units what is owed, the period that runs and what was
/// sent last, which may have to be corrected; and what came back to them.
///
/// # Errors
/// The database failed.
pub fn carried(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
) -> Result<Carried, Error> {
    let own: Vec<UnitId> =
        who.units(Right::SendFigures, moment.today).into_iter().flatten().collect();
    let back = came_back(tx, snapshot, who, moment, &own)?;
    let back = back.into_iter().map(|it| it.occasion);
    let mut occasions: BTreeSet<Occasion> = back.take(FORMS_MAX).collect();
    let mut left_out = Vec::new();
    for unit in own {
        for (index, form) in snapshot.forms.iter().enumerate() {
            let asked = duties(tx, snapshot, (index, form), unit, moment.today)?;
            let Some(Duties { owed, running, sent, .. }) = asked else { continue };
            let room = FORMS_MAX.saturating_sub(occasions.len());
            let (along, behind) = owed.split_at(owed.len().min(room).min(OWED_MAX));
            let newest = sent.iter().rev().find(|sent| sent.state != State::Returned);
            let more = running.into_iter().chain(newest.map(|newest| newest.period));
            let periods = along.iter().copied().chain(more).take(room);
            occasions.extend(periods.map(|period| Occasion {
                form: form.code.clone(),
                unit,
                period,
            }));
            left_out.extend(behind.first().map(|first| LeftOut {
                form: form.name.clone(),
                unit: snapshot.name(unit, form.calendar.days(*first).1),
                first: *first,
                count: behind.len(),
            }));
        }
    }
    let mut forms = Vec::with_capacity(occasions.len());
    for occasion in &occasions {
        match entry::page(tx, snapshot, who, moment, occasion, None) {
            Ok(page) => forms.push(page),
            // What is not asked for any more came back all the same; nobody can fill it.
            Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    forms.sort_by(|a, b| (a.due, &a.occasion.form).cmp(&(b.due, &b.occasion.form)));
    Ok(Carried { forms, left_out })
}

impl Workspace {
    /// What somebody carries along.
    ///
    /// # Errors
    /// See [`carried`].
    pub fn carried_forms(&self, who: &Actor, moment: Moment) -> Result<Carried, Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.read_blocking(move |tx| carried(tx, &snapshot, &who, moment))
    }
}
