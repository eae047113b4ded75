//! A browser as far as the pages need one: it sends forms and keeps its cookie.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_DISPOSITION, COOKIE, LOCATION, SET_COOKIE};
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
    pub(crate) bytes: Vec<u8>,
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
        request = request.header(
            "user-agent",
            "Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko/20100101 Firefox/127.0",
        );
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

    /// A file as it is.
    pub(crate) async fn download(&mut self, address: &str) -> Vec<u8> {
        let request = Request::builder().uri(address);
        let request = request.header(COOKIE, self.cookie.as_deref().unwrap_or_default());
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap());
        let response = response.await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{address}");
        let kept = response.headers().get(CONTENT_DISPOSITION).unwrap();
        assert!(kept.to_str().unwrap().starts_with("attachment"), "{kept:?}");
        to_bytes(response.into_body(), 10_000_000).await.unwrap().to_vec()
    }

    /// Sends a file as a form with `enctype="multipart/form-data"` does.
    pub(crate) async fn upload(
        &mut self,
        address: &str,
        secret: &str,
        name: &str,
        bytes: &[u8],
    ) -> Answer {
        self.upload_as(address, secret, ("workbook", name), bytes).await
    }

    /// Sends a file in a field of a form.
    pub(crate) async fn upload_as(
        &mut self,
        address: &str,
        secret: &str,
        (field, name): (&str, &str),
        bytes: &[u8],
    ) -> Answer {
        let head = format!(
            "--line\r\nContent-Disposition: form-data; name=\"form_secret\"\r\n\r\n{secret}\r\n\
             --line\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\
             \r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--line--\r\n"].concat();
        let request = Request::builder().method("POST").uri(address);
        let request = request.header("content-type", "multipart/form-data; boundary=line");
        let request = request.header(COOKIE, self.cookie.as_deref().unwrap_or_default());
        let request = request.body(Body::from(body)).unwrap();
        answer(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Sends fields and a file to be kept as a form with `enctype="multipart/form-data"` does.
    pub(crate) async fn post_file(
        &mut self,
        address: &str,
        form: &str,
        (name, bytes): (&str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (field, value) in form.split('&').filter_map(|pair| pair.split_once('=')) {
            let head = format!("--line\r\nContent-Disposition: form-data; name=\"{field}\"");
            body.extend(format!("{head}\r\n\r\n{value}\r\n").into_bytes());
        }
        let head = "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=";
        body.extend(format!("{head}\"{name}\"\r\n\r\n").into_bytes());
        body.extend([bytes, b"\r\n--line--\r\n"].concat());
        let kind = "multipart/form-data; boundary=line";
        self.send_bytes("POST", address, body, &[("content-type", kind)]).await
    }

    /// Sends fields and photographs as a form with `enctype="multipart/form-data"` does.
    pub(crate) async fn post_with(
        &mut self,
        address: &str,
        form: &str,
        photos: &[Vec<u8>],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, value) in form.split('&').filter_map(|pair| pair.split_once('=')) {
            let head = format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"");
            body.extend(format!("{head}\r\n\r\n{value}\r\n").into_bytes());
        }
        for photo in photos {
            let head =
                "--line\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"";
            body.extend([head.as_bytes(), b"\r\n\r\n", photo, b"\r\n"].concat());
        }
        body.extend(b"--line--\r\n");
        let kind = "multipart/form-data; boundary=line";
        self.send_bytes("POST", address, body, &[("content-type", kind)]).await
    }

    /// Sends bytes as they are.
    pub(crate) async fn send_bytes(
        &mut self,
        method: &str,
        address: &str,
        bytes: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header(COOKIE, self.cookie.as_deref().unwrap_or_default());
        let request = request.body(Body::from(bytes)).unwrap();
        answer(self.router.clone().oneshot(request).await.unwrap()).await
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
    let bytes = body.to_vec();
    Answer {
        status,
        to,
        cookie,
        body: String::from_utf8_lossy(&bytes).into_owned(),
        bytes,
        headers,
    }
}

/// The value of a hidden field.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let rest = page.split_once(&start).unwrap_or_else(|| panic!("no field {name} in {page}")).1;
    rest.split('"').next().unwrap().to_owned()
}
