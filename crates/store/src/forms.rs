//! Forms: what units report for a period.

use domain::expression::Formula;
use domain::form::{Assignment, DueRule, Form, Rule, Severity};
use domain::item::{Bilingual, ItemId};
use domain::period::{Calendar, Frequency};
use serde::{Deserialize, Serialize};

use crate::engine::{ReadTx, WriteTx};
use crate::error::{Error, Result};
use crate::json;
use crate::value::args;

statements! {
    ALL = "select code, name_vi, name_en, frequency, calendar, assignment, items, due_days_after,
               rules, review
           from form order by position";
    SAVE = "insert into form (code, name_vi, name_en, frequency, calendar, assignment, items,
                due_days_after, rules, review, position)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                (select coalesce(max(position), 0) + 1 from form))
            on conflict (code) do update set name_vi = excluded.name_vi, name_en = excluded.name_en,
                frequency = excluded.frequency, calendar = excluded.calendar,
                assignment = excluded.assignment, items = excluded.items,
                due_days_after = excluded.due_days_after, rules = excluded.rules,
                review = excluded.review, position = excluded.position";
}

/// [`Assignment`] as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredAssignment {
    Level(String),
    Codes(Vec<String>),
    LevelBelow { level: String, codes: Vec<String> },
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
    tx.all(ALL, args![], |row| {
        let items: Vec<u32> = json::read(row.text(6)?, "items of a form")?;
        let assignment = match json::read(row.text(5)?, "who fills a form")? {
            StoredAssignment::Level(level) => Assignment::Level(level),
            StoredAssignment::Codes(codes) => Assignment::Codes(codes),
            StoredAssignment::LevelBelow { level, codes } => {
                Assignment::LevelBelow { level, codes }
            }
        };
        let rules: Vec<StoredRule> = json::read(row.text(8)?, "rules of a form")?;
        Ok(Form {
            code: row.get(0)?,
            name: row.bilingual(1)?,
            frequency: row.code(3, "a frequency", Frequency::from_code)?,
            calendar: row.code(4, "a calendar", Calendar::from_code)?,
            assignment,
            items: items.into_iter().map(ItemId).collect(),
            due: DueRule { days_after: row.get(7)? },
            review: json::read(row.text(9)?, "levels of review of a form")?,
            rules: rules.into_iter().map(read_rule).collect::<Result<_>>()?,
        })
    })
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

/// Saves a form under its code, as the last in order.
///
/// # Errors
/// The database failed.
pub fn save(tx: &mut WriteTx<'_>, form: &Form) -> Result<()> {
    let Form { code, name, frequency, calendar, assignment, items, due, review, rules } = form;
    let rules: Vec<StoredRule> = rules.iter().map(stored_rule).collect();
    let rules = json::write(&rules);
    let items: Vec<u32> = items.iter().map(|item| item.0).collect();
    let items = json::write(&items);
    let assignment = json::write(&match assignment.clone() {
        Assignment::Level(level) => StoredAssignment::Level(level),
        Assignment::Codes(codes) => StoredAssignment::Codes(codes),
        Assignment::LevelBelow { level, codes } => StoredAssignment::LevelBelow { level, codes },
    });
    let (frequency, calendar) = (frequency.code(), calendar.code());
    let (vi, en) = (&name.vi, &name.en);
    let (due, review) = (due.days_after, json::write(review));
    let args = args![code, vi, en, frequency, &calendar, &assignment, &items, due, &rules, &review];
    tx.execute(SAVE, args).map(drop)
}
