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

    #[test]
    fn a_code_has_its_three_corners_inside_a_quiet_zone() {
        let code = code("https://example.org/").unwrap();
        // Version 2 has 25 modules a side.
        assert_eq!(code.size, 25 + 8);
        for corner in ["M4 4h7v1h-7z", "M22 4h7v1h-7z", "M4 22h7v1h-7z"] {
            assert!(code.path.contains(corner), "{corner} not in {}", code.path);
        }
    }

    #[test]
    fn a_text_too_long_for_a_code_has_none() {
        assert_eq!(code(&"x".repeat(5_000)), None);
    }
}
