//! Photographs: brought by programs and by pages, seen by those who may, and never more than pictures.

use axum::http::StatusCode;
use domain::attachment::BYTES_MAX;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use testkit::builders::{photo, telling_photo};

use super::api::{Program, first, id, read};
use super::browser::{Answer, Browser, hidden};
use super::collecting::{carried, figures, office, signed_in};

const PLACE: &str = "21.8537N 106.7610E";

fn name(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Program {
    async fn bring(&mut self, name: &str, bytes: &[u8]) -> Answer {
        let headers = [("dotpha-form-secret", self.secret.as_str())];
        let address = format!("/api/attachments/{name}");
        self.browser.send_bytes("PUT", &address, bytes.to_vec(), &headers).await
    }
}

/// A photograph in a page: its name, once for each time it is shown.
fn shown(page: &str) -> Vec<&str> {
    let sources = page.split("<img src=\"/attachments/").skip(1);
    sources.map(|rest| &rest[..64]).collect()
}

#[tokio::test]
async fn a_program_brings_photographs_before_the_submission_that_names_them() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let (bytes, telling) = (photo(1), telling_photo(2, PLACE));
    let mut parcel = first(unit, ["2", "1", "1", "2"]);
    parcel["attachments"] = json!([name(&bytes), name(&photo(2))]);

    let early = head.put(&id(1), &parcel.to_string()).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.body);
    let problem = read(&early);
    assert_eq!(problem["type"], "urn:dotpha:problem:not-arrived", "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("chưa lên tới máy chủ"), "{problem}");

    let answer = head.bring(&name(&bytes), &bytes).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let kept = read(&answer);
    assert_eq!(
        (&kept["sha256"], &kept["media_type"]),
        (&json!(name(&bytes)), &json!("image/jpeg"))
    );
    assert_eq!((&kept["width"], &kept["height"]), (&json!(32), &json!(24)), "{kept}");
    assert_eq!(head.bring(&name(&bytes), &bytes).await.body, answer.body, "sent again");
    let other = read(&head.bring(&name(&telling), &telling).await);
    assert_eq!(other["sha256"], name(&photo(2)), "the name of what is kept: {other}");

    let receipt = head.put(&id(1), &parcel.to_string()).await;
    assert_eq!(receipt.status, StatusCode::OK, "{}", receipt.body);
    assert_eq!(head.put(&id(1), &parcel.to_string()).await.body, receipt.body, "the same again");
    parcel["attachments"] = json!([name(&bytes)]);
    let other = head.put(&id(1), &parcel.to_string()).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "other photographs are other content");
    let form = head.form().await;
    let expected = json!([
        { "sha256": name(&bytes), "href": format!("/attachments/{}", name(&bytes)) },
        { "sha256": name(&photo(2)), "href": format!("/attachments/{}", name(&photo(2))) },
    ]);
    assert_eq!(form["attachments"], expected);
}

#[tokio::test]
async fn what_is_no_photograph_is_refused_in_words() {
    let (router, _) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let mut wide = photo(1);
    wide[7..11].copy_from_slice(&[0x27, 0x10, 0x27, 0x10]);
    let (large, larger) = (vec![0xff; BYTES_MAX + 1], vec![0xff; 3 * BYTES_MAX]);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let cases: [(&str, &[u8], StatusCode, &str, &str); 7] = [
        ("", &large, StatusCode::PAYLOAD_TOO_LARGE, "too-large", "lớn hơn 2 MB"),
        ("", &larger, StatusCode::PAYLOAD_TOO_LARGE, "too-large", "lớn hơn 2 MB"),
        ("", &svg, unprocessable, "not-a-picture", "không phải ảnh JPEG"),
        ("", &photo(1)[..20], unprocessable, "damaged", "bị hỏng"),
        ("", &wide, unprocessable, "too-many-pixels", "10.000 × 10.000"),
        (&"0".repeat(64), &photo(1), unprocessable, "not-what-it-says", "khác với ảnh đã gửi"),
        ("passwd", &photo(1), unprocessable, "not-what-it-says", "khác với ảnh đã gửi"),
    ];
    for (said, bytes, status, code, words) in cases {
        let said = if said.is_empty() { name(bytes) } else { said.to_owned() };
        let answer = head.bring(&said, bytes).await;
        let problem = read(&answer);
        assert_eq!(answer.status, status, "{code}: {problem}");
        assert_eq!(problem["type"], format!("urn:dotpha:problem:{code}"), "{problem}");
        assert!(problem["detail"].as_str().unwrap().contains(words), "{code}: {problem}");
    }
    head.secret = "wrong".to_owned();
    let answer = head.bring(&name(&photo(1)), &photo(1)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "only the session's own page");
}

#[tokio::test]
async fn a_photograph_can_do_nothing_but_be_looked_at() {
    let (router, unit) = office();
    let mut head = Program::of(&router, "truong-thon").await;
    let (bytes, address) = (photo(1), format!("/attachments/{}", name(&photo(1))));
    head.bring(&name(&bytes), &bytes).await;
    let mut parcel = first(unit, ["2", "1", "1", "2"]);
    let mut officer = signed_in(&router, "can-bo-xa").await;
    assert_eq!(officer.get(&address).await.status, StatusCode::FORBIDDEN, "not sent yet");
    parcel["attachments"] = json!([name(&bytes)]);
    assert_eq!(head.put(&id(1), &parcel.to_string()).await.status, StatusCode::OK);

    let answer = officer.get(&address).await;
    assert_eq!((answer.status, &answer.bytes), (StatusCode::OK, &bytes));
    for (header, value) in [
        ("content-type", "image/jpeg"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "private, no-cache"),
    ] {
        assert_eq!(answer.header(header), value, "{header}");
    }
    assert!(answer.header("content-disposition").starts_with("inline; filename=\""));
    let known = [("if-none-match", answer.header("etag"))];
    let known: Vec<(&str, &str)> = known.iter().map(|(name, tag)| (*name, tag.as_str())).collect();
    let again = officer.send("GET", &address, "", &known).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));

    let mut neighbour = signed_in(&router, "truong-thon-2").await;
    assert_eq!(neighbour.get(&address).await.status, StatusCode::FORBIDDEN);
    assert_eq!(neighbour.send("GET", &address, "", &known).await.status, StatusCode::FORBIDDEN);
    let stranger = Browser::at(&router).get(&address).await;
    assert!(stranger.to.starts_with("/sign-in"), "{}", stranger.to);
    let policy = officer.get("/work").await.header("content-security-policy");
    assert!(policy.contains("img-src 'self' data:;"), "pages show pictures of this site: {policy}");
}

#[tokio::test]
async fn without_scripts_a_photograph_stays_attached_until_it_is_sent() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");
    let page = head.get(&form).await.body;
    assert!(page.contains("enctype=\"multipart/form-data\""), "{page}");

    // A mistake in a figure; both photographs that came with it stay.
    let typed = format!("{}&{}&deed=send", carried(&page), figures("1.234", "7"));
    let photos = [telling_photo(1, PLACE), photo(2)];
    let mended = head.post_with(&form, &typed, &photos).await;
    assert_eq!(mended.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", mended.body);
    let (first, second) = (name(&photo(1)), name(&photo(2)));
    assert_eq!(shown(&mended.body), [first.as_str(), &second]);
    assert!(mended.body.contains(&format!("name=\"attachment\" value=\"{first}\" checked")));
    let page = head.get(&form).await.body;
    assert_eq!(shown(&page).len(), 2, "it is a draft now, and they belong to it: {page}");

    // A file that is no picture: nothing is sent, nothing is lost, and the page says why.
    let typed = format!("{}&{}&deed=send&attachment={first}", carried(&page), figures("2", "1"));
    let wrong = head.post_with(&form, &typed, &[b"%PDF-1.7".to_vec()]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("không phải ảnh JPEG"), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"2\""), "the figures are still there: {}", wrong.body);
    assert_eq!(shown(&wrong.body), [first.as_str()], "the box of the second was cleared");
    let large = head.post_with(&form, &typed, &[vec![0xff; BYTES_MAX + 1]]).await;
    assert!(large.body.contains("lớn hơn 2 MB"), "{}", large.body);

    let typed =
        format!("{}&{}&deed=send&attachment={first}", carried(&wrong.body), figures("2", "1"));
    let typed = typed.replace(
        &format!("version={}", hidden(&wrong.body, "version")),
        &format!("version={}", hidden(&large.body, "version")),
    );
    // An empty field of a browser in which no file was chosen.
    let sent = head.post_with(&form, &typed, &[Vec::new()]).await;
    assert_eq!(
        (sent.status, sent.to.as_str()),
        (StatusCode::SEE_OTHER, form.as_str()),
        "{}",
        sent.body
    );

    let mut officer = signed_in(&router, "can-bo-xa").await;
    let queue = officer.get("/review").await.body;
    let review = queue.split("href=\"/review/").nth(1).unwrap().split('"').next().unwrap();
    let review = officer.get(&format!("/review/{review}")).await.body;
    assert_eq!(shown(&review), [first.as_str()], "{review}");
    assert!(review.contains("alt=\"Ảnh 1: ") && review.contains("loading=\"lazy\""), "{review}");
    let photo = officer.get(&format!("/attachments/{first}")).await;
    assert!(!photo.body.contains(PLACE), "nobody learns where it was taken");
}

#[tokio::test]
async fn a_form_takes_five_photographs() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");
    let page = head.get(&form).await.body;
    let typed = format!("{}&{}&deed=save", carried(&page), figures("2", "1"));
    let photos: Vec<Vec<u8>> = (0..7).map(photo).collect();
    let answer = head.post_with(&form, &typed, &photos).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.body.matches("tối đa 5 ảnh").count(), 1, "said once: {}", answer.body);
    assert_eq!(shown(&answer.body).len(), 5);
    let typed = format!("{}&note/A01/={}", carried(&page), "a".repeat(70_000));
    let answer = head.post_with(&form, &typed, &[]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "fields are small");
}
