//! Stocktakes: calling one, writing its agenda and minutes, freezing its figures, closing it.

mod agenda;
pub mod conclusions;
pub mod page;

use domain::access::{Actor, Right};
use domain::number::Decimal;
use domain::refusal::{Noun, Refusal};
use domain::stocktake::{
    Act, CalledOff, Forecast, Frozen, Invitation, Item, Meeting, Pack, Place, Stocktake,
    StocktakeId, Topic, check_day,
};
use domain::stocktaking::{Said, StocktakingProblem};
use domain::text;
use domain::unit::UnitId;
use jiff::civil::Date;
use store::{ReadTx, WriteTx};

use crate::accounts::Moment;
use crate::answer::View;
use crate::door::{self, Deed, Doer, Kind, payload};
use crate::entrance::Entrance;
use crate::error::Error;
use crate::figure;
use crate::secrets::Secrets;
use crate::snapshot::{self, Snapshot};

use agenda::Desk;

/// The most items of an agenda.
pub const ITEMS_MAX: usize = 60;

/// The longest words, in characters.
pub const WORDS_MAX: usize = 4_000;

/// A meeting about to be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Whose.
    pub unit: UnitId,
    /// Which kind.
    pub meeting: Meeting,
    /// When, where, by whom and about which span.
    pub invitation: Invitation,
}

/// What is done with a stocktake in one go: what was written on its page, and then something more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Items that are kept or left out, with their minutes.
    pub written: Vec<Written>,
    /// What more.
    pub then: Then,
}

/// What is done with a stocktake beside writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// Nothing.
    Nothing,
    /// An item is added in words.
    Add(String),
    /// A forecast is entered; it takes the place of the one before.
    Forecast {
        /// The indicator, by code.
        indicator: String,
        /// The expected value.
        value: Decimal,
        /// How sure they are, from 1 to 10.
        confidence: u8,
        /// Why.
        reason: String,
    },
    /// What it is called by is corrected.
    Correct {
        /// As it stood on the page on which it was corrected.
        before: Invitation,
        /// As it is to stand.
        after: Invitation,
    },
    /// The figures are frozen.
    Freeze,
    /// It is closed.
    Close,
    /// It is called off, for this reason.
    CallOff(String),
}

/// An item as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Which.
    pub number: u32,
    /// As it stood on the page on which it was written.
    pub before: Noted,
    /// As it is to stand.
    pub after: Noted,
}

/// What is noted about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Whether it is spoken about.
    pub place: Place,
    /// What was said and concluded.
    pub minutes: String,
}

impl Entrance {
    /// Calls a stocktake, with an agenda made from what is behind, late and undecided.
    ///
    /// # Errors
    /// The actor may not give tasks in the unit; something is not said, or the day too long ago; or
    /// the database failed.
    pub fn call_stocktake(
        &self,
        who: &Actor,
        moment: Moment,
        draft: Draft,
    ) -> Result<StocktakeId, Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        // The agenda is made from what there is by now.
        self.workspace.snapshot()?;
        let (book, difficulties) = (self.workspace.task_book()?, self.workspace.difficulty_book()?);
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            let by = snapshot.doer(&actor, Right::GiveTasks, Some(draft.unit), moment.today)?;
            let desk = Desk {
                snapshot,
                book: &book,
                difficulties: &difficulties,
                unit: draft.unit,
                moment,
            };
            check_day(draft.invitation.day, moment.today)?;
            let Invitation { day, place, chair, period } = invited(&draft.invitation)?;
            let stocktake = Stocktake {
                id: store::stocktakes::next_id(tx)?,
                unit: draft.unit,
                meeting: draft.meeting,
                day,
                place,
                chair,
                period,
                items: agenda::made(tx, &desk)?,
                pack: None,
                forecasts: Vec::new(),
                closed_on: None,
                called_off: None,
            };
            store::stocktakes::insert(tx, &stocktake)?;
            record(tx, &secrets, (by, moment), Act::Call, &stocktake)?;
            Ok(stocktake.id)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }

    /// Does something with a stocktake.
    ///
    /// # Errors
    /// There is none, or the actor may not give tasks in its unit; it is closed, called off or not
    /// held yet, its figures are frozen already, or not yet; something is not said or too much; or
    /// the database failed.
    pub fn change_stocktake(
        &self,
        who: &Actor,
        moment: Moment,
        id: StocktakeId,
        change: Change,
    ) -> Result<(), Error> {
        let (actor, secrets) = (who.clone(), self.secrets.clone());
        // What is frozen rests on the figures of now.
        self.workspace.snapshot()?;
        let done = self.workspace.write_blocking_by_plan(move |tx, snapshot| {
            let mut stocktake = store::stocktakes::find(tx, id)?.ok_or_else(|| missing(id))?;
            let by = snapshot.doer(&actor, Right::GiveTasks, Some(stocktake.unit), moment.today)?;
            let act = apply(tx, snapshot, moment, &mut stocktake, &change)?;
            store::stocktakes::save(tx, &stocktake)?;
            record(tx, &secrets, (by, moment), act, &stocktake)
        });
        self.workspace.noting_denials(done, who, moment.now_ms)
    }
}

/// The error of a stocktake that there is not.
pub(crate) fn missing(id: StocktakeId) -> Error {
    Refusal::NotFound { noun: Noun::Stocktake, key: id.0.to_string() }.into()
}

fn record(
    tx: &mut WriteTx<'_>,
    secrets: &Secrets,
    (by, moment): (Doer, Moment),
    act: Act,
    stocktake: &Stocktake,
) -> Result<(), Error> {
    let deed = Deed::new(
        Kind::Stocktake(act),
        stocktake.id.0.to_string(),
        payload::stocktakes::content(stocktake),
    );
    let words = payload::stocktakes::words(stocktake);
    let deed = deed.about(Some(stocktake.unit));
    let deed = deed.committing(secrets, payload::stocktakes::WORDS, &words)?;
    door::record(tx, by, moment.now_ms, deed).map(drop)
}

/// Changes a stocktake; gives back what was done.
fn apply(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    moment: Moment,
    stocktake: &mut Stocktake,
    change: &Change,
) -> Result<Act, Error> {
    let act = match change.then {
        Then::Nothing | Then::Add(_) | Then::Forecast { .. } => Act::Write,
        Then::Correct { .. } => Act::Correct,
        Then::Freeze => Act::Freeze,
        Then::Close => Act::Close,
        Then::CallOff(_) => Act::CallOff,
    };
    stocktake.allows(act, moment.today)?;
    write(stocktake, &change.written)?;
    match &change.then {
        Then::Nothing => {}
        Then::Add(title) => {
            if stocktake.items.len() >= ITEMS_MAX {
                return Err(StocktakingProblem::TooMany { items_max: ITEMS_MAX }.into());
            }
            let last = stocktake.items.iter().map(|item| item.number).max().unwrap_or(0);
            stocktake.items.push(Item {
                number: last + 1,
                topic: Topic::Words,
                thing: String::new(),
                title: said(title, Said::Title)?,
                place: Place::Kept,
                minutes: String::new(),
            });
        }
        Then::Forecast { indicator, value, confidence, reason } => {
            let indicator = snapshot.indicator(indicator)?.code.clone();
            if !(1..=10).contains(confidence) {
                return Err(StocktakingProblem::Confidence.into());
            }
            let reason = said(reason, Said::Reason)?;
            stocktake.forecasts.retain(|known| known.indicator != indicator);
            let (value, confidence) = (*value, *confidence);
            stocktake.forecasts.push(Forecast { indicator, value, confidence, reason });
        }
        Then::Correct { before, after } => correct(stocktake, before, after, moment.today)?,
        Then::Freeze => stocktake.pack = Some(pack(tx, snapshot, stocktake)?),
        Then::Close => stocktake.closed_on = Some(moment.today),
        Then::CallOff(reason) => {
            let reason = said(reason, Said::WhyCalledOff)?;
            stocktake.called_off = Some(CalledOff { on: moment.today, reason });
        }
    }
    Ok(act)
}

/// Corrects what a meeting is called by, unless somebody else did since.
fn correct(
    stocktake: &mut Stocktake,
    before: &Invitation,
    after: &Invitation,
    today: Date,
) -> Result<(), StocktakingProblem> {
    let now = stocktake.invitation();
    let after = invited(after)?;
    if now != invited(before)? && now != after {
        return Err(StocktakingProblem::CorrectedMeanwhile);
    }
    if after.day != now.day {
        check_day(after.day, today)?;
    }
    if after.period != now.period && stocktake.pack.is_some() {
        return Err(StocktakingProblem::PeriodFrozen);
    }
    let Invitation { day, place, chair, period } = after;
    (stocktake.day, stocktake.period) = (day, period);
    (stocktake.place, stocktake.chair) = (place, chair);
    Ok(())
}

/// What a meeting is called by, with all that has to be said.
fn invited(invitation: &Invitation) -> Result<Invitation, StocktakingProblem> {
    let Invitation { day, ref place, ref chair, period } = *invitation;
    Ok(Invitation {
        day,
        place: said(place, Said::Place)?,
        chair: said(chair, Said::Chair)?,
        period,
    })
}

/// Writes what was changed on a page, unless somebody else wrote about the same items since.
fn write(stocktake: &mut Stocktake, written: &[Written]) -> Result<(), StocktakingProblem> {
    let mut meanwhile = Vec::new();
    for one in written {
        let Some(item) = stocktake.items.iter_mut().find(|item| item.number == one.number) else {
            continue;
        };
        let (before, after) = (tidy(&one.before)?, tidy(&one.after)?);
        let now = Noted { place: item.place, minutes: item.minutes.clone() };
        if after == before || after == now {
            continue;
        }
        if now != before {
            meanwhile.push(item.number);
        }
        (item.place, item.minutes) = (after.place, after.minutes);
    }
    match meanwhile.as_slice() {
        [] => Ok(()),
        _ => Err(StocktakingProblem::ChangedMeanwhile { items: meanwhile }),
    }
}

fn tidy(noted: &Noted) -> Result<Noted, StocktakingProblem> {
    Ok(Noted { place: noted.place, minutes: short(&noted.minutes)? })
}

/// The headline figures of the unit as they are now, with the place in the ledger they rest on.
fn pack(tx: &mut ReadTx<'_>, snapshot: &Snapshot, stocktake: &Stocktake) -> Result<Pack, Error> {
    let ledger_size = store::ledger::size(tx)?;
    // The figures must be those of this very place in the ledger.
    if !snapshot.as_of.reaches(&snapshot::as_of(tx)?) {
        return Err(StocktakingProblem::FiguresMoved.into());
    }
    Ok(Pack { ledger_size, figures: figures_now(snapshot, stocktake)? })
}

/// The headline figures of the unit as they are now.
pub(crate) fn figures_now(
    snapshot: &Snapshot,
    stocktake: &Stocktake,
) -> Result<Vec<Frozen>, Error> {
    let mut figures = Vec::new();
    for indicator in snapshot.indicators.iter().filter(|indicator| indicator.headline) {
        let (unit, period) = (stocktake.unit, stocktake.period);
        let answer = figure::figure(snapshot, &indicator.code, unit, period, View::Reported)?;
        figures.push(Frozen {
            indicator: indicator.code.clone(),
            value: answer.value.ok(),
            target: answer.target.map(|target| target.value),
            status: answer.status,
            reported: answer.completeness.reported,
            expected: answer.completeness.expected,
        });
    }
    Ok(figures)
}

/// What has to be said, without the blanks around it.
fn said(text: &str, what: Said) -> Result<String, StocktakingProblem> {
    let text = short(text)?;
    if text.is_empty() { Err(StocktakingProblem::Unsaid { what }) } else { Ok(text) }
}

fn short(text: &str) -> Result<String, StocktakingProblem> {
    // Browsers end lines in their own way.
    let text = text::nfc(text.trim()).replace("\r\n", "\n");
    if text.chars().count() > WORDS_MAX {
        return Err(StocktakingProblem::TooLong { characters_max: WORDS_MAX });
    }
    Ok(text)
}
