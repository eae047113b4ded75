//! What a form leads to: on to another page, or back to itself with what has to be mended.

use actions::error::Error;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use domain::entrance::EntranceProblem;
use serde::Deserialize;

use super::frame::Frame;
use super::session::go;
use super::site::{Site, html};
use super::visit::Visit;
use super::{error, links};
use crate::documents::DocumentFile;
use crate::wording::{Lang, refusals};

/// How a request to change something ended.
#[derive(Debug)]
pub enum Turn {
    /// It was done; the browser goes on to this path.
    Go(String),
    /// It was done; the browser goes on with a session's secret.
    Enter {
        /// Where to.
        path: String,
        /// The secret.
        secret: String,
    },
    /// It was done, and this page shows what is shown once.
    Shown(String),
    /// This is a text to keep, not a page.
    Text(String),
    /// This is the answer, already in its own shape.
    Other(Response),
    /// Something has to be mended on this page.
    Mend(String),
}

/// A form with nothing but its session's mark.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Marked {
    /// What every form of the session carries.
    pub form_secret: String,
}

/// What was typed into the fields of a form, in their order.
pub type Pairs = [(String, String)];

/// What was typed into a field of a form, without the blanks around it; nothing for a field that was
/// not sent.
#[must_use]
pub fn field<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

impl Site {
    /// Does what such a form asks for and goes on to a page.
    pub async fn press<Act>(
        self,
        visit: Visit,
        marked: Marked,
        next: &'static str,
        act: Act,
    ) -> Response
    where
        Act: FnOnce(&Self, &Visit) -> Result<(), Error> + Send + 'static,
    {
        self.act(visit, move |site, visit| {
            site.check_form(visit, &marked.form_secret)?;
            act(site, visit)?;
            Ok(Turn::Go(next.to_owned()))
        })
        .await
    }

    /// Does what the fields of a form ask for and goes on to the path that `deed` gives, or draws the
    /// page again with what was typed and what has to be mended.
    pub async fn submit<Deed, Page>(
        self,
        visit: Visit,
        pairs: Vec<(String, String)>,
        deed: Deed,
        page: Page,
    ) -> Response
    where
        Deed: FnOnce(&Self, &Visit, &Pairs) -> Result<String, Error> + Send + 'static,
        Page: FnOnce(&Self, &Visit, &Pairs, Vec<String>) -> Result<String, Error> + Send + 'static,
    {
        self.act(visit, move |site, visit| {
            site.check_form(visit, field(&pairs, "form_secret"))?;
            match deed(site, visit, &pairs) {
                Ok(path) => Ok(Turn::Go(path)),
                Err(error) => {
                    mend(error, visit.lang, |problems| page(site, visit, &pairs, problems))
                }
            }
        })
        .await
    }

    /// Does something, away from the threads that serve connections, and answers.
    pub async fn act<Act>(self, visit: Visit, act: Act) -> Response
    where
        Act: FnOnce(&Self, &Visit) -> Result<Turn, Error> + Send + 'static,
    {
        let frame = Frame::new(&visit);
        let work = tokio::task::spawn_blocking(move || act(&self, &visit));
        match work.await {
            Ok(Ok(Turn::Go(path))) => go(&path),
            Ok(Ok(Turn::Enter { path, secret })) => super::session::with_secret(go(&path), &secret),
            Ok(Ok(Turn::Shown(page))) => once(html(StatusCode::OK, page)),
            Ok(Ok(Turn::Text(text))) => {
                let kind = (CONTENT_TYPE, "text/plain; charset=utf-8");
                once((StatusCode::OK, [kind], text).into_response())
            }
            Ok(Ok(Turn::Other(response))) => response,
            Ok(Ok(Turn::Mend(page))) => once(html(StatusCode::UNPROCESSABLE_ENTITY, page)),
            Ok(Err(error)) => error::answer(&error, frame),
            Err(stopped) => error::answer(&Error::Fault(stopped.to_string()), frame),
        }
    }

    /// Checks that a form was made by this session's own page.
    ///
    /// # Errors
    /// It was not.
    pub fn check_form(&self, visit: &Visit, secret: &str) -> Result<(), Error> {
        let own = visit.arrival.visitor.as_ref().map(|visitor| &visitor.session.form_secret);
        // Hashes are compared, so that the time it takes tells nothing about the secret.
        let fits =
            own.is_some_and(|own| actions::secrets::hash(own) == actions::secrets::hash(secret));
        if fits { Ok(()) } else { Err(EntranceProblem::StaleForm.into()) }
    }
}

/// A workbook or document that the browser saves instead of showing it.
#[must_use]
pub fn attached(file: DocumentFile) -> Response {
    const OFFICE: &str = "application/vnd.openxmlformats-officedocument";
    let kind = match file.name.rsplit_once('.') {
        Some((_, "docx")) => "wordprocessingml.document",
        Some(_) | None => "spreadsheetml.sheet",
    };
    let kind = format!("{OFFICE}.{kind}");
    let name = links::escaped(&file.name);
    let kept = format!("attachment; filename*=UTF-8''{name}");
    let headers = [(CONTENT_TYPE, &kind), (CONTENT_DISPOSITION, &kept)];
    once((StatusCode::OK, headers, file.bytes).into_response())
}

/// A page that no one keeps.
#[must_use]
pub fn once(mut response: Response) -> Response {
    use axum::http::HeaderValue;
    use axum::http::header::CACHE_CONTROL;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Back to the page, with what has to be mended in words; faults go on as they are.
///
/// # Errors
/// The error is no refusal, or the page cannot be drawn.
pub fn mend(
    error: Error,
    lang: Lang,
    page: impl FnOnce(Vec<String>) -> Result<String, Error>,
) -> Result<Turn, Error> {
    match error {
        Error::Refused(reasons) => {
            let problems = reasons.iter().map(|reason| refusals::sentence(reason, lang));
            Ok(Turn::Mend(page(problems.collect())?))
        }
        Error::Database(_) | Error::Fault(_) => Err(error),
    }
}
