//! Parcels: what is sent under an id that its sender chose, so that sending it again changes nothing.

use domain::refusal::{Refusal, Wanted};
use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::secrets;

/// An id as it is kept, whatever case it was sent in.
pub(crate) fn id(text: &str) -> Result<String, Error> {
    let bad = || Refusal::BadValue { text: text.to_owned(), wanted: Wanted::Code };
    Ok(uuid::Uuid::parse_str(text).map_err(|_| bad())?.to_string())
}

/// The SHA-256 of the parts of a parcel, in hexadecimal.
pub(crate) fn sha256(parts: &[String]) -> String {
    // Lengths stand before the parts, so that no two contents make the same bytes.
    let bytes = parts.iter().flat_map(|part| {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        length.to_be_bytes().into_iter().chain(part.bytes())
    });
    let bytes: Vec<u8> = bytes.collect();
    secrets::hex(&Sha256::digest(&bytes))
}
