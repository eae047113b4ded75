//! The real clock, read in one place.

use jiff::Timestamp;

pub use actions::zone::{day_of, zone};

/// Now, in epoch milliseconds.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock that is passed to everyone else")]
pub fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}
