//! Entries as bytes and back.

use std::fmt::Write as _;

use ledger::commitment::Commitment;
use ledger::entry::{
    ENTRY_BYTES_MAX, Entry, EntryProblem, Identifier, Payload, Reason, Subject, TextProblem,
    TooLarge, Word, decode, encode,
};
use ledger::hash::{Hash, leaf_hash};
use proptest::prelude::*;

use crate::sample::{entry, full_entry, with_a_flipped_bit};

/// The bytes in hexadecimal, sixteen to a line.
fn dump(bytes: &[u8]) -> String {
    let mut text = String::new();
    for line in bytes.chunks(16) {
        for byte in line {
            write!(text, "{byte:02x}").unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn the_bytes_of_an_entry_stay_as_they_are() {
    let leaf = encode(&full_entry()).unwrap();
    testkit::golden("ledger/entry-v1.hex", &dump(&leaf));
    assert_eq!(decode(&leaf), Ok(full_entry()));
}

/// The same bytes put together by hand from the table in `docs/ledger.md`.
#[test]
fn the_bytes_are_those_that_the_table_of_the_documents_says() {
    let mut expected = vec![1];
    expected.extend([0, 0, 0, 0, 0, 0, 0, 7]);
    expected.extend(1_764_115_207_000_i64.to_be_bytes());
    expected.extend(b"\x00\x02an");
    expected.push(0);
    expected.extend(b"\x00\x0bunit.rename");
    expected.extend(b"\x00\x04unit");
    expected.extend(b"\x00\x017");
    expected.extend(b"\x00\x00\x0231");
    expected.push(0);
    expected.extend([0, 0]);
    assert_eq!(encode(&entry(7)).unwrap(), expected);
    let documents = include_str!("../../../../docs/ledger.md");
    assert!(documents.contains(&dump(&expected)));
    assert!(documents.contains(&leaf_hash(&expected).to_string()));
}

#[test]
fn a_cut_entry_is_refused_and_so_is_one_with_more_behind_it() {
    let leaf = encode(&full_entry()).unwrap();
    for length in 0..leaf.len() {
        let problem = decode(&leaf[..length]);
        assert!(matches!(problem, Err(EntryProblem::Ends { .. })), "{length}: {problem:?}");
    }
    let longer = [leaf.as_slice(), &[0]].concat();
    assert_eq!(decode(&longer), Err(EntryProblem::Remains { at: leaf.len() }));
}

#[test]
fn an_entry_has_one_spelling() {
    let leaf = encode(&full_entry()).unwrap();
    for changed in with_a_flipped_bit(&leaf) {
        if let Ok(entry) = decode(&changed) {
            assert_ne!(entry, full_entry());
            assert_eq!(encode(&entry).unwrap(), changed);
        }
    }
}

#[test]
fn what_is_wrong_with_bytes_is_said_with_its_place() {
    let leaf = encode(&entry(7)).unwrap();
    let changed = |at: usize, byte: u8| {
        let mut leaf = leaf.clone();
        leaf[at] = byte;
        decode(&leaf)
    };
    let text = |at: usize, problem: TextProblem| Err(EntryProblem::Text { at, problem });
    assert_eq!(changed(0, 2), Err(EntryProblem::Version { found: 2 }));
    assert_eq!(changed(21, 3), Err(EntryProblem::Choice { at: 21, found: 3 }));
    assert_eq!(changed(19, b' '), text(19, TextProblem::Character { at: 0, found: ' ' }));
    assert_eq!(changed(24, b'U'), text(24, TextProblem::Character { at: 0, found: 'U' }));
    assert_eq!(changed(24, 0xff), Err(EntryProblem::Utf8 { at: 24 }));
    let too_large = vec![1; ENTRY_BYTES_MAX + 1];
    assert_eq!(decode(&too_large), Err(EntryProblem::TooLarge { bytes: ENTRY_BYTES_MAX + 1 }));
}

#[test]
fn commitments_stand_in_order_and_each_field_once() {
    let commitment = |field: u8| {
        let mut bytes = vec![0, 1, field];
        bytes.extend([9; 32]);
        bytes
    };
    let leaf = encode(&entry(7)).unwrap();
    let with = |fields: &[u8]| {
        let mut leaf = leaf[..leaf.len() - 2].to_vec();
        leaf.extend([0, u8::try_from(fields.len()).unwrap()]);
        leaf.extend(fields.iter().flat_map(|field| commitment(*field)));
        decode(&leaf).map(|entry| entry.commitments.len())
    };
    let second = leaf.len() + 35;
    assert_eq!(with(b"ab"), Ok(2));
    assert_eq!(with(b"ba"), Err(EntryProblem::Order { at: second }));
    assert_eq!(with(b"aa"), Err(EntryProblem::Order { at: second }));
}

#[test]
fn an_entry_is_never_larger_than_tiles_allow() {
    let with = |content: usize| {
        encode(&Entry { payload: Payload::Content(vec![b'x'; content]), ..entry(7) })
    };
    let others = with(0).unwrap().len();
    let fits = ENTRY_BYTES_MAX - others;
    assert_eq!(with(fits).unwrap().len(), ENTRY_BYTES_MAX);
    assert_eq!(decode(&with(fits).unwrap()).map(|entry| entry.position), Ok(7));
    assert_eq!(with(fits + 1), Err(TooLarge { bytes: ENTRY_BYTES_MAX + 1 }));
    assert_eq!(with(200_000), Err(TooLarge { bytes: others + 200_000 }));
}

#[test]
fn texts_have_their_characters_and_lengths() {
    let character = |at: usize, found: char| Err(TextProblem::Character { at, found });
    let words = [
        ("submission", Ok(())),
        ("unit.rename-2", Ok(())),
        ("", Err(TextProblem::Empty)),
        ("Unit", character(0, 'U')),
        ("2unit", character(0, '2')),
        ("-unit", character(0, '-')),
        ("unit-", character(4, '-')),
        ("unit.-name", character(5, '-')),
        ("đơn-vị", character(0, 'đ')),
        ("unit name", character(4, ' ')),
    ];
    for (text, expected) in words {
        assert_eq!(Word::parse(text).map(drop), expected, "{text}");
    }
    let identifiers = [
        ("S-2025-11/182", Ok(())),
        ("", Err(TextProblem::Empty)),
        ("hai chữ", character(3, ' ')),
        ("thôn", character(2, 'ô')),
        ("a\u{7f}", character(1, '\u{7f}')),
    ];
    for (text, expected) in identifiers {
        assert_eq!(Identifier::parse(text).map(drop), expected, "{text}");
    }
    let reasons = [
        ("Theo Công văn 12", Ok(())),
        ("", Err(TextProblem::Empty)),
        ("một\nhai", character(5, '\n')),
    ];
    for (text, expected) in reasons {
        assert_eq!(Reason::parse(text).map(drop), expected, "{text}");
    }
    let too_long = |bytes_max: usize| Err(TextProblem::TooLong { bytes: bytes_max + 1, bytes_max });
    let long = |bytes_max: usize| "x".repeat(bytes_max + 1);
    assert_eq!(Word::parse(&long(Word::BYTES_MAX)).map(drop), too_long(64));
    assert_eq!(Identifier::parse(&long(Identifier::BYTES_MAX)).map(drop), too_long(128));
    assert_eq!(Reason::parse(&long(Reason::BYTES_MAX)).map(drop), too_long(1_000));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let identifier = || "[!-~]{1,128}".prop_map(|text| Identifier::parse(&text).unwrap());
    let word = || "[a-z][a-z0-9]{0,20}([-.][a-z0-9]{1,9}){0,4}";
    let word = || word().prop_map(|text| Word::parse(&text).unwrap());
    let hash = || prop::array::uniform32(any::<u8>()).prop_map(Hash);
    let payload = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300).prop_map(Payload::Content),
        hash().prop_map(Payload::Digest),
    ];
    let reason = "\\PC{1,80}".prop_map(|text| Reason::parse(&text).unwrap());
    let commitments = prop::collection::btree_map(identifier(), hash().prop_map(Commitment), 0..5);
    let head = (any::<u64>(), any::<i64>(), identifier(), prop::option::of(identifier()));
    let deed = (word(), word(), identifier());
    (head, deed, payload, prop::option::of(reason), commitments).prop_map(
        |((position, recorded_ms, actor, device), (action, noun, id), payload, reason, list)| {
            Entry {
                position,
                recorded_ms,
                actor,
                device,
                action,
                subject: Subject { noun, id },
                payload,
                reason,
                commitments: list,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_entry_comes_back_from_its_bytes(entry in any_entry()) {
        let leaf = encode(&entry).unwrap();
        prop_assert_eq!(decode(&leaf), Ok(entry));
    }

    #[test]
    fn bytes_that_are_an_entry_are_the_bytes_of_that_entry(
        entry in any_entry(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let mut leaf = encode(&entry).unwrap();
        for (at, byte) in changes {
            let at = at.index(leaf.len());
            leaf[at] = byte;
        }
        if let Ok(entry) = decode(&leaf) {
            prop_assert_eq!(encode(&entry).unwrap(), leaf);
        }
    }

    #[test]
    fn no_bytes_make_decoding_fail_otherwise_than_by_refusing(
        rest in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let leaf = [&[1], rest.as_slice()].concat();
        if let Ok(entry) = decode(&leaf) {
            prop_assert_eq!(encode(&entry).unwrap(), leaf);
        }
    }
}
