//! The real clock, read in one place.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The zone in which days begin and end for the offices.
pub const ZONE: &str = "Asia/Ho_Chi_Minh";

/// Now, in epoch milliseconds.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the clock that is passed to everyone else")]
pub fn now_ms() -> i64 {
    Timestamp::now().as_millisecond()
}

/// The offices' time zone.
#[must_use]
pub fn zone() -> TimeZone {
    // The zone data come with the program; without them days would end seven hours early.
    TimeZone::get(ZONE).unwrap_or(TimeZone::fixed(jiff::tz::offset(7)))
}

/// The day it is in the offices' zone at an instant.
#[must_use]
pub fn day_of(epoch_ms: i64) -> Date {
    Timestamp::from_millisecond(epoch_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone()).date()
}
