//! A text file as rows in columns: ordinary lines straight into them, all others record by record.

use crate::chunk::{Chunk, STRETCH};
use crate::columns;
use crate::csv::{Lines, Records};
use crate::kinds::Part;
use crate::messages::text;
use crate::plain::PlainLines;
use crate::problem::{Collector, Place, Problem};
use crate::rows::TableReader;
use crate::separator;
use crate::source::Opened;
use crate::table_stream::{PartReader, PartRows};
use hjemmel_engine::case::Source;
use std::io::BufRead as _;

/// A text file that is being read.
pub(crate) struct TextPart<'a> {
    records: Records<Opened>,
    /// Once the headings are read, if the file can have ordinary lines.
    plain: Option<PlainLines<'a>>,
    begun: bool,
}

/// The records of a text file, the first of them the headings.
pub(crate) fn open(reader: &TableReader<'_>, part: &Part) -> Result<Records<Opened>, Box<Problem>> {
    let (name, settings) = (part.name.as_str(), reader.settings);
    let mut lines = Lines::new(Opened::open(&part.path, name)?, name, settings.encoding);
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if !lines.next(&mut first)? {
            return Err(Box::new(text::empty(Place::at(name, 1, 1))));
        }
    }
    let expected = columns::expected(reader.table, settings.mapping);
    let at_headings = Place::at(name, lines.number, 1);
    let separator = separator::find(&first, settings.separator, &expected, at_headings)?;
    Ok(Records::new(lines, first, separator))
}

/// What there is to say of a text file as a whole once it is read to its end, and its digest.
pub(crate) fn close(
    records: Records<Opened>,
    problems: &mut Collector,
) -> Result<[u8; 32], Box<Problem>> {
    let lines = records.lines;
    if let Some(line) = lines.lone_cr {
        problems.push(text::lone_cr(Place::at(&lines.file, line, 1)));
    }
    if lines.unfinished {
        let last = Place::at(&lines.file, lines.number, 1);
        problems.push(text::no_last_newline(last));
    }
    lines.input.finish(&lines.file)
}

impl<'a> TextPart<'a> {
    pub(crate) fn open(reader: &TableReader<'a>, part: &Part) -> Result<Self, Box<Problem>> {
        Ok(Self {
            records: open(reader, part)?,
            plain: None,
            begun: false,
        })
    }

    /// Makes the ordinary line known once the headings are read.
    fn begin(&mut self, reader: &TableReader<'a>) {
        let Some(columns) = reader.settled().filter(|_| !self.begun) else {
            return;
        };
        let separator = self.records.separator;
        self.plain = PlainLines::new(reader.table, reader.settings, columns, separator);
        self.begun = true;
    }

    /// Reads the ordinary lines that follow.
    fn plain_lines(&mut self, rows: &mut PartReader<'a>, chunk: &mut Chunk) {
        let dated = rows.is_dated();
        let lines = &mut self.records.lines;
        let (Some(plain), Some(_)) = (&mut self.plain, rows.reader.settled()) else {
            return;
        };
        // What cannot be read is told by the reader of records, which tries again.
        let Ok(bytes) = lines.input.fill_buf() else {
            return;
        };
        if dated && chunk.registered.is_none() {
            chunk.registered = Some(Vec::new());
        }
        let before = chunk.rows();
        let taken = plain.read(bytes, STRETCH, chunk, &mut rows.texts);
        let first = Source {
            file: rows.reader.file,
            line: lines.number.saturating_add(1),
        };
        let count = chunk.rows().saturating_sub(before);
        chunk.sources.extend(first, count);
        lines.input.consume(taken.bytes);
        lines.number = lines.number.saturating_add(taken.rows);
        let missing = u64::from(taken.registered_missing);
        let missing = dated.then_some(missing);
        rows.reader.count(u64::from(taken.rows), missing);
    }
}

impl<'a> PartRows<'a> for TextPart<'a> {
    fn next(&mut self, rows: &mut PartReader<'a>, chunk: &mut Chunk) -> Result<bool, Box<Problem>> {
        while chunk.rows() < STRETCH {
            self.begin(&rows.reader);
            self.plain_lines(rows, chunk);
            if chunk.rows() >= STRETCH {
                break;
            }
            let Some(record) = self.records.next()? else {
                break;
            };
            rows.record(&record, chunk)?;
        }
        Ok(chunk.rows() > 0)
    }

    fn finish(self: Box<Self>, rows: &mut PartReader<'a>) -> Result<[u8; 32], Box<Problem>> {
        close(self.records, rows.reader.problems)
    }
}
