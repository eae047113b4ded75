//! Report templates: what is refused where, whom they serve, and the lists they write by themselves.

use actions::answer::View;
use actions::reports::{Asked, AskedUnit, Report};
use domain::number::Fraction;
use domain::period::Period;
use domain::refusal::{Noun, Refusal, Refused, Wanted};
use domain::report::{TextError, TextProblem};
use domain::status::Status;
use jiff::civil::date;
use testkit::on_every_engine;

use crate::setup::{Office, UNITS, pack_with, period, places, refusals, words};

fn text(text: &str) -> String {
    text.to_owned()
}

/// The reasons why the small pack is refused with one piece of its template replaced.
fn refused(office: &Office, piece: &str, by: &str) -> Vec<Refused> {
    const FILE: &str = "reports/ngan.toml";
    refusals(office.pack(&[(FILE, &pack_with(FILE, piece, by))]))
}

fn bad(text: &str, wanted: Wanted) -> Refusal {
    Refusal::BadValue { text: text.to_owned(), wanted }
}

fn in_text(text: &str, at: std::ops::Range<usize>, kind: TextProblem) -> Refusal {
    Refusal::TemplateText { text: text.to_owned(), error: TextError { at, kind } }
}

fn unknown_unit() -> Refusal {
    Refusal::UnknownUnit { code: text("999"), day: Some(date(2022, 12, 31)) }
}

/// Puts a line in place of a piece of the small pack's template, or behind it, and says at which
/// row why it is refused first.
type Case = (&'static str, &'static str, u32, Refusal);

fn are_refused_at_their_rows(cases: &[Case]) {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (piece, by, row, why) in cases {
            let found = refused(&office, piece, by);
            let first = found.first().map(|one| (one.at.row, &one.why));
            assert_eq!(first, Some((*row, why)), "{engine}: {by}");
            // A key that cannot stand leaves the texts that use it without their figure.
            assert!(found.len() == 1 || by.starts_with("key"), "{engine}: {by}: {found:?}");
        }
    });
}

#[test]
fn a_head_that_binds_by_half_or_names_nothing_is_refused() {
    const CODE: &str = "code = \"ngan\"";
    let half = |lacking: &str| Refusal::TemplateHalfBound { lacking: lacking.to_owned() };
    let cases = [
        (CODE, "code = \"a\"\nunit_code = \"182\"", 3, half("period")),
        (CODE, "code = \"a\"\nperiod = \"2022\"", 3, half("unit_code")),
        (
            CODE,
            "code = \"a\"\nunit_code = \"182\"\nperiod = \"2022-13\"",
            4,
            bad("2022-13", Wanted::Period),
        ),
        (CODE, "code = \"a\"\nunit_code = \"999\"\nperiod = \"2022\"", 3, unknown_unit()),
        (
            "symbol = \"BC-UBND\"",
            "symbol = \"BC-{a01}\"",
            7,
            in_text("BC-{a01}", 3..8, TextProblem::NotInHead { name: text("a01") }),
        ),
        (
            "place = \"Văn Lãng\"",
            "place = \"{unit.colour}\"",
            8,
            in_text("{unit.colour}", 0..13, TextProblem::UnknownName { name: text("unit.colour") }),
        ),
    ];
    are_refused_at_their_rows(&cases);
}

#[test]
fn figures_and_blocks_that_cannot_be_meant_are_refused() {
    const SPAN: &str = "period = \"2022\"";
    const KEY: &str = "key = \"a01\"";
    const BLOCK: &str = "[[blocks]]\nparagraph";
    let cases = [
        (SPAN, "period = \"last_week\"", 18, bad("last_week", Wanted::FigureSpan)),
        (
            SPAN,
            "period = \"year\"\ncompared_with = \"before\"",
            19,
            bad("before", Wanted::Comparison),
        ),
        (SPAN, "period = \"2022\"\nunit_code = \"999\"", 19, unknown_unit()),
        (KEY, "key = \"report\"", 16, bad("report", Wanted::FigureKey)),
        (KEY, "key = \"a-01\"", 16, bad("a-01", Wanted::FigureKey)),
        (
            BLOCK,
            "[[blocks]]\nwhen = \"b02\"\nparagraph",
            24,
            Refusal::NotFound { noun: Noun::Figure, key: text("b02") },
        ),
        (
            BLOCK,
            "[[blocks]]\nlist = \"everything\"\n[[blocks]]\nparagraph",
            24,
            bad("everything", Wanted::List),
        ),
        (
            "Kết nạp {a01}.",
            "Kết nạp {a01.change}.",
            24,
            in_text("Kết nạp {a01.change}.", 8..20, TextProblem::NotCompared { key: text("a01") }),
        ),
    ];
    are_refused_at_their_rows(&cases);
}

#[test]
fn a_figure_or_a_template_that_stands_twice_is_refused() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        let figure = "[[figures]]\nkey = \"a01\"\nindicator = \"B02\"\nperiod = \"report\"\n\n";
        let doubled = format!("{figure}[[figures]]");
        let found = refused(&office, "[[figures]]", &doubled);
        let why = Refusal::Doubled { noun: Noun::Figure, key: text("a01") };
        assert_eq!((found[0].at.row, &found[0].why), (21, &why), "{engine}");

        let again = pack_with("reports/ngan.toml", "", "");
        let found = refusals(office.pack(&[("reports/thu-hai.toml", &again)]));
        let why = Refusal::Doubled { noun: Noun::Template, key: text("ngan") };
        assert!(found[0].at.file.ends_with("thu-hai.toml"), "{engine}");
        assert_eq!((found[0].at.row, &found[0].why), (2, &why), "{engine}");
    });
}

/// The small pack's template, written for the district and 2022 alone.
fn bound() -> String {
    let head = "code = \"viet-rieng\"\nunit_code = \"182\"\nperiod = \"2022\"";
    pack_with("reports/ngan.toml", "code = \"ngan\"", head)
}

fn asked(unit: Option<&str>, span: Option<&str>) -> Asked {
    Asked {
        unit: unit.map(|code| AskedUnit::Code(code.to_owned())),
        period: span.map(period),
        view: View::Reported,
    }
}

#[test]
fn a_template_written_for_one_unit_and_span_makes_no_other_report() {
    let refusal = |general: &[&str]| Refusal::TemplateBound {
        template: text("viet-rieng"),
        unit: text("huyện Văn Lãng"),
        unit_code: text("182"),
        period: Period::Year(2022),
        general: general.iter().map(|code| text(code)).collect(),
    };
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        office.pack(&[("reports/viet-rieng.toml", &bound())]).unwrap();
        let report = |unit, span| office.workspace.report("viet-rieng", &asked(unit, span));
        let served = [
            (None, None),
            (Some("182"), None),
            (None, Some("2022")),
            // The same days by another name.
            (Some("182"), Some("2022-01..2022-12")),
        ];
        for (unit, span) in served {
            let subject = report(unit, span).unwrap().subject;
            assert_eq!(subject.unit.code, "182", "{engine}: {unit:?} {span:?}");
            assert_eq!(subject.period, Period::Year(2022), "{engine}: {unit:?} {span:?}");
            assert_eq!(subject.parent.unwrap().name, "Lạng Sơn", "{engine}");
        }
        let others = [(Some("X1"), None), (None, Some("2022-H1")), (Some("X1"), Some("2022"))];
        for (unit, span) in others {
            let found = places(report(unit, span));
            assert_eq!(found, [(0, 0, refusal(&["ngan"]))], "{engine}: {unit:?} {span:?}");
        }
        let unknown = Refusal::UnknownUnit { code: text("999"), day: Some(date(2022, 12, 31)) };
        assert_eq!(places(report(Some("999"), None)), [(0, 0, unknown)], "{engine}");
    });
}

#[test]
fn a_general_template_has_to_be_told_unit_and_span() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let why = Refusal::TemplateNeedsUnitAndPeriod { template: text("ngan") };
        for (unit, span) in [(None, None), (Some("182"), None), (None, Some("2022"))] {
            let found = places(office.workspace.report("ngan", &asked(unit, span)));
            assert_eq!(found, [(0, 0, why.clone())], "{engine}: {unit:?} {span:?}");
        }
    });
}

#[test]
fn every_template_is_offered_for_what_it_can_do() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        office.pack(&[("reports/viet-rieng.toml", &bound())]).unwrap();
        let snapshot = office.workspace.snapshot().unwrap();
        let commune = office.unit("X1", date(2022, 6, 30));
        let offers =
            actions::reports::offers(&snapshot, commune, period("2022-Q2"), View::Reported);
        let offers: Vec<(String, String, String, bool)> = offers
            .unwrap()
            .into_iter()
            .map(|one| {
                let subject = one.subject;
                (one.code, subject.unit.code, subject.period.to_string(), one.is_bound)
            })
            .collect();
        let expected = [
            (text("ngan"), text("X1"), text("2022-Q2"), false),
            (text("viet-rieng"), text("182"), text("2022"), true),
        ];
        assert_eq!(offers, expected, "{engine}");
    });
}

/// A template whose figures follow the report's span, and whose lists write themselves.
fn general() -> String {
    let base = pack_with("reports/ngan.toml", "code = \"ngan\"", "code = \"ky\"");
    let base = base
        .replace("appendix_unit_level = \"commune\"\n", "")
        .replace("appendix_indicators = [\"A01\"]", "appendix_indicators = [\"A01\", \"Q01\"]")
        .replace("indicators = [\"A01\"]", "indicators = [\"A01\", \"Q01\"]")
        .replace("period = \"2022\"", "period = \"report\"\ncompared_with = \"year_before\"");
    base + "
[[figures]]
key = \"q01\"
indicator = \"Q01\"
period = \"last_quarter\"

[[figures]]
key = \"a01_year\"
indicator = \"A01\"
period = \"year_to_date\"
compared_with = \"previous\"

[[blocks]]
when = \"q01\"
paragraph = { vi = \"Mô hình: {q01}.\", en = \"Models: {q01}.\" }

[[blocks]]
list = \"results\"

[[blocks]]
list = \"behind\"

[[blocks]]
list = \"missing\"
"
}

fn general_office(database: &store::Database) -> Office {
    let office = Office::empty(database);
    office.units(UNITS).unwrap();
    office.pack(&[("reports/ky.toml", &general())]).unwrap();
    office
        .figures(
            "X1-1,2021-05,A01,2,,,\nX1-1,2022-01,A01,30,,,\nX1-2,2022-05,A01,20,,,\n\
             X2-1,2022-05,A01,5,,,\nX1,2022-Q1,Q01,5,,,\n",
        )
        .unwrap();
    office
}

fn build(office: &Office, unit: &str, span: &str) -> Report {
    office.workspace.report("ky", &asked(Some(unit), Some(span))).unwrap()
}

#[test]
fn figures_follow_the_span_and_the_unit_of_the_report() {
    // Unit, span; the figure of the span, of the year before, of the year so far, of the quarter.
    let cases = [
        ("182", "2022-05", ["25", "2", "55", "PeriodTooShort"]),
        ("X1", "2022-05", ["20", "2", "50", "PeriodTooShort"]),
        ("X1", "2022-Q1", ["30", "NothingReported", "30", "5"]),
        ("X1-1", "2022-H1", ["30", "2", "30", "NothingReported"]),
        ("X2", "2022", ["5", "NothingReported", "5", "NothingReported"]),
    ];
    on_every_engine(|engine, database| {
        let office = general_office(database);
        for (unit, span, expected) in cases {
            let report = build(&office, unit, span);
            let [this, quarter, so_far] = report.figures.as_slice() else { panic!("{engine}") };
            let before = this.compared.as_ref().unwrap();
            let found = [&this.answer, before, &so_far.answer, &quarter.answer].map(words);
            assert_eq!(found, expected, "{engine}: {unit} {span}");
        }
    });
}

#[test]
fn a_block_without_the_value_it_is_about_is_left_out() {
    on_every_engine(|engine, database| {
        let office = general_office(database);
        let blocks = |unit, span| build(&office, unit, span).template.blocks.len();
        assert_eq!(blocks("X1", "2022-Q1"), 6, "{engine}: a quarter with a value");
        assert_eq!(blocks("X2", "2022-Q1"), 5, "{engine}: a quarter without one");
        assert_eq!(blocks("X1", "2022-02"), 5, "{engine}: no quarter at all");
    });
}

#[test]
fn appendices_leave_out_what_nobody_reports_and_go_one_level_down() {
    on_every_engine(|engine, database| {
        let office = general_office(database);
        let shape = |unit, span| {
            let report = build(&office, unit, span);
            let of = |codes: Vec<&str>| codes.join(" ");
            let lines = report.indicators.iter().map(|line| line.indicator.code.as_str());
            let columns = report.unit_columns.iter().map(|one| one.code.as_str());
            let units = report.units.iter().map(|(unit, _)| unit.code.as_str());
            [of(lines.collect()), of(columns.collect()), of(units.collect())]
        };
        assert_eq!(shape("182", "2022-Q1"), ["A01 Q01", "A01 Q01", "X1 X2"], "{engine}");
        // Villages report no models, and in a month nobody does.
        assert_eq!(shape("X1", "2022-Q1"), ["A01 Q01", "A01", "X1-1 X1-2"], "{engine}");
        assert_eq!(shape("X1", "2022-02"), ["A01", "A01", "X1-1 X1-2"], "{engine}");
        assert_eq!(shape("X1-1", "2022-Q1"), ["A01", "", ""], "{engine}");
    });
}

#[test]
fn results_stand_by_priority_and_are_judged_since_the_new_year() {
    on_every_engine(|engine, database| {
        let office = general_office(database);
        let report = build(&office, "182", "2022-05");
        let groups: Vec<(Option<&str>, Vec<&str>)> = report
            .results
            .iter()
            .map(|group| {
                let lines = group.lines.iter().map(|line| line.indicator.code.as_str());
                (group.priority.as_ref().map(|name| name.vi.as_str()), lines.collect())
            })
            .collect();
        let expected =
            [(Some("Xây dựng Đảng"), vec!["A01", "B02"]), (None, vec!["G06", "G06N", "R"])];
        assert_eq!(groups, expected, "{engine}: Q01 is not collected by the month");
        let admitted = &report.results[0].lines[0];
        assert_eq!(words(&admitted.this.answer), "25", "{engine}");
        assert_eq!(words(admitted.year_before.as_ref().unwrap()), "2", "{engine}");
        // The target speaks of the year: 55 of 150, planned 62,5.
        let so_far = admitted.judged();
        assert_eq!(words(so_far), "55", "{engine}");
        assert_eq!(so_far.period, period("2022-01..2022-05"), "{engine}");
        assert_eq!(so_far.target.as_ref().unwrap().share, Fraction::new(11, 30).ok(), "{engine}");
        assert_eq!(so_far.status, Status::Behind, "{engine}");
        assert!(!admitted.this.sources.is_empty(), "{engine}");
    });
}

#[test]
fn who_owes_is_named_under_the_unit_above() {
    on_every_engine(|engine, database| {
        let office = general_office(database);
        let owing = |unit, span| -> Vec<String> {
            let report = build(&office, unit, span);
            let monthly = report.missing.iter().find(|one| one.form.code == "thang").unwrap();
            let group = |(above, units): &(Option<_>, Vec<actions::answer::UnitName>)| {
                let above: &Option<actions::answer::UnitName> = above;
                let above = above.as_ref().map_or("-", |above| above.code.as_str());
                let units: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
                format!("{above}: {}", units.join(" "))
            };
            monthly.units.iter().map(group).collect()
        };
        assert_eq!(owing("182", "2022-05"), ["X1: X1-1", "X2: X2-2"], "{engine}");
        assert_eq!(owing("X1", "2022-05"), ["-: X1-1"], "{engine}: below the unit itself");
        assert_eq!(owing("X1-1", "2022-05"), ["-: X1-1"], "{engine}: the unit itself");
    });
}
