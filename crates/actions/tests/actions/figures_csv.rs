//! Figures from CSV: what is taken as what, what is refused where, and what a second file does.

use domain::number::Qualifier;
use domain::period::{Frequency, Period};
use domain::refusal::{Noun, Refusal, Wanted};
use domain::submission::Place;
use jiff::civil::date;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::setup::{FIGURES, Office, at, decimal, period, places, refusals};

const JANUARY: Period = Period::Month(2022, 1);

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn the_same_file_twice_changes_nothing() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let first = office.figures("X1-1,2022-01,A01,3,,,\n").unwrap();
        assert_eq!((first.figures, first.submissions, first.files), (1, 1, 1), "{engine}");
        let before = office.extent();

        let second = office.figures("X1-1,2022-01,A01,3,,,\n").unwrap();
        assert_eq!((second.figures, second.submissions, second.files), (0, 0, 0), "{engine}");
        let known = actions::imports::Notice::AlreadyImported {
            file: text("figures.csv"),
            imported_ms: NOW_MS,
            corrected: 0,
        };
        assert_eq!(second.notices, [known], "{engine}");
        assert_eq!(office.extent(), before, "{engine}");

        // Sent once more after a correction, it does not bring the old figure back, and says so.
        office.figures("X1-1,2022-01,A01,4,,,\n").unwrap();
        let third = office.figures("X1-1,2022-01,A01,3,,,\n").unwrap();
        let known = actions::imports::Notice::AlreadyImported {
            file: text("figures.csv"),
            imported_ms: NOW_MS,
            corrected: 1,
        };
        assert_eq!(third.notices, [known], "{engine}");
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), "4", "{engine}");
    });
}

#[test]
fn one_wrong_file_keeps_the_others_out() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let before = office.extent();
        let good = format!("{FIGURES}X1-1,2022-01,A01,3,,,\n");
        let bad = format!("{FIGURES}X1-1,2022-01,A01,ba,,,\n");
        for files in [
            [("good.csv", good.as_bytes()), ("bad.csv", bad.as_bytes())],
            [("bad.csv", bad.as_bytes()), ("good.csv", good.as_bytes())],
        ] {
            let refused = refusals(office.files(&files));
            assert_eq!(refused.len(), 1, "{engine}");
            assert_eq!(refused[0].at, at("bad.csv", "", 2, 4), "{engine}");
            assert_eq!(office.extent(), before, "{engine}");
        }
        // Once corrected, both go in: the refused attempt left nothing behind.
        let corrected = format!("{FIGURES}X1-2,2022-01,A01,3,,,\n");
        let done = office
            .files(&[("good.csv", good.as_bytes()), ("bad.csv", corrected.as_bytes())])
            .unwrap();
        assert_eq!(done.submissions, 2, "{engine}");
    });
}

#[test]
fn everything_wrong_is_reported_at_once() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let rows = "\
X9-9,2022-01,A01,3,,,
X1-1,2022-13,A01,3,,,
X1-1,2022-01,A99,3,,,
X1-1,2022-01,A01,nhiều,,,
X1-1,2022-01,A01,3,chừng,,
X1-1,2022-01,G06,3,,tre_em,
X1-1,2022-Q1,A01,3,,,
X1,2022-01,A01,3,,,
";
        let day = date(2022, 1, 31);
        let expected = [
            (2, 1, Refusal::UnknownUnit { code: text("X9-9"), day: Some(day) }),
            (3, 2, Refusal::BadValue { text: text("2022-13"), wanted: Wanted::Period }),
            (4, 3, Refusal::NotFound { noun: Noun::Item, key: text("A99") }),
            (5, 4, Refusal::NotANumber { text: text("nhiều") }),
            (6, 5, Refusal::BadValue { text: text("chừng"), wanted: Wanted::Qualifier }),
            (
                7,
                6,
                Refusal::UnknownClass {
                    item: text("G06"),
                    class: text("tre_em"),
                    known: vec![text("nam"), text("nu")],
                },
            ),
            (
                8,
                2,
                Refusal::PeriodMismatch {
                    item: text("A01"),
                    period: period("2022-Q1"),
                    frequency: Frequency::Monthly,
                },
            ),
            (9, 3, Refusal::NotAsked { item: text("A01"), unit: text("X1") }),
        ];
        assert_eq!(places(office.figures(rows)), expected, "{engine}");
    });
}

#[test]
fn headers_periods_and_codes_may_be_written_as_offices_write_them() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let take = |text: &str| office.files(&[("so-lieu.csv", text.as_bytes())]);
        let spoken = [
            ("Mã đơn vị,Kỳ,Mã chỉ số,Giá trị", "01/2023", "a01", "2023-01"),
            ("UNIT_CODE,Period,Item_Code,VALUE", "Tháng 2/2023", "A01", "2023-02"),
            ("ma don vi,kỳ báo cáo,MÃ CHỈ SỐ,số liệu", "T3-2023", "a01", "2023-03"),
        ];
        for (header, written, code, meant) in spoken {
            take(&format!("{header}\nX1-1,{written},{code},7\n")).unwrap();
            assert_eq!(office.reported("A01", "X1-1", meant), "7", "{engine}: {header}");
        }
        for written in ["12/07/2023", "13/2023", "07/2023 lần 2", "tháng 7"] {
            let bad = Refusal::BadValue { text: text(written), wanted: Wanted::Period };
            let found = places(office.figures(&format!("X1-1,{written},A01,3,,,\n")));
            assert_eq!(found, [(2, 2, bad)], "{engine}");
        }
        let doubled = take("unit_code,period,item_code,value,Giá trị\nX1-1,2023-01,A01,3,4\n");
        let why: Vec<Refusal> = refusals(doubled).into_iter().map(|one| one.why).collect();
        assert_eq!(why, [Refusal::DoubledColumn { column: text("value") }], "{engine}");
    });
}

#[test]
fn a_row_is_not_taken_for_the_form_of_the_row_before() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let why = Refusal::PeriodMismatch {
            item: text("Q01"),
            period: JANUARY,
            frequency: Frequency::Quarterly,
        };
        let rows = "X1-1,2022-01,A01,3,,,\nX1-1,2022-01,Q01,3,,,\n";
        assert_eq!(places(office.figures(rows)), [(3, 2, why)], "{engine}");
    });
}

#[test]
fn a_unit_reports_only_while_it_is_in_force() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office
            .units(
                "code,name,type,level,parent_code,valid_from,valid_to\n\
                 X1-3,Còn Pheo,thôn,village,X1,2022-02-01,2022-03-31\n",
            )
            .unwrap();
        let cases = [
            ("2022-01", Some(date(2022, 1, 31))),
            ("2022-02", None),
            ("2022-03", None),
            ("2022-04", Some(date(2022, 4, 30))),
        ];
        for (month, refused_on) in cases {
            let result = office.figures(&format!("X1-3,{month},A01,1,,,\n"));
            let Some(day) = refused_on else {
                assert_eq!(result.unwrap().submissions, 1, "{engine}: {month}");
                continue;
            };
            let why = Refusal::UnknownUnit { code: text("X1-3"), day: Some(day) };
            assert_eq!(places(result), [(2, 1, why)], "{engine}: {month}");
        }
    });
}

#[test]
fn values_are_taken_as_people_write_them() {
    let exact = Qualifier::Exact;
    // Item, value, qualifier and what is kept.
    let cases = [
        ("A01", "3", "", (decimal(3, 0), exact)),
        ("A01", "0", "", (decimal(0, 0), exact)),
        ("A01", " 7 ", "", (decimal(7, 0), exact)),
        ("A01", "1.234.567", "", (decimal(1_234_567, 0), exact)),
        ("A01", "12 hộ", "", (decimal(12, 0), exact)),
        ("A01", "\"1,0\"", "", (decimal(1, 0), exact)),
        ("B02", "\"2,5\"", "", (decimal(25, 1), exact)),
        ("B02", "2.5", "", (decimal(25, 1), exact)),
        ("B02", "4", "", (decimal(40, 1), exact)),
        ("B02", "\"1.234,5\"", "", (decimal(12_345, 1), exact)),
        ("A01", "trên 30", "", (decimal(30, 0), Qualifier::AtLeast)),
        // The same word with its marks written as letters of their own.
        ("A01", "tre\u{302}n 30", "", (decimal(30, 0), Qualifier::AtLeast)),
        ("A01", "≥ 30", "", (decimal(30, 0), Qualifier::AtLeast)),
        ("A01", "dưới 5", "", (decimal(5, 0), Qualifier::AtMost)),
        ("A01", "khoảng 12", "", (decimal(12, 0), Qualifier::About)),
        ("A01", "30", "at_least", (decimal(30, 0), Qualifier::AtLeast)),
        ("A01", "30", "trên", (decimal(30, 0), Qualifier::AtLeast)),
        ("A01", "30", "exact", (decimal(30, 0), exact)),
        ("A01", "trên 30", "at_least", (decimal(30, 0), Qualifier::AtLeast)),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, (item, value, qualifier, expected)) in (1..).zip(cases) {
            let period = Period::Month(2010 + month / 12, i8::try_from(month % 12).unwrap() + 1);
            office.figures(&format!("X1-1,{period},{item},{value},{qualifier},,\n")).unwrap();
            let submissions = office.submissions("X1-1");
            let figure = &submissions.last().unwrap().figures[0];
            assert_eq!((figure.value, figure.qualifier), expected, "{engine}: {value:?}");
        }
    });
}

#[test]
fn what_cannot_be_one_number_is_refused() {
    let ambiguous = |text: &str, readings: [&str; 2]| Refusal::AmbiguousNumber {
        text: text.to_owned(),
        readings: readings.map(str::to_owned),
    };
    let cases = [
        ("A01", "1.234", ambiguous("1.234", ["1234", "1.234"])),
        ("A01", "\"1,234\"", ambiguous("1,234", ["1.234", "1234"])),
        ("B02", "trên 1.234", ambiguous("trên 1.234", ["1234", "1.234"])),
        ("A01", "ba", Refusal::NotANumber { text: text("ba") }),
        ("A01", "1..2", Refusal::NotANumber { text: text("1..2") }),
        ("A01", "٣", Refusal::NotANumber { text: text("٣") }),
        ("A01", "=1+1", Refusal::FormulaCell { formula: text("=1+1") }),
        ("A01", "90%", Refusal::NotACount { text: text("90%") }),
        ("A01", "3/4", Refusal::NotACount { text: text("3/4") }),
        ("A01", "2.5", Refusal::TooManyDecimals { text: text("2.5"), decimals: 0 }),
        ("B02", "2.55", Refusal::TooManyDecimals { text: text("2.55"), decimals: 1 }),
        (
            "A01",
            "9223372036854775808",
            Refusal::NumberTooLarge { text: text("9223372036854775808") },
        ),
        ("B02", "922337203685477581", Refusal::NumberTooLarge { text: text("922337203685477581") }),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let before = office.extent();
        for (item, value, why) in cases.clone() {
            let result = office.figures(&format!("X1-1,2022-01,{item},{value},,,\n"));
            assert_eq!(places(result), [(2, 4, why)], "{engine}: {value}");
        }
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn missing_zero_and_a_dash_are_told_apart() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let done = office
            .figures(
                "X1-1,2022-01,A01,0,,,\nX1-2,2022-01,A01,,,,\nX2-1,2022-01,A01,-,,,\n\
                 X1-1,2022-02,A01,,,,\nX1-2,2022-02,A01,–,,,\n",
            )
            .unwrap();
        assert_eq!((done.rows, done.figures, done.missing), (5, 1, 4), "{engine}");
        assert_eq!(done.submissions, 1, "{engine}: a unit that says nothing has not reported");
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), "0", "{engine}");
        assert_eq!(office.reported("A01", "X1-2", "2022-01"), "NothingReported", "{engine}");
        assert_eq!(office.reported("A01", "182", "2022-01"), "0", "{engine}");
        assert_eq!(office.reported("A01", "182", "2022-02"), "NothingReported", "{engine}");
        let whole = office.figure("A01", "182", "2022-01", actions::answer::View::Reported);
        assert_eq!((whole.completeness.reported, whole.completeness.expected), (1, 4), "{engine}");
    });
}

#[test]
fn a_bound_makes_the_sum_a_bound() {
    let cases = [
        (["3", "4"], "7"),
        (["trên 30", "71"], "at_least 101"),
        (["dưới 5", "71"], "at_most 76"),
        (["trên 30", "dưới 5"], "about 35"),
        (["khoảng 30", "5"], "about 35"),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, ([one, other], expected)) in (1..).zip(cases) {
            let month = Period::Month(2022, month);
            let rows = format!("X1-1,{month},A01,{one},,,\nX1-2,{month},A01,{other},,,\n");
            office.figures(&rows).unwrap();
            let sum = office.reported("A01", "X1", &month.to_string());
            assert_eq!(sum, expected, "{engine}: {one} + {other}");
        }
    });
}

#[test]
fn classes_add_up_to_the_whole_or_are_refused() {
    let wrong = |sum: &str, whole: &str| Refusal::ClassesDoNotAddUp {
        item: text("G06"),
        unit: text("X1-1"),
        sum: sum.to_owned(),
        whole: whole.to_owned(),
    };
    // Whole, men, women; then the whole that counts, or the refusal.
    let cases = [
        ("7", "3", "4", Ok("7")),
        ("7", "", "4", Ok("7")),
        ("", "3", "4", Ok("7")),
        ("7", "3", "5", Err(wrong("8", "7"))),
        ("7", "3", "3", Err(wrong("6", "7"))),
        ("7", "", "8", Err(wrong("8", "7"))),
        // What a bound leaves open is not refused, and what it does not is.
        ("trên 7", "4", "4", Ok("at_least 7")),
        ("7", "trên 2", "4", Ok("7")),
        ("trên 7", "2", "4", Err(wrong("6", "7"))),
        ("dưới 7", "4", "4", Err(wrong("8", "7"))),
        ("7", "trên 4", "4", Err(wrong("8", "7"))),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (month, (whole, men, women, expected)) in (1..).zip(cases.clone()) {
            let month = Period::Month(2022, month);
            let rows = format!(
                "X1-1,{month},G06,{men},,nam,\nX1-1,{month},G06,{women},,Nữ,\n\
                 X1-1,{month},G06,{whole},,,\n"
            );
            let result = office.figures(&rows);
            match expected {
                Ok(sum) => {
                    result.unwrap();
                    let month = month.to_string();
                    assert_eq!(office.reported("G06", "X1", &month), sum, "{engine}");
                    assert_eq!(office.reported("G06N", "X1", &month), "4", "{engine}");
                }
                Err(why) => assert_eq!(places(result), [(4, 4, why)], "{engine}"),
            }
        }
    });
}

#[test]
fn a_correction_of_one_class_must_still_add_up_to_the_known_whole() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office
            .figures("X1-1,2022-01,G06,7,,,\nX1-1,2022-01,G06,3,,nam,\nX1-1,2022-01,G06,4,,nu,\n")
            .unwrap();
        let before = office.extent();
        let why = Refusal::ClassesDoNotAddUp {
            item: text("G06"),
            unit: text("X1-1"),
            sum: text("8"),
            whole: text("7"),
        };
        let result = office.figures("X1-1,2022-01,G06,5,,nu,\n");
        assert_eq!(places(result), [(2, 4, why)], "{engine}");
        assert_eq!(office.extent(), before, "{engine}");
        // Together with its whole the correction is taken.
        office.figures("X1-1,2022-01,G06,5,,nu,\nX1-1,2022-01,G06,8,,,\n").unwrap();
        assert_eq!(office.reported("G06N", "X1", "2022-01"), "5", "{engine}");
    });
}

#[test]
fn the_same_row_twice_is_harmless_and_another_value_is_not() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let twice = "X1-1,2022-01,A01,3,,,\nX1-2,2022-01,A01,5,,,\nX1-1,2022-01,A01,3,,,\n";
        let done = office.figures(twice).unwrap();
        assert_eq!(done.submissions, 2, "{engine}");
        assert_eq!(office.reported("A01", "X1", "2022-01"), "8", "{engine}: counted once");

        let contradiction = |month: &str| Refusal::ContradictoryFigure {
            item: text("A01"),
            unit: text("X1-1"),
            period: period(month),
            first: at("figures.csv", "", 2, 4),
        };
        let other = "X1-1,2022-02,A01,3,,,\nX1-2,2022-02,A01,5,,,\nX1-1,2022-02,A01,4,,,\n";
        assert_eq!(places(office.figures(other)), [(4, 4, contradiction("2022-02"))], "{engine}");
        let bound = "X1-1,2022-02,A01,3,,,\nX1-1,2022-02,A01,trên 3,,,\n";
        assert_eq!(places(office.figures(bound)), [(3, 4, contradiction("2022-02"))], "{engine}");
    });
}

#[test]
fn a_correction_is_a_second_revision_and_the_first_stays() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2022-01,A01,3,,,\nX1-1,2022-01,B02,2,,,\n").unwrap();
        let done = office.figures("X1-1,2022-01,A01,4,,,đếm lại\n").unwrap();
        assert_eq!((done.submissions, done.corrections, done.unchanged), (0, 1, 0), "{engine}");

        let values: Vec<(u32, Vec<i64>)> = office
            .submissions("X1-1")
            .iter()
            .map(|one| {
                (one.revision, one.figures.iter().map(|figure| figure.value.units).collect())
            })
            .collect();
        // What the second file does not speak of stays as it was.
        assert_eq!(values, [(1, vec![3, 20]), (2, vec![4, 20])], "{engine}");
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), "4", "{engine}");
        assert_eq!(office.reported("B02", "X1-1", "2022-01"), "2", "{engine}");
        let corrected = &office.submissions("X1-1")[1].figures[0];
        assert_eq!(corrected.note, "đếm lại", "{engine}");
    });
}

#[test]
fn another_file_that_says_the_same_changes_nothing() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2022-01,A01,3,,,\nX1-2,2022-01,A01,5,,,\n").unwrap();
        let done = office.figures("X1-2,2022-01,A01,\"5,0\",,,\n").unwrap();
        assert_eq!((done.submissions, done.corrections, done.unchanged), (0, 0, 1), "{engine}");
        assert_eq!(office.submissions("X1-2").len(), 1, "{engine}");
    });
}

#[test]
fn two_files_of_one_import_may_speak_of_the_same_submission() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let first = format!("{FIGURES}X1-1,2022-01,A01,3,,,\n");
        let second = format!("{FIGURES}X1-1,2022-01,A01,3,,,\nX1-1,2022-01,B02,4,,,\n");
        let third = format!("{FIGURES}X1-1,2022-01,B02,4,,,\n");
        let files = [("a.csv", &first), ("b.csv", &second), ("c.csv", &third)];
        let done = office.files(&files.map(|(name, file)| (name, file.as_bytes()))).unwrap();
        assert_eq!((done.submissions, done.corrections, done.unchanged), (1, 1, 1), "{engine}");
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), "3", "{engine}");
        assert_eq!(office.reported("B02", "X1-1", "2022-01"), "4", "{engine}");
        let revisions = office.submissions("X1-1");
        let counts: Vec<usize> = revisions.iter().map(|one| one.figures.len()).collect();
        assert_eq!(counts, [1, 2], "{engine}");
    });
}

#[test]
fn the_same_file_under_two_names_in_one_import_counts_once() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let file = format!("{FIGURES}X1-1,2022-01,A01,3,,,\n");
        let done = office.files(&[("a.csv", file.as_bytes()), ("b.csv", file.as_bytes())]).unwrap();
        assert_eq!((done.files, done.submissions), (1, 1), "{engine}");
    });
}

#[test]
fn every_figure_keeps_its_place() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        // Columns in another order, and one that nobody knows.
        let file = "ghi_chu,value,item_code,period,unit_code\n,3,A01,2022-01,X1-1\n\n,2,B02,2022-01,X1-1\n";
        office.files(&[("la.csv", file.as_bytes())]).unwrap();
        let submission = office.submissions("X1-1").remove(0);
        assert_eq!(submission.period, JANUARY, "{engine}");
        let places: Vec<Place> =
            submission.figures.into_iter().map(|figure| figure.place).collect();
        let place = |row| Place { sheet: String::new(), row, column: 2 };
        assert_eq!(places, [place(2), place(4)], "{engine}");
    });
}

#[test]
fn a_sum_that_does_not_fit_is_said_so_and_not_wrapped() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let largest = i64::MAX;
        office
            .figures(&format!("X1-1,2022-01,A01,{largest},,,\nX1-2,2022-01,A01,{largest},,,\n"))
            .unwrap();
        assert_eq!(office.reported("A01", "X1-1", "2022-01"), largest.to_string(), "{engine}");
        let sum = office.reported("A01", "X1", "2022-01");
        let exact = (i128::from(largest) * 2).to_string();
        assert!(sum == "Overflow" || sum == exact, "{engine}: {sum}");
    });
}

#[test]
fn more_refusals_than_are_listed_are_said_to_be_more() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let rows: String = (0..300).map(|row| format!("K{row},2022-01,A01,1,,,\n")).collect();
        let refused = refusals(office.figures(&rows));
        assert_eq!(refused.len(), actions::imports::REFUSALS_MAX + 1, "{engine}");
        let last = refused.last().unwrap();
        assert!(matches!(last.why, Refusal::TooLarge { limit: 200, .. }), "{engine}: {last:?}");
    });
}
