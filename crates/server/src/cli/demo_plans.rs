//! The plans of the demo: what the province asks of the communes about Conclusion 01, and who of them has
//! issued a plan in time, late, or not at all.

use actions::calls::{Calling, Noted};
use actions::directives::COLUMNS;
use actions::entrance::Entrance;
use actions::error::Error;
use actions::workspace::Workspace;
use domain::access::Actor;

use super::demo_tasks::{COMMUNES, Days, PROVINCE};
use crate::wording::{Gap, Lang, places};

/// The plan that asks, and how many days ago it was issued, asked, and due.
const NUMBER: &str = "21-KH/TU (mẫu)";
const ISSUED_AGO: i64 = 40;
const DUE_AGO: i64 = 8;

/// The communes whose plans stand in the register, and how many days ago each was issued.
const ENTERED: [(&str, i64); 3] = [("06124", 20), ("06148", 5), ("06151", 9)];
/// A commune whose plan was noted by hand. The one of the demo's officer has issued none.
const NOTED: (&str, i64) = ("06154", 12);

/// Enters the plans and asks for them.
pub(super) fn settle(
    workspace: &Workspace,
    entrance: &Entrance,
    leader: &Actor,
    days: Days,
    lang: Lang,
) -> Result<(), Error> {
    let unit = |code: &str| workspace.find_unit(code, Some(days.day(0)));
    let enter = |number: &str, issuer: &str, (code, above): (&str, &str), ago: i64| {
        let gaps = [("issuer", Gap::from(issuer))];
        let said = [
            ("number", number.to_owned()),
            ("kind", "Kế hoạch".to_owned()),
            ("issuer_vi", issuer.to_owned()),
            ("issuer_unit", code.to_owned()),
            ("date", days.day(-ago).to_string()),
            ("title_vi", lang.tell("demo-plan-title", gaps)),
            ("implements", above.to_owned()),
        ];
        let text = |column: &str| said.iter().find(|(name, _)| *name == column);
        let written =
            COLUMNS.map(|column| text(column).map_or_else(String::new, |it| it.1.clone()));
        entrance.save_directive(&Actor::console(), days.ago(ago), (None, written))
    };
    let province = enter(NUMBER, &lang.say("demo-plan-province"), (PROVINCE, "kl-01"), ISSUED_AGO)?;
    let units = COMMUNES.map(unit).into_iter().collect::<Result<_, Error>>()?;
    let calling =
        Calling { issuer: unit(PROVINCE)?, level: None, units, due: Some(days.day(-DUE_AGO)) };
    workspace.call_for_plans(leader, days.ago(ISSUED_AGO - 1), &province, calling)?;
    for (number, (code, ago)) in (5..).zip(ENTERED) {
        let name = workspace.unit_name(unit(code)?, days.day(0))?;
        let issuer =
            lang.tell("demo-plan-issuer", [("unit", places::full_name(&name, Lang::Vi).into())]);
        enter(&format!("0{number}-KH/ĐU (mẫu)"), &issuer, (code, &province), ago)?;
    }
    let noted = Noted {
        unit: unit(NOTED.0)?,
        issued_on: Some(days.day(-NOTED.1)),
        number: "11-KH/ĐU (mẫu)".to_owned(),
    };
    workspace.note_plan(leader, days.ago(NOTED.1 - 1), &province, noted)
}
