//! Signed heads.

use ledger::checkpoint::{Checkpoint, CheckpointProblem, NoteProblem, open, sign, text};
use ledger::hash::EMPTY_ROOT;
use ledger::key::{PublicKey, SecretKey, SignerName};
use ledger::tree::Head;

use crate::sample::{ORIGIN, key, log, signed, with_a_flipped_bit};

fn witness() -> SecretKey {
    SecretKey::new(SignerName::parse("thanhtra.example.gov.vn").unwrap(), &[9; 32])
}

fn problem(signed: &str, keys: &[PublicKey]) -> Option<CheckpointProblem> {
    open(signed, keys).err()
}

#[test]
fn a_signed_checkpoint_says_what_was_signed() {
    let checkpoint = log(21).checkpoint();
    let signed = sign(&checkpoint, &[&key(7)]);
    testkit::golden("ledger/checkpoint", &signed);
    assert!(include_str!("../../../../docs/ledger.md").contains(&signed));
    let verified = open(&signed, &[key(7).public()]).unwrap();
    assert_eq!(verified.checkpoint, checkpoint);
    assert_eq!(verified.signers, [key(7).public()]);
}

#[test]
fn our_signature_is_that_of_the_library_alone() {
    let checkpoint = log(21).checkpoint();
    assert_eq!(sign(&checkpoint, &[&key(7)]), signed(&text(&checkpoint), 7));
}

#[test]
fn the_empty_log_can_be_signed() {
    let origin = SignerName::parse(ORIGIN).unwrap();
    let checkpoint = Checkpoint { origin, head: Head { size: 0, root: EMPTY_ROOT } };
    let signed = sign(&checkpoint, &[&key(7)]);
    assert_eq!(open(&signed, &[key(7).public()]).unwrap().checkpoint, checkpoint);
}

/// When the key changes both sign, so that who knows either of them goes on believing.
#[test]
fn after_a_change_of_keys_either_is_enough() {
    let checkpoint = log(21).checkpoint();
    let (old, new) = (key(7), key(8));
    let signed = sign(&checkpoint, &[&old, &new]);
    for (known, signers) in [
        (vec![old.public()], vec![old.public()]),
        (vec![new.public()], vec![new.public()]),
        (vec![new.public(), old.public()], vec![old.public(), new.public()]),
    ] {
        assert_eq!(open(&signed, &known).unwrap().signers, signers);
    }
}

#[test]
fn signatures_of_others_are_passed_over_but_never_enough() {
    let checkpoint = log(21).checkpoint();
    let signed = sign(&checkpoint, &[&key(7), &witness()]);
    let known = [key(7).public(), witness().public()];
    assert_eq!(open(&signed, &known[..1]).unwrap().signers, known[..1]);
    assert_eq!(open(&signed, &known).unwrap().signers, known);
    let origin = checkpoint.origin.clone();
    let not_by_the_log = Some(CheckpointProblem::NotByTheLog { origin });
    assert_eq!(problem(&signed, &known[1..]), not_by_the_log);
    let nobody = Some(CheckpointProblem::Note(NoteProblem::NobodyKnown));
    assert_eq!(problem(&signed, &[]), nobody);
    assert_eq!(problem(&signed, &[key(8).public()]), nobody);
}

#[test]
fn who_signs_twice_is_one_signer() {
    let checkpoint = log(21).checkpoint();
    let signed = sign(&checkpoint, &[&key(7), &key(7)]);
    assert_eq!(open(&signed, &[key(7).public()]).unwrap().signers, [key(7).public()]);
}

#[test]
fn a_wrong_signature_of_a_known_key_spoils_the_checkpoint() {
    let of_other = sign(&log(20).checkpoint(), &[&key(7)]);
    let signature = of_other.lines().last().unwrap();
    let signed = sign(&log(21).checkpoint(), &[&witness()]) + signature + "\n";
    let name = SignerName::parse(ORIGIN).unwrap();
    assert_eq!(
        problem(&signed, &[witness().public(), key(7).public()]),
        Some(CheckpointProblem::Note(NoteProblem::SignatureFails { name }))
    );
}

#[test]
fn a_checkpoint_with_any_bit_changed_is_refused() {
    let signed = sign(&log(21).checkpoint(), &[&key(7)]);
    for changed in with_a_flipped_bit(signed.as_bytes()) {
        let Ok(changed) = String::from_utf8(changed) else { continue };
        assert!(open(&changed, &[key(7).public()]).is_err(), "{changed}");
    }
}

#[test]
fn what_is_wrong_with_a_note_is_said() {
    let signed = sign(&log(21).checkpoint(), &[&key(7)]);
    let body = text(&log(21).checkpoint());
    let line = signed.lines().last().unwrap();
    let cases = [
        ("x".repeat(65_537), NoteProblem::TooLong { bytes: 65_537 }),
        (signed.replacen('\n', "\r\n", 1), NoteProblem::Control { at: ORIGIN.len() }),
        (body.clone(), NoteProblem::Unsigned),
        (format!("{body}\n"), NoteProblem::Unsigned),
        (signed.trim_end().to_owned(), NoteProblem::Unsigned),
        (format!("{body}\n- x y\n"), NoteProblem::SignatureLine { line: 1 }),
        (format!("{signed}— a b+c\n"), NoteProblem::SignatureLine { line: 2 }),
        (format!("{signed}— a AAAA\n"), NoteProblem::SignatureLine { line: 2 }),
        (format!("{body}\n{}", format!("{line}\n").repeat(65)), NoteProblem::TooManySignatures),
    ];
    for (note, expected) in cases {
        let expected = Some(CheckpointProblem::Note(expected));
        assert_eq!(problem(&note, &[key(7).public()]), expected, "{note}");
    }
}

/// The signatures are right here; what they sign is not a checkpoint.
#[test]
fn what_is_signed_has_to_be_three_lines() {
    let root = EMPTY_ROOT.to_string();
    let root_with_spare_bits = root.replace("FU=", "FV=");
    let cases = [
        (format!("{ORIGIN}\n5\n"), 3),
        (format!("a b\n5\n{root}\n"), 1),
        (format!("{ORIGIN}\n05\n{root}\n"), 2),
        (format!("{ORIGIN}\n+5\n{root}\n"), 2),
        (format!("{ORIGIN}\n-5\n{root}\n"), 2),
        (format!("{ORIGIN}\n4611686018427387905\n{root}\n"), 2),
        (format!("{ORIGIN}\n5\n{root_with_spare_bits}\n"), 3),
        (format!("{ORIGIN}\n5\n{}\n", &root[..40]), 3),
        (format!("{ORIGIN}\n5\n{root}\nsomething more\n"), 4),
        (format!("{ORIGIN}\n5\n{root}\n\n"), 4),
    ];
    for (text, line) in cases {
        let expected = Some(CheckpointProblem::Line { line });
        assert_eq!(problem(&signed(&text, 7), &[key(7).public()]), expected, "{text}");
    }
}
