//! The tree against the published vectors and against another implementation of RFC 6962.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use std::convert::Infallible;
use std::fmt::Write as _;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ledger::hash::{EMPTY_ROOT, Hash, leaf_hash, node_hash};
use ledger::layout::{SIZE_MAX, stored_count, stored_index};
use ledger::tree::{
    Frontier, Head, ProofProblem, TreeError, head, in_memory, prove_consistency, prove_inclusion,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use sha2::Sha256;

/// The eight leaves with which implementations of Certificate Transparency are tested.
const KNOWN_LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
/// Their roots, by the number of leaves.
const KNOWN_ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const NODE_1: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const NODES_2_3: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const NODE_4: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const NODES_4_5: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const NODES_4_7: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const NODES_6_7: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";

fn hex(hash: &Hash) -> String {
    hash.0.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn hexes(path: &[Hash]) -> Vec<String> {
    path.iter().map(hex).collect()
}

fn stored(leaves: &[Vec<u8>]) -> Vec<Hash> {
    let leaves: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    Frontier::default().append(&leaves).hashes
}

fn known() -> Vec<Hash> {
    stored(&KNOWN_LEAVES.map(<[u8]>::to_vec))
}

/// Leaves that all differ, some of them longer than a block of the hash.
fn leaves(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| number.to_string().repeat(1 + number % 30).into_bytes()).collect()
}

/// The same log by the other implementation.
fn other_tree(leaves: &[Vec<u8>]) -> MemoryBackedTree<Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    for leaf in leaves {
        tree.push(leaf.clone());
    }
    tree
}

fn bytes(path: &[Hash]) -> Vec<u8> {
    path.iter().flat_map(|hash| hash.0).collect()
}

/// One hash with one bit changed.
fn flipped(hash: &Hash) -> Hash {
    let mut bytes = hash.0;
    bytes[13] ^= 4;
    Hash(bytes)
}

#[test]
fn roots_are_the_published_ones() {
    for (size, root) in (0..).zip(KNOWN_ROOTS) {
        assert_eq!(hex(&head(size, in_memory(&known())).unwrap().root), root, "{size}");
    }
    assert_eq!(hex(&EMPTY_ROOT), KNOWN_ROOTS[0]);
}

#[test]
fn paths_are_the_published_ones() {
    let hashes = known();
    let cases: [(u64, u64, &[&str]); 6] = [
        (0, 1, &[]),
        (0, 8, &[NODE_1, NODES_2_3, NODES_4_7]),
        (5, 8, &[NODE_4, NODES_6_7, KNOWN_ROOTS[4]]),
        (2, 3, &[KNOWN_ROOTS[2]]),
        (1, 5, &[KNOWN_ROOTS[1], NODES_2_3, NODE_4]),
        (4, 5, &[KNOWN_ROOTS[4]]),
    ];
    for (position, size, path) in cases {
        let actual = prove_inclusion(position, size, in_memory(&hashes)).unwrap();
        assert_eq!(hexes(&actual), path, "{position} of {size}");
    }
    let cases: [(u64, u64, &[&str]); 5] = [
        (1, 1, &[]),
        (0, 8, &[]),
        (1, 8, &[NODE_1, NODES_2_3, NODES_4_7]),
        (6, 8, &[NODES_4_5, NODES_6_7, KNOWN_ROOTS[4]]),
        (2, 5, &[NODES_2_3, NODE_4]),
    ];
    for (from, to, path) in cases {
        let actual = prove_consistency(from, to, in_memory(&hashes)).unwrap();
        assert_eq!(hexes(&actual), path, "{from} to {to}");
    }
}

#[test]
fn hashes_are_stored_where_the_layout_says() {
    let leaves = leaves(70);
    let hashes = stored(&leaves);
    assert_eq!(hashes.len() as u64, stored_count(70));
    let mut level: Vec<Hash> = leaves.iter().map(|leaf| leaf_hash(leaf)).collect();
    for height in 0..7 {
        for (number, hash) in (0..).zip(&level) {
            let index = usize::try_from(stored_index(height, number)).unwrap();
            assert_eq!(hashes[index], *hash, "level {height}, number {number}");
        }
        level =
            level.as_chunks::<2>().0.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
}

#[test]
fn every_root_and_inclusion_proof_equals_that_of_the_other_implementation() {
    // All sizes while they are small, then those around the places where trees change shape.
    let large = [255, 256, 257, 511, 513, 1_000, 1_023, 1_025, 2_000];
    let all = leaves(2_000);
    let hashes = stored(&all);
    for size in (0..130).chain(large) {
        let other = other_tree(&all[..size]);
        let head = head(size as u64, in_memory(&hashes)).unwrap();
        assert_eq!(head.root.0, <[u8; 32]>::from(*other.root().as_bytes()), "{size}");
        for (position, leaf) in all[..size].iter().enumerate() {
            let path = prove_inclusion(position as u64, size as u64, in_memory(&hashes)).unwrap();
            let expected = other.prove_inclusion(position);
            assert_eq!(bytes(&path), expected.as_bytes(), "{position} of {size}");
            let held = verify_inclusion(&leaf_hash(leaf), position as u64, &path, &head);
            assert_eq!(held, Ok(()), "{position} of {size}");
        }
    }
}

#[test]
fn every_consistency_proof_equals_that_of_the_other_implementation() {
    let all = leaves(150);
    let hashes = stored(&all);
    let head = |size: usize| head(size as u64, in_memory(&hashes)).unwrap();
    for to in 1..=150 {
        let other = other_tree(&all[..to]);
        for from in 0..=to {
            let path = prove_consistency(from as u64, to as u64, in_memory(&hashes)).unwrap();
            if from > 0 && from < to {
                let expected = other.prove_consistency(to - from);
                assert_eq!(bytes(&path), expected.as_bytes(), "{from} to {to}");
            }
            assert_eq!(verify_consistency(&head(from), &head(to), &path), Ok(()), "{from} to {to}");
        }
    }
}

#[test]
fn an_inclusion_proof_holds_for_nothing_else() {
    let all = leaves(40);
    let hashes = stored(&all);
    for size in 1..=40_u64 {
        let head = head(size, in_memory(&hashes)).unwrap();
        for (position, leaf) in (0..size).zip(&all) {
            let leaf = leaf_hash(leaf);
            let path = prove_inclusion(position, size, in_memory(&hashes)).unwrap();
            let refused = |leaf: &Hash, position: u64, path: &[Hash], head: &Head| {
                verify_inclusion(leaf, position, path, head).is_err()
            };
            assert!(refused(&flipped(&leaf), position, &path, &head));
            let other_root = Head { size, root: flipped(&head.root) };
            assert!(refused(&leaf, position, &path, &other_root));
            for other in (0..=size).filter(|other| *other != position) {
                assert!(refused(&leaf, other, &path, &head), "{position} as {other} of {size}");
            }
            for changed in 0..path.len() {
                let mut wrong = path.clone();
                wrong[changed] = flipped(&path[changed]);
                assert!(refused(&leaf, position, &wrong, &head));
            }
            let longer = [path.as_slice(), &[leaf]].concat();
            assert!(refused(&leaf, position, &longer, &head));
            assert!(path.is_empty() || refused(&leaf, position, &path[1..], &head));
        }
    }
}

#[test]
fn a_consistency_proof_holds_for_nothing_else() {
    let hashes = stored(&leaves(40));
    let head = |size: u64| head(size, in_memory(&hashes)).unwrap();
    for to in 1..=40_u64 {
        for from in 1..to {
            let path = prove_consistency(from, to, in_memory(&hashes)).unwrap();
            let (earlier, later) = (head(from), head(to));
            let refused = |earlier: &Head, later: &Head, path: &[Hash]| {
                verify_consistency(earlier, later, path).is_err()
            };
            let changed = |head: &Head| Head { size: head.size, root: flipped(&head.root) };
            assert!(refused(&changed(&earlier), &later, &path), "{from} to {to}");
            assert!(refused(&earlier, &changed(&later), &path), "{from} to {to}");
            assert!(refused(&later, &earlier, &path));
            for at in 0..path.len() {
                let mut wrong = path.clone();
                wrong[at] = flipped(&path[at]);
                assert!(refused(&earlier, &later, &wrong), "{from} to {to}, hash {at}");
            }
            assert!(refused(&earlier, &later, &[path.as_slice(), &[EMPTY_ROOT]].concat()));
            assert!(refused(&earlier, &later, &path[1..]));
        }
    }
}

#[test]
fn what_is_wrong_with_a_proof_is_said() {
    let hashes = known();
    let head = |size: u64| head(size, in_memory(&hashes)).unwrap();
    let leaf = leaf_hash(KNOWN_LEAVES[3]);
    let path = prove_inclusion(3, 7, in_memory(&hashes)).unwrap();
    let longer = [path.as_slice(), &[leaf]].concat();
    let cases: [(u64, &[Hash], Head, ProofProblem); 4] = [
        (7, &path, head(7), ProofProblem::Beyond { position: 7, size: 7 }),
        (3, &path[..2], head(7), ProofProblem::TooShort),
        (3, &longer, head(7), ProofProblem::TooLong),
        (2, &path, head(7), ProofProblem::RootDiffers),
    ];
    for (position, path, head, problem) in cases {
        assert_eq!(verify_inclusion(&leaf, position, path, &head), Err(problem));
    }
    let path = prove_consistency(3, 7, in_memory(&hashes)).unwrap();
    let longer = [path.as_slice(), &[leaf]].concat();
    let rewritten = Head { size: 3, root: leaf };
    let nothing = Head { size: 0, root: leaf };
    let cases: [(Head, Head, &[Hash], ProofProblem); 8] = [
        (head(7), head(3), &path, ProofProblem::Shrinks { from: 7, to: 3 }),
        (head(3), head(7), &path[..2], ProofProblem::TooShort),
        (head(3), head(7), &[], ProofProblem::TooShort),
        (head(3), head(7), &longer, ProofProblem::TooLong),
        (rewritten, head(7), &path, ProofProblem::EarlierRootDiffers),
        (head(3), Head { size: 7, root: leaf }, &path, ProofProblem::LaterRootDiffers),
        (nothing, head(7), &[], ProofProblem::EarlierRootDiffers),
        (head(3), rewritten, &[], ProofProblem::LaterRootDiffers),
    ];
    for (earlier, later, path, problem) in cases {
        assert_eq!(verify_consistency(&earlier, &later, path), Err(problem));
    }
}

/// Ten entries are removed and the rest is signed again: neither a proof that somebody has kept
/// nor an earlier head agrees.
#[test]
fn a_shortened_log_fits_no_older_proof() {
    let all = leaves(50);
    let hashes = stored(&all);
    let before = head(50, in_memory(&hashes)).unwrap();
    let after = head(40, in_memory(&hashes)).unwrap();
    let kept = prove_inclusion(45, 50, in_memory(&hashes)).unwrap();
    assert_eq!(
        verify_inclusion(&leaf_hash(&all[45]), 45, &kept, &after),
        Err(ProofProblem::Beyond { position: 45, size: 40 })
    );
    assert_eq!(
        verify_consistency(&before, &after, &[]),
        Err(ProofProblem::Shrinks { from: 50, to: 40 })
    );
}

#[test]
fn questions_without_an_answer_are_refused() {
    let hashes = known();
    let read = || in_memory(&hashes);
    let too_large = SIZE_MAX + 1;
    assert_eq!(head(too_large, read()), Err(TreeError::TooLarge { size: too_large }));
    assert_eq!(prove_inclusion(8, 8, read()), Err(TreeError::Beyond { position: 8, size: 8 }));
    assert_eq!(prove_consistency(8, 7, read()), Err(TreeError::Shrinks { from: 8, to: 7 }));
    assert_eq!(head(9, read()), Err(TreeError::Missing { asked: 2, given: 1 }));
    assert_eq!(
        prove_inclusion(0, 8, |_: &[u64]| Err::<Vec<Hash>, &str>("the disk is gone")),
        Err(TreeError::Read("the disk is gone"))
    );
}

#[test]
fn a_question_reads_once_and_in_ascending_order() {
    let hashes = stored(&leaves(1_000));
    let mut reads: Vec<Vec<u64>> = Vec::new();
    let mut read = |indexes: &[u64]| {
        reads.push(indexes.to_vec());
        in_memory(&hashes)(indexes)
    };
    prove_inclusion(333, 1_000, &mut read).unwrap();
    prove_consistency(333, 1_000, &mut read).unwrap();
    head(1_000, &mut read).unwrap();
    assert_eq!(reads.len(), 3);
    for indexes in reads {
        assert!(indexes.is_sorted_by(|one, next| one < next), "{indexes:?}");
    }
    let never = |_: &[u64]| -> Result<Vec<Hash>, Infallible> { panic!("nothing is to be read") };
    assert_eq!(head(0, never).unwrap().root, EMPTY_ROOT);
    assert_eq!(prove_inclusion(0, 1, never).unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn batches_of_any_size_make_the_same_log(batches in prop::collection::vec(0_usize..40, 0..12)) {
        let all = leaves(batches.iter().sum());
        let mut hashes: Vec<Hash> = Vec::new();
        let mut frontier = Frontier::default();
        let mut rest = all.as_slice();
        for batch in batches {
            let (now, later) = rest.split_at(batch);
            rest = later;
            let leaves: Vec<Hash> = now.iter().map(|leaf| leaf_hash(leaf)).collect();
            let appended = frontier.append(&leaves);
            prop_assert_eq!(appended.first_index, hashes.len() as u64);
            hashes.extend(appended.hashes);
            // A new start from what was stored goes on at the same place.
            let resumed = Frontier::resume(frontier.size(), in_memory(&hashes)).unwrap();
            prop_assert_eq!(&resumed, &frontier);
            prop_assert_eq!(appended.head, resumed.head());
        }
        prop_assert_eq!(hashes, stored(&all));
    }

    #[test]
    fn proofs_hold_in_logs_of_any_size(size in 1_u64..3_000, position: u64, from: u64) {
        let leaf = |position: u64| leaf_hash(&position.to_be_bytes());
        let leaves: Vec<Hash> = (0..size).map(leaf).collect();
        let appended = Frontier::default().append(&leaves);
        let read = in_memory(&appended.hashes);
        let (position, from) = (position % size, from % (size + 1));
        let path = prove_inclusion(position, size, &read).unwrap();
        prop_assert_eq!(verify_inclusion(&leaf(position), position, &path, &appended.head), Ok(()));
        let path = prove_consistency(from, size, &read).unwrap();
        let earlier = head(from, &read).unwrap();
        prop_assert_eq!(verify_consistency(&earlier, &appended.head, &path), Ok(()));
    }

    /// Numbers that an attacker chooses freely must not make the verification fail otherwise than
    /// by refusing.
    #[test]
    fn verification_refuses_whatever_it_is_given(
        position: u64,
        sizes: [u64; 2],
        path in prop::collection::vec(prop::array::uniform32(any::<u8>()).prop_map(Hash), 0..70),
    ) {
        let head = |size: u64| Head { size, root: EMPTY_ROOT };
        prop_assert!(verify_inclusion(&EMPTY_ROOT, position, &path, &head(sizes[0])).is_err());
        let later = Head { size: sizes[1].max(1), root: leaf_hash(b"") };
        prop_assert!(verify_consistency(&head(sizes[0].max(1)), &later, &path).is_err());
    }
}
