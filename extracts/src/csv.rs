//! Text files to records: RFC 4180, strictly, with the exact place of everything.
//!
//! Own code and not a library, because a fault must be named at its place (the *opening* quote,
//! the first bad byte, the first surplus field) and memory must stay bounded by the caps whatever
//! the bytes are; known libraries read stray quotes leniently and count neither.

use crate::mapping::Encoding;
use crate::messages::text as messages;
use crate::problem::{Place, Problem};
use crate::record::{Cell, CellValue, Record};
use std::io::BufRead;

/// The longest field, in bytes.
pub(crate) const FIELD_CAP: usize = 64 * 1024;
/// The longest row, in bytes.
pub(crate) const ROW_CAP: usize = 1024 * 1024;
/// The most columns.
pub(crate) const COLUMN_CAP: usize = 1024;

/// The lines of a text file, decoded, numbered as an editor numbers them.
pub(crate) struct Lines<R> {
    pub(crate) input: R,
    pub(crate) file: String,
    encoding: Encoding,
    bytes: Vec<u8>,
    /// Of the line read last, from 1.
    pub(crate) number: u32,
    /// The first line that ends in CR alone.
    pub(crate) lone_cr: Option<u32>,
    /// The last line was not ended by a line break.
    pub(crate) unfinished: bool,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(input: R, file: &str, encoding: Encoding) -> Self {
        Self {
            input,
            file: file.to_owned(),
            encoding,
            bytes: Vec::new(),
            number: 0,
            lone_cr: None,
            unfinished: false,
        }
    }

    /// Appends the next line to `text`, without its line break. `false` at the end of the file.
    pub(crate) fn next(&mut self, text: &mut String) -> Result<bool, Box<Problem>> {
        if !self.read_bytes()? {
            return Ok(false);
        }
        self.number = self.number.saturating_add(1);
        let first = self.number == 1;
        let bytes = if first {
            self.without_mark()?
        } else {
            self.bytes.as_slice()
        };
        let place = |column| Place::at(&self.file, self.number, column);
        if let Some(before) = bytes.iter().position(|byte| *byte == 0) {
            return Err(Box::new(messages::nul(place(column_of(before, bytes)))));
        }
        match self.encoding {
            Encoding::Utf8 => match std::str::from_utf8(bytes) {
                Ok(line) => text.push_str(line),
                Err(error) => {
                    let column = column_of(error.valid_up_to(), bytes);
                    return Err(Box::new(messages::not_utf8(place(column))));
                }
            },
            Encoding::Windows1252 => {
                let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
                if let Some(at) = bytes.iter().position(undefined) {
                    let column = u32::try_from(at.saturating_add(1)).unwrap_or(u32::MAX);
                    return Err(Box::new(messages::not_1252(place(column))));
                }
                let (line, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
                text.push_str(&line);
            }
        }
        Ok(true)
    }

    /// Reads to the next CR, LF or CRLF. `false` at the end of the file.
    fn read_bytes(&mut self) -> Result<bool, Box<Problem>> {
        self.bytes.clear();
        loop {
            let failed = |error| Box::new(messages::unreadable(Place::file(&self.file), &error));
            let available = self.input.fill_buf().map_err(failed)?;
            if available.is_empty() {
                self.unfinished |= !self.bytes.is_empty();
                return Ok(!self.bytes.is_empty());
            }
            let end = available.iter().position(|b| matches!(b, b'\n' | b'\r'));
            let (line, _) = available.split_at(end.unwrap_or(available.len()));
            if self.bytes.len().saturating_add(line.len()) > ROW_CAP {
                let place = Place::at(&self.file, self.number.saturating_add(1), 1);
                return Err(Box::new(messages::row_cap(place)));
            }
            self.bytes.extend_from_slice(line);
            let is_cr = end.and_then(|end| available.get(end)) == Some(&b'\r');
            let taken = end.map_or(available.len(), |end| end.saturating_add(1));
            self.input.consume(taken);
            if end.is_none() {
                continue;
            }
            if is_cr {
                self.after_cr()?;
            }
            return Ok(true);
        }
    }

    /// Takes the LF of a CRLF, or remembers that there was none.
    fn after_cr(&mut self) -> Result<(), Box<Problem>> {
        let failed = |error| Box::new(messages::unreadable(Place::file(&self.file), &error));
        if self.input.fill_buf().map_err(failed)?.first() == Some(&b'\n') {
            self.input.consume(1);
        } else {
            self.lone_cr.get_or_insert(self.number.saturating_add(1));
        }
        Ok(())
    }

    /// The first line without its byte order mark; refuses what is not text.
    fn without_mark(&self) -> Result<&[u8], Box<Problem>> {
        let place = || Place::at(&self.file, 1, 1);
        match self.bytes.as_slice() {
            [0x1f, 0x8b, ..] | [b'P', b'K', 3 | 5 | 7, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => {
                Err(Box::new(messages::compressed(place())))
            }
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] => {
                Err(Box::new(messages::utf16(place())))
            }
            [0xef, 0xbb, 0xbf, rest @ ..] => match self.encoding {
                Encoding::Utf8 => Ok(rest),
                Encoding::Windows1252 => Err(Box::new(messages::marked_utf8(place()))),
            },
            bytes => Ok(bytes),
        }
    }
}

/// The number of the character that begins `at` bytes into `line`, counting what is valid.
fn column_of(at: usize, line: &[u8]) -> u32 {
    let before = line.get(..at).unwrap_or_default();
    let characters = String::from_utf8_lossy(before).chars().count();
    u32::try_from(characters.saturating_add(1)).unwrap_or(u32::MAX)
}

/// The records of a text file.
pub(crate) struct Records<R> {
    pub(crate) lines: Lines<R>,
    pub(crate) separator: char,
    /// A line that is read but not taken (the first, once).
    pending: Option<String>,
    line: String,
    text: String,
    spans: Vec<Span>,
}

/// A field: bytes of the record's text, and where it begins in the file.
struct Span {
    start: usize,
    end: usize,
    line: u32,
    column: u32,
}

/// How the splitting of one line ended.
enum Ended {
    Row,
    /// Inside quotes that were opened here.
    Quoted(Place),
}

impl<R: BufRead> Records<R> {
    /// Records whose first line has been taken from `lines` already.
    pub(crate) fn new(lines: Lines<R>, first: String, separator: char) -> Self {
        Self {
            lines,
            separator,
            pending: Some(first),
            line: String::new(),
            text: String::new(),
            spans: Vec::new(),
        }
    }

    /// The next record; a blank line is one without cells.
    pub(crate) fn next(&mut self) -> Result<Option<Record<'_>>, Box<Problem>> {
        if !self.next_line()? {
            return Ok(None);
        }
        let line = self.lines.number;
        self.text.clear();
        self.spans.clear();
        if self.line.trim().is_empty() {
            return Ok(Some(Record::blank(line)));
        }
        let mut ended = self.split_line()?;
        while let Ended::Quoted(opening) = ended {
            self.text.push('\n');
            if !self.next_line()? {
                return Err(Box::new(messages::quote_open(opening)));
            }
            if self.text.len().saturating_add(self.line.len()) > ROW_CAP {
                return Err(Box::new(messages::quote_open(opening)));
            }
            ended = self.continue_quoted(opening)?;
        }
        let cells = self.spans.iter().map(|span| Cell {
            value: CellValue::Text(self.text.get(span.start..span.end).unwrap_or_default()),
            line: span.line,
            column: span.column,
        });
        Ok(Some(Record {
            line,
            cells: cells.collect(),
        }))
    }

    fn next_line(&mut self) -> Result<bool, Box<Problem>> {
        if let Some(first) = self.pending.take() {
            self.line = first;
            return Ok(true);
        }
        self.line.clear();
        self.lines.next(&mut self.line)
    }

    fn place(&self, column: u32) -> Place {
        Place::at(&self.lines.file, self.lines.number, column)
    }

    /// Splits a line that begins a record.
    fn split_line(&mut self) -> Result<Ended, Box<Problem>> {
        let line = std::mem::take(&mut self.line);
        let ended = self.split_from(&line, &mut Cursor::new(&line));
        self.line = line;
        ended
    }

    /// Goes on inside quotes on a new line.
    fn continue_quoted(&mut self, opening: Place) -> Result<Ended, Box<Problem>> {
        let line = std::mem::take(&mut self.line);
        let mut cursor = Cursor::new(&line);
        let ended = match self.quoted(&mut cursor, opening)? {
            Some(ended) => Ok(ended),
            None => self.split_from(&line, &mut cursor),
        };
        self.line = line;
        ended
    }

    /// Splits the rest of a line into fields.
    fn split_from(&mut self, line: &str, cursor: &mut Cursor<'_>) -> Result<Ended, Box<Problem>> {
        loop {
            let column = cursor.column;
            if self.spans.len() >= COLUMN_CAP {
                return Err(Box::new(messages::column_cap(self.place(column))));
            }
            self.spans.push(Span {
                start: self.text.len(),
                end: self.text.len(),
                line: self.lines.number,
                column,
            });
            if cursor.peek() == Some('"') {
                let place = self.place(column);
                cursor.next();
                if let Some(ended) = self.quoted(cursor, place)? {
                    return Ok(ended);
                }
                continue;
            }
            let rest = line.get(cursor.offset..).unwrap_or_default();
            let field = rest.split(self.separator).next().unwrap_or_default();
            if let Some((before, _)) = field.split_once('"') {
                let column = cursor.column.saturating_add(count(before));
                return Err(Box::new(messages::quote_inside(self.place(column))));
            }
            self.text.push_str(field);
            self.close_field()?;
            cursor.skip(field);
            if cursor.next().is_none() {
                return Ok(Ended::Row);
            }
        }
    }

    /// Reads on inside quotes. `None` after a separator: another field follows.
    fn quoted(
        &mut self,
        cursor: &mut Cursor<'_>,
        opening: Place,
    ) -> Result<Option<Ended>, Box<Problem>> {
        loop {
            match cursor.next() {
                None => {
                    self.close_field()?;
                    return Ok(Some(Ended::Quoted(opening)));
                }
                Some('"') if cursor.peek() == Some('"') => {
                    cursor.next();
                    self.text.push('"');
                }
                Some('"') => break,
                Some(c) => self.text.push(c),
            }
        }
        self.close_field()?;
        let place = self.place(cursor.column);
        match cursor.next() {
            None => Ok(Some(Ended::Row)),
            Some(c) if c == self.separator => Ok(None),
            // A quote that was never closed meets the next one of the file: the first is to blame.
            Some(_) if opening.line != place.line => Err(Box::new(messages::quote_open(opening))),
            Some(_) => Err(Box::new(messages::quote_inside(place))),
        }
    }

    /// Ends the last field at the end of the text.
    fn close_field(&mut self) -> Result<(), Box<Problem>> {
        let Some(span) = self.spans.last_mut() else {
            return Ok(());
        };
        span.end = self.text.len();
        if span.end.saturating_sub(span.start) > FIELD_CAP {
            let place = Place::at(&self.lines.file, span.line, span.column);
            return Err(Box::new(messages::field_cap(place)));
        }
        Ok(())
    }
}

/// A position in a line, counted in bytes and in characters.
struct Cursor<'a> {
    rest: &'a str,
    offset: usize,
    column: u32,
}

impl<'a> Cursor<'a> {
    fn new(line: &'a str) -> Self {
        Self {
            rest: line,
            offset: 0,
            column: 1,
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        self.offset = self.offset.saturating_add(c.len_utf8());
        self.column = self.column.saturating_add(1);
        Some(c)
    }

    fn skip(&mut self, text: &str) {
        self.rest = self.rest.get(text.len()..).unwrap_or_default();
        self.offset = self.offset.saturating_add(text.len());
        self.column = self.column.saturating_add(count(text));
    }
}

fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
