//! The register of directives: entered, changed, refused with every reason at its field, and recorded.

use actions::directives::{COLUMNS, Changed, Written, mark, written};
use actions::entrance::Entrance;
use domain::access::Actor;
use domain::directing::DirectingProblem;
use domain::directive::{Directive, Validity, validity};
use domain::entrance::EntranceProblem;
use domain::refusal::{Noun, Refusal, Wanted};
use domain::secrecy::Secrecy;
use jiff::civil::{Date, date};
use store::Database;
use testkit::on_every_engine;

use crate::collecting::{AT, person, refused};
use crate::door::Watch;
use crate::entrance::entrance;
use crate::setup::{Office, refusals};

/// When the district's plan was issued.
pub(crate) const KH_ISSUED: Date = date(2022, 1, 10);

/// A plan of a commune that carries out the district's.
pub(crate) fn typed() -> Written {
    with(
        &COLUMNS.map(|_| String::new()),
        &[
            ("number", " 15-KH/ĐU"),
            ("kind", "Kế hoạch"),
            ("issuer_vi", "Đảng ủy  xã"),
            ("date", "5/3/2026"),
            ("title_vi", "Triển khai nội dung đột phá"),
            ("term_from", "2026-03-05"),
            ("term_to", "2026-12-31"),
            ("implements", "kh"),
        ],
    )
}

/// The same with other texts in some columns.
pub(crate) fn with(typed: &Written, texts: &[(&str, &str)]) -> Written {
    let mut typed = typed.clone();
    for (known, field) in COLUMNS.iter().zip(&mut typed) {
        if let Some((_, text)) = texts.iter().find(|(column, _)| column == known) {
            (*text).clone_into(field);
        }
    }
    typed
}

/// A directive that is changed by whoever has not looked at it before.
fn unseen(code: &str) -> Changed {
    Changed { code: code.to_owned(), seen: None }
}

fn enter(entrance: &Entrance, typed: Written) -> Result<String, actions::error::Error> {
    entrance.save_directive(&Actor::console(), AT, (None, typed))
}

fn find(office: &Office, code: &str) -> Directive {
    let snapshot = office.workspace.snapshot().unwrap();
    snapshot.directives.iter().find(|it| it.code == code).cloned().unwrap()
}

/// A directive as somebody finds it who begins to change it.
fn as_typed(office: &Office, code: &str) -> Written {
    written(&find(office, code), &office.workspace.snapshot().unwrap().directives)
}

/// Every verb of the register, for the test of the door.
pub(crate) fn every_verb(watch: &mut Watch<'_>, database: &Database) {
    let entrance = entrance(database);
    watch.run("save_directive", || enter(&entrance, typed())).unwrap();
    let change = || {
        let typed = with(&typed(), &[("title_vi", "Bốn nội dung đột phá của Bình")]);
        entrance.save_directive(&Actor::console(), AT, (Some(unseen("15-kh-du")), typed))
    };
    watch.run("save_directive", change).unwrap();
}

#[test]
fn a_directive_is_kept_as_it_was_typed_under_a_code_made_from_its_number() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let code = enter(&entrance, typed()).unwrap();
        assert_eq!(code, "15-kh-du", "{engine}");
        let it = find(&office, &code);
        assert_eq!((&*it.number, &*it.issuer.vi), ("15-KH/ĐU", "Đảng ủy xã"), "{engine}");
        assert_eq!(it.date, Some(date(2026, 3, 5)), "{engine}");
        assert_eq!(it.term, (it.date, Some(date(2026, 12, 31))), "{engine}");
        assert_eq!(it.implements.as_deref(), Some("kh"), "{engine}");

        // The same number of another commune, or of another year, is another directive.
        let codes = [("issuer_vi", "Đảng ủy xã bên"), ("date", "5/3/2025"), ("number", "new")]
            .map(|other| enter(&entrance, with(&typed(), &[other])).unwrap());
        assert_eq!(codes, ["15-kh-du-2", "15-kh-du-3", "new-2"], "{engine}");

        let changed = with(&as_typed(&office, &code), &[("amends", "kh"), ("term_to", "")]);
        let change = (Some(unseen(&code)), changed);
        entrance.save_directive(&Actor::console(), AT, change).unwrap();
        let it = find(&office, &code);
        assert_eq!((it.amends, it.term.1), (vec!["kh".to_owned()], None), "{engine}");
        assert_eq!(office.workspace.snapshot().unwrap().directives.len(), 5, "{engine}");
    });
}

#[test]
fn everything_wrong_with_a_directive_is_told_at_its_field() {
    let empty = |_| Refusal::BadValue { text: String::new(), wanted: Wanted::Words };
    let secret = |mark| Refusal::from(DirectingProblem::Secret { mark });
    let taken = DirectingProblem::NumberTaken { number: "01-KH/HU".into() };
    let unknown = Refusal::NotFound { noun: Noun::Directive, key: "kx".into() };
    let from = date(2026, 3, 5);
    let above =
        DirectingProblem::BeforeWhatItCarriesOut { number: "01-KH/HU".into(), day: KH_ISSUED };
    let cases = [
        ("number", "", empty(())),
        ("kind", " ", empty(())),
        ("issuer_vi", "", empty(())),
        ("date", "", empty(())),
        ("title_vi", "", empty(())),
        ("number", "05-BC/TU (M)", secret(Secrecy::Secret)),
        ("title_vi", "TỐI MẬT: kế hoạch diễn tập", secret(Secrecy::TopSecret)),
        ("title_en", "Báo cáo tuyệt mật", secret(Secrecy::UltraSecret)),
        ("date", "hôm qua", Refusal::BadValue { text: "hôm qua".into(), wanted: Wanted::Day }),
        ("term_to", "4/3/2026", DirectingProblem::EndsBeforeBeginning { from }.into()),
        ("date", "1/1/2199", DirectingProblem::DayToCome { day: date(2199, 1, 1) }.into()),
        ("date", "1/1/2010", above.into()),
        ("replaces", "kx", unknown),
        (
            "issuer_unit",
            "X9",
            Refusal::UnknownUnit { code: "X9".into(), day: Some(date(2026, 3, 5)) },
        ),
        (
            "title_vi",
            &"a".repeat(1_001),
            DirectingProblem::TooLong { characters_max: 1_000 }.into(),
        ),
    ];
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        for (column, text, why) in &cases {
            let found = refusals(enter(&entrance, with(&typed(), &[(column, text)])));
            let told = found[0].at.column.checked_sub(1).and_then(|at| usize::try_from(at).ok());
            assert_eq!(told.map(|at| COLUMNS[at]), Some(*column), "{engine}: {text}");
            assert_eq!((found.len(), &found[0].why), (1, why), "{engine}: {column} {text}");
        }
        let again = [("number", "01 - kh/hu"), ("issuer_vi", "huyện ủy"), ("date", "1/6/2022")];
        let again = with(&typed(), &again);
        let found = refusals(enter(&entrance, with(&again, &[("number", "01-kh/hu")])));
        assert_eq!(found[0].why, taken.clone().into(), "{engine}");
        assert_eq!(office.workspace.snapshot().unwrap().directives.len(), 1, "{engine}");
    });
}

#[test]
fn directives_never_lead_back_to_themselves() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        // Of the same day, so that nothing is wrong but the circle.
        enter(&entrance, with(&typed(), &[("date", "2022-01-10")])).unwrap();
        let top = as_typed(&office, "kh");
        for column in ["implements", "amends"] {
            let change = with(&top, &[(column, "15-kh-du")]);
            let found =
                entrance.save_directive(&Actor::console(), AT, (Some(unseen("kh")), change));
            let is_circle = column == "implements";
            assert_eq!(found.is_err(), is_circle, "{engine}: {column} alone closes no circle");
            if let Err(error) = found {
                let numbers = vec!["01-KH/HU".to_owned(), "15-KH/ĐU".to_owned()];
                let why = DirectingProblem::Circle { numbers }.into();
                assert_eq!(refused(Err::<(), _>(error)), vec![why], "{engine}");
            }
        }
        let own = with(&as_typed(&office, "kh"), &[("replaces", "kh")]);
        let own = entrance.save_directive(&Actor::console(), AT, (Some(unseen("kh")), own));
        let why = DirectingProblem::Circle { numbers: vec!["01-KH/HU".to_owned()] };
        assert_eq!(refused(own), vec![why.into()], "{engine}");

        // A pack is held to the same.
        let rows = "code,number,kind,issuer_vi,date,title_vi,implements,replaces\n\
                    kh,1,K,H,2022-01-10,T,b,\nb,2,K,H,2022-01-10,T,kh,\n";
        let found = refusals(office.pack(&[("directives.csv", rows)]));
        let places: Vec<(u32, u32)> =
            found.iter().map(|refused| (refused.at.row, refused.at.column)).collect();
        assert_eq!(places, [(2, 7), (3, 7)], "{engine}: {found:?}");
        let rows = "code,number,kind,issuer_vi,date,title_vi,implements,replaces\n\
                    kh,1 (M),K,H,2022-01-10,Tối mật,,\n";
        let found = refusals(office.pack(&[("directives.csv", rows)]));
        assert_eq!(found.len(), 2, "{engine}: {found:?}");
    });
}

#[test]
fn a_directive_takes_the_place_of_several_and_amends_several() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let number = |number: &'static str| ("number", number);
        for other in ["16-KH/ĐU", "17-KH/ĐU", "18-KH/ĐU"] {
            enter(&entrance, with(&typed(), &[number(other)])).unwrap();
        }
        let others = [("replaces", "17-kh/đu\r\n16-kh-du; 17-KH/ĐU\n"), ("amends", "18-KH/ĐU, kh")];
        let code = enter(&entrance, with(&typed(), &others)).unwrap();
        let it = find(&office, &code);
        assert_eq!(it.replaces, ["17-kh-du", "16-kh-du"], "{engine}");
        assert_eq!(it.amends, ["18-kh-du", "kh"], "{engine}");
        let all = &office.workspace.snapshot().unwrap().directives;
        for (replaced, expected) in [("16-kh-du", true), ("17-kh-du", true), ("18-kh-du", false)] {
            let is_replaced = matches!(
                validity(&find(&office, replaced), all, date(2026, 4, 1)),
                Validity::Replaced { .. }
            );
            assert_eq!(is_replaced, expected, "{engine}: {replaced}");
        }
        // What is typed of it are numbers; codes where a number is not enough.
        let column = |name| COLUMNS.iter().position(|known| *known == name).unwrap();
        let before = as_typed(&office, &code);
        assert_eq!(before[column("replaces")], "17-KH/ĐU\n16-KH/ĐU", "{engine}");
        enter(&entrance, with(&typed(), &[number("16-KH/ĐU"), ("date", "5/3/2025")])).unwrap();
        let before = as_typed(&office, &code);
        assert_eq!(before[column("replaces")], "17-KH/ĐU\n16-kh-du", "{engine}");

        let save = |texts: &[(&str, &str)]| {
            let seen = Some(mark(&find(&office, &code)));
            let changed = Some(Changed { code: code.clone(), seen });
            entrance.save_directive(&Actor::console(), AT, (changed, with(&before, texts)))
        };
        let codes = vec!["16-kh-du".to_owned(), "16-kh-du-2".to_owned()];
        let several = DirectingProblem::SeveralOfNumber { number: "16-KH/ĐU".into(), codes };
        assert_eq!(refused(save(&[("replaces", "16-KH/ĐU")])), vec![several.into()], "{engine}");
        let found = refused(save(&[("amends", "19-KH/ĐU\nkx")]));
        let unknown = |key: &str| Refusal::NotFound { noun: Noun::Directive, key: key.into() };
        assert_eq!(found, vec![unknown("19-KH/ĐU"), unknown("kx")], "{engine}");
        save(&[("replaces", "17-KH/ĐU"), ("amends", "")]).unwrap();
        let it = find(&office, &code);
        assert_eq!((it.replaces, it.amends), (vec!["17-kh-du".to_owned()], Vec::new()), "{engine}");
    });
}

#[test]
fn a_pack_names_several_directives_in_one_cell() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let rows = "code,number,kind,issuer_vi,date,title_vi,replaces,amends\n\
                    kh,1,K,H,2022-01-10,T,b;c,\nb,2,K,H,2022-01-10,T,,\nc,3,K,H,2022-01-10,T,,kh; b\n";
        office.pack(&[("directives.csv", rows)]).unwrap();
        assert_eq!(find(&office, "kh").replaces, ["b", "c"], "{engine}");
        assert_eq!(find(&office, "c").amends, ["kh", "b"], "{engine}");
        let rows = rows.replace("T,,kh; b", "T,b; kh; x,");
        let found = refusals(office.pack(&[("directives.csv", &rows)]));
        let places: Vec<(u32, u32)> =
            found.iter().map(|refused| (refused.at.row, refused.at.column)).collect();
        assert_eq!(places, [(2, 7), (4, 7), (4, 7)], "{engine}: {found:?}");
    });
}

#[test]
fn only_planners_of_the_whole_enter_directives() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let planner = person(database, "ke-hoach-huyen", "planner", "182");
        let leader = person(database, "lanh-dao", "leader", "182");
        for who in [&leader, &planner] {
            let found = entrance.save_directive(who, AT, (None, typed()));
            let why = refused(found);
            assert!(
                matches!(why[..], [Refusal::Entrance(EntranceProblem::NotAllowed { .. })]),
                "{engine}: {why:?}"
            );
        }
        assert_eq!(office.workspace.snapshot().unwrap().directives.len(), 1, "{engine}");
        let unknown = entrance.save_directive(&Actor::console(), AT, (Some(unseen("kx")), typed()));
        let why = Refusal::NotFound { noun: Noun::Directive, key: "kx".into() };
        assert_eq!(refused(unknown), vec![why], "{engine}");
    });
}

#[test]
fn whoever_changes_a_directive_second_is_told_what_the_first_has_saved() {
    on_every_engine(|engine, database| {
        let (office, entrance) = (Office::small(database), entrance(database));
        let code = enter(&entrance, typed()).unwrap();
        let (opened, before) = (find(&office, &code), as_typed(&office, &code));
        let save = |seen: &Directive, texts: &[(&str, &str)]| {
            let changed = Changed { code: code.clone(), seen: Some(mark(seen)) };
            let change = (Some(changed), with(&before, texts));
            entrance.save_directive(&Actor::console(), AT, change)
        };
        let (first, second) = (("title_vi", "Người thứ nhất"), ("term_to", "2027-06-30"));
        save(&opened, &[first]).unwrap();
        let told = refusals(save(&opened, &[second]));
        let places: Vec<(u32, &Refusal)> = told.iter().map(|it| (it.at.column, &it.why)).collect();
        let saved = |text: &str| DirectingProblem::SavedMeanwhile { text: text.into() }.into();
        let column = |name| COLUMNS.iter().position(|known| *known == name).unwrap() + 1;
        let column = |name| u32::try_from(column(name)).unwrap();
        let expected: [(u32, Refusal); 3] = [
            (0, DirectingProblem::ChangedMeanwhile.into()),
            (column("title_vi"), saved("Người thứ nhất")),
            (column("term_to"), saved("2026-12-31")),
        ];
        let expected: Vec<(u32, &Refusal)> = expected.iter().map(|(at, why)| (*at, why)).collect();
        assert_eq!(places, expected, "{engine}");
        assert_eq!(find(&office, &code).title.vi, "Người thứ nhất", "{engine}: nothing is lost");

        // Whoever has seen what is saved by now saves over it; the same typed twice is no trouble.
        let now = find(&office, &code);
        save(&now, &[first, second]).unwrap();
        save(&opened, &[first, second]).unwrap();
        assert_eq!(find(&office, &code).term.1, Some(date(2027, 6, 30)), "{engine}");
    });
}

#[test]
fn a_planner_of_a_unit_enters_what_that_unit_issues_and_ends_nothing_of_others() {
    on_every_engine(|engine, database| {
        let _office = crate::tasks::office(database);
        let entrance = entrance(database);
        let own = person(database, "ke-hoach-xa", "planner", "X1");
        let beside = person(database, "ke-hoach-ben", "planner", "X2");
        let save = |who: &Actor, changed: Option<Changed>, typed: Written| {
            entrance.save_directive(who, AT, (changed, typed))
        };
        let not_allowed = |found: Result<String, actions::error::Error>, about: &str| {
            let why = refused(found);
            let is_it = matches!(why[..], [Refusal::Entrance(EntranceProblem::NotAllowed { .. })]);
            assert!(is_it, "{engine}: {about}: {why:?}");
        };
        let of = |unit: &str| with(&typed(), &[("issuer_unit", unit)]);
        not_allowed(save(&beside, None, of("X1")), "of another unit");
        not_allowed(save(&own, None, of("182")), "of the unit above");
        not_allowed(save(&own, None, typed()), "of no unit");
        let code = save(&own, None, of("X1")).unwrap();

        let change = || Some(unseen(&code));
        not_allowed(save(&beside, change(), of("X2")), "another unit takes it over");
        not_allowed(save(&own, change(), of("X2")), "it is given away");
        let number = "01-KH/HU".to_owned();
        for column in ["replaces", "amends"] {
            let ends = save(&own, change(), with(&of("X1"), &[(column, "kh")]));
            let why = DirectingProblem::OfAnotherUnit { number: number.clone() }.into();
            assert_eq!(refused(ends), vec![why], "{engine}: {column}");
        }
        save(&own, change(), with(&of("X1"), &[("title_vi", "Bốn nội dung")])).unwrap();

        // Its file goes the same way.
        let keep = |who: &Actor, code: &str| {
            let belongs = domain::kept_file::Belongs::Directive(code.to_owned());
            entrance
                .keep_file(who, AT, belongs, crate::kept_files::paper())
                .map(|id| id.0.to_string())
        };
        keep(&own, &code).unwrap();
        not_allowed(keep(&beside, &code), "a file of another unit");
        not_allowed(keep(&own, "kh"), "a file of the unit above");
    });
}
