//! Marks of secrecy: documents that carry one have no place here.

use crate::text;

/// How secret a document says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// *Mật*.
    Secret,
    /// *Tối mật*.
    TopSecret,
    /// *Tuyệt mật*.
    UltraSecret,
}

/// The words beside which a *mật* in capitals is a part of another word: `BÍ MẬT NHÀ NƯỚC`.
const BEFORE: [&str; 5] = ["bí", "bảo", "cơ", "nội", "thân"];
/// The same after it: `MẬT ĐỘ`.
const AFTER: [&str; 4] = ["độ", "mã", "khẩu", "thiết"];

/// The mark of secrecy in a number, a title or a file's name; none when there is none. In doubt a text is
/// taken for marked: what is refused wrongly can be written in other words, a secret cannot be taken back.
#[must_use]
pub fn mark(text: &str) -> Option<Secrecy> {
    let text = text::nfc(text);
    let is_letter = |it: char| it.is_alphanumeric();
    let words: Vec<&str> = text.split(|it| !is_letter(it)).filter(|it| !it.is_empty()).collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let near =
        |place: Option<usize>| place.and_then(|place| lower.get(place)).map_or("", String::as_str);
    let of_word = |(place, word): (usize, &String)| {
        let (before, after) = (near(place.checked_sub(1)), near(place.checked_add(1)));
        match (word.as_str(), before) {
            ("mật", "tuyệt") => Some(Secrecy::UltraSecret),
            ("mật", "tối") => Some(Secrecy::TopSecret),
            ("mật", _) if words.get(place) != Some(&"MẬT") => None,
            ("mật", _) if BEFORE.contains(&before) || AFTER.contains(&after) => None,
            ("mật", _) => Some(Secrecy::Secret),
            _ => None,
        }
    };
    let marked = lower.iter().enumerate().find_map(of_word);
    marked.or_else(|| text.split(ends_a_part).any(is_mark).then_some(Secrecy::Secret))
}

/// The mark of secrecy that a document carries, with the line on which it stands: a line that is nothing
/// but the mark, as stamps are, or one that says the number or how secret it is. What a document tells
/// of secrets in its sentences is no mark.
#[must_use]
pub fn stamp<'t>(lines: impl Iterator<Item = &'t str>) -> Option<(Secrecy, &'t str)> {
    lines.map(str::trim).find_map(|line| on_line(line).map(|mark| (mark, line)))
}

/// The longest line that says a number, in characters.
const NUMBER_CHARACTERS_MAX: usize = 80;

fn on_line(line: &str) -> Option<Secrecy> {
    let text = text::nfc(line);
    let words: Vec<&str> = text.split(|it: char| !it.is_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let lower = text.to_lowercase();
    let says_number = ["số:", "số :", "độ mật:", "độ mật :"];
    if says_number.iter().any(|start| lower.starts_with(start)) {
        return mark(&text).filter(|_| text.chars().count() <= NUMBER_CHARACTERS_MAX);
    }
    match words[..] {
        ["MẬT"] => Some(Secrecy::Secret),
        ["TỐI", "MẬT"] => Some(Secrecy::TopSecret),
        ["TUYỆT", "MẬT"] => Some(Secrecy::UltraSecret),
        _ if text.starts_with(['(', '[']) && text.ends_with([')', ']']) => {
            mark(&text).filter(|_| words.len() <= 2)
        }
        _ => None,
    }
}

/// What stands around a mark that is no part of a sentence: `(Mật)`, `Độ mật: Mật`.
fn ends_a_part(it: char) -> bool {
    matches!(it, '(' | ')' | '[' | ']' | ':' | ';' | ',' | '.' | '/' | '-' | '–' | '_')
}

fn is_mark(part: &str) -> bool {
    let part = part.trim();
    part == "M" || part.to_lowercase() == "mật"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_a_line_of_its_own_and_no_sentence() {
        let cases = [
            ("UBND XÃ NA SẦM\nMẬT\nSố: 5/KH-UBND", Some((Secrecy::Secret, "MẬT"))),
            ("Kế hoạch\n  TỐI MẬT \n", Some((Secrecy::TopSecret, "TỐI MẬT"))),
            ("* TUYỆT MẬT *", Some((Secrecy::UltraSecret, "* TUYỆT MẬT *"))),
            ("(Mật)", Some((Secrecy::Secret, "(Mật)"))),
            ("Số: 05-BC/TU (M)", Some((Secrecy::Secret, "Số: 05-BC/TU (M)"))),
            ("Số: 12/KH-UBND    MẬT", Some((Secrecy::Secret, "Số: 12/KH-UBND    MẬT"))),
            ("Độ mật: Tối mật", Some((Secrecy::TopSecret, "Độ mật: Tối mật"))),
            ("MA\u{323}\u{302}T", Some((Secrecy::Secret, "MA\u{323}\u{302}T"))),
            ("Bí mật nhà nước gồm ba độ: Tuyệt mật, Tối mật và Mật.", None),
            ("Cán bộ giữ tài liệu tối mật phải có tủ riêng.", None),
            ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
            ("Mật ong", None),
            ("Mật", None),
            ("SẢN LƯỢNG MẬT ONG", None),
            ("Số: 15-KH/HU", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(stamp(text.lines()), expected, "{text}");
        }
    }

    #[test]
    fn marks_are_found_and_ordinary_words_are_not() {
        let cases = [
            ("05-BC/TU (M)", Some(Secrecy::Secret)),
            ("12/M-UBND", Some(Secrecy::Secret)),
            ("MẬT", Some(Secrecy::Secret)),
            ("MẬT Kế hoạch tuyển quân", Some(Secrecy::Secret)),
            ("Mật: kế hoạch diễn tập", Some(Secrecy::Secret)),
            ("ke-hoach_Mật.pdf", Some(Secrecy::Secret)),
            ("Kế hoạch diễn tập (mật)", Some(Secrecy::Secret)),
            // The letters apart from their marks, as some programs write them.
            ("MA\u{323}\u{302}T", Some(Secrecy::Secret)),
            ("Độ mật: Tối mật", Some(Secrecy::TopSecret)),
            ("TỐI MẬT", Some(Secrecy::TopSecret)),
            ("Báo cáo tuyệt mật", Some(Secrecy::UltraSecret)),
            ("Về bảo vệ bí mật nhà nước", None),
            ("LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
            ("MẬT ĐỘ DÂN SỐ", None),
            ("Về nuôi ong lấy mật tại xã Na Sầm", None),
            ("Về công tác bảo mật, an toàn thông tin", None),
            ("01-KL/TW", None),
            ("117/2025/QH15", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(mark(text), expected, "{text}");
        }
    }
}
