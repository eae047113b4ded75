//! The pages, asked in-process over the sample: what they say, in which language, and how safely.

use std::sync::LazyLock;
use std::thread;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use domain::access::{Account, AccountId, AccountState, Actor, Grant, standard_roles};
use domain::unit::Validity;
use server::web::assets::{self, ASSETS};
use server::web::routes::router;
use tower::ServiceExt as _;

/// Somebody who may look at everything without signing in, as over sample data.
fn guest() -> Actor {
    let role = standard_roles().into_iter().find(|role| role.code == "leader").unwrap();
    let account = Account {
        id: AccountId(0),
        login: String::new(),
        name: String::new(),
        state: AccountState::Active,
    };
    let (validity, delegated_by) = (Validity::default(), None);
    let grant = Grant { id: 0, account: account.id, role, unit: None, validity, delegated_by };
    Actor { account: Some(account), grants: vec![grant], second_factor: false }
}

/// The sample with the figures of two communes, so that some have reported and most have not.
static SITE: LazyLock<Router> = LazyLock::new(|| {
    // The database waits for its own threads, which it may not do on those of a runtime.
    let workspace = thread::spawn(super::site::sample).join().unwrap();
    router(super::site::site(workspace, Some(guest())))
});

async fn ask(address: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::builder().uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    SITE.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(to_bytes(response.into_body(), 10_000_000).await.unwrap().to_vec()).unwrap()
}

async fn page(address: &str) -> String {
    let response = ask(address, &[]).await;
    assert_eq!(response.status(), StatusCode::OK, "{address}");
    text(response).await
}

/// The addresses in a page that begin so, decoded.
fn links(page: &str, beginning: &str) -> Vec<String> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|address| address.replace("&#38;", "&").replace("&amp;", "&"))
        .filter(|address| address.starts_with(beginning))
        .collect()
}

const PAGES: [&str; 13] = [
    "/",
    "/?period=2022",
    "/?period=2023-H1&view=restated:2025-07-01",
    "/indicators/A01",
    "/indicators/A02?period=2022-01..2023-06",
    "/indicators/A08",
    "/units",
    "/search?q=na+sam",
    "/figures/A01?period=2022",
    "/reports",
    "/reports/ket-qua-kl-01",
    "/reports/bao-cao-ky?period=2022",
    "/about",
];

#[tokio::test]
async fn a_long_table_of_units_goes_on_on_the_next_page() {
    let address = "/indicators/A01?unit=1&period=2023-H1&level=village";
    let (first, second) = (page(address).await, page(&format!("{address}&page=2")).await);
    let units = |page: &str| -> Vec<String> {
        let table = page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next());
        links(table.unwrap(), "/units/")
    };
    assert_eq!((units(&first).len(), units(&second).len()), (150, 12));
    assert!(units(&second).iter().all(|unit| !units(&first).contains(unit)));
    let mut onward = links(&first, "/indicators/A01?unit=1").into_iter();
    let onward = onward.find(|address| address.ends_with("page=2")).unwrap();
    for address in [onward, format!("{address}&page=99")] {
        assert_eq!(units(&page(&address).await), units(&second), "{address}");
    }
}

#[tokio::test]
async fn every_page_answers_in_both_languages_without_holes() {
    for address in PAGES {
        for lang in ["vi", "en"] {
            let joint = if address.contains('?') { '&' } else { '?' };
            let page = page(&format!("{address}{joint}lang={lang}")).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\">")), "{address}");
            assert_eq!(page.matches("<h1").count(), 1, "{address}");
            assert!(page.contains("Số liệu mẫu") || page.contains("Sample data"), "{address}");
            assert!(!page.contains("{ $") && !page.contains("{{"), "{address}");
        }
    }
}

#[tokio::test]
async fn no_page_carries_styles_or_scripts_of_its_own() {
    for address in PAGES {
        let page = page(address).await;
        for forbidden in [" style=\"", "<style", "<script>", " onclick", "javascript:"] {
            assert!(!page.contains(forbidden), "{address} has {forbidden}");
        }
    }
}

#[tokio::test]
async fn every_page_has_the_headers_that_keep_strangers_out() {
    for address in ["/", "/indicators/A01", "/nowhere", "/health"] {
        let response = ask(address, &[]).await;
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'"), "{address}");
        assert!(!policy.contains("unsafe"), "{address}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{address}");
    }
}

#[tokio::test]
async fn the_overview_opens_with_the_finding_and_names_what_is_missing() {
    let page = page("/").await;
    let finding = page.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap();
    assert!(finding.contains("nội dung đột phá đúng lộ trình"), "{finding}");
    assert!(page.contains("báo cáo số liệu phải gửi"));
    assert_eq!(page.matches("class=\"priority").count(), 4);
}

#[tokio::test]
async fn a_figure_of_the_overview_leads_down_to_a_cell_of_a_file() {
    let mut at = links(&page("/").await, "/figures/A01")[0].clone();
    for _ in 0..5 {
        let shown = page(&at).await;
        if shown.contains("hàng ") && shown.contains("cột ") {
            assert!(shown.contains("06124-na-sam.xlsx"));
            assert!(shown.contains("trang tính T0"));
            let submission = links(&shown, "/submissions/")[0].clone();
            assert!(page(&submission).await.contains("06124-na-sam.xlsx"));
            return;
        }
        let table = shown.split("id=\"contributions\"").nth(1).unwrap_or_default();
        at = links(table, "/figures/A01")[0].clone();
    }
    panic!("no cell was reached");
}

#[tokio::test]
async fn a_page_the_browser_has_is_not_sent_again() {
    let first = ask("/", &[]).await;
    let tag = first.headers()["etag"].to_str().unwrap().to_owned();
    let again = ask("/", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let english = ask("/?lang=en", &[("if-none-match", &tag)]).await;
    assert_eq!(english.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_language_is_remembered_only_when_it_was_chosen() {
    let chosen = ask("/about?lang=en", &[]).await;
    assert!(chosen.headers()["set-cookie"].to_str().unwrap().starts_with("lang=en;"));
    let guessed = ask("/about", &[("accept-language", "en")]).await;
    assert!(!guessed.headers().contains_key("set-cookie"));
    assert!(text(guessed).await.contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn what_cannot_be_shown_is_refused_in_plain_words() {
    let cases = [
        ("/nowhere", StatusCode::NOT_FOUND, "Không tìm thấy"),
        ("/indicators/A99", StatusCode::NOT_FOUND, "Không có chỉ tiêu “A99”"),
        ("/units/999999", StatusCode::NOT_FOUND, "Không có đơn vị"),
        ("/units/abc", StatusCode::NOT_FOUND, "Không có đơn vị “abc”"),
        ("/submissions/x", StatusCode::NOT_FOUND, "Không có báo cáo số liệu “x”"),
        ("/reports/x", StatusCode::NOT_FOUND, "Không có mẫu báo cáo “x”"),
        (
            "/reports/ket-qua-kl-01?period=2022",
            StatusCode::BAD_REQUEST,
            "dùng mẫu chung bao-cao-ky",
        ),
        ("/reports/ket-qua-kl-01?unit=3", StatusCode::BAD_REQUEST, "chỉ viết cho huyện Văn Lãng"),
        ("/?period=2022-13", StatusCode::BAD_REQUEST, "“2022-13”: ở đây cần ghi mã kỳ"),
        ("/?view=tomorrow", StatusCode::BAD_REQUEST, "“tomorrow”"),
        ("/?unit=%3Cscript%3E", StatusCode::NOT_FOUND, "&#60;script&#62;"),
    ];
    for (address, status, words) in cases {
        let response = ask(address, &[]).await;
        assert_eq!(response.status(), status, "{address}");
        let page = text(response).await;
        assert!(page.contains(words), "{address}: {page}");
        assert!(page.contains("<html lang=\"vi\">"), "{address}");
    }
}

#[tokio::test]
async fn every_report_is_offered_for_what_it_can_do_and_opens() {
    let list = page("/reports?unit=3&period=2022-Q4").await;
    let offered = links(&list, "/reports/");
    let expected = [
        "/reports/bao-cao-ky?unit=3&period=2022-Q4&view=reported",
        "/reports/ket-qua-kl-01?unit=2&period=2022-01..2023-06&view=reported",
    ];
    assert_eq!(offered, expected);
    assert!(list.contains("nội dung đột phá quý IV/2022 trên địa bàn thị trấn Na Sầm"), "{list}");
    assert!(list.contains("Huyện Văn Lãng, từ tháng 01/2022 đến hết tháng 6/2023"), "{list}");
    for (address, agency) in offered.iter().zip(["THỊ TRẤN NA SẦM", "HUYỆN VĂN LÃNG"]) {
        let report = page(address).await;
        assert!(report.contains(&format!("{agency}</span>")), "{address}");
        let style = links(&report, "/reports/")[0].clone();
        assert_eq!(ask(&style, &[]).await.status(), StatusCode::OK, "{style}");
    }
    // Without a choice, a report written for one unit and span opens on its own.
    assert!(page("/reports/ket-qua-kl-01").await.contains("HUYỆN VĂN LÃNG</span>"));
    // The unit in view stays in view.
    let unit = page("/units/3?period=2022-Q4&view=reported").await;
    assert!(links(&unit, "/reports?").contains(&expected[0].replace("/bao-cao-ky", "")));
}

#[tokio::test]
async fn an_indicator_that_must_not_be_ranked_is_not() {
    let page = page("/indicators/A08?period=2022").await;
    assert!(page.contains("chỉ đếm, không đánh giá và không xếp hạng"));
    assert!(!page.contains("So với chỉ tiêu"));
}

#[tokio::test]
async fn assets_are_small_and_kept_for_ever_under_their_contents() {
    for asset in ASSETS.iter() {
        let fresh = ask(&format!("/assets/{}?v={}", asset.name, asset.hash), &[]).await;
        assert!(fresh.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        let unnamed = ask(&format!("/assets/{}", asset.name), &[]).await;
        assert_eq!(unnamed.headers()["cache-control"], "no-cache");
    }
    // Every script has its pages, and pages of every kind have their budget, as it travels.
    let reading = ["copy-table.js", "elsewhere.js", "palette.js"];
    let desk = ["element.js", "expression.js", "grid.js", "quantity.js", "typed-number.js"];
    let desk = [&reading[..], &desk].concat();
    let alone = ["read-file.js", "review.js", "shrink.js", "smaller-photos.js"];
    let style = ["app.css"];
    let of_tasks = ["tasks.css"];
    let of_codes = ["scan.js"];
    let budgets = [
        (&style[..], 10 * 1024),
        (&of_tasks, 2 * 1024),
        (&of_codes, 2 * 1024),
        (&reading, 6 * 1024),
        (&desk, 45_000),
        (&alone, 6 * 1024),
    ];
    for (names, most) in budgets {
        let mut sum = 0;
        for name in names {
            let sent = ask(&assets::address(name), &[("accept-encoding", "gzip")]).await;
            sum += to_bytes(sent.into_body(), 1_000_000).await.unwrap().len();
        }
        assert!(sum <= most, "{sum} bytes of {names:?}");
    }
    let scripts = ASSETS.iter().filter(|asset| asset.kind.starts_with("text/javascript"));
    for script in scripts {
        // Those of the outbox have theirs with what a phone fetches.
        let of_phones = ["outbox.js", "storage.js"];
        let known = [&desk[..], &alone, &of_codes, &of_phones].concat().contains(&script.name);
        assert!(known, "{} has no budget", script.name);
    }
}

#[tokio::test]
async fn the_program_says_that_it_runs() {
    assert_eq!(page("/health").await, "ok\n");
}

#[tokio::test]
async fn pages_travel_small_unless_they_carry_a_secret() {
    let packed = [("accept-encoding", "gzip")];
    let (plain, small) = (ask("/", &[]).await, ask("/", &packed).await);
    assert_eq!(small.headers()["content-encoding"], "gzip");
    let mut vary = small.headers().get_all("vary").iter();
    assert!(vary.any(|value| value == "accept-encoding"));
    let bytes = |response: Response<Body>| async {
        to_bytes(response.into_body(), 10_000_000).await.unwrap().len()
    };
    let (plain, small) = (bytes(plain).await, bytes(small).await);
    assert!(small * 3 < plain, "{small} of {plain} bytes");
    assert!(small < 30_000, "{small} bytes are too many for a slow line");
    let door = ask("/sign-in", &packed).await;
    assert_eq!(door.headers()["cache-control"], "no-store");
    assert!(!door.headers().contains_key("content-encoding"));
}
