//! Provenance: from a figure down to the cell it was reported in, and up again.

use actions::answer::View;
use actions::reports::Asked;
use domain::period::Period;
use domain::refusal::{Noun, Refusal};
use testkit::on_every_engine;

use crate::setup::{FIGURES, Office, period, places, sheet, words};

const JANUARY: Period = Period::Month(2022, 1);

#[test]
fn a_figure_leads_to_the_cell_it_was_reported_in() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let rows: [&[&str]; 3] =
            [&["TT", "Thôn", "A01"], &["1", "Nà Lầu", "#3"], &["2", "Khơ Đa", "trên 30"]];
        office.workbook("X1-tan-my.xlsx", &[sheet("T01-2022", &rows)]).unwrap();
        let unit = office.workspace.find_unit("X1-2", None).unwrap();
        let page = office.workspace.figure_page("A01", unit, JANUARY, View::Reported).unwrap();
        assert_eq!(words(&page.figure), "at_least 30", "{engine}");
        let [line] = page.submissions.as_slice() else { panic!("{engine}: one line") };
        let place = (line.file.as_str(), line.sheet.as_str(), line.row, line.column);
        assert_eq!(place, ("X1-tan-my.xlsx", "T01-2022", 3, 3), "{engine}");
        assert_eq!((line.item.as_str(), line.revision), ("A01", 1), "{engine}");
        let above: Vec<&str> = page.above.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(above, ["20", "182", "X1"], "{engine}");
    });
}

#[test]
fn what_the_units_below_contribute_adds_up_to_the_figure() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office
            .figures("X1-1,2022-01,A01,3,,,\nX1-2,2022-02,A01,4,,,\nX2-1,2022-01,A01,10,,,\n")
            .unwrap();
        let unit = office.workspace.find_unit("182", None).unwrap();
        let year = Period::Year(2022);
        let page = office.workspace.figure_page("A01", unit, year, View::Reported).unwrap();
        let parts: Vec<(&str, String)> =
            page.contributions.iter().map(|one| (one.unit.code.as_str(), words(one))).collect();
        assert_eq!(parts, [("X1", "7".to_owned()), ("X2", "10".to_owned())], "{engine}");
        assert_eq!(words(&page.figure), "17", "{engine}");
        let sources: Vec<(&str, u32)> =
            page.sources.iter().map(|source| (source.file.as_str(), source.submissions)).collect();
        assert_eq!(sources, [("figures.csv", 3)], "{engine}");
        assert_eq!(page.submissions, [], "{engine}: the district itself reported nothing");
    });
}

#[test]
fn a_figure_rests_only_on_the_files_of_its_units_and_its_span() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let file = |rows: &str| format!("{FIGURES}{rows}").into_bytes();
        let one = file("X1-1,2022-01,A01,3,,,\n");
        let two = file("X2-1,2022-01,A01,10,,,\n");
        let later = file("X1-1,2022-02,A01,4,,,\n");
        office.files(&[("one.csv", &one), ("two.csv", &two), ("later.csv", &later)]).unwrap();
        let cases: [(&str, &str, &[&str]); 4] = [
            ("X1", "2022-01", &["one.csv"]),
            ("182", "2022-01", &["one.csv", "two.csv"]),
            ("182", "2022", &["later.csv", "one.csv", "two.csv"]),
            ("X2", "2022-02", &[]),
        ];
        for (code, span, expected) in cases {
            let unit = office.workspace.find_unit(code, None).unwrap();
            let snapshot = office.workspace.snapshot().unwrap();
            let sources =
                actions::provenance::sources(&snapshot, "A01", unit, period(span), View::Reported)
                    .unwrap();
            let files: Vec<&str> = sources.iter().map(|source| source.file.as_str()).collect();
            assert_eq!(files, expected, "{engine}: {code} {span}");
        }
    });
}

#[test]
fn a_correction_shows_both_revisions_and_the_newer_file() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let file = |rows: &str| format!("{FIGURES}{rows}").into_bytes();
        office.files(&[("first.csv", &file("X1-1,2022-01,A01,3,,,\n"))]).unwrap();
        office.files(&[("second.csv", &file("X1-1,2022-01,A01,4,,,đếm lại\n"))]).unwrap();
        let newest = office.submissions("X1-1").pop().unwrap();
        let page = office.workspace.submission_page(&newest.id).unwrap();
        let revisions: Vec<(u32, &str)> =
            page.revisions.iter().map(|one| (one.number, one.file.as_str())).collect();
        assert_eq!(revisions, [(1, "first.csv"), (2, "second.csv")], "{engine}");
        let [line] = page.lines.as_slice() else { panic!("{engine}: one line") };
        assert_eq!((line.note.as_str(), line.file.as_str()), ("đếm lại", "second.csv"), "{engine}");
        let missing: Vec<&str> = page.missing.iter().map(|item| item.0.as_str()).collect();
        assert_eq!(missing, ["B02", "G06", "R.tu", "R.mau"], "{engine}: what was left empty");
    });
}

#[test]
fn a_figure_that_a_correction_kept_still_leads_to_its_own_file() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let file = |rows: &str| format!("{FIGURES}{rows}").into_bytes();
        let first = file("X1-1,2022-01,A01,3,,,\nX1-1,2022-01,B02,2,,,\n");
        office.files(&[("first.csv", &first)]).unwrap();
        office.files(&[("second.csv", &file("X1-1,2022-01,A01,4,,,\n"))]).unwrap();
        let unit = office.workspace.find_unit("X1-1", None).unwrap();
        let cases = [("A01", "second.csv", 2), ("B02", "first.csv", 3)];
        for (item, name, row) in cases {
            let page = office.workspace.figure_page(item, unit, JANUARY, View::Reported).unwrap();
            let [line] = page.submissions.as_slice() else { panic!("{engine}: one line") };
            assert_eq!((line.file.as_str(), line.row), (name, row), "{engine}: {item}");
        }
    });
}

#[test]
fn a_restated_figure_rests_on_the_files_of_the_units_it_came_from() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let file = |rows: &str| format!("{FIGURES}{rows}").into_bytes();
        let (one, two) = (file("X1-1,2025-06,A01,3,,,\n"), file("X2-1,2025-06,A01,10,,,\n"));
        office.files(&[("one.csv", &one), ("two.csv", &two)]).unwrap();
        office
            .units(
                "code,name,type,level,parent_code,valid_from,valid_to\n\
                 Y1,Tân Mỹ,xã,commune,182,2025-07-01,\n",
            )
            .unwrap();
        office.crosswalk("old_code,new_code,whole_or_part\nX1,Y1,whole\n").unwrap();
        let heir = office.unit("Y1", crate::setup::MERGER);
        let view = View::Restated(crate::setup::MERGER);
        let june = Period::Month(2025, 6);
        let page = office.workspace.figure_page("A01", heir, june, view).unwrap();
        assert_eq!(words(&page.figure), "3", "{engine}");
        let files: Vec<&str> = page.sources.iter().map(|source| source.file.as_str()).collect();
        assert_eq!(files, ["one.csv"], "{engine}");

        // A village that ended without an heir is in no figure of the new order.
        office
            .events("date,kind,old_code,new_code,share,instrument\n2025-07-01,dissolve,X2-1,,,NQ\n")
            .unwrap();
        let district = office.unit("182", crate::setup::MERGER);
        let page = office.workspace.figure_page("A01", district, june, view).unwrap();
        assert_eq!(words(&page.figure), "3", "{engine}");
        let files: Vec<&str> = page.sources.iter().map(|source| source.file.as_str()).collect();
        assert_eq!(files, ["one.csv"], "{engine}");
    });
}

#[test]
fn what_is_not_there_is_refused_by_name() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let unit = office.workspace.find_unit("182", None).unwrap();
        let workspace = &office.workspace;
        let missing = |noun, key: &str| [(0, 0, Refusal::NotFound { noun, key: key.to_owned() })];
        let page = workspace.figure_page("Z99", unit, JANUARY, View::Reported);
        assert_eq!(places(page), missing(Noun::Indicator, "Z99"), "{engine}");
        let page = workspace.submission_page("không có");
        assert_eq!(places(page), missing(Noun::Submission, "không có"), "{engine}");
        let report = workspace.report("không có", &Asked::of(unit, JANUARY, View::Reported));
        assert_eq!(places(report), missing(Noun::Template, "không có"), "{engine}");
        let found = places(workspace.find_unit("000", None));
        let why = Refusal::UnknownUnit { code: "000".to_owned(), day: None };
        assert_eq!(found, [(0, 0, why)], "{engine}");
    });
}
