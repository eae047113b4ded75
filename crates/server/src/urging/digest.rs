//! What a person is reminded of, together in one mail.

use actions::accounts::Moment;
use actions::snapshot::Snapshot;
use actions::urging::delivering::Message;
use actions::urging::page::{About, ReminderLine};
use domain::task::Standing;
use jiff::civil::Date;

use super::Post;
use crate::mail::Letter;
use crate::web::links::{self, escaped};
use crate::web::pages::difficulties;
use crate::wording::{self, Gap, Lang, periods, tasks};

/// The mail of a delivery, always under the same id.
pub(super) fn letter(message: &Message, snapshot: &Snapshot, post: &Post, now: Moment) -> Letter {
    let lang = Lang::from_code(&message.mail.language).unwrap_or_default();
    let count = message.lines.len() + message.left_out;
    let day = periods::day(now.today, lang);
    let root = post.root.as_str();
    let line = |(number, line): (usize, &ReminderLine)| {
        let (about, path) = about(line, snapshot, lang);
        let gaps = [
            ("number", Gap::from(number)),
            ("about", about.into()),
            ("count", line.count.into()),
            ("day", periods::day(line.deadline, lang).into()),
            ("standing", standing(line.deadline, now.today, lang).into()),
        ];
        format!("{}\n   {root}{path}", lang.tell("mail-line", gaps))
    };
    let mut parts = vec![
        lang.tell("mail-hello", [("name", Gap::from(message.account.name.as_str()))]),
        lang.tell("mail-found", [("day", Gap::from(day)), ("count", count.into())]),
    ];
    parts.extend((1..).zip(&message.lines).map(line));
    if message.left_out > 0 {
        parts.push(lang.tell("mail-left-out", [("count", Gap::from(message.left_out))]));
    }
    parts.push(lang.tell("mail-page", [("address", Gap::from(format!("{root}/work")))]));
    parts.push(lang.tell("mail-end", [("address", Gap::from(format!("{root}/account")))]));
    Letter {
        id: format!("{}.{}@{}", message.delivery, message.noted_ms, post.mailer.domain()),
        to: message.mail.address.clone(),
        subject: lang.tell("mail-subject", [("count", Gap::from(count))]),
        text: parts.join("\n\n"),
        sent_ms: now.now_ms,
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
