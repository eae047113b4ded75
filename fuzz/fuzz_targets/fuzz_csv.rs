//! Any bytes through the reader of text tables: limits hold, every row has the header's fields.
#![no_main]

use formats::csv::{CsvReader, Limits, Row};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { line_bytes: 4_096, columns: 20, rows: 1_000, ..Limits::default() };
    let Ok(mut reader) = CsvReader::open(bytes, limits) else { return };
    let columns = reader.headers().len();
    assert!((1..=limits.columns).contains(&columns));
    let mut row = Row::new();
    let mut line = 0;
    loop {
        match reader.read(&mut row) {
            Ok(true) => {
                assert_eq!(row.len(), columns);
                assert!(row.line() > line, "lines go up");
                line = row.line();
                let bytes: usize = row.iter().map(str::len).sum();
                assert!(bytes <= limits.line_bytes);
            }
            Ok(false) => return,
            Err(error) if error.is_fatal() => return,
            Err(_) => {}
        }
    }
});
