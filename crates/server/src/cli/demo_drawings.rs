//! The drawings of the demo: the street before the market gate, with stalls all over the pavement and
//! without. They are drawn here in flat colours, so that nobody takes them for photographs of a place.

use std::io::Write as _;

use flate2::Crc;
use flate2::write::ZlibEncoder;

/// How wide and how high they are, in pixels.
const SIZE: (usize, usize) = (720, 480);

/// The colours, by number.
const COLOURS: [[u8; 3]; 9] = [
    [0xd9, 0xe8, 0xf2],
    [0x8f, 0xa8, 0x8c],
    [0xe9, 0xdc, 0xc3],
    [0xa6, 0x4b, 0x36],
    [0xc9, 0xc4, 0xbb],
    [0x6f, 0x6c, 0x68],
    [0xf4, 0xf1, 0xea],
    [0xd8, 0x8a, 0x2d],
    [0x35, 0x6a, 0x8a],
];

const SKY: u8 = 0;
const GREEN: u8 = 1;
const WALL: u8 = 2;
const ROOF: u8 = 3;
const PAVEMENT: u8 = 4;
const ROAD: u8 = 5;
const LIGHT: u8 = 6;
const ORANGE: u8 = 7;
const BLUE: u8 = 8;

/// What a drawing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Street {
    /// Stalls on the pavement and in the roadway.
    Crowded,
    /// Nothing but trees on the pavement; the stalls stand in the market.
    Clear,
}

/// A drawing as a PNG, always the same bytes.
///
/// # Errors
/// Packing it failed.
pub(super) fn png(street: Street) -> std::io::Result<Vec<u8>> {
    let (width, height) = SIZE;
    let mut lines = Vec::with_capacity((width + 1) * height);
    for line in drawn(street).chunks(width) {
        // Every line says first that it is not filtered.
        lines.push(0);
        lines.extend_from_slice(line);
    }
    let mut packed = ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&lines)?;
    let side = |side: usize| u32::try_from(side).unwrap_or_default().to_be_bytes();
    // Eight bits a pixel, which are the number of a colour.
    let head = [&side(width)[..], &side(height), &[8, 3, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &head);
    chunk(&mut file, *b"PLTE", COLOURS.as_flattened());
    chunk(&mut file, *b"IDAT", &packed.finish()?);
    chunk(&mut file, *b"IEND", &[]);
    Ok(file)
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    let mut sum = Crc::new();
    sum.update(&name);
    sum.update(content);
    file.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
    file.extend(name);
    file.extend(content);
    file.extend(sum.sum().to_be_bytes());
}

fn drawn(street: Street) -> Vec<u8> {
    let mut canvas = vec![SKY; SIZE.0 * SIZE.1];
    rectangle(&mut canvas, GREEN, (0, 190), (720, 60));
    rectangle(&mut canvas, PAVEMENT, (0, 250), (720, 90));
    rectangle(&mut canvas, ROAD, (0, 340), (720, 140));
    for x in (20..720).step_by(120) {
        rectangle(&mut canvas, LIGHT, (x, 405), (60, 8));
    }
    market(&mut canvas);
    let stalls: &[(usize, usize, u8)] = match street {
        Street::Crowded => &[
            (10, 300, BLUE),
            (120, 320, ORANGE),
            (225, 296, LIGHT),
            (330, 325, BLUE),
            (450, 300, ORANGE),
            (560, 318, LIGHT),
            (60, 395, ORANGE),
            (270, 405, BLUE),
            (500, 400, ORANGE),
        ],
        Street::Clear => &[],
    };
    match street {
        Street::Crowded => {}
        Street::Clear => {
            for x in [60, 160, 560, 660] {
                tree(&mut canvas, x);
            }
            for (x, colour) in [(250, BLUE), (330, ORANGE), (410, BLUE)] {
                rectangle(&mut canvas, colour, (x, 190), (60, 14));
            }
        }
    }
    for (x, y, colour) in stalls {
        stall(&mut canvas, (*x, *y), *colour);
    }
    canvas
}

/// The hall with its gate.
fn market(canvas: &mut [u8]) {
    rectangle(canvas, WALL, (180, 130), (360, 120));
    for row in 0..60 {
        rectangle(canvas, ROOF, (150 + row, 130 - row), (420 - 2 * row, 1));
    }
    for x in [240, 320, 400] {
        rectangle(canvas, LIGHT, (x, 160), (80, 90));
        rectangle(canvas, WALL, (x, 160), (6, 90));
    }
    rectangle(canvas, WALL, (476, 160), (6, 90));
}

/// A table under a sunshade.
fn stall(canvas: &mut [u8], (x, y): (usize, usize), colour: u8) {
    for row in 0..26 {
        rectangle(canvas, colour, (x + 48 - 2 * row, y - 56 + row), (4 * row + 4, 1));
    }
    rectangle(canvas, ROOF, (x + 48, y - 30), (4, 42));
    rectangle(canvas, WALL, (x + 12, y), (76, 22));
    for basket in 0..4 {
        rectangle(canvas, GREEN, (x + 16 + 18 * basket, y - 8), (12, 8));
    }
}

fn tree(canvas: &mut [u8], x: usize) {
    rectangle(canvas, ROOF, (x - 4, 250), (8, 60));
    for row in 0_usize..90 {
        let half = (45 * 45 - row.abs_diff(45).pow(2)).isqrt();
        rectangle(canvas, GREEN, (x - half, 175 + row), (2 * half, 1));
    }
}

fn rectangle(
    canvas: &mut [u8],
    colour: u8,
    (x, y): (usize, usize),
    (width, height): (usize, usize),
) {
    for row in canvas.chunks_mut(SIZE.0).skip(y).take(height) {
        row.iter_mut().skip(x).take(width).for_each(|pixel| *pixel = colour);
    }
}

#[cfg(test)]
mod tests {
    use formats::photo::{self, Kind};

    use super::*;

    #[test]
    fn a_drawing_is_a_small_picture_that_is_always_the_same() {
        for street in [Street::Crowded, Street::Clear] {
            let file = png(street).unwrap();
            let read = photo::read(&file).unwrap();
            assert_eq!((read.kind, read.width, read.height), (Kind::Png, 720, 480), "{street:?}");
            assert_eq!(read.bytes, file, "{street:?}: nothing of it is left behind");
            assert!(file.len() < 10_000, "{street:?}: {} bytes", file.len());
            assert_eq!(png(street).unwrap(), file, "{street:?}");
        }
        assert_ne!(png(Street::Crowded).unwrap(), png(Street::Clear).unwrap());
    }
}
