//! Pictures that units show with priorities; their bytes lie among the attachments while they stand.

use domain::access::AccountId;
use domain::attachment::AttachmentId;
use domain::picture::{PictureId, ShownPicture, Side, TakenBack};
use domain::unit::UnitId;

use crate::attachments::NewAttachment;
use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

statements! {
    ALL = "select id, priority, unit, side, taken_on, caption, attachment, account, added_ms,
               taken_back_by, taken_back_ms, taken_back_because
           from priority_picture order by id";
    FIND = "select id, priority, unit, side, taken_on, caption, attachment, account, added_ms,
                taken_back_by, taken_back_ms, taken_back_because
            from priority_picture where id = $1";
    OF_PRIORITY = "select id, priority, unit, side, taken_on, caption, attachment, account, added_ms,
                       taken_back_by, taken_back_ms, taken_back_because
                   from priority_picture where priority = $1 order by id";
    UNITS = "select distinct unit from priority_picture
             where attachment = $1 and taken_back_ms is null";
    NEXT = "select coalesce(max(id), 0) + 1 from priority_picture";
    INSERT = "insert into priority_picture (id, priority, unit, side, taken_on, caption, attachment,
                  account, added_ms)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    TAKE_BACK = "update priority_picture
                 set taken_back_by = $1, taken_back_ms = $2, taken_back_because = $3
                 where id = $4";
}

/// All that were ever shown, oldest first.
///
/// # Errors
/// The database failed.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<ShownPicture>> {
    tx.all(ALL, args![], read)
}

/// The picture with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: PictureId) -> Result<Option<ShownPicture>> {
    tx.optional(FIND, args![id.0], read)
}

/// The pictures of a priority, those that were taken back among them, oldest first.
///
/// # Errors
/// The database failed.
pub fn of_priority(tx: &mut ReadTx<'_>, priority: &str) -> Result<Vec<ShownPicture>> {
    tx.all(OF_PRIORITY, args![priority], read)
}

/// The units that show an attachment.
///
/// # Errors
/// The database failed.
pub fn units_showing(tx: &mut ReadTx<'_>, id: &AttachmentId) -> Result<Vec<UnitId>> {
    tx.all(UNITS, args![id.as_str()], |row| row.get(0))
}

/// The number of the next picture.
///
/// # Errors
/// The database failed.
pub fn next_id(tx: &mut ReadTx<'_>) -> Result<PictureId> {
    tx.one(NEXT, args![], |row| row.get(0)).map(PictureId)
}

/// Adds a picture with its bytes.
///
/// # Errors
/// The number is taken; the priority, unit or account does not exist (constraints); the database
/// failed.
pub fn insert(tx: &mut WriteTx<'_>, picture: &ShownPicture, bytes: &NewAttachment) -> Result<()> {
    crate::attachments::keep(tx, bytes)?;
    let ShownPicture { id, priority, unit, side, taken_on, caption, attachment, account, .. } =
        picture;
    let taken_on = taken_on.to_string();
    let args = args![
        id.0,
        priority,
        *unit,
        side.code(),
        &taken_on,
        caption,
        attachment.as_str(),
        *account,
        picture.added_ms
    ];
    tx.execute(INSERT, args).map(drop)
}

/// Notes that a picture was taken back, and forgets its bytes unless something else names them.
///
/// # Errors
/// The database failed.
pub fn take_back(tx: &mut WriteTx<'_>, picture: &ShownPicture, back: &TakenBack) -> Result<()> {
    let TakenBack { account, done_ms, reason } = back;
    tx.execute(TAKE_BACK, args![*account, *done_ms, reason, picture.id.0])?;
    crate::attachments::forget(tx, &picture.attachment)
}

fn read(row: &Row<'_>) -> Result<ShownPicture> {
    let done_ms: Option<i64> = row.get(10)?;
    let taken_back = match done_ms {
        None => None,
        Some(done_ms) => Some(TakenBack { account: row.get(9)?, done_ms, reason: row.get(11)? }),
    };
    let account: Option<AccountId> = row.get(7)?;
    Ok(ShownPicture {
        id: PictureId(row.get(0)?),
        priority: row.get(1)?,
        unit: row.get(2)?,
        side: row.code(3, "a side of a change", Side::from_code)?,
        taken_on: row.get(4)?,
        caption: row.get(5)?,
        attachment: row.code(6, "an attachment's name", AttachmentId::parse)?,
        account,
        added_ms: row.get(8)?,
        taken_back,
    })
}
