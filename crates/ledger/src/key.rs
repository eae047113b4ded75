//! Keys of signers, and the lines in which C2SP `signed-note` writes them.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _};

use crate::hash::{digest, from_base64, to_base64};

/// The kind of key that this program has: Ed25519.
const ED25519: u8 = 1;

const SECRET_PREFIX: &str = "PRIVATE+KEY+";

/// The name of a log or a witness, such as `vanlang.example.gov.vn/so-cai`. It has no white space,
/// no control characters and no `+`, and at most 255 bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignerName(String);

/// The half of a key that signs.
pub struct SecretKey {
    name: SignerName,
    key: ed25519_dalek::SigningKey,
}

/// The half of a key that everyone may have.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: SignerName,
    key: ed25519_dalek::VerifyingKey,
}

/// The short mark by which a signature names its key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct KeyId(pub(crate) [u8; 4]);

/// Why a line is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// It has not the parts of a key, joined by `+`.
    #[error("not the line of a key")]
    Form,
    /// Its name cannot be the name of a signer.
    #[error("{name:?} cannot be the name of a signer")]
    Name {
        /// The name.
        name: String,
    },
    /// It is of a kind that this program does not have.
    #[error("a key of kind {found} is not known")]
    Kind {
        /// The number of the kind.
        found: u8,
    },
    /// Its bytes are no key, or one for which anyone could sign.
    #[error("the bytes are no usable key")]
    Bytes,
    /// Its mark belongs to another key.
    #[error("the mark {stated} belongs to another key; it should be {actual}")]
    Id {
        /// The mark in the line.
        stated: String,
        /// The mark of the key.
        actual: KeyId,
    },
}

impl SignerName {
    /// The most bytes.
    pub const BYTES_MAX: usize = 255;

    /// Takes a text that can be the name of a signer.
    ///
    /// # Errors
    /// When it cannot.
    pub fn parse(text: &str) -> Result<Self, KeyProblem> {
        let forbidden = |found: char| found.is_whitespace() || found.is_control() || found == '+';
        if text.is_empty() || text.len() > Self::BYTES_MAX || text.contains(forbidden) {
            return Err(KeyProblem::Name { name: text.to_owned() });
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl SecretKey {
    /// The key of a signer, made of 32 bytes of chance that the caller brings.
    #[must_use]
    pub fn new(name: SignerName, seed: &[u8; 32]) -> Self {
        Self { name, key: ed25519_dalek::SigningKey::from_bytes(seed) }
    }

    /// The half that everyone may have.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// The line to keep in a file that nobody else may read.
    #[must_use]
    pub fn secret_line(&self) -> String {
        let bytes = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        format!("{SECRET_PREFIX}{}+{}+{}", self.name, self.public().id(), to_base64(&bytes))
    }

    /// Reads the line that [`SecretKey::secret_line`] writes.
    ///
    /// # Errors
    /// When it is another.
    pub fn parse(line: &str) -> Result<Self, KeyProblem> {
        let line = line.strip_prefix(SECRET_PREFIX).ok_or(KeyProblem::Form)?;
        let (name, stated, seed) = parts(line)?;
        let key = Self::new(name, &seed);
        key.public().check_id(stated)?;
        Ok(key)
    }

    pub(crate) fn sign(&self, text: &str) -> [u8; 64] {
        self.key.sign(text.as_bytes()).to_bytes()
    }
}

impl PublicKey {
    /// Whose key it is.
    #[must_use]
    pub fn name(&self) -> &SignerName {
        &self.name
    }

    /// The mark by which signatures name it.
    #[must_use]
    pub fn id(&self) -> KeyId {
        let bytes = [self.name.0.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()].concat();
        let [a, b, c, d, ..] = digest(&bytes).0;
        KeyId([a, b, c, d])
    }

    pub(crate) fn has_signed(&self, text: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.key.verify_strict(text.as_bytes(), &signature).is_ok())
    }

    fn check_id(&self, stated: &str) -> Result<(), KeyProblem> {
        let actual = self.id();
        if stated == actual.to_string() {
            return Ok(());
        }
        Err(KeyProblem::Id { stated: stated.to_owned(), actual })
    }
}

/// The line of a public key: `name+id+base64`, known as a vkey.
impl FromStr for PublicKey {
    type Err = KeyProblem;

    fn from_str(line: &str) -> Result<Self, KeyProblem> {
        let (name, stated, bytes) = parts(line)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok();
        let key = key.filter(|key| !key.is_weak()).ok_or(KeyProblem::Bytes)?;
        let key = Self { name, key };
        key.check_id(stated)?;
        Ok(key)
    }
}

/// The name, the stated mark and the bytes of a key. Base64 may have a `+` of its own.
fn parts(line: &str) -> Result<(SignerName, &str, [u8; 32]), KeyProblem> {
    let mut parts = line.splitn(3, '+');
    let (Some(name), Some(id), Some(bytes)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyProblem::Form);
    };
    let name = SignerName::parse(name)?;
    let bytes = from_base64(bytes).ok_or(KeyProblem::Form)?;
    let (kind, bytes) = bytes.split_first().ok_or(KeyProblem::Form)?;
    if *kind != ED25519 {
        return Err(KeyProblem::Kind { found: *kind });
    }
    Ok((name, id, bytes.try_into().map_err(|_| KeyProblem::Bytes)?))
}

impl fmt::Display for SignerName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(formatter, "{}+{}+{}", self.name, self.id(), to_base64(&bytes))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Shows whose key it is and nothing of the key.
impl fmt::Debug for SecretKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SecretKey").field("name", &self.name).finish_non_exhaustive()
    }
}
