//! Result files that are written batch by batch: whole or not there, with their provenance.

use crate::outputs::{Outputs, Temporary};
use crate::record::Cell;
use crate::save::{SaveOptions, WriteError, WriteFault, allowed, sidecar, sidecar_path};
use crate::slice::Keys;
use crate::typed::Values;
use crate::write::{Format, Provenance, csv_cell};
use arrow_array::RecordBatch;
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, SchemaRef};
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::Model;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The key of the metadata that holds the provenance, as JSON: in Parquet that of the file, in an
/// Arrow file that of its footer.
pub const PROVENANCE: &str = "hjemmel";

/// A result file while it is written, beside its place. Dropped before [`ResultFile::finish`],
/// nothing is left of it.
pub struct ResultFile {
    path: PathBuf,
    replace: bool,
    outputs: Outputs,
    /// Whether it is the only output, and appears when it is finished.
    alone: bool,
    writer: Writer<Temporary>,
    rows: u64,
}

/// What writes one format.
pub(crate) enum Writer<W: Write + Send> {
    Csv(BufWriter<W>),
    Parquet(ArrowWriter<W>),
    Arrow(FileWriter<BufWriter<W>>),
}

impl ResultFile {
    /// Begins the file of [`crate::arrow::states`]. JSON is not written batch by batch.
    ///
    /// # Errors
    ///
    /// [`WriteError`] if nothing may be written there.
    pub fn create(
        path: &Path,
        format: Format,
        options: SaveOptions<'_>,
    ) -> Result<Self, WriteError> {
        let outputs = options.outputs.cloned().unwrap_or_default();
        let file = outputs.begin(path, options)?;
        if format == Format::Csv {
            let beside = sidecar_path(path);
            let fault = |fault| WriteError::new(&beside, fault);
            allowed(&beside, options).map_err(fault)?;
        }
        let io = |error: std::io::Error| WriteError::new(path, WriteFault::Io(error.kind()));
        let schema = crate::result_batch::schema();
        let writer = Writer::new(file, format, &schema).map_err(io)?;
        Ok(Self {
            path: path.to_owned(),
            replace: options.replace,
            outputs,
            alone: options.outputs.is_none(),
            writer,
            rows: 0,
        })
    }

    /// Writes a batch of [`crate::arrow::states`].
    ///
    /// # Errors
    ///
    /// [`WriteError`] if the system says so, or the batch has other columns.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), WriteError> {
        let rows = crate::cases::number(batch.num_rows());
        self.rows = self.rows.saturating_add(rows);
        let written = self.writer.write(batch);
        written.map_err(|error| WriteError::new(&self.path, WriteFault::Io(error.kind())))
    }

    /// Writes the states of the cases with these keys, as [`crate::arrow::states`] has them.
    ///
    /// # Errors
    ///
    /// [`WriteError`] if the system says so, or there are other numbers of keys than of cases.
    pub fn add(
        &mut self,
        model: &Model,
        keys: &Keys,
        histories: &[Histories],
    ) -> Result<(), WriteError> {
        let batch = crate::result_batch::states(model, (keys.len(), keys.iter()), histories);
        let unfit = WriteFault::Io(ErrorKind::InvalidInput);
        self.write(&batch.map_err(|_| WriteError::new(&self.path, unfit))?)
    }

    /// Ends the file, with what it rests on in it (beside a CSV). How many rows it has.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; then the file is what it was.
    pub fn finish(self, provenance: &Provenance) -> Result<u64, WriteError> {
        let (path, format_is_csv) = (self.path, matches!(self.writer, Writer::Csv(_)));
        let failed = |error: std::io::Error| WriteError::new(&path, WriteFault::Io(error.kind()));
        let file = self.writer.finish(provenance).map_err(failed)?;
        if format_is_csv {
            let text = sidecar(&path, provenance, file.digest())
                .map_err(|error| failed(std::io::Error::from(error)))?;
            let options = SaveOptions {
                replace: self.replace,
                ..SaveOptions::default()
            };
            self.outputs.stage(&sidecar_path(&path), &text, options)?;
        }
        self.outputs.add(file)?;
        if self.alone {
            self.outputs.commit()?;
        }
        Ok(self.rows)
    }
}

impl<W: Write + Send> Writer<W> {
    pub(crate) fn new(out: W, format: Format, schema: &SchemaRef) -> std::io::Result<Self> {
        Ok(match format {
            Format::Csv | Format::Json => {
                let mut out = BufWriter::with_capacity(256 * 1024, out);
                let fields = schema.fields().iter();
                let names: Vec<&str> = fields.map(|field| field.name().as_str()).collect();
                write!(out, "{}\r\n", names.join(","))?;
                Self::Csv(out)
            }
            Format::Parquet => {
                let properties = WriterProperties::builder()
                    .set_compression(Compression::SNAPPY)
                    .set_created_by("hjemmel".to_owned())
                    .build();
                let writer = ArrowWriter::try_new(out, schema.clone(), Some(properties));
                Self::Parquet(writer.map_err(of_parquet)?)
            }
            Format::Arrow => {
                let writer = FileWriter::try_new_buffered(out, schema).map_err(of_arrow)?;
                Self::Arrow(writer)
            }
        })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> std::io::Result<()> {
        match self {
            Self::Csv(out) => write_csv(out, batch),
            Self::Parquet(writer) => writer.write(batch).map_err(of_parquet),
            Self::Arrow(writer) => writer.write(batch).map_err(of_arrow),
        }
    }

    /// What was written to. The provenance stands at the end of all but a CSV.
    pub(crate) fn finish(self, provenance: &Provenance) -> std::io::Result<W> {
        match self {
            Self::Csv(out) => out.into_inner().map_err(|error| error.into_error()),
            Self::Parquet(mut writer) => {
                let json = serde_json::to_string(provenance)?;
                writer.append_key_value_metadata(KeyValue::new(PROVENANCE.to_owned(), json));
                writer.into_inner().map_err(of_parquet)
            }
            Self::Arrow(mut writer) => {
                writer.write_metadata(PROVENANCE, serde_json::to_string(provenance)?);
                let out = writer.into_inner().map_err(of_arrow)?;
                out.into_inner().map_err(|error| error.into_error())
            }
        }
    }
}

fn write_csv(out: &mut impl Write, batch: &RecordBatch) -> std::io::Result<()> {
    let columns: Option<Vec<Values>> = batch.columns().iter().map(Values::of).collect();
    let columns = columns.ok_or(ErrorKind::InvalidData)?;
    // A word that many rows share is made ready once.
    let words: Vec<Vec<String>> = columns.iter().map(words).collect();
    for row in 0..batch.num_rows() {
        for (at, (column, words)) in columns.iter().zip(&words).enumerate() {
            if at > 0 {
                out.write_all(b",")?;
            }
            match column {
                Values::Shared(shared) => {
                    let word = shared.key(row).and_then(|key| words.get(key));
                    out.write_all(word.map_or(&[][..], |word| word.as_bytes()))?;
                }
                column => {
                    let cell = Cell {
                        value: column.cell(row),
                        line: 0,
                        column: 0,
                    };
                    out.write_all(csv_cell(&cell.shown()).as_bytes())?;
                }
            }
        }
        out.write_all(b"\r\n")?;
    }
    Ok(())
}

/// The words of a column whose rows share them, as cells.
fn words(column: &Values) -> Vec<String> {
    let Values::Shared(shared) = column else {
        return Vec::new();
    };
    let texts = shared.texts();
    let cell = |at| csv_cell(texts.get(at).unwrap_or_default());
    (0..texts.len()).map(cell).collect()
}

fn of_parquet(error: ParquetError) -> std::io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(error) => std::io::Error::other(error),
        },
        error => std::io::Error::other(error),
    }
}

fn of_arrow(error: ArrowError) -> std::io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => std::io::Error::other(error),
    }
}
