//! The grid: the forms of many units for one period in one table, on the screen and in a workbook.

pub mod history;
mod page;
mod save;
pub mod workbook;

use domain::access::Actor;
use domain::number::SCALE_MAX;
use domain::period::Period;
use domain::refusal::Refused;
use domain::text::{self, Typed as Number};
use domain::unit::UnitId;

pub use page::{Column, GridPage};
pub use workbook::Preview;

use super::{Sent, TypedField};
use crate::accounts::Moment;
use crate::error::Error;
use crate::workspace::Workspace;

/// What stands between the texts of a row that are carried along in one field.
pub const SEPARATOR: char = '|';

/// Which forms a grid holds: one form for one period, of a unit and all below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The form's code.
    pub form: String,
    /// The unit at the top.
    pub unit: UnitId,
    /// About which span.
    pub period: Period,
}

/// A unit's row as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedRow {
    /// Whose row it is.
    pub unit: UnitId,
    /// The id under which it is sent, if it is.
    pub id: String,
    /// What is written beside the figures that change.
    pub note: String,
    /// What stood in the row when it was drawn, in the order of the form's fields. What somebody
    /// else has changed since is told from what was typed by it.
    pub was: Vec<String>,
    /// The cells; of those left out nothing changes.
    pub cells: Vec<TypedCell>,
}

/// A cell as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCell {
    /// The item's code.
    pub item: String,
    /// The class; empty = the whole.
    pub class: String,
    /// The number as it was typed.
    pub text: String,
    /// Why a doubtful figure is right; none when nobody was asked.
    pub reason: Option<String>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum RowOutcome {
    /// Nothing in it was new.
    Untouched,
    /// It was saved.
    Saved,
    /// It was sent.
    Sent(Sent),
    /// It was not taken; the row of a refusal is the number of its field.
    Refused(Vec<Refused>),
}

/// Rows with what became of them.
pub type Outcomes = Vec<(UnitId, RowOutcome)>;

/// The words of one row as they travel in one field.
#[must_use]
pub fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.map(plain).collect();
    texts.join(&SEPARATOR.to_string())
}

/// A text as it is compared: without what surrounds it and what separates texts.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter == SEPARATOR);
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether two texts say the same: `1.5` and `1,50` do.
fn alike(one: &str, other: &str) -> bool {
    let number = |text: &str| match text::typed_number(text) {
        Number::Figure(figure) => {
            let value = figure.value.rescaled(SCALE_MAX).ok()?;
            Some((value, figure.qualifier, figure.percent, figure.measure))
        }
        Number::Missing | Number::Ratio { .. } | Number::Ambiguous { .. } | Number::Refused(_) => {
            None
        }
    };
    plain(one) == plain(other) || number(one).is_some_and(|one| number(other) == Some(one))
}

impl Workspace {
    /// The grid of a form and period.
    ///
    /// # Errors
    /// See [`page::page`].
    pub fn grid_page(
        &self,
        who: &Actor,
        moment: Moment,
        scope: &Scope,
        typed: Vec<TypedRow>,
    ) -> Result<GridPage, Error> {
        let (snapshot, who, scope) = (self.planned()?, who.clone(), scope.clone());
        self.database
            .read_blocking(move |tx| page::page(tx, &snapshot, &who, moment, &scope, &typed))
    }

    /// Saves what is new in rows as drafts.
    ///
    /// # Errors
    /// See [`save::save`].
    pub fn save_grid(
        &self,
        who: &Actor,
        moment: Moment,
        scope: &Scope,
        rows: Vec<TypedRow>,
    ) -> Result<Outcomes, Error> {
        let (actor, scope) = (who.clone(), scope.clone());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            save::save(tx, snapshot, &actor, moment, &scope, &rows)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// Sends the rows that are complete and not sent yet; each for itself.
    ///
    /// # Errors
    /// See [`save::send`].
    pub fn send_grid(
        &self,
        who: &Actor,
        moment: Moment,
        scope: &Scope,
        rows: Vec<TypedRow>,
    ) -> Result<Outcomes, Error> {
        let (actor, scope) = (who.clone(), scope.clone());
        let done = self.write_blocking_by_plan(move |tx, snapshot| {
            save::send(tx, snapshot, &actor, moment, &scope, &rows)
        });
        self.noting_denials(done, who, moment.now_ms)
    }

    /// What a filled workbook would change.
    ///
    /// # Errors
    /// See [`workbook::preview`].
    pub fn preview_workbook(
        &self,
        who: &Actor,
        moment: Moment,
        scope: &Scope,
        bytes: Vec<u8>,
    ) -> Result<Preview, Error> {
        let (snapshot, who, scope) = (self.planned()?, who.clone(), scope.clone());
        // Nobody makes us open a file who may not send at all.
        self.grid_page(&who, moment, &scope, Vec::new())?;
        let book = self.open_form(bytes)?;
        self.database
            .read_blocking(move |tx| workbook::preview(tx, &snapshot, &who, moment, &scope, &book))
    }
}
