//! What kind of document a file is, by its bytes, and the text that can be found in it.
//!
//! The text is for searching and for finding marks, not for reading: where lines and cells end it has
//! line breaks, and nothing tells how it looked.

mod office;
mod pdf;

use serde::{Deserialize, Serialize};

use crate::sheet::WorkerFailure;

/// Bytes of the text of one document.
pub const TEXT_BYTES_MAX: usize = 8 << 20;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A PDF.
    Pdf,
    /// A text document of Word 2007 and later.
    Docx,
    /// A workbook of Excel 2007 and later.
    Xlsx,
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What it is.
    pub kind: Kind,
    /// Its text; empty when it has none, as a scan.
    pub text: String,
}

/// Why a document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WrittenError {
    /// Its bytes are those of no kind that is read.
    #[error("no PDF, DOCX or XLSX")]
    UnknownKind,
    /// It is cut off, or its parts do not fit together.
    #[error("damaged: {0}")]
    Damaged(String),
    /// It is locked with a password.
    #[error("locked with a password")]
    Locked,
    /// It carries programs.
    #[error("it carries macros")]
    Macros,
    /// Unpacked it is larger than anybody writes.
    #[error("unpacked it is too large")]
    TooLarge,
    /// The process that reads failed.
    #[error("the reading process failed: {0:?}")]
    WorkerFailed(WorkerFailure),
}

/// Reads a document.
///
/// # Errors
/// It is of no kind that is read, damaged, locked, too large, or carries programs.
pub fn read(bytes: &[u8]) -> Result<Written, WrittenError> {
    // Readers of PDF look for its head within the first kilobyte, and so do we.
    let head = bytes.get(..bytes.len().min(1_024)).unwrap_or_default();
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(Written { kind: Kind::Pdf, text: pdf::text(bytes)? });
    }
    office::read(bytes)
}

/// Puts the outcome of reading into bytes.
#[must_use]
pub fn encode(outcome: &Result<Written, WrittenError>) -> Vec<u8> {
    serde_json::to_vec(outcome).expect("plain data with text keys always has a JSON form")
}

/// Takes the outcome of reading out of the bytes of [`encode`].
///
/// # Errors
/// What the reader refused; bytes that are no outcome count as a failure of the process.
pub fn decode(bytes: &[u8]) -> Result<Written, WrittenError> {
    serde_json::from_slice(bytes).unwrap_or(Err(WrittenError::WorkerFailed(WorkerFailure::Garbled)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    const DOCUMENT: &str = "word/document.xml";

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            zip.start_file(*name, stored).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn docx(body: &str) -> Vec<u8> {
        packed(&[(
            DOCUMENT,
            format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes(),
        )])
    }

    fn text(bytes: &[u8]) -> String {
        read(bytes).unwrap().text
    }

    #[test]
    fn the_text_of_a_document_ends_a_line_where_a_paragraph_or_a_cell_ends() {
        let body = "<w:p><w:r><w:t>Kế ho</w:t></w:r><w:r><w:t xml:space=\"preserve\">ạch &amp; t&#7893; </w:t>\
                    </w:r></w:p><w:tbl><w:tc><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:tc>\
                    <w:tc><w:p><w:r><w:t>Số:</w:t><w:tab/><w:t>5</w:t><w:br/><w:t>x</w:t></w:r></w:p>\
                    </w:tc></w:tbl><w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>";
        assert_eq!(text(&docx(body)), "Kế hoạch & tổ \nMẬT\nSố: 5\nx\n");
        let number = "<w:p><w:r><w:t>15/KH</w:t><w:noBreakHyphen/><w:t>UB</w:t><w:softHyphen/>\
                      <w:t>ND</w:t></w:r></w:p>";
        assert_eq!(text(&docx(number)), "15/KH-UBND\n");
        // A stamp in a box inside of a line, and one drawn across the page.
        let boxed = "<w:p><w:r><w:t>trước</w:t><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p>\
                     </w:txbxContent><w:t>sau</w:t></w:r></w:p><v:textpath string=\"TỐI MẬT\"/>";
        assert_eq!(text(&docx(boxed)), "trước\nMẬT\nsau\nTỐI MẬT\n");
    }

    #[test]
    fn heads_feet_and_notes_are_a_part_of_a_document() {
        let part = |text: &str| format!("<w:hdr><w:p><w:t>{text}</w:t></w:p></w:hdr>");
        let (body, head, notes) = (part("thân"), part("đầu"), part("chú"));
        let bytes = packed(&[
            ("word/header1.xml", head.as_bytes()),
            ("word/footnotes.xml", notes.as_bytes()),
            ("word/media/image1.png", b"no text"),
            (DOCUMENT, body.as_bytes()),
        ]);
        assert_eq!(text(&bytes), "đầu\nchú\nthân\n");
    }

    #[test]
    fn the_text_of_a_workbook_is_that_of_its_cells() {
        let strings =
            "<sst><si><t>Nhiệm vụ</t></si><si><r><t>Thị </t></r><r><t>trấn</t></r></si></sst>";
        let sheet =
            "<worksheet><c t=\"inlineStr\"><is><t>Chợ</t></is></c><c><v>5</v></c></worksheet>";
        let bytes = packed(&[
            ("xl/workbook.xml", b"<workbook/>"),
            ("xl/sharedStrings.xml", strings.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ]);
        let read = read(&bytes).unwrap();
        assert_eq!((read.kind, &*read.text), (Kind::Xlsx, "Nhiệm vụ\nThị trấn\nChợ\n"));
    }

    #[test]
    fn what_is_no_document_or_a_hostile_one_is_told_apart() {
        let whole = docx("<w:p><w:t>a</w:t></w:p>");
        let bomb = packed(&[(DOCUMENT, &vec![b' '; 70 << 20])]);
        let entity = "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document><w:t>&b;</w:t></w:document>";
        let macros = packed(&[(DOCUMENT, b"<a/>"), ("word/vbaProject.bin", b"x")]);
        let crowd: Vec<String> = (0..2_100).map(|number| format!("{number}.xml")).collect();
        let crowd: Vec<(&str, &[u8])> =
            crowd.iter().map(|name| (name.as_str(), &b""[..])).collect();
        let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        let is_damaged = |found: &WrittenError| matches!(found, WrittenError::Damaged(_));
        for bytes in [&whole[..whole.len() - 30], &packed(&[(DOCUMENT, entity.as_bytes())])] {
            let found = read(bytes).unwrap_err();
            assert!(is_damaged(&found), "{found:?}");
        }
        let cases: [(&[u8], WrittenError); 8] = [
            (b"", WrittenError::UnknownKind),
            (b"MZ\x90\0", WrittenError::UnknownKind),
            (b"<html>", WrittenError::UnknownKind),
            (&packed(&[("a.txt", b"a")]), WrittenError::UnknownKind),
            (&locked, WrittenError::Locked),
            (&bomb, WrittenError::TooLarge),
            (&packed(&crowd), WrittenError::TooLarge),
            (&macros, WrittenError::Macros),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read(bytes), Err(expected));
        }
    }

    #[test]
    fn an_outcome_comes_through_the_pipe_as_it_was() {
        let written = Written { kind: Kind::Docx, text: "Chợ\n".to_owned() };
        for outcome in [Ok(written), Err(WrittenError::Locked)] {
            assert_eq!(decode(&encode(&outcome)), outcome);
        }
        let garbled = WrittenError::WorkerFailed(WorkerFailure::Garbled);
        assert_eq!(decode(b"{"), Err(garbled));
    }
}
