//! Golden files: expected outputs under `tests/golden`, rewritten with `UPDATE_GOLDEN=1`.

use std::path::{Path, PathBuf};

/// The checkout's root folder.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Compares a text with the golden file of that name.
///
/// # Panics
/// When they differ; the message shows the first line that does.
pub fn golden(name: &str, actual: &str) {
    generated(&format!("tests/golden/{name}"), actual);
}

/// Compares a text with a file of the checkout that is made from it, such as the manual.
///
/// # Panics
/// When they differ; the message shows the first line that does.
pub fn generated(file: &str, actual: &str) {
    let Some(expected) = expected(file, actual.as_bytes()) else { return };
    let expected = String::from_utf8_lossy(&expected).into_owned();
    if let Some((line, expected, actual)) = first_difference(&expected, actual) {
        fail(&format!(
            "{file} differs from line {line} on:\n  expected {expected}\n  actual   {actual}\n\
             Run with UPDATE_GOLDEN=1 to take the new output, then read the difference."
        ));
    }
}

/// The first line that differs, counted from 1, and both texts of it.
fn first_difference<'a>(expected: &'a str, actual: &'a str) -> Option<(usize, &'a str, &'a str)> {
    if expected == actual {
        return None;
    }
    // Line ends belong to the lines, so that a text that only lacks the last one differs too.
    let (mut expected, mut actual) = (expected.split('\n'), actual.split('\n'));
    (1..).find_map(|number| match (expected.next(), actual.next()) {
        (None, None) => Some((number, "(the end)", "(the end)")),
        (expected, actual) if expected != actual => {
            Some((number, expected.unwrap_or("(the end)"), actual.unwrap_or("(the end)")))
        }
        _ => None,
    })
}

/// Compares bytes with the golden file of that name.
///
/// # Panics
/// When they differ.
pub fn golden_bytes(name: &str, actual: &[u8]) {
    let Some(expected) = expected(&format!("tests/golden/{name}"), actual) else { return };
    if expected != actual {
        let at = expected.iter().zip(actual).position(|(a, b)| a != b);
        let at = at.unwrap_or_else(|| expected.len().min(actual.len()));
        fail(&format!(
            "tests/golden/{name} differs from byte {at} on ({} bytes expected, {} actual).\n\
             Run with UPDATE_GOLDEN=1 to take the new output, then look at it.",
            expected.len(),
            actual.len(),
        ));
    }
}

/// The file's bytes, or none after it was rewritten.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration to read it from")]
fn expected(file: &str, actual: &[u8]) -> Option<Vec<u8>> {
    let file = root().join(file);
    if std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1") {
        let folder = file.parent().expect("a file stands in a folder");
        std::fs::create_dir_all(folder).expect("the checkout can be written");
        std::fs::write(&file, actual).expect("the checkout can be written");
        return None;
    }
    match std::fs::read(&file) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            fail(&format!("{}: {error}; run with UPDATE_GOLDEN=1 to make it", file.display()));
            None
        }
    }
}

#[expect(clippy::panic, reason = "this is how a test fails")]
fn fail(message: &str) {
    panic!("{message}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        let cases = [
            ("a\nb\n", "a\nb\n", None),
            ("a\nb\n", "a\nc\n", Some((2, "b", "c"))),
            ("a\n", "a\nb\n", Some((2, "", "b"))),
            ("a\nb", "a", Some((2, "b", "(the end)"))),
            ("a\n", "a", Some((2, "", "(the end)"))),
        ];
        for (expected, actual, shown) in cases {
            assert_eq!(first_difference(expected, actual), shown, "{expected:?} {actual:?}");
        }
    }
}
