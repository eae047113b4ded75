//! Proofs as files.

use ledger::checkpoint::sign;
use ledger::key::PublicKey;
use ledger::proof_file::{ProofFile, ProofFileProblem, read, verify, write};
use ledger::tree::{ProofProblem, in_memory, prove_inclusion};

use crate::sample::{Log, key, log, with_a_flipped_bit};

fn proof(log: &Log, position: u64) -> ProofFile {
    let path = prove_inclusion(position, log.head.size, in_memory(&log.stored())).unwrap();
    let checkpoint = sign(&log.checkpoint(), &[&key(7)]);
    ProofFile { extra: None, position, path, checkpoint }
}

fn keys() -> [PublicKey; 1] {
    [key(7).public()]
}

/// Whether somebody who gets these bytes as a file and as a leaf believes them.
fn believed(file: &[u8], leaf: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(file) else { return false };
    read(text).is_ok_and(|proof| verify(&proof, leaf, &keys()).is_ok())
}

#[test]
fn every_entry_of_a_log_has_a_proof_that_holds_for_it_alone() {
    let log = log(21);
    for position in 0..21 {
        let text = write(&proof(&log, position));
        for (other, leaf) in &log.entries {
            assert_eq!(believed(text.as_bytes(), leaf), *other == position, "{position}: {other}");
        }
    }
}

#[test]
fn a_proof_file_is_written_as_it_always_was() {
    let log = log(21);
    let proof = proof(&log, 5);
    testkit::golden("ledger/entry-5.tlog-proof", &write(&proof));
    testkit::golden_bytes("ledger/entry-5.leaf", &log.entries[5].1);
    testkit::golden("ledger/vkey.txt", &format!("{}\n", key(7).public()));
    assert_eq!(read(&write(&proof)), Ok(proof));
}

#[test]
fn a_proof_with_any_bit_changed_is_refused() {
    let log = log(21);
    let text = write(&proof(&log, 5));
    let leaf = &log.entries[5].1;
    assert!(believed(text.as_bytes(), leaf));
    let mut changes = 0;
    for changed in with_a_flipped_bit(text.as_bytes()) {
        assert!(!believed(&changed, leaf), "{}", String::from_utf8_lossy(&changed));
        changes += 1;
    }
    for changed in with_a_flipped_bit(leaf) {
        assert!(!believed(text.as_bytes(), &changed));
        changes += 1;
    }
    assert!(changes > 4_000, "{changes}");
}

#[test]
fn a_cut_proof_is_refused() {
    let log = log(21);
    let text = write(&proof(&log, 5));
    for length in 0..text.len() {
        assert!(!believed(&text.as_bytes()[..length], &log.entries[5].1), "{length}");
    }
}

#[test]
fn what_stands_in_extra_comes_back_and_changes_nothing() {
    let log = log(21);
    let proof = ProofFile { extra: Some(b"xa Na Sam".to_vec()), ..proof(&log, 5) };
    let text = write(&proof);
    assert_eq!(text.lines().nth(1), Some("extra eGEgTmEgU2Ft"));
    assert_eq!(read(&text), Ok(proof));
    assert!(believed(text.as_bytes(), &log.entries[5].1));
}

#[test]
fn the_only_entry_of_a_log_has_an_empty_path() {
    let log = log(1);
    let text = write(&proof(&log, 0));
    assert!(
        text.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nvanlang.example.gov.vn/so-cai\n1\n")
    );
    assert!(believed(text.as_bytes(), &log.entries[0].1));
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let text = write(&proof(&log(21), 5));
    let line = |line: usize| ProofFileProblem::Line { line };
    let cases = [
        ("x".repeat(131_073), ProofFileProblem::TooLong { bytes: 131_073 }),
        (text.replace("@v1", "@v2"), ProofFileProblem::Format),
        (text.replace("index 5", "index 05"), line(2)),
        (text.replace("index 5", "index 18446744073709551615"), line(2)),
        (text.replace("index 5", "Index 5"), line(2)),
        (text.replace("index 5", "extra !\nindex 5"), line(2)),
        (text.replace("index 5\n", "index 5\nAAAA\n"), line(3)),
        (text.replace("index 5\n", "index 5\r\n"), line(2)),
        ("c2sp.org/tlog-proof@v1\n\nx".to_owned(), ProofFileProblem::NoCheckpoint),
        ("c2sp.org/tlog-proof@v1\nindex 5\n".to_owned(), ProofFileProblem::NoCheckpoint),
    ];
    for (text, problem) in cases {
        assert_eq!(read(&text), Err(problem), "{text}");
    }
}

#[test]
fn a_proof_holds_only_under_its_own_checkpoint() {
    let (log, longer) = (log(21), log(22));
    let wrong = ProofFile { checkpoint: sign(&longer.checkpoint(), &[&key(7)]), ..proof(&log, 5) };
    let leaf = &log.entries[5].1;
    let differs = Err(ProofFileProblem::Proof(ProofProblem::RootDiffers));
    assert_eq!(verify(&wrong, leaf, &keys()).map(drop), differs);
    let unknown = [key(8).public()];
    assert!(matches!(
        verify(&proof(&log, 5), leaf, &unknown),
        Err(ProofFileProblem::Checkpoint(_))
    ));
}
