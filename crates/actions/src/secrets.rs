//! Secrets: random ones for sessions and invitations, and sealing what has to be read again.
//!
//! The key and the source of randomness are brought by the caller; nothing here asks the system.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// Bytes of a sealing key.
pub const KEY_BYTES: usize = 32;

/// Bytes of the number used once in front of a sealed text.
const NONCE_BYTES: usize = 24;

/// Fills a buffer with randomness that nobody can guess.
pub type Fill = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// What passwords are hashed with: Argon2id's cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hashing {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Hashing {
    /// What a server uses: 64 MiB, three passes.
    pub const SERVER: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    /// The least that OWASP's password storage cheat sheet allows: for tests and small machines.
    pub const LEAST: Self = Self { memory_kib: 19 * 1024, passes: 2 };
}

/// The key of a database, a source of randomness, and the cost of password hashes.
#[derive(Clone)]
pub struct Secrets {
    key: [u8; KEY_BYTES],
    fill: Fill,
    /// What passwords are hashed with.
    pub hashing: Hashing,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Secrets").field("hashing", &self.hashing).finish_non_exhaustive()
    }
}

impl Secrets {
    /// Secrets over a key and a source of randomness.
    #[must_use]
    pub fn new(key: [u8; KEY_BYTES], fill: Fill, hashing: Hashing) -> Self {
        Self { key, fill, hashing }
    }

    pub(crate) fn key(&self) -> &[u8; KEY_BYTES] {
        &self.key
    }

    /// Random bytes.
    pub(crate) fn bytes<const COUNT: usize>(&self) -> [u8; COUNT] {
        let mut bytes = [0; COUNT];
        (self.fill)(&mut bytes);
        bytes
    }

    /// A new secret of 256 bits in hexadecimal, fit for a cookie or an address.
    #[must_use]
    pub fn token(&self) -> String {
        hex(&self.bytes::<32>())
    }

    /// Seals a text so that only this key opens it, and only for the same purpose.
    pub(crate) fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce: [u8; NONCE_BYTES] = self.bytes();
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::Fault("sealing failed".to_owned()))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed.
    pub(crate) fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, Error> {
        let wrong = || Error::Fault(format!("the key does not open the {purpose}"));
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(wrong)?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).map_err(|_| wrong())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key.into())
    }
}

/// What of a secret is stored: its SHA-256 in hexadecimal. A look-up by it gives nothing away.
#[must_use]
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of a text in hexadecimal; none for any other.
pub(crate) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let digits = std::str::from_utf8(pair).ok().filter(|_| pair.len() == 2)?;
        u8::from_str_radix(digits, 16).ok()
    };
    pairs.map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(key: u8) -> Secrets {
        Secrets::new([key; KEY_BYTES], Arc::new(|buffer| buffer.fill(7)), Hashing::LEAST)
    }

    #[test]
    fn what_is_sealed_opens_with_its_key_and_purpose_only() {
        let sealed = secrets(1).seal("one-time codes", b"secret").unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        assert_eq!(secrets(1).open("one-time codes", &sealed).unwrap(), b"secret");
        assert!(secrets(2).open("one-time codes", &sealed).is_err());
        assert!(secrets(1).open("something else", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(secrets(1).open("one-time codes", &changed).is_err(), "byte {at}");
        }
        assert!(secrets(1).open("one-time codes", b"short").is_err());
    }

    #[test]
    fn hexadecimal_is_as_everyone_writes_it() {
        assert_eq!(hex(&[0, 15, 16, 255]), "000f10ff");
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hash(""), empty);
    }
}
