//! Priorities: those of a unit, and one with what was decided, how it stands, and how it ends.

mod listed;
mod pictures;
mod shown;

use actions::error::Error;
use actions::priorities::retire::Retiring;
use axum::Form;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};

use crate::web::links;
use crate::web::received::receive;
use crate::web::site::Site;
use crate::web::turn::{Turn, field, mend};
use crate::web::visit::Visit;

type Pairs = Form<Vec<(String, String)>>;

/// `GET /priorities`
pub async fn list(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(listed::page(site, visit)?))).await
}

/// `GET /priorities/{code}`
pub async fn show(State(site): State<Site>, Path(code): Path<String>, visit: Visit) -> Response {
    site.act(visit, move |site, visit| {
        Ok(Turn::Shown(shown::page(site, visit, &code, (Vec::new(), &[]))?))
    })
    .await
}

/// `POST /priorities/{code}`
pub async fn act(
    State(site): State<Site>,
    Path(code): Path<String>,
    visit: Visit,
    Form(pairs): Pairs,
) -> Response {
    site.act(visit, move |site, visit| {
        site.check_form(visit, field(&pairs, "form_secret"))?;
        match retire(site, visit, &code, &pairs) {
            Ok(()) => Ok(Turn::Go(address(&code))),
            Err(error) => mend(error, visit.lang, |problems| {
                shown::page(site, visit, &code, (problems, &pairs))
            }),
        }
    })
    .await
}

/// `POST /priorities/{code}/pictures`
pub async fn show_picture(
    State(site): State<Site>,
    Path(code): Path<String>,
    visit: Visit,
    request: Request,
) -> Response {
    let received = match receive(request, pictures::BOUNDS).await {
        Ok(received) => received,
        Err(status) => return status.into_response(),
    };
    site.act(visit, move |site, visit| {
        let pairs = received.pairs.clone();
        site.check_form(visit, field(&pairs, "form_secret"))?;
        match pictures::change(site, visit, &code, received) {
            Ok(done) => {
                let unit = field(&pairs, "of");
                Ok(Turn::Go(format!("{}?unit={unit}&done={done}#pictures", address(&code))))
            }
            Err(error) => mend(error, visit.lang, |problems| {
                shown::page(site, visit, &code, (problems, &pairs))
            }),
        }
    })
    .await
}

fn retire(site: &Site, visit: &Visit, code: &str, pairs: &[(String, String)]) -> Result<(), Error> {
    let retiring = Retiring {
        on: field(pairs, "on").parse().ok(),
        because: field(pairs, "because").to_owned(),
        successor: Some(field(pairs, "successor").to_owned()).filter(|code| !code.is_empty()),
    };
    site.entrance.retire_priority(&visit.visitor()?.actor, site.moment(), code, retiring)
}

/// The page of a priority.
pub(super) fn address(code: &str) -> String {
    format!("/priorities/{}", links::escaped(code))
}
