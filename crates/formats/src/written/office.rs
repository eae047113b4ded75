//! Text documents and workbooks: archives of XML.

use std::io::{BufRead, BufReader, Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Kind, TEXT_BYTES_MAX, Written, WrittenError};

/// Files in the archive: one for each picture is usual.
const PARTS_MAX: usize = 2_000;

/// Bytes of one part once it is unpacked, and of all parts that are read together.
const UNPACKED_BYTES_MAX: u64 = 64 << 20;

/// The container of older documents and of those that a password locks.
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

pub(super) fn read(bytes: &[u8]) -> Result<Written, WrittenError> {
    if bytes.starts_with(COMPOUND_FILE) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_locked = bytes.windows(name.len()).any(|window| window == name);
        return Err(if is_locked { WrittenError::Locked } else { WrittenError::UnknownKind });
    }
    if !bytes.starts_with(b"PK") {
        return Err(WrittenError::UnknownKind);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| from_zip(&error))?;
    if archive.len() > PARTS_MAX {
        return Err(WrittenError::TooLarge);
    }
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(|name| name.to_ascii_lowercase()))
        .collect::<Result<_, _>>()
        .map_err(|error| from_zip(&error))?;
    let kind = if names.iter().any(|name| name == "word/document.xml") {
        Kind::Docx
    } else if names.iter().any(|name| name == "xl/workbook.xml") {
        Kind::Xlsx
    } else {
        return Err(WrittenError::UnknownKind);
    };
    if names.iter().any(|name| name.ends_with("vbaproject.bin")) {
        return Err(WrittenError::Macros);
    }
    let (mut text, mut left) = (String::new(), UNPACKED_BYTES_MAX);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| from_zip(&error))?;
        let name = part.name().map_err(|error| from_zip(&error))?.to_ascii_lowercase();
        if !says_something(kind, &name) {
            continue;
        }
        if part.size() > left {
            return Err(WrittenError::TooLarge);
        }
        // What says that it is small and is not ends where it may, and then is cut off.
        let mut reader = BufReader::new(part.take(left));
        collect(&mut reader, &mut text)?;
        left = reader.into_inner().limit();
        if left == 0 {
            return Err(WrittenError::TooLarge);
        }
    }
    Ok(Written { kind, text })
}

/// Whether a part holds text that people read.
fn says_something(kind: Kind, name: &str) -> bool {
    let starts: &[&str] = match kind {
        Kind::Docx => &[
            "word/document",
            "word/header",
            "word/footer",
            "word/footnotes",
            "word/endnotes",
            "word/comments",
        ],
        Kind::Xlsx => &["xl/sharedstrings", "xl/worksheets/", "xl/drawings/", "xl/comments"],
        Kind::Pdf => &[],
    };
    name.ends_with(".xml") && starts.iter().any(|start| name.starts_with(start))
}

/// Adds the text of a part.
fn collect(reader: &mut impl BufRead, text: &mut String) -> Result<(), WrittenError> {
    let mut xml = quick_xml::Reader::from_reader(reader);
    xml.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut in_text = false;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::DocType(_)) => return Err(WrittenError::Damaged("entities".to_owned())),
            Ok(Event::Start(element)) => {
                in_text = element.local_name().as_ref() == "t";
                begin(&element, text);
            }
            Ok(Event::End(element)) => {
                in_text = false;
                if ends_a_line(element.local_name().as_ref()) {
                    end_line(text);
                }
            }
            Ok(Event::Text(found)) if in_text => text.push_str(&found),
            Ok(Event::CData(found)) if in_text => text.push_str(&found),
            Ok(Event::GeneralRef(found)) if in_text => {
                let named = quick_xml::escape::resolve_predefined_entity(&found);
                let letter = found.resolve_char_ref().ok().flatten();
                text.push_str(named.unwrap_or_default());
                text.extend(letter);
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(WrittenError::Damaged(error.to_string())),
        }
        if text.len() > TEXT_BYTES_MAX {
            return Err(WrittenError::TooLarge);
        }
    }
}

/// What begins ends what stood before, where it does not belong to the same line.
fn begin(element: &BytesStart<'_>, text: &mut String) {
    match element.local_name().as_ref() {
        "tab" => text.push(' '),
        // A hyphen at which no line ends, as numbers of documents are often typed.
        "noBreakHyphen" => text.push('-'),
        "br" | "cr" | "p" => end_line(text),
        // Letters that are drawn across a page, as stamps are.
        "textpath" => {
            let mut found = element.attributes();
            let found = found.with_checks(false).flatten();
            for attribute in found.filter(|attribute| attribute.key.as_ref() == "string") {
                end_line(text);
                text.push_str(&attribute.value);
                end_line(text);
            }
        }
        _ => {}
    }
}

fn ends_a_line(name: &str) -> bool {
    matches!(name, "p" | "si" | "is" | "txbxContent")
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn from_zip(error: &ZipError) -> WrittenError {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => {
            WrittenError::Locked
        }
        ZipError::InvalidPassword => WrittenError::Locked,
        other => WrittenError::Damaged(other.to_string()),
    }
}
