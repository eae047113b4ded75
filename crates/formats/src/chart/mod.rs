//! Charts as SVG: a small grammar in which the numbers are the picture.
//!
//! Input is plain: positions as numbers, words already in their language and form. A chart draws
//! no title of its own beyond the one that screen readers read; the page or document around it
//! carries the finding, the measure and the source.

mod bars;
mod bullet;
mod dots;
mod line;
mod panels;
mod strip;
mod tiles;

pub use self::bars::{BarRow, Bars, bars};
pub use self::bullet::{Bullet, BulletKey, BulletRow, bullet};
pub use self::dots::{DotRow, Dots, dots};
pub use self::line::{LineChart, Point, PointState, Series, Trajectory, line};
pub use self::panels::{Panel, Panels, panels};
pub use self::strip::{Strip, StripCell, StripKey, StripRow, StripState, strip};
pub use self::tiles::{Tile, TileFill, Tiles, tiles};

use crate::svg::paint::{FONTS, Ink, PAINTS};

/// What is said about a chart to those who cannot see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// A name unique in the page, of letters, digits and hyphens.
    pub id: String,
    /// The finding.
    pub title: String,
    /// What is measured, about which span, and the main values.
    pub description: String,
}

/// Where a chart will be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// In a page that brings [`style`], or on its own.
    pub target: Target,
    /// For a phone or for paper and desktop.
    pub width: Width,
}

/// Who brings the colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// The page: shapes carry classes only, so no inline style is needed.
    Page,
    /// The drawing itself: shapes carry plain attributes, understood by office programs.
    Standalone,
}

/// The layout of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// For a phone: labels above, fewer ticks.
    Narrow,
    /// For paper and desktop: labels beside.
    Wide,
}

impl Width {
    pub(crate) fn units(self) -> f64 {
        match self {
            Self::Narrow => 328.0,
            Self::Wide => 720.0,
        }
    }

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Narrow => "narrow",
            Self::Wide => "wide",
        }
    }
}

/// How something stands. Each has a shape of its own, so that colour is never alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The target is reached.
    Met,
    /// As planned.
    OnTrack,
    /// Behind the plan.
    Behind,
    /// Far behind the plan.
    FarBehind,
    /// Nothing to judge by.
    NoData,
    /// Counted, never judged.
    NotJudged,
}

/// Even, round ticks that span the values, at most `most` steps apart.
#[must_use]
pub fn ticks(low: f64, high: f64, most: u8) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 || most == 0 {
        return vec![low, low + 1.0];
    }
    let rough = span / f64::from(most);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step >= rough * 0.999_999)
        .unwrap_or(10.0 * power);
    let first = (low / step).floor();
    let mut ticks = Vec::new();
    for index in 0..=u32::from(most) + 1 {
        let tick = (first + f64::from(index)) * step;
        ticks.push(tick);
        if tick >= high - step * 0.000_001 {
            break;
        }
    }
    ticks
}

/// The style sheet of charts in a page, in light, dark and print. A page may set the colours
/// itself through `--chart-ink`, `--chart-grey`, `--chart-accent` and so on.
#[must_use]
pub fn style() -> String {
    let mut css = String::new();
    let colours = |dark: bool| {
        let colours = Ink::COLOURS.map(|ink| {
            let (name, light_colour, dark_colour) = ink.property();
            let colour = if dark { dark_colour } else { light_colour };
            format!("{name}-default:{colour}")
        });
        colours.join(";")
    };
    css.push_str(&format!(":root{{{}}}\n", colours(false)));
    css.push_str(&format!(
        "@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
        colours(true)
    ));
    css.push_str(&format!(
        ".chart{{display:block;width:100%;height:auto;font-family:{FONTS};\
         font-variant-numeric:tabular-nums}}\n\
         .chart-narrow{{max-width:26rem}}.chart-wide{{max-width:45rem}}\n\
         .chart-pair .chart-narrow{{display:none}}\n\
         @media screen and (max-width:40rem){{.chart-pair .chart-narrow{{display:block}}\
         .chart-pair .chart-wide{{display:none}}}}\n\
         .chart a{{text-decoration:none}}.chart a:hover .c-label,\
         .chart a:focus-visible .c-label{{text-decoration:underline}}\n"
    ));
    for paint in PAINTS {
        let mut declarations = vec![format!("fill:{}", value(paint.fill))];
        if paint.stroke != Ink::None {
            declarations.push(format!("stroke:{}", value(paint.stroke)));
        }
        declarations.extend(paint.rest.iter().map(|(name, value)| format!("{name}:{value}")));
        css.push_str(&format!(".{}{{{}}}\n", paint.class, declarations.join(";")));
    }
    css
}

fn value(ink: Ink) -> String {
    match ink.property() {
        ("", none, _) => none.to_owned(),
        (name, _, _) => format!("var({name},var({name}-default))"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_span_the_values() {
        let cases: [(f64, f64, u8, &[f64]); 6] = [
            (0.0, 152.0, 4, &[0.0, 50.0, 100.0, 150.0, 200.0]),
            (0.0, 100.0, 5, &[0.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
            (0.0, 7.0, 4, &[0.0, 2.0, 4.0, 6.0, 8.0]),
            (-3.0, 4.0, 4, &[-4.0, -2.0, 0.0, 2.0, 4.0]),
            (5.0, 5.0, 4, &[5.0, 6.0]),
            (0.0, f64::NAN, 4, &[0.0, 1.0]),
        ];
        for (low, high, most, expected) in cases {
            let found = ticks(low, high, most);
            let equal = found.len() == expected.len()
                && found.iter().zip(expected).all(|(left, right)| (left - right).abs() < 1e-9);
            assert!(equal, "{low}..{high}: {found:?}");
        }
    }
}
