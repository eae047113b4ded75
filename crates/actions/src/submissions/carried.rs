//! The forms that somebody carries along, to be filled where there is no network.

use domain::access::{Actor, Right};
use domain::form::Form;
use domain::period::Period;
use domain::submission::{State, Submission};
use domain::unit::UnitId;
use store::ReadTx;

use super::Occasion;
use super::entry::{self, EntryPage};
use super::work::asked_periods;
use crate::accounts::Moment;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// Owed periods of one form and unit that are carried along, the oldest first: with more, a phone
/// would fetch years of arrears that nobody fills on the way.
const OWED_MAX: usize = 6;

/// Forms carried along at most.
const FORMS_MAX: usize = 120;

/// The forms of an actor's own units: those owed, those that came back, the one of the period that
/// runs, and the one sent last, which may have to be corrected.
///
/// # Errors
/// The database failed.
pub fn carried(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
) -> Result<Vec<EntryPage>, Error> {
    let mut occasions = Vec::new();
    let own = who.units(Right::SendFigures, moment.today).into_iter().flatten();
    for unit in own {
        for form in snapshot.forms.iter().enumerate() {
            occasions.extend(of_form(tx, snapshot, form, unit, moment)?);
        }
    }
    occasions.truncate(FORMS_MAX);
    let mut pages = Vec::with_capacity(occasions.len());
    for occasion in &occasions {
        pages.push(entry::page(tx, snapshot, who, moment, occasion, None)?);
    }
    pages.sort_by(|a, b| (a.due, &a.occasion.form).cmp(&(b.due, &b.occasion.form)));
    Ok(pages)
}

fn of_form(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    (index, form): (usize, &Form),
    unit: UnitId,
    moment: Moment,
) -> Result<Vec<Occasion>, Error> {
    let periods = asked_periods(snapshot, (index, form), unit, moment.today);
    let (Some(&first), Some(&last)) = (periods.first(), periods.last()) else {
        return Ok(Vec::new());
    };
    let sent = store::submissions::latest_between(tx, &form.code, unit, (first, last))?;
    let newest = sent.iter().rev().find(|sent| sent.state != State::Returned);
    let newest = newest.map(|newest| newest.period);
    let state = |period: Period| {
        let same = |sent: &&Submission| sent.period == period;
        sent.iter().find(same).map(|sent| sent.state)
    };
    let mut owed = 0;
    let is_carried = |period: &Period| match state(*period) {
        Some(State::Returned) => true,
        Some(State::Draft | State::Submitted | State::Approved) => newest == Some(*period),
        None if form.calendar.days(*period).1 >= moment.today => true,
        None => {
            owed += 1;
            owed <= OWED_MAX
        }
    };
    let periods = periods.into_iter().filter(is_carried);
    Ok(periods.map(|period| Occasion { form: form.code.clone(), unit, period }).collect())
}

impl Workspace {
    /// The forms that somebody carries along.
    ///
    /// # Errors
    /// See [`carried`].
    pub fn carried_forms(&self, who: &Actor, moment: Moment) -> Result<Vec<EntryPage>, Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.read_blocking(move |tx| carried(tx, &snapshot, &who, moment))
    }
}
