//! The page on which figures are filled in without a network: a shell that phones keep, with all its
//! words; what stands in it comes from `/api/forms`.

use std::collections::BTreeMap;

use actions::error::Error;
use askama::Template;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use jiff::tz::TimeZone;
use serde_json::json;

use super::draw;
use crate::web::assets;
use crate::web::site::Site;
use crate::web::turn::Turn;
use crate::web::visit::Visit;
use crate::wording::{Gap, Lang};

/// The words that the scripts say: their name there, the sentence, and its gaps.
const WORDS: [(&str, &str, &[&str]); 75] = [
    ("api-sign-in", "api-sign-in", &[]),
    ("ambiguous-number", "refusal-ambiguous-number", &["text", "whole"]),
    ("below-minimum", "refusal-below-minimum", &["text", "item", "minimum"]),
    ("classes-do-not-add-up", "refusal-classes-do-not-add-up", &["item", "unit", "sum", "whole"]),
    ("correction-without-reason", "collecting-correction-without-reason", &[]),
    ("doubt-many-times", "doubt-many-times", &["times", "before"]),
    ("doubt-rule", "doubt-rule", &["message", "values"]),
    ("doubt-without-reason", "collecting-doubt-without-reason", &[]),
    ("entry-back", "entry-back", &[]),
    ("entry-check", "entry-check", &["count"]),
    ("entry-code", "entry-code", &["number", "count"]),
    ("entry-compare", "entry-compare", &[]),
    ("entry-confirm-copied", "entry-confirm-copied", &[]),
    ("entry-conflict", "entry-conflict", &["by"]),
    ("entry-conflict-same", "entry-conflict-same", &[]),
    ("entry-copied", "entry-copied", &[]),
    ("entry-copied-unconfirmed", "entry-copied-unconfirmed", &[]),
    ("entry-copy-previous", "entry-copy-previous", &[]),
    ("entry-correction-reason", "entry-correction-reason", &[]),
    ("entry-doubt-reason", "entry-doubt-reason", &[]),
    ("entry-empty", "entry-empty", &[]),
    ("entry-export", "entry-export", &[]),
    ("entry-export-file", "entry-export-file", &[]),
    ("entry-export-hint", "entry-export-hint", &[]),
    ("entry-finding-waiting", "entry-finding-waiting", &["count"]),
    ("entry-home-screen", "entry-home-screen", &[]),
    ("entry-keep-chosen", "entry-keep-chosen", &[]),
    ("entry-keep-theirs", "entry-keep-theirs", &[]),
    ("entry-leave", "entry-leave", &[]),
    ("entry-leave-sure", "entry-leave-sure", &[]),
    ("entry-leaving", "entry-leaving", &["count"]),
    ("entry-leaving-hint", "entry-leaving-hint", &[]),
    ("entry-leaving-underway", "entry-leaving-underway", &[]),
    ("entry-left-out", "entry-left-out", &["count"]),
    ("entry-locked-kept", "entry-locked-kept", &[]),
    ("entry-look-over", "entry-look-over", &[]),
    ("entry-look-over-hint", "entry-look-over-hint", &[]),
    ("entry-mark-conflict", "entry-mark-conflict", &[]),
    ("entry-mark-received", "entry-mark-received", &["number"]),
    ("entry-mark-refused", "entry-mark-refused", &[]),
    ("entry-mark-saved", "entry-mark-saved", &[]),
    ("entry-mark-sending", "entry-mark-sending", &[]),
    ("entry-mend", "entry-mend", &[]),
    ("entry-mine", "entry-mine", &[]),
    ("entry-no-previous", "entry-no-previous", &[]),
    ("entry-not-saved", "entry-not-saved", &[]),
    ("entry-note", "entry-note", &[]),
    ("entry-nothing", "entry-nothing", &[]),
    ("entry-nothing-hint", "entry-nothing-hint", &[]),
    ("entry-offline", "entry-offline", &[]),
    ("entry-other-browser", "entry-other-browser", &[]),
    ("entry-previous", "entry-previous", &["value"]),
    ("entry-queue", "entry-queue", &[]),
    ("entry-receipts", "entry-receipts", &[]),
    ("entry-received", "entry-received", &["count", "moment"]),
    ("entry-received-nothing", "entry-received-nothing", &["moment"]),
    ("entry-refused-hint", "entry-refused-hint", &[]),
    ("entry-returned", "entry-returned", &["reason"]),
    ("entry-running", "entry-running", &[]),
    ("entry-see-sent", "entry-see-sent", &[]),
    ("entry-send", "entry-send", &[]),
    ("entry-send-again", "entry-send-again", &[]),
    ("entry-send-to", "entry-send-to", &["unit"]),
    ("entry-sending-hint", "entry-sending-hint", &[]),
    ("entry-sent", "entry-sent", &[]),
    ("entry-share", "entry-share", &[]),
    ("entry-stay", "entry-stay", &[]),
    ("entry-synced", "entry-synced", &["moment"]),
    ("entry-take-back", "entry-take-back", &[]),
    ("entry-theirs", "entry-theirs", &[]),
    ("entry-who-sees", "entry-who-sees", &["unit"]),
    ("formula-cell", "refusal-formula-cell", &["text"]),
    ("item", "item", &[]),
    ("nav-sign-in", "nav-sign-in", &[]),
    ("nav-work", "nav-work", &[]),
];

/// More of them.
const MORE_WORDS: [(&str, &str, &[&str]); 43] = [
    ("difficulties-new-why", "difficulties-new-why", &[]),
    ("difficulty-act-raise", "difficulty-act-raise", &[]),
    ("difficulty-detail", "difficulty-detail", &[]),
    ("difficulty-due", "difficulty-due", &[]),
    ("difficulty-holder", "difficulty-holder", &[]),
    ("difficulty-trouble", "difficulty-trouble", &[]),
    ("entry-received-difficulty", "entry-received-difficulty", &["moment"]),
    ("entry-difficulty-tell", "entry-difficulty-tell", &[]),
    ("lock-mark-locked", "lock-mark-locked", &[]),
    ("moment", "moment", &["time", "day"]),
    ("not-a-count", "refusal-not-a-count", &["text"]),
    ("not-a-number", "refusal-not-a-number", &["text"]),
    ("not-a-whole-number", "refusal-not-a-whole-number", &["text"]),
    ("nothing-entered", "collecting-nothing-entered", &[]),
    ("number-in-words", "refusal-number-in-words", &["text"]),
    ("number-too-large", "refusal-number-too-large", &["text"]),
    ("out-of-bounds", "refusal-out-of-bounds", &["text", "item", "minimum", "maximum"]),
    ("raising-without-trouble", "raising-without-trouble", &[]),
    ("photo-both", "photo-both", &[]),
    ("photo-choose", "photo-choose", &[]),
    ("photo-hint", "photo-hint", &[]),
    ("photo-no-room", "photo-no-room", &[]),
    ("photo-not-in-code", "photo-not-in-code", &[]),
    ("photo-number", "photo-number", &["number"]),
    ("photo-remove", "photo-remove", &[]),
    ("photo-removed", "photo-removed", &[]),
    ("photo-take", "photo-take", &[]),
    ("photo-too-many", "photo-too-many", &[]),
    ("photo-unreadable", "photo-unreadable", &[]),
    ("photos-heading", "photos-heading", &[]),
    ("receipt-number", "receipt-number", &[]),
    ("review-empty", "review-empty", &[]),
    ("review-previous", "review-previous", &[]),
    ("review-remarks", "review-remarks", &[]),
    ("rule-broken", "refusal-rule-broken", &["message", "rule", "unit", "period", "values"]),
    ("sign-out-button", "sign-out-button", &[]),
    ("too-many-decimals", "refusal-too-many-decimals", &["text", "decimals"]),
    ("value", "value", &[]),
    ("work-count-none", "work-count-none", &[]),
    ("work-count-owed", "work-count-owed", &["count"]),
    ("work-count-returned", "work-count-returned", &["count"]),
    ("work-owed", "work-owed", &[]),
    ("work-returned", "work-returned", &[]),
];

/// The page. Nothing of a person stands in it, because phones keep it as it is.
#[derive(Template)]
#[template(path = "web/pages/phone/show.html")]
struct Shell {
    lang: Lang,
    words: String,
    /// The office's time zone.
    zone: String,
}

impl Shell {
    fn asset(name: &str) -> String {
        assets::address(name)
    }
}

/// `GET /entry/`
pub async fn show(State(site): State<Site>, visit: Visit) -> Response {
    site.act(visit, |site, visit| Ok(Turn::Shown(shell(visit.lang, &site.zone)?))).await
}

/// `GET /entry/service-worker.js`
pub async fn service_worker(State(site): State<Site>) -> Response {
    let shell = |lang: Lang| shell(lang, &site.zone);
    let shells: Result<Vec<String>, Error> = Lang::ALL.into_iter().map(shell).collect();
    let script = assets::worker(&shells.unwrap_or_default().concat());
    let kind = "text/javascript; charset=utf-8";
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], script).into_response()
}

/// `GET /entry/manifest.webmanifest`
pub async fn manifest(visit: Visit) -> Response {
    let lang = visit.lang;
    let icon = json!({ "src": "/assets/icon.svg", "sizes": "any", "type": "image/svg+xml" });
    let manifest = json!({
        "name": lang.say("entry-app-name"), "short_name": "dotpha", "lang": lang.code(),
        "id": "/entry/", "start_url": "/entry/", "scope": "/", "display": "standalone",
        "background_color": "#fafcfc", "theme_color": "#0b666b", "icons": [icon],
    });
    let kind = "application/manifest+json";
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], manifest.to_string()).into_response()
}

fn shell(lang: Lang, zone: &TimeZone) -> Result<String, Error> {
    let words: BTreeMap<&str, String> = WORDS
        .into_iter()
        .chain(MORE_WORDS)
        .map(|(name, key, gaps)| {
            let left_open = gaps.iter().map(|gap| (*gap, Gap::from(format!("{{{gap}}}"))));
            (name, lang.tell(key, left_open))
        })
        .collect();
    let zone = zone.iana_name().unwrap_or_default().to_owned();
    draw(&Shell { lang, words: json!(words).to_string(), zone })
}
