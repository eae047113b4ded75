//! The fields of a form and of its version: what stands in them, and what is wrong in which.

use actions::forms::{Part, Problem, levels};
use actions::snapshot::Snapshot;
use domain::form::RestDays;
use domain::period::{Calendar, Frequency};

use super::written::{Typed, rest_days_code};
use crate::web::fields::{Field, Typing};
use crate::wording::{Lang, periods, places, refusals};

/// The fields of a new form that stay the same in all its versions, then those of its version.
pub(super) fn of_form(typed: &Typed, snapshot: &Snapshot, lang: Lang) -> Vec<Field> {
    let frequency = |it: Frequency| (it.code().to_owned(), periods::frequency(it, lang));
    let calendar = |(it, key): (Calendar, &str)| (it.code(), lang.say(key));
    let calendars = [
        (Calendar::Civil, "form-calendar-civil"),
        (Calendar::CutOff { last_day: 14 }, "form-calendar-cutoff"),
    ];
    let frequencies = Frequency::ALL.into_iter().map(frequency).collect();
    let mut fields = vec![
        Field::line("code", lang.say("form-code"), &typed.code).hinted(lang.say("form-code-hint")),
        Field::line("frequency", lang.say("form-frequency"), &typed.frequency)
            .typed(Typing::Choice(frequencies)),
        Field::line("calendar", lang.say("form-calendar"), &typed.calendar)
            .typed(Typing::Choice(calendars.into_iter().map(calendar).collect())),
    ];
    let review = [
        ("review", "form-review", &typed.review),
        ("review_2", "form-review-2", &typed.review_2),
        ("review_3", "form-review-3", &typed.review_3),
    ];
    fields.extend(review.map(|(name, label, value)| {
        let nobody = if name == "review" { "form-review-above" } else { "form-review-nobody" };
        let choices = level_choices(snapshot, nobody, lang);
        Field::line(name, lang.say(label), value).typed(choices)
    }));
    fields.push(
        Field::line("lock_days", lang.say("form-lock"), &typed.lock_days)
            .hinted(lang.say("form-lock-hint")),
    );
    fields.extend(of_version(typed, snapshot, lang));
    fields
}

/// The fields of a version.
pub(super) fn of_version(typed: &Typed, snapshot: &Snapshot, lang: Lang) -> Vec<Field> {
    let line = |name, key, value: &str| Field::line(name, lang.say(key), value);
    let mut fields = vec![
        line("from", "form-from", &typed.from).typed(Typing::Day),
        line("name_vi", "form-name-vi", &typed.name_vi),
        line("name_en", "form-name-en", &typed.name_en),
        line("level", "form-level", &typed.level).typed(level_choices(
            snapshot,
            "form-level-none",
            lang,
        )),
        line("units", "form-units", &typed.units).hinted(lang.say("form-units-hint")),
    ];
    fields.extend(of_deadline(typed, lang));
    fields.extend([
        line("lines", "form-lines", &typed.lines)
            .hinted(lang.say("form-lines-hint"))
            .typed(Typing::Lines(12)),
        line("rules", "form-rules", &typed.rules)
            .hinted(lang.say("form-rules-hint"))
            .typed(Typing::Lines(8)),
    ]);
    fields
}

/// The parts of a deadline.
fn of_deadline(typed: &Typed, lang: Lang) -> [Field; 5] {
    let line = |name, key, value: &str| Field::line(name, lang.say(key), value);
    let choices = |choices: &[(&str, &str)]| {
        let choice = |(code, key): &(&str, &str)| ((*code).to_owned(), lang.say(key));
        Typing::Choice(choices.iter().map(choice).collect())
    };
    let kinds = [
        ("days", "form-due-kind-days"),
        ("working", "form-due-kind-working"),
        ("day", "form-due-kind-day"),
    ];
    let rest_days = [
        (rest_days_code(RestDays::Count), "form-rest-days-stay"),
        (rest_days_code(RestDays::MoveOn), "form-rest-days-move"),
    ];
    [
        line("due", "form-due", &typed.due).typed(choices(&kinds)),
        line("due_number", "form-due-number", &typed.due_number)
            .hinted(lang.say("form-due-number-hint")),
        line("rest_days", "form-rest-days", &typed.rest_days).typed(choices(&rest_days)),
        line("gap", "form-gap", &typed.gap).hinted(lang.say("form-gap-hint")),
        line("grace", "form-grace", &typed.grace).hinted(lang.say("form-grace-hint")),
    ]
}

/// The levels of units, after what none of them means here.
fn level_choices(snapshot: &Snapshot, none: &str, lang: Lang) -> Typing {
    let level = |level: String| {
        let word = places::level(&level, lang);
        (level, places::capitalised(&word))
    };
    let none = (String::new(), lang.say(none));
    Typing::Choice([none].into_iter().chain(levels(snapshot).into_iter().map(level)).collect())
}

/// Notes what is wrong at its field.
pub(super) fn refuse(fields: &mut [Field], problems: &[Problem], lang: Lang) {
    for (part, refused) in problems {
        if let Some(field) = fields.iter_mut().find(|field| field.name == name(*part)) {
            field.says.push(refusals::sentence(refused, lang));
        }
    }
}

/// The field that a part of a version is typed into.
fn name(part: Part) -> &'static str {
    match part {
        Part::Code => "code",
        Part::Name => "name_vi",
        Part::Frequency => "frequency",
        Part::Calendar => "calendar",
        Part::Review => "review",
        Part::Lock => "lock_days",
        Part::From => "from",
        Part::Assignment => "level",
        Part::Due => "due",
        Part::DueNumber => "due_number",
        Part::Gap => "gap",
        Part::Grace => "grace",
        Part::Lines => "lines",
        Part::Rules => "rules",
    }
}
