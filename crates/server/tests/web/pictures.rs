//! Pictures of a priority in the browser, without scripts: brought, seen beside each other, looked at whole,
//! taken back, and refused in words.

use axum::http::StatusCode;
use testkit::builders::photo;

use super::browser::{Browser, hidden};
use super::collecting::{office, signed_in};

const PAGE: &str = "/priorities/DP3";
const FORM: &str = "/priorities/DP3/pictures";

/// What the form carries along, with what is typed into it.
fn typed(page: &str, unit: i64, said: &str) -> String {
    let secret = hidden(page, "form_secret");
    format!("form_secret={secret}&of={unit}&unit={unit}&{said}")
}

#[tokio::test]
async fn pictures_stand_before_beside_after_and_are_taken_back() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let address = format!("{PAGE}?unit={unit}");
    let page = head.get(&address).await.body;
    assert!(page.contains("Chưa có ảnh nào của Khu phố 1"), "{page}");
    assert!(page.contains("accept=\"image/jpeg,image/png,image/webp\""), "{page}");
    let before = typed(&page, unit, "side=before&taken_on=2023-05-01&caption=Chợ <b>cũ");
    let kept = head.post_with(FORM, &before, &[photo(1)]).await;
    let next = format!("{PAGE}?unit={unit}&done=picture#pictures");
    assert_eq!(kept.to, next, "{}", kept.body);
    let after = typed(&page, unit, "side=after&taken_on=2023-06-30&caption=Chợ mới");
    assert_eq!(head.post_with(FORM, &after, &[photo(2)]).await.to, next);
    let page = head.get(next.split('#').next().unwrap()).await.body;
    assert!(page.contains("Đã đưa ảnh lên."), "{page}");
    let places =
        ["id=\"before\">Trước", "Chợ &#60;b&#62;cũ", "id=\"after\">Sau", "alt=\"Chợ mới\""];
    let places = places.map(|said| page.find(said).unwrap_or_else(|| panic!("{said}: {page}")));
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("Chụp ngày 01/5/2023, Khu phố 1"), "{page}");

    let image = page.split("img src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let shown = head.get(&image).await;
    assert_eq!((shown.status, shown.bytes.clone()), (StatusCode::OK, photo(1)));
    assert_eq!(shown.header("content-security-policy"), "default-src 'none'; sandbox");
    let mut other = signed_in(&router, "truong-thon-2").await;
    assert_eq!(other.get(&image).await.status, StatusCode::FORBIDDEN, "the village beside");
    let mut officer = signed_in(&router, "can-bo-xa").await;
    assert_eq!(officer.get(&image).await.status, StatusCode::OK, "those above");

    let number = hidden(&page, "taken_back");
    let empty = typed(&page, unit, &format!("taken_back={number}&reason= "));
    let refused = head.post(FORM, &empty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Chưa ghi lý do gỡ ảnh"), "{}", refused.body);
    let back = typed(&page, unit, &format!("taken_back={number}&reason=Nhầm"));
    let done = head.post(FORM, &back).await.to;
    assert_eq!(done, format!("{PAGE}?unit={unit}&done=picture-taken-back#pictures"));
    let page = head.get(done.split('#').next().unwrap()).await.body;
    assert!(page.contains("Đã gỡ ảnh.") && !page.contains("Chợ &#60;b&#62;cũ"), "{page}");
    assert_eq!(head.get(&image).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_picture_that_is_not_taken_is_refused_with_what_to_do_and_what_was_typed() {
    let (router, unit) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    let page = head.get(&format!("{PAGE}?unit={unit}")).await.body;
    let whole = "side=after&taken_on=2023-06-30&caption=Chợ mới";
    let table = [
        (whole, vec![], "Chưa chọn tệp ảnh"),
        (whole, vec![b"MZ".to_vec()], "không phải ảnh JPEG, PNG hoặc WebP"),
        (whole, vec![photo(1)[..20].to_vec()], "Ảnh bị hỏng"),
        (whole, vec![vec![0xff; 3 * 1024 * 1024]], "Ảnh lớn hơn 2 MB"),
        ("side=&taken_on=2023-06-30&caption=Chợ mới", vec![photo(1)], "trước hay sau"),
        ("side=after&taken_on=2023-07-02&caption=Chợ mới", vec![photo(1)], "không thể sau hôm nay"),
        ("side=after&taken_on=2023-06-30&caption= ", vec![photo(1)], "Chưa ghi ảnh cho thấy gì"),
        ("side=after&taken_on=2023-06-30&caption=TỐI MẬT", vec![photo(1)], "Có dấu “Tối mật”"),
    ];
    for (said, photos, words) in table {
        let answer = head.post_with(FORM, &typed(&page, unit, said), &photos).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
        assert!(answer.body.contains("value=\"after\"") && answer.body.contains("<details open>"));
    }
    let answer = head.post_with(FORM, &typed(&page, unit, whole), &[b"MZ".to_vec()]).await;
    assert!(answer.body.contains("value=\"Chợ mới\"") && answer.body.contains("2023-06-30"));
    let stale = format!("form_secret=x&of={unit}&unit={unit}&{whole}");
    let stale = head.post_with(FORM, &stale, &[photo(1)]).await;
    assert_ne!(stale.status, StatusCode::SEE_OTHER);

    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get(PAGE).await.body;
    let answer = planner.post_with(FORM, &typed(&page, 999_999, whole), &[photo(1)]).await;
    assert!(!answer.to.contains("done="), "no such unit: {}", answer.body);
}
