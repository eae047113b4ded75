//! Submissions: one row each, their figures in one document; the columns are its index.

use domain::period::Period;
use domain::submission::{Content, Progress, State, Submission};
use domain::unit::UnitId;

use crate::engine::{Bulk, ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::figures;
use crate::stored;
use crate::value::{Value, args};

statements! {
    FIND = "select id, form, unit, period, revision, import, received_ms, figures, state, content,
                approvals
            from submission where id = $1";
    AROUND = "select s.id, s.form, s.unit, s.period, s.revision, s.import, s.received_ms, s.figures,
                  s.state, s.content, s.approvals, s.id is not null,
                  coalesce((select d.version from draft d
                      where d.form = $1 and d.unit = $2 and d.period = $3), 0),
                  exists (select 1 from period_lock l where l.form = $1 and l.period = $3)
              from (select 1) as always left join submission s
                  on s.id = $4
                      or (s.unit = $2 and s.form = $1 and (s.period = $3 or s.period = $5))
              order by s.revision";
    LATEST = "select id, form, unit, period, revision, import, received_ms, figures, state, content,
                  approvals
              from submission where unit = $1 and form = $2 and period = $3
              order by revision desc limit 1";
    ALL_BETWEEN = "select id, form, unit, period, revision, import, received_ms, figures, state,
                          content, approvals
                      from submission
                      where unit = $1 and form = $2 and period >= $3 and period <= $4
                      order by period, revision";
    ANY = "select exists (select 1 from submission)";
    OF_UNIT = "select id, form, unit, period, revision, import, received_ms, figures, state, content,
                   approvals
               from submission where unit = $1 order by position";
    COUNTING = "select id, form, unit, period, revision, import, received_ms, figures, state,
                    content, approvals
                from submission s
                where state <> 'returned' and not exists (
                    select 1 from submission newer
                    where newer.unit = s.unit and newer.form = s.form and newer.period = s.period
                        and newer.revision > s.revision and newer.state <> 'returned')
                order by position";
    PERIODS_OF_FORM = "select distinct period from submission where form = $1";
    FIRST = "select import, received_ms from submission
             where unit = $1 and form = $2 and period = $3 order by revision limit 1";
    COUNTING_OF = "select id, form, unit, period, revision, import, received_ms, figures, state,
                       content, approvals
                   from submission
                   where unit = $1 and form = $2 and period = $3 and state <> 'returned'
                   order by revision desc limit 1";
    SET_PROGRESS = "update submission set state = $1, approvals = $2 where id = $3";
    CORRECTED_SINCE = "select count(*) from submission s
                       where s.import = $1 and exists (
                           select 1 from submission newer
                           where newer.unit = s.unit and newer.form = s.form
                               and newer.period = s.period and newer.revision > s.revision)";
    AFTER = "select position, id, form, unit, period, revision, import, received_ms, figures,
                 state, content, approvals
             from submission where position > $1 order by position limit $2";
    INSERT = "insert into submission (position, id, form, unit, period, revision, import,
                  received_ms, figures, state, content, approvals)
              values ((select coalesce(max(position), 0) + 1 from submission),
                  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    LAST_POSITION = "select coalesce(max(position), 0) from submission";
}

const INSERT_MANY: Bulk = bulk!(
    "submission",
    "position, id, form, unit, period, revision, import, received_ms, figures, state, content, approvals",
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12"
);

/// Adds submissions, in the order of their arrival.
///
/// # Errors
/// An id, or a revision of the same form, unit and period, exists already; the form, unit or import
/// does not exist (constraints); the database failed.
pub fn insert_many(tx: &mut WriteTx<'_>, submissions: &[Submission]) -> Result<()> {
    let last: i64 = tx.one(LAST_POSITION, args![], |row| row.get(0))?;
    tx.insert_rows(INSERT_MANY, |rows| {
        let mut document = String::new();
        for (position, submission) in (last + 1..).zip(submissions) {
            document.clear();
            figures::write(&mut document, &submission.figures);
            let period = submission.period.to_string();
            let values = values(submission, &period, &document);
            rows.add(&[&[Value::from(position)], values.as_slice()].concat())?;
        }
        Ok(())
    })
}

/// Adds a submission after all that are there.
///
/// # Errors
/// As of [`insert_many`].
pub fn insert(tx: &mut WriteTx<'_>, submission: &Submission) -> Result<()> {
    let mut document = String::new();
    figures::write(&mut document, &submission.figures);
    let period = submission.period.to_string();
    tx.execute(INSERT, &values(submission, &period, &document)).map(drop)
}

/// The columns of a submission after its position.
fn values<'a>(submission: &'a Submission, period: &'a str, document: &'a str) -> [Value<'a>; 11] {
    let Submission { id, form, unit, revision, import, received_ms, approvals, .. } = submission;
    let (state, content) = (submission.state.code(), content_code(submission.content));
    *args![
        id,
        form,
        *unit,
        period,
        *revision,
        *import,
        *received_ms,
        document,
        state,
        content,
        *approvals
    ]
}

/// The submission with this id.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: &str) -> Result<Option<Submission>> {
    tx.optional(FIND, args![id], read)
}

/// What there is already around a submission that arrives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Around {
    /// The submission with the same id.
    pub same: Option<Submission>,
    /// The newest revision for the same form, unit and period.
    pub latest: Option<Submission>,
    /// The revision that counts for the period before: the newest one that was not returned.
    pub before: Option<Submission>,
    /// The version of the draft; 0 without one.
    pub draft: i64,
    /// Whether anything was ever decided about who may still send the form for the period.
    pub is_decided: bool,
}

/// What there is already around a submission with this id, for a form, unit and period, in one
/// question.
///
/// # Errors
/// The database failed.
pub fn around(
    tx: &mut ReadTx<'_>,
    id: &str,
    (form, unit, period): (&str, UnitId, Period),
) -> Result<Around> {
    let eve = period.previous();
    let (same, before) = (period.to_string(), eve.unwrap_or(period).to_string());
    let mut around = Around::default();
    let mut all = Vec::new();
    tx.each(AROUND, args![form, unit, &same, id, &before], |row| {
        (around.draft, around.is_decided) = (row.get(12)?, row.get(13)?);
        if row.get(11)? {
            all.push(read(row)?);
        }
        Ok(())
    })?;
    for found in all {
        if found.id == id {
            around.same = Some(found.clone());
        }
        if found.unit != unit || found.form != form {
            continue;
        }
        if found.period == period {
            around.latest = Some(found);
        } else if Some(found.period) == eve && found.state != State::Returned {
            around.before = Some(found);
        }
    }
    Ok(around)
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

/// The revision that counts for a form, unit and period: the newest one that was not returned.
///
/// # Errors
/// The database failed.
pub fn counting_of(
    tx: &mut ReadTx<'_>,
    form: &str,
    unit: UnitId,
    period: Period,
) -> Result<Option<Submission>> {
    tx.optional(COUNTING_OF, args![unit, form, &period.to_string()], read)
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
    let mut all = tx.all(ALL_BETWEEN, args![unit, form, &first, &last], read)?;
    all.dedup_by(|newer, kept| {
        let same = newer.period == kept.period;
        if same {
            std::mem::swap(newer, kept);
        }
        same
    });
    Ok(all)
}

/// All revisions for a form, unit and period, oldest first.
///
/// # Errors
/// The database failed.
pub fn revisions(
    tx: &mut ReadTx<'_>,
    form: &str,
    unit: UnitId,
    period: Period,
) -> Result<Vec<Submission>> {
    let period = period.to_string();
    tx.all(ALL_BETWEEN, args![unit, form, &period, &period], read)
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

/// Hands over the revision that counts of every form, unit and period, one by one, in the order of
/// their arrival: the newest one that was not returned.
///
/// # Errors
/// The database failed.
pub fn counting(tx: &mut ReadTx<'_>, each: &mut dyn FnMut(Submission)) -> Result<()> {
    tx.each(COUNTING, args![], |row| {
        each(read(row)?);
        Ok(())
    })
}

/// The periods that anybody ever reported with a form.
///
/// # Errors
/// The database failed.
pub fn periods_of_form(tx: &mut ReadTx<'_>, form: &str) -> Result<Vec<Period>> {
    tx.all(PERIODS_OF_FORM, args![form], |row| row.code(0, "a period", stored::period_from))
}

/// Where a submission began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct First {
    /// The import of its first revision.
    pub import: i64,
    /// When that came, in epoch milliseconds.
    pub received_ms: i64,
}

/// Where the submission of a form for a unit and period began.
///
/// # Errors
/// The database failed.
pub fn first(
    tx: &mut ReadTx<'_>,
    form: &str,
    unit: UnitId,
    period: Period,
) -> Result<Option<First>> {
    tx.optional(FIRST, args![unit, form, &period.to_string()], |row| {
        Ok(First { import: row.get(0)?, received_ms: row.get(1)? })
    })
}

/// Notes how far a submission has come.
///
/// # Errors
/// The database failed.
pub fn set_progress(tx: &mut WriteTx<'_>, id: &str, progress: Progress) -> Result<()> {
    let Progress { state, approvals } = progress;
    tx.execute(SET_PROGRESS, args![state.code(), approvals, id]).map(drop)
}

fn content_code(content: Content) -> &'static str {
    match content {
        Content::Figures => "figures",
        Content::NothingToReport => "nothing",
    }
}

pub(crate) fn content_from(code: &str) -> Option<Content> {
    [Content::Figures, Content::NothingToReport].into_iter().find(|it| content_code(*it) == code)
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
        state: row.code(first + 8, "a state", State::from_code)?,
        content: row.code(first + 9, "a content", content_from)?,
        approvals: row.get(first + 10)?,
    })
}
