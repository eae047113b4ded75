//! Rows as text lines for PostgreSQL's COPY.

use std::fmt::Write as _;

use crate::value::Value;

/// Appends a row as one line of the text format of `COPY … FROM STDIN`.
/// <https://www.postgresql.org/docs/current/sql-copy.html>
pub(crate) fn write_line(line: &mut String, values: &[Value<'_>]) {
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            line.push('\t');
        }
        write_value(line, *value);
    }
    line.push('\n');
}

fn write_value(line: &mut String, value: Value<'_>) {
    match value {
        Value::Null => line.push_str("\\N"),
        Value::Bool(true) => line.push('t'),
        Value::Bool(false) => line.push('f'),
        Value::Int(number) => push(line, number),
        Value::Real(number) => push(line, number),
        Value::Text(text) => write_text(line, text),
        Value::Blob(bytes) => {
            line.push_str("\\\\x");
            for byte in bytes {
                push(line, format_args!("{byte:02x}"));
            }
        }
    }
}

fn push(line: &mut String, value: impl std::fmt::Display) {
    write!(line, "{value}").expect("writing to a string never fails");
}

fn write_text(line: &mut String, mut text: &str) {
    while let Some(at) = text.find(['\\', '\t', '\n', '\r']) {
        let (before, rest) = text.split_at(at);
        line.push_str(before);
        line.push_str(match rest.as_bytes().first() {
            Some(b'\t') => "\\t",
            Some(b'\n') => "\\n",
            Some(b'\r') => "\\r",
            _ => "\\\\",
        });
        text = &rest[1..];
    }
    line.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_field_or_line_is_escaped() {
        let cases: [(Value<'_>, &str); 9] = [
            (Value::Null, "\\N"),
            (Value::Bool(true), "t"),
            (Value::Int(-7), "-7"),
            (Value::Real(0.5), "0.5"),
            (Value::Text("Na Sầm"), "Na Sầm"),
            (Value::Text("\\N"), "\\\\N"),
            (Value::Text("a\tb\nc\r"), "a\\tb\\nc\\r"),
            (Value::Text("\\."), "\\\\."),
            (Value::Blob(&[0, 255]), "\\\\x00ff"),
        ];
        for (value, expected) in cases {
            let mut line = String::new();
            write_line(&mut line, &[value, Value::Int(1)]);
            assert_eq!(line, format!("{expected}\t1\n"), "{value:?}");
        }
    }
}
