//! One difficulty: what stands in the way, what was answered, and what can be done next.

use actions::difficulties::page::DifficultyPage;
use actions::difficulties::raise::USUAL_DAYS;
use actions::error::Error;
use askama::Template;
use domain::access::Right;
use domain::difficulty::{DifficultyId, Step};
use jiff::Span;

use super::address;
use super::listed::{standing_mark, state_mark};
use crate::web::frame::{Frame, Section};
use crate::web::pages::draw;
use crate::web::pages::entry::by;
use crate::web::pages::tasks;
use crate::web::parts::{Choosable, Fact, HistoryLine, Mark};
use crate::web::site::Site;
use crate::web::turn::field;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, difficulties, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/difficulties/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    trouble: String,
    detail: String,
    state: Mark,
    standing: Mark,
    facts: Vec<Fact>,
    deeds: Vec<DeedView>,
    steps: Vec<HistoryLine>,
    action: String,
    seen: i64,
    today: String,
}

/// Something that can be done now.
struct DeedView {
    code: &'static str,
    label: String,
    /// What has to be written; empty when a press is enough.
    words: String,
    /// To whom it can go; empty when it stays.
    holders: Vec<Choosable>,
    has_day: bool,
    due: String,
    /// What was typed before it was refused.
    typed: String,
    is_open: bool,
    is_main: bool,
}

/// The page of a difficulty; after a refusal with what has to be mended and what was typed.
pub(super) fn page(
    site: &Site,
    visit: &Visit,
    id: DifficultyId,
    (problems, typed): (Vec<String>, &[(String, String)]),
) -> Result<String, Error> {
    let lang = visit.lang;
    let page =
        site.workspace.difficulty_page(visit.actor(Right::SeeFigures)?, site.moment(), id)?;
    let line = &page.line;
    draw(&ShowPage {
        problems,
        trouble: page.words.trouble.clone(),
        detail: page.words.detail.clone(),
        state: state_mark(line.difficulty.state, lang),
        standing: standing_mark(line, lang),
        facts: facts(&page, lang),
        deeds: deeds(site, &page, typed, lang),
        steps: steps(site, &page, lang),
        action: address(id),
        seen: page.seen,
        today: site.today().to_string(),
        frame: site.frame(visit)?.titled(lang.say("difficulties-one"), Section::Tasks),
    })
}

fn facts(page: &DifficultyPage, lang: Lang) -> Vec<Fact> {
    let line = &page.line;
    let day = |day| periods::day(day, lang);
    let facts = [
        ("difficulty-unit", places::full_name(&line.unit, lang)),
        ("difficulty-holder", places::full_name(&line.holder, lang)),
        ("difficulty-asked-on", day(line.difficulty.asked_on)),
        ("difficulty-due", day(line.difficulty.due)),
        ("difficulty-answered-on", line.difficulty.answered_on.map_or_else(String::new, day)),
    ];
    let said = facts.into_iter().filter(|(_, text)| !text.is_empty());
    let said = said.map(|(key, text)| Fact { name: lang.say(key), text, href: String::new() });
    let task = page.task.iter().map(|(task, work)| Fact {
        name: lang.say("difficulty-task"),
        text: work.clone(),
        href: tasks::address(*task),
    });
    task.chain(said).collect()
}

fn deeds(
    site: &Site,
    page: &DifficultyPage,
    typed: &[(String, String)],
    lang: Lang,
) -> Vec<DeedView> {
    let usual = site.today().checked_add(Span::new().days(USUAL_DAYS)).unwrap_or(site.today());
    let deed = |step: Step| {
        let is_wanted = field(typed, "step") == step.code();
        let again = |name: &str| if is_wanted { field(typed, name) } else { "" }.to_owned();
        let others = page.others.iter().filter(|_| step == Step::PassOn);
        let due = again("due");
        DeedView {
            code: step.code(),
            label: difficulties::act(step, lang),
            words: if step.needs_words() {
                difficulties::words_of(step, lang)
            } else {
                String::new()
            },
            holders: others
                .map(|unit| Choosable {
                    value: unit.id.0.to_string(),
                    label: places::full_name(unit, lang),
                    chosen: again("holder") == unit.id.0.to_string(),
                })
                .collect(),
            has_day: step.needs_day(),
            due: if due.is_empty() { usual.to_string() } else { due },
            typed: again("words"),
            is_open: is_wanted,
            is_main: matches!(step, Step::Answer | Step::Close),
        }
    };
    let possible = page.possible.iter().copied();
    // At the top there is nobody else to pass it on to.
    possible.filter(|step| *step != Step::PassOn || !page.others.is_empty()).map(deed).collect()
}

fn steps(site: &Site, page: &DifficultyPage, lang: Lang) -> Vec<HistoryLine> {
    let steps = page.steps.iter().rev().map(|(told, holder)| {
        let taken = &told.taken;
        let did = difficulties::did(taken.step, lang);
        let did = match taken.step {
            Step::Raise | Step::PassOn => {
                let unit = places::full_name(holder, lang);
                lang.tell("difficulty-passed-to", [("did", Gap::from(did)), ("unit", unit.into())])
            }
            Step::AskAgain => {
                let day = periods::day(taken.due, lang);
                lang.tell("difficulty-asked-till", [("did", Gap::from(did)), ("day", day.into())])
            }
            Step::Answer | Step::Close | Step::Settle => did,
        };
        let moment = periods::moment(taken.done_ms, &site.zone, lang);
        let gaps = [("name", Gap::from(by(&told.name, lang))), ("moment", moment.into())];
        HistoryLine { did, by: lang.tell("review-sent-by", gaps), words: taken.words.clone() }
    });
    steps.collect()
}
