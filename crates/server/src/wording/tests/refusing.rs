//! Every refusal has a sentence in both languages that names the place and what to do.

use std::collections::BTreeSet;

use domain::expression::{ExpressionError, ExpressionProblem};
use domain::period::{Frequency, Period};
use domain::refusal::{Limit, Location, Noun, Refusal, Refused, Wanted};
use domain::report::{TextError, TextProblem};
use domain::unit::UnitError;
use jiff::civil::date;

use super::super::refusals::{key, reason, sentence};
use super::super::{Lang, VI_SOURCE};

fn of_files() -> Vec<Refusal> {
    let detail = || "chi tiết".to_owned();
    vec![
        Refusal::NotFound { noun: Noun::Indicator, key: "A99".into() },
        Refusal::Doubled { noun: Noun::Unit, key: "06124".into() },
        Refusal::FileNotOpened { detail: detail() },
        Refusal::UnknownFileKind { ending: "doc".into() },
        Refusal::EmptyFile,
        Refusal::NotUtf8,
        Refusal::BrokenText { detail: detail() },
        Refusal::MissingColumn { column: "value".into() },
        Refusal::DoubledColumn { column: "value".into() },
        Refusal::WrongColumnCount { expected: 7, found: 5 },
        Refusal::TooLarge { what: Limit::Rows, limit: 1_000_000 },
        Refusal::NotAWorkbook,
        Refusal::OldWorkbook,
        Refusal::EncryptedWorkbook,
        Refusal::DamagedWorkbook { detail: detail() },
        Refusal::ReaderStopped,
        Refusal::BrokenToml { detail: detail() },
        Refusal::CrosswalkWithoutDay,
        Refusal::NoDatabase { place: "so-lieu.db".into() },
        Refusal::NoFilesInFolder { folder: "so-lieu".into() },
        Refusal::FolderNotWritten { folder: "bao-cao".into(), detail: detail() },
        Refusal::Unit(UnitError::EmptyLine { date: date(2025, 7, 1) }),
        Refusal::NoUnitOnSheet,
        Refusal::NoPeriodOnSheet,
        Refusal::TwoPeriodsOnSheet { tab: Period::Month(2022, 1), title: Period::Month(2022, 2) },
        Refusal::NoUnitInRow,
        Refusal::NoItemsOnSheet,
    ]
}

fn of_values() -> Vec<Refusal> {
    let text = || "1.234".to_owned();
    vec![
        Refusal::BadValue { text: text(), wanted: Wanted::Day },
        Refusal::NotANumber { text: text() },
        Refusal::AmbiguousNumber { text: text(), readings: ["1234".into(), "1,234".into()] },
        Refusal::TooManyDecimals { text: text(), decimals: 1 },
        Refusal::NumberTooLarge { text: text() },
        Refusal::NotACount { text: "90%".into() },
        Refusal::FormulaCell { formula: "=A1+1".into() },
        Refusal::ErrorCell { text: "#REF!".into() },
    ]
}

fn of_content() -> Vec<Refusal> {
    let (item, unit) = (|| "A01".to_owned(), || "06124".to_owned());
    vec![
        Refusal::UnknownUnit { code: unit(), day: None },
        Refusal::UnknownUnit { code: unit(), day: Some(date(2025, 7, 1)) },
        Refusal::UnknownUnitName {
            name: "Nà Lầu".into(), above: "Thị trấn Na Sầm".into()
        },
        Refusal::AmbiguousUnitName {
            name: "Nà Lầu".into(), codes: vec!["1".into(), "2".into()]
        },
        Refusal::UnknownClass { item: item(), class: "nu".into(), known: vec!["nam".into()] },
        Refusal::PeriodMismatch {
            item: item(),
            period: Period::Quarter(2022, 2),
            frequency: Frequency::Monthly,
        },
        Refusal::NotAsked { item: item(), unit: unit() },
        Refusal::ContradictoryFigure {
            item: item(),
            unit: unit(),
            period: Period::Month(2022, 3),
            first_row: 7,
        },
        Refusal::ClassesDoNotAddUp {
            item: item(),
            unit: unit(),
            sum: "11".into(),
            whole: "12".into(),
        },
        Refusal::TemplateText {
            text: "{a01".into(),
            error: TextError { at: 0..4, kind: TextProblem::UnclosedBrace },
        },
        Refusal::Formula {
            source: "A01 +".into(),
            error: ExpressionError { at: 5..5, kind: ExpressionProblem::Empty },
        },
        bound(Vec::new()),
        bound(vec!["bao-cao-ky".into()]),
        Refusal::TemplateNeedsUnitAndPeriod { template: "bao-cao-ky".into() },
        Refusal::TemplateHalfBound { lacking: "period".into() },
        Refusal::TargetVersionExists { indicator: item(), unit: unit(), date: date(2022, 1, 15) },
    ]
}

fn bound(general: Vec<String>) -> Refusal {
    Refusal::TemplateBound {
        template: "ket-qua-kl-01".into(),
        unit: "huyện Văn Lãng".into(),
        unit_code: "182".into(),
        period: Period::Year(2022),
        general,
    }
}

fn one_of_each() -> Vec<Refusal> {
    [of_files(), of_values(), of_content()].concat()
}

#[test]
fn every_refusal_is_said_in_both_languages_without_holes() {
    let mut said = BTreeSet::new();
    for refusal in one_of_each() {
        said.insert(key(&refusal));
        for lang in Lang::ALL {
            let sentence = reason(&refusal, lang);
            assert_ne!(sentence, key(&refusal), "no sentence");
            assert!(
                !sentence.contains(['{', '}', '$']) || key(&refusal).contains("template"),
                "{sentence}"
            );
            assert!(!sentence.contains("không hợp lệ"), "{sentence}");
            assert!(!sentence.contains("vui lòng"), "{sentence}");
        }
    }
    let known: BTreeSet<&str> = VI_SOURCE
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key)
        .filter(|key| key.starts_with("refusal-"))
        .collect();
    assert_eq!(said, known);
}

#[test]
fn a_refusal_names_file_sheet_row_and_column() {
    let at =
        Location { file: "06124-na-sam.xlsx".into(), sheet: "T01-2022".into(), row: 12, column: 4 };
    let why = Refusal::AmbiguousNumber {
        text: "1.234".into(),
        readings: ["1234".into(), "1,234".into()],
    };
    let refused = Refused { at, why };
    assert_eq!(
        sentence(&refused, Lang::Vi),
        "tệp 06124-na-sam.xlsx, trang tính T01-2022, hàng 12, cột D: “1.234” có thể hiểu là 1234 \
         hoặc 1,234. Ghi lại một trong hai số."
    );
    assert_eq!(
        sentence(&refused, Lang::En),
        "file 06124-na-sam.xlsx, sheet T01-2022, row 12, column D: “1.234” can be read as 1234 or \
         1,234. Write one of the two."
    );
}

#[test]
fn limits_are_printed_with_groups() {
    let refusal = Refusal::TooLarge { what: Limit::Rows, limit: 1_000_000 };
    assert_eq!(
        reason(&refusal, Lang::Vi),
        "Quá lớn: tối đa 1.000.000 hàng. Chia tệp thành nhiều phần."
    );
}
