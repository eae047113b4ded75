//! Rows compared with what their newest entries say.

use ledger::commitment::{Opening, Salt, verify};
use ledger::entry::{Entry, Identifier, decode};
use ledger::hash::digest;
use store::ReadTx;

use super::stream::{Known, Newest};
use super::{Thing, Trouble, Troubles, attachments, kept_files, proposals, steps};
use crate::calls::note_id;
use crate::door::payload;
use crate::error::Error;
use crate::figures::codes;

/// Submissions read at a time.
const PAGE: u32 = 1_000;

/// Compares all rows; gives back how many.
pub(super) fn compare(
    tx: &mut ReadTx<'_>,
    known: &mut Known,
    troubles: &mut Troubles,
) -> Result<u64, Error> {
    let mut desk = Desk { known, troubles, rows: 0 };
    for row in store::imports::all(tx)? {
        desk.row("import", &row.id.to_string(), &payload::import(&row));
    }
    submissions(tx, &mut desk)?;
    let photographs = attachments::compare(tx, &mut desk)?;
    for row in store::accounts::rows(tx)? {
        let secrets = payload::account_secrets(&row);
        desk.whole(tx, ("account", &row.id.to_string()), (&payload::account(&row), &secrets))?;
    }
    for row in store::locks::all(tx)? {
        desk.row("lock", &row.id.to_string(), &payload::lock(&row));
    }
    tasks(tx, &mut desk)?;
    difficulties(tx, &mut desk)?;
    steps::compare(tx, &mut desk)?;
    proposals::compare(tx, &mut desk)?;
    proposals::compare_pictures(tx, &mut desk, &photographs)?;
    for row in store::calls::all(tx)? {
        desk.row("call", &row.directive, &payload::call(&row));
    }
    for row in store::calls::notes(tx)? {
        desk.row("plan", &note_id(&row), &payload::note(&row));
    }
    kept_files::compare(tx, &mut desk)?;
    for row in store::stocktakes::all(tx)? {
        let id = row.id.0.to_string();
        let words = [(payload::stocktakes::WORDS, payload::stocktakes::words(&row))];
        desk.whole(tx, ("stocktake", &id), (&payload::stocktakes::content(&row), &words))?;
    }
    hooks(tx, &mut desk)?;
    for row in store::grants::role_rows(tx)? {
        desk.row("role", &row.code, &payload::role(&row));
    }
    for row in store::grants::rows(tx)? {
        desk.row("grant", &row.id.to_string(), &payload::grant(&row));
    }
    let left: Vec<(&'static str, String, u64)> = desk
        .known
        .left()
        .filter(|(_, _, position)| !desk.known.is_suspect(*position))
        .map(|(noun, id, position)| (compared(noun), id.to_owned(), position))
        .collect();
    for (noun, id, position) in left {
        desk.troubles.add(Trouble::RowMissing { position, thing: Thing { noun, id } });
    }
    Ok(desk.rows)
}

pub(super) struct Desk<'a> {
    pub(super) known: &'a mut Known,
    pub(super) troubles: &'a mut Troubles,
    pub(super) rows: u64,
}

impl Desk<'_> {
    /// Compares what a row gives as content; gives back the entry when they are the same.
    pub(super) fn row(&mut self, noun: &'static str, id: &str, content: &[u8]) -> Option<u64> {
        self.rows += 1;
        let Some(Newest { position, content: expected }) = self.known.take(noun, id) else {
            if !self.known.has_gaps() {
                self.troubles.add(Trouble::RowExtra { thing: thing(noun, id) });
            }
            return None;
        };
        if self.known.is_suspect(position) {
            return None;
        }
        let same = digest(content) == expected;
        if !same {
            self.troubles.add(Trouble::RowAltered { position, thing: thing(noun, id) });
        }
        same.then_some(position)
    }

    /// Compares a row with what its entry says and with what that commits to; gives back the entry when
    /// both are the same.
    pub(super) fn whole(
        &mut self,
        tx: &mut ReadTx<'_>,
        (noun, id): (&'static str, &str),
        (content, secrets): (&[u8], &[(&'static str, Vec<u8>)]),
    ) -> Result<Option<u64>, Error> {
        let Some(position) = self.row(noun, id, content) else { return Ok(None) };
        if opens(tx, position, secrets)? {
            return Ok(Some(position));
        }
        self.troubles.add(Trouble::RowAltered { position, thing: thing(noun, id) });
        Ok(None)
    }
}

pub(super) fn thing(noun: &'static str, id: &str) -> Thing {
    Thing { noun, id: id.to_owned() }
}

pub(super) fn compared(noun: &str) -> &'static str {
    match noun {
        "account" => "account",
        "brief" => "brief",
        "difficulty" => "difficulty",
        "call" => "call",
        "file" => "file",
        "grant" => "grant",
        "hook" => "hook",
        "import" => "import",
        "lock" => "lock",
        "picture" => "picture",
        "plan" => "plan",
        "priority" => "priority",
        "proposal" => "proposal",
        "remark" => "remark",
        "role" => "role",
        "score" => "score",
        "stocktake" => "stocktake",
        "task" => "task",
        _ => "submission",
    }
}

fn submissions(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    let codes = codes(&store::items::all(tx)?);
    let mut after = i64::MIN;
    loop {
        let page = store::submissions::after(tx, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.position;
        for row in page {
            // What cannot be read any more gives no content that was ever recorded.
            let content = row.read.ok().and_then(|sent| payload::submission(&sent, &codes).ok());
            desk.row("submission", &row.id, &content.unwrap_or_default());
        }
    }
}

/// Compares what is asked, with its words, and how each task stands.
fn tasks(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    for row in store::tasks::briefs(tx)? {
        let id = row.id.0.to_string();
        let words = [(payload::BRIEF_WORDS, payload::brief_words(&row))];
        desk.whole(tx, ("brief", &id), (&payload::brief(&row), &words))?;
    }
    for row in store::tasks::all(tx)? {
        desk.row("task", &row.id.0.to_string(), &payload::task(&row));
    }
    Ok(())
}

/// Compares how each difficulty stands, with its words.
fn difficulties(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    for row in store::difficulties::all(tx)? {
        let id = row.id.0.to_string();
        let words = store::difficulties::words(tx, row.id)?;
        let words = words.map(|words| payload::difficulty_words(&words)).unwrap_or_default();
        let words = [(payload::DIFFICULTY_WORDS, words)];
        desk.whole(tx, ("difficulty", &id), (&payload::difficulty(&row), &words))?;
    }
    Ok(())
}

/// Compares webhooks with their addresses and secrets.
fn hooks(tx: &mut ReadTx<'_>, desk: &mut Desk<'_>) -> Result<(), Error> {
    for row in store::hooks::all(tx)? {
        let id = row.id.0.to_string();
        desk.whole(tx, ("hook", &id), (&payload::hook(&row), &payload::hook_secrets(&row)))?;
    }
    Ok(())
}

/// Whether the entry commits to what a row holds, field by field. What was erased has no salt left,
/// and says nothing.
pub(super) fn opens(
    tx: &mut ReadTx<'_>,
    position: u64,
    secrets: &[(&'static str, Vec<u8>)],
) -> Result<bool, Error> {
    let Some(stored) = store::ledger::find(tx, position)? else { return Ok(true) };
    let Ok(entry) = decode(&stored.leaf) else { return Ok(true) };
    holds(tx, &entry, secrets)
}

/// The same of an entry that is at hand.
pub(super) fn holds(
    tx: &mut ReadTx<'_>,
    entry: &Entry,
    secrets: &[(&'static str, Vec<u8>)],
) -> Result<bool, Error> {
    let salts = store::ledger::salts(tx, entry.position)?;
    let differs = |(field, value): &(&str, Vec<u8>)| {
        let salt = salts.iter().find(|(salted, _)| salted == field);
        let (Some((_, salt)), Ok(field)) = (salt, Identifier::parse(field)) else { return false };
        verify(entry, &Opening { field, salt: Salt(*salt), value: value.clone() }).is_err()
    };
    Ok(!secrets.iter().any(differs))
}
