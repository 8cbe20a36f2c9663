//! A table of an extract as a stream of rows in columns, file after file, whatever kind they are.

use crate::batches;
use crate::chunk::{Chunk, Chunks, STRETCH, TextNumbers};
use crate::jsonl::JsonRows;
use crate::kinds::{Kind, Part};
use crate::persons::Persons;
use crate::problem::{Collector, Place, Problem};
use crate::read::Listed;
use crate::record::Record;
use crate::rows::{ReadRow, TableRead, TableReader};
use crate::settings::Settings;
use crate::source::Opened;
use crate::text_part::TextPart;
use crate::typed_stream::TypedPart;
use crate::weeks::WeekRows;
use hjemmel_engine::case::{End, Row, Start, Value};
use hjemmel_engine::columns::{Column, NO_DAY, UNKNOWN_DAY};
use hjemmel_engine::model::Table;
use hjemmel_engine::time::Day;
use std::collections::VecDeque;

/// What is noted while a table is read, apart from its rows.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Only the person of the row that is being read.
    persons: Persons,
    pub(crate) problems: Collector,
}

/// Each file by its name, with its digest.
pub(crate) type Digests = Vec<(String, [u8; 32])>;

/// A table that is being read.
pub(crate) struct TableStream<'a> {
    rows: PartReader<'a>,
    kind: Kind,
    /// The files that are still to come, each with its position in the list of files.
    parts: VecDeque<(u32, Part)>,
    part: Option<(String, Box<dyn PartRows<'a> + 'a>)>,
    digests: Digests,
}

/// Reads the rows of one part after the other.
pub(crate) struct PartReader<'a> {
    pub(crate) reader: TableReader<'a>,
    /// One for each field that is a text.
    pub(crate) texts: Vec<TextNumbers>,
}

/// A file that gives its rows a stretch at a time.
pub(crate) trait PartRows<'a> {
    /// Appends the next rows to a chunk. `false` if there are none.
    fn next(&mut self, rows: &mut PartReader<'a>, chunk: &mut Chunk) -> Result<bool, Box<Problem>>;

    /// What there is to say at the end of the file, and its digest.
    fn finish(self: Box<Self>, rows: &mut PartReader<'a>) -> Result<[u8; 32], Box<Problem>>;
}

impl<'a> TableStream<'a> {
    /// Begins a table. If its files are `sorted` by person, what is remembered stays bounded.
    pub(crate) fn new(
        table: &'a Table,
        settings: &'a Settings<'a>,
        files: &Listed,
        notes: &'a mut Notes,
        sorted: bool,
    ) -> Self {
        let whole = (files.name.as_str(), files.whole);
        Self {
            rows: PartReader::new(table, settings, whole, notes, sorted),
            kind: files.kind,
            parts: files.parts.iter().cloned().collect(),
            part: None,
            digests: Vec::new(),
        }
    }

    /// What was read of the table apart from its rows, and the digest of each file.
    pub(crate) fn finish(self, allow_empty: bool) -> Result<(TableRead, Digests), Box<Problem>> {
        Ok((self.rows.reader.finish(allow_empty)?, self.digests))
    }

    fn begin(
        &mut self,
        file: u32,
        part: &Part,
    ) -> Result<Box<dyn PartRows<'a> + 'a>, Box<Problem>> {
        let rows = &mut self.rows;
        let by_rows = self.kind.by_rows();
        rows.reader.begin(file, &part.name, by_rows);
        Ok(match self.kind {
            Kind::Text => Box::new(TextPart::open(&rows.reader, part)?),
            Kind::Lines => {
                let lines = JsonRows::open(part)?;
                rows.reader.record(&lines.headings())?;
                Box::new(lines)
            }
            Kind::Weeks => {
                let reader = &mut rows.reader;
                let weeks = WeekRows::open(reader.table, reader.settings.weeks(), part)?;
                reader.record(&weeks.headings())?;
                Box::new(weeks)
            }
            Kind::Parquet | Kind::Arrow => {
                let opened = Opened::open(&part.path, &part.name)?;
                let batches = batches::open(part, self.kind)?;
                Box::new(TypedPart::begin(
                    rows,
                    batches,
                    Some(opened),
                    (&part.name, 1),
                )?)
            }
        })
    }
}

impl Chunks for TableStream<'_> {
    fn next(&mut self, chunk: &mut Chunk) -> Result<bool, Box<Problem>> {
        loop {
            let (name, mut part) = match self.part.take() {
                Some(part) => part,
                None => {
                    let Some((file, part)) = self.parts.pop_front() else {
                        return Ok(false);
                    };
                    let begun = self.begin(file, &part)?;
                    (part.name, begun)
                }
            };
            if part.next(&mut self.rows, chunk)? {
                self.part = Some((name, part));
                return Ok(true);
            }
            let digest = part.finish(&mut self.rows)?;
            self.rows.reader.end()?;
            self.digests.push((name, digest));
        }
    }
}

impl<'a> PartReader<'a> {
    /// For a table whose file (or folder) has this name and position in the list of files.
    pub(crate) fn new(
        table: &'a Table,
        settings: &'a Settings<'a>,
        (name, file): (&str, u32),
        notes: &'a mut Notes,
        sorted: bool,
    ) -> Self {
        let (persons, problems) = (&mut notes.persons, &mut notes.problems);
        let texts = Chunk::new(table, false).texts;
        Self {
            reader: TableReader::new(table, settings, persons, problems, file, Place::file(name)),
            texts: texts.iter().map(|_| TextNumbers::new(sorted)).collect(),
        }
    }

    /// The columns have days of registration.
    pub(crate) fn is_dated(&self) -> bool {
        let columns = self.reader.columns();
        columns.is_some_and(crate::columns::Columns::is_dated)
    }

    /// Reads one record, and appends it to a chunk if it is a row.
    pub(crate) fn record(
        &mut self,
        record: &Record<'_>,
        chunk: &mut Chunk,
    ) -> Result<(), Box<Problem>> {
        self.reader.record(record)?;
        if self.is_dated() && chunk.registered.is_none() {
            chunk.registered = Some(Vec::new());
        }
        if let Some(row) = self.reader.take() {
            push(chunk, &row, self.reader.persons, &mut self.texts);
        }
        self.reader.persons.clear();
        Ok(())
    }
}

impl<'a> PartRows<'a> for JsonRows {
    fn next(&mut self, rows: &mut PartReader<'a>, chunk: &mut Chunk) -> Result<bool, Box<Problem>> {
        while chunk.rows() < STRETCH
            && let Some((line, object)) = self.next()?
        {
            rows.record(&self.record(line, &object), chunk)?;
        }
        Ok(chunk.rows() > 0)
    }

    fn finish(self: Box<Self>, _rows: &mut PartReader<'a>) -> Result<[u8; 32], Box<Problem>> {
        (*self).finish()
    }
}

impl<'a> PartRows<'a> for WeekRows {
    fn next(&mut self, rows: &mut PartReader<'a>, chunk: &mut Chunk) -> Result<bool, Box<Problem>> {
        while chunk.rows() < STRETCH
            && let Some(row) = self.next()?
        {
            rows.record(&row.record(), chunk)?;
        }
        Ok(chunk.rows() > 0)
    }

    fn finish(self: Box<Self>, _rows: &mut PartReader<'a>) -> Result<[u8; 32], Box<Problem>> {
        (*self).finish()
    }
}

/// Adds a row that the reader of rows has read, of the only person it knows.
fn push(chunk: &mut Chunk, read: &ReadRow, persons: &Persons, texts: &mut [TextNumbers]) {
    let at = chunk.rows();
    let key = persons.key(read.person);
    texts.iter_mut().for_each(|texts| texts.person(key));
    chunk.persons.push(key);
    if !read.readable {
        let count = persons.unreadable_of(read.person);
        chunk.unreadable.push((at, count));
    }
    if persons.is_doubtful(read.person) {
        chunk.doubtful.push(at);
    }
    push_values(chunk, &read.row, texts);
}

/// Adds the values of a row, and its place; not its person.
pub(crate) fn push_values(chunk: &mut Chunk, row: &Row, texts: &mut [TextNumbers]) {
    chunk.sources.extend(row.source, 1);
    chunk.from.push(first_day(row.from));
    chunk.to.push(last_day(row.to));
    if let Some(registered) = &mut chunk.registered {
        registered.push(row.registered.unwrap_or(UNKNOWN_DAY));
    }
    let mut texts = chunk.texts.iter_mut().zip(texts);
    for (column, value) in chunk.fields.iter_mut().zip(&row.values) {
        if *column != Column::Absent {
            column.push(value.as_ref());
        } else if let Some((mine, known)) = texts.next() {
            mine.push(text_number(known, value.as_ref()));
        }
    }
}

/// A first day as it stands in a column.
pub(crate) fn first_day(from: Start) -> Day {
    match from {
        Start::On(day) => day,
        Start::Unknown => UNKNOWN_DAY,
    }
}

/// A last day as it stands in a column.
pub(crate) fn last_day(to: End) -> Day {
    match to {
        End::On(day) => day,
        End::Ongoing => NO_DAY,
        End::Unknown => UNKNOWN_DAY,
    }
}

/// The number of a text; 0 of a blank.
pub(crate) fn text_number(known: &mut TextNumbers, value: Option<&Value>) -> u32 {
    match value {
        Some(Value::Text(text)) => known.number(text.reveal()),
        _ => 0,
    }
}
