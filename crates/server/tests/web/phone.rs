//! The page that works without a network: small enough for a slow line, and nothing of a person in
//! what phones keep of it.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::{Router, http::StatusCode};
use server::web::assets::{ASSETS, ENTRY, address};
use tower::ServiceExt as _;

use super::collecting::{office, signed_in};

/// How many bytes an address travels with, compressed.
async fn travels(router: &Router, address: &str) -> usize {
    let request = Request::builder().uri(address).header("accept-encoding", "gzip");
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{address}");
    assert_eq!(response.headers()["content-encoding"], "gzip", "{address}");
    to_bytes(response.into_body(), 1_000_000).await.unwrap().len()
}

#[tokio::test]
async fn everything_a_phone_fetches_travels_small() {
    let (router, _) = office();
    let (mut scripts, mut styles) = (0, travels(&router, &address("app.css")).await);
    for asset in ENTRY.iter() {
        let bytes = travels(&router, &address(asset.name)).await;
        if asset.kind.starts_with("text/css") {
            styles += bytes;
        } else {
            scripts += bytes;
        }
    }
    assert!(scripts <= 25 * 1024, "{scripts} bytes of script");
    assert!(styles <= 10 * 1024, "{styles} bytes of style");
    // What every page loads for those who are signed in.
    let mut elsewhere = 0;
    for name in ["copy-table.js", "elsewhere.js", "outbox.js", "storage.js"] {
        elsewhere += travels(&router, &address(name)).await;
    }
    assert!(elsewhere <= 6 * 1024, "{elsewhere} bytes of script on every page");
    assert!(ASSETS.iter().all(|asset| ENTRY.iter().all(|other| other.name != asset.name)));
}

#[tokio::test]
async fn the_kept_page_names_nobody_and_says_everything_in_both_languages() {
    let (router, _) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    for (lang, saved) in [("vi", "Đã lưu trên máy"), ("en", "Saved on this device")] {
        let page = head.get(&format!("/entry/?lang={lang}")).await;
        assert!(page.body.contains(saved), "{lang}: {}", page.body);
        assert!(page.body.contains("{text}"), "gaps are left to the scripts");
        for private in ["truong-thon", "form_secret", "Na Sầm"] {
            assert!(!page.body.contains(private), "{lang}: {private}");
        }
        let manifest = head.get("/entry/manifest.webmanifest").await;
        assert!(manifest.body.contains("\"start_url\":\"/entry/\""), "{}", manifest.body);
    }
}

#[tokio::test]
async fn the_worker_is_one_script_that_keeps_files_that_exist() {
    let (router, _) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let worker = head.get("/entry/service-worker.js").await;
    assert_eq!(worker.header("cache-control"), "no-cache", "a new one is found at once");
    let lines = || worker.body.lines();
    assert!(!lines().any(|line| line.starts_with("import ") || line.starts_with("export ")));
    let kept = lines().next().unwrap();
    let kept = kept.strip_prefix("self.DOTPHA_KEPT = ").unwrap().trim_end_matches(';');
    let kept: serde_json::Value = serde_json::from_str(kept).unwrap();
    let files = kept["files"].as_array().unwrap();
    assert_eq!(files.len(), ENTRY.len() + 2, "all of its own, and two shared");
    for file in files {
        let file = file.as_str().unwrap();
        assert_eq!(head.get(file).await.status, StatusCode::OK, "{file}");
    }
}
