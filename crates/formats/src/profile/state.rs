//! The layout of the state administration.

use super::{
    Heading, Numerals, Page, Profile, Rule, Slant, Style, Styles, Words, bold, italic, ruled,
    upper, upright,
};

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
        position: upper(bold(14)),
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
    line_pt: None,
    signature_space_pt: 72,
    end_mark: "./.",
    list_mark: "- ",
    legal_basis_mark: "",
    words: [
        Words {
            national_title: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            motto: Some("Độc lập - Tự do - Hạnh phúc"),
            letter_about: "V/v",
            addressees: "Kính gửi:",
            recipients: "Nơi nhận:",
            appendix: "Phụ lục",
        },
        Words {
            national_title: "SOCIALIST REPUBLIC OF VIET NAM",
            motto: Some("Independence - Freedom - Happiness"),
            letter_about: "Re:",
            addressees: "To:",
            recipients: "Recipients:",
            appendix: "Appendix",
        },
    ],
};
