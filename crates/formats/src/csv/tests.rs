//! What the text table reader takes and refuses.

use super::*;

/// Rows with the lines they begin on, the header first.
type Rows = Vec<(u32, Vec<String>)>;

fn read_all(text: &[u8]) -> Result<Rows, SheetError> {
    let mut reader = CsvReader::open(text, Limits::default())?;
    let mut row = Row::new();
    let mut rows = vec![(1, reader.headers().to_vec())];
    while reader.read(&mut row)? {
        rows.push((row.line(), row.iter().map(str::to_owned).collect()));
    }
    Ok(rows)
}

#[test]
fn fields_come_as_written() {
    let row = |line, fields: &[&str]| (line, fields.iter().map(|&f| f.to_owned()).collect());
    let cases: [(&str, &[u8], Rows); 13] = [
        ("commas", b"a,b\n1,2\n", vec![row(1, &["a", "b"]), row(2, &["1", "2"])]),
        ("semicolons", b"a;b\n1,5;2\n", vec![row(1, &["a", "b"]), row(2, &["1,5", "2"])]),
        ("tabs", b"a\tb\n1,5\t2;3\n", vec![row(1, &["a", "b"]), row(2, &["1,5", "2;3"])]),
        ("CRLF", b"a,b\r\n1,2\r\n", vec![row(1, &["a", "b"]), row(2, &["1", "2"])]),
        ("no last line end", b"a,b\n1,2", vec![row(1, &["a", "b"]), row(2, &["1", "2"])]),
        ("mark", b"\xEF\xBB\xBFa,b\n1,2\n", vec![row(1, &["a", "b"]), row(2, &["1", "2"])]),
        ("blank lines", b"a\n\r\n\n1\n\n2", vec![row(1, &["a"]), row(4, &["1"]), row(6, &["2"])]),
        (
            "a quoted line end",
            b"a,b\n\"1\n2\",3\r\n\"x \"\"y\"\"\",\n",
            vec![row(1, &["a", "b"]), row(2, &["1\n2", "3"]), row(4, &["x \"y\"", ""])],
        ),
        ("quoted separators", b"\"a;b;c\",d\n", vec![row(1, &["a;b;c", "d"])]),
        ("CR alone", b"a\r\r1\r2\r", vec![row(1, &["a"]), row(3, &["1"]), row(4, &["2"])]),
        (
            "line ends of each kind in quotes",
            b"a\r\n\"1\r2\r\n3\"\r\n4\r\n",
            vec![row(1, &["a"]), row(2, &["1\r2\r\n3"]), row(5, &["4"])],
        ),
        ("an inch", b"a,b\n5\" pipe,2\n", vec![row(1, &["a", "b"]), row(2, &["5\" pipe", "2"])]),
        ("empty fields", b"a,b,\n,,\n", vec![row(1, &["a", "b", ""]), row(2, &["", "", ""])]),
    ];
    for (name, text, expected) in cases {
        assert_eq!(read_all(text), Ok(expected), "{name}");
    }
}

#[test]
fn every_fault_is_named_with_its_place() {
    let at = |row, column| place(row, column);
    let cases: [(&str, &[u8], SheetError); 17] = [
        ("nothing", b"", SheetError::Empty),
        ("only line ends", b"\r\n\n", SheetError::Empty),
        ("only a mark", b"\xEF\xBB\xBF", SheetError::Empty),
        ("only separators", b",,\n1,2,3\n", SheetError::Empty),
        ("UTF-16", b"\xFF\xFEa\0,\0", SheetError::NotUtf8 { at: at(1, 1) }),
        ("UTF-16, big end", b"\xFE\xFF\0a", SheetError::NotUtf8 { at: at(1, 1) }),
        ("UTF-16, no mark", b"a\0,\0b\0\n\0", SheetError::NulByte { at: at(1, 1) }),
        // "Xã" in Windows-1258: X, ã as E3.
        ("Windows-1258", b"a,b\n1,2\n3,X\xE3\n", SheetError::NotUtf8 { at: at(3, 2) }),
        ("in a quoted line", b"a,b\n\"1\n\xE3\",2\n", SheetError::NotUtf8 { at: at(3, 1) }),
        ("a letter cut by a comma", b"a,b\n\xC3,\xA1\n", SheetError::NotUtf8 { at: at(2, 1) }),
        ("a NUL", b"a,b\n1,2\n1,x\0\n", SheetError::NulByte { at: at(3, 2) }),
        ("too short", b"a,b\n1\n", wrong_count(2, 2, 1)),
        ("too long", b"a,b\n1,2\n\n1,2,3\n", wrong_count(4, 2, 3)),
        ("an open quote", b"a,b\n1,2\n\"3,4\n5,6\n", SheetError::OpenQuote { at: at(3, 0) }),
        ("an open quote, cut", b"a,b\n\"3,4", SheetError::OpenQuote { at: at(2, 0) }),
        ("an open quote above", b"\"a,b\n3,4", SheetError::OpenQuote { at: at(1, 0) }),
        (
            "a doubled header",
            b"code,name, code\n",
            SheetError::DoubledHeader { at: at(1, 3), header: "code".to_owned() },
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(read_all(text), Err(expected), "{name}");
    }
}

fn wrong_count(line: u32, expected: u32, found: u32) -> SheetError {
    SheetError::WrongColumnCount { at: place(line, 0), expected, found }
}

#[test]
fn reading_goes_on_after_a_row_that_does_not_fit() {
    let limits = Limits { field_characters: 3, ..Limits::default() };
    let text = "a,b\n1\nđườn,2\nđườ,3\n".as_bytes();
    let mut reader = CsvReader::open(text, limits).unwrap();
    let mut row = Row::new();
    let short = reader.read(&mut row).unwrap_err();
    assert!(!short.is_fatal());
    assert_eq!(short, wrong_count(2, 2, 1));
    let long = reader.read(&mut row).unwrap_err();
    assert!(!long.is_fatal());
    assert_eq!(long, too_large(3, 1, Limit::FieldCharacters, 3));
    assert_eq!(reader.read(&mut row), Ok(true));
    assert_eq!((row.line(), row.field(0), row.field(1), row.field(2)), (4, "đườ", "3", ""));
    assert_eq!(reader.read(&mut row), Ok(false));
}

#[test]
fn limits_are_kept() {
    let limits =
        Limits { file_bytes: 200_000, rows: 2, columns: 2, line_bytes: 100, field_characters: 50 };
    let endless = "x".repeat(150_000);
    let cases = [
        ("rows", "a\n1\n2\n3\n".to_owned(), too_large(4, 0, Limit::Rows, 2)),
        ("columns", "a,b,c\n".to_owned(), too_large(1, 0, Limit::Columns, 2)),
        ("columns below", "a,b\n1,2,3,4\n".to_owned(), too_large(2, 0, Limit::Columns, 2)),
        ("a line", format!("a,b\n{endless}"), too_large(2, 0, Limit::LineBytes, 100)),
        ("a header", endless.clone(), too_large(1, 0, Limit::LineBytes, 100)),
        (
            "a quote that takes everything",
            format!("a,b\n1,2\n\"{endless}"),
            SheetError::OpenQuote { at: place(3, 0) },
        ),
        (
            "a field",
            format!("a,b\n1,{}\n", "y".repeat(51)),
            too_large(2, 2, Limit::FieldCharacters, 50),
        ),
        (
            "the file",
            format!("a\n{}", "\n".repeat(250_000)),
            too_large(131_072, 0, Limit::FileBytes, 200_000),
        ),
    ];
    for (name, text, expected) in cases {
        let mut row = Row::new();
        let found = CsvReader::open(text.as_bytes(), limits).and_then(|mut reader| {
            while reader.read(&mut row)? {}
            Ok(())
        });
        match (found, expected) {
            // Where in a row of blank lines the limit is noticed depends on the buffer.
            (Err(SheetError::TooLarge { what, .. }), SheetError::TooLarge { what: wanted, .. })
                if wanted == Limit::FileBytes =>
            {
                assert_eq!(what, wanted, "{name}");
            }
            (found, expected) => assert_eq!(found, Err(expected), "{name}"),
        }
    }
}

/// Gives its bytes in pieces of one length.
struct Trickle<'a>(&'a [u8], usize);

impl Read for Trickle<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let size = self.1.min(self.0.len()).min(into.len());
        into[..size].copy_from_slice(&self.0[..size]);
        self.0 = &self.0[size..];
        Ok(size)
    }
}

#[test]
fn rows_do_not_depend_on_how_the_bytes_arrive() {
    let mut text = "\u{FEFF}mã;tên\r\n".to_owned();
    for number in 0..3000 {
        text.push_str(&format!("{number};\"thôn \"\"{number}\"\"\r\nở xã\"\r\n"));
    }
    let whole = read_all(text.as_bytes()).unwrap();
    assert_eq!(whole.len(), 3001);
    assert_eq!(whole[3000], (6000, vec!["2999".to_owned(), "thôn \"2999\"\r\nở xã".to_owned()]));
    for size in [1, 2, 3, 7, 4096] {
        let mut reader =
            CsvReader::open(Trickle(text.as_bytes(), size), Limits::default()).unwrap();
        let mut row = Row::new();
        for (line, fields) in &whole[1..] {
            assert_eq!(reader.read(&mut row), Ok(true), "pieces of {size}");
            assert_eq!(row.line(), *line, "pieces of {size}");
            assert!(row.iter().eq(fields.iter().map(String::as_str)), "pieces of {size}");
        }
        assert_eq!(reader.read(&mut row), Ok(false));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_end_in_rows_or_a_refusal(
        bytes in proptest::collection::vec(
            proptest::prop_oneof![
                proptest::sample::select(b",;\t\"\r\n\0a1\xC3\xA1\xFF".to_vec()),
                proptest::arbitrary::any::<u8>(),
            ],
            0..600,
        ),
        size in 1_usize..50,
    ) {
        let limits = Limits { line_bytes: 64, columns: 5, ..Limits::default() };
        let mut row = Row::new();
        if let Ok(mut reader) = CsvReader::open(Trickle(&bytes, size), limits) {
            loop {
                match reader.read(&mut row) {
                    Ok(true) => proptest::prop_assert_eq!(row.len(), reader.headers().len()),
                    Ok(false) => break,
                    Err(error) if error.is_fatal() => break,
                    Err(_) => {}
                }
            }
        }
    }

    #[test]
    fn what_was_written_is_read(
        rows in proptest::collection::vec(
            proptest::collection::vec("[a-zđữ \"\n,;0-9]{0,8}", 3),
            0..20,
        ),
    ) {
        let mut text = "a,b,c\n".to_owned();
        for row in &rows {
            let quoted: Vec<String> =
                row.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        let found = read_all(text.as_bytes()).unwrap();
        let fields: Vec<Vec<String>> = found.into_iter().skip(1).map(|row| row.1).collect();
        proptest::prop_assert_eq!(fields, rows);
    }
}
