//! Deadlines: a rule in words, and the next days that it leads to.

use actions::forms::next_deadlines;
use actions::snapshot::Snapshot;
use domain::form::{Deadline, DueRule, Form, RestDays};
use jiff::civil::Date;

use crate::wording::{Gap, Lang, periods, places};

/// How many deadlines show what a rule means.
const SHOWN: usize = 3;

/// A deadline in words, one part after the other.
pub(super) fn rule(due: &DueRule, lang: Lang) -> String {
    let tell = |key, days: i64| lang.tell(key, [("days", Gap::from(days))]);
    let mut parts = vec![match due.deadline {
        Deadline::DaysAfter(days) => tell("form-due-days", days.into()),
        Deadline::DayOfMonth(day) => tell("form-due-day", day.into()),
        Deadline::WorkingDaysAfter(days) => tell("form-due-working", days.into()),
    }];
    if due.gap > 0 {
        parts.push(tell("form-due-gap", due.gap.into()));
    }
    match due.rest_days {
        RestDays::Count => {}
        RestDays::MoveOn => parts.push(lang.say("form-due-move")),
    }
    if due.grace_days > 0 {
        parts.push(tell("form-due-grace", due.grace_days.into()));
    }
    parts.join("; ")
}

/// What the rule of a form's newest version means: in words, and the next days.
pub(super) fn means(form: &Form, snapshot: &Snapshot, today: Date, lang: Lang) -> String {
    let Some(version) = form.newest() else { return String::new() };
    let rule = places::capitalised(&rule(&version.due, lang));
    let next = next_deadlines(snapshot, form, version, today, SHOWN).into_iter();
    let next = next.map(|(period, day)| {
        let gaps = [
            ("period", Gap::from(periods::label(period, lang))),
            ("day", periods::day(day, lang).into()),
        ];
        lang.tell("form-due-of", gaps)
    });
    let next = next.collect::<Vec<_>>().join("; ");
    if next.is_empty() {
        return lang.tell("form-due-means", [("rule", Gap::from(rule))]);
    }
    lang.tell("form-due-means-next", [("rule", Gap::from(rule)), ("next", next.into())])
}
