//! Tables that are in memory as record batches: read as those of files are, into one slice.

use crate::batches::Batches;
use crate::chunk::{Chunk, Chunks};
use crate::extract::{Options, Refused};
use crate::gather::Gathered;
use crate::mapping::{Mapping, TableMapping};
use crate::messages::{files, tables as messages};
use crate::problem::{Place, Problem};
use crate::read::Reading;
use crate::read_columns::{ColumnExtract, ColumnOptions, NotRead};
use crate::settings::Settings;
use crate::slice::{Keys, Slice};
use crate::table_stream::{Notes, PartReader, PartRows as _};
use crate::typed_stream::TypedPart;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use hjemmel_engine::columns::{Batch, ColumnsError, Reads};
use hjemmel_engine::model::{FieldId, Model, TableId};
use std::collections::VecDeque;
use std::ops::ControlFlow;

/// Reads tables that are in memory; those that are not asked for need not be there.
pub(crate) fn read(
    model: &Model,
    mapping: &Mapping,
    reads: &Reads,
    given: &[(&str, &RecordBatch)],
) -> Result<(Slice, ColumnExtract), Refused> {
    let options = ColumnOptions {
        extract: Options {
            allow_empty: true,
            ..Options::default()
        },
        reads,
        sorted: false,
        cases: usize::MAX,
        progress: None,
    };
    let mut reading = Reading::new(model, &options.extract);
    reading.mapping = mapping.clone();
    let declared = |name: &str| model.tables.iter().any(|table| table.name == name);
    let unknown = given.iter().filter(|(name, _)| !declared(name));
    let unknown = unknown.map(|(name, _)| messages::no_such_table(name));
    reading.faults.extend(unknown);
    let mut tables = Vec::new();
    for (at, table) in model.tables.iter().enumerate() {
        let own = given.iter().filter(|(name, _)| *name == table.name);
        let own = own.map(|(_, batch)| *batch).collect();
        let read = match reads.table(TableId(at)) {
            true => reading.batches(mapping, TableId(at), reads, own),
            false => Ok(Gathered::default()),
        };
        tables.push(read.unwrap_or_else(|fault| {
            reading.faults.push(*fault);
            Gathered::default()
        }));
    }
    let mut slice = None;
    let read = reading.hand_over(&options, tables, &mut |all| {
        slice = Some(all);
        ControlFlow::Continue(())
    });
    match (read, slice) {
        (Ok(extract), Some(slice)) => Ok((slice, extract)),
        (Ok(extract), None) => Ok((nobody(model)?, extract)),
        (Err(NotRead::Refused(refused)), _) => Err(refused),
        (Err(NotRead::Stopped), _) => Err(Refused {
            problems: Vec::new(),
        }),
    }
}

/// A slice without persons.
fn nobody(model: &Model) -> Result<Slice, Refused> {
    let unfit = |error: ColumnsError| Refused {
        problems: vec![files::columns_unfit(&error.0)],
    };
    Ok(Slice {
        keys: Keys::default(),
        unreadable: Vec::new(),
        batch: Batch::from_cases(model, &[]).map_err(unfit)?,
    })
}

impl Reading<'_> {
    fn batches(
        &mut self,
        mapping: &Mapping,
        at: TableId,
        reads: &Reads,
        batches: VecDeque<&RecordBatch>,
    ) -> Result<Gathered, Box<Problem>> {
        let Some(table) = self.model.tables.get(at.0) else {
            return Ok(Gathered::default());
        };
        let default = TableMapping::default();
        let mut own = mapping.tables.get(&table.name).unwrap_or(&default).clone();
        let not_read = table.fields.iter().enumerate();
        let not_read = not_read.filter(|(id, _)| !reads.field(at, FieldId(*id)));
        for (_, field) in not_read {
            if !own.absent.contains(&field.name) && !own.columns.contains_key(&field.name) {
                own.absent.push(field.name.clone());
            }
        }
        let mut settings = Settings::new(mapping, table, &default);
        settings.mapping = &own;
        if batches.is_empty() {
            let absent = self.absent(table, &settings, Some(&table.name));
            return absent.map(|()| Gathered::default());
        }
        let file = self.file(&table.name);
        let mut notes = Notes::default();
        let name = table.name.as_str();
        let mut stream = BatchStream {
            rows: PartReader::new(table, &settings, (name, file), &mut notes, false),
            batches,
            part: None,
            line: 1,
        };
        let read = Gathered::read(table, &mut stream, &mut self.persons, |_| {});
        let read = read.and_then(|mut gathered| {
            gathered.read = stream.rows.reader.finish(self.options.allow_empty)?;
            Ok(gathered)
        });
        self.problems.add(notes.problems);
        read
    }
}

/// The batches of one table.
struct BatchStream<'a> {
    rows: PartReader<'a>,
    batches: VecDeque<&'a RecordBatch>,
    part: Option<TypedPart<'a>>,
    /// The line of the next row.
    line: u32,
}

impl Chunks for BatchStream<'_> {
    fn next(&mut self, chunk: &mut Chunk) -> Result<bool, Box<Problem>> {
        loop {
            if let Some(part) = &mut self.part {
                if part.next(&mut self.rows, chunk)? {
                    return Ok(true);
                }
                self.rows.reader.end()?;
            }
            let Some(batch) = self.batches.pop_front() else {
                return Ok(false);
            };
            let (name, line) = (self.rows.reader.table.name.as_str(), self.line);
            let rows = u32::try_from(batch.num_rows()).unwrap_or(u32::MAX);
            self.line = line.saturating_add(rows);
            self.rows.reader.begin(self.rows.reader.file, name, true);
            let memory = Memory {
                schema: batch.schema(),
                batch: Some(batch.clone()),
                columns: Vec::new(),
                place: Place::at(name, line, 0),
            };
            let part = TypedPart::begin(&mut self.rows, Box::new(memory), None, (name, line))?;
            self.part = Some(part);
        }
    }
}

/// One batch.
struct Memory {
    schema: SchemaRef,
    batch: Option<RecordBatch>,
    columns: Vec<usize>,
    place: Place,
}

impl Batches for Memory {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn project(&mut self, columns: &[usize], _key: Option<usize>) -> Result<(), Box<Problem>> {
        self.columns = columns.to_vec();
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Box<Problem>> {
        let batch = self.batch.take();
        let read = batch.map(|batch| batch.project(&self.columns)).transpose();
        read.map_err(|_| Box::new(messages::broken(self.place.clone(), messages::data())))
    }
}
