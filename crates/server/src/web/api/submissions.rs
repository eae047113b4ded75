//! `PUT /api/submissions/{id}`: a filled form under the id that its sender chose. The same id with the
//! same content again gets the same receipt, so that sending again after a lost answer is harmless.

use actions::error::Error;
use actions::submissions::{Base, DeviceClock, Occasion, Sent, Typed, TypedField, field_key};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::attachment::{AttachmentId, AttachmentProblem};
use domain::collecting::CollectingProblem;
use domain::period::Period;
use domain::refusal::{Refusal, Refused, Wanted};
use domain::submission::Content;
use domain::unit::UnitId;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use super::{forms, json, taken};
use crate::web::frame::Frame;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;

/// A filled form as it travels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parcel {
    form: String,
    unit: i64,
    period: String,
    content: ContentCode,
    fields: Vec<Field>,
    /// The names of the photographs beside them.
    #[serde(default)]
    attachments: Vec<String>,
    /// Why it corrects what was approved; empty otherwise.
    reason: String,
    base: BaseCode,
    clock: ClockCode,
}

/// What a filled form says as a whole.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::web) enum ContentCode {
    Figures,
    Nothing,
}

/// What was typed for one figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct Field {
    item: String,
    #[serde(default)]
    class: String,
    text: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    reason: String,
}

/// What a form was filled on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct BaseCode {
    pub(in crate::web) revision: u32,
    pub(in crate::web) version: i64,
}

impl From<Field> for TypedField {
    fn from(field: Field) -> Self {
        let Field { item, class, text, note, reason } = field;
        Self { item, class, text, note, reason }
    }
}

/// What the clock of the sender's device says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockCode {
    finished_ms: i64,
    sent_ms: i64,
}

/// What the sender keeps.
#[derive(Debug, Serialize)]
struct Receipt {
    id: String,
    revision: u32,
    received_ms: i64,
    number: String,
    position: u64,
    hash: String,
    receipt: String,
}

/// The code of what a submission says as a whole.
pub(super) fn content_code(content: Content) -> &'static str {
    match content {
        Content::Figures => "figures",
        Content::NothingToReport => "nothing",
    }
}

/// `PUT /api/submissions/{id}`
pub async fn put(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    taken((site, visit), &headers, body, move |site, visit, parcel| {
        let (occasion, content, typed) = read(parcel)?;
        match send(site, visit, &id, (&occasion, content, &typed)) {
            Ok(sent) => Ok(Turn::Other(json(StatusCode::OK, &receipt(sent)))),
            Err(Error::Refused(refused)) => refuse(site, visit, &occasion, refused),
            Err(error) => Err(error),
        }
    })
    .await
}

fn read(parcel: Parcel) -> Result<(Occasion, ContentCode, Typed), Error> {
    let bad = |_| Refusal::BadValue { text: parcel.period.clone(), wanted: Wanted::Period };
    let period = Period::parse(&parcel.period).map_err(bad)?;
    let typed = Typed {
        fields: parcel.fields.into_iter().map(Into::into).collect(),
        attachments: named(&parcel.attachments)?,
        reason: parcel.reason,
        base: Base { revision: parcel.base.revision, version: parcel.base.version },
        clock: Some(DeviceClock {
            finished_ms: parcel.clock.finished_ms,
            sent_ms: parcel.clock.sent_ms,
        }),
    };
    let occasion = Occasion { form: parcel.form, unit: UnitId(parcel.unit), period };
    Ok((occasion, parcel.content, typed))
}

/// The names of photographs; what is none has certainly not arrived.
pub(in crate::web) fn named(names: &[String]) -> Result<Vec<AttachmentId>, AttachmentProblem> {
    let not_arrived = |name: &String| AttachmentProblem::NotArrived { id: name.clone() };
    names.iter().map(|name| AttachmentId::parse(name).ok_or_else(|| not_arrived(name))).collect()
}

fn send(
    site: &Site,
    visit: &Visit,
    id: &str,
    (occasion, content, typed): (&Occasion, ContentCode, &Typed),
) -> Result<Sent, Error> {
    let (who, moment) = (&visit.visitor()?.actor, site.moment());
    let (occasion, typed) = (occasion.clone(), typed.clone());
    match content {
        ContentCode::Figures => site.workspace.submit(who, moment, id, occasion, typed),
        ContentCode::Nothing => site.workspace.nothing_to_report(who, moment, id, occasion, typed),
    }
}

fn receipt(sent: Sent) -> Receipt {
    Receipt {
        id: sent.id,
        revision: sent.revision,
        received_ms: sent.received_ms,
        number: sent.receipt.number,
        position: sent.receipt.position,
        hash: sent.receipt.hash,
        receipt: sent.receipt.text,
    }
}

/// What has to be mended, each at its field; in a conflict, what stands on the server, so that a
/// person can compare and choose.
fn refuse(
    site: &Site,
    visit: &Visit,
    occasion: &Occasion,
    refused: Vec<Refused>,
) -> Result<Turn, Error> {
    let status = if refused.iter().any(|it| is_conflict(&it.why)) {
        StatusCode::CONFLICT
    } else if refused.iter().all(|it| is_about_figures(&it.why)) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        return Err(Error::Refused(refused));
    };
    let who = &visit.visitor()?.actor;
    let entry = site.workspace.entry_page(who, site.moment(), occasion, None)?;
    let field = |refused: &Refused| {
        let row = usize::try_from(refused.at.row).unwrap_or(0);
        let field = row.checked_sub(1).and_then(|at| entry.fields.get(at));
        field.map(|field| field_key(&field.typed.item, &field.typed.class)).unwrap_or_default()
    };
    let mut problem = Problem::refused(status, &refused, &Frame::new(visit), field);
    if status == StatusCode::CONFLICT {
        problem.current = Some(forms::view(&entry, site, visit.lang));
    }
    Ok(Turn::Other(problem.answer()))
}

fn is_conflict(why: &Refusal) -> bool {
    matches!(
        why,
        Refusal::Collecting(
            CollectingProblem::ChangedMeanwhile | CollectingProblem::SameIdOtherContent { .. }
        )
    )
}

/// Whether a refusal is about what was filled in, not about who may fill what.
fn is_about_figures(why: &Refusal) -> bool {
    !matches!(why, Refusal::Entrance(_) | Refusal::NotFound { .. })
}
