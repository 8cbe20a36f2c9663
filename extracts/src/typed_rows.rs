//! Files in columns to records, row by row: for cases that are read one by one.

use crate::batches::{self, Batches};
use crate::columns::Role;
use crate::csv::FIELD_CAP;
use crate::kinds::{Kind, Part};
use crate::messages::{tables as messages, text};
use crate::problem::{Place, Problem};
use crate::record::{Cell, CellValue, Record};
use crate::rows::TableReader;
use crate::sample::Sample;
use crate::source::Opened;
use crate::typed::{self, Values};
use arrow_array::RecordBatch;
use arrow_schema::Schema;

/// Reads one file. Gives its digest.
pub(crate) fn read(
    reader: &mut TableReader<'_>,
    part: &Part,
    kind: Kind,
) -> Result<[u8; 32], Box<Problem>> {
    let name = part.name.as_str();
    let mut opened = Opened::open(&part.path, name)?;
    let mut batches = batches::open(part, kind)?;
    let schema = batches.schema();
    reader.record(&headings(&schema))?;
    if let Some(columns) = reader.columns() {
        let place = Place::file(name);
        let positions = typed::positions(&schema, columns, &place)?;
        let key = columns.used.iter().find(|column| column.role == Role::Key);
        let key = key.map(|key| key.index);
        let mut rows = Rows::new(batches.as_mut(), (positions, key), name)?;
        while let Some(batch) = rows.batch()? {
            for row in 0..batch.rows {
                reader.record(&batch.record(row)?)?;
            }
        }
    }
    opened.drain(name)?;
    opened.finish(name)
}

/// The beginning of a file, as far as it can be read.
pub(crate) fn sample(part: &Part, kind: Kind) -> Option<Sample> {
    let mut batches = batches::open(part, kind).ok()?;
    let schema = batches.schema();
    let fields = schema.fields().iter().enumerate();
    let readable = fields.filter(|(_, field)| typed::reads(field.data_type()));
    let positions = readable.map(|(at, _)| at).collect();
    let mut sample = Sample::default();
    sample.add(&headings(&schema));
    let mut rows = Rows::new(batches.as_mut(), (positions, None), &part.name).ok()?;
    while let Ok(Some(batch)) = rows.batch() {
        for row in 0..batch.rows {
            if !sample.add(&batch.record(row).ok()?) {
                return Some(sample);
            }
        }
    }
    Some(sample)
}

pub(crate) fn headings(schema: &Schema) -> Record<'_> {
    let fields = schema.fields().iter();
    let cells = fields.map(|field| cell(CellValue::Text(field.name()), 0));
    Record {
        line: 0,
        cells: cells.collect(),
    }
}

fn cell(value: CellValue<'_>, line: u32) -> Cell<'_> {
    Cell {
        value,
        line,
        column: 0,
    }
}

/// The rows of a file, of which only some columns are read.
struct Rows<'a> {
    batches: &'a mut dyn Batches,
    positions: Vec<usize>,
    /// How many columns the file has.
    count: usize,
    name: String,
    line: u32,
}

/// Rows that were read together.
pub(crate) struct Stretch {
    /// For each column of the file its values, if they are read.
    columns: Vec<Option<Values>>,
    pub(crate) rows: usize,
    /// The line of the first.
    first: u32,
    name: String,
}

impl<'a> Rows<'a> {
    fn new(
        batches: &'a mut dyn Batches,
        (positions, key): (Vec<usize>, Option<usize>),
        name: &str,
    ) -> Result<Self, Box<Problem>> {
        let count = batches.schema().fields().len();
        batches.project(&positions, key)?;
        Ok(Self {
            batches,
            positions,
            count,
            name: name.to_owned(),
            line: 1,
        })
    }

    fn batch(&mut self) -> Result<Option<Stretch>, Box<Problem>> {
        let Some(batch) = self.batches.next()? else {
            return Ok(None);
        };
        let values = values(&batch, &self.name, self.line)?;
        let (rows, first) = (batch.num_rows(), self.line);
        let count = u32::try_from(rows).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(count);
        let columns = (values, self.positions.as_slice(), self.count);
        Ok(Some(Stretch::new(columns, rows, first, &self.name)))
    }
}

/// The columns of a batch. They are of types that are read.
pub(crate) fn values(
    batch: &RecordBatch,
    name: &str,
    line: u32,
) -> Result<Vec<Values>, Box<Problem>> {
    let values = batch.columns().iter().map(Values::of);
    let broken = || Box::new(messages::broken(Place::at(name, line, 0), messages::data()));
    values.collect::<Option<_>>().ok_or_else(broken)
}

impl Stretch {
    /// Rows with the values of the columns at these positions, of so many columns.
    pub(crate) fn new(
        (values, positions, count): (Vec<Values>, &[usize], usize),
        rows: usize,
        first: u32,
        name: &str,
    ) -> Self {
        let mut columns = vec![None; count];
        for (values, at) in values.into_iter().zip(positions) {
            if let Some(slot) = columns.get_mut(*at) {
                *slot = Some(values);
            }
        }
        Self {
            columns,
            rows,
            first,
            name: name.to_owned(),
        }
    }

    /// The line of the first row.
    pub(crate) fn first(&self) -> u32 {
        self.first
    }

    /// The values of a column, if it is read.
    pub(crate) fn column(&self, at: usize) -> Option<&Values> {
        self.columns.get(at)?.as_ref()
    }

    pub(crate) fn record(&self, row: usize) -> Result<Record<'_>, Box<Problem>> {
        let offset = u32::try_from(row).unwrap_or(u32::MAX);
        let line = self.first.saturating_add(offset);
        let mut cells = Vec::with_capacity(self.columns.len());
        for values in &self.columns {
            let value = values.as_ref().map(|values| values.cell(row));
            let value = value.unwrap_or(CellValue::Text(""));
            if matches!(value, CellValue::Text(text) if text.len() > FIELD_CAP) {
                let at = Place::at(&self.name, line, 0);
                return Err(Box::new(text::field_cap(at)));
            }
            cells.push(cell(value, line));
        }
        Ok(Record { line, cells })
    }
}
