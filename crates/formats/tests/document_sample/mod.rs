//! A report with one of everything, for tests of every renderer.

use formats::chart::{Bullet, BulletRow, Frame, Look, Status, Target, Width, bullet};
use formats::document::{
    Align, Appendix, Block, Cell, Column, Document, Head, HeaderCell, Language, Level, Orientation,
    Picture, Properties, Row, RowKind, Run, Signature, Table,
};

fn words(text: &str) -> Run {
    Run::Text(text.to_owned())
}

fn figure(id: &str, text: &str) -> Run {
    Run::Figure {
        text: text.to_owned(),
        id: id.to_owned(),
        href: Some(format!("https://dotpha.example/figures/{id}")),
    }
}

fn heading(level: Level, text: &str) -> Block {
    Block::Heading { level, text: text.to_owned() }
}

/// The report of the sample district, shortened.
pub(crate) fn report() -> Document {
    Document {
        language: Language::Vietnamese,
        properties: Properties {
            title: "Báo cáo kết quả thực hiện Kết luận số 01-KL/TW".to_owned(),
            creator: "Ủy ban nhân dân huyện Văn Lãng".to_owned(),
            created: "2023-07-05T02:00:00Z".to_owned(),
        },
        head: Head {
            parent_agency: Some("Ủy ban nhân dân tỉnh Lạng Sơn".to_owned()),
            agency: "Ủy ban nhân dân huyện Văn Lãng".to_owned(),
            number: "Số: 15/BC-UBND".to_owned(),
            place_date: "Văn Lãng, ngày 05 tháng 7 năm 2023".to_owned(),
        },
        kind: "Báo cáo".to_owned(),
        about: "Kết quả thực hiện Kết luận số 01-KL/TW của Bộ Chính trị\n\
                từ năm 2022 đến hết 6 tháng đầu năm 2023"
            .to_owned(),
        addressees: vec!["Ủy ban nhân dân tỉnh Lạng Sơn".to_owned()],
        legal_basis: Vec::new(),
        body: body(),
        signature: Some(Signature {
            authority: vec!["TM. Ủy ban nhân dân".to_owned(), "Chủ tịch".to_owned()],
            name: String::new(),
        }),
        recipients: vec![
            "Như trên".to_owned(),
            "Ban Thường vụ Huyện ủy (báo cáo)".to_owned(),
            "Các ban của Huyện ủy, các phòng của huyện".to_owned(),
            "Ủy ban nhân dân các xã, thị trấn".to_owned(),
            "Lưu: VT".to_owned(),
        ],
        appendices: vec![indicators(), units()],
        sample_mark: Some("Số liệu mẫu – không phải số liệu thật".to_owned()),
    }
}

fn body() -> Vec<Block> {
    let mut blocks = vec![
        Block::Paragraph(vec![words(
            "Thực hiện Kết luận số 01-KL/TW ngày 18/5/2021 của Bộ Chính trị về tiếp tục thực hiện \
             Chỉ thị số 05-CT/TW, Ủy ban nhân dân huyện báo cáo kết quả trên địa bàn huyện Văn Lãng \
             từ năm 2022 đến hết 6 tháng đầu năm 2023 (01/01/2022–30/6/2023) như sau.",
        )]),
        heading(Level::One, "Tình hình và kết quả thực hiện"),
        heading(Level::Two, "Công tác lãnh đạo, chỉ đạo, quán triệt, tuyên truyền"),
        Block::Paragraph(vec![words(
            "Các xã, thị trấn xây dựng kế hoạch của đơn vị mình, xác định rõ việc phải làm, người \
             chịu trách nhiệm và thời hạn.",
        )]),
        heading(Level::Two, "Lựa chọn và thực hiện nội dung đột phá"),
        heading(Level::Three, "Xây dựng, chỉnh đốn Đảng và hệ thống chính trị"),
        Block::Paragraph(vec![
            words("Từ năm 2022 đến hết tháng 6/2023, toàn huyện kết nạp "),
            figure("a01_tu_2022", "213 đảng viên"),
            words(". Riêng năm 2022 kết nạp "),
            figure("a01_2022", "152 đảng viên"),
            words(", "),
            figure("a01_2022_target_share", "đạt 101,3% chỉ tiêu năm"),
            words("; 6 tháng đầu năm 2023 kết nạp "),
            figure("a01_2023_h1", "61 đảng viên"),
            words(", đạt 40,7% chỉ tiêu năm trong khi đã qua "),
            Run::Bold("một nửa thời gian".to_owned()),
            words(" "),
            Run::Italic("(2/17 đơn vị chưa báo cáo)".to_owned()),
            words("."),
        ]),
        Block::Table(progress()),
    ];
    for _ in 0..4 {
        blocks.push(Block::Paragraph(vec![words(
            "Ban chỉ đạo đã khảo sát, làm việc trực tiếp tại 162/162 thôn, khu phố (đạt 100%); ghi \
             nhận khó khăn, vướng mắc và giao cơ quan có trách nhiệm giải quyết, trả lời. Thị trấn \
             Na Sầm thành lập tổ quản lý trật tự đô thị gồm 7 thành viên, vừa tuyên truyền trên hệ \
             thống truyền thanh vừa đến từng hộ vận động; đã có 380 hộ đồng ý di dời, tháo mái che, \
             mái vẩy, chặt cây.",
        )]));
    }
    blocks.push(Block::Picture(picture()));
    blocks.extend([
        heading(Level::One, "Phương hướng, nhiệm vụ"),
        Block::Paragraph(vec![words(
            "Rà soát và bồi dưỡng, phấn đấu hoàn thành chỉ tiêu kết nạp 150 đảng viên; vận động các \
             hộ đã đồng ý sớm thực hiện xong, không để tái lấn chiếm.",
        )]),
    ]);
    blocks
}

fn picture() -> Picture {
    let row = |label: &str, share, value: &str, status| BulletRow {
        label: label.to_owned(),
        share: Some(share),
        value: value.to_owned(),
        note: String::new(),
        planned: Some(0.5),
        time: Some(0.5),
        status,
        href: None,
    };
    let chart = Bullet {
        frame: Frame {
            id: "progress".to_owned(),
            title: "Kết quả so với chỉ tiêu năm".to_owned(),
            description: "Kết nạp đảng viên đạt 40,7% chỉ tiêu năm.".to_owned(),
        },
        rows: vec![
            row("Kết nạp đảng viên", 0.407, "61 đảng viên", Status::Behind),
            row("Thôn, khu phố được khảo sát", 1.0, "162/162", Status::Met),
        ],
        key: None,
    };
    let look = Look { target: Target::Standalone, width: Width::Wide };
    Picture {
        svg: bullet(&chart, look),
        width_mm: 165,
        height_mm: 20,
        description: chart.frame.description.clone(),
        caption: Some("Hình 1. Kết quả so với chỉ tiêu năm".to_owned()),
    }
}

fn column(width: u32, align: Align) -> Column {
    Column { width, align }
}

fn row(kind: RowKind, cells: &[&str]) -> Row {
    Row { kind, cells: cells.iter().map(|text| Cell::text(text)).collect() }
}

fn progress() -> Table {
    Table {
        caption: Some("Bảng 1. Kết nạp đảng viên so với chỉ tiêu năm".to_owned()),
        measure: Some("Đơn vị tính: đảng viên".to_owned()),
        columns: vec![
            column(4, Align::Left),
            column(2, Align::Right),
            column(2, Align::Right),
            column(2, Align::Right),
        ],
        header: vec![["Kỳ", "Chỉ tiêu năm", "Kết quả", "Đạt (%)"].map(HeaderCell::single).to_vec()],
        rows: vec![
            row(RowKind::Plain, &["Năm 2022", "150", "152", "101,3"]),
            row(RowKind::Plain, &["6 tháng đầu năm 2023", "150", "61", "40,7"]),
            row(RowKind::Total, &["Cộng", "", "213", ""]),
        ],
        source: Some("Nguồn: báo cáo của 17 xã, thị trấn; 15/17 đơn vị đã báo cáo đủ.".to_owned()),
    }
}

fn indicators() -> Appendix {
    let mut rows = vec![Row {
        kind: RowKind::Group,
        cells: vec![Cell { columns: 6, ..Cell::text("Xây dựng, chỉnh đốn Đảng") }],
    }];
    for number in 1..=40_u32 {
        let name = format!("Chỉ tiêu thứ {number} của nội dung đột phá, tên dài hơn một dòng chữ");
        rows.push(row(
            RowKind::Plain,
            &[&format!("A{number:02}"), &name, "%", "90", "hơn 90%", "17/17"],
        ));
    }
    Appendix {
        title: "Kết quả thực hiện các chỉ tiêu".to_owned(),
        reference: Some(
            "(Kèm theo Báo cáo số 15/BC-UBND ngày 05/7/2023 của Ủy ban nhân dân huyện Văn Lãng)"
                .to_owned(),
        ),
        orientation: Orientation::Portrait,
        blocks: vec![Block::Table(Table {
            caption: None,
            measure: None,
            columns: [2, 8, 2, 2, 3, 3]
                .into_iter()
                .enumerate()
                .map(|(index, width)| {
                    column(width, if index < 3 { Align::Left } else { Align::Right })
                })
                .collect(),
            header: vec![
                ["Mã", "Chỉ tiêu", "Đơn vị tính", "Chỉ tiêu giao", "Kết quả", "Đơn vị báo cáo"]
                    .map(HeaderCell::single)
                    .to_vec(),
            ],
            rows,
            source: None,
        })],
    }
}

fn units() -> Appendix {
    let spanning = |text: &str, columns, rows| HeaderCell { text: text.to_owned(), columns, rows };
    let communes = ["Thị trấn Na Sầm", "Xã Bắc Hùng", "Xã Bắc La", "Xã Bắc Việt", "Xã Gia Miễn"];
    let mut rows: Vec<Row> = communes
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let number = (index + 1).to_string();
            row(RowKind::Plain, &[&number, name, "10", "9", "90,0", "4", "40,0"])
        })
        .collect();
    rows.push(row(RowKind::Total, &["", "Cộng", "50", "45", "90,0", "20", "40,0"]));
    Appendix {
        title: "Kết quả theo xã, thị trấn".to_owned(),
        reference: None,
        orientation: Orientation::Landscape,
        blocks: vec![Block::Table(Table {
            caption: None,
            measure: Some("Đơn vị tính: đảng viên".to_owned()),
            columns: [1, 5, 2, 2, 2, 2, 2]
                .into_iter()
                .enumerate()
                .map(|(index, width)| {
                    column(width, if index < 2 { Align::Left } else { Align::Right })
                })
                .collect(),
            header: vec![
                vec![
                    spanning("TT", 1, 2),
                    spanning("Xã, thị trấn", 1, 2),
                    spanning("Chỉ tiêu năm", 1, 2),
                    spanning("Năm 2022", 2, 1),
                    spanning("6 tháng đầu năm 2023", 2, 1),
                ],
                ["Kết quả", "Đạt (%)", "Kết quả", "Đạt (%)"].map(HeaderCell::single).to_vec(),
            ],
            rows,
            source: None,
        })],
    }
}
