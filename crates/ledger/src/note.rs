//! Signed notes in the format of C2SP `signed-note`: a text, an empty line, lines of signatures.

use crate::hash::{from_base64, to_base64};
use crate::key::{PublicKey, SecretKey, SignerName};

/// The most bytes of a note that is read.
const NOTE_BYTES_MAX: usize = 65_536;
/// The most lines of signatures that are read.
const SIGNATURES_MAX: usize = 64;

const MARK: &str = "— ";

/// Why a signed text is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteProblem {
    /// It has too many bytes.
    #[error("a signed text of {bytes} bytes is too long")]
    TooLong {
        /// How many it has.
        bytes: usize,
    },
    /// It has a control character.
    #[error("the signed text has a control character at byte {at}")]
    Control {
        /// Where.
        at: usize,
    },
    /// It is not a text, an empty line and lines of signatures.
    #[error("no signatures follow the text")]
    Unsigned,
    /// It has more signatures than are looked at.
    #[error("the text has more than {SIGNATURES_MAX} signatures")]
    TooManySignatures,
    /// A line below the text is not that of a signature.
    #[error("line {line} of the signatures is not one")]
    SignatureLine {
        /// Which, counted from one below the text.
        line: usize,
    },
    /// A signature by a known key is wrong.
    #[error("the signature of {name} is not that of this text")]
    SignatureFails {
        /// Whose signature it claims to be.
        name: SignerName,
    },
    /// Nobody who is known has signed.
    #[error("none of the known keys has signed")]
    NobodyKnown,
}

/// Signs a text, which ends with a line break, with each of the keys.
pub(crate) fn sign(text: &str, keys: &[&SecretKey]) -> String {
    let mut note = format!("{text}\n");
    for key in keys {
        let public = key.public();
        let signature = [public.id().0.as_slice(), &key.sign(text)].concat();
        note.push_str(&format!("{MARK}{} {}\n", public.name(), to_base64(&signature)));
    }
    note
}

/// Takes a signed note apart and checks the signatures of known keys; others are passed over.
/// Gives the text and the keys that signed it, of which there is at least one.
pub(crate) fn open<'a>(
    note: &'a str,
    keys: &[PublicKey],
) -> Result<(&'a str, Vec<PublicKey>), NoteProblem> {
    if note.len() > NOTE_BYTES_MAX {
        return Err(NoteProblem::TooLong { bytes: note.len() });
    }
    if let Some(at) = note.bytes().position(|byte| byte < b' ' && byte != b'\n') {
        return Err(NoteProblem::Control { at });
    }
    let end = note.rfind("\n\n").ok_or(NoteProblem::Unsigned)? + 1;
    let (text, signatures) = (&note[..end], &note[end + 1..]);
    let signatures = signatures.strip_suffix('\n').ok_or(NoteProblem::Unsigned)?;
    let mut signed: Vec<PublicKey> = Vec::new();
    for (line, signature) in (1..).zip(signatures.split('\n')) {
        if line > SIGNATURES_MAX {
            return Err(NoteProblem::TooManySignatures);
        }
        let (name, id, signature) =
            signature_parts(signature).ok_or(NoteProblem::SignatureLine { line })?;
        let known = keys.iter().find(|key| *key.name() == name && key.id().0 == id);
        let Some(key) = known else { continue };
        if !key.has_signed(text, &signature) {
            return Err(NoteProblem::SignatureFails { name });
        }
        if !signed.contains(key) {
            signed.push(key.clone());
        }
    }
    if signed.is_empty() {
        return Err(NoteProblem::NobodyKnown);
    }
    Ok((text, signed))
}

/// The name, the key's mark and the signature of a line.
fn signature_parts(line: &str) -> Option<(SignerName, [u8; 4], Vec<u8>)> {
    let (name, bytes) = line.strip_prefix(MARK)?.split_once(' ')?;
    let bytes = from_base64(bytes)?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    Some((SignerName::parse(name).ok()?, *id, signature.to_vec()))
}
