//! What people type: the vectors of search keys, numbers and dates.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use domain::number::{Decimal, Qualifier};
use domain::text::{
    Typed, TypedDate, TypedProblem, nfc, search_key, typed_date, typed_day, typed_number,
    typed_qualifier,
};
use proptest::prelude::*;

/// Turns `\uXXXX` into that character: the vectors are NFC and visible, their cases are not.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut result = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_at(4);
        result.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        result.push_str(rest);
    }
    result
}

fn rows(table: &'static str) -> impl Iterator<Item = csv::StringRecord> {
    csv::Reader::from_reader(table.as_bytes()).into_records().map(Result::unwrap)
}

/// The cases of a kind in the table of numbers and dates: id, text, expected.
fn cases(kind: &'static str) -> impl Iterator<Item = (String, String, String)> {
    rows(include_str!("../../../tests/vectors/number_date_cases.csv"))
        .filter(move |row| &row[1] == kind)
        .map(|row| {
            let text = row[2].strip_prefix("text=").unwrap().to_owned();
            (row[0].to_owned(), text, row[3].to_owned())
        })
}

#[test]
fn search_keys_are_those_of_the_table() {
    let mut count = 0;
    for row in rows(include_str!("../../../tests/vectors/search_key_cases.csv")) {
        assert_eq!(search_key(&unescaped(&row[1])), &row[2], "{}", &row[0]);
        count += 1;
    }
    assert_eq!(count, 30);
}

/// A typed number in the words of the table.
fn described(typed: Typed) -> String {
    match typed {
        Typed::Missing => "missing".to_owned(),
        Typed::Refused(_) => "error".to_owned(),
        Typed::Ambiguous { readings: [one, other] } => format!("ask {one} | {other}"),
        Typed::Ratio { numerator, denominator } => format!("ratio {numerator} {denominator}"),
        Typed::Figure(figure) => {
            let claim = match figure.qualifier {
                Qualifier::Exact => "value",
                bound => bound.code(),
            };
            let percent = if figure.percent { "percent" } else { "" };
            let value = figure.value.to_string();
            let words = [claim, &value, percent, &figure.word, &figure.measure];
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        }
    }
}

#[test]
fn typed_numbers_are_those_of_the_table() {
    let mut count = 0;
    for (id, text, expected) in cases("parse_number") {
        assert_eq!(described(typed_number(&text)), expected, "{id}");
        count += 1;
    }
    assert_eq!(count, 24);
}

#[test]
fn numbers_beyond_the_table_are_read_the_same_way() {
    for (text, expected) in [
        ("  30 ", "value 30"),
        ("\u{a0}1\u{a0}234\u{a0}567\u{a0}", "value 1234567"),
        ("1 234,5", "value 1234.5"),
        ("1\u{202f}234.5", "value 1234.5"),
        ("1.234.567,8", "value 1234567.8"),
        ("1,234,567", "value 1234567"),
        ("12.345", "ask 12345 | 12.345"),
        ("123,456", "ask 123.456 | 123456"),
        ("-1.234", "ask -1234 | -1.234"),
        ("0.123", "value 0.123"),
        ("1234.567", "value 1234.567"),
        ("1.234,567", "value 1234.567"),
        ("-5", "value -5"),
        ("\u{2212}5,5", "value -5.5"),
        ("Trên 30", "at_least 30 Trên"),
        ("TRÊN\u{a0}30", "at_least 30 TRÊN"),
        ("tre\u{302}n 30 to\u{302}\u{309} chức", "at_least 30 trên tổ chức"),
        ("ít nhất 5 hộ", "at_least 5 ít nhất hộ"),
        ("không quá 5%", "at_most 5 percent không quá"),
        (">=30", "at_least 30 >="),
        ("≤ 30", "at_most 30 ≤"),
        ("~400", "about 400 ~"),
        ("trên 1.234", "ask 1234 | 1.234"),
        ("400 hộ", "value 400 hộ"),
        ("12,5 m²", "value 12.5 m²"),
        ("2 triệu đồng", "value 2 triệu đồng"),
        ("162 / 162", "ratio 162 162"),
        ("–", "missing"),
        (" \u{200b}", "missing"),
    ] {
        assert_eq!(described(typed_number(text)), expected, "{text:?}");
    }
}

#[test]
fn a_word_that_multiplies_is_told_from_a_measure() {
    let multiplied = |text| match typed_number(text) {
        Typed::Figure(figure) => figure.multiplied_by(),
        other => panic!("{text}: {other:?}"),
    };
    for (text, word) in [
        ("2 nghìn", Some("nghìn")),
        ("hơn 3 Trăm hộ", Some("trăm")),
        ("2 nghi\u{300}n hộ", Some("nghìn")),
        ("2 triệu đồng", Some("triệu")),
        ("1 tỷ", Some("tỷ")),
        ("20 hộ", None),
        ("5 trường hợp", None),
        ("20", None),
    ] {
        assert_eq!(multiplied(text), word, "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_its_reason() {
    use TypedProblem::{ForeignDigits, Formula, NotANumber, TooLarge, TooManyDecimals};
    for (text, expected) in [
        ("không", NotANumber),
        ("trên", NotANumber),
        ("trên30", NotANumber),
        ("1.23.456", NotANumber),
        ("1.234.56", NotANumber),
        ("1.234,567,8", NotANumber),
        ("1,23.4", NotANumber),
        ("1 23", NotANumber),
        ("12 345 6", NotANumber),
        ("5.", NotANumber),
        (",5", NotANumber),
        ("--5", NotANumber),
        ("+5", NotANumber),
        ("5-7", NotANumber),
        ("5%%", NotANumber),
        ("5%a", NotANumber),
        ("400hộ", NotANumber),
        ("400 hộ 3", NotANumber),
        ("1/2/2026", NotANumber),
        ("trên 1/2", NotANumber),
        ("1.234/2.000", NotANumber),
        ("1e3", NotANumber),
        ("=A1+1", Formula),
        ("１２", ForeignDigits),
        ("trên ١٢", ForeignDigits),
        ("1٢", ForeignDigits),
        ("0,12345", TooManyDecimals { decimals: 4 }),
        ("99999999999999999999", TooLarge),
    ] {
        assert_eq!(typed_number(text), Typed::Refused(expected), "{text:?}");
    }
}

#[test]
fn a_qualifier_is_a_code_or_a_word() {
    for (text, expected) in [
        ("", Some(Qualifier::Exact)),
        ("at_most", Some(Qualifier::AtMost)),
        ("Trên ", Some(Qualifier::AtLeast)),
        ("dưới", Some(Qualifier::AtMost)),
        ("khoảng", Some(Qualifier::About)),
        ("nhiều", None),
    ] {
        assert_eq!(typed_qualifier(text), expected, "{text:?}");
    }
}

#[test]
fn typed_dates_are_those_of_the_table() {
    let mut count = 0;
    for (id, text, expected) in cases("date_parse") {
        let described = match typed_date(&text) {
            TypedDate::Missing => "missing".to_owned(),
            TypedDate::Day(day) => day.to_string(),
            TypedDate::Month(month) => format!("month {month}"),
            TypedDate::Ask(day) => format!("ask {day}"),
            TypedDate::Refused => "error".to_owned(),
        };
        assert_eq!(described, expected, "{id}");
        count += 1;
    }
    assert_eq!(count, 9);
}

#[test]
fn only_a_full_day_is_a_day() {
    for (text, expected) in [
        ("2025-07-01", Some("2025-07-01")),
        ("1/7/2025", Some("2025-07-01")),
        (" 1.7.2025 ", Some("2025-07-01")),
        ("Nga\u{300}y 1 tháng 7 năm 2025", Some("2025-07-01")),
        ("tháng 7 năm 2025", None),
        ("2025-07", None),
        ("2025", None),
        ("1/7/25", None),
        ("1/13/2025", None),
        ("1/7-2025", None),
        ("1/7/02025", None),
        ("1/7/0000", None),
        ("-1/7/2025", None),
        ("45839", None),
        ("", None),
    ] {
        assert_eq!(typed_day(text).map(|day| day.to_string()).as_deref(), expected, "{text:?}");
    }
}

#[test]
fn a_mark_after_a_hyphen_leaves_no_space_behind() {
    assert_eq!(search_key("a-\u{a51}"), "a");
    assert_eq!(search_key("a-\u{a51}b"), "a b");
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_fail_badly(text in "\\PC{0,20}") {
        prop_assert_eq!(typed_number(&text), typed_number(&nfc(&text)));
        prop_assert_eq!(typed_date(&text), typed_date(&nfc(&text)));
        prop_assert_eq!(typed_qualifier(&text), typed_qualifier(&nfc(&text)));
        let key = search_key(&text);
        prop_assert_eq!(search_key(&key), key.clone());
        prop_assert_eq!(search_key(&nfc(&text)), key);
    }

    #[test]
    fn a_figure_has_the_digits_that_were_typed(text in "(trên )?[-0-9., /%]{0,12}( hộ)?") {
        let digits = |text: &str| {
            let digits = text.chars().filter(char::is_ascii_digit).collect::<String>();
            digits.trim_start_matches('0').to_owned()
        };
        if let Typed::Figure(figure) = typed_number(&text) {
            prop_assert_eq!(digits(&figure.value.to_string()), digits(&text));
        }
    }

    #[test]
    fn a_machine_written_number_with_other_than_three_decimals_is_itself(
        units: i32, scale in prop_oneof![Just(0_u8), Just(1), Just(2), Just(4)],
    ) {
        let decimal = Decimal::new(i64::from(units), scale);
        let Typed::Figure(figure) = typed_number(&decimal.to_string()) else {
            return Err(TestCaseError::fail(decimal.to_string()));
        };
        prop_assert_eq!(figure.value, decimal);
    }
}
