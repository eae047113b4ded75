//! Sorted bars: one value per unit, longest first, with the line of the target.

use super::{Frame, Look, Status, Width};
use crate::svg::paint::{AXIS, BAR, HALO, LABEL, NOTE, PLAN, VALUE};
use crate::svg::words::{width_of, wrapped};
use crate::svg::{Anchor, Area, Drawing, HasLinks};

/// One value per row.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// For those who cannot see it.
    pub frame: Frame,
    /// The rows in any order; they are drawn longest first, missing last.
    pub rows: Vec<BarRow>,
    /// The line to reach and its words.
    pub target: Option<(f64, String)>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct BarRow {
    /// Whose value.
    pub label: String,
    /// The value; none when it is missing, which is not zero.
    pub value: Option<f64>,
    /// The value in words, or why there is none.
    pub text: String,
    /// How it stands.
    pub status: Status,
    /// Where the label leads.
    pub href: Option<String>,
}

const ROW: f64 = 26.0;
const BAR_HEIGHT: f64 = 12.0;
const MARK_WIDTH: f64 = 18.0;

/// Draws the bars.
#[must_use]
pub fn bars(chart: &Bars, look: Look) -> String {
    let rows = sorted(&chart.rows);
    let full = look.width.units();
    let text_paint = |row: &BarRow| if row.value.is_some() { VALUE } else { NOTE };
    let label_most = match look.width {
        Width::Narrow => 132.0,
        Width::Wide => 230.0,
    };
    let widest = rows.iter().map(|row| width_of(LABEL, &row.label)).fold(0.0, f64::max);
    let label_width = widest.min(label_most);
    let text_widths =
        rows.iter().filter(|row| row.value.is_some()).map(|row| width_of(VALUE, &row.text));
    let text_width = text_widths.fold(0.0, f64::max);
    let left = MARK_WIDTH + label_width + 10.0;
    let bar_width = (full - left - text_width - 10.0).max(full * 0.2);
    let target = chart.target.as_ref().map(|(value, _)| *value);
    let longest = rows.iter().filter_map(|row| row.value).chain(target).fold(0.0, f64::max);
    let x_of = |value: f64| {
        let share = if longest > 0.0 { (value / longest).clamp(0.0, 1.0) } else { 0.0 };
        left + share * bar_width
    };
    let head = if chart.target.is_some() { 24.0 } else { 4.0 };
    let count = f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    let height = head + count * ROW + 4.0;
    let links = HasLinks::any(rows.iter().map(|row| &row.href));
    let mut drawing = Drawing::new(&chart.frame, look, height, links);
    let target_x = target.map(x_of);
    if let (Some(x), Some((_, words))) = (target_x, &chart.target) {
        drawing.line(PLAN, (x, head - 4.0), (x, height - 4.0));
        let anchor = if x > full * 0.6 { Anchor::End } else { Anchor::Middle };
        drawing.text(NOTE, anchor, (x, head - 9.0), words);
    }
    let mut middle = head + ROW / 2.0;
    for row in &rows {
        drawing.status(row.status, (6.0, middle));
        label(&mut drawing, row, (label_width, middle + 5.0));
        let bar = Area::new(
            left,
            middle - BAR_HEIGHT / 2.0,
            row.value.map_or(24.0, |value| x_of(value) - left),
            BAR_HEIGHT,
        );
        let (paint, text_x) = (text_paint(row), left + bar.width + 8.0);
        let text_end = text_x + width_of(paint, &row.text);
        // The words cover the line of the target rather than being crossed by it.
        if target_x.is_some_and(|x| (text_x - 3.0..text_end + 3.0).contains(&x)) {
            drawing.rectangle(HALO, Area::new(text_x, middle - 8.0, text_end - text_x, 16.0));
        }
        match row.value {
            Some(_) => drawing.rectangle(BAR, bar),
            None => drawing.missing(bar),
        }
        drawing.text(paint, Anchor::Start, (text_x, middle + 5.0), &row.text);
        middle += ROW;
    }
    drawing.line(AXIS, (left, head), (left, height - 4.0));
    drawing.finish()
}

fn label(drawing: &mut Drawing, row: &BarRow, (width, baseline): (f64, f64)) {
    let shown = wrapped(LABEL, &row.label, width + 1.0, 1).concat();
    if let Some(href) = &row.href {
        drawing.link(href);
    }
    if shown == row.label {
        drawing.text(LABEL, Anchor::Start, (MARK_WIDTH, baseline), &shown);
    } else {
        drawing.group(&row.label);
        drawing.text(LABEL, Anchor::Start, (MARK_WIDTH, baseline), &shown);
        drawing.end();
    }
    if row.href.is_some() {
        drawing.end();
    }
}

/// The longest first, equal ones as given, missing ones last.
fn sorted(rows: &[BarRow]) -> Vec<&BarRow> {
    let mut rows: Vec<&BarRow> = rows.iter().collect();
    let key = |row: &BarRow| row.value.filter(|value| value.is_finite());
    rows.sort_by(|left, right| match (key(left), key(right)) {
        (Some(left), Some(right)) => right.total_cmp(&left),
        (left, right) => right.is_some().cmp(&left.is_some()),
    });
    rows
}
