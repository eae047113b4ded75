//! The real clock, read in one place. A demo may stand on another day and go on from there, so that a
//! story of weeks can be told in minutes.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actions::error::Error;
use jiff::Timestamp;

pub use actions::zone::{day_of, zone};

/// How often a followed file is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// How far this program's clock is from the real one, in milliseconds; 0 outside a demo.
static AHEAD_MS: AtomicI64 = AtomicI64::new(0);

/// Now, in epoch milliseconds.
#[must_use]
pub fn now_ms() -> i64 {
    real_ms() + AHEAD_MS.load(Ordering::Relaxed)
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that is passed to everyone else")]
fn real_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Stands at the moment written in a file (RFC 3339), and moves whenever a later one is written there.
/// The file is taken away once that is so: whoever wrote it then knows. Time never goes back. For a
/// demo: in earnest, receipts would then bear a time that is not true.
///
/// # Errors
/// The file cannot be read or taken away, or holds no moment.
pub fn follow(file: &Path) -> Result<(), Error> {
    let fault = |what: String| Error::Fault(format!("{}: {what}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| fault(error.to_string()))?;
    let first: Timestamp =
        text.trim().parse().map_err(|error: jiff::Error| fault(error.to_string()))?;
    AHEAD_MS.store(first.as_millisecond() - real_ms(), Ordering::Relaxed);
    std::fs::remove_file(file).map_err(|error| fault(error.to_string()))?;
    let file = PathBuf::from(file);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(LOOK);
            // Half a line, while somebody writes it, is none.
            let text = std::fs::read_to_string(&file).unwrap_or_default();
            let Ok(moment) = text.trim().parse::<Timestamp>() else { continue };
            AHEAD_MS.fetch_max(moment.as_millisecond() - real_ms(), Ordering::Relaxed);
            // One that cannot be taken away is read again, which moves nothing.
            drop(std::fs::remove_file(&file));
        }
    });
    Ok(())
}
