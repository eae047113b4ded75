//! Words in drawings: how wide they are, and where they break.

use unicode_normalization::UnicodeNormalization as _;

use super::paint::{NOTE, Paint, VALUE};

/// The distance between baselines; stacked marks of Vietnamese must not touch.
pub(crate) const LINE_HEIGHT: f64 = 18.0;

/// About how wide a text is in a system font. Good enough to leave room; nothing is cut by it.
pub(crate) fn width_of(paint: Paint, text: &str) -> f64 {
    let size = if paint == NOTE { 12.5 } else { 14.0 };
    let bold = if paint == VALUE { 1.06 } else { 1.0 };
    let ems: f64 = text.nfd().map(advance).sum();
    ems * size * bold
}

fn advance(character: char) -> f64 {
    match character {
        '\u{300}'..='\u{36F}' => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.28,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | '/' => 0.36,
        'm' | 'w' | 'M' | 'W' | '%' => 0.88,
        'A'..='Z' | 'Đ' => 0.68,
        _ => 0.56,
    }
}

/// Breaks a text into lines no wider than asked, at most so many, as even as their number
/// allows; the last one may end in `…`.
pub(crate) fn wrapped(paint: Paint, text: &str, width: f64, lines_max: usize) -> Vec<String> {
    let mut lines = broken(paint, text, width);
    if lines.len() > lines_max {
        lines.truncate(lines_max);
        if let Some(last) = lines.last_mut() {
            *last = cut(paint, last, width);
        }
        return lines;
    }
    let mut narrower = width - 8.0;
    while lines.len() > 1 && narrower > width * 0.5 {
        let tried = broken(paint, text, narrower);
        let fits = tried.iter().all(|line| width_of(paint, line) <= narrower);
        if tried.len() > lines.len() || !fits {
            break;
        }
        lines = tried;
        narrower -= 8.0;
    }
    lines
}

/// The text with `…` at its end, cut between words if one fits: half a Vietnamese word is often
/// another word.
fn cut(paint: Paint, text: &str, width: f64) -> String {
    let room = width - width_of(paint, "…");
    let mut kept = text;
    while width_of(paint, kept) > room {
        let shorter = kept.rsplit_once(' ').map(|(left, _)| left);
        let last = kept.char_indices().next_back().map(|(at, _)| &kept[..at]);
        let Some(next) = shorter.or(last) else { break };
        kept = next;
    }
    format!("{kept}…")
}

/// Fills one line after the other.
fn broken(paint: Paint, text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|line| width_of(paint, line) <= width) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::paint::LABEL;
    use super::*;

    #[test]
    fn words_are_broken_evenly_and_cut_only_when_they_must_be() {
        let text = "Buổi tuyên truyền về nghĩa vụ quân sự";
        let cases: [(f64, usize, &[&str]); 6] = [
            (400.0, 2, &[text]),
            (235.0, 3, &["Buổi tuyên truyền về", "nghĩa vụ quân sự"]),
            (120.0, 1, &["Buổi tuyên…"]),
            (60.0, 1, &["Buổi…"]),
            (22.0, 1, &["B…"]),
            (10.0, 1, &["…"]),
        ];
        for (width, lines_max, expected) in cases {
            assert_eq!(wrapped(LABEL, text, width, lines_max), expected, "{width}");
        }
    }

    #[test]
    fn marks_over_letters_take_no_width() {
        assert!((width_of(LABEL, "ẫợ") - width_of(LABEL, "ao")).abs() < 1e-9);
    }
}
