//! `PUT /api/difficulties/{id}`: a difficulty under the id that its sender chose, and whom a phone can ask.

use actions::answer::UnitName;
use actions::difficulties::raise::{Arrived, Raised};
use actions::error::Error;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::access::Actor;
use domain::collecting::CollectingProblem;
use domain::refusal::{Refusal, Refused};
use domain::task::TaskId;
use domain::unit::UnitId;
use serde::{Deserialize, Serialize};

use super::problem::Problem;
use super::{json, taken};
use crate::web::frame::Frame;
use crate::web::pages::difficulties;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Lang, places};

/// Units for which a phone raises difficulties.
const UNITS_MAX: usize = 60;

/// A difficulty as it is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Parcel {
    unit: i64,
    #[serde(default)]
    task: Option<i64>,
    trouble: String,
    #[serde(default)]
    detail: String,
    holder: i64,
    due: String,
}

/// What the sender keeps.
#[derive(Debug, Serialize)]
struct Receipt {
    id: String,
    received_ms: i64,
    number: String,
    position: u64,
    hash: String,
    receipt: String,
    /// The difficulty as a page.
    href: String,
}

/// A unit for which difficulties are raised, and who can answer them.
#[derive(Debug, Serialize)]
pub(super) struct RaisingView {
    unit: i64,
    name: String,
    /// The nearest first.
    holders: Vec<HolderView>,
}

/// A unit above.
#[derive(Debug, Serialize)]
struct HolderView {
    unit: i64,
    name: String,
}

/// `PUT /api/difficulties/{id}`
pub async fn put(
    State(site): State<Site>,
    Path(id): Path<String>,
    headers: HeaderMap,
    visit: Visit,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    taken((site, visit), &headers, body, move |site, visit, parcel| {
        let raised = read(id.clone(), parcel);
        match site.entrance.raise_difficulty(&visit.visitor()?.actor, site.moment(), raised) {
            Ok(arrived) => Ok(Turn::Other(json(StatusCode::OK, &receipt(id, arrived)))),
            Err(Error::Refused(refused)) => refuse(&Frame::new(visit), refused),
            Err(error) => Err(error),
        }
    })
    .await
}

fn read(id: String, parcel: Parcel) -> Raised {
    let Parcel { unit, task, trouble, detail, holder, due } = parcel;
    Raised {
        parcel: Some(id),
        unit: UnitId(unit),
        task: task.map(TaskId),
        trouble,
        detail,
        holder: Some(UnitId(holder)),
        // A text that is no day is a day that is missing.
        due: due.parse().ok(),
    }
}

fn receipt(id: String, arrived: Arrived) -> Receipt {
    let Arrived { id: difficulty, received_ms, receipt } = arrived;
    Receipt {
        id,
        received_ms,
        number: receipt.number,
        position: receipt.position,
        hash: receipt.hash,
        receipt: receipt.text,
        href: difficulties::address(difficulty),
    }
}

/// What has to be mended; who may not raise it at all is told as on every page.
fn refuse(frame: &Frame, refused: Vec<Refused>) -> Result<Turn, Error> {
    let is_same_id = |refused: &Refused| {
        matches!(refused.why, Refusal::Collecting(CollectingProblem::SameIdOtherContent { .. }))
    };
    let status = if refused.iter().any(is_same_id) {
        StatusCode::CONFLICT
    } else if refused.iter().all(|refused| matches!(refused.why, Refusal::Raising(_))) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        return Err(Error::Refused(refused));
    };
    Ok(Turn::Other(Problem::refused(status, &refused, frame, |_| String::new()).answer()))
}

/// For whom an actor raises difficulties, where somebody above can answer.
pub(super) fn raising(site: &Site, who: &Actor, lang: Lang) -> Result<Vec<RaisingView>, Error> {
    let today = site.today();
    let units = site.workspace.raising_units(who, today, None)?;
    let mut raises = Vec::new();
    for unit in units.iter().take(UNITS_MAX) {
        let holders = site.workspace.answering_units(unit.id, today)?;
        let holder = |holder: &UnitName| HolderView {
            unit: holder.id.0,
            name: places::full_name(holder, lang),
        };
        let holders: Vec<HolderView> = holders.iter().map(holder).collect();
        if !holders.is_empty() {
            raises.push(RaisingView {
                unit: unit.id.0,
                name: places::full_name(unit, lang),
                holders,
            });
        }
    }
    Ok(raises)
}
