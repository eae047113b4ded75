//! The style sheet of documents in HTML, made from a profile, for screen and paper.

use crate::document::{Document, Orientation};
use crate::profile::{Heading, Profile, Rule, Slant, Style, Weight};

/// The style sheet of a document, for screen and paper. On paper each appendix counts its pages
/// from 1, and the sample mark stands in every page's lower margin.
#[must_use]
pub fn style(document: &Document, profile: &Profile) -> String {
    let page = &profile.page;
    let margins = format!(
        "{}mm {}mm {}mm {}mm",
        page.margin_top_mm, page.margin_right_mm, page.margin_bottom_mm, page.margin_left_mm
    );
    let (width, left) = (page.width_mm, profile.head_left_percent);
    let (landscape_width, _) = page.turned(Orientation::Landscape);
    let right = 100 - left;
    let indent = profile.first_line_indent_tenths_mm;
    let indent = format!("{}.{}mm", indent / 10, indent % 10);
    let gap = profile.paragraph_space_pt;
    let space = profile.signature_space_pt;
    let font = profile.font;
    let mut css = format!(
        ".document{{font-family:\"{font}\",\"Liberation Serif\",Tinos,serif;color:#000;\
         line-height:1.25;font-variant-numeric:lining-nums}}\n\
         .document p,.document ul,.document figure,.document h1,.document h2,.document h3,\
         .document h4{{margin:0;padding:0;list-style:none}}\n\
         .document .sheet{{box-sizing:border-box;background:#fff;max-width:{width}mm;\
         margin:0 auto 8mm;padding:{margins};position:relative}}\n\
         .document .landscape{{max-width:{landscape_width}mm}}\n\
         .document .letterhead{{display:grid;grid-template-columns:{left}fr {right}fr;\
         row-gap:{gap}pt;text-align:center}}\n\
         .document .about,.document h2,.document h3,.document h4{{text-wrap:balance}}\n\
         .document .ruled{{display:inline-block;padding-bottom:3pt}}\n\
         .document .ruled::after{{content:\"\";display:block;margin:2pt auto 0;\
         border-top:.75pt solid}}\n\
         .document .kind,.document .about,.document .addressee,.document .appendix-title,\
         .document .appendix-reference{{text-align:center}}\n\
         .document .kind{{margin-top:18pt}}.document .about{{margin-bottom:{gap}pt}}\n\
         .document .addressee,.document .addressees-label,.document .addressees{{\
         margin:{gap}pt 0}}\n\
         .document .addressees-label{{margin-left:25mm}}\
         .document .addressees{{margin-left:38mm}}\n\
         .document .text,.document .legal-basis{{text-align:justify;text-indent:{indent};\
         margin-bottom:{gap}pt}}\n\
         .document .sheet>h2:not(.appendix-title),.document h3,.document h4{{text-indent:{indent};\
         margin:{gap}pt 0;break-after:avoid}}\n\
         .document .table,.document .picture{{margin:{gap}pt 0}}\n\
         .document table{{border-collapse:collapse;width:100%}}\n\
         .document caption{{padding-bottom:3pt;text-align:center}}\
         .document caption .measure{{display:block}}\n\
         .document th,.document td{{border:.5pt solid #000;padding:1.5pt 3.5pt}}\n\
         .document th,.document .total td{{font-weight:bold}}\
         .document .left{{text-align:left}}.document .centre{{text-align:center}}\
         .document .right{{text-align:right;font-variant-numeric:lining-nums tabular-nums}}\n\
         .document .measure{{text-align:right}}.document .source{{padding-top:3pt}}\n\
         .document .picture{{text-align:center}}.document .picture svg{{max-width:100%;\
         height:auto}}\n\
         .document .closing{{display:grid;grid-template-columns:1fr 1fr;margin-top:{gap}pt;\
         break-inside:avoid}}\n\
         .document .signature{{text-align:center}}.document .signer{{margin-top:{space}pt}}\n\
         .document .appendix-label{{display:block}}\
         .document .appendix-title{{margin-bottom:{gap}pt}}\
         .document .appendix-reference{{margin-bottom:{gap}pt}}\n\
         .document a.figure{{color:inherit;text-decoration:underline dotted #666;\
         text-decoration-thickness:1px;text-underline-offset:.2em}}\n\
         .document a.figure:hover,.document a.figure:focus-visible{{\
         text-decoration:underline solid}}\n\
         .document .sample-mark{{position:absolute;bottom:8mm;left:0;right:0;\
         text-align:center}}\n"
    );
    letters(&mut css, profile);
    narrow(&mut css);
    paper(&mut css, document, profile, &margins);
    css
}

/// The letters of each part.
fn letters(css: &mut String, profile: &Profile) {
    let styles = &profile.styles;
    let [first, second, third]: &[Heading; 3] = &profile.headings;
    let parts = [
        ("", &styles.body),
        (".national-title", &styles.national_title),
        (".motto", &styles.motto),
        (".parent-agency", &styles.parent_agency),
        (".agency", &styles.agency),
        (".number", &styles.number),
        (".letter-about", &styles.letter_about),
        (".place-date", &styles.place_date),
        (".kind", &styles.kind),
        (".about", &styles.about),
        (".addressee", &styles.addressees),
        (".legal-basis", &styles.legal_basis),
        ("h2", &first.style),
        ("h3", &second.style),
        ("h4", &third.style),
        ("caption", &styles.caption),
        ("figcaption", &styles.caption),
        ("table", &styles.table),
        (".measure", &styles.table_note),
        (".source", &styles.table_note),
        (".authority", &styles.authority),
        (".position", &styles.position),
        (".signer", &styles.signer),
        (".recipients-label", &styles.recipients_label),
        (".recipients li", &styles.recipients),
        (".appendix-label", &styles.appendix_label),
        (".appendix-title", &styles.appendix_title),
        (".appendix-reference", &styles.appendix_reference),
        (".sample-mark", &styles.sample_mark),
    ];
    for (selector, style) in parts {
        let separator = if selector.is_empty() { "" } else { " " };
        css.push_str(&format!(".document{separator}{selector}{{{}}}\n", font(style)));
        let width = match style.rule {
            Rule::None | Rule::Underline => continue,
            Rule::Sign(sign) => {
                css.push_str(&format!(
                    ".document {selector} .ruled::after{{content:\"{sign}\";border:0;margin:0}}\n"
                ));
                continue;
            }
            Rule::Full => 100,
            Rule::Part => 40,
        };
        css.push_str(&format!(".document {selector} .ruled::after{{width:{width}%}}\n"));
    }
    if let Some(line) = profile.line_pt {
        css.push_str(&format!(
            ".document .text,.document .legal-basis,.document .sheet>h2:not(.appendix-title),\
             .document h3,.document h4{{line-height:{line}pt}}\n"
        ));
    }
}

fn font(style: &Style) -> String {
    let weight = match style.weight {
        Weight::Regular => "normal",
        Weight::Bold => "bold",
    };
    let slant = match style.slant {
        Slant::Upright => "normal",
        Slant::Italic => "italic",
    };
    let line = match style.rule {
        Rule::None | Rule::Full | Rule::Part | Rule::Sign(_) => "",
        Rule::Underline => ";text-decoration:underline",
    };
    format!("font-size:{}pt;font-weight:{weight};font-style:{slant}{line}", style.size_pt)
}

/// On a phone the margins of paper would leave no room for the text.
fn narrow(css: &mut String) {
    css.push_str(
        "@media screen and (max-width:50rem){\
         .document .sheet{padding:16px 16px 40px}\
         .document .letterhead{grid-template-columns:1fr;row-gap:2pt}\
         .document .country{grid-row:1;margin-bottom:8pt}\
         .document .closing{grid-template-columns:1fr}.document .signature{grid-row:1}\
         .document .signer{margin-top:24pt}\
         .document .table{overflow-x:auto}\
         .document .text{text-align:left}}\n\
         @media screen{.document-page{margin:0;background:#eee}}\n",
    );
}

/// Sheets, page numbers from the second page of each part, and the sample mark in the margin.
fn paper(css: &mut String, document: &Document, profile: &Profile, margins: &str) {
    let page = &profile.page;
    let number = profile.styles.page_number.size_pt;
    let family = format!("font-family:\"{}\",\"Liberation Serif\",Tinos,serif", profile.font);
    let mark = document.sample_mark.as_deref().map_or_else(String::new, |mark| {
        let letters = font(&profile.styles.sample_mark);
        format!("@bottom-center{{content:\"{}\";{family};{letters}}}", css_string(mark))
    });
    // The first page of each part carries no number: the style writes 1 as nothing.
    css.push_str(&format!(
        "@counter-style from-two{{system:fixed;symbols:\"\";fallback:decimal}}\n\
         @page{{size:{}mm {}mm;margin:{margins};\
         @top-center{{content:counter(page,from-two);{family};font-size:{number}pt}}{mark}}}\n",
        page.width_mm, page.height_mm
    ));
    for (index, appendix) in document.appendices.iter().enumerate() {
        let name = format!("appendix-{}", index + 1);
        let (width, height) = page.turned(appendix.orientation);
        css.push_str(&format!(
            "@page {name}{{size:{width}mm {height}mm;counter-increment:{name};\
             @top-center{{content:counter({name},from-two)}}}}\n\
             @media print{{.document .{name}{{page:{name}}}}}\n"
        ));
    }
    // Half of a table's outer lines stands outside it, where the page would cut them off.
    css.push_str(
        "@media print{\
         .document-page{margin:0;background:none}\
         .document .sheet{margin:0;padding:0;max-width:none}\
         .document .sample-mark{display:none}\
         .document .appendix{break-before:page}\
         .document thead{display:table-header-group}\
         .document tr{break-inside:avoid}\
         .document .table{padding:0 1px}\
         .document .text:has(+.closing){break-after:avoid}\
         .document a.figure{text-decoration:none}}\n",
    );
}

/// A text inside a CSS string that may stand in a `<style>` element.
fn css_string(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '"' | '\\' | '<' | '>' | '\u{0}'..='\u{1F}' => {
                out.push_str(&format!("\\{:x} ", u32::from(character)));
            }
            _ => out.push(character),
        }
    }
    out
}
