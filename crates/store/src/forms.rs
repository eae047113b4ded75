//! Forms: what units report for a period, version by version.

use std::collections::BTreeMap;

use domain::expression::Formula;
use domain::form::{Assignment, DueRule, Form, Line, Rule, Section, Severity, Version};
use domain::item::{Bilingual, ItemId};
use domain::period::{Calendar, Frequency};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::{ReadTx, Row, WriteTx};
use crate::error::{Error, Result};
use crate::json;
use crate::value::args;

statements! {
    ALL = "select code, name_vi, name_en, frequency, calendar, ends, review, lock_days
           from form order by position";
    VERSIONS = "select form, valid_from, assignment, sections, due, rules
                from form_version order by form, valid_from";
    SAVE = "insert into form (code, name_vi, name_en, frequency, calendar, ends, review,
                lock_days, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8,
                (select coalesce(max(position), 0) + 1 from form))
            on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en,
                frequency = excluded.frequency, calendar = excluded.calendar,
                ends = coalesce(excluded.ends, form.ends), review = excluded.review,
                lock_days = excluded.lock_days, position = excluded.position";
    SAVE_VERSION = "insert into form_version (form, valid_from, assignment, sections, due, rules)
                    values ($1, $2, $3, $4, $5, $6)
                    on conflict (form, valid_from) do update set assignment = excluded.assignment,
                        sections = excluded.sections, due = excluded.due, rules = excluded.rules";
    RENAME = "update form set name_vi = $1, name_en = $2 where code = $3";
    END = "update form set ends = $1 where code = $2";
}

/// [`Assignment`] as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredAssignment {
    Level(String),
    Codes(Vec<String>),
    LevelBelow { level: String, codes: Vec<String> },
}

/// [`Section`] as it is stored; the help of an item beside its number.
#[derive(Serialize, Deserialize)]
struct StoredSection {
    #[serde(default)]
    title_vi: String,
    #[serde(default)]
    title_en: String,
    items: Vec<u32>,
    #[serde(default)]
    help: Vec<(u32, String, String)>,
}

/// [`Rule`] as it is stored.
#[derive(Serialize, Deserialize)]
struct StoredRule {
    code: String,
    severity: String,
    condition: String,
    message_vi: String,
    message_en: String,
}

/// All forms, in the order in which they were saved.
///
/// # Errors
/// The database failed, or a stored rule cannot be read any more.
pub fn all(tx: &mut ReadTx<'_>) -> Result<Vec<Form>> {
    let mut versions: BTreeMap<String, Vec<Version>> = BTreeMap::new();
    for (form, version) in tx.all(VERSIONS, args![], read_version)? {
        versions.entry(form).or_default().push(version);
    }
    let mut forms = tx.all(ALL, args![], |row| {
        Ok(Form {
            code: row.get(0)?,
            name: row.bilingual(1)?,
            frequency: row.code(3, "a frequency", Frequency::from_code)?,
            calendar: row.code(4, "a calendar", Calendar::from_code)?,
            versions: Vec::new(),
            review: json::read(row.text(6)?, "levels of review of a form")?,
            lock_days: row.get(7)?,
            ends: row.get(5)?,
        })
    })?;
    for form in &mut forms {
        form.versions = versions.remove(&form.code).unwrap_or_default();
    }
    Ok(forms)
}

fn read_version(row: &Row<'_>) -> Result<(String, Version)> {
    let from = row.code(1, "a day or nothing", |text| match text {
        "" => Some(None),
        day => day.parse().ok().map(Some),
    })?;
    let assignment = match json::read(row.text(2)?, "who fills a form")? {
        StoredAssignment::Level(level) => Assignment::Level(level),
        StoredAssignment::Codes(codes) => Assignment::Codes(codes),
        StoredAssignment::LevelBelow { level, codes } => Assignment::LevelBelow { level, codes },
    };
    let sections: Vec<StoredSection> = json::read(row.text(3)?, "sections of a form")?;
    let rules: Vec<StoredRule> = json::read(row.text(5)?, "rules of a form")?;
    let version = Version {
        from,
        assignment,
        sections: sections.into_iter().map(read_section).collect(),
        due: row.code(4, "a deadline", DueRule::from_code)?,
        rules: rules.into_iter().map(read_rule).collect::<Result<_>>()?,
    };
    Ok((row.get(0)?, version))
}

fn read_section(stored: StoredSection) -> Section {
    let StoredSection { title_vi, title_en, items, help } = stored;
    let line = |item: u32| {
        let help = help.iter().find(|(of, ..)| *of == item);
        let help = help.map(|(_, vi, en)| Bilingual { vi: vi.clone(), en: en.clone() });
        Line { item: ItemId(item), help: help.unwrap_or_default() }
    };
    Section {
        title: Bilingual { vi: title_vi, en: title_en },
        lines: items.into_iter().map(line).collect(),
    }
}

fn stored_section(section: &Section) -> StoredSection {
    let Section { title, lines } = section;
    let helped = lines.iter().filter(|line| line.help != Bilingual::default());
    StoredSection {
        title_vi: title.vi.clone(),
        title_en: title.en.clone(),
        items: lines.iter().map(|line| line.item.0).collect(),
        help: helped
            .map(|line| (line.item.0, line.help.vi.clone(), line.help.en.clone()))
            .collect(),
    }
}

fn read_rule(stored: StoredRule) -> Result<Rule> {
    let StoredRule { code, severity, condition, message_vi: vi, message_en: en } = stored;
    let unreadable = |what, found: &str| Error::Unreadable { what, found: found.to_owned() };
    Ok(Rule {
        severity: Severity::from_code(&severity)
            .ok_or_else(|| unreadable("a severity", &severity))?,
        condition: Formula::parse(&condition).map_err(|_| unreadable("a rule", &condition))?,
        message: Bilingual { vi, en },
        code,
    })
}

fn stored_rule(rule: &Rule) -> StoredRule {
    StoredRule {
        code: rule.code.clone(),
        severity: rule.severity.code().to_owned(),
        condition: rule.condition.source().to_owned(),
        message_vi: rule.message.vi.clone(),
        message_en: rule.message.en.clone(),
    }
}

/// Saves a form under its code, as the last in order. Versions that begin on other days than its own
/// stay, and a form that has ended does not begin again.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, form: &Form) -> Result<()> {
    let Form { code, name, frequency, calendar, versions, review, lock_days, ends } = form;
    let ends = ends.map(|day| day.to_string());
    let (frequency, calendar, review) = (frequency.code(), calendar.code(), json::write(review));
    let (vi, en) = (&name.vi, &name.en);
    tx.execute(
        SAVE,
        args![code, vi, en, frequency, &calendar, ends.as_ref(), &review, *lock_days],
    )?;
    versions.iter().try_for_each(|version| save_version(tx, code, version))
}

/// Saves a version of a form; one that begins on the same day is replaced.
///
/// # Errors
/// The database failed.
pub fn save_version(tx: &mut WriteTx<'_>, form: &str, version: &Version) -> Result<()> {
    let Version { from, assignment, sections, due, rules } = version;
    let from = from.map(|day| day.to_string()).unwrap_or_default();
    let rules: Vec<StoredRule> = rules.iter().map(stored_rule).collect();
    let sections: Vec<StoredSection> = sections.iter().map(stored_section).collect();
    let assignment = json::write(&match assignment.clone() {
        Assignment::Level(level) => StoredAssignment::Level(level),
        Assignment::Codes(codes) => StoredAssignment::Codes(codes),
        Assignment::LevelBelow { level, codes } => StoredAssignment::LevelBelow { level, codes },
    });
    let (sections, rules, due) = (json::write(&sections), json::write(&rules), due.code());
    let args = args![form, &from, &assignment, &sections, &due, &rules];
    tx.execute(SAVE_VERSION, args).map(drop)
}

/// Gives a form another name.
///
/// # Errors
/// The database failed.
pub fn rename(tx: &mut WriteTx<'_>, form: &str, name: &Bilingual) -> Result<()> {
    tx.execute(RENAME, args![&name.vi, &name.en, form]).map(drop)
}

/// Ends a form from a day on, or takes it up again.
///
/// # Errors
/// The database failed.
pub fn end(tx: &mut WriteTx<'_>, form: &str, ends: Option<Date>) -> Result<()> {
    let ends = ends.map(|day| day.to_string());
    tx.execute(END, args![ends.as_ref(), form]).map(drop)
}
