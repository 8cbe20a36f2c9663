//! A text file as a stream of rows in columns.

use crate::chunk::{Chunk, Chunks, STRETCH, TextNumbers};
use crate::columns::{self, Role};
use crate::csv::Records;
use crate::persons::Persons;
use crate::plain::PlainLines;
use crate::problem::{Collector, Place, Problem};
use crate::read::{close_csv, open_csv};
use crate::rows::{ReadRow, TableRead, TableReader};
use crate::settings::Settings;
use crate::source::Opened;
use hjemmel_engine::case::{End, Row, Start, Value};
use hjemmel_engine::columns::{Column, NO_DAY, UNKNOWN_DAY};
use hjemmel_engine::model::Table;
use std::io::BufRead as _;
use std::path::Path;

/// What is noted while a file is read, apart from its rows.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Only the person of the line that is being read.
    persons: Persons,
    pub(crate) problems: Collector,
}

/// A text file that is being read.
pub(crate) struct TextStream<'a> {
    table: &'a Table,
    settings: &'a Settings<'a>,
    records: Records<Opened>,
    reader: TableReader<'a>,
    /// Once the headings are read, if the file can have ordinary lines.
    plain: Option<PlainLines<'a>>,
    dated: bool,
    begun: bool,
    texts: Vec<TextNumbers>,
}

/// A file to read: its table, its name, and its position in the list of files.
#[derive(Clone, Copy)]
pub(crate) struct TextFile<'a> {
    pub(crate) table: &'a Table,
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) name: &'a str,
    pub(crate) path: &'a Path,
    pub(crate) file: u32,
}

impl<'a> TextStream<'a> {
    /// Opens a file. If it is `sorted` by person, what is remembered stays bounded.
    pub(crate) fn open(
        file: TextFile<'a>,
        notes: &'a mut Notes,
        sorted: bool,
    ) -> Result<Self, Box<Problem>> {
        let TextFile {
            table, settings, ..
        } = file;
        let records = open_csv(table, settings, file.name, file.path)?;
        let (persons, problems) = (&mut notes.persons, &mut notes.problems);
        let place = Place::file(file.name);
        let reader = TableReader::new(table, settings, persons, problems, file.file, place);
        let texts = Chunk::new(table, false).texts;
        Ok(Self {
            table,
            settings,
            records,
            reader,
            plain: None,
            dated: false,
            begun: false,
            texts: texts.iter().map(|_| TextNumbers::new(sorted)).collect(),
        })
    }

    /// What was read of the file, apart from its rows, and its digest.
    pub(crate) fn finish(
        mut self,
        allow_empty: bool,
    ) -> Result<(TableRead, [u8; 32]), Box<Problem>> {
        let read = self.reader.finish(allow_empty)?;
        let digest = close_csv(self.records, self.reader.problems)?;
        Ok((read, digest))
    }

    /// Makes the ordinary line known once the headings are read.
    fn begin(&mut self) {
        let Some(columns) = self.reader.settled().filter(|_| !self.begun) else {
            return;
        };
        let separator = self.records.separator;
        let is_registered = |column: &columns::Column| column.role == Role::Registered;
        self.dated = columns.used.iter().any(is_registered);
        self.plain = PlainLines::new(self.table, self.settings, columns, separator);
        self.begun = true;
    }

    /// Reads the ordinary lines that follow.
    fn plain_lines(&mut self, chunk: &mut Chunk) {
        let lines = &mut self.records.lines;
        let (Some(plain), Some(_)) = (&mut self.plain, self.reader.settled()) else {
            return;
        };
        // What cannot be read is told by the reader of records, which tries again.
        let Ok(bytes) = lines.input.fill_buf() else {
            return;
        };
        let line = lines.number.saturating_add(1);
        let taken = plain.read(bytes, line, STRETCH, chunk, &mut self.texts);
        lines.input.consume(taken.bytes);
        lines.number = lines.number.saturating_add(taken.rows);
        let missing = u64::from(taken.registered_missing);
        let missing = self.dated.then_some(missing);
        self.reader.count(u64::from(taken.rows), missing);
    }
}

impl Chunks for TextStream<'_> {
    fn next(&mut self, chunk: &mut Chunk) -> Result<bool, Box<Problem>> {
        while chunk.rows() < STRETCH {
            self.begin();
            if self.dated && chunk.registered.is_none() {
                chunk.registered = Some(Vec::new());
            }
            self.plain_lines(chunk);
            if chunk.rows() >= STRETCH {
                break;
            }
            let Some(record) = self.records.next()? else {
                break;
            };
            self.reader.record(&record)?;
            if let Some(row) = self.reader.take() {
                push(chunk, &row, self.reader.persons, &mut self.texts);
                self.reader.persons.clear();
            }
        }
        Ok(chunk.rows() > 0)
    }
}

/// Adds a row that the reader of rows has read, of the only person it knows.
fn push(chunk: &mut Chunk, read: &ReadRow, persons: &Persons, texts: &mut [TextNumbers]) {
    let at = chunk.rows();
    let key = persons.key(read.person);
    if chunk.persons.last() != Some(key) {
        texts.iter_mut().for_each(TextNumbers::next_person);
    }
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

/// Adds the values of a row, and its line; not its person.
pub(crate) fn push_values(chunk: &mut Chunk, row: &Row, texts: &mut [TextNumbers]) {
    chunk.lines.push(row.source.line);
    chunk.from.push(match row.from {
        Start::On(day) => day,
        Start::Unknown => UNKNOWN_DAY,
    });
    chunk.to.push(match row.to {
        End::On(day) => day,
        End::Ongoing => NO_DAY,
        End::Unknown => UNKNOWN_DAY,
    });
    if let Some(registered) = &mut chunk.registered {
        registered.push(row.registered.unwrap_or(UNKNOWN_DAY));
    }
    let mut texts = chunk.texts.iter_mut().zip(texts);
    for (column, value) in chunk.fields.iter_mut().zip(&row.values) {
        if *column != Column::Absent {
            column.push(value.as_ref());
        } else if let Some((mine, known)) = texts.next() {
            mine.push(match value {
                Some(Value::Text(text)) => known.number(text),
                _ => 0,
            });
        }
    }
}
