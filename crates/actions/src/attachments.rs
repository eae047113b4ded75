//! Attachments: bringing photographs, naming them beside figures, looking at them, and forgetting
//! those that nothing names.

use domain::access::{Actor, Right};
use domain::attachment::{
    Attachment, AttachmentId, AttachmentProblem, BYTES_MAX, PER_SUBMISSION_MAX, Picture,
    WAITING_DAYS, WAITING_MAX,
};
use domain::entrance::EntranceProblem;
use domain::refusal::{Location, Noun, Refusal, Refused};
use domain::submission::Submission;
use formats::photo::{self, Kind, Photo, PhotoError};
use ledger::commitment::{Opening, Salt};
use ledger::entry::Identifier;
use sha2::{Digest as _, Sha256};
use store::attachments::NewAttachment;
use store::drafts::Draft;
use store::{ReadTx, WriteTx};

use crate::accounts::{Moment, may_anywhere};
use crate::door::payload;
use crate::entrance::Entrance;
use crate::error::Error;
use crate::secrets;
use crate::snapshot::Snapshot;
use crate::submissions::{Occasion, account};
use crate::workspace::Workspace;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Keeps the salts made here apart from all other hashes.
const SALT_DOMAIN: &[u8] = b"dotpha-photo-salt-v1";

/// A photograph with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What is known of it.
    pub attachment: Attachment,
    /// Its bytes.
    pub content: Vec<u8>,
}

impl Entrance {
    /// Keeps a photograph that somebody brings, without what does not belong to the picture. Its
    /// name is that of what is kept; brought again, it is there once. It is nobody's word until a
    /// submission names it.
    ///
    /// # Errors
    /// The actor sends no figures, the bytes are not those of the name they come under, they are
    /// no picture that is taken, too many wait to be named, or the database failed.
    pub fn bring_attachment(
        &self,
        who: &Actor,
        moment: Moment,
        named: Option<&AttachmentId>,
        bytes: &[u8],
    ) -> Result<Attachment, Error> {
        may_anywhere(who, Right::SendFigures, moment.today)?;
        let nobody = || EntranceProblem::NotAllowed { right: Right::SendFigures };
        let account = account(who).ok_or_else(nobody)?;
        let content = picture(named, bytes)?;
        let seed = self.secrets.bytes();
        let attachment = content.attachment.clone();
        let new = NewAttachment { attachment: content.attachment, seed, content: content.content };
        self.database().write_blocking(move |tx| -> Result<_, Error> {
            tx.concerns_figures();
            let is_known = store::attachments::has_brought(tx, &attachment.id, account)?;
            if !is_known && store::attachments::waiting(tx, account)? >= WAITING_MAX {
                return Err(AttachmentProblem::TooManyWaiting.into());
            }
            store::attachments::bring(tx, &new, account, moment.now_ms)?;
            Ok(attachment)
        })
    }

    /// Forgets photographs that nothing names and nobody has brought for a month; gives back how
    /// many.
    ///
    /// # Errors
    /// The database failed.
    pub fn sweep_attachments(&self, now_ms: i64) -> Result<u64, Error> {
        self.database().write_blocking(move |tx| -> Result<_, Error> {
            tx.concerns_figures();
            Ok(store::attachments::sweep(tx, now_ms - WAITING_DAYS * DAY_MS)?)
        })
    }
}

impl Workspace {
    /// A photograph, for whoever may see a submission that names it or a unit that shows it, fills a
    /// draft that names it, or brought it.
    ///
    /// # Errors
    /// There is none, the actor may not see it, or the database failed.
    pub fn attachment(&self, who: &Actor, moment: Moment, id: &str) -> Result<Shown, Error> {
        let (snapshot, who, id) = (self.planned()?, who.clone(), id.to_owned());
        self.database.read_blocking(move |tx| show(tx, &snapshot, &who, moment, &id))
    }
}

/// What is kept of a photograph that comes under a name, or without one.
pub(crate) fn picture(
    named: Option<&AttachmentId>,
    bytes: &[u8],
) -> Result<Shown, AttachmentProblem> {
    if bytes.len() > BYTES_MAX {
        return Err(AttachmentProblem::TooLarge);
    }
    if named.is_some_and(|named| name(bytes).as_ref() != Some(named)) {
        return Err(AttachmentProblem::NotWhatItSays);
    }
    let Photo { kind, width, height, bytes: content } = photo::read(bytes).map_err(problem)?;
    let picture = match kind {
        Kind::Jpeg => Picture::Jpeg,
        Kind::Png => Picture::Png,
        Kind::Webp => Picture::Webp,
    };
    let id = name(&content).ok_or(AttachmentProblem::Damaged)?;
    let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
    Ok(Shown { attachment: Attachment { id, picture, width, height, bytes }, content })
}

fn name(bytes: &[u8]) -> Option<AttachmentId> {
    AttachmentId::parse(&secrets::hex(&Sha256::digest(bytes)))
}

fn problem(error: PhotoError) -> AttachmentProblem {
    match error {
        PhotoError::NotAPicture => AttachmentProblem::NotAPicture,
        PhotoError::Damaged => AttachmentProblem::Damaged,
        PhotoError::TooManyPixels { width, height } => {
            AttachmentProblem::TooManyPixels { width, height }
        }
    }
}

fn show(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &str,
) -> Result<Shown, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Attachment, key: id.to_owned() };
    let id = AttachmentId::parse(id).ok_or_else(missing)?;
    let attachment = store::attachments::find(tx, &id)?.ok_or_else(missing)?;
    may_see(tx, snapshot, who, moment, &id)?;
    let content = store::attachments::content(tx, &id)?.ok_or_else(missing)?;
    Ok(Shown { attachment, content })
}

fn may_see(
    tx: &mut ReadTx<'_>,
    snapshot: &Snapshot,
    who: &Actor,
    moment: Moment,
    id: &AttachmentId,
) -> Result<(), Error> {
    if let Some(account) = account(who)
        && store::attachments::has_brought(tx, id, account)?
    {
        return Ok(());
    }
    let sent = store::attachments::units_sent(tx, id)?.into_iter();
    let begun = store::attachments::units_begun(tx, id)?.into_iter();
    let sent = sent.chain(store::pictures::units_showing(tx, id)?);
    let sent = sent.map(|unit| (Right::SeeFigures, unit));
    let mut refused = Error::from(EntranceProblem::NotAllowed { right: Right::SeeFigures });
    for (right, unit) in sent.chain(begun.map(|unit| (Right::SendFigures, unit))) {
        match snapshot.check(who, right, Some(unit), moment.today) {
            Ok(()) => return Ok(()),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

/// What stands beside the figures of an occasion: what its draft names, or what was sent last.
pub(crate) fn standing(
    tx: &mut ReadTx<'_>,
    occasion: &Occasion,
    (draft, latest): (Option<&Draft>, Option<&Submission>),
) -> Result<Vec<Attachment>, store::Error> {
    let Occasion { form, unit, period } = occasion;
    match (draft, latest) {
        (Some(_), _) => store::attachments::of_draft(tx, (form, *unit, *period)),
        (None, Some(latest)) => store::attachments::of_submission(tx, &latest.id),
        (None, None) => Ok(Vec::new()),
    }
}

/// Those of some names that an actor may put beside the figures of an occasion: what they have
/// brought, what its draft names, and what was sent last; each once, and what is known of it.
pub(crate) fn nameable(
    tx: &mut ReadTx<'_>,
    who: &Actor,
    occasion: &Occasion,
    ids: &[AttachmentId],
) -> Result<Vec<Attachment>, store::Error> {
    let mut found: Vec<Attachment> = Vec::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let Occasion { form, unit, period } = occasion;
    let mut known = store::attachments::of_draft(tx, (form, *unit, *period))?;
    if let Some(latest) = store::submissions::latest(tx, form, *unit, *period)? {
        known.extend(store::attachments::of_submission(tx, &latest.id)?);
    }
    for id in ids.iter().take(PER_SUBMISSION_MAX) {
        if found.iter().any(|attachment| attachment.id == *id) {
            continue;
        }
        let standing = known.iter().find(|attachment| attachment.id == *id).cloned();
        found.extend(match (standing, account(who)) {
            (Some(attachment), _) => Some(attachment),
            (None, Some(account)) if store::attachments::has_brought(tx, id, account)? => {
                store::attachments::find(tx, id)?
            }
            (None, _) => None,
        });
    }
    Ok(found)
}

/// What stands in the way of naming some attachments beside the figures of an occasion.
pub(crate) fn refused(
    tx: &mut ReadTx<'_>,
    who: &Actor,
    occasion: &Occasion,
    ids: &[AttachmentId],
) -> Result<Vec<Refused>, store::Error> {
    let refused =
        |why: AttachmentProblem| Refused { at: Location::default(), why: Refusal::Attachment(why) };
    if ids.len() > PER_SUBMISSION_MAX {
        return Ok(vec![refused(AttachmentProblem::TooMany)]);
    }
    let may = nameable(tx, who, occasion, ids)?;
    let missing = ids.iter().filter(|id| !may.iter().any(|attachment| attachment.id == **id));
    let not_arrived =
        |id: &AttachmentId| refused(AttachmentProblem::NotArrived { id: id.as_str().to_owned() });
    Ok(missing.map(not_arrived).collect())
}

/// Notes what a submission names, and what its entry commits to for that.
pub(crate) fn name_in_submission(
    tx: &mut WriteTx<'_>,
    submission: &str,
    ids: &[AttachmentId],
) -> Result<Vec<Opening>, Error> {
    store::attachments::name_in_submission(tx, submission, ids)?;
    let mut openings = Vec::with_capacity(ids.len());
    for (number, id) in (1..).zip(ids) {
        let gone = || Error::Fault(format!("attachment {} is gone", id.as_str()));
        let seed = store::attachments::seed(tx, id)?.ok_or_else(gone)?;
        let wrong = |problem| Error::Fault(format!("photo {number} is no field: {problem}"));
        openings.push(Opening {
            field: Identifier::parse(&payload::photo_field(number)).map_err(wrong)?,
            salt: salt(seed, submission, number),
            value: id.as_str().as_bytes().to_vec(),
        });
    }
    Ok(openings)
}

/// A salt for one place of one submission, so that the same photograph in two places shows nobody
/// that it is the same.
fn salt(seed: [u8; 32], submission: &str, number: u32) -> Salt {
    let hash = Sha256::new()
        .chain_update(SALT_DOMAIN)
        .chain_update(seed)
        .chain_update(number.to_be_bytes())
        .chain_update(submission.as_bytes());
    Salt(hash.finalize().into())
}
