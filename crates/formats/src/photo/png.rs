//! PNG: chunks with a length, a name and a checksum.

use super::{Kept, be32};

pub(super) const BEGINNING: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Chunks that the picture needs. Words, moments, Exif and films are none of them.
const NEEDED: [&[u8]; 9] =
    [b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"IEND"];

/// Walks through a file; nothing when its pieces do not fit together.
pub(super) fn read(file: &[u8]) -> Option<Kept> {
    let mut kept = BEGINNING.to_vec();
    let mut rest = file.get(BEGINNING.len()..)?;
    let (mut size, mut has_picture) = (None, false);
    loop {
        let length = usize::try_from(be32(rest)?).ok()?;
        // Length, name and checksum are four bytes each.
        let whole = length.checked_add(12)?;
        let chunk = rest.get(..whole)?;
        let (name, content) = (chunk.get(4..8)?, chunk.get(8..whole - 4)?);
        if size.is_none() && name != b"IHDR" {
            return None;
        }
        if name == b"IHDR" {
            size = Some((be32(content)?, be32(content.get(4..)?)?));
        }
        has_picture |= name == b"IDAT";
        if NEEDED.contains(&name) {
            kept.extend(chunk);
        }
        if name == b"IEND" {
            return size.filter(|_| has_picture).map(|size| (size, kept));
        }
        rest = rest.get(whole..)?;
    }
}
