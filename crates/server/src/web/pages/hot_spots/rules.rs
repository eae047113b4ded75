//! The rules of hot spots, as whoever edits the plan sees and changes them.

use actions::error::Error;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::Response;
use domain::hot_spot::{Cause, Measure, Rule};
use domain::refusal::{Refusal, Wanted};

use super::rule_name;
use crate::web::frame::{Frame, Section};
use crate::web::pages::draw;
use crate::web::pages::forms::may_plan;
use crate::web::site::Site;
use crate::web::turn::{Turn, field};
use crate::web::visit::Visit;

/// The page.
#[derive(Template)]
#[template(path = "web/pages/hot_spots/rules.html")]
struct RulesPage {
    frame: Frame,
    problems: Vec<String>,
    rules: Vec<RuleView>,
    /// Whether the visitor plans for all units; the rules are those of all.
    may_save: bool,
}

/// A rule as it is typed.
struct RuleView {
    code: &'static str,
    name: String,
    least: String,
    at_least: String,
    /// None where no deadline counts.
    within_days: Option<String>,
    weight: String,
    most: String,
}

/// `GET /hot-spots/rules`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(page(site, visit, &[], Vec::new())?))).await
}

/// `POST /hot-spots/rules`
pub async fn save(
    State(site): State<Site>,
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Response {
    let save = |site: &Site, visit: &Visit, pairs: &_| {
        let who = &visit.visitor()?.actor;
        site.workspace.save_hot_spot_rule(who, site.moment(), rule(pairs)?)?;
        Ok("/hot-spots/rules".to_owned())
    };
    site.submit(visit, pairs, save, page).await
}

/// A rule as it was typed.
fn rule(pairs: &[(String, String)]) -> Result<Rule, Error> {
    let bad = |text: &str| Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Number };
    let cause = field(pairs, "cause");
    let cause = Cause::from_code(cause).ok_or_else(|| bad(cause))?;
    let number = |name: &str| -> Result<u16, Refusal> {
        let text = field(pairs, name);
        text.parse().map_err(|_| bad(text))
    };
    let within_days = (cause == Cause::Missing).then(|| number("within_days")).transpose()?;
    Ok(Rule {
        cause,
        at_least: number("at_least")?,
        within_days,
        weight: number("weight")?,
        most: number("most")?,
    })
}

fn page(
    site: &Site,
    visit: &Visit,
    typed: &[(String, String)],
    problems: Vec<String>,
) -> Result<String, Error> {
    let lang = visit.lang;
    let view = |rule: &Rule| {
        let is_typed = field(typed, "cause") == rule.cause.code();
        let shown = |name: &str, saved: u16| {
            if is_typed { field(typed, name).to_owned() } else { saved.to_string() }
        };
        RuleView {
            code: rule.cause.code(),
            name: rule_name(rule.cause, lang),
            least: lang.say(match rule.cause.measure() {
                Measure::Days => "hot-spot-least-days",
                Measure::Percent => "hot-spot-least-percent",
            }),
            at_least: shown("at_least", rule.at_least),
            within_days: rule.within_days.map(|days| shown("within_days", days)),
            weight: shown("weight", rule.weight),
            most: shown("most", rule.most),
        }
    };
    let rules = site.workspace.hot_spot_rules()?;
    draw(&RulesPage {
        problems,
        may_save: may_plan(site, visit, &*site.workspace.snapshot()?),
        rules: rules.iter().map(view).collect(),
        frame: site.frame(visit)?.titled(lang.say("hot-spot-rules"), Section::Work),
    })
}
