//! As reported and restated: the same figures through the trees of two days, with nothing lost.

use actions::answer::{FigureAnswer, View};
use actions::figure::{figure, figures_by_level};
use actions::reorganisations::undecided;
use actions::snapshot::Snapshot;
use domain::item::Aggregate;
use domain::number::{Fraction, Quantity};
use domain::period::Period;
use domain::unit::UnitId;
use jiff::civil::date;
use testkit::on_every_engine;

use crate::setup::{MERGER, Office, UNITS, pack_with, period, words};

const RESTATED: View = View::Restated(MERGER);

#[test]
fn the_reorganisation_of_van_lang_loses_nothing() {
    on_every_engine(|engine, database| {
        let office = Office::sample(database);
        let snapshot = office.workspace.snapshot().unwrap();
        let district = snapshot.find_unit("182", Some(date(2023, 6, 30))).unwrap();
        the_villages_moved_with_their_communes(engine, &snapshot);
        for span in ["2022", "2023-H1", "2022-01..2023-06"] {
            every_total_stays_what_it_was(engine, &snapshot, district, period(span));
        }
        a_unit_that_is_gone_can_still_be_asked(engine, &snapshot, district);
    });
}

fn the_villages_moved_with_their_communes(engine: &str, snapshot: &Snapshot) {
    let eve = MERGER.yesterday().unwrap();
    let communes =
        |day| snapshot.units.versions_on(day).filter(|version| version.level == "commune").count();
    assert_eq!((communes(eve), communes(MERGER)), (17, 5), "{engine}");
    let villages: Vec<UnitId> = snapshot
        .units
        .versions_on(eve)
        .filter(|version| version.level == "village")
        .map(|version| version.unit)
        .collect();
    assert_eq!(villages.len(), 162, "{engine}");
    for village in villages {
        let before = snapshot.units.version_on(village, eve).unwrap();
        let after = snapshot.units.version_on(village, MERGER).unwrap();
        let heirs = snapshot.units.successors(before.parent.unwrap(), MERGER);
        assert_eq!(heirs, [after.parent.unwrap()], "{engine}: {}", before.name);
        assert_eq!((&before.code, &before.name), (&after.code, &after.name), "{engine}");
    }
    assert!(undecided(snapshot).is_empty(), "{engine}");
}

/// For every indicator that adds up: the district as reported is the district restated, and the
/// 17 communes of the time and the 5 of the new order each add up to it.
fn every_total_stays_what_it_was(
    engine: &str,
    snapshot: &Snapshot,
    district: UnitId,
    span: Period,
) {
    let mut seen = 0;
    for indicator in snapshot.indicators.iter() {
        let code = &indicator.code;
        let ask = |view| figure(snapshot, code, district, span, view).unwrap();
        let (reported, restated) = (ask(View::Reported), ask(RESTATED));
        assert_eq!(reported.value, restated.value, "{engine}: {code} {span}");
        assert_eq!(reported.parts, restated.parts, "{engine}: {code} {span}");
        let added_up = indicator.formula.ratio().is_none()
            && indicator.formula.items().iter().all(|reference| {
                let item = snapshot.items.iter().find(|item| item.code == reference.code).unwrap();
                (item.over_units, item.over_time) == (Aggregate::Sum, Aggregate::Sum)
            });
        // Figures of the district itself stand above all communes.
        let by = |view| figures_by_level(snapshot, code, district, span, view, "commune").unwrap();
        let (old, new) = (by(View::Reported), by(RESTATED));
        assert_eq!((old.len(), new.len()), (17, 5), "{engine}: {code}");
        let (Some(of_old), Some(of_new)) = (sum(&old), sum(&new)) else { continue };
        if added_up {
            assert_eq!(Ok(of_old), reported.value, "{engine}: {code} {span} over 17");
            assert_eq!(Ok(of_new), reported.value, "{engine}: {code} {span} over 5");
            seen += 1;
        }
    }
    assert!(seen > 10, "{engine}: only {seen} indicators add up");
}

/// The sum of all figures that are there.
fn sum(figures: &[FigureAnswer]) -> Option<Quantity> {
    let values = figures.iter().filter_map(|figure| figure.value.clone().ok());
    values.reduce(|one, other| one.plus(other).unwrap())
}

fn a_unit_that_is_gone_can_still_be_asked(engine: &str, snapshot: &Snapshot, district: UnitId) {
    assert!(snapshot.units.version_on(district, MERGER).is_none(), "{engine}");
    let ask = |unit, view| figure(snapshot, "A01", unit, Period::Year(2022), view).unwrap();
    let whole = ask(district, RESTATED);
    assert_eq!(whole.value.unwrap().value, Fraction::integer(152), "{engine}");
    assert_eq!(whole.unit.name, "Văn Lãng", "{engine}");
    assert_eq!((whole.view, whole.through), (RESTATED, View::Reported), "{engine}");
    // The heir of a code that went on with another meaning: 06148 was Thanh Long.
    let old = snapshot.units.find("06148", date(2025, 6, 30)).unwrap();
    let new = snapshot.units.find("06148", MERGER).unwrap();
    assert_ne!(old, new, "{engine}");
    assert_eq!(snapshot.name(new, MERGER).name, "Thụy Hùng", "{engine}");
    let parts: Vec<UnitId> = snapshot.units.predecessors(new, MERGER);
    let parts: Vec<Quantity> =
        parts.iter().map(|&part| ask(part, View::Reported).value.unwrap()).collect();
    let added = parts.into_iter().reduce(|one, other| one.plus(other).unwrap());
    let restated = ask(new, RESTATED);
    assert_eq!(restated.value.ok(), added, "{engine}");
    assert_eq!(restated.through, RESTATED, "{engine}");
}

#[test]
fn villages_count_below_their_new_commune_in_a_ratio() {
    on_every_engine(|engine, database| {
        let office = Office::sample(database);
        let snapshot = office.workspace.snapshot().unwrap();
        let district = snapshot.find_unit("182", Some(date(2023, 6, 30))).unwrap();
        let span = period("2022-01..2023-06");
        let rows = figures_by_level(&snapshot, "A02", district, span, RESTATED, "commune").unwrap();
        let parts: Vec<(i128, i128)> = rows
            .iter()
            .map(|row| row.parts.unwrap())
            .map(|(part, whole)| (part.value.numerator(), whole.value.numerator()))
            .collect();
        let total = parts.iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
        assert_eq!(total, (162, 162), "{engine}: {parts:?}");
    });
}

#[test]
fn a_split_village_counts_once_in_a_restated_denominator() {
    const HEADER: &str = "code,name,type,level,parent_code,valid_from,valid_to\n";
    const HEIRS: &str = "Y1,Tân Mỹ Mới,xã,commune,20,2025-07-01,\n\
                         Y2,Bắc Việt Mới,xã,commune,20,2025-07-01,\n\
                         Z1,Nà Lầu Trong,thôn,village,Y1,2025-07-01,\n\
                         Z2,Nà Lầu Ngoài,thôn,village,Y2,2025-07-01,\n";
    // The share of each half, and the figures of the two new communes below the old district.
    let cases = [("0.5", ["2", "16"]), ("", ["broken by X1-1", "broken by X1-1"])];
    let formula = pack_with("indicators.csv", "A01,count", "A01 / units(village),count");
    for (share, expected) in cases {
        on_every_engine(|engine, database| {
            let office = Office::empty(database);
            office.units(UNITS).unwrap();
            office.pack(&[("indicators.csv", &formula)]).unwrap();
            office
                .figures(
                    "X1-1,2025-06,A01,4,,,\nX1-2,2025-06,A01,2,,,\n\
                     X2-1,2025-06,A01,10,,,\nX2-2,2025-06,A01,20,,,\n",
                )
                .unwrap();
            let district = office.unit("182", MERGER.yesterday().unwrap());
            office.units(format!("{HEADER}{HEIRS}")).unwrap();
            office
                .events(format!(
                    "date,kind,old_code,new_code,share,instrument\n\
                     2025-07-01,merge,X1,Y1,,NQ\n2025-07-01,merge,X2,Y2,,NQ\n\
                     2025-07-01,split,X1-1,Z1,{share},NQ\n2025-07-01,split,X1-1,Z2,{share},NQ\n\
                     2025-07-01,dissolve,182,,,NQ\n"
                ))
                .unwrap();
            let snapshot = office.workspace.snapshot().unwrap();
            let rows = figures_by_level(
                &snapshot,
                "A01",
                district,
                period("2025-06"),
                RESTATED,
                "commune",
            );
            let found: Vec<String> = rows.unwrap().iter().map(words).collect();
            // Three villages stand under one heir or the other, and the split one under the first.
            assert_eq!(found, expected, "{engine}: {share}");
        });
    }
}
