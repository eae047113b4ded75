//! Charts as they come out: golden drawings, and what must hold for all of them.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

mod chart_sample;
mod golden_files;

use formats::chart::{
    BarRow, Bars, Bullet, BulletRow, Frame, LineChart, Look, Point, PointState, Series, Status,
    Target, Tiles, Width, bars, bullet, line, style, tiles,
};
use golden_files::{compare, elements};

const LOOKS: [(&str, Look); 4] = [
    ("page-wide", Look { target: Target::Page, width: Width::Wide }),
    ("page-narrow", Look { target: Target::Page, width: Width::Narrow }),
    ("standalone-wide", Look { target: Target::Standalone, width: Width::Wide }),
    ("standalone-narrow", Look { target: Target::Standalone, width: Width::Narrow }),
];

const PAGE: Look = LOOKS[0].1;

fn frame() -> Frame {
    Frame { id: "c".to_owned(), title: "Tên".to_owned(), description: "Mô tả".to_owned() }
}

fn bar(label: &str, value: Option<f64>) -> BarRow {
    BarRow {
        label: label.to_owned(),
        value,
        text: "chữ".to_owned(),
        status: Status::OnTrack,
        href: None,
    }
}

/// The labels of a drawing, in order.
fn labels(svg: &str) -> Vec<String> {
    let after = svg.split("class=\"c-label\">").skip(1);
    after.map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

#[test]
fn charts_are_drawn_as_in_the_golden_files() {
    for (name, draw) in chart_sample::ALL {
        for (look_name, look) in LOOKS {
            let svg = draw(look).replace("><", ">\n<") + "\n";
            compare(&format!("charts/{name}-{look_name}.svg"), &svg);
        }
    }
}

#[test]
fn every_chart_is_well_formed_and_names_itself() {
    for (name, draw) in chart_sample::ALL {
        for (look_name, look) in LOOKS {
            let svg = draw(look);
            let names = elements(&svg);
            assert_eq!(names[..3], ["svg", "title", "desc"], "{name} {look_name}");
            let foreign = ["script", "style", "foreignObject", "image"];
            assert!(!names.iter().any(|name| foreign.contains(&name.as_str())), "{name}");
            assert_eq!(svg, draw(look), "{name}: the same input gives the same bytes");
        }
    }
}

#[test]
fn a_page_brings_all_colours_and_a_standing_drawing_needs_no_page() {
    let style = style();
    for (name, draw) in chart_sample::ALL {
        let svg = draw(PAGE);
        assert!(!svg.contains("style="), "{name}: inline styles are forbidden in pages");
        for class in svg.split("class=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            for class in class.split(' ') {
                assert!(style.contains(&format!(".{class}{{")), "{name}: no rule for {class}");
            }
        }
        let alone = draw(LOOKS[2].1);
        assert!(!alone.contains("class=") && !alone.contains("var("), "{name}");
    }
}

#[test]
fn links_stay_reachable() {
    for (name, draw) in chart_sample::ALL {
        let svg = draw(PAGE);
        let role = if svg.contains("<a ") { "role=\"group\"" } else { "role=\"img\"" };
        assert!(svg.contains(role), "{name}");
    }
}

#[test]
fn bars_stand_longest_first_and_missing_ones_last() {
    let rows = vec![
        bar("b", Some(2.0)),
        bar("thiếu", None),
        bar("a", Some(9.0)),
        bar("không", Some(0.0)),
        bar("b2", Some(2.0)),
    ];
    let svg = bars(&Bars { frame: frame(), rows, target: None }, PAGE);
    assert_eq!(labels(&svg), ["a", "b", "b2", "không", "thiếu"]);
    assert_eq!(svg.matches("url(#c-wide-hatch)").count(), 1, "zero is not missing");
}

#[test]
fn a_missing_month_is_a_gap_and_never_a_zero() {
    let point = |state| Point { state, text: String::new() };
    let states = [
        PointState::Final(1.0),
        PointState::Final(2.0),
        PointState::Missing,
        PointState::Provisional(3.0),
        PointState::Final(4.0),
    ];
    let chart = LineChart {
        frame: frame(),
        positions: ["1", "2", "3", "4", "5"].map(str::to_owned).to_vec(),
        levels: vec![(0.0, "0".to_owned()), (4.0, "4".to_owned())],
        series: vec![Series {
            label: "lũy kế".to_owned(),
            value: "4".to_owned(),
            points: states.map(point).to_vec(),
        }],
        trajectory: None,
    };
    let svg = line(&chart, PAGE);
    let courses: Vec<&str> =
        svg.split("<path d=\"").filter(|path| path.contains("c-line")).collect();
    assert_eq!(courses.len(), 2, "one piece on each side of the gap");
    assert_eq!(svg.matches("c-missing").count(), 1);
    assert_eq!(svg.matches("c-hollow").count(), 1);
    assert_eq!(svg.matches("c-dot").count(), 3);
}

#[test]
fn every_status_has_a_shape_of_its_own() {
    let row = |status| BulletRow {
        label: "Chỉ tiêu".to_owned(),
        share: Some(0.5),
        value: "1".to_owned(),
        note: String::new(),
        planned: None,
        time: None,
        status,
        href: None,
    };
    let draw =
        |status| bullet(&Bullet { frame: frame(), rows: vec![row(status)], key: None }, LOOKS[2].1);
    let all = [
        Status::Met,
        Status::OnTrack,
        Status::Behind,
        Status::FarBehind,
        Status::NoData,
        Status::NotJudged,
    ];
    // Without colours, as on a black-and-white printer.
    let black = |svg: String| {
        let mut pieces = svg.split('#');
        let first = pieces.next().unwrap().to_owned();
        pieces.fold(first, |text, piece| text + piece.get(6..).unwrap_or_default())
    };
    let drawings: Vec<String> = all.map(draw).map(black).to_vec();
    for (index, drawing) in drawings.iter().enumerate() {
        assert!(!drawings[index + 1..].contains(drawing), "{:?}", all[index]);
    }
}

#[test]
fn odd_numbers_and_long_words_break_nothing() {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -5.0, 1e300];
    let rows: Vec<BarRow> = odd.iter().map(|value| bar(&"dài ".repeat(80), Some(*value))).collect();
    for (_, look) in LOOKS {
        for target in [None, Some((f64::NAN, "đích".to_owned()))] {
            let svg = bars(&Bars { frame: frame(), rows: rows.clone(), target }, look);
            elements(&svg);
            assert!(!svg.contains("NaN") && !svg.contains("inf"));
        }
        elements(&bars(&Bars { frame: frame(), rows: Vec::new(), target: None }, look));
        elements(&tiles(&Tiles { frame: frame(), tiles: Vec::new() }, look));
        let rows = odd.map(|share| BulletRow {
            label: String::new(),
            share: Some(share),
            value: "<&\"'>".repeat(40),
            note: String::new(),
            planned: Some(share),
            time: Some(share),
            status: Status::NoData,
            href: Some("/a?b=1&c=\"2\"".to_owned()),
        });
        elements(&bullet(&Bullet { frame: frame(), rows: rows.to_vec(), key: None }, look));
        let empty = LineChart {
            frame: frame(),
            positions: Vec::new(),
            levels: Vec::new(),
            series: Vec::new(),
            trajectory: None,
        };
        elements(&line(&empty, look));
    }
}
