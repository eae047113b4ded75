//! Visitors of a moment ago, so that the database is not asked again for every request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::entrance::Visitor;

/// How long others are remembered: what another program changes about people, such as the command
/// line, holds here within a second.
const REMEMBERED_MS: i64 = 500;

/// Who came a moment ago.
#[derive(Debug, Default)]
pub(crate) struct Visitors(Mutex<Page>);

/// What was read between two changes that may be about people.
#[derive(Debug, Default)]
struct Page {
    turns: u64,
    begun_ms: i64,
    /// By the hash of the secret.
    by_secret: HashMap<String, Visitor>,
}

impl Page {
    fn holds(&self, turns: u64, now_ms: i64) -> bool {
        let age_ms = now_ms - self.begun_ms;
        self.turns == turns && (0..REMEMBERED_MS).contains(&age_ms)
    }
}

impl Visitors {
    /// Who came with a secret, when nothing about people has changed since.
    pub(crate) fn find(&self, turns: u64, now_ms: i64, hash: &str) -> Option<Visitor> {
        let page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if page.holds(turns, now_ms) { page.by_secret.get(hash).cloned() } else { None }
    }

    /// Notes who came, as it was read when the database had seen so many turns.
    pub(crate) fn note(&self, turns: u64, now_ms: i64, hash: &str, visitor: &Visitor) {
        let mut page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !page.holds(turns, now_ms) {
            *page = Page { turns, begun_ms: now_ms, by_secret: HashMap::new() };
        }
        page.by_secret.insert(hash.to_owned(), visitor.clone());
    }
}
