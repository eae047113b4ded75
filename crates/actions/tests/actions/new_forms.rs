//! New forms: what was written is weighed, published with the first version, and owed from its day on.

use actions::forms::{
    Part, WrittenAssignment, WrittenForm, WrittenLine, WrittenRule, check_new, levels,
};
use actions::submissions::Occasion;
use domain::access::Actor;
use domain::forming::FormingProblem;
use domain::item::Bilingual;
use domain::period::Frequency;
use testkit::on_every_engine;

use crate::form_versions::{AT, written};
use crate::items::typed;
use crate::setup::{Office, period, refusals};

/// A new form that asks for the item of [`typed`], of the villages of one commune.
pub(crate) fn written_form() -> WrittenForm {
    let (_, rule) = written().rules.remove(0);
    let rule = WrittenRule { code: "it-ho".to_owned(), condition: "C12 <= 5".to_owned(), ..rule };
    let line = WrittenLine::Item { code: "C12".to_owned(), help: Bilingual::default() };
    let first = actions::forms::Written {
        form: "ho-quy".to_owned(),
        assignment: WrittenAssignment { level: "village".to_owned(), units: vec!["X1".to_owned()] },
        lines: vec![(1, line)],
        rules: vec![(1, rule)],
        ..written()
    };
    WrittenForm {
        first,
        frequency: "quarterly".to_owned(),
        calendar: "cutoff-14".to_owned(),
        review: vec!["commune".to_owned()],
        lock_days: "20".to_owned(),
    }
}

#[test]
fn a_new_form_is_owed_from_its_day_on_by_those_it_names() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let (workspace, who) = (&office.workspace, Actor::console());
        workspace.create_item(&who, AT, typed()).unwrap();
        workspace.create_form(&who, AT, written_form()).unwrap();
        let snapshot = workspace.snapshot().unwrap();
        let form = snapshot.forms.iter().find(|form| form.code == "ho-quy").unwrap();
        assert_eq!((form.frequency, form.lock_days), (Frequency::Quarterly, Some(20)), "{engine}");
        assert_eq!(form.calendar.code(), "cutoff-14", "{engine}");
        assert_eq!(form.review, ["commune"], "{engine}");
        let page = |unit: &str, quarter: &str| {
            let unit = office.unit(unit, AT.today);
            let occasion = Occasion { form: "ho-quy".to_owned(), unit, period: period(quarter) };
            workspace.entry_page(&who, AT, &occasion, None)
        };
        let asked = page("X1-1", "2026-Q3").unwrap().fields;
        let asked: Vec<_> = asked.iter().map(|it| it.typed.item.as_str()).collect();
        assert_eq!(asked, ["C12", "C12", "C12"], "{engine}: the whole and both classes");
        for (unit, quarter) in [("X1-1", "2026-Q2"), ("X2-1", "2026-Q3")] {
            let found = format!("{:?}", page(unit, quarter));
            assert!(found.contains("NotOwed"), "{engine}: {unit} {quarter}: {found}");
        }
        let again = refusals(workspace.create_form(&who, AT, written_form()));
        let taken = FormingProblem::FormTaken { form: "ho-quy".to_owned() };
        assert_eq!(again[0].why, taken.into(), "{engine}");
    });
}

#[test]
fn everything_wrong_with_a_new_form_is_told_in_its_part() {
    let code = |code: &str| {
        let first = actions::forms::Written { form: code.to_owned(), ..written_form().first };
        WrittenForm { first, ..written_form() }
    };
    let review = |levels: &[&str]| {
        let review = levels.iter().map(|level| (*level).to_owned()).collect();
        WrittenForm { review, ..written_form() }
    };
    let text = str::to_owned;
    let cases = [
        (code(""), Part::Code, "FormCode"),
        (code("sổ hộ"), Part::Code, "FormCode"),
        (code("a/b"), Part::Code, "FormCode"),
        (code("-a"), Part::Code, "FormCode"),
        (code(&"a".repeat(41)), Part::Code, "FormCode"),
        (code("Thang"), Part::Code, "FormTaken"),
        (WrittenForm { frequency: text("hay"), ..written_form() }, Part::Frequency, "KnownCode"),
        (WrittenForm { calendar: text("âm"), ..written_form() }, Part::Calendar, "KnownCode"),
        (WrittenForm { lock_days: text("-1"), ..written_form() }, Part::Lock, "Number"),
        (review(&["làng"]), Part::Review, "NotFound"),
        (review(&["commune", "commune"]), Part::Review, "Doubled"),
        // What concerns the version is told as for one that is published.
        (WrittenForm { first: written(), ..written_form() }, Part::Code, "FormTaken"),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.workspace.create_item(&Actor::console(), AT, typed()).unwrap();
        let snapshot = office.workspace.snapshot().unwrap();
        assert!(levels(&snapshot).contains("village"), "{engine}");
        assert!(check_new(&snapshot, &written_form()).is_ok(), "{engine}");
        for (form, part, expected) in &cases {
            let problems = check_new(&snapshot, form).unwrap_err();
            let said = format!("{problems:?}");
            assert_eq!(problems[0].0, *part, "{engine}: {expected}: {said}");
            assert!(said.contains(expected), "{engine}: {expected}: {said}");
            let refused = office.workspace.create_form(&Actor::console(), AT, form.clone());
            assert_eq!(refusals(refused).len(), problems.len(), "{engine}: {said}");
        }
        assert_eq!(office.workspace.snapshot().unwrap().forms, snapshot.forms, "{engine}");
    });
}
