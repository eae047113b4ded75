//! How fast the ledger is: `cargo run --release -p ledger --example append [ENTRIES]`.
//!
//! Encodes and appends entries in commits of 64, as a server does, then proves, verifies and
//! inspects. Everything is in memory: what a database adds is not in these numbers.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark that cannot go on should stop and show why"
)]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::hint::black_box;
use std::time::Instant;

use ledger::entry::{Entry, Identifier, Payload, Subject, Word, encode};
use ledger::hash::{Hash, digest, leaf_hash};
use ledger::inspection::inspect;
use ledger::tree::{
    Frontier, in_memory, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion,
};

const COMMIT: usize = 64;
const PROOFS: u64 = 20_000;

fn main() {
    let size: u64 = std::env::args().nth(1).map_or(1_000_000, |size| size.parse().unwrap());
    let start = Instant::now();
    let leaves: Vec<Vec<u8>> = (0..size).map(leaf).collect();
    report("entries encoded", size, start);

    let start = Instant::now();
    let mut frontier = Frontier::default();
    let mut stored = Vec::new();
    for commit in leaves.chunks(COMMIT) {
        let hashes: Vec<Hash> = commit.iter().map(|leaf| leaf_hash(leaf)).collect();
        stored.extend(black_box(frontier.append(&hashes)).hashes);
    }
    report("entries hashed and appended, with a root for every 64", size, start);
    let head = frontier.head();
    let bytes = leaves.iter().map(Vec::len).sum::<usize>() as u64 / size.max(1);
    println!("{:>12} hashes stored, {bytes} bytes in an entry", stored.len());

    let position = |number: u64| number * 7_919 % size;
    let start = Instant::now();
    let paths: Vec<Vec<Hash>> = (0..PROOFS)
        .map(|number| prove_inclusion(position(number), size, in_memory(&stored)).unwrap())
        .collect();
    report("proofs of inclusion made", PROOFS, start);

    let start = Instant::now();
    for (number, path) in (0..).zip(&paths) {
        let position = position(number);
        let leaf = leaf_hash(&leaves[usize::try_from(position).unwrap()]);
        verify_inclusion(&leaf, position, path, &head).unwrap();
    }
    report("proofs of inclusion verified", PROOFS, start);

    let from = size / 3;
    let earlier = ledger::tree::head(from, in_memory(&stored)).unwrap();
    let start = Instant::now();
    for _ in 0..PROOFS {
        let path = prove_consistency(from, size, in_memory(&stored)).unwrap();
        verify_consistency(&earlier, &head, &path).unwrap();
    }
    report("proofs of consistency made and verified", PROOFS, start);

    let start = Instant::now();
    let entries = (0..).zip(leaves).map(Ok::<_, Infallible>);
    let inspection = inspect(entries, (0..).zip(stored).map(Ok), &[head], 10).unwrap();
    assert!(inspection.findings.is_empty() && inspection.root == Some(head.root));
    report("entries inspected", size, start);
}

fn leaf(position: u64) -> Vec<u8> {
    let word = |text: &str| Word::parse(text).unwrap();
    let entry = Entry {
        position,
        recorded_ms: 1_764_115_200_000,
        actor: Identifier::parse("0193f2a4-77c1-7d6e-9a57-0c2b6a5e1f00").unwrap(),
        device: None,
        action: word("submission.submit"),
        subject: Subject {
            noun: word("submission"),
            id: Identifier::parse(&format!("S-{position}")).unwrap(),
        },
        payload: Payload::Digest(digest(&position.to_be_bytes())),
        reason: None,
        commitments: BTreeMap::new(),
    };
    encode(&entry).unwrap()
}

fn report(what: &str, count: u64, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{count:>12} {what}: {seconds:.3} s, {:.0} a second, {:.2} µs each",
        count as f64 / seconds,
        seconds * 1e6 / count as f64,
    );
}
