//! A file in columns as rows in columns, whole stretches at a time.

use crate::batches::Batches;
use crate::cases::number;
use crate::chunk::{Chunk, TextNumbers};
use crate::columns::{Column as Named, Columns, Role};
use crate::persons::Persons;
use crate::problem::{Place, Problem};
use crate::record::CellValue;
use crate::rows::{ReadRow, TableReader};
use crate::source::Opened;
use crate::table_stream::{PartReader, PartRows, first_day, last_day, text_number};
use crate::typed::{self, Texts, Values};
use crate::typed_plain::{Odd, Plain};
use crate::typed_rows::{self, Stretch};
use arrow_array::{Array as _, ArrayAccessor};
use hjemmel_engine::case::{Row, Source, Value};
use hjemmel_engine::columns::{
    Column, NO_DAY, UNKNOWN_CHOICE, UNKNOWN_DAY, UNKNOWN_NUMBER, UNKNOWN_YES_NO,
};
use hjemmel_engine::model::{Field, FieldId, FieldType, Table};
use hjemmel_engine::time::Day;
use hjemmel_grammar::syntax::Shape;

/// Keys that are longer are looked at one by one.
const LONGEST_PLAIN_KEY: usize = 64;

/// The longest text that stands in its view, in bytes.
const IN_VIEW: u128 = 12;
/// Where a view says how long its text is.
const LENGTH: u128 = 0xffff_ffff;

/// A file in columns that is being read.
pub(crate) struct TypedPart<'a> {
    plain: Plain<'a>,
    /// The bytes, for their digest; none if the rows are in memory.
    opened: Option<Opened>,
    name: String,
    batches: Box<dyn Batches + Send>,
    columns: Columns,
    /// The positions of the columns that are read.
    positions: Vec<usize>,
    count: usize,
    /// The line of the next row.
    line: u32,
}

impl<'a> TypedPart<'a> {
    /// Begins a file, whose first row has this line.
    pub(crate) fn begin(
        rows: &mut PartReader<'a>,
        mut batches: Box<dyn Batches + Send>,
        opened: Option<Opened>,
        (name, line): (&str, u32),
    ) -> Result<Self, Box<Problem>> {
        let schema = batches.schema();
        rows.reader.record(&typed_rows::headings(&schema))?;
        let columns = rows.reader.columns().cloned().unwrap_or_default();
        let positions = typed::positions(&schema, &columns, &Place::file(name))?;
        let key = columns.used.iter().find(|column| column.role == Role::Key);
        batches.project(&positions, key.map(|key| key.index))?;
        Ok(Self {
            plain: Plain::new(rows.reader.table, rows.reader.settings),
            opened,
            name: name.to_owned(),
            batches,
            columns,
            positions,
            count: schema.fields().len(),
            line,
        })
    }

    fn stretch(&mut self, values: Vec<Values>, rows: usize) -> Stretch {
        let first = self.line;
        let count = u32::try_from(rows).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(count);
        let columns = (values, self.positions.as_slice(), self.count);
        Stretch::new(columns, rows, first, &self.name)
    }

    fn chunk(
        &mut self,
        to: &mut PartReader<'a>,
        rows: &Stretch,
        chunk: &mut Chunk,
    ) -> Result<(), Box<Problem>> {
        let mut odd: Odd = vec![false; rows.rows];
        let columns = self.columns.used.iter();
        let key = columns.clone().find(|column| column.role == Role::Key);
        let key = key.and_then(|key| rows.column(key.index));
        let starts = key.map(|key| odd_keys(key, &mut odd)).unwrap_or_default();
        if let (Some(false), Some(CellValue::Text(key))) = (odd.first(), key.map(|key| key.cell(0)))
        {
            to.texts.iter_mut().for_each(|texts| texts.person(key));
        }
        self.columns(to, rows, &mut odd, chunk);
        let days = chunk.from.iter().zip(&chunk.to);
        for ((from, to), odd) in days.zip(&mut odd) {
            *odd |= to < from && *to != UNKNOWN_DAY;
        }
        count(&mut to.reader, chunk, &odd);
        let keys = odd_rows(to, rows, &odd, chunk)?;
        push_keys(chunk, key, &odd, &starts, &keys);
        if let Some(last) = chunk.persons.last() {
            to.texts
                .iter_mut()
                .for_each(|texts| texts.last_person(last));
        }
        Ok(())
    }

    /// The columns, with fillers where values are odd.
    fn columns(
        &mut self,
        to: &mut PartReader<'a>,
        rows: &Stretch,
        odd: &mut Odd,
        chunk: &mut Chunk,
    ) {
        let table = to.reader.table;
        chunk.sources.extend(
            Source {
                file: to.reader.file,
                line: rows.first(),
            },
            rows.rows,
        );
        if table.shape == Shape::Facts {
            chunk.from = vec![Day::FIRST; rows.rows];
            chunk.to = vec![NO_DAY; rows.rows];
        }
        for column in &self.columns.used {
            if let Some(values) = rows.column(column.index) {
                let texts = &mut to.texts;
                read_column(&mut self.plain, table, column, values, odd, chunk, texts);
            }
        }
        // What the file does not have.
        for (at, column) in chunk.fields.iter_mut().enumerate() {
            let reassess = table.assessment && at == Table::REASSESS.0;
            fill(
                column,
                rows.rows,
                if reassess { NO_DAY } else { UNKNOWN_DAY },
            );
        }
        for texts in &mut chunk.texts {
            texts.resize(rows.rows, 0);
        }
    }
}

impl<'a> PartRows<'a> for TypedPart<'a> {
    fn next(&mut self, rows: &mut PartReader<'a>, chunk: &mut Chunk) -> Result<bool, Box<Problem>> {
        // Without headings there are no rows, whatever number the file says: no column is that long.
        if self.columns.used.is_empty() {
            return Ok(false);
        }
        while let Some(batch) = self.batches.next()? {
            if batch.num_rows() > 0 {
                let values = typed_rows::values(&batch, &self.name, self.line)?;
                let stretch = self.stretch(values, batch.num_rows());
                self.chunk(rows, &stretch, chunk)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn finish(self: Box<Self>, _rows: &mut PartReader<'a>) -> Result<[u8; 32], Box<Problem>> {
        let Some(mut opened) = self.opened else {
            return Ok([0; 32]);
        };
        opened.drain(&self.name)?;
        opened.finish(&self.name)
    }
}

/// Reads a column into its place.
fn read_column(
    plain: &mut Plain<'_>,
    table: &Table,
    column: &Named,
    values: &Values,
    odd: &mut Odd,
    chunk: &mut Chunk,
    texts: &mut [TextNumbers],
) {
    match column.role {
        Role::Key => {}
        Role::From => chunk.from = plain.starts(column, values, odd),
        Role::To => chunk.to = plain.ends(column, values, odd),
        Role::Date => {
            chunk.from = plain.starts(column, values, odd);
            chunk.to.clone_from(&chunk.from);
        }
        Role::Registered => chunk.registered = Some(plain.registered(column, values, odd)),
        Role::Field(id) => {
            let Some(field) = table.fields.get(id.0) else {
                return;
            };
            let at = text_position(table, id);
            if let Some((mine, known)) = at.and_then(|at| {
                let mine = chunk.texts.get_mut(at)?;
                Some((mine, texts.get_mut(at)?))
            }) {
                *mine = plain.texts(column, field, values, odd, known);
            } else if let Some(slot) = chunk.fields.get_mut(id.0) {
                *slot = plain.field(column, field, values, odd);
            }
        }
    }
}

/// Which of the texts a field is.
fn text_position(table: &Table, id: FieldId) -> Option<usize> {
    let is_text = |field: &&Field| field.ty == FieldType::Text;
    table.fields.get(id.0).filter(is_text)?;
    Some(table.fields.iter().take(id.0).filter(is_text).count())
}

/// Makes a column as long as the others, with unknown values.
fn fill(column: &mut Column, rows: usize, no_day: Day) {
    match column {
        Column::Absent => {}
        Column::Choice(values) => values.resize(rows, UNKNOWN_CHOICE),
        Column::Number(values) => values.resize(rows, UNKNOWN_NUMBER),
        Column::Date(values) => values.resize(rows, no_day),
        Column::YesNo(values) => values.resize(rows, UNKNOWN_YES_NO),
    }
}

/// Reads the odd rows one by one, each into its place. Gives their keys.
fn odd_rows(
    to: &mut PartReader<'_>,
    rows: &Stretch,
    odd: &Odd,
    chunk: &mut Chunk,
) -> Result<Vec<String>, Box<Problem>> {
    let mut keys = Vec::new();
    for (row, _) in odd.iter().enumerate().filter(|(_, odd)| **odd) {
        to.reader.record(&rows.record(row)?)?;
        if let Some(read) = to.reader.take() {
            set(chunk, row, &read, to.reader.persons, &mut to.texts);
            keys.push(to.reader.persons.key(read.person).to_owned());
        }
        to.reader.persons.clear();
    }
    Ok(keys)
}

/// Counts the rows that are not odd.
fn count(reader: &mut TableReader<'_>, chunk: &Chunk, odd: &Odd) {
    let plain = odd.iter().filter(|odd| !**odd).count();
    let missing = chunk.registered.as_ref().map(|registered| {
        let missing = registered.iter().zip(odd);
        let missing = missing.filter(|(day, odd)| **day == UNKNOWN_DAY && !**odd);
        number(missing.count())
    });
    reader.count(number(plain), missing);
}

/// Adds the keys of all rows: those of odd ones are given.
fn push_keys(
    chunk: &mut Chunk,
    key: Option<&Values>,
    odd: &Odd,
    starts: &[usize],
    keys: &[String],
) {
    let text = |row: usize| match key.map(|key| key.cell(row)) {
        Some(CellValue::Text(text)) => text,
        _ => "",
    };
    if keys.is_empty() && !starts.is_empty() {
        let ends = starts.iter().skip(1).copied().chain([odd.len()]);
        for (start, end) in starts.iter().zip(ends) {
            chunk.persons.push_rows(text(*start), end);
        }
        return;
    }
    let mut keys = keys.iter();
    for (row, odd) in odd.iter().enumerate() {
        match odd {
            true => chunk.persons.push(keys.next().map_or("", String::as_str)),
            false => chunk.persons.push(text(row)),
        }
    }
}

/// Marks the rows whose keys are not plain: letters and digits, the last a digit. Such a key is no
/// total and no rounded number, and nothing stands around it. Tells in which rows another key stands
/// than in the row before, if the keys are texts.
fn odd_keys(key: &Values, odd: &mut Odd) -> Vec<usize> {
    match key {
        Values::Text(Texts::Short(texts)) => odd_texts(odd, |row| known(texts, row), |_| false),
        Values::Text(Texts::Long(texts)) => odd_texts(odd, |row| known(texts, row), |_| false),
        Values::Text(Texts::View(texts)) => {
            // A short text stands in its view. A view begins with how long the text is.
            let view = |row: usize| texts.views().get(row).filter(|it| **it & LENGTH <= IN_VIEW);
            let is_same = |row: usize| {
                let before = row.checked_sub(1).and_then(view);
                before.is_some() && texts.null_count() == 0 && view(row) == before
            };
            odd_texts(odd, |row| known(texts, row), is_same)
        }
        Values::Shared(shared) => {
            let texts = shared.texts();
            let mut judged: Vec<Option<bool>> = vec![None; texts.len()];
            for (row, odd) in odd.iter_mut().enumerate() {
                let slot = shared
                    .key(row)
                    .and_then(|at| Some((at, judged.get_mut(at)?)));
                let fits = slot.is_some_and(|(at, slot)| {
                    *slot.get_or_insert_with(|| texts.get(at).is_some_and(is_plain))
                });
                *odd |= !fits;
            }
            Vec::new()
        }
        _ => {
            odd.fill(true);
            Vec::new()
        }
    }
}

/// `is_same` tells of a row, without looking at its text, that it has the text of the row before.
fn odd_texts<'a>(
    odd: &mut Odd,
    text: impl Fn(usize) -> Option<&'a str>,
    is_same: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut starts = Vec::new();
    let (mut last, mut fits) = (None, false);
    for (row, odd) in odd.iter_mut().enumerate() {
        if !is_same(row) {
            let text = text(row);
            if row == 0 || text != last {
                starts.push(row);
                fits = text.is_some_and(is_plain);
                last = text;
            }
        }
        *odd |= !fits;
    }
    starts
}

/// The text of a row that has one.
#[inline]
fn known<'a, A: ArrayAccessor<Item = &'a str>>(texts: A, row: usize) -> Option<&'a str> {
    (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row))
}

fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ordinary = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let digit = bytes.last().is_some_and(u8::is_ascii_digit);
    digit && bytes.len() <= LONGEST_PLAIN_KEY && bytes.iter().all(ordinary)
}

/// Puts a row that was read by itself in its place; its key is put elsewhere.
fn set(chunk: &mut Chunk, at: usize, read: &ReadRow, persons: &Persons, texts: &mut [TextNumbers]) {
    if !read.readable {
        chunk
            .unreadable
            .push((at, persons.unreadable_of(read.person)));
    }
    if persons.is_doubtful(read.person) {
        chunk.doubtful.push(at);
    }
    let row: &Row = &read.row;
    put(&mut chunk.from, at, first_day(row.from));
    put(&mut chunk.to, at, last_day(row.to));
    if let Some(registered) = &mut chunk.registered {
        put(registered, at, row.registered.unwrap_or(UNKNOWN_DAY));
    }
    let mut texts = chunk.texts.iter_mut().zip(texts);
    for (column, value) in chunk.fields.iter_mut().zip(&row.values) {
        if *column != Column::Absent {
            set_value(column, at, value.as_ref());
        } else if let Some((mine, known)) = texts.next() {
            put(mine, at, text_number(known, value.as_ref()));
        }
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
