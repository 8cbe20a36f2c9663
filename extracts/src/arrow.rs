//! Record batches of [Arrow](https://arrow.apache.org) to cases in columns, and answers to record
//! batches: for programs that hold the rows already (DataFusion, DuckDB, Spark).
//!
//! Such a program makes the rules ready once ([`Plan::new`](hjemmel_engine::plan::Plan::new)), splits
//! all tables by person so that the rows of one lie in one partition, and on any thread, for each
//! partition, calls [`partition()`], [`Plan::answer`](hjemmel_engine::plan::Plan::answer) and [`states()`].
//! `examples/per_partition.rs` does it.
//!
//! The columns are those of an extract, by the same names, types and `udtræk.toml` (`EXTRACT.md`), and
//! the same is said of what cannot be read; places are `table:row`.

use crate::extract::Refused;
use crate::mapping::Mapping;
use crate::problem::Problem;
use arrow_array::{Array as _, RecordBatch, StringArray};
use arrow_schema::{ArrowError, SchemaRef};
use hjemmel_engine::columns::{Batch, Reads};
use hjemmel_engine::histories::Histories;
use hjemmel_engine::model::Model;

pub use crate::result_file::{PROVENANCE, ResultFile};

/// The cases of one partition.
#[derive(Clone, Debug)]
pub struct Partition {
    /// The key of each case, in the order of the batch: by the bytes of the keys.
    pub keys: StringArray,
    /// The cases.
    pub batch: Batch,
    /// For each case, how many of its values could not be read.
    pub unreadable: Vec<u32>,
    /// What the reader should know.
    pub problems: Vec<Problem>,
}

/// What an `udtræk.toml` says, for [`partition()`].
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn mapping(text: &str, model: &Model) -> Result<Mapping, Vec<Problem>> {
    crate::mapping_file::parse(text, "udtræk.toml", model)
}

/// Puts the rows of one partition together to cases. A table may come in several batches, in any
/// order of rows; all rows of a case must be in the partition. Tables and fields that `reads`
/// does not name may be left out.
///
/// # Errors
///
/// [`Refused`] if the rows cannot be trusted as a whole, as an extract is.
pub fn partition(
    model: &Model,
    mapping: &Mapping,
    reads: &Reads,
    tables: &[(&str, &RecordBatch)],
) -> Result<Partition, Refused> {
    let (slice, read) = crate::partition::read(model, mapping, reads, tables)?;
    Ok(Partition {
        keys: StringArray::from_iter_values(slice.keys.iter()),
        batch: slice.batch,
        unreadable: slice.unreadable,
        problems: read.problems,
    })
}

/// What the rules say of the cases with these keys, one row for each run of days: `case`, `rule`,
/// `state`, first and last day (`from`, `to`, both included) and `due`, the last timely day, if it is
/// certain. Case after case, as the keys are; of each rule after rule, by day.
///
/// # Errors
///
/// There are other numbers of keys than of cases.
pub fn states(
    model: &Model,
    keys: &StringArray,
    histories: &[Histories],
) -> Result<RecordBatch, ArrowError> {
    let texts = keys.iter().map(Option::unwrap_or_default);
    crate::result_batch::states(model, (keys.len(), texts), histories)
}

/// The columns of [`states()`].
#[must_use]
pub fn states_schema() -> SchemaRef {
    crate::result_batch::schema()
}
