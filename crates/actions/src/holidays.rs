//! Days of rest that an office enters: holidays by the moon, and days off in lieu.

use domain::access::{Actor, Right};
use domain::forming::FormingProblem;
use domain::item::Bilingual;
use domain::refusal::{Location, Noun, Refusal, Refused, Wanted};
use jiff::civil::Date;
use store::WriteTx;

use crate::accounts::Moment;
use crate::door::{self, Deed, Kind, payload};
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// The most days that are entered at once.
const DAYS_AT_ONCE_MAX: usize = 31;

/// Days of rest as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRest {
    /// The first of them.
    pub first: Option<Date>,
    /// The last of them; the first when none is named.
    pub last: Option<Date>,
    /// What they are called.
    pub name: Bilingual,
}

/// Which part of what was written something stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestPart {
    /// The first day.
    First,
    /// The last day.
    Last,
    /// What they are called in Vietnamese.
    NameVi,
    /// What they are called in English.
    NameEn,
}

/// The days that were written.
///
/// # Errors
/// What is wrong, in which part.
pub fn check(written: &WrittenRest) -> Result<Vec<Date>, Vec<(RestPart, Refusal)>> {
    let mut problems = Vec::new();
    let empty = |wanted| Refusal::BadValue { text: String::new(), wanted };
    let days = written.first.map(|first| days(first, written.last.unwrap_or(first)));
    match &days {
        None => problems.push((RestPart::First, empty(Wanted::Day))),
        Some(days) if (1..=DAYS_AT_ONCE_MAX).contains(&days.len()) => {}
        Some(_) => {
            let why = FormingProblem::RestSpan { most: DAYS_AT_ONCE_MAX };
            problems.push((RestPart::Last, why.into()));
        }
    }
    let names = [(RestPart::NameVi, &written.name.vi), (RestPart::NameEn, &written.name.en)];
    for (part, name) in names {
        if name.is_empty() {
            problems.push((part, empty(Wanted::Name)));
        }
    }
    match days {
        Some(days) if problems.is_empty() => Ok(days),
        Some(_) | None => Err(problems),
    }
}

/// The days from one to another, one more than are entered at once at most.
fn days(first: Date, last: Date) -> Vec<Date> {
    let days = first.series(jiff::Span::new().days(1));
    days.take_while(|day| *day <= last).take(DAYS_AT_ONCE_MAX + 1).collect()
}

/// Enters days of rest; those that were entered before have the new name. Also days that are over
/// may be entered: a deadline only ever becomes later by them, so nobody becomes late.
///
/// # Errors
/// The actor may not, something is wrong with them, or the database failed.
pub fn enter(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    written: &WrittenRest,
) -> Result<(), Error> {
    let by = snapshot.doer(who, Right::ManagePlan, None, moment.today)?;
    let refused = |(_, why)| Refused { at: Location::default(), why };
    let days = check(written)
        .map_err(|problems| Error::Refused(problems.into_iter().map(refused).collect()))?;
    for day in &days {
        store::holidays::save(tx, *day, &written.name)?;
    }
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(()) };
    let content = payload::object([
        ("last", last.to_string().into()),
        ("name_vi", written.name.vi.as_str().into()),
        ("name_en", written.name.en.as_str().into()),
    ]);
    let deed = Deed::new(Kind::HolidayEntered, first.to_string(), content);
    door::record(tx, by, moment.now_ms, deed)?;
    Ok(())
}

/// Takes a day of rest out that is still to come.
///
/// # Errors
/// The actor may not, no such day was entered, it is over, or the database failed.
pub fn remove(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    day: Date,
) -> Result<(), Error> {
    let by = snapshot.doer(who, Right::ManagePlan, None, moment.today)?;
    if day < moment.today {
        return Err(FormingProblem::RestIsOver { day }.into());
    }
    if !store::holidays::remove(tx, day)? {
        return Err(Refusal::NotFound { noun: Noun::Holiday, key: day.to_string() }.into());
    }
    let deed = Deed::new(Kind::HolidayRemoved, day.to_string(), payload::object([]));
    door::record(tx, by, moment.now_ms, deed)?;
    Ok(())
}

impl Workspace {
    /// Enters days of rest.
    ///
    /// # Errors
    /// See [`enter`].
    pub fn enter_holidays(
        &self,
        who: &Actor,
        moment: Moment,
        written: WrittenRest,
    ) -> Result<(), Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.write_blocking(move |tx| enter(tx, &snapshot, &who, moment, &written))
    }

    /// Takes a day of rest out.
    ///
    /// # Errors
    /// See [`remove`].
    pub fn remove_holiday(&self, who: &Actor, moment: Moment, day: Date) -> Result<(), Error> {
        let (snapshot, who) = (self.snapshot()?, who.clone());
        self.database.write_blocking(move |tx| remove(tx, &snapshot, &who, moment, day))
    }
}
