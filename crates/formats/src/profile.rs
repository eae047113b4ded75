//! Layout profiles: what a rule on the form of official documents fixes, as data.

use crate::document::{Language, Orientation};

/// A layout rule as numbers and fixed words. Renderers hold none of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// A stable key.
    pub code: &'static str,
    /// The rule these values come from.
    pub source: &'static str,
    /// The sheet, portrait.
    pub page: Page,
    /// The font family.
    pub font: &'static str,
    /// The share of the text width that the issuer's side of the head takes, in percent.
    pub head_left_percent: u32,
    /// The styles of the parts.
    pub styles: Styles,
    /// Levels 1 to 3.
    pub headings: [Heading; 3],
    /// The indent of a paragraph's first line, in tenths of a millimetre.
    pub first_line_indent_tenths_mm: u32,
    /// The space between paragraphs, in points.
    pub paragraph_space_pt: u32,
    /// The blank space for signature and seal, in points.
    pub signature_space_pt: u32,
    /// What closes the text.
    pub end_mark: &'static str,
    /// The mark before each of several lines of a list.
    pub list_mark: &'static str,
    /// The fixed words in Vietnamese and in English.
    pub words: [Words; 2],
}

/// A sheet of paper and its margins, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The shorter side.
    pub width_mm: u32,
    /// The longer side.
    pub height_mm: u32,
    /// The upper margin; the page number stands in it.
    pub margin_top_mm: u32,
    /// The lower margin.
    pub margin_bottom_mm: u32,
    /// The left margin, where the document is bound.
    pub margin_left_mm: u32,
    /// The right margin.
    pub margin_right_mm: u32,
}

impl Page {
    /// The width and height of the turned sheet, in millimetres.
    #[must_use]
    pub fn turned(&self, orientation: Orientation) -> (u32, u32) {
        match orientation {
            Orientation::Portrait => (self.width_mm, self.height_mm),
            Orientation::Landscape => (self.height_mm, self.width_mm),
        }
    }
}

/// How a piece of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The size in points.
    pub size_pt: u32,
    /// Upright or slanted.
    pub slant: Slant,
    /// Regular or bold.
    pub weight: Weight,
    /// As written, or in capitals.
    pub case: Case,
    /// The rule under the text.
    pub rule: Rule,
}

/// Upright or slanted letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slant {
    /// Upright.
    Upright,
    /// Italic.
    Italic,
}

/// Regular or bold letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Regular.
    Regular,
    /// Bold.
    Bold,
}

/// Which letters are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As written.
    AsWritten,
    /// Capitals.
    Upper,
}

/// A line under a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// None.
    None,
    /// As long as the text.
    Full,
    /// Two fifths of the text, centred: the decree asks for a third to a half.
    Part,
}

/// The style of each part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Styles {
    /// The page number.
    pub page_number: Style,
    /// The national title.
    pub national_title: Style,
    /// The motto under it.
    pub motto: Style,
    /// The agency above the issuer.
    pub parent_agency: Style,
    /// The issuer.
    pub agency: Style,
    /// The number line.
    pub number: Style,
    /// Place and date.
    pub place_date: Style,
    /// The document's type.
    pub kind: Style,
    /// What it is about.
    pub about: Style,
    /// What an official letter is about, under its number.
    pub letter_about: Style,
    /// Whom it is addressed to.
    pub addressees: Style,
    /// The legal basis.
    pub legal_basis: Style,
    /// The text.
    pub body: Style,
    /// Captions of tables and pictures.
    pub caption: Style,
    /// Cells of tables. The decree is silent; 12 pt is what offices use.
    pub table: Style,
    /// Measure and source lines of tables.
    pub table_note: Style,
    /// Authority and position of the signer.
    pub authority: Style,
    /// The signer's name.
    pub signer: Style,
    /// The label over the recipients.
    pub recipients_label: Style,
    /// The recipients.
    pub recipients: Style,
    /// The label of an appendix.
    pub appendix_label: Style,
    /// The title of an appendix.
    pub appendix_title: Style,
    /// What document an appendix belongs to.
    pub appendix_reference: Style,
    /// The mark that every page of a sample carries.
    pub sample_mark: Style,
}

/// How one level of headings is numbered and set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    /// Its numerals.
    pub numerals: Numerals,
    /// What follows the number.
    pub separator: &'static str,
    /// Its letters.
    pub style: Style,
}

/// How headings count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numerals {
    /// `I`, `II`, `III`.
    Roman,
    /// `1`, `2`, `3`, starting again under each heading above.
    Arabic,
    /// `1.1`, `1.2`: with the number above, as far as that is Arabic.
    Path,
}

/// The words a layout rule fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The country's name.
    pub national_title: &'static str,
    /// The country's motto.
    pub motto: &'static str,
    /// Before what an official letter is about.
    pub letter_about: &'static str,
    /// Before the addressees.
    pub addressees: &'static str,
    /// Before the recipients.
    pub recipients: &'static str,
    /// Before the number of an appendix.
    pub appendix: &'static str,
}

impl Profile {
    /// The fixed words in a language.
    #[must_use]
    pub fn words(&self, language: Language) -> &Words {
        match language {
            Language::Vietnamese => &self.words[0],
            Language::English => &self.words[1],
        }
    }

    /// The width between the margins, in millimetres.
    #[must_use]
    pub fn text_width_mm(&self, orientation: Orientation) -> u32 {
        let (width, _) = self.page.turned(orientation);
        width - self.page.margin_left_mm - self.page.margin_right_mm
    }
}

const fn upright(size_pt: u32) -> Style {
    Style {
        size_pt,
        slant: Slant::Upright,
        weight: Weight::Regular,
        case: Case::AsWritten,
        rule: Rule::None,
    }
}

const fn italic(size_pt: u32) -> Style {
    Style { slant: Slant::Italic, ..upright(size_pt) }
}

const fn bold(size_pt: u32) -> Style {
    Style { weight: Weight::Bold, ..upright(size_pt) }
}

const fn upper(style: Style) -> Style {
    Style { case: Case::Upper, ..style }
}

const fn ruled(style: Style, rule: Rule) -> Style {
    Style { rule, ..style }
}

/// State documents: Decree 30/2020/NĐ-CP of 5 March 2020, appendices I and III.
///
/// Where the decree leaves a range the value is the one of its own examples. The table, caption
/// and sample styles are ours; the decree is silent on them.
pub const STATE: Profile = Profile {
    code: "state",
    source: "Nghị định 30/2020/NĐ-CP, 05/3/2020, Phụ lục I và III",
    page: Page {
        width_mm: 210,
        height_mm: 297,
        margin_top_mm: 20,
        margin_bottom_mm: 20,
        margin_left_mm: 30,
        margin_right_mm: 15,
    },
    font: "Times New Roman",
    head_left_percent: 43,
    styles: Styles {
        page_number: upright(14),
        national_title: upper(bold(12)),
        motto: ruled(bold(13), Rule::Full),
        parent_agency: upper(upright(12)),
        agency: ruled(upper(bold(12)), Rule::Part),
        number: upright(13),
        place_date: italic(13),
        kind: upper(bold(14)),
        about: ruled(bold(14), Rule::Part),
        letter_about: upright(12),
        addressees: upright(14),
        legal_basis: italic(14),
        body: upright(14),
        caption: bold(13),
        table: upright(12),
        table_note: italic(12),
        authority: upper(bold(14)),
        signer: bold(14),
        recipients_label: Style { slant: Slant::Italic, ..bold(12) },
        recipients: upright(11),
        appendix_label: bold(14),
        appendix_title: upper(bold(14)),
        appendix_reference: italic(14),
        sample_mark: italic(10),
    },
    headings: [
        Heading { numerals: Numerals::Roman, separator: ". ", style: upper(bold(14)) },
        Heading { numerals: Numerals::Arabic, separator: ". ", style: bold(14) },
        Heading {
            numerals: Numerals::Path,
            separator: ". ",
            style: Style { slant: Slant::Italic, ..bold(14) },
        },
    ],
    first_line_indent_tenths_mm: 127,
    paragraph_space_pt: 6,
    signature_space_pt: 72,
    end_mark: "./.",
    list_mark: "- ",
    words: [
        Words {
            national_title: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            motto: "Độc lập - Tự do - Hạnh phúc",
            letter_about: "V/v",
            addressees: "Kính gửi:",
            recipients: "Nơi nhận:",
            appendix: "Phụ lục",
        },
        Words {
            national_title: "SOCIALIST REPUBLIC OF VIET NAM",
            motto: "Independence - Freedom - Happiness",
            letter_about: "Re:",
            addressees: "To:",
            recipients: "Recipients:",
            appendix: "Appendix",
        },
    ],
};
