//! What people type: NFC, search keys, Vietnamese numbers, days.

mod day;
mod number;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

pub use day::{TypedDate, typed_date, typed_day};
pub use number::{Typed, TypedFigure, TypedProblem, typed_number, typed_qualifier};

/// The composed form (NFC) in which all text is kept.
#[must_use]
pub fn nfc(text: &str) -> String {
    if unicode_normalization::is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}

/// What two texts must share to be found by one another: without case, tones and marks; runs of
/// space, hyphens and zero-width characters become one space; apostrophes go. `i` and `y` stay
/// apart, since `Mỹ Quý` and `Mỹ Quí` are two names.
#[must_use]
pub fn search_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut gap = false;
    for character in text.nfd() {
        match character {
            '\u{0300}'..='\u{036F}' => {}
            _ if is_apostrophe(character) => {}
            _ if is_gap(character) => gap = true,
            _ => {
                let end = key.len();
                if gap && end > 0 {
                    key.push(' ');
                }
                let start = key.len();
                push_folded(&mut key, character);
                if key.len() > start {
                    gap = false;
                } else {
                    // A mark that folds to nothing must not leave a space at the end.
                    key.truncate(end);
                }
            }
        }
    }
    key
}

/// Whether what was typed withdraws a figure: `rút`, with or without its tone, or `withdraw`.
#[must_use]
pub fn is_withdrawal(text: &str) -> bool {
    // Every field with words in it comes here; most are longer.
    text.len() <= 32 && ["rut", "withdraw"].contains(&search_key(text).as_str())
}

fn push_folded(key: &mut String, character: char) {
    match character {
        // Neither đ nor the Icelandic eth that is typed for it has a decomposition.
        'đ' | 'Đ' | 'ð' | 'Ð' => key.push('d'),
        // Lower-casing İ leaves a mark behind.
        _ => key.extend(character.to_lowercase().filter(|lower| !is_combining_mark(*lower))),
    }
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn is_gap(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}
