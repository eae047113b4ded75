//! Lines over time, with their names at their ends, the planned way, and gaps where figures lack.

use super::{Frame, Look, Width};
use crate::svg::paint::{
    AXIS, DOT, GRID, HOLLOW, LABEL, LINE, NOTE, OTHER_LINE, PLAN, Paint, VALUE,
};
use crate::svg::words::{LINE_HEIGHT, width_of, wrapped};
use crate::svg::{Anchor, Area, Drawing, HasLinks};

/// Values over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// For those who cannot see it.
    pub frame: Frame,
    /// The names of the positions 0, 1, 2 …; as many are written as find room.
    pub positions: Vec<String>,
    /// The lines to draw across, with their words; the lowest and the highest end the scale.
    pub levels: Vec<(f64, String)>,
    /// The lines. The first is the subject, the others stand behind it in grey.
    pub series: Vec<Series>,
    /// The planned way.
    pub trajectory: Option<Trajectory>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub label: String,
    /// Its last value in words.
    pub value: String,
    /// One point per position, from the first.
    pub points: Vec<Point>,
}

/// The figure at one position.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// How far it can be trusted.
    pub state: PointState,
    /// The figure in words, shown when touched.
    pub text: String,
}

/// How far a figure can be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PointState {
    /// Complete.
    Final(f64),
    /// Some units have not reported: drawn hollow.
    Provisional(f64),
    /// Missing: a gap and a hatched mark, never a zero.
    Missing,
}

impl PointState {
    pub(super) fn value(self) -> Option<f64> {
        match self {
            Self::Final(value) | Self::Provisional(value) => Some(value),
            Self::Missing => None,
        }
    }
}

/// The planned way to a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// Its name: `Lộ trình`.
    pub label: String,
    /// The target in words.
    pub value: String,
    /// Position and value; positions may lie between periods.
    pub points: Vec<(f64, f64)>,
}

/// The area in which values are drawn, and its scales.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) area: Area,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) positions: usize,
}

impl Plot {
    pub(super) fn x(&self, position: f64) -> f64 {
        let steps = f64::from(u32::try_from(self.positions.max(2) - 1).unwrap_or(u32::MAX));
        self.area.x + position / steps * self.area.width
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        let share =
            if self.high > self.low { (value - self.low) / (self.high - self.low) } else { 0.0 };
        self.area.y + (1.0 - share.clamp(0.0, 1.0)) * self.area.height
    }
}

pub(super) fn position(index: usize) -> f64 {
    f64::from(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Words at the end of a line.
struct EndLabel {
    y: f64,
    value: String,
    lines: Vec<String>,
}

/// Draws the lines.
#[must_use]
pub fn line(chart: &LineChart, look: Look) -> String {
    let (height, label_most) = match look.width {
        Width::Narrow => (240.0, 92.0),
        Width::Wide => (280.0, 150.0),
    };
    let level_width =
        chart.levels.iter().map(|(_, words)| width_of(NOTE, words)).fold(0.0, f64::max);
    let words = chart.series.iter().map(|series| (&series.label, &series.value));
    let planned = chart.trajectory.iter().map(|way| (&way.label, &way.value));
    let end_width = words
        .chain(planned)
        .map(|(label, value)| width_of(LABEL, label).max(width_of(VALUE, value)))
        .fold(0.0, f64::max)
        .min(label_most);
    let left = level_width + 10.0;
    let right = look.width.units() - end_width - 16.0;
    let plot = Plot {
        area: Area::new(left, 10.0, right - left, height - 42.0),
        low: chart.levels.iter().map(|(level, _)| *level).fold(f64::INFINITY, f64::min),
        high: chart.levels.iter().map(|(level, _)| *level).fold(f64::NEG_INFINITY, f64::max),
        positions: chart.positions.len(),
    };
    let mut drawing = Drawing::new(&chart.frame, look, height, HasLinks::No);
    levels(&mut drawing, chart, plot);
    position_names(&mut drawing, &chart.positions, plot);
    if let Some(way) = &chart.trajectory {
        let points: Vec<(f64, f64)> =
            way.points.iter().map(|(at, value)| (plot.x(*at), plot.y(*value))).collect();
        drawing.path(PLAN, &points, "");
    }
    for (index, series) in chart.series.iter().enumerate().rev() {
        let paint = if index == 0 { LINE } else { OTHER_LINE };
        course(&mut drawing, &series.points, plot, paint);
        if index == 0 {
            marks(&mut drawing, &series.points, plot);
        }
    }
    end_labels(&mut drawing, chart, plot, end_width);
    drawing.finish()
}

fn levels(drawing: &mut Drawing, chart: &LineChart, plot: Plot) {
    let Area { x, width, .. } = plot.area;
    for (index, (level, words)) in chart.levels.iter().enumerate() {
        let y = plot.y(*level);
        let paint = if index == 0 { AXIS } else { GRID };
        drawing.line(paint, (x, y), (x + width, y));
        drawing.text(NOTE, Anchor::End, (x - 8.0, y + 4.5), words);
    }
}

/// As many names as fit, evenly thinned, the last one always among them.
fn position_names(drawing: &mut Drawing, names: &[String], plot: Plot) {
    let widest = names.iter().map(|name| width_of(NOTE, name)).fold(0.0, f64::max) + 14.0;
    let step_width = plot.x(1.0) - plot.x(0.0);
    let step = (1..=names.len()).find(|step| position(*step) * step_width >= widest).unwrap_or(1);
    let y = plot.area.y + plot.area.height;
    for (index, name) in names.iter().enumerate() {
        if !(names.len() - 1 - index).is_multiple_of(step) {
            continue;
        }
        let x = plot.x(position(index));
        drawing.line(AXIS, (x, y), (x, y + 4.0));
        drawing.text(NOTE, Anchor::Middle, (x, y + 19.0), name);
    }
}

/// The line itself, in pieces between the gaps.
pub(super) fn course(drawing: &mut Drawing, points: &[Point], plot: Plot, paint: Paint) {
    let places: Vec<Option<(f64, f64)>> = points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            point.state.value().map(|value| (plot.x(position(index)), plot.y(value)))
        })
        .collect();
    for piece in places.split(Option::is_none) {
        let piece: Vec<(f64, f64)> = piece.iter().copied().flatten().collect();
        if piece.len() > 1 {
            drawing.path(paint, &piece, "");
        }
    }
}

/// A dot per figure, hollow while provisional, hatched at the foot where it is missing.
fn marks(drawing: &mut Drawing, points: &[Point], plot: Plot) {
    let foot = plot.area.y + plot.area.height;
    let step = plot.x(1.0) - plot.x(0.0);
    let crowded = step < 14.0;
    let last = points.iter().rposition(|point| point.state.value().is_some());
    for (index, point) in points.iter().enumerate() {
        let x = plot.x(position(index));
        match point.state {
            PointState::Final(value) if !crowded || Some(index) == last => {
                drawing.group(&point.text);
                drawing.circle(DOT, (x, plot.y(value)), 4.0);
                drawing.end();
            }
            PointState::Final(_) => {}
            PointState::Provisional(value) => {
                drawing.group(&point.text);
                drawing.circle(HOLLOW, (x, plot.y(value)), 4.0);
                drawing.end();
            }
            PointState::Missing => {
                let width = (step * 0.6).clamp(4.0, 12.0);
                drawing.group(&point.text);
                drawing.missing(Area::new(x - width / 2.0, foot - 12.0, width, 12.0));
                drawing.end();
            }
        }
    }
}

/// Names at the ends of their lines, pushed apart where they would touch.
fn end_labels(drawing: &mut Drawing, chart: &LineChart, plot: Plot, width: f64) {
    let of_series = chart.series.iter().filter_map(|series| {
        let last = series.points.iter().rev().find_map(|point| point.state.value())?;
        Some((last, &series.value, &series.label))
    });
    let of_trajectory = chart.trajectory.iter().filter_map(|way| {
        let (_, last) = way.points.last()?;
        Some((*last, &way.value, &way.label))
    });
    let mut labels: Vec<EndLabel> = of_series
        .chain(of_trajectory)
        .map(|(last, value, label)| EndLabel {
            y: plot.y(last),
            value: value.clone(),
            lines: wrapped(NOTE, label, width + 6.0, 3),
        })
        .collect();
    labels.sort_by(|left, right| left.y.total_cmp(&right.y));
    spread(&mut labels, plot);
    let x = plot.area.x + plot.area.width + 12.0;
    for label in &labels {
        drawing.text(VALUE, Anchor::Start, (x, label.y + 5.0), &label.value);
        drawing.lines(NOTE, Anchor::Start, (x, label.y + 5.0 + LINE_HEIGHT), &label.lines);
    }
}

fn spread(labels: &mut [EndLabel], plot: Plot) {
    let height = |label: &EndLabel| (1.0 + position(label.lines.len())) * LINE_HEIGHT + 4.0;
    let bottom = plot.area.y + plot.area.height + LINE_HEIGHT;
    let mut free = f64::NEG_INFINITY;
    for label in labels.iter_mut() {
        label.y = label.y.max(free);
        free = label.y + height(label);
    }
    let mut free = bottom;
    for label in labels.iter_mut().rev() {
        label.y = label.y.min(free - height(label));
        free = label.y;
    }
}
