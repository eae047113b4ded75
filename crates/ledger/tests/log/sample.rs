//! A small log, its key and its damaged copies.

use std::collections::BTreeMap;
use std::convert::Infallible;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use ledger::checkpoint::Checkpoint;
use ledger::commitment::{Opening, Salt, commit};
use ledger::entry::{Entry, Identifier, Payload, Reason, Subject, Word, encode};
use ledger::hash::{Hash, digest, leaf_hash};
use ledger::inspection::{Inspection, inspect};
use ledger::key::{SecretKey, SignerName};
use ledger::tree::{Frontier, Head};

pub(crate) const ORIGIN: &str = "vanlang.example.gov.vn/so-cai";

pub(crate) fn id(text: &str) -> Identifier {
    Identifier::parse(text).unwrap()
}

/// A key for tests only: everyone knows its seed.
pub(crate) fn key(seed: u8) -> SecretKey {
    SecretKey::new(SignerName::parse(ORIGIN).unwrap(), &[seed; 32])
}

pub(crate) fn opening() -> Opening {
    Opening {
        field: id("reason"),
        salt: Salt([0xa5; 32]),
        value: "Nhập nhầm số liệu thôn Nà Han".as_bytes().to_vec(),
    }
}

/// An entry with everything that one may have.
pub(crate) fn full_entry() -> Entry {
    let photo = Opening { field: id("photo.1"), salt: Salt([0x5a; 32]), value: vec![1, 2, 3] };
    Entry {
        position: 5,
        recorded_ms: 1_764_115_200_000,
        actor: id("0193f2a4-77c1-7d6e-9a57-0c2b6a5e1f00"),
        device: Some(id("phone-17")),
        action: Word::parse("submission.correct").unwrap(),
        subject: Subject { noun: Word::parse("submission").unwrap(), id: id("S-2025-11/182") },
        payload: Payload::Digest(digest(b"{\"A01\":31}")),
        reason: Some(Reason::parse("Đính chính theo Công văn 12/UBND").unwrap()),
        commitments: [opening(), photo].map(|one| (one.field.clone(), commit(&one))).into(),
    }
}

/// A plain entry, different at every position.
pub(crate) fn entry(position: u64) -> Entry {
    Entry {
        position,
        recorded_ms: 1_764_115_200_000 + i64::try_from(position).unwrap() * 1_000,
        actor: id("an"),
        device: None,
        action: Word::parse("unit.rename").unwrap(),
        subject: Subject { noun: Word::parse("unit").unwrap(), id: id(&position.to_string()) },
        payload: Payload::Content(b"31".to_vec()),
        reason: None,
        commitments: BTreeMap::new(),
    }
}

/// A log as it is stored, with the head that was signed.
#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) entries: Vec<(u64, Vec<u8>)>,
    pub(crate) hashes: Vec<(u64, Hash)>,
    pub(crate) head: Head,
}

pub(crate) fn log(size: u64) -> Log {
    let entries: Vec<(u64, Vec<u8>)> =
        (0..size).map(|position| (position, encode(&entry(position)).unwrap())).collect();
    let leaves: Vec<Hash> = entries.iter().map(|(_, leaf)| leaf_hash(leaf)).collect();
    let appended = Frontier::default().append(&leaves);
    Log { entries, hashes: (0..).zip(appended.hashes).collect(), head: appended.head }
}

impl Log {
    /// The hashes alone.
    pub(crate) fn stored(&self) -> Vec<Hash> {
        self.hashes.iter().map(|(_, hash)| *hash).collect()
    }

    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { origin: SignerName::parse(ORIGIN).unwrap(), head: self.head }
    }

    /// Inspects it against the head that was signed.
    pub(crate) fn inspected(&self) -> Inspection {
        self.inspected_against(&[self.head])
    }

    pub(crate) fn inspected_against(&self, heads: &[Head]) -> Inspection {
        let entries = self.entries.iter().cloned().map(Ok::<_, Infallible>);
        let hashes = self.hashes.iter().copied().map(Ok);
        inspect(entries, hashes, heads, 100).unwrap()
    }
}

/// Every copy of some bytes in which one bit is changed.
pub(crate) fn with_a_flipped_bit(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        changed
    })
}

/// Signs any text, by other means than the ledger's own.
pub(crate) fn signed(text: &str, seed: u8) -> String {
    let signature = SigningKey::from_bytes(&[seed; 32]).sign(text.as_bytes()).to_bytes();
    let id = u32::from_str_radix(&key(seed).public().id().to_string(), 16).unwrap();
    let line = STANDARD.encode([id.to_be_bytes().as_slice(), &signature].concat());
    format!("{text}\n— {ORIGIN} {line}\n")
}
