//! What is made known of a closed stocktake: its conclusions, with the tasks that they became.

use std::sync::Arc;

use domain::access::Actor;
use domain::item::Bilingual;
use domain::stocktake::{Decided, StocktakeId};
use domain::stocktaking::StocktakingProblem;
use domain::task::Brief;
use jiff::civil::Date;

use super::page::{Agenda, StocktakePage, stands};
use crate::accounts::Moment;
use crate::answer::UnitName;
use crate::error::Error;
use crate::snapshot::Snapshot;
use crate::tasks::TaskBook;
use crate::workspace::Workspace;

/// What a notice of conclusions holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Conclusions {
    /// The stocktake with its agenda and its figures.
    pub page: StocktakePage,
    /// The unit whose agency writes, as it was called on that day.
    pub issuer: UnitName,
    /// The unit above it; a province has none.
    pub parent: Option<UnitName>,
    /// The day on which it was closed, which is that of the notice.
    pub closed_on: Date,
    /// The tasks that it became, in the order in which they were given.
    pub decisions: Vec<Decision>,
    /// The mark of sample data; empty for real ones.
    pub sample: Bilingual,
}

/// Tasks that were given together about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The number of the item.
    pub item: u32,
    /// What is to be done.
    pub work: String,
    /// What it is to bring about.
    pub product: String,
    /// Who leads, in the order of their tasks.
    pub leads: Vec<UnitName>,
    /// The latest deadline; none for tasks without one.
    pub deadline: Option<Date>,
}

impl Workspace {
    /// The conclusions of a closed stocktake.
    ///
    /// # Errors
    /// There is none, the actor may not look at its unit, it is not closed, nothing was concluded, or
    /// the database failed.
    pub fn conclusions(
        &self,
        who: &Actor,
        moment: Moment,
        id: StocktakeId,
    ) -> Result<Conclusions, Error> {
        let page = self.stocktake_page(who, moment, id)?;
        let Some(closed_on) = page.stocktake.closed_on else {
            return Err(StocktakingProblem::NotClosed.into());
        };
        if !page.items.iter().any(Agenda::is_concluded) {
            return Err(StocktakingProblem::NothingConcluded.into());
        }
        let (snapshot, book) = (self.snapshot()?, self.task_book()?);
        let unit = page.stocktake.unit;
        let briefs = book.briefs().iter();
        let decided = |brief: &Arc<Brief>| {
            let at = brief.origin.decided.filter(|at| at.stocktake == id)?;
            decision(&snapshot, &book, (brief, at), closed_on)
        };
        Ok(Conclusions {
            issuer: snapshot.name(unit, closed_on),
            parent: snapshot.above(unit, closed_on).pop(),
            closed_on,
            decisions: briefs.filter_map(decided).collect(),
            sample: snapshot.sample.clone(),
            page,
        })
    }
}

/// The tasks of a brief that stand; nothing when they are drafts or were all cancelled.
fn decision(
    snapshot: &Snapshot,
    book: &TaskBook,
    (brief, at): (&Brief, Decided),
    day: Date,
) -> Option<Decision> {
    let given = || book.together(brief.id).filter(|task| stands(task));
    given().next()?;
    let mut leads: Vec<UnitName> = given().map(|task| snapshot.name(task.lead.unit, day)).collect();
    leads.dedup_by_key(|lead| lead.id);
    Some(Decision {
        item: at.item,
        work: brief.words.work.clone(),
        product: brief.words.product.clone(),
        leads,
        deadline: given().filter_map(|task| task.deadline).max(),
    })
}
