//! QR codes as one path of an SVG drawing.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules that readers need around a code.
const QUIET: i32 = 4;

/// A QR code: a square of `size` × `size` units, and the path of its dark modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The side, the quiet zone included.
    pub size: i32,
    /// SVG path data; every dark module is one unit square.
    pub path: String,
}

/// The QR code of a text with medium error correction; none when the text is too long for one.
#[must_use]
pub fn code(text: &str) -> Option<Code> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            if !code.get_module(x, y) {
                x += 1;
                continue;
            }
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            // Writing to a String cannot fail.
            let _written =
                write!(path, "M{} {}h{}v1h-{}z", start + QUIET, y + QUIET, x - start, x - start);
        }
    }
    Some(Code { size: code.size() + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;
    use qrcodegen::{QrSegment, Version};

    #[test]
    fn a_code_has_its_three_corners_inside_a_quiet_zone() {
        let code = code("https://example.org/").unwrap();
        // Version 2 has 25 modules a side.
        assert_eq!(code.size, 25 + 8);
        for corner in ["M4 4h7v1h-7z", "M22 4h7v1h-7z", "M4 22h7v1h-7z"] {
            assert!(code.path.contains(corner), "{corner} not in {}", code.path);
        }
    }

    /// Phones draw codes themselves, without a network: `e2e/scripts/qr.mjs` reads the same table.
    #[test]
    fn codes_of_bytes_are_those_of_the_table_that_phones_are_held_to() {
        let table = include_str!("../../../tests/vectors/qr_codes.csv");
        let mut lines = table.lines();
        assert_eq!(lines.next(), Some("bytes,size,modules"));
        for line in lines {
            let fields: Vec<&str> = line.split(',').collect();
            let bytes: u32 = fields[0].parse().unwrap();
            let letters = (0..bytes).map(|at| u8::try_from(33 + at * 7 % 90).unwrap());
            let text = [QrSegment::make_bytes(&letters.collect::<Vec<u8>>())];
            let (least, most) = (Version::new(1), Version::new(20));
            let medium = QrCodeEcc::Medium;
            let code =
                QrCode::encode_segments_advanced(&text, medium, least, most, None, false).unwrap();
            // FNV-1a over the modules, row by row.
            let mut hash: u32 = 0x811c_9dc5;
            for at in 0..code.size() * code.size() {
                let dark = code.get_module(at % code.size(), at / code.size());
                hash = (hash ^ u32::from(dark)).wrapping_mul(0x0100_0193);
            }
            assert_eq!(format!("{bytes},{},{hash:08x}", code.size()), line);
        }
    }

    #[test]
    fn a_text_too_long_for_a_code_has_none() {
        assert_eq!(code(&"x".repeat(5_000)), None);
    }
}
