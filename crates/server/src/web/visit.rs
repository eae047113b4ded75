//! A visit: what the address, the cookie and the browser's languages ask for.

use std::convert::Infallible;

use actions::answer::View;
use actions::entrance::Visitor;
use actions::error::Error;
use actions::workspace::Defaults;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, IF_NONE_MATCH};
use axum::http::request::Parts;
use domain::access::{Account, Actor, Right};
use domain::entrance::EntranceProblem;
use domain::period::Period;
use domain::refusal::{Noun, Refusal, Wanted};
use domain::unit::UnitId;
use formats::profile::Layout;

use super::links::{Choice, view_from_code};
use super::session::Arrival;
use crate::wording::Lang;

/// The name of the cookie and of the parameter that hold the language.
pub const LANG_KEY: &str = "lang";

/// The longest address whose parameters we read, in bytes.
const QUERY_BYTES_MAX: usize = 2_000;

/// What a request asks for, before anything is looked up.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The language to answer in.
    pub lang: Lang,
    /// The language asked for in the address, to be remembered.
    pub lang_chosen: Option<Lang>,
    /// The path.
    pub path: String,
    /// The parameters, decoded, in their order.
    pub query: Vec<(String, String)>,
    /// The version the browser has.
    pub if_none_match: Option<String>,
    /// Who comes.
    pub arrival: Arrival,
}

impl Visit {
    /// The first parameter of that name that is not empty.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// Which page of a list is asked for, counted from 1.
    #[must_use]
    pub fn page(&self) -> usize {
        self.parameter("page").and_then(|page| page.parse().ok()).unwrap_or(1)
    }

    /// Whoever is signed in.
    ///
    /// # Errors
    /// Nobody is.
    pub fn visitor(&self) -> Result<&Visitor, Error> {
        let stranger = || Refusal::NotFound { noun: Noun::Session, key: String::new() };
        Ok(self.arrival.visitor.as_ref().ok_or_else(stranger)?)
    }

    /// The account of whoever is signed in.
    ///
    /// # Errors
    /// Nobody is.
    pub fn account(&self) -> Result<&Account, Error> {
        let missing = || Refusal::NotFound { noun: Noun::Account, key: String::new() };
        Ok(self.visitor()?.actor.account.as_ref().ok_or_else(missing)?)
    }

    /// Who asks, be it a guest, to do what needs a right.
    ///
    /// # Errors
    /// A stranger.
    pub fn actor(&self, right: Right) -> Result<&Actor, Error> {
        let stranger = || EntranceProblem::NotAllowed { right };
        Ok(self.arrival.actor.as_ref().ok_or_else(stranger)?)
    }

    /// The unit, span and tree asked for; what is left out is what a first page opens on.
    ///
    /// # Errors
    /// A parameter that cannot be read.
    pub fn choice(&self, defaults: &Defaults) -> Result<Choice, Error> {
        let unit = match self.parameter("unit") {
            Some(text) => unit_id(text)?,
            None => defaults.unit,
        };
        Ok(Choice { unit, ..self.span_and_tree(defaults)? })
    }

    /// The span and tree asked for, with the unit that a first page opens on.
    ///
    /// # Errors
    /// A parameter that cannot be read.
    pub fn span_and_tree(&self, defaults: &Defaults) -> Result<Choice, Error> {
        let period = match self.parameter("period") {
            Some(text) => Period::parse(text).map_err(|_| bad_value(text, Wanted::Period))?,
            None => defaults.period,
        };
        let view = match self.parameter("view") {
            Some(text) => view_from_code(text).ok_or_else(|| bad_value(text, Wanted::KnownCode))?,
            None => View::Reported,
        };
        Ok(Choice { unit: defaults.unit, period, view })
    }

    /// The layout asked for a document; that of the state administration when nobody says another.
    ///
    /// # Errors
    /// A parameter that cannot be read.
    pub fn layout(&self) -> Result<Layout, Error> {
        let Some(text) = self.parameter("layout") else { return Ok(Layout::State) };
        Ok(Layout::from_code(text).ok_or_else(|| bad_value(text, Wanted::KnownCode))?)
    }
}

/// Reads a unit's number in an address.
///
/// # Errors
/// It is no number.
pub fn unit_id(text: &str) -> Result<UnitId, Error> {
    let missing = || Refusal::NotFound { noun: Noun::Unit, key: text.to_owned() };
    Ok(text.parse().map(UnitId).map_err(|_| missing())?)
}

fn bad_value(text: &str, wanted: Wanted) -> Refusal {
    Refusal::BadValue { text: text.to_owned(), wanted }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let query = decoded(parts.uri.query().unwrap_or_default());
        let find = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value);
        let lang_chosen = find(LANG_KEY).and_then(|code| Lang::from_code(code));
        let lang = lang_chosen
            .or_else(|| from_cookie(&parts.headers))
            .or_else(|| from_browser(&parts.headers))
            .unwrap_or_default();
        let if_none_match = text(&parts.headers, &IF_NONE_MATCH).map(str::to_owned);
        let path = parts.uri.path().to_owned();
        let arrival = parts.extensions.get::<Arrival>().cloned().unwrap_or_default();
        Ok(Self { lang, lang_chosen, path, query, if_none_match, arrival })
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &axum::http::HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn from_cookie(headers: &HeaderMap) -> Option<Lang> {
    let cookies = text(headers, &COOKIE)?;
    let ours = cookies.split(';').filter_map(|pair| pair.trim().split_once('='));
    ours.filter(|(name, _)| *name == LANG_KEY).find_map(|(_, code)| Lang::from_code(code))
}

/// The first language of the browser's list that we speak; browsers sort it by liking.
fn from_browser(headers: &HeaderMap) -> Option<Lang> {
    let languages = text(headers, &ACCEPT_LANGUAGE)?.split(',').take(20);
    languages
        .filter_map(|entry| entry.split([';', '-']).next())
        .find_map(|code| Lang::from_code(code.trim().to_ascii_lowercase().as_str()))
}

fn decoded(query: &str) -> Vec<(String, String)> {
    if query.len() > QUERY_BYTES_MAX {
        return Vec::new();
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decoded(key), percent_decoded(value))
        })
        .collect()
}

/// Decodes `%C3%A0` and `+`; what is not UTF-8 is replaced, what is not hexadecimal stays.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = code.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = match (first, decoded) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                &after[2..]
            }
            (b'+', _) => {
                bytes.push(b' ');
                after
            }
            (other, _) => {
                bytes.push(*other);
                after
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    async fn visit(address: &str, headers: &[(&str, &str)]) -> Visit {
        let mut request = Request::builder().uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        Visit::from_request_parts(&mut parts, &()).await.unwrap()
    }

    #[tokio::test]
    async fn the_language_comes_from_address_then_cookie_then_browser_then_is_vietnamese() {
        type Headers = &'static [(&'static str, &'static str)];
        let cases: [(&str, Headers, Lang); 7] = [
            ("/", &[], Lang::Vi),
            ("/", &[("accept-language", "fr-FR, en-GB;q=0.8, vi;q=0.5")], Lang::En),
            ("/", &[("accept-language", "VI-vn")], Lang::Vi),
            ("/", &[("cookie", "a=b; lang=en"), ("accept-language", "vi")], Lang::En),
            ("/?lang=vi", &[("cookie", "lang=en")], Lang::Vi),
            ("/?lang=xx", &[("cookie", "lang=en")], Lang::En),
            ("/", &[("cookie", "lang=xx")], Lang::Vi),
        ];
        for (address, headers, expected) in cases {
            assert_eq!(visit(address, headers).await.lang, expected, "{address} {headers:?}");
        }
    }

    #[tokio::test]
    async fn parameters_are_decoded() {
        let visit = visit("/units?q=t%C3%A2n+ph%C3%BA&x=%zz%4&unit=", &[]).await;
        assert_eq!(visit.parameter("q"), Some("tân phú"));
        assert_eq!(visit.parameter("x"), Some("%zz%4"));
        assert_eq!(visit.parameter("unit"), None);
    }

    #[test]
    fn a_view_is_read_as_it_is_written() {
        let restated = View::Restated("2025-07-01".parse().unwrap());
        for view in [View::Reported, restated] {
            assert_eq!(view_from_code(&super::super::links::view_code(view)), Some(view));
        }
        for code in ["", "restated", "restated:", "restated:2025-02-30", "reported:2025-07-01"] {
            assert_eq!(view_from_code(code), None, "{code}");
        }
    }
}
