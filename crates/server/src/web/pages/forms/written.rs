//! A version of a form as plain lines of text: what stands in the boxes, and what it says.

use actions::error::Error;
use actions::forms::{
    Written, WrittenAssignment, WrittenDue, WrittenForm, WrittenLine, WrittenRule,
};
use actions::snapshot::Snapshot;
use domain::form::{DueRule, Form, RestDays, Severity, Version};
use domain::item::Bilingual;
use domain::period::{Calendar, Frequency};
use domain::refusal::{Refusal, Wanted};
use domain::text;
use jiff::civil::Date;
use serde::Deserialize;

use crate::wording::Lang;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub(super) code: String,
    pub(super) frequency: String,
    pub(super) calendar: String,
    pub(super) review: String,
    pub(super) review_2: String,
    pub(super) review_3: String,
    pub(super) lock_days: String,
    pub(super) level: String,
    pub(super) units: String,
    pub(super) name_vi: String,
    pub(super) name_en: String,
    pub(super) from: String,
    pub(super) due: String,
    pub(super) due_number: String,
    pub(super) rest_days: String,
    pub(super) gap: String,
    pub(super) grace: String,
    pub(super) lines: String,
    pub(super) rules: String,
    pub(super) ends: String,
    pub(super) deed: String,
    pub(super) form_secret: String,
}

impl Typed {
    /// The newest version, to be changed.
    pub(super) fn of(form: &Form, snapshot: &Snapshot, lang: Lang) -> Self {
        let version = form.newest();
        let assignment = version.map(|version| WrittenAssignment::of(&version.assignment));
        let WrittenAssignment { level, units } = assignment.unwrap_or_default();
        let due = version.map_or(DueRule::days_after(0), |version| version.due);
        Self {
            level,
            units: units.join(" "),
            name_vi: form.name.vi.clone(),
            name_en: form.name.en.clone(),
            lines: version.map(|version| lines(version, snapshot)).unwrap_or_default(),
            rules: version.map(|version| rules(version, lang)).unwrap_or_default(),
            ..Self::due(&due)
        }
    }

    /// A new form as many are, with everything still open that only an office can say.
    pub(super) fn new() -> Self {
        Self {
            frequency: Frequency::Monthly.code().to_owned(),
            calendar: Calendar::Civil.code(),
            ..Self::due(&DueRule::days_after(5))
        }
    }

    /// A deadline, and nothing else yet.
    fn due(rule: &DueRule) -> Self {
        let WrittenDue { kind, number, gap, rest_days, grace } = WrittenDue::of(rule);
        Self {
            due: kind,
            due_number: number,
            rest_days: rest_days_code(rest_days).to_owned(),
            gap,
            grace,
            ..Self::default()
        }
    }
}

/// A new form says what was typed.
pub(super) fn read_form(typed: &Typed) -> WrittenForm {
    let review = [&typed.review, &typed.review_2, &typed.review_3];
    let review = review.into_iter().filter(|level| !level.is_empty());
    WrittenForm {
        first: read(typed.code.trim(), typed),
        frequency: typed.frequency.clone(),
        calendar: typed.calendar.clone(),
        review: review.cloned().collect(),
        lock_days: typed.lock_days.trim().to_owned(),
    }
}

/// How the field says what becomes of a deadline on a day of rest.
pub(super) fn rest_days_code(rest_days: RestDays) -> &'static str {
    match rest_days {
        RestDays::Count => "stay",
        RestDays::MoveOn => "move",
    }
}

/// The parts of a line, without trailing ones that say nothing.
fn joined(parts: &[&str]) -> String {
    let said = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    parts[..said].join(" | ")
}

fn lines(version: &Version, snapshot: &Snapshot) -> String {
    let mut lines = Vec::new();
    for section in &version.sections {
        if section.title != Bilingual::default() {
            lines.push(format!("# {}", joined(&[&section.title.vi, &section.title.en])));
        }
        for line in &section.lines {
            let item = snapshot.items.iter().find(|item| item.id == line.item);
            let code = item.map_or("", |item| item.code.as_str());
            lines.push(joined(&[code, &line.help.vi, &line.help.en]));
        }
    }
    lines.join("\n")
}

/// How a severity is written: the first is the Vietnamese word, the second the English one.
fn severity_words(severity: Severity) -> [&'static str; 2] {
    match severity {
        Severity::Error => ["chặn", "block"],
        Severity::Warning => ["nhắc", "warn"],
    }
}

fn rules(version: &Version, lang: Lang) -> String {
    let rule = |rule: &domain::form::Rule| {
        let [vi, en] = severity_words(rule.severity);
        let severity = match lang {
            Lang::Vi => vi,
            Lang::En => en,
        };
        let (message, condition) = (&rule.message, rule.condition.source());
        joined(&[&rule.code, severity, condition, &message.vi, &message.en])
    };
    version.rules.iter().map(rule).collect::<Vec<_>>().join("\n")
}

/// What was typed says.
pub(super) fn read(form: &str, typed: &Typed) -> Written {
    let numbered = |text: &str| -> Vec<(u32, String)> {
        let lines = (1..).zip(text.lines()).map(|(row, line)| (row, text::nfc(line.trim())));
        lines.filter(|(_, line)| !line.is_empty()).collect()
    };
    let clean = |text: &str| text::nfc(text.trim());
    let lines = numbered(&typed.lines).into_iter().map(|(row, line)| (row, read_line(&line)));
    let rules = numbered(&typed.rules).into_iter().map(|(row, line)| (row, read_rule(&line)));
    Written {
        form: form.to_owned(),
        name: Bilingual { vi: clean(&typed.name_vi), en: clean(&typed.name_en) },
        from: day(&typed.from).ok(),
        assignment: WrittenAssignment {
            level: typed.level.clone(),
            units: typed.units.split_whitespace().map(str::to_owned).collect(),
        },
        due: WrittenDue {
            kind: typed.due.clone(),
            number: typed.due_number.trim().to_owned(),
            gap: typed.gap.trim().to_owned(),
            rest_days: match typed.rest_days == rest_days_code(RestDays::MoveOn) {
                true => RestDays::MoveOn,
                false => RestDays::Count,
            },
            grace: typed.grace.trim().to_owned(),
        },
        lines: lines.collect(),
        rules: rules.collect(),
    }
}

/// The parts of a line: so many, the missing ones empty.
fn parts<const N: usize>(line: &str) -> [String; N] {
    let mut parts = line.splitn(N, '|').map(|part| part.trim().to_owned());
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

fn read_line(line: &str) -> WrittenLine {
    if let Some(title) = line.strip_prefix('#') {
        let [vi, en] = parts(title);
        return WrittenLine::Title(Bilingual { vi, en });
    }
    let [code, vi, en] = parts(line);
    WrittenLine::Item { code, help: Bilingual { vi, en } }
}

fn read_rule(line: &str) -> WrittenRule {
    let [code, severity, condition, vi, en] = parts(line);
    let word = severity.to_lowercase();
    let severity =
        Severity::ALL.into_iter().find(|one| severity_words(*one).contains(&word.as_str()));
    WrittenRule { code, severity, condition, message: Bilingual { vi, en } }
}

/// A day that was typed.
pub(super) fn day(text: &str) -> Result<Date, Error> {
    let bad = || Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Day };
    Ok(text::typed_day(text.trim()).ok_or_else(bad)?)
}
