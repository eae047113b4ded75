//! PDFs: the text that was written into them. A scan has none.

use lopdf::{DecompressError, Document, Error, LoadOptions};

use super::{TEXT_BYTES_MAX, WrittenError};

/// Pages that are read.
const PAGES_MAX: usize = 3_000;

/// Bytes of one stream once it is unpacked.
const STREAM_BYTES_MAX: usize = 64 << 20;

pub(super) fn text(bytes: &[u8]) -> Result<String, WrittenError> {
    within(bytes, STREAM_BYTES_MAX)
}

fn within(bytes: &[u8], stream_bytes_max: usize) -> Result<String, WrittenError> {
    let options = LoadOptions::with_max_decompressed_size(stream_bytes_max);
    let document = Document::load_mem_with_options(bytes, options).map_err(|why| problem(&why))?;
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    if pages.is_empty() {
        return Err(WrittenError::Damaged("no pages".to_owned()));
    }
    if pages.len() > PAGES_MAX {
        return Err(WrittenError::TooLarge);
    }
    let mut text = String::new();
    for page in pages {
        for found in document.extract_text_chunks_with_limit(&[page], stream_bytes_max) {
            match found {
                Ok(found) => text.push_str(&found),
                Err(why) if is_too_large(&why) => return Err(WrittenError::TooLarge),
                // A font or a drawing that says nothing of its letters; the rest is still text.
                Err(_) => {}
            }
            if text.len() > TEXT_BYTES_MAX {
                return Err(WrittenError::TooLarge);
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }
    // A font without a table of its letters gives signs that are none.
    let is_letter = |letter: &char| *letter == '\n' || !letter.is_control();
    Ok(text.chars().filter(is_letter).collect())
}

fn problem(why: &Error) -> WrittenError {
    match why {
        Error::InvalidPassword | Error::Decryption(_) => WrittenError::Locked,
        why if is_too_large(why) => WrittenError::TooLarge,
        other => WrittenError::Damaged(other.to_string()),
    }
}

fn is_too_large(why: &Error) -> bool {
    matches!(why, Error::Decompress(DecompressError::MemoryLimitExceeded { .. }))
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    /// A PDF of one page with a content, packed.
    fn pdf(content: Vec<u8>) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let mut stream = Stream::new(dictionary! {}, content);
        stream.compress().unwrap();
        let content = document.add_object(stream);
        let pages = document.new_object_id();
        let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content };
        let page = document.add_object(page);
        let all = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        document.objects.insert(pages, all.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn the_letters_of_an_office_document_come_out_as_they_are_read() {
        let bytes = include_bytes!("../../../../tests/documents/ke-hoach.pdf");
        let text = text(bytes).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let expected = [
            "ỦY BAN NHÂN DÂN XÃ NA SẦM",
            "Số: 15/KH-UBND",
            "Kế hoạch chỉnh trang chợ trung tâm",
            "Tổ công tác gồm 7 thành viên.",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_page_without_letters_has_no_text() {
        assert_eq!(text(&pdf(b"0 0 10 10 re f".to_vec())), Ok(String::new()));
    }

    #[test]
    fn a_stream_that_grows_beyond_its_bound_is_not_unpacked() {
        let bomb = pdf(vec![b' '; 3 << 20]);
        assert!(bomb.len() < 64 << 10);
        assert_eq!(within(&bomb, 1 << 20), Err(WrittenError::TooLarge));
        assert_eq!(within(&bomb, 4 << 20), Ok(String::new()));
    }

    #[test]
    fn what_is_cut_off_is_damaged() {
        let whole = include_bytes!("../../../../tests/documents/ke-hoach.pdf");
        for bytes in [&whole[..40], b"%PDF-1.7\nnothing more", b"%PDF-"] {
            assert!(matches!(text(bytes), Err(WrittenError::Damaged(_))), "{}", bytes.len());
        }
    }
}
