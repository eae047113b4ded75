//! Layout profiles: what a rule on the form of official documents fixes, as data.

mod party;
mod state;

use crate::document::{Language, Orientation};

pub use self::party::PARTY;
pub use self::state::STATE;

/// Whose rules a document follows: those who issue it decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The state administration's.
    State,
    /// The Communist Party's.
    Party,
}

impl Layout {
    /// Both, in the order of screens.
    pub const ALL: [Self; 2] = [Self::State, Self::Party];

    /// A stable key.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.profile().code
    }

    /// Reads a key.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.code() == code)
    }

    /// What its rules fix.
    #[must_use]
    pub fn profile(self) -> &'static Profile {
        match self {
            Self::State => &STATE,
            Self::Party => &PARTY,
        }
    }
}

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
    /// From line to line of the text, in points; none where lines follow their letters.
    pub line_pt: Option<u32>,
    /// The blank space for signature and seal, in points.
    pub signature_space_pt: u32,
    /// What closes the text.
    pub end_mark: &'static str,
    /// The mark before each of several lines of a list.
    pub list_mark: &'static str,
    /// The mark before each line of the legal basis.
    pub legal_basis_mark: &'static str,
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
    /// As written, beginning with a small letter.
    LowerStart,
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
    /// Drawn with the letters.
    Underline,
    /// This sign instead, on a line of its own.
    Sign(&'static str),
}

/// The style of each part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Styles {
    /// The page number.
    pub page_number: Style,
    /// The name of the country or the Party.
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
    /// The first line of authority and position of the signer.
    pub authority: Style,
    /// The lines below it.
    pub position: Style,
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
    /// `a`, `b`, `c`, `d`, `đ`: the letters of Vietnamese without those that carry marks.
    Letter,
}

/// The words a layout rule fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The name of the country or the Party.
    pub national_title: &'static str,
    /// The motto below it, where there is one.
    pub motto: Option<&'static str>,
    /// Before what an official letter is about; may be empty.
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
