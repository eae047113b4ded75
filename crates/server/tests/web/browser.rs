//! A browser as far as the pages need one: it sends forms and keeps its cookie.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use tower::ServiceExt as _;

use super::site::PASSWORD;

/// A browser that keeps its cookie.
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookie: Option<String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) cookie: String,
    pub(crate) body: String,
    headers: HeaderMap,
}

impl Answer {
    /// A header; empty without it.
    pub(crate) fn header(&self, name: &str) -> String {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned()
    }
}

impl Browser {
    pub(crate) fn at(router: &Router) -> Self {
        Self { router: router.clone(), cookie: None }
    }

    pub(crate) async fn get(&mut self, address: &str) -> Answer {
        self.send("GET", address, "", &[]).await
    }

    pub(crate) async fn post(&mut self, address: &str, form: &str) -> Answer {
        self.send("POST", address, form, &[]).await
    }

    pub(crate) async fn send(
        &mut self,
        method: &str,
        address: &str,
        form: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        request = request.header("user-agent", "Firefox của thôn");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let request = request.body(Body::from(form.to_owned())).unwrap();
        let answer = answer(self.router.clone().oneshot(request).await.unwrap()).await;
        if let Some((pair, _)) = answer.cookie.split_once(';') {
            self.cookie = Some(pair.to_owned());
        }
        answer
    }

    pub(crate) async fn sign_in(&mut self, login: &str) -> Answer {
        let password = PASSWORD.replace(' ', "+");
        self.post("/sign-in", &format!("login={login}&password={password}")).await
    }
}

pub(crate) async fn answer(response: Response<Body>) -> Answer {
    let header =
        |name| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
    let (to, cookie, status) = (header(LOCATION), header(SET_COOKIE), response.status());
    let headers = response.headers().clone();
    let body = to_bytes(response.into_body(), 1_000_000).await.unwrap();
    Answer { status, to, cookie, body: String::from_utf8(body.to_vec()).unwrap(), headers }
}

/// The value of a hidden field.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = page.split_once(&start).unwrap_or_else(|| panic!("no field {name} in {page}")).1;
    rest.split('"').next().unwrap().to_owned()
}
