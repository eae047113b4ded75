//! One cell of a grid through time: every revision of the figure, what stood in the period before,
//! and the targets it serves.

use domain::access::{Actor, Right};
use domain::indicator::Indicator;
use domain::number::{Fraction, Quantity};
use domain::refusal::{Noun, Refusal};
use domain::submission::State;
use store::ReadTx;

use crate::accounts::Moment;
use crate::answer::View;
use crate::error::Error;
use crate::figure::figure;
use crate::snapshot::Snapshot;
use crate::submissions::entry::{previous, quantity};
use crate::submissions::{Occasion, asked, field_key, name_of, sender};
use crate::workspace::Workspace;

/// A cell through time.
#[derive(Debug, Clone, PartialEq)]
pub struct CellHistory {
    /// The revisions, newest first.
    pub revisions: Vec<CellRevision>,
    /// The period before.
    pub previous: Option<Quantity>,
    /// The indicators that count the item and have a target for the unit, with its value.
    pub targets: Vec<(Indicator, Fraction)>,
}

/// The figure in one revision.
#[derive(Debug, Clone, PartialEq)]
pub struct CellRevision {
    /// The number of the revision.
    pub revision: u32,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// The name of who sent it; empty for files and the console.
    pub sender: String,
    /// How far it came.
    pub state: State,
    /// The figure; none when it was left empty.
    pub value: Option<Quantity>,
}

/// A cell through time; `field` is the key of its field.
///
/// # Errors
/// The actor may not send the unit's figures, the form does not ask for the field, or the database
/// failed.
fn history(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    occasion: &Occasion,
    field: &str,
) -> Result<CellHistory, Error> {
    snapshot.check(who, Right::SendFigures, Some(occasion.unit), moment.today)?;
    let version = asked(snapshot, occasion, moment)?.version;
    let missing = || Refusal::NotFound { noun: Noun::Item, key: field.to_owned() };
    let items = version.items().filter_map(|item| snapshot.item_by_id(item));
    let mut fields = items.flat_map(|item| {
        let classes = item.classes.iter().map(|class| class.code.as_str());
        std::iter::once("").chain(classes).map(move |class| (item, class))
    });
    let is_asked =
        |(item, class): &(&domain::item::Item, &str)| field_key(&item.code, class) == field;
    let (item, class) = fields.find(is_asked).ok_or_else(missing)?;
    let mut revisions = Vec::new();
    for sent in store::submissions::of_unit(tx, occasion.unit)? {
        if sent.form != occasion.form || sent.period != occasion.period {
            continue;
        }
        let sender = sender(&store::deeds::of_submission(tx, &sent.id)?);
        revisions.push(CellRevision {
            revision: sent.revision,
            received_ms: sent.received_ms,
            sender: name_of(tx, sender)?,
            state: sent.state,
            value: quantity(&sent.figures, item.id, class),
        });
    }
    revisions.reverse();
    let counts = |indicator: &&Indicator| {
        indicator.formula.items().into_iter().any(|named| named.code == item.code)
    };
    let target = |indicator: &Indicator| {
        let Occasion { unit, period, .. } = occasion;
        let answer = figure(snapshot, &indicator.code, *unit, *period, View::Reported).ok()?;
        Some((indicator.clone(), answer.target?.value))
    };
    Ok(CellHistory {
        previous: quantity(&previous(tx, occasion)?, item.id, class),
        targets: snapshot.indicators.iter().filter(counts).filter_map(target).collect(),
        revisions,
    })
}

impl Workspace {
    /// A cell of a grid through time.
    ///
    /// # Errors
    /// See [`history`].
    pub fn cell_history(
        &self,
        who: &Actor,
        moment: Moment,
        occasion: &Occasion,
        field: &str,
    ) -> Result<CellHistory, Error> {
        let (snapshot, who) = (self.planned()?, who.clone());
        let (occasion, field) = (occasion.clone(), field.to_owned());
        self.database
            .read_blocking(move |tx| history(tx, &snapshot, &who, moment, &occasion, &field))
    }
}
