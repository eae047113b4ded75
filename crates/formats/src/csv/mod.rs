//! Text tables (CSV): a reader that streams, counts lines exactly and cannot be made to swallow memory.

use std::io::Read;

use csv_core::ReadRecordResult;

use crate::sheet::{Limit, Place, SheetError};

#[cfg(test)]
mod tests;
mod write;

pub use write::{table, unmarked};

/// Bytes fetched at a time. A header row must fit into them.
const BUFFER_BYTES: usize = 1 << 16;

/// How much of a text table is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the whole file.
    pub file_bytes: u64,
    /// Rows after the header.
    pub rows: u64,
    /// Columns of the header.
    pub columns: usize,
    /// Bytes of one row, quoted line breaks included.
    pub line_bytes: usize,
    /// Characters of one field; 32,767 is what a spreadsheet cell takes.
    pub field_characters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 4 << 30,
            rows: 100_000_000,
            columns: 200,
            line_bytes: 1 << 20,
            field_characters: 32_767,
        }
    }
}

/// One row; kept by the caller and filled again and again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    line: u32,
    text: String,
    ends: Vec<usize>,
}

impl Row {
    /// A row without fields, to read into.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The line of the file on which the row begins, counted from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }

    /// How many fields the row has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether nothing was read into the row yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether no field holds anything: spreadsheet programs write such rows at the end.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// A field, counted from 0, as written; empty beyond the last one.
    #[must_use]
    pub fn field(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before));
        self.text.get(start.copied().unwrap_or(0)..end).unwrap_or_default()
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.field(index))
    }
}

/// Reads a text table row by row.
///
/// UTF-8 with or without a byte order mark; comma, semicolon or tab, whichever the header row has
/// most of; any line ends; quoted fields may hold line breaks. Blank lines are passed over.
#[derive(Debug)]
pub struct CsvReader<R> {
    source: R,
    limits: Limits,
    parser: csv_core::Reader,
    headers: Vec<String>,
    /// Bytes fetched and not yet parsed: `buffer[start..end]`.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    source_ended: bool,
    seen: Seen,
    bytes: u64,
    rows: u64,
    /// The line on which `buffer[start]` stands, and the byte before it.
    line: u32,
    byte_before: u8,
    /// The fields of the current row, without separators, and where each ends.
    fields: Vec<u8>,
    ends: Vec<usize>,
}

/// Which bytes that need care came by; only then are rows searched for them.
#[derive(Debug, Default)]
struct Seen {
    nul: bool,
    quote: bool,
    carriage_return: bool,
}

/// A row that lies in the reader's buffers.
struct Record {
    line: u32,
    bytes: usize,
    fields: usize,
}

impl<R: Read> CsvReader<R> {
    /// Reads the header row.
    ///
    /// # Errors
    /// An empty file, a doubled header, and everything [`CsvReader::read`] refuses.
    pub fn open(source: R, limits: Limits) -> Result<Self, SheetError> {
        let mut reader = Self {
            source,
            limits,
            parser: csv_core::Reader::new(),
            headers: Vec::new(),
            buffer: vec![0; BUFFER_BYTES],
            start: 0,
            end: 0,
            source_ended: false,
            seen: Seen::default(),
            bytes: 0,
            rows: 0,
            line: 1,
            byte_before: 0,
            fields: vec![0; 4096.min(limits.line_bytes.max(1))],
            ends: vec![0; limits.columns + 1],
        };
        reader.pass_byte_order_mark()?;
        reader.pass_line_ends()?;
        let header = reader.header_bytes()?;
        let delimiter = delimiter_of(header);
        reader.parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let mut row = Row::new();
        let Some(record) = reader.next_record()? else { return Err(SheetError::Empty) };
        reader.fill(&mut row, &record)?;
        if row.is_blank() {
            return Err(SheetError::Empty);
        }
        reader.headers = row.iter().map(str::to_owned).collect();
        reject_doubled(&reader.headers, row.line())?;
        Ok(reader)
    }

    /// The header row, as written.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Reads the next row; false at the end of the file, and the row is then left as it was.
    ///
    /// # Errors
    /// Bytes that are no UTF-8, NUL characters, an open quotation mark, a row with more or fewer
    /// fields than the header, and whatever passes a limit, each with its line. After an error
    /// that is not [fatal](SheetError::is_fatal), reading goes on with the next row.
    pub fn read(&mut self, row: &mut Row) -> Result<bool, SheetError> {
        let Some(record) = self.next_record()? else { return Ok(false) };
        self.rows += 1;
        if self.rows > self.limits.rows {
            return Err(too_large(record.line, 0, Limit::Rows, self.limits.rows));
        }
        self.fill(row, &record)?;
        if record.fields != self.headers.len() {
            return Err(SheetError::WrongColumnCount {
                at: place(record.line, 0),
                expected: count(self.headers.len()),
                found: count(record.fields),
            });
        }
        Ok(true)
    }

    /// Parses one record into the buffers.
    fn next_record(&mut self) -> Result<Option<Record>, SheetError> {
        self.pass_line_ends()?;
        let line = self.line;
        let (mut bytes, mut fields, mut in_quotes) = (0, 0, false);
        loop {
            if self.start == self.end {
                self.fetch()?;
            }
            let input = self.buffer.get(self.start..self.end).unwrap_or_default();
            let (result, taken, written, ended) = self.parser.read_record(
                input,
                self.fields.get_mut(bytes..).unwrap_or_default(),
                self.ends.get_mut(fields..).unwrap_or_default(),
            );
            let parsed = input.get(..taken).unwrap_or_default();
            let is_last = parsed.is_empty();
            in_quotes ^= self.seen.quote && occurrences(parsed, b'"') % 2 == 1;
            self.pass(taken);
            bytes += written;
            fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() < self.limits.line_bytes => {
                    let size = (self.fields.len() * 2).min(self.limits.line_bytes);
                    self.fields.resize(size, 0);
                }
                ReadRecordResult::OutputFull if in_quotes => {
                    return Err(SheetError::OpenQuote { at: place(line, 0) });
                }
                ReadRecordResult::OutputFull => {
                    let limit = self.limits.line_bytes as u64;
                    return Err(too_large(line, 0, Limit::LineBytes, limit));
                }
                ReadRecordResult::OutputEndsFull => {
                    let limit = self.limits.columns as u64;
                    return Err(too_large(line, 0, Limit::Columns, limit));
                }
                ReadRecordResult::Record if in_quotes && is_last => {
                    return Err(SheetError::OpenQuote { at: place(line, 0) });
                }
                ReadRecordResult::Record if fields > self.limits.columns => {
                    let limit = self.limits.columns as u64;
                    return Err(too_large(line, 0, Limit::Columns, limit));
                }
                ReadRecordResult::Record => return Ok(Some(Record { line, bytes, fields })),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// Moves a parsed record into the caller's row, as checked text.
    fn fill(&self, row: &mut Row, record: &Record) -> Result<(), SheetError> {
        let bytes = self.fields.get(..record.bytes).unwrap_or_default();
        let ends = self.ends.get(..record.fields).unwrap_or_default();
        let at = |byte: usize| Place {
            row: record.line.saturating_add(line_ends(bytes.get(..byte).unwrap_or_default(), 0)),
            column: count(ends.partition_point(|&end| end <= byte) + 1),
            ..Place::default()
        };
        let text = std::str::from_utf8(bytes)
            .map_err(|wrong| SheetError::NotUtf8 { at: at(wrong.valid_up_to()) })?;
        if let Some(&end) = ends.iter().find(|&&end| !text.is_char_boundary(end)) {
            return Err(SheetError::NotUtf8 { at: at(end.saturating_sub(1)) });
        }
        if self.seen.nul
            && let Some(byte) = text.find('\0')
        {
            return Err(SheetError::NulByte { at: at(byte) });
        }
        row.line = record.line;
        row.text.clear();
        row.text.push_str(text);
        row.ends.clear();
        row.ends.extend_from_slice(ends);
        let longest = self.limits.field_characters;
        if text.len() > longest
            && let Some(index) = row.iter().position(|field| is_longer(field, longest))
        {
            let limit = longest as u64;
            return Err(too_large(record.line, count(index + 1), Limit::FieldCharacters, limit));
        }
        Ok(())
    }

    /// Fetches more bytes behind those that wait; does nothing when there is no room.
    fn fetch(&mut self) -> Result<(), SheetError> {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        if self.source_ended || room.is_empty() {
            return Ok(());
        }
        let read = loop {
            match self.source.read(room) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(SheetError::NotRead { detail: error.to_string() }),
                Ok(read) => break read,
            }
        };
        self.source_ended = read == 0;
        let fetched = room.get(..read).unwrap_or_default();
        self.seen.nul |= fetched.contains(&0);
        self.seen.quote |= fetched.contains(&b'"');
        self.seen.carriage_return |= fetched.contains(&b'\r');
        self.end += read;
        self.bytes += read as u64;
        if self.bytes > self.limits.file_bytes {
            return Err(too_large(self.line, 0, Limit::FileBytes, self.limits.file_bytes));
        }
        Ok(())
    }

    /// Steps over bytes, and counts the lines that end in them.
    fn pass(&mut self, bytes: usize) {
        let passed = self.buffer.get(self.start..self.start + bytes).unwrap_or_default();
        if self.seen.carriage_return {
            self.line = self.line.saturating_add(line_ends(passed, self.byte_before));
            self.byte_before = passed.last().copied().unwrap_or(self.byte_before);
        } else {
            self.line = self.line.saturating_add(count(occurrences(passed, b'\n')));
        }
        self.start += bytes;
    }

    /// Steps over line ends, which the parser would pass over without counting them for us.
    fn pass_line_ends(&mut self) -> Result<(), SheetError> {
        loop {
            match self.buffer.get(self.start..self.end).and_then(<[u8]>::first) {
                Some(b'\n' | b'\r') => self.pass(1),
                Some(_) => return Ok(()),
                None if self.source_ended => return Ok(()),
                None => self.fetch()?,
            }
        }
    }

    fn pass_byte_order_mark(&mut self) -> Result<(), SheetError> {
        while self.end < 3 && !self.source_ended {
            self.fetch()?;
        }
        match self.buffer.get(..self.end).unwrap_or_default() {
            [0xEF, 0xBB, 0xBF, ..] => self.start = 3,
            // UTF-16, as spreadsheet programs write "Unicode text".
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
                return Err(SheetError::NotUtf8 { at: place(1, 1) });
            }
            _ => {}
        }
        Ok(())
    }

    /// The bytes of the header row, still in the buffer.
    fn header_bytes(&mut self) -> Result<&[u8], SheetError> {
        loop {
            let waiting = self.buffer.get(self.start..self.end).unwrap_or_default();
            let mut in_quotes = false;
            let found = waiting.iter().position(|&byte| {
                in_quotes ^= byte == b'"';
                matches!(byte, b'\n' | b'\r') && !in_quotes
            });
            if let Some(length) = found {
                return Ok(self.buffer.get(self.start..self.start + length).unwrap_or_default());
            }
            if self.source_ended || waiting.len() == BUFFER_BYTES {
                // The parser says what is wrong with it, if anything is.
                return Ok(self.buffer.get(self.start..self.end).unwrap_or_default());
            }
            self.fetch()?;
        }
    }
}

/// The separator a header row has most of, outside quotation marks; a comma when it has none.
fn delimiter_of(header: &[u8]) -> u8 {
    let mut in_quotes = false;
    let (mut commas, mut semicolons, mut tabs) = (0, 0, 0);
    for &byte in header {
        in_quotes ^= byte == b'"';
        match byte {
            b',' if !in_quotes => commas += 1,
            b';' if !in_quotes => semicolons += 1,
            b'\t' if !in_quotes => tabs += 1,
            _ => {}
        }
    }
    if commas >= semicolons.max(tabs) {
        b','
    } else if semicolons >= tabs {
        b';'
    } else {
        b'\t'
    }
}

fn reject_doubled(headers: &[String], line: u32) -> Result<(), SheetError> {
    for (index, header) in headers.iter().enumerate() {
        let name = header.trim();
        let earlier = headers.get(..index).unwrap_or_default();
        if !name.is_empty() && earlier.iter().any(|other| other.trim() == name) {
            let at = place(line, count(index + 1));
            return Err(SheetError::DoubledHeader { at, header: name.to_owned() });
        }
    }
    Ok(())
}

fn is_longer(text: &str, characters: usize) -> bool {
    text.len() > characters && text.chars().count() > characters
}

/// Line ends of any kind; `\r\n` is one of them, even when `before` is its first half.
fn line_ends(bytes: &[u8], before: u8) -> u32 {
    let feeds = occurrences(bytes, b'\n');
    let returns = occurrences(bytes, b'\r');
    let mut pairs = usize::from(before == b'\r' && bytes.first() == Some(&b'\n'));
    if returns > 0 {
        pairs += bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    }
    count(feeds + returns - pairs)
}

fn occurrences(bytes: &[u8], wanted: u8) -> usize {
    bytes.iter().filter(|&&byte| byte == wanted).count()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn place(row: u32, column: u32) -> Place {
    Place { sheet: String::new(), row, column }
}

fn too_large(row: u32, column: u32, what: Limit, limit: u64) -> SheetError {
    SheetError::TooLarge { at: place(row, column), what, limit }
}
