//! Files in columns, opened: what columns they have, and their rows, a stretch at a time.

use crate::foreign::BeingRead;
use crate::ipc::IpcFile;
use crate::kinds::{Kind, Part};
use crate::messages::{tables as messages, text};
use crate::parquet::ParquetFile;
use crate::problem::{Place, Problem};
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use hjemmel_grammar::diagnostic::Text;
use std::fs::File;

/// The most that a stretch of rows may unpack to, in bytes.
const UNPACKED_CAP: u64 = 2 * 1024 * 1024 * 1024;
/// A stretch that unpacks to more than this …
const DENSE_FROM: u64 = 64 * 1024 * 1024;
/// … may not unpack to more than so many times what lies in the file: no rows about persons do.
const DENSEST: u64 = 100;
/// How many rows are read at once, where that can be chosen.
pub(crate) const ROWS: usize = 16 * 1024;

/// The rows of a file in columns.
pub(crate) trait Batches {
    /// All columns of the file.
    fn schema(&self) -> SchemaRef;

    /// Only the columns at these positions (rising) are read from now on. One is that of the key,
    /// which differs from row to row.
    fn project(&mut self, columns: &[usize], key: Option<usize>) -> Result<(), Box<Problem>>;

    /// The next rows; none at the end of the file.
    fn next(&mut self) -> Result<Option<RecordBatch>, Box<Problem>>;
}

/// Opens a file in columns.
pub(crate) fn open(part: &Part, kind: Kind) -> Result<Box<dyn Batches + Send>, Box<Problem>> {
    let name = part.name.as_str();
    let failed = |error| Box::new(text::unreadable(Place::file(name), &error));
    let file = File::open(&part.path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        let place = Place::file(name);
        return Err(Box::new(crate::messages::files::not_regular(place)));
    }
    if metadata.len() == 0 {
        return Err(Box::new(text::empty(Place::file(name))));
    }
    Ok(match kind {
        Kind::Parquet => Box::new(ParquetFile::open(file, metadata.len(), name)?),
        _ => Box::new(IpcFile::open(file, metadata.len(), name)?),
    })
}

/// Whether a stretch of so many bytes in the file may be unpacked to so many.
pub(crate) fn is_bomb(packed: u64, unpacked: u64) -> bool {
    let dense = unpacked > DENSE_FROM && unpacked > packed.saturating_mul(DENSEST);
    dense || unpacked > UNPACKED_CAP
}

/// A call into the libraries that read such files, whose panics are the file's fault.
pub(crate) fn guarded<T, E>(
    place: impl FnOnce() -> Place,
    said: fn() -> Text,
    call: impl FnOnce() -> Result<T, E>,
) -> Result<T, Box<Problem>> {
    let place = place();
    let being_read = BeingRead::begin(&place.file);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call));
    drop(being_read);
    match result {
        Ok(Ok(value)) => Ok(value),
        _ => Err(Box::new(messages::broken(place, said()))),
    }
}
