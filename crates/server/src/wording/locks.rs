//! Locks of a period, in words.

use actions::submissions::lock::UnitLock;
use domain::lock::{By, Lock};
use jiff::civil::Date;

use super::periods::day;
use super::{Gap, Lang, places};

/// That a period is locked, or open again: `đã khóa`, `mở đến 05/11/2026`; empty while it is open.
#[must_use]
pub fn mark(lock: Lock, lang: Lang) -> String {
    match lock {
        Lock::Open => String::new(),
        Lock::OpenUntil(until) => {
            lang.tell("lock-mark-open", [("day", Gap::from(day(until, lang)))])
        }
        Lock::Locked(_) => lang.say("lock-mark-locked"),
    }
}

/// How a period stands: whether figures are taken, and up to which day.
#[must_use]
pub fn standing(lock: Lock, last_day: Option<Date>, lang: Lang) -> String {
    let on = |last: Date| [("day", Gap::from(day(last, lang)))];
    match (lock, last_day) {
        (Lock::Open, None) => lang.say("lock-open"),
        (Lock::Open, Some(last)) => lang.tell("lock-open-to", on(last)),
        (Lock::OpenUntil(until), _) => lang.tell("lock-open-again", on(until)),
        (Lock::Locked(By::Rule), Some(last)) => lang.tell("lock-locked-since", on(last)),
        (Lock::Locked(By::Rule | By::Unit(_)), _) => lang.say("lock-locked"),
    }
}

/// That a period is locked, why and who opens it; empty while figures are taken.
#[must_use]
pub fn locked(unit: &UnitLock, lang: Lang) -> String {
    let Some(opener) = &unit.opener else { return String::new() };
    let mut said = vec![standing(unit.lock, unit.last_day, lang)];
    if !unit.reason.is_empty() {
        said.push(lang.tell("lock-reason", [("reason", Gap::from(unit.reason.clone()))]));
    }
    let opener = [("unit", Gap::from(places::in_sentence(opener, lang)))];
    said.push(lang.tell("lock-opener", opener));
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use domain::unit::UnitId;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_lock_says_since_when_and_until_when() {
        let day = date(2026, 11, 5);
        let cases = [
            (Lock::Open, None, "Kỳ này còn nhận số liệu."),
            (Lock::Open, Some(day), "Kỳ này nhận số liệu đến hết ngày 05/11/2026."),
            (Lock::OpenUntil(day), None, "Đã mở khóa: nhận số liệu đến hết ngày 05/11/2026."),
            (
                Lock::Locked(By::Rule),
                Some(day),
                "Kỳ này đã khóa: chỉ nhận số liệu đến hết ngày 05/11/2026.",
            ),
            (Lock::Locked(By::Unit(UnitId(1))), Some(day), "Kỳ này đã khóa."),
        ];
        for (lock, last_day, expected) in cases {
            assert_eq!(standing(lock, last_day, Lang::Vi), expected);
        }
    }
}
