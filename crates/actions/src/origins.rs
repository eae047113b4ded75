//! Origins: which import brought a figure, when corrections have left some figures as they were.

use std::collections::BTreeMap;

use domain::item::ItemId;
use domain::submission::Submission;
use store::ReadTx;

/// The import that each figure came with, by item and class.
pub(crate) type Origins = BTreeMap<(ItemId, String), i64>;

/// All revisions of a submission, oldest first.
pub(crate) fn revisions(
    tx: &mut ReadTx<'_>,
    submission: &Submission,
) -> Result<Vec<Submission>, store::Error> {
    let mut revisions = store::submissions::of_unit(tx, submission.unit)?;
    revisions.retain(|other| other.form == submission.form && other.period == submission.period);
    revisions.sort_by_key(|other| other.revision);
    Ok(revisions)
}

/// Where the figures of the last of these revisions came from. A figure that a correction did not
/// speak of was carried over as it stood, with its place in the earlier file.
pub(crate) fn origins(revisions: &[Submission]) -> Origins {
    let mut origins = Origins::new();
    let mut before: Option<&Submission> = None;
    for revision in revisions {
        let came_with = |figure| {
            let kept = before.is_some_and(|before| before.figures.contains(figure));
            let key = (figure.item, figure.class.clone());
            let import = origins.get(&key).copied().filter(|_| kept).unwrap_or(revision.import);
            (key, import)
        };
        origins = revision.figures.iter().map(came_with).collect();
        before = Some(revision);
    }
    origins
}

/// Where the figures of a submission came from.
pub(crate) fn of_submission(
    tx: &mut ReadTx<'_>,
    submission: &Submission,
) -> Result<Origins, store::Error> {
    if submission.revision == 1 {
        return Ok(origins(std::slice::from_ref(submission)));
    }
    let mut revisions = revisions(tx, submission)?;
    revisions.retain(|other| other.revision <= submission.revision);
    Ok(origins(&revisions))
}
