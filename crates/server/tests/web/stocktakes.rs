//! Stocktakes in the browser: called, written, frozen, forecast, decided and closed.

use std::io::{Cursor, Read as _};

use axum::http::StatusCode;

use super::browser::{Answer, Browser, hidden};
use super::collecting::{office, signed_in};

/// A planner who has called a stocktake, and its address.
async fn called(router: &axum::Router) -> (Browser, String) {
    let mut planner = Browser::at(router);
    planner.sign_in("ke-hoach").await;
    let page = planner.get("/stocktakes/new").await.body;
    let secret = hidden(&page, "form_secret");
    let unit = page.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let unit = unit.unwrap();
    let typed = |day: &str, place: &str| {
        format!(
            "form_secret={secret}&unit={unit}&meeting=interim&day={day}&place={place}\
             &chair=Bí thư Huyện ủy&period=2023-H1"
        )
    };
    for (day, place, said) in [
        ("2023-07-01", "", "Ghi địa điểm họp."),
        ("mai", "Hội trường", "value=\"Hội trường\""),
        ("2020-01-01", "Hội trường", "Ghi ngày họp từ 24/6/2023 trở đi."),
    ] {
        let answer = planner.post("/stocktakes/new", &typed(day, place)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
        assert!(answer.body.contains("value=\"interim\" selected"), "{}", answer.body);
        assert!(answer.body.contains("value=\"Bí thư Huyện ủy\""), "{}", answer.body);
    }
    let answer = planner.post("/stocktakes/new", &typed("2023-07-01", "Hội trường")).await;
    assert!(answer.to.starts_with("/stocktakes/"), "{}", answer.body);
    (planner, answer.to)
}

/// What the page of a stocktake sends about its first item, and with which button.
fn written(page: &str, minutes: &str, act: &str) -> String {
    let (secret, was) = (hidden(page, "form_secret"), hidden(page, "was-1"));
    format!("form_secret={secret}&was-1={was}&was-kept-1=1&kept-1=1&minutes-1={minutes}&act={act}")
}

#[tokio::test]
async fn a_stocktake_is_called_and_found_where_people_look() {
    let (router, _) = office();
    let (mut planner, address) = called(&router).await;
    let link = format!("href=\"{address}\"");
    let list = planner.get("/stocktakes").await.body;
    assert!(list.contains(&link), "{list}");
    assert!(list.contains("0 cuộc họp đã kết thúc, 1 cuộc họp đang chuẩn bị"), "{list}");
    let page = planner.get(&address).await.body;
    for said in [
        "Sơ kết ngày 01/7/2023 có ",
        "Chỉ tiêu chậm: Số đảng viên mới kết nạp",
        "6 tháng đầu năm 2023",
        "value=\"freeze\"",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("value=\"close\""), "it is frozen first: {page}");
    let unit = planner.get("/units/182?day=2023-06-30").await.body;
    let tasks = planner.get("/tasks").await.body;
    for found in [unit, tasks] {
        assert!(found.contains("href=\"/stocktakes"), "{found}");
    }
    let mut head = signed_in(&router, "truong-thon").await;
    assert_eq!(head.get(&address).await.status, StatusCode::FORBIDDEN, "of a unit above");
    let own = head.get("/stocktakes").await.body;
    assert!(own.contains("Chưa có cuộc họp nào"), "{own}");
    assert!(!own.contains("/stocktakes/new"), "{own}");
}

#[tokio::test]
async fn minutes_become_a_task_and_the_closed_stocktake_takes_nothing_more() {
    let (router, _) = office();
    let (mut planner, address) = called(&router).await;
    let page = planner.get(&address).await.body;
    let first = written(&page, "Mỗi chi bộ kết nạp thêm 1 đảng viên", "decide-1");
    let number = address.trim_start_matches("/stocktakes/").to_owned();
    let new = planner.post(&address, &first).await.to;
    assert_eq!(new, format!("/tasks/new?stocktake={number}&item=1"));
    let form = planner.get(&new).await.body;
    for said in [
        "value=\"Mỗi chi bộ kết nạp thêm 1 đảng viên\"",
        "Chỉ tiêu chậm: Số đảng viên mới kết nạp</textarea>",
        "<option value=\"DP1\" selected>",
        "<option value=\"A01\" selected>",
    ] {
        assert!(form.contains(said), "{said}: {form}");
    }
    let (secret, issuer) = (hidden(&form, "form_secret"), "issuer=");
    let unit = form.split("name=\"issuer\"").nth(1).unwrap();
    let unit = unit.split("<option value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let task = format!(
        "form_secret={secret}&{issuer}{}&stocktake={number}&item=1&indicator=A01&work=Kết nạp\
         &product=Báo cáo&responsibility=Đủ&authority=Chủ động&lead_codes=06124\
         &deadline=2024-12-15&then=give",
        unit.unwrap()
    );
    let given = planner.post("/tasks/new", &task).await;
    assert_eq!(given.to, format!("{address}#item-1"), "{}", given.body);
    let shown = planner.get(&address).await.body;
    assert!(shown.contains("<b>Kết nạp</b>"), "{shown}");
    let task = shown.split("href=\"/tasks/").filter_map(|rest| rest.split('"').next());
    let task = task.filter_map(|number| number.parse::<i64>().ok()).next().unwrap();
    let task = planner.get(&format!("/tasks/{task}")).await.body;
    assert!(task.contains(&format!("<a href=\"{address}\">Sơ kết ngày 01/7/2023</a>")), "{task}");

    // Somebody who still has the page from before is told, and keeps what they typed.
    let late = written(&page, "Hoãn", "save");
    let late = planner.post(&address, &late).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Có người vừa ghi nội dung 1.", "<p class=\"detail\">Hoãn</p>"] {
        assert!(late.body.contains(said), "{said}: {}", late.body);
    }

    let secret = hidden(&shown, "form_secret");
    let act = |more: &str| format!("form_secret={secret}&{more}");
    let unsure = act("act=forecast&indicator=A01&value=150&confidence=11&reason=Đủ nguồn");
    let unsure = planner.post(&address, &unsure).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.body.contains("<details open>"), "{}", unsure.body);
    let sure = act("act=forecast&indicator=A01&value=150&confidence=7&reason=Đủ nguồn");
    assert_eq!(planner.post(&address, &sure).await.to, address);
    let notice = format!("{address}/conclusions");
    let early = planner.get(&notice).await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST);
    assert!(early.body.contains("Kết thúc cuộc họp rồi"), "{}", early.body);
    for deed in ["act=freeze", "act=close"] {
        assert_eq!(planner.post(&address, &act(deed)).await.to, address, "{deed}");
    }
    let closed = planner.get(&address).await.body;
    for said in [
        "đã kết thúc ngày",
        "150, tin 7/10. Căn cứ: Đủ nguồn",
        "Chốt khi sổ cái có ",
        "Sơ kết ngày 01/7/2023 kết luận 1 nội dung, giao 1 nhiệm vụ",
        "Không bàn hoặc không có kết luận: ",
        "<p class=\"detail\">Mỗi chi bộ kết nạp thêm 1 đảng viên</p>",
    ] {
        assert!(closed.contains(said), "{said}: {closed}");
    }
    assert!(!closed.contains("name=\"act\""), "{closed}");
    leads_to_notices(&mut planner, &closed, &notice).await;
    let again = planner.post(&address, &act("act=add&title=Thêm")).await;
    assert!(again.body.contains("Cuộc họp đã kết thúc"), "{}", again.body);
}

/// That a page leads to the notice of what was concluded, in both layouts.
async fn leads_to_notices(planner: &mut Browser, page: &str, notice: &str) {
    let state = ["Lưu: VT", "TM. ỦY BAN NHÂN DÂN"];
    let party = ["ĐẢNG CỘNG SẢN VIỆT NAM", "T/M BAN THƯỜNG VỤ"];
    for (layout, said) in [("", state), ("?layout=party", party)] {
        let notice = format!("{notice}{layout}");
        assert!(page.contains(&format!("href=\"{notice}\"")), "{page}");
        concludes(&planner.get(&notice).await, &said);
    }
}

/// That an answer is the notice of what was concluded, as a Word document, in a layout that says this.
fn concludes(answer: &Answer, layout: &[&str]) {
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("content-disposition").contains("thong-bao-ket-luan."));
    let mut parts = zip::ZipArchive::new(Cursor::new(answer.bytes.as_slice())).unwrap();
    let mut text = String::new();
    parts.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    for said in [
        "ết luận của",
        "Chỉ tiêu chậm: Số đảng viên mới kết nạp",
        "Mỗi chi bộ kết nạp thêm 1 đảng viên",
        "chủ trì: Kết nạp; sản phẩm: Báo cáo; hoàn thành chậm nhất ngày 15/12/2024.",
        "Dự báo đến cuối kỳ: ",
        "150, tin 7/10. Căn cứ: Đủ nguồn",
    ]
    .iter()
    .chain(layout)
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    let headings = text.matches("Chỉ tiêu chậm: ").count();
    assert_eq!(headings, 1, "items without a conclusion are left out: {text}");
}

#[tokio::test]
async fn a_meeting_is_corrected_closed_from_its_day_on_or_called_off() {
    let (router, _) = office();
    let (mut planner, address) = called(&router).await;
    let page = planner.get(&address).await.body;
    for said in ["value=\"close\"", "Kết thúc được từ ngày họp"] {
        assert!(!page.contains(said), "{said}: {page}");
    }
    let secret = hidden(&page, "form_secret");
    let was = ["day", "place", "chair", "period"]
        .map(|name| format!("was-{name}={}", hidden(&page, &format!("was-{name}"))))
        .join("&");
    let correct = |day: &str, place: &str| {
        format!(
            "form_secret={secret}&act=correct&{was}&day={day}&place={place}\
             &chair=Bí thư Huyện ủy&period=2023-H1"
        )
    };
    let nowhere = planner.post(&address, &correct("2023-07-04", "")).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Ghi địa điểm họp.", "<details open>", "value=\"2023-07-04\""] {
        assert!(nowhere.body.contains(said), "{said}: {}", nowhere.body);
    }
    assert_eq!(planner.post(&address, &correct("2023-07-04", "Nhà văn hóa")).await.to, address);
    let again = planner.post(&address, &correct("2023-07-05", "Nơi khác")).await;
    assert!(again.body.contains("Có người vừa sửa ngày, địa điểm"), "{}", again.body);

    let act = |more: &str| format!("form_secret={secret}&{more}");
    assert_eq!(planner.post(&address, &act("act=freeze")).await.to, address);
    let frozen = planner.get(&address).await.body;
    for said in ["Sơ kết ngày 04/7/2023", "Nhà văn hóa", "Kết thúc được từ ngày họp, 04/7/2023."]
    {
        assert!(frozen.contains(said), "{said}: {frozen}");
    }
    assert!(!frozen.contains("value=\"close\""), "{frozen}");
    assert!(!frozen.contains("<select id=\"period\""), "the span is frozen: {frozen}");
    let early = planner.post(&address, &act("act=close")).await;
    assert!(early.body.contains("Cuộc họp ngày 04/7/2023 chưa diễn ra."), "{}", early.body);

    assert_eq!(planner.post(&address, &act("act=call-off&why=Bão số 2")).await.to, address);
    let off = planner.get(&address).await.body;
    for said in ["Sơ kết ngày 04/7/2023 không tổ chức", "Bão số 2", "báo không tổ chức ngày"]
    {
        assert!(off.contains(said), "{said}: {off}");
    }
    assert!(!off.contains("name=\"act\"") && !off.contains("/conclusions\""), "{off}");
    let list = planner.get("/stocktakes").await.body;
    assert!(list.contains("1 cuộc họp không tổ chức"), "{list}");
    assert!(list.contains(&format!("href=\"{address}\"")), "{list}");
}

#[tokio::test]
async fn a_meeting_closed_without_a_conclusion_says_so_and_offers_no_notice() {
    let (router, _) = office();
    let (mut planner, address) = called(&router).await;
    let page = planner.get(&address).await.body;
    assert!(page.contains("Chưa có kết luận nào"), "{page}");
    let secret = hidden(&page, "form_secret");
    for deed in ["freeze", "close"] {
        let act = format!("form_secret={secret}&act={deed}");
        assert_eq!(planner.post(&address, &act).await.to, address, "{deed}");
    }
    let closed = planner.get(&address).await.body;
    assert!(closed.contains("kết thúc mà không có kết luận nào"), "{closed}");
    assert!(!closed.contains("/conclusions\""), "{closed}");
    let notice = planner.get(&format!("{address}/conclusions")).await;
    assert_eq!(notice.status, StatusCode::BAD_REQUEST);
    assert!(notice.body.contains("không có thông báo kết luận"), "{}", notice.body);
}
