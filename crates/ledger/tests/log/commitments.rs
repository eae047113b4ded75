//! Personal values behind salted commitments.

use ledger::commitment::{Opening, OpeningProblem, Salt, commit, verify};
use ledger::hash::digest;

use crate::sample::{full_entry, id, opening};

#[test]
fn a_commitment_is_the_hash_that_the_documents_say() {
    let opening = opening();
    let mut bytes = b"dotpha-commit-v1".to_vec();
    bytes.extend([0, 0, 0, 0, 0, 0, 0, 6]);
    bytes.extend(b"reason");
    bytes.extend([0xa5; 32]);
    bytes.extend((opening.value.len() as u64).to_be_bytes());
    bytes.extend(&opening.value);
    assert_eq!(commit(&opening).0, digest(&bytes));
}

#[test]
fn only_what_was_committed_to_opens_an_entry() {
    let entry = full_entry();
    let right = opening();
    let differs = |field: &str| Err(OpeningProblem::Differs { field: id(field) });
    let no_field = Err(OpeningProblem::NoSuchField { field: id("name") });
    let cases = [
        (right.clone(), Ok(())),
        (Opening { value: b"khac".to_vec(), ..right.clone() }, differs("reason")),
        (Opening { value: Vec::new(), ..right.clone() }, differs("reason")),
        (Opening { salt: Salt([0xa4; 32]), ..right.clone() }, differs("reason")),
        (Opening { field: id("photo.1"), ..right.clone() }, differs("photo.1")),
        (Opening { field: id("name"), ..right }, no_field),
    ];
    for (opening, expected) in cases {
        assert_eq!(verify(&entry, &opening), expected, "{opening:?}");
    }
}

/// Were the parts only put behind each other, the end of one could pass for the start of the next.
#[test]
fn parts_of_a_commitment_cannot_be_moved_into_each_other() {
    let salt = Salt([b'x'; 32]);
    let one = Opening { field: id("ax"), salt, value: b"b".to_vec() };
    let other = Opening { field: id("a"), salt, value: b"xb".to_vec() };
    assert_ne!(commit(&one), commit(&other));
}

#[test]
fn messages_for_programmers_show_neither_salt_nor_value() {
    let shown = format!("{:?} {:?}", opening(), opening().salt);
    assert_eq!(shown, "Opening { field: Identifier(\"reason\"), .. } Salt(..)");
}
