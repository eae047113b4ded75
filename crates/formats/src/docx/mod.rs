//! Documents as DOCX files: our own small writer, one zip of a few XML parts.

mod head;
mod package;
mod paragraph;
mod styles;
mod table;

use self::package::Links;
use self::paragraph::Layout;
use crate::document::{
    Appendix, Block, Document, DocumentError, HeadingCounter, Level, Orientation, Picture,
    appendix_label, cased, check, list_lines, with_end_mark,
};
use crate::markup::Markup;
use crate::measure::{balanced, emu_of_mm, twips_of_mm};
use crate::profile::Profile;

/// Renders a document in the layout of a profile. The same document gives the same bytes.
///
/// # Errors
/// A table whose rows do not fit its columns; a package that cannot be written.
pub fn render(document: &Document, profile: &Profile) -> Result<Vec<u8>, DocumentError> {
    check(document)?;
    let mut links = Links::default();
    let text = text(document, profile, &mut links)?;
    let styles = styles::sheet(profile, document.language);
    let parts = package::parts(
        text,
        styles,
        &document.properties,
        document.language,
        document.sample_mark.as_deref(),
        &links,
    );
    package::pack(&parts)
}

/// `word/document.xml`.
fn text(
    document: &Document,
    profile: &Profile,
    links: &mut Links,
) -> Result<String, DocumentError> {
    let mut out = Markup::default();
    out.open("w:document", &NAMESPACES);
    out.open("w:body", &[]);
    head::letterhead(&mut out, document, profile);
    head::title(&mut out, document, profile);
    head::addressees(&mut out, document, profile);
    for line in list_lines(profile.legal_basis_mark, &document.legal_basis) {
        paragraph::words(&mut out, Layout::of("LegalBasis"), &line);
    }
    let mut writer = Writer { out, links, profile, tables: 0, pictures: 0 };
    let body = with_end_mark(&document.body, profile.end_mark);
    // A signature never stands on a page without a line of the text it signs.
    match body.split_last() {
        Some((Block::Paragraph(last), before)) => {
            writer.blocks(before, Orientation::Portrait)?;
            let layout = Layout::of("BodyText").with_next();
            paragraph::runs(&mut writer.out, writer.links, layout, last);
        }
        Some(_) | None => writer.blocks(&body, Orientation::Portrait)?,
    }
    head::closing(&mut writer.out, document, profile);
    let mut orientation = Orientation::Portrait;
    for (index, appendix) in document.appendices.iter().enumerate() {
        // A section is described where it ends: in its last paragraph.
        let ended = orientation;
        paragraph::filler(&mut writer.out, Some(&|out| section(out, profile, ended)));
        orientation = appendix.orientation;
        writer.appendix(appendix, &appendix_label(document, profile, index))?;
    }
    let mut out = writer.out;
    paragraph::filler(&mut out, None);
    section(&mut out, profile, orientation);
    out.close();
    out.close();
    Ok(out.finish())
}

const NAMESPACES: [(&str, &str); 6] = [
    ("xmlns:w", styles::MAIN),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("xmlns:asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main"),
];

/// Writes blocks, counting what is numbered.
struct Writer<'a> {
    out: Markup,
    links: &'a mut Links,
    profile: &'a Profile,
    tables: usize,
    pictures: usize,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], orientation: Orientation) -> Result<(), DocumentError> {
        let mut headings = HeadingCounter::default();
        for block in blocks {
            match block {
                Block::Heading { level, text } => {
                    let style = match level {
                        Level::One => "Heading1",
                        Level::Two => "Heading2",
                        Level::Three => "Heading3",
                    };
                    let text = headings.next(self.profile, *level, text);
                    paragraph::words(&mut self.out, Layout::of(style), &text);
                }
                Block::Paragraph(runs) => {
                    paragraph::runs(&mut self.out, self.links, Layout::of("BodyText"), runs);
                }
                Block::Table(table) => {
                    self.tables += 1;
                    let numbered = (self.tables, table);
                    table::table(&mut self.out, self.links, self.profile, orientation, numbered)?;
                }
                Block::Picture(picture) => self.picture(picture),
            }
        }
        Ok(())
    }

    fn picture(&mut self, picture: &Picture) {
        self.pictures += 1;
        let relation = self.links.picture(&picture.svg);
        let size = (emu_of_mm(picture.width_mm), emu_of_mm(picture.height_mm));
        let layout = match picture.caption {
            Some(_) => Layout::of("Picture").with_next(),
            None => Layout::of("Picture"),
        };
        let numbered = (self.pictures, relation.as_str());
        paragraph::picture(&mut self.out, layout, numbered, size, &picture.description);
        if let Some(caption) = &picture.caption {
            paragraph::words(&mut self.out, Layout::of("Caption"), caption);
        }
    }

    fn appendix(&mut self, appendix: &Appendix, label: &str) -> Result<(), DocumentError> {
        let styles = &self.profile.styles;
        paragraph::words(&mut self.out, Layout::of("AppendixLabel").with_next(), label);
        let width = twips_of_mm(self.profile.text_width_mm(appendix.orientation));
        let title = cased(&styles.appendix_title, &appendix.title);
        let title = balanced(&styles.appendix_title, &title, width);
        paragraph::words(&mut self.out, Layout::of("AppendixTitle").with_next(), &title);
        if let Some(reference) = &appendix.reference {
            let layout = Layout::of("AppendixReference").with_next();
            let reference = balanced(&styles.appendix_reference, reference, width);
            paragraph::words(&mut self.out, layout, &reference);
        }
        self.blocks(&appendix.blocks, appendix.orientation)
    }
}

/// The page of a section: its size, margins and numbering from 1, hidden on its first page.
fn section(out: &mut Markup, profile: &Profile, orientation: Orientation) {
    let page = &profile.page;
    let (width, height) = page.turned(orientation);
    let (width, height) = (twips_of_mm(width).to_string(), twips_of_mm(height).to_string());
    let top = twips_of_mm(page.margin_top_mm);
    let bottom = twips_of_mm(page.margin_bottom_mm);
    out.open("w:sectPr", &[]);
    for (name, kind, relation) in [
        ("w:headerReference", "first", package::FIRST_PAGE_HEADER),
        ("w:headerReference", "default", package::HEADER),
        ("w:footerReference", "first", package::FOOTER),
        ("w:footerReference", "default", package::FOOTER),
    ] {
        out.empty(name, &[("w:type", kind), ("r:id", relation)]);
    }
    out.empty("w:type", &[("w:val", "nextPage")]);
    let turned = match orientation {
        Orientation::Portrait => "portrait",
        Orientation::Landscape => "landscape",
    };
    out.empty("w:pgSz", &[("w:w", &width), ("w:h", &height), ("w:orient", turned)]);
    out.empty(
        "w:pgMar",
        &[
            ("w:top", &top.to_string()),
            ("w:right", &twips_of_mm(page.margin_right_mm).to_string()),
            ("w:bottom", &bottom.to_string()),
            ("w:left", &twips_of_mm(page.margin_left_mm).to_string()),
            // The page number stands in the middle of the top margin, the sample mark of the
            // bottom margin.
            ("w:header", &(top / 2).to_string()),
            ("w:footer", &(bottom / 2).to_string()),
            ("w:gutter", "0"),
        ],
    );
    out.empty("w:pgNumType", &[("w:start", "1")]);
    out.empty("w:titlePg", &[]);
    out.close();
}
