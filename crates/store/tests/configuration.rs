//! What packs bring, on every engine: saved, read back, saved again under the same code.

use domain::directive::Directive;
use domain::expression::Formula;
use domain::form::{Assignment, DueRule, Form, Line, Rule, Section, Severity};
use domain::indicator::{Direction, Indicator, Publicity, Shape};
use domain::item::{Aggregate, Class, ItemId};
use domain::number::{Decimal, Fraction};
use domain::period::{Calendar, Frequency, Period};
use domain::priority::Priority;
use domain::target::{Target, TargetVersion};
use domain::unit::UnitId;
use jiff::civil::date;
use store::{Constraint, Error, Result, WriteTx};
use store::{
    directives, forms, holidays, indicators, items, packs, priorities, settings, targets, templates,
};
use testkit::builders::{form, item, unit, words};
use testkit::on_every_engine;

#[test]
fn directives_come_back_in_the_order_of_saving() {
    let plan = Directive {
        code: "kh-huyen".to_owned(),
        number: "01-KH/HU".to_owned(),
        kind: "Kế hoạch".to_owned(),
        issuer: words("Huyện ủy", "District committee"),
        issuer_unit: None,
        date: None,
        title: words("Bốn nội dung đột phá", "Four priorities"),
        implements: Some("kl-01".to_owned()),
        replaces: vec!["kh-cu".to_owned(), "kh-a".to_owned()],
        amends: Vec::new(),
        term: (Some(date(2021, 1, 1)), None),
    };
    let conclusion = Directive {
        code: "kl-01".to_owned(),
        date: Some(date(2021, 5, 18)),
        implements: None,
        amends: vec!["ct-05".to_owned()],
        term: (None, Some(date(2025, 12, 31))),
        ..plan.clone()
    };
    on_every_engine(|engine, database| {
        let (plan, conclusion) = (plan.clone(), conclusion.clone());
        let expected = vec![conclusion.clone(), plan.clone()];
        let read: Result<_> = database.write_blocking(move |tx| {
            let amends = vec!["kh-cu".to_owned()];
            let draft = Directive { number: "nháp".to_owned(), amends, ..plan.clone() };
            for directive in [&draft, &conclusion, &plan] {
                directives::save(tx, directive)?;
            }
            directives::all(tx)
        });
        assert_eq!(read.unwrap(), expected, "{engine}");
    });
}

#[test]
fn priorities_come_back_by_position() {
    let priority = |code: &str, position| Priority {
        code: code.to_owned(),
        name: words("Trật tự đô thị", "Urban order"),
        reason: words("Nổi cộm", "Much complained of"),
        owner: words("Ủy ban nhân dân huyện", "District people’s committee"),
        directive: "kh-huyen".to_owned(),
        position,
    };
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(move |tx| {
            for saved in [priority("b", 9), priority("DP1", 2), priority("A", 2), priority("b", 1)]
            {
                priorities::save(tx, &saved)?;
            }
            priorities::all(tx)
        });
        let expected = vec![priority("b", 1), priority("A", 2), priority("DP1", 2)];
        assert_eq!(read.unwrap(), expected, "{engine}");
    });
}

#[test]
fn items_come_back_by_number_with_their_classes_and_bounds() {
    let plain = item(1, "A01");
    let mut split = item(2, "A02");
    split.scale = 4;
    split.over_units = Aggregate::Mean;
    split.over_time = Aggregate::Last;
    split.minimum = Decimal::new(-10_000_000, 4);
    split.maximum = Some(Decimal::new(15_000, 4));
    split.classes = vec![
        Class { code: "nu".to_owned(), name: words("Nữ", "Women") },
        Class { code: "nam".to_owned(), name: words("Nam \"khác\"", "Men") },
    ];
    on_every_engine(|engine, database| {
        let expected = vec![plain.clone(), split.clone()];
        let (plain, split) = (plain.clone(), split.clone());
        let read: Result<_> = database.write_blocking(move |tx| {
            for saved in [&split, &item(1, "A01"), &plain] {
                items::save(tx, saved)?;
            }
            items::all(tx)
        });
        assert_eq!(read.unwrap(), expected, "{engine}");
    });
}

#[test]
fn the_number_of_an_item_never_changes() {
    let cases = [("another number", item(2, "A01")), ("another code", item(1, "A02"))];
    on_every_engine(|engine, database| {
        for (name, changed) in cases.clone() {
            let saved: Result<()> = database.write_blocking(move |tx| {
                items::save(tx, &item(1, "A01"))?;
                items::save(tx, &changed)
            });
            assert_eq!(saved.map_err(rule), Err(Constraint::Unique), "{engine}: {name}");
        }
    });
}

#[test]
fn forms_come_back_in_the_order_of_saving() {
    let mut monthly = form("thon-thang", &[3, 1]);
    let rule = |code: &str, severity, condition: &str| Rule {
        code: code.to_owned(),
        severity,
        condition: Formula::parse(condition).unwrap(),
        message: words("Tử số “lớn” hơn mẫu số", "Numerator above denominator"),
    };
    monthly.versions[0].rules = vec![
        rule("r2", Severity::Warning, "A01[nu] <= A01 or A03 = 0.5"),
        rule("r1", Severity::Error, "A01<=A03"),
    ];
    monthly.versions[0].assignment = Assignment::LevelBelow {
        level: "village".to_owned(),
        codes: vec!["06124".to_owned(), "06127".to_owned()],
    };
    let mut yearly = form("a-nam", &[]);
    yearly.frequency = Frequency::Yearly;
    yearly.calendar = Calendar::CutOff { last_day: 14 };
    yearly.versions[0].assignment = Assignment::Codes(vec!["182".to_owned()]);
    on_every_engine(|engine, database| {
        let expected = vec![monthly.clone(), yearly.clone()];
        let saved = [form("a-nam", &[7]), monthly.clone(), yearly.clone()];
        let read: Result<_> = database.write_blocking(move |tx| {
            saved.iter().try_for_each(|form| forms::save(tx, form))?;
            forms::all(tx)
        });
        assert_eq!(read.unwrap(), expected, "{engine}");
    });
}

#[test]
fn versions_of_a_form_stay_beside_each_other() {
    let day = date(2026, 7, 1);
    let first = form("thang", &[1]);
    let mut second = form("thang", &[1, 2]);
    second.versions[0].from = Some(day);
    second.versions[0].due = DueRule::from_code("day-20 gap-1 move grace-2").unwrap();
    second.versions[0].sections = vec![
        Section::plain([ItemId(2)]),
        Section {
            title: words("Kết nạp", "Admissions"),
            lines: vec![Line {
                item: ItemId(1), help: words("Theo quyết định", "By decision")
            }],
        },
    ];
    let both = Form {
        versions: [first.versions.clone(), second.versions.clone()].concat(),
        ends: Some(date(2027, 1, 1)),
        ..first.clone()
    };
    on_every_engine(|engine, database| {
        let (first, second) = (first.clone(), second.clone());
        let read: Result<_> = database.write_blocking(move |tx| {
            forms::save(tx, &second)?;
            forms::end(tx, "thang", Some(date(2027, 1, 1)))?;
            // What is taken in again neither loses a later version nor takes the form up again.
            forms::save(tx, &first)?;
            let both = forms::all(tx)?;
            forms::end(tx, "thang", None)?;
            forms::rename(tx, "thang", &words("Tháng", "Month"))?;
            Ok((both, forms::all(tx)?))
        });
        let (found, renamed) = read.unwrap();
        assert_eq!(found, std::slice::from_ref(&both), "{engine}");
        let named = Form { name: words("Tháng", "Month"), ends: None, ..both.clone() };
        assert_eq!(renamed, [named], "{engine}");
    });
}

#[test]
fn holidays_come_back_by_day() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            holidays::save(tx, date(2026, 2, 17), &words("Tết", "New Year"))?;
            holidays::save(tx, date(2026, 2, 16), &words("Nghỉ", "Rest"))?;
            holidays::save(tx, date(2026, 2, 17), &words("Tết Nguyên đán", "Lunar New Year"))?;
            let was_there = holidays::remove(tx, date(2026, 2, 16))?;
            let again = holidays::remove(tx, date(2026, 2, 16))?;
            Ok((holidays::all(tx)?.entered, was_there, again))
        });
        let expected = [(date(2026, 2, 17), words("Tết Nguyên đán", "Lunar New Year"))];
        assert_eq!(read.unwrap(), (expected.into(), true, false), "{engine}");
    });
}

#[test]
fn indicators_come_back_in_the_order_of_saving_with_their_formulas() {
    let share = indicator("G01", "G01.tu / G01.mau");
    let mut count = indicator("A01", "if(A01 > 0, ytd(A01[nu]@-1y), -0.5)");
    count.priority = None;
    count.headline = false;
    count.shape = Shape::Count;
    count.direction = Direction::None;
    count.publicity = Publicity::PublicTotals;
    count.frequency = Frequency::HalfYearly;
    on_every_engine(|engine, database| {
        let expected = vec![share.clone(), count.clone()];
        let saved = [indicator("A01", "1"), share.clone(), count.clone()];
        let read: Result<_> = database.write_blocking(move |tx| {
            saved.iter().try_for_each(|indicator| indicators::save(tx, indicator))?;
            indicators::all(tx)
        });
        assert_eq!(read.unwrap(), expected, "{engine}");
    });
}

#[test]
fn a_target_keeps_all_its_versions() {
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(|tx| {
            prepare_targets(tx)?;
            let (first, second) = (version(2022, 1, 150), version(2022, 6, 160));
            let (yearly, other) = (target("A01", "2022"), target("A01", "2022-H1"));
            targets::insert_version(tx, &yearly, &second)?;
            targets::insert_version(tx, &other, &version(2022, 1, i128::MAX))?;
            targets::insert_version(tx, &yearly, &first)?;
            let expected = vec![
                Target { versions: vec![first, second], ..yearly },
                Target { versions: vec![version(2022, 1, i128::MAX)], ..other },
            ];
            Ok((targets::all(tx)?, expected))
        });
        let (read, expected) = read.unwrap();
        assert_eq!(read, expected, "{engine}");
    });
}

#[test]
fn a_target_version_of_the_same_day_is_refused() {
    on_every_engine(|engine, database| {
        let saved: Result<()> = database.write_blocking(|tx| {
            prepare_targets(tx)?;
            targets::insert_version(tx, &target("A01", "2022"), &version(2022, 1, 150))?;
            targets::insert_version(tx, &target("A01", "2022"), &version(2022, 1, 140))
        });
        assert_eq!(saved.map_err(rule), Err(Constraint::Unique), "{engine}");
    });
}

#[test]
fn a_target_of_an_unknown_indicator_is_refused() {
    on_every_engine(|engine, database| {
        let saved: Result<()> = database.write_blocking(|tx| {
            prepare_targets(tx)?;
            targets::insert_version(tx, &target("Z99", "2022"), &version(2022, 1, 150))
        });
        assert_eq!(saved.map_err(rule), Err(Constraint::ForeignKey), "{engine}");
    });
}

#[test]
fn a_trajectory_can_be_replaced() {
    let planned = |period: &str| (Period::parse(period).unwrap(), Fraction::new(1, 3).unwrap());
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(move |tx| {
            prepare_targets(tx)?;
            let mut target = target("A01", "2022");
            target.trajectory = vec![planned("2022-03")];
            targets::insert_version(tx, &target, &version(2022, 1, 150))?;
            let first = targets::all(tx)?;
            target.trajectory = vec![planned("2022-06"), planned("2022")];
            let found = targets::save_trajectory(tx, &target)?;
            target.unit = UnitId(2);
            let unknown = targets::save_trajectory(tx, &target)?;
            Ok((first, targets::all(tx)?, found, unknown))
        });
        let (first, second, found, unknown) = read.unwrap();
        assert_eq!(first[0].trajectory, [planned("2022-03")], "{engine}");
        assert_eq!(second[0].trajectory, [planned("2022-06"), planned("2022")], "{engine}");
        assert_eq!((found, unknown), (true, false), "{engine}");
    });
}

#[test]
fn templates_settings_and_packs_keep_what_was_saved_last() {
    let pack = |version: &str| packs::Pack {
        code: "ket-luan-01".to_owned(),
        version: version.to_owned(),
        sha256: "ab".repeat(32),
        imported_ms: testkit::clock::NOW_MS,
    };
    on_every_engine(|engine, database| {
        let read: Result<_> = database.write_blocking(move |tx| {
            templates::save(tx, "b", "cũ")?;
            templates::save(tx, "a", "tên = \"a\"\n")?;
            templates::save(tx, "b", "mới")?;
            settings::save(tx, "z", "1")?;
            settings::save(tx, "B", "2")?;
            settings::save(tx, "z", "3")?;
            packs::save(tx, &pack("1"))?;
            packs::save(tx, &pack("2"))?;
            let settings = (settings::all(tx)?, settings::find(tx, "z")?, settings::find(tx, "y")?);
            Ok((templates::all(tx)?, settings, packs::all(tx)?))
        });
        let (templates, (all, known, unknown), packs) = read.unwrap();
        let pairs = |pairs: [(&str, &str); 2]| pairs.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(templates, pairs([("a", "tên = \"a\"\n"), ("b", "mới")]), "{engine}");
        assert_eq!(all, pairs([("B", "2"), ("z", "3")]), "{engine}");
        assert_eq!((known, unknown), (Some("3".to_owned()), None), "{engine}");
        assert_eq!(packs, [pack("2")], "{engine}");
    });
}

fn indicator(code: &str, formula: &str) -> Indicator {
    Indicator {
        code: code.to_owned(),
        priority: Some("DP1".to_owned()),
        name: words("Tỷ lệ đảng viên đăng ký", "Share of members registering"),
        measure: words("%", "%"),
        formula: Formula::parse(formula).expect("tests use valid formulas"),
        shape: Shape::Percent,
        decimals: 1,
        direction: Direction::Up,
        frequency: Frequency::Yearly,
        publicity: Publicity::Internal,
        note: words("không lưu bản cam kết", "no commitment is stored"),
        headline: true,
    }
}

fn prepare_targets(tx: &mut WriteTx<'_>) -> Result<()> {
    store::units::insert_versions(tx, &[unit(1, None)])?;
    indicators::save(tx, &indicator("A01", "A01"))
}

fn target(indicator: &str, period: &str) -> Target {
    Target {
        indicator: indicator.to_owned(),
        unit: UnitId(1),
        period: Period::parse(period).expect("tests use valid codes"),
        versions: Vec::new(),
        trajectory: Vec::new(),
    }
}

fn version(year: i16, month: i8, value: i128) -> TargetVersion {
    TargetVersion {
        date: date(year, month, 15),
        value: Fraction::new(value, 7).expect("seven is not zero"),
        reason: "Chỉ tiêu năm".to_owned(),
        directive: "kh-huyen".to_owned(),
    }
}

#[expect(clippy::panic, reason = "this is how a test fails")]
fn rule(error: Error) -> Constraint {
    match error {
        Error::Constraint { rule, .. } => rule,
        other => panic!("no constraint: {other}"),
    }
}
