//! The proposals of the demo: the commune of the market has weighed three, its planner and a leader of the
//! province have scored them, one is chosen, one is not, and one is still open. The chosen one shows what
//! it changed.

use actions::accounts::Moment;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::priorities::pictures::Brought;
use actions::proposals::decide::{Choice, Decided};
use actions::proposals::open::Opened;
use actions::proposals::score::Given;
use actions::workspace::Workspace;
use domain::access::Actor;
use domain::item::Bilingual;
use domain::period::Period;
use domain::picture::Side;
use domain::proposal::{Case, Evidence, ProposalId};
use domain::unit::UnitId;
use jiff::ToSpan as _;

use super::demo_drawings::{self, Street};
use crate::wording::Lang;

/// The commune that the town with the market has become.
const COMMUNE: &str = "06124";

/// The directive that the proposals follow from.
const DIRECTIVE: &str = "kl-01";

/// The priority of the plan that the first one becomes.
const PRIORITY: &str = "DP3";

/// The years that they are for.
const YEARS: (u16, u16) = (2025, 2030);

/// A proposal of the demo: its name, why for each criterion, and the indicator that shows each.
struct Sample {
    name: &'static str,
    whys: [&'static str; 3],
    indicators: [&'static str; 3],
    points: [[u8; 3]; 2],
}

const ORDER: Sample = Sample {
    name: "demo-proposal-order",
    whys: [
        "demo-proposal-order-key",
        "demo-proposal-order-urgent",
        "demo-proposal-order-complained",
    ],
    indicators: ["", "C03", "C07"],
    points: [[5, 4, 5], [4, 4, 5]],
};

const ROADS: Sample = Sample {
    name: "demo-proposal-roads",
    whys: ["", "demo-proposal-roads-why", ""],
    indicators: [""; 3],
    points: [[2, 3, 3], [3, 3, 2]],
};

const WATER: Sample = Sample {
    name: "demo-proposal-water",
    whys: ["", "demo-proposal-water-why", ""],
    indicators: [""; 3],
    points: [[2, 4, 3], [0; 3]],
};

/// Opens the proposals and scores them; the leader has one left to score.
pub(super) fn settle(
    workspace: &Workspace,
    entrance: &Entrance,
    (planner, leader): (&Actor, &Actor),
    now: Moment,
    lang: Lang,
) -> Result<(), Error> {
    let unit = workspace.find_unit(COMMUNE, Some(now.today))?;
    let period = workspace.defaults()?.period;
    let [order, roads, water] = [ORDER, ROADS, WATER].map(|sample| -> Result<ProposalId, Error> {
        let id = entrance.open_proposal(planner, now, opened(&sample, unit, period, lang))?;
        entrance.score_proposal(planner, now, id, given(sample.points[0], lang))?;
        Ok(id)
    });
    let (order, roads) = (order?, roads?);
    water?;
    entrance.score_proposal(leader, now, order, given(ORDER.points[1], lang))?;
    entrance.score_proposal(leader, now, roads, given(ROADS.points[1], lang))?;
    entrance.remark_on_proposal(leader, now, order, lang.say("demo-proposal-remark"))?;
    let decided = |reason: &str| Decided {
        directive: Some(DIRECTIVE.to_owned()),
        reason: lang.say(reason),
        ..Decided::default()
    };
    let choice = Choice {
        existing: Some(PRIORITY.to_owned()),
        owner: unit,
        head: lang.say("demo-decision-head"),
        indicators: ["C03", "C04", "C07"].map(str::to_owned).to_vec(),
        many_because: String::new(),
    };
    let chosen = (decided("demo-decision-chosen"), choice);
    entrance.choose_proposal(planner, now, order, chosen)?;
    entrance.decline_proposal(planner, now, roads, decided("demo-decision-declined"))?;
    show(entrance, planner, now, unit, lang)
}

/// Shows what the chosen one changed.
fn show(
    entrance: &Entrance,
    planner: &Actor,
    now: Moment,
    unit: UnitId,
    lang: Lang,
) -> Result<(), Error> {
    let table = [
        (Side::Before, "demo-picture-before", Street::Crowded, 200.days()),
        (Side::After, "demo-picture-after", Street::Clear, 7.days()),
    ];
    for (side, caption, street, ago) in table {
        let drawing =
            demo_drawings::png(street).map_err(|error| Error::Fault(error.to_string()))?;
        let brought = Brought {
            unit,
            side: Some(side),
            taken_on: Some(now.today.saturating_sub(ago)),
            caption: lang.say(caption),
            name: format!("{}.png", side.code()),
            bytes: Some(drawing),
        };
        entrance.add_picture(planner, now, PRIORITY, brought)?;
    }
    Ok(())
}

fn opened(sample: &Sample, unit: UnitId, period: Period, lang: Lang) -> Opened {
    let said = |key: &str| if key.is_empty() { String::new() } else { lang.say(key) };
    let case = |at: usize| Case {
        why: said(sample.whys[at]),
        evidence: Some(sample.indicators[at])
            .filter(|code| !code.is_empty())
            .map(|code| Evidence { indicator: code.to_owned(), period }),
    };
    Opened {
        unit,
        name: Bilingual { vi: Lang::Vi.say(sample.name), en: Lang::En.say(sample.name) },
        years: (Some(YEARS.0), Some(YEARS.1)),
        directive: Some(DIRECTIVE.to_owned()),
        cases: [case(0), case(1), case(2)],
    }
}

fn given(points: [u8; 3], lang: Lang) -> [Given; 3] {
    let reason = lang.say("demo-proposal-reason");
    points.map(|points| Given { points: Some(points), reason: reason.clone() })
}
