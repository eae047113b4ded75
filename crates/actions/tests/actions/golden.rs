//! The golden case: the sample's raw files give the figures of the article.

use actions::answer::{FigureAnswer, NoValue, View};
use actions::provenance;
use actions::reports::Asked;
use domain::number::Qualifier;
use domain::period::Period;
use domain::status::Status;
use testkit::on_every_engine;

use crate::setup::{Office, period, words};

const WHOLE: &str = "2022-01..2023-06";

#[test]
fn the_figures_of_the_article_come_out() {
    let cases = [
        ("A01", "182", "2022", "152"),
        ("A01", "182", "2023-H1", "61"),
        ("A01", "182", WHOLE, "213"),
        ("A02", "182", WHOLE, "1"),
        ("A06", "182", WHOLE, "at_least 30"),
        ("A07", "182", WHOLE, "at_least 70"),
        ("A08", "182", WHOLE, "7"),
        ("A09", "182", WHOLE, "15"),
        ("C03", "06124", WHOLE, "380"),
    ];
    on_every_engine(|engine, database| {
        let office = Office::sample(database);
        for (indicator, unit, span, expected) in cases {
            let figure = office.reported(indicator, unit, span);
            assert_eq!(figure, expected, "{engine}: {indicator} {span}");
        }
        let surveyed = office.figure("A02", "182", WHOLE, View::Reported);
        let (villages, all) = surveyed.parts.unwrap();
        assert_eq!((villages.value.numerator(), all.value.numerator()), (162, 162), "{engine}");
        // "Over 90 %" of the cell secretaries head their village: a bound stays one.
        let both = office.figure("A05", "182", "2023-Q2", View::Reported).value.unwrap();
        assert_eq!(both.qualifier, Qualifier::AtLeast, "{engine}");
        assert_eq!(both.rounded(2).unwrap().units, 90, "{engine}: in percent");

        // 152 of 150 is 101.3 %, 61 of 150 is 40.7 %.
        for (span, thousandths) in [("2022", 1_013), ("2023-H1", 407)] {
            let share = office.figure("A01", "182", span, View::Reported).target.unwrap().share;
            assert_eq!(share.unwrap().half_up(3).unwrap().units, thousandths, "{engine}: {span}");
        }
        every_figure_of_the_report_has_its_sources(engine, &office);
        the_status_is_behind_only_where_the_article_says_so(engine, &office);
        a_year_that_runs_on_is_judged_by_the_months_that_are_in(engine, &office);
        what_is_missing_stands_beside_the_figure(engine, &office);
    });
}

fn every_figure_of_the_report_has_its_sources(engine: &str, office: &Office) {
    let unit = office.workspace.find_unit("182", None).unwrap();
    let report = office.workspace.report("ket-qua-kl-01", &Asked::default()).unwrap();
    assert_eq!(report.subject.period, period(WHOLE), "{engine}");
    assert!(report.figures.len() > 30, "{engine}: {}", report.figures.len());
    for figure in &report.figures {
        let key = &figure.request.key;
        assert!(figure.answer.value.is_ok(), "{engine}: {key}: {:?}", figure.answer.value);
        assert!(!figure.sources.is_empty(), "{engine}: {key}");
        for source in &figure.sources {
            assert_eq!(source.sha256.len(), 64, "{engine}: {key}");
            assert!(source.submissions > 0, "{engine}: {key}");
        }
    }
    let snapshot = office.workspace.snapshot().unwrap();
    let sources =
        provenance::sources(&snapshot, "A01", unit, Period::Year(2022), View::Reported).unwrap();
    assert_eq!(sources.len(), 17, "{engine}: one workbook a commune");
    assert_eq!(sources[0].file, "06124-na-sam.xlsx", "{engine}");
}

fn the_status_is_behind_only_where_the_article_says_so(engine: &str, office: &Office) {
    let unit = office.workspace.find_unit("182", None).unwrap();
    let overview =
        office.workspace.overview(unit, Period::HalfYear(2023, 1), View::Reported).unwrap();
    let statuses: Vec<(&str, Status)> =
        overview.priorities.iter().map(|one| (one.code.as_str(), one.status)).collect();
    let (admitted, others) = statuses.split_first().unwrap();
    assert_eq!(*admitted, ("DP1", Status::Behind), "{engine}");
    assert_eq!(others.len(), 3, "{engine}");
    for (code, status) in others {
        let good = matches!(status, Status::Met | Status::OnTrack);
        assert!(good, "{engine}: {code} is {status:?}");
    }
    let admitted = office.figure("A01", "182", "2023-H1", View::Reported);
    assert_eq!(admitted.status, Status::Behind, "{engine}");
    let admitted = office.figure("A01", "182", "2022", View::Reported);
    assert_eq!((admitted.status, admitted.data_until), (Status::Met, None), "{engine}");
}

/// The data end in June 2023: the year's figure is judged by what was planned until then, and
/// says so.
fn a_year_that_runs_on_is_judged_by_the_months_that_are_in(engine: &str, office: &Office) {
    let half = office.figure("A01", "182", "2023-H1", View::Reported);
    let year = office.figure("A01", "182", "2023", View::Reported);
    assert_eq!(year.data_until, Some(Period::Month(2023, 6)), "{engine}");
    assert_eq!(year.value, half.value, "{engine}");
    assert_eq!(year.status, half.status, "{engine}");
    let planned = |answer: &FigureAnswer| answer.target.as_ref().map(|target| target.planned);
    assert_eq!(planned(&year), planned(&half), "{engine}");
    assert_eq!(year.completeness.expected, 162 * 12, "{engine}: the months to come are owed");
    // A share that stands at 90 % is at its target now, but the year is not over.
    let share = office.figure("A05", "182", "2023", View::Reported);
    assert_eq!(share.data_until, Some(Period::Quarter(2023, 2)), "{engine}");
}

fn what_is_missing_stands_beside_the_figure(engine: &str, office: &Office) {
    let counted =
        |answer: &FigureAnswer| (answer.completeness.reported, answer.completeness.expected);
    let whole = office.figure("A01", "182", "2023-06", View::Reported);
    let (reported, expected) = counted(&whole);
    assert_eq!(expected, 162, "{engine}");
    assert!((140..162).contains(&reported), "{engine}: {reported}");
    // Nhạc Kỳ has not sent anything for June.
    let silent = office.figure("A01", "06181", "2023-06", View::Reported);
    assert_eq!(silent.value, Err(NoValue::NothingReported), "{engine}");
    assert_eq!(silent.status, Status::NoData, "{engine}: never green");
    let (reported, expected) = counted(&silent);
    assert_eq!(reported, 0, "{engine}");
    assert!(expected > 0, "{engine}");
    // The year adds the months up: twelve figures a village.
    let year = office.figure("A01", "182", "2022", View::Reported);
    assert_eq!(counted(&year).1, 162 * 12, "{engine}");
    assert_eq!(words(&year), "152", "{engine}");
}
