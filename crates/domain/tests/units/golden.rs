//! The golden case: the 17 communes of Văn Lãng become 5 on 1 July 2025, and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};

use domain::unit::{Carries, Heirs, UnitId, Units};

use super::{below, line, on, version};

const DISTRICT: i64 = 1;
const PROVINCE: i64 = 2;

/// Old and new code of each line.
fn table() -> Vec<(String, String)> {
    let table = include_str!("../../../../tests/vectors/van_lang_17_to_5.csv");
    csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .map(Result::unwrap)
        .inspect(|row| assert_eq!(&row[6], "whole"))
        .map(|row| (row[0].to_owned(), row[3].to_owned()))
        .collect()
}

/// 17 old and 5 new communes with the same kind of codes, and 162 villages that move along.
fn van_lang() -> Units {
    let table = table();
    let new_codes: BTreeSet<&String> = table.iter().map(|(_, new)| new).collect();
    let old_id = |place: usize| 100 + i64::try_from(place).unwrap();
    let new_ids: BTreeMap<&String, i64> = new_codes.into_iter().zip(200..).collect();
    let mut versions = vec![
        version(PROVINCE, "20", "", ""),
        below(PROVINCE, version(DISTRICT, "182", "", "2025-06-30")),
    ];
    let mut lines = Vec::new();
    for (place, (old, new)) in table.iter().enumerate() {
        versions.push(below(DISTRICT, version(old_id(place), old, "", "2025-06-30")));
        lines.push(line("2025-07-01", old_id(place), new_ids[new], Carries::Whole));
    }
    for (code, id) in &new_ids {
        versions.push(below(PROVINCE, version(*id, code, "2025-07-01", "")));
    }
    for village in 0..162_usize {
        let id = 1_000 + i64::try_from(village).unwrap();
        let (old, new) = (old_id(village % 17), new_ids[&table[village % 17].1]);
        let code = format!("T{village:03}");
        versions.push(below(old, version(id, &code, "", "2025-06-30")));
        versions.push(below(new, version(id, &code, "2025-07-01", "")));
    }
    Units::new(versions, lines, Vec::new()).unwrap()
}

#[test]
fn seventeen_communes_become_five_and_nothing_is_lost() {
    let units = van_lang();
    let (before, after) = (on("2025-06-30"), on("2025-07-01"));
    assert_eq!(units.below(UnitId(DISTRICT), before).count(), 17);
    assert_eq!(units.below(UnitId(PROVINCE), after).count(), 5);
    let mut received: BTreeMap<UnitId, usize> = BTreeMap::new();
    for commune in units.below(UnitId(DISTRICT), before) {
        let Heirs::Carried(heirs) = units.heirs(commune.unit, None, before, after) else {
            panic!("{} is not carried over", commune.code);
        };
        let [(heir, 1_000_000)] = *heirs else { panic!("{} is split", commune.code) };
        *received.entry(heir).or_default() += 1;
    }
    let counts: BTreeMap<&str, usize> = received
        .iter()
        .map(|(unit, count)| (units.version_on(*unit, after).unwrap().code.as_str(), *count))
        .collect();
    let expected = [("06124", 3), ("06148", 3), ("06151", 2), ("06154", 4), ("06172", 5)];
    assert_eq!(counts, BTreeMap::from(expected));
    assert!(units.undecided_splits().is_empty());
}

#[test]
fn a_reused_code_leads_to_the_commune_of_its_day() {
    let units = van_lang();
    let (before, after) = (on("2025-06-30"), on("2025-07-01"));
    let old = units.find("06148", before).unwrap();
    let new = units.find("06148", after).unwrap();
    assert_ne!(old, new);
    assert_eq!(units.heirs(old, None, before, after), Heirs::Carried(vec![(new, 1_000_000)]));
}

#[test]
fn the_villages_stand_below_the_new_communes() {
    let units = van_lang();
    let villages = |communes: Vec<UnitId>, day| -> usize {
        communes.into_iter().map(|commune| units.below(commune, day).count()).sum()
    };
    for (above, day) in [(DISTRICT, on("2025-06-30")), (PROVINCE, on("2025-07-01"))] {
        let communes = units.below(UnitId(above), day).map(|version| version.unit).collect();
        assert_eq!(villages(communes, day), 162);
    }
}
