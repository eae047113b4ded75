//! The inspection names what was changed, one change at a time.

use std::convert::Infallible;

use ledger::entry::{Entry, EntryProblem, encode};
use ledger::hash::{EMPTY_ROOT, Hash, leaf_hash};
use ledger::inspection::{Finding, Inspection, inspect};
use ledger::layout::{stored_count, stored_index};
use ledger::tree::{Frontier, Head};

use crate::sample::{Log, entry, log, with_a_flipped_bit};

fn flip(hash: &mut Hash) {
    hash.0[7] ^= 32;
}

/// Computes all hashes again after entries were changed, as somebody would who can.
fn rehashed(log: &Log) -> Log {
    let leaves: Vec<Hash> = log.entries.iter().map(|(_, leaf)| leaf_hash(leaf)).collect();
    let appended = Frontier::default().append(&leaves);
    Log { hashes: (0..).zip(appended.hashes).collect(), ..log.clone() }
}

#[test]
fn nothing_is_found_in_a_log_as_it_was_written() {
    for size in 0..70 {
        let log = log(size);
        let expected =
            Inspection { size, root: Some(log.head.root), findings: vec![], findings_left_out: 0 };
        assert_eq!(log.inspected(), expected);
        assert_eq!(log.inspected_against(&[]), expected);
    }
}

#[test]
fn every_bit_changed_in_an_entry_names_that_entry() {
    for size in [1, 2, 7, 21] {
        let log = log(size);
        for position in 0..size {
            let at = usize::try_from(position).unwrap();
            for changed in with_a_flipped_bit(&log.entries[at].1) {
                let mut damaged = log.clone();
                damaged.entries[at].1 = changed;
                let findings = damaged.inspected().findings;
                assert_eq!(findings, [Finding::EntryAltered { position }], "of {size}");
            }
        }
    }
}

#[test]
fn every_bit_changed_in_a_hash_names_that_hash() {
    for size in [1, 2, 7, 21] {
        let log = log(size);
        for index in 0..stored_count(size) {
            let at = usize::try_from(index).unwrap();
            for changed in with_a_flipped_bit(&log.hashes[at].1.0) {
                let mut damaged = log.clone();
                damaged.hashes[at].1 = Hash(changed.try_into().unwrap());
                let findings = damaged.inspected().findings;
                assert_eq!(findings, [Finding::HashAltered { index }], "of {size}");
            }
        }
    }
}

#[test]
fn several_changes_are_all_named() {
    let mut damaged = log(21);
    damaged.entries[3].1.push(0);
    damaged.entries[12].1[2] ^= 1;
    damaged.entries[13].1[2] ^= 1;
    flip(&mut damaged.hashes[usize::try_from(stored_index(2, 1)).unwrap()].1);
    damaged.entries[20].1.pop();
    let expected = [
        Finding::EntryAltered { position: 3 },
        Finding::HashAltered { index: stored_index(2, 1) },
        Finding::EntryAltered { position: 12 },
        Finding::EntryAltered { position: 13 },
        Finding::EntryAltered { position: 20 },
    ];
    assert_eq!(damaged.inspected().findings, expected);
}

/// Who changes an entry and its hash, but not the hashes above, is caught by these.
#[test]
fn an_entry_changed_with_its_hash_is_narrowed_down() {
    let mut damaged = log(21);
    damaged.entries[9].1 = encode(&Entry { recorded_ms: 0, ..entry(9) }).unwrap();
    let at = usize::try_from(stored_index(0, 9)).unwrap();
    damaged.hashes[at].1 = leaf_hash(&damaged.entries[9].1);
    let findings = damaged.inspected().findings;
    assert_eq!(findings, [Finding::EntriesAltered { first: 8, last: 9 }]);
}

#[test]
fn a_log_written_anew_is_not_the_one_that_was_signed() {
    let before = log(21);
    let mut damaged = before.clone();
    damaged.entries[9].1 = encode(&Entry { recorded_ms: 0, ..entry(9) }).unwrap();
    let damaged = rehashed(&damaged);
    let inspection = damaged.inspected();
    let computed = inspection.root;
    assert_ne!(computed, Some(before.head.root));
    assert_eq!(inspection.findings, [Finding::CheckpointDiffers { size: 21, computed }]);
    // An earlier checkpoint that the change came after still fits.
    let earlier = log(9).head;
    assert_eq!(damaged.inspected_against(&[earlier]).findings, []);
}

#[test]
fn without_a_checkpoint_the_last_hash_and_entry_only_contradict_each_other() {
    let mut damaged = log(21);
    damaged.entries[20].1.pop();
    let either = [Finding::EitherAltered { first: 20, last: 20, index: stored_index(0, 20) }];
    assert_eq!(damaged.inspected_against(&[]).findings, either);
    // A checkpoint from before the entry cannot tell either; the next one can.
    assert_eq!(damaged.inspected_against(&[log(20).head]).findings, either);
    let known = [Finding::EntryAltered { position: 20 }];
    assert_eq!(damaged.inspected_against(&[log(20).head, log(21).head]).findings, known);
}

#[test]
fn every_checkpoint_is_compared_in_any_order() {
    let log = log(21);
    let head = |size: u64| crate::sample::log(size).head;
    let all: Vec<Head> = (0..=21).rev().map(head).collect();
    assert_eq!(log.inspected_against(&all).findings, []);
    let wrong = Head { size: 13, root: EMPTY_ROOT };
    let differs = Finding::CheckpointDiffers { size: 13, computed: Some(head(13).root) };
    assert_eq!(log.inspected_against(&[head(21), wrong, head(8)]).findings, [differs]);
    let of_nothing = Head { size: 0, root: head(1).root };
    let differs = Finding::CheckpointDiffers { size: 0, computed: Some(EMPTY_ROOT) };
    assert_eq!(log.inspected_against(&[of_nothing]).findings, [differs]);
}

#[test]
fn every_missing_entry_is_named() {
    for position in 0..21 {
        let mut damaged = log(21);
        damaged.entries.remove(usize::try_from(position).unwrap());
        let inspection = damaged.inspected();
        let missing = Finding::EntriesMissing { first: position, last: position };
        assert_eq!(inspection.findings, [missing]);
        assert_eq!(inspection.root, Some(damaged.head.root), "its hash is still there");
    }
}

#[test]
fn every_missing_hash_is_named() {
    for index in 0..stored_count(21) {
        let mut damaged = log(21);
        damaged.hashes.remove(usize::try_from(index).unwrap());
        let missing = Finding::HashesMissing { first: index, last: index };
        assert_eq!(damaged.inspected().findings, [missing]);
    }
}

#[test]
fn what_is_missing_in_a_row_is_one_finding() {
    let mut damaged = log(21);
    damaged.entries.retain(|(position, _)| !(6..14).contains(position));
    damaged.hashes.retain(|(index, _)| !(stored_count(6)..stored_count(14)).contains(index));
    let expected = [
        Finding::HashesMissing { first: stored_count(6), last: stored_count(14) - 1 },
        Finding::EntriesMissing { first: 6, last: 13 },
    ];
    let inspection = damaged.inspected();
    assert_eq!(inspection.findings, expected);
    assert_eq!(inspection.root, Some(damaged.head.root), "the hash above them is still there");
    let above = stored_index(4, 0);
    damaged.hashes.retain(|(index, _)| *index != above);
    let expected = [
        expected.as_slice(),
        &[
            Finding::HashesMissing { first: above, last: above },
            Finding::CheckpointDiffers { size: 21, computed: None },
        ],
    ]
    .concat();
    assert_eq!(damaged.inspected().findings, expected);
}

#[test]
fn a_shortened_log_is_behind_its_checkpoint() {
    let damaged = Log { head: log(21).head, ..log(11) };
    let ahead = [Finding::CheckpointAhead { size: 21, entries: 11 }];
    assert_eq!(damaged.inspected().findings, ahead);
    let inspection = Log { head: log(21).head, ..log(0) }.inspected();
    assert_eq!(inspection.findings, [Finding::CheckpointAhead { size: 21, entries: 0 }]);
    assert_eq!(inspection.root, Some(EMPTY_ROOT));
}

#[test]
fn rows_that_do_not_belong_are_named() {
    let log = log(21);
    let junk = |number: u64| (number, b"junk".to_vec());
    let hash = |index: u64| (index, EMPTY_ROOT);
    let hashes = log.hashes.len();
    let cases: [(&str, Log, Vec<Finding>); 5] = [
        (
            "an entry behind the end",
            Log { entries: [log.entries.clone(), vec![junk(21)]].concat(), ..log.clone() },
            vec![Finding::EntryExtra { position: 21 }],
        ),
        (
            "entries far away",
            Log {
                entries: [log.entries.clone(), vec![junk(1 << 40), junk(u64::MAX)]].concat(),
                ..log.clone()
            },
            vec![
                Finding::EntryExtra { position: 1 << 40 },
                Finding::EntryExtra { position: u64::MAX },
            ],
        ),
        (
            "an entry twice",
            Log {
                entries: [&log.entries[..6], &[junk(5)], &log.entries[6..]].concat(),
                ..log.clone()
            },
            vec![Finding::EntryExtra { position: 5 }],
        ),
        (
            "a hash far away",
            Log { hashes: [log.hashes.clone(), vec![hash(u64::MAX)]].concat(), ..log.clone() },
            vec![Finding::HashExtra { index: u64::MAX }],
        ),
        (
            "a hash behind the end",
            Log { hashes: [log.hashes.clone(), vec![hash(hashes as u64)]].concat(), ..log.clone() },
            vec![Finding::EntriesMissing { first: 21, last: 21 }],
        ),
    ];
    for (name, damaged, expected) in cases {
        let mut findings = damaged.inspected().findings;
        // The hash behind the end would complete a node that is not there.
        findings.retain(|finding| !matches!(finding, Finding::HashesMissing { .. }));
        assert_eq!(findings, expected, "{name}");
    }
}

/// However far away stray rows stand, the inspection does not walk there: it gives up after a
/// million entries without a trace, in all.
#[test]
fn the_way_to_stray_rows_is_bounded() {
    let log = log(21);
    let reach = 1 << 20;
    let junk = (21 + reach + 1, b"junk".to_vec());
    let damaged = Log { entries: [log.entries.clone(), vec![junk]].concat(), ..log.clone() };
    let extra = Finding::EntryExtra { position: 21 + reach + 1 };
    assert_eq!(damaged.inspected().findings, [extra]);

    let stray = [2 * 600_000, 2 * 1_200_000].map(|index| (index, EMPTY_ROOT));
    let damaged = Log { hashes: [log.hashes.as_slice(), &stray].concat(), ..log };
    let findings = damaged.inspected().findings;
    assert_eq!(findings.last(), Some(&Finding::HashExtra { index: 2 * 1_200_000 }));
}

#[test]
fn entries_that_were_written_wrongly_are_named() {
    let mut damaged = log(21);
    damaged.entries[4].1 = encode(&entry(5)).unwrap();
    damaged.entries[7].1 = b"\x07".to_vec();
    let damaged = rehashed(&damaged);
    let expected = [
        Finding::EntryElsewhere { position: 4, says: 5 },
        Finding::EntryUnreadable { position: 7, problem: EntryProblem::Version { found: 7 } },
    ];
    assert_eq!(damaged.inspected_against(&[]).findings, expected);
}

#[test]
fn findings_beyond_the_room_for_them_are_counted() {
    let mut damaged = log(21);
    for (_, leaf) in &mut damaged.entries {
        leaf.push(0);
    }
    let entries = damaged.entries.iter().cloned().map(Ok::<_, Infallible>);
    let hashes = damaged.hashes.iter().copied().map(Ok);
    let inspection = inspect(entries, hashes, &[damaged.head], 3).unwrap();
    let named: Vec<Finding> = (0..3).map(|position| Finding::EntryAltered { position }).collect();
    assert_eq!(inspection.findings, named);
    assert_eq!(inspection.findings_left_out, 18);
}

#[test]
fn a_row_that_cannot_be_read_ends_the_inspection() {
    let log = log(21);
    let entries = log.entries.iter().cloned().map(Ok).take(5).chain([Err("the disk is gone")]);
    let hashes = log.hashes.iter().copied().map(Ok);
    assert_eq!(inspect(entries, hashes, &[log.head], 9), Err("the disk is gone"));
}
