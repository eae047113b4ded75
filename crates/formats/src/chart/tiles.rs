//! Tile maps: units as named tiles in roughly their places, for where boundaries are missing.

use super::line::position;
use super::{Frame, Look, Status, Width};
use crate::svg::paint::{
    LABEL, MISSING, NOTE, TILE_BEHIND, TILE_FAR_BEHIND, TILE_ON_TRACK, TINTS, VALUE,
};
use crate::svg::words::wrapped;
use crate::svg::{Anchor, Area, Drawing, HasLinks};

/// Units as tiles.
#[derive(Debug, Clone, PartialEq)]
pub struct Tiles {
    /// For those who cannot see it.
    pub frame: Frame,
    /// The tiles; no two in the same place.
    pub tiles: Vec<Tile>,
}

/// One unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// The short name.
    pub label: String,
    /// The column, from 0 on the left.
    pub column: u16,
    /// The row, from 0 at the top.
    pub row: u16,
    /// The value in words.
    pub text: String,
    /// What the tile shows.
    pub fill: TileFill,
    /// Where the tile leads.
    pub href: Option<String>,
}

/// What a tile shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileFill {
    /// How it stands, as a tint with its mark.
    Status(Status),
    /// A step of a scale, 0 (pale) to 4 (strong).
    Step(u8),
    /// No figure.
    Missing,
}

const GAP: f64 = 4.0;

/// Draws the tiles.
#[must_use]
pub fn tiles(chart: &Tiles, look: Look) -> String {
    let columns = chart.tiles.iter().map(|tile| tile.column + 1).max().unwrap_or(1);
    let rows = chart.tiles.iter().map(|tile| tile.row + 1).max().unwrap_or(1);
    let (most, height) = match look.width {
        Width::Narrow => (120.0, 64.0),
        Width::Wide => (132.0, 76.0),
    };
    let width = ((look.width.units() + GAP) / f64::from(columns) - GAP).min(most);
    let total = f64::from(rows) * (height + GAP) - GAP;
    let links = HasLinks::any(chart.tiles.iter().map(|tile| &tile.href));
    let mut drawing = Drawing::new(&chart.frame, look, total, links);
    for tile in &chart.tiles {
        let x = f64::from(tile.column) * (width + GAP);
        let y = f64::from(tile.row) * (height + GAP);
        draw(&mut drawing, tile, Area::new(x, y, width, height));
    }
    drawing.finish()
}

fn draw(drawing: &mut Drawing, tile: &Tile, area: Area) {
    if let Some(href) = &tile.href {
        drawing.link(href);
    }
    drawing.group(&tile.label);
    let Area { x, y, width, height } = area;
    let corner = (x + width - 10.0, y + height - 12.0);
    match tile.fill {
        TileFill::Status(status) => {
            let paint = match status {
                Status::Met | Status::OnTrack => TILE_ON_TRACK,
                Status::Behind => TILE_BEHIND,
                Status::FarBehind => TILE_FAR_BEHIND,
                Status::NoData | Status::NotJudged => TINTS[0],
            };
            drawing.rectangle(paint, area);
            drawing.status(status, corner);
        }
        TileFill::Step(step) => {
            let strongest = TINTS.len() - 1;
            drawing.rectangle(TINTS[usize::from(step).min(strongest)], area);
        }
        TileFill::Missing => {
            // Hatched at the foot only, so that the name stays readable.
            drawing.rectangle(MISSING, Area::new(x + 0.5, y + 0.5, width - 1.0, height - 1.0));
            drawing.missing(Area::new(x + 0.5, y + height - 12.5, width - 1.0, 12.0));
        }
    }
    let small = width < 92.0;
    let paint = if small { NOTE } else { LABEL };
    let lines = wrapped(paint, &tile.label, width - 12.0, 2);
    drawing.lines(paint, Anchor::Start, (x + 7.0, y + 18.0), &lines);
    let below = y + 18.0 + position(lines.len()) * 18.0;
    drawing.text(VALUE, Anchor::Start, (x + 7.0, below.min(y + height - 8.0)), &tile.text);
    drawing.end();
    if tile.href.is_some() {
        drawing.end();
    }
}
