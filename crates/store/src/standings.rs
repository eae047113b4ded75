//! How the newest revisions of submissions stand.

use domain::period::Period;
use domain::submission::{Content, Progress, State};
use domain::unit::UnitId;

use crate::engine::ReadTx;
use crate::error::Result;
use crate::stored;
use crate::submissions::content_from;
use crate::value::{Value, args};

statements! {
    OPEN = "select position, id, form, unit, period, received_ms, state, approvals
            from submission s
            where state = $1 and state <> 'approved' and not exists (
                select 1 from submission newer
                where newer.unit = s.unit and newer.form = s.form
                    and newer.period = s.period and newer.revision > s.revision)
            order by position";
    STANDING = "select id, unit, period, state, content, approvals from submission s
                where form = $1 and period >= $2 and period <= $3 and unit in (
                    $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                    $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,
                    $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52,
                    $53) and not exists (
                        select 1 from submission newer
                        where newer.unit = s.unit and newer.form = s.form
                            and newer.period = s.period and newer.revision > s.revision)
                order by position";
    RETURNED = "select unit, period from submission s
                where state = 'returned' and state <> 'approved'
                    and form = $1 and period >= $2 and period <= $3 and not exists (
                        select 1 from submission newer
                        where newer.unit = s.unit and newer.form = s.form
                            and newer.period = s.period and newer.revision > s.revision)
                order by unit, period";
}

/// A newest revision that is not approved, without its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its place in the order of arrival.
    pub position: i64,
    /// Its id.
    pub id: String,
    /// The form's code.
    pub form: String,
    /// Who reports.
    pub unit: UnitId,
    /// About which span.
    pub period: Period,
    /// When it arrived, in epoch milliseconds.
    pub received_ms: i64,
    /// How far it has come.
    pub progress: Progress,
}

/// All submissions whose newest revision is submitted or returned, in the order of their arrival.
///
/// # Errors
/// The database failed.
pub fn open(tx: &mut ReadTx<'_>, state: State) -> Result<Vec<Open>> {
    tx.all(OPEN, args![state.code()], |row| {
        Ok(Open {
            position: row.get(0)?,
            id: row.get(1)?,
            form: row.get(2)?,
            unit: row.get(3)?,
            period: row.code(4, "a period", stored::period_from)?,
            received_ms: row.get(5)?,
            progress: Progress {
                state: row.code(6, "a state", State::from_code)?,
                approvals: row.get(7)?,
            },
        })
    })
}

/// How the newest revision of a form stands for a unit and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The submission.
    pub id: String,
    /// Who reports.
    pub unit: UnitId,
    /// About which span.
    pub period: Period,
    /// How far it has come.
    pub progress: Progress,
    /// What it says as a whole.
    pub content: Content,
}

/// Units whose standing is asked for at once.
pub const UNITS_MAX: usize = 50;

/// How units stand with a form in the periods from `first` to `last`, which are of one kind. Of more
/// than [`UNITS_MAX`] units the rest is left out.
///
/// # Errors
/// The database failed.
pub fn standing(
    tx: &mut ReadTx<'_>,
    form: &str,
    (first, last): (Period, Period),
    units: &[UnitId],
) -> Result<Vec<Standing>> {
    let Some(&some) = units.first() else { return Ok(Vec::new()) };
    let (first, last) = (first.to_string(), last.to_string());
    let mut args = vec![Value::from(form), Value::from(&first), Value::from(&last)];
    let padded = units.iter().copied().chain(std::iter::repeat(some)).take(UNITS_MAX);
    args.extend(padded.map(Value::from));
    tx.all(STANDING, &args, |row| {
        Ok(Standing {
            id: row.get(0)?,
            unit: row.get(1)?,
            period: row.code(2, "a period", stored::period_from)?,
            progress: Progress {
                state: row.code(3, "a state", State::from_code)?,
                approvals: row.get(5)?,
            },
            content: row.code(4, "a content", content_from)?,
        })
    })
}

/// The units and periods, from `first` to `last`, which are of one kind, whose newest revision of a
/// form was returned; in their order.
///
/// # Errors
/// The database failed.
pub fn returned(
    tx: &mut ReadTx<'_>,
    form: &str,
    (first, last): (Period, Period),
) -> Result<Vec<(UnitId, Period)>> {
    let (first, last) = (first.to_string(), last.to_string());
    tx.all(RETURNED, args![form, &first, &last], |row| {
        Ok((row.get(0)?, row.code(1, "a period", stored::period_from)?))
    })
}
