//! Lengths on paper: conversions to the units of office files, and the width of set text.

use unicode_normalization::UnicodeNormalization as _;

use crate::document::cased;
use crate::profile::{Style, Weight};

/// Twips (1/20 pt) in tenths of a millimetre.
pub(crate) fn twips_of_tenths_mm(tenths: u32) -> u32 {
    (tenths * 7200 + 635) / 1270
}

/// Twips in millimetres.
pub(crate) fn twips_of_mm(mm: u32) -> u32 {
    twips_of_tenths_mm(mm * 10)
}

/// Twips in points.
pub(crate) fn twips_of_pt(points: u32) -> u32 {
    points * 20
}

/// English metric units, in which drawings are measured.
pub(crate) fn emu_of_mm(mm: u32) -> u32 {
    mm * 36_000
}

/// The width of one line of text in a style, in twips.
///
/// A rule under a text is as long as the text or a part of it, and only whoever sets the text
/// knows how long it is; these are the advance widths of Times (Adobe's font metrics), which
/// Times New Roman shares.
pub(crate) fn text_width_twips(style: &Style, text: &str) -> u32 {
    let thousandths: u32 =
        cased(style, text).nfd().map(|character| advance(style.weight, character)).sum();
    thousandths * style.size_pt * 20 / 1000
}

/// A centred text too long for its line, broken where its lines become most even: a title never
/// leaves one word on a line of its own. Text with breaks of its own stays as it is.
pub(crate) fn balanced(style: &Style, text: &str, width_twips: u32) -> String {
    if text.contains('\n') || text_width_twips(style, text) <= width_twips {
        return text.to_owned();
    }
    let spaces = text.match_indices(' ').map(|(at, _)| at);
    let longer = |at: &usize| {
        let (left, right) = text.split_at(*at);
        text_width_twips(style, left).max(text_width_twips(style, right.trim_start()))
    };
    // Of two even breaks the later one is closer to how people write: the wider line first.
    let Some(at) = spaces.rev().min_by_key(longer) else { return text.to_owned() };
    let (left, right) = text.split_at(at);
    let left = balanced(style, left, width_twips);
    let right = balanced(style, right.trim_start(), width_twips);
    format!("{left}\n{right}")
}

/// The advance width of a character, in thousandths of the font's size.
fn advance(weight: Weight, character: char) -> u32 {
    // Marks stand above or below the letter before them and take no width.
    if ('\u{300}'..='\u{36F}').contains(&character) {
        return 0;
    }
    let plain = match character {
        'đ' => 'd',
        'Đ' => 'D',
        '–' => '0',
        '\u{A0}' => ' ',
        _ => character,
    };
    let table = match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    };
    let index = u32::from(plain).checked_sub(32).and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| table.get(index)).map_or(500, |width| u32::from(*width))
}

/// Times Roman, from space to tilde.
const REGULAR: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

/// Times Bold, from space to tilde.
const BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667,
    611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
    722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556,
    278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::STATE;

    #[test]
    fn lengths_are_converted_to_the_nearest_twip() {
        let cases = [(20, 1134), (30, 1701), (15, 850), (210, 11906), (297, 16838)];
        for (mm, twips) in cases {
            assert_eq!(twips_of_mm(mm), twips, "{mm} mm");
        }
        assert_eq!(twips_of_tenths_mm(127), 720);
    }

    #[test]
    fn a_long_title_is_broken_evenly() {
        let agency = &STATE.styles.agency;
        let text = "ỦY BAN NHÂN DÂN HUYỆN VĂN LÃNG";
        assert_eq!(balanced(agency, text, 4000), "ỦY BAN NHÂN DÂN\nHUYỆN VĂN LÃNG");
        assert_eq!(balanced(agency, text, 9000), text);
        assert_eq!(balanced(agency, "ỦY BAN\nNHÂN DÂN HUYỆN", 100), "ỦY BAN\nNHÂN DÂN HUYỆN");
        assert_eq!(balanced(agency, "VĂN", 10), "VĂN");
    }

    #[test]
    fn vietnamese_letters_are_as_wide_as_their_base_letters() {
        let motto = &STATE.styles.motto;
        assert_eq!(text_width_twips(motto, "Độc lập"), text_width_twips(motto, "Doc lap"));
        assert_eq!(text_width_twips(motto, "Doc"), (722 + 500 + 444) * 13 * 20 / 1000);
    }
}
