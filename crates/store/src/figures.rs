//! The figures of a submission as one compact JSON document.
//!
//! `[["sheet", …], [figure, …]]`, a figure being `[item, units, scale, row, column, sheet, qualifier,
//! class, note]`: sheet counts from 0 in the list before, qualifier is its code. What is left out at
//! the end of a figure is the first sheet, exact, the whole and no note.

use std::borrow::Cow;
use std::fmt::Write as _;

use domain::item::ItemId;
use domain::number::{Decimal, Qualifier};
use domain::submission::{Figure, Place};

use crate::error::{Error, Result};
use crate::json;

/// Appends the document of some figures.
pub(crate) fn write(out: &mut String, figures: &[Figure]) {
    let mut sheets: Vec<&str> = Vec::new();
    for figure in figures {
        let sheet = figure.place.sheet.as_str();
        // Neighbours stand on the same sheet nearly always.
        if sheets.last() != Some(&sheet) && !sheets.contains(&sheet) {
            sheets.push(sheet);
        }
    }
    out.push('[');
    out.push_str(&json::write(&sheets));
    out.push_str(",[");
    for (index, figure) in figures.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_figure(out, figure, &sheets);
    }
    out.push_str("]]");
}

fn write_figure(out: &mut String, figure: &Figure, sheets: &[&str]) {
    let Figure { item, class, value, qualifier, note, place } = figure;
    let (units, scale, row, column) = (value.units, value.scale, place.row, place.column);
    push(out, format_args!("[{},{units},{scale},{row},{column}", item.0));
    let sheet = sheets.iter().position(|sheet| *sheet == place.sheet).unwrap_or(0);
    // How many of the parts that may be left out are needed, from the left.
    let needed = match () {
        () if !note.is_empty() => 4,
        () if !class.is_empty() => 3,
        () if *qualifier != Qualifier::Exact => 2,
        () if sheet > 0 => 1,
        () => 0,
    };
    if needed > 0 {
        push(out, format_args!(",{sheet}"));
    }
    for text in [qualifier.code(), class, note].into_iter().take(usize::saturating_sub(needed, 1)) {
        out.push(',');
        out.push_str(&json::write(&text));
    }
    out.push(']');
}

fn push(out: &mut String, parts: std::fmt::Arguments<'_>) {
    out.write_fmt(parts).expect("writing to a string never fails");
}

/// Reads a document.
pub(crate) fn read(text: &str) -> Result<Vec<Figure>> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.document().ok_or_else(|| Error::Unreadable {
        what: "figures",
        found: text.chars().take(80).collect(),
    })
}

/// Reads what [`write`] wrote, and no other JSON: loading all submissions took nearly twice as long
/// with a general parser.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn document(&mut self) -> Option<Vec<Figure>> {
        let mut sheets = Vec::new();
        // A figure takes at least a dozen characters, most take a few more.
        let mut figures = Vec::with_capacity(self.text.len() / 14);
        self.expect(b'[')?;
        self.list(|scanner| {
            sheets.push(scanner.string()?);
            Some(())
        })?;
        self.expect(b',')?;
        self.list(|scanner| {
            figures.push(scanner.figure(&sheets)?);
            Some(())
        })?;
        self.expect(b']')?;
        (self.at == self.text.len()).then_some(figures)
    }

    fn figure(&mut self, sheets: &[Cow<'a, str>]) -> Option<Figure> {
        self.expect(b'[')?;
        let item = ItemId(self.integer()?.try_into().ok()?);
        self.expect(b',')?;
        let units = self.integer()?;
        self.expect(b',')?;
        let scale = self.integer()?.try_into().ok()?;
        self.expect(b',')?;
        let row = self.integer()?.try_into().ok()?;
        self.expect(b',')?;
        let column = self.integer()?.try_into().ok()?;
        let sheet: usize = if self.takes(b',') { self.integer()?.try_into().ok()? } else { 0 };
        let qualifier = if self.takes(b',') {
            Qualifier::from_code(&self.string()?)?
        } else {
            Qualifier::Exact
        };
        let class = if self.takes(b',') { self.string()?.into_owned() } else { String::new() };
        let note = if self.takes(b',') { self.string()?.into_owned() } else { String::new() };
        self.expect(b']')?;
        let place = Place { sheet: sheets.get(sheet)?.clone().into_owned(), row, column };
        Some(Figure { item, class, value: Decimal::new(units, scale), qualifier, note, place })
    }

    fn list(&mut self, mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect(b'[')?;
        if self.takes(b']') {
            return Some(());
        }
        loop {
            each(self)?;
            if !self.takes(b',') {
                return self.expect(b']');
            }
        }
    }

    fn integer(&mut self) -> Option<i64> {
        let negative = self.takes(b'-');
        let first = self.at;
        // Collected as a negative number, which reaches one further.
        let mut number: i64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            number = number.checked_mul(10)?.checked_sub(i64::from(digit - b'0'))?;
            self.at += 1;
        }
        match (self.at > first, negative) {
            (false, _) => None,
            (true, true) => Some(number),
            (true, false) => number.checked_neg(),
        }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        let first = self.at;
        self.expect(b'"')?;
        let mut escaped = false;
        loop {
            match self.byte()? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    self.at += 2;
                }
                _ => self.at += 1,
            }
        }
        self.at += 1;
        let quoted = self.text.get(first..self.at)?;
        if escaped {
            return serde_json::from_str(quoted).ok().map(Cow::Owned);
        }
        quoted.get(1..quoted.len() - 1).map(Cow::Borrowed)
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let there = self.byte() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.takes(byte).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure() -> Figure {
        Figure {
            item: ItemId(7),
            class: String::new(),
            value: Decimal::new(-15, 1),
            qualifier: Qualifier::Exact,
            note: String::new(),
            place: Place { sheet: "Tháng 1".to_owned(), row: 4, column: 2 },
        }
    }

    /// The stored form is a promise to later versions of this program.
    #[test]
    fn what_says_nothing_is_left_out_at_the_end() {
        let other_sheet = Place { sheet: "Tháng 2".to_owned(), row: 5, column: 0 };
        let cases = [
            (vec![], r#"[[],[]]"#),
            (vec![figure()], r#"[["Tháng 1"],[[7,-15,1,4,2]]]"#),
            (
                vec![figure(), Figure { place: other_sheet, ..figure() }],
                r#"[["Tháng 1","Tháng 2"],[[7,-15,1,4,2],[7,-15,1,5,0,1]]]"#,
            ),
            (
                vec![Figure { qualifier: Qualifier::AtMost, ..figure() }],
                r#"[["Tháng 1"],[[7,-15,1,4,2,0,"at_most"]]]"#,
            ),
            (
                vec![Figure { class: "nu".to_owned(), ..figure() }],
                r#"[["Tháng 1"],[[7,-15,1,4,2,0,"exact","nu"]]]"#,
            ),
            (
                vec![Figure { note: "\"\\".to_owned(), ..figure() }],
                r#"[["Tháng 1"],[[7,-15,1,4,2,0,"exact","","\"\\"]]]"#,
            ),
        ];
        for (figures, expected) in cases {
            let mut document = String::new();
            write(&mut document, &figures);
            assert_eq!(document, expected);
            assert_eq!(read(&document).unwrap(), figures);
        }
    }

    #[test]
    fn what_is_no_document_is_unreadable() {
        let cases = [
            "",
            "[]",
            "[[],[[1,2,3,4]]]",
            "[[],[[1,2,3,4,5]]]",
            r#"[["a"],[[1,2,3,4,5,1]]]"#,
            r#"[["a"],[[1,2,3,4,5,0,"perhaps"]]]"#,
            r#"[["a"],[[1,2,3,4,5,0,"exact","","",""]]]"#,
            r#"[["a"],[[-1,2,3,4,5]]]"#,
            r#"[["a"],[[1,9223372036854775808,3,4,5]]]"#,
            r#"[["a"],[[1,-,3,4,5]]]"#,
            r#"[["a"],[[1,2,3,4,5]]] "#,
            r#"[["a"],[[1,2,3,4,5,0,"exact","\"]]]"#,
            r#"[["a"],[[1,2,3,4,5,0,"exact","\u12"]]]"#,
        ];
        for document in cases {
            let read = read(document);
            assert!(matches!(read, Err(Error::Unreadable { what: "figures", .. })), "{document}");
        }
    }
}
