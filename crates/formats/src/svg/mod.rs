//! Drawing SVG: shapes and words in named paints, for a page or to stand alone.

pub(crate) mod paint;
pub(crate) mod words;

use self::paint::{BEHIND, CHECK, FAR_BEHIND, FONTS, HATCH, Ink, MISSING, ON_TRACK, Paint};
use self::words::LINE_HEIGHT;
use crate::chart::{Frame, Look, Status, Target};
use crate::markup::Markup;

/// Where a text is anchored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Area {
    pub(crate) fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { x, y, width: width.max(0.0), height: height.max(0.0) }
    }
}

/// A drawing under construction.
pub(crate) struct Drawing {
    out: Markup,
    target: Target,
    hatch: String,
}

impl Drawing {
    /// Opens a drawing with its name and description for those who cannot see it.
    pub(crate) fn new(frame: &Frame, look: Look, height: f64, has_links: HasLinks) -> Self {
        let width = look.width.units();
        let id = format!("{}-{}", frame.id, look.width.code());
        let (title, description) = (format!("{id}-title"), format!("{id}-description"));
        let view_box = format!("0 0 {} {}", number(width), number(height));
        let class = format!("chart chart-{}", look.width.code());
        let labelled_by = format!("{title} {description}");
        // Links inside a picture could not be reached; a group keeps them.
        let role = if has_links == HasLinks::Yes { "group" } else { "img" };
        let (width, height) = (number(width), number(height));
        let mut out = Markup::default();
        let mut attributes = vec![
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("viewBox", view_box.as_str()),
            ("role", role),
            ("aria-labelledby", &labelled_by),
        ];
        match look.target {
            Target::Page => attributes.push(("class", &class)),
            Target::Standalone => attributes.extend([
                ("width", width.as_str()),
                ("height", height.as_str()),
                ("font-family", FONTS),
            ]),
        }
        out.open("svg", &attributes);
        out.leaf("title", &[("id", &title)], &frame.title);
        out.leaf("desc", &[("id", &description)], &frame.description);
        let hatch = format!("{id}-hatch");
        let mut drawing = Self { out, target: look.target, hatch };
        drawing.define_hatch();
        drawing
    }

    pub(crate) fn finish(mut self) -> String {
        self.out.close();
        self.out.finish()
    }

    fn define_hatch(&mut self) {
        let id = self.hatch.clone();
        self.out.open("defs", &[]);
        self.out.open(
            "pattern",
            &[
                ("id", &id),
                ("width", "4"),
                ("height", "4"),
                ("patternUnits", "userSpaceOnUse"),
                ("patternTransform", "rotate(45)"),
            ],
        );
        self.shape("path", HATCH, &[("d", "M0 0V4")]);
        self.out.close();
        self.out.close();
    }

    /// Everything until [`Self::end`] leads to an address.
    pub(crate) fn link(&mut self, href: &str) {
        self.out.open("a", &[("href", href)]);
    }

    /// Everything until [`Self::end`] shows these words when touched.
    pub(crate) fn group(&mut self, words: &str) {
        self.out.open("g", &[]);
        if !words.is_empty() {
            self.out.leaf("title", &[], words);
        }
    }

    pub(crate) fn end(&mut self) {
        self.out.close();
    }

    pub(crate) fn line(&mut self, paint: Paint, from: (f64, f64), to: (f64, f64)) {
        let places = [from.0, from.1, to.0, to.1].map(number);
        let [x1, y1, x2, y2] = &places;
        self.shape("line", paint, &[("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)]);
    }

    pub(crate) fn rectangle(&mut self, paint: Paint, area: Area) {
        let places = [area.x, area.y, area.width, area.height].map(number);
        let [x, y, width, height] = &places;
        self.shape("rect", paint, &[("x", x), ("y", y), ("width", width), ("height", height)]);
    }

    pub(crate) fn circle(&mut self, paint: Paint, centre: (f64, f64), radius: f64) {
        let places = [centre.0, centre.1, radius].map(number);
        let [x, y, r] = &places;
        self.shape("circle", paint, &[("cx", x), ("cy", y), ("r", r)]);
    }

    /// A line through points, or a filled shape when the path is closed by `Z`.
    pub(crate) fn path(&mut self, paint: Paint, points: &[(f64, f64)], end: &str) {
        let mut path = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            path.push(if index == 0 { 'M' } else { 'L' });
            path.push_str(&number(*x));
            path.push(' ');
            path.push_str(&number(*y));
        }
        path.push_str(end);
        self.shape("path", paint, &[("d", &path)]);
    }

    /// The hatched area that stands for a figure that is not there.
    pub(crate) fn missing(&mut self, area: Area) {
        let places = [area.x, area.y, area.width, area.height].map(number);
        let [x, y, width, height] = &places;
        let fill = format!("url(#{})", self.hatch);
        let place = [("x", x.as_str()), ("y", y), ("width", width), ("height", height)];
        let mut attributes = place.to_vec();
        attributes.push(("fill", fill.as_str()));
        self.out.empty("rect", &attributes);
        self.rectangle(MISSING, area);
    }

    /// The mark of a status, ● ▲ ■ ○ drawn as shapes, about 10 units wide.
    pub(crate) fn status(&mut self, status: Status, (x, y): (f64, f64)) {
        match status {
            Status::Met => {
                self.circle(ON_TRACK, (x, y), 5.5);
                self.path(CHECK, &[(x - 2.5, y), (x - 0.5, y + 2.0), (x + 2.75, y - 2.0)], "");
            }
            Status::OnTrack => self.circle(ON_TRACK, (x, y), 5.0),
            Status::Behind => {
                self.path(BEHIND, &[(x, y - 5.5), (x + 6.0, y + 4.5), (x - 6.0, y + 4.5)], "Z");
            }
            Status::FarBehind => {
                self.rectangle(FAR_BEHIND, Area::new(x - 4.5, y - 4.5, 9.0, 9.0));
            }
            Status::NoData => self.circle(MISSING, (x, y), 4.5),
            Status::NotJudged => {}
        }
    }

    pub(crate) fn text(&mut self, paint: Paint, anchor: Anchor, (x, y): (f64, f64), text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (x, y) = (number(x), number(y));
        let mut attributes = vec![("x", x.as_str()), ("y", y.as_str())];
        if anchor != "start" {
            attributes.push(("text-anchor", anchor));
        }
        let attributes = self.painted(paint, &attributes);
        let borrowed: Vec<(&str, &str)> =
            attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.out.leaf("text", &borrowed, text);
    }

    /// Lines of words, one below the other, from the first baseline.
    pub(crate) fn lines(
        &mut self,
        paint: Paint,
        anchor: Anchor,
        (x, y): (f64, f64),
        lines: &[String],
    ) {
        let mut baseline = y;
        for line in lines {
            self.text(paint, anchor, (x, baseline), line);
            baseline += LINE_HEIGHT;
        }
    }

    fn shape(&mut self, name: &'static str, paint: Paint, attributes: &[(&'static str, &str)]) {
        let attributes = self.painted(paint, attributes);
        let borrowed: Vec<(&str, &str)> =
            attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.out.empty(name, &borrowed);
    }

    /// The attributes with those of the paint.
    fn painted<'a>(&self, paint: Paint, attributes: &[(&'a str, &str)]) -> Vec<(&'a str, String)> {
        let mut painted: Vec<(&str, String)> =
            attributes.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        match self.target {
            Target::Page => painted.push(("class", paint.class.to_owned())),
            Target::Standalone => {
                // Black is what SVG fills with when told nothing, so "none" has to be said.
                painted.push(("fill", paint.fill.property().1.to_owned()));
                if paint.stroke != Ink::None {
                    painted.push(("stroke", paint.stroke.property().1.to_owned()));
                }
                painted.extend(paint.rest.iter().map(|(name, value)| (*name, (*value).to_owned())));
            }
        }
        painted
    }
}

/// Whether a drawing contains links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HasLinks {
    Yes,
    No,
}

impl HasLinks {
    pub(crate) fn any<'a>(mut links: impl Iterator<Item = &'a Option<String>>) -> Self {
        if links.any(Option::is_some) { Self::Yes } else { Self::No }
    }
}

/// A coordinate with at most two decimals, written the same everywhere.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_written_short_and_without_surprises() {
        let cases = [
            (0.0, "0"),
            (-0.001, "0"),
            (1.0, "1"),
            (1.5, "1.5"),
            (100.0, "100"),
            (2.0 / 3.0, "0.67"),
            (-12.345_6, "-12.35"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text, "{value}");
        }
    }
}
