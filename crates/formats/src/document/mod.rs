//! Official documents as plain data: letterhead, text, tables, pictures, signature, appendices.

mod arrange;

use crate::profile::Profile;

pub use self::arrange::check;
pub(crate) use self::arrange::{
    HeaderPlace, HeadingCounter, appendix_label, cased, header_grid, list_lines, with_end_mark,
};

/// A document before it has a form. Every sentence in it is the caller's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The language of its words.
    pub language: Language,
    /// Properties of the file.
    pub properties: Properties,
    /// Who issues it, under which number, where and when.
    pub head: Head,
    /// The document's type, such as `BÁO CÁO`; empty for an official letter (công văn), which carries
    /// what it is about under its number.
    pub kind: String,
    /// What it is about (trích yếu).
    pub about: String,
    /// Whom it is addressed to; often nobody.
    pub addressees: Vec<String>,
    /// The legal basis, one instrument a line, without closing marks.
    pub legal_basis: Vec<String>,
    /// The text.
    pub body: Vec<Block>,
    /// Who signs.
    pub signature: Option<Signature>,
    /// Who receives it, one a line, without dashes and closing marks.
    pub recipients: Vec<String>,
    /// What follows, each from page 1 again.
    pub appendices: Vec<Appendix>,
    /// A line on every page, for documents made from sample figures.
    pub sample_mark: Option<String>,
}

impl Document {
    /// The line under the number of an official letter; none for documents that name their type.
    pub(crate) fn letter_about(&self, profile: &Profile) -> Option<String> {
        let mark = profile.words(self.language).letter_about;
        self.kind.is_empty().then(|| format!("{mark} {}", self.about).trim_start().to_owned())
    }
}

/// The language of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese.
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// The tag of BCP 47, as office files write it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi-VN",
            Self::English => "en-GB",
        }
    }
}

/// What a file says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// The title.
    pub title: String,
    /// Who made it.
    pub creator: String,
    /// When, as RFC 3339 in UTC: `2026-11-23T08:00:00Z`.
    pub created: String,
}

/// The upper part of the first page. The name of the country or the Party comes from the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The agency above the issuer.
    pub parent_agency: Option<String>,
    /// The issuer.
    pub agency: String,
    /// The number line: `Số: 15/BC-UBND`, `Số 15-BC/ĐU`.
    pub number: String,
    /// Place and date: `Văn Lãng, ngày 05 tháng 7 năm 2023`.
    pub place_date: String,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; its number is counted, not written.
    Heading {
        /// How deep.
        level: Level,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A table.
    Table(Table),
    /// A picture, such as a chart.
    Picture(Picture),
}

/// The depth of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `I.`
    One,
    /// `1.`
    Two,
    /// `1.1.`
    Three,
}

impl Level {
    pub(crate) fn index(self) -> usize {
        match self {
            Self::One => 0,
            Self::Two => 1,
            Self::Three => 2,
        }
    }
}

/// A stretch of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Words.
    Text(String),
    /// Bold words.
    Bold(String),
    /// Italic words.
    Italic(String),
    /// A figure, which leads to where it came from.
    Figure {
        /// The figure as printed.
        text: String,
        /// Its key in this document, unique within it.
        id: String,
        /// The address of its provenance. A DOCX keeps only full addresses (`https://…`).
        href: Option<String>,
    },
}

impl Run {
    /// The words, whatever their style.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Bold(text)
            | Self::Italic(text)
            | Self::Figure { text, .. } => text,
        }
    }
}

/// A table with everything that stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The line above it.
    pub caption: Option<String>,
    /// `Đơn vị tính: …`, above it on the right.
    pub measure: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The header rows, repeated on every page.
    pub header: Vec<Vec<HeaderCell>>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The line below it.
    pub source: Option<String>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its width relative to the other columns.
    pub width: u32,
    /// How its cells are aligned.
    pub align: Align,
}

/// Where the words of a cell stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// On the left.
    Left,
    /// In the middle.
    Centre,
    /// On the right, as figures do.
    Right,
}

/// A cell of a header row. Cells covered from above are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderCell {
    /// The words.
    pub text: String,
    /// Over how many columns it goes.
    pub columns: usize,
    /// Over how many header rows it goes.
    pub rows: usize,
}

impl HeaderCell {
    /// A cell over one column and one row.
    #[must_use]
    pub fn single(text: &str) -> Self {
        Self { text: text.to_owned(), columns: 1, rows: 1 }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it stands for.
    pub kind: RowKind,
    /// Its cells; together they go over all columns.
    pub cells: Vec<Cell>,
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// One thing.
    Plain,
    /// The title of the rows below it.
    Group,
    /// The sum of the rows.
    Total,
}

/// A cell of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The words.
    pub runs: Vec<Run>,
    /// Over how many columns it goes.
    pub columns: usize,
}

impl Cell {
    /// A cell of plain words over one column.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { runs: vec![Run::Text(text.to_owned())], columns: 1 }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The drawing, as an SVG that needs no style sheet.
    pub svg: String,
    /// Its width on paper.
    pub width_mm: u32,
    /// Its height on paper.
    pub height_mm: u32,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The line below it.
    pub caption: Option<String>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Authority and position, one a line: `TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`; `T/M BAN THƯỜNG VỤ`,
    /// `BÍ THƯ`.
    pub authority: Vec<String>,
    /// The name; empty in a draft.
    pub name: String,
}

/// An appendix: its own section, its own page numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appendix {
    /// The title.
    pub title: String,
    /// `(Kèm theo Báo cáo số … ngày … của …)`; left out when signed electronically.
    pub reference: Option<String>,
    /// How the sheet is turned.
    pub orientation: Orientation,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// How a sheet is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// Upright.
    Portrait,
    /// On its side.
    Landscape,
}

/// Why a document cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The cells of a row do not cover the columns exactly.
    #[error("row {row} of table {table} covers {covered} of {columns} columns")]
    RowShape {
        /// Which table, from 1, in the order of the document.
        table: usize,
        /// Which row, from 1, header rows first.
        row: usize,
        /// How many columns its cells go over.
        covered: usize,
        /// How many the table has.
        columns: usize,
    },
    /// A header cell goes beyond the header, or a span is zero.
    #[error("a cell in header row {row} of table {table} has a span that does not fit")]
    HeaderSpan {
        /// Which table, from 1.
        table: usize,
        /// Which header row, from 1.
        row: usize,
    },
    /// The package could not be written.
    #[error("the file could not be put together")]
    Package(#[from] zip::result::ZipError),
    /// The package could not be written.
    #[error("the file could not be put together")]
    Write(#[from] std::io::Error),
}
