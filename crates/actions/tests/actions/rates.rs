//! Rates of completeness and timeliness: what becomes of each report that somebody owes.

use actions::accounts::Moment;
use actions::submissions::rates::{Asked, Rates, Tally};
use actions::submissions::{Base, Occasion, Typed};
use domain::access::Actor;
use domain::submission::Reason;
use jiff::civil::{Date, date};
use store::Database;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::collecting::{id, typed};
use crate::setup::{Office, period};

/// Two communes with villages; one village is gone since September, one is born in October.
const UNITS: &str = "\
code,name,type,level,parent_code,valid_from,valid_to
182,Văn Lãng,huyện,district,,,
X1,Tân Mỹ,xã,commune,182,,
X2,Bắc Việt,xã,commune,182,,
X1-1,Nà Lầu,thôn,village,X1,,
X1-2,Khơ Đa,thôn,village,X1,,2026-08-31
X2-1,Bản Cáp,thôn,village,X2,,
X2-2,Nà Mò,thôn,village,X2,2026-10-01,
";

/// Due on the third of the next month; nobody is called late before the sixth.
const FORMS: &str = "\
code,name_vi,name_en,frequency,calendar,assigned_level,assigned_below,assigned_codes,due_days,\
items,from,due,ends
thang,Số liệu tháng,Monthly,monthly,civil,village,,,,A01 B02 G06 R.tu R.mau,,days-3 grace-2,
quy,Số liệu quý,Quarterly,quarterly,civil,commune,,,10,Q01,,,
";

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The day of the test's clock.
const TODAY: Date = date(2026, 11, 23);

/// October is over, and in its days of grace.
const IN_GRACE: Date = date(2026, 11, 5);

fn on(day: Date) -> Moment {
    let days = i64::from(day.since(TODAY).unwrap().get_days());
    Moment { now_ms: NOW_MS + days * DAY_MS, today: day }
}

/// An office whose villages have sent July to September.
fn office(database: &Database) -> Office {
    let office = Office::empty(database);
    office.units(UNITS).unwrap();
    office.pack(&[("forms.csv", FORMS)]).unwrap();
    let (workspace, console) = (&office.workspace, Actor::console());
    let occasion = |unit: &str, month: &str| {
        let unit = workspace.find_unit(unit, None).unwrap();
        Occasion { form: "thang".to_owned(), unit, period: period(month) }
    };
    let send = |number: u32, unit: &str, month: &str, day: Date, revision: u32| {
        let base = Base { revision, version: 0 };
        let sent = typed(base, &[("A01", "1")]);
        workspace.submit(&console, on(day), &id(number), occasion(unit, month), sent).unwrap();
    };
    let send_back = |number: u32, day: Date| {
        let reasons = vec![Reason { field: String::new(), text: "sai".to_owned() }];
        workspace.return_with_reasons(&console, on(day), &id(number), reasons).unwrap();
    };
    let nothing = (id(1), occasion("X1-1", "2026-07"), Typed::default());
    workspace
        .nothing_to_report(&console, on(date(2026, 8, 1)), &nothing.0, nothing.1, nothing.2)
        .unwrap();
    send(2, "X2-1", "2026-07", date(2026, 8, 3), 0);
    send_back(2, date(2026, 8, 8));
    send(3, "X2-1", "2026-07", date(2026, 8, 9), 1);
    send(4, "X1-1", "2026-08", date(2026, 9, 5), 0);
    workspace.approve(&console, on(date(2026, 9, 7)), &id(4)).unwrap();
    send(5, "X2-1", "2026-08", date(2026, 9, 6), 0);
    send(6, "X1-1", "2026-09", date(2026, 10, 2), 0);
    send_back(6, date(2026, 10, 3));
    office.figures("X2-1,2026-09,A01,4,,,\n").unwrap();
    office
}

fn rates(office: &Office, unit: &str, today: Date, span: (&str, &str)) -> Rates {
    let asked = Asked {
        unit: office.workspace.find_unit(unit, None).unwrap(),
        form: Some("thang".to_owned()),
        from: Some(period(span.0)),
        to: Some(period(span.1)),
    };
    office.workspace.rates(&Actor::console(), on(today), &asked).unwrap()
}

/// What became of a single report, in the words of its counts.
fn words(tally: Tally) -> String {
    let Tally { expected, reported, approved, in_time, late, from_files, not_due } = tally;
    let counts = [
        ("expected", expected),
        ("reported", reported),
        ("approved", approved),
        ("in time", in_time),
        ("late", late),
        ("from a file", from_files),
        ("not due", not_due),
        ("missing", tally.missing()),
    ];
    let said = counts.into_iter().filter(|(_, count)| *count == 1).map(|(word, _)| word);
    said.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_report_that_is_owed_is_in_time_late_from_a_file_missing_or_not_due_yet() {
    let after_grace = date(2026, 11, 6);
    let cases = [
        ("nothing to report", "X1-1", "2026-07", IN_GRACE, "expected, reported, in time"),
        ("returned, sent again", "X2-1", "2026-07", IN_GRACE, "expected, reported, in time"),
        ("on the last day", "X1-1", "2026-08", IN_GRACE, "expected, reported, approved, in time"),
        ("a day later", "X2-1", "2026-08", IN_GRACE, "expected, reported, late"),
        ("never sent", "X1-2", "2026-08", IN_GRACE, "expected, missing"),
        ("closed unit", "X1-2", "2026-09", IN_GRACE, ""),
        ("returned", "X1-1", "2026-09", IN_GRACE, "expected, missing"),
        ("in a file", "X2-1", "2026-09", IN_GRACE, "expected, reported, approved, from a file"),
        ("not yet born", "X2-2", "2026-09", IN_GRACE, ""),
        ("born since", "X2-2", "2026-10", IN_GRACE, "expected, not due"),
        ("in grace", "X1-1", "2026-10", IN_GRACE, "expected, not due"),
        ("after grace", "X1-1", "2026-10", after_grace, "expected, missing"),
    ];
    on_every_engine(|engine, database| {
        let office = office(database);
        for (case, village, month, today, expected) in cases {
            let rates = rates(&office, village, today, (month, month));
            assert_eq!(words(rates.whole), expected, "{engine}: {case}");
        }
    });
}

#[test]
fn a_commune_counts_all_below_it_and_a_month_that_is_not_over_is_not_counted() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let rates = rates(&office, "182", IN_GRACE, ("2026-07", "2026-11"));
        let by_month: Vec<(String, u32, u32)> = (rates.periods.iter().zip(&rates.course))
            .map(|(month, tally)| (month.to_string(), tally.reported, tally.expected))
            .collect();
        let expected = [("2026-07", 2, 3), ("2026-08", 2, 3), ("2026-09", 1, 2), ("2026-10", 0, 3)];
        assert_eq!(by_month, expected.map(|it| (it.0.to_owned(), it.1, it.2)), "{engine}");
        let rows: Vec<(&str, u32, u32, u32)> = (rates.rows.iter())
            .map(|row| {
                (row.unit.code.as_str(), row.whole.reported, row.whole.expected, row.whole.judged())
            })
            .collect();
        assert_eq!(rows, [("X1", 2, 6, 5), ("X2", 3, 5, 2)], "{engine}");
        assert_eq!((rates.whole.reported, rates.whole.expected), (5, 11), "{engine}");
    });
}

#[test]
fn rows_are_the_next_level_and_a_village_alone_is_its_own_row() {
    on_every_engine(|engine, database| {
        let office = office(database);
        for (unit, expected) in
            [("182", vec!["X1", "X2"]), ("X1", vec!["X1-1", "X1-2"]), ("X1-1", vec!["X1-1"])]
        {
            let rates = rates(&office, unit, TODAY, ("2026-07", "2026-10"));
            let rows: Vec<&str> = rates.rows.iter().map(|row| row.unit.code.as_str()).collect();
            assert_eq!(rows, expected, "{engine}");
        }
    });
}
