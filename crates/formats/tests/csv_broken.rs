//! The broken text tables in `tests/broken/csv`, each with the refusals it gets.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use formats::csv::{CsvReader, Limits, Row};
use formats::sheet::{Limit, Place, SheetError};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/broken/csv")
}

/// How many rows a file gives, and everything that is refused on the way.
fn read(name: &str) -> (usize, Vec<SheetError>) {
    let bytes = fs::read(folder().join(name)).unwrap();
    let mut reader = match CsvReader::open(bytes.as_slice(), Limits::default()) {
        Ok(reader) => reader,
        Err(error) => return (0, vec![error]),
    };
    let (mut rows, mut refusals) = (0, Vec::new());
    let mut row = Row::new();
    loop {
        match reader.read(&mut row) {
            Ok(true) => rows += 1,
            Ok(false) => return (rows, refusals),
            Err(error) => {
                let is_last = error.is_fatal();
                refusals.push(error);
                if is_last {
                    return (rows, refusals);
                }
            }
        }
    }
}

#[test]
fn every_broken_file_is_refused_with_its_place() {
    let at = |row, column| Place { sheet: String::new(), row, column };
    let wrong_count =
        |line, found| SheetError::WrongColumnCount { at: at(line, 0), expected: 7, found };
    let too_large = |at, what, limit| SheetError::TooLarge { at, what, limit };
    let header = "value".to_owned();
    let cases = [
        ("blank.csv", 0, vec![SheetError::Empty]),
        ("doubled-header.csv", 0, vec![SheetError::DoubledHeader { at: at(1, 5), header }]),
        ("empty.csv", 0, vec![SheetError::Empty]),
        ("header-only.csv", 0, vec![]),
        ("long-field.csv", 0, vec![too_large(at(2, 7), Limit::FieldCharacters, 32_767)]),
        ("many-columns.csv", 0, vec![too_large(at(1, 0), Limit::Columns, 200)]),
        ("nul.csv", 1, vec![SheetError::NulByte { at: at(3, 3) }]),
        ("open-quote.csv", 1, vec![SheetError::OpenQuote { at: at(3, 0) }]),
        ("ragged.csv", 2, vec![wrong_count(3, 3), wrong_count(5, 9)]),
        ("utf-16.csv", 0, vec![SheetError::NotUtf8 { at: at(1, 1) }]),
        ("windows-1258.csv", 1, vec![SheetError::NotUtf8 { at: at(3, 7) }]),
    ];
    let listed: BTreeSet<String> = cases.iter().map(|case| case.0.to_owned()).collect();
    let there: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(listed, there, "every file has its case");
    for (name, rows, refusals) in cases {
        assert_eq!(read(name), (rows, refusals), "{name}");
    }
}
