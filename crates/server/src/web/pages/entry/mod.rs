//! A form on one page: what it asks, what was typed, and sending it.

use actions::error::Error;
use actions::submissions::aims::Aim;
use actions::submissions::entry::{EntryField, EntryPage, SentLast};
use actions::submissions::{Base, Occasion, Typed, field_key};
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use domain::attachment::{AttachmentId, AttachmentProblem, BYTES_MAX, PER_SUBMISSION_MAX};
use domain::collecting::CollectingProblem;
use domain::number::SCALE_MAX;
use domain::period::Period;
use domain::refusal::{Refusal, Refused, Wanted};
use domain::submission::{self, Content};

use super::attachments::{self, PhotoView};
use super::draw;
use crate::web::frame::{Frame, Section};
use crate::web::links;
use crate::web::parts::{self, Mark};
use crate::web::received::{Bounds, File, receive};
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::{Visit, unit_id};
use crate::wording::{self, Gap, Lang, collecting, locks, number, periods, places, refusals};

mod typed;

use typed::{Deed, read};

/// A form with a few fields and a few photographs.
const BOUNDS: Bounds = Bounds {
    fields_bytes_max: 64 * 1024,
    files: "photo",
    file_bytes_max: BYTES_MAX,
    files_max: PER_SUBMISSION_MAX,
};

/// The page.
#[derive(Template)]
#[template(path = "web/pages/entry/show.html")]
struct ShowPage {
    frame: Frame,
    action: String,
    workbook: String,
    paper: String,
    id: String,
    base: Base,
    form: String,
    about: String,
    mark: Mark,
    due: DueView,
    sent: Option<SentView>,
    saved: String,
    returned: Vec<String>,
    problems: Vec<ProblemView>,
    check: String,
    fields: Vec<FieldView>,
    photos: Vec<PhotoView>,
    /// How many and what size, and what becomes of them.
    photo_hint: String,
    may_be_nothing: bool,
    /// That it is locked, and who opens it; empty while figures are taken.
    locked: String,
    /// Whether the form stands open: always, unless what it asks for has been sent.
    open: bool,
    asks_why: bool,
    reason: String,
}

/// When it is due.
struct DueView {
    text: String,
    is_over: bool,
}

/// What was sent last.
struct SentView {
    href: String,
    id: String,
    text: String,
}

/// Something to be mended, and where.
struct ProblemView {
    href: String,
    text: String,
}

/// A field.
struct FieldView {
    number: usize,
    key: String,
    code: String,
    name: String,
    is_class: bool,
    /// The title of the section that begins here; else empty.
    section: String,
    help: String,
    measure: String,
    text: String,
    note: String,
    reason: String,
    previous: String,
    /// The targets it counts towards.
    aims: Vec<String>,
    range: String,
    /// What stands there from somebody else.
    other: String,
    returned: Vec<String>,
    refused: Vec<String>,
    doubts: Vec<String>,
    described: String,
}

type Place = Path<(String, String, String)>;

/// `GET /entry/forms/{form}/units/{unit}/periods/{period}`
pub async fn show(State(site): State<Site>, Path(place): Place, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        let occasion = occasion(&place)?;
        Ok(Turn::Shown(page(site, visit, &occasion, None, &[])?))
    })
    .await
}

/// `POST /entry/forms/{form}/units/{unit}/periods/{period}`
pub async fn act(
    State(site): State<Site>,
    Path(place): Place,
    visit: Visit,
    request: Request,
) -> Response {
    let received = match receive(request, BOUNDS).await {
        Ok(received) => received,
        Err(status) => return status.into_response(),
    };
    site.act(visit, move |site, visit| {
        let mut filled = read(&received.pairs);
        site.check_form(visit, &filled.form_secret)?;
        let occasion = occasion(&place)?;
        let wrong = bring(site, visit, received.files, &mut filled.typed.attachments)?;
        let (who, moment) = (&visit.visitor()?.actor, site.moment());
        let (workspace, typed) = (&site.workspace, filled.typed);
        let of = || (occasion.clone(), typed.clone());
        if !wrong.is_empty() {
            keep(site, visit, of())?;
            return Ok(Turn::Mend(page(site, visit, &occasion, Some(&typed), &wrong)?));
        }
        let outcome = match filled.deed {
            Deed::Save => workspace.save_draft(who, moment, of().0, of().1).map(drop),
            Deed::Send => workspace.submit(who, moment, &filled.id, of().0, of().1).map(drop),
            Deed::Nothing => {
                workspace.nothing_to_report(who, moment, &filled.id, of().0, of().1).map(drop)
            }
        };
        let refused = match outcome {
            Ok(()) => return Ok(Turn::Go(links::entry(&occasion))),
            Err(Error::Refused(refused)) => refused,
            Err(error) => return Err(error),
        };
        if filled.deed == Deed::Send {
            keep(site, visit, of())?;
        }
        Ok(Turn::Mend(page(site, visit, &occasion, Some(&typed), &refused)?))
    })
    .await
}

/// Keeps the photographs that came with a form and names them beside it; gives back what was wrong
/// with others.
fn bring(
    site: &Site,
    visit: &Visit,
    files: Vec<File>,
    named: &mut Vec<AttachmentId>,
) -> Result<Vec<Refused>, Error> {
    let who = &visit.visitor()?.actor;
    let mut wrong = Vec::new();
    for file in files {
        let brought = match file {
            File::TooLarge => Err(AttachmentProblem::TooLarge.into()),
            File::Whole { .. } if named.len() >= PER_SUBMISSION_MAX => {
                Err(AttachmentProblem::TooMany.into())
            }
            File::TooMany => Err(AttachmentProblem::TooMany.into()),
            File::Whole { bytes, .. } => {
                site.entrance.bring_attachment(who, site.moment(), None, &bytes)
            }
        };
        match brought {
            Ok(attachment) => named.push(attachment.id),
            Err(Error::Refused(refused)) => wrong.extend(refused),
            Err(error) => return Err(error),
        }
    }
    wrong.dedup();
    Ok(wrong)
}

/// Keeps what could not be sent as a draft, unless somebody else has saved meanwhile: then it stays
/// on the page, to be compared.
fn keep(site: &Site, visit: &Visit, (occasion, typed): (Occasion, Typed)) -> Result<(), Error> {
    let who = &visit.visitor()?.actor;
    match site.workspace.save_draft(who, site.moment(), occasion, typed) {
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

fn occasion((form, unit, period): &(String, String, String)) -> Result<Occasion, Error> {
    let bad = |_| Refusal::BadValue { text: period.clone(), wanted: Wanted::Period };
    let period = Period::parse(period).map_err(bad)?;
    Ok(Occasion { form: form.clone(), unit: unit_id(unit)?, period })
}

fn page(
    site: &Site,
    visit: &Visit,
    occasion: &Occasion,
    typed: Option<&Typed>,
    refused: &[Refused],
) -> Result<String, Error> {
    let who = &visit.visitor()?.actor;
    let entry = site.workspace.entry_page(who, site.moment(), occasion, typed)?;
    let aims = site.workspace.aims(who, site.moment(), occasion)?;
    let (lang, today) = (visit.lang, site.today());
    let frame = site.frame(visit)?;
    let form = lang.of(&entry.form).to_owned();
    let unit = places::full_name(&entry.unit, lang);
    let period = periods::label(occasion.period, lang);
    let about = format!("{unit} · {period}");
    let gaps = [("form", form.as_str()), ("unit", &unit), ("period", &period)]
        .map(|(name, text)| (name, Gap::from(text)));
    let title = lang.tell("entry-title", gaps);
    let photos = attachments::views(&entry.attachments, [&form, &unit, &period], lang);
    let waits = matches!(entry.state, submission::State::Submitted | submission::State::Approved);
    let draft = entry.saved.as_ref().map(|saved| {
        let name = by(&saved.name, lang);
        let moment = periods::moment(saved.saved_ms, &site.zone, lang);
        lang.tell("entry-saved", [("moment", Gap::from(moment)), ("name", name.into())])
    });
    let problems = problems(&entry, refused, lang);
    let check = lang.tell("entry-check", [("count", Gap::from(problems.len()))]);
    draw(&ShowPage {
        action: links::entry(occasion),
        workbook: links::workbook(&occasion.form, occasion.unit, occasion.period),
        paper: links::paper(&occasion.form, occasion.unit, occasion.period),
        id: site.entrance.submission_id(site.now_ms()),
        base: entry.base,
        mark: parts::filled(&entry, lang),
        due: DueView {
            text: collecting::due(entry.due, today, lang),
            is_over: entry.closes < today && entry.sent.is_none(),
        },
        sent: entry.sent.as_ref().map(|sent| sent_view(sent, site, lang)),
        saved: draft.unwrap_or_default(),
        returned: entry.returned.iter().map(|reason| reason.text.clone()).collect(),
        fields: fields(&entry, &aims, lang),
        photos,
        photo_hint: wording::attachments::bounds(lang),
        locked: locked(&entry, lang),
        may_be_nothing: entry.may_be_nothing,
        open: !waits || typed.is_some() || entry.saved.is_some(),
        asks_why: entry.course.progress.is_accepted(),
        reason: typed.map(|typed| typed.reason.clone()).unwrap_or_default(),
        problems,
        check,
        form,
        about,
        frame: frame.titled(title, Section::Work),
    })
}

/// That the period is locked, why and who opens it; empty while figures are taken.
fn locked(entry: &EntryPage, lang: Lang) -> String {
    let locked = locks::locked(&entry.lock, lang);
    if locked.is_empty() { locked } else { format!("{locked} {}", lang.say("lock-save-only")) }
}

/// Everything to be mended, in the order of the fields; what concerns the whole comes first.
fn problems(entry: &EntryPage, refused: &[Refused], lang: Lang) -> Vec<ProblemView> {
    let problem = |refused: &Refused| {
        let row = usize::try_from(refused.at.row).unwrap_or(0);
        let field = row.checked_sub(1).and_then(|at| entry.fields.get(at));
        let why = refusals::reason(&refused.why, lang);
        match field {
            None => ProblemView { href: String::new(), text: why },
            Some(field) => {
                let doubtful =
                    refused.why == Refusal::Collecting(CollectingProblem::DoubtWithoutReason);
                let part = if doubtful { "reason" } else { "field" };
                let name = collecting::named(&field.name, &field.class_name, lang);
                ProblemView { href: format!("#{part}-{row}"), text: format!("{name}: {why}") }
            }
        }
    };
    refused.iter().map(problem).collect()
}

fn sent_view(sent: &SentLast, site: &Site, lang: Lang) -> SentView {
    let moment = Gap::from(periods::moment(sent.received_ms, &site.zone, lang));
    let text = match sent.content {
        Content::Figures => {
            lang.tell("entry-received", [("count", Gap::from(sent.figures)), ("moment", moment)])
        }
        Content::NothingToReport => lang.tell("entry-received-nothing", [("moment", moment)]),
    };
    SentView { href: links::submission(&sent.id), id: sent.id.clone(), text }
}

fn fields(entry: &EntryPage, aims: &[Aim], lang: Lang) -> Vec<FieldView> {
    let said = |field: &EntryField| -> Vec<String> {
        let of =
            aims.iter().filter(|aim| field.typed.class.is_empty() && aim.item == field.typed.item);
        of.map(|aim| collecting::aim(aim, lang)).collect()
    };
    let fields = (1..).zip(&entry.fields);
    let view = |(at, field)| FieldView { aims: said(field), ..field_view(at, field, lang) };
    fields.map(view).collect()
}

fn field_view(at: usize, field: &EntryField, lang: Lang) -> FieldView {
    let EntryField { typed, minimum, maximum, .. } = field;
    let previous = field.previous.map_or_else(
        || lang.say("entry-no-previous"),
        |value| {
            let value = number::number(value, SCALE_MAX, lang);
            lang.tell("entry-previous", [("value", Gap::from(value))])
        },
    );
    let other = [("text", Gap::from(field.other.clone()))];
    let returned =
        |reason: &String| lang.tell("entry-returned", [("reason", Gap::from(reason.clone()))]);
    let mut described = format!("hint-{at}");
    if !lang.of(&field.help).is_empty() {
        described = format!("help-{at} {described}");
    }
    if !(field.refused.is_empty() && field.doubts.is_empty() && field.returned.is_empty()) {
        described.push_str(&format!(" says-{at}"));
    }
    FieldView {
        number: at,
        key: format!("{}/{}", typed.item, typed.class),
        code: field_key(&typed.item, &typed.class),
        name: collecting::named(&field.name, &field.class_name, lang),
        is_class: !typed.class.is_empty(),
        section: lang.of(&field.section).to_owned(),
        help: lang.of(&field.help).to_owned(),
        measure: lang.of(&field.measure).to_owned(),
        text: typed.text.clone(),
        note: typed.note.clone(),
        reason: typed.reason.clone(),
        previous,
        aims: Vec::new(),
        range: collecting::range(*minimum, *maximum, lang),
        other: if field.other.is_empty() { String::new() } else { lang.tell("entry-other", other) },
        returned: field.returned.iter().map(returned).collect(),
        refused: field.refused.iter().map(|why| refusals::reason(why, lang)).collect(),
        doubts: field.doubts.iter().map(|doubt| collecting::doubt(doubt, lang)).collect(),
        described,
    }
}

/// Who did something.
#[must_use]
pub fn by(name: &str, lang: Lang) -> String {
    if name.is_empty() { lang.say("by-console") } else { name.to_owned() }
}
