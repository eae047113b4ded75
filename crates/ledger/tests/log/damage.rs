//! Any damage to a log is found, wherever it is and however much.

use ledger::hash::Hash;
use ledger::inspection::Finding;
use ledger::layout::stored_index;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::sample::{Log, log};

#[derive(Debug, Clone)]
enum Damage {
    ChangeEntry(Index, Index, u8),
    ChangeHash(Index, Index, u8),
    RemoveEntry(Index),
    RemoveHash(Index),
    DoubleEntry(Index),
    DoubleHash(Index),
    SwapEntries(Index, Index),
    CutOff(Index),
}

fn any_damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        (at(), at(), 1_u8..).prop_map(|(row, byte, mask)| Damage::ChangeEntry(row, byte, mask)),
        (at(), at(), 1_u8..).prop_map(|(row, byte, mask)| Damage::ChangeHash(row, byte, mask)),
        at().prop_map(Damage::RemoveEntry),
        at().prop_map(Damage::RemoveHash),
        at().prop_map(Damage::DoubleEntry),
        at().prop_map(Damage::DoubleHash),
        (at(), at()).prop_map(|(one, other)| Damage::SwapEntries(one, other)),
        at().prop_map(Damage::CutOff),
    ]
}

fn damage(log: &mut Log, damage: &Damage) {
    if log.entries.is_empty() || log.hashes.is_empty() {
        return;
    }
    match damage {
        Damage::ChangeEntry(row, byte, mask) => {
            let row = row.index(log.entries.len());
            let leaf = &mut log.entries[row].1;
            let byte = byte.index(leaf.len());
            leaf[byte] ^= mask;
        }
        Damage::ChangeHash(row, byte, mask) => {
            let row = row.index(log.hashes.len());
            log.hashes[row].1.0[byte.index(32)] ^= mask;
        }
        Damage::RemoveEntry(row) => {
            log.entries.remove(row.index(log.entries.len()));
        }
        Damage::RemoveHash(row) => {
            log.hashes.remove(row.index(log.hashes.len()));
        }
        Damage::DoubleEntry(row) => {
            let row = row.index(log.entries.len());
            log.entries.insert(row, log.entries[row].clone());
        }
        Damage::DoubleHash(row) => {
            let row = row.index(log.hashes.len());
            log.hashes.insert(row, log.hashes[row]);
        }
        Damage::SwapEntries(one, other) => {
            let (one, other) = (one.index(log.entries.len()), other.index(log.entries.len()));
            let leaf = log.entries[one].1.clone();
            log.entries[one].1 = std::mem::replace(&mut log.entries[other].1, leaf);
        }
        Damage::CutOff(row) => log.entries.truncate(row.index(log.entries.len())),
    }
}

/// Whether a finding says that this entry may have been changed.
fn speaks_of(finding: &Finding, position: u64) -> bool {
    match finding {
        Finding::EntryAltered { position: named } => *named == position,
        Finding::EntriesAltered { first, last } | Finding::EitherAltered { first, last, .. } => {
            (*first..=*last).contains(&position)
        }
        Finding::HashAltered { .. }
        | Finding::EntriesMissing { .. }
        | Finding::HashesMissing { .. }
        | Finding::EntryExtra { .. }
        | Finding::HashExtra { .. }
        | Finding::EntryUnreadable { .. }
        | Finding::EntryElsewhere { .. }
        | Finding::CheckpointDiffers { .. }
        | Finding::CheckpointAhead { .. } => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000, failure_persistence: None, ..ProptestConfig::default()
    })]

    /// Damage that undoes itself is none; all other is found.
    #[test]
    fn a_log_without_findings_is_the_log_that_was_written(
        size in 1_u64..40,
        done in prop::collection::vec(any_damage(), 1..6),
    ) {
        let before = log(size);
        let mut damaged = before.clone();
        for one in &done {
            damage(&mut damaged, one);
        }
        let unharmed = damaged.entries == before.entries && damaged.hashes == before.hashes;
        let inspection = damaged.inspected();
        prop_assert_eq!(inspection.findings.is_empty(), unharmed, "{:?}", inspection);
    }

    /// Entries changed in any number and place, under hashes that were not: each is named, and
    /// nothing else is.
    #[test]
    fn all_changed_entries_are_named_and_no_others(
        size in 1_u64..40,
        rows in prop::collection::btree_set(0_u64..40, 1..12),
    ) {
        let mut damaged = log(size);
        let rows: Vec<u64> = rows.into_iter().filter(|row| *row < size).collect();
        for row in &rows {
            damaged.entries[usize::try_from(*row).unwrap()].1.push(b'!');
        }
        let named: Vec<Finding> =
            rows.iter().map(|row| Finding::EntryAltered { position: *row }).collect();
        prop_assert_eq!(damaged.inspected().findings, named);
    }

    /// An entry, its hash and as many hashes above it as one likes, each computed anew: the
    /// findings still lead to the entry, or the checkpoint differs.
    #[test]
    fn a_change_carried_upwards_still_leads_to_its_entry(
        size in 1_u64..40,
        row: Index,
        levels in 0_u32..7,
    ) {
        let before = log(size);
        let row = row.index(before.entries.len());
        let position = row as u64;
        let mut changed = before.clone();
        changed.entries[row].1.push(b'!');
        let leaves: Vec<Hash> =
            changed.entries.iter().map(|(_, leaf)| ledger::hash::leaf_hash(leaf)).collect();
        let anew = ledger::tree::Frontier::default().append(&leaves).hashes;
        for level in 0..levels {
            let index = usize::try_from(stored_index(level, position >> level)).unwrap();
            if let Some(hash) = anew.get(index) {
                changed.hashes[index].1 = *hash;
            }
        }
        let findings = changed.inspected().findings;
        let leads = findings.iter().any(|finding| speaks_of(finding, position));
        let differs =
            findings.iter().any(|finding| matches!(finding, Finding::CheckpointDiffers { .. }));
        prop_assert!(leads || differs, "{:?}", findings);
    }
}
