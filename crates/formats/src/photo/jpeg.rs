//! JPEG: segments behind markers, and between them the coded picture, which has no length.

use super::{Kept, be16, be32, le16, le32};

/// Start of image, and the first byte of the next marker.
pub(super) const BEGINNING: [u8; 3] = [0xff, SOI, 0xff];

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
/// Start of a scan: the coded picture follows.
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

const EXIF: &[u8] = b"Exif\0\0";
/// The tag of Exif that says which side is up.
const ORIENTATION: u16 = 0x0112;

/// Walks through a file; nothing when its pieces do not fit together.
pub(super) fn read(file: &[u8]) -> Option<Kept> {
    let mut kept = Vec::with_capacity(file.len());
    kept.extend([0xff, SOI]);
    let (mut size, mut has_scan) = (None, false);
    let mut rest = file.get(2..)?;
    loop {
        let (marker, after) = marker(rest)?;
        if marker == EOI {
            kept.extend([0xff, EOI]);
            return size.filter(|_| has_scan).map(|size| (size, kept));
        }
        let length = usize::from(be16(after)?);
        let content = after.get(2..length)?;
        rest = after.get(length..)?;
        match marker {
            // Baseline, extended and progressive: what browsers show.
            0xc0..=0xc2 if size.is_none() => {
                size = Some((
                    u32::from(be16(content.get(3..)?)?),
                    u32::from(be16(content.get(1..)?)?),
                ));
                push(&mut kept, marker, content);
            }
            // Tables, restart intervals.
            0xc4 | 0xdb | 0xdd => push(&mut kept, marker, content),
            APP0 if content.starts_with(b"JFIF\0") => push(&mut kept, marker, jfif(content)?),
            APP1 if content.starts_with(EXIF) => {
                if let Some(turn) = orientation(content.get(EXIF.len()..)?) {
                    push(&mut kept, APP1, &turned(turn));
                }
            }
            APP2 if content.starts_with(b"ICC_PROFILE\0") => push(&mut kept, marker, content),
            // How its colours are meant.
            APP14 if content.starts_with(b"Adobe") => push(&mut kept, marker, content),
            APP0..=0xef | 0xfe => {}
            SOS if size.is_some() => {
                push(&mut kept, marker, content);
                let end = coded(rest)?;
                kept.extend(rest.get(..end)?);
                rest = rest.get(end..)?;
                has_scan = true;
            }
            _ => return None,
        }
    }
}

/// The next marker and what follows it; it may stand behind any number of filling bytes.
fn marker(rest: &[u8]) -> Option<(u8, &[u8])> {
    let filled = rest.iter().take_while(|byte| **byte == 0xff).count();
    if filled == 0 {
        return None;
    }
    Some((*rest.get(filled)?, rest.get(filled + 1..)?))
}

/// Where the coded picture ends: at the first marker that does not belong into it.
fn coded(rest: &[u8]) -> Option<usize> {
    let pairs = rest.windows(2);
    pairs.enumerate().find_map(|(at, pair)| match pair {
        [0xff, 0x00 | 0xd0..=0xd7 | 0xff] => None,
        [0xff, _] => Some(at),
        _ => None,
    })
}

fn push(kept: &mut Vec<u8>, marker: u8, content: &[u8]) {
    // It came with a length of two bytes and has not grown.
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    kept.extend([0xff, marker]);
    kept.extend(length.to_be_bytes());
    kept.extend(content);
}

/// The head without the small preview that may stand in it.
fn jfif(content: &[u8]) -> Option<&[u8]> {
    match content.get(12..14)? {
        [0, 0] => content.get(..14),
        // The head would have to say that there is none; pictures do without it as well.
        _ => Some(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
    }
}

/// Which side is up, when it is not the first: 2 to 8.
fn orientation(tiff: &[u8]) -> Option<u8> {
    type Number<T> = fn(&[u8]) -> Option<T>;
    let (short, long): (Number<u16>, Number<u32>) = match tiff.get(..4)? {
        b"MM\0*" => (be16, be32),
        b"II*\0" => (le16, le32),
        _ => return None,
    };
    let directory = tiff.get(usize::try_from(long(tiff.get(4..)?)?).ok()?..)?;
    let count = usize::from(short(directory)?);
    let entries = directory.get(2..)?.chunks_exact(12).take(count);
    let mut found = entries.filter(|entry| short(entry) == Some(ORIENTATION));
    let turn = short(found.next()?.get(8..)?)?;
    u8::try_from(turn).ok().filter(|turn| (2..=8).contains(turn))
}

/// Exif that says nothing but which side is up.
fn turned(turn: u8) -> Vec<u8> {
    let mut exif = EXIF.to_vec();
    exif.extend(b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    exif.extend([turn, 0, 0, 0, 0, 0, 0]);
    exif
}
