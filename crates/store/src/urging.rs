//! Urging: policies, and the reminders that were made.

use domain::access::AccountId;
use domain::unit::UnitId;
use domain::urging::{Audience, Channel, Policy, Quiet, Subject};
use jiff::civil::Date;

use crate::engine::{Bulk, ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::json;
use crate::value::args;

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Its number.
    pub id: i64,
    /// The run that made it: the place of its entry in the ledger.
    pub run: i64,
    /// What it is about.
    pub subject: Subject,
    /// Which: a task's number, `form/unit/period`, or `directive/unit`.
    pub thing: String,
    /// The deadline that held.
    pub deadline: Date,
    /// On which day from the deadline it was due.
    pub offset: i16,
    /// To whom it goes.
    pub audience: Audience,
    /// Whose people are reminded.
    pub unit: UnitId,
    /// The person, when one was named.
    pub account: Option<AccountId>,
    /// When it was made, in epoch milliseconds.
    pub made_ms: i64,
}

/// The newest day of reminding of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Which thing.
    pub thing: String,
    /// The deadline.
    pub deadline: Date,
    /// To whom.
    pub audience: Audience,
    /// The newest day.
    pub offset: i16,
}

statements! {
    POLICIES = "select subject, offsets, every, escalates_at, lasts_days, quiet_from, quiet_until,
                    channels, roles
                from urging_policy order by subject";
    SAVE_POLICY = "insert into urging_policy (subject, offsets, every, escalates_at, lasts_days,
                       quiet_from, quiet_until, channels, roles)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                   on conflict (subject) do update set offsets = excluded.offsets,
                       every = excluded.every, escalates_at = excluded.escalates_at,
                       lasts_days = excluded.lasts_days, quiet_from = excluded.quiet_from,
                       quiet_until = excluded.quiet_until, channels = excluded.channels,
                       roles = excluded.roles";
    MADE = "select thing, deadline, audience, max(offset_days) from reminder
            where subject = $1 and deadline >= $2 and deadline <= $3
            group by thing, deadline, audience";
    LAST = "select coalesce(max(id), 0) from reminder";
    OF_UNIT = "select id, run, subject, thing, deadline, offset_days, audience, unit, account,
                    made_ms
                from reminder where unit = $1 and id < $2 order by id desc limit $3";
    ALL_OF_RUN = "select id, run, subject, thing, deadline, offset_days, audience, unit, account,
                      made_ms
                  from reminder where run = $1 order by id limit $2";
    OF_RUN = "select id, run, subject, thing, deadline, offset_days, audience, unit, account,
                  made_ms
              from reminder where run = $1 and unit = $2 order by id limit $3";
    OF_THING = "select id, run, subject, thing, deadline, offset_days, audience, unit, account,
                    made_ms
                from reminder where subject = $1 and thing = $2 order by id";
    NEWEST = "select id, run, subject, thing, deadline, offset_days, audience, unit, account,
                  made_ms
              from reminder where id < $1 order by id desc limit $2";
}

const INSERT: Bulk = bulk!(
    "reminder",
    "id, run, subject, thing, deadline, offset_days, audience, unit, account, made_ms",
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10"
);

/// All policies; none before the first was saved.
///
/// # Errors
/// The database failed.
pub fn policies(tx: &mut ReadTx<'_>) -> Result<Vec<Policy>> {
    tx.all(POLICIES, args![], |row| {
        let escalates_at: Option<i64> = row.get(3)?;
        let (from, until): (i64, i64) = (row.get(5)?, row.get(6)?);
        let hour = |hour: i64| i8::try_from(hour).unwrap_or(0);
        let channels: Vec<String> = json::read(row.text(7)?, "channels")?;
        Ok(Policy {
            subject: row.code(0, "a subject of urging", Subject::from_code)?,
            offsets: json::read(row.text(1)?, "days of reminding")?,
            every: row.get(2)?,
            escalates_at: escalates_at.and_then(|day| i16::try_from(day).ok()),
            lasts_days: row.get(4)?,
            quiet: Quiet { from: hour(from), until: hour(until) },
            channels: channels.iter().filter_map(|code| Channel::from_code(code)).collect(),
            roles: json::read(row.text(8)?, "roles")?,
        })
    })
}

/// Saves a policy.
///
/// # Errors
/// The database failed.
pub fn save_policy(tx: &mut WriteTx<'_>, policy: &Policy) -> Result<()> {
    let Policy { subject, offsets, every, escalates_at, lasts_days, quiet, channels, roles } =
        policy;
    let (offsets, roles) = (json::write(offsets), json::write(roles));
    let channels: Vec<&str> = channels.iter().map(|channel| channel.code()).collect();
    let channels = json::write(&channels);
    let args = args![
        subject.code(),
        &offsets,
        *every,
        escalates_at.map(i64::from),
        *lasts_days,
        i64::from(quiet.from),
        i64::from(quiet.until),
        &channels,
        &roles
    ];
    tx.execute(SAVE_POLICY, args).map(drop)
}

/// Of what was reminded of with deadlines between two days, the newest day of reminding.
///
/// # Errors
/// The database failed.
pub fn made(
    tx: &mut ReadTx<'_>,
    subject: Subject,
    (first, last): (Date, Date),
) -> Result<Vec<Made>> {
    let (first, last) = (first.to_string(), last.to_string());
    tx.all(MADE, args![subject.code(), &first, &last], |row| {
        Ok(Made {
            thing: row.get(0)?,
            deadline: row.get(1)?,
            audience: row.code(2, "an audience", Audience::from_code)?,
            offset: offset(row, 3)?,
        })
    })
}

/// The number that the next reminder gets.
///
/// # Errors
/// The database failed.
pub fn next_id(tx: &mut ReadTx<'_>) -> Result<i64> {
    tx.one(LAST, args![], |row| row.get::<i64>(0)).map(|last| last + 1)
}

/// Reminders to a unit's people before one with a number, newest first.
///
/// # Errors
/// The database failed.
pub fn of_unit(tx: &mut ReadTx<'_>, unit: UnitId, before: i64, most: u32) -> Result<Vec<Reminder>> {
    tx.all(OF_UNIT, args![unit, before, most], read)
}

/// The reminders of a run, the first of them.
///
/// # Errors
/// The database failed.
pub fn all_of_run(tx: &mut ReadTx<'_>, run: i64, most: u32) -> Result<Vec<Reminder>> {
    tx.all(ALL_OF_RUN, args![run, most], read)
}

/// The reminders of a run to a unit's people.
///
/// # Errors
/// The database failed.
pub fn of_run(tx: &mut ReadTx<'_>, run: i64, unit: UnitId, most: u32) -> Result<Vec<Reminder>> {
    tx.all(OF_RUN, args![run, unit, most], read)
}

/// Reminders of a thing, oldest first.
///
/// # Errors
/// The database failed.
pub fn of_thing(tx: &mut ReadTx<'_>, subject: Subject, thing: &str) -> Result<Vec<Reminder>> {
    tx.all(OF_THING, args![subject.code(), thing], read)
}

/// All reminders before one with a number, newest first.
///
/// # Errors
/// The database failed.
pub fn before(tx: &mut ReadTx<'_>, id: i64, most: u32) -> Result<Vec<Reminder>> {
    tx.all(NEWEST, args![id, most], read)
}

/// Adds reminders.
///
/// # Errors
/// One was made already, or a unit or account does not exist (constraints); the database failed.
pub fn insert(tx: &mut WriteTx<'_>, reminders: &[Reminder]) -> Result<()> {
    tx.insert_rows(INSERT, |rows| {
        for one in reminders {
            let deadline = one.deadline.to_string();
            rows.add(args![
                one.id,
                one.run,
                one.subject.code(),
                &one.thing,
                &deadline,
                i64::from(one.offset),
                one.audience.code(),
                one.unit,
                one.account,
                one.made_ms
            ])?;
        }
        Ok(())
    })
}

fn read(row: &Row<'_>) -> Result<Reminder> {
    Ok(Reminder {
        id: row.get(0)?,
        run: row.get(1)?,
        subject: row.code(2, "a subject of urging", Subject::from_code)?,
        thing: row.get(3)?,
        deadline: row.get(4)?,
        offset: offset(row, 5)?,
        audience: row.code(6, "an audience", Audience::from_code)?,
        unit: row.get(7)?,
        account: row.get(8)?,
        made_ms: row.get(9)?,
    })
}

fn offset(row: &Row<'_>, index: usize) -> Result<i16> {
    let days: i64 = row.get(index)?;
    Ok(i16::try_from(days).unwrap_or(i16::MAX))
}
