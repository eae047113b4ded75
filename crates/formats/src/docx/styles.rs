//! The style sheet of a text document: every part of a profile as a named style.

use crate::document::Language;
use crate::markup::Markup;
use crate::measure::{twips_of_pt, twips_of_tenths_mm};
use crate::profile::{Profile, Rule, Slant, Style, Weight};

/// The namespace of text documents.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A named paragraph style; lengths in twips.
struct Named<'a> {
    name: &'static str,
    letters: &'a Style,
    align: &'static str,
    before: u32,
    after: u32,
    first_line: u32,
    left: u32,
    outline: Option<&'static str>,
    /// From line to line; none where lines follow their letters.
    line: Option<u32>,
}

/// `word/styles.xml`.
pub(super) fn sheet(profile: &Profile, language: Language) -> String {
    let mut out = Markup::default();
    out.open("w:styles", &[("xmlns:w", MAIN)]);
    defaults(&mut out, profile, language);
    out.open("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")]);
    out.empty("w:name", &[("w:val", "Normal")]);
    out.close();
    for named in styles(profile) {
        style(&mut out, &named);
    }
    out.close();
    out.finish()
}

fn defaults(out: &mut Markup, profile: &Profile, language: Language) {
    let font = profile.font;
    let size = (profile.styles.body.size_pt * 2).to_string();
    out.open("w:docDefaults", &[]);
    out.open("w:rPrDefault", &[]);
    out.open("w:rPr", &[]);
    let fonts = [("w:ascii", font), ("w:eastAsia", font), ("w:hAnsi", font), ("w:cs", font)];
    out.empty("w:rFonts", &fonts);
    out.empty("w:sz", &[("w:val", &size)]);
    out.empty("w:szCs", &[("w:val", &size)]);
    out.empty("w:lang", &[("w:val", language.tag()), ("w:eastAsia", language.tag())]);
    out.close();
    out.close();
    out.open("w:pPrDefault", &[]);
    out.open("w:pPr", &[]);
    let spacing = [("w:before", "0"), ("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")];
    out.empty("w:spacing", &spacing);
    out.close();
    out.close();
    out.close();
}

/// A style without any space or indent.
fn plain<'a>(name: &'static str, letters: &'a Style, align: &'static str) -> Named<'a> {
    Named {
        name,
        letters,
        align,
        before: 0,
        after: 0,
        first_line: 0,
        left: 0,
        outline: None,
        line: None,
    }
}

fn styles(profile: &Profile) -> Vec<Named<'_>> {
    let letters = &profile.styles;
    let gap = twips_of_pt(profile.paragraph_space_pt);
    let indent = twips_of_tenths_mm(profile.first_line_indent_tenths_mm);
    let line = profile.line_pt.map(twips_of_pt);
    let below = |name, letters| Named { before: gap, ..plain(name, letters, "center") };
    let heading = |name, level: usize, outline| Named {
        before: gap,
        after: gap,
        first_line: indent,
        outline: Some(outline),
        line,
        ..plain(name, &profile.headings[level].style, "both")
    };
    vec![
        Named { after: gap, first_line: indent, line, ..plain("BodyText", &letters.body, "both") },
        Named {
            after: gap,
            first_line: indent,
            line,
            ..plain("LegalBasis", &letters.legal_basis, "both")
        },
        heading("Heading1", 0, "0"),
        heading("Heading2", 1, "1"),
        heading("Heading3", 2, "2"),
        // Thin paragraphs that only carry a rule or a space.
        plain("HeadLine", &letters.body, "center"),
        plain("PageNumber", &letters.page_number, "center"),
        plain("NationalTitle", &letters.national_title, "center"),
        plain("Motto", &letters.motto, "center"),
        plain("ParentAgency", &letters.parent_agency, "center"),
        plain("Agency", &letters.agency, "center"),
        below("Number", &letters.number),
        below("LetterAbout", &letters.letter_about),
        below("PlaceDate", &letters.place_date),
        Named { before: gap * 3, ..plain("Kind", &letters.kind, "center") },
        plain("About", &letters.about, "center"),
        Named { after: gap, ..below("SingleAddressee", &letters.addressees) },
        Named {
            before: gap,
            after: gap,
            left: indent * 2,
            ..plain("Addressee", &letters.addressees, "left")
        },
        Named {
            after: gap,
            left: indent * 3,
            ..plain("AddresseeLine", &letters.addressees, "left")
        },
        Named { after: gap, ..below("Caption", &letters.caption) },
        Named { before: 30, after: 30, ..plain("TableText", &letters.table, "left") },
        Named { after: gap / 2, ..plain("TableMeasure", &letters.table_note, "right") },
        Named { before: gap / 2, after: gap, ..plain("TableSource", &letters.table_note, "left") },
        below("Picture", &letters.body),
        plain("Authority", &letters.authority, "center"),
        plain("Position", &letters.position, "center"),
        plain("Signer", &letters.signer, "center"),
        plain("RecipientsLabel", &letters.recipients_label, "left"),
        plain("Recipients", &letters.recipients, "left"),
        plain("AppendixLabel", &letters.appendix_label, "center"),
        Named { after: gap, ..plain("AppendixTitle", &letters.appendix_title, "center") },
        Named { after: gap, ..plain("AppendixReference", &letters.appendix_reference, "center") },
        plain("SampleMark", &letters.sample_mark, "center"),
    ]
}

fn style(out: &mut Markup, named: &Named<'_>) {
    out.open("w:style", &[("w:type", "paragraph"), ("w:styleId", named.name)]);
    let name = named.outline.map_or_else(
        || named.name.to_owned(),
        // Word knows its headings by these names.
        |_| named.name.to_lowercase().replace("heading", "heading "),
    );
    out.empty("w:name", &[("w:val", &name)]);
    out.empty("w:basedOn", &[("w:val", "Normal")]);
    out.empty("w:qFormat", &[]);
    out.open("w:pPr", &[]);
    if named.outline.is_some() {
        out.empty("w:keepNext", &[]);
        out.empty("w:keepLines", &[]);
    }
    let (before, after) = (named.before.to_string(), named.after.to_string());
    let line = named.line.map(|line| line.to_string());
    let mut spacing = vec![("w:before", before.as_str()), ("w:after", &after)];
    if let Some(line) = &line {
        spacing.extend([("w:line", line.as_str()), ("w:lineRule", "exact")]);
    }
    out.empty("w:spacing", &spacing);
    if named.first_line > 0 || named.left > 0 {
        let (first_line, left) = (named.first_line.to_string(), named.left.to_string());
        out.empty("w:ind", &[("w:left", &left), ("w:firstLine", &first_line)]);
    }
    out.empty("w:jc", &[("w:val", named.align)]);
    if let Some(outline) = named.outline {
        out.empty("w:outlineLvl", &[("w:val", outline)]);
    }
    out.close();
    letters(out, named.letters);
    out.close();
}

fn letters(out: &mut Markup, style: &Style) {
    let size = (style.size_pt * 2).to_string();
    out.open("w:rPr", &[]);
    if style.weight == Weight::Bold {
        out.empty("w:b", &[]);
        out.empty("w:bCs", &[]);
    }
    if style.slant == Slant::Italic {
        out.empty("w:i", &[]);
        out.empty("w:iCs", &[]);
    }
    out.empty("w:sz", &[("w:val", &size)]);
    out.empty("w:szCs", &[("w:val", &size)]);
    if style.rule == Rule::Underline {
        out.empty("w:u", &[("w:val", "single")]);
    }
    out.close();
}
