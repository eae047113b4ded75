//! The layout of the Communist Party.

use super::{
    Case, Heading, Numerals, Page, Profile, Rule, Slant, Style, Styles, Words, bold, italic, ruled,
    upper, upright,
};

/// Party documents: Guideline 05-HD/VPTW of 27 May 2026, which took the place of 36-HD/VPTW of 2018.
///
/// The full text of the newer one was not at hand: these are the table of the older one and what
/// published implementations of the newer one agree on. Where they leave a range the value is the
/// one that most of them use. Appendices, the second and third level of headings, tables, captions
/// and sample marks are set as in documents of the state.
pub const PARTY: Profile = Profile {
    code: "party",
    source: "Hướng dẫn 05-HD/VPTW, 27/5/2026; bảng của Hướng dẫn 36-HD/VPTW, 03/4/2018",
    page: Page {
        width_mm: 210,
        height_mm: 297,
        margin_top_mm: 20,
        margin_bottom_mm: 20,
        margin_left_mm: 30,
        margin_right_mm: 15,
    },
    font: "Times New Roman",
    head_left_percent: 48,
    styles: Styles {
        page_number: upright(14),
        national_title: ruled(upper(bold(15)), Rule::Full),
        motto: bold(14),
        parent_agency: upper(upright(14)),
        agency: ruled(upper(bold(14)), Rule::Sign("*")),
        number: upright(14),
        place_date: italic(14),
        kind: upper(bold(16)),
        about: Style { case: Case::LowerStart, ..ruled(bold(14), Rule::Sign("-----")) },
        letter_about: italic(12),
        addressees: upright(14),
        legal_basis: upright(14),
        body: upright(14),
        caption: bold(13),
        table: upright(12),
        table_note: italic(12),
        authority: upper(bold(14)),
        position: upper(upright(14)),
        signer: bold(14),
        recipients_label: ruled(upright(14), Rule::Underline),
        recipients: upright(12),
        appendix_label: bold(14),
        appendix_title: upper(bold(14)),
        appendix_reference: italic(14),
        sample_mark: italic(10),
    },
    headings: [
        Heading { numerals: Numerals::Roman, separator: "- ", style: upper(bold(14)) },
        Heading { numerals: Numerals::Arabic, separator: ". ", style: bold(14) },
        Heading {
            numerals: Numerals::Letter,
            separator: ") ",
            style: Style { slant: Slant::Italic, ..bold(14) },
        },
    ],
    first_line_indent_tenths_mm: 100,
    paragraph_space_pt: 6,
    line_pt: Some(18),
    signature_space_pt: 72,
    end_mark: ".",
    list_mark: "- ",
    legal_basis_mark: "- ",
    words: [
        Words {
            national_title: "ĐẢNG CỘNG SẢN VIỆT NAM",
            motto: None,
            letter_about: "",
            addressees: "Kính gửi:",
            recipients: "Nơi nhận:",
            appendix: "Phụ lục",
        },
        Words {
            national_title: "COMMUNIST PARTY OF VIET NAM",
            motto: None,
            letter_about: "",
            addressees: "To:",
            recipients: "Recipients:",
            appendix: "Appendix",
        },
    ],
};
