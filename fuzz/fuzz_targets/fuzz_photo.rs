//! Any bytes as a photograph: limits hold, and what is kept is kept for good.
#![no_main]

use formats::photo::{PIXELS_MAX, SIDE_MAX, read};
use libfuzzer_sys::fuzz_target;

/// The beginnings of the three kinds, so that the walk through their pieces is reached at once.
const BEGINNINGS: [&[u8]; 4] =
    [&[], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let beginning = BEGINNINGS[usize::from(first) % BEGINNINGS.len()];
    let file = [beginning, rest].concat();
    let Ok(photo) = read(&file) else { return };
    assert!((1..=SIDE_MAX).contains(&photo.width) && (1..=SIDE_MAX).contains(&photo.height));
    assert!(u64::from(photo.width) * u64::from(photo.height) <= PIXELS_MAX);
    // Which side is up is written anew, in up to half as much again as the shortest way to say it.
    assert!(photo.bytes.len() <= 2 * file.len(), "nothing is added but which side is up");
    assert_eq!(read(&photo.bytes).as_ref(), Ok(&photo), "read again, it is the same");
});
