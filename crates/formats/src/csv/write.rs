//! Text tables as they are written: a spreadsheet program that opens one takes no text for a formula.

/// What a spreadsheet program takes for the beginning of a formula.
const SIGNS: [char; 4] = ['=', '+', '-', '@'];

/// Rows as a table: commas between fields, LF after each row. Blanks in a row become one; a text that
/// begins like a formula gets an apostrophe before it, which [`unmarked`] takes off again.
#[must_use]
pub fn table(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| row.iter().map(|text| field(text)).collect::<Vec<_>>().join(",");
    rows.iter().map(|row| line(row) + "\n").collect()
}

fn field(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = if is_like_formula(&text) { format!("'{text}") } else { text };
    if text.contains([',', ';', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Whether a text begins like a formula, apostrophes before it passed over. A number with a sign is
/// only a number.
fn is_like_formula(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let is_number = bare.len() == text.len() && bare.parse::<f64>().is_ok();
    bare.starts_with(SIGNS) && !is_number
}

/// A field without the apostrophe that kept it a text.
#[must_use]
pub fn unmarked(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(text) if is_like_formula(field) => text,
        Some(_) | None => field,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_kept_a_text_and_comes_back_as_it_was() {
        for (text, written) in [
            ("=1+2", "'=1+2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+84 912", "'+84 912"),
            ("-A01 + B02", "'-A01 + B02"),
            ("'=1", "''=1"),
            ("'-5", "''-5"),
            ("=HYPERLINK(\"a\",\"b\")", "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\""),
            ("-1000.5", "-1000.5"),
            ("'Nà Lầu'", "'Nà Lầu'"),
            ("thôn, khu phố", "\"thôn, khu phố\""),
            ("", ""),
        ] {
            assert_eq!(field(text), written, "{text}");
            let bare = written.trim_matches('"').replace("\"\"", "\"");
            assert_eq!(unmarked(&bare), text, "{written}");
        }
    }

    #[test]
    fn a_line_break_does_not_begin_a_row() {
        let rows =
            [vec!["a".to_owned(), "b".to_owned()], vec!["1\n2".to_owned(), "\t=3".to_owned()]];
        assert_eq!(table(&rows), "a,b\n1 2,'=3\n");
    }
}
