//! Sending for a village what its phone could not: an officer brings the file or the texts of the codes.

use actions::error::Error;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::response::{IntoResponse as _, Response};
use domain::access::Right;
use domain::attachment::AttachmentId;
use domain::collecting::CollectingProblem;
use domain::refusal::Refusal;

use super::draw;
use crate::web::api::submissions::ContentCode;
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::received::{Bounds, File, receive};
use crate::web::routes::PERMISSIONS_POLICY;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places, refusals};

mod read;

use read::{Brought, Photo, read};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/carried/show.html")]
struct ShowPage {
    frame: Frame,
    problems: Vec<String>,
    text: String,
    outcomes: Vec<OutcomeView>,
}

/// What became of a form that was brought.
struct OutcomeView {
    about: String,
    /// Where it can be seen; empty when it was not taken.
    href: String,
    text: String,
}

/// A file with the photographs of several forms, or what was pasted.
const BOUNDS: Bounds = Bounds {
    fields_bytes_max: 1024 * 1024,
    files: "copy",
    file_bytes_max: 16 * 1024 * 1024,
    files_max: 1,
};

/// `GET /carried`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    let shown = site.act(visit, |site, visit| {
        Ok(Turn::Shown(page(site, visit, String::new(), &[], Vec::new())?))
    });
    with_camera(shown.await)
}

/// The page reads codes with the camera of the device, which no other page may use.
fn with_camera(mut response: Response) -> Response {
    let own = HeaderValue::from_static("camera=(self), geolocation=(), microphone=()");
    response.headers_mut().insert(PERMISSIONS_POLICY, own);
    response
}

/// `POST /carried`
pub async fn act(State(site): State<Site>, visit: Visit, request: Request) -> Response {
    let received = match receive(request, BOUNDS).await {
        Ok(received) => received,
        Err(status) => return status.into_response(),
    };
    let sent = site.act(visit, move |site, visit| {
        let find = |name: &str| received.pairs.iter().find(|(key, _)| key == name);
        let typed = |name: &str| find(name).map_or("", |(_, value)| value.as_str());
        site.check_form(visit, typed("form_secret"))?;
        let text = typed("text");
        let found = match received.files.first() {
            None => read(text),
            Some(File::Whole { bytes, .. }) => read(&String::from_utf8_lossy(bytes)),
            Some(File::TooLarge | File::TooMany) => Err(CollectingProblem::CopyUnreadable),
        };
        let brought = match found {
            Ok(brought) => brought,
            Err(problem) => {
                let problems = [Refusal::from(problem)];
                let page = page(site, visit, text.to_owned(), &problems, Vec::new())?;
                return Ok(Turn::Mend(page));
            }
        };
        let outcomes: Result<Vec<OutcomeView>, Error> =
            brought.into_iter().map(|brought| send(site, visit, brought)).collect();
        Ok(Turn::Shown(page(site, visit, String::new(), &[], outcomes?)?))
    });
    with_camera(sent.await)
}

/// Sends one form: the one who brings it is the one who sends it. The phone that sends the same later
/// gets the same receipt.
fn send(site: &Site, visit: &Visit, brought: Brought) -> Result<OutcomeView, Error> {
    let (who, moment, lang) = (&visit.visitor()?.actor, site.moment(), visit.lang);
    let Brought { id, occasion, content, mut typed, photos } = brought;
    let snapshot = site.workspace.snapshot()?;
    let (unit, period) = (occasion.unit, occasion.period);
    let known = snapshot.check(who, Right::SendFigures, Some(unit), moment.today).is_ok();
    let name = snapshot.name(unit, moment.today);
    let unit = if known { places::full_name(&name, lang) } else { unit.0.to_string() };
    let about = format!("{} · {unit} · {}", occasion.form, periods::label(period, lang));
    let sent = bring(site, visit, photos).and_then(|names| {
        typed.attachments = names;
        match content {
            ContentCode::Figures => site.workspace.submit(who, moment, &id, occasion, typed),
            ContentCode::Nothing => {
                site.workspace.nothing_to_report(who, moment, &id, occasion, typed)
            }
        }
    });
    match sent {
        Ok(sent) => {
            let number = [("number", Gap::from(sent.receipt.number))];
            let text = lang.tell("entry-mark-received", number);
            Ok(OutcomeView { about, href: links::submission(&sent.id), text })
        }
        Err(Error::Refused(refused)) => {
            let why = refused.iter().map(|refused| refusals::reason(&refused.why, lang));
            let text = why.collect::<Vec<String>>().join(" ");
            Ok(OutcomeView { about, href: String::new(), text })
        }
        Err(error) => Err(error),
    }
}

/// Keeps the photographs of a form; gives back their names, in their order.
fn bring(site: &Site, visit: &Visit, photos: Vec<Photo>) -> Result<Vec<AttachmentId>, Error> {
    let who = &visit.visitor()?.actor;
    let kept = photos.into_iter().map(|photo| match photo {
        Photo::Known(name) => Ok(name),
        Photo::Carried(bytes) => {
            let kept = site.entrance.bring_attachment(who, site.moment(), None, &bytes)?;
            Ok(kept.id)
        }
    });
    kept.collect()
}

fn page(
    site: &Site,
    visit: &Visit,
    text: String,
    problems: &[Refusal],
    outcomes: Vec<OutcomeView>,
) -> Result<String, Error> {
    let lang: Lang = visit.lang;
    let frame = site.frame(visit)?.titled(lang.say("carried-heading"), Section::Work);
    let problems = problems.iter().map(|problem| refusals::reason(problem, lang)).collect();
    draw(&ShowPage { problems, text, outcomes, frame })
}
