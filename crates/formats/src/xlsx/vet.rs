//! Looks through a workbook's archive before a parser that trusts its claims may see it.
//!
//! The parser reserves memory by what a file says of itself (`uniqueCount="99999999999"`), and
//! computes with positions as they come. Here every part is unpacked once, with a limit, and every
//! claim that the parser believes is checked.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::read::Limits;
use crate::sheet::{Limit, Place, SheetError};

/// The first bytes of an archive, and of the container that older and locked workbooks use.
const ARCHIVE: &[u8] = b"PK";
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Files in the archive: three for each sheet is usual.
const PARTS_MAX: usize = 2_000;

/// Records of one kind of formatting. Excel itself stops at 65,490 cell formats.
const FORMATS_MAX: u64 = 65_536;

/// Bytes of one attribute in the formatting: the parser copies them into every cell format.
const FORMAT_ATTRIBUTE_BYTES_MAX: usize = 1_024;

/// Bytes of one formula. Excel takes 8,192 characters.
const FORMULA_BYTES_MAX: usize = 32_768;

/// Refuses what is no workbook, and a workbook that asks for more than it may.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::Empty);
    }
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large(Limit::FileBytes, limits.file_bytes));
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return Err(compound_file(bytes));
    }
    if !bytes.starts_with(ARCHIVE) {
        return Err(SheetError::NotAWorkbook);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| from_zip(&error))?;
    if archive.len() > PARTS_MAX {
        return Err(too_large(Limit::Parts, PARTS_MAX as u64));
    }
    let mut unpacked = 0;
    let mut is_workbook = false;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| from_zip(&error))?;
        let name = part.name().map_err(|error| from_zip(&error))?.into_owned();
        is_workbook |= name.to_ascii_lowercase().ends_with("workbook.xml");
        let left = limits.part_bytes.min(limits.unpacked_bytes.saturating_sub(unpacked));
        let unpacked_too_large =
            too_large(Limit::UnpackedBytes, limits.part_bytes.min(limits.unpacked_bytes));
        // What says itself that it is too large need not be unpacked.
        if part.size() > left {
            return Err(unpacked_too_large);
        }
        let mut reader = Metered { source: BufReader::new(part), left, taken: 0, ran_out: false };
        let checked = check_part(&mut reader, &name, limits);
        if reader.ran_out {
            return Err(unpacked_too_large);
        }
        checked?;
        unpacked += reader.taken;
    }
    if is_workbook { Ok(()) } else { Err(SheetError::NotAWorkbook) }
}

/// What lies in a compound file: Excel 97–2003 calls its content `Workbook` or `Book`, a locked
/// file of today `EncryptedPackage`.
fn compound_file(bytes: &[u8]) -> SheetError {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        SheetError::EncryptedWorkbook
    } else if holds("Workbook\0") || holds("Book\0") {
        SheetError::OldWorkbook
    } else {
        SheetError::NotAWorkbook
    }
}

/// Records counted in one part; the parser keeps a value for each of them.
#[derive(Default)]
struct Counts {
    strings: u64,
    formats: u64,
    sheets: u64,
    merged: u64,
    others: u64,
}

/// Reads one part as the parser would. Pictures and other parts that are no XML end at once.
fn check_part(reader: impl BufRead, name: &str, limits: &Limits) -> Result<(), SheetError> {
    let is_xml = [".xml", ".rels"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    let mut xml = quick_xml::Reader::from_reader(reader);
    let config = xml.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let mut counts = Counts::default();
    let mut buffer = Vec::new();
    let mut in_formula = false;
    let mut formula_bytes = 0;
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::DocType(_)) => return Err(SheetError::Entities { part: name.to_owned() }),
            Ok(Event::Start(element)) => {
                check_element(&element, name, limits, &mut counts)?;
                in_formula = element.local_name().as_ref() == "f";
                formula_bytes = 0;
            }
            Ok(Event::End(_)) => in_formula = false,
            Ok(Event::Text(text)) if in_formula => formula_bytes += text.len(),
            Ok(Event::GeneralRef(_)) if in_formula => formula_bytes += 1,
            Ok(Event::Decl(declaration)) if !is_utf8(&declaration) => {
                return Err(damaged(format!("{name} is not UTF-8")));
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) if is_xml => return Err(damaged(format!("{name}: {error}"))),
            Err(_) => return Ok(()),
        }
        if formula_bytes > FORMULA_BYTES_MAX {
            return Err(too_large(Limit::FieldCharacters, FORMULA_BYTES_MAX as u64));
        }
    }
}

fn is_utf8(declaration: &quick_xml::events::BytesDecl<'_>) -> bool {
    match declaration.encoding() {
        None => true,
        Some(Ok(encoding)) => {
            ["utf-8", "utf8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known))
        }
        Some(Err(_)) => false,
    }
}

fn check_element(
    element: &BytesStart<'_>,
    part: &str,
    limits: &Limits,
    counts: &mut Counts,
) -> Result<(), SheetError> {
    match element.local_name().as_ref() {
        "c" | "row" => check_position(element, "r", part),
        "dimension" => check_position(element, "ref", part),
        "f" => {
            check_position(element, "ref", part)?;
            check_claim(element, "si", part, limits.cells)
        }
        "mergeCell" => {
            counts.merged += 1;
            check_count(counts.merged, Limit::Parts, limits.cells)?;
            check_position(element, "ref", part)
        }
        "sst" => check_claim(element, "uniqueCount", part, limits.cells),
        "si" => {
            counts.strings += 1;
            check_count(counts.strings, Limit::Cells, limits.cells)
        }
        "sheet" => {
            counts.sheets += 1;
            check_count(counts.sheets, Limit::Sheets, limits.sheets)
        }
        "xf" | "font" | "fill" | "border" | "numFmt" => {
            counts.formats += 1;
            check_count(counts.formats, Limit::Parts, 4 * FORMATS_MAX)?;
            check_attributes(element)
        }
        "Relationship" | "definedName" => {
            counts.others += 1;
            check_count(counts.others, Limit::Parts, FORMATS_MAX)
        }
        "name" | "color" | "family" | "charset" | "scheme" | "alignment" => {
            check_attributes(element)
        }
        _ => Ok(()),
    }
}

fn check_count(count: u64, what: Limit, limit: u64) -> Result<(), SheetError> {
    if count > limit { Err(too_large(what, limit)) } else { Ok(()) }
}

fn check_attributes(element: &BytesStart<'_>) -> Result<(), SheetError> {
    if element.attributes_raw().len() > FORMAT_ATTRIBUTE_BYTES_MAX {
        return Err(too_large(Limit::Parts, FORMAT_ATTRIBUTE_BYTES_MAX as u64));
    }
    Ok(())
}

/// A number for which the parser makes room at once.
fn check_claim(
    element: &BytesStart<'_>,
    attribute: &str,
    part: &str,
    limit: u64,
) -> Result<(), SheetError> {
    check_values(element, attribute, part, |text| match text.trim().parse::<u64>() {
        Ok(claimed) if claimed <= limit => Ok(true),
        Ok(_) => Err(too_large(Limit::Cells, limit)),
        Err(_) => Ok(false),
    })
}

/// A cell, a row or a range of cells: within what any spreadsheet has, the first corner first.
fn check_position(element: &BytesStart<'_>, attribute: &str, part: &str) -> Result<(), SheetError> {
    check_values(element, attribute, part, |text| {
        let corners: Option<Vec<(u32, u32)>> = text.split(':').take(3).map(position).collect();
        Ok(match corners.as_deref() {
            Some([_]) => true,
            Some([first, last]) => first.0 <= last.0 && first.1 <= last.1,
            _ => false,
        })
    })
}

/// Checks an attribute each time it is given: which one of two the parser takes is its own affair.
fn check_values(
    element: &BytesStart<'_>,
    attribute: &str,
    part: &str,
    is_sound: impl Fn(&str) -> Result<bool, SheetError>,
) -> Result<(), SheetError> {
    for found in element.attributes().with_checks(false) {
        let found = found.map_err(|error| damaged(format!("{part}: {error}")))?;
        if found.key.as_ref() == attribute && !is_sound(&found.value)? {
            let value: String = found.value.chars().take(40).collect();
            return Err(damaged(format!("{part}: {attribute}=\"{value}\"")));
        }
    }
    Ok(())
}

/// The row and column that `B12` means; a row alone has column 0.
fn position(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let is_plain = letters.len() <= 3
        && (1..=7).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain {
        return None;
    }
    let column = letters
        .bytes()
        .fold(0, |column, byte| column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1);
    digits.parse().ok().filter(|&row| row > 0).map(|row| (row, column))
}

fn too_large(what: Limit, limit: u64) -> SheetError {
    SheetError::TooLarge { at: Place::default(), what, limit }
}

fn damaged(detail: String) -> SheetError {
    SheetError::DamagedWorkbook { at: Place::default(), detail }
}

fn from_zip(error: &ZipError) -> SheetError {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => {
            SheetError::EncryptedWorkbook
        }
        ZipError::InvalidPassword => SheetError::EncryptedWorkbook,
        other => damaged(other.to_string()),
    }
}

/// A reader that stops after a number of bytes and remembers that it had to.
struct Metered<R> {
    source: R,
    left: u64,
    taken: u64,
    ran_out: bool,
}

impl<R: BufRead> BufRead for Metered<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        let waiting = self.source.fill_buf()?;
        if waiting.is_empty() {
            return Ok(waiting);
        }
        if self.left == 0 {
            self.ran_out = true;
            return Ok(&[]);
        }
        let allowed = usize::try_from(self.left).unwrap_or(usize::MAX).min(waiting.len());
        Ok(waiting.get(..allowed).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.source.consume(amount);
        self.left = self.left.saturating_sub(amount as u64);
        self.taken += amount as u64;
    }
}

impl<R: BufRead> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let waiting = self.fill_buf()?;
        let amount = waiting.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..amount), waiting.get(..amount)) {
            to.copy_from_slice(from);
        }
        self.consume(amount);
        Ok(amount)
    }
}
