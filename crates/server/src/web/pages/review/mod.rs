//! Judging what units have sent: the list of what waits, and what is done with each submission.

use actions::error::Error;
use actions::submissions::queue::{About, Judged, SentBack, Waiting};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::refusal::Refused;
use domain::submission::{Doer, Reason};

use super::draw;
use super::entry::by;
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::{self, Pages};
use crate::web::site::Site;
use crate::web::turn::{Turn, field, mend};
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, collecting, periods, places, refusals};

mod submission;

use submission::page;

/// Submissions named after they were judged together; of more the number is said.
const NAMED_MAX: usize = 3;

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
    /// Which page this is, so that the form leads back to it.
    page: usize,
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
    /// Whether it was chosen for that.
    chosen: bool,
}

type Pairs = Form<Vec<(String, String)>>;

/// `GET /review`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(queue(site, visit, Vec::new(), &[])?))).await
}

/// `POST /review/approve`
pub async fn approve_many(State(site): State<Site>, visit: Visit, Form(pairs): Pairs) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, field(&pairs, "form_secret"))?;
        let chosen = pairs.iter().filter(|(key, _)| key == "id").map(|(_, id)| id.clone());
        let chosen: Vec<String> = chosen.collect();
        let who = &visit.visitor()?.actor;
        match site.workspace.approve_many(who, site.moment(), chosen.clone()) {
            Ok(_) => Ok(Turn::Go(links::review_after_all(visit.page(), &chosen))),
            Err(Error::Refused(reasons)) => {
                let problem = |refused| problem(site, visit, &chosen, refused);
                let problems = reasons.iter().map(problem).collect::<Result<_, Error>>()?;
                Ok(Turn::Mend(queue(site, visit, problems, &chosen)?))
            }
            Err(failed) => Err(failed),
        }
    })
    .await
}

/// What stands in the way of one of those chosen, after its name.
fn problem(
    site: &Site,
    visit: &Visit,
    chosen: &[String],
    refused: &Refused,
) -> Result<String, Error> {
    let why = refusals::reason(&refused.why, visit.lang);
    let place = usize::try_from(refused.at.row).unwrap_or(0);
    let Some(id) = place.checked_sub(1).and_then(|place| chosen.get(place)) else {
        return Ok(why);
    };
    let who = &visit.visitor()?.actor;
    let about = site.workspace.submission_about(who, site.moment(), id)?;
    Ok(about.map_or(why.clone(), |about| {
        let place = format!("{}, {}", visit.lang.of(&about.form), about_line(&about, visit.lang));
        visit.lang.tell("refused-at", [("place", Gap::from(place)), ("why", why.into())])
    }))
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
        let reason = field(pairs, "reason/").to_owned();
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
        site.check_form(visit, field(&pairs, "form_secret"))?;
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

/// What the reader has just done with the submissions that the address names.
fn done(site: &Site, visit: &Visit) -> Result<String, Error> {
    let ids: Vec<String> =
        visit.query.iter().filter(|(key, _)| key == "after").map(|(_, id)| id.clone()).collect();
    if ids.is_empty() {
        return Ok(String::new());
    }
    let judged = site.workspace.judged(&visit.visitor()?.actor, site.moment(), ids)?;
    Ok(judged.map(|judged| done_line(&judged, visit.lang)).unwrap_or_default())
}

fn done_line(judged: &Judged, lang: Lang) -> String {
    let lines: Vec<String> = judged.about.iter().map(|about| about_line(about, lang)).collect();
    let (named, more) = lines.split_at(lines.len().min(NAMED_MAX));
    let gaps = [
        ("deed", Gap::from(collecting::deed(judged.deed, lang))),
        ("about", named.join("; ").into()),
        ("count", judged.left.into()),
        ("done", lines.len().into()),
        ("more", more.len().into()),
    ];
    lang.tell(if lines.len() > 1 { "review-done-together" } else { "review-done" }, gaps)
}

fn about_line(about: &About, lang: Lang) -> String {
    format!("{}, {}", places::full_name(&about.unit, lang), periods::label(about.period, lang))
}

fn queue(
    site: &Site,
    visit: &Visit,
    problems: Vec<String>,
    chosen: &[String],
) -> Result<String, Error> {
    let lang = visit.lang;
    let actor = &visit.visitor()?.actor;
    let page = visit.page().saturating_sub(1);
    let queue = site.workspace.review_queue(actor, site.moment(), page)?;
    let lines = queue.waiting.iter().map(|one| WaitingView {
        chosen: chosen.contains(&one.id),
        ..waiting_view(one, site, lang)
    });
    let lines: Vec<WaitingView> = lines.collect();
    draw(&ListPage {
        done: done(site, visit)?,
        problems,
        finding: lang.tell("review-finding", [("count", Gap::from(queue.total))]),
        any_free: lines.iter().any(|line| line.free),
        lines,
        page: queue.page + 1,
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
        chosen: false,
    }
}
