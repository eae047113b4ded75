//! The whole country: the public lists as they are, 10,035 communes of before and 3,321 of after.

use std::collections::{BTreeMap, BTreeSet};

use actions::answer::{NoValue, View};
use actions::figure::{figure, figures_by_level};
use actions::imports::{Input, Notice};
use actions::reorganisations::{Event, undecided};
use actions::workspace::{Opener, Workspace};
use domain::number::Fraction;
use domain::period::Period;
use domain::unit::{Heirs, UnitId};
use jiff::civil::{Date, date};
use testkit::clock::NOW_MS;

use crate::setup::{FIGURES, MERGER, national_pack, root};

const EVE: Date = date(2025, 6, 30);
const LISTED: Date = date(2026, 4, 30);
const JUNE: Period = Period::Month(2025, 6);
const RESTATED: View = View::Restated(MERGER);

fn national(name: &str) -> Input {
    Input::from_path(&root().join("samples/national").join(name))
}

/// One country for all checks: the lists are long, and nothing in them depends on the engine.
#[test]
fn the_national_lists_are_taken_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("national.db");
    let workspace = Workspace::open(file.to_str().unwrap(), Opener::Here).unwrap();
    the_lists_have_the_known_size(&workspace);
    codes_with_new_meanings_follow_the_day(&workspace);
    whole_communes_have_one_heir_each(&workspace);
    let splits = undecided(&workspace.snapshot().unwrap());
    assert_eq!(splits.len(), 442);
    assert!(splits.iter().all(|split| split.date == MERGER && split.heirs.len() > 1));

    national_pack(&workspace, folder.path());
    a_figure_a_commune_adds_up_except_in_the_split_ones(&workspace, folder.path());
    a_decision_makes_one_series_whole_again(&workspace, folder.path());
}

fn the_lists_have_the_known_size(workspace: &Workspace) {
    let old = workspace.import_units(vec![national("vn_communes_before_2025-07.csv")], NOW_MS);
    let old = old.unwrap();
    assert_eq!((old.rows, old.units, old.versions), (10_794, 10_794, 10_794));
    assert_eq!(old.notices, []);
    let new = workspace.import_units(vec![national("vn_communes_2026.csv")], NOW_MS).unwrap();
    assert_eq!((new.rows, new.versions), (3_355, 3_355));
    let event = Event { date: MERGER, instrument: "Nghị quyết 202/2025/QH15".to_owned() };
    let lines = vec![national("vn_crosswalk_2025-07-01.csv")];
    let done = workspace.import_reorganisations(lines, Some(event), NOW_MS).unwrap();
    assert_eq!((done.lines, done.whole, done.undecided), (10_571, 9_598, 442));

    // Eleven units changed their kind on 30 April 2026, and the list shows only the day since.
    let earlier = |notice: &Notice| match notice {
        Notice::TakenToExistEarlier { code, listed_from, needed_from, .. } => {
            assert_eq!((*listed_from, *needed_from), (LISTED, MERGER), "{code}");
            Some(code.clone())
        }
        _ => None,
    };
    let notices = new.notices.iter().chain(&done.notices);
    let codes: BTreeSet<String> = notices.filter_map(earlier).collect();
    let changed = [
        "25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485",
        "75",
    ];
    assert_eq!(codes, changed.map(str::to_owned).into());

    let snapshot = workspace.snapshot().unwrap();
    let count = |day, level: &str| {
        snapshot.units.versions_on(day).filter(|version| version.level == level).count()
    };
    assert_eq!(
        (count(EVE, "province"), count(EVE, "district"), count(EVE, "commune")),
        (63, 696, 10_035)
    );
    assert_eq!((count(MERGER, "province"), count(MERGER, "commune")), (34, 3_321));
    let tops = snapshot.units.tree_on(MERGER).iter().filter(|(_, parent)| parent.is_none()).count();
    assert_eq!(tops, 34, "no commune stands without its province");
}

fn codes_with_new_meanings_follow_the_day(workspace: &Workspace) {
    let snapshot = workspace.snapshot().unwrap();
    let cases = [
        ("06148", "xã Thanh Long", "xã Thụy Hùng"),
        ("06154", "xã Bắc Việt", "xã Văn Lãng"),
        ("06124", "thị trấn Na Sầm", "xã Na Sầm"),
        ("24", "tỉnh Bắc Giang", "tỉnh Bắc Ninh"),
        ("75", "tỉnh Đồng Nai", "thành phố Đồng Nai"),
    ];
    for (code, before, after) in cases {
        let find = |day| snapshot.units.find(code, day).unwrap();
        let (old, new) = (find(EVE), find(MERGER));
        assert_ne!(old, new, "{code}: another unit");
        let said = |unit, day| {
            let name = snapshot.name(unit, day);
            format!("{} {}", name.kind, name.name)
        };
        assert_eq!((said(old, EVE), said(new, MERGER)), (before.to_owned(), after.to_owned()));
    }
}

fn whole_communes_have_one_heir_each(workspace: &Workspace) {
    let snapshot = workspace.snapshot().unwrap();
    let (mut whole, mut broken) = (0, 0);
    for version in snapshot.units.versions_on(EVE).filter(|version| version.level == "commune") {
        match snapshot.units.heirs(version.unit, None, EVE, MERGER) {
            Heirs::Carried(heirs) => {
                assert_eq!(heirs.len(), 1, "{}", version.code);
                assert_eq!(heirs[0].1, 1_000_000, "{}", version.code);
                let heir = snapshot.units.version_on(heirs[0].0, MERGER).unwrap();
                assert_eq!(heir.level, "commune", "{}", version.code);
                whole += 1;
            }
            Heirs::Broken { heirs, .. } => {
                assert!(heirs.len() > 1, "{}", version.code);
                broken += 1;
            }
            Heirs::Gone => panic!("{} is gone", version.code),
        }
    }
    assert_eq!((whole, broken), (10_035 - 442, 442));
}

/// The figure that a unit reports in this test: its place in the list.
fn figures_of_june(workspace: &Workspace) -> BTreeMap<UnitId, (String, i128)> {
    let snapshot = workspace.snapshot().unwrap();
    let communes = snapshot.units.versions_on(EVE).filter(|version| version.level == "commune");
    (1..).zip(communes).map(|(figure, one)| (one.unit, (one.code.clone(), figure))).collect()
}

fn a_figure_a_commune_adds_up_except_in_the_split_ones(
    workspace: &Workspace,
    folder: &std::path::Path,
) {
    let figures = figures_of_june(workspace);
    let mut text = FIGURES.to_owned();
    for (code, figure) in figures.values() {
        text.push_str(&format!("{code},2025-06,N01,{figure},,,\n"));
    }
    let file = folder.join("june.csv");
    std::fs::write(&file, text).unwrap();
    let done = workspace.import_figures(vec![Input::from_path(&file)], NOW_MS, |_| ()).unwrap();
    assert_eq!(done.submissions, 10_035);

    let snapshot = workspace.snapshot().unwrap();
    let split: BTreeSet<UnitId> = undecided(&snapshot).iter().map(|split| split.unit.id).collect();
    // As reported, everything is there.
    let provinces: Vec<UnitId> = snapshot
        .units
        .versions_on(EVE)
        .filter(|version| version.level == "province")
        .map(|version| version.unit)
        .collect();
    let total: Fraction = provinces
        .iter()
        .map(|&unit| figure(&snapshot, "N01", unit, JUNE, View::Reported).unwrap())
        .map(|answer| answer.value.unwrap().value)
        .fold(Fraction::integer(0), |sum, value| sum.checked_add(value).unwrap());
    assert_eq!(total, Fraction::integer(10_035 * 10_036 / 2));

    // Restated, every commune either has exactly the figures of its whole parts, or is broken by
    // split ones that it is an heir of.
    let mut expected: BTreeMap<UnitId, i128> = BTreeMap::new();
    let mut broken: BTreeMap<UnitId, BTreeSet<UnitId>> = BTreeMap::new();
    for (&unit, &(_, figure)) in &figures {
        for heir in snapshot.units.successors(unit, MERGER) {
            if split.contains(&unit) {
                broken.entry(heir).or_default().insert(unit);
            } else {
                *expected.entry(heir).or_default() += figure;
            }
        }
    }
    let mut sound = 0;
    for province in snapshot.units.versions_on(MERGER).filter(|one| one.level == "province") {
        let rows =
            figures_by_level(&snapshot, "N01", province.unit, JUNE, RESTATED, "commune").unwrap();
        for row in rows {
            let unit = row.unit.id;
            match (row.value, broken.get(&unit)) {
                (Ok(quantity), None) => {
                    assert_eq!(
                        quantity.value,
                        Fraction::integer(expected[&unit]),
                        "{:?}",
                        row.unit
                    );
                    sound += 1;
                }
                (Err(NoValue::BrokenSeries { units }), Some(by)) => {
                    let found: BTreeSet<UnitId> = units.iter().map(|unit| unit.id).collect();
                    assert_eq!(found, *by, "{:?}", row.unit);
                }
                // Five islands were districts without communes, which report nothing here.
                (Err(NoValue::NothingReported), None) if !expected.contains_key(&unit) => {
                    sound += 1;
                }
                (value, by) => panic!("{:?}: {value:?}, broken by {by:?}", row.unit),
            }
        }
    }
    assert_eq!(sound + broken.len(), 3_321, "every commune of the new order was looked at");
    let named: BTreeSet<UnitId> = broken.into_values().flatten().collect();
    assert_eq!(named.len(), 442, "nothing else is lost");
}

fn a_decision_makes_one_series_whole_again(workspace: &Workspace, folder: &std::path::Path) {
    let before = undecided(&workspace.snapshot().unwrap());
    // A split whose heirs are broken by nothing else.
    let counts = before.iter().flat_map(|split| &split.heirs).fold(
        BTreeMap::<UnitId, usize>::new(),
        |mut counts, heir| {
            *counts.entry(heir.id).or_default() += 1;
            counts
        },
    );
    let split = before
        .iter()
        .find(|split| {
            split.heirs.len() == 2 && split.heirs.iter().all(|heir| counts[&heir.id] == 1)
        })
        .unwrap();
    let (one, other) = (&split.heirs[0], &split.heirs[1]);
    let file = folder.join("decision.csv");
    let text = format!(
        "date,kind,old_code,new_code,share,instrument\n\
         2025-07-01,split,{old},{},\"0,37\",Biên bản\n2025-07-01,split,{old},{},\"0,63\",Biên bản\n",
        one.code,
        other.code,
        old = split.unit.code
    );
    std::fs::write(&file, text).unwrap();
    let done = workspace.import_reorganisations(vec![Input::from_path(&file)], None, NOW_MS);
    assert_eq!(done.unwrap().decided, 1);

    let snapshot = workspace.snapshot().unwrap();
    assert_eq!(undecided(&snapshot).len(), 441);
    let value = |unit, view| {
        let answer = figure(&snapshot, "N01", unit, JUNE, view).unwrap();
        answer.value.unwrap().value.numerator()
    };
    let whole_parts = |heir: UnitId| -> i128 {
        let parts = snapshot.units.predecessors(heir, MERGER);
        let parts = parts.into_iter().filter(|part| *part != split.unit.id);
        parts.map(|part| value(part, View::Reported)).sum()
    };
    let shared = value(split.unit.id, View::Reported);
    let got = [one, other].map(|heir| value(heir.id, RESTATED) - whole_parts(heir.id));
    assert_eq!(got.iter().sum::<i128>(), shared, "nothing is lost and nothing is made up");
    // The larger remainder gets what is left over; a tie would go to the first.
    let (low, rest) = (shared * 37 / 100, shared * 37 % 100);
    let (other_low, other_rest) = (shared * 63 / 100, shared * 63 % 100);
    let expected = match low + other_low == shared {
        true => [low, other_low],
        false if rest >= other_rest => [low + 1, other_low],
        false => [low, other_low + 1],
    };
    assert_eq!(got, expected, "{shared} shared 37 to 63");
}
