//! Packs: what is refused where, and what a second pack may change.

use actions::answer::View;
use domain::expression::{Expected, ExpressionError, ExpressionProblem};
use domain::number::Fraction;
use domain::refusal::{Noun, Refusal, Refused, Wanted};
use domain::report::{TextError, TextProblem};
use jiff::civil::date;
use testkit::on_every_engine;

use crate::setup::{Office, UNITS, pack_with, places, refusals};

fn text(text: &str) -> String {
    text.to_owned()
}

/// The reasons why the small pack is refused with one piece of a file replaced.
fn refused(office: &Office, file: &str, piece: &str, by: &str) -> Vec<Refused> {
    refusals(office.pack(&[(file, &pack_with(file, piece, by))]))
}

#[test]
fn the_same_pack_twice_changes_nothing() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let counts = |office: &Office| {
            let snapshot = office.workspace.snapshot().unwrap();
            let items: Vec<_> =
                snapshot.items.iter().map(|item| (item.code.clone(), item.id)).collect();
            (items, snapshot.indicators.len(), snapshot.forms.len(), snapshot.templates.len())
        };
        let before = counts(&office);
        let again = office.pack(&[]).unwrap();
        assert_eq!(counts(&office), before, "{engine}");
        let targets = again.counts.iter().find(|(noun, _)| *noun == "targets").unwrap();
        assert_eq!(targets.1, 0, "{engine}: a target that is known is no new one");
    });
}

#[test]
fn a_broken_formula_points_at_the_place() {
    let unexpected = |found: &str| ExpressionProblem::Unexpected {
        found: found.to_owned(),
        expected: Expected::Operand,
    };
    let cases = [
        ("R.tu / / R.mau", 7..8, unexpected("/")),
        ("R.tu / ", 6..6, ExpressionProblem::UnexpectedEnd { expected: Expected::Operand }),
        ("R.tu / R.muu", 7..12, ExpressionProblem::UnknownItem { code: text("R.muu") }),
        ("R.tu < R.mau", 0..12, {
            use domain::expression::Kind::{Number, Truth};
            ExpressionProblem::WrongKind { expected: Number, found: Truth }
        }),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (source, at, kind) in cases.clone() {
            let found = refused(&office, "indicators.csv", "R.tu / R.mau", source);
            let [Refused { at: place, why: Refusal::Formula { source: said, error } }] =
                found.as_slice()
            else {
                panic!("{engine}: {source}: {found:?}");
            };
            assert_eq!(said, source.trim(), "{engine}");
            assert_eq!(*error, ExpressionError { at, kind }, "{engine}: {source}");
            assert!(place.file.ends_with("indicators.csv"), "{engine}: {place:?}");
            assert_eq!((place.row, place.column), (6, 7), "{engine}: {source}");
        }
    });
}

#[test]
fn references_that_lead_nowhere_are_refused() {
    let unknown = |noun, key: &str| Refusal::NotFound { noun, key: key.to_owned() };
    let cases = [
        ("indicators.csv", "A01,P1,", "A01,P9,", 2, 2, unknown(Noun::Priority, "P9")),
        ("priorities.csv", ",kh,1", ",kx,1", 2, 8, unknown(Noun::Directive, "kx")),
        ("directives.csv", ",Plan,", ",Plan,kx", 2, 9, unknown(Noun::Directive, "kx")),
        ("forms.csv", "A01 B02", "A01 B99", 2, 10, unknown(Noun::Item, "B99")),
        ("targets.csv", "A01,182", "A99,182", 2, 1, unknown(Noun::Indicator, "A99")),
        (
            "targets.csv",
            "A01,182",
            "A01,183",
            2,
            2,
            Refusal::UnknownUnit { code: text("183"), day: Some(date(2022, 1, 15)) },
        ),
        (
            "reports/ngan.toml",
            "indicator = \"A01\"",
            "indicator = \"A99\"",
            17,
            0,
            unknown(Noun::Indicator, "A99"),
        ),
        (
            "reports/ngan.toml",
            "appendix_unit_indicators = [\"A01\"]",
            "appendix_unit_indicators = [\"A99\"]",
            12,
            0,
            unknown(Noun::Indicator, "A99"),
        ),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (file, piece, by, row, column, why) in cases.clone() {
            let found = refused(&office, file, piece, by);
            let name = file.rsplit('/').next().unwrap();
            let named: Vec<(&str, u32, u32, &Refusal)> = found
                .iter()
                .map(|one| {
                    let file = one.at.file.rsplit('/').next().unwrap();
                    (file, one.at.row, one.at.column, &one.why)
                })
                .collect();
            assert_eq!(named, [(name, row, column, &why)], "{engine}: {by}");
        }
    });
}

#[test]
fn a_code_that_stands_twice_is_refused() {
    let cases = [
        (
            "directives.csv",
            "kh,02-KH/HU,Kế hoạch,Huyện ủy,C,2022-01-10,K,P,\n",
            Noun::Directive,
            "kh",
        ),
        ("priorities.csv", "P1,Một,One,,,,,kh,2\n", Noun::Priority, "P1"),
        ("items.csv", "A01,Một,One,,,0,sum,sum,\n", Noun::Item, "A01"),
        (
            "indicators.csv",
            "A01,,Một,One,,,A01,count,0,up,monthly,public,false,,\n",
            Noun::Indicator,
            "A01",
        ),
        ("forms.csv", "thang,Một,One,monthly,civil,village,,,5,\n", Noun::Form, "thang"),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (file, row, noun, key) in cases {
            let doubled = format!("{}{row}", pack_with(file, "", ""));
            let rows = u32::try_from(doubled.lines().count()).unwrap();
            let found = places(office.pack(&[(file, &doubled)]));
            let why = Refusal::Doubled { noun, key: key.to_owned() };
            assert_eq!(found, [(rows, 1, why)], "{engine}: {file}");
        }
    });
}

#[test]
fn an_item_may_stand_on_one_form_only() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        let found = refused(&office, "forms.csv", ",Q01\n", ",Q01 A01\n");
        let why = Refusal::Doubled { noun: Noun::Item, key: text("A01") };
        let found: Vec<_> =
            found.into_iter().map(|one| (one.at.row, one.at.column, one.why)).collect();
        assert_eq!(found, [(3, 10, why)], "{engine}");
    });
}

#[test]
fn cells_that_are_no_known_words_are_refused_at_their_place() {
    let cases = [
        ("items.csv", "members,0,sum", "members,9,sum", 2, 6, Wanted::Number),
        ("items.csv", "members,0,sum", "members,-1,sum", 2, 6, Wanted::Number),
        ("items.csv", "0,sum,last", "0,sum,cuối", 7, 8, Wanted::KnownCode),
        ("items.csv", "nam:Nam:Men", "nam:Nam", 4, 9, Wanted::Classes),
        ("items.csv", "nam:Nam:Men", "n:m:Nam:Men", 4, 9, Wanted::Classes),
        ("items.csv", "nam:Nam:Men", "nam:Nam:", 4, 9, Wanted::Classes),
        ("items.csv", "nam:Nam:Men", "đực:Nam:Men", 4, 9, Wanted::Classes),
        ("items.csv", "A01,Số", ",Số", 2, 1, Wanted::Code),
        ("items.csv", "A01,Số đảng viên mới kết nạp", "A01,", 2, 2, Wanted::Name),
        ("indicators.csv", "A01,count,0,up", "A01,đếm,0,up", 2, 8, Wanted::KnownCode),
        ("indicators.csv", "A01,count,0,up", "A01,count,x,up", 2, 9, Wanted::Number),
        ("indicators.csv", "A01,count,0,up", "A01,count,0,tăng", 2, 10, Wanted::KnownCode),
        ("forms.csv", "monthly,civil", "monthly,âm lịch", 2, 5, Wanted::KnownCode),
        ("forms.csv", "civil,village", "civil,", 2, 6, Wanted::KnownCode),
        ("forms.csv", ",,,5,", ",,,mai,", 2, 9, Wanted::Number),
        ("targets.csv", "2022-01-15", "15/13/2022", 2, 4, Wanted::Day),
        ("targets.csv", "182,2022,", "182,2022-Q9,", 2, 3, Wanted::Period),
        ("targets.csv", ",150,", ",trăm rưỡi,", 2, 5, Wanted::Number),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (file, piece, by, row, column, wanted) in cases {
            let found = refused(&office, file, piece, by);
            let first = &found[0];
            assert!(first.at.file.ends_with(file), "{engine}: {first:?}");
            assert_eq!((first.at.row, first.at.column), (row, column), "{engine}: {file} {by}");
            let Refusal::BadValue { wanted: said, .. } = &first.why else {
                panic!("{engine}: {by}: {first:?}");
            };
            assert_eq!(*said, wanted, "{engine}: {by}");
        }
    });
}

#[test]
fn a_target_is_never_overwritten() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let with = |row: &str| format!("{}{row}", pack_with("targets.csv", "", ""));
        // The same day with another value is refused.
        let other = pack_with("targets.csv", ",150,", ",140,");
        let why = Refusal::TargetVersionExists {
            indicator: text("A01"),
            unit: text("182"),
            date: date(2022, 1, 15),
        };
        assert_eq!(places(office.pack(&[("targets.csv", &other)])), [(2, 4, why)], "{engine}");
        let target = |office: &Office| {
            let answer = office.figure("A01", "182", "2022", View::Reported).target.unwrap();
            (answer.value, answer.first, answer.reason)
        };
        let of = |value| Fraction::integer(value);
        assert_eq!(target(&office), (of(150), None, text("Chỉ tiêu năm")), "{engine}");
        // Another day is a new version beside the first.
        let later = with("A01,182,2022,2022-08-01,160,Điều chỉnh,kh\n");
        office.pack(&[("targets.csv", &later)]).unwrap();
        assert_eq!(target(&office), (of(160), Some(of(150)), text("Điều chỉnh")), "{engine}");
    });
}

#[test]
fn two_versions_of_one_day_in_one_file_contradict_each_other() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        let doubled =
            format!("{}A01,182,2022,2022-01-15,151,Nhầm,kh\n", pack_with("targets.csv", "", ""));
        let found = places(office.pack(&[("targets.csv", &doubled)]));
        let why = Refusal::TargetVersionExists {
            indicator: text("A01"),
            unit: text("182"),
            date: date(2022, 1, 15),
        };
        assert_eq!(found, [(3, 4, why)], "{engine}");
    });
}

#[test]
fn faults_in_the_text_of_a_template_are_found() {
    let cases = [
        ("Kết nạp {a01.", 8..13, TextProblem::UnclosedBrace),
        ("Kết nạp a01}.", 11..12, TextProblem::UnopenedBrace),
        ("Kết nạp {a02}.", 8..13, TextProblem::UnknownKey { key: text("a02") }),
        ("Kết nạp {a01.nhiều}.", 13..18, TextProblem::UnknownForm { form: text("nhiều") }),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (paragraph, at, kind) in cases.clone() {
            let found = refused(&office, "reports/ngan.toml", "Kết nạp {a01}.", paragraph);
            let error = TextError { at, kind };
            let expected = Refusal::TemplateText { text: text(paragraph), error };
            let found: Vec<(u32, &Refusal)> =
                found.iter().map(|one| (one.at.row, &one.why)).collect();
            assert_eq!(found, [(24, &expected)], "{engine}");
        }
    });
}

#[test]
fn toml_that_cannot_be_read_is_refused_by_file() {
    let cases = [
        ("pack.toml", "code = \"nho\"", "code = "),
        ("pack.toml", "version = \"1\"", "phien_ban = 1"),
        ("reports/ngan.toml", "[[figures]]", "[[figures"),
        ("reports/ngan.toml", "key = \"a01\"", "khoa = \"a01\""),
        ("reports/ngan.toml", "symbol = \"BC-UBND\"\n", ""),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (file, piece, by) in cases {
            let found = refused(&office, file, piece, by);
            assert!(
                matches!(found.as_slice(), [Refused { why: Refusal::BrokenToml { .. }, .. }]),
                "{engine}: {file}: {found:?}"
            );
            assert!(found[0].at.file.ends_with(file.rsplit('/').next().unwrap()), "{engine}");
        }
    });
}

#[test]
fn a_file_that_is_not_there_is_named() {
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        let folder = office.folder().join("nothing");
        let found = refusals(office.workspace.import_pack(&folder, 0));
        assert!(found.len() > 1, "{engine}: {found:?}");
        for one in &found {
            assert!(matches!(one.why, Refusal::FileNotOpened { .. }), "{engine}: {one:?}");
            assert!(!one.at.file.is_empty(), "{engine}");
        }
    });
}

#[test]
fn a_refused_pack_leaves_the_old_one() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let renamed = pack_with("items.csv", "Số đảng viên mới kết nạp", "Đảng viên mới");
        let broken = pack_with("indicators.csv", "R.tu / R.mau", "R.tu /");
        refusals(office.pack(&[("items.csv", &renamed), ("indicators.csv", &broken)]));
        let names = |office: &Office| office.workspace.snapshot().unwrap().items[0].name.vi.clone();
        assert_eq!(names(&office), "Số đảng viên mới kết nạp", "{engine}");
        office.pack(&[("items.csv", &renamed)]).unwrap();
        assert_eq!(names(&office), "Đảng viên mới", "{engine}");
    });
}

#[test]
fn bounds_of_items_are_read_in_their_own_digits_and_checked() {
    let header = "code,name_vi,name_en,measure_vi,scale,over_units,over_time,minimum,maximum\n";
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let decimals = |text: &str| Refusal::TooManyDecimals { text: text.to_owned(), decimals: 1 };
    // Minimum, maximum; then both as they are kept, or the column and the reason.
    let cases = [
        ("", "", Ok(("0.0", None))),
        ("-1000", "", Ok(("-1000.0", None))),
        ("0.5", "1", Ok(("0.5", Some("1.0")))),
        ("2", "2", Ok(("2.0", Some("2.0")))),
        ("không", "", Err((8, bad("không", Wanted::Number)))),
        ("0.55", "", Err((8, decimals("0.55")))),
        ("", "1,5", Err((9, bad("1,5", Wanted::Number)))),
        ("2", "1", Err((9, bad("1", Wanted::Maximum)))),
        ("", "-1", Err((9, bad("-1", Wanted::Maximum)))),
        ("999999999999999999", "", Err((8, bad("999999999999999999", Wanted::Number)))),
    ];
    on_every_engine(|engine, database| {
        let office = Office::empty(database);
        office.units(UNITS).unwrap();
        for (minimum, maximum, expected) in cases.clone() {
            let quoted =
                if maximum.contains(',') { format!("\"{maximum}\"") } else { text(maximum) };
            let row = |code: &str| format!("{code},Số {code},{code},hộ,1,sum,sum,");
            let mut items = format!("{header}A01,Một,One,hộ,1,sum,sum,{minimum},{quoted}\n");
            for code in ["B02", "R.tu", "R.mau", "Q01"] {
                items.push_str(&format!("{},\n", row(code)));
            }
            let items = format!("{items}G06,Sáu,Six,hộ,1,sum,sum,,\n");
            let indicators = pack_with("indicators.csv", "G06[nu]", "G06");
            let result = office.pack(&[("items.csv", &items), ("indicators.csv", &indicators)]);
            match expected {
                Ok((least, most)) => {
                    result.unwrap();
                    let snapshot = office.workspace.snapshot().unwrap();
                    let item = snapshot.items.iter().find(|item| item.code == "A01").unwrap();
                    let kept = item.maximum.map(|most| most.to_string());
                    assert_eq!(item.minimum.to_string(), least, "{engine}: {minimum}");
                    assert_eq!(kept.as_deref(), most, "{engine}: {maximum}");
                }
                Err((column, why)) => {
                    assert_eq!(places(result), [(2, column, why)], "{engine}: {minimum} {maximum}");
                }
            }
        }
    });
}

const RULES: &str = "form,code,severity,expression,message_vi,message_en\n";

#[test]
fn a_rule_is_kept_beside_its_form() {
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        let kept = |office: &Office| -> Vec<(String, String)> {
            let forms = office.workspace.snapshot().unwrap().forms.clone();
            let versions = forms.iter().flat_map(|form| &form.versions);
            let rules = versions.flat_map(|version| &version.rules);
            rules.map(|rule| (rule.code.clone(), rule.condition.source().to_owned())).collect()
        };
        assert_eq!(kept(&office), [], "{engine}: a pack need not have rules");
        let rules = format!(
            "{RULES}thang,r2,error,R.tu <= R.mau,Sai,Wrong\nquy,q,warning,Q01 < 100,Sai,Wrong\n\
             thang,r1,warning,G06[nu] <= G06,Sai,Wrong\n"
        );
        let done = office.pack(&[("rules.csv", &rules)]).unwrap();
        assert!(done.counts.contains(&("rules", 3)), "{engine}: {:?}", done.counts);
        let expected = [("r2", "R.tu <= R.mau"), ("r1", "G06[nu] <= G06"), ("q", "Q01 < 100")];
        assert_eq!(
            kept(&office),
            expected.map(|(code, rule)| (text(code), text(rule))),
            "{engine}"
        );
        // A newer pack without them takes them away.
        office.pack(&[("rules.csv", RULES)]).unwrap();
        assert_eq!(kept(&office), [], "{engine}");
    });
}

#[test]
fn rules_that_cannot_be_judged_are_refused_at_their_place() {
    use domain::expression::Kind::{Number, Truth};
    let formula = |source: &str, at, kind| Refusal::Formula {
        source: source.to_owned(),
        error: ExpressionError { at, kind },
    };
    let beyond = |part: &str| Refusal::RuleLooksBeyond { part: part.to_owned() };
    let bad = |text: &str, wanted| Refusal::BadValue { text: text.to_owned(), wanted };
    let cases = [
        (
            "thang,r,error,R.tu <= R.muu,Sai,Wrong",
            vec![(4, {
                let unknown = ExpressionProblem::UnknownItem { code: text("R.muu") };
                formula("R.tu <= R.muu", 8..13, unknown)
            })],
        ),
        (
            "thang,r,error,R.tu <= Q01,Sai,Wrong",
            vec![(4, Refusal::ItemNotOnForm { item: text("Q01"), form: text("thang") })],
        ),
        (
            "thang,r,error,R.tu / R.mau,Sai,Wrong",
            vec![(4, {
                let wrong = ExpressionProblem::WrongKind { expected: Truth, found: Number };
                formula("R.tu / R.mau", 0..12, wrong)
            })],
        ),
        ("thang,r,error,A01 >= A01@-1,Sai,Wrong", vec![(4, beyond("A01@-1"))]),
        ("thang,r,error,A01 <= ytd(A01),Sai,Wrong", vec![(4, beyond("ytd(A01)"))]),
        ("thang,r,error,A01 <= 2 * units(village),Sai,Wrong", vec![(4, beyond("units(village)"))]),
        ("thang,r,stop,A01 > 0,Sai,Wrong", vec![(3, bad("stop", Wanted::KnownCode))]),
        ("thang,r,error,A01 > 0,,Wrong", vec![(5, bad("", Wanted::Name))]),
        ("thang,r,error,A01 > 0,Sai,", vec![(6, bad("", Wanted::Name))]),
        ("thang,,error,A01 > 0,Sai,Wrong", vec![(2, bad("", Wanted::Code))]),
        (
            "nam,r,error,A01 > 0,Sai,Wrong",
            vec![(1, Refusal::NotFound { noun: Noun::Form, key: text("nam") })],
        ),
    ];
    on_every_engine(|engine, database| {
        let office = Office::small(database);
        for (row, expected) in cases.clone() {
            let rules = format!("{RULES}{row}\n");
            let expected: Vec<_> =
                expected.into_iter().map(|(column, why)| (2, column, why)).collect();
            assert_eq!(places(office.pack(&[("rules.csv", &rules)])), expected, "{engine}: {row}");
        }
        let twice =
            format!("{RULES}thang,r,error,A01 > 0,Sai,Wrong\nquy,r,error,Q01 > 0,Sai,Wrong\n");
        let why = Refusal::Doubled { noun: Noun::Rule, key: text("r") };
        assert_eq!(places(office.pack(&[("rules.csv", &twice)])), [(3, 2, why)], "{engine}");
        let headless = places(office.pack(&[("rules.csv", "form,code\n")]));
        assert_eq!(headless.len(), 4, "{engine}: {headless:?}");
    });
}
