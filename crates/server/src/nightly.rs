//! Every night a server verifies everything, as `dotpha verify` does, and remembers what it found for
//! those who read the ledger. Whatever it finds, sending and reading go on. Photographs that nothing
//! names are forgotten then.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actions::entrance::Entrance;
use actions::error::Error;
use actions::verification::Trouble;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::{checkpoints, clock};

/// The hour of the office at which everything is verified: nobody works then.
const HOUR: i8 = 2;

/// What the newest check found; copies share it.
#[derive(Debug, Clone, Default)]
pub struct Checks(Arc<Mutex<Option<Check>>>);

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// When it ended, in epoch milliseconds.
    pub ended_ms: i64,
    /// How many entries the ledger had.
    pub entries: u64,
    /// What was changed behind the program's back; none when everything is as it was recorded.
    pub troubles: Vec<Trouble>,
}

impl Checks {
    /// What the newest check found; none before the first.
    #[must_use]
    pub fn newest(&self) -> Option<Check> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes what a check found.
    pub fn note(&self, check: Check) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(check);
    }
}

/// Verifies everything now.
///
/// # Errors
/// The file of the checkpoints cannot be read, or the database failed.
pub fn check(entrance: &Entrance, log: &Path) -> Result<Check, Error> {
    let kept = checkpoints::read(log)
        .map_err(|error| Error::Fault(format!("{}: {error}", log.display())))?;
    let found = entrance.verify(kept)?;
    Ok(Check { ended_ms: clock::now_ms(), entries: found.size, troubles: found.troubles })
}

/// Verifies every night for as long as the server runs.
pub async fn keep(entrance: Entrance, log: PathBuf, checks: Checks) {
    loop {
        tokio::time::sleep(until_next(clock::now_ms(), &clock::zone())).await;
        let (entrance, log) = (entrance.clone(), log.clone());
        sweep(entrance.clone()).await;
        let work = tokio::task::spawn_blocking(move || check(&entrance, &log));
        match work.await {
            Ok(Ok(found)) if found.troubles.is_empty() => {
                tracing::info!(entries = found.entries, "everything is as it was recorded");
                checks.note(found);
            }
            Ok(Ok(found)) => {
                tracing::error!(
                    troubles = found.troubles.len(),
                    "something was changed behind the program's back; see `dotpha verify`"
                );
                checks.note(found);
            }
            Ok(Err(error)) => tracing::error!(?error, "the ledger was not verified"),
            Err(stopped) => tracing::error!(%stopped, "the ledger was not verified"),
        }
    }
}

/// Forgets photographs that nothing names.
async fn sweep(entrance: Entrance) {
    let work = tokio::task::spawn_blocking(move || entrance.sweep_attachments(clock::now_ms()));
    match work.await {
        Ok(Ok(count)) => tracing::info!(count, "photographs that nothing names were forgotten"),
        Ok(Err(error)) => tracing::error!(?error, "photographs were not looked through"),
        Err(stopped) => tracing::error!(%stopped, "photographs were not looked through"),
    }
}

/// How long it is until the next time the office's clock shows the hour.
fn until_next(now_ms: i64, zone: &TimeZone) -> Duration {
    let now = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let now = now.to_zoned(zone.clone());
    let days = if now.hour() < HOUR { 0.days() } else { 1.days() };
    let next = now
        .date()
        .checked_add(days)
        .and_then(|day| day.at(HOUR, 0, 0, 0).to_zoned(zone.clone()))
        .map_or(now_ms + 86_400_000, |next| next.timestamp().as_millisecond());
    Duration::from_millis(u64::try_from(next - now_ms).unwrap_or(0).max(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_night_is_less_than_a_day_away() {
        let zone = TimeZone::fixed(jiff::tz::offset(7));
        for (now, hours) in [
            ("2026-11-23T01:00:00+07:00", 1),
            ("2026-11-23T02:00:00+07:00", 24),
            ("2026-11-23T09:00:00+07:00", 17),
            ("2026-12-31T23:00:00+07:00", 3),
        ] {
            let now: Timestamp = now.parse().unwrap();
            let wait = until_next(now.as_millisecond(), &zone);
            assert_eq!(wait, Duration::from_secs(hours * 3_600), "{now}");
        }
    }
}
