//! What a form's figures are for: the targets that its items count towards, and how those stand.

use domain::access::{Actor, Right};
use domain::expression::{ItemReference, NodeKind, Offset, Reach};
use domain::indicator::Indicator;
use domain::unit::UnitId;

use super::{Occasion, wanted};
use crate::accounts::Moment;
use crate::answer::{FigureAnswer, View};
use crate::error::Error;
use crate::figure::{course, figure};
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;

/// An item that counts towards a target, and how the target stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The item's code.
    pub item: String,
    /// The indicator that counts the item.
    pub indicator: Indicator,
    /// Its figure up to the end of the period, with the target: of the unit that reports, or of the
    /// nearest one above that has a target.
    pub figure: FigureAnswer,
}

/// The targets that the items of a form count towards directly, as far as an actor may see them.
///
/// # Errors
/// There is no such form, or the data contradict themselves.
pub fn aims(
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    occasion: &Occasion,
) -> Result<Vec<Aim>, Error> {
    let version = wanted(snapshot, occasion)?.version;
    let mut aims = Vec::new();
    for item in version.items().filter_map(|item| snapshot.item_by_id(item)) {
        for indicator in snapshot.indicators.iter().filter(|it| counts(it, &item.code)) {
            let Some(figure) = nearest(snapshot, who, moment, indicator, occasion)? else {
                continue;
            };
            let (item, indicator) = (item.code.clone(), indicator.clone());
            aims.push(Aim { item, indicator, figure });
        }
    }
    Ok(aims)
}

/// Whether an indicator is nothing but the count of an item.
fn counts(indicator: &Indicator, item: &str) -> bool {
    matches!(
        &indicator.formula.root().kind,
        NodeKind::Item(ItemReference { code, class: None, offset: Offset::Same, reach: Reach::Period })
            if code == item
    )
}

/// The figure of the nearest unit that has a target, from the reporting one upwards.
fn nearest(
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    indicator: &Indicator,
    occasion: &Occasion,
) -> Result<Option<FigureAnswer>, Error> {
    let Occasion { unit, period, .. } = occasion;
    let above = snapshot.above(*unit, snapshot.end_of(*period));
    let upwards: Vec<UnitId> =
        std::iter::once(*unit).chain(above.into_iter().rev().map(|above| above.id)).collect();
    for unit in upwards {
        let has_target = !snapshot.targets(&indicator.code, unit).is_empty();
        let may_see = snapshot.check(who, Right::SeeFigures, Some(unit), moment.today).is_ok();
        if !has_target || !may_see {
            continue;
        }
        let span = course::to_date(snapshot, indicator, unit, *period);
        let figure = figure(snapshot, &indicator.code, unit, span, View::Reported)?;
        if figure.target.is_some() {
            return Ok(Some(figure));
        }
    }
    Ok(None)
}

impl Workspace {
    /// The targets that the items of a form count towards.
    ///
    /// # Errors
    /// See [`aims`].
    pub fn aims(
        &self,
        who: &Actor,
        moment: Moment,
        occasion: &Occasion,
    ) -> Result<Vec<Aim>, Error> {
        aims(&*self.snapshot()?, who, moment, occasion)
    }
}
