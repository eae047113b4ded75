//! The rules of forms and figures that jump: what is refused, what is taken and pointed out.

use actions::imports::{NOTICES_MAX, Notice};
use domain::number::{Fraction, Quantity};
use domain::refusal::{Breach, Refusal, Refused};
use testkit::builders::words;
use testkit::on_every_engine;

use crate::setup::{FIGURES, Office, at, decimal, period, refusals, sheet};

const RULES: &str = "\
form,code,severity,expression,message_vi,message_en
thang,r-tu-mau,error,R.tu <= R.mau,Tử số lớn hơn mẫu số,Numerator above denominator
thang,ngay,warning,B02 > 0 or A01 = 0,Kết nạp mà không tiếp dân,Admissions without a day
";

fn ruled(database: &store::Database) -> Office {
    let office = Office::small(database);
    office.pack(&[("rules.csv", RULES)]).unwrap();
    office
}

fn breach(rule: &str, unit: &str, month: &str, values: &[(&str, i128)]) -> Breach {
    let message = match rule {
        "ngay" => words("Kết nạp mà không tiếp dân", "Admissions without a day"),
        _ => words("Tử số lớn hơn mẫu số", "Numerator above denominator"),
    };
    let value = |number: i128| Quantity::exact(Fraction::integer(number));
    Breach {
        rule: rule.to_owned(),
        message,
        unit: unit.to_owned(),
        period: period(month),
        values: values.iter().map(|(item, number)| ((*item).to_owned(), value(*number))).collect(),
    }
}

fn broken(month: &str, numerator: i128, denominator: i128) -> Refusal {
    let values = [("R.tu", numerator), ("R.mau", denominator)];
    Refusal::RuleBroken(Box::new(breach("r-tu-mau", "X1-1", month, &values)))
}

#[test]
fn figures_that_break_a_rule_are_refused_at_the_first_that_it_names() {
    on_every_engine(|engine, database| {
        let office = ruled(database);
        let before = office.extent();
        let rows = "X1-1,2022-01,R.mau,3,,,\nX1-1,2022-01,R.tu,4,,,\nX1-2,2022-01,R.tu,4,,,\n";
        let expected = Refused { at: at("figures.csv", "", 3, 4), why: broken("2022-01", 4, 3) };
        assert_eq!(refusals(office.figures(rows)), [expected], "{engine}");

        let rows: [&[&str]; 2] = [&["TT", "Thôn", "R.mau", "R.tu"], &["1", "Nà Lầu", "#3", "#5"]];
        let place = at("X1.xlsx", "T01-2022", 2, 4);
        let expected = Refused { at: place, why: broken("2022-01", 5, 3) };
        let tabs = [sheet("T01-2022", &rows)];
        assert_eq!(refusals(office.workbook("X1.xlsx", &tabs)), [expected], "{engine}");
        assert_eq!(office.extent(), before, "{engine}");
    });
}

#[test]
fn a_submission_is_judged_as_it_will_stand() {
    on_every_engine(|engine, database| {
        let office = ruled(database);
        office.figures("X1-1,2022-01,R.mau,3,,,\nX1-1,2022-01,R.tu,3,,,\n").unwrap();
        // The new numerator against the known denominator, and the other way round.
        let place = |row| at("figures.csv", "", row, 4);
        let found = refusals(office.figures("X1-1,2022-01,R.tu,4,,,\n"));
        assert_eq!(found, [Refused { at: place(2), why: broken("2022-01", 4, 3) }], "{engine}");
        let found = refusals(office.figures("X1-1,2022-01,R.mau,2,,,\n"));
        assert_eq!(found, [Refused { at: place(2), why: broken("2022-01", 3, 2) }], "{engine}");
        // Both together, in one file or in two of one import.
        office.figures("X1-1,2022-01,R.tu,4,,,\nX1-1,2022-01,R.mau,4,,,\n").unwrap();
        let numerator = format!("{FIGURES}X1-1,2022-01,R.tu,6,,,\n");
        let denominator = format!("{FIGURES}X1-1,2022-01,R.mau,6,,,\n");
        office
            .files(&[("tu.csv", numerator.as_bytes()), ("mau.csv", denominator.as_bytes())])
            .unwrap();
        assert_eq!(office.reported("R", "X1-1", "2022-01"), "1", "{engine}");
        // Without a denominator there is nothing to judge.
        office.figures("X1-1,2022-01,R.tu,9,,,\nX1-1,2022-01,R.mau,rút,,,\n").unwrap();
    });
}

#[test]
fn what_was_wrong_before_does_not_keep_other_figures_out() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2022-01,R.mau,3,,,\nX1-1,2022-01,R.tu,4,,,\n").unwrap();
        office.pack(&[("rules.csv", RULES)]).unwrap();
        let done = office.figures("X1-1,2022-01,G06,3,,,\n").unwrap();
        assert_eq!((done.corrections, done.notices), (1, vec![]), "{engine}");
    });
}

#[test]
fn a_figure_that_cannot_be_read_makes_no_known_one_look_wrong() {
    on_every_engine(|engine, database| {
        let office = ruled(database);
        office.figures("X1-1,2022-01,R.mau,3,,,\nX1-1,2022-01,R.tu,3,,,\n").unwrap();
        let rows = "X1-1,2022-01,R.tu,4,,,\nX1-1,2022-01,R.mau,bốn,,,\n";
        let found = refusals(office.figures(rows));
        let why = Refusal::NotANumber { text: "bốn".to_owned() };
        assert_eq!(found, [Refused { at: at("figures.csv", "", 3, 4), why }], "{engine}");
        // What is wrong by itself is listed beside it.
        let rows = "X1-1,2022-02,R.tu,4,,,\nX1-1,2022-02,R.mau,3,,,\nX1-1,2022-02,A01,ba,,,\n";
        let found = refusals(office.figures(rows));
        let rows: Vec<u32> = found.iter().map(|one| one.at.row).collect();
        assert_eq!(rows, [2, 4], "{engine}: {found:?}");
    });
}

#[test]
fn a_warning_is_taken_and_pointed_out() {
    on_every_engine(|engine, database| {
        let office = ruled(database);
        let rows = "X1-1,2022-01,A01,3,,,\nX1-1,2022-01,B02,0,,,\nX1-2,2022-01,A01,3,,,\n";
        let done = office.figures(rows).unwrap();
        let values = [("B02", 0), ("A01", 3)];
        let expected = Notice::RuleDoubted {
            at: at("figures.csv", "", 3, 4),
            breach: breach("ngay", "X1-1", "2022-01", &values),
        };
        assert_eq!(done.notices, [expected], "{engine}");
        assert_eq!(office.reported("A01", "X1", "2022-01"), "6", "{engine}");
    });
}

#[test]
fn notices_beyond_those_listed_are_counted() {
    on_every_engine(|engine, database| {
        let office = ruled(database);
        let mut rows = String::new();
        for number in 0..300 {
            let (year, month) = (1990 + number / 12, number % 12 + 1);
            rows.push_str(&format!("X1-1,{year}-{month:02},A01,3,,,\n"));
            rows.push_str(&format!("X1-1,{year}-{month:02},B02,0,,,\n"));
        }
        let done = office.figures(&rows).unwrap();
        assert_eq!(done.notices.len(), NOTICES_MAX + 1, "{engine}");
        assert_eq!(done.notices.last(), Some(&Notice::More { count: 100 }), "{engine}");
    });
}

#[test]
fn a_figure_many_times_that_of_the_period_before_is_pointed_out() {
    // January, February, and how many times more that is.
    let cases = [
        ("3", "31", Some(10)),
        ("3", "30", None),
        ("3", "330", Some(110)),
        // Small figures jump all the time.
        ("1", "19", None),
        ("1", "20", Some(20)),
        // Nothing is many times nothing, and of a bound nobody knows.
        ("0", "500", None),
        ("", "500", None),
        ("3", "trên 500", None),
        ("500", "3", None),
    ];
    on_every_engine(|engine, database| {
        let office = ruled(database);
        for (year, (january, february, times)) in (2000..).zip(cases) {
            let months = [format!("{year}-01"), format!("{year}-02")];
            let row = |month: &str, value: &str| format!("X1-1,{month},R.mau,{value},,,\n");
            let both = row(&months[0], january) + &row(&months[1], february);
            let expected = |row| {
                let notice = times.map(|times| Notice::ManyTimesBefore {
                    at: at("figures.csv", "", row, 4),
                    item: "R.mau".to_owned(),
                    unit: "X1-1".to_owned(),
                    times,
                    value: decimal(february.parse().unwrap(), 0),
                    before: decimal(january.parse().unwrap(), 0),
                });
                notice.into_iter().collect::<Vec<_>>()
            };
            // In one file, and against what is known.
            let done = office.figures(&both).unwrap();
            assert_eq!(done.notices, expected(3), "{engine}: {january} {february}");
            // Said again beside something else, it is no news.
            let again = row(&months[1], february) + &format!("X1-1,{},A01,0,,,\n", months[1]);
            assert_eq!(office.figures(&again).unwrap().notices, [], "{engine}: {february}");
            let january = row(&months[0], january).replace("X1-1", "X1-2");
            office.figures(&january).unwrap();
            let february = row(&months[1], february).replace("X1-1", "X1-2");
            let known = office.figures(&february).unwrap().notices;
            assert_eq!(known.len(), expected(2).len(), "{engine}: {known:?}");
        }
    });
}

#[test]
fn a_figure_is_compared_with_the_month_before_and_no_other() {
    on_every_engine(|engine, database| {
        let office = ruled(database);
        let rows = "X1-1,2022-01,R.mau,3,,,\nX1-1,2022-03,R.mau,300,,,\n";
        assert_eq!(office.figures(rows).unwrap().notices, [], "{engine}");
        // February comes late and is itself the jump.
        let done = office.figures("X1-1,2022-02,R.mau,200,,,\n").unwrap();
        assert!(matches!(done.notices.as_slice(), [Notice::ManyTimesBefore { .. }]), "{engine}");
        // December belongs to the year before.
        office.figures("X1-1,2022-12,R.mau,3,,,\n").unwrap();
        let done = office.figures("X1-1,2023-01,R.mau,300,,,\n").unwrap();
        assert!(matches!(done.notices.as_slice(), [Notice::ManyTimesBefore { .. }]), "{engine}");
    });
}

#[test]
fn quarters_are_compared_with_quarters() {
    on_every_engine(|engine, database| {
        let office = ruled(database);
        let rows = "X1,2021-Q4,Q01,3,,,\nX1,2022-Q1,Q01,300,,,\nX2,2022-Q1,Q01,300,,,\n";
        let done = office.figures(rows).unwrap();
        let [Notice::ManyTimesBefore { at: place, times: 100, .. }] = done.notices.as_slice()
        else {
            panic!("{engine}: {:?}", done.notices);
        };
        assert_eq!(*place, at("figures.csv", "", 3, 4), "{engine}");
    });
}
