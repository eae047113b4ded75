//! Deeds: what was done with submissions, by whom and why; and what each sending carried along.

use std::collections::BTreeMap;

use domain::access::AccountId;
use domain::period::Period;
use domain::submission::{Deed, Reason, State};
use domain::unit::UnitId;

use crate::engine::{Bulk, ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::json;
use crate::stored;
use crate::value::args;

/// What was done with a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub deed: Deed,
    /// By whom; none for the console.
    pub account: Option<AccountId>,
    /// In whose place, under a delegation.
    pub in_place_of: Option<AccountId>,
    /// When, in epoch milliseconds.
    pub done_ms: i64,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What was done with a submission, and the names of who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What was done.
    pub done: Done,
    /// The name of who did it; empty for the console.
    pub name: String,
    /// The name of in whose place; empty for what was done in one's own.
    pub in_place_of: String,
}

/// What a sending carried beside its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// SHA-256 of what was sent, in hexadecimal.
    pub sha256: String,
    /// Why doubtful figures are right, by field.
    pub doubts: Vec<Reason>,
    /// What the clock of the sender's device said; none when it was filled on a page.
    pub clock: Option<ClockSaid>,
}

/// What the clock of the sender's device said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockSaid {
    /// When the form was finished, in epoch milliseconds of that clock.
    pub finished_ms: i64,
    /// How far it was ahead of the server's when it sent; negative when it was behind.
    pub ahead_ms: i64,
}

statements! {
    OF_SUBMISSION = "select kind, account, in_place_of, done_ms, reasons from deed
                     where submission = $1 order by number";
    OF_OCCASION = "select d.submission, d.kind, d.account, d.in_place_of, d.done_ms, d.reasons,
                       coalesce(a.name, ''), coalesce(p.name, '')
                   from submission s join deed d on d.submission = s.id
                       left join account a on a.id = d.account
                       left join account p on p.id = d.in_place_of
                   where s.unit = $1 and s.form = $2 and s.period = $3
                   order by d.number";
    OF_OPEN = "select d.submission, d.kind, d.account, d.in_place_of, d.done_ms, d.reasons
               from submission s join deed d on d.submission = s.id
               where s.state = $1 and s.state <> 'approved' and s.position >= $2
                   and s.position <= $3
               order by d.number";
    DOUBTS_OF_OPEN = "select g.submission, g.doubts
                      from submission s join sending g on g.submission = s.id
                      where s.state = $1 and s.state <> 'approved' and s.position >= $2
                          and s.position <= $3";
    NEWEST = "select number, done_ms from deed order by number desc limit 1";
    OCCASIONS_SINCE = "select distinct s.form, s.unit, s.period
                       from deed d join submission s on s.id = d.submission
                       where d.number > $1";
    SENDING = "select sha256, doubts, finished_ms, ahead_ms from sending where submission = $1";
}

const INSERT: Bulk = bulk!(
    "deed",
    "number, submission, kind, account, in_place_of, done_ms, reasons",
    "$1, $2, $3, $4, $5, $6, $7"
);

const INSERT_SENDING: Bulk =
    bulk!("sending", "submission, sha256, doubts, finished_ms, ahead_ms", "$1, $2, $3, $4, $5");

/// What was done with a submission, oldest first; nothing for one that came in a file.
///
/// # Errors
/// The database failed.
pub fn of_submission(tx: &mut ReadTx<'_>, submission: &str) -> Result<Vec<Done>> {
    tx.all(OF_SUBMISSION, args![submission], |row| read_from(row, 0))
}

/// What was done with all revisions of a form, unit and period: by submission, oldest first.
///
/// # Errors
/// The database failed.
pub fn of_occasion(
    tx: &mut ReadTx<'_>,
    form: &str,
    unit: UnitId,
    period: Period,
) -> Result<BTreeMap<String, Vec<Told>>> {
    let mut deeds: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    tx.each(OF_OCCASION, args![unit, form, &period.to_string()], |row| {
        let (name, in_place_of) = (row.get(6)?, row.get(7)?);
        let told = Told { done: read_from(row, 1)?, name, in_place_of };
        deeds.entry(row.get(0)?).or_default().push(told);
        Ok(())
    })?;
    Ok(deeds)
}

/// What was done with the submissions of a state other than approved, between two places in the
/// order of arrival: by submission, oldest first.
///
/// # Errors
/// The database failed.
pub fn of_open(
    tx: &mut ReadTx<'_>,
    state: State,
    (first, last): (i64, i64),
) -> Result<BTreeMap<String, Vec<Done>>> {
    let mut deeds: BTreeMap<String, Vec<Done>> = BTreeMap::new();
    tx.each(OF_OPEN, args![state.code(), first, last], |row| {
        deeds.entry(row.get(0)?).or_default().push(read_from(row, 1)?);
        Ok(())
    })?;
    Ok(deeds)
}

/// Why doubtful figures of such submissions are right: by submission.
///
/// # Errors
/// The database failed.
pub fn doubts_of_open(
    tx: &mut ReadTx<'_>,
    state: State,
    (first, last): (i64, i64),
) -> Result<BTreeMap<String, Vec<Reason>>> {
    let args = args![state.code(), first, last];
    let all = tx.all(DOUBTS_OF_OPEN, args, |row| Ok((row.get(0)?, read_reasons(row.text(1)?)?)))?;
    Ok(all.into_iter().collect())
}

/// The number of the newest deed, and when it was done, in epoch milliseconds; zeros before the
/// first.
///
/// # Errors
/// The database failed.
pub fn newest(tx: &mut ReadTx<'_>) -> Result<(i64, i64)> {
    let newest = tx.optional(NEWEST, args![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(newest.unwrap_or_default())
}

/// The forms, units and periods of the submissions with which something was done after a deed.
///
/// # Errors
/// The database failed.
pub fn occasions_since(tx: &mut ReadTx<'_>, deed: i64) -> Result<Vec<(String, UnitId, Period)>> {
    tx.all(OCCASIONS_SINCE, args![deed], |row| {
        Ok((row.get(0)?, row.get(1)?, row.code(2, "a period", stored::period_from)?))
    })
}

/// Records a deed. Its number only has to grow; those of today are places in the ledger.
///
/// # Errors
/// The number is taken, or there is no such submission or account (constraints); or the database
/// failed.
pub fn insert(tx: &mut WriteTx<'_>, number: i64, submission: &str, done: &Done) -> Result<()> {
    let Done { deed, account, in_place_of, done_ms, reasons } = done;
    let reasons = write_reasons(reasons);
    let args = args![number, submission, deed.code(), *account, *in_place_of, *done_ms, &reasons];
    tx.insert_later(INSERT, args)
}

/// What a sending carried; none for a submission that came in a file.
///
/// # Errors
/// The database failed.
pub fn sending(tx: &mut ReadTx<'_>, submission: &str) -> Result<Option<Sending>> {
    tx.optional(SENDING, args![submission], |row| {
        let (finished_ms, ahead_ms): (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
        let clock = finished_ms.zip(ahead_ms);
        Ok(Sending {
            sha256: row.get(0)?,
            doubts: read_reasons(row.text(1)?)?,
            clock: clock.map(|(finished_ms, ahead_ms)| ClockSaid { finished_ms, ahead_ms }),
        })
    })
}

/// Records what a sending carried.
///
/// # Errors
/// There is no such submission (a constraint), or the database failed.
pub fn insert_sending(tx: &mut WriteTx<'_>, submission: &str, sending: &Sending) -> Result<()> {
    let Sending { sha256, doubts, clock } = sending;
    let doubts = write_reasons(doubts);
    let (finished_ms, ahead_ms) =
        (clock.map(|clock| clock.finished_ms), clock.map(|clock| clock.ahead_ms));
    let args = args![submission, sha256, &doubts, finished_ms, ahead_ms];
    tx.insert_later(INSERT_SENDING, args)
}

fn read_from(row: &Row<'_>, first: usize) -> Result<Done> {
    Ok(Done {
        deed: row.code(first, "a deed", Deed::from_code)?,
        account: row.get(first + 1)?,
        in_place_of: row.get(first + 2)?,
        done_ms: row.get(first + 3)?,
        reasons: read_reasons(row.text(first + 4)?)?,
    })
}

fn write_reasons(reasons: &[Reason]) -> String {
    let pairs: Vec<(&str, &str)> =
        reasons.iter().map(|reason| (reason.field.as_str(), reason.text.as_str())).collect();
    json::write(&pairs)
}

fn read_reasons(text: &str) -> Result<Vec<Reason>> {
    let pairs: Vec<(String, String)> = json::read(text, "reasons")?;
    Ok(pairs.into_iter().map(|(field, text)| Reason { field, text }).collect())
}
