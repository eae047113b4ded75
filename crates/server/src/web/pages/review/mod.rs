//! Judging what units have sent: the list of what waits, and what is done with each submission.

use actions::error::Error;
use actions::submissions::queue::{Judged, SentBack, Waiting};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::submission::{Doer, Reason};

use super::draw;
use super::entry::by;
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::{self, Pages};
use crate::web::site::Site;
use crate::web::turn::{Turn, mend};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, collecting, periods, places};

mod submission;

use submission::page;

/// The list.
#[derive(Template)]
#[template(path = "web/pages/review/list.html")]
struct ListPage {
    frame: Frame,
    /// What was just done; empty when nothing was.
    done: String,
    problems: Vec<String>,
    finding: String,
    lines: Vec<WaitingView>,
    /// Whether any can be approved together with others.
    any_free: bool,
    sent_back: Vec<BackView>,
    pages: Option<Pages>,
}

/// What a level above has returned.
struct BackView {
    href: String,
    form: String,
    about: String,
    when: String,
}

struct WaitingView {
    id: String,
    href: String,
    form: String,
    about: String,
    sender: String,
    doubts: String,
    /// Which levels it has passed; empty where one alone judges.
    course: String,
    /// Whether it can be approved together with others.
    free: bool,
}

type Pairs = Form<Vec<(String, String)>>;

/// `GET /review`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(queue(site, visit, Vec::new())?))).await
}

/// `POST /review/approve`
pub async fn approve_many(State(site): State<Site>, visit: Visit, Form(pairs): Pairs) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, find(&pairs, "form_secret"))?;
        let ids = pairs.iter().filter(|(key, _)| key == "id").map(|(_, id)| id.clone()).collect();
        match site.workspace.approve_many(&visit.visitor()?.actor, site.moment(), ids) {
            Ok(_) => Ok(Turn::Go("/review".to_owned())),
            Err(error) => mend(error, visit.lang, |problems| queue(site, visit, problems)),
        }
    })
    .await
}

/// `GET /review/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| Ok(Turn::Shown(page(site, visit, &id, Vec::new(), &[])?)))
        .await
}

/// `POST /review/{id}/approve`
pub async fn approve(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Response {
    judged(site, visit, id, pairs, |site, visit, id, _| {
        site.workspace.approve(&visit.visitor()?.actor, site.moment(), id)
    })
    .await
}

/// `POST /review/{id}/return`
pub async fn send_back(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Response {
    judged(site, visit, id, pairs, |site, visit, id, pairs| {
        let reasons = pairs.iter().filter_map(|(key, text)| {
            let field = key.strip_prefix("reason/")?.to_owned();
            Some(Reason { field, text: text.clone() })
        });
        let who = &visit.visitor()?.actor;
        site.workspace.return_with_reasons(who, site.moment(), id, reasons.collect())
    })
    .await
}

/// `POST /review/{id}/reopen`
pub async fn reopen(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Response {
    judged(site, visit, id, pairs, |site, visit, id, pairs| {
        let reason = find(pairs, "reason/").to_owned();
        site.workspace.reopen(&visit.visitor()?.actor, site.moment(), id, reason)
    })
    .await
}

type Judging = fn(&Site, &Visit, &str, &[(String, String)]) -> Result<(), Error>;

/// Judges a submission and goes on to the next that waits, or says what stands in the way.
async fn judged(
    site: Site,
    visit: Visit,
    id: String,
    pairs: Vec<(String, String)>,
    judging: Judging,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, find(&pairs, "form_secret"))?;
        let next = site.workspace.review_after(&visit.visitor()?.actor, site.moment(), &id)?;
        match judging(site, visit, &id, &pairs) {
            Ok(()) => Ok(Turn::Go(links::review_after(next.as_deref(), &id))),
            Err(error) => {
                mend(error, visit.lang, |problems| page(site, visit, &id, problems, &pairs))
            }
        }
    })
    .await
}

fn find<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

/// What the reader has just done with the submission that the address names.
fn done(site: &Site, visit: &Visit) -> Result<String, Error> {
    let Some(id) = visit.parameter("after") else { return Ok(String::new()) };
    let judged = site.workspace.judged(&visit.visitor()?.actor, site.moment(), id)?;
    Ok(judged.map(|judged| done_line(&judged, visit.lang)).unwrap_or_default())
}

fn done_line(judged: &Judged, lang: Lang) -> String {
    let unit = places::full_name(&judged.unit, lang);
    let gaps = [
        ("deed", Gap::from(collecting::deed(judged.deed, lang))),
        ("about", format!("{unit}, {}", periods::label(judged.period, lang)).into()),
        ("count", judged.left.into()),
    ];
    lang.tell("review-done", gaps)
}

fn queue(site: &Site, visit: &Visit, problems: Vec<String>) -> Result<String, Error> {
    let lang = visit.lang;
    let page = visit.parameter("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1);
    let actor = &visit.visitor()?.actor;
    let queue = site.workspace.review_queue(actor, site.moment(), page.saturating_sub(1))?;
    let lines: Vec<WaitingView> =
        queue.waiting.iter().map(|one| waiting_view(one, site, lang)).collect();
    draw(&ListPage {
        done: done(site, visit)?,
        problems,
        finding: lang.tell("review-finding", [("count", Gap::from(queue.total))]),
        any_free: lines.iter().any(|line| line.free),
        lines,
        sent_back: queue.sent_back.iter().map(|back| back_view(back, site, lang)).collect(),
        pages: parts::pages("/review", (queue.page, queue.pages()), lang),
        frame: site.frame(visit)?.titled(lang.say("review-heading"), Section::Work),
    })
}

fn back_view(back: &SentBack, site: &Site, lang: Lang) -> BackView {
    let unit = places::full_name(&back.unit, lang);
    let reasons = lang.tell("work-reasons", [("count", Gap::from(back.reasons))]);
    let moment = periods::moment(back.returned_ms, &site.zone, lang);
    BackView {
        href: links::review(&back.id),
        form: lang.of(&back.form).to_owned(),
        about: format!("{unit} · {}", periods::label(back.period, lang)),
        when: format!("{reasons} · {moment}"),
    }
}

fn waiting_view(waiting: &Waiting, site: &Site, lang: Lang) -> WaitingView {
    let moment = periods::moment(waiting.received_ms, &site.zone, lang);
    let gaps = [("name", Gap::from(by(&waiting.sender, lang))), ("moment", moment.into())];
    let unit = places::full_name(&waiting.unit, lang);
    WaitingView {
        id: waiting.id.clone(),
        href: links::review(&waiting.id),
        form: lang.of(&waiting.form).to_owned(),
        about: format!("{unit} · {}", periods::label(waiting.period, lang)),
        sender: match waiting.doer {
            Doer::Sender => lang.say("review-own"),
            Doer::Approver => lang.say("review-second"),
            Doer::Another => lang.tell("review-sent-by", gaps),
        },
        doubts: match waiting.doubts {
            0 => lang.say("review-no-doubts"),
            count => lang.tell("review-doubts", [("count", Gap::from(count))]),
        },
        course: match waiting.course.next {
            Some(_) => collecting::course(&waiting.course, lang),
            None => String::new(),
        },
        free: waiting.doubts == 0 && waiting.doer == Doer::Another,
    }
}
