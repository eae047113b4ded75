//! Attachments: photographs with their bytes, who brought them, and which submissions and drafts
//! name them.

use domain::access::AccountId;
use domain::attachment::{Attachment, AttachmentId, Picture};
use domain::period::Period;
use domain::unit::UnitId;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::ledger::Bytes32;
use crate::value::args;

/// A photograph that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttachment {
    /// What is known of it.
    pub attachment: Attachment,
    /// What the salts of the commitments to it are made from.
    pub seed: Bytes32,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// Where an attachment stands beside figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The submission.
    pub submission: String,
    /// Its place among those of the submission, from 1.
    pub number: u32,
    /// The attachment.
    pub id: String,
}

statements! {
    INSERT = "insert into attachment (sha256, picture, width, height, seed, content)
              values ($1, $2, $3, $4, $5, $6) on conflict (sha256) do nothing";
    BRING = "insert into attachment_brought (attachment, account, brought_ms) values ($1, $2, $3)
             on conflict (attachment, account) do update set brought_ms = excluded.brought_ms";
    WAITING = "select count(*) from attachment_brought b
               where b.account = $1 and not exists (
                   select 1 from submission_attachment s where s.attachment = b.attachment)";
    FIND = "select sha256, picture, width, height, cast(length(content) as bigint) from attachment
            where sha256 = $1";
    CONTENT = "select content from attachment where sha256 = $1";
    SEED = "select seed from attachment where sha256 = $1";
    BROUGHT = "select exists (select 1 from attachment_brought
               where attachment = $1 and account = $2)";
    OF_SUBMISSION = "select a.sha256, a.picture, a.width, a.height, cast(length(a.content) as bigint)
                     from submission_attachment s join attachment a on a.sha256 = s.attachment
                     where s.submission = $1 order by s.number";
    OF_DRAFT = "select a.sha256, a.picture, a.width, a.height, cast(length(a.content) as bigint)
                from draft_attachment d join attachment a on a.sha256 = d.attachment
                where d.form = $1 and d.unit = $2 and d.period = $3 order by d.number";
    OF_REVISION = "select a.attachment
                   from submission s join submission_attachment a on a.submission = s.id
                   where s.unit = $1 and s.form = $2 and s.period = $3 and s.revision = $4
                   order by a.number";
    ANY_NAMED = "select exists (select 1 from submission_attachment)";
    NAME_IN_SUBMISSION = "insert into submission_attachment (submission, number, attachment)
                          values ($1, $2, $3)";
    NAME_IN_DRAFT = "insert into draft_attachment (form, unit, period, number, attachment)
                     values ($1, $2, $3, $4, $5)";
    FORGET_IN_DRAFT = "delete from draft_attachment
                       where form = $1 and unit = $2 and period = $3";
    UNITS_SENT = "select distinct s.unit from submission_attachment a
                  join submission s on s.id = a.submission where a.attachment = $1";
    UNITS_BEGUN = "select distinct unit from draft_attachment where attachment = $1";
    ALL_NAMED = "select submission, number, attachment from submission_attachment
                 order by submission, number";
    CONTENTS = "select sha256, content from attachment";
    FORGET_BROUGHT = "delete from attachment_brought
                      where attachment in (
                          select b.attachment from attachment_brought b
                          group by b.attachment having max(b.brought_ms) < $1)
                        and not exists (
                            select 1 from submission_attachment s
                            where s.attachment = attachment_brought.attachment)
                        and not exists (
                            select 1 from draft_attachment d
                            where d.attachment = attachment_brought.attachment)";
    SWEEP = "delete from attachment
             where not exists (
                     select 1 from attachment_brought b where b.attachment = attachment.sha256)
               and not exists (
                     select 1 from submission_attachment s where s.attachment = attachment.sha256)
               and not exists (
                     select 1 from draft_attachment d where d.attachment = attachment.sha256)
               and not exists (
                     select 1 from priority_picture p
                     where p.attachment = attachment.sha256 and p.taken_back_ms is null)";
    FORGET = "delete from attachment
              where sha256 = $1
                and not exists (
                     select 1 from attachment_brought b where b.attachment = attachment.sha256)
                and not exists (
                     select 1 from submission_attachment s where s.attachment = attachment.sha256)
                and not exists (
                     select 1 from draft_attachment d where d.attachment = attachment.sha256)
                and not exists (
                     select 1 from priority_picture p
                     where p.attachment = attachment.sha256 and p.taken_back_ms is null)";
}

/// Keeps a photograph that somebody brought; one that is there already stays as it is.
///
/// # Errors
/// The account does not exist (a constraint), or the database failed.
pub fn bring(
    tx: &mut WriteTx<'_>,
    new: &NewAttachment,
    account: AccountId,
    brought_ms: i64,
) -> Result<()> {
    keep(tx, new)?;
    let id = new.attachment.id.as_str();
    tx.execute(BRING, args![id, account, brought_ms]).map(drop)
}

/// Keeps the bytes of a photograph; those that are there already stay as they are.
///
/// # Errors
/// The database failed.
pub fn keep(tx: &mut WriteTx<'_>, new: &NewAttachment) -> Result<()> {
    let NewAttachment { attachment, seed, content } = new;
    let Attachment { id, picture, width, height, bytes: _ } = attachment;
    let (id, picture) = (id.as_str(), picture.code());
    let args = args![id, picture, *width, *height, seed.as_slice(), content.as_slice()];
    tx.execute(INSERT, args).map(drop)
}

/// Forgets the bytes of a photograph that nothing names any more and nobody has brought.
///
/// # Errors
/// The database failed.
pub fn forget(tx: &mut WriteTx<'_>, id: &AttachmentId) -> Result<()> {
    tx.execute(FORGET, args![id.as_str()]).map(drop)
}

/// How many somebody has brought that no submission names.
///
/// # Errors
/// The database failed.
pub fn waiting(tx: &mut ReadTx<'_>, account: AccountId) -> Result<u64> {
    let count: i64 = tx.one(WAITING, args![account], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// What is known of an attachment.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: &AttachmentId) -> Result<Option<Attachment>> {
    tx.optional(FIND, args![id.as_str()], read)
}

/// The bytes of an attachment.
///
/// # Errors
/// The database failed.
pub fn content(tx: &mut ReadTx<'_>, id: &AttachmentId) -> Result<Option<Vec<u8>>> {
    tx.optional(CONTENT, args![id.as_str()], |row| row.get(0))
}

/// What the salts of the commitments to an attachment are made from.
///
/// # Errors
/// The database failed.
pub fn seed(tx: &mut ReadTx<'_>, id: &AttachmentId) -> Result<Option<Bytes32>> {
    tx.optional(SEED, args![id.as_str()], |row| {
        let seed: Vec<u8> = row.get(0)?;
        let found = format!("{} bytes", seed.len());
        seed.try_into().map_err(|_| Error::Unreadable { what: "a seed", found })
    })
}

/// Whether somebody has brought an attachment.
///
/// # Errors
/// The database failed.
pub fn has_brought(tx: &mut ReadTx<'_>, id: &AttachmentId, account: AccountId) -> Result<bool> {
    tx.one(BROUGHT, args![id.as_str(), account], |row| row.get(0))
}

/// What a submission names, in its order.
///
/// # Errors
/// The database failed.
pub fn of_submission(tx: &mut ReadTx<'_>, submission: &str) -> Result<Vec<Attachment>> {
    tx.all(OF_SUBMISSION, args![submission], read)
}

/// The names of what a revision names, in their order.
///
/// # Errors
/// The database failed.
pub fn of_revision(
    tx: &mut ReadTx<'_>,
    (form, unit, period): (&str, UnitId, Period),
    revision: u32,
) -> Result<Vec<AttachmentId>> {
    tx.all(OF_REVISION, args![unit, form, &period.to_string(), revision], |row| {
        row.code(0, "an attachment's name", AttachmentId::parse)
    })
}

/// Whether any submission names any.
///
/// # Errors
/// The database failed.
pub fn any_named(tx: &mut ReadTx<'_>) -> Result<bool> {
    tx.one(ANY_NAMED, args![], |row| row.get(0))
}

/// What a draft names, in its order.
///
/// # Errors
/// The database failed.
pub fn of_draft(
    tx: &mut ReadTx<'_>,
    (form, unit, period): (&str, UnitId, Period),
) -> Result<Vec<Attachment>> {
    tx.all(OF_DRAFT, args![form, unit, &period.to_string()], read)
}

/// Notes what a submission names.
///
/// # Errors
/// One of them or the submission does not exist (a constraint), or the database failed.
pub fn name_in_submission(
    tx: &mut WriteTx<'_>,
    submission: &str,
    ids: &[AttachmentId],
) -> Result<()> {
    for (number, id) in (1_u32..).zip(ids) {
        tx.execute(NAME_IN_SUBMISSION, args![submission, number, id.as_str()])?;
    }
    Ok(())
}

/// Notes what a draft names, in place of what it named before; the draft takes that along when it
/// is removed.
///
/// # Errors
/// One of them or the draft does not exist (a constraint), or the database failed.
pub fn name_in_draft(
    tx: &mut WriteTx<'_>,
    (form, unit, period): (&str, UnitId, Period),
    ids: &[AttachmentId],
) -> Result<()> {
    let period = period.to_string();
    tx.execute(FORGET_IN_DRAFT, args![form, unit, &period])?;
    for (number, id) in (1_u32..).zip(ids) {
        tx.execute(NAME_IN_DRAFT, args![form, unit, &period, number, id.as_str()])?;
    }
    Ok(())
}

/// The units whose submissions name an attachment.
///
/// # Errors
/// The database failed.
pub fn units_sent(tx: &mut ReadTx<'_>, id: &AttachmentId) -> Result<Vec<UnitId>> {
    tx.all(UNITS_SENT, args![id.as_str()], |row| row.get(0))
}

/// The units whose drafts name an attachment.
///
/// # Errors
/// The database failed.
pub fn units_begun(tx: &mut ReadTx<'_>, id: &AttachmentId) -> Result<Vec<UnitId>> {
    tx.all(UNITS_BEGUN, args![id.as_str()], |row| row.get(0))
}

/// What all submissions name, by submission and number.
///
/// # Errors
/// The database failed.
pub fn named(tx: &mut ReadTx<'_>) -> Result<Vec<Named>> {
    tx.all(ALL_NAMED, args![], |row| {
        Ok(Named { submission: row.get(0)?, number: row.get(1)?, id: row.get(2)? })
    })
}

/// Hands over the name and the bytes of every attachment, one by one.
///
/// # Errors
/// The database failed.
pub fn contents(tx: &mut ReadTx<'_>, each: &mut dyn FnMut(String, Vec<u8>)) -> Result<()> {
    tx.each(CONTENTS, args![], |row| {
        each(row.get(0)?, row.get(1)?);
        Ok(())
    })
}

/// Removes attachments that nothing names and nobody brought since a moment; gives back how many.
///
/// # Errors
/// The database failed.
pub fn sweep(tx: &mut WriteTx<'_>, since_ms: i64) -> Result<u64> {
    tx.execute(FORGET_BROUGHT, args![since_ms])?;
    tx.execute(SWEEP, args![])
}

fn read(row: &Row<'_>) -> Result<Attachment> {
    let id: String = row.get(0)?;
    let bytes: i64 = row.get(4)?;
    Ok(Attachment {
        id: AttachmentId::parse(&id)
            .ok_or(Error::Unreadable { what: "an attachment's name", found: id })?,
        picture: row.code(1, "a picture", Picture::from_code)?,
        width: row.get(2)?,
        height: row.get(3)?,
        bytes: u64::try_from(bytes).unwrap_or(0),
    })
}
