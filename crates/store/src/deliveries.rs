//! Deliveries: which reminders go to whom by mail or to a webhook, and how far they have come.

use domain::delivery::{Obstacle, Recipient, State};
use domain::hook::HookId;
use domain::unit::UnitId;

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::Result;
use crate::value::args;

/// The reminders of one run on their way to one person or webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number.
    pub id: i64,
    /// The run of reminders: the place of its entry in the ledger.
    pub run: i64,
    /// To whom.
    pub to: Recipient,
    /// How far it has come.
    pub state: State,
    /// How often it was tried.
    pub tries: u32,
    /// Not before this moment it is tried again, in epoch milliseconds.
    pub next_ms: i64,
    /// When it was noted.
    pub noted_ms: i64,
    /// When it ended, or was tried last; none before the first try.
    pub tried_ms: Option<i64>,
    /// The code that the server answered with last; none where nobody answered.
    pub answer: Option<u16>,
    /// Why the server was not spoken to, where it was not.
    pub obstacle: Option<Obstacle>,
}

statements! {
    INSERT = "insert into delivery (id, run, account, hook, state, tries, next_ms, noted_ms, answer)
              values ((select coalesce(max(id), 0) + 1 from delivery), $1, $2, $3, $4, 0, $5, $5, null)";
    SAVE = "update delivery set state = $1, tries = $2, next_ms = $3, tried_ms = $4, answer = $5,
                obstacle = $6
            where id = $7";
    FIND = "select id, run, account, hook, state, tries, next_ms, noted_ms, tried_ms, answer, obstacle
            from delivery where id = $1";
    DUE_MAILS = "select id, run, account, hook, state, tries, next_ms, noted_ms, tried_ms, answer, obstacle
           from delivery where state in ('waiting', 'sending') and next_ms <= $1 and account is not null
           order by next_ms, id limit $2";
    DUE_POSTS = "select id, run, account, hook, state, tries, next_ms, noted_ms, tried_ms, answer, obstacle
           from delivery where state in ('waiting', 'sending') and next_ms <= $1 and hook is not null
           order by next_ms, id limit $2";
    OF_UNIT = "select id, run, account, hook, state, tries, next_ms, noted_ms, tried_ms, answer, obstacle
               from delivery where account in (select account from access_grant where unit = $1)
                   or hook in (select id from hook where unit = $1)
               order by id desc limit $2";
    TO_HOOK = "select id, run, account, hook, state, tries, next_ms, noted_ms, tried_ms, answer, obstacle
               from delivery where hook = $1 order by id desc limit 1";
    NEWEST = "select id, run, account, hook, state, tries, next_ms, noted_ms, tried_ms, answer, obstacle
              from delivery order by id desc limit $1";
}

/// Notes that somebody is to get the reminders of a run.
///
/// # Errors
/// It was noted already, or there is no such recipient (constraints); the database failed.
pub fn insert(tx: &mut WriteTx<'_>, run: i64, to: Recipient, now_ms: i64) -> Result<()> {
    let (account, hook) = match to {
        Recipient::Account(account) => (Some(account), None),
        Recipient::Hook(hook) => (None, Some(hook.0)),
    };
    tx.execute(INSERT, args![run, account, hook, State::Waiting.code(), now_ms]).map(drop)
}

/// Saves how far a delivery has come.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, delivery: &Delivery) -> Result<()> {
    let Delivery { id, state, tries, next_ms, tried_ms, answer, obstacle, .. } = delivery;
    let obstacle = obstacle.map(Obstacle::code);
    let args = args![state.code(), *tries, *next_ms, *tried_ms, *answer, obstacle, *id];
    tx.execute(SAVE, args).map(drop)
}

/// The delivery with a number.
///
/// # Errors
/// The database failed.
pub fn find(tx: &mut ReadTx<'_>, id: i64) -> Result<Option<Delivery>> {
    tx.optional(FIND, args![id], read)
}

/// The mails that are to be tried now, those that wait longest first.
///
/// # Errors
/// The database failed.
pub fn due_mails(tx: &mut ReadTx<'_>, now_ms: i64, most: u32) -> Result<Vec<Delivery>> {
    tx.all(DUE_MAILS, args![now_ms, most], read)
}

/// What is to be sent to webhooks now, what waits longest first.
///
/// # Errors
/// The database failed.
pub fn due_posts(tx: &mut ReadTx<'_>, now_ms: i64, most: u32) -> Result<Vec<Delivery>> {
    tx.all(DUE_POSTS, args![now_ms, most], read)
}

/// The newest deliveries to whoever holds or held a role on a unit, and to its webhooks, the newest first.
///
/// # Errors
/// The database failed.
pub fn of_unit(tx: &mut ReadTx<'_>, unit: UnitId, most: u32) -> Result<Vec<Delivery>> {
    tx.all(OF_UNIT, args![unit, most], read)
}

/// The newest delivery to a webhook.
///
/// # Errors
/// The database failed.
pub fn newest_to_hook(tx: &mut ReadTx<'_>, id: HookId) -> Result<Option<Delivery>> {
    tx.optional(TO_HOOK, args![id.0], read)
}

/// The newest deliveries, the newest first.
///
/// # Errors
/// The database failed.
pub fn newest(tx: &mut ReadTx<'_>, most: u32) -> Result<Vec<Delivery>> {
    tx.all(NEWEST, args![most], read)
}

fn read(row: &Row<'_>) -> Result<Delivery> {
    let hook: Option<i64> = row.get(3)?;
    let obstacle: Option<String> = row.get(10)?;
    let to = match hook {
        Some(hook) => Recipient::Hook(HookId(hook)),
        None => Recipient::Account(row.get(2)?),
    };
    Ok(Delivery {
        id: row.get(0)?,
        run: row.get(1)?,
        to,
        state: row.code(4, "a state of a delivery", State::from_code)?,
        tries: row.get(5)?,
        next_ms: row.get(6)?,
        noted_ms: row.get(7)?,
        tried_ms: row.get(8)?,
        answer: row.get(9)?,
        obstacle: obstacle.as_deref().and_then(Obstacle::from_code),
    })
}
