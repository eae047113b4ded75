//! Files of directives in the browser: uploaded, got, replaced, taken away, found, and never shown in
//! place.

use std::thread;
use std::time::{Duration, Instant};

use actions::workspace::Opener;
use axum::http::StatusCode;
use server::web::routes::router;

use super::browser::{Browser, hidden};
use super::collecting::{office, signed_in};
use super::site::{NOW_MS, member, sample_with, site};

const PAGE: &str = "/directives/kl-01";
const FORM: &str = "/directives/kl-01/files";

fn example() -> Vec<u8> {
    std::fs::read(testkit::root().join("tests/documents/ke-hoach.pdf")).unwrap()
}

/// The address of the file that a page lists first.
fn first(page: &str) -> String {
    let found = page.split("href=\"/files/").nth(1).and_then(|rest| rest.split('"').next());
    format!("/files/{}", found.unwrap_or_else(|| panic!("no file: {page}")))
}

/// The page of a task that a planner gives the village.
async fn given(planner: &mut Browser) -> String {
    let page = planner.get("/tasks/new").await.body;
    let issuers = page.split("<select id=\"issuer\"").nth(1).unwrap();
    let issuer = issuers.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let words = ["work", "product", "responsibility", "authority"].map(|one| format!("{one}=Chợ"));
    let secret = hidden(&page, "form_secret");
    let form = format!(
        "form_secret={secret}&{}&issuer={issuer}&lead_codes=06124-01&open=1&then=give",
        words.join("&")
    );
    let answer = planner.post("/tasks/new", &form).await;
    assert!(answer.to.starts_with("/tasks/"), "{}", answer.body);
    answer.to
}

#[tokio::test]
async fn a_file_is_uploaded_found_by_what_it_says_and_only_downloaded() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let secret = hidden(&planner.get(PAGE).await.body, "form_secret");
    let form = format!("form_secret={secret}");
    let pdf = example();
    let kept = planner.post_file(FORM, &form, ("Kế hoạch <b>.pdf", &pdf)).await;
    assert_eq!(kept.to, "/directives/kl-01?done=file#files", "{}", kept.body);
    let page = planner.get("/directives/kl-01?done=file").await.body;
    for said in ["Đã lưu tệp.", "Kế hoạch &#60;b&#62;.pdf", "PDF, 14 KB"] {
        assert!(page.contains(said), "{said}: {page}");
    }

    let mut head = signed_in(&router, "truong-thon").await;
    let seen = head.get(PAGE).await.body;
    assert!(!seen.contains(FORM), "who enters no directives has no form: {seen}");
    let got = head.get(&first(&seen)).await;
    assert_eq!(got.status, StatusCode::OK);
    let header = |name: &str| got.header(name);
    assert_eq!(got.bytes, pdf);
    assert_eq!(header("content-type"), "application/pdf");
    assert!(header("content-disposition").starts_with("attachment; filename*=UTF-8''K%E1%BA"));
    assert_eq!(header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "private, no-cache");

    for address in ["/search?q=cho+trung+tam", "/directives?text=7+thanh+vien"] {
        let found = head.get(address).await.body;
        assert!(found.contains("href=\"/directives/kl-01\""), "{address}: {found}");
    }
    // Marks as some keyboards send them: after their letters.
    let apart = "ch%C6%A1%CC%A3+trung+t%C3%A2m";
    for address in [format!("/search?q={apart}"), format!("/directives?text={apart}")] {
        let found = head.get(&address).await.body;
        assert!(found.contains("có trong tệp Kế hoạch"), "{address}: {found}");
    }
    let named = head.get("/directives?text=01-KL").await.body;
    assert!(!named.contains("có trong tệp"), "{named}");

    let newer = format!("form_secret={secret}&replaces={}", &first(&seen)[7..]);
    let answer = planner.post_file(FORM, &newer, ("mới.jpg", &testkit::builders::photo(1))).await;
    assert_eq!(answer.to, "/directives/kl-01?done=file#files", "{}", answer.body);
    let page = planner.get(PAGE).await.body;
    assert!(page.contains("Đã thay bằng mới.jpg."), "{page}");
    assert!(page.contains("1 bản cũ và tệp đã gỡ"), "{page}");
}

#[tokio::test]
async fn the_lead_of_a_task_brings_what_was_made_and_whoever_gave_it_sees_it() {
    let (router, _) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let task = given(&mut planner).await;
    let page = head.get(&task).await.body;
    let form = format!("form_secret={}", hidden(&page, "form_secret"));
    let (address, minutes) = (format!("{task}/files"), example());
    let kept = head.post_file(&address, &form, ("biên bản.pdf", &minutes)).await;
    assert_eq!(kept.to, format!("{task}?done=file#files"), "{}", kept.body);
    let page = planner.get(&task).await.body;
    assert!(page.contains("Tệp sản phẩm") && page.contains("biên bản.pdf"), "{page}");
    assert!(!page.contains(&address), "who gave it brings nothing: {page}");
    assert_eq!(planner.get(&first(&page)).await.bytes, minutes);
    let form = format!("form_secret={}", hidden(&page, "form_secret"));
    let refused = planner.post_file(&address, &form, ("x.pdf", &minutes)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(!planner.get(&task).await.body.contains("x.pdf"), "it is not kept");
}

#[tokio::test]
async fn what_is_refused_is_said_on_the_page_with_what_to_do() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let secret = hidden(&planner.get(PAGE).await.body, "form_secret");
    let form = format!("form_secret={secret}");
    let large = vec![b'a'; 21 * 1024 * 1024];
    let pdf = example();
    let cases: [(&str, &[u8], &str); 4] = [
        ("a.pdf", b"MZ", "không phải PDF, DOCX, XLSX, JPG hay PNG"),
        ("TỐI MẬT.pdf", &pdf, "Tệp có dấu “Tối mật” ở “TỐI MẬT.pdf”"),
        ("a.pdf", &large, "lớn hơn 20 MB"),
        ("", b"", "Chưa chọn tệp nào"),
    ];
    for (name, bytes, said) in cases {
        let answer = planner.post_file(FORM, &form, (name, bytes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains(said), "{name}: {}", answer.body);
    }
    let stale = planner.post_file(FORM, "form_secret=x", ("a.pdf", &pdf)).await;
    assert_ne!(stale.status, StatusCode::SEE_OTHER);

    planner.post_file(FORM, &form, ("a.pdf", &pdf)).await;
    let file = first(&planner.get(PAGE).await.body);
    let number = &file[7..];
    let empty = planner.post(FORM, &format!("{form}&removed={number}&reason=")).await;
    assert!(empty.body.contains("Chưa ghi lý do gỡ tệp"), "{}", empty.body);
    let taken = planner.post(FORM, &format!("{form}&removed={number}&reason=Nhầm")).await;
    assert_eq!(taken.to, "/directives/kl-01?done=file-removed#files", "{}", taken.body);
    let page = planner.get("/directives/kl-01?done=file-removed").await.body;
    assert!(page.contains("Đã gỡ tệp.") && page.contains(": Nhầm"), "{page}");
    let gone = planner.get(&file).await;
    assert!(gone.body.contains("Tệp này đã được gỡ"), "{}", gone.body);
    assert_eq!(planner.get("/files/x").await.status, StatusCode::NOT_FOUND);
}

/// PDFs that reach for the stack, the memory and the time of whoever reads them.
fn hostile() -> [(&'static str, Vec<u8>); 4] {
    let nested = |open: &str| format!("%PDF-1.7\n1 0 obj\n{}", open.repeat(500_000));
    let circle = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n\
                  <</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>\nendobj\n\
                  trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF";
    let claims = "%PDF-1.7\nxref\n0 99999999999\n0000000000 65535 f \n\
                  trailer\n<</Root 1 0 R/Size 99999999999/Prev 9>>\nstartxref\n9\n%%EOF";
    [
        ("arrays in arrays", nested("[").into_bytes()),
        ("dictionaries in dictionaries", nested("<</a ").into_bytes()),
        ("pages that are their own parents", circle.as_bytes().to_vec()),
        ("a table that claims a hundred thousand million objects", claims.as_bytes().to_vec()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_file_is_refused_in_time_and_brings_nobody_down() {
    let made = thread::spawn(|| {
        let program = env!("CARGO_BIN_EXE_dotpha").into();
        let arguments = vec!["import-worker".to_owned()];
        let site = site(sample_with(Opener::Child { program, arguments }), None);
        site.entrance.ask_for_no_codes(NOW_MS).unwrap();
        member(&site, "ke-hoach", "planner", "");
        router(site)
    });
    let router = made.join().unwrap();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let form = format!("form_secret={}", hidden(&planner.get(PAGE).await.body, "form_secret"));
    for (name, bytes) in hostile() {
        let start = Instant::now();
        let answer = planner.post_file(FORM, &form, ("a.pdf", &bytes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        let said = ["bị hỏng", "nên đã dừng"].iter().any(|said| answer.body.contains(said));
        assert!(said, "{name}: {}", answer.body);
        assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    }
    let kept = planner.post_file(FORM, &form, ("a.pdf", &example())).await;
    assert_eq!(kept.to, "/directives/kl-01?done=file#files", "{}", kept.body);
    let found = planner.get("/search?q=cho+trung+tam").await.body;
    assert!(found.contains("có trong tệp a.pdf"), "{found}");
}
