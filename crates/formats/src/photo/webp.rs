//! WebP: chunks with a name and a length inside one RIFF file.

use super::{Kept, le16, le32};

/// Bits of the head that say what else is in the file: Exif and XMP.
const MORE_BITS: u8 = 0b0000_1100;
/// The bit of a film.
const FILM_BIT: u8 = 0b0000_0010;

/// Walks through a file; nothing when its pieces do not fit together.
pub(super) fn read(file: &[u8]) -> Option<Kept> {
    let length = usize::try_from(le32(file.get(4..)?)?).ok()?;
    let mut rest = file.get(12..length.checked_add(8)?)?;
    let mut kept = b"RIFF\0\0\0\0WEBP".to_vec();
    let (mut said, mut size) = (None, None);
    while !rest.is_empty() {
        let name = rest.get(..4)?;
        let length = usize::try_from(le32(rest.get(4..)?)?).ok()?;
        let content = rest.get(8..length.checked_add(8)?)?;
        match name {
            b"VP8X" if said.is_none() && content.first()? & FILM_BIT == 0 => {
                said = Some((le24(content.get(4..)?)? + 1, le24(content.get(7..)?)? + 1));
                let mut head = content.to_vec();
                *head.first_mut()? &= !MORE_BITS;
                push(&mut kept, name, &head);
            }
            b"VP8 " if size.is_none() => {
                size = Some(lossy(content)?);
                push(&mut kept, name, content);
            }
            b"VP8L" if size.is_none() => {
                size = Some(lossless(content)?);
                push(&mut kept, name, content);
            }
            b"ALPH" | b"ICCP" => push(&mut kept, name, content),
            b"VP8X" | b"VP8 " | b"VP8L" | b"ANIM" | b"ANMF" => return None,
            _ => {}
        }
        // Chunks of an odd length are followed by one byte more.
        rest = rest.get(8 + length + length % 2..)?;
    }
    let size = size?;
    if said.is_some_and(|said| said != size) {
        return None;
    }
    let length = u32::try_from(kept.len() - 8).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some((size, kept))
}

fn push(kept: &mut Vec<u8>, name: &[u8], content: &[u8]) {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    kept.extend(name);
    kept.extend(length.to_le_bytes());
    kept.extend(content);
    if content.len() % 2 == 1 {
        kept.push(0);
    }
}

fn le24(bytes: &[u8]) -> Option<u32> {
    let [low, middle, high] = bytes.get(..3)? else { return None };
    Some(u32::from_le_bytes([*low, *middle, *high, 0]))
}

/// The size in the head of a lossy picture: two times 14 bits behind its mark.
fn lossy(content: &[u8]) -> Option<(u32, u32)> {
    if content.get(3..6)? != b"\x9d\x01\x2a" {
        return None;
    }
    let side = |bytes| Some(u32::from(le16(bytes)? & 0x3fff));
    Some((side(content.get(6..)?)?, side(content.get(8..)?)?))
}

/// The size in the head of a lossless picture: two times 14 bits, one less than the sides.
fn lossless(content: &[u8]) -> Option<(u32, u32)> {
    if *content.first()? != 0x2f {
        return None;
    }
    let bits = le32(content.get(1..)?)?;
    Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
}
