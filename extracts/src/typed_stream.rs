//! Files in columns to stretches of rows in columns.

use crate::batches::{self, Batches};
use crate::chunk::Chunk;
use crate::columns::{Column as Named, Columns, Role};
use crate::kinds::{Kind, Part, TableFiles};
use crate::persons::Persons;
use crate::problem::{Collector, Place, Problem};
use crate::record::CellValue;
use crate::rows::{ReadRow, TableRead, TableReader};
use crate::settings::Settings;
use crate::source::Opened;
use crate::typed::{self, Values};
use crate::typed_plain::{Odd, Plain};
use crate::typed_rows::{self, Stretch};
use hjemmel_engine::case::{End, Row, Start, Value};
use hjemmel_engine::columns::{Column, NO_DAY, UNKNOWN_DAY};
use hjemmel_engine::model::Table;
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Shape;
use std::collections::VecDeque;

/// Keys that are longer are looked at one by one.
const LONGEST_PLAIN_KEY: usize = 64;

/// What is noted while a table is read, apart from its rows.
#[derive(Debug, Default)]
pub(crate) struct TypedNotes {
    /// Only the person of the row that is being read.
    persons: Persons,
    pub(crate) problems: Collector,
}

/// A table in columns that is being read, part after part.
pub(crate) struct TypedStream<'a> {
    table: &'a Table,
    /// Which fields are read.
    wanted: &'a [bool],
    reader: TableReader<'a>,
    plain: Plain<'a>,
    kind: Kind,
    /// The parts that are still to come, each with its position in the list of files.
    parts: VecDeque<(u32, Part)>,
    part: Option<OpenPart>,
    digests: Digests,
}

/// Each part by its name, with its digest.
pub(crate) type Digests = Vec<(String, [u8; 32])>;

/// The part that is being read.
struct OpenPart {
    opened: Opened,
    name: String,
    batches: Box<dyn Batches + Send>,
    columns: Columns,
    /// For each column of the file its position in what is read.
    positions: Vec<usize>,
    count: usize,
    /// The line of the next row.
    line: u32,
}

impl<'a> TypedStream<'a> {
    /// Begins a table whose files are Parquet or Arrow. Of its fields those are read that are
    /// `wanted`. `files` are the positions of the whole and of each part in the list of files.
    pub(crate) fn open(
        table: &'a Table,
        settings: &'a Settings<'a>,
        found: &TableFiles,
        files: (u32, &[u32]),
        wanted: &'a [bool],
        notes: &'a mut TypedNotes,
    ) -> Self {
        let place = Place::file(&found.name);
        let (persons, problems) = (&mut notes.persons, &mut notes.problems);
        let numbered = files.1.iter().copied().zip(found.parts.iter().cloned());
        Self {
            table,
            wanted,
            reader: TableReader::new(table, settings, persons, problems, files.0, place),
            plain: Plain::new(table, settings),
            kind: found.kind,
            parts: numbered.collect(),
            part: None,
            digests: Vec::new(),
        }
    }

    /// The next rows; none at the end of the last part.
    pub(crate) fn next(&mut self) -> Result<Option<Chunk>, Box<Problem>> {
        loop {
            if self.part.is_none() {
                let Some((file, part)) = self.parts.pop_front() else {
                    return Ok(None);
                };
                self.part = Some(self.begin(file, &part)?);
            }
            let Some(mut part) = self.part.take() else {
                return Ok(None);
            };
            match part.batches.next()? {
                Some(batch) => {
                    let values = typed_rows::values(&batch, &part.name, part.line)?;
                    let stretch = part.stretch(values, batch.num_rows());
                    let chunk = self.chunk(&part.columns, &stretch)?;
                    self.part = Some(part);
                    return Ok(Some(chunk));
                }
                None => {
                    part.opened.drain(&part.name)?;
                    let digest = part.opened.finish(&part.name)?;
                    self.digests.push((part.name, digest));
                }
            }
        }
    }

    /// What was read of the table apart from its rows, and the digest of each part.
    pub(crate) fn finish(self, allow_empty: bool) -> Result<(TableRead, Digests), Box<Problem>> {
        Ok((self.reader.finish(allow_empty)?, self.digests))
    }

    fn begin(&mut self, file: u32, part: &Part) -> Result<OpenPart, Box<Problem>> {
        let name = part.name.as_str();
        let opened = Opened::open(&part.path, name)?;
        let mut batches = batches::open(part, self.kind)?;
        let schema = batches.schema();
        self.reader.begin(file, name, true);
        self.reader.record(&typed_rows::headings(&schema))?;
        let mut columns = self.reader.columns().cloned().unwrap_or(Columns {
            used: Vec::new(),
            count: 0,
        });
        columns.used.retain(|column| match column.role {
            Role::Field(id) => self.wanted.get(id.0) == Some(&true),
            _ => true,
        });
        let place = Place::file(name);
        let positions = typed::positions(&schema, &columns, &place)?;
        let key = columns.used.iter().find(|column| column.role == Role::Key);
        batches.project(&positions, key.map(|key| key.index))?;
        Ok(OpenPart {
            opened,
            name: name.to_owned(),
            batches,
            columns,
            positions,
            count: schema.fields().len(),
            line: 1,
        })
    }

    fn chunk(&mut self, columns: &Columns, rows: &Stretch) -> Result<Chunk, Box<Problem>> {
        let mut odd: Odd = vec![false; rows.rows];
        let mut chunk = self.columns(columns, rows, &mut odd);
        let key = columns.used.iter().find(|column| column.role == Role::Key);
        let key = key.and_then(|key| rows.column(key.index));
        let same = key.map(|key| odd_keys(key, &mut odd)).unwrap_or_default();
        let days = chunk.from.iter().zip(&chunk.to);
        for ((from, to), odd) in days.zip(&mut odd) {
            *odd |= to < from && *to != UNKNOWN_DAY;
        }
        self.count(&chunk, &odd);
        let mut keys = Vec::new();
        for (row, _) in odd.iter().enumerate().filter(|(_, odd)| **odd) {
            self.reader.record(&rows.record(row)?)?;
            if let Some(read) = self.reader.take() {
                set(&mut chunk, row, &read, self.reader.persons);
                keys.push(self.reader.persons.key(read.person).to_owned());
            }
            self.reader.persons.clear();
        }
        let (mut keys, mut after_odd) = (keys.iter(), true);
        for (row, odd) in odd.iter().enumerate() {
            if !*odd && !after_odd && same.get(row) == Some(&true) {
                chunk.persons.again();
                continue;
            }
            after_odd = *odd;
            let text = match (odd, key.map(|key| key.cell(row))) {
                (true, _) => keys.next().map(String::as_str),
                (false, Some(CellValue::Text(text))) => Some(text),
                _ => None,
            };
            chunk.persons.push(text.unwrap_or_default());
        }
        Ok(chunk)
    }

    /// The columns, with fillers where values are odd.
    fn columns(&mut self, columns: &Columns, rows: &Stretch, odd: &mut Odd) -> Chunk {
        let mut chunk = Chunk::default();
        if self.table.shape == Shape::Facts {
            chunk.from = vec![Day::FIRST; rows.rows];
            chunk.to = vec![NO_DAY; rows.rows];
        }
        chunk.fields = vec![Column::Absent; self.table.fields.len()];
        if let Some(slot) = chunk.fields.get_mut(Table::REASSESS.0)
            && self.table.assessment
        {
            *slot = Column::Date(vec![NO_DAY; rows.rows]);
        }
        for column in &columns.used {
            let Some(values) = rows.column(column.index) else {
                continue;
            };
            self.column(column, values, odd, &mut chunk);
        }
        chunk
    }

    fn column(&mut self, column: &Named, values: &Values, odd: &mut Odd, chunk: &mut Chunk) {
        match column.role {
            Role::Key => {}
            Role::From => chunk.from = self.plain.starts(column, values, odd),
            Role::To => chunk.to = self.plain.ends(column, values, odd),
            Role::Date => {
                chunk.from = self.plain.starts(column, values, odd);
                chunk.to.clone_from(&chunk.from);
            }
            Role::Registered => {
                chunk.registered = Some(self.plain.registered(column, values, odd));
            }
            Role::Field(id) => {
                let field = self.table.fields.get(id.0);
                if let (Some(field), Some(slot)) = (field, chunk.fields.get_mut(id.0)) {
                    *slot = self.plain.field(column, field, values, odd);
                }
            }
        }
    }

    /// Counts the rows that are not odd.
    fn count(&mut self, chunk: &Chunk, odd: &Odd) {
        let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
        let plain = odd.iter().filter(|odd| !**odd).count();
        let missing = chunk.registered.as_ref().map(|registered| {
            let missing = registered.iter().zip(odd);
            let missing = missing.filter(|(day, odd)| **day == UNKNOWN_DAY && !**odd);
            count(missing.count())
        });
        self.reader.count(count(plain), missing);
    }
}

impl OpenPart {
    fn stretch(&mut self, values: Vec<Values>, rows: usize) -> Stretch {
        let first = self.line;
        let count = u32::try_from(rows).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(count);
        let columns = (values, self.positions.as_slice(), self.count);
        Stretch::new(columns, rows, first, &self.name)
    }
}

/// Marks the rows whose keys are not plain: letters and digits, the last a digit. Such a key is no
/// total and no rounded number, and nothing stands around it. Tells which rows have the key of the
/// row before.
fn odd_keys(key: &Values, odd: &mut Odd) -> Vec<bool> {
    let mut same = vec![false; odd.len()];
    let plain = |text: &str| {
        let bytes = text.as_bytes();
        let ordinary = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let digit = bytes.last().is_some_and(u8::is_ascii_digit);
        digit && bytes.len() <= LONGEST_PLAIN_KEY && bytes.iter().all(ordinary)
    };
    match key {
        Values::Text(texts) => {
            let mut last = None;
            for (row, (odd, same)) in odd.iter_mut().zip(&mut same).enumerate() {
                let text = texts.get(row);
                if text.is_some() && text == last {
                    *same = true;
                    continue;
                }
                let fits = text.is_some_and(plain);
                *odd |= !fits;
                last = text.filter(|_| fits);
            }
        }
        Values::Shared(shared) => {
            let texts = shared.texts();
            let mut known: Vec<Option<bool>> = vec![None; texts.len()];
            for (row, odd) in odd.iter_mut().enumerate() {
                let slot = shared
                    .key(row)
                    .and_then(|at| Some((at, known.get_mut(at)?)));
                let fits = slot.is_some_and(|(at, slot)| {
                    *slot.get_or_insert_with(|| texts.get(at).is_some_and(plain))
                });
                *odd |= !fits;
            }
        }
        _ => odd.fill(true),
    }
    same
}

/// Puts a row that was read by itself in its place; its key is put elsewhere.
fn set(chunk: &mut Chunk, at: usize, read: &ReadRow, persons: &Persons) {
    if !read.readable {
        chunk
            .unreadable
            .push((at, persons.unreadable_of(read.person)));
    }
    if persons.is_doubtful(read.person) {
        chunk.doubtful.push(at);
    }
    let row: &Row = &read.row;
    put(
        &mut chunk.from,
        at,
        match row.from {
            Start::On(day) => day,
            Start::Unknown => UNKNOWN_DAY,
        },
    );
    put(
        &mut chunk.to,
        at,
        match row.to {
            End::On(day) => day,
            End::Ongoing => NO_DAY,
            End::Unknown => UNKNOWN_DAY,
        },
    );
    if let Some(registered) = &mut chunk.registered {
        put(registered, at, row.registered.unwrap_or(UNKNOWN_DAY));
    }
    for (column, value) in chunk.fields.iter_mut().zip(&row.values) {
        set_value(column, at, value.as_ref());
    }
}

fn set_value(column: &mut Column, at: usize, value: Option<&Value>) {
    // Written at the end, and moved to its place.
    column.push(value);
    match column {
        Column::Absent => {}
        Column::Choice(values) => move_last(values, at),
        Column::Number(values) => move_last(values, at),
        Column::Date(values) => move_last(values, at),
        Column::YesNo(values) => move_last(values, at),
    }
}

fn move_last<T: Copy>(values: &mut Vec<T>, at: usize) {
    if let Some(last) = values.pop() {
        put(values, at, last);
    }
}

fn put<T>(values: &mut [T], at: usize, value: T) {
    if let Some(slot) = values.get_mut(at) {
        *slot = value;
    }
}
