//! What an agency writes by itself: the letter of urging and the notice of conclusions, in the layout of the
//! administration and in that of the Party.

use actions::answer::UnitName;
use actions::stocktakes::conclusions::{Conclusions, Decision};
use actions::stocktakes::page::{About, Agenda, FigureLine, StocktakePage};
use actions::urging::letter::{Counts, Late, LateLine, Letter};
use domain::indicator::Indicator;
use domain::item::Bilingual;
use domain::number::{Decimal, Fraction, Quantity};
use domain::period::Period;
use domain::status::Status;
use domain::stocktake::{
    Forecast, Frozen, Item, Meeting, Pack, Place, Stocktake, StocktakeId, Topic,
};
use domain::unit::UnitId;
use formats::profile::Layout;
use jiff::civil::date;
use server::documents;
use server::wording::Lang;

use super::{FULL, paragraphs};

fn unit(id: i64, kind: &str, name: &str) -> UnitName {
    UnitName {
        id: UnitId(id),
        code: format!("0{id}"),
        name: name.to_owned(),
        kind: kind.to_owned(),
        level: String::new(),
    }
}

/// A letter about a task of a commune, one of a village that was extended, and forms.
fn letter(repeated: usize) -> Letter {
    let (here, there) = (unit(6124, "xã", "Na Sầm"), unit(6148, "xã", "Hội Hoan"));
    let village = |name| unit(7_000, "thôn", name);
    let task = |work: &str, lead| Late::Task { work: work.to_owned(), lead };
    let form = |months: &[i8], of, units: Vec<UnitName>| Late::Form {
        name: Bilingual { vi: "Số liệu tháng".to_owned(), en: "Monthly figures".to_owned() },
        periods: months.iter().map(|month| Period::Month(2026, *month)).collect(),
        count: months.len() * of,
        units,
        of,
    };
    let line = |unit: &UnitName, what, (first, day): (i8, i8)| LateLine {
        unit: unit.clone(),
        what,
        first_deadline: date(2026, 11, first),
        deadline: date(2026, 11, day),
        days: 27 - i32::from(day),
    };
    let lines = [
        line(&here, task("Lập kế hoạch thực hiện Kết luận 01", here.clone()), (20, 20)),
        line(&here, task("Di chuyển chợ", village("Nà Lầu")), (10, 24)),
        line(&here, form(&[10], 1, vec![here.clone()]), (5, 5)),
        line(&there, form(&[9, 10], 2, vec![village("Bản Cáp"), village("Nà Mò")]), (5, 5)),
        line(&there, form(&[8, 9, 10], 17, vec![village("Bản Cáp"), village("Nà Mò")]), (5, 5)),
    ];
    Letter {
        issuer: unit(20, "tỉnh", "Lạng Sơn"),
        parent: None,
        today: date(2026, 11, 27),
        by: date(2026, 12, 4),
        addressees: vec![here, there],
        lines: lines.iter().cycle().take(5 * repeated).cloned().collect(),
        left_out: 5 * (repeated - 1),
        counts: Counts { tasks: 2 * repeated, plans: 0, forms: 56 * repeated },
        sample: Bilingual { vi: "Số liệu mẫu".to_owned(), en: "Sample data".to_owned() },
    }
}

/// The indicator of members admitted.
fn admitted() -> Indicator {
    let snapshot = FULL.snapshot().unwrap();
    snapshot.indicators.iter().find(|one| one.code == "A01").unwrap().clone()
}

/// Its figure, behind its plan.
fn frozen() -> Frozen {
    Frozen {
        indicator: "A01".to_owned(),
        value: Some(Quantity::exact(Fraction::integer(61))),
        target: Some(Fraction::integer(150)),
        status: Status::Behind,
        reported: 162,
        expected: 162,
    }
}

/// The closed half-year meeting of a commune: a conclusion that became tasks, one without, one left out.
fn notice() -> Conclusions {
    let (province, commune) = (unit(20, "tỉnh", "Lạng Sơn"), unit(6124, "xã", "Na Sầm"));
    let village = |name| unit(7_000, "thôn", name);
    let item = |number, title: &str, minutes: &str| Item {
        number,
        topic: Topic::Words,
        thing: String::new(),
        title: title.to_owned(),
        place: if minutes.is_empty() { Place::LeftOut } else { Place::Kept },
        minutes: minutes.to_owned(),
    };
    let items = vec![
        item(1, "Di chuyển chợ", "Chợ mới đủ điều kiện hoạt động.\nBảo đảm trật tự ngày chuyển."),
        item(2, "Đăng ký mô hình", ""),
        item(3, "Kết nạp đảng viên", "Mỗi chi bộ rà soát lại nguồn."),
    ];
    let figure = frozen();
    let forecast = Forecast {
        indicator: "A01".to_owned(),
        value: Decimal::new(140, 0),
        confidence: 7,
        reason: "Nguồn quý III đủ".to_owned(),
    };
    let line = FigureLine {
        indicator: admitted(),
        figure: figure.clone(),
        before: None,
        forecast: Some(forecast.clone()),
    };
    let agenda =
        |item: &Item| Agenda { item: item.clone(), about: About::Words, decisions: Vec::new() };
    let stocktake = Stocktake {
        id: StocktakeId(1),
        unit: commune.id,
        meeting: Meeting::Interim,
        day: date(2026, 7, 3),
        place: "hội trường xã".to_owned(),
        chair: "Bí thư Đảng ủy xã".to_owned(),
        period: Period::HalfYear(2026, 1),
        items: items.clone(),
        pack: Some(Pack { ledger_size: 1_204, figures: vec![figure] }),
        forecasts: vec![forecast],
        closed_on: Some(date(2026, 7, 3)),
        called_off: None,
    };
    Conclusions {
        page: StocktakePage {
            items: items.iter().map(agenda).collect(),
            unit: commune.clone(),
            figures: vec![line],
            before: None,
            is_writer: false,
            today: date(2026, 7, 3),
            stocktake,
        },
        issuer: commune,
        parent: Some(province),
        closed_on: date(2026, 7, 3),
        decisions: vec![Decision {
            item: 1,
            work: "Di chuyển các hộ sang chợ mới".to_owned(),
            product: "Báo cáo hoàn thành".to_owned(),
            leads: vec![village("Nà Lầu"), village("Bản Cáp")],
            deadline: Some(date(2026, 8, 15)),
        }],
        sample: Bilingual { vi: "Số liệu mẫu".to_owned(), en: "Sample data".to_owned() },
    }
}

#[test]
fn a_letter_of_urging_is_an_official_letter_and_a_long_list_goes_along_with_it() {
    for layout in Layout::ALL {
        for (name, repeated) in [("letter", 1), ("letter-with-list", 3)] {
            for lang in Lang::ALL {
                let file = documents::letter(&letter(repeated), layout, lang).unwrap();
                let path = format!("papers/{name}.{}.{}.txt", layout.code(), lang.code());
                testkit::golden(&path, &paragraphs(file.bytes));
            }
        }
    }
    let file = documents::letter(&letter(1), Layout::State, Lang::Vi).unwrap();
    assert_eq!(file.name, "cong-van-don-doc.020.2026-11-27.docx");
}

#[test]
fn a_notice_of_conclusions_says_what_was_concluded_and_who_does_it_by_when() {
    for layout in Layout::ALL {
        for lang in Lang::ALL {
            let file = documents::conclusions(&notice(), layout, lang).unwrap();
            let path = format!("papers/notice.{}.{}.txt", layout.code(), lang.code());
            testkit::golden(&path, &paragraphs(file.bytes));
        }
    }
    let file = documents::conclusions(&notice(), Layout::Party, Lang::Vi).unwrap();
    assert_eq!(file.name, "thong-bao-ket-luan.06124.2026-07-03.docx");
}
