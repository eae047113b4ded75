//! Difficulties: a list with how long answers took, a short form to raise one, and one of them with
//! what can be done about it.

mod listed;
mod new;
mod shown;

use actions::difficulties::step::Wanted;
use actions::error::Error;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::difficulty::{DifficultyId, Step};
use domain::refusal::{Noun, Refusal};
use jiff::civil::Date;

use crate::web::site::Site;
use crate::web::turn::{Turn, field};
use crate::web::visit::{Visit, unit_id};

pub(super) use listed::line_view;

type Pairs = Form<Vec<(String, String)>>;

/// `GET /difficulties`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(listed::page(site, visit)?))).await
}

/// `GET /difficulties/new`
pub async fn new(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(new::page(site, visit, &[], Vec::new())?))).await
}

/// `POST /difficulties/new`
pub async fn raise(State(site): State<Site>, visit: Visit, Form(pairs): Pairs) -> Response {
    let raise = |site: &Site, visit: &Visit, pairs: &_| new::raise(site, visit, pairs).map(address);
    site.submit(visit, pairs, raise, new::page).await
}

/// `GET /difficulties/{id}`
pub async fn show(State(site): State<Site>, Path(id): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        Ok(Turn::Shown(shown::page(site, visit, difficulty_id(&id)?, (Vec::new(), &[]))?))
    })
    .await
}

/// `POST /difficulties/{id}`
pub async fn act(
    State(site): State<Site>,
    Path(id): Path<String>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Response {
    let take = {
        let id = id.clone();
        move |site: &Site, visit: &Visit, pairs: &_| {
            let (who, id) = (&visit.visitor()?.actor, difficulty_id(&id)?);
            site.entrance.take_difficulty(who, site.moment(), id, wanted(pairs)?)?;
            Ok(address(id))
        }
    };
    let page = move |site: &Site, visit: &Visit, pairs: &_, problems| {
        shown::page(site, visit, difficulty_id(&id)?, (problems, pairs))
    };
    site.submit(visit, pairs, take, page).await
}

/// The page of a difficulty.
pub fn address(id: DifficultyId) -> String {
    format!("/difficulties/{}", id.0)
}

fn difficulty_id(text: &str) -> Result<DifficultyId, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Difficulty, key: text.to_owned() };
    Ok(text.parse().map(DifficultyId).map_err(|_| missing())?)
}

/// The step that a form asks for.
fn wanted(pairs: &[(String, String)]) -> Result<Wanted, Error> {
    let code = field(pairs, "step");
    let unknown = || Refusal::NotFound { noun: Noun::Difficulty, key: code.to_owned() };
    let step = Step::from_code(code).ok_or_else(unknown)?;
    Ok(Wanted {
        seen: field(pairs, "seen").parse().ok(),
        holder: unit_id(field(pairs, "holder")).ok(),
        due: field(pairs, "due").parse::<Date>().ok(),
        ..Wanted::saying(step, field(pairs, "words"))
    })
}
