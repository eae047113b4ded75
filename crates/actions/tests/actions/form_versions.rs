//! Forms that change: each period is asked, judged and added up by the version of its time.

use actions::accounts::Moment;
use actions::answer::View;
use actions::forms::{
    Part, Written, WrittenAssignment, WrittenDue, WrittenLine, WrittenRule, check,
};
use actions::submissions::Occasion;
use domain::access::Actor;
use domain::form::{DueRule, Severity};
use domain::forming::FormingProblem;
use domain::item::Bilingual;
use domain::refusal::{Noun, Refusal, Wanted};
use jiff::civil::date;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::setup::{Office, UNITS, period, places, refusals};

pub(crate) const AT: Moment = Moment { now_ms: NOW_MS, today: date(2026, 11, 23) };

/// From July on villages are asked for the petitions by a form of their own, with another deadline.
const FORMS: &str = "\
code,name_vi,name_en,frequency,calendar,assigned_level,assigned_below,assigned_codes,due_days,\
items,from,due,ends
thang,Số liệu tháng,Monthly,monthly,civil,village,,,5,A01 B02 G06 R.tu R.mau,,,
thang,Số liệu tháng,Monthly,monthly,civil,village,,,,A01 G06,2026-07-01,day-20 gap-1 move grace-2,
don,Đơn thư,Petitions,monthly,civil,village,X1,,5,R.tu R.mau,2026-07-01,,
quy,Số liệu quý,Quarterly,quarterly,civil,commune,,,10,Q01,,,
";

const LINES: &str = "\
form,from,item,section_vi,section_en,help_vi,help_en
thang,2026-07-01,A01,Kết nạp,Admissions,Theo quyết định,By decision
thang,2026-07-01,G06,Khen thưởng,Commendations,,
";

const RULES: &str = "\
form,from,code,severity,expression,message_vi,message_en
thang,,du,error,A01 <= 10,Quá mười,Over ten
thang,2026-07-01,du,error,A01 <= 20,Quá hai mươi,Over twenty
";

const HOLIDAYS: &str = "date,name_vi,name_en\n2026-08-20,Nghỉ,Rest\n";

pub(crate) fn changed(office: &Office) {
    office.units(UNITS).unwrap();
    let files = [
        ("forms.csv", FORMS),
        ("lines.csv", LINES),
        ("rules.csv", RULES),
        ("holidays.csv", HOLIDAYS),
    ];
    office.pack(&files).unwrap();
}

#[test]
fn a_form_asks_each_period_by_its_version() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        changed(&office);
        let unit = office.unit("X1-1", AT.today);
        let page = |form: &str, month: &str| {
            let occasion = Occasion { form: form.to_owned(), unit, period: period(month) };
            office.workspace.entry_page(&Actor::console(), AT, &occasion, None)
        };
        let before = page("thang", "2026-06").unwrap();
        let items = before.fields.iter().map(|field| field.typed.item.as_str());
        let expected = ["A01", "B02", "G06", "G06", "G06", "R.tu", "R.mau"];
        assert_eq!(items.collect::<Vec<_>>(), expected, "{engine}");
        assert!(before.fields.iter().all(|field| field.section.vi.is_empty()), "{engine}");
        assert_eq!((before.due, before.closes), (date(2026, 7, 5), date(2026, 7, 5)), "{engine}");
        let after = page("thang", "2026-07").unwrap();
        let words = |field: &actions::submissions::entry::EntryField| {
            (field.typed.item.clone(), field.section.vi.clone(), field.help.vi.clone())
        };
        let words: Vec<_> = after.fields.iter().map(words).collect();
        let line = |item: &str, section: &str, help: &str| {
            (item.to_owned(), section.to_owned(), help.to_owned())
        };
        let expected = [
            line("A01", "Kết nạp", "Theo quyết định"),
            line("G06", "Khen thưởng", ""),
            line("G06", "", ""),
            line("G06", "", ""),
        ];
        assert_eq!(words, expected, "{engine}");
        // 20 August is a holiday that was entered, and the grace ends on a Sunday.
        assert_eq!((after.due, after.closes), (date(2026, 8, 21), date(2026, 8, 23)), "{engine}");
        assert_eq!(page("don", "2026-07").unwrap().fields.len(), 2, "{engine}");
        let early = format!("{:?}", page("don", "2026-06"));
        assert!(early.contains("NotOwed"), "{engine}: {early}");
    });
}

#[test]
fn figures_are_taken_judged_and_added_up_by_the_version_of_their_period() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        changed(&office);
        office
            .figures(
                "X1-1,2026-06,R.tu,3,,,\nX1-1,2026-06,R.mau,4,,,\nX1-1,2026-07,R.tu,1,,,\n\
                 X1-1,2026-07,R.mau,4,,,\nX1-1,2026-07,A01,15,,,\n",
            )
            .unwrap();
        let refused = places(office.figures("X1-1,2026-06,A01,15,,,\nX2-1,2026-07,R.tu,1,,,\n"));
        let not_asked = Refusal::NotAsked { item: "R.tu".to_owned(), unit: "X2-1".to_owned() };
        let [(2, 4, Refusal::RuleBroken(broken)), beyond] = &refused[..] else {
            panic!("{engine}: {refused:?}");
        };
        assert_eq!(broken.message.vi, "Quá mười", "{engine}: by the rule of June");
        assert_eq!(*beyond, (3, 3, not_asked), "{engine}: X2-1 is not asked any more");
        // In June all four villages owe the petitions, from July on the two of one commune.
        for (month, value, reported, expected) in
            [("2026-06", "3/4", 1, 4), ("2026-07", "1/4", 1, 2), ("2026-Q3", "1/4", 1, 6)]
        {
            let figure = office.figure("R", "182", month, View::Reported);
            let found = crate::setup::words(&figure);
            let completeness = (figure.completeness.reported, figure.completeness.expected);
            assert_eq!(found, value, "{engine}: {month}");
            assert_eq!(completeness, (reported, expected), "{engine}: {month}");
        }
    });
}

#[test]
fn a_pack_taken_in_again_keeps_the_versions_it_does_not_name() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        changed(&office);
        let forms = || office.workspace.snapshot().unwrap().forms.clone();
        let both = forms();
        let first_alone = crate::setup::pack_with("forms.csv", "Monthly", "Month");
        let files = [
            ("forms.csv", first_alone.as_str()),
            ("lines.csv", "form,item\n"),
            ("rules.csv", "form,code,severity,expression,message_vi,message_en\n"),
        ];
        office.pack(&files).unwrap();
        let after = forms();
        let of = |forms: &[domain::form::Form]| {
            let form = forms.iter().find(|form| form.code == "thang").unwrap();
            (form.versions.len(), form.versions.last().cloned())
        };
        assert_eq!(of(&after), of(&both), "{engine}");
    });
}

#[test]
fn rows_that_contradict_each_other_are_refused_at_their_place() {
    let doubled = |noun, key: &str| Refusal::Doubled { noun, key: key.to_owned() };
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let cases = [
        ("forms.csv", FORMS, " G06,2026", " G06 G06,2026", (3, 10, doubled(Noun::Item, "G06"))),
        ("forms.csv", FORMS, "A01 G06,2", "A01 R.tu,2", (4, 10, doubled(Noun::Item, "R.tu"))),
        ("forms.csv", FORMS, "A01 G06,2026-07-01", "A01,", (3, 1, doubled(Noun::Form, "thang"))),
        ("forms.csv", FORMS, "day-20", "day-31", {
            (3, 12, bad("day-31 gap-1 move grace-2", Wanted::KnownCode))
        }),
        (
            "forms.csv",
            FORMS,
            "Monthly,monthly,civil,village,,,,",
            { "Monthly,quarterly,civil,village,,,," },
            { (3, 10, FormingProblem::PeriodsDiffer { form: "thang".to_owned() }.into()) },
        ),
        ("lines.csv", LINES, "thang,2026-07-01,A01", "thang,2026-08-01,A01", {
            (2, 2, bad("2026-08-01", Wanted::KnownCode))
        }),
        ("lines.csv", LINES, "01,G06", "01,B02", {
            let (item, form) = ("B02".to_owned(), "thang".to_owned());
            (3, 3, Refusal::ItemNotOnForm { item, form })
        }),
        ("lines.csv", LINES, "01,G06", "01,A01", (3, 3, doubled(Noun::Item, "A01"))),
        ("rules.csv", RULES, "01,du,error,A01 <= 20", "01,du,error,B02 <= 20", {
            let (item, form) = ("B02".to_owned(), "thang".to_owned());
            (3, 5, Refusal::ItemNotOnForm { item, form })
        }),
        ("holidays.csv", HOLIDAYS, "2026-08-20", "2026-08-32", {
            (2, 1, bad("2026-08-32", Wanted::Day))
        }),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (file, text, piece, by, expected) in cases.clone() {
            assert!(text.contains(piece), "{file}: {piece}");
            let wrong = text.replacen(piece, by, 1);
            let mut files = [
                ("forms.csv", FORMS),
                ("lines.csv", LINES),
                ("rules.csv", RULES),
                ("holidays.csv", HOLIDAYS),
            ];
            for (name, text) in &mut files {
                if *name == file {
                    *text = &wrong;
                }
            }
            let found = refusals(office.pack(&files));
            let first = &found[0];
            assert!(first.at.file.ends_with(file), "{engine}: {first:?}");
            let first = (first.at.row, first.at.column, first.why.clone());
            assert_eq!(first, expected, "{engine}: {file} {by}");
        }
    });
}

/// A deadline as it is written, by its code.
pub(crate) fn due(code: &str) -> WrittenDue {
    WrittenDue::of(&DueRule::from_code(code).unwrap())
}

/// From August on the months ask for admissions in a section, with a rule.
pub(crate) fn written() -> Written {
    let words = |text: &str| Bilingual { vi: text.to_owned(), en: text.to_owned() };
    let item = |code: &str| WrittenLine::Item { code: code.to_owned(), help: words("Theo sổ") };
    let rule = WrittenRule {
        code: "it".to_owned(),
        severity: Some(Severity::Error),
        condition: "A01 <= 5".to_owned(),
        message: words("Nhiều quá"),
    };
    Written {
        form: "thang".to_owned(),
        name: words("Số liệu tháng mới"),
        from: Some(date(2026, 8, 1)),
        assignment: WrittenAssignment { level: "village".to_owned(), units: Vec::new() },
        due: due("working-3 grace-2"),
        lines: vec![(1, WrittenLine::Title(words("Kết nạp"))), (2, item("A01"))],
        rules: vec![(1, rule)],
    }
}

#[test]
fn a_published_version_asks_later_periods_and_leaves_earlier_ones_alone() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2026-07,A01,9,,,\n").unwrap();
        let workspace = &office.workspace;
        let who = Actor::console();
        // A period that somebody has reported about does not change any more.
        let early = Written { from: Some(date(2026, 7, 31)), ..written() };
        let found = refusals(workspace.publish_form(&who, AT, early));
        let (period_of, free) = (period("2026-07"), date(2026, 8, 1));
        let why = FormingProblem::AlreadyReported { period: period_of, free };
        assert_eq!(found[0].why, why.into(), "{engine}");
        workspace.publish_form(&who, AT, written()).unwrap();
        let before = Written { from: Some(date(2026, 7, 1)), ..written() };
        let found = refusals(workspace.publish_form(&who, AT, before));
        let why = FormingProblem::BeforeNewest { newest: date(2026, 8, 1) };
        assert_eq!(found[0].why, why.into(), "{engine}");
        let unit = office.unit("X1-1", AT.today);
        let page = |month: &str| {
            let occasion = Occasion { form: "thang".to_owned(), unit, period: period(month) };
            workspace.entry_page(&who, AT, &occasion, None).unwrap()
        };
        assert_eq!(page("2026-07").fields.len(), 7, "{engine}");
        let after = page("2026-08");
        assert_eq!(after.fields.len(), 1, "{engine}");
        assert_eq!(after.fields[0].section.vi, "Kết nạp", "{engine}");
        assert_eq!(after.form.vi, "Số liệu tháng mới", "{engine}");
        assert_eq!((after.due, after.closes), (date(2026, 9, 4), date(2026, 9, 6)), "{engine}");
        let refused = format!("{:?}", office.figures("X1-1,2026-08,A01,9,,,\n"));
        assert!(refused.contains("RuleBroken"), "{engine}: {refused}");
        office.figures("X1-2,2026-07,A01,9,,,\n").unwrap();
    });
}

#[test]
fn a_form_that_ends_is_owed_no_more_until_it_is_used_again() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        office.figures("X1-1,2026-07,A01,9,,,\n").unwrap();
        let (workspace, who) = (&office.workspace, Actor::console());
        let found = refusals(workspace.end_form(&who, AT, "thang", Some(date(2026, 7, 1))));
        assert!(format!("{found:?}").contains("AlreadyReported"), "{engine}: {found:?}");
        let owed = || {
            let figure = office.figure("A01", "182", "2026-09", View::Reported);
            figure.completeness.expected
        };
        assert_eq!(owed(), 4, "{engine}");
        workspace.end_form(&who, AT, "thang", Some(date(2026, 9, 1))).unwrap();
        assert_eq!(owed(), 0, "{engine}");
        workspace.end_form(&who, AT, "thang", None).unwrap();
        assert_eq!(owed(), 4, "{engine}");
    });
}

#[test]
fn everything_wrong_with_a_version_is_told_in_its_part_and_row() {
    let words = |text: &str| Bilingual { vi: text.to_owned(), en: text.to_owned() };
    let item = |code: &str| WrittenLine::Item { code: code.to_owned(), help: words("") };
    let with_rule = |condition: &str| {
        let (row, rule) = written().rules.remove(0);
        let rules = vec![(row, WrittenRule { condition: condition.to_owned(), ..rule })];
        Written { rules, ..written() }
    };
    let assigned = |level: &str, units: &[&str]| {
        let units = units.iter().map(|code| (*code).to_owned()).collect();
        let assignment = WrittenAssignment { level: level.to_owned(), units };
        Written { assignment, ..written() }
    };
    let due_of = |kind: &str, number: &str| {
        let (kind, number) = (kind.to_owned(), number.to_owned());
        Written { due: WrittenDue { kind, number, ..due("days-5") }, ..written() }
    };
    let few = |gap: &str, grace: &str| {
        let (gap, grace) = (gap.to_owned(), grace.to_owned());
        Written { due: WrittenDue { gap, grace, ..due("days-5") }, ..written() }
    };
    let lines = |lines: Vec<(u32, WrittenLine)>| Written { lines, ..written() };
    let unnamed = WrittenRule { severity: None, ..written().rules[0].1.clone() };
    let cases = [
        (due_of("năm", "1"), Part::Due, 0, "KnownCode"),
        (due_of("days", ""), Part::DueNumber, 0, "NumberOutside { text: \"\", least: 0, most: 366"),
        (due_of("day", "29"), Part::DueNumber, 0, "least: 1, most: 28"),
        (due_of("working", "2,5"), Part::DueNumber, 0, "NumberOutside"),
        (few("61", ""), Part::Gap, 0, "least: 0, most: 60"),
        (few("", "-1"), Part::Grace, 0, "least: 0, most: 60"),
        (Written { from: None, ..written() }, Part::From, 0, "Day"),
        (Written { name: words(""), ..written() }, Part::Name, 0, "Name"),
        (Written { form: "khác".to_owned(), ..written() }, Part::Code, 0, "NotFound"),
        (assigned("", &[]), Part::Assignment, 0, "NobodyFills"),
        (assigned("làng", &[]), Part::Assignment, 0, "NotFound"),
        (assigned("village", &["X1", "X7"]), Part::Assignment, 0, "UnknownUnit { code: \"X7\""),
        (lines(Vec::new()), Part::Lines, 0, "AsksNothing"),
        (lines(vec![(3, item("A01")), (4, item("Z99"))]), Part::Lines, 4, "Z99"),
        (lines(vec![(3, item("A01")), (5, item("A01"))]), Part::Lines, 5, "Doubled"),
        (lines(vec![(3, item("A01")), (5, item("Q01"))]), Part::Lines, 5, "AskedElsewhere"),
        (
            lines(vec![(1, item("A01")), (2, WrittenLine::Title(words("Rỗng")))]),
            { Part::Lines },
            0,
            "EmptySection",
        ),
        (
            lines(vec![(1, WrittenLine::Title(words(""))), (2, item("A01"))]),
            { Part::Lines },
            1,
            "SectionWithoutTitle",
        ),
        (with_rule("A01 <="), Part::Rules, 1, "Formula"),
        (with_rule("A01 + 1"), Part::Rules, 1, "Formula"),
        (with_rule("B02 <= 5"), Part::Rules, 1, "ItemNotOnForm"),
        (with_rule("A01@-1 <= 5"), Part::Rules, 1, "RuleLooksBeyond"),
        (Written { rules: vec![(2, unnamed)], ..written() }, Part::Rules, 2, "BadRule"),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let snapshot = office.workspace.snapshot().unwrap();
        assert!(check(&snapshot, &written()).is_ok(), "{engine}");
        for (version, part, row, expected) in cases.clone() {
            let problems = check(&snapshot, &version).unwrap_err();
            let said = format!("{problems:?}");
            let (first, refused) = &problems[0];
            assert_eq!((*first, refused.at.row), (part, row), "{engine}: {expected}: {said}");
            assert!(said.contains(expected), "{engine}: {expected}: {said}");
        }
    });
}
