//! One chart of each kind, for tests and for looking at.

use formats::chart::{
    BarRow, Bars, Bullet, BulletKey, BulletRow, DotRow, Dots, Frame, LineChart, Look, Panel,
    Panels, Point, PointState, Series, Status, Strip, StripCell, StripKey, StripRow, StripState,
    Tile, TileFill, Tiles, Trajectory, bars, bullet, dots, line, panels, strip, tiles,
};

/// A chart that can be drawn in any look.
pub(crate) type Sample = (&'static str, fn(Look) -> String);

/// All of them.
pub(crate) const ALL: [Sample; 7] = [
    ("bullet", |look| bullet(&bullet_sample(), look)),
    ("line", |look| line(&line_sample(), look)),
    ("panels", |look| panels(&panels_sample(), look)),
    ("strip", |look| strip(&strip_sample(), look)),
    ("bars", |look| bars(&bars_sample(), look)),
    ("dots", |look| dots(&dots_sample(), look)),
    ("tiles", |look| tiles(&tiles_sample(), look)),
];

const COMMUNES: [&str; 17] = [
    "Thị trấn Na Sầm",
    "Xã Bắc Hùng",
    "Xã Bắc La",
    "Xã Bắc Việt",
    "Xã Gia Miễn",
    "Xã Hoàng Việt",
    "Xã Hoàng Văn Thụ",
    "Xã Hội Hoan",
    "Xã Hồng Thái",
    "Xã Nhạc Kỳ",
    "Xã Tân Mỹ",
    "Xã Tân Tác",
    "Xã Tân Thanh",
    "Xã Thanh Long",
    "Xã Thành Hòa",
    "Xã Thụy Hùng",
    "Xã Trùng Khánh",
];

fn frame(id: &str, title: &str) -> Frame {
    Frame {
        id: id.to_owned(),
        title: title.to_owned(),
        description:
            "Kết nạp đảng viên, huyện Văn Lãng, từ tháng 01/2022 đến tháng 6/2023. Số liệu mẫu."
                .to_owned(),
    }
}

fn link(code: &str) -> Option<String> {
    Some(format!("/indicators/{code}?unit=182&period=2023-H1"))
}

fn bullet_sample() -> Bullet {
    let row =
        |label: &str, share, value: &str, note: &str, planned, status, code: &str| BulletRow {
            label: label.to_owned(),
            share,
            value: value.to_owned(),
            note: note.to_owned(),
            planned,
            time: Some(0.5),
            status,
            href: link(code),
        };
    Bullet {
        frame: frame("headline", "3 trong 5 chỉ tiêu chính đúng lộ trình"),
        rows: vec![
            row(
                "Số đảng viên mới kết nạp",
                Some(0.407),
                "61 đảng viên",
                "40,7% của 150 · lộ trình 75 · đã qua 50% thời gian",
                Some(0.5),
                Status::Behind,
                "A01",
            ),
            row(
                "Tỷ lệ thôn, khu phố được khảo sát, làm việc trực tiếp",
                Some(1.0),
                "162/162",
                "đạt 100%",
                None,
                Status::Met,
                "A02",
            ),
            row(
                "Bí thư chi bộ đồng thời là trưởng thôn",
                Some(1.02),
                "hơn 90%",
                "chỉ tiêu 90%",
                Some(0.95),
                Status::OnTrack,
                "A05",
            ),
            row(
                "Buổi tuyên truyền về nghĩa vụ quân sự",
                Some(0.21),
                "68 buổi",
                "21,0% của 324 · lộ trình 162",
                Some(0.5),
                Status::FarBehind,
                "D02",
            ),
            row(
                "Hộ đã thực hiện xong",
                None,
                "Chưa có số liệu",
                "2/17 đơn vị chưa báo cáo",
                None,
                Status::NoData,
                "C04",
            ),
        ],
        key: Some(BulletKey {
            value: "Kết quả".to_owned(),
            target: "Chỉ tiêu".to_owned(),
            planned: "Lộ trình đến nay".to_owned(),
            time: "Thời gian đã qua".to_owned(),
        }),
    }
}

fn points(values: &[Option<f64>], provisional: usize) -> Vec<Point> {
    let state = |(index, value): (usize, &Option<f64>)| match value {
        None => PointState::Missing,
        Some(value) if index >= provisional => PointState::Provisional(*value),
        Some(value) => PointState::Final(*value),
    };
    let text = |value: &Option<f64>| {
        value.map_or_else(|| "chưa có số liệu".to_owned(), |value| format!("{value:.0} đảng viên"))
    };
    values
        .iter()
        .enumerate()
        .map(|(index, value)| Point { state: state((index, value)), text: text(value) })
        .collect()
}

fn months() -> Vec<String> {
    (0..18).map(|index| format!("{}/{}", index % 12 + 1, 22 + index / 12)).collect()
}

fn running() -> Vec<Option<f64>> {
    [
        9.0, 17.0, 30.0, 44.0, 55.0, 70.0, 81.0, -1.0, 108.0, 121.0, 138.0, 152.0, 157.0, 168.0,
        181.0, 190.0, 202.0, 213.0,
    ]
    .into_iter()
    .map(|value| (value >= 0.0).then_some(value))
    .collect()
}

fn line_sample() -> LineChart {
    LineChart {
        frame: frame("course", "Kết nạp đảng viên chậm 9,3 điểm phần trăm so với lộ trình"),
        positions: months(),
        levels: [0.0, 50.0, 100.0, 150.0, 200.0, 250.0]
            .map(|level| (level, format!("{level:.0}")))
            .to_vec(),
        series: vec![
            Series {
                label: "lũy kế toàn huyện".to_owned(),
                value: "213".to_owned(),
                points: points(&running(), 16),
            },
            Series {
                label: "cùng kỳ trước".to_owned(),
                value: "171".to_owned(),
                points: points(
                    &running()
                        .iter()
                        .map(|value| value.map(|value| value * 0.8))
                        .collect::<Vec<_>>(),
                    99,
                ),
            },
        ],
        trajectory: Some(Trajectory {
            label: "lộ trình".to_owned(),
            value: "225".to_owned(),
            points: vec![(0.0, 12.5), (17.0, 225.0)],
        }),
    }
}

fn panels_sample() -> Panels {
    let statuses =
        [Status::OnTrack, Status::Behind, Status::FarBehind, Status::NoData, Status::Met];
    let panel = |(index, name): (usize, &&str)| {
        let factor = 0.3 + f64::from(u32::try_from(index).expect("small") % 5) * 0.15;
        let values: Vec<Option<f64>> =
            running().iter().map(|value| value.map(|value| value * factor / 10.0)).collect();
        Panel {
            label: (*name).to_owned(),
            value: format!("{:.0} đảng viên", 21.3 * factor),
            points: points(&values, 17),
            planned: vec![(0.0, 1.0), (17.0, 13.0)],
            status: statuses[index % 5],
            href: link("A01"),
        }
    };
    Panels {
        frame: frame("communes", "6 xã chậm hơn lộ trình"),
        panels: COMMUNES.iter().enumerate().map(panel).take(8).collect(),
        span: ("1/22".to_owned(), "6/23".to_owned()),
    }
}

fn strip_sample() -> Strip {
    let cell = |row: usize, index: usize| {
        let (state, text) = match (row * 7 + index * 5) % 23 {
            0 => (StripState::Missing, "chưa có báo cáo"),
            1 | 2 => (StripState::Late, "chậm 3 ngày"),
            _ if index > 16 => (StripState::NotDue, "chưa đến hạn"),
            _ => (StripState::Reported, "đúng hạn"),
        };
        StripCell { state, text: text.to_owned() }
    };
    let row = |(number, name): (usize, &&str)| StripRow {
        label: (*name).to_owned(),
        cells: (0..18).map(|index| cell(number, index)).collect(),
        href: None,
    };
    Strip {
        frame: frame("reports", "15/17 xã, thị trấn báo cáo đủ"),
        periods: months(),
        rows: COMMUNES.iter().enumerate().map(row).take(7).collect(),
        key: StripKey {
            reported: "Đúng hạn".to_owned(),
            late: "Chậm".to_owned(),
            missing: "Chưa có".to_owned(),
            not_due: "Chưa đến hạn".to_owned(),
        },
    }
}

fn bars_sample() -> Bars {
    let row = |(index, name): (usize, &&str)| {
        let number = u32::try_from((index * 11) % 17).expect("small");
        let value = (index != 4).then(|| 20.0 + f64::from(number) * 5.1);
        let status = match value {
            None => Status::NoData,
            Some(value) if value >= 100.0 => Status::Met,
            Some(value) if value >= 50.0 => Status::OnTrack,
            Some(value) if value >= 35.0 => Status::Behind,
            Some(_) => Status::FarBehind,
        };
        let text = value.map_or_else(
            || "chưa có số liệu".to_owned(),
            |value| format!("{value:.1}%").replace('.', ","),
        );
        BarRow { label: (*name).to_owned(), value, text, status, href: link("A01") }
    };
    Bars {
        frame: frame("league", "9 xã đạt trên một nửa chỉ tiêu năm"),
        rows: COMMUNES.iter().enumerate().map(row).collect(),
        target: Some((50.0, "lộ trình 50%".to_owned())),
    }
}

fn dots_sample() -> Dots {
    let row = |label: &str, then, now, text: &str, status| DotRow {
        label: label.to_owned(),
        then,
        now,
        text: text.to_owned(),
        status,
        href: None,
    };
    Dots {
        frame: frame("before-after", "Bí thư đồng thời là trưởng thôn tăng trên 60 điểm phần trăm"),
        rows: vec![
            row("Bí thư là trưởng thôn", Some(30.0), Some(92.0), "30,2% → hơn 90%", Status::Met),
            row("Hộ đồng thuận", Some(55.0), Some(71.0), "55,0% → 71,4%", Status::OnTrack),
            row(
                "Kiến nghị xử lý đúng hạn",
                Some(88.0),
                Some(76.0),
                "88,0% → 76,1%",
                Status::Behind,
            ),
            row("Công khai dân chủ", None, Some(64.0), "64,0%", Status::FarBehind),
        ],
        then_label: "Cuối năm 2021".to_owned(),
        now_label: "Tháng 6/2023".to_owned(),
        scale: (0.0, 100.0),
        target: Some((90.0, "chỉ tiêu 90%".to_owned())),
    }
}

fn tiles_sample() -> Tiles {
    let statuses =
        [Status::OnTrack, Status::Behind, Status::Met, Status::FarBehind, Status::OnTrack];
    let tile = |(index, name): (usize, &&str)| Tile {
        label: name.trim_start_matches("Xã ").trim_start_matches("Thị trấn ").to_owned(),
        column: u16::try_from(index % 5).expect("small"),
        row: u16::try_from(index / 5).expect("small"),
        text: if index == 11 { "–".to_owned() } else { format!("{}%", 30 + index * 3) },
        fill: match index {
            11 => TileFill::Missing,
            12..=16 => TileFill::Step(u8::try_from(index - 12).expect("small")),
            _ => TileFill::Status(statuses[index % 5]),
        },
        href: link("A01"),
    };
    Tiles {
        frame: frame("map", "Các xã phía bắc chậm hơn"),
        tiles: COMMUNES.iter().enumerate().map(tile).collect(),
    }
}
