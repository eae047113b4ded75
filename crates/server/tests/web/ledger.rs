//! The ledger's pages, receipts on the pages of submissions, and proofs that can be checked.

use actions::verification::Trouble;

use super::site::{NOW_MS, cookie, member, sample, site};
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{Request, StatusCode};
use server::nightly;
use server::web::routes::router;
use server::web::site::Site;
use tower::ServiceExt as _;

async fn world() -> (Site, String) {
    let build = || {
        let site = site(sample(), None);
        member(&site, "kiemtoan", "auditor", "06124");
        let cookie = cookie(&site, "kiemtoan");
        (site, cookie)
    };
    tokio::task::spawn_blocking(build).await.unwrap()
}

async fn get(site: &Site, cookie: &str, path: &str) -> (StatusCode, String, String) {
    let request = Request::builder().uri(path).header(COOKIE, cookie);
    let request = request.header("accept-language", "vi").body(Body::empty()).unwrap();
    let response = router(site.clone()).oneshot(request).await.unwrap();
    let status = response.status();
    let kind = response.headers()[CONTENT_TYPE].to_str().unwrap().to_owned();
    let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
    (status, kind, String::from_utf8(body.to_vec()).unwrap())
}

/// The first address on a page that begins like this.
fn link(page: &str, beginning: &str) -> String {
    let at = page.find(&format!("href=\"{beginning}")).unwrap() + 6;
    page[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_finds_the_entries_of_the_own_units_and_their_proofs() {
    let (site, cookie) = world().await;
    let (status, _, page) = get(&site, &cookie, "/ledger?kind=submission.receive").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(page.matches("<li><span><a href=\"/ledger/").count(), 50, "a page of them");
    // Na Sầm is the auditor's own; Trùng Khánh, which reported too, is not.
    assert!(page.contains("Nhận báo cáo số liệu") && !page.contains("Trùng Khánh"), "{page}");
    let older = link(&page, "/ledger?before=").replace("&#38;", "&").replace("&amp;", "&");
    let (status, _, next) = get(&site, &cookie, &older).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(link(&page, "/ledger/"), link(&next, "/ledger/"));

    let entry = link(&page, "/ledger/");
    let (status, _, shown) = get(&site, &cookie, &entry).await;
    assert_eq!(status, StatusCode::OK);
    assert!(shown.contains("figures") && shown.contains("class=\"qr\""), "{shown}");
    for said in ["<dt>Số liệu</dt>", "<dt>Đơn vị</dt>", "<dt>Kỳ</dt><dd>tháng ", "<details>"]
    {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    assert!(shown.contains("chưa nằm trong điểm chốt"), "{shown}");
    let position = entry.rsplit('/').next().unwrap();
    let (status, ..) = get(&site, &cookie, &format!("/proofs/{position}")).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "not signed yet");

    let signer = site.clone();
    let make = move || signer.entrance.make_checkpoint(NOW_MS).unwrap().unwrap();
    let checkpoint = tokio::task::spawn_blocking(make).await.unwrap();
    let (_, _, shown) = get(&site, &cookie, &entry).await;
    let (status, kind, proof) = get(&site, &cookie, &link(&shown, "/proofs/")).await;
    assert_eq!((status, kind.as_str()), (StatusCode::OK, "text/plain; charset=utf-8"));
    let begins = format!("c2sp.org/tlog-proof@v1\nindex {position}\n");
    assert!(proof.starts_with(&begins) && proof.ends_with(&checkpoint), "{proof}");

    let (_, _, submission) = get(&site, &cookie, &link(&shown, "/submissions/")).await;
    assert!(submission.contains("Số biên nhận"), "{submission}");
    assert_eq!(link(&submission, "/proofs/"), format!("/proofs/{position}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_the_list_and_bad_ones_are_refused() {
    let (site, cookie) = world().await;
    let cases = [
        ("/ledger?day=2023-07-01", true),
        ("/ledger?day=2023-07-02", false),
        ("/ledger?unit=06124-01", true),
        ("/ledger?unit=06127", false),
        ("/ledger?account=1", false),
        ("/ledger?kind=grant.give", true),
        ("/ledger?kind=units.import", false),
    ];
    for (path, finds) in cases {
        let (status, _, page) = get(&site, &cookie, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(page.contains("href=\"/ledger/"), finds, "{path}");
    }
    for path in ["/ledger?day=today", "/ledger?kind=x", "/ledger?account=an", "/ledger?before=x"] {
        let (status, ..) = get(&site, &cookie, path).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{path}");
    }
    for path in ["/ledger/x", "/ledger/99999999", "/ledger/-1", "/proofs/99999999"] {
        let (status, ..) = get(&site, &cookie, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_the_ledger_learns_what_the_nightly_check_found() {
    let (site, cookie) = world().await;
    let (_, _, page) = get(&site, &cookie, "/ledger").await;
    assert!(page.contains("chưa đến lượt"), "{page}");
    let log = std::path::PathBuf::from("no-such.checkpoints.log");
    let (entrance, checks) = (site.entrance.clone(), site.checks.clone());
    let check = move || checks.note(nightly::check(&entrance, &log).unwrap());
    tokio::task::spawn_blocking(check).await.unwrap();
    let (_, _, page) = get(&site, &cookie, "/ledger").await;
    assert!(page.contains("sổ cái nguyên vẹn"), "{page}");
    let found = site.checks.newest().unwrap();
    let troubles = vec![Trouble::ColumnsDiffer { position: 3 }];
    site.checks.note(nightly::Check { troubles, ..found });
    let (_, _, page) = get(&site, &cookie, "/ledger").await;
    assert!(page.contains("role=\"alert\"") && page.contains("có 1 chỗ bị sửa"), "{page}");
}
