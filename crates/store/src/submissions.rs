//! Submissions: one row each, their figures in one document; the columns are its index.

use domain::period::Period;
use domain::submission::Submission;
use domain::unit::UnitId;

use crate::engine::{Bulk, ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::figures;
use crate::stored;
use crate::value::args;

statements! {
    FIND = "select id, form, unit, period, revision, import, received_ms, figures
            from submission where id = $1";
    LATEST = "select id, form, unit, period, revision, import, received_ms, figures
              from submission where unit = $1 and form = $2 and period = $3
              order by revision desc limit 1";
    LATEST_BETWEEN = "select id, form, unit, period, revision, import, received_ms, figures
                      from submission
                      where unit = $1 and form = $2 and period >= $3 and period <= $4
                      order by period, revision";
    ANY = "select exists (select 1 from submission)";
    OF_UNIT = "select id, form, unit, period, revision, import, received_ms, figures
               from submission where unit = $1 order by position";
    LATEST_ALL = "select id, form, unit, period, revision, import, received_ms, figures
                  from submission s
                  where not exists (
                      select 1 from submission newer
                      where newer.unit = s.unit and newer.form = s.form
                          and newer.period = s.period and newer.revision > s.revision)
                  order by position";
    CORRECTED_SINCE = "select count(*) from submission s
                       where s.import = $1 and exists (
                           select 1 from submission newer
                           where newer.unit = s.unit and newer.form = s.form
                               and newer.period = s.period and newer.revision > s.revision)";
    AFTER = "select position, id, form, unit, period, revision, import, received_ms, figures
             from submission where position > $1 order by position limit $2";
    LAST_POSITION = "select coalesce(max(position), 0) from submission";
}

const INSERT: Bulk = bulk!(
    "submission",
    "position, id, form, unit, period, revision, import, received_ms, figures",
    "$1, $2, $3, $4, $5, $6, $7, $8, $9"
);

/// Adds submissions, in the order of their arrival.
///
/// # Errors
/// An id, or a revision of the same form, unit and period, exists already; the form, unit or import
/// does not exist (constraints); the database failed.
pub fn insert_many(tx: &mut WriteTx<'_>, submissions: &[Submission]) -> Result<()> {
    let last: i64 = tx.one(LAST_POSITION, args![], |row| row.get(0))?;
    tx.insert_rows(INSERT, |rows| {
        let mut document = String::new();
        for (position, submission) in (last + 1..).zip(submissions) {
            document.clear();
            figures::write(&mut document, &submission.figures);
            let Submission { id, form, unit, period, revision, import, received_ms, figures: _ } =
                submission;
            let (period, received) = (period.to_string(), *received_ms);
            let index = (position, *unit, *revision, *import);
            rows.add(args![
                index.0, id, form, index.1, &period, index.2, index.3, received, &document
            ])?;
        }
        Ok(())
    })
}

/// The submission with this id.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: &str) -> Result<Option<Submission>> {
    tx.optional(FIND, args![id], read)
}

/// The newest revision for a form, unit and period.
///
/// # Errors
/// The database failed.
pub fn latest(
    tx: &mut ReadTx<'_>,
    form: &str,
    unit: UnitId,
    period: Period,
) -> Result<Option<Submission>> {
    tx.optional(LATEST, args![unit, form, &period.to_string()], read)
}

/// The newest revisions of a unit's form for the periods from `first` to `last`, which are of one
/// kind, as those of a form are. In the order of their periods.
///
/// # Errors
/// The database failed.
pub fn latest_between(
    tx: &mut ReadTx<'_>,
    form: &str,
    unit: UnitId,
    (first, last): (Period, Period),
) -> Result<Vec<Submission>> {
    // The codes of periods of one kind are of one length, so that texts stand in order of time.
    let (first, last) = (first.to_string(), last.to_string());
    let mut all = tx.all(LATEST_BETWEEN, args![unit, form, &first, &last], read)?;
    all.dedup_by(|newer, kept| {
        let same = newer.period == kept.period;
        if same {
            std::mem::swap(newer, kept);
        }
        same
    });
    Ok(all)
}

/// Whether anything was ever submitted.
///
/// # Errors
/// The database failed.
pub fn any(tx: &mut ReadTx<'_>) -> Result<bool> {
    tx.one(ANY, args![], |row| row.get(0))
}

/// How many submissions of an import have a newer revision.
///
/// # Errors
/// The database failed.
pub fn corrected_since(tx: &mut ReadTx<'_>, import: i64) -> Result<u64> {
    let count: i64 = tx.one(CORRECTED_SINCE, args![import], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// All submissions of a unit with all revisions, in the order of their arrival.
///
/// # Errors
/// The database failed.
pub fn of_unit(tx: &mut ReadTx<'_>, unit: UnitId) -> Result<Vec<Submission>> {
    tx.all(OF_UNIT, args![unit], read)
}

/// Hands over the newest revision of every form, unit and period, one by one, in the order of their
/// arrival.
///
/// # Errors
/// The database failed.
pub fn latest_all(tx: &mut ReadTx<'_>, each: &mut dyn FnMut(Submission)) -> Result<()> {
    tx.each(LATEST_ALL, args![], |row| {
        each(read(row)?);
        Ok(())
    })
}

/// A submission as its row has it.
#[derive(Debug)]
pub struct SubmissionRow {
    /// Its place in the order of arrival.
    pub position: i64,
    /// Its id.
    pub id: String,
    /// What stands there, or why it cannot be read.
    pub read: Result<Submission>,
}

/// The submissions that arrived after a place in their order, so many at most. One that cannot be
/// read does not stop the others: somebody is looking for what was changed.
///
/// # Errors
/// The database failed.
pub fn after(tx: &mut ReadTx<'_>, position: i64, count_max: u32) -> Result<Vec<SubmissionRow>> {
    tx.all(AFTER, args![position, count_max], |row| {
        Ok(SubmissionRow { position: row.get(0)?, id: row.get(1)?, read: read_from(row, 1) })
    })
}

fn read(row: &Row<'_>) -> Result<Submission> {
    read_from(row, 0)
}

fn read_from(row: &Row<'_>, first: usize) -> Result<Submission> {
    Ok(Submission {
        id: row.get(first)?,
        form: row.get(first + 1)?,
        unit: row.get(first + 2)?,
        period: row.code(first + 3, "a period", stored::period_from)?,
        revision: row.get(first + 4)?,
        import: row.get(first + 5)?,
        received_ms: row.get(first + 6)?,
        figures: figures::read(row.text(first + 7)?)?,
    })
}
