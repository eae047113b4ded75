//! The pages of stocktakes: those of a unit, and one with all that stands around it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::access::{Actor, Right};
use domain::difficulty::DifficultyId;
use domain::directive::Directive;
use domain::indicator::Indicator;
use domain::item::Bilingual;
use domain::period::Period;
use domain::stocktake::{Forecast, Frozen, Item, Place, Stocktake, StocktakeId, Topic};
use domain::task::{BriefId, State, Task};
use domain::unit::UnitId;
use jiff::civil::Date;
use store::ReadTx;

use super::{figures_now, missing};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::tasks::TaskBook;
use crate::tasks::list::{Line, line};
use crate::workspace::Workspace;

/// Stocktakes that a list shows.
const LISTED_MAX: u32 = 50;

/// The stocktakes of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct StocktakeList {
    /// Whose.
    pub unit: UnitName,
    /// The newest first.
    pub stocktakes: Vec<Stocktake>,
}

/// A stocktake that is neither closed nor called off.
#[derive(Debug, Clone, PartialEq)]
pub struct StocktakeAhead {
    /// The stocktake.
    pub stocktake: Stocktake,
    /// Whose.
    pub unit: UnitName,
}

/// The page of a stocktake.
#[derive(Debug, Clone, PartialEq)]
pub struct StocktakePage {
    /// The stocktake.
    pub stocktake: Stocktake,
    /// Whose.
    pub unit: UnitName,
    /// The agenda.
    pub items: Vec<Agenda>,
    /// The indicators that can be forecast, with what was frozen and forecast.
    pub figures: Vec<FigureLine>,
    /// The stocktake before, when it forecast anything.
    pub before: Option<(StocktakeId, Date)>,
    /// Whether the reader may write.
    pub is_writer: bool,
    /// On which day it is read.
    pub today: Date,
}

/// An item with what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Agenda {
    /// The item.
    pub item: Item,
    /// What it is about.
    pub about: About,
    /// The tasks that were decided there, one of each brief.
    pub decisions: Vec<Line>,
}

impl Agenda {
    /// The tasks that still stand: given, and not cancelled since.
    pub fn standing(&self) -> impl Iterator<Item = &Line> {
        self.decisions.iter().filter(|line| stands(&line.task))
    }

    /// Whether anything was concluded about it: what was said of something left out counts for
    /// nothing, but its tasks do.
    #[must_use]
    pub fn is_concluded(&self) -> bool {
        let has_minutes = !self.item.minutes.is_empty() && self.item.place == Place::Kept;
        has_minutes || self.standing().next().is_some()
    }
}

/// Whether a task is one that somebody was given and that was not cancelled since.
pub(super) fn stands(task: &Task) -> bool {
    match task.state {
        State::Draft | State::Cancelled => false,
        State::Given
        | State::Accepted
        | State::Declined
        | State::Underway
        | State::AwaitingConfirmation
        | State::Redo
        | State::Paused
        | State::Done => true,
    }
}

/// What an item is about.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// An indicator.
    Indicator(Box<Indicator>),
    /// Tasks that were given together, by what they ask for.
    Tasks(BriefId, String),
    /// Plans that a directive asks for.
    Plans(Box<Directive>),
    /// A form for a period.
    Form(Bilingual, Period),
    /// A difficulty, by what stands in the way.
    Difficulty(DifficultyId, String),
    /// Words; or something that is gone.
    Words,
}

/// An indicator with its figure and its forecasts.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureLine {
    /// The indicator.
    pub indicator: Indicator,
    /// The figure as it was frozen, before that as it is now.
    pub figure: Frozen,
    /// What the stocktake before forecast.
    pub before: Option<Forecast>,
    /// What this one forecasts.
    pub forecast: Option<Forecast>,
}

impl Workspace {
    /// The stocktakes of a unit.
    ///
    /// # Errors
    /// The actor may not look at the unit, or the database failed.
    pub fn stocktakes(
        &self,
        who: &Actor,
        moment: Moment,
        unit: UnitId,
    ) -> Result<StocktakeList, Error> {
        let snapshot = self.snapshot()?;
        snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
        let stocktakes = self.database.read_blocking(move |tx| -> Result<_, Error> {
            Ok(store::stocktakes::of_unit(tx, unit, LISTED_MAX)?)
        })?;
        Ok(StocktakeList { unit: snapshot.name(unit, moment.today), stocktakes })
    }

    /// The stocktakes to come of the units in which the actor gives tasks, the first to
    /// come first.
    ///
    /// # Errors
    /// The database failed.
    pub fn stocktakes_ahead(
        &self,
        who: &Actor,
        moment: Moment,
    ) -> Result<Vec<StocktakeAhead>, Error> {
        let snapshot = self.snapshot()?;
        let own: BTreeSet<UnitId> =
            who.units(Right::GiveTasks, moment.today).into_iter().flatten().collect();
        let open = self.database.read_blocking(store::stocktakes::open)?;
        let ahead = open.into_iter().filter(|one| own.contains(&one.unit));
        let named = |stocktake: Stocktake| StocktakeAhead {
            unit: snapshot.name(stocktake.unit, moment.today),
            stocktake,
        };
        Ok(ahead.map(named).collect())
    }

    /// The page of a stocktake.
    ///
    /// # Errors
    /// There is none, the actor may not look at its unit, or the database failed.
    pub fn stocktake_page(
        &self,
        who: &Actor,
        moment: Moment,
        id: StocktakeId,
    ) -> Result<StocktakePage, Error> {
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        let (stocktake, of_unit, troubles) =
            self.database.read_blocking(move |tx| -> Result<_, Error> {
                let stocktake = store::stocktakes::find(tx, id)?.ok_or_else(|| missing(id))?;
                let of_unit = store::stocktakes::of_unit(tx, stocktake.unit, LISTED_MAX)?;
                let troubles = troubles(tx, &stocktake)?;
                Ok((stocktake, of_unit, troubles))
            })?;
        let unit = stocktake.unit;
        snapshot.check(who, Right::SeeFigures, Some(unit), moment.today)?;
        // What was expected of another span says nothing about this one.
        let is_before = |one: &&Stocktake| {
            (one.day, one.id) < (stocktake.day, stocktake.id)
                && one.period == stocktake.period
                && one.called_off.is_none()
                && !one.forecasts.is_empty()
        };
        let before = of_unit.iter().find(is_before);
        let agenda = |item: &Item| Agenda {
            about: about(&snapshot, &book, &troubles, item),
            decisions: decisions(&snapshot, &book, (id, item.number), moment.today),
            item: item.clone(),
        };
        let mut items: Vec<Agenda> = stocktake.items.iter().map(agenda).collect();
        self.name_leads(items.iter_mut().flat_map(|item| &mut item.decisions))?;
        Ok(StocktakePage {
            unit: snapshot.name(unit, moment.today),
            items,
            figures: figures(&snapshot, &stocktake, before)?,
            before: before.map(|one| (one.id, one.day)),
            is_writer: snapshot.check(who, Right::GiveTasks, Some(unit), moment.today).is_ok(),
            today: moment.today,
            stocktake,
        })
    }
}

/// What stands in the way, of the difficulties on an agenda.
fn troubles(
    tx: &mut ReadTx<'_>,
    stocktake: &Stocktake,
) -> Result<HashMap<DifficultyId, String>, Error> {
    let mut troubles = HashMap::new();
    for item in stocktake.items.iter().filter(|item| item.topic == Topic::Difficulty) {
        let Ok(id) = item.thing.parse().map(DifficultyId) else { continue };
        if let Some(words) = store::difficulties::words(tx, id)? {
            troubles.insert(id, words.trouble);
        }
    }
    Ok(troubles)
}

fn about(
    snapshot: &Snapshot,
    book: &TaskBook,
    troubles: &HashMap<DifficultyId, String>,
    item: &Item,
) -> About {
    let found = match item.topic {
        Topic::Behind => {
            let indicator = snapshot.indicator(&item.thing).ok();
            indicator.map(|indicator| About::Indicator(Box::new(indicator.clone())))
        }
        Topic::LateTask | Topic::Undecided => item.thing.parse().ok().and_then(|number| {
            let brief = book.brief(BriefId(number))?;
            Some(About::Tasks(brief.id, brief.words.work.clone()))
        }),
        Topic::LatePlan => {
            let directive = snapshot.directives.iter().find(|known| known.code == item.thing);
            directive.map(|directive| About::Plans(Box::new(directive.clone())))
        }
        Topic::Difficulty => item.thing.parse().ok().and_then(|number| {
            let id = DifficultyId(number);
            Some(About::Difficulty(id, troubles.get(&id)?.clone()))
        }),
        Topic::LateForm => item.thing.split_once('/').and_then(|(form, period)| {
            let name = snapshot.form_name(form);
            Some(About::Form(name, Period::parse(period).ok()?))
        }),
        Topic::Words => None,
    };
    found.unwrap_or(About::Words)
}

/// What was decided about an item: of the tasks that were given together one, that stands if any does.
fn decisions(
    snapshot: &Snapshot,
    book: &TaskBook,
    (stocktake, item): (StocktakeId, u32),
    today: Date,
) -> Vec<Line> {
    let is_decided = |brief: &&Arc<domain::task::Brief>| {
        let decided = brief.origin.decided;
        decided.is_some_and(|at| (at.stocktake, at.item) == (stocktake, item))
    };
    let briefs = book.briefs().iter().filter(is_decided);
    let first = briefs.filter_map(|brief| {
        let standing = book.together(brief.id).find(|task| stands(task));
        standing.or_else(|| book.together(brief.id).next())
    });
    first.filter_map(|task| line(snapshot, book, task, today)).collect()
}

fn figures(
    snapshot: &Snapshot,
    stocktake: &Stocktake,
    before: Option<&Stocktake>,
) -> Result<Vec<FigureLine>, Error> {
    let of = |stocktake: &Stocktake, code: &str| {
        stocktake.forecasts.iter().find(|known| known.indicator == code).cloned()
    };
    let figures = match &stocktake.pack {
        Some(pack) => pack.figures.clone(),
        None => figures_now(snapshot, stocktake)?,
    };
    let line = |figure: Frozen| {
        Some(FigureLine {
            before: before.and_then(|before| of(before, &figure.indicator)),
            forecast: of(stocktake, &figure.indicator),
            indicator: snapshot.indicator(&figure.indicator).ok()?.clone(),
            figure,
        })
    };
    Ok(figures.into_iter().filter_map(line).collect())
}
