//! Comparing what is rendered with the files in `tests/golden`.

use std::path::PathBuf;

/// Compares with a golden file, or writes it when `UPDATE_GOLDEN=1` is set.
pub(crate) fn compare(name: &str, actual: &str) {
    let golden = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden"));
    let file = golden.join(name);
    if asked_to_update() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    if expected == actual {
        return;
    }
    let found = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name.replace('/', "-"));
    std::fs::write(&found, actual).unwrap();
    let line = expected.lines().zip(actual.lines()).position(|(left, right)| left != right);
    assert!(
        expected == actual,
        "{} differs from {} (first at line {:?}); look at both, then run with UPDATE_GOLDEN=1",
        found.display(),
        file.display(),
        line.map(|line| line + 1)
    );
}

#[expect(clippy::disallowed_methods, reason = "a switch for the person who runs the test")]
fn asked_to_update() -> bool {
    std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1")
}

/// The names of the elements of well-formed markup, in order; fails when it is not well formed.
pub(crate) fn elements(markup: &str) -> Vec<String> {
    use quick_xml::events::Event;

    let mut reader = quick_xml::Reader::from_str(markup);
    reader.config_mut().check_end_names = true;
    let mut names = Vec::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                depth += 1;
                names.push(element.name().as_ref().to_owned());
            }
            Event::Empty(element) => {
                names.push(element.name().as_ref().to_owned());
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "elements left open");
    names
}
