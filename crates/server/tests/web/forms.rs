//! A planner changes a form in the browser, without scripts, and the village fills what it became.

use axum::http::StatusCode;

use super::browser::{Browser, hidden};
use super::collecting::{office, signed_in};

/// What was typed, with one of the buttons.
fn typed(page: &str, from: &str, lines: &str, deed: &str) -> String {
    let secret = hidden(page, "form_secret");
    let rules = "A01-B08 | nhắc | A01 <= B08 | Kết nạp nhiều hơn lượt hộ | More than visits";
    format!(
        "form_secret={secret}&name_vi=Số liệu tháng mới&name_en=New figures&from={from}\
         &level=village&units=&due=day&due_number=20&rest_days=move&gap=1&grace=&lines={lines}\
         &rules={rules}&deed={deed}"
    )
}

#[tokio::test]
async fn a_form_is_changed_looked_at_and_published_and_an_older_period_stays() {
    let (router, unit) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let list = planner.get("/forms").await.body;
    assert!(list.contains("href=\"/forms/thon-thang\""), "{list}");
    let page = planner.get("/forms/thon-thang").await.body;
    assert!(page.contains("hạn 5 ngày sau kỳ") && page.contains("A03"), "{page}");

    // What is wrong is told with its box and row, and nothing typed is lost.
    let wrong = typed(&page, "2023-07-01", "%23 Kết nạp %7C Admissions%0AA01%0AZ99", "publish");
    let answer = planner.post("/forms/thon-thang", &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("<a href=\"#lines\">Chỉ số: hàng 3"), "{}", answer.body);
    assert!(answer.body.contains("Z99</textarea>"), "{}", answer.body);

    let lines = "%23 Kết nạp %7C Admissions%0AA01 %7C Theo quyết định%0AB08";
    let preview = typed(&page, "2023-07-01", lines, "preview");
    let looked = planner.post("/forms/thon-thang", &preview).await.body;
    assert!(looked.contains("<h3 class=\"part\">Kết nạp</h3>"), "{looked}");
    assert!(looked.contains("Theo quyết định") && looked.contains("value=\"publish\""), "{looked}");

    // What the deadline means is said in words, with the days it leads to.
    let means = "Hạn ngày 20 đầu tiên sau kỳ; cách ngày chốt ít nhất 1 ngày làm việc; gặp ngày \
                 nghỉ thì lùi sang ngày làm việc kế tiếp. \
                 Các hạn tới: tháng 7/2023: 21/8/2023; tháng 8/2023: 20/9/2023; tháng 9/2023: 20/10/2023.";
    assert!(looked.contains(means), "{looked}");
    let wrong = preview.replace("due_number=20", "due_number=31");
    let wrong = planner.post("/forms/thon-thang", &wrong).await.body;
    assert!(
        wrong.contains("<a href=\"#due_number\">Số ngày, hoặc ngày trong tháng: “31”"),
        "{wrong}"
    );
    assert!(!wrong.contains("Các hạn tới"), "no rule was read: {wrong}");

    // Figures of June are in.
    let early = typed(&page, "2023-06-01", lines, "publish");
    let early = planner.post("/forms/thon-thang", &early).await.body;
    assert!(early.contains("Chọn ngày áp dụng từ 01/7/2023 trở đi"), "{early}");

    let publish = typed(&page, "2023-07-01", lines, "publish");
    assert_eq!(planner.post("/forms/thon-thang", &publish).await.to, "/forms/thon-thang");
    let page = planner.get("/forms/thon-thang").await.body;
    assert!(page.contains("Từ kỳ kết thúc ngày 01/7/2023"), "{page}");
    assert!(page.contains("<option value=\"move\" selected>Lùi sang ngày làm việc"), "{page}");
    assert!(page.contains("A01-B08 | nhắc | A01 &#60;= B08"), "{page}");

    let mut head = signed_in(&router, "truong-thon").await;
    let form = |month| format!("/entry/forms/thon-thang/units/{unit}/periods/{month}");
    let new = head.get(&form("2023-07")).await.body;
    assert!(new.contains("<h2 class=\"part\">Kết nạp</h2>"), "{new}");
    assert!(new.contains("text/B08/") && !new.contains("text/A03/"), "{new}");
    let old = head.get(&form("2023-06")).await.body;
    assert!(old.contains("text/A03/") && !old.contains("Theo quyết định"), "{old}");
}

#[tokio::test]
async fn a_form_is_made_looked_at_and_published_and_its_villages_see_it() {
    let (router, unit) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get("/forms").await.body;
    let secret = hidden(&page, "form_secret");
    let item = format!(
        "form_secret={secret}&code=C12&name_vi=Số hộ thoát nghèo&name_en=Out of poverty&scale=0\
         &over_units=sum&over_time=last"
    );
    planner.post("/items", &item).await;
    let typed = |code: &str, level: &str, lines: &str, deed: &str| {
        format!(
            "form_secret={secret}&code={code}&frequency=monthly&calendar=civil&review=commune\
             &review_2=&review_3=&lock_days=20&from=2023-07-01&name_vi=Hộ nghèo&name_en=Poverty\
             &level={level}&units=&due=days&due_number=5&lines={lines}&rules=&deed={deed}"
        )
    };
    let wrong = planner.post("/forms", &typed("hộ nghèo", "", "C99", "publish")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "<a href=\"#code\">Mã biểu: “hộ nghèo”: ở đây cần ghi mã biểu",
        "<a href=\"#level\">Cấp báo cáo: Chưa rõ đơn vị nào báo cáo",
        "<a href=\"#lines\">Chỉ số: hàng 1",
        "<option value=\"commune\" selected>Xã, phường, thị trấn</option>",
        "value=\"Hộ nghèo\"",
    ] {
        assert!(wrong.body.contains(said), "{said}: {}", wrong.body);
    }
    let looked = planner.post("/forms", &typed("ho-ngheo", "village", "C12", "preview")).await.body;
    assert!(
        looked.contains("Số hộ thoát nghèo") && looked.contains("value=\"publish\""),
        "{looked}"
    );
    assert!(!planner.get("/forms").await.body.contains("ho-ngheo"), "looking keeps nothing");
    let made = planner.post("/forms", &typed("ho-ngheo", "village", "C12", "publish")).await;
    assert_eq!(made.to, "/forms/ho-ngheo");
    let page = planner.get("/forms/ho-ngheo").await.body;
    assert!(page.contains("<option value=\"village\" selected>"), "{page}");
    let again = planner.post("/forms", &typed("ho-ngheo", "village", "C12", "publish")).await.body;
    assert!(again.contains("Đã có biểu ho-ngheo"), "{again}");

    let mut head = signed_in(&router, "truong-thon").await;
    let form = |month| format!("/entry/forms/ho-ngheo/units/{unit}/periods/{month}");
    let asked = head.get(&form("2023-07")).await.body;
    assert!(asked.contains("text/C12/"), "{asked}");
    assert!(!head.get(&form("2023-06")).await.body.contains("text/C12/"), "it begins in July");
}

#[tokio::test]
async fn an_item_is_made_with_what_is_wrong_told_at_its_field() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    assert!(planner.get("/forms").await.body.contains("href=\"/items\""));
    let page = planner.get("/items").await.body;
    let secret = hidden(&page, "form_secret");
    let typed = |code: &str| {
        format!(
            "form_secret={secret}&code={code}&name_vi=Số hộ thoát nghèo&name_en=Out of poverty\
             &measure_vi=hộ&measure_en=households&scale=1&over_units=sum&over_time=last\
             &classes=nu %7C Nữ %7C Women%0Anam %7C Nam %7C Men&minimum=0,5&maximum="
        )
    };
    let answer = planner.post("/items", &typed("Số hộ")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "<a href=\"#code\">Mã chỉ số: “Số hộ”: ở đây cần ghi mã chỉ số",
        "aria-describedby=\"code-hint code-says\" aria-invalid=\"true\"",
        "nu | Nữ | Women\nnam | Nam | Men</textarea>",
        "<option value=\"last\" selected>số cuối kỳ</option>",
    ] {
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    assert_eq!(planner.post("/items", &typed("C12")).await.to, "/items?done=C12");
    let page = planner.get("/items?done=C12").await.body;
    assert!(page.contains("Đã thêm chỉ số C12"), "{page}");
    let listed = "<b>Số hộ thoát nghèo</b> <code>C12</code><small>hộ; giữa các đơn vị: cộng; \
                  qua các kỳ: số cuối kỳ</small></span><small>chưa có trong biểu nào</small>";
    assert!(page.contains(listed), "{page}");
}

#[tokio::test]
async fn days_of_rest_are_entered_seen_by_year_and_taken_out_and_the_village_is_due_by_them() {
    let (router, unit) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get("/forms/thon-thang").await.body;
    let version = typed(&page, "2023-07-01", "A01%0AB08", "publish");
    assert_eq!(planner.post("/forms/thon-thang", &version).await.to, "/forms/thon-thang");
    let mut head = signed_in(&router, "truong-thon").await;
    let form = format!("/entry/forms/thon-thang/units/{unit}/periods/2023-07");
    assert!(head.get(&form).await.body.contains("21/8/2023"), "20 August is a Sunday");

    assert!(planner.get("/forms").await.body.contains("href=\"/holidays\""));
    let page = planner.get("/holidays").await.body;
    assert!(page.contains("<b>02/9/2023</b> Quốc khánh</span><small>giữ nguyên"), "{page}");
    let secret = hidden(&page, "form_secret");
    let rest = |first: &str, last: &str, name: &str| {
        format!("form_secret={secret}&first={first}&last={last}&name_vi={name}&name_en=Off")
    };
    let wrong = planner.post("/holidays", &rest("2023-08-22", "2023-08-21", "")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "<a href=\"#last\">Ngày cuối: Ngày cuối phải từ ngày đầu trở đi",
        "<a href=\"#name_vi\">Tên ngày nghỉ (tiếng Việt)",
        "value=\"2023-08-22\"",
    ] {
        assert!(wrong.body.contains(said), "{said}: {}", wrong.body);
    }
    let entered = planner.post("/holidays", &rest("2023-08-21", "2023-08-22", "Nghỉ lễ")).await.to;
    assert_eq!(entered, "/holidays?year=2023&done=entered");
    let page = planner.get(&entered).await.body;
    assert!(
        page.contains("Đã ghi ngày nghỉ") && page.contains("<b>22/8/2023</b> Nghỉ lễ"),
        "{page}"
    );
    assert!(!planner.get("/holidays?year=2024").await.body.contains("Nghỉ lễ"));
    assert!(head.get(&form).await.body.contains("23/8/2023"), "both days rest");

    let out = format!("form_secret={secret}&removes=2023-08-22");
    assert_eq!(planner.post("/holidays", &out).await.to, "/holidays?year=2023&done=removed");
    assert!(head.get(&form).await.body.contains("22/8/2023"), "one day rests");
    let again = planner.post("/holidays", &out).await.body;
    assert!(again.contains("2023-08-22"), "it is not there any more: {again}");
    assert_eq!(head.get("/holidays").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_configuration_leaves_as_a_pack_and_only_with_who_may_change_it() {
    let (router, _) = office();
    let mut planner = Browser::at(&router);
    planner.sign_in("ke-hoach").await;
    assert!(planner.get("/forms").await.body.contains("href=\"/pack\""));
    let archive = planner.download("/pack").await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    assert!(archive.by_name("reports/bao-cao-ky.toml").is_ok());
    let mut forms = String::new();
    let mut file = archive.by_name("forms.csv").unwrap();
    std::io::Read::read_to_string(&mut file, &mut forms).unwrap();
    assert!(forms.contains("\nthon-thang,\"Số liệu tháng của thôn, khu phố\","), "{forms}");

    let mut head = signed_in(&router, "truong-thon").await;
    assert_eq!(head.get("/pack").await.status, StatusCode::FORBIDDEN);
}
