//! The register of directives in the browser: found, entered, changed, and tasks given from one.

use axum::http::StatusCode;

use super::browser::{Browser, hidden};
use super::collecting::{office, signed_in};

fn typed(page: &str, number: &str, title: &str) -> String {
    let secret = hidden(page, "form_secret");
    format!(
        "form_secret={secret}&number={number}&kind=Kế hoạch&issuer_vi=Đảng ủy xã&date=2023-03-05\
         &title_vi={title}&implements=kl-01&term_to=2026-12-31"
    )
}

#[tokio::test]
async fn a_directive_is_entered_below_another_and_changed() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let list = planner.get("/directives").await.body;
    assert!(list.contains("<li class=\"depth-1\"><a href=\"/directives/kl-01\">"), "{list}");
    let above = planner.get("/directives/kl-01").await.body;
    assert!(above.contains("<a href=\"/directives/ct-05\">"), "{above}");
    assert!(above.contains("href=\"/directives/new?implements=kl-01\""), "{above}");
    assert!(above.contains("href=\"/tasks/new?directive=kl-01\""), "{above}");

    let page = planner.get("/directives/new?implements=kl-01").await.body;
    assert!(page.contains("<option value=\"kl-01\" selected>"), "{page}");
    let secret = typed(&page, "15-KH/ĐU", "Diễn tập (Mật)");
    let answer = planner.post("/directives/new", &secret).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("<a href=\"#title_vi\">"), "{}", answer.body);
    assert!(answer.body.contains("không được đưa vào hệ thống này"), "{}", answer.body);
    assert!(answer.body.contains("Diễn tập (Mật)</textarea>"), "{}", answer.body);

    let good = typed(&page, "15-KH/ĐU", "Triển khai bốn nội dung");
    let entered = planner.post("/directives/new", &good).await;
    assert_eq!(entered.to, "/directives/15-kh-du?done=1");
    let page = planner.get(&entered.to).await.body;
    for said in ["Đã lưu văn bản.", "<h1>Kế hoạch 15-KH/ĐU</h1>", "đến hết 31/12/2026"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    let above = planner.get("/directives/kl-01").await.body;
    assert!(above.contains("<a href=\"/directives/15-kh-du\">"), "{above}");
    let found = planner.get("/search?q=15+kh").await.body;
    assert!(found.contains("href=\"/directives/15-kh-du\""), "{found}");

    let page = planner.get("/directives/15-kh-du/edit").await.body;
    assert!(page.contains("value=\"15-KH/ĐU\""), "{page}");
    assert!(!page.contains("<option value=\"15-kh-du\""), "{page}");
    let changed = typed(&page, "15-KH/ĐU", "Triển khai năm nội dung");
    let stale = hidden(&page, "seen");
    let changed = format!("{changed}&seen={stale}");
    let changed = planner.post("/directives/15-kh-du/edit", &changed).await;
    assert_eq!(changed.to, "/directives/15-kh-du?done=1");
    // Somebody who opened the page before is told, and keeps what they typed.
    let second = typed(&page, "15-KH/ĐU", "Triển khai sáu nội dung");
    let second = planner.post("/directives/15-kh-du/edit", &format!("{second}&seen={stale}")).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "Người khác đã sửa văn bản này",
        "Triển khai sáu nội dung</textarea>",
        "Đang lưu: Triển khai năm nội dung",
    ] {
        assert!(second.body.contains(said), "{said}: {}", second.body);
    }
    assert_ne!(hidden(&second.body, "seen"), stale);
    let list = planner.get("/directives?text=nam+noi+dung").await.body;
    assert!(list.contains("Triển khai năm nội dung") && !list.contains("kl-01"), "{list}");
}

#[tokio::test]
async fn a_directive_that_takes_the_place_of_several_is_shown_at_each_of_them() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get("/directives/new").await.body;
    assert!(page.contains("<textarea id=\"replaces\" name=\"replaces\""), "{page}");
    let new = typed(&page, "15-KH/HU", "Thay các kế hoạch trước");
    let new = new.replace("&implements=kl-01", "").replace("=2026-03-05", "=2023-03-05");
    let unknown =
        planner.post("/directives/new", &format!("{new}&replaces=01-KL/TW%0D%0Akx")).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.body.contains(">01-KL/TW\r\nkx</textarea>"), "{}", unknown.body);
    let several = format!("{new}&replaces=01-KL/TW%0D%0Akh-huyen-mau&amends=05-CT/TW");
    let entered = planner.post("/directives/new", &several).await;
    assert_eq!(entered.to, "/directives/15-kh-hu?done=1", "{}", entered.body);
    let page = planner.get(&entered.to).await.body;
    for other in ["kl-01", "kh-huyen-mau", "ct-05"] {
        assert!(page.contains(&format!("<a href=\"/directives/{other}\">")), "{other}: {page}");
        let page = planner.get(&format!("/directives/{other}")).await.body;
        assert!(page.contains("<a href=\"/directives/15-kh-hu\">"), "{other}: {page}");
        let retired = page.contains("<p class=\"beside\">đã thay bằng 15-KH/HU</p>");
        assert_eq!(retired, other != "ct-05", "{other}: {page}");
    }
    let list = planner.get("/directives").await.body;
    let line = "thay 01-KL/TW, 01-KH/HU (mẫu), sửa đổi 05-CT/TW";
    assert!(list.contains(line), "{list}");
    let page = planner.get("/directives/15-kh-hu/edit").await.body;
    assert!(page.contains(">01-KL/TW\n01-KH/HU (mẫu)</textarea>"), "{page}");
}

#[tokio::test]
async fn others_look_at_directives_and_enter_none() {
    let (router, _) = office();
    let mut head = signed_in(&router, "truong-thon").await;
    for path in ["/directives", "/directives?as=date", "/directives/kl-01"] {
        let page = head.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.body.contains("/directives/new"), "{path}: {}", page.body);
        assert!(!page.body.contains("/tasks/new"), "{path}: {}", page.body);
    }
    assert_eq!(head.get("/directives/kx").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn plans_are_asked_for_and_noted_in_the_browser() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let address = "/directives/kl-01/plans";
    let page = planner.get(address).await.body;
    assert!(
        page.contains("<h1>Văn bản này chưa yêu cầu đơn vị nào ban hành kế hoạch</h1>"),
        "{page}"
    );
    let secret = hidden(&page, "form_secret");
    let issuer = page.split("name=\"issuer\"><option value=\"").nth(1).unwrap();
    let issuer = issuer.split('"').next().unwrap();
    let ask = |codes: &str, due: &str| {
        format!("form_secret={secret}&deed=ask&issuer={issuer}&codes={codes}&due={due}")
    };
    let answer = planner.post(address, &ask("06124", "2020-01-01")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Hạn 01/01/2020 đã qua."), "{}", answer.body);
    assert!(answer.body.contains(">06124</textarea>"), "what was typed stays: {}", answer.body);
    let asked = planner.post(address, &ask("06124", "2099-12-31")).await;
    assert_eq!(asked.to, format!("{address}?done=ask"));
    let page = planner.get(&asked.to).await.body;
    for said in ["<h1>0/1 đơn vị đã ban hành kế hoạch", "Đã gửi yêu cầu.", "hết ngày 31/12/2099"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("/directives/new?implements=kl-01&#38;issuer_unit=06124"), "{page}");
    let unit = page.split("<select id=\"unit\" name=\"unit\"><option value=\"").nth(1).unwrap();
    let unit = unit.split('"').next().unwrap();
    let note = format!("form_secret={secret}&deed=note&unit={unit}&issued_on=&number=09-KH/ĐU");
    let noted = planner.post(address, &note).await;
    assert_eq!(noted.to, format!("{address}?done=note"));
    let page = planner.get(address).await.body;
    assert!(page.contains("Kế hoạch 09-KH/ĐU, ghi nhận ban hành ngày"), "{page}");
    let directive = planner.get("/directives/kl-01").await.body;
    assert!(directive.contains("<p>1/1 đơn vị đã ban hành kế hoạch"), "{directive}");
    let back = format!("form_secret={secret}&deed=take-back&unit={unit}");
    planner.post(address, &back).await;
    let off = planner.post(address, &format!("form_secret={secret}&deed=call-off")).await;
    let page = planner.get(&off.to).await.body;
    assert!(page.contains("Không yêu cầu ban hành kế hoạch nữa từ"), "{page}");
}

#[tokio::test]
async fn a_commune_enters_its_own_plan_and_is_told_beforehand_what_it_may_enter() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach-xa").await;
    let list = planner.get("/directives").await.body;
    assert!(list.contains("href=\"/directives/new\""), "{list}");
    let page = planner.get("/directives/new?implements=kl-01&issuer_unit=06124").await.body;
    assert!(page.contains("Vai trò lập kế hoạch của bạn gồm: Thị trấn Na Sầm (06124)."), "{page}");
    let of =
        |unit: &str| format!("{}&issuer_unit={unit}", typed(&page, "07-KH/ĐU", "Kế hoạch của xã"));
    let beside = planner.post("/directives/new", &of("06127")).await;
    assert_ne!(beside.status, StatusCode::SEE_OTHER, "{}", beside.body);
    let entered = planner.post("/directives/new", &of("06124")).await;
    assert_eq!(entered.to, "/directives/07-kh-du?done=1", "{}", entered.body);
    let own = planner.get(&entered.to).await.body;
    for said in ["href=\"/directives/07-kh-du/edit\"", "action=\"/directives/07-kh-du/files\""] {
        assert!(own.contains(said), "{said}: {own}");
    }
    let above = planner.get("/directives/kl-01").await.body;
    for denied in ["href=\"/directives/kl-01/edit\"", "action=\"/directives/kl-01/files\""] {
        assert!(!above.contains(denied), "{denied}: {above}");
    }
    let edit = planner.get("/directives/kl-01/edit").await.body;
    assert!(edit.contains("Văn bản này do đơn vị khác ban hành nên bạn chỉ xem được."), "{edit}");
    assert!(!edit.contains("<button class=\"main\">"), "{edit}");
}
