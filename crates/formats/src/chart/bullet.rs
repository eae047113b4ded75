//! Bullet bars: results against their targets, with the plan and the share of time passed.

use super::line::position;
use super::{Frame, Look, Status, Width};
use crate::svg::paint::{BAR, HALO, LABEL, NOTE, PLAN_MARK, TARGET, TIME, TRACK, VALUE};
use crate::svg::words::{LINE_HEIGHT, width_of, wrapped};
use crate::svg::{Anchor, Area, Drawing, HasLinks};

/// Results against targets; all bars share one scale on which every target is the same length.
#[derive(Debug, Clone, PartialEq)]
pub struct Bullet {
    /// For those who cannot see it.
    pub frame: Frame,
    /// The results.
    pub rows: Vec<BulletRow>,
    /// What the marks mean; left out where the page says it elsewhere.
    pub key: Option<BulletKey>,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct BulletRow {
    /// What is measured.
    pub label: String,
    /// The result as a share of the target: 1 is the target. None when there is none.
    pub share: Option<f64>,
    /// The result in words, or why there is none: `61 đảng viên`.
    pub value: String,
    /// The line below: `40,7% của 150 · đã qua 50% thời gian`.
    pub note: String,
    /// What the plan asks for by now, as a share of the target.
    pub planned: Option<f64>,
    /// The share of the time that has passed, 0 to 1.
    pub time: Option<f64>,
    /// How it stands.
    pub status: Status,
    /// Where the label leads.
    pub href: Option<String>,
}

/// The words for the marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulletKey {
    /// `Kết quả`
    pub value: String,
    /// `Chỉ tiêu`
    pub target: String,
    /// `Lộ trình`
    pub planned: String,
    /// `Thời gian đã qua`
    pub time: String,
}

/// A bar is cut here, as a share of the target, so that one outlier does not shrink the others.
const SHARE_MAX: f64 = 1.5;
const BAR_HEIGHT: f64 = 10.0;
const MARK_WIDTH: f64 = 18.0;

/// Where a row's parts stand.
struct Place {
    label_width: f64,
    bar_x: f64,
    bar_width: f64,
    /// From the top of the row to the middle of the bar.
    bar_y: f64,
    lines: Vec<String>,
    height: f64,
}

/// Draws the bars.
#[must_use]
pub fn bullet(chart: &Bullet, look: Look) -> String {
    let widest_value = chart.rows.iter().map(|row| width_of(VALUE, &row.value)).fold(0.0, f64::max);
    let places: Vec<Place> =
        chart.rows.iter().map(|row| place(row, look.width, widest_value)).collect();
    let rows_height: f64 = places.iter().map(|place| place.height).sum();
    let key_lines = chart.key.as_ref().map_or(0.0, |key| key_height(key, look.width));
    let links = HasLinks::any(chart.rows.iter().map(|row| &row.href));
    let mut drawing = Drawing::new(&chart.frame, look, rows_height + key_lines, links);
    let longest = chart.rows.iter().flat_map(|row| [row.share, row.planned]).flatten();
    let scale = longest.fold(1.0, f64::max).min(SHARE_MAX);
    let mut top = 0.0;
    for (row, place) in chart.rows.iter().zip(&places) {
        draw_row(&mut drawing, row, place, (look.width, top, scale));
        top += place.height;
    }
    if let Some(key) = &chart.key {
        draw_key(&mut drawing, key, look.width, top + 14.0);
    }
    drawing.finish()
}

fn place(row: &BulletRow, width: Width, widest_value: f64) -> Place {
    let full = width.units();
    let note = if row.note.is_empty() { 0.0 } else { LINE_HEIGHT };
    match width {
        Width::Narrow => {
            let value = width_of(VALUE, &row.value);
            // A long value takes a line of its own below the label's.
            let beside = value < full * 0.5;
            let label_width = if beside { full - MARK_WIDTH - value - 12.0 } else { full };
            let own_line = if beside { 0.0 } else { LINE_HEIGHT };
            let lines = wrapped(LABEL, &row.label, label_width, 3);
            let bar_y = 16.0 + position(lines.len()) * LINE_HEIGHT + own_line;
            let height = bar_y + note + 26.0;
            Place { label_width, bar_x: 0.0, bar_width: full, bar_y, lines, height }
        }
        Width::Wide => {
            let label_width = 226.0;
            let lines = wrapped(LABEL, &row.label, label_width, 3);
            let height = (position(lines.len()) * LINE_HEIGHT).max(LINE_HEIGHT + note) + 22.0;
            let bar_x = MARK_WIDTH + label_width + 16.0;
            let bar_width = (full - bar_x - widest_value - 28.0).max(160.0);
            Place { label_width, bar_x, bar_width, bar_y: 16.0, lines, height }
        }
    }
}

fn draw_row(
    drawing: &mut Drawing,
    row: &BulletRow,
    place: &Place,
    (width, top, scale): (Width, f64, f64),
) {
    let middle = top + place.bar_y;
    let baseline = match width {
        Width::Narrow => top + 16.0,
        Width::Wide => middle + 5.0,
    };
    drawing.status(row.status, (6.0, baseline - 5.0));
    if let Some(href) = &row.href {
        drawing.link(href);
    }
    drawing.lines(LABEL, Anchor::Start, (MARK_WIDTH, baseline), &place.lines);
    if row.href.is_some() {
        drawing.end();
    }
    let full = width.units();
    let own_line = width == Width::Narrow && place.label_width >= full;
    let value_y = if own_line { middle - 14.0 } else { baseline };
    let (anchor, value_x) =
        if own_line { (Anchor::Start, MARK_WIDTH) } else { (Anchor::End, full) };
    drawing.text(VALUE, anchor, (value_x, value_y), &row.value);
    bar(drawing, row, place, (middle, scale));
    if !row.note.is_empty() {
        drawing.text(NOTE, Anchor::Start, (place.bar_x, middle + 26.0), &row.note);
    }
}

fn bar(drawing: &mut Drawing, row: &BulletRow, place: &Place, (middle, scale): (f64, f64)) {
    let length = |share: f64| share.clamp(0.0, scale) / scale * place.bar_width;
    let x = place.bar_x;
    let bar_area = |width| Area::new(x, middle - BAR_HEIGHT / 2.0, width, BAR_HEIGHT);
    match row.share {
        Some(share) => {
            drawing.rectangle(TRACK, bar_area(length(1.0)));
            drawing.rectangle(BAR, bar_area(length(share)));
        }
        None => drawing.missing(bar_area(length(1.0))),
    }
    if let Some(time) = row.time {
        let area = Area::new(x, middle + BAR_HEIGHT / 2.0 + 2.0, length(time.min(1.0)), 2.0);
        drawing.rectangle(TIME, area);
    }
    if let Some(planned) = row.planned {
        plan_mark(drawing, (x + length(planned), middle - BAR_HEIGHT / 2.0 - 1.0));
    }
    let target = x + length(1.0) - 1.0;
    drawing.line(HALO, (target - 1.0, middle - 9.0), (target - 1.0, middle + 9.0));
    drawing.line(TARGET, (target, middle - 9.0), (target, middle + 9.0));
}

/// A small triangle that points down at the bar.
fn plan_mark(drawing: &mut Drawing, (x, y): (f64, f64)) {
    drawing.path(PLAN_MARK, &[(x, y), (x - 4.0, y - 6.0), (x + 4.0, y - 6.0)], "Z");
}

fn key_items(key: &BulletKey) -> [&str; 4] {
    [&key.value, &key.planned, &key.target, &key.time]
}

const KEY_MARK: f64 = 28.0;
const KEY_GAP: f64 = 18.0;

/// Where each item of the key begins, and the key's height.
fn key_places(key: &BulletKey, width: Width) -> (Vec<(f64, f64)>, f64) {
    let (mut x, mut y) = (0.0, 0.0);
    let mut places = Vec::new();
    for words in key_items(key) {
        let item = KEY_MARK + width_of(NOTE, words);
        if x > 0.0 && x + item > width.units() {
            (x, y) = (0.0, y + LINE_HEIGHT + 2.0);
        }
        places.push((x, y));
        x += item + KEY_GAP;
    }
    (places, y + LINE_HEIGHT + 12.0)
}

fn key_height(key: &BulletKey, width: Width) -> f64 {
    key_places(key, width).1
}

fn draw_key(drawing: &mut Drawing, key: &BulletKey, width: Width, top: f64) {
    let (places, _) = key_places(key, width);
    for (index, ((x, y), words)) in places.into_iter().zip(key_items(key)).enumerate() {
        let (left, middle) = (x, top + y - 4.0);
        match index {
            0 => drawing.rectangle(BAR, Area::new(left, middle - 4.0, 20.0, 8.0)),
            1 => plan_mark(drawing, (left + 10.0, middle + 3.0)),
            2 => drawing.line(TARGET, (left + 10.0, middle - 7.0), (left + 10.0, middle + 7.0)),
            _ => drawing.rectangle(TIME, Area::new(left, middle - 1.0, 20.0, 2.0)),
        }
        drawing.text(NOTE, Anchor::Start, (x + KEY_MARK, top + y), words);
    }
}
