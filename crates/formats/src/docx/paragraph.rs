//! Paragraphs of a text document: a style, exceptions from it, and runs of words.

use super::package::Links;
use crate::document::Run;
use crate::markup::Markup;
use crate::measure::{text_width_twips, twips_of_mm};
use crate::profile::{Rule, Style, Weight};

/// Whether a paragraph stays on the page of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// It may stand alone.
    Free,
    /// It stays with the next one.
    WithNext,
}

/// Where a paragraph's words stand, when not where its style says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// The name of its style.
    pub(super) style: &'static str,
    /// Whether it stays with the next paragraph.
    pub(super) keep: Keep,
    /// `left`, `center` or `right`; otherwise as the style says.
    pub(super) align: Option<&'static str>,
    /// Bold makes every word bold, whatever the style says.
    pub(super) weight: Weight,
}

impl Layout {
    pub(super) fn of(style: &'static str) -> Self {
        Self { style, keep: Keep::Free, align: None, weight: Weight::Regular }
    }

    pub(super) fn with_next(self) -> Self {
        Self { keep: Keep::WithNext, ..self }
    }

    pub(super) fn aligned(self, align: &'static str) -> Self {
        Self { align: Some(align), ..self }
    }

    pub(super) fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    fn switches(self) -> &'static [&'static str] {
        match self.weight {
            Weight::Regular => &[],
            Weight::Bold => &["w:b"],
        }
    }
}

/// A paragraph of plain words; line breaks stay line breaks.
pub(super) fn words(out: &mut Markup, layout: Layout, text: &str) {
    open(out, layout);
    run(out, layout.switches(), text);
    out.close();
}

/// A paragraph of styled words and figures.
pub(super) fn runs(out: &mut Markup, links: &mut Links, layout: Layout, runs: &[Run]) {
    open(out, layout);
    let plain = layout.switches();
    for piece in runs {
        match piece {
            Run::Text(text) => run(out, plain, text),
            Run::Bold(text) => run(out, &["w:b"], text),
            Run::Italic(text) => run(out, &[plain, &["w:i"]].concat(), text),
            Run::Figure { text, id: _, href } => {
                match href.as_deref().and_then(|to| links.to(to)) {
                    Some(relation) => {
                        out.open("w:hyperlink", &[("r:id", &relation), ("w:history", "1")]);
                        run(out, plain, text);
                        out.close();
                    }
                    None => run(out, plain, text),
                }
            }
        }
    }
    out.close();
}

/// A run of words in its paragraph's style plus the given switches.
pub(super) fn run(out: &mut Markup, switches: &[&'static str], text: &str) {
    out.open("w:r", &[]);
    if !switches.is_empty() {
        out.open("w:rPr", &[]);
        for switch in switches {
            out.empty(switch, &[]);
        }
        out.close();
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.empty("w:br", &[]);
        }
        out.leaf("w:t", &[("xml:space", "preserve")], line);
    }
    out.close();
}

/// The rule under a text, as the upper border of a thin paragraph of the rule's length, or the sign
/// in its place.
pub(super) fn rule(out: &mut Markup, style: &Style, text: &str, width_twips: u32, keep: Keep) {
    let longest = text.split('\n').map(|line| text_width_twips(style, line)).max().unwrap_or(0);
    let length = match style.rule {
        Rule::None | Rule::Underline => return,
        Rule::Sign(sign) => {
            let layout = Layout { keep, ..Layout::of("HeadLine") };
            return words(out, layout, sign);
        }
        Rule::Full => longest.min(width_twips),
        Rule::Part => longest.min(width_twips) * 2 / 5,
    };
    let indent = ((width_twips - length) / 2).to_string();
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", "HeadLine")]);
    if keep == Keep::WithNext {
        out.empty("w:keepNext", &[]);
    }
    out.open("w:pBdr", &[]);
    out.empty("w:top", &line_border("6"));
    out.close();
    out.empty("w:spacing", &[("w:before", "40"), ("w:line", "60"), ("w:lineRule", "exact")]);
    out.empty("w:ind", &[("w:left", &indent), ("w:right", &indent)]);
    out.close();
    out.close();
}

/// A solid black border; the thickness is in eighths of a point.
pub(super) fn line_border(eighths: &str) -> [(&'static str, &str); 4] {
    [("w:val", "single"), ("w:sz", eighths), ("w:space", "0"), ("w:color", "000000")]
}

/// An almost invisible paragraph, for places where the format demands one.
pub(super) fn filler(out: &mut Markup, section: Option<&dyn Fn(&mut Markup)>) {
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    let spacing = [("w:before", "0"), ("w:after", "0"), ("w:line", "20"), ("w:lineRule", "exact")];
    out.empty("w:spacing", &spacing);
    out.open("w:rPr", &[]);
    out.empty("w:sz", &[("w:val", "2")]);
    out.close();
    if let Some(section) = section {
        section(out);
    }
    out.close();
    out.close();
}

/// An empty paragraph of a given height.
pub(super) fn space(out: &mut Markup, height_twips: u32) {
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", "HeadLine")]);
    out.empty("w:keepNext", &[]);
    let height = height_twips.to_string();
    out.empty("w:spacing", &[("w:line", &height), ("w:lineRule", "exact")]);
    out.close();
    out.close();
}

/// A picture in its own centred paragraph.
pub(super) fn picture(
    out: &mut Markup,
    layout: Layout,
    (number, relation): (usize, &str),
    (width_emu, height_emu): (u32, u32),
    description: &str,
) {
    let number = number.to_string();
    let name = format!("Picture {number}");
    let (width, height) = (width_emu.to_string(), height_emu.to_string());
    open(out, layout);
    out.open("w:r", &[]);
    out.open("w:drawing", &[]);
    out.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
    out.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
    out.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", description)]);
    out.open("a:graphic", &[]);
    out.open(
        "a:graphicData",
        &[("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")],
    );
    out.open("pic:pic", &[]);
    out.open("pic:nvPicPr", &[]);
    out.empty("pic:cNvPr", &[("id", &number), ("name", &name), ("descr", description)]);
    out.empty("pic:cNvPicPr", &[]);
    out.close();
    out.open("pic:blipFill", &[]);
    out.open("a:blip", &[("r:embed", relation)]);
    out.open("a:extLst", &[]);
    out.open("a:ext", &[("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")]);
    out.empty("asvg:svgBlip", &[("r:embed", relation)]);
    for _ in ["a:ext", "a:extLst", "a:blip"] {
        out.close();
    }
    out.open("a:stretch", &[]);
    out.empty("a:fillRect", &[]);
    out.close();
    out.close();
    out.open("pic:spPr", &[]);
    out.open("a:xfrm", &[]);
    out.empty("a:off", &[("x", "0"), ("y", "0")]);
    out.empty("a:ext", &[("cx", &width), ("cy", &height)]);
    out.close();
    out.open("a:prstGeom", &[("prst", "rect")]);
    out.empty("a:avLst", &[]);
    out.close();
    out.close();
    for _ in ["pic:pic", "a:graphicData", "a:graphic", "wp:inline", "w:drawing", "w:r", "w:p"] {
        out.close();
    }
}

fn open(out: &mut Markup, layout: Layout) {
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", layout.style)]);
    if layout.keep == Keep::WithNext {
        out.empty("w:keepNext", &[]);
    }
    if let Some(align) = layout.align {
        out.empty("w:jc", &[("w:val", align)]);
    }
    out.close();
}

/// The width of a part of the text block, in twips.
pub(super) fn share_of_mm(width_mm: u32, percent: u32) -> u32 {
    twips_of_mm(width_mm) * percent / 100
}
