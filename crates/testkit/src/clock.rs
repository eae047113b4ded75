//! The time in tests: it stands still.

use jiff::civil::{Date, date};

/// The moment at which tests happen, in epoch milliseconds: 2026-11-23 08:00 in Hà Nội.
pub const NOW_MS: i64 = 1_795_395_600_000;

/// The day on which tests happen.
#[must_use]
pub const fn today() -> Date {
    date(2026, 11, 23)
}
