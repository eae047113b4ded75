//! The templates of the pack, given over the sample: when they are due, and how they stand.

use actions::tasks::give::{Assignment, Giving, Time};
use domain::access::Actor;
use domain::task::{Origin, Party, Standing, Words};
use jiff::civil::date;
use testkit::on_every_engine;

use crate::door::entrance;
use crate::setup::Office;
use crate::tasks::{at, words};

/// Of each template: how many deadlines it gives on 5 January 2026, the first of them, and how a task
/// of it stands on 2 April when nobody did anything: days over (+), days left (-), or no deadline.
const TEMPLATES: [(&str, usize, &str, Option<i32>); 22] = [
    ("T01", 1, "2026-01-20", Some(72)),
    ("T02", 1, "2026-01-26", Some(66)),
    ("T03", 12, "2026-02-02", Some(59)),
    ("T04", 0, "", None),
    ("T05", 1, "2026-06-30", Some(-89)),
    ("T11", 1, "2026-03-31", Some(2)),
    ("T12", 0, "", None),
    ("T13", 0, "", None),
    ("T14", 0, "", None),
    ("T15", 4, "2026-03-31", Some(2)),
    ("T21", 1, "2026-02-02", Some(59)),
    ("T22", 2, "2026-06-30", Some(-89)),
    ("T23", 2, "2026-03-31", Some(2)),
    ("T31", 1, "2026-01-12", Some(80)),
    ("T32", 1, "2026-01-26", Some(66)),
    ("T33", 51, "2026-01-12", Some(80)),
    ("T34", 0, "", None),
    ("T35", 12, "2026-02-02", Some(59)),
    ("T41", 1, "2026-09-30", Some(-181)),
    ("T42", 1, "2026-12-31", Some(-273)),
    ("T43", 1, "2026-12-31", Some(-273)),
    ("T44", 1, "2026-03-31", Some(2)),
];

#[test]
fn the_templates_of_the_pack_are_given_over_the_sample_and_due_as_the_table_says() {
    on_every_engine(|engine, database| {
        let sample = Office::sample(database);
        let entrance = entrance(database);
        let snapshot = sample.workspace.snapshot().unwrap();
        let (given, looked) = (date(2026, 1, 5), date(2026, 4, 2));
        let unit = |code: &str| sample.workspace.find_unit(code, Some(given)).unwrap();
        let communes = ["06124", "06148", "06151", "06154", "06172"];
        let leads: Vec<Party> =
            communes.map(|code| Party { unit: unit(code), account: None }).to_vec();
        assert_eq!(snapshot.task_templates.len(), TEMPLATES.len(), "{engine}");
        for (template, (code, count, first, over)) in snapshot.task_templates.iter().zip(TEMPLATES)
        {
            assert_eq!(template.code, code, "{engine}");
            let days = template.due.deadlines(given, &snapshot.holidays);
            let says = days.first().map(ToString::to_string).unwrap_or_default();
            assert_eq!((days.len(), says.as_str()), (count, first), "{engine}: {code}");
            let times = days.first().map_or(Time::Open, |day| Time::By(*day));
            let assignment = Assignment {
                issuer: unit("20"),
                origin: Origin {
                    template: Some(template.code.clone()),
                    priority: template.priority.clone(),
                    ..Origin::default()
                },
                words: Words { product: template.product.clone(), ..words(&template.work.vi) },
                leads: leads.clone(),
                helpers: Vec::new(),
                team: Vec::new(),
                confirmer: None,
                times: vec![times],
                giving: Giving::Now,
            };
            let console = Actor::console();
            let tasks = entrance.give_tasks(&console, at(given), assignment).unwrap().tasks;
            assert_eq!(tasks.len(), 5, "{engine}: {code}");
            let page = sample.workspace.task_page(&console, at(looked), tasks[4]).unwrap();
            let found = match page.standing {
                Standing::Overdue { days } => Some(days),
                Standing::NotDue { days } | Standing::DueSoon { days } => Some(-days),
                Standing::NoDeadline => None,
                other => panic!("{engine}: {code}: {other:?}"),
            };
            assert_eq!(found, over, "{engine}: {code}");
        }
    });
}
