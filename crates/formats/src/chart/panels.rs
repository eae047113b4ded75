//! Small multiples: the same line for many units or indicators, on one scale.

use super::line::{Plot, course, position};
use super::{Frame, Look, Point, PointState, Status, Width};
use crate::svg::paint::{AXIS, DOT, HOLLOW, LABEL, LINE, NOTE, PLAN, VALUE};
use crate::svg::words::{width_of, wrapped};
use crate::svg::{Anchor, Area, Drawing, HasLinks};

/// Small charts on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Panels {
    /// For those who cannot see it.
    pub frame: Frame,
    /// The panels, in reading order.
    pub panels: Vec<Panel>,
    /// The first and last position in words, written under the first panel.
    pub span: (String, String),
}

/// One small chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Whose line.
    pub label: String,
    /// The last value in words.
    pub value: String,
    /// One point per position.
    pub points: Vec<Point>,
    /// The planned way: position and value.
    pub planned: Vec<(f64, f64)>,
    /// How it stands.
    pub status: Status,
    /// Where the label leads.
    pub href: Option<String>,
}

const GAP: f64 = 24.0;
const MARK_WIDTH: f64 = 16.0;
const PLOT_HEIGHT: f64 = 48.0;

/// Draws the panels, two a row on a phone, four on paper.
#[must_use]
pub fn panels(chart: &Panels, look: Look) -> String {
    let columns: usize = match look.width {
        Width::Narrow => 2,
        Width::Wide => 4,
    };
    let width = (look.width.units() - GAP * (position(columns) - 1.0)) / position(columns);
    let titles: Vec<Vec<String>> = chart
        .panels
        .iter()
        .map(|panel| wrapped(LABEL, &panel.label, width - MARK_WIDTH, 2))
        .collect();
    let title_lines = position(titles.iter().map(Vec::len).max().unwrap_or(1));
    let row_height = title_lines * 18.0 + 22.0 + PLOT_HEIGHT + 40.0;
    let height = position(chart.panels.len().div_ceil(columns)) * row_height - 8.0;
    let links = HasLinks::any(chart.panels.iter().map(|panel| &panel.href));
    let mut drawing = Drawing::new(&chart.frame, look, height, links);
    let values = chart.panels.iter().flat_map(|panel| {
        let points = panel.points.iter().filter_map(|point| point.state.value());
        points.chain(panel.planned.iter().map(|(_, value)| *value))
    });
    let (low, high) =
        values.fold((0.0, 0.0), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
    for (index, (panel, title)) in chart.panels.iter().zip(&titles).enumerate() {
        let left = position(index % columns) * (width + GAP);
        let top = position(index / columns) * row_height;
        heading(&mut drawing, panel, title, (left, top));
        let plot_top = top + title_lines * 18.0 + 26.0;
        let plot = Plot {
            area: Area::new(left, plot_top, width - 6.0, PLOT_HEIGHT),
            low,
            high,
            positions: panel.points.len(),
        };
        draw(&mut drawing, panel, plot);
        if index == 0 {
            span(&mut drawing, chart, plot);
        }
    }
    drawing.finish()
}

fn heading(drawing: &mut Drawing, panel: &Panel, title: &[String], (left, top): (f64, f64)) {
    drawing.status(panel.status, (left + 6.0, top + 10.0));
    let indent = if panel.status == Status::NotJudged { 0.0 } else { MARK_WIDTH };
    if let Some(href) = &panel.href {
        drawing.link(href);
    }
    drawing.lines(LABEL, Anchor::Start, (left + indent, top + 15.0), title);
    if panel.href.is_some() {
        drawing.end();
    }
    let below = top + 15.0 + position(title.len()) * 18.0;
    drawing.text(VALUE, Anchor::Start, (left + indent, below), &panel.value);
}

fn draw(drawing: &mut Drawing, panel: &Panel, plot: Plot) {
    let Area { x, y, width, height } = plot.area;
    drawing.line(AXIS, (x, y + height), (x + width, y + height));
    if panel.planned.len() > 1 {
        let points: Vec<(f64, f64)> =
            panel.planned.iter().map(|(at, value)| (plot.x(*at), plot.y(*value))).collect();
        drawing.path(PLAN, &points, "");
    }
    course(drawing, &panel.points, plot, LINE);
    let last = panel.points.iter().rposition(|point| point.state.value().is_some());
    let step = plot.x(1.0) - plot.x(0.0);
    for (index, point) in panel.points.iter().enumerate() {
        let at = plot.x(position(index));
        match point.state {
            PointState::Missing => {
                let width = (step * 0.7).clamp(3.0, 8.0);
                drawing.missing(Area::new(at - width / 2.0, y + height - 8.0, width, 8.0));
            }
            PointState::Provisional(value) => drawing.circle(HOLLOW, (at, plot.y(value)), 3.0),
            PointState::Final(value) if Some(index) == last => {
                drawing.circle(DOT, (at, plot.y(value)), 4.0);
            }
            PointState::Final(_) => {}
        }
    }
}

fn span(drawing: &mut Drawing, chart: &Panels, plot: Plot) {
    let Area { x, y, width, height } = plot.area;
    let (first, last) = &chart.span;
    let paint = NOTE;
    drawing.text(paint, Anchor::Start, (x, y + height + 15.0), first);
    if width_of(paint, first) + width_of(paint, last) + 8.0 < width {
        drawing.text(paint, Anchor::End, (x + width, y + height + 15.0), last);
    }
}
