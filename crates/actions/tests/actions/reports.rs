//! Reports and pages: every figure with what must stand beside it, and the same for all of them.

use actions::answer::{NoValue, View};
use actions::reports::Asked;
use actions::search::Hit;
use domain::access::Actor;
use domain::number::Fraction;
use domain::period::Period;
use domain::status::Status;
use testkit::on_every_engine;

use crate::collecting::AT;
use crate::setup::{Office, UNITS, period, words};

const YEAR: Period = Period::Year(2022);

/// The small office with a year that is behind its target of 150.
fn office(database: &store::Database) -> Office {
    let office = Office::small(database);
    office
        .figures(
            "X1-1,2022-01,A01,30,,,\nX1-2,2022-06,A01,20,,,\nX2-1,2022-12,A01,50,,,\n\
             X1-1,2022-01,R.tu,3,,,\nX1-1,2022-01,R.mau,4,,,\n\
             X2-1,2022-01,R.tu,1,,,\nX2-1,2022-02,R.mau,9,,,\n\
             X1,2022-Q1,Q01,5,,,\nX1,2022-Q2,Q01,7,,,\nX2,2022-Q1,Q01,2,,,\n",
        )
        .unwrap();
    office
}

#[test]
fn a_report_holds_the_figures_of_its_template() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let unit = office.workspace.find_unit("182", None).unwrap();
        let report =
            office.workspace.report("ngan", &Asked::of(unit, YEAR, View::Reported)).unwrap();
        let [figure] = report.figures.as_slice() else { panic!("{engine}: one figure") };
        assert_eq!(words(&figure.answer), "100", "{engine}");
        // Most reports are in for January only, and there is more than a twelfth of the target.
        assert_eq!(figure.answer.data_until, Some(Period::Month(2022, 1)), "{engine}");
        assert_eq!(figure.answer.status, Status::OnTrack, "{engine}");
        let target = figure.answer.target.as_ref().unwrap();
        assert_eq!(target.share, Some(Fraction::new(2, 3).unwrap()), "{engine}");
        assert_eq!(figure.sources.len(), 1, "{engine}");
        let units: Vec<(&str, String)> = report
            .units
            .iter()
            .map(|(unit, figures)| (unit.code.as_str(), words(&figures[0])))
            .collect();
        // A report of any unit shows its own span.
        assert_eq!(units, [("X1", "50".to_owned()), ("X2", "50".to_owned())], "{engine}");
    });
}

#[test]
fn the_same_report_is_the_same_twice() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let unit = office.workspace.find_unit("182", None).unwrap();
        let build =
            || office.workspace.report("ngan", &Asked::of(unit, YEAR, View::Reported)).unwrap();
        assert_eq!(build(), build(), "{engine}");
    });
}

#[test]
fn a_page_shows_what_was_imported_last() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let before = office.workspace.version().unwrap();
        assert_eq!(office.reported("A01", "182", "2022"), "100", "{engine}");
        office.figures("X2-2,2022-03,A01,1,,,\n").unwrap();
        assert_eq!(office.reported("A01", "182", "2022"), "101", "{engine}");
        assert_ne!(office.workspace.version().unwrap(), before, "{engine}");
    });
}

#[test]
fn a_ratio_counts_only_who_reported_both_sides() {
    on_every_engine(|engine, database| {
        let office = office(database);
        // X2-1 gave a part in January and a whole in February, which do not belong together.
        let cases = [
            ("X1", "2022-01", "3/4"),
            ("182", "2022-01", "3/4"),
            ("182", "2022-Q1", "3/4"),
            ("X2", "2022-01", "NothingReported"),
            ("X2", "2022-02", "NothingReported"),
        ];
        for (unit, span, expected) in cases {
            assert_eq!(office.reported("R", unit, span), expected, "{engine}: {unit} {span}");
        }
        office.figures("X1-2,2022-04,R.tu,0,,,\nX1-2,2022-04,R.mau,0,,,\n").unwrap();
        assert_eq!(office.reported("R", "X1", "2022-04"), "ZeroDenominator", "{engine}");
    });
}

#[test]
fn a_stock_is_the_last_one_and_never_added_over_time() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let cases = [
            ("X1", "2022-Q1", "5"),
            ("X1", "2022-H1", "7"),
            ("X1", "2022", "7"),
            ("182", "2022-Q1", "7"),
            // Each commune with the last figure it gave.
            ("182", "2022-H1", "9"),
            ("182", "2022-01", "PeriodTooShort"),
        ];
        for (unit, span, expected) in cases {
            assert_eq!(office.reported("Q01", unit, span), expected, "{engine}: {unit} {span}");
        }
    });
}

#[test]
fn the_overview_names_who_lags_and_what_is_missing() {
    on_every_engine(|engine, database| {
        let office = office(database);
        let unit = office.workspace.find_unit("182", None).unwrap();
        let overview = office.workspace.overview(unit, YEAR, View::Reported).unwrap();
        let [priority] = overview.priorities.as_slice() else { panic!("{engine}: one priority") };
        assert_eq!(priority.status, Status::OnTrack, "{engine}: January is ahead");
        assert_eq!(priority.headline.len(), 1, "{engine}");
        assert_eq!(priority.course.len(), 12, "{engine}: a point a month");
        let january = priority.course.first().unwrap();
        assert_eq!(january.running.as_ref().unwrap().value, Fraction::integer(30), "{engine}");
        let december = priority.course.last().unwrap();
        assert_eq!(december.running, Err(NoValue::NothingReported), "{engine}: no data, no line");
        assert_eq!(december.planned, Some(Fraction::integer(150)), "{engine}");
        let monthly = overview.forms.iter().find(|form| form.code == "thang").unwrap();
        let counted = (monthly.completeness.reported, monthly.completeness.expected);
        assert_eq!(counted, (5, 48), "{engine}: four villages, twelve months");
        assert_eq!(overview.periods[0], period("2022-12"), "{engine}: the newest first");
        assert!(overview.periods.contains(&YEAR), "{engine}");
    });
}

#[test]
fn an_indicator_is_ranked_only_where_more_or_less_is_better() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office.figures("X1-1,2022-01,G06,1,,,\nX2-1,2022-01,G06,9,,,\n").unwrap();
        let unit = office.workspace.find_unit("182", None).unwrap();
        let order = |code: &str| -> Vec<String> {
            let page = office.workspace.indicator_page(code, unit, YEAR, View::Reported, None);
            let rows = page.unwrap().rows.into_iter();
            rows.map(|row| format!("{} {}", row.figure.unit.code, words(&row.figure))).collect()
        };
        office.figures("X2-2,2022-01,A01,1,,,\n").unwrap();
        assert_eq!(order("A01"), ["X2 51", "X1 50"], "{engine}: best first");
        assert_eq!(order("G06"), ["X1 1", "X2 9"], "{engine}: in the order of the tree");
    });
}

#[test]
fn the_page_of_a_unit_shows_its_history() {
    on_every_engine(|engine, database| {
        let office = office(database);
        office
            .units(
                "code,name,type,level,parent_code,valid_from,valid_to\n\
                 Y1,Tân Mỹ Mới,xã,commune,182,2025-07-01,\n",
            )
            .unwrap();
        office.crosswalk("old_code,new_code,whole_or_part\nX1,Y1,whole\nX2,Y1,whole\n").unwrap();
        let heir = office.unit("Y1", crate::setup::MERGER);
        let restated = View::Restated(crate::setup::MERGER);
        let page = office.workspace.unit_page(heir, YEAR, restated).unwrap();
        let from: Vec<&str> = page.predecessors.iter().map(|one| one.unit.code.as_str()).collect();
        assert_eq!(from, ["X1", "X2"], "{engine}");
        assert!(page.predecessors.iter().all(|one| one.whole && one.instrument == "NQ 1672"));
        assert_eq!(page.below.len(), 4, "{engine}");
        let admitted = page.figures.iter().find(|(indicator, _)| indicator.code == "A01").unwrap();
        assert_eq!(words(&admitted.1), "100", "{engine}");
        assert_eq!(page.change_days, [crate::setup::MERGER], "{engine}");

        let old = office.unit("X1", crate::setup::MERGER.yesterday().unwrap());
        let page = office.workspace.unit_page(old, YEAR, View::Reported).unwrap();
        let heirs: Vec<&str> = page.heirs.iter().map(|one| one.unit.code.as_str()).collect();
        assert_eq!(heirs, ["Y1"], "{engine}");
        // As reported, the heir did not exist in 2022.
        let before = office.workspace.snapshot().unwrap();
        let answer = actions::figure::figure(&before, "A01", heir, YEAR, View::Reported).unwrap();
        assert_eq!(answer.value, Err(NoValue::UnitNotInForce), "{engine}");
    });
}

#[test]
fn names_are_found_without_their_marks() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let found = |text: &str| -> Vec<String> {
            let hits = office.workspace.search(&Actor::console(), AT.today, text).unwrap();
            let code = |hit| match hit {
                Hit::Unit { unit, .. } => unit.code,
                Hit::Indicator { code, .. } | Hit::Form { code, .. } => code,
                Hit::Report { code, .. } => code,
                Hit::Directive { number, .. } => number,
            };
            hits.into_iter().map(code).collect()
        };
        let cases: [(&str, &[&str]); 6] = [
            ("na lau", &["X1-1"]),
            ("NÀ LẦU", &["X1-1"]),
            ("kho da", &["X1-2"]),
            ("dang vien", &["A01"]),
            ("", &[]),
            ("không có gì", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{engine}: {text}");
        }
        assert_eq!(UNITS.lines().count(), 9, "{engine}");
    });
}
