//! Forms that change: each period is asked, judged and added up by the version of its time.

use actions::accounts::Moment;
use actions::answer::View;
use actions::submissions::Occasion;
use domain::access::Actor;
use domain::forming::FormingProblem;
use domain::refusal::{Noun, Refusal, Wanted};
use jiff::civil::date;
use testkit::clock::NOW_MS;
use testkit::on_every_engine;

use crate::setup::{Office, UNITS, period, places, refusals};

const AT: Moment = Moment { now_ms: NOW_MS, today: date(2026, 11, 23) };

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

fn changed(office: &Office) {
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
