//! The tasks of the demo: what the province asks of the communes and a commune of its villages, in
//! the states that lists show.

use actions::accounts::Moment;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::tasks::give::{Assignment, Giving, Time};
use actions::tasks::step::Wanted;
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::task::{Member, Origin, Party, Step, TaskId, Words};
use jiff::Span;
use jiff::civil::Date;

use crate::wording::{Gap, Lang};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
pub(super) const PROVINCE: &str = "20";
/// The commune of the demo's officer.
const COMMUNE: &str = "06172";
/// The communes of today that the sample's district became.
pub(super) const COMMUNES: [&str; 5] = ["06124", "06148", "06151", "06154", COMMUNE];
/// Villages of that commune, the first that of the demo's village head.
const VILLAGES: [&str; 3] = ["06178-01", "06178-02", "06178-03"];
/// How many people are in the team of the article.
const TEAM: u32 = 7;

/// The demo's people who give and do tasks.
pub(super) struct People {
    /// The province's leader.
    pub(super) leader: Actor,
    /// The commune's officer.
    pub(super) officer: Actor,
    /// The village head.
    pub(super) head: Actor,
}

/// Tasks about to be given: who asks for what, from whom, and when.
struct Sample {
    /// The beginning of the keys of its words.
    key: &'static str,
    priority: &'static str,
    issuer: &'static str,
    leads: &'static [&'static str],
    /// How many days ago it was given, and in how many days it is due.
    days: (i64, i64),
    team: u32,
}

const PLANS: Sample = Sample {
    key: "demo-task-plan",
    priority: "DP1",
    issuer: PROVINCE,
    leads: &COMMUNES,
    days: (20, -5),
    team: 0,
};
const MARKET: Sample = Sample {
    key: "demo-task-market",
    priority: "DP3",
    issuer: PROVINCE,
    leads: &[COMMUNE],
    days: (12, 18),
    team: TEAM,
};
const SURVEY: Sample = Sample {
    key: "demo-task-survey",
    priority: "DP1",
    issuer: COMMUNE,
    leads: &VILLAGES,
    days: (4, 2),
    team: 0,
};

/// Gives the tasks and takes some of them further.
pub(super) fn settle(
    workspace: &Workspace,
    entrance: &Entrance,
    people: &People,
    now: Moment,
    lang: Lang,
) -> Result<(), Error> {
    let days = Days(now);
    let desk = Desk { workspace, entrance, days, lang };
    let say = |key: &str, step: Step| Wanted { words: lang.say(key), ..Wanted::plain(step) };
    let accept = || Wanted::plain(Step::Accept);
    let plans = desk.give(&people.leader, &PLANS)?;
    if let Some(own) = plans.last() {
        desk.step(&people.officer, 19, *own, accept())?;
        desk.step(&people.officer, 7, *own, say("demo-task-plan-done", Step::HandIn))?;
        desk.step(&people.leader, 6, *own, Wanted::plain(Step::Confirm))?;
    }
    let market = desk.give(&people.leader, &MARKET)?;
    if let Some(market) = market.first() {
        desk.step(&people.officer, 11, *market, accept())?;
        desk.step(&people.officer, 3, *market, say("demo-task-market-report", Step::Report))?;
        let day = days.day(30);
        let ask = Wanted { day: Some(day), ..say("demo-task-market-ask", Step::AskForTime) };
        desk.step(&people.officer, 1, *market, ask)?;
    }
    for ago in (1..=12).rev() {
        workspace.urge(days.ago(ago))?;
    }
    let survey = desk.give(&people.officer, &SURVEY)?;
    if let Some(survey) = survey.first() {
        desk.step(&people.head, 3, *survey, accept())?;
    }
    Ok(())
}

struct Desk<'a> {
    workspace: &'a Workspace,
    entrance: &'a Entrance,
    days: Days,
    lang: Lang,
}

/// The days around the one on which the demo is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days(pub(super) Moment);

impl Days {
    /// The day in so many days.
    pub(super) fn day(self, days: i64) -> Date {
        self.0.today.checked_add(Span::new().days(days)).unwrap_or(self.0.today)
    }

    /// So many days ago.
    pub(super) fn ago(self, days: i64) -> Moment {
        Moment { now_ms: self.0.now_ms - days * DAY_MS, today: self.day(-days) }
    }
}

impl Desk<'_> {
    fn step(&self, who: &Actor, ago: i64, task: TaskId, wanted: Wanted) -> Result<(), Error> {
        self.entrance.take_step(who, self.days.ago(ago), task, wanted).map(drop)
    }

    fn give(&self, who: &Actor, sample: &Sample) -> Result<Vec<TaskId>, Error> {
        let unit = |code: &str| self.workspace.find_unit(code, Some(self.days.day(0)));
        let leads = sample.leads.iter().map(|code| Ok(Party { unit: unit(code)?, account: None }));
        let worded = |ending: &str| self.lang.say(&format!("{}-{ending}", sample.key));
        let member = |number: u32| Member {
            name: self.lang.tell("demo-task-member", [("number", Gap::from(number))]),
            duty: String::new(),
        };
        let assignment = Assignment {
            issuer: unit(sample.issuer)?,
            origin: Origin {
                priority: Some(sample.priority.to_owned()),
                directive: Some("kl-01".to_owned()),
                ..Origin::default()
            },
            words: Words {
                work: worded("work"),
                detail: String::new(),
                responsibility: self.lang.say("demo-task-responsibility"),
                product: worded("product"),
                authority: self.lang.say("demo-task-authority"),
            },
            leads: leads.collect::<Result<_, Error>>()?,
            helpers: Vec::new(),
            team: (1..=sample.team).map(member).collect(),
            confirmer: None,
            times: vec![Time::By(self.days.day(sample.days.1))],
            giving: Giving::Now,
        };
        let given = self.entrance.give_tasks(who, self.days.ago(sample.days.0), assignment)?;
        Ok(given.tasks)
    }
}
