//! Photographs: what kind they are, how large, and a copy that carries nothing but the picture.
//!
//! Nothing is decoded. A file is walked through piece by piece; pieces that a picture needs are
//! copied, all others stay behind: where it was taken, with which camera, previews, and whatever
//! stands after the end. Of what cameras note, only which side is up is kept.

mod jpeg;
mod png;
mod webp;

/// The longest side, in pixels.
pub const SIDE_MAX: u32 = 10_000;

/// Pixels in all: a browser needs four bytes for each to show it.
pub const PIXELS_MAX: u64 = 16_000_000;

/// How a photograph is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
}

/// A photograph and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// How it is written.
    pub kind: Kind,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// The file without what does not belong to the picture.
    pub bytes: Vec<u8>,
}

/// Why a file is not taken for a photograph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Its first bytes are those of no picture.
    #[error("no JPEG, PNG or WebP")]
    NotAPicture,
    /// It is cut off, or its pieces do not fit together.
    #[error("the picture is damaged")]
    Damaged,
    /// It is larger than anybody can look at.
    #[error("{width} × {height} pixels are too many")]
    TooManyPixels {
        /// How wide it says it is.
        width: u32,
        /// How high it says it is.
        height: u32,
    },
}

/// Reads a photograph. What comes out gives the same again, byte for byte, when it is read again.
///
/// # Errors
/// The file is no picture, damaged, or has too many pixels.
pub fn read(file: &[u8]) -> Result<Photo, PhotoError> {
    let (kind, (width, height), bytes) = if file.starts_with(&jpeg::BEGINNING) {
        let (size, bytes) = jpeg::read(file).ok_or(PhotoError::Damaged)?;
        (Kind::Jpeg, size, bytes)
    } else if file.starts_with(&png::BEGINNING) {
        let (size, bytes) = png::read(file).ok_or(PhotoError::Damaged)?;
        (Kind::Png, size, bytes)
    } else if file.starts_with(b"RIFF") && file.get(8..12) == Some(b"WEBP") {
        let (size, bytes) = webp::read(file).ok_or(PhotoError::Damaged)?;
        (Kind::Webp, size, bytes)
    } else {
        return Err(PhotoError::NotAPicture);
    };
    if width == 0 || height == 0 {
        return Err(PhotoError::Damaged);
    }
    let pixels = u64::from(width) * u64::from(height);
    if width > SIDE_MAX || height > SIDE_MAX || pixels > PIXELS_MAX {
        return Err(PhotoError::TooManyPixels { width, height });
    }
    Ok(Photo { kind, width, height, bytes })
}

/// Width and height, and the bytes that are kept.
type Kept = ((u32, u32), Vec<u8>);

/// The beginning of some bytes as numbers, the highest byte first.
fn be16(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(..2)?.try_into().ok()?))
}

fn be32(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?))
}

/// The same, the lowest byte first.
fn le16(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(..2)?.try_into().ok()?))
}

fn le32(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?))
}
