//! What the entries of each kind carry: JSON with its keys in order and no blanks, so that the same
//! always gives the same bytes. `docs/ledger.md` lists the keys for people who check without us.

mod choosing;
mod directives;
mod reaching;
pub mod stocktakes;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::difficulty::{self, Difficulty};
use domain::hot_spot::Rule;
use domain::item::ItemId;
use domain::lock::Turn;
use domain::number::Qualifier;
use domain::submission::{Content, Figure, State, Submission};
use domain::task::{Brief, Origin, Task};
use domain::urging::Policy;
use jiff::civil::Date;
use serde_json::Value;
use store::accounts::AccountRow;
use store::grants::{GrantRow, RoleRow};
use store::imports::Import;
use store::locks::Decided;
use store::urging::Reminder;

use crate::error::Error;

pub(crate) use choosing::{
    REASON, SCORE, WORDS, chosen_words, decision_words, picture_words, proposal_words, score_words,
};
pub use choosing::{chosen, picture, proposal, remark, score};
pub(crate) use directives::{DIRECTIVE_WORDS, directive_words, kept_file_words};
pub use directives::{call, directive, kept_file, note};
pub(crate) use reaching::hook_secrets;
pub use reaching::{delivery, hook};

/// Keys and values, the keys in order.
#[must_use]
pub fn object<const N: usize>(said: [(&str, Value); N]) -> Vec<u8> {
    pairs(said)
}

fn pairs<'k>(said: impl IntoIterator<Item = (&'k str, Value)>) -> Vec<u8> {
    let pairs: BTreeMap<&str, Value> = said.into_iter().collect();
    let mut text = String::from("{");
    for (at, (key, value)) in pairs.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        push(&mut text, format_args!("{comma}\"{key}\":{value}"));
    }
    text.push('}');
    text.into_bytes()
}

/// A file that was taken in.
#[must_use]
pub fn import(import: &Import) -> Vec<u8> {
    let Import { id: _, kind, file_name, sha256, bytes, rows, imported_ms } = import;
    object([
        ("kind", kind.as_str().into()),
        ("file", file_name.as_str().into()),
        ("sha256", sha256.as_str().into()),
        ("bytes", (*bytes).into()),
        ("rows", (*rows).into()),
        ("imported_ms", (*imported_ms).into()),
    ])
}

/// An account: whether it may sign in, and whether through an identity provider. Everything else of it
/// is committed to.
#[must_use]
pub fn account(account: &AccountRow) -> Vec<u8> {
    let state = ("state", account.state.as_str().into());
    let (mail, provider) = (("mail", true.into()), ("provider", true.into()));
    // Entries from before there were providers and mails say nothing of them.
    match (&account.mail, &account.identity) {
        (Some(_), Some(_)) => object([mail, provider, state]),
        (Some(_), None) => object([mail, state]),
        (None, Some(_)) => object([provider, state]),
        (None, None) => object([state]),
    }
}

/// What the entries of an account commit to, by field.
pub(crate) fn account_secrets(account: &AccountRow) -> [(&'static str, Vec<u8>); 6] {
    let AccountRow { id: _, login, name, state: _, password, one_time_secret, identity, mail } =
        account.clone();
    let identity = identity.map(|it| format!("{} {}", it.issuer, it.subject)).unwrap_or_default();
    let mail = mail.map(|it| format!("{} {}", it.language, it.address)).unwrap_or_default();
    [
        ("identity", identity.into_bytes()),
        ("login", login.into_bytes()),
        ("mail", mail.into_bytes()),
        ("name", name.into_bytes()),
        ("one-time-codes", one_time_secret.unwrap_or_default()),
        ("password", password.unwrap_or_default().into_bytes()),
    ]
}

/// What stands before the number of a photograph in the field under which it is committed to.
const PHOTO: &str = "photo.";

/// The field under which the entry of a submission commits to a photograph.
pub(crate) fn photo_field(number: u32) -> String {
    format!("{PHOTO}{number}")
}

/// Which photograph a field of an entry is about; none for other fields.
#[must_use]
pub fn photo_number(field: &str) -> Option<u32> {
    field.strip_prefix(PHOTO)?.parse().ok()
}

/// A role that an account holds.
#[must_use]
pub fn grant(grant: &GrantRow) -> Vec<u8> {
    let GrantRow { id: _, account, role, unit, from, to, delegated_by, granted_by, granted_ms } =
        grant;
    object([
        ("account", (*account).into()),
        ("role", role.as_str().into()),
        ("unit", (*unit).into()),
        ("from", from.as_deref().into()),
        ("to", to.as_deref().into()),
        ("delegated_by", (*delegated_by).into()),
        ("granted_by", (*granted_by).into()),
        ("granted_ms", (*granted_ms).into()),
    ])
}

/// What a role allows.
#[must_use]
pub fn role(role: &RoleRow) -> Vec<u8> {
    let RoleRow { code: _, name_vi, name_en, rights, second_factor } = role;
    // What is no JSON was not written by us; it then differs from every entry, as it should.
    let rights = serde_json::from_str(rights).unwrap_or_else(|_| rights.as_str().into());
    object([
        ("name_vi", name_vi.as_str().into()),
        ("name_en", name_en.as_str().into()),
        ("rights", rights),
        ("second_factor", (*second_factor).into()),
    ])
}

/// A decision about a period: a lock, or an opening with its last day. The reason is free words,
/// so it is not in the ledger.
#[must_use]
pub fn lock(decided: &Decided) -> Vec<u8> {
    let Decided { id: _, form, period, decision, account, done_ms, reason: _ } = decided;
    let until = match decision.turn {
        Turn::Lock => Value::Null,
        Turn::Open { until } => until.to_string().into(),
    };
    object([
        ("form", form.as_str().into()),
        ("period", period.to_string().into()),
        ("unit", decision.unit.0.into()),
        ("until", until),
        ("account", account.map(|account| account.0).into()),
        ("done_ms", (*done_ms).into()),
    ])
}

/// What is asked in tasks, as far as it is no free words; those are committed to.
#[must_use]
pub fn brief(brief: &Brief) -> Vec<u8> {
    let Brief { id: _, issuer, origin, words: _, helpers, team: _ } = brief;
    let Origin { directive, priority, indicator, period, template, part_of, list, decided } =
        origin;
    let said = [
        ("issuer", issuer.0.into()),
        ("directive", directive.as_deref().into()),
        ("priority", priority.as_deref().into()),
        ("indicator", indicator.as_deref().into()),
        ("template", template.as_deref().into()),
        ("part_of", part_of.map(|task| task.0).into()),
        ("helpers", helpers.iter().map(|unit| unit.0).collect::<Vec<i64>>().into()),
    ];
    // Entries from before there were lists, periods and stocktakes say nothing of them.
    let list = list.as_deref().map(|list| ("list", list.into()));
    let period = period.map(|period| ("period", period.to_string().into()));
    let decided = decided.map(|at| ("stocktake", vec![at.stocktake.0, i64::from(at.item)].into()));
    pairs(said.into_iter().chain(list).chain(period).chain(decided))
}

/// The field under which the entry of a brief commits to its words and its team.
pub(crate) const BRIEF_WORDS: &str = "words";

/// What the entry of a brief commits to: everything that was typed freely, and the names of the team.
pub(crate) fn brief_words(brief: &Brief) -> Vec<u8> {
    let words = &brief.words;
    let team = brief.team.iter().flat_map(|member| [&member.name, &member.duty]);
    let texts =
        [&words.work, &words.detail, &words.responsibility, &words.product, &words.authority];
    let texts: Vec<&str> = texts.into_iter().chain(team).map(String::as_str).collect();
    Value::from(texts).to_string().into_bytes()
}

/// The field under which the entry of a task's step commits to what it says.
pub(crate) const TASK_STEP: &str = "step";

/// What the entry of a task's step commits to: until when, and the words.
pub(crate) fn task_step(day: Option<&str>, words: &str) -> Vec<u8> {
    Value::from(vec![day.unwrap_or_default(), words]).to_string().into_bytes()
}

/// A task as it stands after a step; what the step says is committed to.
#[must_use]
pub fn task(task: &Task) -> Vec<u8> {
    let Task { id: _, brief, lead, confirmer, state, .. } = task;
    let day = |day: Option<Date>| Value::from(day.map(|day| day.to_string()));
    object([
        ("brief", brief.0.into()),
        ("lead", lead.unit.0.into()),
        ("lead_account", lead.account.map(|account| account.0).into()),
        ("confirmer", confirmer.unit.0.into()),
        ("confirmer_account", confirmer.account.map(|account| account.0).into()),
        ("state", state.code().into()),
        ("first_deadline", day(task.first_deadline)),
        ("deadline", day(task.deadline)),
        ("given_on", day(task.given_on)),
        ("acknowledged_ms", task.acknowledged_ms.into()),
        ("handed_in_on", day(task.handed_in_on)),
        ("asked_until", day(task.asked_until)),
    ])
}

/// A difficulty as it stands after a step; what was typed freely is committed to.
#[must_use]
pub fn difficulty(difficulty: &Difficulty) -> Vec<u8> {
    let Difficulty { id: _, unit, account, task, holder, due, state, asked_on, answered_on } =
        difficulty;
    object([
        ("unit", unit.0.into()),
        ("account", account.map(|account| account.0).into()),
        ("task", task.map(|task| task.0).into()),
        ("holder", holder.0.into()),
        ("due", due.to_string().into()),
        ("state", state.code().into()),
        ("asked_on", asked_on.to_string().into()),
        ("answered_on", answered_on.map(|day| day.to_string()).into()),
    ])
}

/// The field under which every entry of a difficulty commits to what stands in the way.
pub(crate) const DIFFICULTY_WORDS: &str = "words";

/// The field under which an entry of a difficulty commits to the answer, or to why.
pub(crate) const DIFFICULTY_ANSWER: &str = "answer";

/// What every entry of a difficulty commits to: what stands in the way, and more about it.
pub(crate) fn difficulty_words(words: &difficulty::Words) -> Vec<u8> {
    let texts = [words.trouble.as_str(), words.detail.as_str()];
    Value::from(texts.to_vec()).to_string().into_bytes()
}

/// When reminders of one kind of thing are made.
#[must_use]
pub fn policy(policy: &Policy) -> Vec<u8> {
    let Policy { subject: _, offsets, every, escalates_at, lasts_days, quiet, channels, roles } =
        policy;
    let channels: Vec<&str> = channels.iter().map(|channel| channel.code()).collect();
    object([
        ("offsets", offsets.clone().into()),
        ("every", (*every).into()),
        ("escalates_at", (*escalates_at).into()),
        ("lasts_days", (*lasts_days).into()),
        ("quiet", vec![quiet.from, quiet.until].into()),
        ("channels", channels.into()),
        ("roles", roles.clone().into()),
    ])
}

/// When something is a hot spot, and how much it counts.
#[must_use]
pub fn hot_spot_rule(rule: &Rule) -> Vec<u8> {
    let Rule { cause: _, at_least, within_days, weight, most } = *rule;
    object([
        ("at_least", at_least.into()),
        ("within_days", within_days.into()),
        ("weight", weight.into()),
        ("most", most.into()),
    ])
}

/// A reminder as the list of a run has it: `[subject, thing, deadline, day, audience, unit]`. The entry
/// of the run commits to the list.
pub(crate) fn reminder(reminder: &Reminder) -> Value {
    let Reminder { subject, thing, deadline, offset, audience, unit, .. } = reminder;
    let parts: [Value; 6] = [
        subject.code().into(),
        thing.as_str().into(),
        deadline.to_string().into(),
        (*offset).into(),
        audience.code().into(),
        unit.0.into(),
    ];
    Value::from(parts.to_vec())
}

/// A submission with its figures: `[item, value, row, column]`, then the sheet's place in the list
/// `sheets`, the qualifier and the class, as far as the last of them that says anything. Notes are
/// free words about people perhaps, so they are not in the ledger. What is approved and carries
/// figures, as everything from files, says neither `state` nor `content`; `approvals` stand there
/// once a level of review has accepted it.
///
/// # Errors
/// An item that does not exist, which is a fault.
pub fn submission(
    submission: &Submission,
    items: &BTreeMap<ItemId, String>,
) -> Result<Vec<u8>, Error> {
    let Submission { id: _, form, unit, period, revision, import, received_ms, figures, .. } =
        submission;
    let mut text = String::with_capacity(160 + figures.len() * 20);
    let mut sheets: Vec<&str> = Vec::new();
    text.push('{');
    if submission.approvals > 0 {
        push(&mut text, format_args!("\"approvals\":{},", submission.approvals));
    }
    match submission.content {
        Content::Figures => {}
        Content::NothingToReport => text.push_str("\"content\":\"nothing\","),
    }
    text.push_str("\"figures\":[");
    for (at, figure) in figures.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        let missing = || Error::Fault(format!("no item has the number {}", figure.item.0));
        let item = items.get(&figure.item).ok_or_else(missing)?;
        write_figure(&mut text, figure, item, &mut sheets);
    }
    let form = Value::from(form.as_str());
    push(&mut text, format_args!("],\"form\":{form},\"import\":{import},\"period\":\"{period}\""));
    push(&mut text, format_args!(",\"received_ms\":{received_ms},\"revision\":{revision}"));
    let sheets = Value::from(sheets);
    push(&mut text, format_args!(",\"sheets\":{sheets}"));
    match submission.state {
        State::Approved => {}
        State::Draft | State::Submitted | State::Returned => {
            push(&mut text, format_args!(",\"state\":\"{}\"", submission.state.code()));
        }
    }
    push(&mut text, format_args!(",\"unit\":{}}}", unit.0));
    Ok(text.into_bytes())
}

fn write_figure<'a>(text: &mut String, figure: &'a Figure, item: &str, sheets: &mut Vec<&'a str>) {
    let Figure { item: _, class, value, qualifier, note: _, place } = figure;
    let sheet = sheets.iter().rposition(|sheet| *sheet == place.sheet).unwrap_or_else(|| {
        sheets.push(&place.sheet);
        sheets.len() - 1
    });
    text.push('[');
    string(text, item);
    if value.scale == 0 {
        push(text, format_args!(",\"{}\",{},{}", value.units, place.row, place.column));
    } else {
        push(text, format_args!(",\"{value}\",{},{}", place.row, place.column));
    }
    let is_exact = *qualifier == Qualifier::Exact;
    if sheet > 0 || !is_exact || !class.is_empty() {
        push(text, format_args!(",{sheet}"));
    }
    if !is_exact || !class.is_empty() {
        push(text, format_args!(",\"{}\"", qualifier.code()));
    }
    if !class.is_empty() {
        text.push(',');
        string(text, class);
    }
    text.push(']');
}

/// A text in quotation marks; codes hardly ever have anything to escape.
fn string(text: &mut String, content: &str) {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
    if content.bytes().all(plain) {
        text.push('"');
        text.push_str(content);
        text.push('"');
    } else {
        push(text, format_args!("{}", Value::from(content)));
    }
}

fn push(text: &mut String, parts: std::fmt::Arguments<'_>) {
    text.write_fmt(parts).expect("writing to a string never fails");
}

#[cfg(test)]
mod tests {
    use domain::number::Decimal;
    use domain::period::Period;
    use domain::submission::Place;
    use domain::unit::UnitId;

    use super::*;

    fn figure(item: u32, units: i64, scale: u8, sheet: &str) -> Figure {
        Figure {
            item: ItemId(item),
            class: String::new(),
            value: Decimal::new(units, scale),
            qualifier: Qualifier::Exact,
            note: "chị Hoa ở cuối thôn".to_owned(),
            place: Place { sheet: sheet.to_owned(), row: 4, column: 2 },
        }
    }

    /// What is recorded once can never be written in another way.
    #[test]
    fn a_submission_is_always_the_same_bytes() {
        let broken_down = Figure {
            qualifier: Qualifier::AtLeast,
            class: "nữ".to_owned(),
            ..figure(2, -15, 1, "Tháng 2")
        };
        let sent = Submission {
            id: "not in the content".to_owned(),
            form: "thang".to_owned(),
            unit: UnitId(12),
            period: Period::parse("2023-06").unwrap(),
            revision: 1,
            import: 3,
            received_ms: 5,
            figures: vec![figure(1, 7, 0, "Tháng 1"), figure(2, 25, 1, "Tháng 2"), broken_down],
            state: State::Approved,
            approvals: 0,
            content: Content::Figures,
        };
        let codes = [(ItemId(1), "A01".to_owned()), (ItemId(2), "B\"2".to_owned())];
        let items = BTreeMap::from(codes);
        let expected = "{\"figures\":[[\"A01\",\"7\",4,2],[\"B\\\"2\",\"2.5\",4,2,1],\
            [\"B\\\"2\",\"-1.5\",4,2,1,\"at_least\",\"nữ\"]],\"form\":\"thang\",\"import\":3,\
            \"period\":\"2023-06\",\"received_ms\":5,\"revision\":1,\
            \"sheets\":[\"Tháng 1\",\"Tháng 2\"],\"unit\":12}";
        let content = String::from_utf8(submission(&sent, &items).unwrap()).unwrap();
        assert_eq!(content, expected);
        assert!(!content.contains("Hoa"), "notes stay out of the ledger");
        let read: Value = serde_json::from_str(&content).unwrap();
        assert_eq!(read["figures"][2][1], "-1.5");
        assert!(submission(&sent, &BTreeMap::new()).is_err());
        let quiet = Submission {
            figures: Vec::new(),
            state: State::Returned,
            content: Content::NothingToReport,
            ..sent
        };
        let expected = "{\"content\":\"nothing\",\"figures\":[],\"form\":\"thang\",\"import\":3,\
            \"period\":\"2023-06\",\"received_ms\":5,\"revision\":1,\"sheets\":[],\
            \"state\":\"returned\",\"unit\":12}";
        assert_eq!(submission(&quiet, &items).unwrap(), expected.as_bytes());
        let accepted = Submission { state: State::Submitted, approvals: 1, ..quiet };
        let content = String::from_utf8(submission(&accepted, &items).unwrap()).unwrap();
        assert!(content.starts_with("{\"approvals\":1,\"content\":\"nothing\","), "{content}");
    }

    #[test]
    fn keys_stand_in_order() {
        let content = object([("b", 1.into()), ("a", Value::Null), ("c", "đ\"".into())]);
        assert_eq!(content, "{\"a\":null,\"b\":1,\"c\":\"đ\\\"\"}".as_bytes());
    }
}
