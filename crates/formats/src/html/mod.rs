//! Documents as print-ready HTML: the same layout as on paper, with figures that lead to their source.

mod style;

pub use self::style::style;

use crate::document::{
    Align, Block, Document, DocumentError, HeaderPlace, HeadingCounter, Level, Orientation,
    Picture, RowKind, Run, Table, appendix_label, cased, check, header_grid, list_lines,
    with_end_mark,
};
use crate::markup::Markup;
use crate::measure::{balanced, twips_of_mm};
use crate::profile::Profile;

/// A whole page with its style sheet inside, for a file that stands alone.
///
/// # Errors
/// A table whose rows do not fit its columns.
pub fn page(document: &Document, profile: &Profile) -> Result<String, DocumentError> {
    let article = fragment(document, profile)?;
    let mut out = Markup::default();
    out.raw("<!DOCTYPE html>\n");
    out.open("html", &[("lang", language(document))]);
    out.open("head", &[]);
    out.empty("meta", &[("charset", "utf-8")]);
    out.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    out.leaf("title", &[], &document.properties.title);
    out.open("style", &[]);
    out.raw(&style(document, profile));
    out.close();
    out.close();
    out.open("body", &[("class", "document-page")]);
    out.open("main", &[]);
    out.raw(&article);
    out.close();
    out.close();
    out.close();
    let mut text = out.finish();
    text.push('\n');
    Ok(text)
}

/// The document alone, to stand in a page that brings [`style`] itself.
///
/// # Errors
/// A table whose rows do not fit its columns.
pub fn fragment(document: &Document, profile: &Profile) -> Result<String, DocumentError> {
    check(document)?;
    let mut writer = Writer { out: Markup::default(), profile, tables: 0 };
    let class = format!("document document-{}", profile.code);
    writer.out.open("article", &[("class", &class), ("lang", language(document))]);
    writer.out.open("section", &[("class", "sheet")]);
    sample_mark(&mut writer.out, document);
    letterhead(&mut writer.out, document, profile);
    title(&mut writer.out, document, profile);
    writer.blocks(&with_end_mark(&document.body, profile.end_mark))?;
    closing(&mut writer.out, document, profile);
    writer.out.close();
    for index in 0..document.appendices.len() {
        writer.appendix(document, index)?;
    }
    writer.out.close();
    Ok(writer.out.finish())
}

fn language(document: &Document) -> &'static str {
    document.language.tag().split('-').next().unwrap_or_default()
}

/// On screen each sheet shows the mark; on paper the page margins do.
fn sample_mark(out: &mut Markup, document: &Document) {
    if let Some(mark) = &document.sample_mark {
        out.leaf("p", &[("class", "sample-mark")], mark);
    }
}

fn paragraph(out: &mut Markup, class: &str, text: &str) {
    out.open("p", &[("class", class)]);
    lines(out, text);
    out.close();
}

fn lines(out: &mut Markup, text: &str) {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.empty("br", &[]);
        }
        out.words(line);
    }
}

/// A text with the rule its style asks for, as long as the text or a part of it.
fn ruled(out: &mut Markup, class: &str, text: &str) {
    out.open("p", &[("class", class)]);
    out.open("span", &[("class", "ruled")]);
    lines(out, text);
    out.close();
    out.close();
}

fn letterhead(out: &mut Markup, document: &Document, profile: &Profile) {
    let styles = &profile.styles;
    let words = profile.words(document.language);
    let head = &document.head;
    let width = twips_of_mm(profile.text_width_mm(Orientation::Portrait));
    let left = width * profile.head_left_percent / 100;
    out.open("header", &[("class", "letterhead")]);
    out.open("div", &[("class", "issuer")]);
    if let Some(parent) = &head.parent_agency {
        let parent = cased(&styles.parent_agency, parent);
        paragraph(out, "parent-agency", &balanced(&styles.parent_agency, &parent, left));
    }
    let agency = balanced(&styles.agency, &cased(&styles.agency, &head.agency), left);
    ruled(out, "agency", &agency);
    out.close();
    out.open("div", &[("class", "country")]);
    let name = cased(&styles.national_title, words.national_title);
    match words.motto {
        Some(motto) => {
            paragraph(out, "national-title", &name);
            ruled(out, "motto", &cased(&styles.motto, motto));
        }
        None => ruled(out, "national-title", &name),
    }
    out.close();
    out.open("div", &[]);
    paragraph(out, "number", &head.number);
    if let Some(about) = document.letter_about(profile) {
        paragraph(out, "letter-about", &balanced(&styles.letter_about, &about, left));
    }
    out.close();
    paragraph(out, "place-date", &head.place_date);
    out.close();
}

fn title(out: &mut Markup, document: &Document, profile: &Profile) {
    if !document.kind.is_empty() {
        let styles = &profile.styles;
        out.open("h1", &[("class", "kind")]);
        lines(out, &cased(&styles.kind, &document.kind));
        out.close();
        let width = twips_of_mm(profile.text_width_mm(Orientation::Portrait));
        let about = balanced(&styles.about, &cased(&styles.about, &document.about), width);
        ruled(out, "about", &about);
    }
    let label = profile.words(document.language).addressees;
    match document.addressees.as_slice() {
        [] => {}
        [only] => paragraph(out, "addressee", &format!("{label} {only}")),
        several => {
            paragraph(out, "addressees-label", label);
            out.open("ul", &[("class", "addressees")]);
            for line in list_lines(profile.list_mark, several) {
                out.leaf("li", &[], &line);
            }
            out.close();
        }
    }
    for line in list_lines(profile.legal_basis_mark, &document.legal_basis) {
        paragraph(out, "legal-basis", &line);
    }
}

fn closing(out: &mut Markup, document: &Document, profile: &Profile) {
    if document.signature.is_none() && document.recipients.is_empty() {
        return;
    }
    out.open("footer", &[("class", "closing")]);
    out.open("div", &[("class", "recipients")]);
    if !document.recipients.is_empty() {
        paragraph(out, "recipients-label", profile.words(document.language).recipients);
        out.open("ul", &[]);
        for line in list_lines(profile.list_mark, &document.recipients) {
            out.leaf("li", &[], &line);
        }
        out.close();
    }
    out.close();
    if let Some(signature) = &document.signature {
        out.open("div", &[("class", "signature")]);
        let styles = &profile.styles;
        for (index, line) in signature.authority.iter().enumerate() {
            let (class, style) = match index {
                0 => ("authority", &styles.authority),
                _ => ("position", &styles.position),
            };
            paragraph(out, class, &cased(style, line));
        }
        paragraph(out, "signer", &signature.name);
        out.close();
    }
    out.close();
}

/// Writes blocks, counting what is numbered.
struct Writer<'a> {
    out: Markup,
    profile: &'a Profile,
    tables: usize,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) -> Result<(), DocumentError> {
        let mut headings = HeadingCounter::default();
        for block in blocks {
            match block {
                Block::Heading { level, text } => {
                    let name = match level {
                        Level::One => "h2",
                        Level::Two => "h3",
                        Level::Three => "h4",
                    };
                    let text = headings.next(self.profile, *level, text);
                    self.out.leaf(name, &[], &text);
                }
                Block::Paragraph(pieces) => {
                    self.out.open("p", &[("class", "text")]);
                    runs(&mut self.out, pieces);
                    self.out.close();
                }
                Block::Table(table) => {
                    self.tables += 1;
                    self.table(table)?;
                }
                Block::Picture(shown) => picture(&mut self.out, shown),
            }
        }
        Ok(())
    }

    fn appendix(&mut self, document: &Document, index: usize) -> Result<(), DocumentError> {
        let appendix = &document.appendices[index];
        let label = appendix_label(document, self.profile, index);
        let turned = match appendix.orientation {
            Orientation::Portrait => "",
            Orientation::Landscape => " landscape",
        };
        let class = format!("sheet appendix appendix-{}{turned}", index + 1);
        self.out.open("section", &[("class", &class)]);
        sample_mark(&mut self.out, document);
        self.out.open("h2", &[("class", "appendix-title")]);
        self.out.leaf("span", &[("class", "appendix-label")], &label);
        self.out.words(" ");
        let styles = &self.profile.styles;
        let width = twips_of_mm(self.profile.text_width_mm(appendix.orientation));
        let title = cased(&styles.appendix_title, &appendix.title);
        lines(&mut self.out, &balanced(&styles.appendix_title, &title, width));
        self.out.close();
        if let Some(reference) = &appendix.reference {
            let reference = balanced(&styles.appendix_reference, reference, width);
            paragraph(&mut self.out, "appendix-reference", &reference);
        }
        self.blocks(&appendix.blocks)?;
        self.out.close();
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), DocumentError> {
        let grid = header_grid(table, self.tables)?;
        let out = &mut self.out;
        out.open("figure", &[("class", "table")]);
        out.open("table", &[]);
        caption(out, table);
        columns(out, table);
        out.open("thead", &[]);
        for places in &grid {
            header_row(out, places);
        }
        out.close();
        out.open("tbody", &[]);
        for row in &table.rows {
            body_row(out, table, row);
        }
        out.close();
        out.close();
        if let Some(source) = &table.source {
            paragraph(out, "source", source);
        }
        out.close();
        Ok(())
    }
}

fn caption(out: &mut Markup, table: &Table) {
    if table.caption.is_none() && table.measure.is_none() {
        return;
    }
    out.open("caption", &[]);
    if let Some(caption) = &table.caption {
        out.words(caption);
    }
    if let Some(measure) = &table.measure {
        out.words(" ");
        out.leaf("span", &[("class", "measure")], measure);
    }
    out.close();
}

/// Column widths as attributes: a page that forbids inline styles keeps them.
fn columns(out: &mut Markup, table: &Table) {
    let shares: u32 = table.columns.iter().map(|column| column.width).sum::<u32>().max(1);
    out.open("colgroup", &[]);
    for column in &table.columns {
        let tenths = column.width * 1000 / shares;
        out.empty("col", &[("width", &format!("{}.{}%", tenths / 10, tenths % 10))]);
    }
    out.close();
}

fn header_row(out: &mut Markup, places: &[HeaderPlace<'_>]) {
    out.open("tr", &[]);
    for place in places {
        let HeaderPlace::Cell(cell) = place else { continue };
        let (columns, rows) = (cell.columns.to_string(), cell.rows.to_string());
        let mut attributes = vec![("scope", if cell.columns > 1 { "colgroup" } else { "col" })];
        if cell.columns > 1 {
            attributes.push(("colspan", &columns));
        }
        if cell.rows > 1 {
            attributes.push(("rowspan", &rows));
        }
        out.open("th", &attributes);
        lines(out, &cell.text);
        out.close();
    }
    out.close();
}

fn body_row(out: &mut Markup, table: &Table, row: &crate::document::Row) {
    let class = match row.kind {
        RowKind::Plain => "plain",
        RowKind::Group => "group",
        RowKind::Total => "total",
    };
    out.open("tr", &[("class", class)]);
    let mut column = 0;
    for cell in &row.cells {
        let columns = cell.columns.to_string();
        let align = match (row.kind, table.columns[column].align) {
            (RowKind::Group, _) | (RowKind::Plain | RowKind::Total, Align::Left) => "left",
            (RowKind::Plain | RowKind::Total, Align::Centre) => "centre",
            (RowKind::Plain | RowKind::Total, Align::Right) => "right",
        };
        let mut attributes = vec![("class", align)];
        if cell.columns > 1 {
            attributes.push(("colspan", &columns));
        }
        let name = if row.kind == RowKind::Group { "th" } else { "td" };
        if row.kind == RowKind::Group {
            attributes.push(("scope", "rowgroup"));
        }
        out.open(name, &attributes);
        runs(out, &cell.runs);
        out.close();
        column += cell.columns;
    }
    out.close();
}

fn runs(out: &mut Markup, runs: &[Run]) {
    for run in runs {
        match run {
            Run::Text(text) => lines(out, text),
            Run::Bold(text) => out.leaf("strong", &[], text),
            Run::Italic(text) => out.leaf("em", &[], text),
            Run::Figure { text, id, href } => {
                let mut attributes = vec![("id", id.as_str()), ("class", "figure")];
                match href.as_deref().filter(|address| is_safe(address)) {
                    Some(address) => {
                        attributes.push(("href", address));
                        out.leaf("a", &attributes, text);
                    }
                    None => out.leaf("span", &attributes, text),
                }
            }
        }
    }
}

/// Whether an address leads to a page; `javascript:` and its like run code instead.
fn is_safe(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    let full = address.starts_with("https://") || address.starts_with("http://");
    full || !scheme.contains(':')
}

fn picture(out: &mut Markup, picture: &Picture) {
    out.open("figure", &[("class", "picture")]);
    out.raw(&picture.svg);
    if let Some(caption) = &picture.caption {
        out.leaf("figcaption", &[], caption);
    }
    out.close();
}
