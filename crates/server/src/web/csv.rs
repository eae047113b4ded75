//! Tables that the browser saves as CSV.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::turn::once;

/// A table under a name, to be saved instead of shown; the mark at its beginning tells spreadsheets that
/// it is UTF-8.
#[must_use]
pub fn saved(name: &str, table: &str) -> Response {
    let kept = format!("attachment; filename=\"{name}\"");
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, kept)];
    once((headers, format!("\u{feff}{table}")).into_response())
}

/// A text as a field; what a spreadsheet would take for a formula is kept a text.
#[must_use]
pub fn quoted(text: &str) -> String {
    let text = text.replace('"', "\"\"");
    let is_formula = text.starts_with(['=', '+', '-', '@']);
    if is_formula { format!("\"'{text}\"") } else { format!("\"{text}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stay_texts_in_a_spreadsheet() {
        assert_eq!(quoted("Nà \"Lầu\""), "\"Nà \"\"Lầu\"\"\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
