//! What a person or a unit is reminded of, together in one mail or message.

use actions::accounts::Moment;
use actions::snapshot::Snapshot;
use actions::urging::delivering::Message;
use actions::urging::hooks::Post;
use actions::urging::page::{About, ReminderLine};
use domain::task::Standing;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Channels;
use crate::hooks::Signed;
use crate::mail::Letter;
use crate::web::links::{self, escaped};
use crate::web::pages::difficulties;
use crate::wording::{self, Gap, Lang, periods, places, tasks};

/// The mail of a delivery, always under the same id; ids are unique in a domain.
pub(super) fn letter(
    message: &Message,
    snapshot: &Snapshot,
    channels: &Channels,
    domain: &str,
    now: Moment,
) -> Letter {
    let Message { delivery, noted_ms, account, mail, lines, left_out } = message;
    let lang = Lang::from_code(&mail.language).unwrap_or_default();
    let desk = Desk { snapshot, root: &channels.root, today: now.today, lang };
    let mut parts = vec![lang.tell("mail-hello", [("name", Gap::from(account.name.as_str()))])];
    parts.extend(desk.parts("mail-found", lines, *left_out));
    let address = format!("{}/work", channels.root);
    parts.push(lang.tell("mail-page", [("address", Gap::from(address))]));
    let address = format!("{}/account", channels.root);
    parts.push(lang.tell("mail-end", [("address", Gap::from(address))]));
    let count = Gap::from(lines.len() + left_out);
    Letter {
        id: format!("{delivery}.{noted_ms}@{domain}"),
        to: mail.address.clone(),
        subject: lang.tell("mail-subject", [("count", count)]),
        text: parts.join("\n\n"),
        sent_ms: now.now_ms,
    }
}

/// What is sent to a webhook, always under the same id: what is reminded of, and the text of it that can
/// be put into a chat group as it is.
pub(super) fn signed(post: &Post, snapshot: &Snapshot, channels: &Channels, now: Moment) -> Signed {
    let Post { delivery, noted_ms, address, secret, language, unit, run, lines, left_out } = post;
    let lang = Lang::from_code(language).unwrap_or_default();
    let desk = Desk { snapshot, root: &channels.root, today: now.today, lang };
    let name = places::full_name(unit, lang);
    let mut parts = vec![lang.tell("hook-hello", [("unit", Gap::from(name.as_str()))])];
    parts.extend(desk.parts("mail-found", lines, *left_out));
    let moment = Timestamp::from_millisecond(now.now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    let reminders: Vec<Value> = lines.iter().map(|line| desk.reminder(line)).collect();
    let body = json!({
        "type": "urging.reminders",
        "timestamp": moment.to_string(),
        "data": {
            "unit": unit.code,
            "unit_name": name,
            "run": run,
            "text": parts.join("\n"),
            "reminders": reminders,
            "left_out": left_out,
        },
    });
    Signed {
        address: address.clone(),
        id: format!("msg_{delivery}_{noted_ms}"),
        seconds: moment.as_second(),
        secret: secret.clone(),
        body: body.to_string(),
    }
}

/// What reminders are put into words with.
struct Desk<'a> {
    snapshot: &'a Snapshot,
    root: &'a str,
    today: Date,
    lang: Lang,
}

impl Desk<'_> {
    /// How many reminders there are, each of them, and how many more.
    fn parts(&self, found: &str, lines: &[ReminderLine], left_out: usize) -> Vec<String> {
        let (lang, count) = (self.lang, lines.len() + left_out);
        let day = periods::day(self.today, lang);
        let mut parts = vec![lang.tell(found, [("day", Gap::from(day)), ("count", count.into())])];
        parts.extend((1..).zip(lines).map(|line| self.line(line)));
        if left_out > 0 {
            parts.push(lang.tell("mail-left-out", [("count", Gap::from(left_out))]));
        }
        parts
    }

    fn line(&self, (number, line): (usize, &ReminderLine)) -> String {
        let (about, path) = about(line, self.snapshot, self.lang);
        let gaps = [
            ("number", Gap::from(number)),
            ("about", about.into()),
            ("count", line.count.into()),
            ("day", periods::day(line.deadline, self.lang).into()),
            ("standing", standing(line.deadline, self.today, self.lang).into()),
        ];
        format!("{}\n   {}{path}", self.lang.tell("mail-line", gaps), self.root)
    }

    /// A reminder as data.
    fn reminder(&self, line: &ReminderLine) -> Value {
        let (about, path) = about(line, self.snapshot, self.lang);
        let units: Vec<&str> = line.units.iter().map(|unit| unit.code.as_str()).collect();
        json!({
            "about": about,
            "address": format!("{}{path}", self.root),
            "deadline": line.deadline.to_string(),
            "days_over": (self.today - line.deadline).get_days(),
            "audience": line.audience.code(),
            "units": units,
            "count": line.count,
        })
    }
}

/// What a reminder is about, and the path of its page.
fn about(line: &ReminderLine, snapshot: &Snapshot, lang: Lang) -> (String, String) {
    match &line.about {
        About::Task(task, work) => (work.clone(), format!("/tasks/{}", task.0)),
        About::Submission { form, period } => {
            let known = snapshot.forms.iter().find(|known| known.code == *form);
            let name = known.map_or("", |form| lang.of(&form.name));
            let path = format!("/collection?form={}&period={period}", escaped(form));
            (format!("{name}, {}", periods::label(*period, lang)), path)
        }
        About::Difficulty(id, trouble) => (trouble.clone(), difficulties::address(*id)),
        About::Plan(code) => {
            let known = snapshot.directives.iter().find(|known| known.code == *code);
            let name = known.map_or_else(String::new, wording::directives::name);
            (lang.tell("work-plan", [("name", Gap::from(name))]), links::plans(code))
        }
        About::Gone => (lang.say("urging-gone"), "/urging".to_owned()),
    }
}

fn standing(deadline: Date, today: Date, lang: Lang) -> String {
    let days = (today - deadline).get_days();
    let standing = match days {
        0 => Standing::DueToday,
        days if days > 0 => Standing::Overdue { days },
        days => Standing::NotDue { days: -days },
    };
    tasks::standing(standing, lang)
}
