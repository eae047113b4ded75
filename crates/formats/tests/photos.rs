//! Photographs: what is kept of them and what is not, and files that are none.
#![expect(clippy::unwrap_used, reason = "a failed setup should stop the test")]

use formats::photo::{Kind, PhotoError, SIDE_MAX, read};
use proptest::prelude::*;

/// Words that must not be found in what is kept.
const PLACE: &[u8] = b"21.8537N 106.7610E";

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// The head of a frame: eight bits, height, width, one colour.
fn frame(width: u16, height: u16) -> Vec<u8> {
    let [high, low] = [height.to_be_bytes(), width.to_be_bytes()];
    segment(0xc0, &[&[8][..], &high, &low, &[1, 1, 0x11, 0]].concat())
}

/// A scan with a restart marker and a byte `ff` in its coded picture.
fn scan() -> Vec<u8> {
    [segment(0xda, &[1, 1, 0, 0, 63, 0]), vec![1, 0xff, 0, 2, 0xff, 0xd0, 3]].concat()
}

fn jpeg(before: &[Vec<u8>], width: u16, height: u16) -> Vec<u8> {
    let quantising = segment(0xdb, &[0; 65]);
    let parts = [quantising, frame(width, height), scan(), vec![0xff, 0xd9]];
    [vec![0xff, 0xd8], before.concat(), parts.concat()].concat()
}

/// Exif with which side is up, and a place.
fn exif(little_endian: bool, turn: u8) -> Vec<u8> {
    let directory: &[u8] = if little_endian {
        b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"
    } else {
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"
    };
    let value = if little_endian { [turn, 0, 0, 0] } else { [0, turn, 0, 0] };
    segment(0xe1, &[b"Exif\0\0", directory, &value, &[0; 4], PLACE].concat())
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[..], name, content, b"crc!"].concat()
}

fn png(before: &[Vec<u8>], width: u32, height: u32) -> Vec<u8> {
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let begin = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &head)].concat();
    [begin, before.concat(), chunk(b"IDAT", &[7; 20]), chunk(b"IEND", &[])].concat()
}

fn riff(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_le_bytes();
    let padding = vec![0; content.len() % 2];
    [&name[..], &length, content, &padding].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = chunks.concat();
    let length = u32::try_from(body.len() + 4).unwrap().to_le_bytes();
    [&b"RIFF"[..], &length, b"WEBP", &body].concat()
}

/// A lossy picture, an odd number of bytes long.
fn lossy(width: u16, height: u16) -> Vec<u8> {
    let size = [width.to_le_bytes(), height.to_le_bytes()].concat();
    riff(b"VP8 ", &[&[0, 0, 0, 0x9d, 0x01, 0x2a][..], &size, &[5; 9]].concat())
}

fn head(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let [width, height] = [(width - 1).to_le_bytes(), (height - 1).to_le_bytes()];
    riff(b"VP8X", &[&[flags, 0, 0, 0][..], &width[..3], &height[..3]].concat())
}

fn holds(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|window| window == words)
}

/// One file of each kind with a place in every corner where one can stand, and what has to be left.
fn telling() -> [(Kind, Vec<u8>, Vec<u8>); 4] {
    let comment = segment(0xfe, PLACE);
    let preview = segment(0xe2, &[b"MPF\0", PLACE].concat());
    let words = segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", PLACE].concat());
    let colours = segment(0xe2, b"ICC_PROFILE\0\x01\x01profile");
    let more = [exif(false, 1), words, preview, comment, colours.clone()];
    let lossless = riff(b"VP8L", &[0x2f, 0x1f, 0xc0, 0x05, 0, 9]);
    let place = |name: &[u8; 4]| riff(name, PLACE);
    [
        (
            Kind::Jpeg,
            // Behind the end phones put films and what was cut away.
            [jpeg(&more, 32, 24), PLACE.to_vec()].concat(),
            jpeg(&[colours], 32, 24),
        ),
        (
            Kind::Png,
            [png(&[chunk(b"eXIf", PLACE), chunk(b"tEXt", PLACE)], 32, 24), PLACE.to_vec()].concat(),
            png(&[], 32, 24),
        ),
        (
            Kind::Webp,
            [
                webp(&[head(0x0c, 32, 24), lossy(32, 24), place(b"EXIF"), place(b"XMP ")]),
                PLACE.to_vec(),
            ]
            .concat(),
            webp(&[head(0, 32, 24), lossy(32, 24)]),
        ),
        (Kind::Webp, webp(&[lossless.clone(), place(b"EXIF")]), webp(&[lossless])),
    ]
}

#[test]
fn nothing_but_the_picture_is_kept() {
    for (kind, file, expected) in telling() {
        assert!(holds(&file, PLACE));
        let photo = read(&file).unwrap();
        assert_eq!((photo.kind, photo.width, photo.height), (kind, 32, 24));
        assert_eq!(photo.bytes, expected, "{kind:?}");
        assert!(!holds(&photo.bytes, PLACE), "{kind:?}");
        assert_eq!(read(&photo.bytes).as_ref(), Ok(&photo), "read again it stays the same");
    }
}

#[test]
fn a_photograph_that_was_taken_sideways_stays_the_right_way_up() {
    for (little_endian, turn) in [(false, 6), (true, 6), (true, 8), (false, 3)] {
        let photo = read(&jpeg(&[exif(little_endian, turn)], 32, 24)).unwrap();
        let expected = [
            &b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..],
            &[turn, 0, 0, 0, 0, 0, 0],
        ]
        .concat();
        assert_eq!(photo.bytes[2..40], [&expected[..], &[0xff, 0xdb]].concat()[..38], "{turn}");
        assert!(!holds(&photo.bytes, PLACE));
        assert_eq!(read(&photo.bytes).as_ref(), Ok(&photo), "{turn}");
    }
    for turn in [0, 1, 9] {
        let plain = read(&jpeg(&[], 32, 24)).unwrap();
        assert_eq!(read(&jpeg(&[exif(false, turn)], 32, 24)), Ok(plain), "{turn} turns nothing");
    }
}

#[test]
fn the_preview_in_the_head_of_a_jpeg_is_left_behind() {
    let plain = b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
    let with = [&plain[..12], &[2, 1], PLACE].concat();
    for content in [&plain[..], &with] {
        let photo = read(&jpeg(&[segment(0xe0, content)], 32, 24)).unwrap();
        assert_eq!(photo.bytes[2..20], segment(0xe0, plain)[..]);
        assert!(!holds(&photo.bytes, PLACE));
    }
}

#[test]
fn what_is_no_picture_or_a_broken_one_is_refused() {
    let good = jpeg(&[], 32, 24);
    let film = webp(&[head(0x02, 32, 24), riff(b"ANIM", &[0; 6])]);
    let two_sizes = webp(&[head(0, 4_000, 24), lossy(32, 24)]);
    let cases: [(&str, Vec<u8>, PhotoError); 15] = [
        ("nothing", Vec::new(), PhotoError::NotAPicture),
        ("words", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), PhotoError::NotAPicture),
        ("a page", b"<!doctype html><script>".to_vec(), PhotoError::NotAPicture),
        ("GIF", b"GIF89a\x01\0\x01\0".to_vec(), PhotoError::NotAPicture),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), PhotoError::NotAPicture),
        ("a JPEG that was cut off", good[..good.len() - 1].to_vec(), PhotoError::Damaged),
        ("a JPEG without a scan", jpeg(&[vec![0xff, 0xd9]], 32, 24), PhotoError::Damaged),
        ("a JPEG without width", jpeg(&[], 0, 24), PhotoError::Damaged),
        ("a JPEG with two frames", jpeg(&[frame(1, 1)], 32, 24), PhotoError::Damaged),
        ("a PNG that was cut off", png(&[], 32, 24)[..60].to_vec(), PhotoError::Damaged),
        ("a PNG with a chunk of 4 GB", png(&[vec![0xff; 8]], 32, 24), PhotoError::Damaged),
        ("a film", film, PhotoError::Damaged),
        ("a WebP of two sizes", two_sizes, PhotoError::Damaged),
        ("a PNG of 16 million wide", png(&[], 1 << 24, 1), too_many(1 << 24, 1)),
        ("a JPEG of 64 million pixels", jpeg(&[], 8_000, 8_000), too_many(8_000, 8_000)),
    ];
    for (name, file, why) in cases {
        assert_eq!(read(&file), Err(why), "{name}");
    }
    let long = u16::try_from(SIDE_MAX).unwrap();
    assert!(read(&jpeg(&[], long, 1_600)).is_ok(), "sixteen million pixels are not too many");
}

fn too_many(width: u32, height: u32) -> PhotoError {
    PhotoError::TooManyPixels { width, height }
}

proptest! {
    /// Whatever comes in: no panic, never more than came, and what is kept is kept for good.
    #[test]
    fn a_spoilt_file_is_refused_or_kept_for_good(
        which in 0_usize..4,
        spoilt in prop::collection::vec((0_usize..400, any::<u8>()), 0..4),
        cut in 0_usize..400,
    ) {
        let mut file = telling()[which].1.clone();
        for (at, byte) in spoilt {
            let at = at % file.len();
            file[at] = byte;
        }
        file.truncate(cut.max(1));
        if let Ok(photo) = read(&file) {
            prop_assert!(photo.bytes.len() <= file.len() + 40);
            prop_assert_eq!(read(&photo.bytes), Ok(photo));
        }
    }
}
