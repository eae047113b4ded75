//! Strips of periods: who reported in time, who late, what is missing.

use super::line::position;
use super::{Frame, Look, Width};
use crate::svg::paint::{BEHIND, LABEL, LATE, NOT_DUE, NOTE, REPORTED};
use crate::svg::words::{width_of, wrapped};
use crate::svg::{Anchor, Area, Drawing, HasLinks};

/// Reporting discipline: a row per unit or form, a cell per period.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// For those who cannot see it.
    pub frame: Frame,
    /// The names of the periods; as many are written as find room.
    pub periods: Vec<String>,
    /// The rows.
    pub rows: Vec<StripRow>,
    /// The words for the marks.
    pub key: StripKey,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripRow {
    /// Whose reports.
    pub label: String,
    /// One cell per period.
    pub cells: Vec<StripCell>,
    /// Where the label leads.
    pub href: Option<String>,
}

/// One report that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripCell {
    /// What became of it.
    pub state: StripState,
    /// The same in words, shown when touched.
    pub text: String,
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StripState {
    /// Arrived in time.
    Reported,
    /// Arrived late.
    Late,
    /// Should be here and is not.
    Missing,
    /// Not due yet.
    NotDue,
    /// Nobody owes it: the unit did not exist or was not asked.
    NotExpected,
}

/// The words for the marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripKey {
    /// `Đúng hạn`
    pub reported: String,
    /// `Chậm`
    pub late: String,
    /// `Chưa có`
    pub missing: String,
    /// `Chưa đến hạn`
    pub not_due: String,
}

const CELL_MOST: f64 = 24.0;
const KEY_GAP: f64 = 18.0;

/// Draws the strips.
#[must_use]
pub fn strip(chart: &Strip, look: Look) -> String {
    let full = look.width.units();
    let widest = chart.rows.iter().map(|row| width_of(LABEL, &row.label)).fold(0.0, f64::max);
    // On a phone the name stands above its strip.
    let (left, row_height, cell_top) = match look.width {
        Width::Narrow => (0.0, 52.0, 22.0),
        Width::Wide => (widest.min(230.0) + 16.0, 28.0, 2.0),
    };
    let count = position(chart.periods.len().max(1));
    let cell = ((full - left) / count).min(CELL_MOST);
    let head = 22.0;
    let bottom = head + position(chart.rows.len()) * row_height;
    let (key_places, key_height) = key_places(&chart.key, full);
    let links = HasLinks::any(chart.rows.iter().map(|row| &row.href));
    let mut drawing = Drawing::new(&chart.frame, look, bottom + 14.0 + key_height, links);
    period_names(&mut drawing, &chart.periods, (left, cell));
    let mut top = head;
    for row in &chart.rows {
        let baseline = if look.width == Width::Narrow { top + 15.0 } else { top + 17.0 };
        let room = if look.width == Width::Narrow { full } else { 232.0 };
        if let Some(href) = &row.href {
            drawing.link(href);
        }
        let label = wrapped(LABEL, &row.label, room, 1).concat();
        drawing.text(LABEL, Anchor::Start, (0.0, baseline), &label);
        if row.href.is_some() {
            drawing.end();
        }
        for (index, shown) in row.cells.iter().enumerate() {
            let x = left + position(index) * cell;
            drawing.group(&shown.text);
            mark(&mut drawing, shown.state, Area::new(x, top + cell_top, cell, cell.min(22.0)));
            drawing.end();
        }
        top += row_height;
    }
    key(&mut drawing, &chart.key, &key_places, bottom + 14.0);
    drawing.finish()
}

/// A cell: full when in time, framed with a triangle when late, hatched when missing.
fn mark(drawing: &mut Drawing, state: StripState, area: Area) {
    let inner = Area::new(area.x + 1.0, area.y + 1.0, area.width - 3.0, area.height - 3.0);
    let (x, y) = (inner.x + inner.width / 2.0, inner.y + inner.height / 2.0);
    match state {
        StripState::Reported => drawing.rectangle(REPORTED, inner),
        StripState::Late => {
            let framed =
                Area::new(inner.x + 0.6, inner.y + 0.6, inner.width - 1.2, inner.height - 1.2);
            drawing.rectangle(LATE, framed);
            let half = (inner.width / 2.0 - 2.5).clamp(2.0, 5.0);
            let points =
                [(x, y - half * 0.9), (x + half, y + half * 0.8), (x - half, y + half * 0.8)];
            drawing.path(BEHIND, &points, "Z");
        }
        StripState::Missing => {
            let framed =
                Area::new(inner.x + 0.5, inner.y + 0.5, inner.width - 1.0, inner.height - 1.0);
            drawing.missing(framed);
        }
        StripState::NotDue => drawing.circle(NOT_DUE, (x, y), 2.5),
        StripState::NotExpected => {}
    }
}

fn period_names(drawing: &mut Drawing, names: &[String], (left, cell): (f64, f64)) {
    let widest = names.iter().map(|name| width_of(NOTE, name)).fold(0.0, f64::max) + 8.0;
    let step = (1..=names.len()).find(|step| position(*step) * cell >= widest).unwrap_or(1);
    for (index, name) in names.iter().enumerate().step_by(step.max(1)) {
        drawing.text(NOTE, Anchor::Start, (left + position(index) * cell + 1.0, 14.0), name);
    }
}

fn key_items(key: &StripKey) -> [(StripState, &str); 4] {
    [
        (StripState::Reported, &key.reported),
        (StripState::Late, &key.late),
        (StripState::Missing, &key.missing),
        (StripState::NotDue, &key.not_due),
    ]
}

fn key_places(key: &StripKey, full: f64) -> (Vec<(f64, f64)>, f64) {
    let (mut x, mut y) = (0.0, 0.0);
    let mut places = Vec::new();
    for (_, words) in key_items(key) {
        let item = 22.0 + width_of(NOTE, words);
        if x > 0.0 && x + item > full {
            (x, y) = (0.0, y + 20.0);
        }
        places.push((x, y));
        x += item + KEY_GAP;
    }
    (places, y + 24.0)
}

fn key(drawing: &mut Drawing, key: &StripKey, places: &[(f64, f64)], top: f64) {
    for ((x, y), (state, words)) in places.iter().zip(key_items(key)) {
        mark(drawing, state, Area::new(*x, top + y, 17.0, 17.0));
        drawing.text(NOTE, Anchor::Start, (x + 22.0, top + y + 12.5), words);
    }
}
