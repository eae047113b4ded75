//! Dot plots: then and now, joined by the way between them.

use super::{Frame, Look, Status, Width};
use crate::svg::paint::{DOT, GRID, JOIN, LABEL, NOTE, PLAN, THEN, VALUE};
use crate::svg::words::{LINE_HEIGHT, width_of, wrapped};
use crate::svg::{Anchor, Drawing, HasLinks};

/// Values of two times.
#[derive(Debug, Clone, PartialEq)]
pub struct Dots {
    /// For those who cannot see it.
    pub frame: Frame,
    /// The rows, in the order they are drawn.
    pub rows: Vec<DotRow>,
    /// What the hollow dot is: `Cuối năm 2021`.
    pub then_label: String,
    /// What the full dot is: `Tháng 6/2023`.
    pub now_label: String,
    /// The ends of the scale.
    pub scale: (f64, f64),
    /// The line to reach and its words.
    pub target: Option<(f64, String)>,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct DotRow {
    /// What is compared.
    pub label: String,
    /// The value then.
    pub then: Option<f64>,
    /// The value now.
    pub now: Option<f64>,
    /// The change in words: `33% → hơn 90%`.
    pub text: String,
    /// How it stands.
    pub status: Status,
    /// Where the label leads.
    pub href: Option<String>,
}

const MARK_WIDTH: f64 = 18.0;

/// Draws the rows.
#[must_use]
pub fn dots(chart: &Dots, look: Look) -> String {
    let full = look.width.units();
    let text_width = chart.rows.iter().map(|row| width_of(VALUE, &row.text)).fold(0.0, f64::max);
    let widest = chart.rows.iter().map(|row| width_of(LABEL, &row.label)).fold(0.0, f64::max);
    // On a phone the words stand above the dots, on paper beside them.
    let (left, right, row_height, dot_y) = match look.width {
        Width::Narrow => (8.0, full - 8.0, 48.0, 32.0),
        Width::Wide => {
            (MARK_WIDTH + widest.min(230.0) + 20.0, full - text_width - 20.0, 30.0, 15.0)
        }
    };
    let head = 30.0;
    let foot = if chart.target.is_some() { LINE_HEIGHT + 4.0 } else { 4.0 };
    let count = f64::from(u32::try_from(chart.rows.len()).unwrap_or(u32::MAX));
    let bottom = head + count * row_height;
    let links = HasLinks::any(chart.rows.iter().map(|row| &row.href));
    let mut drawing = Drawing::new(&chart.frame, look, bottom + foot, links);
    let (low, high) = chart.scale;
    let x_of = |value: f64| {
        let share = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        left + share * (right - left)
    };
    key(&mut drawing, chart);
    let target_x = chart.target.as_ref().map(|(value, _)| x_of(*value));
    if let (Some(x), Some((_, words))) = (target_x, &chart.target) {
        if look.width == Width::Wide {
            drawing.line(PLAN, (x, head), (x, bottom));
        }
        let anchor = if x > full * 0.6 { Anchor::End } else { Anchor::Middle };
        drawing.text(NOTE, anchor, (x, bottom + 15.0), words);
    }
    let mut top = head;
    for row in &chart.rows {
        let y = top + dot_y;
        let baseline = if look.width == Width::Narrow { top + 16.0 } else { y + 5.0 };
        words(&mut drawing, row, (full, text_width, baseline), look.width);
        drawing.line(GRID, (left, y), (right, y));
        // On a phone a line from top to bottom would run through the words.
        if let (Some(x), Width::Narrow) = (target_x, look.width) {
            drawing.line(PLAN, (x, y - 9.0), (x, y + 12.0));
        }
        pair(&mut drawing, row, x_of, y);
        top += row_height;
    }
    drawing.finish()
}

fn words(
    drawing: &mut Drawing,
    row: &DotRow,
    (full, text_width, baseline): (f64, f64, f64),
    width: Width,
) {
    let room = match width {
        Width::Narrow => full - MARK_WIDTH - text_width - 10.0,
        Width::Wide => 232.0,
    };
    drawing.status(row.status, (6.0, baseline - 5.0));
    if let Some(href) = &row.href {
        drawing.link(href);
    }
    let label = wrapped(LABEL, &row.label, room, 1).concat();
    drawing.text(LABEL, Anchor::Start, (MARK_WIDTH, baseline), &label);
    if row.href.is_some() {
        drawing.end();
    }
    drawing.text(VALUE, Anchor::End, (full, baseline), &row.text);
}

fn pair(drawing: &mut Drawing, row: &DotRow, x_of: impl Fn(f64) -> f64, y: f64) {
    if let (Some(then), Some(now)) = (row.then, row.now) {
        drawing.line(JOIN, (x_of(then), y), (x_of(now), y));
    }
    if let Some(then) = row.then {
        drawing.circle(THEN, (x_of(then), y), 4.5);
    }
    if let Some(now) = row.now {
        drawing.circle(DOT, (x_of(now), y), 6.0);
    }
}

fn key(drawing: &mut Drawing, chart: &Dots) {
    drawing.circle(THEN, (6.0, 10.0), 4.5);
    drawing.text(NOTE, Anchor::Start, (MARK_WIDTH, 14.5), &chart.then_label);
    let second = MARK_WIDTH + width_of(NOTE, &chart.then_label) + 24.0;
    drawing.circle(DOT, (second, 10.0), 6.0);
    drawing.text(NOTE, Anchor::Start, (second + 12.0, 14.5), &chart.now_label);
}
