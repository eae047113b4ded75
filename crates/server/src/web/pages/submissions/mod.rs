//! The page of a submission: everything one unit reported on one form for one period.

use actions::answer::{Revision, SubmissionPage};
use actions::entries::ReceiptText;
use actions::error::Error;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::item::Bilingual;
use formats::qr;
use jiff::tz::TimeZone;

use super::attachments::{self, PhotoView};
use super::draw;
use super::figures::{LineView, file_name, line_view};
use crate::web::frame::{Frame, Section};
use crate::web::links::{self, Choice};
use crate::web::parts::{self, Link};
use crate::web::site::Site;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang, periods, places};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/submissions/show.html")]
struct ShowPage {
    frame: Frame,
    finding: String,
    form: String,
    trail: Vec<Link>,
    lines: Vec<LineView>,
    missing: Vec<String>,
    photos: Vec<PhotoView>,
    revisions: Vec<RevisionView>,
    receipt: Option<ReceiptView>,
}

impl ShowPage {
    /// The lines, under the name that the shared table knows them by.
    fn lines(&self) -> &[LineView] {
        &self.lines
    }
}

/// What proves that the submission arrived as it is.
struct ReceiptView {
    number: String,
    position: u64,
    proof: String,
    code: Option<qr::Code>,
}

/// A revision.
struct RevisionView {
    href: String,
    name: String,
    file: String,
}

/// `GET /submissions/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.page(visit, move |desk| {
        let answer = desk.workspace.submission_page(&id)?;
        desk.see(answer.unit.id)?;
        let choice = desk.choice()?;
        let receipt = desk.workspace.receipt(&id)?;
        page(&answer, receipt, choice, desk.frame(&answer.as_of), desk.zone)
    })
    .await
}

/// Draws the page; `choice` is what its links to units carry along.
///
/// # Errors
/// Never, unless the template is wrong.
pub fn page(
    answer: &SubmissionPage,
    receipt: Option<ReceiptText>,
    choice: Choice,
    frame: Frame,
    zone: &TimeZone,
) -> Result<String, Error> {
    let lang = frame.lang;
    let choice = Choice { unit: answer.unit.id, ..choice };
    let unit = places::full_name(&answer.unit, lang);
    let period = periods::label(answer.period, lang);
    let about = [lang.of(&answer.form_name), &unit, &period];
    let photos = attachments::views(&answer.attachments, about, lang);
    let gaps = [
        ("unit", Gap::from(unit)),
        ("count", answer.lines.len().into()),
        ("period", period.into()),
        ("missing", answer.missing.len().into()),
    ];
    let finding = lang.tell("submission-finding", gaps);
    let frame = Frame { choice: Some(choice), ..frame.titled(finding.clone(), Section::Units) };
    let empty = |(code, name): &(String, Bilingual)| format!("{code} {}", lang.of(name));
    draw(&ShowPage {
        finding,
        form: lang.of(&answer.form_name).to_owned(),
        trail: parts::trail(&answer.above, &answer.unit, choice, lang),
        lines: answer.lines.iter().map(|line| line_view(line, zone, lang)).collect(),
        missing: answer.missing.iter().map(empty).collect(),
        photos,
        revisions: answer.revisions.iter().map(|one| revision(one, zone, lang)).collect(),
        receipt: receipt.map(|receipt| ReceiptView {
            proof: format!("/proofs/{}", receipt.position),
            position: receipt.position,
            code: qr::code(&receipt.text),
            number: receipt.number,
        }),
        frame,
    })
}

fn revision(revision: &Revision, zone: &TimeZone, lang: Lang) -> RevisionView {
    let gaps = [
        ("revision", Gap::from(revision.number.to_string())),
        ("moment", periods::moment(revision.received_ms, zone, lang).into()),
    ];
    RevisionView {
        href: links::submission(&revision.submission),
        name: lang.tell("arrival", gaps),
        file: file_name(&revision.file, lang),
    }
}
