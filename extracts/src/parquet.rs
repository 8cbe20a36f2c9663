//! Parquet files: looked through first, then read row group by row group.

use crate::batches::{Batches, ROWS, guarded, is_bomb};
use crate::csv::COLUMN_CAP;
use crate::messages::{tables as messages, text};
use crate::pages;
use crate::problem::{Place, Problem};
use crate::thrift::{self, Unsound};
use arrow_array::RecordBatch;
use arrow_schema::{DataType, Schema, SchemaRef};
use hjemmel_grammar::diagnostic::Text;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

/// The largest table of contents, in bytes.
const CONTENTS_CAP: u64 = 16 * 1024 * 1024;
/// Begins and ends a file.
const MAGIC: &[u8] = b"PAR1";
/// The same of a file whose contents are encrypted.
const ENCRYPTED: &[u8] = b"PARE";

/// A Parquet file that is being read.
pub(crate) struct ParquetFile {
    file: File,
    size: u64,
    name: String,
    metadata: ArrowReaderMetadata,
    columns: Vec<usize>,
    /// The row group that comes next.
    group: usize,
    reader: Option<ParquetRecordBatchReader>,
    rows: u64,
}

impl ParquetFile {
    pub(crate) fn open(mut file: File, size: u64, name: &str) -> Result<Self, Box<Problem>> {
        look_through(&mut file, size, name)?;
        let place = || Place::file(name);
        let options = ArrowReaderOptions::new();
        let load = || ArrowReaderMetadata::load(&file, options);
        let metadata = guarded(place, messages::footer, load)?;
        Ok(Self {
            file,
            size,
            name: name.to_owned(),
            columns: (0..metadata.schema().fields().len()).collect(),
            metadata,
            group: 0,
            reader: None,
            rows: 0,
        })
    }

    /// The place of the next row.
    fn here(&self) -> Place {
        let row = u32::try_from(self.rows.saturating_add(1)).unwrap_or(u32::MAX);
        Place::at(&self.name, row, 0)
    }

    /// Begins the next row group; `false` if there is none.
    fn begin(&mut self) -> Result<bool, Box<Problem>> {
        if self.group >= self.metadata.metadata().num_row_groups() {
            return Ok(false);
        }
        self.check_packing()?;
        let sound = || self.sizes().ok_or(());
        let (packed, unpacked) = guarded(|| self.here(), messages::data, sound)?;
        if is_bomb(packed, unpacked) {
            return Err(Box::new(messages::too_large(self.here())));
        }
        let build = || {
            let file = self.file.try_clone()?;
            let schema = self.metadata.parquet_schema();
            let mask = ProjectionMask::roots(schema, self.columns.iter().copied());
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone())
                .with_row_groups(vec![self.group])
                .with_projection(mask)
                .with_batch_size(ROWS)
                .build()
        };
        self.reader = Some(guarded(|| self.here(), messages::data, build)?);
        self.group = self.group.saturating_add(1);
        Ok(true)
    }

    /// Whether the columns of the next row group are packed as the library, as it is built here, unpacks them.
    fn check_packing(&self) -> Result<(), Box<Problem>> {
        let group = self.metadata.metadata().row_groups().get(self.group);
        let schema = self.metadata.parquet_schema();
        let columns = group.into_iter().flat_map(|group| group.columns());
        for (leaf, column) in columns.enumerate() {
            use parquet::basic::Compression::{SNAPPY, UNCOMPRESSED, ZSTD};
            let root = schema.get_column_root_idx(leaf);
            let packing = column.compression();
            if !self.columns.contains(&root) || matches!(packing, UNCOMPRESSED | SNAPPY | ZSTD(_)) {
                continue;
            }
            let packing = packing.to_string();
            let found = packing.split('(').next().unwrap_or_default();
            let name = schema.get_column_root(leaf).name();
            return Err(Box::new(messages::packing(self.here(), name, found)));
        }
        Ok(())
    }

    /// The bytes of the columns of the next row group in the file, and those for which reading them
    /// will ask; none if they do not lie in the file.
    fn sizes(&self) -> Option<(u64, u64)> {
        let group = self.metadata.metadata().row_groups().get(self.group)?;
        let schema = self.metadata.parquet_schema();
        let (mut packed, mut unpacked) = (0_u64, 0_u64);
        let mut differences = Vec::new();
        for (leaf, column) in group.columns().iter().enumerate() {
            if !self.columns.contains(&schema.get_column_root_idx(leaf)) {
                continue;
            }
            let (start, length) = column.byte_range();
            if start.checked_add(length)? > self.size {
                return None;
            }
            let said = u64::try_from(column.uncompressed_size()).ok()?;
            let asked = pages::asked(&self.file, start, length)?;
            packed = packed.checked_add(length)?;
            unpacked = unpacked.checked_add(said.max(asked.bytes))?;
            differences.extend(Some(column).filter(|_| asked.differences));
        }
        let rows = usize::try_from(group.num_rows()).ok()?;
        for column in differences {
            if is_bomb(packed, unpacked) {
                break;
            }
            unpacked = unpacked.checked_add(pages::lengths(&self.file, column, rows)?)?;
        }
        Some((packed, unpacked))
    }

    /// All rows have come: as many as the file says?
    fn check_rows(&self) -> Result<(), Box<Problem>> {
        let said = self.metadata.metadata().file_metadata().num_rows();
        let said = u64::try_from(said).unwrap_or(0);
        if said == self.rows {
            return Ok(());
        }
        let found = messages::fewer_rows(self.rows, said);
        Err(Box::new(messages::broken(Place::file(&self.name), found)))
    }
}

impl Batches for ParquetFile {
    fn schema(&self) -> SchemaRef {
        self.metadata.schema().clone()
    }

    fn project(&mut self, columns: &[usize], key: Option<usize>) -> Result<(), Box<Problem>> {
        self.columns = columns.to_vec();
        let schema = self.metadata.schema();
        let fields = schema.fields().iter().enumerate().map(|(at, field)| {
            let read = columns.contains(&at) && is_text(field.data_type());
            match read.then(|| text_type(key == Some(at))) {
                Some(ty) => Arc::new(field.as_ref().clone().with_data_type(ty)),
                None => field.clone(),
            }
        });
        let fields: Vec<_> = fields.collect();
        let schema = Schema::new_with_metadata(fields, schema.metadata().clone());
        let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
        let metadata = self.metadata.metadata().clone();
        // What cannot be read in that form is read as it is.
        let supplied = || ArrowReaderMetadata::try_new(metadata, options);
        if let Ok(metadata) = guarded(|| self.here(), messages::footer, supplied) {
            self.metadata = metadata;
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<RecordBatch>, Box<Problem>> {
        loop {
            let Some(mut reader) = self.reader.take() else {
                if self.begin()? {
                    continue;
                }
                self.check_rows()?;
                return Ok(None);
            };
            let next = || reader.next().transpose();
            if let Some(batch) = guarded(|| self.here(), messages::data, next)? {
                let rows = u64::try_from(batch.num_rows()).unwrap_or(u64::MAX);
                self.rows = self.rows.saturating_add(rows);
                self.reader = Some(reader);
                return Ok(Some(batch));
            }
        }
    }
}

/// Texts are read with each different one once, as they mostly lie in the file; keys, which mostly
/// differ, as places in what was unpacked. Either way a short file cannot become a long text in
/// every row.
fn text_type(key: bool) -> DataType {
    if key {
        return DataType::Utf8View;
    }
    let (keys, values) = (Box::new(DataType::Int32), Box::new(DataType::Utf8));
    DataType::Dictionary(keys, values)
}

fn is_text(ty: &DataType) -> bool {
    matches!(
        ty,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Dictionary(..)
    )
}

/// Whether a file is a Parquet file whose table of contents the library can read without harm.
fn look_through(file: &mut File, size: u64, name: &str) -> Result<(), Box<Problem>> {
    let failed = |error| Box::new(text::unreadable(Place::file(name), &error));
    let broken = |said| Box::new(messages::broken(Place::file(name), said));
    let (mut first, mut last) = ([0; 4], [0; 8]);
    if size < 12 {
        return Err(broken(messages::magic("Parquet", beginning())));
    }
    file.read_exact(&mut first).map_err(failed)?;
    let at = SeekFrom::Start(size.saturating_sub(8));
    file.seek(at).map_err(failed)?;
    file.read_exact(&mut last).map_err(failed)?;
    let (length, magic) = last.split_at(4);
    if first == ENCRYPTED || magic == ENCRYPTED {
        return Err(Box::new(messages::encrypted(Place::file(name))));
    }
    if first != MAGIC {
        return Err(broken(messages::magic("Parquet", beginning())));
    }
    if magic != MAGIC {
        let end = Text::new("slutningen", "the end");
        return Err(broken(messages::magic("Parquet", end)));
    }
    let length = <[u8; 4]>::try_from(length).map_or(0, u32::from_le_bytes);
    let length = u64::from(length);
    if length > CONTENTS_CAP.min(size.saturating_sub(12)) {
        return Err(broken(messages::footer()));
    }
    let at = SeekFrom::Start(size.saturating_sub(length).saturating_sub(8));
    file.seek(at).map_err(failed)?;
    let mut contents = Vec::new();
    let mut input = file.take(length);
    input.read_to_end(&mut contents).map_err(failed)?;
    // A column may have a group around it, and the whole has one.
    match thrift::check(&contents, COLUMN_CAP.saturating_mul(4)) {
        Ok(()) => Ok(()),
        Err(Unsound::Lengths) => Err(broken(messages::footer())),
        Err(Unsound::Columns) => Err(Box::new(text::column_cap(Place::file(name)))),
    }
}

fn beginning() -> Text {
    Text::new("begyndelsen", "the beginning")
}
