//! The days of the offices: in which zone they begin and end.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// The zone in which days begin and end for the offices.
const ZONE: &str = "Asia/Ho_Chi_Minh";

/// The offices' time zone.
#[must_use]
pub fn zone() -> TimeZone {
    // The zone data come with the program; without them days would end seven hours early.
    TimeZone::get(ZONE).unwrap_or(TimeZone::fixed(jiff::tz::offset(7)))
}

/// The first moment after a day in the offices' zone, in epoch milliseconds.
#[must_use]
pub fn end_of(day: Date) -> i64 {
    let next = day.tomorrow().and_then(|next| next.to_zoned(zone()));
    next.map_or(i64::MAX, |next| next.timestamp().as_millisecond())
}

/// The time of the day in the offices' zone at an instant.
#[must_use]
pub fn time_of(epoch_ms: i64) -> Time {
    Timestamp::from_millisecond(epoch_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone()).time()
}

/// The day it is in the offices' zone at an instant.
#[must_use]
pub fn day_of(epoch_ms: i64) -> Date {
    Timestamp::from_millisecond(epoch_ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone()).date()
}
