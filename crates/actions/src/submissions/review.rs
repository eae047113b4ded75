//! Judging submissions: approving, returning with reasons, opening again.

use domain::access::{Actor, Right};
use domain::collecting::CollectingProblem;
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::submission::{Deed, Reason, Submission, after};
use store::{ReadTx, WriteTx};

use super::{levels, record};
use crate::accounts::Moment;
use crate::error::Error;
use crate::snapshot::Snapshot;

/// The longest reason, in characters.
const REASON_MAX: usize = 1_000;

/// Approves a submission.
///
/// # Errors
/// The actor may not judge the unit's figures or sent them, the submission does not wait or is not
/// the newest revision, or the database failed.
pub fn approve(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<(), Error> {
    judge(tx, snapshot, who, moment, id, (Deed::Approve, Vec::new()))
}

/// Approves several submissions, all or none; gives back how many.
///
/// # Errors
/// None is given; or what stands in the way of each, as of [`approve`], or that it carries doubts,
/// which ask for somebody who reads the reasons. The row of such a place says of which, from 1.
pub fn approve_many(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    ids: &[String],
) -> Result<usize, Error> {
    if ids.is_empty() {
        return Err(CollectingProblem::NothingChosen.into());
    }
    let mut refused = Vec::new();
    for (row, id) in (1..).zip(ids) {
        match approve_undoubted(tx, snapshot, who, moment, id) {
            Ok(()) => {}
            Err(Error::Refused(reasons)) => {
                let at = |reason: Refused| Refused {
                    at: Location { row, ..reason.at },
                    why: reason.why,
                };
                refused.extend(reasons.into_iter().map(at));
            }
            Err(failed) => return Err(failed),
        }
    }
    if refused.is_empty() { Ok(ids.len()) } else { Err(Error::Refused(refused)) }
}

fn approve_undoubted(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<(), Error> {
    if store::deeds::sending(tx, id)?.is_some_and(|sending| !sending.doubts.is_empty()) {
        return Err(CollectingProblem::NotWithoutDoubts.into());
    }
    approve(tx, snapshot, who, moment, id)
}

/// Returns a submission with all reasons, each on its field.
///
/// # Errors
/// As of [`approve`]; or there is no reason.
pub fn return_with_reasons(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    reasons: Vec<Reason>,
) -> Result<(), Error> {
    judge(tx, snapshot, who, moment, id, (Deed::Return, given(reasons)?))
}

/// Takes an approval back, so that the submission waits again.
///
/// # Errors
/// The actor may not open the unit's figures again, the submission is not approved, there is no
/// reason, or the database failed.
pub fn reopen(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    reason: String,
) -> Result<(), Error> {
    let reasons = given(vec![Reason { field: String::new(), text: reason }])?;
    judge(tx, snapshot, who, moment, id, (Deed::Reopen, reasons))
}

/// The reasons that say something.
fn given(reasons: Vec<Reason>) -> Result<Vec<Reason>, Error> {
    let trimmed = |Reason { field, text }| Reason {
        field,
        text: text.trim().chars().take(REASON_MAX).collect(),
    };
    let mut reasons: Vec<Reason> = reasons.into_iter().map(trimmed).collect();
    reasons.retain(|reason| !reason.text.is_empty());
    if reasons.is_empty() {
        return Err(CollectingProblem::WithoutReason.into());
    }
    Ok(reasons)
}

fn judge(
    tx: &mut WriteTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
    (deed, reasons): (Deed, Vec<Reason>),
) -> Result<(), Error> {
    let mut submission = find(tx, id)?;
    let right = match deed {
        Deed::Reopen => Right::ReopenFigures,
        Deed::Approve | Deed::Return | Deed::Send | Deed::Correct => Right::ReviewFigures,
    };
    snapshot.check(who, right, Some(submission.unit), moment.today)?;
    let at = submission.progress();
    let Submission { form, unit, period, .. } = &submission;
    let newest = store::submissions::latest(tx, form, *unit, *period)?;
    if newest.is_none_or(|newest| newest.revision != submission.revision) {
        return Err(CollectingProblem::NewerRevision.into());
    }
    let form = snapshot.form(form)?.1;
    let levels = levels::of(snapshot, form, *unit, moment.today);
    let by = levels::by(who, &levels, at, deed, moment.today);
    let doer = levels::doer(by, &store::deeds::of_submission(tx, id)?);
    let next = after(at, deed, doer, levels::count(&levels))?;
    levels::check(who, &levels, at, deed, moment.today)?;
    store::submissions::set_progress(tx, id, next)?;
    submission = Submission { state: next.state, approvals: next.approvals, ..submission };
    record(tx, snapshot, by, moment, (deed, reasons), (&submission, Vec::new())).map(drop)
}

pub(super) fn find(tx: &mut ReadTx<'_>, id: &str) -> Result<Submission, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Submission, key: id.to_owned() };
    Ok(store::submissions::find(tx, id)?.ok_or_else(missing)?)
}
