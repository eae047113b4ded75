//! The stocktakes of the demo: one of the province that was held, with a decision that became a task,
//! and one that is being prepared.

use actions::accounts::Moment;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::stocktakes::page::Agenda;
use actions::stocktakes::{Change, Draft, Noted, Then, Written};
use actions::tasks::give::{Assignment, Giving, Time};
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::number::Decimal;
use domain::stocktake::{Decided, Invitation, Meeting, Place, StocktakeId, Topic};
use domain::task::{Origin, Party, Words};
use domain::unit::UnitId;
use jiff::civil::Date;

use super::demo_tasks::{COMMUNES, Days, PROVINCE};
use crate::wording::Lang;

/// What is forecast there: the indicator, the value, and how sure they are.
const FORECAST: (&str, i64, u8) = ("A01", 120, 6);

/// So many days ago one was held, and in so many days the other is.
const HELD: i64 = 3;
const AHEAD: i64 = 4;

/// Holds one and calls the other.
pub(super) fn settle(
    workspace: &Workspace,
    entrance: &Entrance,
    leader: &Actor,
    now: Moment,
    lang: Lang,
) -> Result<(), Error> {
    let days = Days(now);
    let desk = Desk { workspace, entrance, leader, unit: province(workspace, now.today)?, lang };
    desk.hold(days)?;
    desk.call(now, (Meeting::Regular, days.day(AHEAD))).map(drop)
}

fn province(workspace: &Workspace, today: Date) -> Result<UnitId, Error> {
    workspace.find_unit(PROVINCE, Some(today))
}

struct Desk<'a> {
    workspace: &'a Workspace,
    entrance: &'a Entrance,
    leader: &'a Actor,
    unit: UnitId,
    lang: Lang,
}

impl Desk<'_> {
    fn call(&self, moment: Moment, (meeting, day): (Meeting, Date)) -> Result<StocktakeId, Error> {
        let draft = Draft {
            unit: self.unit,
            meeting,
            invitation: Invitation {
                day,
                place: self.lang.say("demo-stocktake-place"),
                chair: self.lang.say("demo-stocktake-chair"),
                period: self.workspace.snapshot()?.default_period(),
            },
        };
        self.entrance.call_stocktake(self.leader, moment, draft)
    }

    /// Called the day before, and held with minutes, a decision and a forecast.
    fn hold(&self, days: Days) -> Result<(), Error> {
        let then = days.ago(HELD);
        let id = self.call(days.ago(HELD + 1), (Meeting::Regular, then.today))?;
        let page = self.workspace.stocktake_page(self.leader, then, id)?;
        let late = page.items.iter().find(|one| one.item.topic == Topic::LateTask);
        let written = page.items.iter().map(|one| self.written(one, late)).collect();
        let change = |written, then_what| {
            let change = Change { written, then: then_what };
            self.entrance.change_stocktake(self.leader, then, id, change)
        };
        change(written, Then::Freeze)?;
        if let Some(late) = late {
            self.decide(days, Decided { stocktake: id, item: late.item.number })?;
        }
        let (indicator, units, confidence) = FORECAST;
        let forecast = Then::Forecast {
            indicator: indicator.to_owned(),
            value: Decimal { units, scale: 0 },
            confidence,
            reason: self.lang.say("demo-stocktake-reason"),
        };
        change(Vec::new(), forecast)?;
        change(Vec::new(), Then::Close)
    }

    /// The late task was spoken about, the rest left out.
    fn written(&self, agenda: &Agenda, late: Option<&Agenda>) -> Written {
        let item = &agenda.item;
        let is_spoken = late.is_some_and(|late| late.item.number == item.number);
        let (place, minutes) = if is_spoken {
            (Place::Kept, self.lang.say("demo-stocktake-minutes"))
        } else {
            (Place::LeftOut, String::new())
        };
        Written {
            number: item.number,
            before: Noted { place: item.place, minutes: item.minutes.clone() },
            after: Noted { place, minutes },
        }
    }

    fn decide(&self, days: Days, at: Decided) -> Result<(), Error> {
        let say = |key: &str| self.lang.say(key);
        let lead = self.workspace.find_unit(COMMUNES[0], Some(days.day(0)))?;
        let assignment = Assignment {
            issuer: self.unit,
            origin: Origin { decided: Some(at), ..Origin::default() },
            words: Words {
                work: say("demo-stocktake-work"),
                detail: String::new(),
                responsibility: say("demo-task-responsibility"),
                product: say("demo-stocktake-product"),
                authority: say("demo-task-authority"),
            },
            leads: vec![Party { unit: lead, account: None }],
            helpers: Vec::new(),
            team: Vec::new(),
            confirmer: None,
            times: vec![Time::By(days.day(7))],
            giving: Giving::Now,
        };
        self.entrance.give_tasks(self.leader, days.ago(HELD), assignment).map(drop)
    }
}
