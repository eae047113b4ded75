//! Proposals of priorities: side by side, opening one, and one of them with its scores and remarks.

mod decided;
mod listed;
mod new;
mod shown;

pub(super) use decided::document;

use actions::error::Error;
use actions::proposals::score::Given;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::proposal::{Criterion, ProposalId};
use domain::refusal::{Noun, Refusal};

use super::priorities;
use crate::web::site::Site;
use crate::web::turn::{Turn, field};
use crate::web::visit::Visit;

type Pairs = Form<Vec<(String, String)>>;

/// `GET /priorities/proposals`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(listed::page(site, visit)?))).await
}

/// `GET /priorities/proposals/new`
pub async fn new(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(new::page(site, visit, &[], Vec::new())?))).await
}

/// `POST /priorities/proposals/new`
pub async fn open(State(site): State<Site>, visit: Visit, Form(pairs): Pairs) -> Response {
    let open = |site: &Site, visit: &Visit, pairs: &_| new::open(site, visit, pairs).map(address);
    site.submit(visit, pairs, open, new::page).await
}

/// `GET /priorities/proposals/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        Ok(Turn::Shown(shown::page(site, visit, proposal_id(&id)?, (Vec::new(), &[]))?))
    })
    .await
}

/// `POST /priorities/proposals/{id}`
pub async fn act(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Response {
    let say = {
        let id = id.clone();
        move |site: &Site, visit: &Visit, pairs: &_| say(site, visit, proposal_id(&id)?, pairs)
    };
    let page = move |site: &Site, visit: &Visit, pairs: &_, problems| {
        shown::page(site, visit, proposal_id(&id)?, (problems, pairs))
    };
    site.submit(visit, pairs, say, page).await
}

/// Does what a form asks for; gives back where to go on.
fn say(
    site: &Site,
    visit: &Visit,
    id: ProposalId,
    pairs: &[(String, String)],
) -> Result<String, Error> {
    let (who, moment) = (&visit.visitor()?.actor, site.moment());
    match field(pairs, "act") {
        "remark" => {
            let words = field(pairs, "remark").to_owned();
            site.entrance.remark_on_proposal(who, moment, id, words)?;
            Ok(format!("{}#remarks", address(id)))
        }
        "choose" => {
            let (decided, choice) = (decided::decided(pairs), decided::choice(pairs)?);
            let code = site.entrance.choose_proposal(who, moment, id, (decided, choice))?;
            Ok(priorities::address(&code))
        }
        "decline" => {
            site.entrance.decline_proposal(who, moment, id, decided::decided(pairs))?;
            Ok(address(id))
        }
        _ => {
            let given = Criterion::ALL.map(|criterion| Given {
                points: field(pairs, &points_field(criterion)).parse().ok(),
                reason: field(pairs, &reason_field(criterion)).to_owned(),
            });
            site.entrance.score_proposal(who, moment, id, given)?;
            Ok(format!("{}?done=scored", address(id)))
        }
    }
}

fn points_field(criterion: Criterion) -> String {
    format!("{}-points", criterion.code())
}

fn reason_field(criterion: Criterion) -> String {
    format!("{}-reason", criterion.code())
}

/// The page of a proposal.
pub(super) fn address(id: ProposalId) -> String {
    format!("/priorities/proposals/{}", id.0)
}

fn proposal_id(text: &str) -> Result<ProposalId, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Proposal, key: text.to_owned() };
    Ok(text.parse().map(ProposalId).map_err(|_| missing())?)
}
