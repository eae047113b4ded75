//! The difficulties of the demo: one that waits for the commune, and one that it has answered.

use actions::accounts::Moment;
use actions::difficulties::raise::Raised;
use actions::difficulties::step::Wanted;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::difficulty::Step;
use jiff::Span;

use crate::wording::Lang;

/// The village of the demo's village head, and the commune above it.
const VILLAGE: &str = "06178-01";
const COMMUNE: &str = "06172";

/// So many days after they were raised they are to be answered.
const DAYS: i64 = 5;

/// Lets the village head raise them and the officer answer one.
pub(super) fn settle(
    workspace: &Workspace,
    entrance: &Entrance,
    (head, officer): (&Actor, &Actor),
    now: Moment,
    lang: Lang,
) -> Result<(), Error> {
    let unit = |code: &str| workspace.find_unit(code, Some(now.today));
    let (village, commune) = (unit(VILLAGE)?, unit(COMMUNE)?);
    let raise = |trouble: &str, detail: String| {
        let raised = Raised {
            parcel: None,
            unit: village,
            task: None,
            trouble: lang.say(trouble),
            detail,
            holder: Some(commune),
            due: now.today.checked_add(Span::new().days(DAYS)).ok(),
        };
        Ok::<_, Error>(entrance.raise_difficulty(head, now, raised)?.id)
    };
    let answered = raise("demo-difficulty-member", String::new())?;
    let answer = Wanted::saying(Step::Answer, &lang.say("demo-difficulty-member-answer"));
    entrance.take_difficulty(officer, now, answered, answer)?;
    raise("demo-difficulty-road", lang.say("demo-difficulty-road-detail"))?;
    Ok(())
}
